"""Many people in one case, what is told of each, and where they stand in law."""

from datetime import date
from uuid import uuid4

import pytest

from safeconduct.desk.cases.actions.close import Outcome, close
from safeconduct.desk.cases.actions.list_cases import held
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.people import Told, add_person, remove_person, set_consent, set_facts, take_back
from safeconduct.desk.cases.actions.position import judge, position, save_position
from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.cases.models import Record
from safeconduct.desk.cases.tellings import situation_of
from safeconduct.desk.cases.values import Consent, Opinion
from safeconduct.desk.members.roles import Role
from safeconduct.desk.refusals import Reason
from safeconduct.rules.finding import Answer
from safeconduct.rules.situation import Words
from safeconduct.values.errors import SituationError
from tests.desk.builders import LATER, NOW, TODAY, a_case, a_member, refused

pytestmark = pytest.mark.usefixtures("desk")
ALEX = {
    "birth_date": "1993-05-14",
    "sex": "male",
    "citizenships": ["RU"],
    "region": "RU-SA",
}
LEFT = {"event": "left_unit", "on": "2022-09-24..2022-10-31", "permission": "no"}
ON = date(2023, 12, 12)


def a_person(actor, case, pseudonym="Alex", consent=Consent.NOT_KNOWN):
    return add_person(actor, case=case, pseudonym=pseudonym, consent=consent, now=NOW)


def tell(actor, case, person, said_by="Alex", now=NOW, **told):
    set_facts(actor, case=case, person=person, told=Told(**told), said_by=said_by, on=TODAY, now=now)


def person_in(actor, case):
    (person,) = open_case(actor, case=case).people
    return person


def test_two_tellings_that_differ_are_kept_and_the_engine_gets_what_covers_both():
    anna = a_member()
    case, _ = a_case(anna)
    alex = a_person(anna, case)
    tell(anna, case, alex, facts={"birth_date": "1993-05-14", "sex": "male"})
    tell(anna, case, alex, said_by="his passport", facts={"birth_date": "1992-05-14"}, now=LATER)
    person = person_in(anna, case)
    assert [(told.content, told.said_by, told.at) for told in person.facts["birth_date"]] == [
        ("1993-05-14", "Alex", NOW),
        ("1992-05-14", "his passport", LATER),
    ]
    known = situation_of(person, law_in_use().vocabulary).facts
    (period,) = known["birth_date"].periods
    assert str(period.value) == "1992-05-14..1993-05-14"
    assert known["sex"].periods[0].value == Words(possible=frozenset({"male"}))


def test_an_age_and_a_day_of_birth_are_tellings_of_one_fact():
    anna = a_member()
    case, _ = a_case(anna)
    alex = a_person(anna, case)
    tell(anna, case, alex, facts={"age": "30 on 2023-12-12"})
    tell(anna, case, alex, facts={"birth_date": "1990-01-01"})
    known = situation_of(person_in(anna, case), law_in_use().vocabulary).facts
    assert str(known["birth_date"].periods[0].value) == "1990-01-01..1993-12-12"


def test_an_event_may_be_told_again_and_keeps_all_its_tellings():
    anna = a_member()
    case, _ = a_case(anna)
    alex = a_person(anna, case)
    tell(anna, case, alex, events=((None, LEFT),))
    (event,) = person_in(anna, case).events
    tell(anna, case, alex, said_by="a friend", events=((event, {**LEFT, "on": "2022-12-01"}),))
    person = person_in(anna, case)
    assert len(person.events[event]) == 2
    (found,) = situation_of(person, law_in_use().vocabulary).events
    assert str(found.on) == "2022-09-24..2022-12-01"
    other = ((event, {"event": "mobilised"}),)
    refused(Reason.NOT_A_FACT, tell, anna, case, alex, events=other)


def test_one_says_that_it_happened_and_another_that_it_did_not():
    anna = a_member()
    case, _ = a_case(anna)
    alex = a_person(anna, case)
    tell(anna, case, alex, events=((None, LEFT), (None, "mobilised")))
    tell(anna, case, alex, said_by="a friend", closed=(("not_happened", "left_unit"), ("complete", "mobilised")))
    situation = situation_of(person_in(anna, case), law_in_use().vocabulary)
    assert [event.kind for event in situation.events] == ["mobilised"]
    assert [line.kind for line in situation.closed] == ["mobilised"]
    assert any("left_unit happened and that it did not" in warning for warning in situation.warnings)


#   what cannot be read
UNREADABLE = [
    {"facts": {"colour_of_eyes": "blue"}},
    {"facts": {"birth_date": "the spring after the flood"}},
    {"events": ((None, {"event": "danced"}),)},
    {"closed": (("not_happened", "danced"),)},
]


@pytest.mark.parametrize("told", UNREADABLE)
def test_what_cannot_be_read_is_refused_and_nothing_is_written(told):
    anna = a_member()
    case, _ = a_case(anna)
    alex = a_person(anna, case)
    before = len(open_case(anna, case=case).trail)
    with pytest.raises(SituationError):
        tell(anna, case, alex, **told)
    assert person_in(anna, case).facts == person_in(anna, case).events == {}
    assert len(open_case(anna, case=case).trail) == before


