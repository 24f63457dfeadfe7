"""One adapter for each implementation: how it gets its facts, how it answers, what it can show of the way there."""

# ruff: noqa: ANN401, D102 -- libraries without types; what a method does stands where Implementation declares it.

import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.people import AS_OF, FITNESS, LAST, Person, Vague

RULES = Path(__file__).resolve().parent / "rules"
IDS = ("XX-LIABLE", "XX-EXIT", "XX-FULL")
OUTPUTS = ("liable", "exit_ban", "full_restrictions")
MASKS: dict[bool | None, int] = {True: 0b01, False: 0b10, None: 0b11}
CATEGORIES = {letter: 1 << index for index, letter in enumerate(FITNESS)}
ANSWERS = (False, None, True)

Answers = tuple[bool | None, ...]
Arguments = tuple[Any, ...]
Work = Callable[..., Any]


class Implementation:
    """Something that answers the three rules for one person.

    Attributes:
        files: The rules that it is given, for counting lines.
        work: What is measured.
    """

    files: tuple[Path, ...]
    work: Work

    def arguments(self, person: Person) -> Arguments:
        """What `work` is called with: the facts in the form that it likes best."""
        raise NotImplementedError

    def answers(self, found: object) -> Answers:
        """The three answers in what `work` returned."""
        raise NotImplementedError

    def told(self, *arguments: object) -> str:
        """The way to the answers as text, from the same arguments."""
        raise NotImplementedError


class TakesUnknown(Implementation):
    """One that takes unknown facts and ranges."""

    def vague(self, person: Vague) -> Arguments:
        """The arguments for somebody of whom not everything is known."""
        raise NotImplementedError


class Plain(Implementation):
    """Hand-written Python for facts that are all known: no unknown, no range, no reasons."""

    files = (RULES / "plain.py",)

    def __init__(self) -> None:
        self.work = import_module("bench.rules.plain").evaluate

    def arguments(self, person: Person) -> Arguments:
        return person, AS_OF

    def answers(self, found: Any) -> Answers:
        return tuple(map(bool, found))


class ThreeValued(TakesUnknown):
    """Hand-written Python with the same unknowns and the same ranges."""

    files = (RULES / "three_valued.py",)

    def __init__(self) -> None:
        self.work = import_module("bench.rules.three_valued").rules(AS_OF)

    def arguments(self, person: Person) -> Arguments:
        born = person["birth_date"].toordinal()
        served, reported = person["summons_served_on"], person["reported_on"]
        first, second = served.toordinal() if served else LAST, reported.toordinal() if reported else LAST
        return (
            *(person["citizen"], person["sex"] == "M", born, born, person["in_reserve"], person["student"]),
            *(CATEGORIES[person["fitness"]], served is not None, first, first, reported is not None, second, second),
        )

    def vague(self, person: Vague) -> Arguments:
        return (
            *(person.citizen, person.male, *person.born, person.in_reserve, person.student, person.fitness),
            *(person.served, *person.served_on, person.reported, *person.reported_on),
        )

    def answers(self, found: Any) -> Answers:
        return tuple(found)


class Ours(TakesUnknown):
    """The page, emitted: `safeconduct.rules.emit`."""

    files = (RULES / "page",)
    slots = "citizen sex birth_date in_reserve fitness student served_on served_on reported_on reported_on"
    """The order of the arguments follows the page; another order stops the measurement."""

    def __init__(self) -> None:
        store, rules = import_module("safeconduct.packs.store"), import_module("safeconduct.rules.emit")
        loaded = store.load_folder(RULES / "page")
        if loaded.faults:
            raise SystemExit("\n".join(map(str, loaded.faults)))
        self.corpus = loaded.corpus
        self.emitted = rules.emit(self.corpus, IDS, AS_OF)
        found = " ".join(slot.name for slot in self.emitted.slots)
        if found != self.slots:
            raise SystemExit(f"the page asks for other facts than the bench gives: {found}")
        self.work = self.emitted.answer

    def arguments(self, person: Person) -> Arguments:
        born = person["birth_date"].toordinal()
        served, reported = person["summons_served_on"], person["reported_on"]
        first, second = served.toordinal() if served else LAST, reported.toordinal() if reported else LAST
        return (
            *(MASKS[person["citizen"]], MASKS[person["sex"] == "M"], born, born, MASKS[person["in_reserve"]]),
            *(CATEGORIES[person["fitness"]], MASKS[person["student"]], MASKS[served is not None], first, first),
            *(MASKS[reported is not None], second, second),
        )

    def vague(self, person: Vague) -> Arguments:
        return (
            *(MASKS[person.citizen], MASKS[person.male], *person.born, MASKS[person.in_reserve], person.fitness),
            *(MASKS[person.student], MASKS[person.served], *person.served_on),
            *(MASKS[person.reported], *person.reported_on),
        )

    def answers(self, found: Any) -> Answers:
        return tuple(ANSWERS[one] for one in found)


