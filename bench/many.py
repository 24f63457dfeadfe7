"""One measurement over many people in this process, printed as one line of JSON: `python -m bench.many JOB SIZE`.

Run by bench/population.py, each time in a fresh process. The people are invented (`safeconduct.population.made`), the
same each time, and kept in .make/population. *Known* people have no gaps and exact days: what every peer can read.
"""

import hashlib
import json
import resource
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from bench.implementations import OpenFisca, Ours, Zen
from bench.people import AS_OF
from safeconduct.packs.store import load_corpus, load_folder
from safeconduct.population.assessment import assessed
from safeconduct.population.columns import Columns
from safeconduct.population.counting import counted
from safeconduct.population.engines import frame_of, kinds_of
from safeconduct.population.frame_law import FrameLaw
from safeconduct.population.made import Making, made_people, write_made
from safeconduct.population.opening import opened

FOLDER = Path(__file__).resolve().parent.parent / ".make" / "population"
IDS = ("XX-LIABLE", "XX-EXIT", "XX-FULL")
SIZES = {"1e4": 10_000, "1e5": 100_000, "1e6": 1_000_000, "1e7": 10_000_000, "1e8": 100_000_000}
ZEN_AT_MOST = 100_000
_PART = 2_000_000
_NEVER = date(2999, 12, 31)
_REPEATED = 7
Found = dict[str, Any]
Job = Callable[[str], Found]


def _law(*, page: bool) -> FrameLaw:
    return FrameLaw(load_folder(Ours.files[0]).corpus if page else load_corpus(), AS_OF)


def _kept(name: str, make: Callable[[Path], None]) -> Path:
    """A file or folder of people, made if it is not there; whoever is interrupted leaves none."""
    path = FOLDER / name
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        beside = FOLDER / f"{name}.making"
        make(beside)
        beside.rename(path)
    return path


def _files(path: Path) -> list[Path]:
    return sorted(path.glob("*.parquet")) if path.is_dir() else [path]


# --- people ------------------------------------------------------------------------------------------------------


def vague(size: str) -> Path:
    """People for the three rules: a twentieth of all values unknown, some days known by their year only."""

    def make(target: Path) -> None:
        write_made(Making(people=SIZES[size], seed=7, unknown=0.05), _law(page=True).columns(IDS), target)

    return _kept(f"three-rules-{size}.parquet", make)


def known(size: str) -> Path:
    """People for the three rules of whom everything is known; summonses lie around the day asked."""

    def make(target: Path) -> None:
        columns, making = _law(page=True).columns(IDS), Making(people=SIZES[size], seed=7, unknown=0)
        target.mkdir()
        for number, start in enumerate(range(0, making.people, _PART)):
            part = made_people(making, columns, start, min(start + _PART, making.people))
            _exact(part).write_parquet(target / f"part-{number:05d}.parquet")

    return _kept(f"known-{size}.parquet", make)


def _exact(frame: pl.DataFrame) -> pl.DataFrame:
    """The first day of each range; summonses from 90 days before the day asked to 10 after it, reports soon after."""
    day = pl.col("served_on_from").to_physical()
    served = pl.lit(AS_OF) - pl.duration(days=day % 100 - 10)
    reported = served + pl.duration(days=pl.col("reported_on_from").to_physical() % 30)
    return frame.select(
        *("citizen", "sex", "in_reserve", "student", "fitness", "served_on__exists", "reported_on__exists"),
        pl.col("birth_date_from").alias("birth_date"),
        pl.when("served_on__exists").then(served).cast(pl.Date).alias("served_on"),
        pl.when("reported_on__exists").then(reported).cast(pl.Date).alias("reported_on"),
    )


def pack(size: str) -> tuple[Path, FrameLaw, tuple[str, ...]]:
    """People with every column that the Russian pages read, with gaps; the law, and its provisions about facts."""
    law = _law(page=False)
    names = tuple(name for name in law.answerable() if name.startswith("RU-") and law.law(name).variables)
    columns = law.columns(names)
    # Pages that read other columns need other people.
    read = hashlib.sha256(" ".join(columns).encode()).hexdigest()[:8]

    def make(target: Path) -> None:
        write_made(Making(people=SIZES[size], seed=7, unknown=0.05), columns, target)

    return _kept(f"pack-{size}-{read}.parquet", make), law, names


def make_all(size: str) -> Found:
    """Make the people of the three rules."""
    vague(size)
    if size != "1e8":
        known(size)
    return {}


def make_pack(size: str) -> Found:
    """Make the people of the Russian pages."""
    pack(size)
    return {}


def _loaded(path: Path) -> pl.DataFrame:
    """People in memory, in the form that Polars likes best."""
    frame = pl.read_parquet(_files(path))
    return frame.with_columns(pl.col("sex", "fitness").cast(pl.Categorical)).rechunk()


# --- three rules in memory ---------------------------------------------------------------------------------------


def _best(run: Callable[[], Any]) -> Found:
    """The least processor time of some runs in one process (so that other work counts less), and what it gave."""
    times, found = [], None
    for _ in range(_REPEATED):
        start = time.process_time()
        found = run()
        times.append(time.process_time() - start)
    return {"seconds": min(times), "found": found}


