"""What engines do with unknown values: the table of deviations by which we chose our operations, asked anew each time.

The operations that columns.py uses must give the same answer everywhere. Those it avoids are asked too: an engine that
changes here changes what may be used, and somebody should know.
"""

import re
import tomllib
from datetime import date
from itertools import product
from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from safeconduct.population import ages, columns, conditions, counting
from safeconduct.population.engines import FrameError, frame_of, kinds_of, refuse, rows_of

ROOT = Path(__file__).resolve().parents[2]
VALUES = (True, False, None)
PAIRS = list(product(VALUES, VALUES))
A, B = nw.col("a"), nw.col("b")


def both(a, b):
    return False if False in (a, b) else None if None in (a, b) else True


def either(a, b):
    return True if True in (a, b) else None if None in (a, b) else False


def answers(engine, frame, *expressions):
    """The answers, row by row in the order of the frame."""
    numbered = frame.with_row_index("row").cast({"row": pl.Int64})
    named = {f"x{at}": one for at, one in enumerate(expressions)}
    found = rows_of(frame_of(engine(numbered)).select(nw.col("row"), **named))
    return [row[1:] for row in sorted(found, key=lambda row: row[0])]


def test_and_or_not_are_kleenes(engine):
    frame = pl.DataFrame({"a": [a for a, _ in PAIRS], "b": [b for _, b in PAIRS]})
    expected = [(both(a, b), either(a, b), None if a is None else not a) for a, b in PAIRS]
    assert answers(engine, frame, A & B, A | B, ~A) == expected


def test_a_condition_that_is_unknown_is_not_met(engine):
    frame = pl.DataFrame({"a": VALUES})
    found = answers(engine, frame, nw.when(A).then(nw.lit(2)).otherwise(nw.lit(1)))
    assert found == [(2,), (1,), (1,)]


NUMBERS = [18, 17, None]
COMPARED = [
    ("==", A == 18, [True, False, None]),
    ("!=", A != 18, [False, True, None]),
    (">=", A >= 18, [True, False, None]),
    (">",  A > 17,  [True, False, None]),
    ("<=", A <= 17, [False, True, None]),
    ("<",  A < 18,  [False, True, None]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "expression", "expected"), COMPARED)
def test_a_comparison_with_unknown_is_unknown(engine, name, expression, expected):
    found = answers(engine, pl.DataFrame({"a": NUMBERS}), expression)
    assert [one for (one,) in found] == expected, name


def test_words_and_days_are_compared_alike(engine):
    frame = pl.DataFrame({"a": ["V", "A", None], "b": [date(2004, 2, 29), date(2004, 3, 1), None]})
    day = date(2004, 2, 29)
    found = answers(engine, frame, (A == "V") | (A == "D"), day >= B, day <= B, date(1850, 1, 1) < B)
    assert found == [(True, True, True, True), (False, False, True, True), (None, None, None, None)]


def test_unknown_is_filled_alike(engine):
    """A comparison that many share has its gaps filled with *no*, so that joining them is the same and cheaper."""
    frame = pl.DataFrame({"a": NUMBERS})
    assert answers(engine, frame, (A == 18).fill_null(value=False)) == [(True,), (False,), (False,)]


def test_two_columns_are_compared_alike(engine):
    frame = pl.DataFrame({"a": [1, 2, None, 3], "b": [1, 3, 3, None]})
    assert answers(engine, frame, A == B, A < B) == [(True, False), (False, True), (None, None), (None, None)]


def test_counting_takes_unknown_for_nothing(engine):
    frame = pl.DataFrame({"a": [True, True, False, None]})
    counted = nw.when(A).then(nw.lit(1)).otherwise(nw.lit(0)).sum()
    assert rows_of(frame_of(engine(frame)).select(n=counted)) == [(2,)]


# --- what we avoid, and why --------------------------------------------------------------------------------------

DAYS = pl.DataFrame(
    {
        "a": [-7, 7, None],
        "b": [date(2004, 2, 29), date(2024, 1, 31), None],
        "c": [date(2024, 3, 1), date(2024, 3, 1), None],
    }
)
D, E = nw.col("b").dt, nw.col("c")


def outcome(engine, expression):
    """The answers, or the name of the error."""
    try:
        return [one for (one,) in answers(engine, DAYS, expression)]
    except Exception as error:  # noqa: BLE001 -- each engine has its own
        return type(error).__name__


def test_row_1_months_are_small_numbers_in_polars(engine):
    right = [20_040_229, 20_240_131, None]
    wrapped = 20_039_973
    found = outcome(engine, D.year() * 10_000 + D.month() * 100 + D.day())
    cast = outcome(engine, D.year().cast(nw.Int64) * 10_000 + D.month().cast(nw.Int64) * 100 + D.day().cast(nw.Int64))
    assert cast == right
    assert (found[0] == wrapped) == (engine.name == "polars")


