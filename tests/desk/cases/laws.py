"""Laws that are put into use one after the other, and cases with positions that were saved under them."""

from dataclasses import replace
from datetime import date

import pytest

from safeconduct.desk.cases.actions.law_changed import law_changed, note_law_change
from safeconduct.desk.cases.actions.people import Told, add_person, set_facts
from safeconduct.desk.cases.actions.position import save_position
from safeconduct.desk.cases.values import Consent
from safeconduct.packs.store import compiled, packaged_pages
from tests.desk.builders import LATER, NOW, TODAY, a_case
from tests.desk.office.at_work import small_law

FACTS = {"sex": "male", "birth_date": "1990"}
CALLED = (None, "mobilised")
SAILED = (
    (None, {"event": "docked", "on": "2026-11-20"}),
    (None, {"event": "entered", "country": "AQ", "on": "2026-11-10"}),
)
WHOLE = (("complete", "entered"), ("complete", "left_country"))


@pytest.fixture
def law(desk, settings_of):
    """What puts a law into use; the small one at first."""

    def use(corpus):
        settings_of(replace(desk, law=corpus))

    use(small_law())
    return use


@pytest.fixture
def either_law(either_desk, settings_of):
    """The same, on each kind of database."""

    def use(corpus):
        settings_of(replace(either_desk, law=corpus))

    use(small_law())
    return use


def other(**provisions):
    """The small law with another digest, and with other provisions (None: hidden)."""
    law = small_law()
    changed = {name.replace("_", "-"): told for name, told in provisions.items()}
    changed = {name: replace(law.provisions[name], **(told or {"shown": False})) for name, told in changed.items()}
    return replace(law, digest="f" * 64, provisions={**law.provisions, **changed})


def a_person(actor, case, pseudonym="Alex", **told):
    person = add_person(actor, case=case, pseudonym=pseudonym, consent=Consent.KNOWN, now=NOW)
    what = Told(**{"facts": FACTS} | told)
    set_facts(actor, case=case, person=person, told=what, said_by="he", on=TODAY, now=NOW)
    return person


def save(actor, case, person, *, on=TODAY, now=NOW):
    return save_position(actor, case=case, person=person, on=on, now=now)


def saved_case(actor, *pseudonyms):
    """A case of people with a saved position each."""
    case, _ = a_case(actor)
    people = [a_person(actor, case, pseudonym) for pseudonym in pseudonyms or ("Alex",)]
    for person in people:
        save(actor, case, person)
    return case, people


def only(found):
    """The only person of the only case of a page."""
    (case,) = found.cases
    (person,) = case.people
    return person


def changes_of(actor):
    return {one.difference.finding: one for one in only(law_changed(actor)).changes}


def note(actor, case, *, now=LATER):
    """What a holder does who reads the page and presses the button of a case."""
    found = law_changed(actor)
    (told,) = [one for one in found.cases if one.case == case]
    positions = [person.position for person in told.people]
    note_law_change(actor, case=case, law=found.law, positions=positions, now=now)


def with_less_time():
    pages = packaged_pages(with_invented=True)
    small = {name: text for name, text in pages.items() if name.startswith(("xx/", "vocabulary/"))}
    before, after = b"within 1 year after docked NOR", b"within 11 months after docked NOR"
    return compiled({name: text.replace(before, after) for name, text in small.items()})


def a_penalty(law, name, **changed):
    return {"penalty": replace(law.provisions[name].penalty, **changed)}


def a_stay(law, name, **changed):
    return {"stay": replace(law.provisions[name].stay, **changed)}


SMALL = small_law()
#   the law                                                                     finding      what     then, now
MOVED = [
    (with_less_time(),                                                          "XX-DL-3",   "act_by",
     date(2027, 11, 19), date(2027, 10, 19)),
    (other(XX_ABS_3=a_penalty(SMALL, "XX-ABS-3", most_months=144)),             "XX-ABS-3",  "months",
     (60, 120), (60, 144)),
    (other(XX_FORM_6=a_stay(SMALL, "XX-FORM-6", most_days=14)),                 "XX-FORM-6", "stay",
     ("10 days in each 30", date(2026, 11, 19), (0, 0)), ("14 days in each 30", date(2026, 11, 23), (1, 1))),
]  # fmt: skip


def without(*, facts=(), events=()):
    vocabulary = SMALL.vocabulary
    kept = replace(
        vocabulary,
        facts={name: fact for name, fact in vocabulary.facts.items() if name not in facts},
        events={name: kind for name, kind in vocabulary.events.items() if name not in events},
    )
    return replace(SMALL, digest="0" * 64, vocabulary=kept)
