"""Two positions of one person side by side: which answers differ, and whether the law, the facts or the day did it.

From one to the other go three steps, one thing at a time: other law, then other facts, then another day. An answer
that changes in a step changed because of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from safeconduct.desk.cases.keeping import Content
from safeconduct.rules.finding import Finding


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
class Stand:
    """How one finding stands in a position.

    Args:
        answer: The answer, as a value of `Answer`.
        state: Where its deadline stands, as a value of `State`; "" where there is no deadline.
        act_by: The safe day to act by, inclusive; None where there is none.
        is_dated: Whether state and day are known: positions saved by older versions hold answers only.
    """

    answer: str
    state: str = ""
    act_by: date | None = None
    is_dated: bool = True

    def differs(self, other: "Stand") -> bool:
        """Whether the answer, or what is known of the deadline, is another."""
        if self.answer != other.answer:
            return True
        dated = self.is_dated and other.is_dated
        return dated and (self.state, self.act_by) != (other.state, other.act_by)


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
        """Whether it came, went, has another answer, or only another day."""
        if self.before is None:
            return Fate.CAME
        if self.after is None:
            return Fate.WENT
        return Fate.CHANGED if self.before.answer != self.after.answer else Fate.MOVED


def stands_of(findings: Iterable[Finding]) -> dict[str, Stand]:
    """How the findings of a position stand; those that do not concern the person are left out."""
    return {finding.id: _stand(finding) for finding in findings if finding.concerns}


def _stand(finding: Finding) -> Stand:
    deadline = finding.deadline
    if deadline is None:
        return Stand(answer=finding.answer.value)
    return Stand(answer=finding.answer.value, state=deadline.state.value, act_by=deadline.act_by)


def kept(stands: Stands) -> dict[str, list[str]]:
    """The deadlines of a position as a record keeps them: state and day, by id of the finding."""
    return {
        name: [stand.state, "" if stand.act_by is None else stand.act_by.isoformat()]
        for name, stand in stands.items()
        if stand.state
    }


def stands_kept(saved: Content) -> dict[str, Stand]:
    """How the findings stood when a position was saved.

    Args:
        saved: The record of a saved position. One of an older version has no `deadlines`.
    """
    deadlines = saved.get("deadlines")
    found = {}
    for name, answer in saved["answers"].items():
        state, day = (deadlines or {}).get(name, ("", ""))
        act_by = date.fromisoformat(day) if day else None
        found[name] = Stand(answer=answer, state=state, act_by=act_by, is_dated=deadlines is not None)
    return found


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
