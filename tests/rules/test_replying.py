"""What a reply makes of an interview, without anybody who asks."""

from datetime import date
from functools import cache

import pytest

from safeconduct.rules.asking import EVENTS, Item, Option, Subject
from safeconduct.rules.interview import Question
from safeconduct.rules.replying import (
    Meaning,
    Silence,
    Told,
    meant,
    named,
    none_of_them,
    takes_words,
    told_event,
    told_value,
    told_words,
    unanswered,
)
from safeconduct.rules.situation import Situation
from safeconduct.rules.telling.draft import Draft
from safeconduct.values.errors import SituationError
from tests.rules.pages import FACTS, STEPPED, corpus_of

ON = date(2024, 3, 1)
FACT, EVENT, WHICH, NONE_OF, DAY = Subject.FACT, Subject.EVENT, Subject.WHICH, Subject.NONE_OF, Subject.DAY
NOBODY = Situation(facts={})


@cache
def words():
    return corpus_of(STEPPED, FACTS).vocabulary


def question(name, subject=FACT, *offered, of=(), key=""):
    options = tuple(Option(text=text, situation=NOBODY) for text in offered)
    return Question(subject=subject, name=name, text="?", why="", options=options, bears_on=(), open=1, of=of, key=key)


#    question                                          takes words
FREE = [
    (question("citizenships"),                         True),
    (question("permit", FACT, "none"),                 True),
    (question("birth_date", FACT, "1994..", "none"),   True),
    (question("served_on", FACT, "..2022-01-01"),      True),
    (question("fitness", FACT, "A", "B"),              False),
    (question("left_unit", EVENT, "yes", "no"),        False),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "free"), FREE)
def test_words_are_a_reply_where_nothing_else_is_offered_and_of_days(asked, free):
    assert takes_words(asked) is free


ABOUT_30 = Meaning(text="28..32 on 2024-03-01", is_age=True, is_vague=True)
BORN = question("birth_date", FACT, "..1994-03-01", "1994-03-02..")

#    question                        typed               meaning
MEANT = [
    (BORN,                           "..1994-03-01",     Meaning(text="..1994-03-01")),
    (BORN,                           "about 30",         ABOUT_30),
    (BORN,                           "1994",             Meaning(text="1994")),
    (question("left_unit.on", DAY),  "autumn 2022",      Meaning(text="2022-09-01..2022-11-30", is_vague=True)),
    (question("left_unit.on", DAY),  "30",               Meaning(text="30")),
    (question("citizenships"),       "RU, KZ",           Meaning(text="RU, KZ")),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "typed", "meaning"), MEANT)
def test_vague_words_are_widened_and_say_so(asked, typed, meaning):
    assert meant(asked, typed, ON) == meaning


@pytest.mark.parametrize("silence", Silence)
def test_a_fact_keeps_why_it_was_not_told_and_an_event_only_that_it_was_asked(silence):
    fact = unanswered(Told(), question("fitness"), silence)
    assert (fact.draft.person, fact.asked) == ({"fitness": silence.value}, {"fitness"})
    event = unanswered(Told(), question("left_unit", EVENT), silence)
    assert (event.draft, event.asked) == (Draft(), {"left_unit"})


def test_what_was_told_before_is_not_taken_back_by_silence():
    told = Told(draft=Draft(person={"birth_date": "1994"}))
    assert unanswered(told, question("birth_date"), Silence.UNKNOWN).draft == told.draft


def test_a_list_of_things_is_told_at_once():
    items = (Item(name="left_unit", yes="yes", no="no"), Item(name="entered", yes="", no="no"))
    told = named(Told(), question(EVENTS, WHICH, of=items), ["left_unit"], words())
    assert told.draft.history == ({"event": "left_unit"},)
    assert told.draft.others == {"not_happened": ["entered"]}
    assert told.asked == {"events: left_unit"}


@pytest.mark.parametrize(("applies", "person"), [(True, {"grounds": "none"}), (False, {})])
def test_none_of_several_grounds_settles_them_or_leads_to_each(applies, person):
    told = none_of_them(Told(), question("grounds", NONE_OF), words(), applies=applies)
    assert (told.draft.person, told.asked) == (person, {"grounds"})


#    question                        typed            person                                     asked again
TYPED = [
    (question("fitness"),            "A",             {"fitness": "A"},                          False),
    (question("citizenships"),       "RU, KZ",        {"citizenships": ["RU", "KZ"]},            False),
    (question("children"),           "none",          {"children": []},                          False),
    (question("permit"),             "{kind: temporary}", {"permit": {"kind": "temporary"}},     False),
    (BORN,                           "1994",          {"birth_date": "1994"},                    True),
    (BORN,                           "about 30",      {"age": "28..32 on 2024-03-01"},           True),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "typed", "person", "again"), TYPED)
def test_words_are_kept_as_a_file_writes_them(asked, typed, person, again):
    told = told_words(Told(), asked, meant(asked, typed, ON), words())
    assert told.draft.person == person
    assert told.asked == (frozenset() if again else {asked.name})


@pytest.mark.parametrize("typed", ["1994", "about 30"])
def test_who_says_the_same_once_more_is_not_asked_again(typed):
    meaning = meant(BORN, typed, ON)
    once = told_words(Told(), BORN, meaning, words())
    twice = told_words(once, BORN, meaning, words())
    assert (once.asked, twice.asked) == (frozenset(), {"birth_date"})
    assert twice.draft == once.draft


def test_a_value_is_kept_as_it_is():
    told = told_value(Told(), question("permit"), {"kind": "temporary"}, words())
    assert told.draft.person == {"permit": {"kind": "temporary"}}


ENTERED = question("entered", EVENT, "yes", "no", key="country")


def test_an_event_is_told_with_its_day_and_its_country_or_as_not_happened():
    told = told_event(Told(), ENTERED, words(), happened=True, on="2023", where="KZ")
    assert told.draft.history == ({"event": "entered", "on": "2023", "country": "KZ"},)
    assert told.asked == frozenset()
    assert told_event(Told(), ENTERED, words(), happened=False).draft.others == {"not_happened": ["entered"]}


def test_what_cannot_be_read_or_contradicts_is_refused():
    with pytest.raises(SituationError):
        told_words(Told(), BORN, Meaning(text="yesterday"), words())
    with pytest.raises(SituationError):
        told_event(Told(), ENTERED, words(), happened=True, on="2024-02-31")
    with pytest.raises(SituationError):
        told_value(Told(), question("fitness"), "Q", words())
