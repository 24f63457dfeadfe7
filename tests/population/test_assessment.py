"""Counting by group: the counts are those of the rows, small ones are withheld, and no person comes out."""

import csv
import io
from datetime import date
from itertools import product

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.packs.store import load_corpus
from safeconduct.population import grouped
from safeconduct.population.assessment import ANSWERS, assessed
from safeconduct.population.columns import Columns
from safeconduct.population.engines import frame_of, kinds_of, rows_of
from safeconduct.population.frame_law import FrameLaw
from safeconduct.population.grouped import LEAST, WITHHELD, grouped_csv, grouped_lines
from safeconduct.population.made import MADE, Making, made_people, write_made

ON = date(2024, 6, 1)
NO = ANSWERS.index("no")
NAMES = ("RU-CON-02", "RU-MOB-10", "RU-MDF-01", "RU-CON-01")


def withheld(cells, **more):
    return grouped.withheld(cells, harmless=NO, **more)


@pytest.fixture(scope="module")
def law():
    return FrameLaw(load_corpus(), ON)


@pytest.fixture(scope="module")
def people(law):
    making = Making(people=20_000, seed=7, unknown=0.02)
    return made_people(making, law.columns(NAMES), 0, making.people)


# --- withholding -------------------------------------------------------------------------------------------------

#   yes  no   unknown disputed   published
CELLS = [
    ((500, 400, 300, 20),        (500, 400, 300, 20)),
    ((500, 400, 300, 0),         (500, 400, 300, 0)),       # 400 are not reached, so nobody is marked
    ((500, 400, 300, 9),         (500, 400, None, None)),   # 9 alone would be the rest of a total
    ((500, 400, 6, 5),           (500, 400, None, None)),
    ((500, 400, 6, 0),           (500, None, None, 0)),
    ((500, 0, 0, 0),             (None, None, None, None)),  # everybody is liable: that marks each of them
    ((500, 0, 200, 0),           (500, None, None, None)),  # everybody may be
    ((500, 9, 200, 0),           (500, None, None, None)),
    ((0, 500, 0, 0),             (0, 500, 0, 0)),           # nobody is
    ((0, 9, 0, 0),               (None, None, None, None)),
    ((3, 2, 1, 0),               (None, None, None, None)),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "published"), CELLS)
def test_small_cells_are_withheld(cells, published):
    assert withheld(cells) == published


def test_a_cell_that_is_empty_by_law_stands():
    assert withheld((500, 9, 300, 0), empty=frozenset({3})) == (500, None, None, 0)
    assert withheld((500, 9, 300, 0)) == (500, None, None, None)


@given(st.tuples(*[st.integers(0, 40)] * 4))
def test_what_is_withheld_cannot_be_had_from_the_total(cells):
    found = withheld(cells)
    hidden = [count for count, shown in zip(cells, found, strict=True) if shown is None]
    assert all(shown is None or shown == count for count, shown in zip(cells, found, strict=True))
    assert all(shown is None or shown == 0 or shown >= LEAST for shown in found)
    # Whoever knows the total cannot have a small cell: 10 or more stand behind the gaps, or nothing else is shown.
    assert not hidden or sum(hidden) >= LEAST or not any(found)


@given(st.tuples(*[st.integers(0, 40)] * 4))
def test_a_group_of_whom_nobody_is_known_to_be_out_of_reach_shows_no_empty_cell(cells):
    assert cells[1] >= LEAST or 0 not in withheld(cells)


# --- counting ----------------------------------------------------------------------------------------------------


def test_counts_are_those_of_the_rows(engine, law, people):
    frame = frame_of(engine(people))
    found = assessed(frame, law, NAMES, ("region",))
    columns = Columns(kinds_of(frame_of(people)), law.on)
    codes = {name: columns.answered(law.law(name)).code() for name in NAMES}
    rows = rows_of(frame_of(people).select(nw.col("region"), **codes))
    order = {"no": 0, "unknown": 1, "yes": 2, "disputed": 3}
    assert len(found.counts) == 10 * len(NAMES)
    for one in found.counts:
        mine = [row[1 + NAMES.index(one.id)] for row in rows if row[0] == one.group[0]]
        for answer, cell in zip(ANSWERS, one.cells, strict=True):
            assert cell is None or cell == mine.count(order[answer])
    assert sum(cell is not None for one in found.counts for cell in one.cells) > 40


def test_without_groups_all_are_counted_together(law, people):
    (found,) = assessed(frame_of(people), law, ("RU-MDF-01",), ()).counts
    assert found.group == ()
    assert sum(cell for cell in found.cells if cell is not None) <= people.height
    assert found.cells[1] > people.height / 2


