"""Attacks on the sign-in by number: strangers who crowd it, guess door codes, or make it wait and write."""

import threading
from contextlib import ExitStack

import pytest
from cryptography.hazmat.primitives.kdf import argon2
from django.db import connections

from safeconduct.desk.members import waiting
from safeconduct.desk.members.actions import begin_sign_in
from safeconduct.desk.members.actions.begin_sign_in import MOST_TRIES
from safeconduct.desk.members.actions.print_code import door_code
from safeconduct.desk.members.door import door_code as code_of
from safeconduct.desk.members.door import fits
from safeconduct.desk.members.models import Throttle
from safeconduct.desk.members.naming import lookup_of
from safeconduct.desk.project.turns import Line
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.values.secret import Secret
from safeconduct.vault import stretching
from safeconduct.vault.members import RecoveryCode
from safeconduct.vault.stretching import stretch
from tests.desk.office.at_work import Page, office, without_tokens
from tests.vault.builders import TEST_COST, TEST_STRETCHING

__all__ = ["office"]
pytestmark = pytest.mark.security
NEW = {"new": "heron under the bridge", "again": "heron under the bridge"}


@pytest.fixture
def anna(office):
    somebody = office.member("anna")
    office.clock.on(minutes=5)
    return somebody


@pytest.fixture
def few(monkeypatch):
    """A budget of three strangers a minute, so that a crowd comes together fast."""
    monkeypatch.setattr(begin_sign_in, "MOST_STRANGERS_A_MINUTE", 3)


@pytest.fixture
def runs(monkeypatch):
    """The runs of Argon2id."""
    counted, real = [], argon2.Argon2id

    def counting(**given):
        counted.append(given["memory_cost"])
        return real(**given)

    monkeypatch.setattr(argon2, "Argon2id", counting)
    return counted


def door_of(somebody):
    return door_code(somebody.actor).reveal()


def door_of_name(login):
    """The door code that a name has which nobody has: nobody is ever shown it."""
    return code_of(lookup_of(login), replaced=0).reveal()


def another(code):
    """A code that differs in one digit."""
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def tried(browser, login, *, door="", password=None):
    return browser.post("/sign-in/", login=login, password=password or "a guess", door=door)


def crowd(office):
    """So many strangers that the budget of this minute is used up."""
    stranger = office.browser()
    for number in range(begin_sign_in.MOST_STRANGERS_A_MINUTE):
        assert tried(stranger, f"nobody {number}").status_code == 403


def test_a_crowd_of_strangers_does_not_keep_out_a_new_browser_with_the_door_code(office, anna):
    crowd(office)
    assert "Type your door code too" in Page(tried(office.browser(), "anna", password=anna.password)).text
    browser = office.browser()
    first = tried(browser, "anna", password=anna.password, door=door_of(anna))
    assert first.status_code == 200
    second = browser.post("/sign-in/code/", token=Page(first).value("token"), code=browser.code(anna))
    assert second.status_code == 302


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("typed", ["{}", " {} ", "{}.", "№ {}"])
def test_a_door_code_may_be_typed_as_people_type(office, anna, typed):
    crowd(office)
    for written in (door_of(anna), door_of(anna).replace(" ", ""), door_of(anna).replace(" ", "-")):
        first = tried(office.browser(), "anna", password=anna.password, door=typed.format(written))
        assert first.status_code == 200


#   what is typed as a door code: nothing, something, the right one, somebody else's
DOORS = ["none", "another", "right", "of somebody else", "letters"]


def doors(kind, login, office):
    known = office.people.get(login)
    right = door_of_name(login) if known is None else door_of(known)
    elses = door_of(office.people["chloe"])
    kinds = {"none": "", "another": another(right), "right": right, "of somebody else": elses, "letters": "a code"}
    return kinds[kind]


@pytest.mark.parametrize("is_crowded", [False, True], ids=["calm", "crowded"])
@pytest.mark.parametrize("kind", DOORS)
def test_an_unknown_name_a_wrong_password_and_a_locked_member_are_alike_whatever_the_door_code(
    office, anna, runs, monkeypatch, kind, is_crowded
):
    from safeconduct.desk.members.actions.lock_member import lock_member

    boris, _ = office.member("boris"), office.member("chloe")
    codes = {login: doors(kind, login, office) for login in ("anna", "boris", "nobody at all")}
    lock_member(office.admin().actor, member=boris.member, now=office.clock.moment)
    tried(office.browser(), "somebody")  # of a minute's first try there is no row yet
    if is_crowded:
        monkeypatch.setattr(begin_sign_in, "MOST_STRANGERS_A_MINUTE", 1)
    seen = []
    for login, door in codes.items():
        browser, statements = office.browser(), []
        browser.token()
        runs.clear()

        def counting(execute, sql, params, many, context, statements=statements):
            statements.append((context["connection"].alias, sql.split()[0]))
            return execute(sql, params, many, context)

        with ExitStack() as watched:
            for alias in ("default", "keyring"):
                watched.enter_context(connections[alias].execute_wrapper(counting))
            answer = tried(browser, login, door=door)
        seen.append((answer.status_code, without_tokens(answer), sorted(answer.headers), len(runs), statements))
    assert seen[0] == seen[1] == seen[2]
    assert len(seen[0][4]) > 1
    assert seen[0][3] == (0 if is_crowded and kind != "right" else 1)


def test_a_stolen_door_code_gives_ten_tries_and_takes_nothing_from_others(office, anna, runs):
    boris = office.member("boris")
    hers = office.browser(anna)
    hers.post("/sign-out/")
    crowd(office)
    runs.clear()
    thief = office.browser()
    for _ in range(MOST_TRIES * 3):
        tried(thief, "anna", door=door_of(anna))
    assert len(runs) == MOST_TRIES
    assert hers.password_step(anna).status_code == 200
    assert tried(office.browser(), "boris", password=boris.password, door=door_of(boris)).status_code == 200


