"""The description of the API in OpenAPI 3.1, from the vocabulary of the law, the kinds of problem and one schema.

What a program may send stands in `calls`, `replies` and `problems`; the description is made from the same values, and a
test calls the API as the description says and otherwise.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from safeconduct import __version__
from safeconduct.desk.api import calls
from safeconduct.desk.api.problems import MEDIA_TYPE, Kind
from safeconduct.desk.api.replies import SUBJECTS
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.telling.node import MAX_ITEMS
from safeconduct.rules.telling.text import MAX_SIGNS
from safeconduct.rules.vocabulary import EventKind, Fact, Shape

Json = dict[str, Any]
_POSITION = Path(__file__).with_name("position.schema.json")
_TEXT: Json = {"type": "string"}
_WORD: Json = {"type": "string", "maxLength": MAX_SIGNS}
_SCALAR: Json = {"type": ["string", "number", "boolean", "null"], "maxLength": MAX_SIGNS, "minLength": 1}
"""A value of a situation; whatever it is, it is read as text."""
_NAME: Json = {"type": "string", "maxLength": calls.LONGEST_NAME}
_SILENT = ("unknown", "withheld")
_DAY: Json = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_ALWAYS = (Kind.HOST, Kind.COOKIE, Kind.QUERY)
_OF_BODIES = tuple(kind for kind in Kind if kind not in {*_ALWAYS, Kind.NOT_HERE, Kind.METHOD})
_ABOUT = (
    "Where a person stands in law, and what to ask next. Nothing that is sent is kept or logged. "
    "It is information, from draft pages that no lawyer has read, and no advice; it never says that somebody may "
    "leave, return or apply. Texts hold no signs that cannot be seen. Send no names, no addresses and no documents: "
    "no answer uses them."
)


def description(corpus: Corpus) -> Json:
    """The description.

    Args:
        corpus: The law, with the words that a situation may use.
    Returns:
        An OpenAPI 3.1 document, ready for `json.dumps`.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Safeconduct for partners",
            "version": __version__,
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [],
        "paths": {
            "/api/assess": {"post": _call("assess", "The position of a person on a day", "AssessCall", "Position")},
            "/api/next-question": {
                "post": _call("nextQuestion", "What to ask next, after a reply", "QuestionCall", "QuestionAnswer")
            },
            "/api/openapi.json": {"get": _described()},
        },
        "components": {"schemas": _schemas(corpus)},
    }


def _call(name: str, summary: str, sent: str, answer: str) -> Json:
    return {
        "operationId": name,
        "summary": summary,
        "requestBody": {"required": True, "content": {"application/json": {"schema": _ref(sent)}}},
        "responses": {"200": _response(answer, "The answer"), **_problems((*_ALWAYS, *_OF_BODIES))},
    }


def _described() -> Json:
    answer = {"description": "This description", "content": {"application/json": {"schema": {"type": "object"}}}}
    return {
        "operationId": "description",
        "summary": "This description",
        "responses": {"200": answer, **_problems(_ALWAYS)},
    }


def _response(schema: str, said: str) -> Json:
    return {"description": said, "content": {"application/json": {"schema": _ref(schema)}}}


def _problems(kinds: Iterable[Kind]) -> Json:
    """One answer for each status, which names all the kinds that it may be."""
    by_status: dict[int, list[Kind]] = {}
    for kind in kinds:
        by_status.setdefault(int(kind.status), []).append(kind)
    return {str(status): _problem(found) for status, found in sorted(by_status.items())}


def _problem(kinds: list[Kind]) -> Json:
    said = "; ".join(f"{kind.title} ({kind.type})" for kind in kinds)
    found: Json = {"description": said, "content": {MEDIA_TYPE: {"schema": _ref("Problem")}}}
    if Kind.BUSY in kinds:
        found["headers"] = {"Retry-After": {"required": True, "schema": {"type": "integer", "minimum": 1}}}
    return found


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


# --- schemas ---------------------------------------------------------------------------------------------------


def _schemas(corpus: Corpus) -> Json:
    return {
        "Telling": _telling(),
        "Situation": _situation(corpus),
        "AssessCall": _closed(
            {**_shared(), calls.ALL: {"type": "boolean", "description": "Also what does not concern the person."}},
            needed=(calls.SITUATION, calls.ON),
        ),
        "QuestionCall": _closed(
            {
                **_shared(),
                calls.ABOUT: _list({"enum": _shown(corpus)}, calls.MOST_ABOUT, "Ids of findings; all if none."),
                calls.ASKED: _list(_NAME, calls.MOST_ASKED, "As the last answer gave it."),
                calls.REPLY: _ref("Reply"),
            },
            needed=(calls.SITUATION, calls.ON),
        ),
        "Reply": _reply(),
        "Position": _position(),
        "QuestionAnswer": _question_answer(),
        "Question": _question(),
        "Problem": _problem_schema(),
    }


def _shared() -> Json:
    said = "The day asked; or `today`: the answer says which day that was."
    day = {"description": said, "anyOf": [{"const": calls.TODAY}, _DAY]}
    language = {"enum": list(calls.LANGUAGES), "description": "Of the texts; en if left out."}
    return {calls.SITUATION: _ref("Situation"), calls.ON: day, calls.LANGUAGE: language}


def _closed(properties: Mapping[str, Json], *, needed: Iterable[str] | None = None) -> Json:
    required = list(properties if needed is None else needed)
    return {"type": "object", "properties": dict(properties), "required": required, "additionalProperties": False}


def _list(item: Json, most: int, said: str) -> Json:
    return {"type": "array", "items": item, "maxItems": most, "description": said}


