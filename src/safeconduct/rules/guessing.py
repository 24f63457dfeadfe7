"""How often replies are given, and what is left of a formula after each. It orders questions and decides nothing."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from safeconduct.rules.cells import literals, range_of
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.formula import FAILS, HOLDS, Choice, Formula, In, Whole, Within
from safeconduct.rules.kleene import Atom, Variable, mapped
from safeconduct.rules.questions import base_name
from safeconduct.rules.vocabulary import YES

_EVENT_SHARE = 0.2
"""Share of people to whom an event that nobody told of happened."""
_YEAR = 366
_YOUNGEST, _OLDEST = 14 * _YEAR, 70 * _YEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """How often replies are given.

    Args:
        words: For a fact, the share of each word, 0..1.
        days: For a date fact, the first and last day (ordinals) among which all days are taken as alike.
    """

    words: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    days: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def chances(
    corpus: Corpus | None, left: Formula, variable: Variable, on: int, shares: Shares
) -> tuple[tuple[float, Formula], ...]:
    """Every kind of reply: how often it is given, and what is then left of the formula.

    Args:
        corpus: For the usual shares of the pages; None where only the formulas are wanted.
        left: A formula, as `residual` leaves it.
        variable: One of its variables.
        on: The day asked, as ordinal.
        shares: What is known better.
    Returns:
        Shares that add up to 1, and formulas without the variable but for comparisons of two days.
    """
    if isinstance(variable, Choice):
        values = [1 << index for index in range(len(variable.words)) if variable.possible >> index & 1]
        sizes = [_word_share(corpus, variable, bit.bit_length() - 1, shares) for bit in values]
        after = [mapped(left, _with_word(variable, bit)) for bit in values]
    else:
        cells = list(ranges(left, variable))
        sizes = [_overlap(variable, cell, on, shares) for cell in cells]
        after = [mapped(left, _with_number(variable, first)) for first, _ in cells]
    whole = sum(sizes)
    return tuple((size / whole if whole else 1 / len(after), one) for size, one in zip(sizes, after, strict=True))


def ranges(left: Formula, variable: Whole) -> Iterator[tuple[int, int]]:
    """The ranges of a number that no comparison of the formula cuts in two, both ends included, in order."""
    starts = {variable.low}
    for atom, _ in literals(left):
        found = range_of(atom) if isinstance(atom, Within) else None
        if found is not None and found[0] is variable:
            starts |= {start for start in (found[1], found[2] + 1) if variable.low < start <= variable.high}
    marks = sorted(starts)
    yield from zip(marks, (*(mark - 1 for mark in marks[1:]), variable.high), strict=True)


def _with_word(variable: Choice, bit: int) -> Callable[[Atom], Formula]:
    def change(atom: Atom) -> Formula:
        if isinstance(atom, In) and atom.choice is variable:
            return HOLDS if atom.mask & bit else FAILS
        return atom

    return change


def _with_number(variable: Whole, number: int) -> Callable[[Atom], Formula]:
    def change(atom: Atom) -> Formula:
        found = range_of(atom) if isinstance(atom, Within) else None
        if found is not None and found[0] is variable:
            return HOLDS if found[1] <= number <= found[2] else FAILS
        return atom

    return change


def _word_share(corpus: Corpus | None, variable: Choice, index: int, shares: Shares) -> float:
    word, name = variable.words[index], base_name(variable.name)
    known = shares.words.get(variable.name)
    if known is not None:
        return known.get(word, 0.0)
    usual = None
    if corpus is not None:
        fact = corpus.vocabulary.facts.get(name)
        usual = fact.usual_share if fact is not None else _EVENT_SHARE if variable.name == name else None
    if usual is None:
        return 1.0
    return usual if word == YES else 1 - usual


def _overlap(variable: Whole, cell: tuple[int, int], on: int, shares: Shares) -> float:
    """How much of the usual days a range holds; of a birth, those of people of 14 to 70. Others are alike."""
    usual = shares.days.get(variable.name)
    if usual is None and variable.name == "birth_date":
        usual = (on - _OLDEST, on - _YOUNGEST)
    if usual is None:
        return 1.0
    return float(max(min(cell[1], usual[1]) - max(cell[0], usual[0]) + 1, 0))
