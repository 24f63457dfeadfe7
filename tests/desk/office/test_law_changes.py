"""The page of cases that a change of law reaches: what it says of each, and never that nothing changed unseen."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.conf import settings

from safeconduct.desk.cases.actions.law_changed import AT_ONCE
from safeconduct.desk.cases.actions.people import Told, add_person, set_facts
from safeconduct.desk.cases.actions.position import save_position
from safeconduct.desk.cases.holding import hold
from safeconduct.desk.cases.keeping import read_kinds, rewrite
from safeconduct.desk.cases.values import Consent, Kind
from safeconduct.desk.office.views.law_changes import turns
from tests.desk.builders import TODAY
from tests.desk.cases.laws import MOVED, SAILED, SMALL, WHOLE, a_penalty, a_stay, other, without
from tests.desk.office.at_work import Page, office
from tests.desk.office.test_pages import law_without
from tests.desk.office.whole_case import addresses, at_work

__all__ = ["at_work", "office"]
SAME = "no answer, day, penalty or count of days is otherwise"
LIST = "/law-changed/"


def use(settings_of, law):
    settings_of(replace(settings.DESK, law=law))


def texts(browser, address=LIST):
    return Page(browser.get(address)).text


def noted(browser, parts, page):
    """Press the button of a case, as the page has it."""
    told = [values for tag, values in page.tags if tag == "input"]
    positions = [one["value"] for one in told if one.get("name") == "position"]
    law, start = page.value("law"), page.value("from")
    return browser.post(f"/cases/{parts['case']}/law-noted/", {"law": law, "position": positions, "from": start})


def saved_case(office, holder, *, people=1, facts=None, events=(), closed=()):
    case, _ = office.case(holder)
    for number in range(people):
        where = {"case": case, "now": office.clock.moment}
        person = add_person(holder.actor, pseudonym=f"Person {number}", consent=Consent.KNOWN, **where)
        told = Told(facts=facts or {"sex": "male", "birth_date": "1990"}, events=events, closed=closed)
        set_facts(holder.actor, person=person, told=told, said_by="he", on=TODAY, **where)
        save_position(holder.actor, person=person, on=TODAY, **where)
    return case


def test_a_provision_that_went_has_its_title_and_a_reason(at_work, settings_of):
    use(settings_of, law_without("xx/forms.md"))
    browser = at_work.browser("anna")
    assert "law changed" in texts(browser, "/cases/")
    assert "The law changed since a position was saved in 1 case." in texts(browser, "/inbox/")
    page = texts(browser)
    title = SMALL.provisions["XX-FORM-1"].title
    assert f"{title} XX-FORM-1 This provision is no longer in the law pages. Then: unknown" in page
    assert noted(browser, at_work.parts, Page(browser.get(LIST))).headers["Location"] == LIST
    assert "No saved position was made from other law pages." in texts(browser)


NO_PENALTIES = "An older version saved this position without penalties and days of stay."
NO_DAYS = "This position was saved by an older version, without the days of its deadlines."
#   what an older version did not keep                       what the page says of it
OLDER = [
    (("titles", "penalties", "stays"),                        NO_PENALTIES),
    (("titles", "penalties", "stays", "deadlines"),           NO_DAYS),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "words"), OLDER)
def test_of_a_position_of_an_older_version_the_page_says_what_was_not_compared(at_work, settings_of, parts, words):
    held = hold(at_work.people["anna"].actor, UUID(at_work.parts["case"]))
    for row, saved in read_kinds(held.internal, Kind.POSITION):
        rewrite(held.internal, row, {name: told for name, told in saved.items() if name not in parts})
    use(settings_of, replace(SMALL, digest="e" * 64))
    page = texts(at_work.browser("anna"))
    assert words in page
    assert "What was kept of this position is not otherwise." in page
    assert SAME not in page
    use(settings_of, law_without("xx/forms.md"))
    page = texts(at_work.browser("anna"))
    assert "XX-FORM-1 This provision is no longer in the law pages." in page
    assert words in page


def test_only_where_all_was_kept_and_worked_out_the_page_says_that_nothing_is_otherwise(at_work, settings_of):
    use(settings_of, replace(SMALL, digest="e" * 64))
    assert SAME in texts(at_work.browser("anna"))


def test_a_provision_that_does_not_concern_the_person_any_more_says_so(office, settings_of):
    anna = office.member("anna")
    saved_case(office, anna, facts={"harbour_resident": "no"})
    browser = office.browser(anna)
    use(settings_of, other(XX_FORM_2={"concerns": SMALL.provisions["XX-CALL-1"].concerns}))
    page = texts(browser)
    assert "lamps and wards XX-FORM-2 Then: unknown Why XX-FORM-2 it concerns other people" in page
    assert "no longer in the law pages" not in page


def test_a_law_that_came_to_be_is_listed_with_the_lines_that_decide(at_work, settings_of):
    browser, parts = at_work.browser("clara"), at_work.other
    him = f"/cases/{parts['case']}/people/{parts['person']}/"
    use(settings_of, law_without("xx/forms.md"))
    browser.post(f"{him}position/save/", on="2026-11-22")
    use(settings_of, SMALL)
    page = texts(browser)
    assert "What came, and is not known yet" in page
    assert "XX-FORM-1 unknown" in page


PENALTY = other(XX_ABS_3=a_penalty(SMALL, "XX-ABS-3", most_months=144))
#   the law       what the page says
SHOWN = [
    (MOVED[0][0], ("2027-11-19 → it is not known whether it runs 2027-10-19",)),
    (PENALTY,     ("Penalty: Then: imprisonment of 60 to 120 months Now: imprisonment of 60 to 144 months",)),
    (other(XX_FORM_6=a_stay(SMALL, "XX-FORM-6", most_days=14)),
     ("Then: 10 days in each 30 . The safe day: 2026-11-19 . Days left: 0 to 0",
      "Now: 14 days in each 30 . The safe day: 2026-11-23 . Days left: 1 to 1")),
    (other(XX_ABS_1=a_penalty(SMALL, "XX-ABS-1", alternatives=("two fines of the port",))),
     ("Then: a fine of the port Now: two fines of the port",)),
    (other(XX_ABS_2={"penalty": None}),
     ("Penalty: Then: imprisonment of 0 to 60 months; service in a port battalion Now: nothing",)),
]  # fmt: skip


@pytest.mark.parametrize(("law", "words"), SHOWN)
def test_what_the_law_moved_stands_there_as_it_was_and_as_it_is(office, settings_of, law, words):
    anna = office.member("anna")
    case = saved_case(office, anna, events=SAILED, closed=WHOLE)
    browser = office.browser(anna)
    use(settings_of, law)
    page = texts(browser)
    for one in words:
        assert one in page
    position = Page(browser.get(LIST)).value("position")
    compared = texts(browser, f"/cases/{case}/positions/{position}/compare/")
    for one in words:
        assert one in compared


def test_of_twenty_five_cases_no_page_says_that_nothing_changed(office, settings_of):
    anna = office.member("anna")
    cases = {str(saved_case(office, anna)) for _ in range(AT_ONCE + 5)}
    browser = office.browser(anna)
    use(settings_of, other(XX_FORM_1=None))
    address, seen, pages = LIST, set(), 0
    while address:
        page = Page(browser.get(address))
        worked_out = page.text.count("Then: unknown")
        assert SAME not in page.text
        assert worked_out >= 1
        assert page.text.count("I know of it") == worked_out
        seen |= {case for case in cases if f"/cases/{case}/law-noted/" in page.forms()}
        further = [told["href"] for tag, told in page.tags if tag == "a" and told.get("href", "").startswith("?from=")]
        address, pages = f"{LIST}{further[-1]}" if further else "", pages + 1
        assert pages <= 25
    assert seen == cases
    assert pages > 1


def test_while_others_are_worked_out_none_is_and_none_can_be_noted(office, settings_of):
    anna = office.member("anna")
    case = saved_case(office, anna)
    browser = office.browser(anna)
    use(settings_of, other(XX_FORM_1=None))
    with turns.turn():
        page = Page(browser.get(LIST))
    assert "The desk is busy with other positions now" in page.text
    assert "1 person of this case is not yet worked out. What is otherwise there is not known." in page.text
    assert not any("law-noted" in form for form in page.forms())
    assert SAME not in page.text
    assert f"/cases/{case}/law-noted/" in Page(browser.get(LIST)).forms()


def test_a_page_begins_where_its_address_says_and_comes_back_there(office, settings_of):
    anna = office.member("anna")
    first, second = sorted(saved_case(office, anna) for _ in range(2))
    browser = office.browser(anna)
    use(settings_of, other(XX_FORM_1=None))
    address = f"{LIST}?from={second}"
    page = Page(browser.get(address))
    assert "1 case stands before these." in page.text
    assert page.forms().count(f"/cases/{first}/law-noted/") == 0
    assert noted(browser, {"case": second}, page).headers["Location"] == address
    assert f"/cases/{first}/law-noted/" in Page(browser.get(address)).forms()


def test_a_button_of_an_older_law_or_of_no_positions_notes_nothing(office, settings_of):
    anna = office.member("anna")
    case = saved_case(office, anna)
    browser = office.browser(anna)
    use(settings_of, other(XX_FORM_1=None))
    page = Page(browser.get(LIST))
    use(settings_of, replace(other(XX_FORM_4=None), digest="e" * 64))
    assert noted(browser, {"case": case}, page).status_code == 409
    there = f"/cases/{case}/law-noted/"
    assert browser.post(there, law="e" * 64, position="all of them").status_code == 404
    assert browser.post(there, law="e" * 64).status_code == 302
    assert there in Page(browser.get(LIST)).forms()


def test_a_person_whose_telling_cannot_be_read_has_a_sentence_and_blocks_nobody(office, settings_of):
    anna = office.member("anna")
    cases = [saved_case(office, anna) for _ in range(2)]
    browser = office.browser(anna)
    use(settings_of, without(facts=("sex",)))
    answer = browser.get(LIST)
    page = Page(answer)
    assert answer.status_code == 200
    assert page.text.count("The law pages of today cannot read what was told then") == len(cases)
    assert SAME not in page.text
    links = [told.get("href", "") for tag, told in page.tags if tag == "a"]
    assert all(any(link.startswith(f"/cases/{case}/people/") for link in links) for case in cases)


#   what the law of today does not have any more
UNKNOWN = [without(facts=("sex",)), without(facts=("birth_date", "citizenships")), without(events=("mobilised",))]


@pytest.mark.parametrize("law", UNKNOWN, ids=["a fact", "two facts", "an event"])
def test_no_page_of_a_case_fails_where_the_law_of_today_cannot_read_what_was_told(at_work, settings_of, law):
    browser, parts = at_work.browser("anna"), at_work.parts
    him = f"/cases/{parts['case']}/people/{parts['person']}/"
    browser.post(f"{him}events/new/mobilised/", {"e.on": "2022-10", "said_by": "he", "on": "2026-11-22"})
    use(settings_of, law)
    for name, address in addresses(parts).items():
        assert browser.get(address).status_code in {200, 302, 404, 409}, name
    for address in (f"{him}position/save/", f"{him}print/", f"{him}told/back/"):
        assert browser.post(address, on="2026-11-22", what="sex").status_code in {302, 404, 409}


@pytest.mark.parametrize(("language", "words"), [("ru", "Дела, которых касается"), ("kk", None), ("uk", None)])
def test_the_page_is_in_the_language_of_its_reader(at_work, settings_of, language, words):
    use(settings_of, law_without("xx/forms.md"))
    page = texts(at_work.browser("anna", language=language))
    assert "XX-FORM-1" in page
    assert "no longer in the law pages" not in page
    assert words is None or words in page
