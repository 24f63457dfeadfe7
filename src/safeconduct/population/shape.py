"""Formulas in a shape in which Kleene's tables are exact more often, and cheaper to compute for many."""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from safeconduct.rules.cells import Cut, cut, literals, range_of
from safeconduct.rules.formula import (
    FAILS,
    HOLDS,
    And,
    AtLeast,
    Choice,
    Formula,
    In,
    Inverse,
    Moved,
    Or,
    Settled,
    Within,
    conjunction,
    disjunction,
)
from safeconduct.rules.kleene import Atom, Variable, mapped, variables


def factored(formula: Formula) -> Formula:
    """The same formula with what all alternatives share taken out of them, and each part standing once.

    "resident and young and student, or resident and young and carer" becomes "resident and young, and student or
    carer": a fact that stood twice stands once.
    """
    match formula:
        case And(parts):
            return _joined(parts, outer=And)
        case Or(parts):
            return _joined(parts, outer=Or)
        case Inverse(part):
            return _turned(factored(part))
        case AtLeast(least, parts):
            return AtLeast(least, tuple(map(factored, parts)))
        case Settled() | In() | Within():
            return formula


def _turned(part: Formula) -> Formula:
    """The opposite with "not" at the atoms, so that alternatives of a negation can be joined as well."""
    match part:
        case Inverse(inner):
            return inner
        case And(parts):
            return _joined(tuple(map(_turned, parts)), outer=Or)
        case Or(parts):
            return _joined(tuple(map(_turned, parts)), outer=And)
        case Settled(holds):
            return Settled(holds=not holds)
        case In(choice, mask):
            return In(choice, choice.possible & ~mask)
        case _:
            return Inverse(part)


def _joined(parts: tuple[Formula, ...], *, outer: type[And] | type[Or]) -> Formula:
    inner = Or if outer is And else And
    flat: dict[Formula, None] = {}
    for part in map(factored, parts):
        flat.update(dict.fromkeys(part.parts if isinstance(part, outer) else (part,)))
    kept = _absorbed(list(flat), inner)
    shared = _shared(kept, inner)
    build, build_inner = (conjunction, disjunction) if outer is And else (disjunction, conjunction)
    if not shared:
        return build(kept)
    rests = [build_inner([one for one in _inside(part, inner) if one not in shared]) for part in kept]
    return factored(build_inner([*shared, build(rests)]))


def _inside(part: Formula, inner: type[And] | type[Or]) -> tuple[Formula, ...]:
    return part.parts if isinstance(part, inner) else (part,)


def _shared(parts: list[Formula], inner: type[And] | type[Or]) -> list[Formula]:
    """What every part has, if there are several."""
    if len(parts) < 2:  # noqa: PLR2004 -- one alternative shares nothing
        return []
    first, *others = (dict.fromkeys(_inside(part, inner)) for part in parts)
    return [one for one in first if all(one in other for other in others)]


def _absorbed(parts: list[Formula], inner: type[And] | type[Or]) -> list[Formula]:
    """Without parts that say no more than another: "a, or a and b" is "a"."""
    sets = [set(_inside(part, inner)) for part in parts]
    return [
        part
        for index, part in enumerate(parts)
        if not any(other < sets[index] for at, other in enumerate(sets) if at != index)
    ]


def clusters(parts: tuple[Formula, ...]) -> list[list[Formula]]:
    """The parts in groups that share no variable, in order of appearance: each group can be looked at for itself."""
    groups: list[tuple[set[object], list[Formula]]] = []
    for part in parts:
        touched: set[object] = set(variables(part))
        members = [part]
        apart = []
        for names, group in groups:
            if names & touched:
                touched |= names
                members = [*group, *members]
            else:
                apart.append((names, group))
        groups = [*apart, (touched, members)]
    return [group for _, group in groups]


def shared_cells(formula: Formula) -> Cut | None:
    """The cells of the variable that stands in most atoms, and in few cells rather than many; None if none does twice.

    Variables that are compared with one another have no cells.
    """
    atoms: dict[Variable, set[Atom]] = defaultdict(set)
    places: dict[Variable, int] = defaultdict(int)
    compared: set[Variable] = set()
    for atom, _ in literals(formula):
        found = variables(atom)
        if isinstance(atom, Within) and range_of(atom) is None:
            compared.update(found)
        for one in found:
            atoms[one].add(atom)
            places[one] += 1
    best: Cut | None = None
    for variable, number in sorted(places.items(), key=lambda item: -item[1]):
        if number < 2 or variable in compared:  # noqa: PLR2004 -- what stands once is exact
            continue
        found_cut = cut(atoms[variable])
        if found_cut is not None and (best is None or len(found_cut[0].marks) < len(best.marks)):
            best = found_cut[0]
        if best is not None and number < places[best.variable]:
            break
    return best


def restricted(formula: Formula, cells: Cut) -> Iterator[tuple[Atom, Formula]]:
    """For each cell of a variable, that it lies there, and what is then left of the formula."""
    variable = cells.variable
    for index, mark in enumerate(cells.marks):
        if isinstance(variable, Choice):
            inside: Atom = In(variable, mark)
        else:
            last = cells.marks[index + 1] - 1 if index + 1 < len(cells.marks) else variable.high
            inside = Within(Moved(variable), Moved(None, mark), Moved(None, last))
        yield inside, factored(mapped(formula, partial(_settled, variable=variable, mark=mark)))


def _settled(atom: Atom, variable: Variable, mark: int) -> Formula:
    """An atom of the variable settled for a cell; any other atom as it is."""
    if isinstance(atom, In):
        if atom.choice is not variable:
            return atom
        return HOLDS if mark & atom.mask else FAILS
    found = range_of(atom)
    if found is None or found[0] is not variable:
        return atom
    return HOLDS if found[1] <= mark <= found[2] else FAILS
