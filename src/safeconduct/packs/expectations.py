"""What a case expects of a finding, and whether the finding is so."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from safeconduct.rules.finding import Answer, DayRange, Finding
from safeconduct.values.errors import Place

_EXPECTED = re.compile(r"(?P<id>[A-Z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*)\s*:\s*(?P<answer>[a-z]+)")
_MODEL = {"last": "last_lawful", "next": "next_entry", "left": "left", "used": "used"}
_NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One thing that is expected beside the answer.

    Args:
        word: Its first word: ask, months, state, says ...
        value: The rest of it, as written.
        place: Where it is written.
    """

    word: str
    value: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What is expected of one provision.

    Args:
        id: The provision.
        answer: The answer.
        details: What else is expected.
        place: Where it is written.
    """

    id: str
    answer: Answer
    details: tuple[Detail, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Something that is not as expected; `detail` is None where it is the answer."""

    detail: Detail | None
    expected: str
    found: str


def read_expected(parts: list[tuple[str, Place]]) -> Expected | tuple[Place, str, str]:
    """One expectation.

    Args:
        parts: `ID: answer` and the details after it, each with its place.
    Returns:
        The expectation; or place, message and hint of what is wrong with it.
    """
    (text, place), *others = parts
    match = _EXPECTED.fullmatch(text)
    if match is None or match["answer"] not in {answer.value for answer in Answer}:
        return place, "this is not an expectation", "write ID: yes, no, unknown or disputed, then what else is expected"
    details = []
    for part, at in others:
        word, _, value = part.partition(" ")
        if word not in _FOUND or not value.strip():
            return at, f'"{part}" cannot be expected', "write one of " + ", ".join(_FOUND) + ", and its value"
        details.append(Detail(word=word, value=value.strip(), place=at))
    return Expected(id=match["id"], answer=Answer(match["answer"]), details=tuple(details), place=place)


def differences(expected: Expected, finding: Finding) -> list[Difference]:
    """What is not as expected; empty if all is."""
    found = []
    if finding.answer is not expected.answer:
        missing = f", missing {', '.join(finding.missing)}" if finding.missing else ""
        found.append(Difference(detail=None, expected=expected.answer.value, found=finding.answer.value + missing))
    for detail in expected.details:
        wanted, shown, agrees = _FOUND[detail.word](detail.value, finding)
        if not agrees:
            found.append(Difference(detail=detail, expected=f"{detail.word} {wanted}", found=f"{detail.word} {shown}"))
    return found


# --- one function for each word --------------------------------------------------------------------------------
# Each takes what is written and the finding, and returns what is expected, what is found, and whether they agree.

_Compared = tuple[str, str, bool]


def _same(wanted: str, found: str) -> _Compared:
    return wanted, found, wanted == found


def _days(days: DayRange | None) -> str:
    """As a case writes it: one day, or two with `..` between; an end that is not known is left out."""
    if days is None or (days.earliest is None and days.latest is None):
        return _NONE
    if days.earliest == days.latest:
        return str(days.earliest)
    return f"{_day(days.earliest, '')}..{_day(days.latest, '')}"


def _day(day: date | None, absent: str = _NONE) -> str:
    return absent if day is None else day.isoformat()


def _plain(name: str) -> str:
    return name.replace(" ", "_").replace(".", "_")


def _ask(value: str, finding: Finding) -> _Compared:
    """It is among what is missing; a fact or event also where one of its fields is."""
    wanted = _plain(value)
    met = any(wanted in (_plain(name), name.partition(".")[0]) for name in finding.missing)
    return value, ", ".join(finding.missing) or "nothing", met


def _months(value: str, finding: Finding) -> _Compared:
    penalty = finding.penalty
    if penalty is None or penalty.most_months is None:
        return _same(value, _NONE)
    least, most = penalty.least_months or 0, penalty.most_months
    return _same(value, f"{least}..{most}" if least != most else str(most))


def _says(value: str, finding: Finding) -> _Compared:
    words = value.strip('"')
    deadline = finding.deadline
    texts = [reason.text for reason in finding.because]
    texts += [caution.text for caution in finding.caution]
    texts += [finding.says, finding.practice_state]
    if deadline is not None:
        texts += [deadline.late, deadline.tells, deadline.if_missed]
    return value, " | ".join(text for text in texts if text) or "nothing", any(words in text for text in texts)


def _of_deadline(show: Callable[[Finding], str]) -> Callable[[str, Finding], _Compared]:
    return lambda value, finding: _same(value, show(finding) if finding.deadline is not None else "no deadline")


def _by_model(word: str) -> Callable[[str, Finding], _Compared]:
    def compared(value: str, finding: Finding) -> _Compared:
        model, _, wanted = value.partition(" ")
        stay = finding.stay
        counted = getattr(stay, _MODEL[word]) if stay is not None else {}
        if model not in counted:
            return value, f"{model}: not counted", False
        one = counted[model]
        if isinstance(one, tuple):
            least, most = one
            shown = str(least) if least == most else f"{least}..{most}"
        else:
            shown = _days(one)
        return _same(f"{model} {wanted.strip()}", f"{model} {shown}")

    return compared


_FOUND: dict[str, Callable[[str, Finding], _Compared]] = {
    "ask": _ask,
    "months": _months,
    "state": _of_deadline(lambda finding: finding.deadline.state.value if finding.deadline else ""),
    "starts": _of_deadline(lambda finding: _days(finding.deadline.starts) if finding.deadline else ""),
    "ends": _of_deadline(lambda finding: _days(finding.deadline.ends) if finding.deadline else ""),
    "act_by": _of_deadline(lambda finding: _day(finding.deadline.act_by) if finding.deadline else ""),
    "last": _by_model("last"),
    "next": _by_model("next"),
    "left": _by_model("left"),
    "used": _by_model("used"),
    "safe": lambda value, finding: _same(value, _day(finding.stay.safe) if finding.stay is not None else "no stay"),
    "says": _says,
    "concerns": lambda value, finding: _same(value, "yes" if finding.concerns else "no"),
    "confidence": lambda value, finding: _same(value, finding.confidence.value),
}
