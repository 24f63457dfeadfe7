"""What a person can do on the contact site, step by step, and what they are told when something is wrong."""

import os
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from safeconduct.desk.cases.actions.read_thread import read_thread
from safeconduct.desk.cases.models import Case, Record
from safeconduct.desk.cases.values import ForWhom
from tests.desk.builders import a_channel, a_member
from tests.desk.contact.visiting import LANGUAGES, Visitor, code_in, reading


def a_file(content=b"scan", name="scan.pdf"):
    return SimpleUploadedFile(name, content)


def thread_of(code):
    """What lies in the thread of a code."""
    from safeconduct.desk.cases.actions.return_with_code import return_with_code
    from safeconduct.desk.project.clock import now
    from safeconduct.values.secret import Secret

    return read_thread(return_with_code(Secret(code), now=now()).actor)


def shown(response):
    """The words of a page, in one line."""
    return " ".join(" ".join(reading(response).words).split())


@pytest.mark.usefixtures("open_site")
def test_a_person_writes_first_and_gets_the_code_after():
    written = Visitor("ru").write("Я в Алматы", files=[a_file()], for_whom="many")
    assert written.status_code == 200
    thread = thread_of(code_in(written))
    assert [message.text for message in thread.messages] == ["Я в Алматы"]
    assert [file.name for file in thread.files] == ["scan.pdf"]
    assert (thread.language, thread.for_whom) == ("ru", ForWhom.MANY)


#   language  words on the page beside the digits
WORDS = [
    ("en",    9),
    ("ru",    9),
    ("uk",    0),
    ("kk",    0),
]  # fmt: skip


@pytest.mark.parametrize(("language", "number"), WORDS)
@pytest.mark.usefixtures("open_site")
def test_the_code_is_shown_in_words_where_there_is_a_list_of_them(language, number):
    page = Visitor(language).write().content.decode()
    words = re.findall(r"<span>([^\W\d]+)</span>", page)
    assert len(words) == number
    if words:
        assert thread_of(" ".join(words)).messages


@pytest.mark.usefixtures("open_site")
def test_the_code_opens_the_conversation_and_the_day_of_the_last_visit_is_told():
    code = code_in(Visitor().write("First"))
    visitor = Visitor()
    assert visitor.come_back(code).headers["Location"] == "/4"
    assert "This is the first visit" in shown(visitor.get("/4"))
    other = Visitor()
    other.come_back(code)
    assert "Day of the visit before this one" in shown(other.get("/4"))


@pytest.mark.usefixtures("open_site")
def test_a_person_reads_an_answer_and_takes_a_file_that_was_sent(open_site):
    from safeconduct.desk.cases.actions.write_as_member import write_as_member
    from safeconduct.desk.cases.form_token import issue
    from safeconduct.desk.project.clock import now

    code = code_in(Visitor().write())
    case = Case.objects.get().pk
    write_as_member(
        open_site,
        case=case,
        text="Здравствуйте",
        files=(a_file(b"x" * 3000, "Памятка.pdf"),),
        token=issue(now=now()),
        now=now(),
    )
    visitor = Visitor()
    visitor.come_back(code)
    page = visitor.get("/4")
    assert "Здравствуйте" in shown(page)
    (address,) = [link["href"] for link in reading(page).links if link["href"].startswith("/4/")]
    file = visitor.get(address)
    assert b"".join(file.streaming_content) == b"x" * 3000
    assert file.headers["Content-Type"] == "application/octet-stream"
    assert file.headers["Content-Disposition"].startswith("attachment;")


@pytest.mark.usefixtures("open_site")
def test_a_person_writes_again_with_files():
    code = code_in(Visitor().write())
    visitor = Visitor()
    visitor.come_back(code)
    sent = visitor.send("/4", "text", text="One more thing", files=[a_file(), a_file(name="b.jpg")])
    assert sent.headers["Location"] == "/5"
    thread = thread_of(code)
    assert [message.text for message in thread.messages][1:] == ["One more thing"]
    assert sorted(file.name for file in thread.files) == ["b.jpg", "scan.pdf"]


@pytest.mark.usefixtures("open_site")
def test_ending_asks_first_and_then_erases_everything():
    visitor = Visitor()
    code = code_in(visitor.write())
    visitor.come_back(code)
    assert "End and erase?" in shown(visitor.get("/6"))
    assert Case.objects.get().ended is False
    assert visitor.client.post("/6", reading(visitor.get("/6")).forms[0]["fields"]).headers["Location"] == "/7"
    assert Case.objects.get().ended is True
    assert not Record.objects.filter(domain="thread").exists()
    assert visitor.get("/4").status_code == 403
    assert Visitor().come_back(code).status_code == 422


