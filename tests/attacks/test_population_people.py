"""Somebody has a file of real people and wants a list out of it: who is liable, where they are, or just one of them."""

import re
import subprocess
import sys
from datetime import date
from itertools import product
from xml.etree import ElementTree as ET

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.cli import main
from safeconduct.packs.store import load_corpus
from safeconduct.population.assessment import ANSWERS, assessed
from safeconduct.population.engines import FrameError, frame_of, refuse
from safeconduct.population.frame_law import FrameLaw
from safeconduct.population.grouped import LEAST, withheld
from safeconduct.population.intake import GROUPS_AT_MOST, Wanted, taken_in
from safeconduct.population.made import MADE, Making, made_people
from safeconduct.population.opening import opened
from safeconduct.population.reach import TwoLaws, reached

pytestmark = pytest.mark.security

ON = date(2024, 6, 1)
ID = "RU-CON-02"
NO = ANSWERS.index("no")
MONTH = {"birth_date_from": [date(1997, 5, 1)], "birth_date_to": [date(1997, 5, 31)]}


@pytest.fixture(scope="module")
def law():
    return FrameLaw(load_corpus(), ON)


@pytest.fixture(scope="module")
def people(law):
    return made_people(Making(people=20_000, seed=7, unknown=0.05), law.columns((ID,)), 0, 20_000)


def run(*arguments):
    return CliRunner().invoke(main, ["population", *map(str, arguments)])


def taken(path, law, by=()):
    return taken_in(path, Wanted(expected=law.columns((ID,)), by=by, on=law.on), set_aside=True)


def written(tmp_path, columns, *, made=False):
    path = tmp_path / "people.parquet"
    pl.DataFrame(columns).write_parquet(path, metadata=MADE if made else None)
    return path


# --- who they are ------------------------------------------------------------------------------------------------

SPELT = [
    "name", "FullName", "full name", "full-name", "LAST_NAME", "passport2", "PassportNo", "person.id", "phone1",
    "E-Mail", "telegram", "home address", "iin", "GPS", "ФИО", "Фамилия", "номер телефона", "ИНН", "адрес", "Прізвище",
    "мекенжай",
]  # fmt: skip


@pytest.mark.parametrize("column", SPELT)
def test_a_file_that_names_its_people_is_refused_however_the_column_is_spelt(tmp_path, law, column):
    path = written(tmp_path, {"sex": ["male"], column: ["x"]})
    with pytest.raises(FrameError) as caught:
        taken(path, law)
    assert caught.value.code == "FRM06"


def test_a_made_file_is_refused_as_well_if_it_names_people(tmp_path, law):
    with pytest.raises(FrameError) as caught:
        taken(written(tmp_path, {"sex": ["male"], "surname": ["x"]}, made=True), law)
    assert caught.value.code == "FRM06"


DATES = [
    {"birth_date": [date(1997, 5, 14)]},
    {"birth_date_from": [date(1997, 5, 14)], "birth_date_to": [date(1997, 5, 14)]},
    {"birth_date_from": [date(1997, 5, 1)], "birth_date_to": [date(1997, 5, 2)]},
    {"dob": [date(1997, 5, 14)]},
    {"BirthDate": ["1997-05-14"]},
    {"дата рождения": ["14.05.1997"]},
]


@pytest.mark.parametrize("column", DATES)
def test_a_real_date_of_birth_is_refused_in_any_column(tmp_path, law, column):
    with pytest.raises(FrameError) as caught:
        taken(written(tmp_path, {"sex": ["male"], **column}), law)
    assert caught.value.code == "FRM08"


@pytest.mark.parametrize("column", [MONTH, {"year_of_birth": [1997]}])
def test_a_month_or_year_of_birth_is_taken(tmp_path, law, column):
    # Without this the test above could pass because nothing is ever taken.
    assert taken(written(tmp_path, {"sex": ["male"], **column}), law).people == 1


def test_groups_so_small_that_they_are_people_are_refused(tmp_path, law):
    many = [f"village {one}" for one in range(GROUPS_AT_MOST + 1)]
    with pytest.raises(FrameError) as caught:
        taken(written(tmp_path, {"sex": ["male"] * len(many), "village": many}), law, by=("village",))
    assert caught.value.code == "FRM09"


@pytest.mark.parametrize("group", ["+7 900 123 45 67", "who@example.org", "8(900)1234567"])
def test_groups_called_like_a_contact_are_refused(tmp_path, law, group):
    with pytest.raises(FrameError) as caught:
        taken(written(tmp_path, {"sex": ["male"], "district": [group]}), law, by=("district",))
    assert caught.value.code == "FRM09"


