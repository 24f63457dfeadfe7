"""A saved position beside the position now, and a position on paper: what each shows, to whom, and what it notes."""

from dataclasses import replace

import pytest
from django.conf import settings

from safeconduct.desk.cases.actions.compare_position import compare_position
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.comparing import Fate, Why
from safeconduct.desk.cases.keeping import Kind, read_kinds, rewrite
from safeconduct.desk.project.clock import today
from tests.desk.office.at_work import Page, small_law
from tests.desk.office.test_pages import law_without
from tests.desk.office.whole_case import at_work

__all__ = ["at_work"]
LANGUAGES = ("en", "ru", "uk", "kk")


def here(parts, end=""):
    return f"/cases/{parts['case']}/{end}"


def him(parts, end=""):
    return here(parts, f"people/{parts['person']}/{end}")


def compared(at_work, on=None):
    from uuid import UUID

    actor = at_work.people["anna"].actor
    parts = at_work.parts
    return compare_position(actor, case=UUID(parts["case"]), position=UUID(parts["position"]), on=on or today())


def tell(browser, parts, group="person", **fields):
    told = {name.replace("__", "."): value for name, value in fields.items()}
    answer = browser.post(him(parts, f"facts/{group}/"), {**told, "said_by": "he himself", "on": "2026-11-22"})
    assert answer.status_code == 302


def test_where_nothing_changed_the_page_says_so(at_work):
    found = compared(at_work)
    assert (found.differences, found.since.is_alike, found.is_same_law, found.is_split) == ((), True, True, True)
    page = Page(at_work.browser("anna").get(here(at_work.parts, f"positions/{at_work.parts['position']}/compare/")))
    assert "No answer and no deadline is otherwise." in page.text
    assert "Nothing: the tellings are the same." in page.text


def test_new_facts_are_named_and_what_they_changed_is_because_of_them(at_work):
    browser = at_work.browser("anna")
    tell(browser, at_work.parts, f__birth_date="1960", f__citizenships="KZ")
    tell(browser, at_work.parts, "xx", f__harbour_resident="no")
    docked = {"e.on": "2026-11-20", "said_by": "he himself", "on": "2026-11-22"}
    assert browser.post(him(at_work.parts, "events/new/docked/"), docked).status_code == 302
    found = compared(at_work)
    assert found.since.facts == ("birth_date", "citizenships", "harbour_resident")
    assert len(found.since.events) == 1
    assert found.differences
    assert {why for one in found.differences for why in one.why} == {Why.TOLD}
    page = Page(browser.get(here(at_work.parts, f"positions/{at_work.parts['position']}/compare/"))).text
    for words in (
        "date of birth Then: 1993 Now: 1993 · 1960",
        "because of what was told",
        "Kazakhstan (KZ)",
        "docked Then: nothing Now:",
    ):
        assert words in page
    assert "because of the law" not in page
    moved = {one.finding: one for one in found.differences}["XX-DL-3"]
    assert (moved.before.act_by, moved.after.act_by is not None) == (None, True)
    assert moved.after.act_by.isoformat() in page.split("Deadlines that are otherwise")[1]


def test_new_law_is_told_apart_from_new_facts(at_work, settings_of):
    settings_of(replace(settings.DESK, law=law_without("xx/forms.md")))
    found = compared(at_work)
    assert not found.is_same_law
    assert found.since.is_alike
    assert {one.finding: (one.fate, one.why) for one in found.differences}["XX-FORM-1"] == (Fate.WENT, (Why.LAW,))
    assert {why for one in found.differences for why in one.why} == {Why.LAW}
    page = Page(at_work.browser("anna").get(here(at_work.parts, f"positions/{at_work.parts['position']}/compare/")))
    title = small_law().provisions["XX-FORM-1"].title
    assert f"{title} XX-FORM-1 This provision is no longer in the law pages." in page.text
    assert "because of the law" in page.text


def test_another_day_is_told_apart_from_both(at_work):
    browser, address = at_work.browser("anna"), here(at_work.parts, f"positions/{at_work.parts['position']}/compare/")
    page = Page(browser.post(address, on="2010-01-01")).text
    assert "Now Day asked 2026-11-22 2010-01-01" in page
    assert "because of another day" in page
    assert "because of the law" not in page
    assert browser.post(address, on="soon").status_code == 409
    assert "2010" not in address


def test_a_position_of_an_older_version_is_compared_by_its_answers(at_work):
    from uuid import UUID

    from safeconduct.desk.cases.holding import hold

    held = hold(at_work.people["anna"].actor, UUID(at_work.parts["case"]))
    for row, saved in read_kinds(held.internal, Kind.POSITION):
        older = {
            name: told for name, told in saved.items() if name not in {"deadlines", "penalties", "stays", "titles"}
        }
        rewrite(held.internal, row, older)
    found = compared(at_work)
    assert (found.has_days, found.differences) == (False, ())
    page = Page(at_work.browser("anna").get(here(at_work.parts, f"positions/{at_work.parts['position']}/compare/")))
    assert "saved by an older version" in page.text


def test_a_position_without_its_penalties_says_so(at_work):
    from uuid import UUID

    from safeconduct.desk.cases.holding import hold

    held = hold(at_work.people["anna"].actor, UUID(at_work.parts["case"]))
    for row, saved in read_kinds(held.internal, Kind.POSITION):
        kept = {name: told for name, told in saved.items() if name not in {"penalties", "stays", "titles"}}
        rewrite(held.internal, row, kept)
    found = compared(at_work)
    assert (found.has_days, found.is_whole, found.differences) == (True, False, ())
    page = Page(at_work.browser("anna").get(here(at_work.parts, f"positions/{at_work.parts['position']}/compare/")))
    assert "without penalties and days of stay" in page.text


