"""The line `within 5 days after DAY, counting from the next day, ...`: how a deadline runs."""

from safeconduct.packs.blocks import Line
from safeconduct.packs.conditions import condition
from safeconduct.packs.days_line import day
from safeconduct.packs.names import fault_at
from safeconduct.packs.reader import shown
from safeconduct.packs.scope import Scope, amount, tokens, trees
from safeconduct.rules.parsing import Node
from safeconduct.rules.reading_of import parts_of
from safeconduct.rules.tree import Always, FirstCounted, Rolls, Shifted, Unit, Window
from safeconduct.values.days import Rounding

_UNITS = {"calendar_days": Unit.CALENDAR_DAYS, "working_days": Unit.WORKING_DAYS, "whole_months": Unit.MONTHS}
_FIRSTS = {"same_day": FirstCounted.SAME, "next_day": FirstCounted.NEXT, "either_day": FirstCounted.EITHER}
_ROLLS = {"rolls_not": Rolls.NOT, "rolls_next": Rolls.NEXT_WORKING_DAY, "rolls_unknown": Rolls.UNKNOWN}
_ROUNDINGS = {"clipped": Rounding.CLIP, "rolled": Rounding.ROLL}


def read_window(node: Node, line: Line, scope: Scope) -> Window:
    """One way for a deadline to run.

    Args:
        node: The parsed line.
        line: The line.
        scope: What it may name.
    Raises:
        UnresolvedError: With the fault, if a part does not fit another, or names what is not declared.
    """
    period, start, counted, units, rolls, *rest = trees(node)
    months, days = amount(period, scope)
    unit = _UNITS[str(units.data)]
    if bool(months) != (unit is Unit.MONTHS) or not (months or days):
        hint = "write whole months for months, calendar days or working days for days"
        raise fault_at(node, line.place, "LAW015", "the period and its unit do not agree", hint)
    rounding = _ROUNDINGS[str(rest.pop(0).data)] if rest and rest[0].data in _ROUNDINGS else None
    if (rounding is not None) != (unit is Unit.MONTHS):
        hint = "write: months end clipped, or months end rolled, as the act says; and only for months"
        raise fault_at(node, line.place, "LAW015", "a period of months needs a rule for its end", hint)
    begins = day(start, scope)
    if unit is Unit.MONTHS and any(isinstance(part, Shifted) for part in parts_of(begins)):
        hint = "count the months from the day itself, or give the whole period in days"
        raise fault_at(node, line.place, "LAW015", "a period of months cannot begin on a day that was moved", hint)
    return Window(
        start=begins,
        count=months or days,
        unit=unit,
        first_counted=_FIRSTS[str(counted.data)],
        rolls=_ROLLS[str(rolls.data)],
        rounding=rounding or Rounding.CLIP,
        condition=condition(rest[0], scope) if rest else Always(holds=True),
        text=shown(line.text),
        restart=any(token.type == "AGAIN" for token in tokens(node)),
    )
