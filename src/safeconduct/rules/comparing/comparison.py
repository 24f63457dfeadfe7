"""Compares two laws: what changed, the kinds of person who are answered differently, and a proof that these are all.

Both laws are asked on the same day, so that a birthday is not taken for a change of law.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from safeconduct.rules.alternatives import facts_that_decide, parts_that_decide
from safeconduct.rules.comparing.folders import aligned
from safeconduct.rules.comparing.frozen import as_it_stood
from safeconduct.rules.comparing.kinds import Kind, Proof, Search
from safeconduct.rules.comparing.pair import Pair
from safeconduct.rules.comparing.people import Example, Finder
from safeconduct.rules.comparing.texts import How, TextChange, between_days, between_pages
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Answer
from safeconduct.rules.reading_of import facts_named
from safeconduct.rules.situation import Situation
from safeconduct.rules.solver import UnsettledError
from safeconduct.rules.tree import Kind as ProvisionKind
from safeconduct.rules.tree import Provision

EXAMPLES = 3
"""For so many kinds of one shift an example is looked for, unless more are wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One way in which a provision is answered differently.

    Args:
        before: The answer of the first law.
        after: The answer of the second.
        kinds: The kinds of person of whom this is so; with `proof` PROVED, there is nobody else.
        examples: Somebody of each kind, of the first few if there are many; None where nobody could be told in a file.
        proof: What is known of everybody else.
    """

    before: Answer
    after: Answer
    kinds: tuple[Kind, ...]
    examples: tuple[Example | None, ...]
    proof: Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A provision that is not the same in both laws.

    Args:
        provision: The provision, as the second law has it; as the first has it, where the second does not.
        texts: What changed in it.
        shifts: How it is answered differently; none where nobody is. Not looked for where `asked` is false.
        asked: Whether it is a finding at all: a row that only explains and a note of practice are none.
    """

    provision: Provision
    texts: tuple[TextChange, ...]
    shifts: tuple[Shift, ...]
    asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two laws, compared.

    Args:
        on: The day on which both are asked.
        since: The first day, where one law on two days is compared; None for two bodies of pages.
        digests: Digests of both laws.
        changes: Provisions that changed, in the order of the pages.
        resting: Ids of findings that rest on these and did not change themselves.
    """

    on: date
    since: date | None
    digests: tuple[str, str]
    changes: tuple[Changed, ...]
    resting: tuple[str, ...]


def compare_days(
    corpus: Corpus, before: date, after: date, *, about: tuple[str, ...] = (), examples: int = EXAMPLES
) -> Comparison:
    """What changed in the law between two days, and for whom.

    Args:
        corpus: The law with its history.
        before: The first day.
        after: The second day, later than the first; both laws are asked on it.
        about: Ids of provisions; those that changed if there are none. One that only rests on a changed provision is
            looked at too if it is named.
        examples: For how many kinds of one shift an example is looked for.
    """
    pair = Pair(
        (as_it_stood(corpus, before), as_it_stood(corpus, after), corpus), Situation(facts={}), after.toordinal()
    )
    texts = {
        name: tuple(
            text
            for text in between_days(corpus, name, before, after)
            if name in pair.direct or text.how in (How.REPORTED, How.PRACTICE)  # a season is no change of law
        )
        for name in corpus.provisions
    }
    changes = _changes(pair, texts, (before.toordinal(), after.toordinal()), about, examples)
    return Comparison(
        on=after,
        since=before,
        digests=(corpus.digest, corpus.digest),
        changes=tuple(changes),
        resting=_resting(pair, about),
    )


def compare_pages(
    before: Corpus, after: Corpus, *, on: date, about: tuple[str, ...] = (), examples: int = EXAMPLES
) -> Comparison:
    """What changed between two bodies of pages, and for whom.

    Args:
        before: The first.
        after: The second.
        on: The day on which both are asked.
        about: As in `compare_days`.
        examples: As in `compare_days`.
    """
    first, second = aligned(before, after)
    pair = Pair((first, second, second), Situation(facts={}), on.toordinal())
    names = (*second.provisions, *(name for name in first.provisions if name not in second.provisions))
    texts = {name: tuple(between_pages(first.provisions.get(name), second.provisions.get(name))) for name in names}
    changes = _changes(pair, texts, (on.toordinal(), on.toordinal()), about, examples)
    return Comparison(
        on=on, since=None, digests=(before.digest, after.digest), changes=tuple(changes), resting=_resting(pair, about)
    )


def _changes(
    pair: Pair, texts: dict[str, tuple[TextChange, ...]], days: tuple[int, int], about: tuple[str, ...], examples: int
) -> Iterator[Changed]:
    for name, found in texts.items():
        if (name in about and name in pair.changed) or (not about and (found or name in pair.direct)):
            provision = pair.laws[1].provisions.get(name) or pair.laws[0].provisions[name]
            asked = provision.shown and provision.kind is not ProvisionKind.PRACTICE
            shifts = tuple(_shifts(pair, name, days, examples)) if asked and name in pair.changed else ()
            # A text that is in force later is not told of because a word in it changes.
            later = provision.span.first is not None and provision.span.first.toordinal() > days[1]
            if shifts or (found and not later):
                yield Changed(provision=provision, texts=found, shifts=shifts, asked=asked)


def _shifts(pair: Pair, name: str, days: tuple[int, int], at_most: int) -> Iterator[Shift]:
    search = Search(pair, name)
    finder = Finder(pair, name, days, _named(pair, name))
    for answers in search.shifts:
        kinds, proof = search.kinds(answers)
        if kinds or proof is not Proof.PROVED:
            examples = tuple(_example(search, finder, answers, kind) for kind in kinds[:at_most])
            yield Shift(before=answers[0], after=answers[1], kinds=kinds, examples=examples, proof=proof)


def _example(search: Search, finder: Finder, answers: tuple[Answer, Answer], kind: Kind) -> Example | None:
    try:
        return finder.example(answers, kind, search.events(answers, kind))
    except UnsettledError:
        return None


def _named(pair: Pair, name: str) -> tuple[str, ...]:
    """Facts and events that bear on a provision in either law."""
    laws = [law for law in pair.laws[:2] if name in law.provisions]
    parts = tuple(part for law in laws for part in parts_that_decide(law, name))
    return tuple(dict.fromkeys((*facts_named(parts), *facts_that_decide(pair.laws[1], parts))))


def _resting(pair: Pair, about: tuple[str, ...]) -> tuple[str, ...]:
    provisions = pair.laws[1].provisions
    return tuple(
        name
        for name, one in provisions.items()
        if name in pair.changed and name not in pair.direct and one.shown and name not in about
    )