@pytest.mark.usefixtures("open_site")
def test_a_slip_in_the_trial_shows_the_code_again_and_the_right_one_goes_on():
    visitor = Visitor()
    written = visitor.write()
    slipped = visitor.send("/2", "code", on=written, code="1234")
    assert code_in(slipped) == code_in(written)
    assert "This code opens nothing here" in shown(slipped)
    assert visitor.send("/2", "code", on=slipped, code=code_in(written)).headers["Location"] == "/4"


@pytest.mark.usefixtures("open_site")
def test_going_back_and_sending_again_gives_the_same_code_and_one_case():
    visitor = Visitor()
    page = visitor.get("/2")
    codes = {code_in(visitor.send("/2", "for_whom", on=page, text="Once")) for _ in range(3)}
    assert len(codes) == 1
    assert Case.objects.count() == 1


#   what is sent                                      what is said
WRONG = [
    ({"text": "  "},                                  "Nothing is written yet"),
    ({"text": "x" * 50_001},                          "The text is too long"),
    ({"text": "x", "website": "http://spam"},         "One field must stay empty"),
    ({"text": "x", "token": "forged"},                "This page is too old"),
    ({"text": "x", "without": ("whole",)},            "Not everything arrived"),
    ({"text": "x", "files": [1] * 6},                 "These are too many files"),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "said"), WRONG)
@pytest.mark.usefixtures("open_site")
def test_what_is_wrong_is_said_at_the_form_and_the_text_stays(sent, said):
    sent = {**sent, "files": [a_file() for _ in sent.get("files", ())]}
    answer = Visitor().write(**sent)
    assert answer.status_code == 422
    assert said in shown(answer)
    assert reading(answer).form("for_whom")["fields"]["text"].strip() == sent["text"].strip()
    assert Case.objects.count() == Record.objects.count() == 0


@pytest.mark.parametrize("sent", [row[0] for row in WRONG])
@pytest.mark.usefixtures("open_site")
def test_the_page_that_says_what_is_wrong_can_be_sent_once_it_is_mended(sent):
    sent = {**sent, "files": [a_file() for _ in sent.get("files", ())]}
    visitor = Visitor()
    again = visitor.send("/2", "for_whom", on=visitor.write(**sent), text="mended")
    assert code_in(again)


def test_a_file_that_is_too_large_is_said_at_the_files(open_site, contact_site, settings_of):
    settings_of(replace(contact_site, longest_file=1000))
    answer = Visitor().write(files=[a_file(b"x" * 1001)])
    assert "A file is too large" in shown(answer)
    assert Case.objects.count() == 0


def test_a_form_that_is_sent_too_fast_asks_for_patience(open_site, contact_site, settings_of):
    settings_of(replace(contact_site, least_seconds=60))
    answer = Visitor().write()
    assert "That was very fast" in shown(answer)
    assert Case.objects.count() == 0


@pytest.mark.usefixtures("open_site")
def test_what_exceeds_the_upload_of_one_message_is_not_sent_without_its_files(contact_site, settings_of):
    settings_of(replace(contact_site, longest_file=1000))
    answer = Visitor().write("with files", files=[a_file(b"x" * 6000)])
    assert "Not everything arrived" in shown(answer)
    assert Case.objects.count() == 0


@pytest.mark.usefixtures("open_site")
def test_a_full_disk_is_said_before_anybody_has_typed(monkeypatch):
    visitor = Visitor()
    code = code_in(visitor.write())
    disk = os.statvfs("/")
    monkeypatch.setattr(os, "statvfs", lambda _: os.statvfs_result((*disk[:3], 1, 1, *disk[5:10])))
    answer = visitor.get("/2")
    assert answer.status_code == 503
    assert "no room left" in shown(answer)
    assert [form for form in reading(answer).forms if "text" in form["fields"]] == []
    assert visitor.come_back(code).status_code == 303


@pytest.mark.usefixtures("contact_site")
def test_where_nobody_reads_it_is_said_before_anybody_has_typed():
    answer = Visitor().get("/2")
    assert answer.status_code == 503
    assert "Nobody here can receive" in shown(answer)


@pytest.mark.usefixtures("open_site")
def test_a_store_that_cannot_be_written_keeps_the_text_and_asks_for_another_try(contact_site):
    visitor = Visitor()
    page = visitor.get("/2")
    store = contact_site.folder / "data.sqlite3"
    from django.db import connections

    with connections["default"].cursor() as cursor:
        cursor.execute("PRAGMA query_only=ON")
    answer = visitor.send("/2", "for_whom", on=page, text="Important")
    with connections["default"].cursor() as cursor:
        cursor.execute("PRAGMA query_only=OFF")
    assert store.exists()
    assert "We could not store this" in shown(answer)
    assert reading(answer).form("for_whom")["fields"]["text"] == "Important"
    assert Case.objects.count() == 0
    code = code_in(visitor.send("/2", "for_whom", on=answer))
    assert [message.text for message in thread_of(code).messages] == ["Important"]


