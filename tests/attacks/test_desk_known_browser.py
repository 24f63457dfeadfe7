"""Who copied the cookie of a browser that is known gets no more tries by spelling it in other ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.desk.members.actions.begin_sign_in import MOST_TRIES, begin_sign_in, is_known, known_browser
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.values.secret import Secret
from tests.desk.builders import LATER
from tests.desk.members.joining import a_joined, an_administrator

pytestmark = [pytest.mark.security, pytest.mark.usefixtures("desk")]
ALPHABET = "".join(map(chr, range(128))) + "äя=\u200b"


def answer(login, browser):
    try:
        begin_sign_in(login=login, password=Secret("not the password"), now=LATER, browser=browser)
    except RefusedError as refused:
        return refused.reason
    return None


@pytest.mark.parametrize(
    "spelt", [lambda browser, n: f"{browser[:7]}{'.' * n}{browser[7:]}", lambda one, n: one + "=" * n]
)
def test_a_copied_cookie_spelt_in_other_ways_is_counted_as_one(spelt):
    anna = a_joined(an_administrator())
    browser = known_browser(anna.actor.member)
    assert is_known(browser, member=anna.actor.member)
    answers = [answer("anna", spelt(browser, number)) for number in range(MOST_TRIES + 5)]
    # The first is the cookie itself; every other spelling is a stranger's, and these are counted together.
    assert answers == [Reason.WRONG] * (MOST_TRIES + 1) + [Reason.TOO_OFTEN] * 4


def test_no_spelling_but_its_own_is_known():
    member = a_joined(an_administrator()).actor.member
    browser = known_browser(member)

    @given(st.integers(0, len(browser)), st.text(ALPHABET, min_size=1, max_size=3), st.booleans())
    def changed(place, put, replacing):
        other = browser[:place] + put + browser[place + len(put) * replacing :]
        assert is_known(other, member=member) == (other == browser)

    changed()
    for old, new in (("-", "+"), ("_", "/"), ("=", "")):
        assert old not in browser or not is_known(browser.replace(old, new), member=member)
