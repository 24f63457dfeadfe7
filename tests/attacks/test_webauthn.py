"""Attacks on security keys: what is sent in place of a right signature, and what tells who has one."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf import argon2

from safeconduct.desk.keyring.models import MemberKeys
from safeconduct.desk.members.actions.add_key import security_keys
from safeconduct.desk.members.models import SystemTrail
from safeconduct.desk.members.system_trail import Happened
from safeconduct.desk.project.headers import CONTENT_POLICY, KEY_CONTENT_POLICY
from tests.desk.members.a_security_key import AKey, coded
from tests.desk.office.at_work import Page, office, without_tokens

__all__ = ["office"]
pytestmark = pytest.mark.security
HOST = "testserver"
ORIGIN = f"https://{HOST}"


@pytest.fixture
def anna(office):
    return office.member("anna")


@pytest.fixture(autouse=True)
def _named():
    from django.test import override_settings

    with override_settings(ALLOWED_HOSTS=[HOST, "desk.example.org"]):
        yield


def options_of(answer):
    return next(told["data-options"] for tag, told in Page(answer).tags if told.get("id") == "key")


def asked(browser, token):
    return options_of(browser.post("/sign-in/key/", token=token))


def begun(office, somebody):
    """A browser whose password was right, and its token."""
    browser = office.browser()
    return browser, Page(browser.password_step(somebody)).value("token")


def sent(browser, token, answer):
    return browser.post("/sign-in/key/done/", token=token, answer=answer)


def registered(office, somebody, name="blue", **values):
    """A key that a member registered in their browser, and that browser."""
    browser, key = office.browser(somebody), AKey(origin=ORIGIN, **values)
    page = browser.post("/settings/keys/add/", name=name)
    told = {"token": Page(page).value("token"), "name": name, "answer": key.made(options_of(page))}
    assert browser.post("/settings/keys/done/", told).status_code == 302
    return key.changed(counter=key.counter + 1), browser


def is_refused(answer):
    return answer.status_code == 403 and "__Host-members" not in answer.cookies


def test_a_right_signature_signs_in(office, anna):
    key, _ = registered(office, anna)
    browser, token = begun(office, anna)
    answer = sent(browser, token, key.signed(asked(browser, token)))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert browser.get("/inbox/").status_code == 200


#   what the answer has in place of what is right
WRONG = {
    "a page of another site":           {"origin": "https://evil.example"},
    "a name that begins like ours":     {"origin": "https://testserver.evil.example"},
    "our name in clear":                {"origin": "http://testserver"},
    "our name on another port":         {"origin": "https://testserver:444"},
    "no origin":                        {"origin": "null"},
    "a page of ours inside another":    {"cross_origin": True},
    "a signature for another site":     {"site": "evil.example"},
    "another challenge":                {"challenge": coded(b"c" * 32)},
    "an empty challenge":               {"challenge": "AA"},
    "a registration":                   {"kind": "webauthn.create"},
    "nobody touched the key":           {"flags": 0},
    "another pair under the same id":   {"pair": ec.generate_private_key(ec.SECP256R1())},
    "an id that nobody registered":     {"id": b"x" * 64},
    "a counter that stood still":       {"counter": 1},
    "a counter that went back":         {"counter": 0},
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_a_signature_that_is_wrong_in_one_thing_signs_nobody_in(office, anna, wrong):
    key, _ = registered(office, anna)
    browser, token = begun(office, anna)
    answer = sent(browser, token, key.changed(**WRONG[wrong]).signed(asked(browser, token)))
    assert is_refused(answer)
    assert browser.get("/inbox/").headers["Location"] == "/sign-in/"


def test_a_signature_in_which_a_bit_was_changed_signs_nobody_in(office, anna):
    import json

    from tests.desk.members.a_security_key import decoded

    key, _ = registered(office, anna)
    browser, token = begun(office, anna)
    for part in ("signature", "authenticatorData", "clientDataJSON"):
        told = json.loads(key.signed(asked(browser, token)))
        raw = bytearray(decoded(told["response"][part]))
        raw[-1] ^= 1
        told["response"][part] = coded(bytes(raw))
        assert is_refused(sent(browser, token, json.dumps(told)))


def test_a_key_of_another_member_signs_nobody_in(office, anna):
    boris = office.member("boris")
    registered(office, anna)
    key, _ = registered(office, boris)
    browser, token = begun(office, anna)
    assert is_refused(sent(browser, token, key.signed(asked(browser, token))))


def test_an_answer_is_taken_once(office, anna):
    key, _ = registered(office, anna, counter=0)
    key = key.changed(counter=0)
    browser, token = begun(office, anna)
    options = asked(browser, token)
    assert is_refused(sent(browser, token, key.changed(flags=0).signed(options)))
    # The challenge is spent, although the second answer would be right.
    assert is_refused(sent(browser, token, key.signed(options)))
    answer = key.signed(asked(browser, token))
    assert sent(browser, token, answer).status_code == 302
    other, again = begun(office, anna)
    asked(other, again)
    assert is_refused(sent(other, again, answer))
    assert is_refused(sent(other, token, answer))


def test_an_answer_to_the_challenge_of_another_sign_in_is_refused(office, anna):
    key, _ = registered(office, anna)
    (browser, token), (other, theirs) = begun(office, anna), begun(office, anna)
    answer = key.signed(asked(browser, token))
    asked(other, theirs)
    assert is_refused(sent(other, theirs, answer))
    assert sent(browser, token, answer).status_code == 302


def test_a_challenge_that_was_asked_for_again_is_the_only_one(office, anna):
    key, _ = registered(office, anna)
    browser, token = begun(office, anna)
    first = key.signed(asked(browser, token))
    second = key.signed(asked(browser, token))
    assert is_refused(sent(browser, token, first))
    assert is_refused(sent(browser, token, second))


#   seconds  taken
AGES = [(119, True), (121, False), (-1, False)]


@pytest.mark.parametrize(("seconds", "taken"), AGES)
def test_a_challenge_is_good_for_two_minutes(office, anna, seconds, taken):
    key, _ = registered(office, anna)
    browser, token = begun(office, anna)
    answer = key.signed(asked(browser, token))
    office.clock.moment += timedelta(seconds=seconds)
    assert (sent(browser, token, answer).status_code == 302) is taken


def test_keys_and_codes_share_the_five_tries(office, anna):
    key, _ = registered(office, anna)
    browser, token = begun(office, anna)
    for number in range(5):
        if number % 2:
            assert is_refused(browser.post("/sign-in/code/", token=token, code="000000"))
        else:
            asked(browser, token)
            assert is_refused(sent(browser, token, "{}"))
    again = browser.post("/sign-in/key/", token=token)
    assert is_refused(again)
    assert all(told.get("id") != "key" for _, told in Page(again).tags)
    assert is_refused(sent(browser, token, key.signed(json_of(ORIGIN))))


def json_of(origin):
    import json

    return json.dumps({"rpId": HOST, "challenge": coded(b"c" * 32), "origin": origin})


def test_a_key_alone_is_no_sign_in(office, anna):
    key, _ = registered(office, anna)
    browser = office.browser()
    for token in ("", "A" * 43, "x" * 43):
        assert is_refused(browser.post("/sign-in/key/", token=token))
        assert is_refused(sent(browser, token, key.signed(json_of(ORIGIN))))


def test_a_key_of_a_member_who_was_locked_meanwhile_signs_nobody_in(office, anna):
    from safeconduct.desk.members.actions.lock_member import lock_member

    key, _ = registered(office, anna)
    browser, token = begun(office, anna)
    answer = key.signed(asked(browser, token))
    lock_member(office.admin().actor, member=anna.member, now=office.clock.moment)
    assert is_refused(sent(browser, token, answer))


def test_a_copied_key_stands_in_the_trail(office, anna):
    key, _ = registered(office, anna)
    browser, token = begun(office, anna)
    sent(browser, token, key.changed(counter=1).signed(asked(browser, token)))
    assert SystemTrail.objects.filter(kind=Happened.SECURITY_KEY_COPIED.value).count() == 1
    assert [one.counter for one in security_keys(anna.actor)] == [1]


@pytest.mark.parametrize("address", ["/settings/keys/add/", "/settings/keys/done/", "/settings/keys/remove/"])
def test_an_open_session_alone_registers_and_removes_no_key(office, anna, address):
    _, browser = registered(office, anna)
    page = browser.post("/settings/keys/add/", name="theirs")
    told = {"token": Page(page).value("token"), "name": "theirs", "answer": AKey(origin=ORIGIN).made(options_of(page))}
    office.clock.on(minutes=1)
    before = security_keys(anna.actor)
    stale_by = timedelta(minutes=11)
    office.clock.moment += stale_by
    answer = browser.post(address, {**told, "key": str(before[0].id)})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/password-again/?back=/settings/keys/")
    assert security_keys(anna.actor) == before


def test_nobody_registers_a_key_in_the_session_of_another(office, anna):
    thief = office.browser(office.member("thief"))
    mine = office.browser(anna)
    page = thief.post("/settings/keys/add/", name="x")
    told = {"token": Page(page).value("token"), "name": "x", "answer": AKey(origin=ORIGIN).made(options_of(page))}
    assert mine.post("/settings/keys/done/", told).status_code == 409
    assert security_keys(anna.actor) == ()


def test_nobody_removes_the_key_of_another(office, anna):
    registered(office, anna)
    thief = office.browser(office.member("thief"))
    (key,) = security_keys(anna.actor)
    answer = thief.post("/settings/keys/remove/", key=str(key.id))
    assert (answer.status_code, answer.content) == (404, thief.get("/nothing/").content)
    assert len(security_keys(anna.actor)) == 1


def test_the_password_step_is_the_same_with_a_key_and_without(office, anna, monkeypatch):
    boris = office.member("boris")
    registered(office, anna)
    runs, real = [], argon2.Argon2id

    def counting(**given):
        runs.append((given["memory_cost"], given["iterations"]))
        return real(**given)

    monkeypatch.setattr(argon2, "Argon2id", counting)
    seen = []
    for somebody in (anna, boris):
        browser = office.browser()
        browser.token()
        runs.clear()
        answer = browser.password_step(somebody)
        seen.append((answer.status_code, without_tokens(answer), sorted(answer.headers), tuple(runs)))
    assert seen[0] == seen[1]
    assert len(seen[0][3]) == 1


def test_who_has_the_password_alone_does_not_learn_whether_there_is_a_key(office, anna):
    import json

    boris = office.member("boris")
    for number in range(3):
        registered(office, anna, name=f"key {number}")
    shapes, ids = [], []
    for somebody in (anna, boris):
        browser, token = begun(office, somebody)
        pages = [browser.post("/sign-in/key/", token=token) for _ in range(2)]
        told = [json.loads(options_of(page)) for page in pages]
        ids.append([[one["id"] for one in options["allowCredentials"]] for options in told])
        shapes.append([len(page.content) for page in pages])
    assert shapes[0] == shapes[1]
    # The same at every visit, or the invented ones would be told by their changing.
    assert all(first == second for first, second in ids)
    assert [len(set(first)) for first, _ in ids] == [5, 5]
    assert not set(ids[0][0]) & set(ids[1][0])


def test_a_thief_of_the_stores_does_not_see_who_has_keys_or_uses_them(office, anna):
    boris = office.member("boris")
    key, _ = registered(office, anna, name="marker-4711")
    fields = {login: MemberKeys.objects.get(pk=office.people[login].member) for login in ("anna", "boris")}
    assert len({len(row.security_keys) for row in fields.values()}) == 1
    assert key.id not in fields["anna"].security_keys
    assert b"marker-4711" not in fields["anna"].security_keys
    # Each sign-in writes the field anew, with whatever it was made.
    for somebody in (anna, boris):
        office.browser(somebody)
        after = MemberKeys.objects.get(pk=somebody.member).security_keys
        assert after != fields[somebody.login].security_keys
        assert len(after) == len(fields[somebody.login].security_keys)


def test_only_the_pages_that_speak_with_keys_have_a_script_and_it_is_ours(office, anna):
    _, browser = registered(office, anna)
    other, token = begun(office, anna)
    pages = [browser.post("/settings/keys/add/", name="x"), other.post("/sign-in/key/", token=token)]
    for answer in pages:
        assert answer.headers["Content-Security-Policy"] == KEY_CONTENT_POLICY
        assert "publickey-credentials-get=(self)" in answer.headers["Permissions-Policy"]
        assert "camera=()" in answer.headers["Permissions-Policy"]
        scripts = [told for tag, told in Page(answer).tags if tag == "script"]
        assert [told["src"] for told in scripts] == ["/static/office/key.js"]
        assert answer.headers["Cache-Control"] == "no-store"
    for address in ("/sign-in/", "/settings/keys/", "/settings/"):
        answer = browser.get(address)
        assert answer.headers["Content-Security-Policy"] == CONTENT_POLICY
        assert "script" not in {tag for tag, _ in Page(answer).tags}
