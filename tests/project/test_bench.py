"""What `make bench` compares gives the same answers; how long anything takes is measured there and never tested."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from bench.implementations import Ours, OursExplained, Plain, ThreeValued, lines_in_blocks, lines_of
from bench.people import AS_OF, FITNESS, PERSON, VAGUE, blurred, exactly, hidden, without
from bench.table import Aims, figures, markdown

OURS, EXPLAINED, BY_HAND, PLAIN = Ours(), OursExplained(), ThreeValued(), Plain()
PAGE = next(Ours.files[0].rglob("*.md"))


def someone(rng):
    """A person whose facts lie near every limit of the three rules."""
    served = rng.choice([None, AS_OF - timedelta(days=rng.randint(-2, 22))])
    years = rng.choice([18, 27, 30])
    return {
        "birth_date": AS_OF.replace(year=AS_OF.year - years) + timedelta(days=rng.randint(-2, 2)),
        "sex": rng.choice("MMMF"),
        "citizen": rng.random() < 0.8,
        "in_reserve": rng.random() < 0.2,
        "student": rng.random() < 0.2,
        "fitness": rng.choice(FITNESS),
        "summons_served_on": served,
        "reported_on": rng.choice([None, AS_OF + timedelta(days=rng.randint(-1, 1))]) if served else None,
    }


def said(one, arguments):
    return one.answers(one.work(*arguments))


def test_the_implementations_agree_on_people_near_every_limit():
    rng = random.Random(5)
    for person in [PERSON, *(someone(rng) for _ in range(500))]:
        answers = {said(one, one.arguments(person)) for one in (OURS, EXPLAINED, BY_HAND, PLAIN)}
        assert len(answers) == 1


def test_the_three_valued_ones_agree_on_people_with_gaps_and_never_contradict_what_is_so():
    rng = random.Random(6)
    seen = set()
    for _ in range(500):
        person = someone(rng)
        unsure = blurred(without(exactly(person), hidden(person, 0.2, rng)), rng)
        (answers,) = {said(one, one.vague(unsure)) for one in (OURS, EXPLAINED, BY_HAND)}
        seen |= set(answers)
        pairs = zip(answers, said(PLAIN, PLAIN.arguments(person)), strict=True)
        assert all(answer in (None, right) for answer, right in pairs)
    assert seen == {True, False, None}


def test_an_explanation_as_text_names_the_rule_its_clauses_and_what_is_missing():
    text = EXPLAINED.told(*EXPLAINED.vague(replace(VAGUE, fitness=0b00100)))
    assert text.splitlines()[:3] == ["XX-LIABLE: no", "    if citizen: yes", "    if sex is M: yes"]
    assert "    unless fitness is V or D: yes" in text
    assert "    missing: served_on, reported_on" in text


def test_the_page_is_as_short_as_we_say():
    assert lines_in_blocks(PAGE) == {"facts": 8, "law": 16}
    assert lines_of(PAGE) == 32


#    found       against        aims                        ratio   target               met
ROWS = [
    ([2.0, 4.0], [],            Aims(median=3),             "",     "<= 3 µs",           "yes"),
    ([4.0, 8.0], [],            Aims(median=3),             "",     "<= 3 µs",           "no, 2.00 times the target"),
    ([4.0],      [1.0],         Aims(ratio=2),              "4 x",  "<= 2 x",            "no, 2.00 times the target"),
    ([2.0],      [1.0],         Aims(median=3, ratio=2),    "2 x",  "<= 3 µs and <= 2 x", "yes"),
    ([4.0],      [4.0],         Aims(median=2, ratio=2), "1 x", "<= 2 µs and <= 2 x", "no, 2.00 times the target; yes"),
    ([1.0],      [2.0],         Aims(),                     "0.5 x", "",                 ""),
]  # fmt: skip


@pytest.mark.parametrize(("found", "against", "aims", "ratio", "target", "met"), ROWS)
def test_a_verdict_says_by_how_much_a_target_is_missed(found, against, aims, ratio, target, met):
    row = figures("it", [found], "µs", against=[against] if against else [], aims=aims)
    assert (row.ratio, row.target, row.met) == (ratio, target, met)
    assert all(cell in markdown([row]) for cell in (*row.cells, ratio, target, met))


def test_a_ratio_is_taken_within_each_round():
    busy = [[2.0], [20.0], [2.0]]
    row = figures("it", busy, "µs", against=[[1.0], [10.0], [4.0]])
    assert row.ratio == "2 x"
    assert row.cells == ("2 µs", "2", "20")
