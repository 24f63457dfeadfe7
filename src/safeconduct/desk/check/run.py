"""A run of the check: which questions were put, what was replied, and what is told by it.

What is told is not kept beside the replies: it is made of them anew, so that an earlier reply can be changed and the
later ones that still fit stay. Nothing in a run is in a language, and nothing in it says who is asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from safeconduct.rules.asking import AGAIN, EVENTS, Item, Option, Subject, item
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.interview import Question
from safeconduct.rules.questions import base_name
from safeconduct.rules.replying import (
    Meaning,
    Silence,
    Told,
    named,
    none_of_them,
    told_event,
    told_value,
    told_words,
    unanswered,
)
from safeconduct.rules.situation import Situation
from safeconduct.rules.telling.draft import Draft, Outline
from safeconduct.values.errors import SituationError

_NOBODY = Situation(facts={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """A question as it was put.

    Args:
        subject: What it is about.
        name: The fact, event or field; of several things the name of their group.
        offered: The replies that were offered, as a situation file writes them.
        of: Names of the things that it lists.
        bears_on: Ids of the first findings that it bears on, for the reader.
    """

    subject: Subject
    name: str
    offered: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    bears_on: tuple[str, ...] = ()

    def question(self, corpus: Corpus) -> Question:
        """The question, as the engine takes a reply to it."""
        kind = corpus.vocabulary.events.get(base_name(self.name)) if self.subject is Subject.EVENT else None
        return Question(
            subject=self.subject,
            name=self.name,
            text="",
            why="",
            options=tuple(Option(text=text, situation=_NOBODY) for text in self.offered),
            bears_on=self.bears_on,
            open=0,
            of=tuple(self._items(corpus)),
            key="" if kind is None else kind.key,
        )

    def _items(self, corpus: Corpus) -> Iterable[Item]:
        for name in self.of:
            if name in corpus.vocabulary.facts:
                found = item(corpus, Subject.FACT, name)
            else:
                is_event = "." not in name or name.endswith(AGAIN)
                found = item(corpus, Subject.EVENT if is_event else Subject.FIELD, name)
            if found is not None:
                yield found


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A reply; one of its parts is told.

    Args:
        silence: Why there is none.
        words: Words as they are meant, or an option.
        is_age: Whether the words tell an age, where the day of birth was asked for.
        names: Which of several things are so.
        value: A list or a record, as a situation file writes it.
        happened: Whether an event happened.
        on: Its day or days; "" if not known.
        where: The field that keeps events of its kind apart; "" if not known.
        none_applies: Whether it is so that none of several grounds applies.
    """

    silence: Silence | None = None
    words: str | None = None
    is_age: bool = False
    names: tuple[str, ...] | None = None
    value: Outline | None = None
    happened: bool | None = None
    on: str = ""
    where: str = ""
    none_applies: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A question that was answered, and its reply."""

    put: Put
    reply: Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A vague reply that was not read back yet.

    Args:
        step: Number of the question, from 1.
        reply: The reply, as it will be used.
    """

    step: int
    reply: Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run of the check.

    Args:
        id: Its id; stands in its addresses.
        day: The day asked: that on which it began.
        until: When it expires, in UTC; moves on with every step.
        steps: What was answered, in order.
        put: The question that is put now; None when no question can change anything.
        waiting: A reply that is to be read back.
        most: The most findings that were open at once.
        settled: How much is settled, 0..100; it never falls and never leaps.
    """

    id: UUID
    day: date
    until: datetime
    steps: tuple[Step, ...] = ()
    put: Put | None = None
    waiting: Waiting | None = None
    most: int = 0
    settled: int = 0

    @property
    def now_at(self) -> int:
        """The number of the question that is put now, from 1."""
        return len(self.steps) + 1

    def put_at(self, number: int) -> Put | None:
        """The question of a number from 1; None if there is none."""
        if 1 <= number <= len(self.steps):
            return self.steps[number - 1].put
        return self.put if number == self.now_at else None

    def reply_at(self, number: int) -> Reply | None:
        """The reply to the question of a number from 1; None if there is none."""
        return self.steps[number - 1].reply if 1 <= number <= len(self.steps) else None


def told_in(run: Run, corpus: Corpus) -> Told:
    """What is told by the replies of a run.

    Args:
        run: The run; its replies were taken, so they fit.
        corpus: The law with which it was begun.
    Returns:
        With the draft of a situation file, whose `situation` is what positions are computed from.
    """
    told = Told()
    for step in run.steps:
        told = after(told, step, corpus)
    return told


def draft_in(run: Run, corpus: Corpus) -> Draft:
    """What a situation file would say after the replies of a run."""
    return told_in(run, corpus).draft


def after(told: Told, step: Step, corpus: Corpus) -> Told:
    """What is told after a step.

    Raises:
        SituationError: If the reply cannot be read, or contradicts what was told before.
    """
    question, reply, vocabulary = step.put.question(corpus), step.reply, corpus.vocabulary
    if reply.silence is not None:
        return unanswered(told, question, reply.silence)
    if reply.names is not None:
        return named(told, question, reply.names, vocabulary)
    if reply.none_applies is not None:
        return none_of_them(told, question, vocabulary, applies=reply.none_applies)
    if reply.happened is not None:
        return told_event(told, question, vocabulary, happened=reply.happened, on=reply.on, where=reply.where)
    if reply.words is not None:
        return told_words(told, question, Meaning(text=reply.words, is_age=reply.is_age), vocabulary)
    return told_value(told, question, reply.value, vocabulary)


def with_reply(run: Run, number: int, reply: Reply, corpus: Corpus) -> Run:
    """The run after a question was answered, or an earlier reply changed; which question is next is not looked for.

    Args:
        run: The run.
        number: The question, 1..run.now_at; there is one.
        reply: The reply.
        corpus: The law.
    Returns:
        With the later replies that still fit.
    Raises:
        SituationError: If the reply cannot be read, or contradicts what was told before it.
    """
    put = run.put_at(number)
    if put is None:
        raise ValueError("no question of that number was put")
    steps = [*run.steps[: number - 1], Step(put=put, reply=reply)]
    told = Told()
    for step in steps:
        told = after(told, step, corpus)
    for step in run.steps[number:]:
        if _still_fits(told, step):
            try:
                told = after(told, step, corpus)
            except SituationError:
                continue
            steps.append(step)
    return replace(run, steps=tuple(steps), waiting=None)


def _still_fits(told: Told, step: Step) -> bool:
    """Whether a question that was put later can still be asked of what is told now."""
    put = step.put
    happened = {str(event.get("event")) for event in told.draft.history}
    match put.subject:
        case Subject.FIELD | Subject.DAY:
            return base_name(put.name) in happened
        case Subject.EVENT:
            return (base_name(put.name) in happened) == put.name.endswith(AGAIN)
        case Subject.WHICH if put.name == EVENTS:
            return not happened & set(put.of)
        case Subject.WHICH:
            events = {base_name(name) for name in put.of if "." in name}
            return events <= happened
        case _:
            return True
