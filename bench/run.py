"""`make bench`: measures Safeconduct beside its peers, in one run, and prints one table with ratios.

It installs the peers itself, checks first that all implementations agree, and prints no figure if they do not. Every
measurement runs in a fresh process; rounds alternate between implementations, so that a busy minute hits all of them.
`--quick` runs one round instead of five.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run by its path, as the Makefile does

from bench.environment import BIN, BenchError, machine, measured, prepare  # noqa: E402 -- found by the line above
from bench.population import draw, of_many_people  # noqa: E402 -- as above
from bench.table import NONE, Aims, Row, figures, heading, markdown  # noqa: E402 -- as above

ROUNDS = 5
COLD_RUNS = 9
SHARES = ("0.05", "0.2", "0.5", "0.9")
HIDING = {"ours": "20000", "openfisca": "20000"}
CASES = (
    ("alex", "2023-12-12"),
    ("student", "2023-11-15"),
    ("twenty-eight", "2024-01-01"),
    ("stay-ends", "2023-12-12"),
    ("never-reached-a-unit", "2023-12-12"),
)
NAMES = {
    "ours": "Safeconduct",
    "ours explained": "Safeconduct",
    "three-valued": "hand-written, three-valued, same ranges",
    "plain": "hand-written, all facts known",
    "zen": "ZEN, loader",
    "zen traced": "ZEN with trace",
    "openfisca": "OpenFisca",
    "openfisca traced": "OpenFisca with trace",
}
ANSWERING = ("ours", "three-valued", "plain", "zen", "openfisca")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Implementations that are timed in the same way.

    Args:
        title: Heading in the table.
        how: As for `timed` in bench/measure.py.
        names: The implementations.
        reference: The one that ratios are to.
        target: What Safeconduct takes at most, in microseconds.
        most: The ratio of Safeconduct is at most this; 0 for no target.
    """

    title: str
    how: str
    names: tuple[str, ...]
    reference: str
    target: float
    most: float = 0


def _explained(title: str, how: str, *others: str) -> Group:
    return Group(title=title, how=how, names=("ours explained", *others), reference="ours explained", target=30)


def _answered(title: str, how: str, names: tuple[str, ...]) -> Group:
    return Group(title=title, how=how, names=names, reference="three-valued", target=3, most=2)


GROUPS = (
    _answered("Three rules, one person, facts ready", "ready", ANSWERING),
    _answered("The same with unknown facts and ranges", "vague", ("ours", "three-valued")),
    _answered("The same from a dict of facts", "dict", ANSWERING),
    _explained("With full explanation", "ready", "zen traced", "openfisca traced"),
    _explained("With full explanation, unknown facts and ranges", "vague"),
    _explained("With full explanation as text", "told", "zen traced", "openfisca traced"),
    _explained("As text, unknown facts and ranges", "told vague"),
)
_T = TypeVar("_T")
Times = dict[tuple[str, str], list[list[float]]]


def asked(*arguments: str, cache: Path | None = None) -> dict[str, Any]:
    """One measurement as it was printed."""
    found: dict[str, Any] = json.loads(measured(*arguments, cache=cache).splitlines()[-1])
    return found


def agree() -> None:
    """Stop if the implementations do not agree.

    Raises:
        BenchError: With who disagrees, and how often.
    """
    said: dict[str, list[str]] = {}
    for name in progress("agreement on 3,000 people", tuple(NAMES)):
        found = asked("checked", name)
        if found["wrong"] or found["unsound"]:
            raise BenchError(
                f"{NAMES[name]} disagrees with plain Python on {found['wrong']} of 3,000 people whose facts are known, "
                f"and says what is not so of {found['unsound']} with hidden facts and ranges: no figures"
            )
        if found["said"]:
            said[name] = found["said"]
    if len({tuple(found) for found in said.values()}) != 1:
        raise BenchError("the three-valued implementations say different things of people with ranges: no figures")


def progress(what: str, names: Iterable[_T]) -> Iterator[_T]:
    """The same names one by one, with a line on the terminal for each."""
    listed = list(names)
    for number, name in enumerate(listed, start=1):
        shown = " ".join(map(str, name)) if isinstance(name, tuple) else str(name)
        print(f"[{number}/{len(listed)}] {what}: {shown}", file=sys.stderr, flush=True)
        yield name


def times(rounds: int) -> Times:
    """Microseconds of one person, for each way and each implementation, round by round."""
    wanted = [(group.how, name) for group in GROUPS for name in group.names]
    found: Times = {}
    for _, how, name in progress("one person", ((turn, *pair) for turn in range(1, rounds + 1) for pair in wanted)):
        found.setdefault((how, name), []).append(asked("timed", name, how)["us"])
    return found


def of_one_person(found: Times) -> list[Row]:
    """The rows of one person and three rules."""
    rows = []
    for group in GROUPS:
        rows.append(heading(group.title))
        against = found[group.how, group.reference]
        for name in group.names:
            ours = name.startswith("ours")
            aims = Aims(median=group.target, ratio=group.most) if ours else NONE
            rows.append(figures(NAMES[name], found[group.how, name], "µs", against=against, aims=aims))
    return rows


def of_all_packs(rounds: int, cache: Path) -> list[Row]:
    """The rows of one person and all law that is shipped, in a warm process."""
    rows = [heading("All packs, one person, every finding explained, changes over two years, warm")]
    for name, day in progress("all packs", CASES):
        found = [asked("position", f"examples/{name}.yaml", day, cache=cache) for _ in range(rounds)]
        what = f"{name} on {day}: {found[0]['findings']} findings, {found[0]['changes']} changes"
        rows.append(figures(what, [one["ms"] for one in found], "ms", aims=Aims(median=150)))
        if name == CASES[0][0]:
            rows.append(figures("the same, first time in a process", [[one["first_ms"]] for one in found], "ms"))
    toy = [asked("finding")["us"] for _ in range(rounds)]
    rows.append(figures("three findings of the toy rules, vague person, by the same way", toy, "µs"))
    return rows


