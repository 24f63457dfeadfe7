"""What a saved position keeps: the telling its answers came from; and what an older version kept less of."""

import pytest

from safeconduct.desk.cases.actions.compare_position import compare_position
from safeconduct.desk.cases.actions.law_changed import law_changed
from safeconduct.desk.cases.actions.list_cases import held
from safeconduct.desk.cases.actions.people import Told, remove_person, set_facts
from safeconduct.desk.cases.comparing import Fate
from safeconduct.desk.cases.holding import changing, hold
from safeconduct.desk.cases.keeping import read_kinds, rewrite
from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.cases.law_marks import latest_positions, marks_in
from safeconduct.desk.cases.values import Kind
from tests.desk.builders import LATER, NOW, TODAY, TOMORROW, a_case, a_member
from tests.desk.cases.laws import (
    SMALL,
    a_penalty,
    a_person,
    changes_of,
    either_law,
    law,
    note,
    only,
    other,
    save,
    saved_case,
)

__all__ = ["either_law", "law"]


# --- saved while a colleague writes ----------------------------------------------------------------------------------


def test_a_saved_position_keeps_the_telling_that_its_answers_came_from(either_law, monkeypatch):
    anna = a_member()
    case, _ = a_case(anna)
    alex = a_person(anna, case, facts={"sex": "male"})

    def told_meanwhile(*args, **arguments):
        monkeypatch.undo()
        told = Told(facts={"birth_date": "1960"})
        set_facts(anna, case=case, person=alex, told=told, said_by="a colleague", on=TODAY, now=NOW)
        return changing(*args, **arguments)

    monkeypatch.setattr("safeconduct.desk.cases.actions.position.changing", told_meanwhile)
    position = save(anna, case, alex, now=LATER)
    kept = latest_positions(hold(anna, case))[alex].content
    assert set(kept["told"]["facts"]) == {"sex"}
    compared = compare_position(anna, case=case, position=position, on=TODAY)
    assert compared.since.facts == ("birth_date",)


# --- saved by an older version ---------------------------------------------------------------------------------------


def as_older(actor, case, *, corpus, parts=("penalties", "stays", "titles")):
    """The case as an older version left it: one law for all people, and less of each position."""
    with changing(actor, case, verb="read", now=NOW) as held_case:
        del held_case.summary["laws"]
        held_case.summary["corpus"] = corpus
        for row, saved in read_kinds(held_case.internal, Kind.POSITION):
            rewrite(held_case.internal, row, {name: told for name, told in saved.items() if name not in parts})


def test_a_case_of_an_older_version_is_listed_where_one_law_may_hide_another(law):
    anna = a_member()
    case, (alex, boris) = saved_case(anna, "Alex", "Boris")
    newer = other(XX_FORM_1=None)
    law(newer)
    save(anna, case, boris, now=LATER)
    as_older(anna, case, corpus=newer.digest)
    assert held(anna)[0].law_changed
    assert only(law_changed(anna)).person == alex
    change = changes_of(anna)["XX-FORM-1"]
    assert (change.difference.fate, only(law_changed(anna)).titles) == (Fate.WENT, {})
    note(anna, case, now=TOMORROW)
    assert not held(anna)[0].law_changed


def test_a_case_of_an_older_version_in_which_nobody_is_reached_is_settled_once_it_is_noted(law):
    anna = a_member()
    case, _ = saved_case(anna, "Alex", "Boris")
    as_older(anna, case, corpus=law_in_use().digest)
    (told,) = law_changed(anna).cases
    assert (told.people, told.is_settled, told.may_be_noted) == ((), True, True)
    note(anna, case)
    assert not held(anna)[0].law_changed


#   people   the law that was kept   whether it is listed
OLDER = [
    (1,      "f" * 64,               True),
    (1,      None,                   False),
    (1,      "",                     False),
    (2,      None,                   True),
]  # fmt: skip


@pytest.mark.parametrize(("people", "corpus", "is_listed"), OLDER)
def test_the_one_law_of_an_older_version_lists_a_case_if_it_may_be_reached(law, people, corpus, is_listed):
    anna = a_member()
    case, _ = saved_case(anna, *(f"Person {number}" for number in range(people)))
    as_older(anna, case, corpus=law_in_use().digest if corpus is None else corpus)
    assert held(anna)[0].law_changed is is_listed


def test_who_is_taken_out_of_a_case_of_an_older_version_is_not_kept(law):
    anna = a_member()
    case, (alex, boris) = saved_case(anna, "Alex", "Boris")
    as_older(anna, case, corpus=law_in_use().digest)
    remove_person(anna, case=case, person=alex, now=LATER)
    assert set(marks_in(hold(anna, case))) == {boris}


def test_positions_of_an_older_version_say_nothing_of_penalties_they_did_not_keep(law):
    anna = a_member()
    case, _ = saved_case(anna)
    as_older(anna, case, corpus=law_in_use().digest)
    law(other(XX_ABS_3=a_penalty(SMALL, "XX-ABS-3", most_months=144)))
    assert only(law_changed(anna)).changes == ()