# --- a list of them ----------------------------------------------------------------------------------------------


def test_no_row_of_the_answer_is_a_person(tmp_path, law):
    """As many people as one likes: the answer has a row for each group and answer, and nothing more."""
    lengths = set()
    for number in (200, 3000):
        path = written(
            tmp_path, made_people(Making(people=number, seed=1, unknown=0.05), law.columns((ID,)), 0, number)
        )
        done = run("assess", path, "--on", ON, "--provision", ID, "--by", "sex", "--format", "csv")
        # The dates of birth are exact, and the file does not say that it is made.
        assert (done.exit_code, "FRM08" in done.stderr) == (2, True)
        path = written(tmp_path, pl.read_parquet(path), made=True)
        done = run("assess", path, "--on", ON, "--provision", ID, "--by", "sex", "--format", "csv")
        assert done.exit_code == 0
        lengths.add(len(done.stdout.splitlines()))
    assert lengths == {2 + 3 * len(ANSWERS)}


def test_no_option_asks_for_rows():
    """Whoever adds one must delete this test, which needs a decision record."""
    for command in ("assess", "reform"):
        told = run(command, "--help").stdout
        options = set(re.findall(r"^\s+(?:-\w, )?(--[a-z-]+)", told, re.MULTILINE))
        assert options <= {
            *("--on", "--by", "--provision", "--engine", "--bad", "--format", "--language", "--output", "--schema"),
            *("--frame", "--help"),
        }
        assert "[text|csv|svg|png]" in told


@given(st.tuples(*[st.integers(0, 40)] * 4))
def test_no_number_under_ten_comes_out(cells):
    found = withheld(cells, harmless=NO)
    assert all(cell is None or cell == 0 or cell >= LEAST for cell in found)


@given(st.tuples(*[st.integers(0, 40)] * 4))
def test_what_is_withheld_cannot_be_had_from_a_total_that_is_known(cells):
    found = withheld(cells, harmless=NO)
    hidden = [count for count, shown in zip(cells, found, strict=True) if shown is None]
    assert not hidden or sum(hidden) >= LEAST or not any(found)


@given(st.integers(1, 500), st.integers(0, 500), st.integers(0, 500))
def test_a_group_in_which_everybody_may_be_liable_is_not_shown_to_be_so(yes, unknown, disputed):
    found = withheld((yes, 0, unknown, disputed), harmless=NO)
    assert found[NO] is None


def test_a_change_of_law_marks_nobody_either(law, people):
    laws = TwoLaws(before=FrameLaw(law.corpus, date(2023, 12, 31)), after=law, names=(ID,))
    cells = [cell for one in reached((frame_of(people),), laws, ("region", "sex")).counts for cell in one.cells]
    assert None in cells
    assert all(cell is None or cell == 0 or cell >= LEAST for cell in cells)


def test_no_picture_shows_a_number_that_the_table_withholds(tmp_path, people):
    path = written(tmp_path, people, made=True)
    asked = ("assess", path, "--on", ON, "--provision", ID, "--by", "region", "--by", "sex")
    done = run(*asked, "--format", "svg")
    assert done.exit_code == 0
    drawn = ET.fromstring(done.stdout)  # noqa: S314 -- our own
    told = " ".join(" ".join(part.attrib.get("aria-label", "") for part in drawn.iter()).split())
    sizes = [int(size.replace(",", "")) for size in re.findall(r"people: ([\d,]+)", told)]
    assert len(sizes) > 20
    assert all(size == 0 or size >= LEAST for size in sizes)
    assert "withheld" in done.stdout


# --- being taken for something else ------------------------------------------------------------------------------


def test_real_people_do_not_become_made_ones_by_a_name_or_by_one_file_among_others(tmp_path):
    folder = tmp_path / "made.parquet"
    folder.mkdir()
    pl.DataFrame({"sex": ["male"]}).write_parquet(folder / "a-made.parquet", metadata=MADE)
    assert opened(folder).made
    pl.DataFrame({"sex": ["male"], "safeconduct_made": ["yes"]}).write_parquet(folder / "b-made.parquet")
    assert not opened(folder).made


@pytest.mark.parametrize("value", ["=1+1", "+cmd|x", "-2+3", " =1", "-x"])
def test_a_group_that_a_spreadsheet_would_run_is_refused(tmp_path, law, value):
    with pytest.raises(FrameError) as caught:
        taken(written(tmp_path, {"sex": ["male"], "district": [value]}), law, by=("district",))
    assert caught.value.code == "FRM16"


