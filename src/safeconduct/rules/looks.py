"""What is open of each provision, worked out once for all persons who are alike in everything that it turns on.

Most of a person's answers leave most provisions as they were. What was worked out is found again by marks of what was
told of just those facts and events that the provision rests on; what was told itself is not kept.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from threading import Lock

from safeconduct.rules.asking import AGAIN, Subject
from safeconduct.rules.certainty import Worlds
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Answer
from safeconduct.rules.formula import And, Choice, Formula, Settled, Whole, inverse
from safeconduct.rules.guessing import Shares, chances, ranges
from safeconduct.rules.kleene import UNKNOWN, Variable, residual, value, variables
from safeconduct.rules.position import Assessor
from safeconduct.rules.questions import base_name
from safeconduct.rules.reading_of import cones
from safeconduct.rules.situation import Situation
from safeconduct.rules.solver import UnsettledError

Key = tuple[Subject, str]
"""A question: what is asked about, and its name."""
Cells = tuple[frozenset[int], int]
"""Where ranges of a number begin that no finding cuts in two, and the end of the last, included."""

KEPT_AT_MOST = 20_000
_STEP = 0.3
"""What an answer is worth that settles nothing but leaves less to ask, against one that settles the finding."""
_MARK_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is open of a provision.

    Args:
        share: Share of the readings under which it is open, 0..1; 0 if it is settled.
        gains: For each question, how much of it one answer is likely to settle, 0..1.
        length: How many variables are left, under the reading that leaves the fewest.
    """

    share: float
    gains: Mapping[Key, float]
    length: int


@dataclass(slots=True, kw_only=True)
class _Look:
    """What was worked out of a provision so far; None for what was not asked for."""

    answer: Answer | None = None
    glance: bool | None = None
    left: Left | None = None
    cells: dict[str, Cells | None] = field(default_factory=dict)
    differs: dict[str, bool] = field(default_factory=dict)


class Looks:
    """Everything that was worked out. May be shared between threads, and between persons.

    Args:
        corpus: The law.
        shares: How often replies are given, where it is known better than the pages say.
        key: A secret of the process, at most 64 bytes, if persons share it: marks cannot be guessed at without it.
        at_most: How many looks are kept; those that were not asked for the longest go first.
    """

    def __init__(
        self, corpus: Corpus, *, shares: Shares | None = None, key: bytes = b"", at_most: int = KEPT_AT_MOST
    ) -> None:
        """Nothing is worked out before it is asked for."""
        self.corpus = corpus
        self.shares = shares or Shares()
        self._key = key
        self._at_most = at_most
        self._kept: OrderedDict[tuple[object, ...], _Look] = OrderedDict()
        self._lock = Lock()

    def view(self, situation: Situation, on: int) -> "View":
        """What is open for one person on one day (an ordinal)."""
        return View(self, situation, on)

    def found(self, key: tuple[object, ...]) -> _Look:
        """The look that is kept under a key, or a new one."""
        with self._lock:
            look = self._kept.get(key)
            if look is None:
                look = self._kept[key] = _Look()
                if len(self._kept) > self._at_most:
                    self._kept.popitem(last=False)
            else:
                self._kept.move_to_end(key)
            return look

    def marks(self, situation: Situation) -> dict[str, bytes]:
        """For each fact and kind of event of which something was told, a mark of all that was told of it."""
        told: dict[str, list[object]] = {
            name: [known.periods] for name, known in situation.facts.items() if known.periods
        }
        for event in situation.events:
            told.setdefault(event.kind, []).append((event.on, event.fields))
        for closed in situation.closed:
            told.setdefault(closed.kind, []).append((closed.where, closed.never))
        return {name: self._mark(name, parts) for name, parts in told.items()}

    def _mark(self, name: str, parts: list[object]) -> bytes:
        text = f"{name}\n{_in_order(parts)!r}"
        return blake2b(text.encode(), digest_size=_MARK_BYTES, key=self._key).digest()


