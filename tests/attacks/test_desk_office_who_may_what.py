"""Attacks on the members' site by who is signed in, or was: other people's cases, other roles, forged requests."""

import pytest

from tests.desk.office.at_work import NOWHERE, Browser, Page, rows, without_tokens
from tests.desk.office.whole_case import OTHERS, SENT, addresses, at_work

__all__ = ["at_work"]
pytestmark = pytest.mark.security

_ANY = dict.fromkeys(
    ("case", "person", "position", "member", "file", "due", "channel", "custodians", "request_id", "link_id"), NOWHERE
) | {"event": NOWHERE, "group": "person", "kind": "left_unit", "link": "x" * 43}
ALL = sorted(addresses(_ANY))
OF_A_CASE = [name for name in ALL if addresses(_ANY)[name].startswith("/cases/0")]
OF_A_THING = [name for name in OF_A_CASE if addresses(_ANY)[name].count(NOWHERE) > 1]
OF_ADMINISTRATORS = [
    "invite", "take-link-back", "reset", "withdraw-everywhere", "channels", "channel", "channel-open",
    "custodians-name",
]  # fmt: skip
FOR_ALL = {"sign-in", "sign-in-code", "sign-in-key", "sign-in-key-done", "sign-out", "language", "join", "join-code",
           "recover", "recover-code", "recover-ask", "recover-finish"}  # fmt: skip
UNSAFE = ("post", "put", "patch", "delete")


def test_the_tables_hold_every_address():
    assert len(OF_A_CASE) >= 30
    assert len(OF_A_THING) >= 12
    assert set(OF_ADMINISTRATORS) | FOR_ALL <= set(ALL)


#   what a case only offers to be sent, and never shows
ONLY_SENT = {"take", "read", "name", "assign", "refer", "due-done", "due-again", "reopen", "consent", "take-back",
             "closed", "save", "remind", "law-noted", "print"}  # fmt: skip


@pytest.mark.parametrize("name", OF_A_CASE)
def test_whoever_holds_the_case_is_answered(at_work, name):
    answer = at_work.browser("anna").get(addresses(at_work.parts)[name])
    assert answer.status_code == (404 if name in ONLY_SENT else 200)


@pytest.mark.parametrize("login", OTHERS)
@pytest.mark.parametrize("name", OF_A_CASE)
def test_a_case_of_somebody_else_answers_like_one_that_there_is_not(at_work, name, login):
    browser = at_work.browser(login)
    foreign, nowhere = addresses(at_work.parts)[name], addresses({**at_work.parts, **_ANY})[name]
    before = rows()
    nothing = browser.get("/there/is/no/such/page/")
    answers = [
        browser.get(foreign),
        browser.get(nowhere),
        browser.post(foreign, SENT, member=str(at_work.people[login].member)),
        browser.post(nowhere, SENT, member=str(at_work.people[login].member)),
        browser.post(foreign),
        browser.post(nowhere),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.content for answer in answers} == {nothing.content}
    assert len({str(answer.headers) for answer in answers}) == 1
    assert rows() == before


@pytest.mark.parametrize("name", OF_A_THING)
def test_a_thing_of_another_case_is_not_reached_through_ones_own(at_work, name):
    browser = at_work.browser("clara")
    mixed = addresses({**at_work.parts, "case": at_work.other["case"]})[name]
    missing = addresses({**_ANY, "case": at_work.other["case"]})[name]
    before = rows()
    sent = {**SENT, "finding": "RU-CON-01"}
    seen = {(answer.status_code, answer.content) for answer in (browser.get(mixed), browser.get(missing))}
    done = {(answer.status_code, answer.content) for answer in (browser.post(mixed, sent), browser.post(missing, sent))}
    assert [status for status, _ in (*seen, *done)] == [404, 404]
    assert rows() == before


@pytest.mark.parametrize("login", ["anna", "ivan", "clara", "lena", "kirill"])
@pytest.mark.parametrize("name", OF_ADMINISTRATORS)
def test_what_administrators_do_is_not_there_for_others(at_work, name, login):
    browser = at_work.browser(login)
    address = addresses({**at_work.parts, "member": str(at_work.people["clara"].member)})[name]
    before = rows()
    answers = (browser.get(address), browser.post(address, SENT), browser.post(address))
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.content for answer in answers} == {browser.get("/nothing/").content}
    assert rows() == before


@pytest.mark.parametrize("login", ["anna", "lena", "kirill"])
def test_nobody_locks_a_colleague_without_being_an_administrator(at_work, login):
    browser, before = at_work.browser(login), rows()
    answer = browser.post(f"/members/{at_work.people['clara'].member}/lock/")
    assert (answer.status_code, rows()) == (404, before)


