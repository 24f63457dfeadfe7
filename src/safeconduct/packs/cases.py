"""Blocks of cases: examples with the answer that the dossier gives, read as a file is read, and run."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from safeconduct.packs.blocks import Line, Page
from safeconduct.packs.expectations import Difference, Expected, differences, read_expected
from safeconduct.packs.telling_line import Telling, UntoldError, split, tell
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.position import Assessor
from safeconduct.rules.situation import Situation
from safeconduct.rules.vocabulary import Vocabulary
from safeconduct.rules.warnings import contradictions
from safeconduct.values.errors import Fault, Place, SituationError

_LET = re.compile(r"let\s+(?P<name>[a-z][a-z0-9_-]*)\s*:")
_ON = re.compile(r"on\s+(?P<day>\S+)(?:\s+(?P<rest>.*))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An example.

    Args:
        text: What is told, as written.
        situation: What is told, read.
        on: The day asked.
        expected: What is expected, of one provision or several.
        place: Where it is written.
    """

    text: str
    situation: Situation
    on: date
    expected: tuple[Expected, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one expectation of a case came to; no differences: it is met."""

    case: Case
    expected: Expected
    differences: tuple[Difference, ...]


@dataclass(slots=True, kw_only=True)
class _Reader:
    vocabulary: Vocabulary
    provisions: frozenset[str]
    named: dict[str, Telling] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)
    cases: list[Case] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, code: str, place: Place, message: str, hint: str) -> None:
        self.faults.append(Fault(code=code, place=place, message=message, hint=hint))


def read_cases(page: Page, vocabulary: Vocabulary, provisions: Iterable[str]) -> tuple[list[Case], list[Fault]]:
    """The cases of a page.

    Args:
        page: The page; a name given by `let` is known from there to its end, or until another block gives it anew.
        vocabulary: Facts and events.
        provisions: Ids that may be expected.
    Returns:
        The cases that can be run, and what is wrong with the others: LAW100 to LAW103.
    """
    reader = _Reader(vocabulary=vocabulary, provisions=frozenset(provisions))
    for block in page.blocks:
        if block.kind == "cases":
            reader.fresh.clear()
            for line in block.lines:
                _read_line(reader, line)
    return reader.cases, reader.faults


def _read_line(reader: _Reader, line: Line) -> None:
    match = _LET.match(line.text)
    if match is None:
        telling = Telling()
        if _told(reader, telling, _parts(line)):
            for member in line.members:
                _read_member(reader, telling, line.text, member)
            if not line.members:
                reader.fault("LAW100", line.place, "nothing is expected here", "indent under it: on DAY   ID: answer")
        return
    name = match["name"]
    if name in {*reader.fresh, *reader.vocabulary.facts, *reader.vocabulary.events}:
        reader.fault("LAW100", line.place, f'"{name}" is a name already', "choose another")
        return
    telling = Telling()
    parts = _parts(line, match.end()) + [part for member in line.members for part in _parts(member)]
    if _told(reader, telling, parts):
        reader.named[name] = telling
        reader.fresh.add(name)


def _parts(line: Line, start: int = 0) -> list[tuple[str, Place]]:
    return [(part, _at(line.place, start + at)) for part, at in split(line.text[start:], ",") if part]


def _at(place: Place, offset: int) -> Place:
    return Place(name=place.name, line=place.line, column=place.column + offset)


def _told(reader: _Reader, telling: Telling, parts: list[tuple[str, Place]]) -> bool:
    """Adds all parts; False if one of them is at fault."""
    before = len(reader.faults)
    for part, place in parts:
        text = part.removeprefix("with ").strip()
        try:
            if text.startswith("without "):
                _forget(telling, text)
            else:
                tell(text, telling, reader.named, reader.vocabulary)
        except UntoldError as error:
            reader.fault("LAW101", _at(place, len(part) - len(text) + error.at), error.message, error.hint)
    return len(reader.faults) == before


def _forget(telling: Telling, text: str) -> None:
    name = "_".join(text.split()[1:])
    if not telling.forget(name):
        raise UntoldError(f'nothing was told of "{name}"', "take it out, or correct the name")


def _read_member(reader: _Reader, base: Telling, told: str, line: Line) -> None:
    """A line such as `without fitness, on 2023-12-31   ID: unknown, ask fitness; ID: no`."""
    told_parts: list[tuple[str, Place]] = []
    for part, at in split(line.text, ","):
        match = _ON.fullmatch(part)
        if match is None:
            told_parts.append((part, _at(line.place, at)))
            continue
        telling = base.copy()
        if _told(reader, telling, told_parts):
            start = at + (match.start("rest") if match["rest"] else len(part))
            text = ", ".join([told, *(each for each, _ in told_parts)])
            _read_case(reader, telling, (text, match["day"]), line, start)
        return
    reader.fault("LAW100", line.place, "no day is asked here", "write: on YYYY-MM-DD   ID: answer")


def _read_case(reader: _Reader, telling: Telling, said: tuple[str, str], line: Line, start: int) -> None:
    text, day = said
    try:
        on = date.fromisoformat(day)
    except ValueError:
        reader.fault("LAW100", line.place, f"{day} is not a day of the calendar", "write on YYYY-MM-DD")
        return
    try:
        situation = telling.situation(reader.vocabulary)
    except SituationError as error:
        for each in (error, *error.others):
            shown = f": {each.offending}" if each.offending else ""
            reader.fault("LAW102", line.place, f"{each.message}{shown} ({each.code})", each.remedy)
        return
    expected = _read_expected(reader, line, start)
    if expected:
        case = Case(text=text, situation=situation, on=on, expected=tuple(expected), place=line.place)
        reader.cases.append(case)


def _read_expected(reader: _Reader, line: Line, start: int) -> list[Expected]:
    written = [(line, line.text[start:], start), *((member, member.text, 0) for member in line.members)]
    found: list[Expected] = []
    for each, text, begin in written:
        for one, at in split(text, ";"):
            if not one:
                continue
            parts = [(part, _at(each.place, begin + at + inner)) for part, inner in split(one, ",")]
            expected = read_expected(parts)
            if not isinstance(expected, Expected):
                reader.fault("LAW100", *expected)
            elif expected.id not in reader.provisions:
                near = get_close_matches(expected.id, reader.provisions, n=1, cutoff=0.8)
                hint = f"write {near[0]}" if near else "write the id of a provision"
                reader.fault("LAW103", expected.place, f'there is no provision "{expected.id}"', hint)
            else:
                found.append(expected)
    if not found and not reader.faults:
        reader.fault("LAW100", line.place, "nothing is expected here", "write ID: answer after the day")
    return found


def run(corpus: Corpus, cases: Iterable[Case]) -> tuple[list[Result], list[Fault]]:
    """Put all cases to the law.

    Args:
        corpus: The law.
        cases: The cases.
    Returns:
        What each expectation came to, and faults: LAW104 (not as expected), LAW105 (the case cannot be answered).
    """
    results: list[Result] = []
    faults: list[Fault] = []
    for case in cases:
        try:
            found = answer(corpus, case)
        except SituationError as error:
            faults.append(Fault(code="LAW105", place=case.place, message=error.message, hint=error.remedy))
            continue
        results.extend(found)
        faults.extend(_as_fault(result.expected, one) for result in found for one in result.differences)
    return results, faults


def answer(corpus: Corpus, case: Case) -> list[Result]:
    """Put one case to the law.

    Raises:
        SituationError: If what is told contradicts itself under this law.
    """
    assessor = Assessor(corpus, case.situation)
    day = case.on.toordinal()
    contradictions(assessor, day)
    return [
        Result(case=case, expected=one, differences=tuple(differences(one, assessor.finding(one.id, day))))
        for one in case.expected
    ]


def _as_fault(expected: Expected, difference: Difference) -> Fault:
    place = difference.detail.place if difference.detail is not None else expected.place
    return Fault(
        code="LAW104",
        place=place,
        message=f"{expected.id}: expected {difference.expected}, found {difference.found}",
        hint="read the dossier again: correct the block if it is right, or the case if it was misread",
    )
