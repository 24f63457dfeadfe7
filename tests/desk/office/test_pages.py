"""What the pages do beside the caseworker's way: refer, shred, judge, search, custodians, channels, languages."""

import pytest

from safeconduct.desk.cases.models import Case
from safeconduct.desk.members.models import Invitation
from safeconduct.desk.members.roles import Role
from tests.desk.office.at_work import PASSWORD, Page, id_after, rows
from tests.desk.office.whole_case import at_work

__all__ = ["at_work"]


def test_a_case_is_referred_only_when_everybody_in_it_agrees(office):
    anna, boris = office.member("anna"), office.member("boris")
    case, _ = office.case(anna)
    browser, here = office.browser(anna), f"/cases/{case}/"
    sent = {"member": str(boris.member), "reason": "he knows the courts"}
    assert "only with the consent of everybody" in Page(browser.post(f"{here}refer/", sent)).text
    browser.post(f"{here}people/", pseudonym="Alex", consent="refused")
    assert "refused that anything about them" in Page(browser.post(f"{here}refer/", sent)).text
    him = id_after("people", browser.get(f"{here}people/"))
    assert browser.post(f"{here}people/{him}/consent/", consent="known").status_code == 302
    assert browser.post(f"{here}refer/", sent).headers["Location"] == f"{here}holders/"
    assert "he knows the courts" in Page(office.browser(boris).get(f"{here}notes/")).text


@pytest.mark.parametrize("path", ["people/", "days/", "close/", "assign/", "refer/", "people/x/consent/"])
def test_a_form_that_lacks_something_says_so_and_changes_nothing(at_work, path):
    browser, parts = at_work.browser("anna"), at_work.parts
    before = rows()
    answer = browser.post(f"/cases/{parts['case']}/{path.replace('/x/', '/' + parts['person'] + '/')}")
    assert answer.status_code == 409
    assert "Something is missing" in Page(answer).text
    assert rows() == before


