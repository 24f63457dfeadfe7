"""A frame of people, before anything is counted: what it must not hold, and whether its values are those of the law."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw

from safeconduct.population.ages import AGE, can_tell_ages, with_ages
from safeconduct.population.columns import FROM, TO
from safeconduct.population.engines import FrameError, frame_of, rows_of
from safeconduct.population.frame_law import Column
from safeconduct.population.opening import Engine, opened
from safeconduct.rules.formula import Choice, Whole
from safeconduct.rules.tree import CountOf
from safeconduct.values.days import FIRST_DAY, LAST_DAY

GROUPS_AT_MOST = 500
_EXAMPLES = 3
_LATEST_FIRST_DAY = 28
_IDENTIFYING = re.compile(
    r"(^|_)(name|names|fullname|surname|firstname|lastname|patronymic|fio|person|passport|snils|inn|iin|tin|ssn|id|ids|uuid|"
    r"guid|number|phone|mobile|tel|email|mail|telegram|whatsapp|contact|address|street|house|flat|postcode|zip|ip|photo|"
    r"account|iban|login|nickname|gps|latitude|longitude|lat|lon)(_|$)"
    r"|имя|фамили|отчеств|фио|паспорт|снилс|(^|_)инн(_|$)|(^|_)иин(_|$)|телефон|почт|адрес|улиц|контакт|номер"
    r"|прізвищ|по_батькові|рнокпп|вулиц|тегі|мекенжай|құжат"
)
"""Words of names, numbers, addresses and contacts, in columns written as `_spelt` leaves them."""
_BORN = re.compile(r"(^|_)(dob|birth|birthday|birthdate|born)(_|$)|рожд|народж|туған")
_YEAR = re.compile(r"(^|_)(year|cohort|год|рік|жыл)(_|$)")
_FORMULA = re.compile(r"\s*[=@]|\s*[+\-](?!\d+(\.\d+)?$)")
_NAMES_SOMEBODY = re.compile(r"@|\+?\d[\d\s()\-]{6,}\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bad:
    """Values that the law does not know.

    Args:
        column: The column.
        rows: In how many rows.
        examples: A few of them.
    """

    column: str
    rows: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A frame that may be counted.

    Args:
        parts: Its people, in one frame or several alike.
        people: How many, before any were set aside; None if only counting tells.
        made: Whether they are invented.
        notes: What the reader must be told: made or real, what was set aside, columns that nothing reads.
    """

    parts: tuple[nw.LazyFrame[Any], ...]
    people: int | None
    made: bool
    notes: tuple[str, ...]


Expected = Mapping[str, tuple[Column, Choice | Whole]]
"""As `FrameLaw.columns` gives them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a frame is taken in for.

    Args:
        expected: What the law reads.
        by: The columns to group by; `age` may be had from dates of birth.
        on: The day on which ages are told, as ordinal.
    """

    expected: Expected
    by: tuple[str, ...]
    on: int


