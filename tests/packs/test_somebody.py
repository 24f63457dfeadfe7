"""A fault shows somebody whom it is about."""

from datetime import date

import pytest

from safeconduct.packs.checking import check
from safeconduct.packs.somebody import somebody
from tests.packs.writing import assembled
from tests.rules.comparing.laws import law, law_of

ON = date(2024, 2, 1).toordinal()

#    provision      somebody of whom it holds
PEOPLE = [
    ("XX-SAFE",     "birth_date ..1996-12-31; in_reserve yes"),
    ("XX-PERMIT",   None),
    ("XX-OLD",      ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "person"), PEOPLE)
def test_somebody_is_told_in_a_line(name, person):
    found = somebody(law(), name, ON)
    assert found == person if person is not None else found


def test_an_event_is_told_with_its_days_and_fields():
    assert somebody(law(), "XX-AWAY", ON).startswith("left_unit (on ")
    assert "permission no" in somebody(law(), "XX-AWAY", ON)


def test_nobody_is_told_whom_no_file_can_tell():
    assert somebody(law_of("region is not RU-SA"), "XX-1", ON) == ""


def test_exceptions_that_disagree_show_somebody_to_whom_both_apply():
    seat = "source art. 1 [X1] confidence A"
    text = (
        f'XX-1 status "one" {seat}\n    if resident\n'
        f'exception to XX-1: "mates" {seat}\n    if grade is mate\n'
        f'exception to XX-1: "leavers" holds {seat}\n    if gone\n'
    )
    faults = [fault for fault in check(assembled(text)).faults if fault.code == "LAW053"]
    assert len(faults) == 1
    assert " both apply to: " in faults[0].hint
    assert "grade mate" in faults[0].hint
