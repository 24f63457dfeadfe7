"""Pages of days that are due: what is on the first page, done and taken up again, and the last day of a term of law."""

from datetime import date, timedelta

import pytest

from safeconduct.desk.cases.actions.assign import assign
from safeconduct.desk.cases.actions.close import Outcome, close
from safeconduct.desk.cases.actions.dues import set_due
from safeconduct.desk.cases.actions.handle import name_case
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.people import Told, add_person, set_facts
from safeconduct.desk.cases.values import Consent
from safeconduct.desk.office.views.reminding import _text
from tests.desk.office.at_work import Page, id_after, rows
from tests.desk.office.whole_case import TODAY, at_work

__all__ = ["at_work"]
ACT_BY = date(2026, 12, 10)
TITLE = "come in after a summons"


def summoned(office, holder, pseudonym="Alex", come_by="2026-11-20"):
    """A case with somebody who was summoned: its id and the person's."""
    case, _ = office.case(holder)
    here = {"case": case, "now": office.clock.moment}
    person = add_person(holder.actor, pseudonym=pseudonym, consent=Consent.KNOWN, **here)
    event = {"event": "harbour_summons", "on": "2026-11-01", "kind": "call", "placed": "2026-11-01", "come_by": come_by}
    closed = (("complete", "harbour_summons"), ("complete", "came_in"), ("complete", "protest"))
    closed += (("complete", "learnt_of_storm"),)
    told = Told(facts={"citizenships": ["AQ"]}, events=((None, event),), closed=closed)
    set_facts(holder.actor, person=person, told=told, said_by="he himself", on=TODAY, **here)
    return case, person


def test_the_last_day_of_a_term_is_kept_with_one_button_and_shown_first_on_the_first_page(office):
    anna, boris = office.member("anna"), office.member("boris")
    case, person = summoned(office, anna)
    browser, here = office.browser(anna), f"/cases/{case}/people/{person}/position/"
    page = Page(browser.get(here))
    assert f"{here}remind/" in page.forms()
    sent = {"on": page.value("on"), "finding": page.value("finding")}
    assert sent == {"on": "2026-11-22", "finding": "XX-DL-1"}
    for _ in range(2):
        assert browser.post(f"{here}remind/", sent).headers["Location"] == f"/cases/{case}/days/"
    text = f"Alex: {TITLE}. Act by 2026-12-10 (XX-DL-1)"
    assert [(due.on, due.text) for due in open_case(anna.actor, case=case).dues] == [(ACT_BY, text)]
    assign(anna.actor, case=case, member=boris.member, now=office.clock.moment)
    assert text not in Page(office.browser(boris).get("/inbox/")).text
    assert text in Page(office.browser(boris).get("/days/")).text
    office.clock.on(days=5)
    other = office.browser(boris)
    assert f"2026-12-10 without label {str(case)[:8]} {text}" in Page(other.get("/inbox/")).text


#   what is sent                                                    status
TAMPERED = [
    ({"on": "2026-11-22", "finding": "XX-NONE"},                    404),
    ({"on": "2026-11-22", "finding": "XX-SUM-1"},                   404),
    ({"on": "yesterday", "finding": "XX-DL-1"},                     404),
    ({"finding": "XX-DL-1"},                                        404),
    ({"on": "2026-11-22"},                                          404),
    ({"on": "2026-11-22", "finding": "XX-DL-1", "act_by": "2030-01-01"}, 302),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "status"), TAMPERED)
def test_a_browser_names_a_term_and_never_its_day(office, sent, status):
    anna = office.member("anna")
    case, person = summoned(office, anna)
    answer = office.browser(anna).post(f"/cases/{case}/people/{person}/position/remind/", sent)
    assert answer.status_code == status
    assert [due.on for due in open_case(anna.actor, case=case).dues] == ([ACT_BY] if status == 302 else [])


def test_a_term_whose_day_has_passed_has_no_button_and_is_refused_in_words(office):
    anna = office.member("anna")
    case, person = summoned(office, anna, come_by="2026-10-20")
    browser, here = office.browser(anna), f"/cases/{case}/people/{person}/position/"
    assert f"{here}remind/" not in Page(browser.get(here)).forms()
    # As it was seen weeks ago, on a page that was left open.
    answer = browser.post(f"{here}remind/", {"on": "2026-11-01", "finding": "XX-DL-1"})
    assert answer.status_code == 409
    assert "This day has passed." in Page(answer).text
    assert open_case(anna.actor, case=case).dues == ()


def test_where_tellings_contradict_each_other_no_day_is_kept(at_work):
    browser, parts = at_work.browser("anna"), at_work.parts
    him = f"/cases/{parts['case']}/people/{parts['person']}/"
    for kind, day in (("enlisted", "2022-09-01"), ("mobilised", "2024-09-01")):
        browser.post(f"{him}events/new/{kind}/", {"e.on": day, "said_by": "a friend", "on": "2026-11-21"})
    before = rows()
    answer = browser.post(f"{him}position/remind/", {"on": "2026-11-22", "finding": "XX-DL-1"})
    assert (answer.status_code, "contradicts itself" in Page(answer).text) == (409, True)
    assert rows() == before