def taken_in(path: Path, wanted: Wanted, *, set_aside: bool, engine: Engine = Engine.POLARS) -> Taken:
    """A file of people, checked.

    Args:
        path: Parquet, CSV or Arrow.
        wanted: What for.
        set_aside: Whether rows with bad values are left out; otherwise they stop everything.
        engine: Who computes.
    Raises:
        FrameError: If it holds what it must not, or bad values that are not set aside.
    """
    file = opened(path, engine)
    frame = frame_of(file.frame)
    expected, by = wanted.expected, wanted.by
    names = frame.collect_schema().names()
    ages = AGE in by and AGE not in names and can_tell_ages(names)
    refuse_identifying(names, tuple(name for name in by if not (ages and name == AGE)), expected)
    if not file.made:
        refuse_fine_days(frame, expected)
    refuse_small_groups(with_ages(frame, wanted.on) if ages else frame, by)
    notes = ["MADE PEOPLE: invented, nobody is in them" if file.made else "Real people, as far as the file says"]
    known = {*columns_read(expected), *by}
    unread = [name for name in names if name not in known]
    if unread:
        notes.append(f"Not read: {', '.join(unread)}")
    if not known & set(names) - set(by):
        raise FrameError(
            "the frame has none of the columns that the law reads", remedy="--schema prints them", code="FRM11"
        )
    bad, wrong = bad_values(frame, expected)
    told = [
        f"{one.column}: {one.rows:,} rows with values that are not known, such as {', '.join(one.examples)}"
        for one in bad
    ]
    if bad and not set_aside:
        raise FrameError(
            "; ".join(told), remedy="correct them, or leave those rows out with --bad set-aside", code="FRM12"
        )
    parts = []
    for native in file.parts:
        part = frame_of(native)
        for one in wrong:
            # A row whose value is not told is not a bad one.
            part = part.filter(nw.when(one).then(nw.lit(0)).otherwise(nw.lit(1)) == 1)
        parts.append(with_ages(part, wanted.on) if ages else part)
    notes += [f"Set aside: {line}" for line in told]
    return Taken(parts=tuple(parts), people=file.people, made=file.made, notes=tuple(notes))


def schema_lines(expected: Expected) -> list[str]:
    """The columns that the law reads, each with what it may hold."""
    found = []
    for name, (column, variable) in expected.items():
        if isinstance(variable, Choice):
            words = set(variable.words)
            held = "true or false" if words in ({"yes", "no"}, {"present", "none"}) else " | ".join(variable.words)
        elif (variable.low, variable.high) == (FIRST_DAY, LAST_DAY):
            held = f"dates: the first and the last day it may be, in {name}{FROM} and {name}{TO}"
        else:
            held = f"whole numbers: the least and the most, in {name}{FROM} and {name}{TO}"
        count = " (records counted beforehand)" if isinstance(column.asks, CountOf) else ""
        found.append(f"{name}: {held}{count}")
    return found


def refuse_identifying(names: list[str], by: tuple[str, ...], expected: Expected) -> None:
    """Nothing if no column names, numbers, addresses or contacts a person, and the groups are columns of the frame.

    Args:
        names: The columns of the frame.
        by: The columns to group by.
        expected: What the law reads; those names are known to be harmless.
    Raises:
        FrameError: Otherwise.
    """
    known = set(columns_read(expected))
    for name in names:
        if name not in known and _IDENTIFYING.search(_spelt(name)):
            raise FrameError(
                f'the column "{name}" looks as if it named, numbered, addressed or contacted a person',
                remedy="take it out of the file: counts by group need no such column",
                code="FRM06",
            )
    for name in by:
        if name not in names:
            raise FrameError(f'the frame has no column "{name}"', remedy="name a column of the file", code="FRM07")


def _spelt(name: str) -> str:
    """The words of a column's name with underscores between: `FullName2`, `full name` and `full-name` are all one."""
    words = re.sub(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])", "_", name)
    return re.sub(r"[\W\d_]+", "_", words.casefold()).strip("_")


def columns_read(expected: Expected) -> list[str]:
    """The columns that the law reads, by their names in a frame."""
    found = []
    for name, (_, variable) in expected.items():
        found += [name] if isinstance(variable, Choice) else [name, name + FROM, name + TO]
    return found


def refuse_fine_days(frame: nw.LazyFrame[Any], expected: Expected) -> None:
    """Nothing if no date of birth in real data is finer than a month.

    Raises:
        FrameError: Otherwise.
    """
    schema = frame.collect_schema()
    names = schema.names()
    known = set(columns_read(expected))
    for name, kind in schema.items():
        # Not read, but a group can be made of it. A year is no date.
        spelt = _spelt(name)
        if name not in known and _BORN.search(spelt) and not (_YEAR.search(spelt) or kind.is_integer()):
            raise _too_fine(name)
    for name, (column, variable) in expected.items():
        if isinstance(variable, Choice) or not column.fact.startswith("birth"):
            continue
        if name in names:
            raise _too_fine(name)
        first, last = nw.col(name + FROM), nw.col(name + TO)
        if name + FROM in names and name + TO in names:
            fine = (first.dt.day() != 1) | (last.dt.day() < _LATEST_FIRST_DAY) | (last < first)
            if rows_of(frame.filter(fine).head(1).select(name + FROM)):
                raise _too_fine(name)


