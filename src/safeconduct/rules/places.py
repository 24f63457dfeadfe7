"""Places on the line of days, and what depends on their order: how variables hang together that are compared.

In some world all comparisons of a set hold exactly if no chain of them leads in a circle to a day before itself. Such a
chain runs from one bound to another, through variables that are compared with each other, and each step adds a known
number of days. So with a bound that is the day asked, what is so changes only where that day, plus what a chain adds,
passes a bound that stands still. Months add a number of days that is known within a few; then all of those count.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations

from safeconduct.rules.formula import Moved, Whole
from safeconduct.rules.kleene import last_with
from safeconduct.rules.pieces import offsets, stops

CHAINS_AT_MOST = 500
"""From one variable; where there are more, every day counts."""

_Span = tuple[int, int]
"""The least and the greatest number of days that a step or a chain adds."""

_Chains = dict[Whole, set[_Span]]
"""What chains from one variable add on their way to each other one."""

_Steps = dict[Whole, set[tuple[Whole, _Span]]]
"""The steps from a variable to another."""


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

    def starts(self) -> int:
        """The first day asked by which some number of the variable has fallen behind."""
        return self.passes(self.variable.low)

    def ends(self) -> int:
        """The first day asked by which all of them have."""
        return self.passes(self.variable.high)

    def ahead(self) -> _Span:
        """By how many days the place is ahead of the day asked."""
        day, number = offsets(self.day), offsets(self.number)
        return day[0] - number[1] - self.late, day[1] - number[0] - self.late

    def is_same(self, other: "Place") -> bool:
        """Whether they are one place: "over a month" and "at least a month and a day"."""
        return (self.variable, self.day) == (other.variable, other.day) and replace(
            self.number, days=self.number.days + self.late
        ) == replace(other.number, days=other.number.days + other.late)


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
        # A place that stays outside its range from the first day to the last changes nothing.
        inside = [place for place in self.places if place.starts() <= last and place.ends() > first]
        if not inside:
            return
        chains = None if self._is_tangled() or self._is_stopped(inside, first, last) else self._chains(inside)
        if chains is None or not self._keep_apart(inside, chains):
            for place in inside:
                yield from range(max(place.starts(), first + 1), min(place.ends(), last) + 1)
        else:
            for place in inside:
                yield from map(place.passes, self._turning(place.variable, chains[place.variable]))

    def _turning(self, variable: Whole, chains: _Chains) -> set[int]:
        """The numbers of a variable that a chain carries to an end of a range, or to a cut that stands still."""
        return {
            turned
            for member, spans in chains.items()
            for number in {member.low - 1, member.high} | self.still[member]
            for low, high in spans
            for turned in range(max(number - high, variable.low), min(number + 1 - low, variable.high) + 1)
        }

    def _is_tangled(self) -> bool:
        """Whether chains may run in circles that add now more, now less: then they lead from day to day without end."""
        return self.itself or (self.months and len(self.steps) >= len(self.members))

    def _is_stopped(self, places: list[Place], first: int, last: int) -> bool:
        """Whether a chain may come upon the end of all days, where moves add less than they should."""
        if len(places) == 1 and not self.steps:
            return False
        reach = sum(max(map(abs, span)) + 1 for _, _, span in self.steps)
        return any(
            place.day.at(first) - 1 - reach <= start or place.day.at(last) + reach >= end
            for place in places
            for start, end in (stops(place.day), stops(place.number))
        )

    def _chains(self, places: list[Place]) -> dict[Whole, _Chains]:
        """What chains add from each variable with a place to every other.

        A comparison and its opposite turn at two neighbouring days: one more on either side for each step. Where chains
        are too many to follow each, none adds more than the longest steps together.
        """
        next_to: _Steps = defaultdict(set)
        for lower, upper, (low, high) in self.steps:
            next_to[lower].add((upper, (low - 1, high + 1)))
            next_to[upper].add((lower, (-high - 1, -low + 1)))
        longest = sorted((max(map(abs, span)) + 1 for _, _, span in self.steps), reverse=True)
        reach = sum(longest[: len(self.members) - 1])
        to_all: _Chains = {member: {(-reach, reach)} for member in self.members}
        return {place.variable: _followed(place.variable, next_to) or to_all for place in places}

    def _keep_apart(self, places: list[Place], chains: dict[Whole, _Chains]) -> bool:
        """Whether no chain leads from the day asked to the day asked, now before and now after itself."""
        for one, other in combinations(places, 2):
            low, high = one.ahead()
            other_low, other_high = other.ahead()
            if one.is_same(other) or (low == high and other_low == other_high and not self.months):
                continue
            for chain_low, chain_high in chains[one.variable][other.variable]:
                if low + chain_low - other_high <= 1 and high + chain_high - other_low >= -1:
                    return False
        return True


def _followed(start: Whole, next_to: _Steps) -> _Chains | None:
    """Chains that enter no variable twice; None if they are too many to follow each."""
    found: _Chains = defaultdict(set)
    pending: list[tuple[tuple[Whole, ...], _Span]] = [((start,), (0, 0))]
    for _ in range(CHAINS_AT_MOST):
        if not pending:
            return found
        way, span = pending.pop()
        found[way[-1]].add(span)
        for other, (low, high) in next_to[way[-1]]:
            if other not in way:
                pending.append(((*way, other), (span[0] + low, span[1] + high)))
    return None
