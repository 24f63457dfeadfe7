"""What each form of condition means for somebody of whom more or less is known."""

import pytest

from tests.rules.pages import NO, UNKNOWN, YES, answer, finding

STATUS = 'XX-1 status "a status" source\n'

#    condition                                    situation                                                    answer
FACTS = [
    ("resident", "person: {resident: yes}", YES),
    ("resident", "person: {resident: no}", NO),
    ("resident", "person: {resident: unknown}", UNKNOWN),
    ("resident", "person: {resident: withheld}", UNKNOWN),
    ("resident", "", UNKNOWN),
    ("not resident", "person: {resident: no}", YES),
    ("fitness is V", "person: {fitness: [A, B]}", NO),
    ("fitness is A or B", "person: {fitness: [A, B]}", YES),
    ("fitness is A", "person: {fitness: [A, B]}", UNKNOWN),
    ("fitness is not V", "person: {fitness: A}", YES),
    ("region is XX-A", "person: {region: XX-A}", YES),
    ("region is XX-A", "person: {region: XX-B}", NO),
    ("region is XX-A", "", UNKNOWN),
    ("in reserve", "person: {in_reserve: [no until 2024-02-29, yes from 2024-03-01]}", YES),
    ("in reserve", "person: {in_reserve: [no until 2024-03-01, yes from 2024-03-02]}", NO),
    ("in reserve", "person: {in_reserve: [no until 2024-02-29]}", UNKNOWN),
    ("in reserve", "person: {in_reserve: [no until 2024-02, yes from 2024-03-02]}", UNKNOWN),
    ("citizenships includes RU", "person: {citizenships: [RU, KZ]}", YES),
    ("citizenships includes RU", "person: {citizenships: []}", NO),
    ("citizenships includes RU", "person: {citizenships: [KZ, unstated]}", UNKNOWN),
    ("citizenships includes RU", "person: {citizenships: [RU, unstated]}", YES),
    ("citizenships includes RU", "", UNKNOWN),
    ("weeks at least 26", "person: {weeks: 26}", YES),
    ("weeks at least 26", "person: {weeks: 25}", NO),
    ("weeks at most 26", "person: {weeks: 27}", NO),
    ("weeks at most 26", "person: {weeks: 26}", YES),
    ("weeks more than 26", "person: {weeks: 26}", NO),
    ("weeks at least 26", "person: {weeks: none}", NO),
    ("weeks at least 26", "", UNKNOWN),
    ("served_on by 2024-03-01", "person: {served_on: 2024-03-01}", YES),
    ("served_on before 2024-03-01", "person: {served_on: 2024-03-01}", NO),
    ("served_on after 2024-02-29", "person: {served_on: 2024-03-01}", YES),
    ("served_on from 2024-03-01", "person: {served_on: 2024-03-01}", YES),
    ("served_on on 2024-03-01", "person: {served_on: 2024-03-01}", YES),
    ("served_on within 1 month after 2024-01-31", "person: {served_on: 2024-02-29}", YES),
    ("served_on within 1 month after 2024-01-31", "person: {served_on: 2024-03-01}", NO),
    ("served_on by 2024-03-01", "person: {served_on: 2024}", UNKNOWN),
    ("served_on by 2024-12-31", "person: {served_on: 2024}", YES),
    ("served_on by 2024-03-01", "person: {served_on: none}", NO),
    ("served_on after 2024-03-01", "person: {served_on: none}", NO),
    ("served_on by 2024-03-01", "", UNKNOWN),
    ("permit", "person: {permit: {kind: temporary, from: 2024-01-01, until: 2024-03-01}}", YES),
    ("permit", "person: {permit: {kind: temporary, from: 2024-01-01, until: 2024-02-29}}", UNKNOWN),
    ("permit", "person: {permit: none}", NO),
    ("permit", "", UNKNOWN),
    ("permit is none", "person: {permit: none}", YES),
    ("permit kind is temporary", "person: {permit: {kind: temporary}}", YES),
    ("permit kind is temporary", "person: {permit: {kind: permanent}}", NO),
    ("permit kind is temporary", "person: {permit: {ground: work}}", UNKNOWN),
    ("permit kind is temporary", "person: {permit: none}", NO),
    ("permit kind is temporary", "", UNKNOWN),
    ("permit_until by 2024-06-30", "person: {permit: {kind: temporary, until: 2024-06-30}}", UNKNOWN),
    ("permit_until by 2024-06-29", "person: {permit: {kind: temporary, until: 2024-06-30}}", NO),
    ("permit_until by 2024-06-29", "person: {permit: none}", NO),
    ("at least 2 children", "person: {children: [{birth_date: 2020}, {birth_date: 2021}]}", YES),
    ("at least 2 children", "person: {children: [{birth_date: 2020}]}", NO),
    ("at least 2 children", "person: {children: [{birth_date: 2020}, unstated]}", YES),
    ("at least 3 children", "person: {children: [{birth_date: 2020}, unstated]}", NO),
    ("at least 1 children", "person: {children: [{birth_date: 2020}, unstated]}", YES),
    ("at least 1 children", "person: {children: none}", NO),
    ("at least 1 children", "", UNKNOWN),
    ("at least 1 children with dependent", "person: {children: [{birth_date: 2020, dependent: no}]}", NO),
    ("at least 1 children with dependent", "person: {children: [{birth_date: 2020}]}", UNKNOWN),
    ("at least 1 children with no dependent", "person: {children: [{dependent: no}]}", YES),
    ("at least 1 children with dependent is yes or no", "person: {children: [{dependent: no}]}", YES),
    ("at least 1 children with aged under 16", "person: {children: [{birth_date: 2008-03-02}]}", YES),
    ("at least 1 children with aged under 16", "person: {children: [{birth_date: 2008-03-01}]}", NO),
    ("at least 1 children with aged 16 or over", "person: {children: [{birth_date: 2008-03-01}]}", YES),
    ("at least 1 children with aged under 16 on 2024-02-29", "person: {children: [{birth_date: 2008-03-01}]}", YES),
    ("at least 1 children with aged under 16", "person: {children: [{dependent: yes}]}", UNKNOWN),
]

