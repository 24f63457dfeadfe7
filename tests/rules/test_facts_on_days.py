"""Facts that change, ages, changes of text, readings: what holds on which day."""

import pytest

from safeconduct.rules.position import Assessor
from tests.rules.pages import DISPUTED, NO, UNKNOWN, YES, answer, corpus_of, day, history, situation_of

STATUS = 'XX-1 status "a status" source\n'

# --- facts that change ------------------------------------------------------------------------------------------------

CHANGING = """
fact birth_date  date or range   ask "When were you born?"
fact papers      list of internal, foreign, may change    ask "Which papers?"
fact weeks       number, may be absent, may change    ask "How many weeks?"
fact children    records of birth_date date; dependent yes/no, may change    ask "Which children?"
fact permit      record of kind one of temporary, permanent; asked_on date, may be absent, may change
    ask "A permit?"
fact rank        one of low, high, may be absent    ask "Which rank?"
fact crew        number    ask "How many?"
fact wards       records of bond one of child, sibling, other    ask "Whom?"
fact oath_day    date    ask "When was the oath?"
"""
PERMITS = (
    "permit: [{kind: temporary, asked_on: 2021-12-01, from: 2022-01-01, until: 2023-06-30}, "
    "{kind: permanent, asked_on: 2023-12-01, from: 2024-01-01, until: 2024-12-31}, {is: none, from: 2025-01-01}]"
)
#    condition, what was told, day asked, answer
OF_DAYS = [
    (
        "papers includes foreign",
        "papers: [{is: [internal], until: 2023-12-31}, {is: [foreign], from: 2024-01-01}]",
        "2023-12-31",
        NO,
    ),
    (
        "papers includes foreign",
        "papers: [{is: [internal], until: 2023-12-31}, {is: [foreign], from: 2024-01-01}]",
        "2024-01-01",
        YES,
    ),
    ("papers includes foreign", "papers: [{is: [internal], until: 2023-12-31}]", "2024-01-01", UNKNOWN),
    ("papers includes foreign", "papers: [{is: [internal, unstated], until: 2023-12-31}]", "2023-12-31", UNKNOWN),
    ("papers includes foreign", "papers: none", "2023-12-31", NO),
    ("weeks at least 26", "weeks: {is: 30, from: 2023-06-01, until: 2023-12-31}", "2023-12-31", YES),
    ("weeks at least 26", "weeks: {is: 30, from: 2023-06-01, until: 2023-12-31}", "2024-01-01", UNKNOWN),
    ("weeks at least 26", "weeks: [{is: 30, until: 2023-12-31}, {is: none, from: 2024-01-01}]", "2024-01-01", NO),
    (
        "at least 1 children",
        "children: [{is: none, until: 2023-12-31}, {is: [{dependent: yes}], from: 2024-01-01}]",
        "2023-12-31",
        NO,
    ),
    (
        "at least 1 children",
        "children: [{is: none, until: 2023-12-31}, {is: [{dependent: yes}], from: 2024-01-01}]",
        "2024-01-01",
        YES,
    ),
    ("permit_until by 2023-06-30", PERMITS, "2023-07-01", NO),  # the last permit is the one that counts
    ("permit_until by 2024-12-31", PERMITS, "2023-07-01", YES),
    ("permit_from after 2023-12-31", PERMITS, "2023-07-01", YES),
    (
        "permit_until before day asked",
        "permit: {kind: temporary, until: 2023-06-30}",
        "2023-07-01",
        UNKNOWN,
    ),  # another may follow
    ("permit_until before day asked", "permit: {kind: temporary, until: 2023-06-30}", "2023-06-30", NO),
    ("permit_until before day asked", "permit: none", "2023-07-01", NO),
    ("permit_until before day asked", "", "2023-07-01", UNKNOWN),
    ("permit_until before first of permit_from, oath_day", PERMITS + ", oath_day: 2025-01-01", "2023-07-01", NO),
    ("permit_asked_on by 2021-12-31", PERMITS, "2023-06-30", YES),
    ("permit_asked_on by 2021-12-31", PERMITS, "2024-01-01", NO),
    ("permit_asked_on by 2021-12-31", PERMITS, "2025-01-01", NO),
    ("permit_asked_on by 2021-12-31", "permit: {kind: temporary}", "2025-01-01", UNKNOWN),
    ("permit kind is permanent", PERMITS, "2023-10-01", UNKNOWN),
    ("rank", "rank: low", "2024-01-01", YES),
    ("rank", "rank: none", "2024-01-01", NO),
    ("rank", "rank: [low, none]", "2024-01-01", UNKNOWN),
    ("rank", "", "2024-01-01", UNKNOWN),
    ("weeks", "weeks: 20..30", "2024-01-01", YES),
    ("weeks", "weeks: none", "2024-01-01", NO),
    ("crew at least 0", "", "2024-01-01", YES),
    ("crew at least 3", "", "2024-01-01", UNKNOWN),
    ("crew at least 3", "crew: 3..5", "2024-01-01", YES),
    ("at least 1 wards with bond is child or sibling", "wards: [{bond: [child, sibling]}]", "2024-01-01", YES),
    ("at least 1 wards with bond is child", "wards: [{bond: [child, sibling]}]", "2024-01-01", UNKNOWN),
    ("at least 1 wards with bond is other", "wards: [{bond: [child, sibling]}]", "2024-01-01", NO),
    ("at least 0 wards", "wards: none", "2024-01-01", YES),
    ("permit kind is permanent", PERMITS, "2024-10-01", YES),
]


