"""Places on the line of days, and what depends on their order: how variables hang together that are compared.

In some world all comparisons of a set hold exactly if no chain of them leads in a circle to a day before itself. Such a
chain runs from one bound to another, through variables that are compared with each other, and each step adds a known
number of days. So with a bound that is the day asked, what is so changes only where that day, plus what a chain adds,
passes a bound that stands still. Months add a number of days that is known within a few; then all of those count.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations_with_replacement

from safeconduct.rules.formula import Moved, Whole
from safeconduct.rules.kleene import last_with
from safeconduct.rules.pieces import offsets, stops

CHAINS_AT_MOST = 500
"""From one variable; where there are more, every day counts."""

_Span = tuple[int, int]
"""The least and the greatest number of days that a step or a chain adds."""


@dataclass(frozen=True, slots=True)
class Place:
    """A comparison of the day asked with a variable.

    Args:
        variable: The variable.
        day: The day asked, moved.
        number: The variable, moved.
        late: 0 if a number falls behind on the day that reaches it, 1 if on the day after.
    """

    variable: Whole
    day: Moved
    number: Moved
    late: int

    def passes(self, number: int) -> int:
        """The first day asked by which this number has fallen behind."""
        return last_with(self.day, self.number.at(number) - 1 + self.late) + 1

    def ahead(self) -> _Span:
        """By how many days the place is ahead of the day asked."""
        day, number = offsets(self.day), offsets(self.number)
        return day[0] - number[1] - self.late, day[1] - number[0] - self.late


@dataclass(slots=True)
class Group:
    """Variables that are compared with each other, and all that cuts their ranges.

    Args:
        members: The variables.
        places: What moves with the day asked.
        still: By variable, the numbers just before a cut that stands still.
        steps: Two variables, and by how much the second is more than the first where their comparison turns.
        months: Whether a step adds a number of days that is not always the same.
        itself: Whether a variable is compared with itself over such a step.
    """

    members: set[Whole] = field(default_factory=set)
    places: list[Place] = field(default_factory=list)
    still: dict[Whole, set[int]] = field(default_factory=lambda: defaultdict(set))
    steps: list[tuple[Whole, Whole, _Span]] = field(default_factory=list)
    months: bool = False
    itself: bool = False

    def compare(self, below: Moved, above: Moved, lower: Whole, upper: Whole) -> None:
        """Note that one of the variables is compared with another one, or with itself."""
        low, high = offsets(below), offsets(above)
        span = low[0] - high[1], low[1] - high[0]
        self.months |= span[0] < span[1]
        if lower is not upper:
            self.steps.append((lower, upper, span))
        else:
            self.itself |= span[0] < span[1]

    def absorb(self, other: "Group") -> None:
        """Take in another group: one of its variables is compared with one of this."""
        self.members |= other.members
        self.places += other.places
        self.steps += other.steps
        self.months |= other.months
        self.itself |= other.itself
        for variable, numbers in other.still.items():
            self.still[variable] |= numbers

    def days(self, first: int, last: int) -> Iterator[int]:
        """The days asked on which what is so of the variables can change, and perhaps some more."""
        if not self.places:
            return
        chains = None if self._is_tangled() or self._is_stopped(first, last) else self._chains()
        if chains is None or not self._keep_apart(chains):
            for place in self.places:
                low, high = place.passes(place.variable.low), place.passes(place.variable.high)
                yield from range(max(low, first + 1), min(high, last) + 1)
            return
        for place in self.places:
            for number in self._turning(place.variable, chains[place.variable]):
                yield place.passes(number)

    def _turning(self, variable: Whole, chains: dict[Whole, set[_Span]]) -> Iterator[int]:
        """The numbers of a variable that a chain carries to an end of a range, or to a cut that stands still."""
        for member, spans in chains.items():
            for number in {member.low - 1, member.high} | self.still[member]:
                for low, high in spans:
                    yield from range(max(number - high, variable.low), min(number + 1 - low, variable.high) + 1)

    def _is_tangled(self) -> bool:
        """Whether chains may run in circles that add now more, now less: then they lead from day to day without end."""
        return self.itself or (self.months and len(self.steps) >= len(self.members))

    def _is_stopped(self, first: int, last: int) -> bool:
        """Whether a chain may come upon the end of all days, where moves add less than they should."""
        if len(self.places) == 1 and not self.steps:
            return False
        reach = sum(max(map(abs, span)) + 1 for _, _, span in self.steps)
        return any(
            place.day.at(first) - 1 - reach <= start or place.day.at(last) + reach >= end
            for place in self.places
            for start, end in (stops(place.day), stops(place.number))
        )

    def _chains(self) -> dict[Whole, dict[Whole, set[_Span]]] | None:
        """What chains add from each variable with a place to every other; None if they are too many.

        A comparison and its opposite turn at two neighbouring days: one more on either side for each step.
        """
        next_to: dict[Whole, list[tuple[Whole, _Span]]] = defaultdict(list)
        for lower, upper, (low, high) in self.steps:
            next_to[lower].append((upper, (low - 1, high + 1)))
            next_to[upper].append((lower, (-high - 1, -low + 1)))
        found: dict[Whole, dict[Whole, set[_Span]]] = {}
        for start in {place.variable for place in self.places}:
            here: dict[Whole, set[_Span]] = defaultdict(set)
            pending: list[tuple[tuple[Whole, ...], _Span]] = [((start,), (0, 0))]
            for _ in range(CHAINS_AT_MOST):
                if not pending:
                    break
                way, span = pending.pop()
                here[way[-1]].add(span)
                for other, (low, high) in next_to[way[-1]]:
                    if other not in way:
                        pending.append(((*way, other), (span[0] + low, span[1] + high)))
            else:
                return None
            found[start] = here
        return found

    def _keep_apart(self, chains: dict[Whole, dict[Whole, set[_Span]]]) -> bool:
        """Whether no chain leads from the day asked to the day asked, now before and now after itself."""
        exact = not self.months and all(low == high for low, high in (place.ahead() for place in self.places))
        if exact:
            return True
        for one, other in combinations_with_replacement(self.places, 2):
            low, high = one.ahead()
            other_low, other_high = other.ahead()
            for chain_low, chain_high in chains[one.variable][other.variable] - ({(0, 0)} if one is other else set()):
                if low + chain_low - other_high <= 1 and high + chain_high - other_low >= -1:
                    return False
        return True
