"""How many questions are put: the benchmark on fewer people, and people for whom the count is known."""

import pytest

from bench import all_packs, persons
from bench.questions import AIM, MEDIAN_AIM, ROOT, RULE, Interviewer, measure
from safeconduct.packs.store import load_corpus, load_folder

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


def test_few_questions_settle_every_exposure_and_stay_over_all_packs_and_no_day_of_birth_is_needed():
    found = all_packs.measure(load_corpus(), 7, seed=3)
    assert found.median <= MEDIAN_AIM
    assert found.counts[-1] < all_packs.MOST
    assert found.never_exact > 0.95


def test_no_fact_that_decides_is_so_of_fewer_than_two_in_a_hundred():
    shares = [share for words in persons.WORDS.values() for share in words.values()]
    assert min(*shares, *persons.EVENTS.values(), persons.OTHERS, persons.OTHER_EVENTS) >= 0.02
    for words in persons.WORDS.values():
        assert sum(words.values()) == pytest.approx(1)
    assert "left_unit                    happened 0.15" in persons.marginals()
