"""A condition of a page in words, as it is so of somebody or is not; sentences go through `wording.say`."""

from typing import assert_never

from safeconduct.packs.position.wording import say
from safeconduct.rules.tree import (
    Aged,
    Asked,
    Between,
    BoundDay,
    BoundIs,
    Condition,
    CountOf,
    Day,
    EventDay,
    FactDay,
    FactIs,
    First,
    Happened,
    Includes,
    LastLawfulDay,
    Latest,
    NumberIn,
    On,
    Pattern,
    Shifted,
    Told,
)
from safeconduct.rules.vocabulary import NO, NONE, PRESENT, YES

_OPPOSITE = {YES: NO, NO: YES}


def condition_words(node: Condition, *, holds: bool) -> str:  # noqa: PLR0911 -- every kind of condition
    """A condition that stands alone.

    Args:
        node: The condition; of those made of others only their type is told.
        holds: Whether it is so.
    """
    match node:
        case FactIs():
            return _is(_name(node.fact, node.field), node.values, holds=holds)
        case BoundIs():
            return _is(_name(node.event, node.field), node.values, holds=holds)
        case Includes():
            values = {"fact": _words(node.fact), "value": node.value}
            return say("{fact} include {value}" if holds else "{fact} do not include {value}", **values)
        case NumberIn():
            return _yes_no(say("{name} {ends}", name=_name(node.fact, node.field), ends=_numbers(node)), holds=holds)
        case CountOf():
            text = say("at least {least} of {fact} as the page asks", least=node.least, fact=_words(node.fact))
            return _yes_no(text, holds=holds)
        case Happened():
            return _yes_no(_happened(node), holds=holds)
        case Between():
            return _yes_no(_between(node), holds=holds)
        case Aged():
            return _yes_no(_aged(node), holds=holds)
        case _:
            return _yes_no(say("a condition of the page"), holds=holds)


def term_words(name: str, *, holds: bool) -> str:
    """A term of the pages by its name."""
    return _yes_no(_words(name), holds=holds)


def _yes_no(text: str, *, holds: bool) -> str:
    return say("{text}: yes" if holds else "{text}: no", text=text)


def _is(name: str, values: frozenset[str], *, holds: bool) -> str:
    if PRESENT in values:
        return _yes_no(say("{name} is there", name=name), holds=holds)
    if len(values) == 1 and not holds and (opposite := _OPPOSITE.get(min(values))):
        return say("{name}: {words}", name=name, words=opposite)
    words = " or ".join(sorted(values, key=lambda word: (word == NONE, word)))
    return say("{name}: {words}" if holds else "{name}: not {words}", name=name, words=words)


def _happened(node: Happened) -> str:
    name = pattern_words(node.pattern, node.field)
    first = "" if node.first is None else say(" from {day}", day=day_words(node.first))
    last = "" if isinstance(node.last, Asked) else say(" up to {day}", day=_end(node.last))
    others = ", ".join(pattern_words(one) for one in node.unless_followed_by)
    after = say(" and not followed by {others}", others=others) if others else ""
    return say("{name} happened{first}{last}{after}", name=name, first=first, last=last, after=after)


def pattern_words(pattern: Pattern, field: str = "") -> str:
    """Events of a kind, with what narrows it."""
    where = "; ".join(
        say("{name}: {words}", name=_words(name), words=" or ".join(sorted(values))) for name, values in pattern.where
    )
    key = f" {pattern.key}" if pattern.key else ""
    return _name(pattern.event, field) + key + (f" ({where})" if where else "")


def _between(node: Between) -> str:
    day = day_words(node.day)
    if node.last is None:
        return say("{day} from {first}", day=day, first=_end(node.first))
    if node.first is None:
        return say("{day} by {last}", day=day, last=_end(node.last))
    return say("{day} from {first} to {last}", day=day, first=_end(node.first), last=_end(node.last))


def _end(day: Day | None) -> str:
    return say("any day") if day is None else day_words(day)


def day_words(day: Day) -> str:  # noqa: C901, PLR0911 -- every kind of day
    """A day of the tree in words."""
    match day:
        case Asked():
            return say("the day asked")
        case On():
            return str(day.day)
        case FactDay():
            return _name(day.fact, day.field)
        case BoundDay():
            return say("the day of {name}", name=_name(day.event, day.field))
        case EventDay():
            return say("the day of {name}", name=pattern_words(day.pattern, day.field))
        case Shifted():
            moved = {"months": day.months, "days": day.days, "day": day_words(day.day)}
            if not day.months:
                return say("{day} and {days} days", **moved)
            return (
                say("{day} and {months} months", **moved)
                if not day.days
                else say("{day} and {months} months and {days} days", **moved)
            )
        case First():
            return say("the first of {days}", days=", ".join(map(day_words, day.days)))
        case Latest():
            return say("the latest of {days}", days=", ".join(map(day_words, day.days)))
        case Told():
            return say("the end told by {name}", name=_name(day.event, day.field))
        case LastLawfulDay():
            return say("the last lawful day in {country}", country=day.country)
        case _:
            assert_never(day)


def _aged(node: Aged) -> str:
    ends = {"least": node.least, "under": node.under, "day": day_words(node.day)}
    if node.under is None:
        return say("aged {least} or over on {day}", **ends)
    if node.least is None:
        return say("aged under {under} on {day}", **ends)
    return say("aged {least} to under {under} on {day}", **ends)


def _numbers(node: NumberIn) -> str:
    ends = {"least": node.least, "most": node.most}
    if node.most is None:
        return say("at least {least}", **ends)
    return say("at most {most}", **ends) if node.least is None else say("{least} to {most}", **ends)


def _name(owner: str, field: str) -> str:
    return _words(f"{owner} {field}" if field else owner)


def _words(name: str) -> str:
    return name.replace("_", " ")
