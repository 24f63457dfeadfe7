"""Two bodies of pages that are to be compared: the same words mean the same person, wherever they are written."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from safeconduct.rules.corpus import Corpus
from safeconduct.rules.tree import Happened
from safeconduct.rules.vocabulary import Fact, Vocabulary
from safeconduct.values.errors import Place

_NOWHERE = Place(name="")


def aligned(before: Corpus, after: Corpus) -> tuple[Corpus, Corpus]:
    """Both laws with one vocabulary and without the places where things are written.

    Args:
        before: The first law.
        after: The second, read from other pages.
    Returns:
        Laws in which equal conditions on events of one provision are the very same object: so both speak of the same
        untold events.
    """
    vocabulary = _both(before.vocabulary, after.vocabulary)
    found = []
    shared: dict[tuple[str, object], object] = {}
    for law in (before, after):
        provisions = {name: _without_places(one, name, shared) for name, one in law.provisions.items()}
        terms = {name: _without_places(one, name, shared) for name, one in law.terms.items()}
        found.append(replace(law, vocabulary=vocabulary, provisions=provisions, terms=terms))
    return found[0], found[1]


def _both(before: Vocabulary, after: Vocabulary) -> Vocabulary:
    """What either declares; of a fact that both declare, the later, with the words of both."""
    facts = {**before.facts, **after.facts}
    for name in before.facts.keys() & after.facts.keys():
        facts[name] = _widest(before.facts[name], after.facts[name])
    return Vocabulary(
        facts=facts,
        events={**before.events, **after.events},
        implications=tuple(dict.fromkeys((*before.implications, *after.implications))),
    )


def _widest(before: Fact, after: Fact) -> Fact:
    words = tuple(dict.fromkeys((*after.words, *before.words))) if before.words and after.words else after.words
    known = {part.name for part in after.fields}
    parts = (*after.fields, *(part for part in before.fields if part.name not in known))
    return replace(after, words=words, fields=parts, closes=tuple(dict.fromkeys((*after.closes, *before.closes))))


def _without_places(value: Any, name: str, shared: dict[tuple[str, object], object]) -> Any:  # noqa: ANN401 -- any part of the tree
    if isinstance(value, Place):
        return _NOWHERE
    if isinstance(value, tuple):
        return tuple(_without_places(item, name, shared) for item in value)
    if not is_dataclass(value):
        return value
    changed = {
        part.name: new
        for part in fields(value)
        if part.init and (new := _without_places(old := getattr(value, part.name), name, shared)) is not old
    }
    same = replace(value, **changed) if changed else value  # type: ignore[type-var]
    return shared.setdefault((name, same), same) if isinstance(same, Happened) else same
