"""The two answers: a body and the law go in, JSON comes out. Nothing here reads a clock, keeps or writes anything."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from safeconduct import __version__
from safeconduct.desk.api.calls import (
    OF_ASSESS,
    OF_NEXT_QUESTION,
    SITUATION,
    Call,
    read_about,
    read_all,
    read_asked,
    read_body,
    read_call,
)
from safeconduct.desk.api.problems import Kind, of_situation
from safeconduct.desk.api.questions import text_in, why_in
from safeconduct.desk.api.replies import SOME, SUBJECTS, After, after, read_reply
from safeconduct.desk.cases.law import looks_of
from safeconduct.packs.catalogues import load_words
from safeconduct.packs.naming import Named, name_in
from safeconduct.packs.position.answering import answered
from safeconduct.packs.position.position_json import position_json
from safeconduct.packs.position.wording import partly_translated
from safeconduct.rules.asking import AGAIN, Subject
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.interview import Question, next_question
from safeconduct.rules.position import Assessor
from safeconduct.rules.replying import Told, takes_words
from safeconduct.rules.telling.draft import Draft, draft_of
from safeconduct.rules.warnings import contradictions
from safeconduct.values.errors import SituationError

Json = Mapping[str, Any]
_SUBJECTS = {subject: word for word, subject in SUBJECTS.items()}


def assess_answer(content: bytes, corpus: Corpus, *, today: date) -> Json:
    """The answer of /api/assess.

    Args:
        content: The body.
        corpus: The law.
        today: The day in UTC, for a call that asks about today.
    Raises:
        ProblemError: If the call cannot be answered.
    """
    body = read_body(content, OF_ASSESS)
    call = read_call(body, corpus, today=today)
    everything = read_all(body)
    try:
        found = answered(
            corpus, call.situation, on=call.on, language=call.language, engine=__version__, everything=everything
        )
    except SituationError as error:
        raise of_situation(Kind.SITUATION, error) from None
    return position_json(found, everything=everything)


def question_answer(content: bytes, corpus: Corpus, *, today: date) -> Json:
    """The answer of /api/next-question.

    Args:
        content: The body.
        corpus: The law.
        today: The day in UTC, for a call that asks about today.
    Raises:
        ProblemError: If the call cannot be answered.
    """
    body = read_body(content, OF_NEXT_QUESTION)
    call = read_call(body, corpus, today=today)
    about, reply = read_about(body, corpus), read_reply(body, corpus)
    told = Told(draft=_draft(call), asked=read_asked(body))
    later = After(told=told)
    if reply is not None:
        later = after(reply, told, body=body, on=call.on, vocabulary=corpus.vocabulary)
    try:
        situation = call.situation if reply is None else later.told.draft.situation(corpus.vocabulary)
        contradictions(Assessor(corpus, situation), call.on.toordinal())
        question = next_question(
            corpus, situation, on=call.on.toordinal(), about=about, asked=later.told.asked, looks=looks_of(corpus)
        )
    except SituationError as error:
        raise of_situation(Kind.SITUATION, error) from None
    words = load_words(call.language)
    return {
        "on": call.on.isoformat(),
        "receipt": {"corpus": corpus.digest, "engine": __version__},
        "warnings": [] if words is None else list(partly_translated(call.language, checked=words.checked)),
        SITUATION: json.loads(later.told.draft.content()),
        "asked": sorted(later.told.asked),
        "taken_as": later.taken_as or None,
        "question": None if question is None else _question(question, corpus, call.language),
    }


def _draft(call: Call) -> Draft:
    return draft_of(json.dumps(call.told, ensure_ascii=False).encode(), "json")


def _question(question: Question, corpus: Corpus, language: str) -> Json:
    return {
        "subject": _SUBJECTS[question.subject],
        "name": question.name,
        "text": text_in(question, corpus, language),
        "why": why_in(question, corpus, language),
        "options": [{"told": told, "text": _said(question, told, language)} for told in _options(question)],
        "free": takes_words(question) and question.subject not in (Subject.WHICH, Subject.NONE_OF, Subject.EVENT),
        "of": [{"name": one.name, "text": _item_said(question, one.name, language)} for one in question.of],
        "key": question.key,
        "bears_on": list(question.bears_on),
        "open": question.open,
    }


def _options(question: Question) -> tuple[str, ...]:
    texts = tuple(option.text for option in question.options)
    return (*texts, SOME) if question.subject is Subject.NONE_OF else texts


def _said(question: Question, told: str, language: str) -> str:
    """A reply in the reader's language; days and numbers are said as they are written."""
    return name_in(language, Named.WORD, told, of=question.name)


def _item_said(question: Question, name: str, language: str) -> str:
    owner, dot, field = name.removesuffix(AGAIN).partition(".")
    if question.name == "facts":
        return name_in(language, Named.FACT, name)
    return name_in(language, Named.FIELD, field, of=owner) if dot else name_in(language, Named.EVENT, owner)
