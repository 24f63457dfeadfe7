"""An invented organisation at work, for pictures of the members' site. Nobody in it exists."""

from base64 import b32decode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from safeconduct.desk.cases.actions.assign import assign
from safeconduct.desk.cases.actions.channels import make_channel, set_channel_members
from safeconduct.desk.cases.actions.close import Outcome, close
from safeconduct.desk.cases.actions.dues import set_due
from safeconduct.desk.cases.actions.handle import name_case, take_over
from safeconduct.desk.cases.actions.list_cases import inbox
from safeconduct.desk.cases.actions.people import Told, add_person, set_facts
from safeconduct.desk.cases.actions.position import save_position
from safeconduct.desk.cases.actions.take_in import Intake, take_in
from safeconduct.desk.cases.actions.write_as_member import write_as_member, write_note
from safeconduct.desk.cases.block_pairs import pair_in_use
from safeconduct.desk.cases.form_token import issue
from safeconduct.desk.cases.helper_block import Carried, block_parts
from safeconduct.desk.cases.values import Consent
from safeconduct.desk.members.actions.accept_invitation import accept_invitation
from safeconduct.desk.members.actions.ask_custodians import ask_custodians
from safeconduct.desk.members.actions.confirm_enrolment import confirm_enrolment
from safeconduct.desk.members.actions.invite_member import first_administrator, invite_member
from safeconduct.desk.members.actions.name_custodians import custodians, name_custodians, trust_custodians
from safeconduct.desk.members.actions.print_code import prove_code
from safeconduct.desk.members.actor import Actor, Operator
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.roles import Role, from_text
from safeconduct.desk.members.totp import code_at, step_of
from safeconduct.desk.project.configuration import in_use
from safeconduct.packs.store import compiled, packaged_pages
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.telling.draft import Draft
from safeconduct.values.secret import Secret

# A page of law that nothing else refers to: the first position is saved as if it had not been written yet.
NEWER = "kz/registration/number.md"
PASSWORD = "invented harbour lamp"  # noqa: S105 -- it opens nothing but an invented desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the people of the organisation write, in one language.

    Args:
        names: Administrator, caseworker, lawyer, another caseworker and three custodians, in this order.
        newcomer: Somebody who is invited and joins.
        channel: The way in for contacts.
        question: What a contact writes.
        answer: What they are answered.
        waiting: What another contact writes, who waits in the inbox.
        note: A note for holders.
        label: The label of the case.
        closed: The label of a case that is closed.
        person: The pseudonym of the person.
        said_by: Who told the facts.
        due: What is due.
    """

    names: tuple[str, ...]
    newcomer: str
    channel: str
    question: str
    answer: str
    waiting: str
    note: str
    label: str
    closed: str
    person: str
    said_by: str
    due: str


WORDS: Mapping[str, Words] = MappingProxyType({
    "en": Words(
        names=("Vera", "Anna", "Boris", "Dina", "Clara", "Maya", "Timur"),
        newcomer="Nina",
        channel="Safe Harbour",
        question="I left the unit in October and I am in Almaty. What threatens me, and how long may I stay?",
        answer="Thank you for writing. On which day did you come to Kazakhstan?",
        waiting="My brother is abroad and his permit ends soon. What can he do?",
        note="Ask about the day of entry before anything about the stay.",
        label="Almaty, left a unit",
        closed="Question about a passport",
        person="Alex",
        said_by="the person",
        due="Ask for the stamp of entry",
    ),
    "ru": Words(
        names=("Вера", "Анна", "Борис", "Дина", "Клара", "Майя", "Тимур"),
        newcomer="Нина",
        channel="Тихая гавань",
        question="Я ушёл из части в октябре и сейчас в Алматы. Что мне грозит, и сколько я могу здесь быть?",
        answer="Спасибо, что написали. Какого числа вы въехали в Казахстан?",
        waiting="Брат за границей, и у него заканчивается разрешение на пребывание. Что ему делать?",
        note="Сначала спросить про день въезда, потом про срок пребывания.",
        label="Алматы, ушёл из части",
        closed="Вопрос о паспорте",
        person="Алекс",
        said_by="он сам",
        due="Спросить про штамп о въезде",
    ),
    "uk": Words(
        names=("Віра", "Анна", "Борис", "Діна", "Клара", "Майя", "Тимур"),
        newcomer="Ніна",
        channel="Тиха гавань",
        question="Я пішов із частини в жовтні й зараз в Алмати. Що мені загрожує, і скільки я можу тут бути?",
        answer="Дякуємо, що написали. Якого числа ви в'їхали до Казахстану?",
        waiting="Брат за кордоном, і в нього закінчується дозвіл на перебування. Що йому робити?",
        note="Спершу запитати про день в'їзду, потім про строк перебування.",
        label="Алмати, пішов із частини",
        closed="Питання про паспорт",
        person="Алекс",
        said_by="він сам",
        due="Запитати про штамп про в'їзд",
    ),
    "kk": Words(
        names=("Вера", "Анна", "Борис", "Дина", "Клара", "Майя", "Тимур"),
        newcomer="Нина",
        channel="Тыныш айлақ",
        question="Мен қазан айында бөлімнен кеттім, қазір Алматыдамын. Маған не қауіп төнеді, мұнда қанша тұра аламын?",
        answer="Жазғаныңызға рақмет. Қазақстанға қай күні келдіңіз?",
        waiting="Ағам шетелде, оның рұқсатының мерзімі бітіп барады. Ол не істей алады?",
        note="Алдымен келген күнін, содан кейін болу мерзімін сұрау керек.",
        label="Алматы, бөлімнен кетті",
        closed="Паспорт туралы сұрақ",
        person="Алекс",
        said_by="өзі",
        due="Келген күннің мөрін сұрау",
    ),
})  # fmt: skip
"""By language."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Somebody:
    """A member who has joined.

    Args:
        login: What they sign in with.
        totp: What their telephone holds.
        actor: Who they are to the actions.
    """

    login: str
    totp: Secret[bytes]
    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Organisation:
    """What the pictures need to know of it.

    Args:
        admin: Its administrator.
        caseworker: Who holds the case.
        custodian: One of three whom the caseworker trusts and asks for a lost key.
        case: The case.
        person: The person in it.
        channel: The way in of the case.
        brought: Answers of the public check, closed to the readers of the way in.
        link: The end of a link with which a newcomer joins.
    """

    admin: Somebody
    caseworker: Somebody
    custodian: Somebody
    case: UUID
    person: UUID
    channel: UUID
    brought: str
    link: Secret[str]


