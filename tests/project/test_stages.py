"""The stages of `make test`: all of them there, each with a remedy, and none that passes when its command fails."""

import sys

import pytest

from tools import stages
from tools.stages import STAGES, Stage


def a_stage(name: str, code: str) -> Stage:
    return Stage(name=name, says="a check", command=("python", "-c", code), remedy="mend it")


@pytest.fixture
def table(monkeypatch, tmp_path):
    """A table of three stages, of which the second fails and the third leaves a mark."""
    mark = tmp_path / "mark"
    rows = (
        a_stage("first", "pass"),
        a_stage("second", "raise SystemExit(3)"),
        a_stage("third", f"open({str(mark)!r}, 'w').close()"),
    )
    monkeypatch.setattr(stages, "STAGES", rows)
    monkeypatch.setattr(stages, "REPORT", tmp_path / "made" / "coverage.json")
    return mark


def test_every_check_that_the_style_asks_for_is_a_stage():
    named = {stage.name for stage in STAGES}
    assert named == {"format", "lint", "types", "imports", "law", "browser", "tests", "coverage", "docs"}
    assert len(STAGES) == len(named)


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_a_stage_says_what_it_does_and_what_to_do(stage):
    assert stage.says
    assert stage.remedy


def test_the_run_stops_at_the_first_failure_and_says_what_to_do(table, capfd):
    assert stages.main([]) == 1
    assert not table.exists()
    assert "Stopped at second" in (said := capfd.readouterr().err)
    assert "to fix: mend it" in said


def test_stages_asked_for_alone_run_alone(table):
    assert stages.main(["first", "third"]) == 0
    assert table.exists()


def test_a_name_that_is_no_stage_is_refused_with_the_names_there_are(table, capfd):
    assert stages.main(["secnd"]) == 2
    assert "first, second, third" in capfd.readouterr().err
    assert not table.exists()


def test_an_older_measurement_does_not_stand_in_for_a_new_one(table, monkeypatch):
    monkeypatch.setattr(stages, "STAGES", (a_stage("tests", "pass"),))
    stages.REPORT.parent.mkdir()
    stages.REPORT.touch()
    assert stages.main([]) == 0
    assert not stages.REPORT.exists()


def test_a_stage_runs_the_programs_of_the_environment():
    assert stages.run(a_stage("here", f"import sys; raise SystemExit(sys.prefix != {sys.prefix!r})"))