def _too_fine(name: str) -> FrameError:
    return FrameError(
        f"these are real people, and a date of birth in {name} may be finer than a month: it can name one of them",
        remedy=f"give birth_date{FROM} and birth_date{TO}, the first and the last day of the month or year of birth",
        code="FRM08",
    )


def refuse_small_groups(frame: nw.LazyFrame[Any], by: tuple[str, ...]) -> None:
    """Nothing if the groups are few and none is called like a person's number or address.

    Raises:
        FrameError: Otherwise.
    """
    if not by:
        return
    groups = rows_of(frame.select(*by).unique().head(GROUPS_AT_MOST + 1))
    if len(groups) > GROUPS_AT_MOST or any(
        isinstance(value, str) and _NAMES_SOMEBODY.search(value) for group in groups for value in group
    ):
        raise FrameError(
            "the groups are too many, or called like a telephone number or an address",
            remedy="group by something that many people share: a region, a year of birth",
            code="FRM09",
        )
    if any(isinstance(value, str) and _FORMULA.match(value) for group in groups for value in group):
        raise FrameError(
            "a group is called like the formula of a spreadsheet, which would run where the table is opened",
            remedy="call the groups by words and numbers",
            code="FRM16",
        )


def bad_values(frame: nw.LazyFrame[Any], expected: Expected) -> tuple[list[Bad], list[nw.Expr]]:
    """Values that the law does not know, column by column, and for each such column what is wrong in a row.

    Raises:
        FrameError: If a column holds another kind of value altogether.
    """
    schema = frame.collect_schema()
    checks = [check for name, (_, variable) in expected.items() for check in _wrong(name, variable, schema)]
    if not checks:
        return [], []
    counts = {
        f"safeconduct__{at}": nw.when(one).then(nw.lit(1)).otherwise(nw.lit(0)).sum()
        for at, (_, one) in enumerate(checks)
    }
    found, wrong = [], []
    for (column, one), rows in zip(checks, rows_of(frame.select(**counts))[0], strict=True):
        if rows:
            examples = rows_of(frame.filter(one).select(column).unique().head(_EXAMPLES))
            found.append(Bad(column=column, rows=rows, examples=tuple(sorted(str(value) for (value,) in examples))))
            wrong.append(one)
    return found, wrong


def _wrong(name: str, variable: Choice | Whole, schema: Mapping[str, Any]) -> list[tuple[str, nw.Expr]]:
    """For each column of a variable that the frame has, the expression of what is wrong in it."""
    if isinstance(variable, Choice):
        kind = schema.get(name)
        if kind is None or (kind == nw.Boolean() and set(variable.words) in ({"yes", "no"}, {"present", "none"})):
            return []
        if not (kind == nw.String() or kind == nw.Categorical() or isinstance(kind, nw.Enum)):
            raise _kind(name, f"one of: {', '.join(variable.words)}")
        column = nw.col(name)
        wrong = column != variable.words[0]
        for word in variable.words[1:]:
            wrong &= column != word
        return [(name, wrong)]
    day = (variable.low, variable.high) == (FIRST_DAY, LAST_DAY)
    for column_name in (name, name + FROM, name + TO):
        kind = schema.get(column_name)
        if kind is not None and not (kind == nw.Date() if day else kind.is_integer()):
            raise _kind(column_name, "a date (YYYY-MM-DD)" if day else "a whole number")
    if name + FROM in schema and name + TO in schema:
        return [(name + FROM, nw.col(name + FROM) > nw.col(name + TO))]
    return []


def _kind(name: str, expected: str) -> FrameError:
    return FrameError(
        f"the column {name} holds another kind of value than the law reads",
        remedy=f"give {expected}, empty where it is not known",
        code="FRM10",
    )
