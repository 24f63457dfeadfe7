"""The course of a run: how it begins, which question comes next, and how much is settled."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from safeconduct.desk.cases.law import looks_of
from safeconduct.desk.check.keeping import LASTS
from safeconduct.desk.check.run import Put, Run, told_in
from safeconduct.rules.asking import EVENTS, FACTS, Subject
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.interview import Question, named_in, next_question
from safeconduct.rules.replying import Told
from safeconduct.rules.vocabulary import NO, YES

COUNTRIES = "wishes_to_apply"
"""The fact that holds countries whose law is to be looked at."""
_COUNTRY = "country"
_TITLES = 3
"""Findings that are named to say why a question is asked."""
_LEAP, _ALMOST, _ALL = 12, 95, 100
"""The most that the bar grows by one reply, and where it waits for the last question; in hundredths."""


def begun(corpus: Corpus, run: UUID, *, day: date, moment: datetime) -> Run:
    """A new run with its first question.

    Args:
        corpus: The law.
        run: Its id.
        day: The day asked.
        moment: The moment, in UTC.
    """
    new = Run(id=run, day=day, until=moment + LASTS)
    if COUNTRIES in corpus.vocabulary.facts:
        # Only the law of countries that were mentioned is looked at: so they are asked for first.
        return replace(new, put=Put(subject=Subject.FACT, name=COUNTRIES))
    return going_on(new, corpus, moment=moment)


def going_on(run: Run, corpus: Corpus, *, moment: datetime) -> Run:
    """The run with the question that is to be put now, and a new half hour.

    Args:
        run: With the replies so far.
        corpus: The law.
        moment: The moment, in UTC.
    """
    told = told_in(run, corpus)
    ticked = _ticked(told, corpus)
    if ticked is not None:
        settled = min(run.settled + 1, _ALMOST)
        return replace(run, until=moment + LASTS, put=ticked, settled=settled)
    situation = told.draft.situation(corpus.vocabulary)
    question = next_question(corpus, situation, on=run.day.toordinal(), asked=told.asked, looks=looks_of(corpus))
    number = 0 if question is None else question.open
    most = max(run.most, number)
    return replace(
        run,
        until=moment + LASTS,
        put=None if question is None else _put(question),
        most=most,
        settled=_settled(run, number, most),
    )


def _ticked(told: Told, corpus: Corpus) -> Put | None:
    """Something that was ticked in a list and of which the country is not told: its law is looked at only then."""
    vocabulary = corpus.vocabulary
    happened = {event["event"] for event in told.draft.history}
    for kind in vocabulary.events.values():
        if kind.key and kind.name not in happened | told.asked and named_in(EVENTS, kind.name) in told.asked:
            return Put(subject=Subject.EVENT, name=kind.name, offered=(YES, NO))
    for fact in vocabulary.facts.values():
        is_new = fact.name not in told.draft.person and fact.name not in told.asked
        if is_new and fact.field_named(_COUNTRY) is not None and named_in(FACTS, fact.name) in told.asked:
            return Put(subject=Subject.FACT, name=fact.name)
    return None


def renewed(run: Run, *, moment: datetime) -> Run:
    """The run with a new half hour."""
    return replace(run, until=moment + LASTS)


def _put(question: Question) -> Put:
    return Put(
        subject=question.subject,
        name=question.name,
        offered=tuple(option.text for option in question.options),
        of=tuple(one.name for one in question.of),
        bears_on=question.bears_on[:_TITLES],
    )


def _settled(run: Run, number: int, most: int) -> int:
    """How much is settled: never less than before, a little more with every reply, never much more at once."""
    if number == 0:
        return _ALL
    if not run.steps:
        return 0
    share = _ALL - _ALL * number // most
    return min(max(share, run.settled + 1), run.settled + _LEAP, _ALMOST)
