"""The body of a call, read as strictly as a situation file: each member once, none unknown, nothing taken as meant."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from safeconduct.desk.api.problems import Code, Kind, ProblemError, of_call, of_situation
from safeconduct.packs.position.asked_day import day_from
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.situation import Situation
from safeconduct.rules.telling.faults import nearest
from safeconduct.rules.telling.json_text import read_json
from safeconduct.rules.telling.node import Table
from safeconduct.rules.telling.reading import situation_of
from safeconduct.rules.telling.text import decode
from safeconduct.values.errors import Place, QuestionError, SituationError

LANGUAGES = ("en", "ru", "uk", "kk")
TODAY = "today"
SITUATION, ON, LANGUAGE, ALL, ABOUT, ASKED, REPLY = "situation", "on", "language", "all", "about", "asked", "reply"
OF_ASSESS = (SITUATION, ON, LANGUAGE, ALL)
OF_NEXT_QUESTION = (SITUATION, ON, LANGUAGE, ABOUT, ASKED, REPLY)
MOST_EVENTS = 30
"""Events of one history: the work grows faster than their number."""
MOST_ASKED, MOST_ABOUT, LONGEST_NAME = 500, 50, 200


class _Number(str):
    """A number, as it is written: 1.10 stays 1.10."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Body:
    """A body that is well-formed.

    Args:
        root: Its outline, with places.
        values: Its members.
    """

    root: Table
    values: Mapping[str, Any]

    def place(self, name: str) -> Place:
        """Where a member stands; where the whole begins if it is missing."""
        found = self.root.get(name)
        return self.root.place if found is None else found.place


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Call:
    """What both calls have.

    Args:
        situation: What is known of the person.
        told: The same, as it was sent.
        on: The day asked.
        language: Of the answer.
    """

    situation: Situation
    told: Mapping[str, Any]
    on: date
    language: str


def read_body(content: bytes, known: tuple[str, ...]) -> Body:
    """A body.

    Args:
        content: Its bytes.
        known: The members that it may have.
    Raises:
        ProblemError: Not well-formed, nested too deep, a name twice in one group, or a member that is not known.
    """
    try:
        text = decode(content)
        root = read_json(text)
    except SituationError as error:
        raise of_situation(Kind.NOT_JSON, error) from None
    if not isinstance(root, Table):
        raise of_call(
            Code.NOT_AN_OBJECT,
            "the body is not an object",
            "send an object with situation and on",
            place=Place(name=""),
        )
    for entry in root.entries:
        name = entry.key.text
        if name not in known:
            raise of_call(
                Code.UNKNOWN_MEMBER,
                "the call has no member of that name",
                "there are: " + ", ".join(known),
                place=entry.key.place,
                nearest=nearest(name, known),
            )
    # Well-formed by the stricter reader, at most ten levels deep: the library's own cannot fail on it any more.
    return Body(root=root, values=json.loads(text, parse_int=_Number, parse_float=_Number))


def read_call(body: Body, corpus: Corpus, *, today: date) -> Call:
    """What both calls have, from a body.

    Raises:
        ProblemError: If a member is missing, is of another type, or the situation cannot be used.
    """
    told = _member(body, SITUATION, dict, "an object", needed=True)
    on = _day(body, today)
    language = _member(body, LANGUAGE, str, "a text", usual="en")
    if language not in LANGUAGES:
        raise of_call(
            Code.UNKNOWN_LANGUAGE,
            "the API does not answer in that language",
            "name one of: " + ", ".join(LANGUAGES),
            place=body.place(LANGUAGE),
        )
    history = told.get("history")
    if isinstance(history, list) and len(history) > MOST_EVENTS:
        raise of_call(
            Code.TOO_MANY,
            f"the history has more than {MOST_EVENTS} events",
            "keep those on which something turns",
            place=body.place(SITUATION),
        )
    return Call(situation=_situation(body, corpus), told=told, on=on, language=language)


def _situation(body: Body, corpus: Corpus) -> Situation:
    node = body.root.get(SITUATION)
    try:
        return situation_of(node, corpus.vocabulary)
    except SituationError as error:
        raise of_situation(Kind.SITUATION, error) from None


def _day(body: Body, today: date) -> date:
    text = _member(body, ON, str, "a text", needed=True)
    if text == TODAY:
        return today
    try:
        return day_from(text, place=body.place(ON))
    except QuestionError as error:
        remedy = f"{error.remedy}; or write {TODAY}, and the answer says which day that was"
        fault = SituationError(error.message, remedy=remedy, place=error.place, code=error.code)
        raise of_situation(Kind.CALL, fault) from None


def read_all(body: Body) -> bool:
    """Whether every country and what does not concern the person is to be answered too."""
    return bool(_member(body, ALL, bool, "true or false", usual=False))


def read_about(body: Body, corpus: Corpus) -> tuple[str, ...]:
    """The findings that questions are to settle.

    Raises:
        ProblemError: If there is none of that id.
    """
    names = _texts(body, ABOUT, most=MOST_ABOUT)
    known = [one.id for one in corpus.provisions.values() if one.shown]
    for name in names:
        if name not in known:
            raise of_call(
                Code.UNKNOWN_FINDING,
                "there is no finding of that id",
                "name ids as they stand in the answers of /api/assess",
                place=body.place(ABOUT),
                nearest=nearest(name, known),
            )
    return names


def read_asked(body: Body) -> frozenset[str]:
    """Names of questions that are not to be put again, as an earlier answer gave them."""
    return frozenset(_texts(body, ASKED, most=MOST_ASKED))


def _texts(body: Body, name: str, *, most: int) -> tuple[str, ...]:
    texts = _member(body, name, list, "a list of texts", usual=[])
    if any(type(one) is not str for one in texts):
        raise _wrong_type(body, name, "a list of texts")
    if len(texts) > most or any(len(one) > LONGEST_NAME for one in texts):
        raise of_call(
            Code.TOO_MANY,
            f"a list is longer than {most}, or a name in it longer than {LONGEST_NAME}",
            "send what an earlier answer gave",
            place=body.place(name),
        )
    return tuple(texts)


def _member(  # noqa: PLR0913 -- a member, its type in two forms, and what if it is not there
    body: Body, name: str, kind: type, said: str, *, needed: bool = False, usual: object = None
) -> Any:  # noqa: ANN401 -- of the type that was asked for
    if name not in body.values:
        if needed:
            raise of_call(Code.MEMBER_MISSING, f"{name} is missing", f"send {name}: {said}", place=body.root.place)
        return usual
    # A number is kept as it is written, and is no text all the same.
    if type(body.values[name]) is not kind:
        raise _wrong_type(body, name, said)
    return body.values[name]


def _wrong_type(body: Body, name: str, said: str) -> ProblemError:
    return of_call(Code.WRONG_TYPE, f"{name} is not {said}", f"send {name} as {said}", place=body.place(name))
