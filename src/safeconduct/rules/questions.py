"""Which questions would settle something, the most useful first."""

from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Answer, Finding, Question
from safeconduct.rules.tree import Kind

_WEIGHTS = {
    Kind.DEADLINE: 4,
    Kind.EXPOSURE: 4,
    Kind.RESTRICTION: 3,
    Kind.LIABILITY: 3,
    Kind.DUTY: 3,
    Kind.PROTECTION: 3,
    Kind.RIGHT: 2,
    Kind.STATUS: 1,
    Kind.PRACTICE: 1,
}


def base_name(name: str) -> str:
    """The fact or event to which a missing name belongs: `student.level` belongs to `student`."""
    return name.split(".", 1)[0]


MOST_TITLES = 3
"""Of what a question bears on, so many titles are read; more are counted."""
PERHAPS = 0.25
"""What a finding weighs of which it is open whether it concerns the person at all."""


def questions(corpus: Corpus, findings: tuple[Finding, ...], sure: frozenset[str]) -> tuple[Question, ...]:
    """The questions behind everything that is missing.

    Args:
        corpus: For the texts.
        findings: All findings of a position; those that do not concern the person ask nothing.
        sure: Ids of those that certainly concern the person.
    Returns:
        One question for each fact or event, those that settle the most, and the gravest, first.
    """
    settles: dict[str, list[Finding]] = {}
    for finding in findings:
        if (
            finding.concerns
            and finding.answer in (Answer.UNKNOWN, Answer.DISPUTED)
            and finding.kind is not Kind.PRACTICE
        ):
            for name in dict.fromkeys(base_name(part) for part in finding.missing):
                settles.setdefault(name, []).append(finding)
    ranked = sorted(settles, key=lambda name: (-_weight(settles[name], sure), name))
    return tuple(_question(corpus, name, settles[name]) for name in ranked)


def _weight(findings: list[Finding], sure: frozenset[str]) -> float:
    """What one answer may settle: each finding by its kind, shared among the facts that it lacks.

    Findings of one kind that lack the same facts turn on the same thing, and count once.
    """
    weights = {
        (finding.kind, finding.missing): _WEIGHTS[finding.kind]
        / len(finding.missing)
        * (1 if finding.id in sure else PERHAPS)
        for finding in findings
    }
    return sum(weights.values())


def _question(corpus: Corpus, name: str, findings: list[Finding]) -> Question:
    vocabulary = corpus.vocabulary
    fact = vocabulary.facts.get(name)
    owner = fact if fact is not None else vocabulary.events.get(name)
    titles = list(dict.fromkeys(finding.title for finding in findings))
    told = fact.why if fact is not None else ""
    more = f" and {len(titles) - MOST_TITLES} more" if len(titles) > MOST_TITLES else ""
    return Question(
        fact=name,
        text=owner.question if owner is not None else name,
        why=told or f"It bears on: {'; '.join(titles[:MOST_TITLES])}{more}",
        bears_on=() if told else tuple(titles),
        settles=tuple(finding.id for finding in findings),
        for_lawyer=fact is not None and fact.lawyer,
    )
