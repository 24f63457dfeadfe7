"""The last resort: a formula for z3, which finds a world in which it holds, or proves that there is none.

z3 is imported when it is first needed. Adding months is no arithmetic that it knows, so a day moved by months is a
number of its own within bounds; where a world has it otherwise than `shift`, z3 is told the piece of the calendar
around that day and asked again. So a range of a hundred years costs no more than the few months that matter.
"""

from collections.abc import Iterable
from typing import Any

from safeconduct.rules.cells import literals, range_of
from safeconduct.rules.formula import And, AtLeast, Choice, Formula, In, Inverse, Moved, Or, Settled, Whole, Within
from safeconduct.rules.kleene import Variable
from safeconduct.rules.pieces import Piece, offsets, piece_at, pieces, stops
from safeconduct.rules.world import World
from safeconduct.values.days import FIRST_DAY, LAST_DAY
from safeconduct.values.errors import SafeconductError

STEPS_AT_MOST = 4_000_000
"""What z3 may spend on one question, in its own steps and not in seconds: the same answer on every machine."""
ROUNDS_AT_MOST = 200
"""How often a question may be asked again with more of the calendar."""
PIECES_AT_ONCE = 6
"""A move with no more pieces than this is told whole."""


class UnsettledError(SafeconductError):
    """The solver gave up: the answer is unknown, but not because every world was looked at."""


