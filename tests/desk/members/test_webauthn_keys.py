"""Security keys of members: what is stored of them, and what may be done with them."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from safeconduct.desk.keyring.models import MemberKeys, Pending
from safeconduct.desk.members import webauthn_keys
from safeconduct.desk.members.actions.add_key import Answer, add_key, begin_key, security_keys
from safeconduct.desk.members.actions.begin_sign_in import begin_sign_in
from safeconduct.desk.members.actions.finish_sign_in import finish_sign_in
from safeconduct.desk.members.actions.remove_key import remove_key
from safeconduct.desk.members.actions.sign_in_with_key import ask_key, sign_in_with_key
from safeconduct.desk.members.models import Member, SystemTrail
from safeconduct.desk.members.pending import new_token
from safeconduct.desk.members.system_trail import Happened
from safeconduct.desk.members.totp import code_at, step_of
from safeconduct.desk.refusals import Reason
from safeconduct.values.secret import Secret
from tests.desk.builders import LATER, NOW, TODAY, refused, stale
from tests.desk.members.a_security_key import HOST, AKey, decoded
from tests.desk.members.joining import PASSWORD, a_joined, an_administrator, sign_in
from tests.desk.members.with_keys import ask, begun, registered

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def anna():
    return a_joined(an_administrator())


def happened():
    return list(SystemTrail.objects.values_list("kind", flat=True))


def row_of(joined):
    return MemberKeys.objects.get(pk=joined.actor.member)


def test_a_member_signs_in_with_a_key(anna):
    key = registered(anna)
    token = begun(anna)
    done = sign_in_with_key(token=token, answer=key.changed(counter=2).signed(ask(token)), host=HOST, now=LATER)
    assert done.member == anna.actor.member
    assert done.private.public == anna.actor.private.public
    assert Member.objects.get(pk=done.member).seen == LATER.date()
    assert [one.counter for one in security_keys(anna.actor)] == [2]
    assert {Happened.SECURITY_KEY_ADDED.value, Happened.SECURITY_KEY_USED.value} <= set(happened())


def test_the_telephone_goes_on_working_beside_a_key(anna):
    registered(anna)
    assert sign_in(anna).member == anna.actor.member


def test_a_key_is_kept_with_its_name_its_site_and_its_day(anna):
    registered(anna, name="  the  blue one ")
    (kept,) = security_keys(anna.actor)
    assert (kept.name, kept.site, kept.since, kept.counter) == ("the blue one", HOST, TODAY, 1)


def test_a_key_that_does_not_count_is_taken_each_time(anna):
    key = registered(anna, counter=0)
    for _ in range(2):
        token = begun(anna)
        assert sign_in_with_key(token=token, answer=key.signed(ask(token)), host=HOST, now=LATER)


def test_a_key_works_at_the_site_at_which_it_was_registered(anna):
    registered(anna)
    token = begun(anna)
    asked = json.loads(ask_key(token=token, host="desk.example.org", now=LATER))
    assert asked["rpId"] == "desk.example.org"
    assert len(asked["allowCredentials"]) == webauthn_keys.MOST
    key = registered(anna, host="desk.example.org", origin="https://desk.example.org")
    told = {"origin": "https://desk.example.org", "counter": 2}
    answer = key.changed(**told).signed(ask_key(token=token, host="desk.example.org", now=LATER))
    assert sign_in_with_key(token=token, answer=answer, host="desk.example.org", now=LATER)


#   name                                   refused because
NAMES = [
    ("",                                   Reason.NOTHING_SAID),
    (" \t ",                               Reason.NOTHING_SAID),
    ("x" * 31,                             Reason.TOO_LONG),
]  # fmt: skip


@pytest.mark.parametrize(("name", "reason"), NAMES)
def test_a_key_has_a_name_that_fits(anna, name, reason):
    asked = begin_key(anna.actor, host=HOST, now=NOW)
    answer = Answer(token=asked.token, text=AKey().made(asked.options), name=name, host=HOST)
    refused(reason, lambda **told: add_key(anna.actor, answer, **told), now=NOW)
    assert security_keys(anna.actor) == ()


def test_five_keys_are_the_most(anna):
    for number in range(5):
        registered(anna, name=f"key {number}")
    refused(Reason.TOO_MANY, lambda **told: begin_key(anna.actor, **told), host=HOST, now=NOW)
    assert len(security_keys(anna.actor)) == 5


def test_who_began_with_room_for_one_more_does_not_get_a_sixth(anna):
    for number in range(4):
        registered(anna, name=f"key {number}")
    asked = [begin_key(anna.actor, host=HOST, now=NOW) for _ in range(2)]
    answers = [Answer(token=one.token, text=AKey().made(one.options), name="last", host=HOST) for one in asked]
    add_key(anna.actor, answers[0], now=NOW)
    refused(Reason.TOO_MANY, lambda **told: add_key(anna.actor, answers[1], **told), now=NOW)
    assert len(security_keys(anna.actor)) == 5


def test_keys_whose_names_and_ids_are_too_long_together_are_refused(anna):
    long = "x" * 240 + ".example.org"
    told = {"name": "𝔛" * 30, "host": long, "origin": f"https://{long}"}
    for _ in range(4):
        registered(anna, **told, id=uuid4().bytes * 15)
    with pytest.raises(AssertionError, match="too-many"):
        registered(anna, **told, id=uuid4().bytes * 15)
    assert len(security_keys(anna.actor)) == 4


def test_a_key_is_not_registered_twice(anna):
    key = registered(anna)
    asked = begin_key(anna.actor, host=HOST, now=NOW)
    assert [decoded(one["id"]) for one in json.loads(asked.options)["excludeCredentials"]] == [key.id]
    answer = Answer(token=asked.token, text=key.made(asked.options), name="again", host=HOST)
    refused(Reason.WRONG, lambda **told: add_key(anna.actor, answer, **told), now=NOW)


def test_a_key_that_was_taken_away_signs_in_no_more(anna):
    key, other = registered(anna), registered(anna, name="other")
    token = begun(anna)
    options = ask(token)
    remove_key(anna.actor, key=security_keys(anna.actor)[0].id, now=NOW)
    refused(Reason.WRONG, sign_in_with_key, token=token, answer=key.changed(counter=2).signed(options), host=HOST,
            now=LATER)  # fmt: skip
    assert [one.name for one in security_keys(anna.actor)] == ["other"]
    answer = other.changed(counter=2).signed(ask(token))
    assert sign_in_with_key(token=token, answer=answer, host=HOST, now=LATER)
    assert Happened.SECURITY_KEY_REMOVED.value in happened()


def test_a_key_that_there_is_not_is_not_here(anna):
    registered(anna)
    refused(Reason.NOT_HERE, lambda **told: remove_key(anna.actor, **told), key=uuid4(), now=NOW)
    assert len(security_keys(anna.actor)) == 1


def test_two_changes_in_the_same_moment_do_not_undo_one_another(anna, monkeypatch):
    registered(anna)
    (key,) = security_keys(anna.actor)
    real = webauthn_keys.opened

    def meanwhile(row):
        monkeypatch.setattr(webauthn_keys, "opened", real)
        registered(anna, name="meanwhile")
        return real(row)

    monkeypatch.setattr(webauthn_keys, "opened", meanwhile)
    refused(Reason.RENEWED, lambda **told: remove_key(anna.actor, **told), key=key.id, now=NOW)
    assert [one.name for one in security_keys(anna.actor)] == ["blue", "meanwhile"]


@pytest.mark.parametrize("act", ["sign in", "add"])
def test_who_comes_second_with_a_key_in_the_same_moment_is_refused(anna, monkeypatch, act):
    key = registered(anna)
    token = begun(anna)
    options, asked = ask(token), begin_key(anna.actor, host=HOST, now=NOW)
    monkeypatch.setattr(webauthn_keys, "written", lambda *_told: False)
    before = (row_of(anna).security_keys, happened())
    if act == "sign in":
        answer = key.changed(counter=2).signed(options)
        refused(Reason.WRONG, sign_in_with_key, token=token, answer=answer, host=HOST, now=LATER)
    else:
        answer = Answer(token=asked.token, text=AKey().made(asked.options), name="x", host=HOST)
        refused(Reason.WRONG, lambda **told: add_key(anna.actor, answer, **told), now=NOW)
    assert (row_of(anna).security_keys, happened()) == before


def test_an_address_of_numbers_asks_for_no_key_and_takes_none(anna):
    registered(anna)
    token, numbers = begun(anna), "127.0.0.1:8420"
    assert ask_key(token=token, host=numbers, now=LATER) == ""
    asked = begin_key(anna.actor, host=numbers, now=NOW)
    assert asked.options == ""
    good = begin_key(anna.actor, host=HOST, now=NOW)
    answer = Answer(token=good.token, text=AKey().made(good.options), name="x", host=numbers)
    refused(Reason.WRONG, lambda **told: add_key(anna.actor, answer, **told), now=NOW)
    ask(token)
    refused(Reason.WRONG, sign_in_with_key, token=token, answer="{}", host=numbers, now=LATER)


def test_a_member_who_signed_in_before_there_was_such_a_column_has_no_key_and_gets_the_field(anna):
    MemberKeys.objects.filter(pk=anna.actor.member).update(security_keys=b"")
    assert security_keys(anna.actor) == ()
    registered(anna)
    assert len(security_keys(anna.actor)) == 1
    MemberKeys.objects.filter(pk=anna.actor.member).update(security_keys=b"")
    sign_in(anna)
    assert len(row_of(anna).security_keys) > 4096


def test_asking_for_a_key_is_no_try_and_ends_with_the_sign_in(anna):
    token = begun(anna)
    for _ in range(10):
        assert ask(token)
    finish_sign_in(token=token, code=code_at(anna.totp, step_of(LATER)), now=LATER)
    refused(Reason.WRONG, ask_key, token=token, host=HOST, now=LATER)


@pytest.mark.parametrize("token", ["", "x", "A" * 43])
def test_what_is_no_token_of_ours_asks_for_no_key(token):
    refused(Reason.WRONG, ask_key, token=Secret(token), host=HOST, now=LATER)


def test_what_was_asked_for_a_key_goes_with_what_is_pending(anna):
    from safeconduct.desk.members.pending import forget

    ask(begun(anna))
    begin_key(anna.actor, host=HOST, now=LATER)
    assert Pending.objects.count() == 3
    forget(now=LATER + timedelta(days=2))
    assert Pending.objects.count() == 0


@pytest.mark.parametrize("verb", [begin_key, add_key, remove_key])
def test_a_change_asks_for_a_fresh_password(anna, verb):
    registered(anna)
    (key,) = security_keys(anna.actor)
    told = {
        begin_key: {"host": HOST},
        add_key: {"answer": Answer(token=new_token(), text="{}", name="x", host=HOST)},
        remove_key: {"key": key.id},
    }[verb]
    refused(Reason.FRESH_PASSWORD, lambda **more: verb(stale(anna.actor), **more), now=NOW, **told)
    assert security_keys(anna.actor) == (key,)


def test_a_challenge_of_one_session_is_none_of_another(anna):
    other = replace(anna.actor, session="another")
    asked = begin_key(anna.actor, host=HOST, now=NOW)
    answer = Answer(token=asked.token, text=AKey().made(asked.options), name="x", host=HOST)
    refused(Reason.WRONG, lambda **told: add_key(other, answer, **told), now=NOW)


def test_a_member_who_is_gone_signs_in_with_no_key(anna):
    key = registered(anna)
    token = begin_sign_in(login="anna", password=Secret(PASSWORD), now=LATER)
    answer = key.changed(counter=2).signed(ask(token))
    MemberKeys.objects.filter(pk=anna.actor.member).delete()
    refused(Reason.WRONG, sign_in_with_key, token=token, answer=answer, host=HOST, now=LATER)
    assert len(json.loads(ask(token))["allowCredentials"]) == webauthn_keys.MOST
