"""Formulas in which every variable stands once: where nothing else ties the variables, each can hold and can fail.

Half of what is unknown of a person is of this kind, and two worlds that show it can be read off.
"""

from safeconduct.rules.cells import literals, range_of
from safeconduct.rules.formula import Choice, Formula, In, Whole
from safeconduct.rules.world import World


def apart(left: Formula) -> dict[bool, World] | None:
    """A world in which a formula holds and one in which it fails, if each of its variables stands in one atom.

    Args:
        left: An unknown formula as `residual` leaves it, on whose variables no constraint bears.
    Returns:
        Worlds of all its variables; None if a variable stands twice, or an atom compares two.
    """
    holding: World = {}
    failing: World = {}
    for atom, positive in literals(left):
        if isinstance(atom, In):
            variable: Choice | Whole = atom.choice
            within = atom.mask & atom.choice.possible
            beyond = atom.choice.possible & ~atom.mask
            inside, outside = within & -within, beyond & -beyond
        else:
            span = range_of(atom)
            if span is None:
                return None
            variable, first, last = span
            # As far as can be from where the range ends: that may move with the day asked.
            inside = last if last == variable.high else first
            outside = variable.low if first > variable.low else variable.high
        if variable in holding:
            return None
        # All parts of "and", of "or" and of a count do what the whole is to do.
        holding[variable], failing[variable] = (inside, outside) if positive else (outside, inside)
    return {True: holding, False: failing}
