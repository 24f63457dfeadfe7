"""`safeconduct assess` from the outside: answers, exit codes, errors that help, nothing of a file's name."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from string import ascii_lowercase

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeconduct.cli import main
from safeconduct.packs.store import load_corpus
from safeconduct.rules.reach import folder_of
from safeconduct.values.secret import Secret
from safeconduct.vault.age_file import seal_age_file

ROOT = Path(__file__).resolve().parents[2]
STAY = str(ROOT / "examples" / "stay-ends.yaml")
ON = ["--on", "2023-12-12"]
# A person to whom little can have happened: answered in a moment, where one of whom nothing is told takes seconds.
TOLD = "person:\n  sex: male\n  citizenships: [KZ]\n"
TOLD += "not_happened: [left_unit, enlisted, mobilised, summons, contract, case_opened, entered, left_country]\n"
TOLD_IN_JSON = json.dumps(
    {
        "person": {"sex": "male", "citizenships": ["KZ"]},
        "not_happened": [
            "left_unit",
            "enlisted",
            "mobilised",
            "summons",
            "contract",
            "case_opened",
            "entered",
            "left_country",
        ],
    }
)


def run(*arguments, told=None):
    return CliRunner().invoke(main, ["assess", *arguments], input=told)


def test_the_answer_is_text_unless_json_is_asked_for():
    result = run("-", *ON, told=TOLD)
    assert result.exit_code == 0
    assert result.stdout.startswith("Position in law on 2023-12-12\n")


def test_json_is_json_and_nothing_else_on_standard_output():
    answer = json.loads(run("-", *ON, "--format", "json", told=TOLD).stdout)
    assert answer["on"] == "2023-12-12"
    assert len(answer["receipt"]["corpus"]) == 64


def test_all_adds_what_does_not_concern_the_person():
    without, everything = (
        json.loads(run("-", *ON, "--format", "json", *more, told=TOLD).stdout)["findings"] for more in ([], ["--all"])
    )
    assert all(finding["concerns"] for finding in without)
    known = {finding["id"] for finding in without}
    added = [finding for finding in everything if finding["id"] not in known]
    beyond = [finding for finding in added if finding["concerns"]]
    assert len(added) == len(everything) - len(without)
    assert {finding["answer"] for finding in added if not finding["concerns"]} == {"no"}
    assert beyond, "the law of countries that nothing told mentions"
    corpus = load_corpus()
    folders = {folder_of(corpus.provisions[finding["id"]].place.name) for finding in beyond}
    assert folders <= corpus.looked_at.keys() - {"kz"}, "Kazakhstan is mentioned, Russia is always looked at"


def test_json_and_yaml_of_the_same_content_give_the_same_answer():
    yaml = run("-", *ON, "--format", "json", told=TOLD).stdout
    assert run("-", *ON, "--format", "json", told=TOLD_IN_JSON).stdout == yaml


@pytest.mark.parametrize("language", ["ru", "uk", "kk"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_another_language_says_what_is_translated_and_who_checked_it(language, form):
    result = run("-", *ON, "--language", language, "--format", form, told=TOLD)
    assert result.exit_code == 0
    assert not result.stdout.isascii()
    text = " ".join(result.stdout.split())
    assert "the rest is not. No speaker of the language has checked this translation" in text


def test_facts_that_no_answer_needs_are_named():
    result = run("-", *ON, told=TOLD.replace("sex: male\n", "sex: male\n  region: RU-SA\n"))
    assert "No answer needs these facts of the file: region." in " ".join(result.stdout.split())


def test_a_file_that_others_can_read_is_warned_of_on_standard_error_only(tmp_path):
    path = tmp_path / "told.yaml"
    path.write_text(TOLD)
    path.chmod(0o644)
    result = run(str(path), *ON)
    assert result.exit_code == 0
    assert "other people on this machine can read the file" in result.stderr
    assert "other people on this machine" not in result.stdout


#   told                                                    code      where
BAD = [
    ("",                                                    "FILE01", ""),
    ("person:\n  sexx: male\n",                             "SIT020", "line 2, column 3"),
    ("person:\n  sex: mail\n",                              "SIT023", "line 2"),
    ("persons: {}\n",                                       "SIT012", "line 1"),
    ("history:\n  - {event: fled}\n",                       "SIT021", "line 2"),
    ("person: {birth_date: 1993-02-30}\n",                  "SIT031", "line 1"),
    ("person: {birth_date: 14.05.1993}\n",                  "SIT030", "line 1"),
    ("person: {birth_date: 1999..1997}\n",                  "SIT033", "line 1"),
    ("person: {sex: male, sex: male}\n",                    "SIT010", "line 1"),
    ("- a list\n",                                          "SIT011", "line 1"),
    ("a: &a 1\nb: *a\n",                                    "SIT006", "line 1"),
    ("person: !!str {}\n",                                  "SIT007", "line 1"),
    ("person: [\n",                                         "SIT005", "line 2"),
    ("\x00\x01\x02",                                        "SIT002", "line 1"),
    ("# " + "x" * 1_000_001,                                "SIT001", ""),
    ('{"person": {"sex": "male"',                           "SIT005", "line 1"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "code", "where"), BAD)
def test_bad_input_ends_with_2_and_says_where_and_what_to_do(told, code, where):
    result = run("-", *ON, told=told)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"[{code}]" in result.stderr
    assert result.stderr.startswith(where)
    assert "to fix: " in result.stderr
    assert "Traceback" not in result.stderr


def test_every_fault_of_a_file_is_told_at_once_with_the_word_and_the_nearest_known_one():
    result = run("-", *ON, told="person:\n  sexx: male\n  citizenship: [RU]\n")
    assert result.stderr.count("to fix: ") == 2
    assert 'written: "sexx"; perhaps "sex" is meant' in result.stderr
    assert 'perhaps "citizenships" is meant' in result.stderr


#   day            code
DAYS = [
    ("12.12.2023", "DAY01"),
    ("2023-12",    "DAY01"),
    ("20231212",   "DAY01"),
    ("2023-W50-2", "DAY01"),
    ("today",      "DAY01"),
    ("",           "DAY01"),
    (" 2023-12-12", "DAY01"),
    ("٢٠٢٣-١٢-١٢", "DAY01"),
    ("2023-02-30", "DAY02"),
    ("2023-13-01", "DAY02"),
    ("0000-01-01", "DAY02"),
    ("1849-12-31", "DAY03"),
    ("2200-01-01", "DAY03"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "code"), DAYS)
def test_a_day_in_another_form_or_outside_the_calendar_is_refused(day, code):
    result = run("-", "--on", day, told=TOLD)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"[{code}]" in result.stderr
    assert result.stderr.startswith("--on: ")


@pytest.mark.parametrize("day", ["1850-01-01", "2199-12-31"])
def test_the_first_and_last_day_that_the_engine_knows_are_answered(day):
    assert run("-", "--on", day, told=TOLD).exit_code == 0


def test_today_is_never_presumed():
    result = run("-", told=TOLD)
    assert result.exit_code == 2
    assert "[DAY04]" in result.stderr


@pytest.mark.parametrize("files", [[], ["planted-one.yaml", "planted-two.yaml"]])
def test_other_than_one_file_is_refused_without_their_names(files):
    result = run(*files, *ON)
    assert result.exit_code == 2
    assert "[FILE07]" in result.stderr
    assert "planted" not in result.output


@pytest.mark.parametrize("option", [["--format", "xml"], ["--language", "de"], ["--bogus"], ["--on"]])
def test_an_unknown_option_or_value_ends_with_2(option):
    result = run("-", *ON, *option, told=TOLD)
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr


def test_help_shows_an_example_on_a_line_of_its_own():
    result = run("--help")
    assert result.exit_code == 0
    assert "\n    safeconduct assess examples/alex.yaml --on 2023-12-12\n" in result.stdout


# --- age files -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def age_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("age") / "told.yaml.age"
    path.write_bytes(seal_age_file(TOLD.encode(), Secret("harbour at night")))
    path.chmod(0o644)
    return str(path)


def test_an_age_file_asks_its_passphrase_and_shows_neither_it_nor_a_warning(age_file):
    result = run(age_file, *ON, told="harbour at night\n")
    assert result.exit_code == 0
    assert "Position in law" in result.stdout
    assert "Passphrase of the file" in result.stderr
    assert "harbour at night" not in result.output
    assert "other people" not in result.stderr


def test_a_wrong_passphrase_and_a_changed_file_are_refused_alike(age_file):
    result = run(age_file, *ON, told="another\n")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "[VAULT01]" in result.stderr
    assert "another" not in result.output


def test_an_age_file_without_a_passphrase_is_refused(age_file):
    result = run(age_file, *ON, told="")
    assert result.exit_code == 2
    assert "[FILE06]" in result.stderr


# --- nothing leaks ---------------------------------------------------------------------------------------------

NAMES = st.text(ascii_lowercase, min_size=12, max_size=30).map("planted-{}".format)
CONTENTS = st.sampled_from([TOLD, "", "person: [", "person: {sexx: 1}", "\x00", "{", None])
ENDINGS = st.sampled_from(["", ".yaml", ".json", ".yaml.age"])
OPTIONS = st.sampled_from([[*ON], [], ["--on", "x"], [*ON, "--format", "json"], [*ON, "--all"], [*ON, "--bogus"]])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES, folder=NAMES, ending=ENDINGS, content=CONTENTS, options=OPTIONS)
def test_no_output_holds_the_name_or_the_folder_of_the_file(tmp_path, name, folder, ending, content, options):
    path = tmp_path / folder / f"{name}{ending}"
    path.parent.mkdir(exist_ok=True)
    if content is not None:
        path.write_text(content)
    for arguments in (["assess", str(path)], [str(path)], ["assess", str(path), str(path)]):
        result = CliRunner().invoke(main, [*arguments, *options])
        assert result.exit_code in {0, 2}
        assert name not in result.output
        assert folder not in result.output


# --- as a program ----------------------------------------------------------------------------------------------


def as_a_program(*arguments, **settings):
    command = (sys.executable, "-c", "from safeconduct.cli import main; main()", "assess", *arguments)
    return subprocess.run(command, check=False, capture_output=True, **settings)


def test_piped_output_is_plain():
    done = as_a_program(STAY, *ON)
    assert done.returncode == 0
    assert b"Position in law on 2023-12-12" in done.stdout
    assert b"\x1b" not in done.stdout


def test_a_terminal_shows_headings_in_bold():
    ours, theirs = pty.openpty()
    command = (sys.executable, "-c", "from safeconduct.cli import main; main()", "assess", "-", *ON)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=theirs, stderr=subprocess.DEVNULL) as running:
        os.close(theirs)
        running.stdin.write(TOLD.encode())
        running.stdin.close()
        shown = b""
        try:
            while piece := os.read(ours, 65536):
                shown += piece
        except OSError:  # how Linux says that the other side is closed
            pass
    os.close(ours)
    assert b"\x1b[1mPosition in law on 2023-12-12\x1b[0m" in shown


def test_a_terminal_with_other_letters_is_answered_all_the_same():
    environment = {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = as_a_program("-", *ON, "--language", "ru", input=TOLD.encode(), env=environment)
    assert done.returncode == 0
    assert b"\\u041d" in done.stdout


def test_a_reader_that_stops_early_leaves_no_traceback():
    command = f"{sys.executable} -c 'from safeconduct.cli import main; main()' assess {STAY} --on 2023-12-12 | head -1"
    done = subprocess.run(("bash", "-c", command), check=False, capture_output=True)
    assert b"Position in law" in done.stdout
    assert b"Traceback" not in done.stderr


HEAVY = ["lark", "markdown_it", "rich", "jsonschema", "pyrage", "cryptography", "django"]


def test_an_answer_loads_no_library_that_it_does_not_need():
    script = (
        "import sys\nfrom safeconduct.cli import main\n"
        "try:\n    main()\nfinally:\n    print(sorted(sys.modules), file=sys.stderr)"
    )
    arguments = ("-", *ON)
    warm = subprocess.run(
        (sys.executable, "-c", script, "assess", *arguments), check=True, capture_output=True, input=TOLD.encode()
    )
    assert warm.returncode == 0
    done = subprocess.run(
        (sys.executable, "-c", script, "assess", *arguments), check=True, capture_output=True, input=TOLD.encode()
    )
    loaded = done.stderr.decode().splitlines()[-1]
    assert [name for name in HEAVY if f"'{name}'" in loaded] == []
