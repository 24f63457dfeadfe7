"""A caseworker's day, page by page, as a browser without scripts sends it."""

import pytest

from safeconduct.desk.members.roles import Role
from tests.desk.office.at_work import Page, id_after


def test_a_caseworker_goes_from_sign_in_to_a_closed_case(office):
    anna, boris = office.member("anna"), office.member("boris", Role.LAWYER)
    case, _ = office.case(anna, text="I left the base")
    browser = office.browser(anna)
    assert browser.get("/").headers["Location"] == "/inbox/"
    assert str(case) in browser.get("/inbox/").content.decode()
    here = f"/cases/{case}/"
    page = browser.get(here)
    assert "I left the base" in Page(page).text
    token = Page(page).value("token")
    assert browser.post(f"{here}take/").headers["Location"] == here
    assert browser.post(here, text="We can help", token=token).headers["Location"] == here
    assert "We can help" in Page(browser.get(here)).text
    assert browser.post(f"{here}name/", label="The man from Almaty").status_code == 302
    token = Page(browser.get(f"{here}notes/")).value("token")
    assert browser.post(f"{here}notes/", text="call him on Monday", token=token).status_code == 302
    assert browser.post(f"{here}people/", pseudonym="Alex", consent="known").status_code == 302
    him = f"{here}people/{id_after('people', browser.get(f'{here}people/'))}/"
    facts = {"f.sex": "male", "f.citizenships": "RU", "f.birth_date": "1993", "said_by": "Alex", "on": "2026-11-20"}
    answer = browser.post(f"{him}facts/person/", facts)
    assert answer.status_code == 302, Page(answer).text
    event = {"e.on": "2022-09-24..2022-10-31", "e.permission": "no", "said_by": "Alex", "on": "2026-11-20"}
    assert browser.post(f"{him}events/new/left_unit/", event).status_code == 302
    told = Page(browser.get(f"{him}told/")).text
    assert "male" in told
    assert "leaving the unit" in told
    position = browser.get(f"{him}position/")
    assert position.status_code == 200
    assert "XX-" in position.content.decode()
    assert browser.post(f"{him}position/save/", on="2026-11-22").status_code == 302
    saved = id_after("positions", browser.get(f"{him}position/"))
    assert "Made from law pages" in Page(browser.get(f"{here}positions/{saved}/")).text
    assert browser.post(f"{here}assign/", member=str(boris.member)).status_code == 302
    assert "Boris" in Page(browser.get(f"{here}holders/")).text
    assert browser.post(f"{here}withdraw/{boris.member}/").status_code == 302
    assert browser.post(f"{here}close/", outcome="helped").status_code == 302
    assert "This case is closed" in Page(browser.get(f"{here}close/")).text
    trail = Page(browser.get(f"{here}trail/")).text
    for verb in ("took the case over", "wrote to the contact", "assigned the case to", "withdrew", "closed the case"):
        assert verb in trail


@pytest.mark.parametrize("language", ["ru", "uk", "kk"])
def test_the_pages_come_in_the_language_of_the_browser(office, language):
    page = office.browser(language=language).get("/sign-in/")
    assert f'<html lang="{language}">' in page.content.decode()
