"""Lines that nobody meets together, and provisions that leave nobody out."""

from datetime import date

import pytest

from safeconduct.packs.clashing import leaves_nobody_out, lines_that_clash
from safeconduct.rules.solver import Prover, UnsettledError
from tests.packs.writing import assembled

SEAT = "source art. 1 [X1] confidence A"
DAYS = tuple(date(2023, 12, 30).toordinal() + step for step in range(5))


def corpus(lines, more=""):
    body = "".join(f"    {line}\n" for line in lines.splitlines())
    found = assembled(f'XX-1 status "one" {SEAT}\n{body}{more}')
    assert not found.faults
    return found.corpus


def without_lines(found):
    return [line.partition(" (line")[0] for line in found]


#    lines, and those that clash
CLASHES = [
    ("if resident\nand grade is mate\nunless resident",                  ["if resident", "unless resident"]),
    ("if grade is mate\nand resident\nand grade is deckhand",            ["if grade is mate", "and grade is deckhand"]),
    ("if resident\nand aged under 18\nand aged 18 or over",              ["and aged under 18", "and aged 18 or over"]),
    ("from 2024-01-01\nif resident\nand day asked before 2024-01-01",
     ["in force 2024-01-01 to ...", "and day asked before 2024-01-01"]),
    ("concerns resident\nif grade is mate\nand not resident",            ["whom it concerns", "and not resident"]),
    ("about gone\nif gone permission is yes\nand resident\nunless gone permission is yes",
     ["if gone permission is yes", "unless gone permission is yes"]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "clash"), CLASHES)
def test_the_lines_that_clash_are_named_and_no_others(lines, clash):
    assert without_lines(lines_that_clash(corpus(lines), "XX-1", DAYS)) == clash


def test_an_exception_that_leaves_nobody_is_among_them():
    exception = f'exception to XX-1: "all" {SEAT}\n    if resident\n'
    found = lines_that_clash(corpus("if grade is mate\nand resident", exception), "XX-1", DAYS)
    assert without_lines(found) == ["and resident", 'exception "all": if resident']


def test_an_exception_by_which_it_would_hold_must_clash_too():
    exceptions = (
        f'exception to XX-1: "some" holds {SEAT}\n    if resident\n'
        f'exception to XX-1: "all" over "some" {SEAT}\n    if any of\n        resident\n        grade is mate\n'
    )
    found = without_lines(lines_that_clash(corpus("if grade is mate", exceptions), "XX-1", DAYS))
    assert found == [
        "if grade is mate",
        'exception "some": if resident',
        'exception "all": if any of resident; grade is mate',
    ]


#    lines                                                              nobody is left out
PROOFS = [
    ("if any of\n    grade is mate\n    grade is not mate",              True),
    ("if any of\n    aged under 18\n    aged 18 or over",                True),
    ("if any of\n    aged under 18\n    aged 19 or over",                False),
    ("if day asked before 2024-01-02",                                   False),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "proved"), PROOFS)
def test_that_nobody_is_left_out_is_proved_on_every_day(lines, proved):
    assert leaves_nobody_out(corpus(lines), "XX-1", DAYS) is proved


def test_where_the_solver_gives_up_nothing_is_said(monkeypatch):
    def gives_up(*_):
        raise UnsettledError("it came to its limit", remedy="ask less at once")

    monkeypatch.setattr(Prover, "world", gives_up)
    monkeypatch.setattr(Prover, "clash", gives_up)
    assert lines_that_clash(corpus("if resident\nunless resident"), "XX-1", DAYS) == ()
    assert not leaves_nobody_out(corpus("if resident"), "XX-1", DAYS)