class Prover:
    """Finds worlds in which formulas hold.

    What it was told of the calendar and of the constraints it keeps, so that many questions about one situation cost
    little more than one. Not to be shared between threads.

    Args:
        steps: What z3 may spend on one question.
        rounds: How often it may be asked again with more of the calendar.
    """

    def __init__(self, *, steps: int = STEPS_AT_MOST, rounds: int = ROUNDS_AT_MOST) -> None:
        import z3  # noqa: PLC0415 -- a tenth of a second and more, which most answers do not need

        self._z3 = z3
        # A context of its own: in one that others used before, the same question may find another world.
        # This solver keeps what it has learnt from one question to the next; the default one starts over.
        self._solver = z3.SimpleSolver(ctx=z3.Context())
        self._solver.set("rlimit", steps)
        self._rounds = rounds
        self._terms: dict[Variable, Any] = {}
        self._moved: dict[Moved, Any] = {}
        # In the order in which they came, as everything that z3 is told: what it finds depends on it.
        self._required: dict[Moved, None] = {}
        self._named: list[tuple[Any, dict[Moved, None]]] = []
        self._atoms: dict[In | Within, Any] = {}
        self._written: dict[tuple[object, ...], tuple[Any, tuple[Any, ...]]] = {}
        self._terms_of: dict[int, tuple[Any, Formula]] = {}
        self._numbers: dict[int, Any] = {}

    def require(self, constraint: Formula) -> None:
        """From now on only worlds in which this holds; a formula as `residual` leaves it."""
        self._solver.add(self._formula(constraint))
        self._required |= self._in_pieces([constraint])

    def world(self, formulas: Iterable[Formula]) -> World | None:
        """A world in which everything that is required and these formulas hold.

        Args:
            formulas: As `residual` leaves them.
        Returns:
            A value for every variable that was ever mentioned; None if there is certainly no such world.
        Raises:
            UnsettledError: If it cannot be told within what may be spent.
        """
        asked = list(formulas)
        wanted = [self._formula(formula) for formula in asked]
        moves = self._required | self._in_pieces(asked)
        for _ in range(self._rounds):
            model = self._model(wanted)
            if model is None:
                return None
            if self._is_calendar(model, moves):
                return self._world(model)
        raise _gave_up()

    def name(self, formula: Formula) -> int:
        """A number for a formula, by which `together` and `clash` can ask for it; z3 is told of it once.

        Args:
            formula: As `residual` leaves it.
        """
        mark = self._z3.Bool(f"n{len(self._named)}", self._solver.ctx)
        self._solver.add(self._z3.Implies(mark, self._formula(formula)))
        self._named.append((mark, self._in_pieces([formula])))
        return len(self._named) - 1

    def together(self, names: Iterable[int]) -> World | None:
        """A world in which some named formulas hold; None if there is certainly none.

        Args:
            names: What `name` gave.
        Raises:
            UnsettledError: As `world`.
        """
        model, _ = self._checked(names)
        return None if model is None else self._world(model)

    def clash(self, names: Iterable[int]) -> frozenset[int] | None:
        """Some of these names whose formulas hold together in no world, not always the fewest; None if all can hold.

        Args:
            names: What `name` gave.
        Raises:
            UnsettledError: As `world`.
        """
        model, core = self._checked(names)
        return core if model is None else None

    def _checked(self, names: Iterable[int]) -> tuple[Any, frozenset[int]]:
        marks = {self._named[one][0].get_id(): one for one in names}
        asked = [self._named[one][0] for one in marks.values()]
        moves = dict(self._required)
        for one in marks.values():
            moves |= self._named[one][1]
        for _ in range(self._rounds):
            found = self._solver.check(*asked)
            if found == self._z3.unsat:
                return None, frozenset(marks[mark.get_id()] for mark in self._solver.unsat_core())
            if found != self._z3.sat:
                raise _gave_up()
            model = self._solver.model()
            if self._is_calendar(model, moves):
                return model, frozenset()
        raise _gave_up()

    def _is_calendar(self, model: Any, moves: Iterable[Moved]) -> bool:  # noqa: ANN401 -- z3 has no types
        """Whether a model moves every day as the calendar does; if not, z3 is told about the days that it has wrong."""
        wrong = []
        for move in moves:
            number = self._number(model, self._terms[_variable(move)])
            if self._number(model, self._moved[move]) != move.at(number):
                wrong.append(piece_at(move, _variable(move), number))
                self._tell(move, wrong[-1])
        return not wrong

    def _world(self, model: Any) -> World:  # noqa: ANN401 -- z3 has no types
        found = {variable: self._number(model, term) for variable, term in self._terms.items()}
        return {v: 1 << number if isinstance(v, Choice) else number for v, number in found.items()}

    def _model(self, wanted: list[Any]) -> Any:  # noqa: ANN401 -- z3 has no types
        self._solver.push()
        try:
            self._solver.add(*wanted)
            found = self._solver.check()
            if found == self._z3.unknown:
                raise _gave_up()
            return self._solver.model() if found == self._z3.sat else None
        finally:
            self._solver.pop()

    def _number(self, model: Any, term: Any) -> int:  # noqa: ANN401 -- z3 has no types
        return int(model.eval(term, model_completion=True).as_long())

    def _in_pieces(self, formulas: Iterable[Formula]) -> dict[Moved, None]:
        """The moves in some formulas that z3 is told piece by piece."""
        return {
            moved: None
            for formula in formulas
            for atom, _ in (literals(formula) if self._moved else ())
            if isinstance(atom, Within)
            for moved in (atom.middle, atom.first, atom.last)
            if moved is not None and moved.months and moved in self._moved
        }

    def _formula(self, formula: Formula) -> Any:  # noqa: ANN401 -- z3 has no types
        """The term of a formula, found by identity: two formulas of one provision share most of their parts."""
        found = self._terms_of.get(id(formula))
        if found is None:
            found = self._terms_of[id(formula)] = (self._term_of(formula), formula)  # kept, so that its id stays its
        return found[0]

    def _term_of(self, formula: Formula) -> Any:  # noqa: ANN401 -- z3 has no types
        match formula:
            case And(parts) | Or(parts):
                return self._once(type(formula).__name__, tuple(map(self._formula, parts)))
            case AtLeast(least, parts):
                return self._once(str(least), tuple(map(self._formula, parts)))
            case Inverse(part):
                return self._once("Not", (self._formula(part),))
            case Settled(holds):
                return self._z3.BoolVal(holds, self._solver.ctx)
            case _:
                found = self._atoms.get(formula)
                if found is None:
                    found = self._atoms[formula] = self._atom(formula)
                return found

    def _once(self, made: str, parts: tuple[Any, ...]) -> Any:  # noqa: ANN401 -- z3 has no types
        """A term of some parts. To write it for z3 takes many times as long as a search, so each is written once."""
        key = (made, *map(id, parts))
        found = self._written.get(key)
        if found is None:
            found = self._written[key] = (self._made(made, parts), parts)  # kept, so that their ids stay theirs
        return found[0]

    def _made(self, made: str, parts: tuple[Any, ...]) -> Any:  # noqa: ANN401 -- z3 has no types
        z3, context = self._z3, self._solver.ctx
        if made not in ("And", "Or"):
            return z3.AtLeast(*parts, int(made)) if made.isdigit() else z3.Not(*parts)
        # `z3.And` looks at the type of each part; that takes as long as everything else.
        terms = (z3.Ast * len(parts))(*(part.as_ast() for part in parts))
        write = z3.Z3_mk_and if made == "And" else z3.Z3_mk_or
        return z3.BoolRef(write(context.ref(), len(parts), terms), context)

    def _atom(self, atom: In | Within) -> Any:  # noqa: ANN401 -- z3 has no types
        if isinstance(atom, In):
            return self._one_of(self._term(atom.choice), atom.choice.possible & atom.mask)
        found = range_of(atom)
        if found is not None:
            variable, low, high = found
            return self._between(self._term(variable), low, high)
        middle = self._day(atom.middle)
        bounds = [self._day(atom.first) <= middle] if atom.first is not None else []
        if atom.last is not None:
            bounds.append(middle <= self._day(atom.last))
        return self._z3.And(*bounds)

    def _term(self, variable: Variable) -> Any:  # noqa: ANN401 -- z3 has no types
        if variable not in self._terms:
            term = self._z3.Int(f"v{len(self._terms)}", self._solver.ctx)
            self._terms[variable] = term
            if isinstance(variable, Choice):
                self._solver.add(self._one_of(term, variable.possible))
            else:
                self._solver.add(self._between(term, variable.low, variable.high))
        return self._terms[variable]

    def _one_of(self, term: Any, mask: int) -> Any:  # noqa: ANN401 -- z3 has no types
        lowest = (mask & -mask).bit_length() - 1
        if mask == ((1 << mask.bit_length()) - 1) & ~((1 << lowest) - 1):  # words that follow one another
            return self._between(term, lowest, mask.bit_length() - 1)
        return self._z3.Or(*(term == index for index in range(mask.bit_length()) if mask >> index & 1))

    def _between(self, term: Any, low: int, high: int) -> Any:  # noqa: ANN401 -- z3 has no types
        if low == high:
            return self._compared("Z3_mk_eq", term, low)
        return self._made("And", (self._compared("Z3_mk_ge", term, low), self._compared("Z3_mk_le", term, high)))

    def _compared(self, how: str, term: Any, number: int) -> Any:  # noqa: ANN401 -- z3 has no types
        """A number compared as z3 is told of it at last: the operators of its Python part look at every type first."""
        z3, context = self._z3, self._solver.ctx
        if number not in self._numbers:
            self._numbers[number] = z3.IntVal(number, context)
        terms = term.as_ast(), self._numbers[number].as_ast()
        return z3.BoolRef(getattr(z3, how)(context.ref(), *terms), context)

    def _day(self, moved: Moved) -> Any:  # noqa: ANN401 -- z3 has no types
        if moved.variable is None:
            return self._z3.IntVal(moved.base, self._solver.ctx)
        term = self._term(moved.variable)
        if not moved.months and not moved.days:
            return term
        if not moved.months:
            return self._kept_within(term + moved.days, moved)
        if moved not in self._moved:
            self._moved[moved] = self._moved_by_months(moved, term)
        return self._moved[moved]

    def _kept_within(self, term: Any, moved: Moved) -> Any:  # noqa: ANN401 -- z3 has no types
        variable = _variable(moved)
        if variable.low + moved.days < FIRST_DAY:
            term = self._z3.If(term < FIRST_DAY, FIRST_DAY, term)
        if variable.high + moved.days > LAST_DAY:
            term = self._z3.If(term > LAST_DAY, LAST_DAY, term)
        return term

    def _moved_by_months(self, moved: Moved, term: Any) -> Any:  # noqa: ANN401 -- z3 has no types
        day = self._z3.Int(f"m{len(self._moved)}", self._solver.ctx)
        self._moved[moved] = day
        variable = _variable(moved)
        known = pieces(moved, variable, PIECES_AT_ONCE)
        for piece in known or ():
            self._tell(moved, piece)
        if known is None:
            low, high = offsets(moved)
            first_stop, last_stop = stops(moved)
            self._solver.add(self._between(day, moved.at(variable.low), moved.at(variable.high)))
            near = self._z3.And(day >= term + low, day <= term + high)
            self._solver.add(self._z3.Or(near, day <= first_stop, day >= last_stop))
        return day

    def _tell(self, moved: Moved, piece: Piece) -> None:
        """Tell z3 where the days of a piece are moved to, and that days moved do not change their order."""
        term, day = self._terms[_variable(moved)], self._moved[moved]
        z3, last = self._z3, moved.at(piece.last)
        inside = self._between(term, piece.first, piece.last)
        self._solver.add(z3.Implies(inside, day == (piece.day if piece.offset is None else term + piece.offset)))
        self._solver.add(z3.Or(term >= piece.first, day <= piece.day), z3.Or(term <= piece.last, day >= last))


def _variable(moved: Moved) -> Whole:
    variable = moved.variable
    assert variable is not None  # noqa: S101 -- only days that stand on a variable are moved here
    return variable


def _gave_up() -> UnsettledError:
    return UnsettledError(
        "this could not be settled within the steps that the solver may take",
        remedy="treat the answer as unknown, and narrow the ranges of days that were given",
    )
