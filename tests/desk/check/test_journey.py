"""A person walks through the check with a browser of text: forward, back, in two tabs, and until it ends."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from tests.desk.check.browsing import TextBrowser
from tests.desk.check.small_site import contact_site, open_site, small_site

__all__ = ["contact_site", "open_site", "small_site"]
pytestmark = pytest.mark.usefixtures("small_site")


@pytest.fixture
def visitor():
    return TextBrowser()


def answer(visitor, **told):
    """Send a reply to the question of the page."""
    visitor.send(**told)
    return visitor


def until(visitor, name):
    """Say nothing until a question is put."""
    for _ in range(60):
        if visitor.asked == name:
            return visitor
        visitor.send(answer="unknown")
    raise AssertionError(name)


def test_the_first_page_says_what_it_is_and_begins_nothing(visitor):
    visitor.open("/c/")
    assert "We store nothing" in visitor.text
    assert "No lawyer has read these pages" in visitor.text
    assert {name for name, _ in visitor.cookies_set} == {"__Host-form-contact"}


def test_it_begins_at_an_address_of_its_own_whose_cookie_goes_nowhere_else(visitor):
    run = visitor.begin()
    assert re.fullmatch(r"/c/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", run)
    assert visitor.address == f"{run}/1"
    assert ("__Secure-c", f"{run}/") in visitor.jar
    assert visitor.asked == "events"
    assert "Question 1. Clear so far: 0 %." in visitor.text


def test_every_question_offers_not_to_know_not_to_say_and_the_result(visitor):
    run = visitor.begin()
    for _ in range(60):
        offered = visitor.page.forms[0]["offered"]
        assert {"unknown", "withheld"} <= set(offered["answer"])
        assert f"{run}/result" in visitor.page.links
        assert f"{run}/x" in visitor.page.links
        visitor.send(answer="unknown")
        if visitor.address == f"{run}/result":
            break
    assert visitor.address == f"{run}/result"
    assert visitor.answer.status_code == 200


def test_a_browser_of_text_finishes_the_check_with_real_replies(visitor):
    run = visitor.begin()
    replies = {
        "events": {"v": ["left_unit", "entered"]},
        "entered": {"answer": "yes", "on__year": "2023", "on__month": "05", "where__other": "Казахстан"},
        "left_unit.on": {"on__year": "2022", "on__month": "09", "on__day": "21"},
        "birth_date": {"v__age": "30"},
        "citizenships": {"v": ["RU"], "v__other": "Uzbekistan"},
        "fitness": {"answer": "V"},
        "permit": {"r0__kind": "temporary", "r0__from__year": "2023"},
        "children": {"r1__dependent": "yes", "r1__birth_date__year": "2015"},
        "weeks": {"v": "5"},
    }
    put = []
    while not visitor.address.endswith("/result"):
        put.append(visitor.asked)
        assert len(put) < 60
        visitor.send(**replies.get(visitor.asked, {"answer": "unknown"}))
        if "We take this as:" in visitor.text:
            visitor.send(right="yes")
        assert visitor.answer.status_code == 200, (put[-1], visitor.text)
    assert set(put) >= {"events", "entered", "citizenships", "birth_date"}
    assert visitor.address == f"{run}/result"


def test_the_bar_never_falls_and_never_leaps(visitor):
    visitor.begin()
    shares = [0]
    while not visitor.address.endswith("/result"):
        visitor.send(answer="unknown")
        found = re.search(r"Clear so far: (\d+) %", visitor.text)
        shares.append(int(found[1]) if found else 100)
    assert shares == sorted(shares)
    assert max(after - before for before, after in pairwise(shares[:-1])) <= 12
    assert max(shares[:-1]) <= 95


# --- replies that cannot be used -----------------------------------------------------------------------------------

#    question         what is sent                                        what is said
REFUSED = [
    ("events",        {},                                                 "Choose a reply."),
    ("events",        {"v": ["left_unit"], "answer": "none"},             "You ticked something"),
    ("events",        {"v": ["left_unit"], "answer": "unknown"},          "You wrote something"),
    ("events",        {"v": ["nothing"]},                                 "That reply is not offered here."),
    ("events",        {"answer": "told"},                                 "Choose a reply."),
    ("events",        {"answer": "perhaps"},                              "That reply is not offered here."),
    ("birth_date",    {"on__year": "22"},                                 "Write the year with four digits"),
    ("birth_date",    {"on__month": "05"},                                "Write the year too"),
    ("birth_date",    {"on__year": "1994", "on__day": "3"},               "Choose the month"),
    ("birth_date",    {"on__year": "1994", "on__month": "02", "on__day": "30"}, "There is no such day"),
    ("birth_date",    {"on__year": "1994", "v__age": "30"},               "You wrote something"),
    ("birth_date",    {"on__year": "1994", "on__last__year": "1990"},     "The last day stands before"),
    ("birth_date",    {"on__month": "autumn", "on__year": "1994", "on__last__year": "1995"}, "Between two days"),
    ("birth_date",    {"v__age": "thirty"},                               "Write a number in digits"),
    ("birth_date",    {"v__age": "300"},                                  "Write the age in full years"),
    ("birth_date",    {"on__year": "1" * 70},                             "That is too long"),
    ("citizenships",  {"v__other": "Atlantis"},                           "We do not know this country"),
    ("weeks",         {"v": "five"},                                      "Write a number in digits"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "told", "said"), REFUSED)
def test_a_reply_that_cannot_be_used_is_explained_and_what_was_typed_stays(visitor, name, told, said):
    visitor.begin()
    address = until(visitor, name).address
    visitor.send(**told)
    assert (visitor.answer.status_code, visitor.address) == (422, address)
    assert said in visitor.text
    assert "Something is missing" in visitor.text
    for field, value in told.items():
        if field.startswith(("on__", "v__")) and len(value) < 60:
            assert visitor.page.forms[0]["sent"][field.replace("__", "-")] == [value]


def test_no_and_a_day_do_not_go_together(visitor):
    visitor.begin()
    visitor.send(v=["entered"])
    until(visitor, "entered").send(answer="no", on__year="2023")
    assert "You chose “No”" in visitor.text


def test_two_countries_for_one_are_too_many(visitor):
    visitor.begin()
    visitor.send(v=["entered"])
    until(visitor, "entered").send(answer="yes", on__year="2023", where="RU", where__other="KZ")
    assert (visitor.answer.status_code, "Choose one of them" in visitor.text) == (422, True)


def test_what_does_not_fit_together_is_explained_and_stays(visitor):
    visitor.begin()
    visitor.send(v=None, answer="unknown")
    until(visitor, "permit").send(r0__kind="temporary", r0__from__year="2023", r0__until__year="2022")
    assert (visitor.answer.status_code, visitor.asked) == (422, "permit")
    assert "This does not fit with what you told before." in visitor.text
    assert visitor.page.forms[0]["sent"]["r0-until-year"] == ["2022"]


# --- vague replies -------------------------------------------------------------------------------------------------

#    what is sent                                                      how it is taken
VAGUE = [
    ({"on__year": "1994", "on__month": "autumn"},                      "from 1 September 1994 to 30 November 1994"),
    ({"on__year": "1994", "on__about": "on"},                          "from 1993 to 1995"),
    ({"on__year": "1994", "on__month": "autumn", "on__about": "on"},   "from 1993 to 1995"),
    ({"on__year": "1994", "on__month": "05", "on__about": "on"},       "from April 1994 to June 1994"),
    ({"v__age": "30", "v__about": "on"},                               "28 to 32 years old on "),
    ({"v__age": "30"},                                                 "30 years old on "),
]  # fmt: skip


@pytest.mark.parametrize(("told", "taken"), VAGUE)
def test_a_vague_reply_is_read_back_and_used_only_after_yes(visitor, told, taken):
    visitor.begin()
    address = until(visitor, "birth_date").address
    visitor.send(**told)
    assert visitor.address == address
    assert taken in visitor.text
    visitor.send(right="no")
    assert (visitor.address, visitor.asked) == (address, "birth_date")
    assert "We take this as" not in visitor.text
    visitor.send(**told)
    visitor.send(right="yes")
    assert visitor.address != address
    visitor.open(address)
    assert taken in visitor.text


def test_a_day_between_two_and_an_exact_day_are_used_as_they_are(visitor):
    visitor.begin()
    address = until(visitor, "birth_date").address
    visitor.send(on__year="1994", on__month="05", on__last__year="1995")
    assert visitor.address != address
    visitor.open(address)
    sent = visitor.page.forms[0]["sent"]
    assert (sent["on-year"], sent["on-month"], sent["on-last-year"]) == (["1994"], ["05"], ["1995"])
    assert "You answered: from May 1994 to 1995" in visitor.text


# --- back, refresh, change, tabs -------------------------------------------------------------------------------------


def test_back_shows_the_earlier_question_with_its_reply_and_refresh_the_same_page(visitor):
    run = visitor.begin()
    visitor.send(v=["left_unit"])
    second = visitor.asked
    visitor.open(f"{run}/1")
    assert visitor.asked == "events"
    assert visitor.page.forms[0]["sent"]["v"] == ["left_unit"]
    assert visitor.page.forms[0]["sent"]["answer"] == ["told"]
    before = visitor.text
    visitor.open(f"{run}/1")
    assert visitor.text == before
    visitor.open(f"{run}/2")
    assert visitor.asked == second


def test_a_changed_reply_keeps_the_later_ones_that_still_fit(visitor):
    run = visitor.begin()
    visitor.send(v=["left_unit"])
    names = []
    for _ in range(6):
        names.append(visitor.asked)
        visitor.send(**({"answer": "A"} if visitor.asked == "fitness" else {"answer": "unknown"}))
    told = int(visitor.address.rpartition("/")[2])
    visitor.open(f"{run}/1")
    visitor.send(v=None, answer="none")
    now = int(visitor.address.rpartition("/")[2])
    of_the_unit = [name for name in names if name.startswith("left_unit")]
    assert now == told - len(of_the_unit)
    kept = []
    for number in range(2, now):
        visitor.open(f"{run}/{number}")
        kept.append(visitor.asked)
    assert kept == [name for name in names if name not in of_the_unit]


def test_a_step_that_is_not_there_yet_leads_to_the_one_that_is(visitor):
    run = visitor.begin()
    for number in (0, 2, 99, 10**40):
        visitor.open(f"{run}/{number}")
        assert visitor.address == f"{run}/1"
    assert visitor.client.get(f"{run}/-1").status_code == 404
    assert visitor.client.get(f"{run}/{'9' * 5000}").status_code == 404


def test_two_tabs_of_one_run_do_not_answer_one_question_with_another(visitor):
    run = visitor.begin()
    visitor.send(v=["left_unit"])
    while visitor.asked == "facts":
        visitor.send(answer="unknown")
    number = visitor.address.rpartition("/")[2]
    other = visitor.twin()
    other.open(f"{run}/{number}")
    assert other.asked.startswith("left_unit")
    visitor.open(f"{run}/1")
    visitor.send(v=["entered"])
    other.send(answer="unknown")
    assert other.address == f"{run}/{number}"
    assert not other.asked.startswith("left_unit")


def test_two_runs_at_once_know_nothing_of_each_other(visitor):
    first = visitor.begin()
    visitor.send(v=["left_unit"])
    other = visitor.twin()
    second = other.begin()
    assert first != second
    other.send(answer="none")
    visitor.open(f"{first}/1")
    assert visitor.page.forms[0]["sent"]["v"] == ["left_unit"]
    other.open(f"{second}/1")
    assert other.page.forms[0]["sent"]["answer"] == ["none"]


def test_the_quick_way_out_takes_the_cookie_of_the_run_along(visitor):
    run = visitor.begin()
    answer = visitor.client.get(f"{run}/x")
    assert answer.status_code == 303
    cookie = answer.cookies["__Secure-c"]
    assert (cookie["path"], cookie["max-age"], cookie.value) == (f"{run}/", 0, "")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'


def test_the_language_is_changed_in_the_middle_and_the_question_stays(visitor):
    visitor.begin()
    visitor.send(v=["left_unit"])
    address, asked = visitor.address, visitor.asked
    visitor.send(1, language="uk")
    assert (visitor.address, visitor.asked) == (address, asked)
    assert "Питання 2." in visitor.text
    before = visitor.jar["__Host-language", "/"]
    visitor.send(1, language="xx", number="9" * 50)
    assert visitor.jar["__Host-language", "/"] == before == "uk"
    assert visitor.address == address


# --- time ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def clock(monkeypatch):
    """A clock that can be set forward."""
    from safeconduct.desk.check import keeping
    from safeconduct.desk.check.views import begin, steps

    class Clock:
        moment = datetime(2026, 11, 22, 12, tzinfo=UTC)

    for module in (keeping, begin, steps):
        monkeypatch.setattr(module, "now", lambda: Clock.moment)
    monkeypatch.setattr(begin, "today", lambda: date(2026, 11, 22))
    return Clock


def test_a_run_ends_half_an_hour_after_its_last_step(visitor, clock):
    run = visitor.begin()
    clock.moment += timedelta(minutes=29)
    visitor.send(answer="none")
    clock.moment += timedelta(minutes=29)
    visitor.open(f"{run}/2")
    assert visitor.answer.status_code == 200
    clock.moment += timedelta(minutes=1, seconds=1)
    visitor.open(f"{run}/2")
    assert visitor.answer.status_code == 410
    assert "Please start again" in visitor.text


def test_a_cookie_sent_again_within_its_half_hour_shows_the_same_page(visitor, clock):
    run = visitor.begin()
    cookie = dict(visitor.jar)
    visitor.send(v=["left_unit"])
    visitor.jar.clear()
    visitor.jar.update(cookie)
    visitor.open(f"{run}/1")
    assert "You answered" not in visitor.text
    assert visitor.asked == "events"


def test_a_run_of_a_clock_that_went_back_is_over(visitor, clock):
    run = visitor.begin()
    clock.moment -= timedelta(minutes=1)
    visitor.open(f"{run}/1")
    assert visitor.answer.status_code == 410


# --- room ------------------------------------------------------------------------------------------------------------


def test_where_no_more_fits_a_page_says_so_and_what_was_told_stays(visitor, monkeypatch):
    from safeconduct.desk.check.views import steps

    run = visitor.begin()
    monkeypatch.setattr(steps, "fits", lambda _run: False)
    visitor.send(v=["left_unit"])
    assert visitor.answer.status_code == 422
    assert "There is no room for more" in visitor.text
    assert f"{run}/result" in visitor.page.links
    visitor.open(f"{run}/1")
    assert visitor.asked == "events"


@pytest.mark.parametrize("language", ["en", "ru", "uk", "kk"])
def test_it_is_walked_through_in_every_language(language):
    visitor = TextBrowser(language)
    visitor.begin()
    while not visitor.address.endswith("/result"):
        visitor.send(answer="unknown")
    assert visitor.answer.status_code == 200


def test_the_first_page_of_the_site_leads_here(visitor):
    visitor.open("/1")
    assert "/c/" in visitor.page.links
    assert "Check where you stand" in visitor.text
