"""Frames of any engine behind one interface: Polars (the default), DuckDB, Spark. Small results come back as rows."""

from typing import Any

import narwhals.stable.v2 as nw

from safeconduct.values.errors import SafeconductError

_LAZY = {nw.Implementation.POLARS, nw.Implementation.DUCKDB, nw.Implementation.PYSPARK, nw.Implementation.SQLFRAME}


class FrameError(SafeconductError):
    """A frame cannot be used as it is."""


def frame_of(native: Any) -> nw.LazyFrame[Any]:  # noqa: ANN401 -- the frame of any engine
    """A frame to ask questions of; nothing is computed yet.

    Args:
        native: A frame of Polars, a relation of DuckDB, or a frame of Spark.
    Raises:
        FrameError: If it is of pandas, whose columns lose unknown values, or of an engine that was never tried.
    """
    try:
        found: nw.DataFrame[Any] | nw.LazyFrame[Any] = nw.from_native(native)
    except TypeError:
        raise FrameError(
            "this is no data frame that we know", remedy="give a frame of Polars, DuckDB or Spark", code="FRM01"
        ) from None
    refuse(found.implementation)
    return found.lazy()


def refuse(implementation: nw.Implementation) -> None:
    """Nothing if answers over this engine are known to keep unknown values.

    Raises:
        FrameError: Otherwise.
    """
    if implementation.is_pandas_like():
        raise FrameError(
            "columns of pandas lose unknown values: a missing age compares as if it were known",
            remedy="write the frame to Parquet and give us that file, or convert it with polars.from_pandas",
            code="FRM02",
        )
    if implementation not in _LAZY:
        raise FrameError(
            "answers over this engine were never compared with those for one person",
            remedy="write the frame to Parquet and give us that file",
            code="FRM03",
        )


def kinds_of(frame: nw.LazyFrame[Any]) -> dict[str, bool]:
    """The columns, each with whether it is a boolean."""
    return {name: kind == nw.Boolean() for name, kind in frame.collect_schema().items()}


def rows_of(frame: nw.LazyFrame[Any]) -> list[tuple[Any, ...]]:
    """The rows of a small result, computed by its engine, a stream at a time where it can."""
    native: Any = nw.to_native(frame)
    match frame.implementation:
        case nw.Implementation.POLARS:
            found: list[tuple[Any, ...]] = native.collect(engine="streaming").rows()
        case nw.Implementation.DUCKDB:
            found = native.fetchall()
        case _:
            found = [tuple(row) for row in native.collect()]
    return found
