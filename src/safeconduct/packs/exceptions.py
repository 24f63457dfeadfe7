"""`exception to ID: "name"`: a rule that another act or article puts above a provision, in a stated order."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from safeconduct.packs.clause_lists import list_text, together
from safeconduct.packs.names import no_provision
from safeconduct.packs.reader import Item, Reader, codes, part, strings, tail_of
from safeconduct.packs.scope import Scope
from safeconduct.rules.tree import Clause, Provision


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """An exception and the names of those that it stands over."""

    clause: Clause
    over: tuple[str, ...]


def add_exceptions(
    reader: Reader, items: Iterable[Item], provisions: dict[str, Provision]
) -> dict[str, tuple[Ranked, ...]]:
    """Put all exceptions into the provisions that they defeat; one that stands over another comes after it.

    Args:
        reader: Names, marks and faults.
        items: The declarations.
        provisions: By id; changed in place.
    Returns:
        The exceptions of each provision that has some, in the order in which they apply.
    """
    read: dict[str, list[Ranked]] = {}
    for item in items:
        token = codes(item.header)[0]
        code = str(token)
        if code not in reader.names.provisions:
            reader.faults.append(no_provision(reader.names, token, item.line.place).fault)
        elif code in provisions:
            one = _read(reader, item, provisions[code])
            if one is not None:
                read.setdefault(code, []).append(one)
    ordered = {code: _in_order(reader, found) for code, found in read.items()}
    for code, ranked in ordered.items():
        target = provisions[code]
        provisions[code] = replace(target, clauses=(*target.clauses, *(each.clause for each in ranked)))
    return ordered


def _read(reader: Reader, item: Item, target: Provision) -> Ranked | None:
    place = item.line.place
    scope = Scope(names=reader.names, place=place, about=target.about, governed_by=target.governed_by)
    condition = together(reader, item, item.line.members, scope)
    if not item.line.members:
        reader.fault("LAW009", place, "the exception has no condition", "indent under it: if ...")
    citation = reader.cite(tail_of(item.header), item, place, None)
    if citation is None:
        return None
    name, *over = strings(item.header)
    clause = Clause(
        role="exception",
        text="; ".join(list_text(line) for line in item.line.members),
        condition=condition,
        citation=citation,
        place=place,
        by=name,
        outcome=part(item.header, "holds") is not None,
    )
    return Ranked(clause=clause, over=tuple(over))


def _in_order(reader: Reader, found: list[Ranked]) -> tuple[Ranked, ...]:
    """As written, but each after those that it stands over."""
    names = [one.clause.by for one in found]
    for index, one in enumerate(found):
        if one.clause.by in names[:index]:
            reader.fault("LAW020", one.clause.place, f'"{one.clause.by}" is declared twice', "give it another name")
    placed: list[Ranked] = []
    waiting = list(found)
    while waiting:
        done = {one.clause.by for one in placed}
        ready = [one for one in waiting if done.issuperset(one.over)]
        if not ready:
            for one in waiting:
                hint = "name an exception to the same provision, and let no two stand over one another"
                reader.fault("LAW022", one.clause.place, "it stands over an exception that cannot come before it", hint)
            return tuple(placed)
        placed.extend(ready)
        waiting = [one for one in waiting if one not in ready]
    return tuple(placed)