def test_in_a_closed_case_nothing_is_offered_and_nobody_is_reminded(office):
    anna = office.member("anna")
    case, person = summoned(office, anna)
    set_due(anna.actor, case=case, on=TODAY, text="Call the court", now=office.clock.moment)
    close(anna.actor, case=case, outcome=Outcome.HELPED, now=office.clock.moment)
    browser, here = office.browser(anna), f"/cases/{case}/people/{person}/position/"
    assert f"{here}remind/" not in Page(browser.get(here)).forms()
    answer = browser.post(f"{here}remind/", {"on": "2026-11-22", "finding": "XX-DL-1"})
    assert "This case is closed" in Page(answer).text
    shown = Page(browser.get(f"/cases/{case}/days/"))
    assert "Call the court" in shown.text
    assert not any("/days/" in action for action in shown.forms())
    assert "Call the court" not in Page(browser.get("/inbox/")).text + Page(browser.get("/days/")).text


def test_the_first_page_names_day_case_and_what_the_earliest_first_with_words_for_overdue(office):
    anna = office.member("anna")
    one, two = office.case(anna)[0], office.case(anna)[0]
    where = {"now": office.clock.moment}
    name_case(anna.actor, case=one, label="The harbour", **where)
    for days, case, text in ((13, one, "Later"), (2, two, "Soon"), (0, one, "Now"), (30, two, "Next month")):
        set_due(anna.actor, case=case, on=TODAY + timedelta(days=days), text=text, **where)
    office.clock.on(days=2)
    shown = Page(office.browser(anna).get("/cases/")).text
    lines = ["2026-11-22 overdue The harbour Now", f"2026-11-24 today without label {str(two)[:8]} Soon"]
    lines.append("2026-12-05 The harbour Later")
    assert sorted(map(shown.index, lines)) == [shown.index(line) for line in lines]
    assert "Next month" not in shown
    assert "Everything that is due (4)" in shown
    assert "2026-12-22" in Page(office.browser(anna).get("/days/")).text
    assert "Everything that is due" not in Page(office.browser(office.member("boris")).get("/cases/")).text


def test_a_day_is_done_and_taken_up_again_and_the_trail_says_which(at_work):
    browser, case = at_work.browser("anna"), at_work.parts["case"]
    here = f"/cases/{case}/days/"
    assert browser.post(f"{here}{at_work.parts['due']}/").headers["Location"] == here
    page = browser.get(here)
    assert "2026-11-22 done Ask for the paper Not done after all" in Page(page).text
    assert "Ask for the paper" not in Page(browser.get("/inbox/")).text
    assert browser.post(f"{here}{id_after('days', page)}/again/").headers["Location"] == here
    assert "Marked as not done." in Page(browser.get(here)).text
    assert "Ask for the paper" in Page(browser.get("/inbox/")).text
    trail = Page(browser.get(f"/cases/{case}/trail/")).text
    for words in ("set a day", "marked a day as done", "marked a day as not done"):
        assert f"{words}: 2026-11-22 Ask for the paper" in trail


@pytest.mark.parametrize("action", ["", "again/"])
def test_what_is_no_day_of_the_case_is_not_here(at_work, action):
    browser, before = at_work.browser("anna"), rows()
    nobody = at_work.other["due"]
    assert browser.post(f"/cases/{at_work.parts['case']}/days/{nobody}/{action}").status_code == 404
    assert rows() == before


def test_a_day_of_another_year_is_refused_and_what_was_typed_stays(at_work):
    browser, before = at_work.browser("anna"), rows()
    answer = browser.post(f"/cases/{at_work.parts['case']}/days/", {"on": "2025-12-01", "text": "Asylum"})
    assert answer.status_code == 409
    assert "This day has passed. Look at the year" in Page(answer).text
    assert (Page(answer).value("on"), Page(answer).value("text")) == ("2025-12-01", "Asylum")
    assert rows() == before


#   pseudonym     title
LONG = [
    ("Alex",      "come in"),
    ("A" * 200,   "come in"),
    ("Alex",      "t" * 500),
    ("A" * 200,   "t" * 500),
]  # fmt: skip


@pytest.mark.parametrize(("pseudonym", "title"), LONG)
def test_a_long_name_or_title_is_cut_and_the_day_is_always_there(pseudonym, title):
    from types import SimpleNamespace

    text = _text(pseudonym, SimpleNamespace(id="XX-DL-1", title=title), ACT_BY)
    assert len(text) <= 200
    assert text.endswith("Act by 2026-12-10 (XX-DL-1)")
    assert text.startswith(pseudonym[:20])
    assert title[:40] in text