@pytest.mark.usefixtures("few")
def test_a_door_code_is_good_for_its_own_name_alone(office, anna, runs):
    boris = office.member("boris")
    crowd(office)
    runs.clear()
    assert tried(office.browser(), "boris", password=boris.password, door=door_of(anna)).status_code == 403
    assert runs == []


@pytest.mark.usefixtures("few")
def test_guesses_at_a_door_code_are_those_of_a_stranger(office, anna, runs):
    crowd(office)
    runs.clear()
    right = door_of(anna).replace(" ", "")
    guesses = [f"{(int(right) + step) % 10**12:012d}" for step in range(1, 100)]
    assert {tried(office.browser(), "anna", door=guess).status_code for guess in guesses[:20]} == {403}
    assert runs == []
    told = {"login": lookup_of("anna"), "replaced": 0}
    assert not any(fits(Secret(guess), **told) for guess in (*guesses, right[:-1], f"{right}0", right[::-1] + "0", ""))
    assert fits(Secret(right), **told)


@pytest.mark.usefixtures("few")
def test_a_door_code_goes_with_the_paper_it_stood_on(office, anna):
    old = door_of(anna)
    browser = office.browser(anna)
    shown = browser.post("/settings/code/")
    new = door_of(anna)
    assert new != old
    assert all(group in Page(shown).words for group in new.split())
    office.clock.on(minutes=5)
    crowd(office)
    assert tried(office.browser(), "anna", password=anna.password, door=old).status_code == 403
    assert tried(office.browser(), "anna", password=anna.password, door=new).status_code == 200


@pytest.mark.usefixtures("few")
def test_a_flood_makes_the_store_write_nothing_once_its_budget_is_used_up(office, anna):
    crowd(office)
    before, written = Throttle.objects.count(), []

    def watching(execute, sql, params, many, context):
        written.append(sql.split()[0])
        return execute(sql, params, many, context)

    with connections["default"].execute_wrapper(watching), connections["keyring"].execute_wrapper(watching):
        for number in range(20):
            tried(office.browser(), f"somebody {number}", door="1234 5678 9012")
    assert set(written) == {"SELECT"}
    assert Throttle.objects.count() == before


@pytest.mark.usefixtures("few")
def test_tries_in_one_name_do_not_use_up_what_all_strangers_share(office, anna, monkeypatch):
    monkeypatch.setattr(begin_sign_in, "MOST_TRIES", 2)
    assert [tried(office.browser(), "nobody").status_code for _ in range(9)] == [403] * 9
    assert tried(office.browser(), "anna", password=anna.password).status_code == 200


@pytest.fixture
def no_place_for_strangers(monkeypatch):
    """The line of strangers is as full as it gets."""
    line = Line(at_once=1, waiting=0, patience_s=0)
    monkeypatch.setattr(waiting, "strangers", line)
    with line.turn():
        yield


@pytest.mark.usefixtures("no_place_for_strangers")
def test_strangers_who_find_their_line_full_are_told_to_come_again_and_members_go_past_them(office, anna, runs):
    answers = [tried(office.browser(), login) for login in ("anna", "nobody at all")]
    assert {answer.status_code for answer in answers} == {503}
    assert {answer.headers["Retry-After"] for answer in answers} == {"5"}
    assert without_tokens(answers[0]) == without_tokens(answers[1])
    assert runs == []
    assert Throttle.objects.count() == 0
    assert tried(office.browser(), "anna", password=anna.password, door=door_of(anna)).status_code == 200


@pytest.mark.usefixtures("no_place_for_strangers")
def test_the_way_back_waits_in_the_same_line(office, anna, runs):
    sent = {"login": "anna", "printed": RecoveryCode.new().digits().reveal(), "code": "000000", **NEW}
    answer = office.browser().post("/recover/code/", sent)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert runs == []


def test_strangers_leave_a_place_and_most_threads_to_members(monkeypatch):
    """Nobody's work comes to an end here, so that what is left free can be counted."""
    came, turned_away = threading.Semaphore(0), threading.Semaphore(0)
    ended = threading.Event()

    def come():
        try:
            with waiting.a_turn(is_known=False):
                came.release()
                ended.wait(60)
        except RefusedError as error:
            if error.reason is Reason.BUSY:
                turned_away.release()

    monkeypatch.setattr(waiting.strangers, "_patience_s", 60)
    threads = [threading.Thread(target=come) for _ in range(16)]
    try:
        for thread in threads:
            thread.start()
        assert came.acquire(timeout=30)
        # One is at work and four wait: of the threads of a process eleven go on at once.
        assert all(turned_away.acquire(timeout=30) for _ in range(11))
        assert not came.acquire(blocking=False)
        with waiting.a_turn(is_known=True):
            is_done = stretch(Secret(b"password"), using=TEST_STRETCHING, floor=TEST_COST)
    finally:
        ended.set()
        for thread in threads:
            thread.join(60)
    assert is_done.reveal()


def test_a_derivation_that_waits_too_long_is_given_up_as_busy(office, anna, monkeypatch):
    monkeypatch.setattr(stretching, "PATIENCE_S", 0)
    with ExitStack() as taken:
        for _ in range(stretching.AT_ONCE):
            taken.enter_context(stretching._free)
        answer = tried(office.browser(), "anna", password=anna.password, door=door_of(anna))
        assert answer.status_code == 503
    assert tried(office.browser(), "anna", password=anna.password, door=door_of(anna)).status_code == 200