@pytest.mark.parametrize(("condition", "told", "on", "expected"), OF_DAYS)
def test_what_changes_is_read_on_its_days(condition: str, told: str, on: str, expected: str) -> None:
    corpus = corpus_of(f"{STATUS}    if {condition}", CHANGING)
    situation = situation_of(corpus, f"person: {{{told}}}")
    assert Assessor(corpus, situation).answer("XX-1", day(on).toordinal()).value == expected


def test_a_child_of_whom_nothing_was_told_may_be_anyone_but_is_there() -> None:
    law = f"{STATUS}    if at least 1 children with dependent\n    unless at least 1 children with aged under 16"
    assert answer(law, "person: {children: [unstated]}").value == UNKNOWN
    assert answer(f"{STATUS}    if at least 2 children", "person: {children: [unstated, unstated]}").value == YES


# --- ages -------------------------------------------------------------------------------------------------------------

#    condition                                     born          on            answer
AGES = [
    ("aged 18 to under 27", "2004-02-29", "2022-02-28", NO),
    ("aged 18 to under 27", "2004-02-29", "2022-03-01", YES),
    ("aged 18 to under 27", "2004-02-29", "2031-02-28", YES),
    ("aged 18 to under 27", "2004-02-29", "2031-03-01", NO),
    ("aged 20 to under 24", "2004-02-29", "2024-02-28", NO),
    ("aged 20 to under 24", "2004-02-29", "2024-02-29", YES),
    ("aged 20 to under 24", "2004-02-29", "2028-02-28", YES),
    ("aged 20 to under 24", "2004-02-29", "2028-02-29", NO),
    ("aged 18 or over", "2004-02-28..2004-03-01", "2022-02-28", UNKNOWN),
    ("aged 18 or over", "2004-02-28..2004-03-01", "2022-03-01", YES),
    ("aged 18 or over on 20 days after served_on", "2004-02-29", "2022-03-01", YES),
    ("aged 18 or over on 1 day after served_on", "2004-02-29", "2022-03-01", UNKNOWN),
    ("aged 18 or over on 1 month before day asked", "2007-02-28", "2025-03-31", YES),
    ("aged 18 or over on 1 month before day asked", "2007-03-01", "2025-03-31", NO),
    ("aged 18 or over on 1 month before day asked", "2004-02-29", "2022-03-31", NO),
    ("aged 18 to under 27 on 20 days after served_on", "2004-02-29", "2022-03-01", YES),
]


