"""The people of a case: add one, note their consent, write down what is told of them, and take a telling back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from safeconduct.desk.cases.decisions import may_add_person, may_write
from safeconduct.desk.cases.holding import Held, changing
from safeconduct.desk.cases.keeping import Content, prepare, read_kinds, rewrite
from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.cases.law_marks import unmark
from safeconduct.desk.cases.models import Record
from safeconduct.desk.cases.people import CLOSED, EVENTS, FACTS, GROUPS, new_person, person_in
from safeconduct.desk.cases.tellings import SECTIONS, read_closed, read_event, read_fact
from safeconduct.desk.cases.texts import line_of
from safeconduct.desk.cases.values import CaseState, Consent, Kind
from safeconduct.desk.keyring.models import DataKey
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.refusals import Reason, RefusedError, enforce
from safeconduct.rules.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of a person at one time, in the form of a situation file.

    Args:
        facts: Values by the name of the fact.
        events: Events, each with the id of the event it tells of anew, or None for one not told before.
        closed: Lines of `not_happened` and `complete`, each with its section.
    """

    facts: Mapping[str, object] = field(default_factory=dict)
    events: tuple[tuple[str | None, object], ...] = ()
    closed: tuple[tuple[str, object], ...] = ()


def add_person(actor: Actor, *, case: UUID, pseudonym: str, consent: Consent, now: datetime) -> UUID:
    """Add a person to a case.

    Args:
        actor: One who holds the case.
        case: The case.
        pseudonym: What they are called here; never their name.
        consent: Whether something about them may leave the case.
        now: The moment, in UTC.
    Returns:
        The person.
    Raises:
        RefusedError: NOT_HERE, NOTHING_SAID, TOO_LONG, CLOSED, or TOO_MANY (more than a hundred).
    """
    called, person = line_of(pseudonym), uuid4()
    with changing(actor, case, verb="person-added", now=now, about=person) as held:
        enforce(may_write(CaseState(held.summary["state"])))
        enforce(may_add_person(people=len(held.summary["people"])))
        prepare(held.internal, Kind.PERSON, new_person(pseudonym=called, consent=consent), record=person).save()
        held.summary["people"].append(called)
    return person


def set_consent(actor: Actor, *, case: UUID, person: UUID, consent: Consent, now: datetime) -> None:
    """Note whether something about a person may leave the case.

    Raises:
        RefusedError: NOT_HERE.
    """
    with changing(actor, case, verb=f"consent-{consent.value}", now=now, about=person) as held:
        row, content = person_in(held, person)
        rewrite(held.internal, row, {**content, "consent": consent.value})


def set_facts(  # noqa: PLR0913 -- who said what, and when, each by its name
    actor: Actor, *, case: UUID, person: UUID, told: Told, said_by: str, on: date, now: datetime
) -> None:
    """Write down what somebody said. It stands beside what was said before and replaces nothing.

    Args:
        actor: One who holds the case.
        case: The case.
        person: Of whom it is told.
        told: What.
        said_by: Who said so: the person, a paper, a relative.
        on: The day on which it was said or seen.
        now: The moment, in UTC.
    Raises:
        RefusedError: NOT_HERE, CLOSED; NOT_A_FACT, if an event is told anew as one of another kind, or a section is
            none.
        SituationError: If something cannot be read; then nothing is written.
    """
    vocabulary = law_in_use().vocabulary
    telling = {"said_by": line_of(said_by), "on": on.isoformat(), "by": str(actor.member), "at": now.isoformat()}
    with changing(actor, case, verb="told", now=now, about=person) as held:
        enforce(may_write(CaseState(held.summary["state"])))
        row, content = person_in(held, person)
        for group, key, value in _checked(told, content, vocabulary):
            content[group].setdefault(key, []).append({**telling, "content": value})
        rewrite(held.internal, row, content)


def _checked(told: Told, content: Content, vocabulary: Vocabulary) -> list[tuple[str, str, object]]:
    """Group, key and value of each telling, each read once as the engine would read it."""
    found: list[tuple[str, str, object]] = []
    for name, value in told.facts.items():
        read_fact(name, value, vocabulary)
        found.append((FACTS, name, value))
    for event, value in told.events:
        kind = read_event(value, vocabulary).kind
        before = content[EVENTS].get(event, []) if event is not None else []
        if any(read_event(telling["content"], vocabulary).kind != kind for telling in before):
            raise RefusedError(Reason.NOT_A_FACT)
        found.append((EVENTS, event or str(uuid4()), value))
    for section, value in told.closed:
        if section not in SECTIONS:
            raise RefusedError(Reason.NOT_A_FACT)
        line = read_closed(section, value, vocabulary)
        words = " ".join((line.kind, *(word for _, word in line.where)))
        found.append((CLOSED, f"{section} {words}", value))
    return found


def take_back(actor: Actor, *, case: UUID, person: UUID, what: str, now: datetime) -> None:
    """Take back all tellings of one fact, one event or one line: they were of somebody else, or should not be kept.

    Args:
        actor: One who holds the case.
        case: The case.
        person: Of whom it was told.
        what: The name of the fact, the id of the event, or the line, as `PersonTold` shows it.
        now: The moment, in UTC.
    Raises:
        RefusedError: NOT_HERE.
    """
    with changing(actor, case, verb="taken-back", now=now, about=person) as held:
        row, content = person_in(held, person)
        gone = [content[group].pop(what, None) for group in GROUPS]
        if not any(gone):
            raise RefusedError(Reason.NOT_HERE)
        rewrite(held.internal, row, content)


def remove_person(actor: Actor, *, case: UUID, person: UUID, now: datetime) -> None:
    """Take a person out of a case, with everything that was told of them and every position that was saved.

    Raises:
        RefusedError: NOT_HERE.
    """
    with changing(actor, case, verb="person-removed", now=now, about=person) as held:
        row, content = person_in(held, person)
        held.summary["people"].remove(content["pseudonym"])
        unmark(held.summary, person)
        _forget(held, person, row.pk)


def _forget(held: Held, person: UUID, row: UUID) -> None:
    saved = [record for record, content in read_kinds(held.internal, Kind.POSITION) if content["person"] == str(person)]
    gone = [row, *(record.pk for record in saved)]
    DataKey.objects.filter(pk__in=gone).delete()
    Record.objects.filter(pk__in=gone).delete()
