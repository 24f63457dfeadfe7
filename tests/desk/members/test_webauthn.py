"""Security keys: the protocol, what is stored, and the actions."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.desk.members import webauthn
from tests.desk.members.a_security_key import HOST, TOUCHED, VERIFIED, AKey, coded, decoded

PARTY = webauthn.party_of(HOST)
CHALLENGE = b"c" * 32
HANDLE = b"h" * 32


def asked_to_make(party=PARTY, known=()):
    return webauthn.to_make(party, challenge=CHALLENGE, handle=HANDLE, known=known)


def asked_to_sign(*ids, party=PARTY):
    return webauthn.to_sign(party, challenge=CHALLENGE, ids=ids)


def a_pair(**values):
    key = AKey(**values)
    return key, webauthn.made(PARTY, challenge=CHALLENGE, answer=key.made(asked_to_make()))


# --- the protocol -----------------------------------------------------------------------------------------------

#   host as sent              name                      origins
PARTIES = [
    ("localhost",             "localhost",              {"https://localhost", "http://localhost"}),
    ("localhost:8420",        "localhost",              {"https://localhost:8420", "http://localhost:8420"}),
    ("Desk.Example.org",      "desk.example.org",       {"https://desk.example.org"}),
    ("desk.example.org:8443", "desk.example.org",       {"https://desk.example.org:8443"}),
    ("abcdefgh.onion",        "abcdefgh.onion",         {"https://abcdefgh.onion", "http://abcdefgh.onion"}),
    ("notonion",              "notonion",               {"https://notonion"}),
    ("a.localhost",           "a.localhost",            {"https://a.localhost", "http://a.localhost"}),
]  # fmt: skip


@pytest.mark.parametrize(("host", "name", "origins"), PARTIES)
def test_a_site_is_the_host_under_which_a_browser_reached_it(host, name, origins):
    assert webauthn.party_of(host) == webauthn.Party(name=name, origins=frozenset(origins))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8420", "[::1]:8420", "[::1]", ""])
def test_no_key_works_under_an_address_of_numbers(host):
    assert webauthn.party_of(host) is None


@pytest.mark.parametrize("pair", [None, ed25519.Ed25519PrivateKey.generate()], ids=["ES256", "EdDSA"])
@pytest.mark.parametrize("flags", [TOUCHED, TOUCHED | VERIFIED], ids=["touched", "verified"])
def test_a_key_that_was_made_signs(pair, flags):
    key, made = a_pair(flags=flags, **({} if pair is None else {"pair": pair}))
    answer = key.changed(counter=7).signed(asked_to_sign(key.id))
    told = webauthn.signed(PARTY, challenge=CHALLENGE, known=[made.credential], answer=answer)
    assert (told.credential, told.counter) == (made.credential, 7)
    assert webauthn.id_of(told.credential) == key.id


def test_a_browser_is_asked_for_a_key_of_its_own_that_tells_nothing_of_its_maker():
    key, made = a_pair()
    asked = json.loads(asked_to_make(known=[made.credential]))
    assert asked["rp"] == {"id": HOST, "name": "desk"}
    assert asked["user"] == {"id": coded(HANDLE), "name": "desk", "displayName": "desk"}
    assert asked["attestation"] == "none"
    assert asked["authenticatorSelection"]["authenticatorAttachment"] == "cross-platform"
    assert asked["authenticatorSelection"]["residentKey"] == "discouraged"
    assert asked["authenticatorSelection"]["userVerification"] == "preferred"
    assert [one["alg"] for one in asked["pubKeyCredParams"]] == [-7, -8]
    assert [one["id"] for one in asked["excludeCredentials"]] == [coded(key.id)]
    assert 0 < asked["timeout"] < 120_000


def test_a_browser_is_asked_to_sign_for_this_site_alone():
    asked = json.loads(asked_to_sign(b"one", b"two"))
    assert (asked["rpId"], asked["challenge"], asked["userVerification"]) == (HOST, coded(CHALLENGE), "preferred")
    assert [one["id"] for one in asked["allowCredentials"]] == [coded(b"one"), coded(b"two")]


#   before  now  may follow
COUNTERS = [
    (0,     0,   True),
    (0,     1,   True),
    (5,     6,   True),
    (5,     900, True),
    (5,     5,   False),
    (5,     4,   False),
    (5,     0,   False),
]  # fmt: skip


@pytest.mark.parametrize(("before", "now", "may"), COUNTERS)
def test_a_counter_grows_or_there_is_none(before, now, may):
    assert webauthn.may_follow(now, before=before) is may


#   what is wrong with the answer of a key that is registered
WRONG_MADE = [
    {"origin": "https://evil.example"},
    {"origin": "http://localhost:9999"},
    {"site": "evil.example"},
    {"kind": "webauthn.get"},
    {"challenge": coded(b"d" * 32)},
    {"flags": 0},
    {"cross_origin": True},
    {"algorithm": -257},
    {"algorithm": -999},
    {"id": b"x" * 256},
    {"id": b""},
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize("wrong", WRONG_MADE, ids=str)
def test_a_key_with_a_wrong_answer_is_not_registered(wrong):
    answer = AKey(**wrong).made(asked_to_make())
    with pytest.raises(webauthn.NotThisKeyError):
        webauthn.made(PARTY, challenge=CHALLENGE, answer=answer)


#   an answer that is none
NONE = [
    "", "x", "null", "[]", "{}", "1", '"a"', '{"rawId": 5}', '{"rawId": "AA", "response": {}}',
    '{"rawId": "AA", "response": []}', "[" * 5000, '{"a": ' * 900, "{" + " " * webauthn.LONGEST_ANSWER + "}",
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize("answer", NONE)
def test_what_is_no_answer_is_refused_as_any_other(answer):
    with pytest.raises(webauthn.NotThisKeyError):
        webauthn.made(PARTY, challenge=CHALLENGE, answer=answer)
    with pytest.raises(webauthn.NotThisKeyError):
        webauthn.signed(PARTY, challenge=CHALLENGE, known=[], answer=answer)


GOOD, GOOD_MADE = a_pair()
BYTES_OF = {
    "made": json.loads(GOOD.made(asked_to_make())),
    "signed": json.loads(GOOD.signed(asked_to_sign(GOOD.id))),
}


@pytest.mark.security
@given(data=st.data())
def test_an_answer_in_which_anything_was_changed_is_refused_and_nothing_worse(data):
    which = data.draw(st.sampled_from(sorted(BYTES_OF)))
    answer = json.loads(json.dumps(BYTES_OF[which]))
    part = data.draw(st.sampled_from(sorted(answer["response"])))
    raw = bytearray(decoded(answer["response"][part]))
    if data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at] ^= data.draw(st.integers(1, 255))
    else:
        raw = bytearray(data.draw(st.binary(max_size=400)))
    answer["response"][part] = coded(bytes(raw))
    sent = json.dumps(answer)
    try:
        if which == "made":
            webauthn.made(PARTY, challenge=CHALLENGE, answer=sent)
        else:
            webauthn.signed(PARTY, challenge=CHALLENGE, known=[GOOD_MADE.credential], answer=sent)
            pytest.fail("a changed signature was taken")
    except webauthn.NotThisKeyError:
        pass
