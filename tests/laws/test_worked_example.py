"""The worked example, and men around the change of 1 January 2024, on the law that is shipped."""

from datetime import date
from pathlib import Path

import pytest

from safeconduct.packs.store import load_corpus
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Answer, DayRange, Finding, Position, State
from safeconduct.rules.position import Assessor, assess
from safeconduct.rules.telling import read_situation

ALEX = (Path(__file__).parents[2] / "examples" / "alex.yaml").read_text(encoding="utf-8")
ENLISTED = '  - {event: enlisted, on: 2022-09-21..2022-10-20, assumed: "he had reached the base"}\n'
REPORTED = "2023-12-12"
YES, NO, UNKNOWN, DISPUTED = "yes", "no", "unknown", "disputed"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


def position(corpus: Corpus, text: str, on: str) -> Position:
    return assess(corpus, read_situation(text.encode(), corpus.vocabulary, form="yaml"), on=date.fromisoformat(on))


def finding(corpus: Corpus, text: str, on: str, name: str) -> Finding:
    situation = read_situation(text.encode(), corpus.vocabulary, form="yaml")
    return Assessor(corpus, situation).finding(name, date.fromisoformat(on).toordinal())


@pytest.fixture(scope="module")
def alex(corpus: Corpus) -> Position:
    return position(corpus, ALEX, REPORTED)


@pytest.fixture(scope="module")
def not_enlisted(corpus: Corpus) -> Position:
    assert ENLISTED in ALEX
    return position(corpus, ALEX.replace(ENLISTED, ""), REPORTED)


def days(first: str, last: str) -> DayRange:
    return DayRange(earliest=date.fromisoformat(first), latest=date.fromisoformat(last))


# --- Alex on the day of the report ------------------------------------------------------------------------------

#    provision        answer   with `enlisted` taken out
ANSWERS = [
    ("RU-CON-01", NO, NO),
    ("RU-CON-02", NO, NO),
    ("RU-MOB-09", YES, YES),
    ("RU-UK-337-5", UNKNOWN, UNKNOWN),
    ("RU-UK-338-3", UNKNOWN, UNKNOWN),
    ("RU-UK-337-4", NO, NO),
    ("RU-UK-338-1", NO, NO),
    ("RU-UK-338-2", NO, NO),
    ("RU-G-ABSENCE", YES, UNKNOWN),
    ("RU-UK-A7", NO, NO),
    ("RU-UK-322-1", UNKNOWN, UNKNOWN),
    ("RU-RST-EXIT-1", NO, NO),
    ("KZ-ASY-2", UNKNOWN, UNKNOWN),
    ("KZ-ADM-2", UNKNOWN, UNKNOWN),
    ("KZ-STAY-1", YES, YES),
]
LATE_RESTRICTIONS = tuple(f"RU-RST-20-{number}" for number in range(1, 9))


@pytest.mark.parametrize(("name", "answer", "without"), ANSWERS)
def test_alex_gets_the_answers_of_the_report(
    alex: Position, not_enlisted: Position, name: str, answer: str, without: str
) -> None:
    assert alex.finding(name).answer.value == answer
    assert not_enlisted.finding(name).answer.value == without


def test_every_line_that_is_assumed_is_said(alex: Position) -> None:
    for reason in ("no day told", "he had reached the base", "some days later", "he lives in hiding", "not told"):
        assert any(warning.startswith("Assumed: ") and reason in warning for warning in alex.warnings), reason
    told = "; ".join(reason.assumed for reason in alex.finding("RU-G-ABSENCE").because)
    told += "; ".join(reason.assumed for reason in alex.finding("RU-UK-337-5").because)
    for reason in ("he had reached the base", "some days later", "he lives in hiding", "not told"):
        assert reason in told, reason


@pytest.mark.parametrize("on", ["2024-01-01", "2024-06-15", "2025-12-11", "2025-12-12"])
@pytest.mark.parametrize("born", ["1992-12-13", "1993-06-15", "1993-12-12", "1992-12-13..1993-12-12"])
def test_alex_is_not_called_up_as_a_conscript_from_2024_whatever_his_birthday(
    corpus: Corpus, born: str, on: str
) -> None:
    text = ALEX.replace("age: 30 on 2023-12-12 ", f"birth_date: {born} ")
    assert f"birth_date: {born}" in text
    assert finding(corpus, text, on, "RU-CON-02").answer is Answer.NO


@pytest.mark.parametrize("name", ["RU-UK-337-5", "RU-UK-338-3"])
def test_only_the_aim_keeps_the_two_parts_apart(alex: Position, name: str) -> None:
    assert alex.finding(name).missing == ("aim_to_evade",)


@pytest.mark.parametrize("name", ["RU-UK-337-4", "RU-UK-338-1", "RU-UK-338-2"])
def test_the_ordinary_parts_are_no_because_they_are_displaced(
    alex: Position, not_enlisted: Position, name: str
) -> None:
    assert [reason.role for reason in alex.finding(name).because] == ["displaced"]
    assert "displaced" in [reason.role for reason in not_enlisted.finding(name).because]


def test_whichever_of_the_two_it_is_the_penalty_is_from_five_to_fifteen_years(alex: Position) -> None:
    group = alex.finding("RU-G-ABSENCE")
    assert group.of == ("RU-UK-337-5", "RU-UK-338-3")
    assert group.penalty is not None
    assert (group.penalty.least_months, group.penalty.most_months) == (60, 180)
    for name, most in (("RU-UK-337-5", 120), ("RU-UK-338-3", 180)):
        penalty = alex.finding(name).penalty
        assert penalty is not None
        assert (penalty.least_months, penalty.most_months) == (60, most)


