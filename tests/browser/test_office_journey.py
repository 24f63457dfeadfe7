"""A caseworker at work in a real browser, with scripts off."""

import pytest
from django.core.handlers.wsgi import WSGIHandler

from safeconduct.desk.members.roles import Role
from tests.desk.office.at_work import office
from tools.picture_pages import follow, open_page
from tools.serving import served

__all__ = ["office"]
pytestmark = pytest.mark.loopback


@pytest.fixture
def where(office):
    """The members' site, served on loopback: its address."""
    from django.test import override_settings

    with override_settings(ALLOWED_HOSTS=["localhost"]), served(WSGIHandler()) as address:
        yield address


@pytest.fixture
def page(chromium, where):
    page = open_page(chromium, where, language="en", width=1000)
    page.set_default_timeout(10_000)
    yield page
    page.context.close()


def sign_in(page, office, somebody):
    page.goto("/sign-in/")
    page.fill("[name=login]", somebody.login)
    page.fill("[name=password]", somebody.password)
    follow(page, "text=Go on")
    office.clock.on(seconds=60)
    page.fill("[name=code]", office.browser().code(somebody))
    follow(page, "main button:has-text('Sign in')")


def tab(page, name):
    follow(page, f".tabs a:has-text('{name}')")


def test_a_caseworker_answers_records_facts_sees_the_position_assigns_withdraws_and_closes(  # noqa: PLR0915 -- one way, whole
    page, office, tmp_path
):
    anna, boris = office.member("anna"), office.member("boris", Role.LAWYER)
    office.case(anna, text="I left the base and I am in Almaty")
    sign_in(page, office, anna)
    assert page.inner_text("h1") == "Inbox"
    follow(page, "table a")
    assert "I left the base and I am in Almaty" in page.inner_text(".thread")
    follow(page, "text=Take this case over")
    page.fill("[name=text]", "We can help. When did you leave?")
    (tmp_path / "form.pdf").write_bytes(b"a form")
    page.set_input_files("[name=files]", tmp_path / "form.pdf")
    follow(page, "button:has-text('Send to the contact')")
    assert "We can help. When did you leave?" in page.inner_text(".thread")
    page.fill("[name=label]", "The man from Almaty")
    follow(page, "text=Keep the label")
    assert page.inner_text("h1") == "The man from Almaty"
    tab(page, "Notes")
    page.fill("[name=text]", "Ask for the ticket")
    follow(page, "text=Keep the note")
    assert "Ask for the ticket" in page.inner_text(".thread")
    tab(page, "Files")
    with page.expect_download() as taken:
        page.click("text=form.pdf")
    assert taken.value.suggested_filename == "form.pdf"

    tab(page, "People and law")
    page.fill("[name=pseudonym]", "Alex")
    follow(page, "button:has-text('Add')")
    follow(page, "section a:has-text('What is told')")
    follow(page, "a:has-text('The person (0/')")
    told = {"When were you born": ("birth_date", "1993-05"), "citizen": ("citizenships", "RU")}
    for question, (name, words) in told.items():
        page.click(f"summary:has-text('{question}') >> nth=0")
        page.fill(f"[name='f.{name}']", words)
    page.click("summary:has-text('sex')")
    page.check("[name='f.sex'][value=male]")
    page.fill("[name=said_by]", "Alex himself")
    follow(page, "text=Write down")
    follow(page, "a:has-text('The person (3/')")
    page.click("summary:has-text('When were you born')")
    page.fill("[name='f.birth_date']", "1994")
    page.fill("[name=said_by]", "a paper")
    follow(page, "text=Write down")
    assert "more than one telling" in page.inner_text("main")
    assert "a paper" in page.inner_text("main")
    page.click("summary:has-text('Write down an event')")
    follow(page, "a:has-text('leaving the unit')")
    page.fill("[name='e.on']", "2022-09-24..2022-10-31")
    page.select_option("[name='e.permission']", "no")
    page.fill("[name=said_by]", "Alex himself")
    follow(page, "text=Write down")
    follow(page, "a:has-text('Position in law')")
    assert "Receipt" in page.inner_text("main")
    follow(page, "text=Save this position")
    assert "The position was saved with its receipt." in page.inner_text("[role=status]")
    follow(page, "a:has-text('Timeline')")
    assert page.locator("main svg").count() == 1

    tab(page, "Days")
    page.fill("[name=on]", "2026-12-01")
    page.fill("[name=text]", "Ask for the paper")
    follow(page, "text=Keep the day")
    assert "Ask for the paper" in page.inner_text("main")
    tab(page, "Holders")
    assert "Only one member holds this case" in page.inner_text("main")
    page.select_option("form[action$='assign/'] select", str(boris.member))
    follow(page, "button:has-text('Assign')")
    assert "Boris" in page.inner_text("main")
    follow(page, "a:has-text('Withdraw Boris')")
    follow(page, "text=Withdraw now")
    assert "Only one member holds this case" in page.inner_text("main")
    tab(page, "End")
    page.check("[value=helped]")
    follow(page, "text=Close the case")
    assert "closed" in page.inner_text(".badge >> nth=0")
    tab(page, "Trail")
    trail = page.inner_text(".timeline")
    for verb in ("took the case over", "wrote down what was told", "assigned the case to Boris", "withdrew Boris"):
        assert verb in trail
    follow(page, "text=Sign out")
    page.goto("/cases/")
    assert page.inner_text("h1") == "Sign in"


