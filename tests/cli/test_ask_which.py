"""A question about several things at the terminal: one reply names those that are so."""

from dataclasses import replace
from datetime import date

import click
import pytest

from safeconduct.cli import ask_wording as wording
from safeconduct.cli.ask import Interview, offered_texts, replied
from safeconduct.rules.asking import EVENTS, Item, Option, Subject
from safeconduct.rules.interview import Question
from safeconduct.rules.situation import Situation
from safeconduct.rules.telling.draft import Draft
from tests.rules.pages import FACTS, STEPPED, corpus_of


@pytest.fixture(scope="module")
def corpus():
    return corpus_of(STEPPED, FACTS)


def started(corpus):
    return Interview(corpus=corpus, on=date(2024, 3, 1), about=(), draft=Draft())


ITEMS = (
    Item(name="left_unit", yes="yes", no="no"),
    Item(name="entered", yes="", no="no"),
    Item(name="left_unit.again", yes="", no="no"),
)


def several(name=EVENTS):
    return Question(
        subject=Subject.WHICH, name=name, text="?", why="", options=(), bears_on=("XX-AWAY",), open=3, of=ITEMS[:2]
    )


#    reply                       events that happened   what is asked about by itself
SEVERAL = [
    ("none",                     [],                    set()),
    ("1",                        [],                    set()),
    ("2",                        ["left_unit"],         {"events: left_unit"}),
    ("left unit, 3",             ["left_unit"],         {"events: left_unit", "events: entered"}),
    ("left_unit",                ["left_unit"],         {"events: left_unit"}),
]  # fmt: skip


@pytest.mark.parametrize(("reply", "happened", "asked"), SEVERAL)
def test_several_things_are_told_in_one_reply(corpus, reply, happened, asked):
    interview = replied(started(corpus), several(), reply)
    assert [event["event"] for event in interview.draft.history] == happened
    assert interview.asked == asked


def test_a_reply_to_a_question_about_several_things_that_names_another_is_asked_for_again(corpus):
    assert replied(started(corpus), several(), "left unit, perhaps") is None
    assert replied(started(corpus), several(), "9") is None
    assert replied(started(corpus), several(), "?").asked == {EVENTS}


def test_several_things_are_shown_in_words():
    assert offered_texts(several()) == ("none of these", "left unit", "entered")
    assert wording.item(ITEMS[2]) == "left unit"
    assert "commas between" in wording.hint(several())


def test_of_an_event_that_is_kept_apart_by_its_country_that_is_asked_too(corpus, monkeypatch):
    for told_where, event in (("KZ", {"event": "entered", "country": "KZ"}), ("?", {"event": "entered"})):
        replies = iter(["?", told_where])
        monkeypatch.setattr(click, "prompt", lambda *_, **__: next(replies))  # noqa: B023 -- used at once
        entered = replace(several("entered"), subject=Subject.EVENT, key="country", of=())
        options = (Option(text="yes", situation=Situation(facts={})),)
        assert replied(started(corpus), replace(entered, options=options), "yes").draft.history == (event,)
