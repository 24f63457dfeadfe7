"""Which text holds on which day: versions of values and clauses, the end of an act, groups of alternatives."""

import pytest

from safeconduct.rules.finding import Answer
from safeconduct.rules.position import Assessor
from tests.rules.pages import (
    ABSENCE,
    ALONE,
    NO,
    STEPPED,
    UNKNOWN,
    YES,
    answer,
    corpus_of,
    day,
    finding,
    situation_of,
)

#     born          resident on            answer
DATED = [
    ("1996-06-15", "no", "2022-01-01", NO),  # the text is not in force yet
    ("1996-06-15", "no", "2022-01-02", YES),
    ("1996-06-15", "no", "2023-06-14", YES),
    ("1996-06-15", "no", "2023-06-15", NO),  # 27 is reached
    ("1996-06-15", "no", "2023-12-31", NO),
    ("1996-06-15", "no", "2024-01-01", YES),  # the limit is 30 now
    ("1996-06-15", "yes", "2024-01-31", YES),
    ("1996-06-15", "yes", "2024-02-01", NO),  # the exception has begun
    ("2000-06-15", "no", "2025-12-31", YES),
    ("2000-06-15", "no", "2026-01-01", NO),  # the text has ended
]


@pytest.mark.parametrize(("born", "resident", "on", "expected"), DATED)
def test_a_text_and_its_values_hold_on_their_days(born: str, resident: str, on: str, expected: str) -> None:
    assert answer(STEPPED, f"person: {{birth_date: {born}, resident: {resident}}}", on).value == expected


#     left         what ended it                                                on            old part  new part  either
ABSENCES = [
    ("2022-10-01", ALONE, "2022-11-01", NO, NO, UNKNOWN),  # a month to the day is not over a month
    ("2022-10-01", ALONE, "2022-11-02", NO, UNKNOWN, YES),
    ("2022-10-01..2022-10-20", ALONE, "2022-11-10", NO, UNKNOWN, UNKNOWN),
    ("2022-10-01", "not_happened: [released]", "2022-11-02", UNKNOWN, UNKNOWN, UNKNOWN),
    ("2022-08-01", "complete: [returned]\nnot_happened: [released]", "2022-11-02", NO, UNKNOWN, YES),
]


@pytest.mark.parametrize(("left", "ended", "on", "old", "new", "either"), ABSENCES)
def test_whichever_of_two_it_is_one_of_them_holds(
    left: str, ended: str, on: str, old: str, new: str, either: str
) -> None:
    corpus = corpus_of(ABSENCE)
    situation = situation_of(corpus, f"history: [{{event: left_unit, on: {left}}}]\n{ended}")
    assessor = Assessor(corpus, situation)
    ordinal = day(on).toordinal()
    assert [assessor.answer(name, ordinal).value for name in ("XX-OLD", "XX-1", "XX-GROUP")] == [old, new, either]


RETURNED = """history: [{{event: left_unit, on: 2022-08-01}}, {{event: returned, on: {back}}}]
complete: [left_unit, returned]
not_happened: [released]
person: {{aim: no}}
"""


@pytest.mark.parametrize(
    ("back", "old", "new"),
    [("2022-09-01", NO, NO), ("2022-09-02", YES, NO), ("2022-09-23", YES, NO), ("2022-09-24", NO, YES)],
)
def test_the_text_in_force_when_the_act_ended_governs(back: str, old: str, new: str) -> None:
    situation = RETURNED.format(back=back)
    assert answer(ABSENCE, situation, "2023-12-12", "XX-OLD").value == old
    assert answer(ABSENCE, situation, "2023-12-12", "XX-1").value == new


def test_repeal_does_not_make_an_exposure_go_away() -> None:
    law = ABSENCE.replace("    from 2022-09-24\n", "    from 2022-09-24 until 2023-01-31\n")
    situation = RETURNED.format(back="2022-10-01")
    assert answer(law, situation, "2024-06-01", "XX-1").value == YES


def test_a_length_that_was_told_ends_the_absence() -> None:
    told = (
        "history: [{{event: left_unit, on: 2022-10-01..2022-10-05, absent_for: {days} days}}]\nperson: {{aim: no}}\n"
        + ALONE
    )
    assert answer(ABSENCE, told.format(days="40..50"), "2023-12-12").value == YES
    assert answer(ABSENCE, told.format(days="3..10"), "2023-12-12").value == NO
    assert answer(ABSENCE, told.format(days="20..50"), "2023-12-12").value == UNKNOWN


def test_a_group_shows_the_penalty_of_whichever_part_it_is() -> None:
    situation = f"history: [{{event: left_unit, on: 2022-10-01}}]\n{ALONE}"
    penalty = finding(ABSENCE, situation, "2023-12-12", "XX-GROUP").penalty
    assert penalty is not None
    assert (penalty.least_months, penalty.most_months, penalty.alternatives) == (60, 180, ("a fine",))
    certain = finding(ABSENCE, situation + "\nperson: {aim: no}", "2023-12-12", "XX-GROUP").penalty
    assert certain is not None
    assert (certain.least_months, certain.most_months) == (60, 120)


def test_an_unknown_exposure_prints_its_penalty() -> None:
    found = finding(ABSENCE, f"history: [{{event: left_unit, on: 2022-10-01}}]\n{ALONE}", "2023-12-12", "XX-1")
    assert found.answer is Answer.UNKNOWN
    assert found.penalty is not None
    assert (found.penalty.least_months, found.penalty.most_months) == (60, 120)
    assert found.missing == ("aim",)


def test_nobody_left_when_none_is_told_and_none_can_be() -> None:
    found = finding(ABSENCE, "not_happened: [left_unit]", "2023-12-12", "XX-1")
    assert found.answer is Answer.NO
    assert [reason.text for reason in found.because] == ["no left unit"]