def test_somebody_joins_by_a_link_with_telephone_and_printed_code_and_does_the_drill(page, office):
    from base64 import b32decode

    from safeconduct.desk.members.actions.invite_member import first_administrator
    from safeconduct.desk.members.actor import Operator
    from safeconduct.desk.members.totp import code_at, step_of
    from safeconduct.values.secret import Secret
    from tests.desk.office.at_work import PASSWORD, link_to

    page.goto(link_to(first_administrator(Operator(), now=office.clock.moment)))
    page.fill("[name=login]", "root")
    page.fill("[name=new]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    follow(page, "text=Go on")
    assert page.locator("main svg").count() == 1
    letters, printed = page.locator(".code").all_inner_texts()
    letters += "=" * (-len(letters) % 8)
    page.fill("[name=code]", code_at(Secret(b32decode(letters)), step_of(office.clock.moment)))
    follow(page, "text=Finish")
    assert page.inner_text("h1") == "Try your printed code once"
    page.fill("[name=printed]", "1" * 42)
    follow(page, "button:has-text('Compare')")
    assert page.locator("[role=alert]").count() == 1
    page.fill("[name=printed]", printed)
    follow(page, "button:has-text('Compare')")
    assert page.inner_text("h1") == "Members"
    assert "Lock" not in page.inner_text("tbody")


def test_an_administrator_invites_names_custodians_and_opens_a_way_in_but_no_case(page, office):
    root, anna = office.admin(), office.member("anna")
    for login in ("k1", "k2", "k3"):
        office.member(login, Role.CUSTODIAN)
    case, _ = office.case(anna)
    sign_in(page, office, root)
    page.fill("[name=name]", "Boris")
    page.check("[name=roles][value=lawyer]")
    follow(page, "text=Make a one-time link")
    assert "/join/" in page.inner_text(".code")
    follow(page, "header a:has-text('Custodians')")
    for place, login in (("one", "K1"), ("two", "K2"), ("three", "K3")):
        page.select_option(f"[name={place}]", label=login)
    follow(page, "text=Name them")
    assert page.locator("dt").count() == 3
    page.goto("/channels/")
    page.fill("[name=name]", "Safe Harbour")
    follow(page, "text=Open it")
    page.check("text=Anna")
    follow(page, "text=Keep")
    assert "Safe Harbour" in page.inner_text("main")
    page.goto(f"/cases/{case}/")
    assert page.inner_text("h1") == "No such page"


def test_a_lost_password_comes_back_by_the_code_and_by_two_custodians(page, office):
    anna = office.member("anna")
    page.goto("/recover/code/")
    for name, value in {"login": "anna", "printed": anna.printed, "new": "a kestrel in spring"}.items():
        page.fill(f"[name={name}]", value)
    page.fill("[name=again]", "a kestrel in spring")
    office.clock.on(seconds=60)
    page.fill("[name=code]", office.browser().code(anna))
    follow(page, "main button:has-text('Set the new password')")
    assert "You have a new password" in page.inner_text("[role=status]")
    anna.password = "a kestrel in spring"
    office.clock.on(seconds=60)
    sign_in(page, office, anna)
    assert page.inner_text("h1") == "Inbox"