def seconds(command: tuple[str, ...], cache: Path) -> tuple[float, float]:
    """How long a command takes from the shell's point of view, and the processor time in that."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}  # noqa: TID251 -- handed on
    before, began = os.times(), time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, env=environment)
    took, after = time.perf_counter() - began, os.times()
    busy = after.children_user + after.children_system - before.children_user - before.children_system
    return took, busy


def of_the_shell(cache: Path) -> list[Row]:
    """The rows of cold starts."""
    assess = (str(BIN / "safeconduct"), "assess", "examples/alex.yaml", "--on", "2023-12-12")
    rows = [heading("From the shell, cold, all packs")]
    kept = []
    first = []
    for number in progress("assess from the shell", range(1, COLD_RUNS + 1)):
        empty = cache / f"empty-{number}"
        empty.mkdir()
        if number <= 3:  # noqa: PLR2004 -- these take long and say the same
            first.append(seconds(assess, empty))
        kept.append(seconds(assess, cache))
    clock, busy = ([[pair[index] for pair in kept]] for index in (0, 1))
    rows.append(figures("`assess`, law compiled before", clock, "s", aims=Aims(median=0.4)))
    rows.append(figures("the same, bound", clock, "s", aims=Aims(median=0.6)))
    rows.append(figures("the same, processor time alone", busy, "s"))
    rows.append(figures("`assess`, first run, nothing compiled", [[pair[0] for pair in first]], "s"))
    rows.append(figures("the same, processor time alone", [[pair[1] for pair in first]], "s"))
    bare = [seconds((str(BIN / "python"), "-c", "pass"), cache) for _ in range(COLD_RUNS)]
    rows.append(figures("a Python that does nothing", [[pair[0] for pair in bare]], "s"))
    imported = [asked("imports") for _ in range(COLD_RUNS)]
    rows.append(
        figures("importing the engine", [[one["ms"][0] / 1000 for one in imported]], "s", aims=Aims(median=0.15))
    )
    seen = asked("frames", *assess[1:], cache=cache)
    loaded = sorted({*imported[0]["frames"], *seen["frames"]})
    rows.append(
        Row(
            what="data frames imported by a whole `assess`",
            cells=(str(len(loaded)), "", ""),
            target="0",
            met="yes" if not loaded else f"no: {', '.join(loaded)}",
        )
    )
    return rows


def of_hiding() -> list[Row]:
    """The rows of facts hidden at random."""
    rows = [heading("Facts hidden at random: answers that are given and wrong, of 60,000")]
    for name, share in progress("hidden facts", [(name, share) for name in HIDING for share in SHARES]):
        found = asked("hiding", name, share, HIDING[name])
        unknown, ours = found["unknown"] / found["answers"], name == "ours"
        what = f"{NAMES[name]}, each fact hidden with {float(share):.0%}: {unknown:.1%} unknown"
        rows.append(
            Row(
                what=what,
                cells=(f"{found['wrong']:,}", "", ""),
                ratio=f"{found['liable wrong']:,} on {found['liable']:,} liable",
                target="0" if ours else "",
                met=("yes" if not found["wrong"] else "no") if ours else "",
            )
        )
    return rows


def of_lines() -> list[Row]:
    """The rows of lines that somebody must read."""
    found = asked("lines")
    blocks, whole = found["blocks"], found["lines"]
    inside = sum(blocks.values())
    rows = [heading("Lines a lawyer reads for the three rules")]
    split = ", ".join(f"{number} of {kind}" for kind, number in sorted(blocks.items()))

    def row(what: str, number: int, *, aimed: bool = False) -> Row:
        met = "yes" if number <= 25 else f"no, {number - 25} lines more"  # noqa: PLR2004 -- the target
        cells = (str(number), "", "")
        return Row(what=what, cells=cells, target="<= 25" if aimed else "", met=met if aimed else "")

    rows.append(row(f"our page, the blocks ({split})", inside, aimed=True))
    rows.append(row("our page with front matter and fences", whole["ours"], aimed=True))
    rows += [row(NAMES[name], whole[name]) for name in ("plain", "three-valued", "zen", "openfisca")]
    return rows


def main(arguments: list[str]) -> int:
    """Measure everything.

    Returns:
        0 if there are figures, 1 if not.
    """
    rounds = 1 if "--quick" in arguments else ROUNDS
    try:
        prepare()
        agree()
        with tempfile.TemporaryDirectory() as folder:
            cache = Path(folder)
            steps: tuple[Callable[[], list[Row]], ...] = (
                lambda: of_one_person(times(rounds)),
                lambda: of_all_packs(rounds, cache),
                lambda: of_the_shell(cache),
                of_hiding,
                of_lines,
            )
            rows = [row for step in steps for row in step()]
        many, points = of_many_people(rounds, quick=rounds == 1)
        rows += many
        said = machine()
        draw(points, said)
    except (BenchError, subprocess.CalledProcessError) as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    print(f"\n{said}\n")
    print(
        "All implementations agree on 3,000 people; the three-valued ones also on 3,000 with facts hidden and blurred."
    )
    print("Times inside a process are processor time; from the shell they are by the clock.")
    print("A ratio is to the hand-written three-valued rules, or to Safeconduct where explanations are compared.\n")
    print(markdown(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