AGES = [
    ("aged 18 to under 27", "2006-03-01", YES),
    ("aged 18 to under 27", "2006-03-02", NO),
    ("aged 18 to under 27", "1997-03-02", YES),
    ("aged 18 to under 27", "1997-03-01", NO),
    ("aged 18 to under 27", "1997", UNKNOWN),
    ("aged 18 to under 27", "1998..2005", YES),
    ("aged 20 or over", "2004-03-01", YES),
    ("aged 20 or over", "2004-03-02", NO),
    ("aged under 20", "2004-03-02", YES),
    ("aged under 20", "2004-03-01", NO),
    ("aged under 20 on 2024-02-29", "2004-03-01", YES),
    ("aged 20 or over", "2004-02-29", YES),
    ("born until 1996-12-31", "1996-12-31", YES),
    ("born until 1996-12-31", "1997-01-01", NO),
    ("born from 1997-01-01", "1996", NO),
    ("born from 1997-01-01 until 1997-12-31", "1997", YES),
]

BOTH = """history:
  - {{event: entered, country: KZ, on: 2024-02-01}}
  - {{event: left_country, country: KZ, on: {left}}}
complete: [entered KZ, left_country KZ]
"""
ENTERED = "history: [{event: entered, country: KZ, on: 2024-02-01}]"
EVENTS = [
    ("entered KZ", ENTERED, YES),
    ("entered RU", ENTERED, UNKNOWN),
    ("entered RU", ENTERED + "\nnot_happened: [{event: entered, country: RU}]", NO),
    ("entered", ENTERED, YES),
    ("entered", "not_happened: [entered]", NO),
    ("entered KZ", "not_happened: [entered]", NO),
    ("entered KZ", "", UNKNOWN),
    ("not entered KZ", ENTERED, NO),
    ("entered KZ", "history: [{event: entered, country: KZ, on: 2024-03-02}]\ncomplete: [entered KZ]", NO),
    ("entered KZ", "history: [{event: entered, country: KZ, on: 2024-03-02}]", UNKNOWN),
    ("entered KZ", "history: [{event: entered, country: KZ}]", UNKNOWN),
    (
        "entered KZ",
        "history: [{event: entered, country: KZ, on: 2024-02-01, attempted: yes}]\ncomplete: [entered KZ]",
        NO,
    ),
    ("entered KZ", "history: [{event: entered, country: KZ, on: 2024-02-01, attempted: no}]", YES),
    (
        "entered KZ with attempted is yes",
        "history: [{event: entered, country: KZ, on: 2024-02-01, attempted: yes}]",
        YES,
    ),
    ("entered KZ with means is air", "history: [{event: entered, country: KZ, on: 2024-02-01, means: air}]", YES),
    ("entered KZ with means is air", ENTERED + "\ncomplete: [entered KZ]", UNKNOWN),
    ("entered KZ by 2024-02-01", ENTERED, YES),
    ("entered KZ before 2024-02-01", ENTERED + "\ncomplete: [entered KZ]", NO),
    ("entered KZ after 2024-01-31 by 2024-02-02", ENTERED, YES),
    (
        "entered KZ not followed by left_country KZ",
        ENTERED + "\nnot_happened: [{event: left_country, country: KZ}]",
        YES,
    ),
    ("entered KZ not followed by left_country KZ", ENTERED, UNKNOWN),
    (
        "entered KZ not followed by left_country KZ",
        BOTH.format(left="2024-02-02"),
        NO,
    ),
    (
        "entered KZ not followed by left_country KZ",
        BOTH.format(left="2024-02-01"),
        UNKNOWN,
    ),
    (
        "entered KZ not followed by left_country KZ",
        BOTH.format(left="2024-03-02"),
        YES,
    ),
    ("summons placed by 2024-02-20", "history: [{event: summons, placed: 2024-02-20}]", YES),
    ("summons placed by 2024-02-19", "history: [{event: summons, placed: 2024-02-20}]\ncomplete: [summons]", NO),
    ("summons placed by 2024-02-19", "history: [{event: summons, on: 2024-02-01}]\ncomplete: [summons]", UNKNOWN),
    ("summons", "history: [{event: summons, placed: 2024-02-20}]", YES),
    ("summons", "history: [{event: summons, placed: 2024-03-20}]\ncomplete: [summons]", UNKNOWN),
    (
        "more than 20 days from summons appear_by to day asked",
        "history: [{event: summons, appear_by: 2024-02-09}]",
        YES,
    ),
    (
        "more than 20 days from summons appear_by to day asked",
        "history: [{event: summons, appear_by: 2024-02-10}]\ncomplete: [summons]",
        NO,
    ),
    ("at most 20 days from summons appear_by to day asked", "history: [{event: summons, appear_by: 2024-02-10}]", YES),
    ("day asked from 2024-03-01", "", YES),
    ("day asked before 2024-03-01", "", NO),
    ("2024-03-01 by day asked", "", YES),
    (
        "2024-03-01 by first of entered KZ, entered RU",
        ENTERED + "\ncomplete: [entered KZ]\nnot_happened: [{event: entered, country: RU}]",
        NO,
    ),
]


