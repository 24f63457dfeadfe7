"""The value of a formula for what is known: holds, fails, or unknown, by the strong tables of Kleene.

Quick and sound: "holds" and "fails" are final. "Unknown" may still be settled by cases ("A or not A"); `certainty`
looks into that. Values are plain numbers because everything stands on them: NO, UNKNOWN, YES are the values of `Truth`.
"""

from collections.abc import Callable
from functools import lru_cache

from safeconduct.rules.formula import (
    ASKED,
    FAILS,
    HOLDS,
    And,
    AtLeast,
    Choice,
    Formula,
    In,
    Inverse,
    Moved,
    Or,
    Settled,
    Whole,
    Within,
    conjunction,
    disjunction,
    inverse,
)
from safeconduct.values.days import latest_not_after

NO, UNKNOWN, YES = 0, 1, 2

Variable = Choice | Whole
Atom = In | Within


def value(formula: Formula, on: int) -> int:
    """What is so in every world, as far as each atom tells for itself.

    Args:
        formula: Any formula.
        on: The day asked, as ordinal.
    Returns:
        NO, UNKNOWN or YES (0, 1, 2, as in `Truth`).
    """
    return _VALUE[type(formula)](formula, on)


def _of_settled(formula: Settled, on: int) -> int:  # noqa: ARG001 -- all of _VALUE take the same
    return YES if formula.holds else NO


def _of_in(formula: In, on: int) -> int:  # noqa: ARG001 -- all of _VALUE take the same
    possible = formula.choice.possible
    inside = possible & formula.mask
    if not inside:
        return NO
    return YES if inside == possible else UNKNOWN


def _of_within(formula: Within, on: int) -> int:
    middle, first, last = formula.middle, formula.first, formula.last
    low, high = middle.span or middle.asked(on)
    found = YES
    if first is not None:
        first_low, first_high = first.span or first.asked(on)
        if first_low > high:
            return NO
        if first_high > low:
            found = UNKNOWN
    if last is not None:
        last_low, last_high = last.span or last.asked(on)
        if low > last_high:
            return NO
        if high > last_low:
            found = UNKNOWN
        if found == UNKNOWN and first is not None and not _meet(middle, first, last, on):
            return NO
    return found


def _meet(middle: Moved, first: Moved, last: Moved, on: int) -> bool:
    """Whether both bounds can be kept at once, where each can for itself: False is certain.

    Intervals say nothing of two bounds that move with one birth date, nor of days that adding months never gives.
    """
    if first.low(on) > last.high(on):
        return False
    if middle.variable is not None and middle.variable in (first.variable, last.variable):
        return True
    if first.variable is last.variable and is_open(first):
        # The last day that keeps the first bound is the best one for the last bound, since days never fall.
        best = min(last_with(first, middle.high(on)), first.variable.high)  # type: ignore[union-attr] # is_open
        return last.at(best) >= middle.low(on)
    if is_open(middle) and middle.months:
        best = min(last_with(middle, last.high(on)), middle.variable.high)  # type: ignore[union-attr] # is_open
        return middle.at(best) >= first.low(on)
    return True


def is_open(moved: Moved) -> bool:
    """Whether it moves a variable that can still be one of several numbers."""
    variable = moved.variable
    return variable is not None and variable is not ASKED and variable.low < variable.high


def last_with(moved: Moved, limit: int) -> int:
    """The last number that, moved like this, is not above the limit. A number without move may lie anywhere."""
    if not moved.months and not moved.days:
        return limit
    return _latest_not_after(limit, moved.months, moved.days, moved.rounding)


_latest_not_after = lru_cache(maxsize=4096)(latest_not_after)


def _of_and(formula: And, on: int) -> int:
    found = YES
    for part in formula.parts:
        got = _VALUE[type(part)](part, on)
        if got != YES:
            if got == NO:
                return NO
            found = UNKNOWN
    return found


def _of_or(formula: Or, on: int) -> int:
    found = NO
    for part in formula.parts:
        got = _VALUE[type(part)](part, on)
        if got != NO:
            if got == YES:
                return YES
            found = UNKNOWN
    return found


def _of_inverse(formula: Inverse, on: int) -> int:
    return YES - _VALUE[type(formula.part)](formula.part, on)


def _of_at_least(formula: AtLeast, on: int) -> int:
    wanted, spare = formula.least, len(formula.parts) - formula.least
    if wanted <= 0:
        return YES
    for part in formula.parts:
        if spare < 0:
            return NO
        got = _VALUE[type(part)](part, on)
        if got == YES:
            wanted -= 1
            if not wanted:
                return YES
        elif got == NO:
            spare -= 1
    return UNKNOWN if spare >= 0 else NO


# One look-up by type is a third of the time of a chain of isinstance.
_VALUE: dict[type, Callable[..., int]] = {
    Settled: _of_settled,
    In: _of_in,
    Within: _of_within,
    And: _of_and,
    Or: _of_or,
    Inverse: _of_inverse,
    AtLeast: _of_at_least,
}


def residual(formula: Formula, on: int) -> Formula:
    """What is left to be told: the formula without what is decided.

    Args:
        formula: Any formula.
        on: The day asked, as ordinal.
    Returns:
        A formula with the same value in every world on that day. It is HOLDS or FAILS where `value` is not UNKNOWN;
        otherwise nothing in it is settled and neither the day asked nor a variable that can have one value only is
        left. An atom about one variable is a range of that variable between constants, wherever it can be.
    """
    found = value(formula, on)
    if found != UNKNOWN:
        return HOLDS if found == YES else FAILS
    return _left(formula, on)


