"""Where a member finds their door code."""

from tests.desk.office.at_work import Page


def shown(answer):
    """The groups of four digits on a page."""
    return [word for word in Page(answer).words if word.isdigit() and len(word) == 4]


def test_the_door_code_stands_on_ones_settings_and_changes_with_the_printed_code(office):
    browser = office.browser(office.member("anna"))
    pages = (browser.get("/settings/"), browser.post("/settings/code/"), browser.get("/settings/"))
    before, printed, after = map(shown, pages)
    assert [len(groups) for groups in (before, printed, after)] == [3, 3, 3]
    assert before != printed
    assert printed == after


def test_the_page_of_joining_shows_the_door_code_that_the_settings_show_later(office):
    from safeconduct.desk.members.actions.invite_member import invite_member
    from safeconduct.desk.members.actions.print_code import door_code
    from safeconduct.desk.members.roles import Role
    from tests.desk.office.at_work import PASSWORD, link_to

    admin, roles = office.admin().actor, frozenset({Role.LAWYER})
    link = invite_member(admin, name="Eve", roles=roles, now=office.clock.moment)
    told = {"login": "eve", "new": PASSWORD, "again": PASSWORD}
    groups = shown(office.browser().post(link_to(link), told))
    assert len(groups) == 3
    eve = office.joined(link, "eve")
    assert door_code(eve.actor).reveal() == " ".join(groups)


def test_the_sign_in_asks_for_it_and_does_not_need_it(office):
    page = Page(office.browser().get("/sign-in/"))
    assert page.value("door") == ""
    assert "Your door code stands on your settings page" in page.text
