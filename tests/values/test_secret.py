"""A secret leaves by `reveal` and by no other way."""

import copy
import io
import json
import logging
import pickle
import traceback
from dataclasses import asdict, dataclass
from functools import cache

import pytest

from safeconduct.values.secret import Secret

MARK = "kestrel-4711"


@dataclass(frozen=True, eq=False)
class Holder:
    name: str
    key: Secret[str]


@cache
def remembered(secret):
    return secret


# What somebody might do without thinking, one row each.
REFUSED = [
    ("str",             str),
    ("f-string",        lambda secret: f"{secret}"),
    ("width",           lambda secret: f"{secret:>20}"),
    ("percent",         lambda secret: "%s" % secret),  # noqa: UP031 -- the old way must be refused too
    ("format",          "{}".format),
    ("join",            lambda secret: " ".join([secret, "and more"][:1])),
    ("print",           lambda secret: print(secret, file=io.StringIO())),
    ("equal",           lambda secret: secret == Secret(MARK)),
    ("unequal",         lambda secret: secret != Secret(MARK)),
    ("equal to value",  lambda secret: secret == MARK),
    ("in a list",       lambda secret: [secret, secret].count(Secret(MARK))),
    ("truth",           bool),
    ("or a default",    lambda secret: secret or MARK),
    ("hash",            hash),
    ("dictionary key",  lambda secret: {secret: 1}),
    ("set",             lambda secret: {secret}),
    ("cache",           remembered),
    ("pickle",          pickle.dumps),
    ("copy",            copy.copy),
    ("deep copy",       copy.deepcopy),
    ("as a dictionary", lambda secret: asdict(Holder("a", secret))),
    ("JSON",            json.dumps),
    ("bytes",           bytes),
    ("length",          len),
    ("item",            lambda secret: secret[0]),
    ("loop",            list),
    ("attributes",      vars),
    ("subclass",        lambda secret: type("Open", (type(secret),), {})),
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize(("way", "attempt"), REFUSED, ids=[way for way, _ in REFUSED])
def test_a_secret_refuses(way, attempt):
    with pytest.raises(TypeError) as refusal:
        attempt(Secret(MARK))
    assert MARK not in str(refusal.value)


def test_a_secret_reveals_its_value():
    assert Secret(MARK).reveal() == MARK


@pytest.mark.security
@pytest.mark.parametrize("shown", [repr(Secret(MARK)), repr([Secret(MARK)]), f"{Secret(MARK)!r}", ascii(Secret(MARK))])
def test_a_secret_shows_nothing(shown):
    assert "<secret>" in shown
    assert MARK not in shown


@pytest.mark.security
def test_a_dataclass_around_a_secret_shows_nothing():
    assert repr(Holder("a", Secret(MARK))) == "Holder(name='a', key=<secret>)"


@pytest.mark.security
def test_a_secret_among_the_names_of_an_error_report_shows_nothing():
    def fail():
        key = Secret(MARK)
        raise ValueError(repr(key))

    with pytest.raises(ValueError, match="<secret>") as caught:
        fail()
    report = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert "key = <secret>" in report
    assert MARK not in report


@pytest.mark.security
def test_a_secret_in_a_log_line_is_not_written(caplog):
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("desk").debug("opened with %r", Secret(MARK))
    assert "opened with <secret>" in caplog.text
    assert MARK not in caplog.text


def change(secret):
    secret._value = "another"


def add(secret):
    secret.note = "more"


def remove(secret):
    del secret._value


@pytest.mark.parametrize("attempt", [change, add, remove])
def test_a_secret_does_not_change(attempt):
    secret = Secret(MARK)
    with pytest.raises(AttributeError):
        attempt(secret)
    assert secret.reveal() == MARK