def _left(formula: Formula, on: int) -> Formula:
    """What is left of an unknown formula. Only its unknown parts are entered: most of a large formula is decided."""
    match formula:
        case And(parts):
            return conjunction([_left(part, on) for part in parts if value(part, on) == UNKNOWN])
        case Or(parts):
            return disjunction([_left(part, on) for part in parts if value(part, on) == UNKNOWN])
        case Inverse(part):
            return inverse(_left(part, on))
        case AtLeast(least, parts):
            return counted(least, [residual(part, on) for part in parts])
        case Within():
            return _range_left(formula, on)
        case _:
            return formula


def mapped(formula: Formula, change: Callable[[Atom], Formula]) -> Formula:
    """The formula with every atom put through `change`, and without what is settled by that.

    What does not change is not written anew: a formula of hundreds of parts is asked for each value of one variable.
    """
    kind = type(formula)
    if kind is In or kind is Within:
        return change(formula)  # type: ignore[arg-type] # it is an atom
    if isinstance(formula, Settled):
        return formula
    if isinstance(formula, Inverse):
        inner = mapped(formula.part, change)
        return formula if inner is formula.part and not isinstance(inner, Settled) else inverse(inner)
    assert isinstance(formula, And | Or | AtLeast)  # noqa: S101 -- nothing else is left
    parts = [mapped(part, change) for part in formula.parts]
    if all(part is old and type(part) is not Settled for part, old in zip(parts, formula.parts, strict=True)):
        return formula
    if isinstance(formula, AtLeast):
        return counted(formula.least, parts)
    return conjunction(parts) if isinstance(formula, And) else disjunction(parts)


def counted(least: int, parts: list[Formula]) -> Formula:
    """At least so many of them, without those that are settled."""
    left = tuple(part for part in parts if not isinstance(part, Settled))
    least -= sum(part == HOLDS for part in parts)
    if least <= 0:
        return HOLDS
    if least > len(left):
        return FAILS
    if least == 1:
        return disjunction(list(left))
    return conjunction(list(left)) if least == len(left) else AtLeast(least, left)


def _range_left(atom: Within, on: int) -> Within:
    """An unknown atom without its decided bound, its settled days as constants, as a range of its only variable."""
    middle = _folded(atom.middle, on)
    first = _folded(atom.first, on) if atom.first is not None else None
    last = _folded(atom.last, on) if atom.last is not None else None
    if first is not None and first.high(on) <= middle.low(on):
        first = None
    if last is not None and middle.high(on) <= last.low(on):
        last = None
    variables = {part.variable for part in (middle, first, last) if part is not None and part.variable is not None}
    if len(variables) > 1 or (middle.variable is not None and _moves(first, last)):
        return Within(middle, first, last)
    if middle.variable is not None:
        return _range(
            middle.variable,
            None if first is None else last_with(middle, first.base - 1) + 1,
            None if last is None else last_with(middle, last.base),
        )
    return _range(
        variables.pop(),
        None if last is None else last_with(last, middle.base - 1) + 1,
        None if first is None else last_with(first, middle.base),
    )


def _folded(moved: Moved, on: int) -> Moved:
    return moved if is_open(moved) else Moved(None, moved.low(on))


def _moves(first: Moved | None, last: Moved | None) -> bool:
    return any(part is not None and part.variable is not None for part in (first, last))


def _range(variable: Whole, low: int | None, high: int | None) -> Within:
    return Within(
        Moved(variable),
        None if low is None or low <= variable.low else Moved(None, low),
        None if high is None or high >= variable.high else Moved(None, high),
    )


def variables(formula: Formula) -> tuple[Variable, ...]:
    """The variables of a formula in order of appearance, each once; the day asked is none of them."""
    kind = type(formula)  # asked thousands of times for a position: a chain of comparisons is half of `match`
    if kind is And or kind is Or or kind is AtLeast:
        known: tuple[Variable, ...] | None = formula.mentioned  # type: ignore[union-attr] # it is one of the three
        if known is None:
            found: dict[Variable, None] = {}
            for part in formula.parts:  # type: ignore[union-attr] # as above
                found.update(dict.fromkeys(variables(part)))
            known = tuple(found)
            object.__setattr__(formula, "mentioned", known)  # it follows from the parts, which do not change
        return known
    if kind is In:
        return (formula.choice,)  # type: ignore[union-attr] # it is In
    if kind is Inverse:
        return variables(formula.part)  # type: ignore[union-attr] # it is Inverse
    if kind is Settled:
        return ()
    moves = (formula.middle, formula.first, formula.last)  # type: ignore[union-attr] # it is Within
    seen = [one.variable for one in moves if one is not None and one.variable is not None and one.variable is not ASKED]
    return tuple(dict.fromkeys(seen)) if len(seen) > 1 else tuple(seen)


def asks_the_day(formula: Formula) -> bool:
    """Whether the day asked stands in the formula."""
    match formula:
        case And(parts) | Or(parts) | AtLeast(_, parts):
            return any(asks_the_day(part) for part in parts)
        case Inverse(part):
            return asks_the_day(part)
        case Within(middle, first, last):
            return any(moved is not None and moved.variable is ASKED for moved in (middle, first, last))
        case _:
            return False
