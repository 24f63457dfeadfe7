"""What the reader must be told before anything else, and what cannot be true together."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Answer, Change
from safeconduct.rules.reach import Reach
from safeconduct.rules.situation import Period, Situation, Words
from safeconduct.rules.vocabulary import YES
from safeconduct.values.errors import Place, SituationError

if TYPE_CHECKING:
    from safeconduct.rules.position import Assessor

DRAFT = "The law pages are drafts that no lawyer has read. This is information about the law, not advice."
PARTIAL = "What stands on none of the pages is not answered, and no answer is not a no."
KNOWN_UNTIL = "{folder}: the pages know the law up to {until}; what changed after it is not in this answer."
NOTHING_ELSE = "Answers for later days hold if nothing else happens and what was told without days does not change."
NOT_LOOKED_AT = (
    "Not looked at, because nothing told mentions them: {countries}. Tell what happened there, or ask for everything."
)


_KNOWN_UNTIL = re.compile(KNOWN_UNTIL.replace(".", r"\.").format(folder="(.+)", until=r"(\d{4}-\d\d-\d\d)"))


def known_until(text: str) -> tuple[str, date] | None:
    """The folder of law, in capital letters, and the day up to which it is known; None for any other warning."""
    found = _KNOWN_UNTIL.fullmatch(text)
    return (found[1], date.fromisoformat(found[2])) if found is not None else None


def is_not_looked_at(text: str) -> bool:
    """Whether a warning names the law that is not looked at."""
    return text.startswith(NOT_LOOKED_AT.partition("{")[0])


def about_input(corpus: Corpus, situation: Situation, on: date, reached: Reach) -> tuple[str, ...]:
    """Warnings about the law that is known on that day and the law that is not looked at, and about what was told."""
    found = [DRAFT, PARTIAL]
    for jurisdiction, until in sorted(corpus.reviewed_until.items()):
        if on > until and jurisdiction not in reached.folders:
            found.append(KNOWN_UNTIL.format(folder=jurisdiction.upper(), until=until))
    if reached.left_out:
        found.append(NOT_LOOKED_AT.format(countries=", ".join(reached.left_out)))
    found.extend(situation.warnings)
    return tuple(dict.fromkeys(found))


def about_changes(situation: Situation, changes: Sequence[Change]) -> tuple[str, ...]:
    """Answers for later days take it that nothing else happens and that facts told without days stay as they are."""
    if not changes and not situation.events:
        return ()
    return (NOTHING_ELSE,)


def contradictions(assessor: "Assessor", on: int) -> None:
    """Refuses a situation that says none of some grounds applies, beside a fact that establishes one of them.

    Raises:
        SituationError: SIT060, naming the fact that says none.
    """
    corpus, situation = assessor.corpus, assessor.situation
    for fact in corpus.vocabulary.facts.values():
        known = situation.facts.get(fact.name)
        if not fact.closes or known is None or not known.periods:
            continue  # such a fact can only be none
        some = replace(known, periods=(Period(value=Words(possible=frozenset({YES}))),))
        other = type(assessor)(corpus, replace(situation, facts={**situation.facts, fact.name: some}))
        for name in fact.closes:
            if name in corpus.provisions and other.answer(name, on) is Answer.YES:
                raise SituationError(
                    f"{fact.name} says that none applies, but other facts establish {name}",
                    remedy=f"leave out {fact.name}, or correct the fact that establishes {name}",
                    place=Place(name="", line=0),
                    code="SIT060",
                )
