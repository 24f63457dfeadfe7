"""The sentences of the first lines of a position; as all others they pass through `say`."""

from safeconduct.packs.position import wording
from safeconduct.rules.finding import Finding, Question


def short_burden(finding: Finding) -> str:
    """A burden that holds, with its penalty."""
    penalty = wording.penalty_of(finding)
    line = wording.say("Holds: {title} ({id}).", title=finding.title, id=finding.id)
    return f"{line} {penalty}" if penalty else line


def short_disputed(finding: Finding) -> str:
    """What sources dispute."""
    return wording.say("Sources disagree: {title} ({id}).", title=finding.title, id=finding.id)


def short_days(finding: Finding, days: str) -> str:
    """A deadline or a stay with its days."""
    return wording.say("{title} ({id}): {days}", title=finding.title, id=finding.id, days=days)


def short_open(graver: int, others: int, ways: int) -> str:
    """How much is not decided either way."""
    return wording.say(
        "Not decided: {graver} that would burden the person, {others} others, {ways} ways to protection.",
        graver=graver,
        others=others,
        ways=ways,
    )


def short_question(question: Question) -> str:
    """A question that would settle much."""
    return wording.say("Ask: {text}", text=question.text)