def test_what_the_law_in_use_cannot_read_is_not_told_apart(at_work, settings_of):
    law = small_law()
    facts = {name: fact for name, fact in law.vocabulary.facts.items() if name != "sex"}
    browser = at_work.browser("anna")
    assert browser.post(him(at_work.parts, "told/back/"), what="sex").status_code == 302
    settings_of(
        replace(settings.DESK, law=replace(law, digest="0" * 64, vocabulary=replace(law.vocabulary, facts=facts)))
    )
    found = compared(at_work)
    assert not found.is_split
    assert all(set(one.why) <= {Why.LAW, Why.TOLD, Why.DAY} for one in found.differences)
    page = Page(browser.get(here(at_work.parts, f"positions/{at_work.parts['position']}/compare/"))).text
    assert "are not told apart here" in page


def test_what_contradicts_itself_is_not_compared_and_not_printed(at_work):
    browser, who = at_work.browser("anna"), {"said_by": "a friend", "on": "2026-11-21"}
    browser.post(him(at_work.parts, "events/new/enlisted/"), {"e.on": "2022-09-01", **who})
    browser.post(him(at_work.parts, "events/new/mobilised/"), {"e.on": "2024-09-01", **who})
    address = here(at_work.parts, f"positions/{at_work.parts['position']}/compare/")
    before = len(trail(at_work))
    for answer in (browser.get(address), browser.post(him(at_work.parts, "print/"), on="2026-11-22")):
        assert answer.status_code == 409
        assert "contradicts itself" in Page(answer).text
    assert len(trail(at_work)) == before


def trail(at_work):
    from uuid import UUID

    return open_case(at_work.people["anna"].actor, case=UUID(at_work.parts["case"])).trail


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_comparison_says_everything_in_the_language_of_the_page(at_work, language):
    browser = at_work.browser("anna", language=language)
    tell(browser, at_work.parts, f__birth_date="1960")
    tell(browser, at_work.parts, "xx", f__harbour_resident="no")
    page = browser.get(here(at_work.parts, f"positions/{at_work.parts['position']}/compare/")).content.decode()
    names = {"en": "date of birth", "ru": "дата рождения", "uk": "дата народження", "kk": "туған күні"}
    assert names[language] in page
    assert ("because of what was told" in page) == (language == "en")


FIRST = {
    "en": "This paper can be found.",
    "ru": "Эту бумагу могут найти.",
    "uk": "Цей папір можуть знайти.",
    "kk": "Бұл қағазды біреу тауып алуы мүмкін.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paper_begins_with_that_it_can_be_found(at_work, language):
    answer = at_work.browser("anna", language=language).post(him(at_work.parts, "print/"), on="2026-11-22")
    assert answer.status_code == 200
    main = answer.content.decode().split('<main id="main" tabindex="-1">')[1]
    assert main.strip().startswith(f'<div class="paper"><p class="first"><strong>{FIRST[language]}')


def test_a_paper_holds_the_receipt_what_was_told_by_whom_and_every_source(at_work):
    browser, digest = at_work.browser("anna"), settings.DESK.law.digest
    answer = browser.post(him(at_work.parts, "print/"), on="2023-12-12")
    page = Page(answer)
    for words in (
        "2023-12-12", digest, "Alex", "date of birth 1993 his sister, 2026-11-22", "leaving the unit when: 2022-10",
        "It did not happen: discharge from service", "What is not known", "how sure:", "C: background knowledge",
    ):  # fmt: skip
        assert words in page.text.replace(" ,", ","), words
    assert not [told for tag, told in page.tags if tag == "a" and "://" in told.get("href", "")]
    assert {told["href"] for tag, told in page.tags if tag == "a"} == {"#main", him(at_work.parts, "position/")}
    assert answer.headers["Cache-Control"] == "no-store"
    assert "The man from Almaty" not in page.text


def test_a_paper_is_noted_in_the_trail_and_the_day_asked_in_no_address(at_work):
    browser = at_work.browser("anna")
    assert browser.get(him(at_work.parts, "print/")).status_code == 404
    before = len(trail(at_work))
    assert browser.post(him(at_work.parts, "print/"), on="2023-12-12").status_code == 200
    (line,) = trail(at_work)[before:]
    assert (line.verb, str(line.about)) == ("position-printed", at_work.parts["person"])
    assert "made a paper of the position of Alex" in Page(browser.get(here(at_work.parts, "trail/"))).text
    assert browser.post(him(at_work.parts, "print/"), on="some day").status_code == 409


@pytest.mark.security
@pytest.mark.parametrize(("consent", "said"), [("not_known", "Ask, and note it first"), ("refused", "refused")])
def test_a_paper_of_somebody_who_does_not_agree_is_not_made(at_work, consent, said):
    browser = at_work.browser("anna")
    browser.post(him(at_work.parts, "consent/"), consent=consent)
    before = len(trail(at_work))
    answer = browser.post(him(at_work.parts, "print/"), on="2023-12-12")
    assert answer.status_code == 409
    assert said in Page(answer).text
    assert 'class="paper"' not in answer.content.decode()
    assert len(trail(at_work)) == before
