"""Sessions that a stolen table does not give away, and that end when they should."""

import json
from datetime import timedelta
from unittest import mock
from uuid import uuid4

import pytest
from django.contrib.sessions.backends.base import UpdateError

from safeconduct.desk.cases.session_store import SessionStore as ContactStore
from safeconduct.desk.keyring import session_store
from safeconduct.desk.keyring.models import KeptSession
from safeconduct.desk.members.actor import SignedIn, actor_of, begin_member_session, mark_fresh
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.roles import State
from safeconduct.desk.members.session_store import SessionStore
from safeconduct.desk.refusals import Reason
from safeconduct.values.secret import Secret
from tests.desk.builders import NOW, a_member, refused

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def clock(monkeypatch):
    """The clock of the edge, which a test may move."""

    class Clock:
        at = NOW

    monkeypatch.setattr(session_store, "now", lambda: Clock.at)
    return Clock


def a_session(actor, store=SessionStore):
    session = store()
    begin_member_session(session, SignedIn(member=actor.member, private=actor.private), now=NOW)
    session.save()
    return session.session_key


def test_a_session_keeps_a_member_and_what_was_put_in(clock):
    anna = a_member()
    key = a_session(anna)
    session = SessionStore(key)
    session["page"] = 3
    session.save()
    again = SessionStore(key)
    assert again["page"] == 3
    actor = actor_of(again, now=NOW)
    assert (actor.member, actor.roles, actor.is_fresh) == (anna.member, anna.roles, True)
    assert actor.private.public == anna.private.public
    assert actor.session == KeptSession.objects.get().pk


def test_signing_in_gives_the_session_another_id(clock):
    session = SessionStore()
    session["before"] = "x"
    session.save()
    before = session.session_key
    anna = a_member()
    begin_member_session(session, SignedIn(member=anna.member, private=anna.private), now=NOW)
    session.save()
    assert session.session_key != before
    assert not SessionStore().exists(before)
    assert SessionStore().exists(session.session_key)
    assert KeptSession.objects.count() == 1


def test_a_password_is_fresh_for_ten_minutes(clock):
    key = a_session(a_member())
    assert actor_of(SessionStore(key), now=NOW + timedelta(minutes=10)).is_fresh
    assert not actor_of(SessionStore(key), now=NOW + timedelta(minutes=11)).is_fresh
    assert not actor_of(SessionStore(key), now=NOW - timedelta(minutes=1)).is_fresh
    session = SessionStore(key)
    mark_fresh(session, now=NOW + timedelta(minutes=11))
    assert actor_of(session, now=NOW + timedelta(minutes=11)).is_fresh


#   store          visited after minutes         still open
ENDS = [
    (SessionStore, [29],                         True),
    (SessionStore, [30],                         True),
    (SessionStore, [31],                         False),
    (SessionStore, [25 * n for n in range(1, 20)], True),
    (SessionStore, [25 * n for n in range(1, 21)], False),
    (ContactStore, [25, 50, 75, 100, 120],       True),
    (ContactStore, [25, 50, 75, 100, 121],       False),
    (SessionStore, [-1],                         False),
    (SessionStore, [60 * 24 * 365],              False),
]  # fmt: skip


@pytest.mark.parametrize(("store", "visits", "is_open"), ENDS)
def test_a_session_ends_for_idleness_and_for_age_and_for_a_clock_set_back(store, visits, is_open, clock):
    key = a_session(a_member(), store)
    for minutes in visits:
        clock.at = NOW + timedelta(minutes=minutes)
        session = store(key)
        found = session.kept_seed()
        session.modified = True
        if found is not None:
            session.save()
    assert (found is not None) is is_open


def test_a_session_that_was_ended_does_not_come_back(clock):
    session = SessionStore(a_session(a_member()))
    assert session.kept_seed() is not None
    KeptSession.objects.all().delete()
    with pytest.raises(UpdateError):
        session.save()
    assert KeptSession.objects.count() == 0


def test_flushing_forgets_the_key_in_memory_and_in_the_table(clock):
    session = SessionStore(a_session(a_member()))
    assert session.kept_seed() is not None
    session.flush()
    assert session.kept_seed() is None
    assert session.owner is None
    assert KeptSession.objects.count() == 0


def test_a_locked_member_has_no_session_that_acts(clock):
    anna = a_member()
    key = a_session(anna)
    Member.objects.update(state=State.LOCKED.value)
    refused(Reason.NOT_SIGNED_IN, actor_of, SessionStore(key), now=NOW)


@pytest.mark.parametrize("key", ["", "x", "A" * 43, "A" * 44, "Ж" * 43, "../../etc", None])
def test_what_is_no_id_of_ours_is_an_empty_session(key, clock):
    session = SessionStore(key)
    assert session.kept_seed() is None
    refused(Reason.NOT_SIGNED_IN, actor_of, session, now=NOW)
    assert session.lookup() == ""
    session.delete(key)


def test_ids_are_even_and_never_twice(clock):
    made = {SessionStore()._get_new_session_key() for _ in range(100)}
    assert {len(key) for key in made} == {43}
    assert len(made) == 100


def test_old_rows_are_cleared(clock):
    a_session(a_member())
    clock.at = NOW + timedelta(days=1)
    SessionStore.clear_expired()
    assert KeptSession.objects.count() == 1
    clock.at = NOW + timedelta(days=2)
    SessionStore.clear_expired()
    assert KeptSession.objects.count() == 0


def test_an_id_that_is_taken_is_not_given_twice(clock):
    first = SessionStore(a_session(a_member()))
    taken, free = first.session_key, SessionStore()._get_new_session_key()
    session = SessionStore()
    with mock.patch.object(session, "_get_new_session_key", side_effect=[taken, free]):
        session.create()
    assert session.session_key == free


@pytest.mark.security
def test_a_stolen_table_of_sessions_opens_nothing(clock):
    anna = a_member()
    key = a_session(anna)
    row = KeptSession.objects.get()
    assert key not in row.pk
    assert anna.private.seed.reveal() not in row.kept
    # The hash in the table is no id; nor does another session's id open this row.
    assert SessionStore(row.pk).kept_seed() is None
    other = a_session(a_member())
    KeptSession.objects.filter(pk=SessionStore(other).lookup()).update(kept=row.kept, owner=row.owner)
    assert SessionStore(other).kept_seed() is None


@pytest.mark.security
def test_a_session_moved_to_another_member_does_not_open(clock):
    key = a_session(a_member())
    KeptSession.objects.update(owner=uuid4())
    assert SessionStore(key).kept_seed() is None


def test_a_session_holds_no_text_in_clear_and_its_length_tells_its_class_alone(clock):
    session = SessionStore()
    session["page"] = "marker-7261"
    session.save()
    session.keep(Secret(bytes(32)), owner=uuid4())
    session.save()
    rows = list(KeptSession.objects.all())
    assert all(b"marker-7261" not in row.kept for row in rows)
    assert json.dumps(["x"])
    assert {len(row.kept) for row in rows} == {len(rows[0].kept)}
