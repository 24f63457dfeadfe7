"""Who opens what was carried: those who read the channel; a lock or a change makes a new pair."""

import random
import zlib
from datetime import date

import pytest

from safeconduct.desk.cases.actions.channels import set_channel_members
from safeconduct.desk.cases.actions.open_block import open_block
from safeconduct.desk.cases.actions.withdraw import renew_due
from safeconduct.desk.cases.block_pairs import pair_in_use, private_keys
from safeconduct.desk.cases.helper_block import BlockError, Carried, block_in, block_parts, opened_block
from safeconduct.desk.keyring.models import BlockKey
from safeconduct.desk.members.actions.lock_member import lock_member
from safeconduct.desk.members.actor import Operator
from safeconduct.desk.members.roles import Role
from safeconduct.rules.telling.draft import Draft
from safeconduct.values.secret import Secret
from safeconduct.vault.blocks import seal_block
from safeconduct.vault.errors import CannotOpenError, TooLargeError
from tests.desk.builders import NOW, a_channel, a_member

ANSWERS = Carried(draft=Draft(person={"sex": "male", "citizenships": ["RU"]}), on=date(2026, 11, 22))


@pytest.fixture
def channel(desk):
    return a_channel()


def read_by(channel, *members):
    set_channel_members(Operator(), channel=channel.pk, members=[one.member for one in members], now=NOW)


def text_for(channel, carried=ANSWERS):
    pair, public = pair_in_use(channel.pk)
    return "\n".join(block_parts(carried, pair=pair, public=public))


def test_everybody_who_reads_the_channel_opens_it_and_nothing_is_stored(channel):
    anna, boris = a_member(), a_member()
    read_by(channel, anna, boris)
    text, rows = text_for(channel), BlockKey.objects.count()
    assert open_block(anna, text=text) == open_block(boris, text=text) == ANSWERS
    assert BlockKey.objects.count() == rows == 2


@pytest.mark.security
def test_nobody_else_opens_it(channel):
    anna, clara = a_member(), a_member()
    read_by(channel, anna)
    read_by(a_channel(), clara)
    root = a_member(Role.ADMINISTRATOR)
    for other in (clara, root):
        with pytest.raises(CannotOpenError):
            open_block(other, text=text_for(channel))


@pytest.mark.security
def test_who_does_not_read_the_channel_any_more_opens_nothing(channel):
    anna, boris = a_member(), a_member()
    read_by(channel, anna, boris)
    before = text_for(channel)
    read_by(channel, anna)
    for text in (before, text_for(channel)):
        assert open_block(anna, text=text) == ANSWERS
        with pytest.raises(CannotOpenError):
            open_block(boris, text=text)


@pytest.mark.security
def test_after_a_lock_nothing_is_sealed_until_a_colleague_signs_in(channel):
    anna, boris = a_member(), a_member()
    read_by(channel, anna, boris)
    first, _ = pair_in_use(channel.pk)
    lock_member(a_member(Role.ADMINISTRATOR), member=boris.member, now=NOW)
    assert pair_in_use(channel.pk) is None
    assert not BlockKey.objects.filter(holder=boris.member).exists()
    renew_due(anna, now=NOW)
    second, _ = pair_in_use(channel.pk)
    assert second != first


def test_a_sign_in_makes_no_new_pair_where_there_is_one(channel):
    anna = a_member()
    read_by(channel, anna)
    before = pair_in_use(channel.pk)
    renew_due(anna, now=NOW)
    read_by(channel, anna)
    assert pair_in_use(channel.pk) == before


def test_a_channel_that_nobody_reads_has_no_pair(channel):
    read_by(channel)
    assert pair_in_use(channel.pk) is None


# --- what was scanned or copied --------------------------------------------------------------------------------


@pytest.fixture
def parts(channel):
    anna = a_member()
    read_by(channel, anna)
    found = text_for(channel).split("\n")
    assert len(found) == 2
    return anna, found