#                   //    %      of -7 and 2, by the engine's own language
NATIVE = {
    "polars":      (-4,   1),
    "duckdb":      (-3,   -1),
    "spark":       (-3,   -1),
}  # fmt: skip


def native_division(engine):
    """What the engine says of -7 // 2 and -7 % 2 without Narwhals."""
    frame = engine(DAYS.select("a").head(1))
    match engine.name:
        case "polars":
            return frame.select(pl.col("a") // 2, (pl.col("a") % 2).alias("b")).collect().row(0)
        case "duckdb":
            return frame.project("a // 2, a % 2").fetchall()[0]
        case _:
            return tuple(frame.selectExpr("a div 2", "a % 2").collect()[0])


def test_row_2_division_of_negatives_floors_through_narwhals_and_not_everywhere_by_itself(engine):
    assert outcome(engine, A // 2) == [-4, 3, None]
    assert native_division(engine)[0] == NATIVE[engine.name][0]


def test_row_3_the_rest_of_a_negative_keeps_its_sign_in_some(engine):
    assert native_division(engine)[1] == NATIVE[engine.name][1]
    assert outcome(engine, A % 2)[0] in {1, -1}
    assert outcome(engine, A % 2)[1:] == [1, None]


def test_row_4_days_between_two_dates_are_not_to_be_had_everywhere(engine):
    found = outcome(engine, (E - nw.col("b")).dt.total_minutes())
    if engine.name == "polars":
        assert found == [7_306 * 1_440, 30 * 1_440, None]
    else:
        assert isinstance(found, str)


def test_row_5_a_date_moved_by_days_may_come_back_as_another_type(engine):
    # Spark gives a moment of its session's time zone, whose day may be another here: so it is cast, or never moved.
    found = outcome(engine, D.offset_by("20d").cast(nw.Date))
    assert found == [date(2004, 3, 20), date(2024, 2, 20), None]
    moved = frame_of(engine(DAYS)).select(x=D.offset_by("20d")).collect_schema()["x"]
    assert (moved == nw.Date()) == (engine.name == "polars")


def test_row_6_a_month_added_ends_by_one_rule_that_is_not_the_laws_choice(engine):
    found = outcome(engine, D.offset_by("1mo").cast(nw.Date))
    assert found == [date(2004, 3, 29), date(2024, 2, 29), None]


PANDAS_LIKE = [nw.Implementation.PANDAS, nw.Implementation.MODIN, nw.Implementation.CUDF]


@pytest.mark.parametrize("implementation", PANDAS_LIKE)
def test_rows_7_and_8_pandas_is_refused(implementation):
    with pytest.raises(FrameError, match="lose unknown values") as caught:
        refuse(implementation)
    assert "Parquet" in caught.value.remedy


def test_row_9_a_list_with_an_unknown_value_is_unknown(engine):
    assert outcome(engine, A.is_in([7, 8])) == [False, True, None]


def test_row_10_ibis_is_no_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "ibis" not in str(project["optional-dependencies"]) + str(project["dependencies"])


WRITERS = [ages, columns, conditions, counting]
AVOIDED = ["//", "%", ".dt", "is_in", "offset_by", "is_between", "any_horizontal", "all_horizontal", ".str."]


@pytest.mark.parametrize("module", WRITERS, ids=lambda module: module.__name__.rpartition(".")[2])
@pytest.mark.parametrize("avoided", AVOIDED)
def test_expressions_use_nothing_that_differs(module, avoided):
    source = Path(module.__file__).read_text(encoding="utf-8")
    code = re.sub(r'""".*?"""|#[^\n]*', "", source, flags=re.DOTALL)
    assert avoided not in code


def test_every_row_of_the_table_of_deviations_is_asked():
    """Rows 1 to 10 of the table, each by a test that bears its number."""
    source = Path(__file__).read_text(encoding="utf-8")
    numbers = re.findall(r"^def test_rows?_((?:\d+_(?:and_)?)+)", source, re.MULTILINE)
    assert sorted(int(one) for found in numbers for one in re.findall(r"\d+", found)) == list(range(1, 11))


def test_another_engine_is_refused():
    with pytest.raises(FrameError) as caught:
        refuse(nw.Implementation.PYARROW)
    assert caught.value.code == "FRM03"
    with pytest.raises(FrameError) as caught:
        frame_of({"a": [1]})
    assert caught.value.code == "FRM01"


def test_an_eager_frame_is_taken_as_well():
    frame = frame_of(pl.DataFrame({"a": [True], "b": ["x"]}))
    assert kinds_of(frame) == {"a": True, "b": False}
    assert rows_of(frame) == [(True, "x")]