def at_work(language: str, *, now: datetime) -> Organisation:
    """Fill an empty desk.

    Args:
        language: Of everything that is written in it.
        now: The moment, in UTC.
    """
    words = WORDS[language]
    admin = _joined(first_administrator(Operator(), now=now), words.names[0], now=now)
    roles = ({Role.INTAKE, Role.CASEWORKER}, {Role.LAWYER}, {Role.CASEWORKER}, *({Role.CUSTODIAN} for _ in range(3)))
    logins = ("anna", "boris", "dina", "clara", "maya", "timur")
    anna, boris, _, *keepers = (
        _joined(_invited(admin, name, held, now=now), login, now=now)
        for name, held, login in zip(words.names[1:], roles, logins, strict=True)
    )
    one, two, three = (keeper.actor.member for keeper in keepers)
    name_custodians(admin.actor, members=(one, two, three), now=now)
    _trusted_and_asked(anna, now=now)
    channel = make_channel(Operator(), name=words.channel, now=now)
    set_channel_members(admin.actor, channel=channel, members=(anna.actor.member,), now=now)
    case, person = _worked_on(anna.actor, boris.actor, words, channel=channel, language=language, now=now)
    link = _invited(admin, words.newcomer, {Role.CASEWORKER}, now=now)
    return Organisation(
        admin=admin,
        caseworker=anna,
        custodian=keepers[0],
        case=case,
        person=person,
        channel=channel,
        brought=_brought(channel, today=now.date()),
        link=link,
    )


def _trusted_and_asked(somebody: Somebody, *, now: datetime) -> None:
    """Somebody seals their key to the custodians, and asks for it."""
    named = custodians(somebody.actor)
    if named is not None:
        trust_custodians(somebody.actor, custodian_set=named.id, now=now)
    ask_custodians(login=somebody.login, now=now)