@pytest.mark.parametrize("login", ["anna", "clara", "root"])
def test_a_member_who_is_no_custodian_helps_to_restore_no_key(at_work, login):
    from safeconduct.desk.keyring.models import RecoveryRequest

    wanted = RecoveryRequest.objects.create(
        member=at_work.people["ivan"].member, public=at_work.people["ivan"].actor.private.public.raw, day="2026-11-22"
    )
    browser, before = at_work.browser(login), rows()
    answer = browser.post(f"/custodians/help/{wanted.pk}/")
    assert (answer.status_code, rows()) == (404, before)


@pytest.mark.parametrize("name", sorted(set(ALL) - FOR_ALL))
def test_without_a_session_every_page_leads_to_the_sign_in(at_work, name):
    browser, before = Browser(at_work.clock), rows()
    token = browser.token()
    for parts in (at_work.parts, {**at_work.parts, **_ANY}):
        address = addresses(parts)[name]
        answers = (browser.get(address), browser.client.post(address, {**SENT, "csrfmiddlewaretoken": token}))
        assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {(302, "/sign-in/")}
    assert rows() == before


@pytest.mark.parametrize("method", UNSAFE)
@pytest.mark.parametrize("name", ALL)
def test_a_request_forged_from_elsewhere_is_refused_and_changes_nothing(at_work, name, method):
    browser = at_work.browser("anna")
    before = rows()
    answer = getattr(browser.client, method)(addresses(at_work.parts)[name], SENT)
    assert answer.status_code == 403
    assert rows() == before
    assert not answer.cookies.get("__Host-language")


@pytest.mark.parametrize("name", ALL)
def test_a_token_of_another_browser_is_refused(at_work, name):
    browser, other = at_work.browser("anna"), Browser(at_work.clock)
    before = rows()
    answer = browser.client.post(addresses(at_work.parts)[name], {**SENT, "csrfmiddlewaretoken": other.token()})
    assert (answer.status_code, rows()) == (403, before)


@pytest.mark.parametrize("name", ALL)
def test_opening_a_page_changes_no_row(at_work, name):
    browser, address = at_work.browser("anna"), addresses(at_work.parts)[name]
    before = rows()
    for answer in (browser.get(address), browser.client.head(address), browser.client.options(address)):
        assert "__Host-language" not in answer.cookies
        assert "Clear-Site-Data" not in answer.headers
    browser.client.get(address, SENT)
    assert rows() == before
    assert browser.get("/cases/").status_code == 200


@pytest.mark.parametrize("login", ["root", "kirill"])
def test_who_holds_no_case_sees_none_in_any_list(at_work, login):
    browser = at_work.browser(login)
    pages = [browser.get(address).content for address in ("/inbox/", "/cases/", "/law-changed/", "/trail/")]
    pages.append(browser.post("/cases/", search="Alex").content)
    for case in (at_work.parts["case"], at_work.other["case"]):
        assert not any(case.encode() in page for page in pages)


def test_an_administrator_is_given_no_case_even_by_who_holds_it(at_work):
    anna, root = at_work.browser("anna"), at_work.people["root"].member
    here, before = f"/cases/{at_work.parts['case']}/", rows()
    assert str(root) not in anna.get(f"{here}holders/").content.decode()
    for verb in ("assign", "refer"):
        answer = anna.post(f"{here}{verb}/", member=str(root), reason="x")
        assert answer.status_code == 409
        assert "no role that can hold a case" in Page(answer).text
    assert rows() == before


def test_an_administrator_withdraws_nobody_by_guessing_a_case(at_work):
    root, before = at_work.browser("root"), rows()
    answer = root.post(f"/cases/{at_work.parts['case']}/withdraw/{at_work.people['anna'].member}/")
    assert (answer.status_code, rows()) == (404, before)


def test_a_withdrawn_member_reads_nothing_any_more(at_work):
    anna, clara = at_work.browser("anna"), at_work.browser("clara")
    here = f"/cases/{at_work.parts['case']}/"
    anna.post(f"{here}assign/", member=str(at_work.people["clara"].member))
    assert clara.get(here).status_code == 200
    anna.post(f"{here}withdraw/{at_work.people['clara'].member}/")
    assert clara.get(here).content == clara.get("/nothing/").content


def test_a_member_cannot_judge_without_being_a_lawyer(at_work):
    clara, parts = at_work.browser("clara"), at_work.other
    address, before = f"/cases/{parts['case']}/positions/{parts['position']}/", rows()
    finding = clara.get(address)
    assert "A lawyer's view" not in Page(finding).text
    from safeconduct.desk.cases.actions.open_case import open_case

    saved = open_case(at_work.people["clara"].actor, case=parts["case"]).positions[0]
    answer = clara.post(address, finding=next(iter(saved.answers)), opinion="agreed", reason="x")
    assert (answer.status_code, rows()) == (404, before)


#   what somebody of intake is shown nothing of, although they hold the case
NOT_FOR_INTAKE = ["close", "reopen", "shred", "save", "print", "withdraw"]


