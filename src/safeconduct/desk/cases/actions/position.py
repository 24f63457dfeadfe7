"""Where a person of a case stands in law on a day: computed in the request, saved with a receipt, looked at again."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID, uuid4

from safeconduct.desk.cases.assessing import assessed
from safeconduct.desk.cases.comparing import kept, stands_of
from safeconduct.desk.cases.decisions import may_judge, may_write
from safeconduct.desk.cases.holding import changing, hold
from safeconduct.desk.cases.keeping import Content, prepare, read_kinds
from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.cases.people import GROUPS, person_in
from safeconduct.desk.cases.summaries import is_of_another_law, summaries
from safeconduct.desk.cases.texts import text_of
from safeconduct.desk.cases.values import CaseState, ChangedAnswer, Kind, Opinion
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.refusals import Reason, RefusedError, enforce
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Finding, Position
from safeconduct.values.truth import Truth


def position(actor: Actor, *, case: UUID, person: UUID, on: date) -> Position:
    """The position of a person on a day, from everything that was told of them. Nothing is saved.

    Args:
        actor: One who holds the case.
        case: The case.
        person: The person.
        on: The day asked.
    Raises:
        RefusedError: NOT_HERE.
        SituationError: If what was told contradicts itself under this law.
    """
    _, content = person_in(hold(actor, case), person)
    return assessed(content, person, law_in_use(), on=on)


def save_position(actor: Actor, *, case: UUID, person: UUID, on: date, now: datetime) -> UUID:
    """Compute a position and save its answers, with the receipt of what they were made from.

    Returns:
        The saved position.
    Raises:
        RefusedError: NOT_HERE or CLOSED.
        SituationError: As `position`.
    """
    found = position(actor, case=case, person=person, on=on)
    saved, stands = uuid4(), stands_of(found.findings)
    with changing(actor, case, verb="position-saved", now=now, about=saved) as held:
        enforce(may_write(CaseState(held.summary["state"])))
        _, content = person_in(held, person)
        told = {
            "person": str(person),
            "on": on.isoformat(),
            "corpus": found.receipt.corpus,
            "engine": found.receipt.engine,
            "answers": {name: stand.answer for name, stand in stands.items()},
            "deadlines": kept(stands),
            "told": {group: content[group] for group in GROUPS},
            "by": str(actor.member),
            "at": now.isoformat(),
        }
        prepare(held.internal, Kind.POSITION, told, record=saved).save()
        held.summary["corpus"] = found.receipt.corpus
    return saved


def law_changed(actor: Actor, *, most: int = 20) -> tuple[ChangedAnswer, ...]:
    """Which saved positions the law in use answers otherwise: what, and why.

    Each is computed again from what was told when it was saved, for the same day, so that only the law differs.

    Args:
        actor: Who asks; only cases they hold are looked at.
        most: Cases that are looked at, at most.
    """
    corpus = law_in_use()
    stale = [told.case for told in summaries(actor, wanted=lambda _case, content: is_of_another_law(content))]
    return tuple(change for case in stale[:most] for change in _changes(actor, case, corpus))


def note_law_change(actor: Actor, *, case: UUID, now: datetime) -> None:
    """Note that the holders know of the change: the case is not listed for this law any more.

    Raises:
        RefusedError: NOT_HERE.
    """
    with changing(actor, case, verb="law-change-noted", now=now) as held:
        if held.summary["corpus"]:
            held.summary["corpus"] = law_in_use().digest


def judge(  # noqa: PLR0913 -- what a view consists of, each by its name
    actor: Actor, *, case: UUID, position: UUID, finding: str, opinion: Opinion, reason: str, now: datetime
) -> None:
    """Set a lawyer's view beside a finding of a saved position. The engine's answer stays as it is.

    Args:
        actor: A lawyer who holds the case.
        case: The case.
        position: The saved position.
        finding: Id of the finding.
        opinion: What they say.
        reason: Why.
        now: The moment, in UTC.
    Raises:
        RefusedError: ROLE, NOT_HERE, NOTHING_SAID or TOO_LONG.
    """
    enforce(may_judge(actor.roles))
    said = text_of(reason)
    with changing(actor, case, verb="judged", now=now, about=position) as held:
        saved = {row.pk: content for row, content in read_kinds(held.internal, Kind.POSITION)}
        if position not in saved or finding not in saved[position]["answers"]:
            raise RefusedError(Reason.NOT_HERE)
        view = {"position": str(position), "finding": finding, "opinion": opinion.value, "reason": said}
        signed = {"by": str(actor.member), "on": now.date().isoformat()}
        prepare(held.internal, Kind.VIEW, {**view, **signed}).save()


def _changes(actor: Actor, case: UUID, corpus: Corpus) -> Iterator[ChangedAnswer]:
    held = hold(actor, case)
    for row, saved in read_kinds(held.internal, Kind.POSITION):
        if saved["corpus"] != corpus.digest:
            yield from _compared(saved, case=case, position=row.pk, corpus=corpus)


def _compared(saved: Content, *, case: UUID, position: UUID, corpus: Corpus) -> Iterator[ChangedAnswer]:
    person, on = UUID(saved["person"]), date.fromisoformat(saved["on"])
    told = {"pseudonym": "", "consent": "not_known", **saved["told"]}
    found = {finding.id: finding for finding in assessed(told, person, corpus, on=on).findings if finding.concerns}
    for name in sorted(saved["answers"].keys() | found.keys()):
        before, now = saved["answers"].get(name, ""), found.get(name)
        after = "" if now is None else now.answer.value
        if before != after:
            yield ChangedAnswer(
                case=case,
                person=person,
                position=position,
                finding=name,
                title="" if now is None else now.title,
                before=before,
                after=after,
                because=() if now is None else _because(now),
            )


def _because(finding: Finding) -> tuple[str, ...]:
    """The lines that decide: those that hold, or those that do not if the answer is no."""
    decisive = Truth.NO if finding.answer.value == "no" else Truth.YES
    return tuple(reason.text for reason in finding.because if reason.holds is decisive)