def test_the_first_ban_on_exit_had_ended_and_the_second_reaches_other_men(alex: Position) -> None:
    first, second = alex.finding("RU-RST-EXIT-1"), alex.finding("RU-RST-EXIT-2")
    assert "in force from 2023-04-14 until 2023-08-03" in [reason.text for reason in first.because]
    assert second.answer is Answer.NO
    assert [reason.text for reason in second.because] == ["subject to conscription"]


@pytest.mark.parametrize("name", LATE_RESTRICTIONS)
def test_restrictions_after_a_summons_are_unknown_because_no_summons_was_told(alex: Position, name: str) -> None:
    found = alex.finding(name)
    assert found.answer is Answer.UNKNOWN
    assert "summons" in found.missing


@pytest.mark.parametrize("name", ["RU-RST-EXIT-2", *LATE_RESTRICTIONS])
def test_the_law_is_in_force_but_the_system_does_not_work(alex: Position, name: str) -> None:
    assert alex.finding(name).practice_state == "law in force, system not working on this day"


def test_the_days_for_asylum_are_shown_and_late_is_not_called_barred(alex: Position) -> None:
    found = alex.finding("KZ-ASY-2")
    assert set(found.missing) == {"asylum_application", "learnt_of_risk"}
    deadline = found.deadline
    assert deadline is not None
    assert (deadline.state, deadline.ends) == (State.UNKNOWN, days("2022-09-28", "2022-11-06"))
    assert deadline.tells.startswith("Being late is not known to bar an application")
    assert "see a lawyer before you approach any office" in deadline.tells
    assert deadline.late
    assert [caution.id for caution in found.caution if caution.id in ("KZ-ENT-6", "KZ-ASY-13")] == [
        "KZ-ENT-6",
        "KZ-ASY-13",
    ]


def test_notes_of_practice_stand_beside_the_rules_and_the_later_ones_are_since_then(alex: Position) -> None:
    notes = [found for found in alex.findings if found.practice and found.concerns and "KZ-ASY-2" in found.beside]
    assert notes
    for found in alex.findings:
        if found.practice:
            assert found.dated is not None, found.id
            assert found.since_then == (found.dated > date.fromisoformat(REPORTED)), found.id


def test_the_overstay_waits_for_three_papers_and_the_last_lawful_day_is_told(alex: Position) -> None:
    assert set(alex.finding("KZ-ADM-2").missing) == {"permit", "asylum_certificate", "work_contract"}
    stay = alex.finding("KZ-STAY-1").stay
    assert stay is not None
    assert stay.last_lawful == {"E": days("2022-12-22", "2023-01-29")}


def test_whoever_has_none_of_the_three_papers_overstays(corpus: Corpus) -> None:
    none = ALEX.replace("person:\n", "person:\n  permit: none\n  asylum_certificate: none\n  work_contract: none\n")
    assert finding(corpus, none, REPORTED, "KZ-ADM-2").answer is Answer.YES


def test_every_finding_and_every_reading_has_a_seat(alex: Position) -> None:
    for found in alex.findings:
        assert found.citations, found.id
        for citation in found.citations:
            assert all(source.url or source.note for source in citation.sources), found.id


# --- men around 1 January 2024 -----------------------------------------------------------------------------------

MAN = """
person:
  sex: male
  citizenships: [RU]
  on_register: yes
  fitness: A
  exemptions: none
  deferments: none
"""
TURNED_27 = "birth_date: 1996-06-15\n  in_reserve: [no until 2023-06-14, yes from 2023-06-15]"
#    born and reserve                          on            RU-CON-01  RU-CON-02
MEN = [
    (TURNED_27, "2023-06-01", YES, NO),
    (TURNED_27, "2023-12-31", NO, NO),
    (TURNED_27, "2024-01-01", NO, NO),
    ("birth_date: 1997-02-10\n  in_reserve: no", "2023-12-31", YES, NO),
    ("birth_date: 1997-02-10\n  in_reserve: no", "2024-03-01", NO, YES),
    ("birth_date: 1997\n  in_reserve: no", "2024-03-01", NO, YES),
    ("birth_date: 1996\n  in_reserve: yes", "2024-03-01", NO, NO),
    ("birth_date: 1996\n  in_reserve: no", "2024-03-01", NO, DISPUTED),
    ("birth_date: 1997", "2024-03-01", NO, UNKNOWN),
]


@pytest.mark.parametrize(("facts", "on", "first", "second"), MEN)
def test_men_around_the_change_of_age(corpus: Corpus, facts: str, on: str, first: str, second: str) -> None:
    text = f"{MAN}  {facts}\n"
    assert finding(corpus, text, on, "RU-CON-01").answer.value == first
    assert finding(corpus, text, on, "RU-CON-02").answer.value == second


def test_no_birthday_is_asked_where_the_year_settles_it(corpus: Corpus) -> None:
    found = finding(corpus, f"{MAN}  birth_date: 1997\n  in_reserve: no\n", "2024-03-01", "RU-CON-02")
    assert (found.answer, found.missing) == (Answer.YES, ())


def test_a_dispute_shows_both_readings_and_the_safer_one(corpus: Corpus) -> None:
    found = finding(corpus, f"{MAN}  birth_date: 1996\n  in_reserve: no\n", "2024-03-01", "RU-CON-02")
    assert [(reading.answer.value, reading.safer) for reading in found.readings] == [(NO, False), (YES, True)]


def test_only_the_reserve_is_missing_where_it_was_not_told(corpus: Corpus) -> None:
    assert finding(corpus, f"{MAN}  birth_date: 1997\n", "2024-03-01", "RU-CON-02").missing == ("in_reserve",)
