"""Many people: Safeconduct beside hand-written Polars, OpenFisca and ZEN, the Russian pages, a hundred million.

Part of `make bench`; alone: `.venv/bin/python bench/population.py [--quick]`. `--quick` leaves out the hundred million,
takes a million people for the Russian pages, and runs one round instead of five.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run by its path, as bench/run.py is

from bench.environment import BenchError, machine, measured, prepare  # noqa: E402 -- found by the line above
from bench.table import Row, figures, heading, markdown  # noqa: E402 -- as above

TEN_MILLION = "1e7"
SIZES = ("1e4", "1e5", "1e6", TEN_MILLION, "1e8")
PEOPLE = {"1e4": "10,000", "1e5": "100,000", "1e6": "1,000,000", "1e7": "10,000,000", "1e8": "100,000,000"}
_LARGEST = "1e8"
_MIB_AT_MOST, _READINGS_AT_MOST = 2048, 10
Found = dict[str, Any]


def job(name: str, size: str) -> Found:
    """A measurement in a process of its own."""
    print(f"... many people: {name} {size}", file=sys.stderr, flush=True)
    found: Found = json.loads(measured(name, size, module="bench.many").splitlines()[-1])
    return found


def of_many_people(rounds: int, *, quick: bool) -> tuple[list[Row], list[Found]]:
    """All rows about many people, and the points of the chart of how the time grows.

    Raises:
        BenchError: If two implementations count different people.
    """
    sizes = [size for size in SIZES if not (quick and size == _LARGEST)]
    for size in sizes:
        job("make_all", size)
    packed = "1e6" if quick else TEN_MILLION
    job("make_pack", packed)
    points: list[Found] = []
    rows = [*_in_memory(rounds), *_russian(packed), *_from_files(sizes, points), *_peers_grow(points)]
    return rows, points


def _in_memory(rounds: int) -> Iterator[Row]:
    """10 million people in memory, everything known: the same people, the same rules, counting."""
    yield heading("10 million people in memory, three rules, counted: processor time")
    names = ("ours_known", "by_hand_known", "openfisca")
    found = [{name: job(name, TEN_MILLION) for name in names} for _ in range(rounds)]
    _agree(*(one[name]["found"] for one in found for name in names))
    zen = [job("zen", TEN_MILLION) for _ in range(min(rounds, 3))]
    _agree(job("ours_of_zens", TEN_MILLION)["found"], *(one["found"] for one in zen))
    times = {name: [[one[name]["seconds"]] for one in found] for name in names}
    ours = times["ours_known"]
    yield figures("Safeconduct, from the page", ours, "s")
    yield figures("Polars by hand, limits of age folded", times["by_hand_known"], "s")
    yield _speed("speed of Safeconduct against Polars by hand", times["by_hand_known"], ours, least=0.8)
    yield figures("OpenFisca, its arrays ready", times["openfisca"], "s")
    yield _speed("speed of Safeconduct against OpenFisca", times["openfisca"], ours, least=50)
    scaled = [[one["seconds"] * 10_000_000 / one["people"]] for one in zen]
    yield figures("ZEN, one after another: 100,000 of them timed, times 100", scaled, "s")
    yield _speed("speed of Safeconduct against ZEN", scaled, ours[: len(scaled)], least=1000)
    gaps = [{name: job(name, TEN_MILLION) for name in ("ours_vague", "by_hand_vague")} for _ in range(rounds)]
    _agree(*(one[name]["found"] for one in gaps for name in one))
    hand, page = ([[one[name]["seconds"]] for one in gaps] for name in ("by_hand_vague", "ours_vague"))
    yield figures("Safeconduct, a twentieth of all values unknown, days as ranges", page, "s")
    yield figures("Polars by hand, the same", hand, "s")
    yield _speed("speed of Safeconduct against Polars by hand, with gaps", hand, page, least=0.8)


def _agree(*found: list[int]) -> None:
    if any(one != found[0] for one in found):
        raise BenchError(f"the implementations count different people: no figures ({found})")


def _speed(what: str, theirs: list[list[float]], ours: list[list[float]], *, least: float) -> Row:
    """How many times faster; the median of the rounds' ratios."""
    ratio = median(one[0] / other[0] for one, other in zip(theirs, ours, strict=True))
    met = "yes" if ratio >= least else f"no, {ratio / least:.2f} of the target"
    told = f"{ratio:,.2f} x" if least < 1 else f"{ratio:,.0f} x"
    return Row(what=what, ratio=told, target=f">= {least:g} x", met=met)


