"""Rows of a dated value: no two may speak of the same day, and no day between them may be left out."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from safeconduct.packs.names import DatedValue, Row
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.reading_of import parts_of
from safeconduct.rules.tree import Aged
from safeconduct.values.errors import Fault

_DAY = timedelta(days=1)


def wrong_rows(values: dict[str, DatedValue], corpus: Corpus) -> Iterator[Fault]:
    """What is wrong with the rows of all values: LAW040 to LAW042, each with a day and somebody of that day.

    Args:
        values: By name.
        corpus: The law that uses them.
    """
    for value in values.values():
        words: tuple[str, ...] = ("",)
        if value.key_fact:
            words = corpus.vocabulary.facts[value.key_fact].words
        for word in words:
            rows = [row for row in value.rows if not word or word in row.keys]
            if not rows and value.rows:
                hint = f"add a row for {word}, or say in the condition whom the value is for"
                whom = f"; on any day this is about: {value.key_fact} {word}"
                yield Fault(
                    code="LAW042", place=value.place, message=f"there is no row for {word}", hint=f"{hint}{whom}"
                )
            yield from _wrong(sorted(rows, key=_first), value.key_fact, word, corpus)


def _first(row: Row) -> date:
    return row.span.first or date.min


def _wrong(rows: list[Row], key_fact: str, word: str, corpus: Corpus) -> Iterator[Fault]:
    whom = f" for {word}" if word else ""
    told = [f"{key_fact} {word}"] if word else []
    for before, after in pairwise(rows):
        last = before.span.last
        if last is None or last >= _first(after):
            hint = (
                f"end the row at {before.place} before {_first(after)}" if after.span.first else "give both rows days"
            )
            day = after.span.first or min((row.span.last for row in (before, after) if row.span.last), default=None)
            somebody = _on_the_day(day, [*told, *_between(before, after, corpus)], "both speak of")
            message = f"two rows{whom} speak of the same day"
            yield Fault(code="LAW040", place=after.place, message=message, hint=f"{hint}{somebody}")
        elif _first(after) - last > _DAY:
            begin, end = last + _DAY, _first(after) - _DAY
            gap = f"{begin} to {end}" if begin < end else str(begin)
            hint = "let one of the two rows reach further, or add a row for these days"
            somebody = _on_the_day(begin, [*told, *_reached_by_both(before, after, corpus)], "none speaks of")
            message = f"no row{whom} speaks of {gap}"
            yield Fault(code="LAW041", place=after.place, message=message, hint=f"{hint}{somebody}")


def _on_the_day(day: date | None, told: list[str], what: str) -> str:
    on = f"on {day}" if day is not None else "on every day"
    return f"; {on} {what}: {'; '.join(told) or 'anybody'}"


def _between(before: Row, after: Row, corpus: Corpus) -> list[str]:
    """Of whom the two rows say different things, where the value is an age."""
    ages = sorted({row.amount for row in (before, after) if _is_age(row, corpus)})
    return [f"age {ages[0]}"] if len(ages) > 1 else []


def _reached_by_both(before: Row, after: Row, corpus: Corpus) -> list[str]:
    """Whom both rows reach, where the value is an age: somebody just under the lower, or of the higher."""
    rows = (before, after)
    if all(_is_age(row, corpus, under=True) for row in rows):
        return [f"age {min(row.amount for row in rows) - 1}"]
    return [f"age {max(row.amount for row in rows)}"] if all(_is_age(row, corpus) for row in rows) else []


def _is_age(row: Row, corpus: Corpus, *, under: bool = False) -> bool:
    """Whether a condition compares an age with the amount of a row; only as an upper limit, if that is asked."""
    trees = (*corpus.provisions.values(), *corpus.terms.values())
    ages = [part for tree in trees for part in parts_of(tree) if isinstance(part, Aged)] if row.unit == "years" else []
    return any(part.under == row.amount or (not under and part.least == row.amount) for part in ages)
