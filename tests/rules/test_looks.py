"""What is worked out once for all who are alike gives every person the question they would be asked alone."""

from datetime import date
from functools import cache
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.packs.store import load_corpus
from safeconduct.rules.interview import next_question
from safeconduct.rules.looks import Looks
from safeconduct.rules.reading_of import cones
from safeconduct.rules.telling import read_situation
from tests.rules.test_interview import known, law

ON = date(2024, 3, 1).toordinal()
SHARED = {
    "person": ("", "sex: male", "sex: female", "sex: unknown", "citizenships: [RU]", "citizenships: [RU, UA]"),
    "born": ("", "birth_date: 1995-03-01", "birth_date: 1990..1999", "birth_date: unknown"),
    "fit": ("", "fitness: A", "fitness: G", "in_reserve: yes", "in_reserve: no"),
}


@cache
def corpus():
    return load_corpus()


@cache
def looks():
    return Looks(corpus(), key=b"of this process", at_most=2_000)


def situation(*facts):
    told = "\n".join(f"  {fact}" for fact in facts if fact)
    return read_situation(f"person:\n{told}\n".encode() if told else b"person: {}", corpus().vocabulary, form="yaml")


ABOUT = ("RU-CON-02", "RU-G-ABSENCE", "KZ-ASY-2")


@settings(max_examples=6, deadline=None)
@given(st.tuples(*(st.sampled_from(words) for words in SHARED.values())))
def test_whoever_shares_what_was_worked_out_is_asked_the_same(facts):
    one = situation(*facts)
    alone = next_question(corpus(), one, on=ON, about=ABOUT)
    shared = next_question(corpus(), one, on=ON, about=ABOUT, looks=looks())
    assert shared == alone


XX = (
    "",
    "person: {aim: yes}",
    "person: {aim: no, resident: yes}",
    "person: {resident: no}",
    "person: {in_reserve: yes, fitness: V}",
    "person: {birth_date: 2000-05-01}",
    "person: {student: unknown, away: yes}",
    "history:\n  - {event: left_unit, on: 2023-02-01}",
    "history:\n  - {event: left_unit, on: 2023-02-01, permission: no}",
    "not_happened: [left_unit]",
    "person: {grounds: none}",
)


#   who comes, one after the other; how many looks are kept
ORDERS = [(XX, 40), (XX[::-1], 40), (XX * 2, 40), (XX * 2, 20_000)]


@pytest.mark.parametrize(("order", "at_most"), ORDERS)
def test_the_order_in_which_people_come_changes_no_question(order, at_most):
    kept = Looks(law(), at_most=at_most)
    for told in order:
        assert next_question(law(), known(told), on=ON, looks=kept) == next_question(law(), known(told), on=ON)


def test_what_was_worked_out_for_one_day_is_not_used_on_another():
    kept, told = Looks(law()), known("person: {birth_date: 2006-03-01}")
    for day in (date(2024, 2, 29), date(2024, 3, 1), date(2035, 1, 1)):
        asked = next_question(law(), told, on=day.toordinal(), looks=kept)
        assert asked == next_question(law(), told, on=day.toordinal())


def test_what_was_told_stands_nowhere_in_what_is_kept():
    kept = Looks(law(), key=b"a secret")
    told = known("person: {birth_date: 1987-06-05, region: RU-SA}")
    next_question(law(), told, on=ON, looks=kept)
    everything = repr(kept._kept)
    assert everything
    assert str(date(1987, 6, 5).toordinal()) not in everything
    assert "RU-SA" not in everything


def test_marks_cannot_be_compared_without_the_secret_of_the_process():
    told = known("person: {region: RU-SA}")
    one, other = (Looks(law(), key=key).marks(told)["region"] for key in (b"one", b"other"))
    assert one != other


def test_only_so_many_are_kept_and_those_asked_for_last():
    kept = Looks(law(), at_most=2)
    for name in ("a", "b", "a", "c"):
        kept.found((name,))
    assert list(kept._kept) == [("a",), ("c",)]


def test_persons_on_several_threads_get_the_question_of_one():
    kept, found = Looks(law()), []
    threads = [Thread(target=lambda: found.append(next_question(law(), known(), on=ON, looks=kept))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [next_question(law(), known(), on=ON)] * 4


def test_a_provision_turns_on_what_it_names_and_on_what_words_tie_to_that():
    assert {"entered", "left_country"} <= cones(corpus()).names("KZ-ASY-2")
    assert "grounds" in cones(law()).names("XX-GROUND")
    assert "fitness" in cones(law()).names("XX-CALL")
    assert "fitness" not in cones(law()).names("XX-AGE")
