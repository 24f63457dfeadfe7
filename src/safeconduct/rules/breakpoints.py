"""The days on which the value of a formula can change: between two of them it need not be asked again.

Every comparison is looked at alone. One of the day asked with a variable cuts the variable's range in two, at a place
that moves with the day. What is so in some world depends only on how these places lie among those that stand still
(ends of ranges, comparisons with constants): so a day counts when a place that moves passes one that stands still.
"""

from collections.abc import Iterator

from safeconduct.rules.cells import literals
from safeconduct.rules.formula import ASKED, Formula, Moved, Whole, Within
from safeconduct.rules.kleene import Atom, last_with
from safeconduct.rules.places import Group, Place

_Pair = tuple[Moved, Moved]
"""A comparison: the first is not above the second."""


def days_of_change(formula: Formula, first: int, last: int, constraints: tuple[Formula, ...] = ()) -> tuple[int, ...]:
    """The days on which what is certain can differ from the day before.

    Args:
        formula: Any formula.
        first: The day from which changes are looked for, as ordinal; never among them itself.
        last: The last day looked at, inclusive.
        constraints: As for `decide`.
    Returns:
        Ordinals, ascending. On every other day from first + 1 to last `decide` gives what it gives for the day
        before; on some of these it may do so too.
    """
    atoms = {atom for part in (formula, *constraints) for atom, _ in literals(part)}
    pairs = {pair for atom in atoms for pair in _pairs(atom)}
    found = {day for pair in pairs for day in _of_asked(pair, first, last)}
    for group in _groups(pairs):
        found.update(group.days(first, last))
    return tuple(sorted(day for day in found if first < day <= last))


def _pairs(atom: Atom) -> Iterator[_Pair]:
    if isinstance(atom, Within):
        if atom.first is not None:
            yield atom.first, atom.middle
        if atom.last is not None:
            yield atom.middle, atom.last


def _of_asked(pair: _Pair, first: int, last: int) -> Iterator[int]:
    """Days on which a comparison changes that mentions no variable but the day asked."""
    below, above = pair
    if below.variable is ASKED and above.variable is ASKED:
        for day in range(first + 1, last + 1):
            if (below.at(day) <= above.at(day)) != (below.at(day - 1) <= above.at(day - 1)):
                yield day
    elif below.variable is ASKED and above.variable is None:
        yield last_with(below, above.low(0)) + 1
    elif above.variable is ASKED and below.variable is None:
        yield last_with(above, below.low(0) - 1) + 1


def _whole(moved: Moved) -> Whole | None:
    return None if moved.variable is ASKED else moved.variable


def _groups(pairs: set[_Pair]) -> list[Group]:
    of: dict[Whole, Group] = {}
    for pair in pairs:
        for variable in filter(None, map(_whole, pair)):
            of.setdefault(variable, Group(members={variable}))
    for below, above in pairs:
        lower, upper = _whole(below), _whole(above)
        if lower is not None and upper is not None:
            _joined(of, lower, upper).compare(below, above, lower, upper)
        elif lower is not None:
            _cut(of[lower], lower, below, above, late=0)
        elif upper is not None:
            _cut(of[upper], upper, above, below, late=1)
    return list({id(group): group for group in of.values()}.values())


def _cut(group: Group, variable: Whole, number: Moved, other: Moved, *, late: int) -> None:
    """Note that a variable is compared with the day asked, or with a constant."""
    if other.variable is ASKED:
        group.places.append(Place(variable, other, number, late))
    else:
        group.still[variable].add(last_with(number, other.low(0) - late))


def _joined(of: dict[Whole, Group], one: Whole, other: Whole) -> Group:
    group, joining = of[one], of[other]
    if group is not joining:
        group.absorb(joining)
        for variable in joining.members:
            of[variable] = group
    return group
