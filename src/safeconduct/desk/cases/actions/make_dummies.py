"""Cases of nobody: made at the start and now and then, so that the number of cases tells a thief less."""

import json
import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

from safeconduct.desk.cases.channels import holders_of
from safeconduct.desk.cases.dummies import MOST_DUMMIES, Dummy, dummies, list_dummies
from safeconduct.desk.cases.form_token import Form
from safeconduct.desk.cases.intake import Intake, made, write
from safeconduct.desk.cases.keeping import Prepared, Upload, prepare
from safeconduct.desk.cases.models import Channel
from safeconduct.desk.cases.values import EMPTY_TEXT, CaseState, Kind
from safeconduct.desk.members.actor import Operator, require
from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.project.stores import both_stores
from safeconduct.vault.cases import CaseKey
from safeconduct.vault.codename import Codename
from safeconduct.vault.contacts import contact_keys
from safeconduct.vault.envelope import new_key

_LONGEST = 6_000
_DAYS = (30, 180)
_MOST_ROUNDS = 6
_PERSON, _POSITION = 3_000, 5_000
"""What is told of a person is about so long at most, and a saved position at least."""
_LINE = 300
"""A line of a trail is about so long; with more it would still be of the smallest size class."""


def make_dummies(operator: Operator, *, number: int, now: datetime) -> int:
    """Make cases that look in the stores like any other: some as they came in, some as if they were worked on.

    Their code is thrown away; members' lists leave them out. They are listed under the site's secret, so that
    `keep_dummies` can close them after one to six months.

    Args:
        operator: Whoever runs the server.
        number: How many, over all channels that somebody reads; never more than 200 in all.
        now: The moment, in UTC.
    Returns:
        How many were made; 0 where nobody reads any channel yet.
    """
    require(operator, Operator)
    read = [(row, holders) for row in Channel.objects.all() if (holders := holders_of(row))]
    configuration = in_use()
    done = 0
    for _ in range(number if read else 0):
        channel, holders = secrets.choice(read)
        codename = Codename.new()
        # Before the transaction: it takes as long as a contact's code takes.
        keys = contact_keys(
            codename, site=configuration.keys, using=configuration.stretching, floor=configuration.contact_cost
        )
        text = _text(len(EMPTY_TEXT) + secrets.randbelow(_LONGEST))
        new = made(
            Intake(channel=channel.pk, text=text, language="en", files=_files()),
            form=Form(nonce=new_key()),
            channel=channel,
            holders=holders,
            codename=(codename, keys),
            now=now,
            state=CaseState.DUMMY,
            beside=partial(_worked_on, now=now),
        )
        least, most = _DAYS
        closes_on = now.date() + timedelta(days=least + secrets.randbelow(most - least))
        with both_stores():
            listed = dummies()
            if len(listed) >= MOST_DUMMIES:
                break
            write(new, now=now, is_counted=False)
            list_dummies((*listed, Dummy(case=new.case.pk, closes_on=closes_on)))
        done += 1
    return done


def _text(length: int) -> str:
    return EMPTY_TEXT.ljust(length, "-")


class _File:
    """Bytes of no file; its name and length are inside the ciphertext."""

    name: str | None = "1"

    def chunks(self) -> Iterable[bytes]:
        """Its bytes."""
        yield bytes(1 + secrets.randbelow(_LONGEST))


def _files() -> tuple[Upload, ...]:
    return (_File(),) if secrets.randbelow(8) == 0 else ()


def _worked_on(thread: CaseKey, internal: CaseKey, *, now: datetime) -> Iterator[Prepared]:
    """What members and contact would have left in it: messages, notes, a person with a position, lines of the trail."""
    rounds = secrets.randbelow(_MOST_ROUNDS)
    for _ in range(rounds):
        sent = {"by": "", "at": now.isoformat()}
        yield prepare(thread, Kind.MESSAGE, {**sent, "text": _text(1 + secrets.randbelow(_LONGEST))})
        yield _line(internal)
        if secrets.randbelow(3) == 0:
            yield prepare(internal, Kind.NOTE, {"text": _text(1 + secrets.randbelow(_LONGEST))})
            yield _line(internal)
    if rounds and secrets.randbelow(3) == 0:
        yield prepare(internal, Kind.PERSON, {"text": _text(_LINE + secrets.randbelow(_PERSON))})
        yield _line(internal)
        yield prepare(internal, Kind.POSITION, {"text": _text(_POSITION + secrets.randbelow(_LONGEST))})
        yield _line(internal)


def _line(internal: CaseKey) -> Prepared:
    return prepare(internal, Kind.TRAIL, {"text": json.dumps(str(uuid4())).ljust(_LINE)})
