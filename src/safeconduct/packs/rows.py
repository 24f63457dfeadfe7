"""Rows of a dated value: no two may speak of the same day, and no day between them may be left out."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from safeconduct.packs.names import DatedValue, Row
from safeconduct.rules.vocabulary import Vocabulary
from safeconduct.values.errors import Fault

_DAY = timedelta(days=1)


def wrong_rows(values: dict[str, DatedValue], vocabulary: Vocabulary) -> Iterator[Fault]:
    """What is wrong with the rows of all values: LAW040 to LAW042."""
    for value in values.values():
        words: tuple[str, ...] = ("",)
        if value.key_fact:
            words = vocabulary.facts[value.key_fact].words
        for word in words:
            rows = [row for row in value.rows if not word or word in row.keys]
            if not rows and value.rows:
                hint = f"add a row for {word}, or say in the condition whom the value is for"
                yield Fault(code="LAW042", place=value.place, message=f"there is no row for {word}", hint=hint)
            yield from _wrong(sorted(rows, key=_first), f" for {word}" if word else "")


def _first(row: Row) -> date:
    return row.span.first or date.min


def _wrong(rows: list[Row], whom: str) -> Iterator[Fault]:
    for before, after in pairwise(rows):
        last = before.span.last
        if last is None or last >= _first(after):
            hint = (
                f"end the row at {before.place} before {_first(after)}" if after.span.first else "give both rows days"
            )
            yield Fault(code="LAW040", place=after.place, message=f"two rows{whom} speak of the same day", hint=hint)
        elif _first(after) - last > _DAY:
            begin, end = last + _DAY, _first(after) - _DAY
            gap = f"{begin} to {end}" if begin < end else str(begin)
            hint = "let one of the two rows reach further, or add a row for these days"
            yield Fault(code="LAW041", place=after.place, message=f"no row{whom} speaks of {gap}", hint=hint)
