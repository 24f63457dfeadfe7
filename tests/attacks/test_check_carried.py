"""Attacks on what a person carries away from the check, and on sending it: paper that is found, readers who are not."""

import re

import pytest

from safeconduct.desk.cases.actions.channels import set_channel_members
from safeconduct.desk.cases.actions.open_block import open_block
from safeconduct.desk.cases.block_pairs import pair_in_use
from safeconduct.desk.cases.helper_block import block_in
from safeconduct.desk.cases.models import Case, Channel
from safeconduct.desk.members.actions.lock_member import lock_member
from safeconduct.desk.members.actor import Operator
from safeconduct.desk.members.roles import Role
from safeconduct.vault.errors import CannotOpenError
from tests.desk.builders import NOW, a_member
from tests.desk.check.finding_out import a_run, carrying
from tests.desk.contact.visiting import Visitor, contact_site, open_site, rows

__all__ = ["contact_site", "open_site"]
pytestmark = pytest.mark.security


@pytest.fixture
def channel(open_site):
    """A channel with a key for what is carried, read by one member."""
    found = Channel.objects.get()
    set_channel_members(Operator(), channel=found.pk, members=[open_site.member], now=NOW)
    return found


def carried():
    """What the page shows to somebody who told much: its parts."""
    run = a_run()
    page = carrying(Visitor(), run).get(f"/c/{run.id}/helper").content.decode()
    return "\n".join(re.findall(r"SC1-[^<]+", page))


def test_paper_that_is_found_tells_no_answer(channel):
    block = block_in(carried())
    assert not any(word in block for word in (b"2022", b"desertion", b"male", b"left_unit", b"history"))
    assert len(block) in {4 + 1138 + size for size in (256, 512, 1024, 2048)}


def test_members_of_no_or_another_channel_open_nothing(channel):
    text = carried()
    for other in (a_member(), a_member(Role.ADMINISTRATOR)):
        with pytest.raises(CannotOpenError):
            open_block(other, text=text)


def test_nothing_is_sealed_to_somebody_who_was_locked(channel, open_site):
    text = carried()
    lock_member(a_member(Role.ADMINISTRATOR), member=open_site.member, now=NOW)
    assert pair_in_use(channel.pk) is None
    assert carried() == ""
    with pytest.raises(CannotOpenError):
        open_block(open_site, text=text)


def test_nothing_is_stored_before_the_person_agrees(channel):
    run = a_run()
    visitor = carrying(Visitor(), run)
    visitor.get(f"/c/{run.id}/continue")
    before = rows()
    assert visitor.send(f"/c/{run.id}/continue", "text").status_code == 422
    assert rows() == before
    assert Case.objects.count() == 0
