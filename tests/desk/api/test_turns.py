"""Partners wait or come again; people who write to the desk do not wait for them."""

import threading
from http import HTTPStatus

import pytest

from safeconduct.desk.api import middleware
from safeconduct.desk.api.problems import Kind, ProblemError
from safeconduct.desk.api.turns import AFTER_SECONDS, Turns
from tests.desk.api.calling import ASSESS, CALL, problem


def test_who_finds_everybody_busy_is_told_when_to_come_again():
    turns = Turns(at_once=1, waiting=0, patience_s=0)
    with turns.taken(), pytest.raises(ProblemError) as refused, turns.taken():
        pass
    assert refused.value.kind is Kind.BUSY
    assert refused.value.headers == {"Retry-After": str(AFTER_SECONDS)}


def test_who_waits_too_long_is_told_so_and_leaves_the_line():
    turns = Turns(at_once=1, waiting=1, patience_s=0.01)
    with turns.taken():
        for _ in range(3):
            with pytest.raises(ProblemError), turns.taken():
                pass
    with turns.taken():
        pass


def test_a_turn_is_given_back_after_a_fault():
    turns = Turns(at_once=1, waiting=0, patience_s=0)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), turns.taken():
            raise ZeroDivisionError
    with turns.taken():
        pass


def test_never_more_work_at_once_than_there_are_turns():
    turns = Turns(at_once=2, waiting=20, patience_s=30)
    working, most, lock = [], [], threading.Lock()

    def work():
        with turns.taken():
            with lock:
                working.append(1)
                most.append(len(working))
            threading.Event().wait(0.01)
            with lock:
                working.pop()

    threads = [threading.Thread(target=work) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 12
    assert max(most) <= 2


def test_a_call_that_finds_no_turn_is_answered_with_503(partner_of_invented_law, monkeypatch):
    turns = Turns(at_once=1, waiting=0, patience_s=0)
    monkeypatch.setattr(middleware, "turns", turns)
    with turns.taken():
        response = partner_of_invented_law.send(ASSESS, CALL)
    assert problem(response)[:2] == (HTTPStatus.SERVICE_UNAVAILABLE, "busy")
    assert int(response["Retry-After"]) == AFTER_SECONDS


def test_a_call_that_is_refused_unread_takes_no_turn(partner_of_invented_law, monkeypatch):
    turns = Turns(at_once=1, waiting=0, patience_s=0)
    monkeypatch.setattr(middleware, "turns", turns)
    with turns.taken():
        assert partner_of_invented_law.send(ASSESS, b"x" * 70_000).status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
