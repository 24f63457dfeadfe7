"""Holding a case: the keys a member has of it, and the one way in which members change something in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from safeconduct.desk.cases.decisions import may_change
from safeconduct.desk.cases.holders import grants_of
from safeconduct.desk.cases.keeping import Content, read_kinds, rewrite
from safeconduct.desk.cases.models import Case, Record
from safeconduct.desk.cases.rotation import is_due, renewed
from safeconduct.desk.cases.trail import add_line
from safeconduct.desk.cases.values import Kind
from safeconduct.desk.keyring.models import Grant
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.project.stores import both_stores
from safeconduct.desk.refusals import Reason, RefusedError, enforce
from safeconduct.vault.cases import CaseKey, Domain, open_grant


@dataclass(slots=True, kw_only=True, eq=False)
class Held:
    """A case as a holder has it.

    Args:
        case: Its row.
        internal: The key of its internal part.
        open_thread: The key of its thread; None once the contact has ended it.
        summary: What its summary says; changes are written when the change of the case ends.
        is_unchanged: Set where nothing was done after all: then nothing is noted.
        words: What the line of the trail says beside its verb.
    """

    case: Case
    internal: CaseKey
    open_thread: CaseKey | None
    summary: Content
    is_unchanged: bool = False
    words: str = ""

    @property
    def thread(self) -> CaseKey:
        """The key of the thread.

        Raises:
            RefusedError: ENDED, if the contact ended it.
        """
        if self.open_thread is None:
            raise RefusedError(Reason.ENDED)
        return self.open_thread


def hold(actor: Actor, case: UUID) -> Held:
    """A case, for reading.

    Raises:
        RefusedError: NOT_HERE, if there is none or the actor holds none of this id.
    """
    return _held(actor, Case.objects.filter(pk=case).first())[0]


def _held(actor: Actor, row: Case | None) -> tuple[Held, Record]:
    grants = () if row is None else grants_of(row.pk, actor.member)
    keys = {grant.domain: opened(actor, grant) for grant in grants}
    if row is None or Domain.INTERNAL.value not in keys:
        raise RefusedError(Reason.NOT_HERE)
    internal = keys[Domain.INTERNAL.value]
    record, summary = next(read_kinds(internal, Kind.SUMMARY))
    thread = keys.get(Domain.THREAD.value)
    return Held(case=row, internal=internal, open_thread=thread, summary=summary), record


def opened(actor: Actor, grant: Grant) -> CaseKey:
    """The case key of a grant.

    Raises:
        CannotOpenError: If it was not sealed to the actor, or was changed.
    """
    return open_grant(
        grant.sealed,
        case=grant.case,
        domain=Domain(grant.domain),
        epoch=grant.epoch,
        holder=actor.member,
        private=actor.private,
    )


@contextmanager
def changing(actor: Actor, case: UUID, *, verb: str, now: datetime, about: UUID | None = None) -> Iterator[Held]:
    """A change of a case by one who holds it: one transaction, one line of the trail, one day for the whole case.

    Args:
        actor: Who changes it.
        case: The case.
        verb: What is done, for the trail.
        now: The moment, in UTC.
        about: To whom or what it is done.
    Raises:
        RefusedError: NOT_HERE, as `hold`; ROLE, if who holds it for intake alone does not do this.
    """
    with both_stores():
        # Two members who change one case do so one after the other, or the lines of the trail would part.
        row = Case.objects.select_for_update().filter(pk=case).first()
        held, record = _held(actor, row)
        enforce(may_change(verb, actor.roles, is_about_self=about == actor.member))
        if is_due(held.case.pk):
            renew_keys(held)
        yield held
        if held.is_unchanged:
            return
        add_line(held.internal, held.summary, verb=verb, by=actor.member, about=about, at=now, words=held.words)
        rewrite(held.internal, record, held.summary)
        touch(held.case, now=now)


def touch(case: Case, *, now: datetime) -> None:
    """Set the day of the case: the one day that is known of everything in it."""
    Case.objects.filter(pk=case.pk).update(day=now.date())


def renew_keys(held: Held) -> None:
    """Begin the next epoch of a case, inside a change of it; what is written after it stands under the new keys."""
    held.internal = renewed(held.case, held.internal)
    if held.open_thread is not None:
        held.open_thread = renewed(held.case, held.open_thread)