def _brought(channel: UUID, *, today: date) -> str:
    """What a person carries from the public check: the parts of a block, one a line."""
    found = pair_in_use(channel)
    if found is None:
        raise RuntimeError("nobody reads the way in")
    pair, public = found
    history = (
        {"event": "left_unit", "on": "2022-10", "permission": "no"},
        {"event": "entered", "country": "KZ", "on": str(today - timedelta(days=31))},
    )
    told = Draft(person={"sex": "male", "citizenships": ["RU"]}, history=history, others={})
    return "\n".join(block_parts(Carried(draft=told, on=today), pair=pair, public=public))


def _invited(admin: Somebody, name: str, roles: Iterable[Role], *, now: datetime) -> Secret[str]:
    return invite_member(admin.actor, name=name, roles=frozenset(roles), now=now)


def _joined(link: Secret[str], login: str, *, now: datetime) -> Somebody:
    enrolment = accept_invitation(link=link, login=login, password=Secret(PASSWORD), now=now)
    totp = Secret(b32decode(enrolment.totp_secret.reveal()))
    # The code of half a minute ago: the one of now stays free for signing in.
    done = confirm_enrolment(token=enrolment.token, code=code_at(totp, step_of(now) - 1), now=now)
    roles = from_text(Member.objects.get(pk=done.member).roles)
    actor = Actor(member=done.member, roles=roles, private=done.private, is_fresh=True)
    prove_code(actor, typed=enrolment.recovery_code)
    return Somebody(login=login, totp=totp, actor=actor)


def _worked_on(  # noqa: PLR0913 -- what a case consists of, each by its name
    anna: Actor, boris: Actor, words: Words, *, channel: UUID, language: str, now: datetime
) -> tuple[UUID, UUID]:
    """A case with everything in it, one that is closed and one that waits; the first, and its person."""
    ended = _taken_in(anna, words.question, channel=channel, language=language, now=now)
    name_case(anna, case=ended, label=words.closed, now=now)
    close(anna, case=ended, outcome=Outcome.HELPED, now=now)
    case = _taken_in(anna, words.question, channel=channel, language=language, now=now)
    take_in(Intake(channel=channel, text=words.waiting, language=language), token=issue(now=now), now=now)
    name_case(anna, case=case, label=words.label, now=now)
    ticket = SimpleUploadedFile("ticket.pdf", bytes(48_000))
    write_as_member(anna, case=case, text=words.answer, files=(), token=issue(now=now), now=now)
    write_note(anna, case=case, text=words.note, files=(ticket,), token=issue(now=now), now=now)
    set_due(anna, case=case, on=now.date() + timedelta(days=3), text=words.due, now=now)
    assign(anna, case=case, member=boris.member, now=now)
    return case, _told(anna, words, case=case, today=now.date(), now=now)


def _taken_in(anna: Actor, text: str, *, channel: UUID, language: str, now: datetime) -> UUID:
    """A case that came in and was taken over."""
    came = now - timedelta(days=2)
    take_in(Intake(channel=channel, text=text, language=language), token=issue(now=came), now=came)
    (case,) = (summary.case for summary in inbox(anna))
    take_over(anna, case=case, now=now)
    return case


def _told(anna: Actor, words: Words, *, case: UUID, today: date, now: datetime) -> UUID:
    """The person, with what was told, a saved position, and what was told after it."""
    person = add_person(anna, case=case, pseudonym=words.person, consent=Consent.KNOWN, now=now)
    facts = {"age": "30 on 2023-12-12", "sex": "male", "citizenships": ["RU"]}
    left = {"event": "left_unit", "on": "2022-09-24..2022-10-31", "permission": "no"}
    entered = {"event": "entered", "country": "KZ", "on": str(today - timedelta(days=31)), "means": "air"}
    told = Told(facts=facts, events=((None, left),), closed=())
    set_facts(anna, case=case, person=person, told=told, said_by=words.said_by, on=today, now=now)
    with override_settings(DESK=replace(in_use(), law=_older_law())):
        save_position(anna, case=case, person=person, on=today, now=now)
    later = Told(facts={}, events=((None, entered),), closed=())
    set_facts(anna, case=case, person=person, told=later, said_by=words.said_by, on=today, now=now)
    return person


def _older_law() -> Corpus:
    return compiled({name: text for name, text in packaged_pages().items() if name != NEWER})
