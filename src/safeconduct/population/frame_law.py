"""The law for a whole frame: each provision as a formula over columns, for people to whom no event has happened.

Facts about a person are columns; a history is not. So the formulas are those of a person of whom it is known that no
event of the vocabulary has happened (nobody is enlisted, served a summons, abroad), and whoever counts says so.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import product

from safeconduct.population.shape import factored
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.formula import Choice, Formula, Whole
from safeconduct.rules.ground import Ground
from safeconduct.rules.kleene import residual, variables
from safeconduct.rules.people import People
from safeconduct.rules.reading_of import Cones
from safeconduct.rules.situation import Closed, Situation
from safeconduct.rules.tree import CountOf, ItemAged, ItemIs
from safeconduct.rules.vocabulary import NONE, PRESENT, Vocabulary
from safeconduct.values.errors import QuestionError

SEPARATOR = "__"
_NAMED_AT_MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnLaw:
    """A provision on one day.

    Args:
        id: Its id.
        cases: Its formula under each combination of readings; one if no conflict of sources bears on it.
    """

    id: str
    cases: tuple[Formula, ...]

    @property
    def variables(self) -> tuple[Choice | Whole, ...]:
        """What it reads, each once; the name of a variable is that of its column."""
        return tuple(dict.fromkeys(one for case in self.cases for one in variables(case)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What a column holds.

    Args:
        name: Its name; of a range of days or numbers without `_from` and `_to`.
        fact: The fact of the vocabulary.
        field: The field of a record; "" for the fact itself.
        asks: What a column of yes and no asks: whether there is such a thing (EXISTS), whether a list holds a word or a
            field one of some codes (those), how many records meet something (the count), or the fact itself (None).
    """

    name: str
    fact: str
    field: str = ""
    asks: "Exists | frozenset[str] | CountOf | None" = None


class Exists(Enum):
    """Asks whether there is such a thing at all."""

    EXISTS = "exists"


class FramePeople(People):
    """Facts as columns: every use of one fact is one variable, since a column holds one value for all days."""

    def __init__(self, vocabulary: Vocabulary, situation: Situation) -> None:
        """Start without columns; they are made when first mentioned."""
        super().__init__(vocabulary, situation)
        self.columns: dict[str, Column] = {}

    def choice(self, key: tuple[object, ...], name: str, words: tuple[str, ...], possible: frozenset[str]) -> Choice:
        """The variable of a column of words."""
        column = self._column(key, name, words)
        return super().choice(("column", column.name), column.name, words, possible)

    def whole(self, key: tuple[object, ...], name: str, low: int, high: int) -> Whole:  # noqa: ARG002 -- as People
        """The variable of a column of days or numbers."""
        column = self._kept(_named(name, ""))
        return super().whole(("column", column.name), column.name, low, high)

    def includes(self, name: str, value: str, *_day: object) -> Formula:
        """A list is one column of yes and no for each of its words."""
        return self.unknown(("word", frozenset({value})), name)

    def _column(self, key: tuple[object, ...], name: str, words: tuple[str, ...]) -> Column:
        match key:
            case ("count", CountOf() as node, *_):
                return self._kept(Column(name=_count_name(node), fact=node.fact, asks=node))
            case (*_, frozenset() as values):
                codes = frozenset(map(str, values))
                return self._kept(_named(name, "_or_".join(sorted(codes)), asks=codes))
            case ("exists", *_):
                return self._kept(_named(name, "exists", asks=Exists.EXISTS))
            case _ if words == (PRESENT, NONE):
                return self._kept(_named(name, "exists", asks=Exists.EXISTS))
            case _:
                return self._kept(_named(name, ""))

    def _kept(self, column: Column) -> Column:
        """One column for one meaning."""
        kept = self.columns.setdefault(column.name, column)
        if kept != column:
            message = f"two different questions would share the column {column.name}"
            raise ValueError(message)
        return kept


def _named(name: str, ending: str, asks: "Exists | frozenset[str] | None" = None) -> Column:
    fact, _, field = name.partition(".")
    return Column(
        name=SEPARATOR.join(part for part in (fact, field, ending) if part), fact=fact, field=field, asks=asks
    )