@pytest.mark.parametrize(("condition", "born", "on", "expected"), AGES)
def test_an_age_is_reached_at_the_start_of_the_birthday(condition: str, born: str, on: str, expected: str) -> None:
    text = f"person: {{birth_date: {born}, served_on: 2022-02-27..2022-02-28}}"
    assert answer(f"{STATUS}    if {condition}", text, on).value == expected


# --- texts ------------------------------------------------------------------------------------------------------------

STEPS = """
XX-1 status "the later text" source
    about left_unit
    governed by left_unit
    from 2024-01-01
XX-2 status "the earlier text" source
    about left_unit
    governed by left_unit
    until 2023-12-31
XX-3 status "one of them" source
    if any of
        XX-1
        XX-2
"""


def test_an_event_across_a_change_of_text_falls_under_one_of_them() -> None:
    text = history("left_unit, on: 2023-12-20..2024-01-10", more="complete: [left_unit]")
    assert [answer(STEPS, text, name=name).value for name in ("XX-1", "XX-2", "XX-3")] == [UNKNOWN, UNKNOWN, YES]


@pytest.mark.parametrize(
    ("facts", "expected"), [("in_reserve: yes", UNKNOWN), ("in_reserve: no", NO), ("resident: no", NO)]
)
def test_whom_it_concerns_may_be_unknown(facts: str, expected: str) -> None:
    assert answer(f"{STATUS}    concerns resident\n    if in reserve", f"person: {{{facts}}}").value == expected


READ = """
XX-X1 conflict "Who?"
    reading "all" source
    reading "residents" safer source
XX-1 liability "liable" source
    if fitness is A
exception to XX-1: "freed" fails
    source art. 2 background
    if XX-FREED
XX-FREED right "freed" source
    reading 1 of XX-X1
        if in reserve
    reading 2 of XX-X1
        if in reserve
        if resident
"""


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("fitness: A, in_reserve: yes, resident: yes", NO),
        ("fitness: A, in_reserve: yes, resident: no", DISPUTED),
        ("fitness: A, in_reserve: no", YES),
        ("fitness: A, in_reserve: yes", UNKNOWN),
        ("fitness: B, in_reserve: yes, resident: no", NO),
    ],
)
def test_readings_reach_through_exceptions(facts: str, expected: str) -> None:
    assert answer(READ, f"person: {{{facts}}}").value == expected


ADULT_OR_NOT = """
XX-1 status "either" source
    if any of
        aged 18 or over on 1 day after served_on
        aged under 18 on 1 day after served_on
"""


def test_two_ages_on_one_day_that_was_moved_are_two_ages_of_that_day() -> None:
    assert answer(ADULT_OR_NOT, "person: {birth_date: 2004, served_on: 2022}").value == YES


IMPLIED = """
fact officer   yes/no    ask "Are you an officer?"
fact soldier   yes/no    ask "Are you a soldier?"
fact sailor    yes/no    ask "Are you a sailor?"
implies officer is yes: soldier is no
"""
IMPLYING = """
XX-1 status "one" source
    if soldier
XX-2 status "both" source
    if soldier
    if officer
XX-3 status "neither" source
    if sailor
"""


@pytest.mark.parametrize(("told", "expected"), [("officer: yes", NO), ("officer: no", UNKNOWN), ("", UNKNOWN)])
def test_what_follows_from_the_meaning_of_words_is_known(told: str, expected: str) -> None:
    corpus = corpus_of(IMPLYING, IMPLIED)
    assessor = Assessor(corpus, situation_of(corpus, f"person: {{{told}}}"))
    assert assessor.answer("XX-3", day("2024-03-01").toordinal()).value == UNKNOWN
    assert assessor.answer("XX-1", day("2024-03-01").toordinal()).value == expected
    assert assessor.answer("XX-2", day("2024-03-01").toordinal()).value == NO
