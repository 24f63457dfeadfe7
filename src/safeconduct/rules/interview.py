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
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Answer
from safeconduct.rules.looks import Key, Left, Looks, View
from safeconduct.rules.questions import base_name
from safeconduct.rules.reach import reach
from safeconduct.rules.situation import Asked, Situation
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Open:
    """A finding that is not settled."""

    id: str
    stake: float
    left: Left


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
    looks: Looks | None = None,
) -> Question | None:
    """The next most useful question.

    Args:
        corpus: The law.
        situation: What is known of the person. Facts that are `unknown` or `withheld` in it are not asked again.
        on: The day asked, as ordinal.
        about: Ids of the findings to be settled; all that may concern the person if there are none.
        asked: Names of questions that were put and not answered, beside those of the situation; and what was named in
            reply to a question about several things (`named_in`).
        looks: What was worked out for other questions of the same law; whoever asks many keeps it.
    Returns:
        None if no question that may still be put can change any of these findings.
    """
    looks = looks or Looks(corpus)
    view = looks.view(situation, on)
    found = open_findings(view, about)
    skipped = asked | {
        name for name, known in situation.facts.items() if known.asked in (Asked.UNKNOWN, Asked.WITHHELD)
    }
    candidates = _candidates(found, skipped)
    _broad(looks, view, candidates, found, skipped)
    if len(about or corpus.provisions) >= _MANY:
        _which(corpus, candidates, skipped)
    for one in sorted(candidates.values(), key=lambda one: (-one.score, one.name)):
        if one.subject is Subject.WHICH:
            listed = tuple(each for candidate, each in one.of if _can_matter(view, candidate))
            if len(listed) >= _FEWEST:
                return _which_question(corpus, one, listed, len(found))
        elif one.subject is Subject.NONE_OF or _can_matter(view, one):
            offered = options(corpus, situation, one.subject, one.name, _cells(view, one), on)
            if offered is not None:
                ids = tuple(each.id for each in one.bears)
                return _question(corpus, one, offered, ids, len(found))
    return None


def open_findings(view: View, about: tuple[str, ...]) -> list[_Open]:
    """What is not settled.

    Args:
        view: The person.
        about: Ids of the findings looked at; if there are none, all of the law that something told mentions.
    """
    corpus = view.corpus
    looked_at = reach(corpus, view.situation).provisions
    shown = [one for one in looked_at if one.kind is not Kind.PRACTICE]
    found = []
    for provision in shown if not about else [corpus.provisions[name] for name in about]:
        left = view.left(provision.id)
        if left.share:
            found.append(_Open(id=provision.id, stake=STAKES[provision.kind], left=left))
    return found


# --- which questions there are ---------------------------------------------------------------------------------


def _candidates(found: list[_Open], skipped: frozenset[str]) -> dict[Key, _Candidate]:
    candidates: dict[Key, _Candidate] = {}
    for one in found:
        for key, gain in one.left.gains.items():
            if key[1] not in skipped and base_name(key[1]) not in skipped:
                candidate = candidates.setdefault(key, _Candidate(*key))
                candidate.bears.append(one)
                candidate.score += one.stake * gain
    return candidates


def _broad(
    looks: Looks, view: View, candidates: dict[Key, _Candidate], found: list[_Open], skipped: frozenset[str]
) -> None:
    """Questions whose "none of these" settles many findings at once."""
    ids = {one.id: one for one in found}
    for fact in view.corpus.vocabulary.facts.values():
        if not fact.closes or fact.name in skipped or fact.name in view.situation.facts:
            continue
        closes = [name for name in fact.closes if name in view.corpus.provisions]
        answers = {name: view.answer(name) for name in closes}
        unsure = [name for name, answer in answers.items() if answer is Answer.UNKNOWN]
        if len(unsure) < 2 or Answer.YES in answers.values():  # noqa: PLR2004 -- one ground is asked for by itself
            continue
        other = looks.view(closing(view.situation, fact.name), view.on)
        bears = [one for name, one in ids.items() if name in unsure or _settles(other, name, fact.name)]
        if bears:
            key = (Subject.NONE_OF, fact.name)
            score = _NONE_OF_THESE * sum(one.stake * one.left.share for one in bears)
            candidates[key] = _Candidate(*key, score=score, bears=bears)


def _settles(other: View, name: str, fact: str) -> bool:
    """Whether a finding that is open shows at a glance to be settled once a fact is told."""
    return other.rests_on(name, fact) and other.is_plainly_settled(name)


def _which(corpus: Corpus, candidates: dict[Key, _Candidate], skipped: frozenset[str]) -> None:
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


# --- whether it can matter -------------------------------------------------------------------------------------


def _can_matter(view: View, candidate: _Candidate) -> bool:
    """Whether some finding can come out otherwise by this answer alone."""
    shortest_first = sorted(candidate.bears, key=lambda one: one.left.length)  # the shortest shows it soonest
    return any(view.can_turn_on(one.id, base_name(candidate.name)) for one in shortest_first)


def _cells(view: View, candidate: _Candidate) -> tuple[tuple[int, int], ...]:
    """The ranges of a number, both ends included, that none of the findings cuts in two."""
    if candidate.subject is not Subject.FACT:
        return ()
    cells = [view.cells(one.id, candidate.name) for one in candidate.bears]
    known = [one for one in cells if one is not None]
    marks = sorted({start for starts, _ in known for start in starts})
    return (
        tuple(zip(marks, (*(mark - 1 for mark in marks[1:]), max(end for _, end in known)), strict=True))
        if known
        else ()
    )


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


__all__ = ["STAKES", "Looks", "Question", "named_in", "next_question", "open_findings"]
