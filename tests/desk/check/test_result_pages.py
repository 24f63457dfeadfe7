"""The pages of a result: small, complete, in four languages; nothing is written by looking at them."""

import re
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from safeconduct.desk.project.crisis import CrisisContact
from tests.desk.check.finding_out import a_run, carrying, position_of
from tests.desk.check.test_result import matters
from tests.desk.contact.visiting import LANGUAGES, Reading, Visitor, rows

MOST_BYTES = 30_000


def visit(run, language="en"):
    return carrying(Visitor(language), run)


def address(run, page="result"):
    return f"/c/{run.id}/{page}"


@cache
def pages(language="en"):
    """Every page of the result of alex, the first one first, as it is sent."""
    from django.template.loader import render_to_string
    from django.test import RequestFactory
    from django.utils.translation import override

    from safeconduct.desk.check.views.result import found_in, page_values

    run, request = a_run(), RequestFactory().get("/")
    with override(language):
        found = found_in(run)
        numbers = range(1, len(found.pages.further) + 1)
        further = [render_to_string("check/result_page.html", page_values(run, found, one), request) for one in numbers]
    return (visit(run, language).get(address(run)).content.decode(), *further)


def loaded(page):
    """What a page weighs with all that it loads."""
    visitor = Visitor()
    return len(page.encode()) + sum(len(visitor.get(one).getvalue()) for one in Reading(page).loads)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_that_matters_is_on_one_page_and_every_page_is_small(open_site, language):
    assert max(loaded(page) for page in pages(language)) <= MOST_BYTES
    found = [name for page in pages(language) for name in re.findall(r'<article class="finding" id="([^"]+)"', page)]
    notes = {one.id for one in position_of().findings if one.practice}
    assert len(found) == len(set(found))
    assert {one.id for one in position_of().findings if matters(one)} - set(found) <= notes
    assert "KZ-ASY-2" in found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["result", "print", "helper", "continue"])
def test_a_person_who_told_nothing_is_shown_every_page(open_site, language, page):
    response = visit(run := a_run(None), language).get(address(run, page))
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"


#   before                               after
ORDER = [
    ("No lawyer has read them",          "What you can do now"),
    ("What you can do now",              "Terms and their days"),
    ("Write to them with these answers", "Terms and their days"),
    ("Terms and their days",             "What is uncertain, and on what it depends"),
    ("What is uncertain",                "Ways to protection"),
    ("Ways to protection",               "What will change, and when"),
    ("What will change, and when",       "What you may be accused of"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), ORDER)
def test_the_first_page_says_what_helps_before_what_frightens(open_site, before, after):
    page = pages()[0]
    assert page.index(before) < page.index(after)


def test_what_somebody_may_be_accused_of_stands_behind_a_fold(open_site):
    page = pages()[0]
    fold = page[page.index('<details class="fold">') :]
    assert "Absence over a month, or desertion" in fold
    assert "Absence over a month, or desertion" not in page[: -len(fold)]


def test_addresses_of_sources_are_text_and_no_links(open_site):
    links = [link["href"] for page in pages() for link in Reading(page).links]
    assert not [link for link in links if "://" in link and "wikipedia" not in link]
    whole = "".join(pages())
    assert "Opening an address tells that site about you" in whole
    assert "https://www.gov.kz/situations/247/intro?lang=en" in whole


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_the_english_stands_beside_terms_until_a_speaker_has_checked_them(open_site, language):
    page = pages(language)[0]
    beside = re.findall(r'<p class="english" lang="en">([^<]+)</p>', page)
    assert any(one.startswith("Being late is not known to bar an application") for one in beside)


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_are_written_as_the_language_writes_them(open_site, language):
    page = pages(language)[0]
    told = {
        "en": "28 September 2022",
        "ru": "28 сентября 2022",
        "uk": "28 вересня 2022",
        "kk": "2022\u202fж. 28 қыркүйек",
    }
    assert told[language] in page
    assert "2022-09-28" not in page


@pytest.mark.security
def test_looking_writes_nothing_and_sends_no_cookie_but_that_of_forms(open_site):
    run = a_run()
    before = rows(to_the_second=True)
    for page in ("result", "result/1", "print", "helper", "square"):
        response = visit(run).get(address(run, page))
        # The form that changes the language has a mark against forgery; nothing else is sent.
        assert set(response.cookies) <= {"__Host-form-contact"}
    assert rows(to_the_second=True) == before


@pytest.mark.security
@pytest.mark.parametrize("page", ["result", "result/1", "print", "helper", "square", "continue"])
def test_without_its_state_every_page_begins_again(open_site, page):
    mine, other = a_run(), a_run()
    for visitor in (Visitor(), visit(other)):
        response = visitor.get(address(mine, page))
        assert (response.status_code, "Please start again" in response.content.decode()) == (410, True)


def test_a_page_that_there_is_not_leads_to_the_first(open_site):
    response = visit(run := a_run()).get(address(run, "result/999"))
    assert (response.status_code, response["Location"]) == (303, address(run))


#   checked          shown
CRISIS = [
    (timedelta(0),   True),
    (timedelta(180), True),
    (timedelta(181), False),   # nobody knows whether somebody still answers there
    (timedelta(-1),  False),   # a day to come is a slip
]  # fmt: skip


@pytest.mark.parametrize(("ago", "is_shown"), CRISIS)
def test_a_contact_for_a_crisis_is_shown_while_it_was_checked_lately(
    open_site, contact_site, settings_of, ago, is_shown
):
    from safeconduct.desk.project.clock import today

    contact = CrisisContact(text={"en": "Somebody listens, day and night"}, contact="+7 000", checked=today() - ago)
    settings_of(replace(contact_site, crisis=(contact,)))
    page = visit(run := a_run(), "ru").get(address(run)).content.decode()
    assert ("Somebody listens" in page, "+7 000" in page) == (is_shown, is_shown)


def test_paper_says_first_that_it_can_be_found(open_site):
    page = visit(run := a_run()).get(address(run, "print")).content.decode()
    main = page[page.index("<main") :]
    assert main.index("Paper can be found") < main.index("<h1>")
    assert "Kazakhstan" in main
