"""`safeconduct timeline`: where a person stands in law between two days. It reads one file and keeps nothing."""

import os
import sys
import uuid
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from safeconduct import __version__
from safeconduct.cli.assess import day_asked, one_file
from safeconduct.values.errors import Place, QuestionError

if TYPE_CHECKING:
    from safeconduct.rules.timeline import Timeline

STORED_NAMES = {"text": "days.txt", "json": "days.json", "ics": "calendar.ics", "svg": "picture.svg"}
"""Files say nothing of what is in them."""


def day_of(option: str, text: str | None) -> date:
    """The day of an option, as `assess` reads its own.

    Raises:
        QuestionError: If it is missing or no day; the place is the option.
    """
    if text is None:
        raise QuestionError(
            f"the day of {option} is not named", remedy=f"add {option} DATE, such as {option} 2023-12-12", code="DAY04"
        )
    try:
        return day_asked(text)
    except QuestionError as error:
        place = Place(name=option)
        raise QuestionError(error.message, remedy=error.remedy, place=place, code=error.code) from None


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("names", metavar="FILE|-", nargs=-1)
@click.option("--from", "begin", metavar="DATE", help="The first day, as YYYY-MM-DD. It must be named.")
@click.option("--to", "end", metavar="DATE", help="The last day, included, as YYYY-MM-DD. It must be named.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "ics", "svg"]),
    default="text",
    show_default=True,
    help="Text, data, a calendar, or a picture.",
)
@click.option("--detail", is_flag=True, help="A calendar that says what happens on its days; you are asked first.")
@click.option("--save", "folder", metavar="FOLDER", help="Write it to FOLDER, under a name that says nothing.")
def timeline(  # noqa: PLR0913 -- one for each option
    *, names: tuple[str, ...], begin: str | None, end: str | None, form: str, detail: bool, folder: str | None
) -> None:
    """Where a person stands in law between two days, if nothing else happens.

    FILE holds what is known of the person, as examples/alex.yaml does; - reads
    standard input. An age file asks for its passphrase. Nothing is kept unless
    --save names a folder. A calendar holds bare days without a title unless
    --detail is given and the question answered with yes.

    \b
    Examples:
      safeconduct timeline examples/alex.yaml --from 2022-09-01 --to 2026-12-31
      safeconduct timeline mine.yaml --from 2024-01-01 --to 2024-12-31 --format ics > days.ics
      safeconduct timeline mine.yaml --from 2024-01-01 --to 2024-12-31 --format svg --save pictures

    This is information about the law, from draft pages that no lawyer has read.
    """  # noqa: D301 -- the backspace is click's sign for lines that are not joined
    from safeconduct.cli.input_file import read_input
    from safeconduct.packs.store import load_corpus
    from safeconduct.rules.telling import read_situation
    from safeconduct.rules.timeline import timeline as over_time

    first, last = day_of("--from", begin), day_of("--to", end)
    if last < first:
        raise QuestionError(
            "the last day lies before the first",
            remedy="name the earlier day with --from; both are included",
            place=Place(name="--to"),
            code="DAY05",
        )
    name = one_file(names)
    if detail and form == "ics":
        _ask_first(name)
    given = read_input(name)
    for warning in given.warnings:
        click.echo(warning, err=True)
    corpus = load_corpus()
    situation = read_situation(given.content, corpus.vocabulary, form=given.form)
    found = over_time(corpus, situation, first=first, last=last, engine=__version__)
    # A file holds no codes for bold letters; click takes them out of what goes to a pipe.
    text = written(found, form, detail=detail, strong=folder is None)
    if folder is None:
        _print(text)
    else:
        click.echo(f"Written: {stored(text, Path(folder), STORED_NAMES[form])}", err=True)


def _ask_first(name: str) -> None:
    """The question before a calendar says anything.

    Raises:
        QuestionError: If there is nobody to ask.
        click.Abort: If the answer is no.
    """
    from safeconduct.cli.timeline_wording import DETAIL_QUESTION

    if name == "-":
        raise QuestionError(
            "the question before --detail cannot be asked while standard input holds the situation",
            remedy="name a file instead of -, or leave out --detail",
            place=Place(name="--detail"),
            code="OUT01",
        )
    click.confirm(DETAIL_QUESTION, abort=True, err=True)


def written(found: "Timeline", form: str, *, detail: bool, strong: bool) -> str:
    """The timeline as text, JSON, a calendar or a picture."""
    if form == "json":
        import json

        from safeconduct.cli.timeline_json import timeline_json

        return json.dumps(timeline_json(found), ensure_ascii=False, indent=2) + "\n"
    if form == "ics":
        from safeconduct.cli.timeline_ics import calendar

        return calendar(found, detail=detail, new_id=lambda: str(uuid.uuid4()))
    if form == "svg":
        from safeconduct.cli.timeline_svg import picture

        return picture(found)
    from safeconduct.cli.timeline_text import timeline_lines

    lines = timeline_lines(found)
    return "".join(f"{click.style(line.text, bold=True) if strong and line.strong else line.text}\n" for line in lines)


def _print(text: str) -> None:
    # Written as bytes: a calendar's line ends must reach a file as they are.
    if not sys.stdout.isatty():
        text = click.unstyle(text)
    click.echo(text.encode(), nl=False)


def stored(text: str, folder: Path, name: str, *, option: str = "--save") -> str:
    """Write a new file that only its owner can read; nothing that stands there is replaced.

    Args:
        text: What it holds.
        folder: Where it stands.
        name: Its name there.
        option: The option that named the folder.
    Returns:
        The name of the file, without its folder.
    Raises:
        QuestionError: If it cannot be written; the folder is not named.
    """
    try:
        number = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(number, "wb") as file:
            file.write(text.encode())
    except FileExistsError:
        raise QuestionError(
            f"a file {name} stands there already",
            remedy="name another folder, or move that file away first",
            place=Place(name=option),
            code="OUT02",
        ) from None
    except (OSError, ValueError):
        raise QuestionError(
            "the file cannot be written there",
            remedy="name a folder that exists and that you may write to",
            place=Place(name=option),
            code="OUT03",
        ) from None
    return name
