"""Two positions of one person side by side: which answers differ, and whether the law, the facts or the day did it.

From one to the other go three steps, one thing at a time: other law, then other facts, then another day. An answer
that changes in a step changed because of it.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any
from zlib import compress, decompress

from safeconduct.desk.cases.keeping import Content
from safeconduct.rules.finding import Answer, Finding, PenaltyFound, StayFound


class Why(Enum):
    """What made an answer another, in the order of the steps."""

    LAW = "law"
    TOLD = "told"
    DAY = "day"


class Fate(Enum):
    """What became of a finding."""

    CAME = "came"
    WENT = "went"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyStand:
    """What a court may impose: months of imprisonment (None: none), and other penalties in words."""

    least_months: int | None
    most_months: int | None
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StayStand:
    """How a stay stands.

    Args:
        rule: The rule in words.
        safe: The safe day; None if it cannot be told.
        left: Days left after the day asked, least and most over all models of counting; None if it cannot be told.
    """

    rule: str
    safe: date | None
    left: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How one finding stands in a position.

    Args:
        answer: The answer, as a value of `Answer`.
        state: Where its deadline stands, as a value of `State`; "" where there is no deadline.
        act_by: The safe day to act by, inclusive; None where there is none.
        penalty: What a court may impose, where the answer is not no.
        stay: How the stay stands, where it is a rule of one.
        is_dated: Whether state and day are known: positions saved by older versions hold answers only.
        is_whole: Whether penalty and stay are known: those of later versions hold them, too.
    """

    answer: str
    state: str = ""
    act_by: date | None = None
    penalty: PenaltyStand | None = None
    stay: StayStand | None = None
    is_dated: bool = True
    is_whole: bool = True

    def differs(self, other: "Stand") -> bool:
        """Whether the answer, or what is known of deadline, penalty and stay, is another."""
        if self.answer != other.answer:
            return True
        if self.is_dated and other.is_dated and (self.state, self.act_by) != (other.state, other.act_by):
            return True
        is_whole = self.is_whole and other.is_whole
        return is_whole and (self.penalty, self.stay) != (other.penalty, other.stay)


Stands = Mapping[str, Stand]
"""By id of the finding; only those that concern the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A finding that is not as it was.

    Args:
        finding: Its id.
        before: How it stood; None if it did not concern the person.
        after: How it stands; None if it does not concern the person any more.
        why: The steps in which it changed, at least one.
    """

    finding: str
    before: Stand | None
    after: Stand | None
    why: tuple[Why, ...]

    @property
    def fate(self) -> Fate:
        """Whether it came, went, has another answer, or only another day, penalty or stay."""
        if self.before is None:
            return Fate.CAME
        if self.after is None:
            return Fate.WENT
        return Fate.CHANGED if self.before.answer != self.after.answer else Fate.MOVED

    @property
    def has_deadline(self) -> bool:
        """Whether there is a deadline, or was one."""
        return any(stand is not None and bool(stand.state) for stand in (self.before, self.after))

    @property
    def has_other_penalty(self) -> bool:
        """Whether the penalty came, went or is another, as far as it was kept."""
        return self._is_whole and _penalty_of(self.before) != _penalty_of(self.after)

    @property
    def has_other_stay(self) -> bool:
        """Whether the stay came, went or is another, as far as it was kept."""
        return self._is_whole and _stay_of(self.before) != _stay_of(self.after)

    @property
    def _is_whole(self) -> bool:
        return all(stand is None or stand.is_whole for stand in (self.before, self.after))

    @property
    def is_open(self) -> bool:
        """Whether it came, without an answer and without a day."""
        is_unknown = self.after is not None and self.after.answer == Answer.UNKNOWN.value and self.after.act_by is None
        return is_unknown and self.fate is Fate.CAME


def _penalty_of(stand: Stand | None) -> PenaltyStand | None:
    return None if stand is None else stand.penalty


def _stay_of(stand: Stand | None) -> StayStand | None:
    return None if stand is None else stand.stay


def stands_of(findings: Iterable[Finding]) -> dict[str, Stand]:
    """How the findings of a position stand; those that do not concern the person are left out."""
    return {finding.id: _stand(finding) for finding in findings if finding.concerns}


def _stand(finding: Finding) -> Stand:
    deadline, answer = finding.deadline, finding.answer
    return Stand(
        answer=answer.value,
        state="" if deadline is None else deadline.state.value,
        act_by=None if deadline is None else deadline.act_by,
        penalty=None if finding.penalty is None or answer is Answer.NO else _penalty(finding.penalty),
        stay=None if finding.stay is None else _stay(finding.stay),
    )


