"""Give a case to one more member: a colleague, or one to whom the person agreed to be referred."""

from datetime import datetime
from uuid import UUID

from safeconduct.desk.cases.decisions import may_be_assigned, may_be_given, may_leave
from safeconduct.desk.cases.holders import grants_of
from safeconduct.desk.cases.holding import Held, changing
from safeconduct.desk.cases.keeping import prepare, read_kinds
from safeconduct.desk.cases.texts import line_of, text_of
from safeconduct.desk.cases.values import CaseState, Consent, Kind
from safeconduct.desk.keyring.models import Grant
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.roles import State, from_text
from safeconduct.desk.refusals import Reason, RefusedError, enforce
from safeconduct.vault.cases import grant
from safeconduct.vault.sealing import PublicKey


def assign(actor: Actor, *, case: UUID, member: UUID, now: datetime, reason: str = "") -> None:
    """Give a case to a colleague.

    Args:
        actor: One who holds it.
        case: The case.
        member: Who gets it, too.
        now: The moment, in UTC.
        reason: Why, in at most 200 signs, for the trail; needed where somebody in the case refused that anything about
            them leaves it.
    Raises:
        RefusedError: NOT_HERE, ROLE, NO_KEY_YET, HOLDS_ALREADY, CLOSED, REASON_NEEDED or TOO_LONG.
    """
    said = line_of(reason, may_be_empty=True)
    with changing(actor, case, verb="assigned", now=now, about=member) as held:
        enforce(may_be_assigned(_consents(held), has_reason=bool(said)))
        _give(held, member)
        held.words = said


def refer(actor: Actor, *, case: UUID, member: UUID, reason: str, now: datetime) -> None:
    """Refer a case to another member, with the consent of everybody in it.

    Args:
        actor: One who holds it.
        case: The case.
        member: To whom it is referred.
        reason: Why; it stands as a note.
        now: The moment, in UTC.
    Raises:
        RefusedError: As `assign`; CONSENT_NOT_KNOWN or CONSENT_REFUSED.
    """
    said = text_of(reason)
    with changing(actor, case, verb="referred", now=now, about=member) as held:
        enforce(may_leave(_consents(held)))
        _give(held, member)
        note = {"by": str(actor.member), "at": now.isoformat(), "text": said}
        prepare(held.internal, Kind.NOTE, note).save()


def _consents(held: Held) -> list[Consent]:
    return [Consent(content["consent"]) for _, content in read_kinds(held.internal, Kind.PERSON)]


def _give(held: Held, member: UUID) -> None:
    row = Member.objects.filter(pk=member).first()
    if row is None:
        raise RefusedError(Reason.NOT_HERE)
    enforce(
        may_be_given(
            roles=from_text(row.roles),
            has_key=bool(row.public) and row.state == State.ACTIVE.value,
            holds_already=grants_of(held.case.pk, member).exists(),
            state=CaseState(held.summary["state"]),
        )
    )
    public = PublicKey(row.public)
    for key in (held.internal, held.open_thread):
        if key is not None:
            sealed = grant(key, holder=member, public=public)
            told = {"case": key.case, "domain": key.domain.value, "epoch": key.epoch}
            Grant.objects.create(**told, holder=member, sealed=sealed)
    if held.summary["state"] == CaseState.NEW.value:
        held.summary["state"] = CaseState.OPEN.value
