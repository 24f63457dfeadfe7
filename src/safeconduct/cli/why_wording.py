"""Every sentence of `safeconduct why`, in English, whole; they go through `wording.say` like all others."""

from datetime import date

from safeconduct.packs.position.wording import assumption, say
from safeconduct.rules.alternatives import Change
from safeconduct.rules.finding import Answer, Finding, Reason
from safeconduct.rules.flips import Flip
from safeconduct.values.truth import Truth

REASONS = "Why"
FLIPS = "What single change would give another answer"
ALONE = "What bears on it, but changes nothing alone"
NO_FLIP = "No single change of a fact or event would give another answer."
FLIPS_INTRO = (
    "Each line changes one thing and leaves all else as it was told. It says what the provision would answer, not what "
    "to say or do."
)
_HOLDS = {Truth.YES: "holds", Truth.NO: "does not hold", Truth.UNKNOWN: "not known"}
_EXCEPTIONS = {"unless", "exception", "displaced"}
_HOLDS_OF_EXCEPTION = {Truth.YES: "applies", Truth.NO: "does not apply", Truth.UNKNOWN: "not known"}


def head(finding: Finding, on: date) -> str:
    """The first line."""
    return say("{id} on {day}: {answer}", id=finding.id, day=on, answer=finding.answer.value)


def meaning(finding: Finding) -> str:
    """What a *no* means; "" for other answers."""
    if finding.answer is Answer.NO and finding.deadline is None:
        return say('"No" means "this provision does not reach you" on this day; it permits nothing.')
    return ""


def reason_line(reason: Reason) -> str:
    """A condition or an exception, and whether it is so."""
    if reason.role in _EXCEPTIONS:
        return say("exception: {line}: {holds}", line=assumption(reason), holds=_HOLDS_OF_EXCEPTION[reason.holds])
    return say("{line}: {holds}", line=assumption(reason), holds=_HOLDS[reason.holds])


def flip_line(flip: Flip) -> str:
    """A change, and the answer then."""
    values = {"name": flip.name.replace("_", " "), "value": flip.value, "answer": flip.answer.value}
    if flip.change is Change.ADDED:
        if flip.value:
            return say("if it had happened: {name} ({value}): {answer}", **values)
        return say("if it had happened: {name}: {answer}", **values)
    if flip.change is Change.REMOVED:
        if flip.value:
            return say("if it had not happened: {name} ({value}): {answer}", **values)
        return say("if it had not happened: {name}: {answer}", **values)
    return say("if {name} were {value}: {answer}", **values)
