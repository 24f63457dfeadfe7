"""A tally: for each region how many men live there and how many of them are counted dead. No person is in it."""

import csv
import io
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from safeconduct.values.errors import Place, SafeconductError

MAX_BYTES = 4_000_000
MAX_ROWS = 20_000
_MOST = 10**10
_NAMES = {
    "region": ("region",),
    "men": ("men", "men_16_to_61"),
    "deaths": ("deaths", "confirmed_deaths"),
}
_COUNTED_UNTIL = "counted_until"
_FORMULA = ("=", "+", "-", "@")
_LONGEST_NAME = 80


class TableError(SafeconductError):
    """A table cannot be used as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One region.

    Args:
        region: Its name.
        men: Men of the ages that the table says, > 0.
        deaths: Those of them counted dead, 0..men.
    """

    region: str
    men: int
    deaths: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One count, of one period, over all its regions.

    Args:
        rows: In the order of the table; at least one death among them.
        source: Who counted, with licence; "" if it was not told.
        first: First day of the deaths counted; None if it was not told.
        last: The last one, inclusive; None if it was not told.
        packaged: Whether it is the table shipped with the package.
        made: Whether its numbers are invented.
    """

    rows: tuple[Row, ...]
    source: str = ""
    first: date | None = None
    last: date | None = None
    packaged: bool = False
    made: bool = False

    @property
    def men(self) -> int:
        """All men of the table."""
        return sum(row.men for row in self.rows)

    @property
    def deaths(self) -> int:
        """All deaths of the table."""
        return sum(row.deaths for row in self.rows)

    @property
    def rate(self) -> float:
        """Deaths per man over all regions together: the mean, weighted by men."""
        return self.deaths / self.men


def read_tally(
    content: bytes, *, source: str = "", first: date | None = None, last: date | None = None, made: bool = False
) -> Tally:
    """A tally from a table.

    Args:
        content: CSV with a header that names region, men (or men_16_to_61) and deaths (or confirmed_deaths); UTF-8.
            Other columns are passed over, but rows counted until different days (counted_until) are refused.
        source: Who counted.
        first: First day of the deaths counted.
        last: The last one.
        made: Whether the numbers are invented.
    Raises:
        TableError: With the line, for the first thing that is wrong.
    """
    lines = _lines(content)
    columns = _columns(lines[0][1])
    rows = tuple(_row(line, cells, columns) for line, cells in lines[1:])
    _refuse_twice(rows, [line for line, _ in lines[1:]])
    _refuse_two_tallies(lines)
    if not rows or not any(row.deaths for row in rows):
        raise TableError(
            "the table holds no deaths, so there is no rate to compare",
            remedy="give a table with at least one region and one death",
            code="TAB04",
        )
    return Tally(rows=rows, source=source, first=first, last=last, made=made)


def _lines(content: bytes) -> list[tuple[int, list[str]]]:
    """All rows that are not empty, with their lines."""
    if len(content) > MAX_BYTES:
        raise TableError("the table is larger than 4 MB", remedy="give one row a region", code="TAB01")
    try:
        text = content.decode("utf-8-sig")
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        found = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader if any(map(str.strip, cells))]
    except (UnicodeDecodeError, csv.Error):
        raise TableError("this is no CSV in UTF-8", remedy="save the table as CSV, UTF-8", code="TAB01") from None
    if not found or len(found) > MAX_ROWS:
        raise TableError(
            "the table is empty" if not found else "the table has more than 20,000 rows",
            remedy="give a header and one row a region",
            code="TAB01",
        )
    return found


def _columns(header: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, spellings in _NAMES.items():
        at = [index for index, cell in enumerate(header) if cell.casefold() in spellings]
        if len(at) != 1:
            raise TableError(
                f"the header names {'no' if not at else 'more than one'} column of {name}",
                remedy=f"name one column {' or '.join(spellings)}",
                place=Place(name="table", line=1),
                code="TAB02",
            )
        found[name] = at[0]
    return found


def _row(line: int, cells: list[str], columns: dict[str, int]) -> Row:
    if len(cells) <= max(columns.values()):
        raise _wrong(line, "the row has fewer cells than the header", "fill the row, or take it out")
    region = cells[columns["region"]]
    if not region or len(region) > _LONGEST_NAME or not region.isprintable() or region.startswith(_FORMULA):
        # A name that begins like a formula would be run by the spreadsheet that opens our CSV.
        raise _wrong(line, "the region's name is empty, very long, or begins like a formula", "give it a plain name")
    men, deaths = (_whole(line, name, cells[columns[name]]) for name in ("men", "deaths"))
    if not 0 < men <= _MOST:
        raise _wrong(line, "a region without men has no rate", "take the row out, or join it with another region")
    if deaths > men:
        raise _wrong(line, "there are more deaths than men", "check that the columns are not exchanged")
    return Row(region=region, men=men, deaths=deaths)


def _whole(line: int, name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(_MOST))):
        raise _wrong(line, f"{name} is not a whole number", "write digits only, without spaces or points")
    return int(text)


def _wrong(line: int, message: str, remedy: str) -> TableError:
    return TableError(message, remedy=remedy, place=Place(name="table", line=line), code="TAB03")


def _refuse_twice(rows: tuple[Row, ...], lines: list[int]) -> None:
    named = sorted(zip((row.region.casefold() for row in rows), lines, strict=True))
    for (one, _), (other, line) in pairwise(named):
        if one == other:
            raise _wrong(line, "the region stands in the table twice", "one row a region: add them up, or take one out")


def _refuse_two_tallies(lines: list[tuple[int, list[str]]]) -> None:
    """Refuse rows that were counted until different days: their ratio is one of days as much as of regions."""
    header = [cell.casefold() for cell in lines[0][1]]
    if _COUNTED_UNTIL not in header:
        return
    at = header.index(_COUNTED_UNTIL)
    if len({cells[at] if at < len(cells) else "" for _, cells in lines[1:]}) > 1:
        raise TableError(
            "the rows were counted until different days",
            remedy="compare only rows of one tally: give a table for each",
            place=Place(name="table", line=1),
            code="TAB05",
        )