@pytest.mark.parametrize("value", ["-3", "+7", "a-b", "R=1"])
def test_a_group_that_no_spreadsheet_runs_is_taken(tmp_path, law, value):
    assert taken(written(tmp_path, {"sex": ["male"], "district": [value]}), law, by=("district",)).people == 1


@pytest.mark.parametrize("engine", [nw.Implementation.PANDAS, nw.Implementation.MODIN, nw.Implementation.CUDF])
def test_unknown_is_not_lost_to_columns_that_have_none(engine):
    with pytest.raises(FrameError) as caught:
        refuse(engine)
    assert caught.value.code == "FRM02"


def test_unknown_is_never_counted_as_an_answer(law, people):
    """Hide everything of everybody: nobody is reached for certain."""
    empty = people.select(pl.lit(None, dtype=kind).alias(name) for name, kind in people.schema.items())
    (found,) = assessed(frame_of(empty), law, (ID,), ()).counts
    assert found.cells[ANSWERS.index("yes")] in {0, None}
    (seen,) = assessed(frame_of(people), law, (ID,), ()).counts
    assert seen.cells[ANSWERS.index("yes")] > LEAST


# --- what is left behind -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["text", "csv", "svg"])
def test_no_answer_holds_the_name_or_folder_of_the_file(tmp_path, people, form):
    path = written(tmp_path, people, made=True).rename(tmp_path / "batallion-7.parquet")
    done = run("assess", path, "--on", ON, "--provision", ID, "--by", "region", "--format", form)
    assert done.exit_code == 0
    assert "batallion" not in done.output
    assert str(tmp_path) not in done.output


def test_no_picture_loads_anything_from_elsewhere(tmp_path, people):
    path = written(tmp_path, people, made=True)
    drawn = run("assess", path, "--on", ON, "--provision", ID, "--by", "region", "--format", "svg").stdout
    addresses = set(re.findall(r"https?://[^\s\"'<]+", drawn))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert "<script" not in drawn
    assert "href" not in drawn.replace("xmlns:xlink", "")


MOMENTS = ["half", "written", "renamed"]
KILLED = """
import os, pathlib, signal, sys
moment, arguments = sys.argv[1], sys.argv[2:]
def die():
    os.kill(os.getpid(), signal.SIGKILL)
whole, rename = pathlib.Path.write_bytes, os.replace
def half(path, content):
    whole(path, content[: len(content) // 2])
    die()
def before(*paths):
    die()
def after(*paths):
    rename(*paths)
    die()
if moment == "half":
    pathlib.Path.write_bytes = half
os.replace = after if moment == "renamed" else before
from safeconduct.cli import main
main(arguments)
"""


@pytest.mark.parametrize(("moment", "command"), list(product(MOMENTS, ["assess", "reform"])))
def test_a_count_that_is_killed_leaves_the_old_table_or_the_whole_new_one(tmp_path, people, moment, command):
    path, target = written(tmp_path, people, made=True), tmp_path / "counts.csv"
    days = {"assess": ("assess", path, "--on", ON), "reform": ("reform", "2023-12-31", "2024-06-01", "--frame", path)}
    asked = [*map(str, days[command]), "--provision", ID, "--by", "region", "--format", "csv"]
    new = run(*asked).stdout
    target.write_text("the old table")
    killing = (sys.executable, "-c", KILLED, moment, "population", *asked, "--output", str(target))
    done = subprocess.run(killing, check=False, capture_output=True)
    assert done.returncode == -9
    assert target.read_text() == (new if moment == "renamed" else "the old table")


def test_making_people_that_is_killed_leaves_no_half_of_them(tmp_path):
    script = (
        "import os, signal\n"
        "import safeconduct.population.made as made\n"
        "made._PART, real, parts = 1000, made.made_people, []\n"
        "def part(*arguments):\n"
        "    parts.append(arguments)\n"
        "    if len(parts) == 3:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return real(*arguments)\n"
        "made.made_people = part\n"
        "from safeconduct.cli import main\n"
        f"main(['population', 'make', {str(tmp_path / 'big.parquet')!r}, '--people', '5000'])\n"
    )
    done = subprocess.run((sys.executable, "-c", script), check=False, capture_output=True)
    assert done.returncode == -9
    assert not (tmp_path / "big.parquet").exists()
    assert all(path.name.startswith(".") for path in tmp_path.iterdir())
