"""Sentences that carry numbers and days: whole years as years, no bare "missed", runs of ids shortened."""

from dataclasses import replace
from datetime import date

import pytest

from safeconduct.packs.position import day_wording, wording
from safeconduct.rules.finding import DayRange, PenaltyFound, Reason, State
from safeconduct.values.truth import Truth
from tests.cli.invented import position

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN

#   least  most   sentence
PENALTIES = [
    (60,   180,  "imprisonment of 5 to 15 years"),
    (12,   24,   "imprisonment of 1 to 2 years"),
    (None, 24,   "imprisonment of up to 2 years"),
    (0,    12,   "imprisonment of up to 1 year"),
    (None, 6,    "imprisonment of up to 6 months"),
    (None, 1,    "imprisonment of up to 1 month"),
    (2,    6,    "imprisonment of 2 to 6 months"),
    (6,    24,   "imprisonment of 6 months to 2 years"),
    (24,   30,   "imprisonment of 24 to 30 months"),
    (36,   36,   "imprisonment of 3 years"),
    (120,  None, "imprisonment of 10 years or more"),
    (None, None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("least", "most", "sentence"), PENALTIES)
def test_imprisonment_is_said_in_years_where_they_are_whole(least, most, sentence):
    penalty = PenaltyFound(least_months=least, most_months=most, alternatives=(), basis="")
    assert wording.months(penalty) == sentence


def test_other_penalties_stand_beside_imprisonment():
    penalty = PenaltyFound(least_months=None, most_months=12, alternatives=("fine of 5", "expulsion"), basis="")
    assert wording.penalty_line(penalty) == ("Penalty: imprisonment of up to 1 year; or fine of 5; or expulsion.")


#   ids                                              text
IDS = [
    ((),                                             ""),
    (("A-1",),                                       "A-1"),
    (("A-1", "A-2"),                                 "A-1, A-2"),
    (("A-1", "A-2", "A-3"),                          "A-1 to A-3"),
    (("A-1", "A-2", "A-3", "B-4"),                   "A-1 to A-3, B-4"),
    (("A-1", "A-3", "A-5"),                          "A-1, A-3, A-5"),
    (("A-X", "A-1", "A-2", "A-3", "A-7"),            "A-X, A-1 to A-3, A-7"),
    (("A-09", "A-10", "A-11"),                       "A-09 to A-11"),
    (("A-9", "A-10", "A-11"),                        "A-9, A-10, A-11"),
    (("A1", "A2", "A3"),                             "A1, A2, A3"),
]  # fmt: skip


@pytest.mark.parametrize(("ids", "text"), IDS)
def test_a_run_of_ids_is_shortened_and_none_is_lost(ids, text):
    assert wording.id_list(ids) == text


FIRST, LAST = date(2022, 9, 28), date(2022, 11, 6)

#   earliest latest  text
RANGES = [
    (FIRST,  LAST,  "between 2022-09-28 and 2022-11-06"),
    (FIRST,  FIRST, "2022-09-28"),
    (FIRST,  None,  "on or after 2022-09-28"),
    (None,   LAST,  "on or before 2022-11-06"),
    (None,   None,  "on a day that is not known"),
]  # fmt: skip


@pytest.mark.parametrize(("earliest", "latest", "text"), RANGES)
def test_a_range_of_days_is_said(earliest, latest, text):
    assert day_wording.day_range(DayRange(earliest=earliest, latest=latest)) == text


def deadline_with(**parts):
    finding = position().finding("XX-D-1")
    return replace(finding, deadline=replace(finding.deadline, **parts))


@pytest.mark.parametrize("state", list(State))
def test_a_deadline_with_a_ground_to_be_late_is_never_called_missed(state):
    finding = deadline_with(state=state)
    said = [day_wording.state_line(finding), *day_wording.deadline_days(finding, date(2024, 6, 1))]
    assert said[0]
    assert not any("missed" in sentence for sentence in said)


def test_a_deadline_without_any_such_ground_is_called_missed():
    assert day_wording.state_line(deadline_with(state=State.MISSED, tells="", late="")) == "It was missed."


def test_a_deadline_whose_state_cannot_be_asked_for_is_said_not_to_be_known():
    finding = replace(deadline_with(state=State.UNKNOWN), missing=())
    assert day_wording.state_line(finding) == "Whether it runs, was met or has ended is not known."


#   state           day asked             a day to act by is said
ACT_BY = [
    (State.RUNNING, date(2023, 12, 4),    True),
    (State.UNKNOWN, date(2023, 12, 5),    True),
    (State.UNKNOWN, date(2023, 12, 6),    False),
    (State.MET,     date(2023, 12, 4),    False),
]  # fmt: skip


@pytest.mark.parametrize(("state", "on", "said"), ACT_BY)
def test_a_day_to_act_by_is_said_while_it_lies_ahead(state, on, said):
    finding = deadline_with(state=state, act_by=date(2023, 12, 5))
    assert any("Safe day" in sentence for sentence in day_wording.deadline_days(finding, on)) is said


@pytest.mark.parametrize("language", [one for one in wording.LANGUAGES if one != "en"])
@pytest.mark.parametrize(("checked", "said"), [(True, False), (False, True)])
def test_what_is_translated_is_said_in_that_language_and_in_english(language, checked, said):
    own, english = wording.partly_translated(language, checked=checked)
    assert not own.isascii()
    assert english.isascii()
    assert "the rest is not" in english
    assert ("in doubt trust the English" in english) is said
    assert len(own) > len(wording.partly_translated(language, checked=True)[0]) or not said


def test_english_needs_no_such_note():
    assert wording.partly_translated("en", checked=False) == ()


def test_what_has_no_deadline_or_penalty_has_no_sentence_about_it():
    finding = position().finding("XX-R-1")
    assert wording.penalty_of(finding) == ""
    assert day_wording.state_line(finding) == ""
    assert day_wording.deadline_first(finding) == ()
    assert day_wording.deadline_days(finding, date(2024, 1, 1)) == ()


def a_reason(text, holds, role):
    return Reason(role=role, text=text, holds=holds)


#   reasons                                                                 what is said
CONDITIONS = [
    ([("left", YES, "if")],                                                 ["Met: left."]),
    ([("left", NO, "if"), ("asked", NO, "rests on")],                       ["Not met: left; asked."]),
    ([("left", UNKNOWN, "if"), ("left", UNKNOWN, "if")],                    ["Not known: left."]),
    ([("safe elsewhere", YES, "unless")],                                   ["Against it: safe elsewhere."]),
    ([("safe elsewhere", NO, "unless")],                        ["Does not stand against it: safe elsewhere."]),
    ([("safe", UNKNOWN, "exception")],                          ["Whether this stands against it is not known: safe."]),
    ([("in force from 2020-01-01", YES, "force")],                          []),
    ([("b", UNKNOWN, "if"), ("a", YES, "if"), ("c", NO, "unless")],
     ["Met: a.", "Does not stand against it: c.", "Not known: b."]),
]  # fmt: skip


@pytest.mark.parametrize(("reasons", "said"), CONDITIONS)
def test_the_conditions_of_a_way_are_named_with_what_is_known_of_each(reasons, said):
    finding = replace(position().finding("XX-R-1"), because=tuple(a_reason(*one) for one in reasons))
    assert list(wording.condition_lines(finding)) == said