def test_a_section_that_there_is_not_is_refused():
    anna = a_member()
    case, _ = a_case(anna)
    refused(Reason.NOT_A_FACT, tell, anna, case, a_person(anna, case), closed=(("person", "x"),))


def test_a_telling_is_taken_back_with_all_that_was_told_of_the_same():
    anna = a_member()
    case, _ = a_case(anna)
    alex = a_person(anna, case)
    tell(anna, case, alex, facts={"sex": "male"}, closed=(("not_happened", "mobilised"),))
    arguments = {"case": case, "person": alex, "now": NOW}
    take_back(anna, what="sex", **arguments)
    take_back(anna, what="not_happened mobilised", **arguments)
    person = person_in(anna, case)
    assert person.facts == person.closed == {}
    refused(Reason.NOT_HERE, take_back, anna, what="sex", **arguments)


def test_a_hundred_people_fit_into_a_case_and_no_more():
    anna = a_member()
    case, _ = a_case(anna)
    for number in range(100):
        a_person(anna, case, f"Person {number}")
    refused(Reason.TOO_MANY, a_person, anna, case, "one more")
    assert len(open_case(anna, case=case).people) == 100
    assert held(anna, search="person 77")


def test_consent_is_noted_for_each_person_and_stands_in_the_trail():
    anna = a_member()
    case, _ = a_case(anna)
    alex = a_person(anna, case)
    set_consent(anna, case=case, person=alex, consent=Consent.KNOWN, now=NOW)
    assert person_in(anna, case).consent is Consent.KNOWN
    assert [line.verb for line in open_case(anna, case=case).trail] == ["person-added", "consent-known"]
    refused(Reason.NOT_HERE, set_consent, anna, case=case, person=uuid4(), consent=Consent.KNOWN, now=NOW)


def test_who_is_taken_out_of_a_case_leaves_nothing():
    anna = a_member()
    case, _ = a_case(anna)
    alex = a_person(anna, case)
    tell(anna, case, alex, facts=ALEX)
    save_position(anna, case=case, person=alex, on=ON, now=NOW)
    remove_person(anna, case=case, person=alex, now=NOW)
    opened = open_case(anna, case=case)
    assert opened.people == opened.positions == ()
    assert not Record.objects.filter(kind__in=("person", "position")).exists()
    assert held(anna, search="alex") == ()


def test_a_position_is_computed_from_what_was_told():
    anna = a_member()
    case, _ = a_case(anna)
    alex = a_person(anna, case)
    tell(anna, case, alex, facts=ALEX, events=((None, "mobilised"), (None, LEFT)))
    found = position(anna, case=case, person=alex, on=ON)
    assert found.receipt.corpus == law_in_use().digest
    assert found.finding("RU-G-ABSENCE").answer in {Answer.YES, Answer.UNKNOWN}
    refused(Reason.NOT_HERE, position, a_member(), case=case, person=alex, on=ON)
    refused(Reason.NOT_HERE, position, anna, case=case, person=uuid4(), on=ON)


def test_a_saved_position_keeps_its_receipt_and_a_lawyers_view_stands_beside_it():
    lawyer = a_member(Role.LAWYER)
    case, _ = a_case(lawyer)
    alex = a_person(lawyer, case)
    tell(lawyer, case, alex, facts=ALEX)
    saved = save_position(lawyer, case=case, person=alex, on=ON, now=NOW)
    arguments = {"case": case, "position": saved, "opinion": Opinion.OTHERWISE, "reason": "See art. 12", "now": NOW}
    told = open_case(lawyer, case=case).positions[0]
    finding = next(iter(told.answers))
    judge(lawyer, finding=finding, **arguments)
    opened = open_case(lawyer, case=case)
    assert (told.corpus, told.on, told.person) == (law_in_use().digest, ON, alex)
    assert opened.positions == (told,)
    (view,) = opened.views
    assert (view.finding, view.opinion, view.reason, view.on) == (finding, Opinion.OTHERWISE, "See art. 12", TODAY)
    refused(Reason.NOT_HERE, judge, lawyer, finding="XX-NONE", **arguments)
    caseworker = a_member()
    refused(Reason.ROLE, lambda **told: judge(caseworker, finding=finding, **told), **arguments_for(case, saved))


def arguments_for(case, saved):
    return {"case": case, "position": saved, "opinion": Opinion.AGREED, "reason": "x", "now": NOW}


def test_a_closed_case_is_told_nothing_more():
    anna = a_member()
    case, _ = a_case(anna)
    alex = a_person(anna, case)
    close(anna, case=case, outcome=Outcome.HELPED, now=NOW)
    refused(Reason.CLOSED, a_person, anna, case, "one more")
    refused(Reason.CLOSED, tell, anna, case, alex, facts={"sex": "male"})
    refused(Reason.CLOSED, save_position, anna, case=case, person=alex, on=ON, now=NOW)