class OursExplained(Ours):
    """The same with every step: the clause, whether it is so, what is missing."""

    def __init__(self) -> None:
        super().__init__()
        self.work = self.emitted.explain

    def answers(self, found: Any) -> Answers:
        return tuple(ANSWERS[one.truth.value] for one in found)

    def told(self, *arguments: object) -> str:
        lines = []
        for found in self.emitted.explain(*arguments):
            lines.append(f"{found.id}: {found.truth.name.lower()}")
            lines += [f"    {step.clause.role} {step.text}: {step.truth.name.lower()}" for step in found.steps]
            if found.missing:
                lines.append(f"    missing: {', '.join(found.missing)}")
        return "\n".join(lines)


class OpenFisca(Implementation):
    """The same rules for OpenFisca. A simulation is made for each person, as its web interface does."""

    files = (RULES / "openfisca_rules",)
    trace = False

    def __init__(self) -> None:
        sys.path.insert(0, str(RULES))
        self._builder = import_module("openfisca_core.simulations").SimulationBuilder
        self._system = import_module("openfisca_rules.system").System()
        self._period = AS_OF.isoformat()
        self.work = self._one

    def arguments(self, person: Person) -> Arguments:
        return ({"persons": {"p": {name: {"ETERNITY": one} for name, one in iso(person).items() if one is not None}}},)

    def simulation(self, facts: object) -> Any:
        """A simulation of some people, with the answers calculated."""
        made = self._builder().build_from_entities(self._system, facts)
        made.trace = self.trace
        return made

    def _one(self, facts: object) -> tuple[bool, ...]:
        made = self.simulation(facts)
        return tuple(bool(made.calculate(name, self._period)[0]) for name in OUTPUTS)

    def answers(self, found: Any) -> Answers:
        return tuple(found)

    def of_arrays(self, arrays: dict[str, Any], people: int) -> list[Any]:
        """The answers of many people from arrays of their facts, as arrays: how OpenFisca counts best."""
        made = self._builder().build_default_simulation(self._system, count=people)
        for name, array in arrays.items():
            made.set_input(name, "ETERNITY", array)
        return [made.calculate(name, self._period) for name in OUTPUTS]

    def many(self, known: list[Person]) -> list[Answers]:
        """The answers of many people at once; a fact that is not there takes its default, silently."""
        facts = {str(i): self.arguments(person)[0]["persons"]["p"] for i, person in enumerate(known)}
        made = self.simulation({"persons": facts})
        columns = [made.calculate(name, self._period).tolist() for name in OUTPUTS]
        return list(zip(*columns, strict=True))


class OpenFiscaTraced(OpenFisca):
    """The same with its tracer on."""

    trace = True

    def told(self, *arguments: object) -> str:
        made = self.simulation(*arguments)
        for name in OUTPUTS:
            made.calculate(name, self._period)
        return "\n".join(made.tracer.computation_log.lines())


class Zen(Implementation):
    """The same rules as a ZEN decision graph, compiled once by its loader."""

    files = (RULES / "zen.json",)
    trace = False

    def __init__(self) -> None:
        text = (RULES / "zen.json").read_text(encoding="utf-8")
        loader = {"type": "static", "content": {"rules": json.loads(text)}}
        self.work = import_module("zen").ZenEngine({"loader": loader}).evaluate
        self._options = {"trace": self.trace}

    def arguments(self, person: Person) -> Arguments:
        return "rules", iso(person) | {"on": AS_OF.isoformat()}, self._options

    def answers(self, found: Any) -> Answers:
        return tuple(found["result"][name] for name in OUTPUTS)


class ZenTraced(Zen):
    """The same with its trace on."""

    trace = True

    def told(self, *arguments: object) -> str:
        return json.dumps(self.work(*arguments)["trace"])


IMPLEMENTATIONS: dict[str, type[Implementation]] = {
    "ours": Ours,
    "ours explained": OursExplained,
    "three-valued": ThreeValued,
    "plain": Plain,
    "zen": Zen,
    "zen traced": ZenTraced,
    "openfisca": OpenFisca,
    "openfisca traced": OpenFiscaTraced,
}


def iso(person: Person) -> Person:
    """The same person with days as text."""
    return {name: found.isoformat() if hasattr(found, "isoformat") else found for name, found in person.items()}


def lines_of(*paths: Path) -> int:
    """Lines that are neither blank nor comments; JSON counts as written, one key or bracket a line."""
    files = [file for path in paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    total = 0
    for file in files:
        if file.suffix not in {".py", ".yaml", ".json", ".md"}:
            continue
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".json":
            text = json.dumps(json.loads(text), indent=1)
        total += sum(1 for line in text.splitlines() if line.strip() and not line.strip().startswith("#"))
    return total


def lines_in_blocks(path: Path) -> dict[str, int]:
    """Lines of a page that stand in fenced blocks, by kind of block: without front matter and fences."""
    found: dict[str, int] = {}
    kind = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            kind = line.removeprefix("```")
        elif kind and line.strip():
            found[kind] = found.get(kind, 0) + 1
    return found
