"""An invented organisation with three invented cases, to look at the desk. Nobody in it exists; every text says so."""

from base64 import b32decode
from dataclasses import dataclass
from datetime import datetime, timedelta

from safeconduct.desk.cases.actions.assign import assign
from safeconduct.desk.cases.actions.channels import make_channel, set_channel_members
from safeconduct.desk.cases.actions.handle import name_case, take_over
from safeconduct.desk.cases.actions.list_cases import inbox
from safeconduct.desk.cases.actions.people import Told, add_person, set_facts
from safeconduct.desk.cases.actions.take_in import Intake, take_in
from safeconduct.desk.cases.actions.write_as_member import write_as_member, write_note
from safeconduct.desk.cases.form_token import issue
from safeconduct.desk.cases.values import Consent, ForWhom
from safeconduct.desk.members.actions.accept_invitation import accept_invitation
from safeconduct.desk.members.actions.confirm_enrolment import confirm_enrolment
from safeconduct.desk.members.actions.invite_member import first_administrator, invite_member
from safeconduct.desk.members.actor import Actor, Operator
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.roles import Role, from_text
from safeconduct.desk.members.totp import code_at, step_of
from safeconduct.values.secret import Secret
from safeconduct.vault.codename import Codename

INVENTED = "INVENTED EXAMPLE. "
_PASSWORD = "invented harbour lamp"
_READ_FIRST = timedelta(minutes=1)
_CASES = (
    ("ru", ForWhom.SELF, "Я ушёл из части в октябре и сейчас в Алматы. Что мне грозит, и сколько я могу здесь быть?"),
    ("uk", ForWhom.OTHER, "Пишу за брата: він за кордоном, і в нього закінчується дозвіл на перебування. Що робити?"),
    ("en", ForWhom.MANY, "There are four of us in one flat. One had a summons, the others had none. Can you help?"),
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class InventedMember:
    """Somebody to sign in as.

    Args:
        login: What to sign in with.
        password: The password.
        totp: What to type into a telephone.
    """

    login: str
    password: Secret[str]
    totp: Secret[str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Invented:
    """What was invented.

    Args:
        members: Whom to sign in as.
        codes: Codes of the three contacts.
    """

    members: tuple[InventedMember, ...]
    codes: tuple[Codename, ...]


def invent(*, now: datetime) -> Invented:
    """Fill an empty desk.

    Args:
        now: The moment, in UTC.
    """
    admin, told_admin = _joined(first_administrator(Operator(), now=now), "invented-admin", now=now)
    told, actors = [told_admin], []
    for login, roles in (
        ("invented-anna", {Role.INTAKE, Role.CASEWORKER}),
        ("invented-boris", {Role.LAWYER}),
        ("invented-clara", {Role.CASEWORKER}),
    ):
        name = f"{login.removeprefix('invented-').title()} (invented)"
        link = invite_member(admin, name=name, roles=frozenset(roles), now=now)
        actor, member = _joined(link, login, now=now)
        actors.append(actor)
        told.append(member)
    channel = make_channel(Operator(), name="Advice (invented organisation)", now=now)
    anna, boris, _ = actors
    set_channel_members(admin, channel=channel, members=(anna.member, boris.member), now=now)
    codes = []
    for language, for_whom, text in _CASES:
        intake = Intake(channel=channel, text=INVENTED + text, language=language, for_whom=for_whom)
        codes.append(take_in(intake, token=issue(now=now - _READ_FIRST), now=now).codename)
    _worked_on(anna, now=now)
    return Invented(members=tuple(told), codes=tuple(codes))


def _joined(link: Secret[str], login: str, *, now: datetime) -> tuple[Actor, InventedMember]:
    password = Secret(_PASSWORD)
    enrolment = accept_invitation(link=link, login=login, password=password, now=now)
    totp = Secret(b32decode(enrolment.totp_secret.reveal()))
    # The code of half a minute ago: the one of now stays free for whoever signs in next.
    code = code_at(totp, step_of(now) - 1)
    signed_in = confirm_enrolment(token=enrolment.token, code=code, now=now)
    roles = from_text(Member.objects.get(pk=signed_in.member).roles)
    actor = Actor(member=signed_in.member, roles=roles, private=signed_in.private, is_fresh=True)
    return actor, InventedMember(login=login, password=password, totp=enrolment.totp_secret)


def _worked_on(anna: Actor, *, now: datetime) -> None:
    """One case is in work, with an answer, a note, a person and facts; two wait in the inbox."""
    case = next(summary.case for summary in inbox(anna) if summary.language == "ru")
    take_over(anna, case=case, now=now)
    name_case(anna, case=case, label=f"{INVENTED}Almaty, left a unit", now=now)
    answer = f"{INVENTED}Здравствуйте. Мы прочитали. Какого числа вы въехали в Казахстан?"
    write_as_member(anna, case=case, text=answer, files=(), token=issue(now=now - _READ_FIRST), now=now)
    note = f"{INVENTED}Ask about the day of entry before anything about the stay."
    write_note(anna, case=case, text=note, token=issue(now=now - _READ_FIRST), now=now)
    person = add_person(anna, case=case, pseudonym="Alex (invented)", consent=Consent.KNOWN, now=now)
    facts = {"age": "30 on 2023-12-12", "sex": "male", "citizenships": ["RU"]}
    events = (
        (None, {"event": "left_unit", "on": "2022-09-24..2022-10-31", "permission": "no"}),
        (None, {"event": "entered", "country": "KZ", "on": "2022-09-24..2022-11-01", "means": "air"}),
    )
    told = Told(facts=facts, events=events, closed=())
    set_facts(anna, case=case, person=person, told=told, said_by="the person", on=now.date(), now=now)
    clara = Member.objects.exclude(pk=anna.member).filter(roles="caseworker").first()
    if clara is not None:
        assign(anna, case=case, member=clara.pk, now=now)
