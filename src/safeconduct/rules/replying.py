"""What a reply makes of an interview: the same at the terminal and on the public check.

`meant` says how words that were typed are taken, so that they can be read back first. `told_words`, `told_value`,
`told_event`, `named` and `unanswered` give what is told after a reply. Nothing here asks, prints or keeps anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from safeconduct.rules.asking import Subject
from safeconduct.rules.interview import Question, named_in
from safeconduct.rules.telling.draft import Draft, Outline, list_of, value_of
from safeconduct.rules.telling.vague import age_meant, days_meant
from safeconduct.rules.vocabulary import NO, NONE, YES, Shape, Vocabulary

BIRTH_DATE, AGE = "birth_date", "age"
"""The fact that is asked for, and the one that may be told in its place."""


class Silence(Enum):
    """Why a question was not answered, in the word of a situation file."""

    UNKNOWN = "unknown"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was told so far.

    Args:
        draft: What a situation file would say.
        asked: Names of questions that were put and not answered, and of those that are not put again; as
            `next_question` takes them.
    """

    draft: Draft = field(default_factory=Draft)
    asked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """How words are taken.

    Args:
        text: As a situation file writes them.
        is_age: Whether they tell an age, where the day of birth was asked for.
        is_vague: Whether they were widened: then they are read back before they are used.
    """

    text: str
    is_age: bool = False
    is_vague: bool = False


def takes_words(question: Question) -> bool:
    """Whether free words are a reply: where nothing is offered to choose from, and of days."""
    texts = {option.text for option in question.options}
    return not texts - {NONE} or question.name == BIRTH_DATE or any(".." in text for text in texts)


def meant(question: Question, words: str, on: date) -> Meaning:
    """How words are taken that were typed in reply to a question.

    Args:
        question: The question.
        words: What was typed; what an option says is taken as it stands.
        on: The day asked: an age is the age on that day.
    """
    if any(option.text == words for option in question.options):
        return Meaning(text=words)
    age = age_meant(words, on) if question.name == BIRTH_DATE else ""
    if age:
        return Meaning(text=age, is_age=True, is_vague=True)
    days = days_meant(words)
    return Meaning(text=days, is_vague=days != words)


def unanswered(told: Told, question: Question, silence: Silence) -> Told:
    """After "I don't know" or "rather not say".

    A file keeps for a fact why it has no value; for an event it has no word, so only this interview knows. What was
    told of the fact before stays.
    """
    after = replace(told, asked=told.asked | {question.name})
    if question.subject in (Subject.FACT, Subject.NONE_OF) and question.name not in told.draft.person:
        return replace(after, draft=told.draft.with_fact(question.name, silence.value))
    return after


def named(told: Told, question: Question, names: Iterable[str], vocabulary: Vocabulary) -> Told:
    """After it was told which of several things are so.

    Args:
        told: What was told before.
        question: A question about several things.
        names: Names of its items that are so; the others are not.
        vocabulary: The words that the draft is read with.
    Raises:
        SituationError: If it contradicts what was told before.
    """
    chosen = list(names)
    draft = _readable(told.draft.with_reply(question, chosen), vocabulary)
    # What is named and asked about by itself does not come up in the same list again.
    return Told(draft=draft, asked=told.asked | {named_in(question.name, name) for name in chosen})


def none_of_them(told: Told, question: Question, vocabulary: Vocabulary, *, applies: bool) -> Told:
    """After a question whether none of several grounds applies.

    Args:
        told: What was told before.
        question: A question of that kind.
        vocabulary: The words that the draft is read with.
        applies: Whether it is so that none does. If not, each ground is asked about by itself.
    Raises:
        SituationError: If it contradicts what was told before.
    """
    draft = _readable(told.draft.with_reply(question, NONE), vocabulary) if applies else told.draft
    return Told(draft=draft, asked=told.asked | {question.name})


def told_words(told: Told, question: Question, meaning: Meaning, vocabulary: Vocabulary) -> Told:
    """After words: an option that was chosen, or what was typed, as it is meant.

    Raises:
        SituationError: If they cannot be read, or contradict what was told before.
    """
    if meaning.is_age:
        return _after(told, question, _readable(told.draft.with_fact(AGE, meaning.text), vocabulary), again=True)
    fact = vocabulary.facts.get(question.name)
    listed = fact is not None and fact.shape in (Shape.LIST, Shape.RECORDS)
    return told_value(told, question, list_of(meaning.text) if listed else value_of(meaning.text), vocabulary)


def told_value(told: Told, question: Question, value: Outline, vocabulary: Vocabulary) -> Told:
    """After a value, in the form of a situation file.

    Raises:
        SituationError: If it cannot be read, or contradicts what was told before.
    """
    draft = _readable(told.draft.with_reply(question, value), vocabulary)
    # A day may be asked for again, more narrowly, while that matters; nothing else is.
    again = question.name == BIRTH_DATE or question.subject is Subject.EVENT
    return _after(told, question, draft, again=again)


def told_event(  # noqa: PLR0913 -- the question, and what is told of the event
    told: Told, question: Question, vocabulary: Vocabulary, *, happened: bool, on: str = "", where: str = ""
) -> Told:
    """After a question whether an event happened.

    Args:
        told: What was told before.
        question: A question about an event.
        vocabulary: The words that the draft is read with.
        happened: Whether it did; if not, no other than those told did.
        on: Its day or days, as a situation file writes them; "" if not known.
        where: The field by which events of this kind are kept apart; "" if not known.
    Raises:
        SituationError: If it cannot be read, or contradicts what was told before.
    """
    draft = told.draft.with_reply(question, YES if happened else NO, on=on, where=where)
    return replace(told, draft=_readable(draft, vocabulary))


def _after(told: Told, question: Question, draft: Draft, *, again: bool) -> Told:
    """Who says the same once more knows it no better, and is not asked again."""
    is_new = draft != told.draft
    return Told(draft=draft, asked=told.asked if again and is_new else told.asked | {question.name})


def _readable(draft: Draft, vocabulary: Vocabulary) -> Draft:
    """The draft, if it can be read as a file is read."""
    draft.situation(vocabulary)
    return draft