def test_a_group_that_is_not_known_is_a_group(law):
    frame = pl.DataFrame({"region": [None] * 30, "citizenships__RU": [False] * 30})
    (found,) = assessed(frame_of(frame), law, ("RU-MDF-01",), ("region",)).counts
    assert (found.group, found.cells) == (("",), (0, 30, 0, 0))


def test_the_csv_is_tidy_and_tagged(law, people):
    found = assessed(frame_of(people), law, ("RU-MDF-01",), ("region",))
    rows = list(csv.reader(io.StringIO(grouped_csv(found))))
    assert rows[0] == ["region", "provision", "answer", "people"]
    assert rows[1] == ["#group+region", "#law+id", "#indicator+answer", "#affected"]
    assert len(rows) == 2 + 10 * 4
    assert {row[2] for row in rows[2:]} == set(ANSWERS)
    lines = grouped_lines(found)
    assert lines[0].split() == ["region", "provision", *ANSWERS]
    assert len(lines) == 11
    assert "made-01" in lines[1]


def test_a_withheld_cell_says_so(law):
    frame = pl.DataFrame({"region": ["a"] * 40, "citizenships__RU": [True] * 40, "reserved_by_employer": [True] * 40})
    found = assessed(frame_of(frame), law, ("RU-MDF-01",), ("region",))
    assert WITHHELD in grouped_csv(found)
    assert ",40" not in grouped_csv(found)
    assert WITHHELD in grouped_lines(found)[1]


# --- made people -------------------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_people_in_any_parts(law):
    columns = law.columns(("RU-CON-02",))
    making = Making(people=3000, seed=5, unknown=0.1)
    whole = made_people(making, columns, 0, 3000)
    parts = pl.concat([made_people(making, columns, 0, 1000), made_people(making, columns, 1000, 3000)])
    assert whole.equals(parts)
    assert not whole.equals(made_people(Making(people=3000, seed=6, unknown=0.1), columns, 0, 3000))


def test_made_people_are_what_they_were(law):
    """The numbers of one seed, written down: another version of a library must not change them."""
    frame = made_people(Making(people=1000, seed=7, unknown=0.05), law.columns(("RU-CON-01", "RU-CON-02")), 0, 1000)
    assert frame["region"].head(3).to_list() == ["made-03", "made-07", "made-05"]
    assert frame["sex"].head(3).to_list() == ["male", "female", "female"]


def test_gaps_and_ranges_are_made(law):
    frame = made_people(Making(people=20_000, seed=1, unknown=0.1), law.columns(("RU-CON-02",)), 0, 20_000)
    assert frame["birth_date_from"].null_count() == pytest.approx(2000, rel=0.1)
    born = frame.drop_nulls(["birth_date_from"])
    coarse = born.filter(pl.col("birth_date_from") < pl.col("birth_date_to"))
    assert coarse.height / born.height == pytest.approx(0.15, rel=0.1)
    assert (coarse["birth_date_to"] - coarse["birth_date_from"]).dt.total_days().is_in([364, 365]).all()
    assert frame["citizenships__RU"].mean() == pytest.approx(0.93, abs=0.02)
    assert (
        made_people(Making(people=100, seed=1, unknown=0), law.columns(("RU-CON-02",)), 0, 100)
        .null_count()
        .sum_horizontal()[0]
        == 0
    )


def test_columns_are_independent_of_one_another(law):
    frame = made_people(Making(people=20_000, seed=1, unknown=0), law.columns(("RU-CON-02",)), 0, 20_000)
    wanted = [
        name for name in ("on_register", "in_reserve", "citizenships__RU", "of_register_age") if name in frame.columns
    ]
    for one, other in product(wanted, wanted):
        if one != other:
            found = frame.select(pl.corr(pl.col(one).cast(pl.Float64), pl.col(other).cast(pl.Float64))).item()
            assert abs(found) < 0.04, (one, other)


def test_a_large_population_is_a_folder_that_says_it_is_made(law, tmp_path, monkeypatch):
    monkeypatch.setattr("safeconduct.population.made._PART", 1000)
    columns = law.columns(("RU-MDF-01",))
    write_made(Making(people=2500, seed=1, unknown=0), columns, tmp_path / "big.parquet")
    parts = sorted((tmp_path / "big.parquet").iterdir())
    assert [pl.read_parquet(part).height for part in parts] == [1000, 1000, 500]
    assert all(MADE.items() <= pl.read_parquet_metadata(part).items() for part in parts)