def _penalty(penalty: PenaltyFound) -> PenaltyStand:
    return PenaltyStand(
        least_months=penalty.least_months, most_months=penalty.most_months, alternatives=penalty.alternatives
    )


def _stay(stay: StayFound) -> StayStand:
    told = [left for left in stay.left.values() if left is not None]
    left = (min(least for least, _ in told), max(most for _, most in told)) if told else None
    return StayStand(rule=stay.rule, safe=stay.safe, left=left)


# --- as a record keeps it -------------------------------------------------------------------------------------------

ANSWERS, DEADLINES, PENALTIES, STAYS, TITLES = "answers", "deadlines", "penalties", "stays", "titles"


def kept(findings: Iterable[Finding]) -> Content:
    """How the findings of a position stand, as its record keeps it: each part by id of the finding.

    Titles are kept too: a later law may have no such provision any more, and what went should have a name.
    """
    found = list(findings)
    titles = {finding.id: finding.title for finding in found if finding.concerns}
    # Small enough that a position stays in the size class it had without them: the titles are the longest part of it.
    packed = b64encode(compress(json.dumps(titles, ensure_ascii=False).encode())).decode()
    return {**stands_as_kept(stands_of(found)), TITLES: packed}


def titles_kept(saved: Content) -> dict[str, str]:
    """The titles that were kept with a position, in English, by id of the finding; none in one of an older version."""
    packed = saved.get(TITLES, "")
    titles: dict[str, str] = json.loads(decompress(b64decode(packed))) if packed else {}
    return titles


def stands_as_kept(stands: Stands) -> Content:
    """As `kept`, without titles."""
    penalties = {name: stand.penalty for name, stand in stands.items() if stand.penalty is not None}
    stays = {name: stand.stay for name, stand in stands.items() if stand.stay is not None}
    return {
        ANSWERS: {name: stand.answer for name, stand in stands.items()},
        DEADLINES: {name: [stand.state, _text(stand.act_by)] for name, stand in stands.items() if stand.state},
        PENALTIES: {
            name: [penalty.least_months, penalty.most_months, list(penalty.alternatives)]
            for name, penalty in penalties.items()
        },
        STAYS: {name: [stay.rule, _text(stay.safe), stay.left] for name, stay in stays.items()},
    }


def stands_kept(saved: Content) -> dict[str, Stand]:
    """How the findings stood when a position was saved.

    Args:
        saved: The record of a saved position. One of an older version has no deadlines, or no penalties and stays.
    """
    deadlines, penalties, stays = (saved.get(part, {}) for part in (DEADLINES, PENALTIES, STAYS))
    found = {}
    for name, answer in saved[ANSWERS].items():
        state, day = deadlines.get(name, ("", ""))
        found[name] = Stand(
            answer=answer,
            state=state,
            act_by=_day(day),
            penalty=_penalty_kept(penalties[name]) if name in penalties else None,
            stay=_stay_kept(stays[name]) if name in stays else None,
            is_dated=DEADLINES in saved,
            is_whole=STAYS in saved,
        )
    return found


def _penalty_kept(told: list[Any]) -> PenaltyStand:
    least, most, alternatives = told
    return PenaltyStand(least_months=least, most_months=most, alternatives=tuple(alternatives))


def _stay_kept(told: list[Any]) -> StayStand:
    rule, safe, left = told
    return StayStand(rule=rule, safe=_day(safe), left=None if left is None else tuple(left))


def _text(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def differences(before: Stands, steps: Sequence[tuple[tuple[Why, ...], Stands]]) -> tuple[Difference, ...]:
    """What differs between the first and the last of several positions, and in which steps it came to differ.

    Args:
        before: The first position.
        steps: Each next position, with what was changed to reach it from the one before.
    Returns:
        By id of the finding. What changed and changed back is left out.
    """
    after = steps[-1][1] if steps else before
    names = sorted(before.keys() | after.keys())
    return tuple(
        Difference(finding=name, before=before.get(name), after=after.get(name), why=why)
        for name in names
        if _differ(before.get(name), after.get(name)) and (why := _reasons(name, before, steps))
    )


def _reasons(name: str, before: Stands, steps: Sequence[tuple[tuple[Why, ...], Stands]]) -> tuple[Why, ...]:
    found: set[Why] = set()
    last = before.get(name)
    for why, stands in steps:
        this = stands.get(name)
        if _differ(last, this):
            found.update(why)
        last = this
    return tuple(why for why in Why if why in found)


def _differ(one: Stand | None, other: Stand | None) -> bool:
    if one is None or other is None:
        return one is not other
    return one.differs(other)
