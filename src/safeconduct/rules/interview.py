"""The next most useful question: the one whose answer is likely to settle most of what is at stake.

Nothing here decides an answer: what is open and what can still matter is asked of the worlds, and the shares only order
questions. Whoever asks keeps the replies in the situation, so the order of replies cannot change the result.
"""

from dataclasses import dataclass, field

from safeconduct.rules.asking import (
    AGAIN,
    AGAIN_OF,
    EVENTS,
    FACTS,
    FIELDS_OF,
    Item,
    Option,
    Subject,
    closing,
    item,
    options,
)
from safeconduct.rules.certainty import Worlds
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Answer
from safeconduct.rules.formula import And, Choice, Formula, Settled, inverse
from safeconduct.rules.guessing import Shares, chances
from safeconduct.rules.kleene import UNKNOWN, Variable, residual, value, variables
from safeconduct.rules.position import Assessor
from safeconduct.rules.questions import base_name
from safeconduct.rules.reach import reach
from safeconduct.rules.situation import Asked, Situation
from safeconduct.rules.solver import UnsettledError
from safeconduct.rules.tree import Kind

STAKES = {
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
_STEP = 0.3
"""What an answer is worth that settles nothing but leaves less to ask, against one that settles the finding."""
_NONE_OF_THESE = 0.6
"""Share of people to whom none of a list of grounds applies; orders questions only."""
_FEWEST, _LISTED = 2, 16
"""How many things one question names, at least and at most."""
_MANY = 20
"""Only where so many findings are to be settled does one question name several things: for a few it asks too much."""
_WHICH = {
    EVENTS: "Did any of these happen to you? Name all that did; none, if none did.",
    FACTS: "Does any of these apply to you? Name all that do; none, if none does.",
    AGAIN_OF: "Did any of these happen to you more than once? Name those that did; none, if none did.",
}
_WHICH_FIELDS = "Is any of these so of it ({event})? Name all that are; none, if none is."
_TITLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question to the person.

    Args:
        subject: What is asked about.
        name: The fact or the event; `left_unit.permission` for a field of an event.
        text: The question, in English.
        why: Why it is asked.
        options: The replies that are offered, the coarsest that settle the matter; beside "I don't know" and "rather
            not say", which are always offered. None where only free text can answer: a code, a list, a year, a day.
        bears_on: Ids of the open findings that it bears on.
        open: How many findings are open.
        of: For a question about several things: these.
        key: For an event that is kept apart by a field, such as its country: that field.
    """

    subject: Subject
    name: str
    text: str
    why: str
    options: tuple[Option, ...]
    bears_on: tuple[str, ...]
    open: int
    of: tuple[Item, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class _Open:
    """A finding that is not settled under one choice of readings."""

    id: str
    weight: float
    left: Formula
    worlds: Worlds


@dataclass(slots=True)
class _Candidate:
    """A question that could be asked, with what speaks for it."""

    subject: Subject
    name: str
    score: float = 0.0
    bears: list[_Open] = field(default_factory=list)
    of: tuple[tuple["_Candidate", Item], ...] = ()


def next_question(  # noqa: PLR0913 -- who is asked, what for, and what may not be asked
    corpus: Corpus,
    situation: Situation,
    *,
    on: int,
    about: tuple[str, ...] = (),
    asked: frozenset[str] = frozenset(),
    shares: Shares | None = None,
) -> Question | None:
    """The next most useful question.

    Args:
        corpus: The law.
        situation: What is known of the person. Facts that are `unknown` or `withheld` in it are not asked again.
        on: The day asked, as ordinal.
        about: Ids of the findings to be settled; all that may concern the person if there are none.
        asked: Names of questions that were put and not answered, beside those of the situation; and what was named in
            reply to a question about several things (`named_in`).
        shares: How often replies are given, where it is known better than the pages say.
    Returns:
        None if no question that may still be put can change any of these findings.
    """
    assessor = Assessor(corpus, situation)
    found = open_findings(assessor, about, on)
    skipped = asked | {
        name for name, known in situation.facts.items() if known.asked in (Asked.UNKNOWN, Asked.WITHHELD)
    }
    told = frozenset(event.kind for event in situation.events)
    candidates = _candidates(corpus, found, told, skipped, on, shares or Shares())
    _broad(assessor, candidates, found, skipped, on)
    if len(about or corpus.provisions) >= _MANY:
        _which(corpus, candidates, skipped)
    for one in sorted(candidates.values(), key=lambda one: (-one.score, one.name)):
        if one.subject is Subject.WHICH:
            listed = tuple(each for candidate, each in one.of if _can_matter(candidate, on))
            if len(listed) >= _FEWEST:
                return _which_question(corpus, one, listed, len({each.id for each in found}))
        elif one.subject is Subject.NONE_OF or _can_matter(one, on):
            offered = options(corpus, situation, one.subject, one.name, [each.left for each in one.bears], on)
            if offered is not None:
                ids = tuple(dict.fromkeys(each.id for each in one.bears))
                return _question(corpus, one, offered, ids, len({each.id for each in found}))
    return None


def open_findings(assessor: Assessor, about: tuple[str, ...], on: int) -> list[_Open]:
    """What is not settled, once for each choice of readings under which it is not.

    Args:
        assessor: The person.
        about: Ids of the findings looked at; if there are none, all of the law that something told mentions.
        on: The day asked, as ordinal.
    """
    looked_at = reach(assessor.corpus, assessor.situation).provisions
    shown = [one for one in looked_at if one.kind is not Kind.PRACTICE]
    found = []
    for provision in shown if not about else [assessor.corpus.provisions[name] for name in about]:
        cases = assessor.cases(provision.id)
        for case in cases:
            formula = case.ground.provision(provision.id).formula
            if case.worlds.decided(formula, on).value == UNKNOWN:
                left = residual(formula, on)
                found.append(_Open(provision.id, STAKES[provision.kind] / len(cases), left, case.worlds))
    return found


# --- which questions there are ---------------------------------------------------------------------------------


def _candidates(  # noqa: PLR0913, PLR0917 -- what is known, what is open, what may be asked
    corpus: Corpus, found: list[_Open], told: frozenset[str], skipped: frozenset[str], on: int, shares: Shares
) -> dict[tuple[Subject, str], _Candidate]:
    candidates: dict[tuple[Subject, str], _Candidate] = {}
    for one in found:
        near: dict[tuple[Subject, str], Variable] = {}
        mentioned = variables(one.left)
        for variable in mentioned:
            subject = _subject(corpus, variable, told)
            if subject is not None and subject[1] not in skipped and base_name(subject[1]) not in skipped:
                near.setdefault(subject, variable)
        for key, variable in near.items():
            candidate = candidates.setdefault(key, _Candidate(*key))
            candidate.bears.append(one)
            candidate.score += one.weight * _gain(corpus, one.left, (variable, len(mentioned)), on, shares)
    return candidates


def _subject(corpus: Corpus, variable: Variable, told: frozenset[str]) -> tuple[Subject, str] | None:
    """The question behind a variable; None if nobody can be asked, or a lawyer only."""
    name = base_name(variable.name)
    fact = corpus.vocabulary.facts.get(name)
    if fact is not None:
        return None if fact.lawyer else (Subject.FACT, name)
    if name not in corpus.vocabulary.events:
        return None
    if "." in variable.name and name in told:
        return Subject.FIELD, variable.name
    if isinstance(variable, Choice):
        return Subject.EVENT, f"{name}{AGAIN}" if name in told else name
    return (Subject.DAY, f"{name}.on") if name in told else (Subject.EVENT, name)


def _gain(corpus: Corpus, left: Formula, among: tuple[Variable, int], on: int, shares: Shares) -> float:
    """How much of a finding one answer is likely to settle, 0..1; asked is a variable among so many."""
    variable, before = among
    gain = 0.0
    for share, after in chances(corpus, left, variable, on, shares):
        # What is left of a residual formula is settled as soon as its value is: it need not be evaluated again.
        settled = isinstance(after, Settled)
        gain += share * (1.0 if settled else _STEP * (1 - len(variables(after)) / before))
    return gain


def _broad(
    assessor: Assessor,
    candidates: dict[tuple[Subject, str], _Candidate],
    found: list[_Open],
    skipped: frozenset[str],
    on: int,
) -> None:
    """Questions whose "none of these" settles many findings at once."""
    ids = {one.id: one for one in found}
    for fact in assessor.corpus.vocabulary.facts.values():
        if not fact.closes or fact.name in skipped or fact.name in assessor.situation.facts:
            continue
        closes = [name for name in fact.closes if name in assessor.corpus.provisions]
        answers = {name: assessor.answer(name, on) for name in closes}
        unsure = [name for name, answer in answers.items() if answer is Answer.UNKNOWN]
        if len(unsure) < 2 or Answer.YES in answers.values():  # noqa: PLR2004 -- one ground is asked for by itself
            continue
        other = Assessor(assessor.corpus, closing(assessor.situation, fact.name))
        bears = [one for name, one in ids.items() if name in unsure or _is_settled(other, name, on)]
        if bears:
            key = (Subject.NONE_OF, fact.name)
            score = _NONE_OF_THESE * sum(one.weight for one in bears)
            candidates[key] = _Candidate(*key, score=score, bears=bears)


def _which(corpus: Corpus, candidates: dict[tuple[Subject, str], _Candidate], skipped: frozenset[str]) -> None:
    """One question for many things of which most are so of nobody who is asked."""
    groups: dict[str, list[tuple[_Candidate, Item]]] = {}
    for one in candidates.values():
        found = None if one.subject is Subject.NONE_OF else item(corpus, one.subject, one.name)
        if found is not None and named_in(_group(one), one.name) not in skipped:
            groups.setdefault(_group(one), []).append((one, found))
    for name, members in groups.items():
        if len(members) >= _FEWEST and name not in skipped:
            listed = sorted(members, key=lambda each: (-each[0].score, each[0].name))[:_LISTED]
            bears = list(dict.fromkeys(open_ for one, _ in listed for open_ in one.bears))
            score = sum(one.score for one, _ in listed)
            candidates[Subject.WHICH, name] = _Candidate(
                Subject.WHICH, name, score=score, bears=bears, of=tuple(listed)
            )


def named_in(question: str, name: str) -> str:
    """The name under which whoever asks keeps that something was named in reply to a question about several things."""
    return f"{question}: {name}"


def _group(one: _Candidate) -> str:
    if one.subject is Subject.FACT:
        return FACTS
    if one.subject is Subject.EVENT:
        return AGAIN_OF if one.name.endswith(AGAIN) else EVENTS
    return f"{base_name(one.name)}{FIELDS_OF}"


def _is_settled(assessor: Assessor, name: str, on: int) -> bool:
    """Whether a finding shows at a glance to be settled: it orders questions only."""
    return all(value(case.ground.provision(name).formula, on) != UNKNOWN for case in assessor.cases(name))


# --- whether it can matter -------------------------------------------------------------------------------------


def _can_matter(candidate: _Candidate, on: int) -> bool:
    """Whether some finding can come out otherwise by this answer alone."""
    return any(
        _differs(one, variable, on)
        for one in sorted(candidate.bears, key=lambda one: len(variables(one.left)))  # the shortest shows it soonest
        for variable in variables(one.left)
        if base_name(variable.name) == base_name(candidate.name)
    )


def _differs(one: _Open, variable: Variable, on: int) -> bool:
    """Whether in some world the finding holds with one value of the variable and fails with another."""
    outcomes = [after for _, after in chances(None, one.left, variable, on, Shares())]
    try:
        return any(
            one.worlds.witness(And((first, inverse(second))), on, wanted=True) is not None
            for other in outcomes[1:]
            for first, second in ((outcomes[0], other), (other, outcomes[0]))
        )
    except UnsettledError:
        return True  # the solver gave up: better one question too many


def _which_question(corpus: Corpus, one: _Candidate, listed: tuple[Item, ...], number: int) -> Question:
    bears = tuple(dict.fromkeys(open_.id for open_ in one.bears))
    text = _WHICH.get(one.name) or _WHICH_FIELDS.format(event=base_name(one.name).replace("_", " "))
    return Question(
        subject=Subject.WHICH,
        name=one.name,
        text=text,
        why=_why(corpus, bears),
        options=(),
        bears_on=bears,
        open=number,
        of=listed,
    )


def _why(corpus: Corpus, ids: tuple[str, ...]) -> str:
    titles = list(dict.fromkeys(corpus.provisions[name].title for name in ids))
    more = f", and {len(titles) - _TITLES} more" if len(titles) > _TITLES else ""
    return "It bears on: " + "; ".join(titles[:_TITLES]) + more


def _question(
    corpus: Corpus, one: _Candidate, offered: tuple[Option, ...], ids: tuple[str, ...], number: int
) -> Question:
    vocabulary = corpus.vocabulary
    name = base_name(one.name)
    fact, kind = vocabulary.facts.get(name), vocabulary.events.get(name)
    text = fact.question if fact is not None else kind.question if kind is not None else name
    if one.subject is Subject.FIELD:
        text = f"{text} ({one.name.partition('.')[2].replace('_', ' ')})"
    elif one.subject is Subject.DAY:
        text = f"{text} (the day)"
    elif one.name.endswith(AGAIN):
        text = f"{text} (another time than you told)"
    why = fact.why if fact is not None and fact.why else _why(corpus, ids)
    return Question(
        subject=one.subject,
        name=one.name,
        text=text,
        why=why,
        options=offered,
        bears_on=ids,
        open=number,
        key=kind.key if kind is not None and one.subject is Subject.EVENT else "",
    )


__all__ = ["STAKES", "Question", "Shares", "named_in", "next_question", "open_findings"]
