"""Files on their way: a few at once to one conversation; who takes more is told to wait, and others are not kept."""

import gc
from uuid import uuid4

import pytest
from django.test import RequestFactory

from safeconduct.desk.project import downloads
from safeconduct.desk.project.downloads import MOST_AT_ONCE, Underway, download

ONE, OTHER = uuid4(), uuid4()
pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def underway(monkeypatch):
    monkeypatch.setattr(downloads, "underway", one := Underway(MOST_AT_ONCE))
    return one


def a_download(to=ONE, pieces=(b"a", b"bc")):
    return download(RequestFactory().get("/4/x"), iter(pieces), name="скан.pdf", length=3, to=to)


@pytest.mark.usefixtures("underway")
def test_a_file_tells_its_length_before_and_is_a_download_of_unknown_kind():
    answer = a_download()
    assert (answer.status_code, b"".join(answer)) == (200, b"abc")
    assert (answer["Content-Length"], answer["Content-Type"]) == ("3", "application/octet-stream")
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")


@pytest.mark.security
@pytest.mark.usefixtures("underway")
def test_few_files_are_on_their_way_to_one_conversation_and_those_of_others_set_out():
    held = [a_download() for _ in range(MOST_AT_ONCE)]
    refused = a_download()
    assert refused.status_code == 429
    assert "Wait until one of them has arrived" in refused.content.decode()
    assert a_download(to=OTHER).status_code == 200
    held[0].close()
    assert a_download().status_code == 200


@pytest.mark.parametrize("end", [lambda answer: answer.close(), lambda answer: list(answer) and answer.close()])
def test_a_file_that_was_taken_or_given_up_is_counted_no_more(underway, end):
    for _ in range(2 * MOST_AT_ONCE):
        end(a_download())
    assert underway._counts == {}


def test_a_file_that_nobody_closes_is_forgotten(underway):
    for _ in range(2 * MOST_AT_ONCE):
        assert a_download().status_code == 200
        gc.collect()
    assert underway._counts == {}


def test_a_file_that_is_closed_twice_is_counted_once(underway):
    first, second = a_download(), a_download()
    first.close()
    first.close()
    assert underway._counts == {ONE: 1}
    second.close()
