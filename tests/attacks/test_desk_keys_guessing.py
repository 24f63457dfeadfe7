"""Guessing, and taking the desk's time, where one try costs little: names, codes of the telephone, tokens."""

from datetime import timedelta

import pytest
from django.db import connections

from safeconduct.desk.keyring.models import RecoveryRequest
from safeconduct.desk.members.actions.ask_custodians import ask_custodians, finish_recovery
from safeconduct.desk.members.actions.begin_sign_in import MOST_STRANGERS_A_MINUTE, begin_sign_in, known_browser
from safeconduct.desk.members.actions.finish_sign_in import MOST_WRONG_A_DAY, finish_sign_in
from safeconduct.desk.members.actions.list_members import read_system_trail
from safeconduct.desk.members.actions.name_custodians import custodians, name_custodians, trust_custodians
from safeconduct.desk.members.actions.recover_with_code import recover_with_code
from safeconduct.desk.members.roles import Role
from safeconduct.desk.members.system_trail import Happened
from safeconduct.desk.members.totp import code_at, step_of
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.values.secret import Secret
from safeconduct.vault import stretching
from safeconduct.vault.members import RecoveryCode
from tests.desk.builders import LATER, NOW, refused
from tests.desk.members.joining import PASSWORD, a_joined, an_administrator, sign_in

pytestmark = [pytest.mark.security, pytest.mark.usefixtures("either_desk")]
NEW = Secret("heron under the bridge")


def with_custodians():
    """A member whose key is sealed to custodians."""
    admin = an_administrator()
    anna = a_joined(admin)
    three = [a_joined(admin, name, Role.CUSTODIAN) for name in ("boris", "chloe", "dmitri")]
    name_custodians(admin.actor, members=tuple(one.actor.member for one in three), now=NOW)
    trust_custodians(anna.actor, custodian_set=custodians(anna.actor).id, now=NOW)
    return anna


def stores_written(action):
    """In which stores an action writes, and how often it ends a transaction there."""
    seen = []

    def watching(execute, sql, params, many, context):
        verb = sql.split()[0].upper()
        if verb in {"INSERT", "UPDATE", "DELETE", "BEGIN"}:
            seen.append((context["connection"].alias, "begins" if verb == "BEGIN" else "writes"))
        return execute(sql, params, many, context)

    with connections["default"].execute_wrapper(watching), connections["keyring"].execute_wrapper(watching):
        action()
    return set(seen), sum(what == "begins" for _, what in seen)


def test_asking_in_a_name_that_nobody_has_writes_to_the_same_stores():
    with_custodians()
    ask_custodians(login="warm", now=NOW)
    written = [stores_written(lambda login=login: ask_custodians(login=login, now=NOW)) for login in ("anna", "nobody")]
    assert written[0] == written[1]
    assert {alias for alias, _ in written[0][0]} == {"default", "keyring"}


def test_requests_in_names_that_nobody_has_do_not_pile_up():
    for number in range(20):
        ask_custodians(login=f"nobody {number}", now=NOW)
    assert RecoveryRequest.objects.count() == 1


def test_the_token_of_a_request_does_not_tell_whether_the_name_exists():
    with_custodians()
    asked = [ask_custodians(login=login, now=NOW) for login in ("anna", "nobody", "nobody else")]
    for one in asked:
        refused(Reason.NO_CUSTODIANS, finish_recovery, token=one.token, new_password=NEW, now=NOW)
    assert len({one.fingerprint for one in asked}) == 3


def test_inventing_names_does_not_take_the_time_of_those_who_sign_in(monkeypatch):
    anna, runs, real = a_joined(an_administrator()), [], stretching.argon2.Argon2id

    def counting(**settings):
        runs.append(settings)
        return real(**settings)

    monkeypatch.setattr(stretching.argon2, "Argon2id", counting)
    for number in range(MOST_STRANGERS_A_MINUTE + 20):
        arguments = {"login": f"nobody {number}", "typed": RecoveryCode.new().digits(), "new_password": NEW}
        with pytest.raises(RefusedError):
            recover_with_code(**arguments, code="000000", now=LATER)
    assert len(runs) == MOST_STRANGERS_A_MINUTE
    assert sign_in(anna, now=LATER)


def test_who_has_the_printed_code_alone_cannot_guess_codes_day_and_night():
    anna = a_joined(an_administrator())
    paper = {"login": "anna", "typed": Secret(anna.printed), "new_password": NEW}
    at, tries = LATER, 0
    while at < LATER + timedelta(hours=3):
        right = {code_at(anna.totp, step_of(at) + step) for step in (-1, 0, 1)}
        wrong = next(code for code in ("000000", "000001", "000002", "000003") if code not in right)
        with pytest.raises(RefusedError) as error:
            recover_with_code(**paper, code=wrong, now=at)
        tries += error.value.reason is Reason.WRONG
        at += timedelta(minutes=2)
    assert tries == MOST_WRONG_A_DAY
    told = [line for line in read_system_trail(anna.actor) if line.kind is Happened.PRINTED_CODE_GUESSED_WITH]
    assert [(line.by, line.about) for line in told] == [(None, anna.actor.member)]
    refused(Reason.TOO_OFTEN, recover_with_code, **paper, code=code_at(anna.totp, step_of(at)), now=at)
    another_day = at + timedelta(days=1)
    recover_with_code(**paper, code=code_at(anna.totp, step_of(another_day)), now=another_day)


def test_a_wrong_printed_code_keeps_nobody_from_the_right_one():
    anna = a_joined(an_administrator())
    at = LATER
    for _ in range(MOST_WRONG_A_DAY + 5):
        wrong = {"login": "anna", "typed": RecoveryCode.new().digits(), "new_password": NEW}
        refused(Reason.WRONG, recover_with_code, **wrong, code=code_at(anna.totp, step_of(at)), now=at)
        at += timedelta(minutes=2)
    right = {"login": "anna", "typed": Secret(anna.printed), "new_password": NEW}
    recover_with_code(**right, code=code_at(anna.totp, step_of(at)), now=at)
    assert sign_in(anna, password=NEW.reveal(), now=at + timedelta(minutes=2)).member == anna.actor.member


def test_who_has_the_password_alone_cannot_guess_codes_day_and_night():
    anna = a_joined(an_administrator())
    at, tries = LATER, 0
    while at < LATER + timedelta(hours=3):
        token = begin_sign_in(login="anna", password=Secret(PASSWORD), now=at)
        for _ in range(5):
            right = {code_at(anna.totp, step_of(at) + step) for step in (-1, 0, 1)}
            wrong = next(code for code in ("000000", "000001", "000002", "000003") if code not in right)
            with pytest.raises(RefusedError) as error:
                finish_sign_in(token=token, code=wrong, now=at)
            tries += error.value.reason is Reason.WRONG
        at += timedelta(minutes=10)
    assert tries == MOST_WRONG_A_DAY
    browser = known_browser(anna.actor.member)
    token = begin_sign_in(login="anna", password=Secret(PASSWORD), now=at, browser=browser)
    code = code_at(anna.totp, step_of(at))
    assert finish_sign_in(token=token, code=code, now=at, browser=browser).member == anna.actor.member
