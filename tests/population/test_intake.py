"""What a frame must not hold, and what is said of values that the law does not know."""

from datetime import date

import polars as pl
import pytest

from safeconduct.packs.store import load_corpus
from safeconduct.population.engines import FrameError, rows_of
from safeconduct.population.frame_law import FrameLaw
from safeconduct.population.intake import Wanted, schema_lines, taken_in
from safeconduct.population.made import MADE
from safeconduct.population.opening import Engine

MONTH = {"birth_date_from": [date(1997, 5, 1)], "birth_date_to": [date(1997, 5, 31)]}
SEX = {"sex": ["male"]}


@pytest.fixture(scope="module")
def expected():
    return FrameLaw(load_corpus(), date(2024, 6, 1)).columns(("RU-CON-02",))


def take(path, by, expected, *, set_aside, engine=Engine.POLARS):
    wanted = Wanted(expected=expected, by=by, on=date(2024, 6, 1).toordinal())
    return taken_in(path, wanted, set_aside=set_aside, engine=engine)


def written(tmp_path, columns, *, made=False):
    path = tmp_path / "people.parquet"
    pl.DataFrame(columns).write_parquet(path, metadata=MADE if made else None)
    return path


IDENTIFYING = [
    "name", "last_name", "Patronymic", "passport", "passport_no", "SNILS", "inn", "id", "person_id", "phone",
    "e_mail", "telegram", "home_address", "street", "account", "фамилия", "Паспорт", "номер_телефона", "адрес",
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize("column", IDENTIFYING)
def test_a_column_that_names_a_person_is_refused(tmp_path, expected, column):
    with pytest.raises(FrameError) as caught:
        take(written(tmp_path, {**SEX, column: ["x"]}), (), expected, set_aside=True)
    assert caught.value.code == "FRM06"


@pytest.mark.parametrize("column", ["region", "year_of_birth", "occupation", "district", "visit_kind"])
def test_a_column_that_names_nobody_is_taken(tmp_path, expected, column):
    taken = take(written(tmp_path, {**SEX, column: ["x"]}), (column,), expected, set_aside=False)
    assert rows_of(taken.parts[0].select("sex")) == [("male",)]


#   columns                                                                             taken
BORN = [
    (MONTH,                                                                             True),
    ({"birth_date_from": [date(1997, 1, 1)], "birth_date_to": [date(1997, 12, 31)]},    True),
    ({"birth_date_from": [date(1997, 2, 1)], "birth_date_to": [date(1997, 2, 28)]},     True),
    ({"birth_date_from": [None], "birth_date_to": [None]},                              True),
    ({"birth_date": [date(1997, 5, 14)]},                                               False),
    ({"birth_date_from": [date(1997, 5, 14)], "birth_date_to": [date(1997, 5, 14)]},    False),
    ({"birth_date_from": [date(1997, 5, 1)], "birth_date_to": [date(1997, 5, 1)]},      False),
    ({"birth_date_from": [date(1997, 5, 28)], "birth_date_to": [date(1997, 5, 28)]},    False),
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize(("columns", "is_taken"), BORN)
def test_a_real_date_of_birth_finer_than_a_month_is_refused(tmp_path, expected, columns, is_taken):
    typed = {name: pl.Series(values, dtype=pl.Date) for name, values in columns.items()}
    if is_taken:
        take(written(tmp_path, {**SEX, **typed}), (), expected, set_aside=False)
        return
    with pytest.raises(FrameError) as caught:
        take(written(tmp_path, {**SEX, **typed}), (), expected, set_aside=False)
    assert caught.value.code == "FRM08"
    made = take(written(tmp_path, {**SEX, **typed}, made=True), (), expected, set_aside=False)
    assert "MADE" in made.notes[0]


@pytest.mark.security
@pytest.mark.parametrize("groups", [["+7 900 123 45 67"], ["who@example.org"], [str(one) for one in range(501)]])
def test_groups_that_name_people_are_refused(tmp_path, expected, groups):
    path = written(tmp_path, {"sex": ["male"] * len(groups), "group_of": groups})
    with pytest.raises(FrameError) as caught:
        take(path, ("group_of",), expected, set_aside=False)
    assert caught.value.code == "FRM09"


def test_bad_values_stop_or_are_set_aside(tmp_path, expected):
    path = written(tmp_path, {"sex": ["male", "M", None, "F", "female"]})
    with pytest.raises(FrameError, match="sex: 2 rows") as caught:
        take(path, (), expected, set_aside=False)
    assert (caught.value.code, "such as F, M" in caught.value.message) == ("FRM12", True)
    taken = take(path, (), expected, set_aside=True)
    assert rows_of(taken.parts[0].select("sex")) == [("male",), (None,), ("female",)]
    assert any("Set aside: sex: 2 rows" in note for note in taken.notes)


def test_a_range_that_ends_before_it_begins_is_a_bad_value(tmp_path, expected):
    columns = {"birth_date_from": [date(1998, 5, 1)], "birth_date_to": [date(1997, 5, 31)]}
    with pytest.raises(FrameError) as caught:
        take(written(tmp_path, columns, made=True), (), expected, set_aside=False)
    assert caught.value.code == "FRM12"


#   columns                                 by             code
REFUSED = [
    ({"sex": [1]},                          (),            "FRM10"),
    ({"on_register": [1]},                  (),            "FRM10"),
    ({"birth_date_from": ["1997"]},         (),            "FRM10"),
    ({"wife_pregnancy_weeks": [1.5]},       (),            "FRM10"),
    ({"region": ["a"]},                     ("region",),   "FRM11"),
    (SEX,                                   ("region",),   "FRM07"),
]  # fmt: skip


@pytest.mark.parametrize(("columns", "by", "code"), REFUSED)
def test_a_frame_that_cannot_be_read_is_refused(tmp_path, expected, columns, by, code):
    with pytest.raises(FrameError) as caught:
        take(written(tmp_path, columns), by, expected, set_aside=False)
    assert caught.value.code == code


@pytest.mark.parametrize(("name", "content", "code"), [
    ("none.parquet", None, "FRM04"), ("bad.parquet", b"x", "FRM05"), ("people.xls", b"x", "FRM05"),
])  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused(tmp_path, expected, name, content, code):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(FrameError) as caught:
        take(tmp_path / name, (), expected, set_aside=False)
    assert caught.value.code == code


def test_csv_arrow_and_folders_are_read(tmp_path, expected):
    frame = pl.DataFrame(
        {"sex": ["male", None], "on_register": [True, None], "birth_date_from": [date(1997, 5, 1), None]}
    )
    frame.write_csv(tmp_path / "people.csv")
    frame.write_ipc(tmp_path / "people.arrow")
    (tmp_path / "folder").mkdir()
    frame.write_parquet(tmp_path / "folder" / "part.parquet")
    for name in ("people.csv", "people.arrow", "folder"):
        taken = take(tmp_path / name, (), expected, set_aside=False)
        assert rows_of(taken.parts[0]) == [("male", True, date(1997, 5, 1)), (None, None, None)]
        assert "Real people" in taken.notes[0]


def test_columns_that_nothing_reads_are_told(tmp_path, expected):
    taken = take(written(tmp_path, {**SEX, "shoes": [42]}), (), expected, set_aside=False)
    assert "Not read: shoes" in taken.notes


def test_the_schema_says_what_each_column_holds(expected):
    lines = schema_lines(expected)
    assert "sex: male | female" in lines
    assert "on_register: true or false" in lines
    assert any(line.startswith("birth_date: dates") and "birth_date_from" in line for line in lines)
    assert any("counted beforehand" in line for line in lines)
    assert any(line.startswith("wife_pregnancy_weeks: whole numbers") for line in lines)
