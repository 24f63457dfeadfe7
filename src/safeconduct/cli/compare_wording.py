"""Every sentence of `safeconduct compare`, in English, whole; they go through `wording.say` like all others."""

from collections.abc import Sequence
from datetime import date

from safeconduct.cli.condition_wording import condition_words, term_words
from safeconduct.packs.position.wording import say
from safeconduct.rules.comparing.comparison import Changed, Comparison, Shift
from safeconduct.rules.comparing.kinds import Kind, Proof, Trait
from safeconduct.rules.comparing.texts import How, TextChange
from safeconduct.rules.finding import Answer
from safeconduct.rules.formula import Whole
from safeconduct.rules.tree import Holds
from safeconduct.values.days import FIRST_DAY, LAST_DAY, Days, Rounding, add_months

_MONTHS_IN_A_YEAR = 12
BIRTH = "birth_date"

INTRO = (
    "Each change names the kinds of person who are answered differently: everybody of a kind is, whatever else is so. "
    '"No" means "this provision does not reach you"; it permits nothing. Where an event is named, no other event '
    "makes the provision hold. An example tells as few facts as will do."
)
NOTHING = "No provision changed between these two."
NO_FINDING = "It is no finding of its own: nobody is answered by it."
NOBODY = "Nobody is answered differently: proved."
PROVED = "No person outside these kinds is answered differently: proved."
TOO_MANY = "There are more kinds than are shown here: that there is nobody else is not proved."
GAVE_UP = "The solver came to its limit: that there is nobody else is not proved."
NO_EXAMPLE = "no example: nobody of this kind could be told in a file"
RESTING = "What rests on these"
RESTING_INTRO = (
    "These did not change themselves and rest on a provision that did. Whoever they answer differently is of a kind "
    "above. --about ID shows the kinds of one of them."
)
_LAWS = ("before", "after")


def head(found: Comparison) -> str:
    """The first line."""
    if found.since is None:
        return say("Two bodies of pages, both asked on {on}", on=found.on)
    return say("The law of {since} and the law of {on}, both asked on {on}", since=found.since, on=found.on)


def text_line(change: TextChange) -> str:
    """What changed in a text."""
    values = {"on": change.on, "act": change.act, "text": change.text}
    sentences = {
        How.NEW: "in force from {on} ({act})",
        How.ENDED: "no longer in force from {on} ({act})",
        How.CHANGED: "changed on {on} ({act})",
        How.REPORTED: "a report of {on} ({act})",
        How.PRACTICE: "from {on}, what is known of practice: {text}",
        How.ADDED: "only after: {text} ({act})" if change.text else "only after ({act})",
        How.REMOVED: "only before: {text} ({act})" if change.text else "only before ({act})",
    }
    return say(sentences[change.how], **values)


def shift_line(shift: Shift) -> str:
    """How the answer differs."""
    return say("From {before} to {after}:", before=shift.before.value, after=shift.after.value)


def proof_line(change: Changed) -> str:
    """What is known of everybody else."""
    if not change.asked:
        return say(NO_FINDING)
    proofs = {shift.proof for shift in change.shifts}
    if Proof.GAVE_UP in proofs:
        return say(GAVE_UP)
    if Proof.TOO_MANY in proofs:
        return say(TOO_MANY)
    return say(PROVED if change.shifts else NOBODY)


def example_name(name: str, shift: Shift, number: int) -> str:
    """The name of the file of an example: the provision, both answers and a number."""
    return f"{name}-{shift.before.value}-{shift.after.value}-{number}.json".lower()


def kind_line(kind: Kind, on: date) -> str:
    """The conditions of a kind."""
    spans: dict[Whole, tuple[int, int]] = {}
    for trait in kind:
        if trait.span is not None:
            variable, low, high = trait.span
            known = spans.get(variable, (variable.low, variable.high))
            spans[variable] = max(known[0], low), min(known[1], high)
    parts = [_span(variable, *ends, on) for variable, ends in spans.items()]
    named = [trait for trait in kind if isinstance(trait.of, Holds)]
    return "; ".join([*_words([trait for trait in kind if trait not in named]), *parts, *_words(named)])


def _words(kind: Sequence[Trait]) -> list[str]:
    """The traits that are no range; two that say of a provision that it is neither yes nor no are one."""
    found: dict[str, None] = {}
    rest = [trait for trait in kind if trait.span is None]
    for trait in rest:
        other = Answer.NO if trait.answer is Answer.YES else Answer.YES
        open_ = not trait.holds and trait.answer is not None
        both = [
            each for each in rest if (each.of, each.law, each.answer, each.holds) == (trait.of, trait.law, other, False)
        ]
        if open_ and both and isinstance(trait.of, Holds):
            found[say("{name}: disputed{law}", name=trait.of.name, law=_law(trait))] = None
        else:
            found[_trait(trait)] = None
    return list(found)


def _trait(trait: Trait) -> str:
    if trait.of is None:
        return say("whoever the two answer so: no condition of the page says it more shortly")
    if isinstance(trait.of, Holds) and trait.answer is not None:
        values = {"name": trait.of.name, "answer": trait.answer.value, "law": _law(trait)}
        if trait.holds:
            return say("{name}: {answer}{law}", **values)
        return say("{name}: not {answer}{law}", **values)
    if isinstance(trait.of, Holds):
        return term_words(trait.of.name, holds=trait.holds) + _law(trait)
    return condition_words(trait.of, holds=trait.holds)


def _law(trait: Trait) -> str:
    return f" ({_LAWS[trait.law]})" if trait.law is not None else ""


def _span(variable: Whole, low: int, high: int, on: date) -> str:
    name = variable.name.replace("_", " ")
    if low < FIRST_DAY:  # a number, not a day
        numbers = {"name": name, "low": max(low, variable.low), "high": high}
        return (
            say("{name}: {low} or more", **numbers)
            if high >= variable.high
            else say("{name}: {low} to {high}", **numbers)
        )
    days = Days(earliest=low, latest=min(high, LAST_DAY))
    if variable.name == BIRTH:
        return say("born {days}{ages}", days=days, ages=_ages(days, on))
    return say("{name}: {days}", name=name, days=days)


def _ages(days: Days, on: date) -> str:
    """The ages on the day asked, where both ends are known and not after it."""
    youngest, oldest = (_age(day, on.toordinal()) for day in (days.latest, days.earliest))
    if days.latest > on.toordinal():
        return say(" (aged up to {oldest})", oldest=oldest) if days.earliest > FIRST_DAY else ""
    if days.earliest == FIRST_DAY:
        return say(" (aged {youngest} or over)", youngest=youngest)
    if youngest == oldest:
        return say(" (aged {oldest})", oldest=oldest)
    return say(" (aged {youngest} to {oldest})", youngest=youngest, oldest=oldest)


def _age(born: int, on: int) -> int:
    years = date.fromordinal(on).year - date.fromordinal(born).year
    reached = add_months(born, _MONTHS_IN_A_YEAR * years, Rounding.ROLL)
    return years if reached <= on else years - 1
