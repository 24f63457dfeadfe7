"""Which facts of a file no answer uses: they need not be stored."""

from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Position
from safeconduct.rules.reading_of import facts_named, references
from safeconduct.rules.situation import Situation


def facts_not_needed(corpus: Corpus, situation: Situation, position: Position) -> tuple[str, ...]:
    """The facts that were told and that no finding which concerns the person can use.

    Args:
        corpus: The law.
        situation: What was told.
        position: The answers to it.
    Returns:
        Their names, in the order of the alphabet.
    """
    pending = [finding.id for finding in position.findings if finding.concerns]
    seen: set[str] = set()
    used: set[str] = set()
    while pending:
        name = pending.pop()
        item = corpus.provisions.get(name) or corpus.terms.get(name)
        if name in seen or item is None:
            continue
        seen.add(name)
        used.update(facts_named(item))
        pending += [*references(item), *getattr(item, "of", ())]
    for rule in corpus.vocabulary.implications:
        if used & {rule.fact, rule.then}:
            used |= {rule.fact, rule.then}
    closing = {fact.name for fact in corpus.vocabulary.facts.values() if seen & set(fact.closes)}
    concerning = {name for one in position.findings for name in facts_named(corpus.provisions[one.id].concerns)}
    return tuple(sorted(set(situation.facts) - used - closing - concerning))