def _count_name(node: CountOf) -> str:
    """Records are counted beforehand: `children__at_least_3__dependent_is_yes__aged_under_16`."""
    parts = [node.fact, f"at_least_{node.least}"]
    for part in node.conditions:
        if isinstance(part, ItemIs):
            first, *others = sorted(part.values)
            more = (
                f"_or_{len(others)}_others" if len(others) > _NAMED_AT_MOST else "".join(f"_or_{one}" for one in others)
            )
            parts.append(f"{part.field}_is_{first}{more}")
        elif isinstance(part, ItemAged):
            least = f"_from_{part.least}" if part.least is not None else ""
            under = f"_under_{part.under}" if part.under is not None else ""
            parts.append(f"aged{least}{under}")
    return SEPARATOR.join(parts).replace(".", "_")


class FrameLaw:
    """All provisions that columns can answer, on one day.

    Args:
        corpus: The law.
        on: The day asked.
    """

    def __init__(self, corpus: Corpus, on: date) -> None:
        self.corpus = corpus
        self.on = on.toordinal()
        self.people = FramePeople(corpus.vocabulary, nothing_happened(corpus.vocabulary))
        self._cones = Cones(corpus)
        self._laws: dict[str, ColumnLaw] = {}
        self._grounds: dict[tuple[tuple[str, int], ...], Ground] = {}

    def law(self, name: str) -> ColumnLaw:
        """A provision as formulas over columns.

        Args:
            name: Its id.
        Raises:
            QuestionError: If there is no such provision, or it asks for more than columns can hold.
        """
        kept = self._laws.get(name)
        if kept is None:
            kept = self._laws[name] = self._law(name)
        return kept

    def _law(self, name: str) -> ColumnLaw:
        provision = self.corpus.provisions.get(name)
        if provision is None:
            raise QuestionError("there is no such provision", remedy="safeconduct law list shows all", code="POP01")
        found = ColumnLaw(id=name, cases=tuple(self._case(name, readings) for readings in self._readings(name)))
        if not all(self.people.columns[one.name].fact in self.corpus.vocabulary.facts for one in found.variables):
            raise QuestionError(
                f"{name} needs a history or a calendar, which columns do not hold",
                remedy="ask for it person by person with assess",
                code="POP02",
            )
        return found

    def columns(self, names: tuple[str, ...]) -> dict[str, tuple[Column, Choice | Whole]]:
        """The columns that some provisions read, with their variables, in order of appearance.

        Args:
            names: Ids of provisions that columns can answer.
        """
        found = {one.name: one for name in names for one in self.law(name).variables}
        return {name: (self.people.columns[name], one) for name, one in found.items()}

    def answerable(self) -> tuple[str, ...]:
        """Ids of all provisions that columns can answer, in the order of the pages."""
        return tuple(name for name in self.corpus.provisions if self._is_answerable(name))

    def _is_answerable(self, name: str) -> bool:
        try:
            self.law(name)
        except QuestionError:
            return False
        return True

    def _readings(self, name: str) -> list[tuple[tuple[str, int], ...]]:
        conflicts = sorted(self._cones.conflicts(name))
        counts = [range(len(self.corpus.conflicts[one].readings)) for one in conflicts]
        return [tuple(zip(conflicts, chosen, strict=True)) for chosen in product(*counts)]

    def _case(self, name: str, readings: tuple[tuple[str, int], ...]) -> Formula:
        ground = self._grounds.get(readings)
        if ground is None:
            ground = self._grounds[readings] = self._new_ground(readings)
        return factored(residual(ground.provision(name).formula, self.on))

    def _new_ground(self, readings: tuple[tuple[str, int], ...]) -> Ground:
        ground = Ground(self.corpus, self.people.situation, dict(readings))
        # One set of people for all readings, so that a column is one variable everywhere.
        ground.people = self.people
        return ground


def nothing_happened(vocabulary: Vocabulary) -> Situation:
    """A person of whom no fact is known, and that no event has happened."""
    return Situation(facts={}, closed=tuple(Closed(kind=kind) for kind in vocabulary.events))
