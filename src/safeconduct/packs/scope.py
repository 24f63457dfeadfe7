"""What a line may name, and its smallest parts: words, numbers, calendar days, events with their filters."""

from dataclasses import dataclass
from datetime import date

from lark import Token, Tree

from safeconduct.packs.names import Meant, Names, fault_at, joined, meant, unknown_phrase
from safeconduct.rules.parsing import Node
from safeconduct.rules.stay import ENTERED, LEFT
from safeconduct.rules.tree import Asked, Day, Pattern
from safeconduct.rules.vocabulary import NO, NONE, YES, EventKind, Fact, Field, Shape
from safeconduct.values.days import FIRST_DAY, LAST_DAY
from safeconduct.values.errors import Place

BIRTH, COUNTRY = "birth_date", "country"
DAY_ASKED = Asked()
_MOST = 999_999
_KEYWORDS = {"word_by": "by", "word_to": "to", "word_from": "from", "word_yes": YES, "word_no": NO}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where a line stands.

    Args:
        names: What it may name.
        place: Page, line and column at which its text begins.
        about: The kind of event that the provision is about, if any.
        governed_by: The day whose text counts, for dated values.
    """

    names: Names
    place: Place
    about: Pattern | None = None
    governed_by: Day = DAY_ASKED


def trees(node: Node) -> list[Node]:
    """The parts of a node that are no tokens."""
    return [child for child in node.children if isinstance(child, Tree)]


def tokens(node: Node) -> list[Token]:
    """The parts of a node that are tokens."""
    return [child for child in node.children if isinstance(child, Token)]


def calendar_day(text: Token, scope: Scope) -> date:
    """A day written YYYY-MM-DD that exists, among those that the engine knows."""
    try:
        found = date.fromisoformat(str(text))
    except ValueError:
        raise fault_at(text, scope.place, "LAW003", f"{text} is not a day of the calendar", "correct it") from None
    if not FIRST_DAY <= found.toordinal() <= LAST_DAY:
        raise fault_at(text, scope.place, "LAW003", f"{text} lies outside 1850 to 2199", "correct it")
    return found


def whole(text: Token | Node, scope: Scope) -> int:
    """A whole number that is not absurd."""
    if not str(text).isdecimal() or int(str(text)[:9]) > _MOST or len(str(text)) > len(str(_MOST)):
        raise fault_at(text, scope.place, "LAW004", f"{text} is not a whole number up to 999999", "write one")
    return int(str(text))


def amount(node: Node, scope: Scope) -> tuple[int, int]:
    """A period as months and days."""
    count, unit = whole(node.children[0], scope), str(trees(node)[0].data)
    return {"days": (0, count), "months": (count, 0), "years": (12 * count, 0)}[unit]


def word_of(node: Node) -> str:
    """One word as it is meant; a word that is a keyword has a node of its own."""
    return _KEYWORDS.get(str(node.data)) or str(node.children[0])


def checked_words(node: Node, owner: Fact | Field, scope: Scope) -> frozenset[str]:
    """The words of a list, each allowed for the fact or field."""
    allowed = {YES, NO} if owner.shape is Shape.YES_NO else set(owner.words)
    if isinstance(owner, Fact) and (owner.may_be_absent or owner.shape is Shape.RECORD):
        allowed.add(NONE)
    free = not owner.words and owner.shape in (Shape.ONE_OF, Shape.LIST)
    for word in trees(node):
        if word_of(word) not in allowed and not free:
            hint = "write one of " + ", ".join(sorted(allowed)) if allowed else "compare it in another way"
            raise fault_at(word, scope.place, "LAW004", f'"{word_of(word)}" is not a value of {owner.name}', hint)
    return frozenset(word_of(word) for word in trees(node))


def named(phrase: Node, scope: Scope) -> Meant:
    """The fact or event that a phrase names."""
    found = meant(scope.names, joined(phrase))
    if found is None:
        raise unknown_phrase(scope.names, phrase, scope.place)
    return found


def alone(thing: Node, found: Meant, scope: Scope) -> None:
    """Refuse a code or filter after a fact: it would be read as if it were not there."""
    if len(thing.children) > 1:
        hint = "compare its fields, each on a line of its own"
        raise fault_at(thing, scope.place, "LAW005", f'"{found.owner.name}" is a fact and takes no code or with', hint)


def birth(node: Node, scope: Scope) -> str:
    """The fact from which ages are counted, which the vocabulary must have."""
    fact = scope.names.vocabulary.facts.get(BIRTH)
    if fact is None or fact.shape is not Shape.DATE:
        hint = f"declare: fact {BIRTH} date or range"
        raise fault_at(node, scope.place, "LAW002", f'"{BIRTH}" is not declared as a day', hint)
    scope.names.used.add(BIRTH)
    return BIRTH


def visits(node: Node, scope: Scope) -> None:
    """The events from which days in a country are counted, which the vocabulary must have."""
    for name in (ENTERED, LEFT):
        kind = scope.names.vocabulary.events.get(name)
        if kind is None or kind.key != COUNTRY:
            hint = f"declare: event {name} key {COUNTRY}; {COUNTRY} any code"
            raise fault_at(node, scope.place, "LAW002", f'"{name}" is not declared as an event of a country', hint)
        scope.names.used.add(name)


def is_bound(found: Meant, scope: Scope) -> bool:
    """Whether the event is the one that the provision is about."""
    return scope.about is not None and scope.about.event == found.owner.name


def pattern(node: Node, scope: Scope) -> Pattern:
    """An event with its key and filters."""
    return pattern_of(node, named(trees(node)[0], scope), scope)


def pattern_of(node: Node, found: Meant, scope: Scope) -> Pattern:
    """As `pattern`, where it is known what the phrase names."""
    kind = found.owner
    if not isinstance(kind, EventKind):
        raise fault_at(node, scope.place, "LAW005", f'"{kind.name}" is a fact, not an event', "name an event here")
    key, where = "", []
    for part in node.children[1:]:
        if isinstance(part, Token):
            key = str(part)
            if not kind.key:
                hint = f'write "{kind.name}" alone, or use with'
                raise fault_at(part, scope.place, "LAW005", f'"{kind.name}" is not kept apart by a code', hint)
        else:
            filtered, words = trees(part)
            name = word_of(filtered)
            field = kind.field_named(name)
            if field is None:
                hint = "write one of " + ", ".join(item.name for item in kind.fields)
                raise fault_at(part, scope.place, "LAW002", f'"{name}" is not a field of {kind.name}', hint)
            where.append((name, checked_words(words, field, scope)))
    return Pattern(kind.name, key, tuple(where))
