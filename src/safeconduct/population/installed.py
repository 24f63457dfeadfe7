"""Whether the libraries of the extra `population` are there."""

from importlib.util import find_spec

LIBRARIES = ("altair", "duckdb", "narwhals", "polars", "vl_convert")


def missing(libraries: tuple[str, ...] = LIBRARIES) -> str | None:
    """The first library that is not installed; None if all are.

    Args:
        libraries: Names as they are imported. Nothing is imported here: that would take a second.
    """
    for name in libraries:
        try:
            found = find_spec(name)
        except ModuleNotFoundError:
            found = None
        if found is None:
            return name
    return None
