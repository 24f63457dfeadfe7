"""The example in README.md is a real answer: whoever changes the pages or the words sees here that it must follow."""

from pathlib import Path

from click.testing import CliRunner

from safeconduct.cli import main

ROOT = Path(__file__).resolve().parents[2]
HEADING = "## What an answer looks like"


def excerpts():
    """The parts of the example, as they stand between the marks for what was cut."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").split(HEADING, 1)[1].split("\n## ", 1)[0]
    quoted = [line[4:] for line in section.splitlines() if line.startswith("    ")]
    parts = "\n".join(quoted).split("\n...")
    return [part.strip("\n") for part in parts if part.strip()]


def test_every_part_of_the_example_stands_in_the_real_answer_in_that_order():
    answer = CliRunner().invoke(main, ["assess", str(ROOT / "examples" / "alex.yaml"), "--on", "2023-12-12"]).stdout
    parts = excerpts()
    assert len(parts) == 3
    assert [part for part in parts if part not in answer] == []
    places = [answer.index(part) for part in parts]
    assert places == sorted(places)
