"""Two laws about the same person, as formulas over the same variables, on one day."""

from itertools import product

from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Answer
from safeconduct.rules.formula import FAILS, HOLDS, Formula, conjunction, inverse
from safeconduct.rules.ground import Ground
from safeconduct.rules.kleene import residual
from safeconduct.rules.people import People
from safeconduct.rules.reading_of import cones, references
from safeconduct.rules.situation import Situation

Answers = dict[Answer, Formula]
"""When a provision is answered so, of somebody of whom everything is known: yes, no, or disputed."""


class Pair:
    """Laws about the same person.

    Args:
        laws: Bodies of law with the same vocabulary.
        situation: What is known of the person.
        on: The day asked, as ordinal.
        like: A pair of the same laws about somebody else, of which it takes over what it knows of them.
    """

    def __init__(self, laws: tuple[Corpus, ...], situation: Situation, on: int, like: "Pair | None" = None) -> None:
        """Ground nothing before it is asked for."""
        self.laws = laws
        self.on = on
        self.changed: frozenset[str] = like.changed if like is not None else changed_names(*laws[:2])
        self.direct: frozenset[str] = like.direct if like is not None else changed_names(*laws[:2], through=False)
        self.people = People(laws[0].vocabulary, situation)
        self._grounds: dict[tuple[int, tuple[tuple[str, int], ...]], Ground] = {}

    def ground(self, law: int, readings: tuple[tuple[str, int], ...] = ()) -> Ground:
        """One law under some readings; all share the person."""
        found = self._grounds.get((law, readings))
        if found is None:
            found = Ground(self.laws[law], self.people.situation, dict(readings))
            found.people = self.people
            self._grounds[law, readings] = found
        return found

    def answers(self, law: int, name: str, *, on: int | None = None) -> Answers:
        """When a law answers a provision so.

        Args:
            law: Number of the law.
            name: Id of a provision; of one that the law does not have, the answer is *no*.
            on: The day asked; the pair's own if it is left out.
        """
        corpus, day = self.laws[law], self.on if on is None else on
        if name not in corpus.provisions:
            return {Answer.NO: HOLDS}
        conflicts = cones(corpus).conflicts(name)
        chosen = product(*(range(len(corpus.conflicts[one].readings)) for one in conflicts))
        readings = [tuple(zip(conflicts, one, strict=True)) for one in chosen]
        found = [residual(self.ground(law, one).provision(name).formula, day) for one in readings]
        if len(found) == 1:
            return {Answer.YES: found[0], Answer.NO: inverse(found[0])}
        yes, no = conjunction(found), conjunction([inverse(one) for one in found])
        return {Answer.YES: yes, Answer.NO: no, Answer.DISPUTED: conjunction([inverse(yes), inverse(no)])}

    def shifts(self, name: str) -> dict[tuple[Answer, Answer], Formula]:
        """When the first law answers so and the second otherwise; without what can never be."""
        before, after = self.answers(0, name), self.answers(1, name)
        found = {
            (one, other): conjunction([was, now])
            for one, was in before.items()
            for other, now in after.items()
            if one is not other
        }
        return {answers: formula for answers, formula in found.items() if formula != FAILS}

    def constraints(self) -> tuple[Formula, ...]:
        """What is so by the meaning of the words, for everything that was grounded so far."""
        found = next(iter(self._grounds.values())).constraints() if self._grounds else ()
        left = (residual(one, self.on) for one in found)
        return tuple(one for one in left if one != HOLDS)


def changed_names(before: Corpus, after: Corpus, *, through: bool = True) -> frozenset[str]:
    """Provisions and terms that are not the same in both laws, or rest on one that is not.

    Args:
        before: The first law.
        after: The second, from the same pages; or both without the places where things are written.
        through: Whether what rests on a changed provision counts; what rests on a changed term always does.
    """
    both = [{**law.provisions, **law.terms} for law in (before, after)]
    found = {name for law in both for name in law if both[0].get(name) != both[1].get(name)}
    rests = {name: set(references(item)) for law in both for name, item in law.items()}
    leads = found if through else {name for name in found if name in before.terms or name in after.terms}
    while more := {name for name, others in rests.items() if name not in found and others & leads}:
        found |= more
        leads = leads | (more if through else {name for name in more if name in before.terms or name in after.terms})
    return frozenset(found)