@pytest.mark.parametrize("name", NOT_FOR_INTAKE)
def test_intake_ends_nothing_and_takes_nothing_out_of_a_case_it_holds(at_work, name):
    anna, ivan = at_work.browser("anna"), at_work.browser("ivan")
    here = f"/cases/{at_work.parts['case']}/"
    anna.post(f"{here}assign/", member=str(at_work.people["ivan"].member))
    address, before = addresses(at_work.parts)[name], rows()
    answers = [ivan.get(address), ivan.post(address, SENT), ivan.post(address)]
    nothing = ivan.get("/nothing/").content
    if name in {"save", "print"}:
        # A form that lacks the day is answered by the page it stands on, which intake may read.
        answers.pop()
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, nothing)}
    assert rows() == before
    for page in ("", "holders/", f"people/{at_work.parts['person']}/position/"):
        shown = Page(ivan.get(f"{here}{page}"))
        assert address not in shown.forms() + [told.get("href") for _, told in shown.tags]


#   what cannot be undone, or gives something away, and so asks for the password
#   name                 login    page it stands on, or is itself                what was sent
FRESH = [
    ("shred",             "anna",  "/cases/{case}/shred/",                       {}),
    ("reset",             "root",  "/members/{member}/reset/",                   {}),
    ("new-code",          "anna",  "/settings/",                                 {}),
    ("custodians-trust",  "anna",  "/custodians/",                               {}),
    ("custodians-name",   "root",  "/custodians/",                              {"one": "K", "two": "C", "three": "L"}),
    ("custodians-help",   "kirill", "/custodians/",                              {}),
    ("print",             "anna",  "/cases/{case}/people/{person}/position/",    {"on": "2023-12-12"}),
]  # fmt: skip


def sent_by(at_work, sent):
    """What a form sends; a letter stands for the member whose name begins with it."""
    members = {login[0].upper(): str(one.member) for login, one in at_work.people.items()}
    return {name: members.get(value, value) for name, value in sent.items()}


@pytest.mark.parametrize(("name", "login", "stands_on", "sent"), FRESH)
def test_an_open_session_alone_does_not_do_what_cannot_be_undone(at_work, name, login, stands_on, sent):
    browser, told = at_work.browser(login), sent_by(at_work, sent)
    at_work.clock.on(minutes=15)
    browser.get("/settings/")
    before = rows()
    parts = {**at_work.parts, "member": str(at_work.people["clara"].member)}
    address, stands_on = addresses(parts)[name], stands_on.format(**parts)
    answer = browser.post(address, told)
    assert rows() == before
    if stands_on == address:
        assert answer.headers["Location"] == f"/password-again/?back={address}"
        return
    page = Page(answer)
    assert (answer.status_code, page.value("back"), page.value("asked")) == (403, stands_on, address)
    assert browser.get(page.value("back")).status_code == 200
    again = {"back": stands_on, "asked": address, **told}
    wrong = Page(browser.post("/password-again/", again, password="wrong"))
    right = Page(browser.post("/password-again/", again, password=at_work.people[login].password))
    for shown in (page, wrong, right):
        assert {name: shown.value(name) for name in told} == told
    assert (wrong.value("asked"), address in right.forms()) == (address, True)
    assert stands_on in [link.get("href") for tag, link in right.tags if tag == "a"]
    assert (rows()["Case"], rows()["CustodianSeal"]) == (before["Case"], before["CustodianSeal"])


def test_every_address_that_only_takes_what_is_sent_leads_back_to_a_page(at_work):
    from safeconduct.desk.office.answering import offers_a_page, page_before

    anna = at_work.browser("anna")
    for name in sorted(set(ALL) - FOR_ALL):
        address = addresses(at_work.parts)[name]
        back = page_before(address)
        assert back == "/" or offers_a_page(back), name
        if name not in OF_ADMINISTRATORS:
            assert anna.get(back).status_code in {200, 302}, (name, back)


#   an address to be led to after the password
ELSEWHERE = ["https://example.org/", "//example.org/", "/\\example.org/", "javascript:alert(1)", "https:/example.org"]


@pytest.mark.parametrize("back", ELSEWHERE)
def test_nobody_is_led_to_another_site(at_work, back):
    browser, password = at_work.browser("anna"), at_work.people["anna"].password
    assert browser.post("/password-again/", password=password, back=back).headers["Location"] == "/"
    asked = {"password": password, "back": "/", "asked": back}
    assert browser.post("/password-again/", asked).headers["Location"] == "/"
    assert browser.post("/language/", language="ru", back=back).headers["Location"] == "/"


def test_the_page_for_what_is_not_there_holds_nothing_of_the_request(at_work):
    marker = "<script>marker</script>"
    answer = at_work.browser("anna").get(f"/{marker}/", referer=marker)
    assert b"marker" not in answer.content
    assert without_tokens(answer) == answer.content
