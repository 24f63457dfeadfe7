"""The sentences about days, terms, stays and penalties: none says more than is known, none says "missed"."""

from datetime import date, timedelta

import pytest

from safeconduct.desk.check.result_sentences import (
    change_text,
    day_text,
    duration_text,
    left_text,
    prison_text,
    range_text,
    state_text,
    stay_lines,
    term_lines,
)
from safeconduct.rules.finding import Answer, DayRange, DeadlineFound, PenaltyFound, State, StayFound

ON = date(2026, 11, 22)
NEVER = DayRange(earliest=None, latest=None)


def day(number):
    return ON + timedelta(days=number)


def days(earliest, latest):
    return DayRange(
        earliest=None if earliest is None else day(earliest), latest=None if latest is None else day(latest)
    )


def a_deadline(state=State.RUNNING, *, starts=NEVER, ends=NEVER, late="", tells=""):
    return DeadlineFound(
        starts=starts, ends=ends, act_by=ends.earliest, state=state, if_missed="", late=late, tells=tells
    )


#   earliest  latest  text
RANGES = [
    (0,       0,      "22 November 2026"),
    (0,       3,      "between 22 November 2026 and 25 November 2026"),
    (0,       None,   "not before 22 November 2026"),
    (None,    0,      "not after 22 November 2026"),
    (None,    None,   "a day that is not known"),
]  # fmt: skip


@pytest.mark.parametrize(("earliest", "latest", "text"), RANGES)
def test_days_are_said_as_far_as_they_are_known(earliest, latest, text):
    assert range_text(days(earliest, latest)) == text


#   days to act    what stands at the end
TERMS = [
    (days(0, 0),   "No day is left after 22 November 2026."),
    (days(1, 1),   "1 day is left after 22 November 2026."),
    (days(5, 9),   "5 days are left after 22 November 2026."),
    (days(-2, 3),  "The earliest possible last day has passed. Act at once, with a lawyer."),
    (days(-2, None), "The earliest possible last day has passed. Act at once, with a lawyer."),
    (days(None, 0), "The last day may already have passed. Act at once, with a lawyer."),
    (days(-9, -2), "Last day counted: between 13 November 2026 and 20 November 2026. It lies behind."),
]  # fmt: skip


@pytest.mark.parametrize(("ends", "last"), TERMS)
def test_a_term_says_how_many_days_are_left(ends, last):
    assert term_lines(a_deadline(ends=ends), ON)[-1] == last


def test_the_first_day_counted_comes_first():
    assert term_lines(a_deadline(starts=days(-3, -3)), ON) == ("First day counted: 19 November 2026.",)
    assert term_lines(a_deadline(), ON) == ()


def test_what_was_done_in_time_needs_no_day_to_act_by():
    assert term_lines(a_deadline(State.MET, ends=days(5, 5)), ON) == ("Last day to act: 27 November 2026.",)


#   state               a ground is open   said
STATES = [
    (State.RUNNING,     False,             "This term is running now."),
    (State.NOT_STARTED, False,             "This term has not begun."),
    (State.MET,         False,             "By what you told, this was done in time."),
    (State.UNKNOWN,     False,             "We do not know whether this term runs, was met or has ended."),
    (State.MISSED,      True,              "The days counted have ended. What stands first here is still open."),
    (State.MISSED,      False,             "The days counted have ended. Ask a lawyer before you take it as lost."),
]  # fmt: skip


@pytest.mark.parametrize(("state", "is_open", "said"), STATES)
def test_the_state_is_said_and_never_that_it_was_missed(state, is_open, said):
    assert state_text(a_deadline(state, tells="Being late is no bar." if is_open else "")) == said
    assert state_text(a_deadline(state, late="A new danger begins new days." if is_open else "")) == said


