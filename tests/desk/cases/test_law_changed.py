"""Cases that a change of law reaches: found for every person, worked out piece by piece, noted once known."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from safeconduct.desk.cases.actions.close import shred
from safeconduct.desk.cases.actions.compare_position import compare_position
from safeconduct.desk.cases.actions.law_changed import AT_ONCE, Looked, Start, law_changed, note_law_change
from safeconduct.desk.cases.actions.list_cases import held
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.people import remove_person
from safeconduct.desk.cases.comparing import Fate
from safeconduct.desk.cases.holding import hold
from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.cases.law_marks import marks_in
from safeconduct.desk.refusals import Reason
from tests.desk.builders import LATER, NOW, TODAY, a_case, a_member, refused
from tests.desk.cases.laws import (
    CALLED,
    MOVED,
    SAILED,
    WHOLE,
    a_person,
    changes_of,
    either_law,
    law,
    note,
    only,
    other,
    save,
    saved_case,
    without,
)
from tests.desk.office.at_work import small_law

__all__ = ["either_law", "law"]


# --- which cases are listed ------------------------------------------------------------------------------------------


def test_nothing_is_listed_while_the_law_is_the_same(law):
    anna = a_member()
    saved_case(anna)
    found = law_changed(anna)
    assert (found.cases, found.number, found.following) == ((), 0, None)
    assert not held(anna)[0].law_changed


def test_a_law_that_changed_lists_the_case_with_what_and_why_until_it_is_noted(either_law):
    anna = a_member()
    case, (alex,) = saved_case(anna)
    either_law(other(XX_FORM_1=None))
    assert held(anna)[0].law_changed
    found = law_changed(anna)
    person, (change,) = only(found), only(found).changes
    assert (found.cases[0].case, person.person, person.pseudonym, person.on) == (case, alex, "Alex", TODAY)
    assert (change.difference.finding, change.difference.fate) == ("XX-FORM-1", Fate.WENT)
    assert person.titles["XX-FORM-1"] == small_law().provisions["XX-FORM-1"].title
    note(anna, case)
    assert not held(anna)[0].law_changed
    assert law_changed(anna).cases == ()
    # The next law lists it again, and with it all that was otherwise since the position was saved.
    either_law(replace(other(XX_FORM_1=None, XX_FORM_4=None), digest="e" * 64))
    assert set(changes_of(anna)) == {"XX-FORM-1", "XX-FORM-4"}


def test_a_finding_that_a_newer_law_adds_is_listed_with_its_reasons(law):
    anna = a_member()
    law(other(XX_CALL_1=None))
    saved_case(anna)
    law(small_law())
    (change,) = only(law_changed(anna)).changes
    assert (change.difference.fate, change.difference.after.answer) == (Fate.CAME, "no")
    assert change.because


def test_to_save_the_position_of_one_person_hides_nobody_elses(either_law):
    anna = a_member()
    case, (alex, boris) = saved_case(anna, "Alex", "Boris")
    either_law(other(XX_FORM_1=None))
    save(anna, case, boris, now=LATER)
    assert held(anna)[0].law_changed
    assert only(law_changed(anna)).person == alex
    save(anna, case, alex, now=LATER)
    assert not held(anna)[0].law_changed


def test_the_latest_position_of_a_person_counts_whatever_day_it_asks(law):
    anna = a_member()
    case, (alex,) = saved_case(anna)
    last = save(anna, case, alex, on=date(2025, 1, 1), now=LATER)
    law(other(XX_FORM_1=None))
    assert only(law_changed(anna)).position == last


def test_to_note_one_position_keeps_the_other_people_of_the_case_on_the_list(either_law):
    anna = a_member()
    case, (alex, boris) = saved_case(anna, "Alex", "Boris")
    either_law(other(XX_FORM_1=None))
    found = law_changed(anna)
    shown = {person.person: person.position for person in found.cases[0].people}
    note_law_change(anna, case=case, law=found.law, positions=[shown[alex]], now=LATER)
    assert held(anna)[0].law_changed
    assert only(law_changed(anna)).person == boris
    before = len(open_case(anna, case=case).trail)
    note_law_change(anna, case=case, law=found.law, positions=[uuid4()], now=LATER)
    assert len(open_case(anna, case=case).trail) == before
    assert only(law_changed(anna)).person == boris


def test_a_page_of_an_older_law_notes_nothing_of_the_newer_one(law):
    anna = a_member()
    case, _ = saved_case(anna)
    law(other(XX_FORM_1=None))
    found = law_changed(anna)
    law(replace(other(XX_FORM_4=None), digest="e" * 64))
    positions = [only(found).position]
    refused(Reason.FORM_EXPIRED, note_law_change, anna, case=case, law=found.law, positions=positions, now=LATER)
    assert held(anna)[0].law_changed


def test_a_member_who_holds_no_such_case_sees_and_notes_nothing(law):
    anna, boris = a_member(), a_member()
    case, _ = saved_case(anna)
    law(other(XX_FORM_1=None))
    found = law_changed(anna)
    assert law_changed(boris).number == 0
    refused(Reason.NOT_HERE, note_law_change, boris, case=case, law=found.law, positions=[], now=LATER)


def test_who_is_taken_out_of_a_case_leaves_it_unlisted(law):
    anna = a_member()
    case, (alex, boris) = saved_case(anna, "Alex", "Boris")
    law(other(XX_FORM_1=None))
    save(anna, case, boris, now=LATER)
    remove_person(anna, case=case, person=alex, now=LATER)
    assert not held(anna)[0].law_changed
    assert alex not in marks_in(hold(anna, case))


def test_noting_a_change_of_law_in_a_case_without_positions_changes_nothing(law):
    anna = a_member()
    case, _ = a_case(anna)
    note_law_change(anna, case=case, law=law_in_use().digest, positions=[], now=NOW)
    assert open_case(anna, case=case).trail == ()
    assert not held(anna)[0].law_changed


# --- what is compared ------------------------------------------------------------------------------------------------


def told_of(stand, part):
    if part == "act_by":
        return stand.act_by
    if part == "months":
        return stand.penalty.least_months, stand.penalty.most_months
    return stand.stay.rule, stand.stay.safe, stand.stay.left


@pytest.mark.parametrize(("newer", "finding", "part", "then", "now"), MOVED)
def test_a_day_a_penalty_and_a_stay_that_the_law_moved_are_listed_with_both(law, newer, finding, part, then, now):
    anna = a_member()
    case, _ = a_case(anna)
    save(anna, case, a_person(anna, case, events=SAILED, closed=WHOLE))
    law(newer)
    change = changes_of(anna)[finding].difference
    assert change.fate is Fate.MOVED
    assert (told_of(change.before, part), told_of(change.after, part)) == (then, now)
    # The comparison of one position says the same.
    position = open_case(anna, case=case).positions[0].id
    compared = {one.finding: one for one in compare_position(anna, case=case, position=position, on=TODAY).differences}
    assert (compared[finding].before, compared[finding].after) == (change.before, change.after)


# --- what cannot be read ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("newer", [without(facts=("sex",)), without(events=("mobilised",))])
def test_a_telling_that_the_law_in_use_cannot_read_blocks_no_other_case(law, newer):
    anna = a_member()
    unreadable, _ = a_case(anna)
    save(anna, unreadable, a_person(anna, unreadable, events=(CALLED,)))
    case, _ = a_case(anna)
    save(anna, case, a_person(anna, case, facts={"birth_date": "1990"}))
    law(newer)
    found = {one.case: one for one in law_changed(anna).cases}
    assert found[unreadable].people[0].looked is Looked.UNREADABLE
    assert found[case].people[0].looked is Looked.WORKED_OUT
    assert found[unreadable].may_be_noted
    note(anna, unreadable)
    assert [one.case for one in law_changed(anna).cases] == [case]


# --- page by page ----------------------------------------------------------------------------------------------------


def pages_of(actor, **arguments):
    """All pages of the list, one after the other."""
    start, pages = None, []
    while True:
        pages.append(law_changed(actor, start=start, **arguments))
        start = pages[-1].following
        if start is None:
            return pages
        assert len(pages) < 50


def test_of_twenty_five_cases_none_is_said_to_be_the_same_before_it_was_worked_out(law):
    anna = a_member()
    cases = {saved_case(anna)[0] for _ in range(AT_ONCE + 5)}
    law(other(XX_FORM_1=None))
    first, second = pages_of(anna)
    assert (len(first.cases), len(second.cases), first.number, second.before) == (AT_ONCE, 5, 25, AT_ONCE)
    assert {one.case for page in (first, second) for one in page.cases} == cases
    assert all(person.changes for page in (first, second) for one in page.cases for person in one.people)


def test_what_does_not_fit_into_the_time_is_not_yet_worked_out_and_cannot_be_noted(law):
    anna = a_member()
    cases = sorted(saved_case(anna)[0] for _ in range(5))
    law(other(XX_FORM_1=None))
    found = law_changed(anna, may_go_on=lambda done: done < 2)
    assert [one.case for one in found.cases] == cases
    assert [len(one.people) for one in found.cases] == [1, 1, 0, 0, 0]
    assert [one.may_be_noted for one in found.cases] == [True, True, False, False, False]
    assert found.following.case == cases[2]
    pages = pages_of(anna, may_go_on=lambda done: done < 2)
    assert [[len(one.people) for one in page.cases] for page in pages] == [[1, 1, 0, 0, 0], [1, 1, 0], [1]]
    assert [page.before for page in pages] == [0, 2, 4]
    nothing = law_changed(anna, may_go_on=lambda _: False)
    assert not any(one.people or one.may_be_noted for one in nothing.cases)
    assert nothing.following.case == cases[0]


def test_a_case_of_many_people_is_worked_out_over_several_pages(either_law):
    anna = a_member()
    case, people = saved_case(anna, *(f"Person {number}" for number in range(7)))
    either_law(other(XX_FORM_1=None))
    pages = pages_of(anna, may_go_on=lambda done: done < 3)
    told = [page.cases[0] for page in pages]
    assert [(one.earlier, len(one.people), one.later) for one in told] == [(0, 3, 4), (3, 3, 1), (6, 1, 0)]
    assert [person.person for one in told for person in one.people] == sorted(people)
    # What the second page shows is noted; the others stay, and the place where it began is found again.
    shown = [person.position for person in told[1].people]
    note_law_change(anna, case=case, law=pages[1].law, positions=shown, now=LATER)
    again = law_changed(anna, start=pages[0].following, may_go_on=lambda done: done < 3).cases[0]
    assert (again.earlier, len(again.people), again.later) == (3, 1, 0)
    assert len(law_changed(anna).cases[0].people) == 4


def test_a_page_that_begins_behind_the_last_begins_at_the_first(law):
    anna = a_member()
    case, _ = saved_case(anna, "Alex", "Boris")
    law(other(XX_FORM_1=None))
    for start in (Start(case=UUID(int=2**128 - 1)), Start(case=case, person=UUID(int=2**128 - 1))):
        found = law_changed(anna, start=start)
        assert (found.before, found.cases[0].earlier, len(found.cases[0].people)) == (0, 0, 2)


def test_a_case_that_goes_while_the_page_is_made_is_left_out(law):
    anna = a_member()
    cases = sorted(saved_case(anna)[0] for _ in range(3))
    law(other(XX_FORM_1=None))

    def goes(done):
        if done == 0:
            shred(anna, case=cases[1], now=LATER)
        return True

    assert [one.case for one in law_changed(anna, may_go_on=goes).cases] == [cases[0], cases[2]]


#   an address                 where it begins
ADDRESSES = [
    ("",                       None),
    ("soon",                   None),
    (f"{UUID(int=1)}",         Start(case=UUID(int=1))),
    (f"{UUID(int=1)}.{UUID(int=2)}", Start(case=UUID(int=1), person=UUID(int=2))),
    (f"{UUID(int=1)}.soon",    None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "start"), ADDRESSES)
def test_an_address_says_where_a_page_begins(text, start):
    assert Start.from_text(text) == start
    assert start is None or start.as_text == text
