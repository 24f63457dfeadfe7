"""The command `population burden`."""

import subprocess
import sys
from types import ModuleType

import pytest
from click.testing import CliRunner

from safeconduct.cli import main
from safeconduct.cli.output_file import write_output
from safeconduct.values.errors import QuestionError
from tests.population.conftest import spark_is_missing

TABLE = "region,men,deaths\nNorth,1000,3\nSouth,2000,1\n"


def run(*arguments):
    return CliRunner().invoke(main, ["population", *map(str, arguments)])


def test_without_a_table_the_packaged_one_is_shown():
    done = run("burden", "--against", "Moscow")
    assert done.exit_code == 0
    assert "4.48 per 10,000" in done.stdout
    assert "81.50" in done.stdout


def test_csv_goes_to_standard_output_and_warnings_elsewhere():
    done = run("burden", "--format", "csv")
    assert done.stdout.startswith("region,men,deaths,rate_per_10000,lower_95,upper_95,ratio_to_mean\nTuva,")
    assert "A region is not a people" in done.stderr
    assert len(done.stdout.splitlines()) == 86


def test_a_table_of_ones_own_is_read(tmp_path):
    table = tmp_path / "mine.csv"
    table.write_text(TABLE)
    done = run(
        "burden", table, "--source", "the ministry", "--counted-from", "2023-01-01", "--counted-until", "2023-02-01"
    )
    assert done.exit_code == 0
    assert "the ministry" in done.stdout
    assert "from 2023-01-01 to 2023-02-01" in done.stdout


@pytest.mark.parametrize(("form", "start"), [("svg", b"<svg "), ("png", b"\x89PNG")])
def test_a_chart_is_written_whole(tmp_path, form, start):
    target = tmp_path / "chart"
    target.write_text("old")
    done = run("burden", "--format", form, "--chart", "funnel", "--language", "ru", "--output", target)
    assert done.exit_code == 0
    assert done.stdout == ""
    assert target.read_bytes().startswith(start)
    assert [path.name for path in tmp_path.iterdir()] == ["chart"]


#   arguments                                     said
REFUSED = [
    (["burden", "no/such/table.csv"],             "TAB07"),
    (["burden", "--against", "Atlantis"],         "TAB06"),
    (["burden", "--source", "me"],                "packaged table has its own source"),
    (["burden", "--counted-until", "yesterday"],  "packaged table has its own source"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "said"), REFUSED)
