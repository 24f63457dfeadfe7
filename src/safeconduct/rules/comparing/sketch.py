"""A person in outline: some events that happened, no others; and the file that tells what the solver chose of them."""

import json
from typing import Any

from safeconduct.rules.formula import Choice, Whole
from safeconduct.rules.kleene import Variable
from safeconduct.rules.nodes import CountOf, ItemAged, ItemIs
from safeconduct.rules.people import People
from safeconduct.rules.situation import Absent, Asked, Closed, Event, Known, Period, Situation
from safeconduct.rules.vocabulary import NO, NONE, PRESENT, YES, Fact, Shape, Vocabulary
from safeconduct.values.days import FIRST_DAY, Days, Rounding, add_months, iso

_MONTHS_IN_A_YEAR = 12
Outline = dict[str, Any]  # what JSON can hold


class NotTellableError(Exception):
    """What the solver chose cannot be told in a file."""


class Sketch:
    """Somebody to whom some events happened and no others of the kinds named.

    Args:
        vocabulary: Facts and events.
        none: Facts that say that none of some grounds applies.
        told: Kinds of event that happened, one of each, on some day and in a way that is not said.
        kinds: All kinds of event that matter.
        last: The last day on which they may have happened, as ordinal.
    """

    def __init__(
        self, vocabulary: Vocabulary, *, none: tuple[str, ...], told: tuple[str, ...], kinds: tuple[str, ...], last: int
    ) -> None:
        self._vocabulary = vocabulary
        self._none = none
        self._told = told
        self._closed = tuple(dict.fromkeys((*told, *kinds)))
        self._last = last

    def situation(self) -> Situation:
        """What is known of him so far."""
        days = Days(earliest=FIRST_DAY, latest=self._last)
        return Situation(
            facts={name: Known(name=name, asked=Asked.TOLD, periods=(Period(value=Absent()),)) for name in self._none},
            events=tuple(Event(kind=kind, on=days, number=number) for number, kind in enumerate(self._told)),
            closed=tuple(Closed(kind=kind, never=kind not in self._told) for kind in self._closed),
        )

    def written(self, people: People, chosen: dict[Variable, tuple[int, int]]) -> str:
        """The file of somebody who is like this.

        Args:
            people: Made of `situation()`.
            chosen: A word's bit twice, or both ends of a range, for each variable that matters.
        Returns:
            JSON, as situation files may be written.
        Raises:
            NotTellableError: If one of them is nothing that a file can say.
        """
        keys = people.made()
        person: Outline = dict.fromkeys(self._none, NONE)
        until = str(Days(earliest=FIRST_DAY, latest=self._last))
        history: list[Outline] = [{"event": kind, "on": until} for kind in self._told]
        for variable, value in sorted(chosen.items(), key=lambda item: str(keys[item[0]])):
            self._tell(keys[variable], variable, value, person, history)
        never = [kind for kind in self._closed if kind not in self._told]
        whole = {
            "person": _in_order(person),
            "history": history,
            "not_happened": never,
            "complete": list(self._told),
        }
        return json.dumps({name: part for name, part in whole.items() if part}, ensure_ascii=False, indent=1)

    def _tell(
        self,
        key: tuple[object, ...],
        variable: Variable,
        value: tuple[int, int],
        person: Outline,
        history: list[Outline],
    ) -> None:
        match key:
            case ("event", str(), str(label), *rest) if label.isdigit():
                history[int(label)].update(_of_event(rest, variable, value))
            case ("fact", str(name), *rest):
                self._fact(self._vocabulary.facts[name], rest, variable, value, person)
            case ("number" | "day", str(name), str(part), int()):
                text = _numbers(variable, value) if key[0] == "number" else _days(value)
                if part:
                    _record(person, name)[part] = text
                else:
                    person[name] = text
            case ("exists", str(name), "", int()) | ("day", str(name), "", int(), "exists"):
                if _word(variable, value) in (NO, NONE):
                    person[name] = NONE
            case ("day", str(), str(), int(), "exists") if _word(variable, value) == PRESENT:
                pass  # its day is told beside it
            case ("count", CountOf() as node, _):
                person[node.fact] = self._records(node) if _word(variable, value) == YES else []
            case _:
                raise NotTellableError

    def _fact(
        self, fact: Fact, rest: list[object], variable: Variable, value: tuple[int, int], person: Outline
    ) -> None:
        word = _word(variable, value)
        match rest:
            case [str(listed), int()] if fact.shape is Shape.LIST:
                person.setdefault(fact.name, [])
                if word == YES:
                    person[fact.name].append(listed)
            case [_, "presence"]:
                if word == NONE:
                    person[fact.name] = NONE
                else:
                    _record(person, fact.name)
            case [_, str(part)] if fact.shape is Shape.RECORD:
                _record(person, fact.name)[part] = word
            case [_, ""]:
                person[fact.name] = word
            case [_, frozenset() as words] if word == YES:
                person[fact.name] = min(words)
            case [_, str(part), frozenset() as words] if word == YES:
                _record(person, fact.name)[part] = min(words)
            case _:
                raise NotTellableError

    def _records(self, node: CountOf) -> list[Outline]:
        record: Outline = {}
        for part in node.conditions:
            if isinstance(part, ItemIs):
                record[part.field] = min(part.values)
            else:
                assert isinstance(part, ItemAged)  # noqa: S101 -- no other condition can be counted
                years = part.least if part.least is not None else (part.under or 1) - 1
                record[part.field] = iso(add_months(self._last, -_MONTHS_IN_A_YEAR * years - 1, Rounding.CLIP))
        return [dict(record) for _ in range(node.least)]


def _of_event(rest: list[object], variable: Variable, value: tuple[int, int]) -> Outline:
    match rest:
        case []:
            return {"on": _days(value)}
        case [str(field)] if isinstance(variable, Whole):
            return {field: _days(value)}
        case [str(field)]:
            return {field: _word(variable, value)}
        case [str(field), frozenset() as words] if _word(variable, value) == YES:
            return {field: min(words)}
        case [str(), "exists"] if _word(variable, value) == YES:
            return {}
        case _:
            raise NotTellableError


def _record(person: Outline, name: str) -> Outline:
    found = person.get(name)
    if not isinstance(found, dict):
        found = person[name] = {}
    return found


def _word(variable: Variable, value: tuple[int, int]) -> str:
    assert isinstance(variable, Choice)  # noqa: S101 -- its key is that of words
    return variable.words[value[0].bit_length() - 1]


def _days(value: tuple[int, int]) -> str:
    return str(Days(earliest=value[0], latest=value[1]))


def _numbers(variable: Variable, value: tuple[int, int]) -> str:
    if value[0] == value[1]:
        return str(value[0])
    return f"{value[0]}.." if isinstance(variable, Whole) and value[1] == variable.high else f"{value[0]}..{value[1]}"


def _in_order(person: Outline) -> Outline:
    """Who he is comes first."""
    first = [name for name in ("sex", "citizenships", "birth_date") if name in person]
    return {name: person[name] for name in (*first, *(name for name in person if name not in first))}


__all__ = ["NotTellableError", "Sketch"]