@pytest.mark.usefixtures("open_site")
def test_with_several_ways_in_the_contact_chooses():
    other = a_channel(a_member())
    page = Visitor().get("/2")
    assert page.content.decode().count('type="radio" name="channel"') == 2
    Visitor().write(channel=str(other.pk))
    assert Case.objects.get().channel_id == other.pk


@pytest.mark.usefixtures("open_site")
def test_what_was_typed_when_the_visit_ended_comes_along():
    code = code_in(Visitor().write())
    visitor = Visitor()
    visitor.come_back(code)
    page = visitor.get("/4")
    visitor.client.cookies.pop("__Host-contact")
    answer = visitor.send("/4", "text", on=page, text="A long letter")
    assert answer.status_code == 403
    assert reading(answer).form("draft")["fields"]["draft"] == "A long letter"
    thread = visitor.send("/3", "code", on=answer, code=code)
    assert reading(thread).form("text")["fields"]["text"] == "A long letter"


@pytest.mark.usefixtures("open_site")
def test_after_half_an_hour_without_a_visit_the_code_is_asked_again(monkeypatch):
    visitor = Visitor()
    visitor.come_back(code_in(Visitor().write()))
    later = timezone.now() + timedelta(minutes=31)
    monkeypatch.setattr(timezone, "now", lambda: later)
    answer = visitor.get("/4")
    assert answer.status_code == 403
    assert "Type your code" in shown(answer)


def test_keys_that_were_renewed_ask_for_the_code(open_site):
    from safeconduct.desk.keyring.models import Contact

    visitor = Visitor()
    visitor.come_back(code_in(Visitor().write()))
    Contact.objects.update(epoch=2)
    assert "keys of your conversation were renewed" in shown(visitor.get("/4"))


def test_a_closed_conversation_can_be_read_and_says_that_it_is_closed(open_site):
    from safeconduct.desk.project.clock import today

    visitor = Visitor()
    visitor.come_back(code_in(Visitor().write("My story")))
    Case.objects.update(shred_on=today())
    answer = visitor.send("/4", "text", text="More")
    assert "This conversation is closed" in shown(answer)
    assert "My story" in shown(answer)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("open_site")
def test_the_language_is_chosen_first_and_kept(language):
    visitor = Visitor("en")
    page = visitor.get("/")
    token = reading(page).forms[0]["fields"]["csrfmiddlewaretoken"]
    chosen = visitor.client.post("/", {"csrfmiddlewaretoken": token, "language": language})
    assert chosen.headers["Location"] == "/1"
    assert f'<html lang="{language}">' in visitor.get("/1").content.decode()


@pytest.mark.usefixtures("open_site")
def test_a_language_that_there_is_not_asks_again():
    visitor = Visitor()
    token = reading(visitor.get("/")).forms[0]["fields"]["csrfmiddlewaretoken"]
    assert visitor.client.post("/", {"csrfmiddlewaretoken": token, "language": "xx"}).status_code == 200


@pytest.mark.usefixtures("open_site")
def test_closing_the_visit_leaves_the_conversation_as_it_is():
    visitor = Visitor()
    code = code_in(visitor.write())
    visitor.come_back(code)
    form = next(form for form in reading(visitor.get("/4")).forms if form["action"] == "/8")
    assert visitor.client.post("/8", form["fields"]).headers["Location"] == "/1"
    assert visitor.get("/4").status_code == 403
    assert visitor.come_back(code).status_code == 303


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_contact_whose_case_nobody_can_open_is_told_before_they_type(open_site, language):
    from safeconduct.desk.members.actions.lock_member import lock_member
    from safeconduct.desk.project.clock import now

    visitor = Visitor(language)
    visitor.come_back(code := code_in(visitor.write()))
    begun = visitor.get("/4")
    lock_member(open_site, member=open_site.member, now=now(), losing=1)
    before = Record.objects.count()
    refused = visitor.send("/4", "text", on=begun, text="is anybody there")
    assert refused.status_code == 422
    page = visitor.get("/4")
    assert not [form for form in reading(page).forms if "text" in form["fields"]]
    for answer in (refused, page, Visitor(language).come_back(code, draft="is anybody there")):
        assert "/2" in [link["href"] for link in reading(answer).links]
        assert "Nobody here can open this conversation any more." in shown(answer)
    assert "is anybody there" in shown(refused)
    assert "is anybody there" not in shown(page)
    assert Record.objects.count() == before
