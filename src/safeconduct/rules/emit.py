"""Provisions as generated Python, for one person at a time: nothing else comes near hand-written speed.

Only provisions about facts can be emitted; those about events are answered by `position`. The generated source holds
names that we number and literals printed from whole numbers; no text of a page reaches it. Each formula becomes two
expressions: it certainly holds, it certainly fails. Where the tables of Kleene are not exact, they are written from
its prime implicants, so that the answer is exact.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, assert_never

from safeconduct.rules.cells import cut, range_of
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.formula import And, AtLeast, Choice, Formula, In, Inverse, Or, Settled, Within
from safeconduct.rules.ground import Ground
from safeconduct.rules.implicants import Box, Literal, implicants
from safeconduct.rules.kleene import Variable, residual, variables
from safeconduct.rules.reasons import clause_text
from safeconduct.rules.situation import Situation
from safeconduct.rules.tree import Clause
from safeconduct.values.errors import QuestionError
from safeconduct.values.truth import Truth

_TRUTHS = (Truth.NO, Truth.UNKNOWN, Truth.YES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One argument of the generated function, or two for a number or day: its least and its greatest value.

    Args:
        name: The fact.
        words: For a choice, the words; bit i of the argument says that words[i] is possible. Empty for a number.
        low: Least value of a number or day (an ordinal).
        high: Its greatest value.
    """

    name: str
    words: tuple[str, ...]
    low: int = 0
    high: int = 0

    @property
    def unknown(self) -> tuple[int, ...]:
        """The arguments that say: nothing is known."""
        return ((1 << len(self.words)) - 1,) if self.words else (self.low, self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One clause of an explanation: the clause, whether what it tests is so, and the clause as a reader sees it."""

    clause: Clause
    truth: Truth
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """An answer with its derivation, in the order of the page, and the facts that could still change it."""

    id: str
    truth: Truth
    steps: tuple[Step, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Emitted:
    """Provisions for one day, ready for many calls.

    Args:
        ids: Ids of the provisions, in order.
        slots: What the arguments mean, in order.
        source: The generated source, for whoever wants to read it.
        answer: Called with the arguments: 0, 1, 2 for each provision (no, unknown, yes).
        trace: Called likewise: for each provision its answer and the value of each clause.
        steps: For each provision, for each clause that `trace` reports on: the step if it fails, is open, holds. They
            are made once, since making them is most of the work of an explanation.
        reads: For each clause the facts it reads, each with the argument that tells whether it is still open.
    """

    ids: tuple[str, ...]
    slots: tuple[Slot, ...]
    source: str
    answer: Callable[..., tuple[int, ...]]
    trace: Callable[..., tuple[tuple[int, ...], ...]]
    steps: tuple[tuple[tuple[Step, Step, Step], ...], ...]
    reads: tuple["_Reads", ...]

    def explain(self, *arguments: int) -> tuple[Explained, ...]:
        """Answers with their derivations.

        Args:
            arguments: As for `answer`.
        """
        found = []
        for name, (value, *values), options, reads in zip(
            self.ids, self.trace(*arguments), self.steps, self.reads, strict=True
        ):
            steps = tuple([three[one] for three, one in zip(options, values, strict=True)])
            missing = _missing(arguments, values, reads) if value == 1 else ()
            found.append(Explained(id=name, truth=_TRUTHS[value], steps=steps, missing=missing))
        return tuple(found)


_Reads = tuple[tuple[tuple[str, int, bool], ...], ...]
"""For each clause its facts: name, first argument, whether it is a choice."""


def _missing(arguments: tuple[int, ...], values: list[int], reads: _Reads) -> tuple[str, ...]:
    """The facts that leave a clause open, each once."""
    found: dict[str, None] = {}
    for value, facts in zip(values, reads, strict=True):
        if value == 1:
            found.update((fact, None) for fact, at, choice in facts if _open(arguments, at, choice))
    return tuple(found)


def _open(arguments: tuple[int, ...], at: int, choice: bool) -> bool:  # noqa: FBT001 -- which of two kinds of argument
    """Whether a fact is not known exactly."""
    first = arguments[at]
    return bool(first & (first - 1)) if choice else first != arguments[at + 1]


def emit(corpus: Corpus, names: tuple[str, ...], on: date) -> Emitted:
    """Generated functions for some provisions on one day.

    Args:
        corpus: The law.
        names: Ids of provisions about facts; their conflicts take the safer reading.
        on: The day asked.
    Raises:
        QuestionError: If a provision is about events, or has too many implicants to be written.
    """
    safer = {name: conflict.safer for name, conflict in corpus.conflicts.items()}
    ground = Ground(corpus, Situation(facts={}), safer)
    day = on.toordinal()
    grounded = [ground.provision(name) for name in names]
    formulas = [residual(one.formula, day) for one in grounded]
    traced = [[residual(part, day) for part in one.applied[0].clauses] if one.applied else [] for one in grounded]
    writer = _Writer(day, corpus)
    for formula in (*formulas, *(part for parts in traced for part in parts)):
        writer.declare(variables(formula))
    answers = ", ".join(writer.value(formula) for formula in formulas)
    traces = ", ".join(
        f"({', '.join(writer.value(part) for part in (formula, *parts))},)"
        for formula, parts in zip(formulas, traced, strict=True)
    )
    head = ", ".join(writer.arguments)
    source = f"def answer({head}):\n    return ({answers},)\n\n\ndef trace({head}):\n    return ({traces},)\n"
    made: dict[str, Any] = {}
    # Only numbered names and whole numbers stand in the source: see _Writer.
    exec(compile(source, "<provisions>", "exec"), {"__builtins__": {}}, made)  # noqa: S102
    return Emitted(
        ids=names,
        slots=tuple(writer.slots),
        source=source,
        answer=made["answer"],
        trace=made["trace"],
        steps=tuple(tuple(map(_steps, one.provision.clauses)) for one in grounded),
        reads=tuple(tuple(writer.reads(variables(part)) for part in parts) for parts in traced),
    )


def _steps(clause: Clause) -> tuple[Step, Step, Step]:
    """A clause that fails, is open, holds."""
    text = clause_text(clause)
    no, unknown, yes = (Step(clause=clause, truth=truth, text=text) for truth in _TRUTHS)
    return no, unknown, yes


class _Writer:
    """Writes formulas as expressions over numbered arguments."""

    def __init__(self, on: int, corpus: Corpus) -> None:
        self._on = on
        self._events = corpus.vocabulary.events
        self._at: dict[Variable, int] = {}
        self.arguments: list[str] = []
        self.slots: list[Slot] = []

    def declare(self, found: tuple[Variable, ...]) -> None:
        """Give each variable its arguments."""
        for variable in found:
            if variable in self._at:
                continue
            if variable.name.split(".", 1)[0] in self._events:
                raise QuestionError(
                    "a provision about events cannot be emitted", remedy="ask for it with assess", code="ASK010"
                )
            at = self._at[variable] = len(self.arguments)
            self.arguments.append(f"v{at}")
            if isinstance(variable, Choice):
                self.slots.append(Slot(name=variable.name, words=variable.words))
            else:
                self.arguments.append(f"v{at + 1}")
                self.slots.append(Slot(name=variable.name, words=(), low=variable.low, high=variable.high))

    def reads(self, found: tuple[Variable, ...]) -> tuple[tuple[str, int, bool], ...]:
        """The facts behind some variables, with the argument of each and whether it is a choice."""
        return tuple((one.name, self._at[one], isinstance(one, Choice)) for one in found)

    def value(self, formula: Formula) -> str:
        """An expression that gives 0, 1 or 2."""
        if isinstance(formula, Settled):
            return "2" if formula.holds else "0"
        if cut([formula]) is None:
            raise QuestionError(
                "a provision that compares two facts cannot be emitted", remedy="ask for it with assess", code="ASK012"
            )
        if _exact(formula):
            holds, fails = self.holds(formula), self.fails(formula)
        else:
            primes = implicants(formula, self._on)
            if primes is None:
                raise QuestionError(
                    "a provision has too many implicants to be emitted", remedy="ask for it with assess", code="ASK011"
                )
            holds, fails = self._boxes(primes.yes), self._boxes(primes.no)
        return f"(0 if {fails} else 2 if {holds} else 1)"

    def holds(self, formula: Formula) -> str:
        """An expression that is true if the formula certainly holds."""
        match formula:
            case Settled():
                return str(formula.holds)
            case In():
                return f"({self._only(formula.choice, formula.mask)})"
            case Within():
                return self._within(formula, certain=True)
            case And() | Or():
                word = " and " if isinstance(formula, And) else " or "
                return "(" + word.join(self.holds(part) for part in formula.parts) + ")"
            case Inverse():
                return self.fails(formula.part)
            case AtLeast():
                return f"({'+'.join(self.holds(part) for part in formula.parts)} >= {formula.least})"
            case _:
                assert_never(formula)

    def fails(self, formula: Formula) -> str:
        """An expression that is true if the formula certainly fails."""
        match formula:
            case Settled():
                return str(not formula.holds)
            case In():
                return f"({self._only(formula.choice, _other(formula.choice, formula.mask))})"
            case Within():
                return self._within(formula, certain=False)
            case And() | Or():
                word = " or " if isinstance(formula, And) else " and "
                return "(" + word.join(self.fails(part) for part in formula.parts) + ")"
            case Inverse():
                return self.holds(formula.part)
            case AtLeast():
                enough = len(formula.parts) - formula.least
                return f"({'+'.join(self.fails(part) for part in formula.parts)} > {enough})"
            case _:
                assert_never(formula)

    def _only(self, choice: Choice, mask: int) -> str:
        """An expression that is true if no word outside the mask is possible."""
        at = self._at[choice]
        if mask & (mask - 1):
            return f"not v{at} & {_other(choice, mask)}"
        return f"v{at} == {mask}"  # one word alone, and a comparison is much the quicker of the two

    def _within(self, atom: Within, *, certain: bool) -> str:
        found = range_of(atom)
        assert found is not None  # noqa: S101 -- `value` refuses atoms about two variables
        variable, least, most = found
        at = self._at[variable]
        parts = []
        if least > variable.low:
            parts.append(f"v{at} >= {least}" if certain else f"v{at + 1} < {least}")
        if most < variable.high:
            parts.append(f"v{at + 1} <= {most}" if certain else f"v{at} > {most}")
        return "(" + (" and " if certain else " or ").join(parts) + ")"

    def _boxes(self, boxes: tuple[Box, ...]) -> str:
        if not boxes:
            return "False"
        return "(" + " or ".join(self._box(box) for box in boxes) + ")"

    def _box(self, box: Box) -> str:
        return "(" + (" and ".join(self._literal(literal) for literal in box) or "True") + ")"

    def _literal(self, literal: Literal) -> str:
        if isinstance(literal.variable, Choice):
            return self._only(literal.variable, literal.mask)
        at = self._at[literal.variable]
        spans = " or ".join(f"{first} <= v{at} and v{at + 1} <= {last}" for first, last in literal.spans)
        return f"({spans})"


def _other(choice: Choice, mask: int) -> int:
    return ((1 << len(choice.words)) - 1) & ~mask


def _exact(formula: Formula) -> bool:
    """Whether each variable stands in one atom and the atom stands once: then Kleene's tables are exact."""
    seen: set[Variable] = set()
    waiting = [formula]
    while waiting:
        one = waiting.pop()
        match one:
            case And() | Or() | AtLeast():
                waiting.extend(one.parts)
            case Inverse():
                waiting.append(one.part)
            case Settled():
                pass
            case _:
                touched = set(variables(one))
                if touched & seen:
                    return False
                seen |= touched
    return True


__all__ = ["Emitted", "Explained", "Slot", "Step", "emit"]
