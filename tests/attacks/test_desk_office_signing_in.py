"""Attacks on signing in to the members' site: guessing, telling names apart, fixed and stolen sessions, used codes."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.kdf import argon2

from safeconduct.desk.keyring.models import KeptSession, Pending
from safeconduct.desk.members.roles import Role
from tests.desk.office.at_work import Page, office, rows, without_tokens

__all__ = ["office"]
pytestmark = pytest.mark.security
COOKIE = "__Host-members"


@pytest.fixture
def anna(office):
    return office.member("anna")


@pytest.fixture
def runs(monkeypatch):
    """The runs of Argon2id, in the order in which they were asked for."""
    counted, real = [], argon2.Argon2id

    def counting(**given):
        counted.append((given["memory_cost"], given["iterations"]))
        return real(**given)

    monkeypatch.setattr(argon2, "Argon2id", counting)
    return counted


def lock(office, somebody):
    from safeconduct.desk.members.actions.lock_member import lock_member

    lock_member(office.admin().actor, member=somebody.member, now=office.clock.moment)


@pytest.mark.parametrize("password", ["kestrel over the land", "x", "y" * 250])
def test_an_unknown_name_a_wrong_password_and_a_locked_member_look_and_cost_the_same(office, anna, runs, password):
    gone = office.member("boris")
    lock(office, gone)
    seen = []
    for login in ("anna", "boris", "nobody at all"):
        browser = office.browser()
        browser.token()
        runs.clear()
        answer = browser.post("/sign-in/", login=login, password=password)
        seen.append((answer.status_code, without_tokens(answer), sorted(answer.headers), tuple(runs)))
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][0] == 403
    assert len(seen[0][3]) == 1


def test_a_member_who_was_reset_looks_like_somebody_unknown(office, anna, runs):
    from safeconduct.desk.members.actions.invite_member import reset_member

    reset_member(office.admin().actor, member=anna.member, now=office.clock.moment)
    answers = [without_tokens(office.browser().post("/sign-in/", login=one, password="x")) for one in ("anna", "zoe")]
    assert answers[0] == answers[1]
    assert len(runs) == 2


def test_the_custodians_are_asked_for_an_unknown_name_with_the_same_page(office, anna):
    pages = []
    for login in ("anna", "nobody"):
        answer = office.browser().post("/recover/ask/", login=login)
        shown = Page(answer)
        pages.append((answer.status_code, [tag for tag, _ in shown.tags], len(answer.content)))
    assert pages[0] == pages[1]


def test_the_way_back_by_code_tells_no_name(office, anna):
    printed, new = office.member("boris").printed, "a kestrel in spring"
    sent = {"printed": printed, "code": "000000", "new": new, "again": new}
    known, unknown = (office.browser().post("/recover/code/", {**sent, "login": one}) for one in ("anna", "zoe"))
    assert without_tokens(known) == without_tokens(unknown)
    assert (known.status_code, unknown.status_code) == (403, 403)


def test_the_password_alone_gives_no_session_and_changes_nothing_else(office, anna):
    browser = office.browser()
    browser.token()
    before = rows(whole_sessions=True)
    first = browser.password_step(anna)
    after = rows(whole_sessions=True)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"Pending", "Throttle"}
    assert COOKIE not in browser.client.cookies
    assert first.status_code == 200
    assert browser.get("/inbox/").headers["Location"] == "/sign-in/"


def test_the_password_alone_ends_no_session_of_the_member(office, anna):
    hers, thief = office.browser(anna), office.browser()
    thief.password_step(anna)
    assert hers.get("/inbox/").status_code == 200


def test_the_token_of_the_first_step_is_no_session(office, anna):
    browser = office.browser()
    token = Page(browser.password_step(anna)).value("token")
    browser.client.cookies[COOKIE] = token
    assert browser.get("/inbox/").headers["Location"] == "/sign-in/"


def test_a_session_id_is_no_token_of_the_first_step(office, anna):
    browser = office.browser(anna)
    session = browser.client.cookies[COOKIE].value
    other = office.browser()
    answer = other.post("/sign-in/code/", token=session, code=browser.code(anna))
    assert answer.status_code == 403
    assert COOKIE not in other.client.cookies


def test_a_session_id_that_was_planted_is_not_the_one_of_the_member(office, anna):
    thief = office.browser(office.member("thief"))
    planted = thief.client.cookies[COOKIE].value
    victim = office.browser()
    victim.client.cookies[COOKIE] = planted
    victim.sign_in(anna)
    assert victim.client.cookies[COOKIE].value != planted
    thief.client.cookies[COOKIE] = planted
    assert thief.get("/inbox/").headers["Location"] == "/sign-in/"


@pytest.mark.parametrize("value", ["x", "", "A" * 43, "0" * 64, "../../etc/passwd", "'; DROP TABLE keptsession; --"])
def test_a_session_id_that_nobody_was_given_opens_nothing_and_is_not_kept(office, anna, value):
    browser, before = office.browser(), KeptSession.objects.count()
    browser.client.cookies[COOKIE] = value
    assert browser.get("/inbox/").headers["Location"] == "/sign-in/"
    assert KeptSession.objects.count() == before


def test_the_token_for_forms_is_another_one_after_signing_in(office, anna):
    browser = office.browser()
    before = browser.token()
    browser.sign_in(anna)
    assert browser.token() != before


@pytest.mark.parametrize("way", ["sign out", "password", "lock", "reset", "recovery"])
def test_a_session_that_was_ended_opens_nothing(office, anna, way):
    from safeconduct.desk.members.actions.invite_member import reset_member

    hers, stolen = office.browser(anna), office.browser()
    stolen.client.cookies[COOKIE] = hers.client.cookies[COOKIE].value
    if way == "sign out":
        assert hers.post("/sign-out/").headers["Location"] == "/sign-in/"
    elif way == "password":
        other = office.browser(anna)
        new = "another bird over the water"
        assert other.post("/settings/", old=anna.password, new=new, again=new).status_code == 302
        assert other.get("/inbox/").status_code == 200
    elif way == "lock":
        lock(office, anna)
    elif way == "reset":
        reset_member(office.admin().actor, member=anna.member, now=office.clock.moment)
    else:
        office.clock.on(seconds=60)
        new = {"new": "another bird over the water", "again": "another bird over the water"}
        code = hers.code(anna)
        answer = office.browser().post("/recover/code/", login="anna", printed=anna.printed, code=code, **new)
        assert answer.status_code == 200
    for browser in (hers, stolen) if way != "password" else (stolen,):
        assert browser.get("/inbox/").headers["Location"] == "/sign-in/"


#   how long nobody came    how often somebody came    whether the session goes on
LENGTHS = [
    ({"minutes": 29},       1,                          True),
    ({"minutes": 31},       1,                          False),
    ({"minutes": 25},       18,                         True),
    ({"minutes": 25},       20,                         False),
    ({"days": -1},          1,                          False),
]  # fmt: skip


@pytest.mark.parametrize(("pause", "times", "goes_on"), LENGTHS)
def test_a_session_ends_by_itself(office, anna, pause, times, goes_on):
    browser = office.browser(anna)
    for _ in range(times):
        office.clock.on(**pause)
        answer = browser.get("/inbox/")
    assert (answer.status_code == 200) is goes_on


def test_a_code_is_guessed_five_times_and_then_no_more(office, anna):
    browser = office.browser()
    token = Page(browser.password_step(anna)).value("token")
    office.clock.on(seconds=60)
    right = browser.code(anna)
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    statuses = [browser.post("/sign-in/code/", token=token, code=wrong).status_code for _ in range(5)]
    assert statuses == [403] * 5
    last = browser.post("/sign-in/code/", token=token, code=right)
    assert last.status_code == 403
    assert COOKIE not in browser.client.cookies


def test_many_at_once_share_the_five_tries(office, anna):
    browser = office.browser()
    token = Page(browser.password_step(anna)).value("token")
    for _ in range(12):
        office.browser().post("/sign-in/code/", token=token, code="000000")
    assert Pending.objects.get().tries == 5


@pytest.mark.parametrize("padded", ["{}", " {} ", "{} ", "\u00a0{}"])
def test_a_code_that_was_used_is_not_taken_again(office, anna, padded):
    first, second = office.browser(), office.browser()
    tokens = [Page(browser.password_step(anna)).value("token") for browser in (first, second)]
    office.clock.on(seconds=60)
    code = first.code(anna)
    assert first.post("/sign-in/code/", token=tokens[0], code=code).status_code == 302
    assert second.post("/sign-in/code/", token=tokens[1], code=padded.format(code)).status_code == 403


def test_a_code_that_was_used_with_a_wrong_token_is_still_good_once(office, anna):
    browser = office.browser()
    token = Page(browser.password_step(anna)).value("token")
    office.clock.on(seconds=60)
    code = browser.code(anna)
    assert office.browser().post("/sign-in/code/", token="x" * 43, code=code).status_code == 403
    assert browser.post("/sign-in/code/", token=token, code=code).status_code == 302
    assert browser.post("/sign-in/code/", token=token, code=code).status_code == 403


def test_the_first_step_is_too_old_after_ten_minutes(office, anna):
    browser = office.browser()
    token = Page(browser.password_step(anna)).value("token")
    office.clock.moment += timedelta(minutes=11)
    assert browser.post("/sign-in/code/", token=token, code=browser.code(anna)).status_code == 403


def test_a_password_is_guessed_ten_times_in_a_quarter_of_an_hour(office, anna):
    browser = office.browser()
    answers = [browser.password_step(anna, password=f"guess number {number}") for number in range(11)]
    assert "Too many tries" in Page(answers[-1]).text
    assert "Too many tries" in Page(browser.password_step(anna)).text
    office.clock.on(minutes=15)
    assert browser.password_step(anna).status_code == 200


def test_who_tries_in_the_name_of_a_member_does_not_lock_out_the_browser_they_know(office, anna):
    hers = office.browser(anna)
    hers.post("/sign-out/")
    stranger = office.browser()
    for number in range(12):
        stranger.password_step(anna, password=f"guess number {number}")
    assert hers.password_step(anna).status_code == 200


@pytest.mark.parametrize("link", ["x" * 43, "x", "..%2f..%2fetc", "%00", "é" * 10])
def test_a_link_that_nobody_was_given_is_not_here(office, link):
    browser = office.browser()
    nothing = browser.get("/nothing/").content
    sent = {"login": "eve", "new": "a kestrel in spring", "again": "a kestrel in spring"}
    assert browser.get(f"/join/{link}/").content == nothing
    assert browser.post(f"/join/{link}/", sent).content == nothing


def test_a_link_works_once_and_for_seven_days(office):
    from safeconduct.desk.members.actions.invite_member import invite_member
    from tests.desk.office.at_work import link_to

    admin = office.admin().actor
    used, old = (
        invite_member(admin, name=name, roles=frozenset({Role.CASEWORKER}), now=office.clock.moment)
        for name in ("Eve", "Zoe")
    )
    browser = office.browser()
    assert browser.get(link_to(used)).status_code == 200
    office.joined(used, "eve")
    assert browser.get(link_to(used)).status_code == 404
    assert browser.get(link_to(old)).status_code == 200
    office.clock.on(days=8)
    assert browser.get(link_to(old)).status_code == 404


def test_somebody_who_opens_a_link_does_not_learn_the_names_of_others(office, anna):
    from safeconduct.desk.members.actions.invite_member import invite_member
    from tests.desk.office.at_work import link_to

    link = invite_member(office.admin().actor, name="Eve", roles=frozenset({Role.CASEWORKER}), now=office.clock.moment)
    page = Page(office.browser().get(link_to(link))).text
    assert "Anna" not in page
    assert "Eve" not in page


def test_passwords_and_codes_that_were_typed_stand_in_no_answer(office, anna):
    browser, typed = office.browser(anna), "a marker that was typed"
    sent = dict.fromkeys(("password", "old", "new", "again", "printed", "code"), typed) | {"login": "anna"}
    for address in (
        "/sign-in/",
        "/recover/code/",
        "/recover/finish/",
        "/settings/",
        "/settings/drill/",
        "/password-again/",
    ):
        answer = browser.post(address, {**sent, "token": "y", "again": "something else"})
        assert answer.status_code in {400, 403, 409}, address
        values = [
            told.get("value", "")
            for tag, told in Page(answer).tags
            if tag == "input" and told.get("type") == "password"
        ]
        assert not any(values), address
        assert typed not in Page(answer).text


def test_signing_out_leaves_no_session_behind(office, anna):
    browser = office.browser(anna)
    assert KeptSession.objects.count() == 1
    answer = browser.post("/sign-out/")
    assert KeptSession.objects.count() == 0
    assert answer.headers["Clear-Site-Data"] == '"cache"'
