"""A reply to a question that an earlier answer gave: the question comes back as it was, for nothing is kept here.

The caller names what was asked and what the person said; what a situation file says after it is worked out by the same
functions as at the terminal and on the check.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from safeconduct.desk.api.calls import LONGEST_NAME, MOST_ASKED, REPLY, Body
from safeconduct.desk.api.problems import Code, Kind, ProblemError, of_call, of_situation
from safeconduct.rules.asking import AGAIN, EVENTS, FACTS, FIELDS_OF, Item, Option, Subject, item
from safeconduct.rules.asking import AGAIN_OF as MORE_THAN_ONCE
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.interview import Question
from safeconduct.rules.replying import (
    Meaning,
    Silence,
    Told,
    meant,
    named,
    none_of_them,
    told_event,
    told_words,
    unanswered,
)
from safeconduct.rules.situation import Situation
from safeconduct.rules.vocabulary import NO, NONE, YES, Vocabulary
from safeconduct.values.errors import SituationError

SUBJECTS = {
    "fact": Subject.FACT,
    "none_of": Subject.NONE_OF,
    "which": Subject.WHICH,
    "event": Subject.EVENT,
    "field": Subject.FIELD,
    "day": Subject.DAY,
}
SOME = "some"
"""The reply to "none of these" of somebody to whom one of them applies."""
_OF_REPLY, _OF_QUESTION = ("question", "told", "on", "where"), ("subject", "name", "options", "of", "key")
_LONGEST_WORDS = 2_000
_NOTHING = Situation(facts={})


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Reply:
    """What the person said.

    Args:
        question: What was asked, as far as a reply needs it.
        told: A word, or the names of several things.
        on: For an event that happened: when, in the person's words; "" if not known.
        where: For an event that is kept apart by a field: that field; "" if not known.
    """

    question: Question
    told: str | tuple[str, ...]
    on: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class After:
    """What is told after a reply.

    Args:
        told: All of it.
        taken_as: How vague words were taken, to be read back to the person; "" if they were not vague.
    """

    told: Told
    taken_as: str = ""


def read_reply(body: Body, corpus: Corpus) -> Reply | None:
    """The reply of a body; None if it has none.

    Raises:
        ProblemError: If it is no reply, or to nothing that can be asked.
    """
    if REPLY not in body.values:
        return None
    reply = _object(body, body.values[REPLY], _OF_REPLY)
    asked = _object(body, reply.get("question"), None)
    subject = SUBJECTS.get(_text(body, asked, "subject"))
    name = _text(body, asked, "name")
    if subject is None or not _is_known(corpus.vocabulary, subject, name):
        raise _unknown_question(body)
    question = Question(
        subject=subject,
        name=name,
        text="",
        why="",
        options=tuple(Option(text=text, situation=_NOTHING) for text in _names(body, asked, "options", "told")),
        bears_on=(),
        open=0,
        of=tuple(_item(body, corpus, name, one) for one in _names(body, asked, "of", "name")),
        key=_key(corpus.vocabulary, subject, name),
    )
    told = reply.get("told")
    if isinstance(told, list) and all(type(one) is str for one in told):
        told = tuple(told)
    elif type(told) is not str:
        raise _no_such_reply(body)
    return Reply(question=question, told=told, on=_text(body, reply, "on"), where=_text(body, reply, "where"))


def after(reply: Reply, told: Told, *, body: Body, on: date, vocabulary: Vocabulary) -> After:
    """What is told after a reply.

    Raises:
        ProblemError: If there is no such reply to the question, or it contradicts what was told before.
    """
    try:
        return _after(reply, told, body=body, on=on, vocabulary=vocabulary)
    except SituationError as error:
        raise of_situation(Kind.SITUATION, _without_place(error)) from None


def _after(reply: Reply, told: Told, *, body: Body, on: date, vocabulary: Vocabulary) -> After:
    question = reply.question
    if reply.told in {silence.value for silence in Silence}:
        return After(told=unanswered(told, question, Silence(reply.told)))
    if question.subject is Subject.WHICH:
        if isinstance(reply.told, str) or set(reply.told) - {one.name for one in question.of}:
            raise _no_such_reply(body)
        return After(told=named(told, question, reply.told, vocabulary))
    if not isinstance(reply.told, str):
        raise _no_such_reply(body)
    if question.subject is Subject.NONE_OF:
        if reply.told not in (NONE, SOME):
            raise _no_such_reply(body)
        return After(told=none_of_them(told, question, vocabulary, applies=reply.told == NONE))
    if question.subject is Subject.EVENT:
        return _after_event(reply, told, body=body, on=on, vocabulary=vocabulary)
    meaning = meant(question, reply.told, on)
    return After(told=told_words(told, question, meaning, vocabulary), taken_as=_read_back(meaning))


def _after_event(reply: Reply, told: Told, *, body: Body, on: date, vocabulary: Vocabulary) -> After:
    if reply.told not in (YES, NO):
        raise _no_such_reply(body)
    day = replace(reply.question, subject=Subject.DAY, options=())
    meaning = meant(day, reply.on, on) if reply.on else Meaning(text="")
    happened = reply.told == YES
    later = told_event(told, reply.question, vocabulary, happened=happened, on=meaning.text, where=reply.where)
    return After(told=later, taken_as=_read_back(meaning) if happened else "")


def _read_back(meaning: Meaning) -> str:
    return meaning.text if meaning.is_vague else ""


def _is_known(vocabulary: Vocabulary, subject: Subject, name: str) -> bool:
    """Whether a question of that name can have been asked."""
    kind, dot, field = name.removesuffix(AGAIN).partition(".")
    match subject:
        case Subject.FACT | Subject.NONE_OF:
            return name in vocabulary.facts
        case Subject.EVENT:
            return kind in vocabulary.events and not dot
        case Subject.FIELD:
            return kind in vocabulary.events and vocabulary.events[kind].field_named(field) is not None
        case Subject.DAY:
            return kind in vocabulary.events and field == "on"
        case Subject.WHICH:
            return name in (EVENTS, FACTS, MORE_THAN_ONCE) or (kind in vocabulary.events and f".{field}" == FIELDS_OF)


def _item(body: Body, corpus: Corpus, question: str, name: str) -> Item:
    """One of several things that a question named, with what a file says of it."""
    subject = Subject.FACT if question == FACTS else Subject.FIELD if question.endswith(FIELDS_OF) else Subject.EVENT
    found = item(corpus, subject, name) if _is_known(corpus.vocabulary, subject, name) else None
    if found is None:
        raise _unknown_question(body)
    return found


def _key(vocabulary: Vocabulary, subject: Subject, name: str) -> str:
    return vocabulary.events[name.removesuffix(AGAIN)].key if subject is Subject.EVENT else ""


# --- types -----------------------------------------------------------------------------------------------------


def _object(body: Body, value: object, known: tuple[str, ...] | None) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise of_call(
            Code.WRONG_TYPE,
            "reply is not an object with question and told",
            "send the question as the answer gave it, and what was told",
            place=body.place(REPLY),
        )
    if known is not None and set(value) - set(known):
        raise of_call(
            Code.UNKNOWN_MEMBER,
            "a reply has no member of that name",
            "there are: " + ", ".join(known),
            place=body.place(REPLY),
        )
    return value


def _text(body: Body, group: Mapping[str, Any], name: str) -> str:
    value = group.get(name, "")
    if type(value) is not str or len(value) > _LONGEST_WORDS:
        raise of_call(
            Code.WRONG_TYPE, f"{name} of the reply is not a text", f"send {name} as a text", place=body.place(REPLY)
        )
    return value


def _names(body: Body, asked: Mapping[str, Any], name: str, inner: str) -> tuple[str, ...]:
    """The names in a list of objects, as a question has them."""
    value = asked.get(name, [])
    is_list = isinstance(value, list) and len(value) <= MOST_ASKED and all(isinstance(one, dict) for one in value)
    names = tuple(one.get(inner) for one in value) if is_list else (None,)
    if any(type(one) is not str or len(one) > LONGEST_NAME for one in names):
        raise _unknown_question(body)
    return tuple(str(one) for one in names)


def _unknown_question(body: Body) -> ProblemError:
    return of_call(
        Code.UNKNOWN_QUESTION,
        "no such question can be asked",
        "send the question as the answer of /api/next-question gave it",
        place=body.place(REPLY),
    )


def _no_such_reply(body: Body) -> ProblemError:
    return of_call(
        Code.NO_SUCH_REPLY,
        "that is no reply to this question",
        "send told of one of its options; of several things a list of their names; or unknown, or withheld",
        place=body.place(REPLY),
    )


def _without_place(error: SituationError) -> SituationError:
    """A fault in what a reply makes of a situation: its lines are ours, and not those of the body."""
    return SituationError(error.message, remedy=error.remedy, code=error.code, nearest=error.nearest)
