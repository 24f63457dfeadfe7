"""What a holder may do in a case by their role, and why a case is given on although somebody refused: as tables."""

import pytest

from safeconduct.desk.cases.actions.assign import assign, refer
from safeconduct.desk.cases.actions.close import Outcome, close, reopen, shred
from safeconduct.desk.cases.actions.handle import mark_read, name_case, take_over
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.people import Told, add_person, set_consent, set_facts
from safeconduct.desk.cases.actions.position import save_position
from safeconduct.desk.cases.actions.print_position import print_position
from safeconduct.desk.cases.actions.withdraw import withdraw
from safeconduct.desk.cases.actions.write_as_member import write_as_member, write_note
from safeconduct.desk.cases.decisions import Work, may_be_assigned, may_change, may_do, may_judge
from safeconduct.desk.cases.values import Consent
from safeconduct.desk.members.roles import Role
from safeconduct.desk.office.sentences import VERBS
from safeconduct.desk.refusals import Allow, Reason, Refuse
from tests.desk.builders import NOW, TODAY, a_case, a_form, a_member, refused

E, C, L, K, A = Role.INTAKE, Role.CASEWORKER, Role.LAWYER, Role.CUSTODIAN, Role.ADMINISTRATOR
YES, NO = Allow(), Refuse(Reason.ROLE)

#   work            intake  caseworker  lawyer  intake and caseworker  intake and custodian  administrator
TABLE = [
    (Work.CLOSE,    NO,     YES,        YES,    YES,                   NO,                   NO),
    (Work.REOPEN,   NO,     YES,        YES,    YES,                   NO,                   NO),
    (Work.SHRED,    NO,     YES,        YES,    YES,                   NO,                   NO),
    (Work.SAVE,     NO,     YES,        YES,    YES,                   NO,                   NO),
    (Work.PRINT,    NO,     YES,        YES,    YES,                   NO,                   NO),
    (Work.WITHDRAW, NO,     YES,        YES,    YES,                   NO,                   NO),
    (Work.JUDGE,    NO,     NO,         YES,    NO,                    NO,                   NO),
]  # fmt: skip
WHO = ({E}, {C}, {L}, {E, C}, {E, K}, {A})


@pytest.mark.parametrize(("work", *("abcdef")), TABLE)
def test_what_a_holder_may_do_by_role(work, a, b, c, d, e, f):
    assert tuple(may_do(work, roles) for roles in WHO) == (a, b, c, d, e, f)


def test_the_table_names_every_work_and_every_verb_of_the_trail_is_decided():
    assert {row[0] for row in TABLE} == set(Work)
    assert {work.value for work in Work} - {Work.SHRED.value} <= set(VERBS)
    for verb in VERBS:
        expected = NO if verb in {work.value for work in Work} else YES
        assert may_change(verb, {E}, is_about_self=False) == expected
    assert may_change("withdrawn", {E}, is_about_self=True) == YES
    assert may_change("closed", {E}, is_about_self=True) == NO
    assert [may_judge(roles) for roles in WHO] == [NO, NO, YES, NO, NO, NO]


@pytest.fixture
def at_hand(desk):
    """Somebody of intake and a caseworker who hold one case with a person in it."""
    ivan, clara = a_member(E), a_member(C)
    case, _ = a_case(ivan, clara)
    person = add_person(clara, case=case, pseudonym="Alex", consent=Consent.KNOWN, now=NOW)
    return ivan, clara, case, person


def test_intake_takes_over_answers_writes_down_and_hands_on(at_hand):
    ivan, _, case, person = at_hand
    third, fourth, where = a_member(L), a_member(C), {"case": case, "now": NOW}
    take_over(ivan, **where)
    name_case(ivan, label="harbour", **where)
    write_as_member(ivan, text="We read it", token=a_form(), **where)
    write_note(ivan, text="Ask Lena", token=a_form(), **where)
    mark_read(ivan, **where)
    told = Told(facts={"sex": "male", "citizenships": ["RU"], "birth_date": "1993"})
    set_facts(ivan, person=person, told=told, said_by="he", on=TODAY, **where)
    assign(ivan, member=third.member, **where)
    refer(ivan, member=fourth.member, reason="courts", **where)
    withdraw(ivan, member=ivan.member, **where)
    assert set(open_case(third, case=case).holders) >= {third.member, fourth.member}
    refused(Reason.NOT_HERE, open_case, ivan, case=case)


@pytest.mark.security
def test_intake_ends_nothing_takes_nothing_out_and_speaks_of_no_law(at_hand):
    ivan, clara, case, person = at_hand
    before = open_case(clara, case=case)
    where = {"case": case, "now": NOW}
    refused(Reason.ROLE, close, ivan, outcome=Outcome.HELPED, **where)
    refused(Reason.ROLE, reopen, ivan, **where)
    refused(Reason.ROLE, shred, ivan, **where)
    refused(Reason.ROLE, save_position, ivan, person=person, on=TODAY, **where)
    refused(Reason.ROLE, print_position, ivan, person=person, on=TODAY, **where)
    refused(Reason.ROLE, withdraw, ivan, member=clara.member, **where)
    assert open_case(clara, case=case) == before


#   consents                                     with a reason   without
ASSIGNED = [
    ((),                                         YES,            YES),
    ((Consent.KNOWN,),                           YES,            YES),
    ((Consent.NOT_KNOWN,),                       YES,            YES),
    ((Consent.REFUSED,),                         YES,            Refuse(Reason.REASON_NEEDED)),
    ((Consent.KNOWN, Consent.REFUSED),           YES,            Refuse(Reason.REASON_NEEDED)),
]  # fmt: skip


@pytest.mark.parametrize(("consents", "with_reason", "without"), ASSIGNED)
def test_a_colleague_is_inside_but_a_refusal_asks_for_a_reason(consents, with_reason, without):
    assert may_be_assigned(consents, has_reason=True) == with_reason
    assert may_be_assigned(consents, has_reason=False) == without


@pytest.mark.security
def test_a_case_in_which_somebody_refused_is_assigned_only_with_a_reason_that_the_trail_keeps(at_hand):
    from safeconduct.desk.cases.models import Record
    from safeconduct.desk.keyring.models import Grant

    _, clara, case, person = at_hand
    lena = a_member(L)
    set_consent(clara, case=case, person=person, consent=Consent.REFUSED, now=NOW)
    for reason in ("", "  "):
        refused(Reason.REASON_NEEDED, assign, clara, case=case, member=lena.member, reason=reason, now=NOW)
    refused(Reason.TOO_LONG, assign, clara, case=case, member=lena.member, reason="x" * 201, now=NOW)
    assert not Grant.objects.filter(holder=lena.member).exists()
    why = "Әуежайда тұр, заңгер бүгін керек"
    assign(clara, case=case, member=lena.member, reason=why, now=NOW)
    opened = open_case(lena, case=case)
    assert [(line.verb, line.words) for line in opened.trail][-1] == ("assigned", why)
    assert opened.trail_is_whole
    assert not any(why.encode() in record.body for record in Record.objects.all())