#   months: least  most   said
PRISON = [
    (None,         None,  ""),
    (None,         6,     "Imprisonment, at most: 6 months."),
    (0,            12,    "Imprisonment, at most: 1 year."),
    (24,           None,  "Imprisonment, at least: 2 years."),
    (60,           60,    "Imprisonment: 5 years."),
    (60,           180,   "Imprisonment, at least: 5 years, at most: 15 years."),
    (1,            18,    "Imprisonment, at least: 1 month, at most: 18 months."),
]  # fmt: skip


@pytest.mark.parametrize(("least", "most", "said"), PRISON)
def test_imprisonment_is_said_in_years_or_months(least, most, said):
    assert prison_text(PenaltyFound(least_months=least, most_months=most, alternatives=(), basis="")) == said


#   months  ru          uk           kk
LENGTHS = [
    (12,    "1 год",    "1 рік",     "1 жыл"),
    (24,    "2 года",   "2 роки",    "2 жыл"),
    (60,    "5 лет",    "5 років",   "5 жыл"),
    (252,   "21 год",   "21 рік",    "21 жыл"),
    (1,     "1 месяц",  "1 місяць",  "1 ай"),
    (18,    "18 месяцев", "18 місяців", "18 ай"),
]  # fmt: skip


@pytest.mark.parametrize(("months", "ru", "uk", "kk"), LENGTHS)
def test_numbers_bend_the_words_beside_them(desk, months, ru, uk, kk):
    from django.utils.translation import override

    for language, said in (("ru", ru), ("uk", uk), ("kk", kk)):
        with override(language):
            assert duration_text(months) == said


def a_stay(lawful, entry, safe):
    return StayFound(
        rule="90 days", used={}, left={}, last_lawful=lawful, next_entry=entry, safe=None if safe is None else day(safe)
    )


BETWEEN = "Last lawful day of the stay: between 13 November 2026 and 20 November 2026."
FROM = "Last lawful day of the stay: not before 24 November 2026."
UNTIL = "Last lawful day of the stay: not after 25 November 2026."
TWO = "2 days are left after 22 November 2026."
PLAN = "Plan with the earliest day: 24 November 2026."
OPEN = "This day may already have passed. Ask a lawyer before you go to any office."
BEHIND = "By the strictest count this day lies behind. Ask a lawyer before you go to any office."
#   last lawful day by each count            entry             safe   said
STAYS = [
    ({"E": None},                            {"E": None},      None,  ("From what you told, no day can be named.",)),
    ({"L": days(-9, -5), "F": days(-4, -2)}, {},               -9,    (BETWEEN, BEHIND)),
    ({"L": days(2, 2), "F": days(4, None)},  {},               2,     (FROM, PLAN, TWO)),
    ({},                                     {"E": days(7, 7)}, 7,    ("Entry is possible again: 29 November 2026.",)),
    ({"E": days(None, 3)},                   {},               None,  (UNTIL, OPEN)),
]  # fmt: skip


@pytest.mark.parametrize(("lawful", "entry", "safe", "said"), STAYS)
def test_a_stay_names_the_day_to_plan_with(lawful, entry, safe, said):
    assert stay_lines(a_stay(lawful, entry, safe), ON) == said


def test_a_change_permits_nothing():
    assert change_text(Answer.YES, Answer.NO) == "now: holds; from then: does not reach you"


#   language  one day is left, and none
LEFT = [
    ("ru", "После {} остаётся 1 день.", "После {} не остаётся ни одного дня."),
    ("uk", "Після {} залишається 1 день.", "Після {} не залишається жодного дня."),
    ("kk", "{} күнінен кейін 1 күн қалады.", "{} күнінен кейін күн қалмайды."),
]


@pytest.mark.parametrize(("language", "one", "none"), LEFT)
def test_days_left_name_the_day_from_which_they_count(desk, language, one, none):
    from django.utils.translation import override

    with override(language):
        assert [left_text(day(number), ON) for number in (1, 0)] == [said.format(day_text(ON)) for said in (one, none)]