class View:
    """What is open for one person on one day. Not to be shared between threads.

    Args:
        looks: Where what is worked out is kept.
        situation: What is known of the person.
        on: The day asked, as ordinal.
    """

    def __init__(self, looks: Looks, situation: Situation, on: int) -> None:
        """Mark what was told; ground nothing before it is asked for."""
        self.corpus = looks.corpus
        self.situation = situation
        self.on = on
        self._looks = looks
        self._assessor = Assessor(looks.corpus, situation)
        self._cones = cones(looks.corpus)
        self._marks = looks.marks(situation)
        self._told = frozenset(event.kind for event in situation.events)
        self._mine: dict[str, _Look] = {}

    def answer(self, name: str) -> Answer:
        """The answer of a provision."""
        look = self._look(name)
        if look.answer is None:
            look.answer = self._assessor.answer(name, self.on)
        return look.answer

    def is_plainly_settled(self, name: str) -> bool:
        """Whether a provision shows at a glance to be settled: it orders questions only."""
        look = self._look(name)
        if look.glance is None:
            cases = self._assessor.cases(name)
            look.glance = all(value(case.ground.provision(name).formula, self.on) != UNKNOWN for case in cases)
        return look.glance

    def rests_on(self, name: str, fact: str) -> bool:
        """Whether a provision can turn on a fact or an event."""
        return fact in self._cones.names(name)

    def left(self, name: str) -> Left:
        """What is open of a provision."""
        look = self._look(name)
        if look.left is None:
            look.left = self._left(name)
        return look.left

    def cells(self, name: str, fact: str) -> Cells | None:
        """The ranges of a number that a provision tells apart; None if it is about no such number."""
        look = self._look(name)
        if fact not in look.cells:
            look.cells[fact] = _cells(fact, [left for left, _ in self._open(name)])
        return look.cells[fact]

    def can_turn_on(self, name: str, question: str) -> bool:
        """Whether a provision can come out otherwise by what is told of a fact or an event alone."""
        look = self._look(name)
        if question not in look.differs:
            look.differs[question] = any(
                differs(left, worlds, variable, self.on)
                for left, worlds in self._open(name)
                for variable in variables(left)
                if base_name(variable.name) == question
            )
        return look.differs[question]

    def _look(self, name: str) -> _Look:
        found = self._mine.get(name)
        if found is None:
            marks = sorted(self._marks[one] for one in self._cones.names(name) & self._marks.keys())
            found = self._mine[name] = self._looks.found((name, self.on, *marks))
        return found

    def _open(self, name: str) -> list[tuple[Formula, Worlds]]:
        """What is left of a provision under each choice of readings under which it is open, the shortest first."""
        found = []
        for case in self._assessor.cases(name):
            formula = case.ground.provision(name).formula
            if case.worlds.decided(formula, self.on).value == UNKNOWN:
                found.append((residual(formula, self.on), case.worlds))
        return sorted(found, key=lambda pair: len(variables(pair[0])))

    def _left(self, name: str) -> Left:
        lefts = [left for left, _ in self._open(name)]
        number = len(self._assessor.cases(name))
        gains: dict[Key, float] = {}
        for left in lefts:
            near: dict[Key, Variable] = {}
            mentioned = variables(left)
            for variable in mentioned:
                question = self._question(variable)
                if question is not None:
                    near.setdefault(question, variable)
            for question, variable in near.items():
                gain = _gain(self.corpus, left, (variable, len(mentioned)), self.on, self._looks.shares)
                gains[question] = gains.get(question, 0.0) + gain / number
        return Left(share=len(lefts) / number, gains=gains, length=len(variables(lefts[0])) if lefts else 0)

    def _question(self, variable: Variable) -> Key | None:
        """The question behind a variable; None if nobody can be asked, or a lawyer only."""
        name = base_name(variable.name)
        fact = self.corpus.vocabulary.facts.get(name)
        if fact is not None:
            return None if fact.lawyer else (Subject.FACT, name)
        if name not in self.corpus.vocabulary.events:
            return None
        if "." in variable.name and name in self._told:
            return Subject.FIELD, variable.name
        if isinstance(variable, Choice):
            return Subject.EVENT, f"{name}{AGAIN}" if name in self._told else name
        return (Subject.DAY, f"{name}.on") if name in self._told else (Subject.EVENT, name)


def differs(left: Formula, worlds: Worlds, variable: Variable, on: int) -> bool:
    """Whether in some world a formula holds with one value of the variable and fails with another.

    Args:
        left: The formula, as `residual` leaves it.
        worlds: All that can be so.
        variable: One of its variables.
        on: The day asked, as ordinal.
    """
    outcomes = [after for _, after in chances(None, left, variable, on, Shares())]
    try:
        return any(
            worlds.witness(And((first, inverse(second))), on, wanted=True) is not None
            for other in outcomes[1:]
            for first, second in ((outcomes[0], other), (other, outcomes[0]))
        )
    except UnsettledError:
        return True  # the solver gave up: better one question too many


def _gain(corpus: Corpus, left: Formula, among: tuple[Variable, int], on: int, shares: Shares) -> float:
    """How much of a finding one answer is likely to settle, 0..1; asked is a variable among so many."""
    variable, before = among
    gain = 0.0
    for share, after in chances(corpus, left, variable, on, shares):
        # What is left of a residual formula is settled as soon as its value is: it need not be evaluated again.
        settled = isinstance(after, Settled)
        gain += share * (1.0 if settled else _STEP * (1 - len(variables(after)) / before))
    return gain


def _cells(name: str, lefts: list[Formula]) -> Cells | None:
    starts: set[int] = set()
    end: int | None = None
    for left in lefts:
        for variable in variables(left):
            if isinstance(variable, Whole) and variable.name == name:
                found = list(ranges(left, variable))
                starts |= {first for first, _ in found}
                end = found[-1][1]
    return None if end is None else (frozenset(starts), end)


def _in_order(told: object) -> object:
    """What was told with its sets in order, so that what is alike is written alike."""
    if isinstance(told, frozenset):
        return sorted(told)
    if isinstance(told, list | tuple):
        return [_in_order(part) for part in told]
    slots = getattr(type(told), "__slots__", None)
    if slots is None:
        return told
    return [type(told).__name__, *(_in_order(getattr(told, name)) for name in slots)]
