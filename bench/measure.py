"""One measurement in this process, printed as one line of JSON: `python -m bench.measure KIND ARGUMENTS`.

Run by bench/run.py, each time in a fresh process of the environment that holds the peers.
"""

import gc
import json
import random
import sys
import time
import timeit
from collections.abc import Callable
from datetime import date
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.implementations import IDS, IMPLEMENTATIONS, Implementation, Ours, TakesUnknown, lines_in_blocks, lines_of
from bench.people import AS_OF, PERSON, VAGUE, Person, blurred, exactly, hidden, people, without

CHECKED = 3_000
BATCHES = 60
BATCH_S = 0.002
FRAMES = ("altair", "duckdb", "narwhals", "numpy", "pandas", "polars", "pyarrow", "pyspark")
Found = dict[str, Any]


def made(name: str) -> Implementation:
    """An implementation by its name."""
    return IMPLEMENTATIONS[name]()


def per_call(statement: str, **names: object) -> list[float]:
    """Microseconds of processor time that a call takes, one number for each batch of calls."""
    timer = timeit.Timer(statement, "enable()", time.process_time, {**names, "enable": gc.enable})
    timer.timeit(50)
    calls = 1
    while timer.timeit(calls) < BATCH_S:
        calls *= 2
    return [seconds / calls * 1e6 for seconds in timer.repeat(BATCHES, calls)]


def timed(name: str, how: str) -> Found:
    """One person.

    Args:
        name: The implementation.
        how: `ready` (the facts stand ready), `dict` (from a dict of facts), `vague` (unknowns and ranges), `told` and
            `told vague` (the explanation as text).
    """
    one = made(name)
    unsure = one.vague(VAGUE) if isinstance(one, TakesUnknown) else ()
    if how == "dict":
        return {"us": per_call("work(*ready(person))", work=one.work, ready=one.arguments, person=PERSON)}
    arguments = unsure if how.endswith("vague") else one.arguments(PERSON)
    work = one.told if how.startswith("told") else one.work
    return {"us": per_call("work(*arguments)", work=work, arguments=arguments)}


def checked(name: str) -> Found:
    """Whether an implementation agrees: with plain Python on exact people, and what it says of vague ones."""
    one, plain = made(name), made("plain")
    rng = random.Random(11)  # noqa: S311 -- invented people
    wrong = unsound = 0
    said: list[str] = []
    for person in people(CHECKED):
        truth = plain.answers(plain.work(*plain.arguments(person)))
        wrong += one.answers(one.work(*one.arguments(person))) != truth
        unsure = blurred(without(exactly(person), hidden(person, 0.2, rng)), rng)
        if isinstance(one, TakesUnknown):
            found = one.answers(one.work(*one.vague(unsure)))
            unsound += any(answer not in (None, right) for answer, right in zip(found, truth, strict=True))
            said += map(str, found)
    return {"wrong": wrong, "unsound": unsound, "said": said}


def hiding(name: str, share: str, number: str) -> Found:
    """What is said of people whose facts are hidden with some probability, against what is so.

    Args:
        name: `ours` or `openfisca`.
        share: Probability for each fact of each person.
        number: So many people.
    """
    one, plain = made(name), made("plain")
    rng = random.Random(3)  # noqa: S311 -- invented people
    everybody = people(int(number))
    gone = [hidden(person, float(share), rng) for person in everybody]
    if isinstance(one, Ours):
        found = [
            one.answers(one.work(*one.vague(without(exactly(person), names))))
            for person, names in zip(everybody, gone, strict=True)
        ]
    else:
        known: list[Person] = [
            {name: fact for name, fact in person.items() if name not in names}
            for person, names in zip(everybody, gone, strict=True)
        ]
        found = one.many(known)  # type: ignore[attr-defined] # only OpenFisca comes here
    truths = [plain.answers(plain.work(*plain.arguments(person))) for person in everybody]
    pairs = [pair for given, right in zip(found, truths, strict=True) for pair in zip(given, right, strict=True)]
    first = [(given[0], right[0]) for given, right in zip(found, truths, strict=True)]
    return {
        "answers": len(pairs),
        "unknown": sum(given is None for given, _ in pairs),
        "wrong": sum(given is not None and given != right for given, right in pairs),
        "liable": sum(bool(right) for _, right in first),
        "liable wrong": sum(given is not None and given != right for given, right in first),
    }