#   how it was copied      what makes it so
COPIES = [
    ("as it was",          lambda one, two: f"{one}\n{two}"),
    ("in small letters",   lambda one, two: f"{one} {two}".lower()),
    ("the other way round", lambda one, two: f"{two}{one}"),
    ("a part twice",       lambda one, two: f"{one}\n{one}\n{two}"),
    ("broken into lines",  lambda one, two: "\r\n".join(f"{one} {two}"[at:at + 40] for at in range(0, 4000, 40))),
    ("with words around",  lambda one, two: f"«{one}»,\n«{two}»"),
]  # fmt: skip


@pytest.mark.parametrize(("how", "made"), COPIES, ids=[how for how, _ in COPIES])
def test_a_copy_may_look_otherwise(parts, how, made):
    anna, (one, two) = parts
    assert open_block(anna, text=made(one, two)) == ANSWERS


#   what is wrong          what makes it so                                        missing parts
FAULTS = [
    ("the second missing", lambda both: both[0],                                   (2,)),
    ("the first missing",  lambda both: both[1],                                   (1,)),
    ("nothing",            lambda both: both[0][:0],                               ()),
    ("something else",     lambda both: both[0][:3] + " is what I was told",       ()),
    ("a letter changed",   lambda both: both[0][:-1] + "AB"[both[0][-1] == "A"] + both[1], ()),
    ("two blocks mixed",   lambda both: both[0] + both[1].replace("SC1-2-2-", "SC1-2-3-"), ()),
    ("too short a block",  lambda both: both[0][:3] + "-1-1-ABCD-A",               ()),
]  # fmt: skip


@pytest.mark.parametrize(("what", "made", "missing"), FAULTS, ids=[what for what, *_ in FAULTS])
def test_what_is_no_whole_block_is_said_so(parts, what, made, missing):
    with pytest.raises(BlockError) as told:
        block_in(made(parts[1]))
    assert told.value.missing == missing


#   what somebody sealed who has the public key   what it is
STRANGE = [
    (b"",                                           "nothing"),
    (b"no zip at all",                              "nothing that unpacks"),
    (zlib.compress(b"x" * 200_000),                 "more than is read"),
    (zlib.compress(b"[]"),                          "an empty list"),
    (zlib.compress(b'[2, "2026-11-22", {}]'),       "another version"),
    (zlib.compress(b'[1, "never", {}]'),            "no day"),
    (zlib.compress(b"[1, 7, {}]"),                  "a number for a day"),
    (zlib.compress(b'[1, "2026-11-22", 7]'),        "a number"),
    (zlib.compress(b'[1, "2026-11-22", {"person": []}]'), "a list for a person"),
    (zlib.compress(b'[1, "2026-11-22", {"history": ["left_unit"]}]'), "a word for an event"),
    (zlib.compress(b'[1, "2026-11-22", {"complete": 7}]'), "a number for a list"),
    (zlib.compress(b"[" * 9000),                    "very deep"),
    (zlib.compress(b'[1, "2026-11-22", {"person": {"age": NaN}}]'), "no number"),
    (zlib.compress(b'[1, "2026-11-22", {"history": [' + b"{}," * 1200 + b"{}]}]"), "a thousand events"),
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize(("content", "what"), STRANGE, ids=[what for _, what in STRANGE])
def test_what_a_stranger_sealed_is_refused_without_a_fault(channel, content, what):
    anna = a_member()
    read_by(channel, anna)
    pair, public = pair_in_use(channel.pk)
    block = pair.bytes[:4] + seal_block(public, Secret(content), pair=pair)
    with pytest.raises(CannotOpenError):
        opened_block(block, private_keys(anna))


def test_more_than_a_block_holds_is_refused(channel):
    read_by(channel, a_member())
    pair, public = pair_in_use(channel.pk)
    noise = "".join(random.Random(7).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=6000))
    with pytest.raises(TooLargeError):
        block_parts(Carried(draft=Draft(person={"sex": noise}), on=NOW.date()), pair=pair, public=public)