@pytest.mark.parametrize(("condition", "situation", "expected"), FACTS + EVENTS)
def test_a_condition_is_answered_from_what_is_known(condition: str, situation: str, expected: str) -> None:
    assert answer(f"{STATUS}    if {condition}", situation).value == expected


@pytest.mark.parametrize(("condition", "born", "expected"), AGES)
def test_ages_turn_on_the_birthday(condition: str, born: str, expected: str) -> None:
    assert answer(f"{STATUS}    if {condition}", f"person: {{birth_date: {born}}}").value == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2025-02-28", NO), ("2025-03-01", YES), ("2028-02-28", YES)],
)
def test_somebody_born_on_29_february_is_a_year_older_on_1_march(on: str, expected: str) -> None:
    law = f"{STATUS}    if aged 21 or over"
    assert answer(law, "person: {birth_date: 2004-02-29}", on).value == expected


def test_what_is_missing_is_named() -> None:
    law = f"{STATUS}    if resident\n    if any of\n        permit\n        entered KZ\n    unless fitness is V"
    found = finding(law, "person: {fitness: A}", "2024-03-01")
    assert found.answer.value == UNKNOWN
    assert set(found.missing) == {"resident", "permit", "entered"}


def test_what_cannot_matter_any_more_is_not_missing() -> None:
    law = f"{STATUS}    if resident\n    if fitness is A"
    assert finding(law, "person: {resident: no}", "2024-03-01").missing == ()
