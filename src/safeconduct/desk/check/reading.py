"""From what was sent to a reply: one way of answering at a time, and what is vague is to be read back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from safeconduct.desk.check import sentences
from safeconduct.desk.check.answer_form import ANSWER, AnswerForm, silence_of
from safeconduct.desk.check.asks import VALUE, WHEN, WHERE, Look, Sheet
from safeconduct.desk.check.run import Reply
from safeconduct.desk.check.sentences import TOLD, Words
from safeconduct.rules.interview import Question
from safeconduct.rules.replying import meant
from safeconduct.rules.telling.draft import Outline
from safeconduct.rules.telling.vague import days_meant
from safeconduct.rules.vocabulary import NO, NONE, YES

_AGE = f"{VALUE}-age"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A reply as it was sent.

    Args:
        reply: The reply.
        is_vague: Whether it was widened, so that it is read back first.
    """

    reply: Reply
    is_vague: bool = False


class _RefusedError(ValueError):
    """What was sent is no reply; the words say why."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words


def read(form: AnswerForm, question: Question, day: date) -> Read | None:
    """What a form says.

    Args:
        form: What was sent.
        question: The question that it answers.
        day: The day asked.
    Returns:
        None if it is no reply: then the form says at which field, and why.
    """
    told = form.told() if form.is_valid() else None
    if told is None:
        return None
    try:
        return _read(form.sheet, form.answer(), told, question, day)
    except _RefusedError as refused:
        form.add_error(ANSWER, refused.words)
        return None


def _read(sheet: Sheet, answer: str, told: Mapping[str, Any], question: Question, day: date) -> Read:
    if not answer and not told:
        raise _RefusedError(sentences.NOTHING)
    silence = silence_of(answer)
    if silence is not None:
        _nothing_beside(told, sentences.BOTH)
        return Read(reply=Reply(silence=silence))
    if sheet.grounds:
        return Read(reply=Reply(none_applies=answer == YES))
    if sheet.is_event:
        return _event(answer, told)
    if answer not in ("", TOLD):
        _nothing_beside(told, sentences.NONE_AND_SOME if answer == NONE else sentences.BOTH)
        return Read(reply=Reply(names=()) if sheet.lists else Reply(words=answer))
    return _filled_in(sheet, told, question, day)


def _filled_in(sheet: Sheet, told: Mapping[str, Any], question: Question, day: date) -> Read:
    if not told:
        raise _RefusedError(sentences.NOTHING)
    if sheet.lists:
        return Read(reply=Reply(names=told[VALUE]))
    if sheet.is_record:
        return Read(reply=Reply(value=_records(sheet, told)))
    if sheet.is_many:
        return Read(reply=Reply(value=list(told[VALUE])))
    return _words(sheet, told, question, day)


def _nothing_beside(told: Mapping[str, Any], words: Words) -> None:
    if told:
        raise _RefusedError(words)


def _event(answer: str, told: Mapping[str, Any]) -> Read:
    if answer == NO:
        _nothing_beside(told, sentences.NO_BUT_WHEN)
        return Read(reply=Reply(happened=False))
    written = str(told.get(WHEN, ""))
    on = days_meant(written)
    return Read(reply=Reply(happened=True, on=on, where=str(told.get(WHERE, ""))), is_vague=on != written)


def _words(sheet: Sheet, told: Mapping[str, Any], question: Question, day: date) -> Read:
    if len(told) > 1:
        raise _RefusedError(sentences.BOTH)
    (name, written), *_ = told.items()
    if any(ask.look is Look.LENGTH for ask in sheet.asks):
        return Read(reply=Reply(words=f"{written} days"))
    if any(ask.look is Look.NUMBER for ask in sheet.asks):
        return Read(reply=Reply(words=written))
    meaning = meant(question, written, day)
    if name == _AGE and not meaning.is_age:
        raise _RefusedError(sentences.NOT_AN_AGE)
    return Read(reply=Reply(words=meaning.text, is_age=meaning.is_age), is_vague=meaning.is_vague)


def _records(sheet: Sheet, told: Mapping[str, Any]) -> Outline:
    """One record, or the list of those in which something was filled in."""
    rows: dict[int, dict[str, str]] = {}
    for ask in sheet.asks:
        if ask.name in told:
            rows.setdefault(ask.row, {})[ask.field] = told[ask.name]
    return list(rows.values()) if sheet.is_many else rows[0]