def _shown(corpus: Corpus) -> list[str]:
    return [one.id for one in corpus.provisions.values() if one.shown]


def _telling() -> Json:
    """What may stand behind a name in a situation; the vocabulary says more than a schema can."""
    group = {"type": "object", "additionalProperties": _SCALAR}
    listed = {"type": "array", "items": {"anyOf": [_SCALAR, group]}}
    return {"description": "As docs/reference/situation-file.md says.", "anyOf": [_SCALAR, listed, group]}


def _situation(corpus: Corpus) -> Json:
    facts = {fact.name: _fact(fact) for fact in corpus.vocabulary.facts.values()}
    events = list(corpus.vocabulary.events.values())
    names = {"enum": [event.name for event in events]}
    listed = _list({"anyOf": [names, _event_in(names)]}, MAX_ITEMS, "Events by name, or with what narrows them.")
    history = _list(_event_in(names), calls.MOST_EVENTS, "\n".join(map(_event, events)))
    person = {"type": "object", "properties": facts, "additionalProperties": False}
    parts = {"person": person, "history": history, "not_happened": listed, "complete": listed}
    return {
        "type": "object",
        "description": "What a situation file holds, as JSON: docs/reference/situation-file.md.",
        "properties": parts,
        "additionalProperties": False,
        "minProperties": 1,
    }


def _event_in(names: Json) -> Json:
    return {
        "type": "object",
        "properties": {"event": names, "on": {"anyOf": [_DAY, _SCALAR]}, "assumed": _SCALAR},
        "required": ["event"],
        "additionalProperties": _ref("Telling"),
    }


def _fact(fact: Fact) -> Json:
    words = ("yes", "no") if fact.shape is Shape.YES_NO else fact.words
    parts = [fact.question, f"One of: {', '.join(words)}." if words else ""]
    if fact.fields:
        parts.append(f"With: {', '.join(part.name for part in fact.fields)}.")
    plain: Json = {"enum": [*words, *_SILENT]}
    return {"description": " ".join(part for part in parts if part), "anyOf": [plain, _DAY, _ref("Telling")]}


def _event(event: EventKind) -> str:
    fields = f" With: {', '.join(part.name for part in event.fields)}." if event.fields else ""
    return f"{event.name}: {event.question}{fields}"


def _reply() -> Json:
    named = {"type": "array", "items": {"type": "object", "properties": {"name": _NAME}, "required": ["name"]}}
    options = {"type": "array", "items": {"type": "object", "properties": {"told": _NAME}, "required": ["told"]}}
    asked = {
        "type": "object",
        "description": "The question as the last answer gave it.",
        "properties": {"subject": {"enum": list(SUBJECTS)}, "name": _NAME, "options": options, "of": named},
        "required": ["subject", "name"],
    }
    said = "`told` of an option, or words; of several things their names; or unknown, withheld."
    properties: dict[str, Json] = {
        "question": asked,
        "told": {"description": said, "anyOf": [_WORD, {"type": "array", "items": _NAME}]},
        "on": {**_WORD, "description": "For an event that happened: when. Left out if not known."},
        "where": {**_WORD, "description": "For an event whose question has a key: that, such as KZ."},
    }
    return _closed(properties, needed=("question", "told"))


def _question_answer() -> Json:
    return _closed(
        {
            "on": _DAY,
            "receipt": _closed({"corpus": {"type": "string", "pattern": "^[0-9a-f]{64}$"}, "engine": _TEXT}),
            "warnings": {"type": "array", "items": _TEXT},
            "situation": {"type": "object", "description": "What is told now: send it with the next call."},
            "asked": {"type": "array", "items": _TEXT, "description": "Send it with the next call."},
            "taken_as": {"type": ["string", "null"], "description": "How vague words were taken: read it back."},
            "question": {"anyOf": [_ref("Question"), {"type": "null"}], "description": "null: nothing can change."},
        }
    )


def _question() -> Json:
    named = {"type": "array", "items": _closed({"name": _TEXT, "text": _TEXT})}
    return _closed(
        {
            "subject": {"enum": list(SUBJECTS)},
            "name": _TEXT,
            "text": {"type": "string", "minLength": 1},
            "why": _TEXT,
            "options": {"type": "array", "items": _closed({"told": _TEXT, "text": _TEXT})},
            "free": {"type": "boolean", "description": "Whether words of the person are a reply too."},
            "of": named,
            "key": _TEXT,
            "bears_on": {"type": "array", "items": _TEXT},
            "open": {"type": "integer", "minimum": 0, "description": "How many findings are open."},
        }
    )


def _problem_schema() -> Json:
    fault = {
        "code": _TEXT,
        "detail": _TEXT,
        "to_fix": _TEXT,
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1},
        "nearest": _TEXT,
    }
    needed = ("code", "detail", "to_fix")
    properties = {
        "type": {"enum": [kind.type for kind in Kind]},
        "title": _TEXT,
        "status": {"type": "integer"},
        "to_fix": {"type": "string", "description": "What to do next."},
        "faults": {"type": "array", "minItems": 1, "items": _closed(fault, needed=needed)},
    }
    return _closed(properties, needed=("type", "title", "status", "to_fix"))


def _position() -> Json:
    """The schema of a position, with its parts where a document of OpenAPI finds them."""
    text = _POSITION.read_text(encoding="utf-8").replace('"#/$defs/', '"#/components/schemas/Position/$defs/')
    found: Json = json.loads(text)
    return {name: value for name, value in found.items() if name != "$schema"}
