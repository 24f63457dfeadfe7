"""Write in a case as a member: an answer that the contact reads, or a note that only holders read."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from safeconduct.desk.cases.decisions import may_write
from safeconduct.desk.cases.form_token import read
from safeconduct.desk.cases.holding import Held, changing
from safeconduct.desk.cases.keeping import Upload
from safeconduct.desk.cases.models import Record
from safeconduct.desk.cases.sending import prepared
from safeconduct.desk.cases.values import CaseState
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.refusals import enforce
from safeconduct.vault.cases import CaseKey, Domain


def write_as_member(  # noqa: PLR0913 -- what is sent, each by its name
    actor: Actor, *, case: UUID, text: str, token: str, now: datetime, files: Sequence[Upload] = ()
) -> None:
    """Write to the contact.

    Args:
        actor: Who writes.
        case: The case.
        text: What they write; may be empty if there are files.
        token: The token of the form; the same form sent again writes nothing.
        now: The moment, in UTC.
        files: Files, if any.
    Raises:
        RefusedError: NOT_HERE, NOTHING_SAID, TOO_LONG, TOO_MANY, CLOSED, ENDED, FORM_EXPIRED or TOO_FAST.
    """
    _write(actor, Domain.THREAD, case=case, text=text, token=token, now=now, files=files)


def write_note(  # noqa: PLR0913 -- as above
    actor: Actor, *, case: UUID, text: str, token: str, now: datetime, files: Sequence[Upload] = ()
) -> None:
    """Write a note that the contact's code never opens; arguments and refusals as above, without ENDED."""
    _write(actor, Domain.INTERNAL, case=case, text=text, token=token, now=now, files=files)


def _write(  # noqa: PLR0913 -- as above
    actor: Actor, domain: Domain, *, case: UUID, text: str, token: str, now: datetime, files: Sequence[Upload]
) -> None:
    form = read(token, now=now)
    verb = "answered" if domain is Domain.THREAD else "noted"
    with changing(actor, case, verb=verb, now=now, about=form.record()) as held:
        enforce(may_write(CaseState(held.summary["state"])))
        key = _key(held, domain)
        records = prepared(key, form=form, text=text, files=files, by=actor.member, now=now)
        if Record.objects.filter(pk=records[0].record.pk).exists():
            held.is_unchanged = True
            return
        for record in records:
            record.save()
        if domain is Domain.THREAD:
            # What a member wrote is not unread.
            held.summary["read"] += len(records)


def _key(held: Held, domain: Domain) -> CaseKey:
    return held.thread if domain is Domain.THREAD else held.internal
