"""A message whose files were too much for the room that there is: it is not sent without them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from safeconduct.desk.project import uploads
from safeconduct.desk.project.room import Room
from tests.desk.office.at_work import Page


@pytest.mark.parametrize("tab", ["", "notes/"])
def test_what_a_member_writes_is_not_sent_without_its_files(office, monkeypatch, tab):
    anna = office.member("anna")
    case, _ = office.case(anna)
    browser, here = office.browser(anna), f"/cases/{case}/{tab}"
    token = Page(browser.get(here)).value("token")
    monkeypatch.setattr(uploads, "room", Room(own_bytes=10, shared_bytes=10, patience_s=0.01))
    answer = browser.post(here, text="look at this", token=token, files=SimpleUploadedFile("a", b"x" * 100))
    assert answer.status_code == 409
    assert "This is longer than the desk takes." in answer.content.decode()
    assert "look at this" in answer.content.decode()
    assert "look at this" not in browser.get(here).content.decode()
