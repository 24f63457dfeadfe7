"""The command line's root: which commands there are, and how an error of ours reaches the terminal."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import click

from safeconduct import __version__
from safeconduct.cli.crash import CRASHED, crashed
from safeconduct.values.errors import SafeconductError, SituationError

BAD_INPUT = 2
INTERRUPTED = 130


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Where a command lives.

    Args:
        module: Module that holds it.
        name: Its name there.
        says: Its line in `--help`, so that nothing is imported to print that.
        extra: The extra that it needs; "" for none.
    """

    module: str
    name: str
    says: str
    extra: str = ""


COMMANDS: Mapping[str, Command] = {
    "assess": Command(
        module="safeconduct.cli.assess", name="assess", says="Where a person stands in law on a day, and why."
    ),
    "ask": Command(module="safeconduct.cli.ask", name="ask", says="The most useful questions, one by one."),
    "timeline": Command(
        module="safeconduct.cli.timeline", name="timeline", says="Where a person stands in law between two days."
    ),
    "compare": Command(
        module="safeconduct.cli.compare", name="compare", says="What changed in the law between two days, and for whom."
    ),
    "why": Command(
        module="safeconduct.cli.why", name="why", says="Why a finding is what it is, and what would change it."
    ),
    "law": Command(module="safeconduct.cli.law", name="law", says="Read and check the pages of law."),
    "population": Command(
        module="safeconduct.cli.population", name="population", says="Many people: what a law reaches, who bears it."
    ),
    "desk": Command(module="safeconduct.cli.desk", name="desk", says="Run the confidential desk.", extra="desk"),
}


class Commands(click.Group):
    """A group whose commands are imported when they are called.

    Args:
        commands_known: The commands by name.
    """

    def __init__(self, *, commands_known: Mapping[str, Command] = COMMANDS, **settings: Any) -> None:  # noqa: ANN401 -- click's own
        super().__init__(**settings)
        self._known = commands_known

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's own
        """Names, in the order in which they are listed."""
        return list(self._known)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported; a command whose extra is missing ends the program and names it."""
        known = self._known.get(cmd_name)
        if known is None:
            return None
        try:
            found: click.Command = getattr(import_module(known.module), known.name)
        except ModuleNotFoundError as error:
            if not known.extra or (error.name or "").startswith("safeconduct"):
                raise
            click.echo(
                f"safeconduct {cmd_name} needs what the base install leaves out: {known.extra}\n"
                f"  to fix: pip install 'safeconduct[{known.extra}]'",
                err=True,
            )
            ctx.exit(BAD_INPUT)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 -- click's own
        """The list in `--help`."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, known.says) for name, known in self._known.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named; click's own error would repeat a file's name that stands in its place."""
        name = args[0]
        if name not in self._known and not name.startswith("-"):
            meant = get_close_matches(name, self._known, n=1)
            hint = f' Perhaps "{meant[0]}" is meant.' if meant else ""
            known = ", ".join(self._known)
            ctx.fail(f"There is no such command; there are: {known}.{hint} A file stands after: safeconduct assess")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 -- click's own
        """Run the command; an error of ours is bad input and says what to do; any other is a bug and says where."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise  # click's own ways to end
        except SafeconductError as error:
            click.echo(message(error), err=True)
            ctx.exit(BAD_INPUT)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except Exception as error:  # noqa: BLE001 -- a traceback could print what is known of a person
            click.echo(crashed(error), err=True)
            ctx.exit(CRASHED)


def message(error: SafeconductError) -> str:
    """The error for the terminal: the person who typed a word may see it; nobody else does."""
    others = error.others if isinstance(error, SituationError) else ()
    return "\n".join(_one(each) for each in (error, *others))


def _one(error: SafeconductError) -> str:
    head, _, remedy = str(error).partition("\n")
    typed = ""
    if isinstance(error, SituationError) and error.offending:
        meant = f'; perhaps "{error.nearest}" is meant' if error.nearest else ""
        # An escape sequence in a file must not reach the terminal.
        typed = f'\n  written: "{ascii_only(error.offending)}"{meant}'
    return f"{head}{typed}\n{remedy}"


def ascii_only(text: str) -> str:
    """The text with every sign that is not printable written as its number."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog="Examples: safeconduct assess examples/alex.yaml --on 2023-12-12; safeconduct law list",
)
@click.version_option(__version__, prog_name="safeconduct")
def main() -> None:
    """Where a person stands in law on a day, with the reasons and the sources.

    Legal information from draft pages that no lawyer has read; it decides nothing.
    """


def run() -> None:
    """Start from `python -m safeconduct.cli`."""
    sys.exit(main())
