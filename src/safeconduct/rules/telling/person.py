"""The part `person` of a file: facts, each with its values and the days on which they are so."""

import re
from dataclasses import dataclass, replace
from typing import assert_never

from safeconduct.rules.situation import Absent, Asked, Known, Period, Record, RecordList, Value, WordList
from safeconduct.rules.telling.days_text import read_age, read_days
from safeconduct.rules.telling.faults import Code, fault, gather, nearest
from safeconduct.rules.telling.node import Entry, Node, Series, Table, Word, series_of, table_in, word_of
from safeconduct.rules.telling.values import (
    ASSUMED,
    FROM,
    UNSTATED,
    UNTIL,
    Wrapped,
    distinct,
    does_not_change,
    is_wrapped,
    not_told,
    read_fields,
    read_simple,
    read_word,
    reason,
    slot_of_fact,
    unwrap,
)
from safeconduct.rules.vocabulary import NO, NONE, Fact, Shape, Vocabulary
from safeconduct.values.days import ANY_DAY, FIRST_DAY, LAST_DAY, Days
from safeconduct.values.errors import Place

AGE, BIRTH = "age", "birth_date"
_PERIOD = re.compile(r"(?P<value>.+?)(?:\s+from\s+(?P<first>.+?))?(?:\s+until\s+(?P<last>.+))?", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFact:
    """A fact and where it stands."""

    known: Known
    place: Place


def read_person(node: Node, vocabulary: Vocabulary) -> dict[str, ToldFact]:
    """The facts of a person, by name; `age` has become a range of `birth_date`.

    Raises:
        SituationError: With every fault of this part.
    """
    table = table_in(node, "a group of facts")
    told = gather(lambda entry: _entry(entry, vocabulary), table.entries)
    facts: dict[str, ToldFact] = {}
    for fact in told:
        name = fact.known.name
        facts[name] = _both(facts[name], fact) if name in facts else fact
    return facts


def _entry(entry: Entry, vocabulary: Vocabulary) -> ToldFact:
    name, place = entry.key.text, entry.key.place
    if name == AGE and BIRTH in vocabulary.facts:
        return ToldFact(known=_age(entry.value), place=place)
    fact = vocabulary.facts.get(name)
    if fact is None:
        raise fault(
            Code.UNKNOWN_FACT,
            place,
            "no fact of that name is known",
            "see the vocabulary for the names of facts, or take the line out",
            offending=name,
            nearest=nearest(name, (*vocabulary.facts, AGE)),
        )
    return ToldFact(known=read_fact(fact, entry.value), place=place)


def _age(node: Node) -> Known:
    wrapped = unwrap(node)
    asked = not_told(wrapped.node)
    if asked is not None:
        return Known(name=BIRTH, asked=asked, assumed=wrapped.assumed)
    for bound in (wrapped.first, wrapped.last):
        if bound is not None:
            raise does_not_change(bound, AGE)
    word = word_of(wrapped.node, "an age")
    days = read_age(word.text.strip(), word.place)
    return Known(name=BIRTH, asked=Asked.TOLD, periods=(Period(value=days),), assumed=wrapped.assumed)


def _both(one: ToldFact, other: ToldFact) -> ToldFact:
    """Age and date of birth together: the days that fit both."""
    told = [fact for fact in (one, other) if fact.known.asked is Asked.TOLD]
    reasons = "; ".join(fact.known.assumed for fact in (one, other) if fact.known.assumed)
    days = [period.value for fact in told for period in fact.known.periods if isinstance(period.value, Days)]
    if len(days) < len((one, other)):
        return replace(told[0] if told else one, known=replace((told[0] if told else one).known, assumed=reasons))
    common = days[0].cut(first=days[1].earliest, last=days[1].latest)
    if common is None:
        raise fault(
            Code.AGE_CONTRADICTS,
            other.place,
            "the age and the date of birth do not fit together",
            "correct one of the two, or keep the one that is sure",
        )
    return replace(one, known=replace(one.known, periods=(Period(value=common),), assumed=reasons))


def read_fact(fact: Fact, node: Node) -> Known:
    """What is known of one fact.

    Args:
        fact: Its declaration.
        node: What stands after its name.
    Raises:
        SituationError: With every fault found in it.
    """
    pieces = _pieces(fact, node)
    reasons: list[str] = []
    told = gather(lambda piece: _period(fact, piece, reasons), pieces)
    periods = [(period, piece) for period, piece in zip(told, pieces, strict=True) if isinstance(period, Period)]
    assumed = "; ".join(dict.fromkeys(reasons))
    if not periods:
        asked = next(each for each in told if isinstance(each, Asked))
        return Known(name=fact.name, asked=asked, assumed=assumed)
    if len(pieces) > 1:
        _refuse_clashes(periods)
    ordered = sorted((period for period, _ in periods), key=_start)
    return Known(name=fact.name, asked=Asked.TOLD, periods=tuple(ordered), assumed=assumed)


def _start(period: Period) -> tuple[int, int, int, int]:
    first = Days(earliest=FIRST_DAY, latest=FIRST_DAY) if period.first is None else period.first
    last = Days(earliest=LAST_DAY, latest=LAST_DAY) if period.last is None else period.last
    return first.earliest, first.latest, last.earliest, last.latest


def _refuse_clashes(periods: list[tuple[Period, Wrapped]]) -> None:
    """Refuse values without days beside others, and two values for one day."""
    for period, piece in periods:
        if period.first is None and period.last is None:
            raise fault(
                Code.DAYS_MISSING,
                piece.node.place,
                "a value without days stands beside others",
                "say from when or until when each is so",
            )
    for index, (period, _) in enumerate(periods):
        for other, piece in periods[index + 1 :]:
            if not _can_follow(period, other) and not _can_follow(other, period):
                raise fault(
                    Code.PERIODS_OVERLAP,
                    piece.node.place,
                    "two values are given for one day",
                    "end one before the other begins; until and from include their day",
                )


def _can_follow(before: Period, after: Period) -> bool:
    """Whether `after` can begin after the last day of `before`."""
    return before.last is not None and after.first is not None and before.last.earliest < after.first.latest


def _pieces(fact: Fact, node: Node) -> list[Wrapped]:
    """The values of a fact, each with the days that stand beside it."""
    if isinstance(node, Series) and any(_is_piece(fact, item) for item in node.items):
        return gather(lambda item: _piece(fact, item), node.items)
    return [_piece(fact, node)]


def _is_piece(fact: Fact, item: Node) -> bool:
    """Whether an item of a list is a value of its own, with its days, rather than a word of the fact's list or set."""
    if fact.shape in (Shape.LIST, Shape.RECORDS):
        return is_wrapped(item)
    if isinstance(item, Word):
        return _with_days(item) is not None
    return is_wrapped(item) or (fact.shape is Shape.RECORD and isinstance(item, Table))


def _with_days(word: Word) -> Wrapped | None:
    """`VALUE from DAY until DAY`, taken apart; None if no days stand there."""
    match = _PERIOD.fullmatch(word.text.strip())
    if match is None or (match["first"] is None and match["last"] is None):
        return None
    first, last = (Word(text=part, place=word.place) if part else None for part in (match["first"], match["last"]))
    return Wrapped(node=Word(text=match["value"], place=word.place), first=first, last=last)


def _piece(fact: Fact, node: Node) -> Wrapped:
    if isinstance(node, Word):
        return _with_days(node) or Wrapped(node=node)
    return _record_piece(node) if fact.shape is Shape.RECORD else unwrap(node)


def _record_piece(node: Node) -> Wrapped:
    """A record with its own days. Where only one end is told, the other is not known: a paper does not run for ever."""
    outer = unwrap(node)
    table = outer.node
    if not isinstance(table, Table):
        return outer
    first, last = table.get(FROM), table.get(UNTIL)
    if first is None and last is None:
        first, last = outer.first, outer.last
    elif outer.first is not None or outer.last is not None:
        raise fault(Code.NOT_HERE, table.place, "days stand inside and beside the record", "keep those inside")
    if first is not None or last is not None:
        unknown = Word(text="unknown", place=table.place)
        first, last = first or unknown, last or unknown
    reasons = [each for each in (outer.assumed, reason(table)) if each]
    return Wrapped(node=table, assumed="; ".join(reasons), first=first, last=last)


def _period(fact: Fact, piece: Wrapped, reasons: list[str]) -> Period | Asked:
    if piece.assumed:
        reasons.append(piece.assumed)
    asked = not_told(piece.node)
    bounds = gather(_bound, [piece.first, piece.last])
    for node in (piece.first, piece.last):
        if node is not None and not fact.may_change:
            raise does_not_change(node, fact.name)
    if asked is not None:
        return asked
    first, last = bounds
    if first is not None and last is not None:
        first, last = _within(first, last, piece.node.place)
    return Period(value=_value(fact, piece.node, reasons), first=first, last=last)


def _bound(node: Node | None) -> Days | None:
    if node is None:
        return None
    if not_told(node) is not None:
        return ANY_DAY
    word = word_of(node, "a day")
    return read_days(word.text.strip(), word.place)


def _within(first: Days, last: Days, place: Place) -> tuple[Days, Days]:
    """Both bounds, without days on which the end would lie before the beginning."""
    begins, ends = first.cut(last=last.latest), last.cut(first=first.earliest)
    if begins is None or ends is None:
        raise fault(
            Code.UNTIL_BEFORE_FROM,
            place,
            "this ends before it begins",
            "write from with the earlier day; both are included",
        )
    return begins, ends


def _value(fact: Fact, node: Node, reasons: list[str]) -> Value:
    match fact.shape:
        case Shape.LIST:
            return _word_list(fact, node)
        case Shape.RECORDS:
            return _records(fact, node, reasons)
        case Shape.RECORD:
            return _record(fact, node, reasons)
        case Shape.YES_NO | Shape.ONE_OF | Shape.DATE | Shape.NUMBER | Shape.LENGTH:
            return read_simple(node, slot_of_fact(fact))
    assert_never(fact.shape)


def _record(fact: Fact, node: Node, reasons: list[str]) -> Record | Absent:
    if fact.may_be_absent and isinstance(node, Word) and node.text.strip() in (NO, NONE):
        return Absent()
    table = table_in(node, f"a group of fields of {fact.name}" + (", or no," if fact.may_be_absent else ""))
    also = (FROM, UNTIL, ASSUMED) if fact.may_change else (ASSUMED,)
    told, assumed = read_fields(table, fact.fields, also)
    reasons.extend(assumed)
    return Record(fields=tuple(told.items()))


def _records(fact: Fact, node: Node, reasons: list[str]) -> RecordList:
    """Records, and how many more there are: each `unstated` is one of which nothing was told."""
    if isinstance(node, Word) and node.text.strip() == NONE:
        return RecordList(records=(), unstated=0)
    items = series_of(node, f"the whole list of {fact.name}").items
    told = [item for item in items if not _is_unstated(item)]

    def read(item: Node) -> Record:
        table = table_in(item, f"a group of fields of {fact.name}, or {UNSTATED},")
        reasons.extend(each for each in (reason(table),) if each)
        values, assumed = read_fields(table, fact.fields, (ASSUMED,))
        reasons.extend(assumed)
        return Record(fields=tuple(values.items()))

    return RecordList(records=tuple(gather(read, told)), unstated=len(items) - len(told))


def _word_list(fact: Fact, node: Node) -> WordList:
    """Words; the list is whole unless `unstated` stands in it."""
    if isinstance(node, Word) and node.text.strip() == NONE:
        return WordList(words=frozenset(), whole=True)
    slot = slot_of_fact(fact)
    items = series_of(node, f"the whole list of {fact.name}").items
    told = [word_of(item, "a word") for item in items if not _is_unstated(item)]
    words = gather(lambda item: read_word(item, slot), told)
    return WordList(words=distinct(words, told), whole=len(told) == len(items))


def _is_unstated(node: Node) -> bool:
    return isinstance(node, Word) and node.text.strip() == UNSTATED
