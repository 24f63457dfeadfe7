"""Why not, and what if: the single facts and events that would change the answer of a finding.

Exact: each change is put into a situation of its own, and that situation's worlds are asked. What would take two
changes at once is not shown.
"""

from dataclasses import dataclass

from safeconduct.rules.alternatives import (
    Alternative,
    Change,
    Inquiry,
    contradicts,
    facts_that_decide,
    of_events,
    of_fact,
    parts_that_decide,
    without,
)
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Answer
from safeconduct.rules.formula import HOLDS
from safeconduct.rules.position import Assessor
from safeconduct.rules.situation import Situation
from safeconduct.values.errors import SituationError


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A single change that gives another answer.

    Args:
        change: Whether a fact or a field of an event is otherwise, or an event happened or did not.
        name: The fact or the event; `left_unit.permission` for a field.
        value: What it would be: a word, a range as a file writes it, "with RU" for a list; "" for an event as a whole.
        answer: The answer then.
    """

    change: Change
    name: str
    value: str
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Flips:
    """What would change an answer.

    Args:
        answer: The answer now.
        flips: The single changes that give another one, each once.
        alone: Facts and events that decide it together with others, but none of which changes it alone.
    """

    answer: Answer
    flips: tuple[Flip, ...]
    alone: tuple[str, ...]


def flips(corpus: Corpus, situation: Situation, name: str, *, on: int) -> Flips:
    """The single changes that would give a finding another answer on a day.

    Args:
        corpus: The law.
        situation: What is known of the person.
        name: Id of a provision.
        on: The day asked, as ordinal.
    """
    now = Assessor(corpus, situation).answer(name, on)
    parts = parts_that_decide(corpus, name)
    inquiry = Inquiry(corpus=corpus, situation=situation, provision=name, on=on, parts=parts)
    tried: dict[str, None] = {}
    found: dict[Flip, None] = {}
    for fact in facts_that_decide(corpus, parts):
        tried[fact] = None
        declared = corpus.vocabulary.facts[fact]
        settled = now in (Answer.YES, Answer.NO) and not declared.closes
        if settled and _asked(corpus, without(situation, fact), name, on) is now:
            continue  # so it is whatever this fact is
        for one in of_fact(inquiry, declared):
            _note(found, one, now, _asked(corpus, one.situation, name, on))
    for one in of_events(inquiry):
        tried[one.name.partition(".")[0]] = None
        _note(found, one, now, _asked(corpus, one.situation, name, on))
    changing = {flip.name.partition(".")[0] for flip in found}
    return Flips(answer=now, flips=tuple(found), alone=tuple(one for one in tried if one not in changing))


def _note(found: dict[Flip, None], one: Alternative, now: Answer, then: Answer | None) -> None:
    if then is not None and then is not now:
        found[Flip(change=one.change, name=one.name, value=one.value, answer=then)] = None


def _asked(corpus: Corpus, situation: Situation, name: str, on: int) -> Answer | None:
    """The answer in another situation; None if it cannot be: no course of events fits it."""
    if contradicts(corpus, situation):
        return None
    assessor = Assessor(corpus, situation)
    try:
        answer = assessor.answer(name, on)
        possible = all(case.worlds.witness(HOLDS, on, wanted=True) is not None for case in assessor.cases(name))
    except SituationError:
        return None
    return answer if possible else None
