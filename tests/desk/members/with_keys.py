"""Members who have security keys."""

from safeconduct.desk.members.actions.add_key import Answer, add_key, begin_key
from safeconduct.desk.members.actions.begin_sign_in import begin_sign_in
from safeconduct.desk.members.actions.sign_in_with_key import ask_key
from safeconduct.desk.refusals import RefusedError
from safeconduct.values.secret import Secret
from tests.desk.builders import LATER, NOW
from tests.desk.members.a_security_key import HOST, AKey


def registered(joined, *, name="blue", host=HOST, now=NOW, **values):
    """A key that a member registered."""
    key = AKey(**values)
    asked = begin_key(joined.actor, host=host, now=now)
    answer = Answer(token=asked.token, text=key.made(asked.options), name=name, host=host)
    try:
        add_key(joined.actor, answer, now=now)
    except RefusedError as error:
        raise AssertionError(error.reason.value) from error
    return key


def begun(joined, now=LATER):
    """The token of a sign-in whose password was right."""
    return begin_sign_in(login=joined.login, password=Secret(joined.password), now=now)


def ask(token, now=LATER):
    """What the browser is asked for."""
    return ask_key(token=token, host=HOST, now=now)
