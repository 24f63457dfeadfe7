"""How many questions are put: the benchmark on fewer people, and people for whom the count is known."""

import pytest

from bench.questions import AIM, ROOT, RULE, Interviewer, measure
from safeconduct.packs.store import load_folder

MAN = {"citizen": "yes", "sex": "M", "birth_date": 731_000, "in_reserve": "no", "student": "no", "fitness": "A"}

#    what differs              questions
COUNTS = [
    ({"fitness": "V"},         1),
    ({"fitness": "D"},         1),
    ({"in_reserve": "yes"},    2),
    ({"student": "yes"},       3),
    ({"citizen": "no"},        4),
    ({},                       6),
]  # fmt: skip


@pytest.mark.parametrize(("differs", "count"), COUNTS)
def test_the_likeliest_way_out_is_asked_for_first(differs, count):
    interviewer = Interviewer(load_folder(ROOT / "bench" / "rules" / "page").corpus)
    assert interviewer.count({**MAN, **differs}) == (count, False)


def test_fewer_questions_are_put_than_in_written_order():
    found = measure(2_000, seed=11)
    assert found.ranked <= AIM < found.written
    assert found.day_never_needed > 0.95
    assert RULE == "XX-LIABLE"
