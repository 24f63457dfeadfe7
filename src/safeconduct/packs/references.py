"""Which provisions and terms a condition rests on."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from safeconduct.rules.tree import Holds, Provision, Term


def names_in(value: object) -> Iterator[str]:
    """Every provision or term that a part of the tree names."""
    if isinstance(value, Holds):
        yield value.name
    elif isinstance(value, tuple):
        for part in value:
            yield from names_in(part)
    elif is_dataclass(value):
        for part in fields(value):
            yield from names_in(getattr(value, part.name))


def cycles(provisions: dict[str, Provision], terms: dict[str, Term]) -> list[str]:
    """The names that rest on themselves, sorted."""
    edges = {name: set(names_in(item)) for name, item in (*provisions.items(), *terms.items())}
    done: set[str] = set()
    found: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            found.update(path[path.index(name) :])
        elif name not in done:
            for other in edges.get(name, ()):
                visit(other, (*path, name))
            done.add(name)

    for name in edges:
        visit(name, ())
    return sorted(found)
