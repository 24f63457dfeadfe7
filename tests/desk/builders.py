"""Small builders with readable defaults: members, channels, cases, and what a form sends."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import uuid4

import pytest

from safeconduct.desk.cases.actions.return_with_code import return_with_code
from safeconduct.desk.cases.actions.take_in import Intake, take_in
from safeconduct.desk.cases.channels import named
from safeconduct.desk.cases.form_token import issue
from safeconduct.desk.cases.models import Case, Channel, ChannelMember
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.roles import Role, State, to_text
from safeconduct.desk.refusals import RefusedError
from safeconduct.vault.sealing import PrivateKey

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
TODAY = NOW.date()
LATER = NOW + timedelta(hours=1)
TOMORROW = NOW + timedelta(days=1)
_numbers = count(1)


class AFile:
    """A file as a form gives it."""

    def __init__(self, content=b"scan of a summons", name="summons.pdf"):
        self.name = name
        self.content = content

    def chunks(self):
        for start in range(0, len(self.content), 1000):
            yield self.content[start : start + 1000]


def a_member(*roles, state=State.ACTIVE):
    """A member who is signed in; without a login of their own (tests/desk/members makes those)."""
    private = PrivateKey.new()
    held = roles or (Role.CASEWORKER,)
    row = Member.objects.create(
        login=f"{next(_numbers):064x}",
        name=b"",
        roles=to_text(held),
        state=state.value,
        public=private.public.raw,
    )
    return Actor(member=row.pk, roles=frozenset(held), private=private, is_fresh=True)


def stale(actor):
    """The same member, who typed their password a while ago."""
    return replace(actor, is_fresh=False)


def a_channel(*actors, offline_public=b"", retention_days=90):
    channel = uuid4()
    row = Channel.objects.create(
        id=channel, name=named(channel, "Help"), offline_public=offline_public, retention_days=retention_days
    )
    for actor in actors:
        ChannelMember.objects.create(channel=row, member=actor.member)
    return row


def an_intake(channel, text="I left the base and I am in Almaty", **changed):
    return Intake(**{"channel": channel.pk, "text": text, "language": "ru"} | changed)


def a_form(now=NOW):
    return issue(now=now)


def a_case(*holders, now=NOW, channel=None, **changed):
    """A case that has come in: its id and its code."""
    held = channel or a_channel(*holders)
    before = set(Case.objects.values_list("pk", flat=True))
    taken = take_in(an_intake(held, **changed), token=a_form(now), now=now)
    (case,) = set(Case.objects.values_list("pk", flat=True)) - before
    return case, taken.codename


def a_contact(codename, now=NOW):
    """The contact of a code, back in their thread."""
    return return_with_code(codename.digits(), now=now).actor


def refused(reason, action, /, *args, **arguments):
    """The action refuses, and for this reason."""
    with pytest.raises(RefusedError) as error:
        action(*args, **arguments)
    assert error.value.reason is reason
