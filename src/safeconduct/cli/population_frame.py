"""What commands about a file of people share: their options, progress, and how counts are written."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from safeconduct.cli.output_file import write_output

if TYPE_CHECKING:
    from safeconduct.population.counting import Progress
    from safeconduct.population.group_charts import Said
    from safeconduct.population.grouped import Grouped
    from safeconduct.population.intake import Taken

_Command = TypeVar("_Command", bound=Callable[..., Any])
_OPTIONS = (
    click.option("--by", multiple=True, metavar="COLUMN", help="Count by this column, or by age; repeat it for more."),
    click.option("--provision", "names", multiple=True, metavar="ID", help="Count this provision; repeat it for more."),
    click.option(
        "--engine",
        type=click.Choice(["polars", "duckdb", "spark"]),
        default="polars",
        show_default=True,
        help="Who computes; duckdb and spark read Parquet only.",
    ),
    click.option(
        "--bad",
        type=click.Choice(["stop", "set-aside"]),
        default="stop",
        show_default=True,
        help="What to do about rows with bad values.",
    ),
    click.option(
        "--format",
        "form",
        type=click.Choice(["text", "csv", "svg", "png"]),
        default="text",
        show_default=True,
        help="How to answer; csv bears HXL tags.",
    ),
    click.option(
        "--language", type=click.Choice(["en", "ru"]), default="en", show_default=True, help="Language of charts."
    ),
    click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here, not to the terminal."),
)


def frame_options(command: _Command) -> _Command:
    """The options of a command that counts people in a file."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@contextmanager
def progress(taken: "Taken", provisions: int) -> "Iterator[Progress]":
    """Tells on standard error how far a count is: a bar at a terminal, a line for each part elsewhere.

    Args:
        taken: The people.
        provisions: How many provisions are counted.
    """
    whole = f"{taken.people:,} people" if taken.people is not None else "people"
    click.echo(f"Counting {provisions} provisions over {whole} ...", err=True)
    if not sys.stderr.isatty():
        yield _line if len(taken.parts) > 1 else _nothing
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

    console = Console(stderr=True)
    with Progress(BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console, transient=True) as shown:
        task = shown.add_task("", total=taken.people)
        yield lambda people: shown.update(task, completed=people)


def _line(people: int) -> None:
    click.echo(f"{people:,} people counted", err=True)


def _nothing(_people: int) -> None:
    """Nothing to tell: there is one part."""


def write_counts(found: "Grouped", form: str, language: str, said: "Said", output: Path | None) -> None:
    """Write counts by group.

    Args:
        found: The counts.
        form: text, csv, svg or png.
        language: Language of a chart.
        said: What a chart says beside the counts.
        output: The file; None for standard output.
    """
    from safeconduct.population.grouped import grouped_csv, grouped_lines

    for name in found.inexact:
        click.echo(f"{name}: among the unknown some may be certain after all", err=True)
    if form == "csv":
        write_output(grouped_csv(found), output)
    elif form == "text":
        write_output("\n".join(grouped_lines(found)) + "\n", output)
    else:
        from safeconduct.population.group_charts import group_chart

        picture = group_chart(found, said, language)
        write_output(picture.svg() if form == "svg" else picture.png(), output)
