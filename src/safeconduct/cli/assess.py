"""`safeconduct assess`: where a person stands in law on a day. It reads one file and keeps nothing."""

import sys
from datetime import date
from io import TextIOWrapper
from typing import TYPE_CHECKING

import click

from safeconduct import __version__
from safeconduct.packs.position.asked_day import day_from
from safeconduct.values.errors import Place, QuestionError, SituationError

if TYPE_CHECKING:
    from safeconduct.rules.finding import Position


def day_asked(text: str | None) -> date:
    """The day of `--on`.

    Args:
        text: What was typed; None if the option is not there.
    Raises:
        QuestionError: If it is not a day of the calendar, written YYYY-MM-DD, in the years that the engine knows.
    """
    if text is None:
        raise QuestionError("the day asked is not named", remedy="add --on DATE, such as --on 2023-12-12", code="DAY04")
    return day_from(text, place=Place(name="--on"))


def one_file(names: tuple[str, ...]) -> str:
    """The one file that was named; an error names none of them, as click's own would."""
    if len(names) == 1:
        return names[0]
    raise SituationError(
        "no file is named" if not names else "more than one file is named",
        remedy="name one file, or - for standard input: safeconduct assess examples/alex.yaml --on 2023-12-12",
        place=Place(name="FILE"),
        code="FILE07",
    )


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", metavar="FILE|-", nargs=-1)
@click.option("--on", "day", metavar="DATE", help="The day asked, as YYYY-MM-DD. It must be named.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to answer."
)
@click.option(
    "--language",
    type=click.Choice(["en", "ru", "uk", "kk"]),
    default="en",
    show_default=True,
    help="Language of titles, effects, questions and warnings.",
)
@click.option(
    "--all", "everything", is_flag=True, help="Show also what does not concern this person, and every country."
)
def assess(*, files: tuple[str, ...], day: str | None, form: str, language: str, everything: bool) -> None:
    """Where a person stands in law on a day, and why.

    FILE holds what is known of the person, as examples/alex.yaml does; - reads
    standard input. An age file asks for its passphrase. Nothing is kept.

    \b
    Examples:
      safeconduct assess examples/alex.yaml --on 2023-12-12
      safeconduct assess mine.yaml --on 2023-12-12 --format json
      age -d mine.yaml.age | safeconduct assess - --on 2023-12-12

    This is information about the law, from draft pages that no lawyer has read.
    """  # noqa: D301 -- the backspace is click's sign for lines that are not joined
    from safeconduct.cli.input_file import read_input
    from safeconduct.packs.position.answering import answered
    from safeconduct.packs.store import load_corpus
    from safeconduct.rules.telling import read_situation

    on = day_asked(day)
    given = read_input(one_file(files))
    for warning in given.warnings:
        click.echo(warning, err=True)
    corpus = load_corpus()
    situation = read_situation(given.content, corpus.vocabulary, form=given.form)
    found = answered(corpus, situation, on=on, language=language, engine=__version__, everything=everything)
    show = _print_json if form == "json" else _print_text
    show(found, everything=everything)


def _print_json(found: "Position", *, everything: bool) -> None:
    import json

    from safeconduct.packs.position.position_json import position_json

    _echo(json.dumps(position_json(found, everything=everything), ensure_ascii=False, indent=2))


def _print_text(found: "Position", *, everything: bool) -> None:
    from safeconduct.cli.position_text import position_lines

    # click takes the bold out where the answer does not go to a terminal; nothing depends on it.
    lines = position_lines(found, everything=everything)
    _echo("\n".join(click.style(line.text, bold=True) if line.strong else line.text for line in lines))


def _echo(text: str) -> None:
    stream = sys.stdout
    if isinstance(stream, TextIOWrapper):
        # A terminal whose letters are not those of the text shows numbers in their place, and the answer goes on.
        stream.reconfigure(errors="backslashreplace")
    click.echo(text)