def several(work: Callable[[], object], *, least: int, seconds: float) -> list[float]:
    """Milliseconds of processor time of each of some calls: at least so many, and as many as the time allows."""
    found: list[float] = []
    end = time.perf_counter() + seconds
    while len(found) < least or time.perf_counter() < end:
        began = time.process_time()
        work()
        found.append((time.process_time() - began) * 1000)
    return found


def position(file: str, day: str) -> Found:
    """All packs, one person: every finding explained, exact certainty, changes over two years."""
    store, telling = import_module("safeconduct.packs.store"), import_module("safeconduct.rules.telling")
    engine = import_module("safeconduct.rules.position")
    corpus = store.load_corpus()
    text, on = Path(file).read_bytes(), date.fromisoformat(day)

    def assess() -> Any:  # noqa: ANN401 -- a position
        situation = telling.read_situation(text, corpus.vocabulary, form="yaml")
        return engine.assess(corpus, situation, on=on)

    began = time.process_time()
    found = assess()
    first = (time.process_time() - began) * 1000
    times = several(assess, least=3, seconds=2)
    return {"first_ms": first, "ms": times, "findings": len(found.findings), "changes": len(found.changes)}


def finding() -> Found:
    """The three rules by what stands behind `assess`: findings with reasons, sources and what is missing."""
    engine, situations = import_module("safeconduct.rules.position"), import_module("safeconduct.rules.telling")
    corpus = Ours().corpus
    text = b"""person:
  {birth_date: 1996, sex: M, citizen: yes, student: no, fitness: [A, B], served_on: 2024-03-20..2024-04-20}"""
    situation = situations.read_situation(text, corpus.vocabulary, form="yaml")

    def findings() -> list[object]:
        one = engine.Assessor(corpus, situation)
        return [one.finding(name, AS_OF.toordinal()) for name in IDS]

    return {"us": [ms * 1000 for ms in several(findings, least=20, seconds=1)]}


def imports() -> Found:
    """How long the engine takes to import, for whoever asks about one person."""
    began = time.process_time()
    for name in ("safeconduct.rules.position", "safeconduct.rules.telling", "safeconduct.packs.store"):
        import_module(name)
    took = time.process_time() - began
    import_module("safeconduct.rules.emit")
    return {"ms": [took * 1000], "frames": [name for name in FRAMES if name in sys.modules]}


def frames(*arguments: str) -> Found:
    """The data frames that are imported once the whole command has run."""
    cli = import_module("safeconduct.cli")
    sys.argv = ["safeconduct", *arguments]
    answer, sys.stdout = sys.stdout, open("/dev/null", "w", encoding="utf-8")  # noqa: SIM115, PTH123 -- until we exit
    try:
        cli.main()
    except SystemExit as ended:
        if ended.code:
            raise
    finally:
        sys.stdout = answer
    return {"frames": [name for name in FRAMES if name in sys.modules], "z3": "z3" in sys.modules}


def lines() -> Found:
    """Lines of the rules of each implementation, and of our page by kind of block."""
    page = next(Ours.files[0].rglob("*.md"))
    whole = {name: lines_of(*kind.files) for name, kind in IMPLEMENTATIONS.items()}
    return {"lines": whole, "blocks": lines_in_blocks(page)}


def versions() -> Found:
    """What was installed."""
    return {
        name: version(name)
        for name in ("safeconduct", "openfisca-core", "zen-engine", "numpy", "polars", "narwhals", "z3-solver")
    }


KINDS: dict[str, Callable[..., Found]] = {
    "timed": timed,
    "checked": checked,
    "hiding": hiding,
    "position": position,
    "finding": finding,
    "imports": imports,
    "frames": frames,
    "lines": lines,
    "versions": versions,
}

if __name__ == "__main__":
    print(json.dumps(KINDS[sys.argv[1]](*sys.argv[2:])))
