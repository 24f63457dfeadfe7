"""What exceptions and readings mean."""

import pytest

from tests.rules.pages import (
    DISPUTED,
    NO,
    UNKNOWN,
    YES,
    answer,
    finding,
)

EXCEPTIONS = """
XX-1 status "rule" source
    if resident
exception to XX-1: "first" fails
    source art. 2 background
    if fitness is V or B
exception to XX-1: "second" holds over "first"
    source art. 3 background
    if in reserve
"""


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("resident: yes, fitness: A, in_reserve: no", YES),
        ("resident: yes, fitness: V, in_reserve: no", NO),
        ("resident: yes, fitness: V, in_reserve: yes", YES),
        ("resident: no, fitness: A, in_reserve: no", NO),
        ("resident: no, fitness: A, in_reserve: yes", YES),
        ("resident: yes, fitness: V", UNKNOWN),
        ("resident: yes, fitness: A", YES),
    ],
)
def test_the_later_exception_prevails_over_the_one_that_it_names(facts: str, expected: str) -> None:
    assert answer(EXCEPTIONS, f"person: {{{facts}}}").value == expected


READINGS = """
XX-X1 conflict "Who is saved?"
    reading "whoever is old enough" source
    reading "only whoever is in the reserve" safer source
XX-0 right "saved" source
    reading 1 of XX-X1
        if born until 1996-12-31
    reading 2 of XX-X1
        if born until 1996-12-31
        and in reserve
XX-1 liability "liable" source
    if resident
    unless XX-0
"""


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("resident: yes, birth_date: 1997", YES),
        ("resident: yes, birth_date: 1996, in_reserve: yes", NO),
        ("resident: yes, birth_date: 1996, in_reserve: no", DISPUTED),
        ("resident: yes, birth_date: 1996", UNKNOWN),
        ("resident: no, birth_date: 1996, in_reserve: no", NO),
    ],
)
def test_a_yes_and_a_no_among_readings_is_a_dispute(facts: str, expected: str) -> None:
    assert answer(READINGS, f"person: {{{facts}}}").value == expected


def test_a_dispute_shows_each_reading_and_the_safer_one() -> None:
    found = finding(READINGS, "person: {resident: yes, birth_date: 1996, in_reserve: no}", "2024-03-01")
    assert [(reading.name, reading.answer.value, reading.safer) for reading in found.readings] == [
        ("whoever is old enough", NO, False),
        ("only whoever is in the reserve", YES, True),
    ]
