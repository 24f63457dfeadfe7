"""Faults that a hostile reader of the check found: a day that is another one elsewhere, work without end, two tabs."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.desk.check.browsing import TextBrowser
from tests.desk.check.finding_out import a_run, carrying
from tests.desk.check.small_site import contact_site, open_site, small_site
from tests.desk.contact.visiting import LANGUAGES, Visitor

__all__ = ["contact_site", "open_site", "small_site"]
pytestmark = pytest.mark.security
DAY = date(2026, 11, 22)
SPOKEN = {
    "en": ("22 November 2026", "the next day may have begun"),
    "ru": ("22 ноября 2026", "мог уже начаться следующий день"),
    "uk": ("22 листопада 2026", "міг уже початися наступний день"),
    "kk": ("22 қараша", "келесі күн басталып кеткен болуы мүмкін"),
}


@pytest.fixture
def run(small_site):
    """A run that was begun on a day of which the next one has begun in Almaty."""
    return replace(a_run(None), day=DAY)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["result", "print"])
def test_a_result_says_from_which_day_it_counts_and_that_the_next_may_have_begun(run, language, page):
    text = carrying(Visitor(language), run).get(f"/c/{run.id}/{page}").content.decode()
    assert [words for words in SPOKEN[language] if words not in text] == []


@pytest.mark.parametrize("page", ["result", "result/1", "print"])
def test_whoever_asks_for_results_without_end_is_told_to_come_again_and_loses_no_answer(run, monkeypatch, page):
    from safeconduct.desk.check.views import result
    from safeconduct.desk.project.turns import Line

    line = Line(at_once=1, waiting=0, patience_s=0)
    monkeypatch.setattr(result, "line", line)
    visitor = carrying(Visitor("en"), run)
    with line.turn():
        answer = visitor.get(f"/c/{run.id}/{page}")
        assert visitor.get("/1").status_code == 200
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "Your answers are still here" in answer.content.decode()
    assert visitor.get(f"/c/{run.id}/result").status_code == 200


def test_fewer_requests_wait_for_results_than_a_process_has_threads():
    from safeconduct.desk.check.views import result
    from safeconduct.desk.operating import site

    assert result.line._here._initial_value < site._THREADS
    assert result.line._working._initial_value == 1


def test_a_vague_reply_for_which_there_is_no_room_is_an_answer_and_no_fault(small_site, monkeypatch):
    from safeconduct.desk.check.views import steps

    visitor = at_the_day()
    monkeypatch.setattr(steps, "fits", lambda _run: False)
    visitor.send(on__year="2022", on__month="autumn")
    assert visitor.answer.status_code == 422
    assert "There is no room for more" in visitor.text


def test_yes_is_said_only_to_what_was_read(small_site):
    visitor = at_the_day()
    other = visitor.twin()
    visitor.send(on__year="2022", on__month="autumn")
    assert "30 November 2022" in visitor.text
    other.open(visitor.address)
    other.send(right="no")
    other.send(on__year="2021", on__month="spring")
    assert "31 May 2021" in other.text
    visitor.send(right="yes")
    assert "31 May 2021" in visitor.text
    assert visitor.address == other.address
    visitor.send(right="yes")
    assert visitor.address != other.address


def at_the_day():
    """A browser that is asked for the day on which the unit was left."""
    from uuid import UUID

    from django.http import HttpResponse

    from safeconduct.desk.check import keeping
    from safeconduct.desk.check.run import Put, Reply, Step
    from safeconduct.rules.asking import Subject

    visitor = TextBrowser("en")
    begun = visitor.begin()
    left = Step(put=Put(subject=Subject.EVENT, name="left_unit"), reply=Reply(happened=True))
    made = replace(
        a_run(None), id=UUID(begun.rpartition("/")[2]), steps=(left,), put=Put(subject=Subject.DAY, name="left_unit.on")
    )
    answer = HttpResponse()
    keeping.keep(answer, made)
    visitor.jar["__Secure-c", f"{begun}/"] = answer.cookies["__Secure-c"].value
    visitor.open(f"{begun}/2")
    return visitor


def test_a_page_of_answers_that_is_made_across_midnight_is_kept_no_longer_than_its_day(open_site, monkeypatch):
    from safeconduct.desk.contact.views import public_answers

    last = datetime(2026, 11, 22, 23, 59, 58, tzinfo=UTC)
    moments = iter([last, last + timedelta(seconds=5), last + timedelta(seconds=6)])
    monkeypatch.setattr(public_answers, "now", lambda: next(moments))
    answer = Visitor().get("/a/en/28")
    assert answer.headers["Cache-Control"] == "public, max-age=2"


@pytest.mark.parametrize("respelt", [lambda told: f"{told}=", lambda told: told.replace("-", "+", 1)])
def test_a_state_in_other_letters_starts_again(run, respelt):
    from safeconduct.desk.check.keeping import COOKIE

    visitor = carrying(Visitor("en"), run)
    while "-" not in visitor.client.cookies[COOKIE].value:
        carrying(visitor, run)
    visitor.client.cookies[COOKIE] = respelt(visitor.client.cookies[COOKIE].value)
    assert visitor.get(f"/c/{run.id}/result").status_code == 410
