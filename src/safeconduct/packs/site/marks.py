"""Words for answers and results, the same on every page of the site."""

from safeconduct.packs.cases import Result
from safeconduct.packs.site.markup import Markup, tag
from safeconduct.rules.finding import Answer, Finding, State

ANSWERS = {
    Answer.YES: "holds",
    Answer.NO: "does not reach this person",
    Answer.UNKNOWN: "cannot be told from this",
    Answer.DISPUTED: "sources disagree",
}
STATES = {
    State.RUNNING: "running",
    State.NOT_STARTED: "not started",
    State.MET: "met",
    State.MISSED: "its days are over",
    State.UNKNOWN: "where it stands cannot be told",
}


def worded(finding: Finding) -> str:
    """The answer of a finding in words; of a deadline where it stands."""
    if finding.deadline is not None:
        return STATES[finding.deadline.state]
    if finding.governs and finding.answer is Answer.YES:
        return "governs this case"
    return ANSWERS[finding.answer]


def sign(result: Result) -> Markup:
    """Whether a case holds, in a word and a colour."""
    return tag("strong", "fails", class_="bad") if result.differences else tag("span", "holds", class_="good")
