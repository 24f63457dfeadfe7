"""The root of the command line: commands are imported when they are called, and a missing extra is named."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from safeconduct.cli import commands
from safeconduct.cli.commands import COMMANDS, Command, Commands
from safeconduct.values.errors import LawPackError, Place, SituationError


def group(**known):
    return Commands(name="safeconduct", commands_known=known)


def run(made, *arguments):
    return CliRunner().invoke(made, list(arguments))


@click.command()
@click.option("--how", default="well")
def raising(how):
    """Raise what is asked for."""
    place = Place(name="", line=3, column=2)
    if how == "situation":
        other = SituationError("a second", remedy="mend it", place=place)
        raise SituationError(
            "no such fact",
            remedy="correct it",
            place=place,
            offending="resi\x1b[31mdnt",
            nearest="resident",
            others=(other,),
        )
    if how == "law":
        raise LawPackError("no such page", remedy="name another")
    click.echo(how)


def here(**parts):
    return Command(**{"module": __name__, "name": "raising", "says": "Raise.", **parts})


@pytest.fixture(autouse=True)
def this_module(monkeypatch):
    monkeypatch.setitem(sys.modules, __name__, sys.modules.get(__name__) or sys.modules["__main__"])
    monkeypatch.setattr(sys.modules[__name__], "raising", raising, raising=False)


def test_help_lists_the_commands_without_importing_them():
    script = (
        "import sys\nfrom click.testing import CliRunner\nfrom safeconduct.cli import main\n"
        "done = CliRunner().invoke(main, ['--help'])\nassert done.exit_code == 0\n"
        "assert 'assess' in done.output and 'law' in done.output\n"
        "slow = ('lark', 'markdown_it', 'z3', 'rich', 'ruamel')\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in slow))"
    )
    done = subprocess.run((sys.executable, "-c", script), check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_where_it_is_said_to_be(name):
    found = commands.main.get_command(click.Context(commands.main), name)
    assert isinstance(found, click.Command)


def test_a_command_that_runs_ends_with_nought():
    done = run(group(one=here()), "one")
    assert (done.exit_code, done.output) == (0, "well\n")


def test_a_missing_extra_is_named_with_what_to_do():
    made = group(one=Command(module="not_installed_at_all", name="x", says="X.", extra="population"))
    done = run(made, "one")
    assert done.exit_code == 2
    assert done.output.splitlines() == [
        "safeconduct one needs what the base install leaves out: population",
        "  to fix: pip install 'safeconduct[population]'",
    ]


@pytest.mark.parametrize("extra", ["", "population"])
def test_a_module_of_ours_that_is_missing_is_a_bug_and_no_missing_extra(extra):
    made = group(one=Command(module="safeconduct.not_there", name="x", says="X.", extra=extra))
    done = run(made, "one")
    assert done.exit_code not in (0, 1, 2)


def test_an_error_of_ours_is_bad_input():
    done = run(group(one=here()), "one", "--how", "law")
    assert (done.exit_code, done.output) == (2, "no such page\n  to fix: name another\n")


def test_every_fault_of_a_situation_is_shown_and_no_escape_reaches_the_terminal():
    done = run(group(one=here()), "one", "--how", "situation")
    assert done.exit_code == 2
    assert 'written: "resi\\u001b[31mdnt"; perhaps "resident" is meant' in done.output
    assert "a second\n  to fix: mend it" in done.output
    assert "\x1b" not in done.output


def test_a_command_that_there_is_not_is_bad_input():
    done = run(group(one=here()), "ome")
    assert done.exit_code == 2
    assert '"one" is meant' in done.output


def test_the_version_is_told():
    done = run(commands.main, "--version")
    assert done.output.startswith("safeconduct, version ")
