"""A file of people opened with an engine: Polars, which reads everything, or DuckDB and Spark, which read Parquet."""

from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import Any, assert_never

import polars as pl

from safeconduct.population.engines import FrameError
from safeconduct.population.made import MADE

PART = 5_000_000
"""People counted at a time by Polars: enough to be quick, few enough to tell how far it is."""


class Engine(Enum):
    """Who computes."""

    POLARS = "polars"
    DUCKDB = "duckdb"
    SPARK = "spark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file of people, not yet read.

    Args:
        frame: All of them, as a frame of the engine.
        parts: The same people, to be counted one part after another.
        people: How many; None if only reading tells.
        made: Whether the metadata of every file say that they are invented.
    """

    frame: Any
    parts: tuple[Any, ...]
    people: int | None
    made: bool


def opened(path: Path, engine: Engine = Engine.POLARS) -> Opened:
    """Open a file of people.

    Args:
        path: Parquet (a file, or a folder of files), CSV, or Arrow (.arrow, .feather).
        engine: Who computes.
    Raises:
        FrameError: If it is none of them, or not for this engine.
    """
    files = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    if not files or not all(file.is_file() for file in files):
        raise FrameError("there is no such file", remedy="check the name and the folder", code="FRM04")
    kind = files[0].suffix.casefold()
    if engine is not Engine.POLARS and kind != ".parquet":
        raise FrameError(
            f"{engine.value} is given Parquet only", remedy="write Parquet, or use --engine polars", code="FRM13"
        )
    try:
        match kind:
            case ".parquet":
                return _parquet(files, engine)
            case ".csv":
                return _whole(pl.scan_csv(path, try_parse_dates=True))
            case ".arrow" | ".feather":
                return _whole(pl.scan_ipc(path))
            case _:
                pass
    except (pl.exceptions.PolarsError, OSError):
        pass
    raise FrameError("the file cannot be read", remedy="give Parquet, CSV (UTF-8) or Arrow", code="FRM05") from None


def _whole(frame: pl.LazyFrame) -> Opened:
    frame.collect_schema()
    return Opened(frame=frame, parts=(frame,), people=None, made=False)


def _parquet(files: list[Path], engine: Engine) -> Opened:
    made = all(MADE.items() <= pl.read_parquet_metadata(file).items() for file in files)
    sizes = [pl.scan_parquet(file).select(pl.len()).collect().item() for file in files]
    people = sum(sizes)
    match engine:
        case Engine.POLARS:
            # A column that differs between files is an error when it is read, as it is for one file.
            parts = tuple(
                pl.scan_parquet(file).slice(start, PART) if size > PART else pl.scan_parquet(file)
                for file, size in zip(files, sizes, strict=True)
                for start in range(0, max(size, 1), PART)
            )
            frame = pl.scan_parquet(files)
            return Opened(frame=frame, parts=parts if people > PART else (frame,), people=people, made=made)
        case Engine.DUCKDB:
            native = import_module("duckdb").connect().read_parquet(list(map(str, files)))
        case Engine.SPARK:
            native = _session().read.parquet(*map(str, files))
        case _:
            assert_never(engine)
    return Opened(frame=native, parts=(native,), people=people, made=made)


def _session() -> Any:  # noqa: ANN401 -- a library without types
    """The session of Spark that runs already, or a local one.

    Raises:
        FrameError: If Spark or Java is missing.
    """
    try:
        spark = import_module("pyspark.sql")
        errors: type[Exception] = import_module("pyspark.errors").PySparkException
    except ModuleNotFoundError:
        raise FrameError(
            "Spark is not installed", remedy="pip install 'safeconduct[cluster]'; it needs Java 17", code="FRM14"
        ) from None
    try:
        session = spark.SparkSession.builder.config("spark.ui.enabled", "false").getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
    except (errors, OSError, RuntimeError):
        raise FrameError("Spark does not start", remedy="install Java 17, or set JAVA_HOME", code="FRM15") from None
    return session
