"""A fault of our own says where it happened and nothing that anybody typed."""

import click
import pytest
from click.testing import CliRunner

from safeconduct.cli.commands import Commands
from safeconduct.cli.crash import CRASHED, crashed, place_of

SECRET = "planted words of a person"


def group_that(breaks):
    root = Commands(commands_known={}, name="safeconduct")
    root.get_command = lambda _ctx, _name: click.Command("break", callback=breaks)
    root.resolve_command = lambda _ctx, args: ("break", root.get_command(None, None), args[1:])
    return root


def breaking(error):
    def breaks():
        raise error

    return breaks


#   error                                      exit code
ERRORS = [
    (ValueError(SECRET),                       CRASHED),
    (KeyError(SECRET),                         CRASHED),
    (RecursionError(SECRET),                   CRASHED),
    (MemoryError(SECRET),                      CRASHED),
    (OSError(5, SECRET, SECRET),               CRASHED),
    (AssertionError(SECRET),                   CRASHED),
    (KeyboardInterrupt(),                      130),
    (click.UsageError("an option"),            2),
    (SystemExit(3),                            3),
]  # fmt: skip


@pytest.mark.parametrize(("error", "code"), ERRORS, ids=lambda value: type(value).__name__)
def test_an_unexpected_error_prints_no_words_and_no_traceback(error, code):
    result = CliRunner().invoke(group_that(breaking(error)), ["break"])
    assert result.exit_code == code
    assert SECRET not in result.output
    assert "Traceback" not in result.output


def test_a_fault_names_its_code_and_what_to_do():
    result = CliRunner().invoke(group_that(breaking(ValueError(SECRET))), ["break"])
    assert result.stderr.startswith("safeconduct.cli.commands:")
    assert "ValueError [BUG01]" in result.stderr
    assert "to fix: report this line" in result.stderr


def test_the_place_is_the_innermost_line_of_ours():
    from safeconduct.values.days import add_months

    with pytest.raises(ValueError, match="ordinal") as caught:
        add_months(-5, 1, None)
    assert place_of(caught.value.__traceback__).startswith("safeconduct.values.days:")


def test_a_fault_outside_our_code_is_named_by_the_program():
    assert crashed(ValueError(SECRET)).startswith("safeconduct: ")
