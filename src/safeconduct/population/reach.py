"""Whom a change of law reaches among people in a frame: who becomes liable, who ceases, of whom it cannot be told."""

from dataclasses import dataclass
from typing import Any

import narwhals.stable.v2 as nw

from safeconduct.population.columns import Answered, Columns
from safeconduct.population.conditions import Condition, all_of, any_of
from safeconduct.population.counting import Progress, counted, nobody_told
from safeconduct.population.engines import kinds_of
from safeconduct.population.frame_law import Column, ColumnLaw, FrameLaw
from safeconduct.population.grouped import Counts, Grouped, withheld
from safeconduct.rules.formula import FAILS, Choice, Whole
from safeconduct.values.errors import QuestionError

CHANGES = ("becomes", "ceases", "stays", "never", "unknown", "disputed")
"""Not reached before and reached after; the reverse; reached on both; on neither; unknown, or disputed, on one."""
_NEVER = CHANGES.index("never")
_PLACES = tuple(at for at, change in enumerate(CHANGES) if change != "unknown")
_ASKED = len(_PLACES)


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoLaws:
    """The law before a change and after it: of one day each, or of two folders of pages on one day.

    Args:
        before: The law before.
        after: The law after.
        names: Ids of provisions; one that stands in only one of the two reaches nobody under the other.
    Raises:
        QuestionError: If a provision stands in neither, or needs more than columns hold.
    """

    before: FrameLaw
    after: FrameLaw
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse provisions that nobody knows."""
        for name in self.names:
            if name not in self.before.corpus.provisions:
                self.after.law(name)

    def laws(self, name: str) -> tuple[ColumnLaw, ColumnLaw]:
        """A provision before and after."""
        before, after = (
            law.law(name) if name in law.corpus.provisions else ColumnLaw(id=name, cases=(FAILS,))
            for law in (self.before, self.after)
        )
        return before, after

    def columns(self) -> dict[str, tuple[Column, Choice | Whole]]:
        """The columns that the provisions read, before or after.

        Raises:
            QuestionError: If both read a column of one name differently: then one word would have two meanings.
        """
        found: dict[str, tuple[Column, Choice | Whole]] = {}
        for law in (self.before, self.after):
            present = tuple(name for name in self.names if name in law.corpus.provisions)
            for name, (column, variable) in law.columns(present).items():
                kept = found.setdefault(name, (column, variable))
                if _held(kept[1]) != _held(variable):
                    raise QuestionError(
                        f"the two laws read the column {name} differently",
                        remedy="compare the two folders by counting each with population assess",
                        code="POP07",
                    )
        return found


def _held(variable: Choice | Whole) -> tuple[object, ...]:
    """What a column of it may hold."""
    return variable.words if isinstance(variable, Choice) else (variable.low, variable.high)


def reached(
    parts: tuple[nw.LazyFrame[Any], ...], laws: TwoLaws, by: tuple[str, ...], *, progress: Progress = nobody_told
) -> Grouped:
    """Count whom a change of law reaches.

    Args:
        parts: People, already checked; in one frame or several alike.
        laws: Before and after.
        by: Columns to group by; none for all people together.
        progress: Told how many people have been counted.
    """
    kinds = kinds_of(parts[0])
    before, after = Columns(kinds, laws.before.on), Columns(kinds, laws.after.on)
    pairs = [
        (before.answered(first), after.answered(second)) for first, second in (laws.laws(name) for name in laws.names)
    ]
    asked = [_changes(*pair) for pair in pairs]
    found = []
    for group in counted(parts, [one for each in asked for one in each], by, progress=progress):
        for at, name in enumerate(laws.names):
            *certain, disputed = group.counts[_ASKED * at : _ASKED * (at + 1)]
            cells = (*certain, group.people - sum(certain) - disputed, disputed)
            none = frozenset(place for place, one in zip(_PLACES, asked[at], strict=True) if one is False)
            found.append(Counts(group=group.values, id=name, cells=withheld(cells, harmless=_NEVER, empty=none)))
    inexact = tuple(old.id for old, new in pairs if not (old.exact and new.exact))
    return Grouped(by=by, answers=CHANGES, counts=tuple(found), inexact=inexact)


def _changes(before: Answered, after: Answered) -> list[Condition]:
    """The conditions of becomes, ceases, stays, never and disputed; the rest is unknown."""
    was, now = before.sides, after.sides
    return [
        all_of([was.no, now.yes]),
        all_of([was.yes, now.no]),
        all_of([was.yes, now.yes]),
        all_of([was.no, now.no]),
        any_of([before.disputed, after.disputed]),
    ]
