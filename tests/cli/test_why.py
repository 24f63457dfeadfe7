"""`safeconduct why` from the outside: reasons, single changes, errors that help."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from safeconduct.cli import main
from safeconduct.cli.layout import WIDTH
from safeconduct.cli.why import why_json, why_lines
from safeconduct.rules.flips import flips
from safeconduct.rules.position import Assessor
from safeconduct.rules.telling import read_situation
from tests.cli.invented import ALEX, DAY, corpus

ROOT = Path(__file__).resolve().parents[2]
MAN = str(ROOT / "examples" / "twenty-eight.yaml")
ON = ["--on", "2024-03-01"]


def run(*arguments, told=None):
    return CliRunner().invoke(main, ["why", *arguments], input=told)


def made(name, told=ALEX, day=DAY):
    situation = read_situation(told.encode(), corpus().vocabulary, form="yaml")
    finding = Assessor(corpus(), situation).finding(name, day.toordinal())
    return finding, flips(corpus(), situation, name, on=day.toordinal()), day, ("A warning.",)


def text_of(*arguments, **others):
    return "\n".join(line.text for line in why_lines(*made(*arguments, **others)))


def test_it_names_the_answer_the_reasons_and_what_would_change_it():
    result = run(MAN, "RU-CON-02", *ON)
    assert result.exit_code == 0
    assert result.stdout.startswith("RU-CON-02 on 2024-03-01: no\n")
    assert "- if in reserve were no: disputed" in result.stdout


def test_json_holds_the_same():
    found = json.loads(run(MAN, "RU-CON-02", *ON, "--format", "json").stdout)
    assert found["answer"] == "no"
    assert {"change": "fact", "name": "in_reserve", "value": "no", "answer": "disputed"} in found["flips"]
    assert list(found) == ["on", "id", "answer", "warnings", "because", "flips", "alone"]


#    finding     lines that stand in the text
LINES = [
    ("XX-A-1",  ["XX-A-1 on 2023-12-12: unknown", "- exception: aim: not known"]),
    ("XX-A-1",  ["- if aim were yes: no", "- if aim were no: yes"]),
    ("XX-A-3",  ["left_unit: some days later): applies", '"No" means "this provision does not reach you"']),
    ("XX-R-1",  ["left_unit: some days later): holds", "- if left unit.permission were yes: no"]),
    ("XX-R-4",  ["- in force until 2020-12-31: does not hold", "No single change of a fact or event"]),
    ("XX-R-1",  ["- if it had not happened: left unit: no", "- A warning."]),
    ("XX-R-6",  ["- if it had happened: left country (XX): yes"]),
    ("XX-W-3",  ["- if it had happened: search: yes"]),
    ("XX-P-1",  ["- if it had not happened: entered (XX): no"]),
    ("XX-D-1",  ["- if it had not happened: learnt: no"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "lines"), LINES)
def test_reasons_and_changes_read_as_sentences(name, lines):
    text = text_of(name)
    assert [line for line in lines if line not in text] == []


def test_what_bears_on_it_without_changing_it_alone_is_listed():
    told = "person: {citizenships: [XX], aim: yes}\nnot_happened: [left_unit]"
    assert "What bears on it, but changes nothing alone" in text_of("XX-A-1", told=told)
    assert "alone" not in text_of("XX-R-2", told="person: {reserve: yes}")


def test_a_deadline_that_does_not_run_is_not_said_not_to_reach_the_person():
    finding, *others = made("XX-D-1", ALEX.replace("[applied,", "[applied, learnt,"), date(2024, 6, 1))
    assert finding.answer.value == "no"
    assert "does not reach" not in "\n".join(line.text for line in why_lines(finding, *others))


def test_text_fits_eighty_columns():
    for name in ("XX-A-1", "XX-G-A", "XX-D-1", "XX-L-1"):
        assert max(len(line.text) for line in why_lines(*made(name))) <= WIDTH


def test_a_finding_as_data():
    found = why_json(*made("XX-R-1"))
    assert found["because"][0]["holds"] == "yes"
    assert (found["id"], found["warnings"]) == ("XX-R-1", ["A warning."])


#    arguments                               code      in the message
REFUSED = [
    ([MAN, "RU-CON-2", *ON],                 "ASK01",  "RU-CON-02"),
    ([MAN, *ON],                             "ASK01",  "law list"),
    ([*ON],                                  "ASK01",  "law list"),
    ([MAN, "RU-CON-02"],                     "DAY04",  "--on"),
    ([MAN, MAN, "RU-CON-02", *ON],           "FILE07", "one file"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "code", "text"), REFUSED)
def test_what_cannot_be_answered_is_bad_input_with_a_remedy(arguments, code, text):
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"[{code}]" in result.stderr
    assert text in result.stderr


def test_a_file_that_others_can_read_gets_a_warning(tmp_path):
    path = tmp_path / "somebody.yaml"
    path.write_text("person: {sex: male}")
    path.chmod(0o644)
    result = run(str(path), "RU-CON-02", *ON)
    assert result.exit_code == 0
    assert "Warning" in result.stderr
    assert "somebody" not in result.output