def _russian(size: str) -> Iterator[Row]:
    read, whole = job("reading", size), job("russian", size)
    yield heading(f"All of the Russian pages over {PEOPLE[size]} people in a file: processor time")
    yield figures(f"reading the file ({read['mib']:,.0f} MiB)", [[read["seconds"]]], "s")
    yield figures(f"{whole['found']} provisions about facts, all answers counted", [[whole["seconds"]]], "s")
    times = whole["seconds"] / read["seconds"]
    met = "yes" if times <= _READINGS_AT_MOST else f"no, {times / _READINGS_AT_MOST:.2f} times the target"
    # Over fewer people it is the writing of the formulas that takes the time.
    target, met = (f"<= {_READINGS_AT_MOST} x", met) if size == TEN_MILLION else ("", "")
    yield Row(what="against reading", ratio=f"{times:.1f} x", target=target, met=met)


def _from_files(sizes: list[str], points: list[Found]) -> Iterator[Row]:
    yield heading("Three rules from Parquet, gaps and ranges, all answers counted: by the clock")
    for size in sizes:
        found = job("streamed", size)
        points.append({"who": "Safeconduct, from Parquet", "people": float(size), "seconds": found["seconds"]})
        aimed = size == _LARGEST
        peak = found["peak_mib"]
        yield Row(
            what=f"{PEOPLE[size]} people",
            cells=(f"{found['seconds']:.3g} s", "", ""),
            ratio=f"peak {peak:,.0f} MiB",
            target=f"<= {_MIB_AT_MOST:,} MiB" if aimed else "",
            met=("yes" if peak <= _MIB_AT_MOST else "no") if aimed else "",
        )


def _peers_grow(points: list[Found]) -> Iterator[Row]:
    yield heading("How the time of the three rules in memory grows: processor time")
    jobs = (
        ("Safeconduct, in memory", "ours_known", SIZES[:4]),
        ("Polars by hand, in memory", "by_hand_known", SIZES[:4]),
        ("OpenFisca, in memory", "openfisca", SIZES[:4]),
        ("ZEN, in memory", "zen", SIZES[:2]),
    )
    for who, name, sizes in jobs:
        seconds = {size: job(name, size)["seconds"] for size in sizes}
        points += [{"who": who, "people": float(size), "seconds": one} for size, one in seconds.items()]
        told = ", ".join(f"{PEOPLE[size]}: {one:.3g} s" for size, one in seconds.items())
        yield Row(what=f"{who}: {told}")


def main(arguments: list[str]) -> int:
    """Measure many people alone, and draw the chart.

    Returns:
        0 if there are figures, 1 if not.
    """
    quick = "--quick" in arguments
    try:
        prepare()
        rows, points = of_many_people(1 if quick else 5, quick=quick)
        said = machine()
        draw(points, said)
    except BenchError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    print(f"{said}\n\n{markdown(rows)}")
    return 0


def draw(points: list[Found], said: str) -> None:
    """Draw how the time grows into .make/population; who publishes the figures copies it to docs/pictures.

    Args:
        points: As `of_many_people` gives them.
        said: Day, machine and versions.
    """
    target = ROOT / ".make" / "population" / "points.json"
    target.write_text(json.dumps({"said": said, "points": points}), encoding="utf-8")
    measured(str(target), module="bench.growth")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