def test_bad_input_ends_with_2_and_says_why(arguments, said):
    done = run(*arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("form", "start"), [("text", b"Raising"), ("csv", b"day,men"), ("svg", b"<svg "), ("png", b"\x89PNG")]
)
def test_a_reform_is_written_in_every_form(tmp_path, form, start):
    done = run("reform", "2023-12-31", "2024-01-01", "--format", form, "--output", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out").read_bytes().startswith(start)


def test_days_without_a_reform_are_refused():
    done = run("reform", "2024-01-01", "2024-02-01")
    assert (done.exit_code, "POP04" in done.stderr) == (2, True)


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path):
    with pytest.raises(QuestionError, match="cannot be written"):
        write_output("text", tmp_path / "no" / "folder.txt")
    (tmp_path / "folder").mkdir()
    with pytest.raises(QuestionError, match="cannot be written"):
        write_output("text", tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_picture_is_not_thrown_at_a_terminal(monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    with pytest.raises(QuestionError, match="cannot be shown") as caught:
        write_output(b"\x89PNG", None)
    assert caught.value.code == "OUT01"


def test_without_the_extra_the_command_names_it():
    script = (
        "import sys\n"
        "class Closed:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] == 'polars':\n"
        "            raise ModuleNotFoundError(name, name=name)\n"
        "sys.meta_path.insert(0, Closed())\n"
        "from safeconduct.cli import main\n"
        "main(['population', 'burden'])\n"
    )
    done = subprocess.run((sys.executable, "-c", script), check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert "safeconduct[population]" in done.stderr


# --- people ------------------------------------------------------------------------------------------------------

ON = ("--on", "2024-06-01", "--provision", "RU-CON-02")


@pytest.fixture
def people(tmp_path):
    target = tmp_path / "people.parquet"
    done = run("make", target, "--people", "3000", "--seed", "7", "--provision", "RU-CON-02")
    assert done.exit_code == 0, done.output
    return target


def test_made_people_are_counted_by_group(people):
    done = run("assess", people, *ON, "--by", "region")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0].split() == ["region", "provision", "yes", "no", "unknown", "disputed"]
    assert len(done.stdout.splitlines()) == 11
    assert "MADE PEOPLE" in done.stderr


def test_counts_are_written_as_csv(people, tmp_path):
    done = run("assess", people, *ON, "--format", "csv", "--output", tmp_path / "counts.csv")
    assert done.exit_code == 0
    assert (tmp_path / "counts.csv").read_text().startswith("provision,answer,people\n#law+id,")


def test_people_are_not_made_over_a_file(people):
    before = people.read_bytes()
    done = run("make", people)
    assert (done.exit_code, "OUT03" in done.stderr) == (2, True)
    assert people.read_bytes() == before
    assert [path.name for path in people.parent.iterdir()] == [people.name]


def test_the_schema_is_printed_without_a_file():
    done = run("assess", *ON, "--schema")
    assert done.exit_code == 0
    assert "sex: male | female" in done.stdout


#   arguments                                                       said
PEOPLE_REFUSED = [
    (["assess", "people.parquet"],                                  "DAY04"),
    (["assess", *ON],                                               "Name a FRAME"),
    (["assess", "none.parquet", *ON],                               "FRM04"),
    (["assess", "none.parquet", "--on", "2024-06-01", "--provision", "RU-NOPE"], "POP01"),
    (["reform", "2023-12-31", "2024-01-01", "--frame", "none.parquet"], "FRM04"),
    (["reform", "2023-12-31", "2024-01-01", "--by", "sex"],         "name a --frame"),
    (["reform", "2023-12-31", "2024-01-01", "--on", "2024-01-01", "--frame", "x"], "for two folders"),
    (["reform", ".", "2024-01-01", "--frame", "x"],                 "two days, or two folders"),
    (["reform", ".", "."],                                          "name a --frame"),
    (["reform", ".", ".", "--frame", "x"],                          "DAY04"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "said"), PEOPLE_REFUSED)
def test_a_question_that_cannot_be_counted_is_refused(arguments, said):
    done = run(*arguments)
    assert (done.exit_code, said in done.stderr, done.stdout) == (2, True, "")


@pytest.mark.security
def test_no_person_comes_out_of_a_count(people, tmp_path):
    """Whatever is asked, the answer has a row for a group, never one for a person, and no small number."""
    done = run("assess", people, "--on", "2024-06-01", "--by", "region", "--by", "sex", "--format", "csv")
    assert done.exit_code == 0
    cells = [line.rsplit(",", 1)[1] for line in done.stdout.splitlines()[2:]]
    assert {cell for cell in cells if cell.isdigit() and 0 < int(cell) < 10} == set()
    assert "withheld" in cells


def test_counts_are_drawn(people, tmp_path):
    done = run("assess", people, *ON, "--by", "region", "--format", "svg", "--output", tmp_path / "counts.svg")
    assert done.exit_code == 0, done.output
    drawn = (tmp_path / "counts.svg").read_text()
    for text in ("MADE PEOPLE", "made-01", "2024-06-01", "RU-CON-02", "disputed between sources", "withheld"):
        assert text in drawn


def test_a_chart_of_too_many_bars_is_refused(people):
    done = run("assess", people, *ON, "--by", "birth_date_from", "--format", "svg")
    assert (done.exit_code, "FRM09" in done.stderr) == (2, True)
    names = [part for one in range(9) for part in ("--provision", f"RU-DEF-0{one + 1}")]
    by = ("--by", "region", "--by", "sex")
    done = run("assess", people, "--on", "2024-06-01", *names, *by, "--format", "png")
    assert (done.exit_code, "OUT04" in done.stderr) == (2, True)


@pytest.mark.parametrize("engine", ["duckdb", pytest.param("spark", marks=pytest.mark.loopback)])
def test_another_engine_counts_the_same(people, engine):
    if engine == "spark" and (reason := spark_is_missing()):
        pytest.skip(reason)
    asked = ("assess", people, *ON, "--by", "region", "--by", "sex", "--format", "csv")
    done = run(*asked, "--engine", engine)
    assert done.exit_code == 0, done.output
    assert done.stdout == run(*asked).stdout


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_another_engine_is_given_parquet_only(tmp_path, engine):
    (tmp_path / "people.csv").write_text("sex\nmale\n")
    done = run("assess", tmp_path / "people.csv", *ON, "--engine", engine)
    assert (done.exit_code, "FRM13" in done.stderr) == (2, True)


def test_a_missing_spark_is_named(people, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    monkeypatch.setitem(sys.modules, "pyspark", None)
    done = run("assess", people, *ON, "--engine", "spark")
    assert (done.exit_code, "FRM14" in done.stderr) == (2, True)
    assert "safeconduct[cluster]" in done.stderr


def test_a_spark_that_does_not_start_is_named(people, monkeypatch):
    class BrokenError(Exception):
        pass

    class Builder:
        def config(self, *_setting):
            return self

        def getOrCreate(self):  # noqa: N802 -- as Spark calls it
            raise BrokenError

    class Session:
        builder = Builder()

    spark, errors = ModuleType("pyspark.sql"), ModuleType("pyspark.errors")
    spark.SparkSession, errors.PySparkException = Session, BrokenError
    monkeypatch.setitem(sys.modules, "pyspark.sql", spark)
    monkeypatch.setitem(sys.modules, "pyspark.errors", errors)
    done = run("assess", people, *ON, "--engine", "spark")
    assert (done.exit_code, "FRM15" in done.stderr) == (2, True)


def test_a_long_count_says_how_far_it_is(people, monkeypatch):
    monkeypatch.setattr("safeconduct.population.opening.PART", 1000)
    done = run("assess", people, *ON, "--by", "region", "--format", "csv")
    assert [line for line in done.stderr.splitlines() if line.endswith("people counted")] == [
        "1,000 people counted", "2,000 people counted", "3,000 people counted",
    ]  # fmt: skip
    monkeypatch.undo()
    assert run("assess", people, *ON, "--by", "region", "--format", "csv").stdout == done.stdout


def test_at_a_terminal_a_bar_shows_how_far_it_is(people, monkeypatch):
    from safeconduct.cli import population_frame

    class Terminal:
        def isatty(self):
            return True

    class Sys:
        stderr = Terminal()

    monkeypatch.setattr(population_frame, "sys", Sys)
    monkeypatch.setenv("FORCE_COLOR", "1")
    done = run("assess", people, *ON, "--format", "csv")
    assert done.exit_code == 0
    assert "3000/3000" in done.stderr


@pytest.mark.parametrize("form", ["text", "csv", "svg", "png"])
def test_a_reform_counts_people(people, tmp_path, form):
    target = tmp_path / "out"
    days = ("2023-12-31", "2024-01-01")
    done = run("reform", *days, "--frame", people, "--by", "region", "--format", form, "--output", target)
    assert done.exit_code == 0, done.output
    found = target.read_bytes()
    starts = {
        "text": b"region",
        "csv": b"region,provision,answer,people\n#group+region,",
        "svg": b"<svg ",
        "png": b"\x89PNG",
    }
    assert found.startswith(starts[form])
    if form == "text":
        assert found.decode().splitlines()[0].split()[2:] == [
            "becomes", "ceases", "stays", "never", "unknown", "disputed",
        ]  # fmt: skip


def test_a_reform_is_counted_by_age(people):
    done = run("reform", "2023-12-31", "2024-01-01", "--frame", people, "--by", "age", "--format", "csv")
    assert done.exit_code == 0, done.output
    ages = {line.split(",")[0] for line in done.stdout.splitlines()[2:]}
    assert {"18", "27", "unknown", "under 16"} <= ages


def test_two_folders_of_pages_are_compared_over_people(people, tmp_path):
    from safeconduct.packs.store import packaged_pages

    for name in ("today", "proposed"):
        for path, text in packaged_pages().items():
            target = tmp_path / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text)
    folders = (tmp_path / "today", tmp_path / "proposed")
    done = run("reform", *folders, "--on", "2024-06-01", "--frame", people, "--format", "csv")
    assert done.exit_code == 0, done.output
    cells = dict(line.split(",")[1:] for line in done.stdout.splitlines()[2:])
    assert (cells["becomes"], cells["ceases"]) == ("0", "0")
    assert int(cells["never"]) > 1000