#   what was sent                                                                what the page says
UNREADABLE = [
    ({"f.birth_date": "last spring", "said_by": "Alex", "on": "2026-11-20"},     "cannot be read: When were you born?"),
    ({"f.birth_date": "1993", "said_by": "", "on": "2026-11-20"},                "Something is missing"),
    ({"f.birth_date": "1993", "said_by": "Alex", "on": "yesterday"},             "Something is missing"),
    ({"said_by": "Alex", "on": "2026-11-20"},                                    "Something is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "said"), UNREADABLE)
def test_a_fact_that_cannot_be_read_is_not_kept_and_what_was_written_stays_on_the_page(at_work, sent, said):
    browser, parts = at_work.browser("anna"), at_work.parts
    before = rows()
    answer = browser.post(f"/cases/{parts['case']}/people/{parts['person']}/facts/person/", sent)
    assert said in Page(answer).text
    assert Page(answer).value("f.birth_date") == sent.get("f.birth_date", "")
    assert rows() == before


def test_two_tellings_that_disagree_are_both_kept_with_who_and_when(at_work):
    browser, parts = at_work.browser("anna"), at_work.parts
    him = f"/cases/{parts['case']}/people/{parts['person']}/"
    browser.post(f"{him}facts/person/", {"f.birth_date": "1994", "said_by": "a paper", "on": "2026-11-21"})
    told = Page(browser.get(f"{him}told/")).text.replace(" ,", ",")
    for words in ("1993 said by his sister, 2026-11-22", "1994 said by a paper, 2026-11-21", "more than one telling"):
        assert words in told
    assert browser.post(f"{him}told/back/", what="birth_date").status_code == 302
    assert "1993" not in Page(browser.get(f"{him}told/")).text


def test_an_event_is_told_once_more_and_a_line_says_what_did_not_happen(at_work):
    browser, parts = at_work.browser("anna"), at_work.parts
    him = f"/cases/{parts['case']}/people/{parts['person']}/"
    who = {"said_by": "a friend", "on": "2026-11-21"}
    assert browser.post(f"{him}events/{parts['event']}/", {"e.on": "2022-11", **who}).status_code == 302
    sent = {"kind": "entered", "code": "KZ", "section": "complete", **who}
    assert browser.post(f"{him}told/closed/", sent).status_code == 302
    told = Page(browser.get(f"{him}told/")).text
    assert "when: 2022-11 said by a friend" in told
    assert "It happened only as told here: entry into a country, Kazakhstan (KZ)" in told
    answer = browser.post(f"{him}events/{parts['event']}/", {"e.on": "some day", **who})
    assert "This cannot be read: leaving the unit" in Page(answer).text
    answer = browser.post(f"{him}told/closed/", {**sent, "code": "Kazakhstan"})
    assert "This cannot be read: entry into a country" in Page(answer).text


def test_a_position_is_shown_for_another_day_and_drawn_over_others(at_work):
    browser, parts = at_work.browser("anna"), at_work.parts
    him = f"/cases/{parts['case']}/people/{parts['person']}/"
    assert "2023-12-12" in Page(browser.post(f"{him}position/", on="2023-12-12")).text
    page = browser.post(f"{him}timeline/", first="2022-01-01", last="2024-01-01")
    assert "2022-01-01 – 2024-01-01" in Page(page).text
    for first, last in (("2024-01-01", "2022-01-01"), ("1900-01-01", "2100-01-01"), ("", "")):
        assert browser.post(f"{him}timeline/", first=first, last=last).status_code == 409


def test_what_contradicts_itself_gives_no_position_and_says_why(at_work):
    browser, parts = at_work.browser("anna"), at_work.parts
    him = f"/cases/{parts['case']}/people/{parts['person']}/"
    who = {"said_by": "a friend", "on": "2026-11-21"}
    browser.post(f"{him}events/new/enlisted/", {"e.on": "2022-09-01", **who})
    browser.post(f"{him}events/new/mobilised/", {"e.on": "2024-09-01", **who})
    for address in ("position/", "timeline/"):
        answer = browser.get(f"{him}{address}")
        assert answer.status_code == 409, address
        assert "contradicts itself" in Page(answer).text
    assert browser.post(f"{him}position/save/", on="2026-11-22").status_code == 409


def test_a_lawyer_sets_a_view_beside_an_answer_which_stays(at_work):
    browser, parts = at_work.browser("anna"), at_work.parts
    address = f"/cases/{parts['case']}/positions/{parts['position']}/"
    page = Page(browser.get(address)).text
    assert "doubtful" in page
    assert "The court reads it otherwise" in page
    assert (
        "The court reads it otherwise"
        in Page(browser.get(f"/cases/{parts['case']}/people/{parts['person']}/position/")).text
    )
    assert browser.post(address, opinion="agreed").status_code == 409


def test_a_search_finds_by_pseudonym_and_by_label(at_work):
    browser = at_work.browser("anna")
    for search, found in (("alex", True), ("man ALMATY", True), ("somebody else", False)):
        assert (at_work.parts["case"] in browser.post("/cases/", search=search).content.decode()) is found
    assert "2026-11-22" in Page(browser.get("/cases/")).text


def test_a_day_is_done(at_work):
    browser, parts = at_work.browser("anna"), at_work.parts
    days = f"/cases/{parts['case']}/days/"
    assert "Mark as done" in Page(browser.get(days)).text
    assert browser.post(f"{days}{parts['due']}/").headers["Location"] == days
    assert "Mark as done" not in Page(browser.get(days)).text


def test_a_case_is_shredded_after_the_password_and_a_question(at_work):
    browser, parts = at_work.browser("anna"), at_work.parts
    address = f"/cases/{parts['case']}/shred/"
    at_work.clock.on(minutes=12)
    assert "Type your password again first" in Page(browser.get(address)).text
    again = browser.post(address).headers["Location"]
    assert "Type your password again" in Page(browser.get(again)).text
    assert browser.post("/password-again/", password="wrong", back=address).status_code == 403
    done = browser.post("/password-again/", password=PASSWORD, back=address)
    assert done.headers["Location"] == address
    assert "Shred it now" in Page(browser.get(address)).text
    assert browser.post(address).headers["Location"] == "/cases/"
    assert "The case is gone" in Page(browser.get("/cases/")).text
    assert not Case.objects.filter(pk=parts["case"]).exists()


def test_a_person_is_taken_out(at_work):
    browser, parts = at_work.browser("anna"), at_work.parts
    address = f"/cases/{parts['case']}/people/{parts['person']}/remove/"
    assert "Take this person out" in Page(browser.get(address)).text
    assert browser.post(address).status_code == 302
    assert "Alex" not in Page(browser.get(f"/cases/{parts['case']}/people/")).text


def test_a_case_that_was_closed_takes_nothing_and_is_opened_again(at_work):
    browser, parts = at_work.browser("anna"), at_work.parts
    here = f"/cases/{parts['case']}/"
    browser.post(f"{here}close/", outcome="other")
    answer = browser.post(f"{here}people/", pseudonym="Boris", consent="known")
    assert "This case is closed. Open it again first." in Page(answer).text
    assert "Send to the contact" not in Page(browser.get(here)).text
    assert browser.post(f"{here}close/", outcome="other").status_code == 409
    assert browser.post(f"{here}reopen/").status_code == 302
    assert "Send to the contact" in Page(browser.get(here)).text


def law_without(*pages):
    from safeconduct.packs.store import compiled, packaged_pages

    kept = {name: text for name, text in packaged_pages(with_invented=True).items() if name not in pages}
    return compiled({name: text for name, text in kept.items() if name.startswith(("xx/", "vocabulary/"))})


def test_how_cases_ended_is_counted_and_small_counts_are_withheld(at_work):
    browser, parts = at_work.browser("anna"), at_work.parts
    browser.post(f"/cases/{parts['case']}/close/", outcome="helped")
    page = Page(browser.get("/counts/")).text
    assert "2026-11 Help helped fewer than ten" in page


def test_a_key_is_restored_by_two_custodians_and_opens_the_old_cases(office):
    from base64 import b32decode

    from safeconduct.desk.members.totp import code_at, step_of
    from safeconduct.values.secret import Secret

    anna = office.member("anna")
    three = [office.member(login, Role.CUSTODIAN) for login in ("k1", "k2", "k3")]
    case, _ = office.case(anna)
    root = office.browser(office.admin())
    named = dict(zip(("one", "two", "three"), (str(one.member) for one in three), strict=True))
    assert root.post("/custodians/name/", named).status_code == 302
    hers = office.browser(anna)
    address = next(form for form in Page(hers.get("/custodians/")).forms() if "trust" in form)
    assert hers.post(address).headers["Location"] == "/custodians/"
    assert "Your key is sealed to them." in Page(hers.get("/custodians/")).text
    lost = office.browser()
    asked = Page(lost.post("/recover/ask/", login="anna"))
    for custodian in three:
        theirs = office.browser(custodian)
        page = theirs.get("/custodians/")
        assert "Anna" in Page(page).text
        request = id_after("help", page)
        theirs.post(f"/custodians/help/{request}/")
    token = next(word for word in asked.words if len(word) == 43)
    new = "a kestrel in spring"
    page = lost.post("/recover/finish/", token=token, new=new, again=new)
    assert page.status_code == 200, Page(page).text
    shown = Page(page)
    letters = next(word for word in shown.words if word.isalnum() and word.isupper() and len(word) == 32)
    code = code_at(Secret(b32decode(letters)), step_of(office.clock.moment))
    assert lost.post("/join/code/", token=shown.value("token"), code=code).status_code == 302
    assert lost.get(f"/cases/{case}/").status_code == 200
    assert hers.get("/inbox/").headers["Location"] == "/sign-in/"


def test_a_new_printed_code_is_shown_once_and_proved(at_work):
    browser = at_work.browser("anna")
    page = Page(browser.post("/settings/code/"))
    groups = [word for word in page.words if word.isdigit() and len(word) == 6]
    assert len(groups) == 7
    assert browser.get("/").headers["Location"] == "/settings/drill/"
    assert browser.post("/settings/drill/", printed=at_work.people["anna"].printed).status_code == 409
    assert browser.post("/settings/drill/", printed=" ".join(groups)).status_code == 302
    assert browser.get("/").headers["Location"] == "/inbox/"


def test_a_way_in_is_opened_given_to_members_and_closed(at_work):
    browser = at_work.browser("root")
    made = browser.post("/channels/", name="Safe Harbour", days="30")
    address = made.headers["Location"]
    ivan, root = at_work.people["ivan"].member, at_work.people["root"].member
    assert browser.post(address, members=str(root)).status_code == 409
    assert "read by nobody" in Page(browser.get("/channels/")).text
    assert browser.post(address, members=str(ivan)).headers["Location"] == "/channels/"
    assert "Ivan · shredded 30 days after closing" in Page(browser.get("/channels/")).text
    assert browser.post(f"{address}open/", open="no").status_code == 302
    assert "takes no new cases" in Page(browser.get("/channels/")).text
    assert "Take new cases" in Page(browser.get(address)).text
    assert browser.post("/channels/", name="").status_code == 409


def test_an_administrator_locks_resets_and_invites(at_work):
    browser, clara = at_work.browser("root"), at_work.people["clara"].member
    assert "Clara" in Page(browser.get(f"/members/{clara}/lock/")).text
    refused = browser.post(f"/members/{clara}/lock/")
    assert refused.status_code == 409
    assert "Nobody else holds 1 case. Nobody could ever open it again." in Page(refused).text
    assert Page(refused).value("losing") == "1"
    assert browser.post(f"/members/{clara}/lock/", losing="1").headers["Location"] == "/members/"
    assert "locked" in Page(browser.get("/members/")).text
    assert "/join/" in Page(browser.post(f"/members/{clara}/reset/")).text
    assert browser.post("/members/invite/", name="Boris").status_code == 409
    mixed = {"name": "Boris", "roles": ["administrator", "lawyer"]}
    assert "These roles do not go together" in Page(browser.post("/members/invite/", mixed)).text


def test_an_administrator_takes_back_a_link_that_nobody_has_used(at_work):
    browser = at_work.browser("root")
    assert "Links that nobody has used yet" not in Page(browser.get("/members/")).text
    browser.post("/members/invite/", {"name": "Boris <b>", "roles": ["lawyer"]})
    (made,) = Invitation.objects.all()
    page = browser.get("/members/")
    assert "Boris <b>" in Page(page).text
    assert f"/members/links/{made.id}/take-back/" in page.content.decode()
    assert made.lookup not in page.content.decode()
    assert "Links that nobody has used yet" not in Page(at_work.browser("ivan").get("/members/")).text
    assert browser.post(f"/members/links/{made.id}/take-back/").headers["Location"] == "/members/"
    assert "The link was taken back." in Page(browser.get("/members/")).text
    assert browser.post(f"/members/links/{made.id}/take-back/").status_code == 404
    assert "Links that nobody has used yet" not in Page(browser.get("/members/")).text


def test_a_member_in_danger_locks_themselves(at_work):
    browser = at_work.browser("ivan")
    address = f"/members/{at_work.people['ivan'].member}/lock/"
    assert "Lock yourself?" in Page(browser.get(address)).text
    assert browser.post(address).headers["Location"] == "/sign-in/"
    assert browser.get("/inbox/").headers["Location"] == "/sign-in/"


def test_the_language_is_kept_in_a_cookie(at_work):
    browser = at_work.browser("anna")
    assert browser.post("/language/", language="uk", back="/cases/").headers["Location"] == "/cases/"
    assert '<html lang="uk">' in browser.get("/cases/").content.decode()
    browser.post("/language/", language="xx", back="/cases/")
    assert '<html lang="uk">' in browser.get("/cases/").content.decode()


def test_the_law_of_this_version_is_shown_in_the_readers_language(office, settings_of):
    from dataclasses import replace

    from django.conf import settings

    from tests.desk.office.whole_case import a_whole_case

    settings_of(replace(settings.DESK, law=None))
    anna = office.member("anna")
    parts = a_whole_case(office, anna)
    him = f"/cases/{parts['case']}/people/{parts['person']}/"
    page = Page(office.browser(anna, language="ru").get(f"{him}position/")).text
    assert "Уголовный риск" in page or "Что неясно" in page
    assert "RU-UK-337" in page
    assert "Когда вы родились?" in Page(office.browser(anna, language="ru").get(f"{him}facts/person/")).text


def test_the_same_form_sent_twice_writes_once(at_work):
    browser, here = at_work.browser("anna"), f"/cases/{at_work.parts['case']}/"
    token = Page(browser.get(here)).value("token")
    for _ in range(3):
        assert browser.post(here, text="only once", token=token).status_code == 302
    assert Page(browser.get(here)).text.count("only once") == 1


#   files that are sent      how the page answers
UPLOADS = [
    ([b"one"],               302),
    ([b"x"] * 5,             302),
    ([b"x"] * 6,             409),
    ([b"x" * 70_000],        409),
    ([],                     409),
]  # fmt: skip


@pytest.mark.parametrize(("files", "status"), UPLOADS)
def test_files_are_taken_up_to_what_the_desk_takes(at_work, settings_of, files, status):
    from dataclasses import replace

    from django.conf import settings
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings_of(replace(settings.DESK, longest_file=60_000))
    browser, here = at_work.browser("anna"), f"/cases/{at_work.parts['case']}/"
    token, before = Page(browser.get(here)).value("token"), rows()
    sent = [SimpleUploadedFile(f"{number}.pdf", content) for number, content in enumerate(files)]
    answer = browser.post(here, text="", token=token, files=sent)
    assert answer.status_code == status
    assert (rows() == before) is (status == 409)


def test_what_was_written_stays_on_the_page_when_it_could_not_be_sent(at_work):
    browser, here = at_work.browser("anna"), f"/cases/{at_work.parts['case']}/"
    answer = browser.post(here, text="an hour of work", token="old")
    assert answer.status_code == 409
    assert "an hour of work" in Page(answer).text
    assert "This form is too old" in Page(answer).text
    assert browser.post(here, text="an hour of work", token=Page(answer).value("token")).status_code == 302


def test_a_case_in_which_somebody_refused_is_assigned_with_a_warning_and_a_reason(at_work):
    browser, parts, lena = at_work.browser("anna"), at_work.parts, str(at_work.people["lena"].member)
    here = f"/cases/{parts['case']}/"
    warning = "A colleague here is no stranger"
    assert warning not in Page(browser.get(f"{here}holders/")).text
    browser.post(f"{here}people/{parts['person']}/consent/", consent="refused")
    assert warning in Page(browser.get(f"{here}holders/")).text
    answer = browser.post(f"{here}assign/", member=lena)
    assert answer.status_code == 409
    assert "Say why a colleague must read it all the same." in Page(answer).text
    assert at_work.browser("lena").get(here).status_code == 404
    assert browser.post(f"{here}assign/", member=lena, reason="the court sits tomorrow").status_code == 302
    assert at_work.browser("lena").get(here).status_code == 200
    assert "Lena : the court sits tomorrow" in Page(browser.get(f"{here}trail/")).text