def _by_hand(frame: pl.DataFrame, ends: Mapping[str, tuple[str, str]]) -> Found:
    """Polars as an expert writes it: three-valued, the limits of age counted once."""
    col = pl.col
    (born_from, born_to), (_, served_to), (told_from, _) = (
        (col(first), col(last)) for first, last in (ends["birth_date"], ends["served_on"], ends["reported_on"])
    )
    reached = (born_to <= AS_OF.replace(year=AS_OF.year - 18)) & (born_from > AS_OF.replace(year=AS_OF.year - 30))
    liable = col("citizen") & (col("sex") == "M") & reached & ~col("in_reserve") & ~col("student")
    liable &= ~((col("fitness") == "V") | (col("fitness") == "D"))
    not_reported = ~col("reported_on__exists") | (told_from > AS_OF)
    banned = col("served_on__exists") & (served_to <= AS_OF) & not_reported
    full = col("served_on__exists") & (served_to <= AS_OF - timedelta(days=20)) & not_reported
    query = frame.lazy().select(liable.sum(), banned.sum().alias("b"), full.sum().alias("c"))
    return _best(lambda: list(query.collect().row(0)))


def _ours(frame: pl.DataFrame) -> Found:
    """The same three rules, from the page, as `population assess` counts them."""
    law, people = _law(page=True), frame_of(frame)
    columns = Columns(kinds_of(people), law.on)
    sides = [columns.answered(law.law(name)).sides.yes for name in IDS]
    return _best(lambda: list(counted((people,), sides, ())[0].counts))


_DAYS = ("birth_date", "served_on", "reported_on")


def by_hand_known(size: str) -> Found:
    """By hand, everything known."""
    return _by_hand(_loaded(known(size)), {name: (name, name) for name in _DAYS})


def by_hand_vague(size: str) -> Found:
    """By hand, with gaps and ranges."""
    return _by_hand(_loaded(vague(size)), {name: (f"{name}_from", f"{name}_to") for name in _DAYS})


def ours_known(size: str) -> Found:
    """From the page, everything known."""
    return _ours(_loaded(known(size)))


def ours_vague(size: str) -> Found:
    """From the page, with gaps and ranges."""
    return _ours(_loaded(vague(size)))


def openfisca(size: str) -> Found:
    """OpenFisca, its arrays ready before the clock starts; a simulation of its own each time, for it keeps answers."""
    frame, peer = pl.read_parquet(_files(known(size))), OpenFisca()
    system = sys.modules["openfisca_rules.system"]
    arrays: dict[str, Any] = {name: frame[name].to_numpy() for name in ("citizen", "in_reserve", "student")}
    arrays["birth_date"] = frame["birth_date"].to_numpy().astype("datetime64[D]")
    for name, column in (("summons_served_on", "served_on"), ("reported_on", "reported_on")):
        arrays[name] = frame[column].fill_null(_NEVER).to_numpy().astype("datetime64[D]")
    for name, kind in (("sex", system.Sex), ("fitness", system.Fitness)):
        order = {one.name: at for at, one in enumerate(kind)}
        codes = frame[name].replace_strict(order, return_dtype=pl.Int16).to_numpy()
        arrays[name] = kind.encode(codes.astype(np.int16))
    people = frame.height
    del frame
    return _best(lambda: [int(one.sum()) for one in peer.of_arrays(arrays, people)])


def zen(size: str) -> Found:
    """ZEN, one person after another, their facts ready as dicts before the clock starts."""
    frame, peer = pl.read_parquet(_files(known(size))).head(ZEN_AT_MOST), Zen()
    order = ("birth_date", "sex", "citizen", "in_reserve", "student", "fitness", "served_on", "reported_on")
    names = {"served_on": "summons_served_on"}
    people = [
        peer.arguments({names.get(name, name): one for name, one in zip(order, row, strict=True)})
        for row in frame.select(order).iter_rows()
    ]
    work = peer.work
    start = time.process_time()
    answers = [work(*one)["result"] for one in people]
    took = time.process_time() - start
    counts = [sum(one[name] for one in answers) for name in ("liable", "exit_ban", "full_restrictions")]
    return {"seconds": took, "people": len(people), "found": counts}


def ours_of_zens(size: str) -> Found:
    """What we count of the people that ZEN was given."""
    return _ours(_loaded(known(size)).head(ZEN_AT_MOST))


# --- from files --------------------------------------------------------------------------------------------------


def reading(size: str) -> Found:
    """Only reading the file of the Russian pages' people."""
    files = _files(pack(size)[0])
    return {**_best(lambda: pl.read_parquet(files).height), "mib": sum(one.stat().st_size for one in files) / 2**20}


def russian(size: str) -> Found:
    """Every provision of the Russian pages that depends on facts, all four answers counted, from the file."""
    path, law, names = pack(size)
    start = time.process_time()
    found = assessed(frame_of(opened(path).frame), law, names, ())
    return {"seconds": time.process_time() - start, "found": len(found.counts)}


def streamed(size: str) -> Found:
    """The three rules over a file, all four answers counted, without loading it."""
    law, path = _law(page=True), vague(size)
    start = time.perf_counter()
    found = assessed(frame_of(opened(path).frame), law, IDS, ())
    return {"seconds": time.perf_counter() - start, "found": [one.cells for one in found.counts]}


JOBS: dict[str, Job] = {
    job.__name__: job
    for job in (
        *(make_all, make_pack, by_hand_known, by_hand_vague, ours_known, ours_vague, openfisca, zen, ours_of_zens),
        *(reading, russian, streamed),
    )
}

if __name__ == "__main__":
    result = JOBS[sys.argv[1]](sys.argv[2])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**result, "peak_mib": peak}))
