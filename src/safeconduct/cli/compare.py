"""`safeconduct compare`: what changed between two days, or two folders of pages, and for whom. It reads no person."""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from safeconduct.cli.assess import day_asked
from safeconduct.cli.timeline import stored
from safeconduct.cli.why import provision_named
from safeconduct.values.errors import Place, QuestionError

if TYPE_CHECKING:
    from safeconduct.rules.comparing.comparison import Comparison
    from safeconduct.rules.corpus import Corpus

EXAMPLES, EVERY_EXAMPLE = 3, 1000
"""For so many kinds of one change an example is looked for: to be read, and to be saved."""
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("names", metavar="BEFORE AFTER", nargs=-1)
@click.option("--on", "day", metavar="DATE", help="For two folders: the day on which both are asked, as YYYY-MM-DD.")
@click.option("--about", metavar="ID", multiple=True, help="Only this provision; may be given several times.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to answer."
)
@click.option("--examples", "folder", metavar="FOLDER", help="Save the examples to FOLDER, each as a situation file.")
def compare(*, names: tuple[str, ...], day: str | None, about: tuple[str, ...], form: str, folder: str | None) -> None:
    """What changed in the law between two days, and for which kinds of person.

    BEFORE and AFTER are two days, or two folders of pages. Both laws are asked
    on the second day (of folders, on the day of --on), so that a birthday is
    not taken for a change of law. Each change names the kinds of person who are
    answered differently, with an example of each, and says whether it is proved
    that there is nobody else.

    \b
    Examples:
      safeconduct compare 2023-12-31 2024-01-01
      safeconduct compare 2023-12-31 2024-01-01 --about RU-CON-02 --examples people
      safeconduct compare law-now law-proposed --on 2026-11-22

    This is information about the law, from draft pages that no lawyer has read.
    """  # noqa: D301 -- the backspace is click's sign for lines that are not joined
    found = _compared(_two(names), day, about, EVERY_EXAMPLE if folder is not None else EXAMPLES)
    if form == "json":
        import json

        from safeconduct.cli.compare_json import comparison_json

        click.echo(json.dumps(comparison_json(found), ensure_ascii=False, indent=2))
    else:
        from safeconduct.cli.compare_text import comparison_lines

        lines = comparison_lines(found)
        click.echo("\n".join(click.style(line.text, bold=True) if line.strong else line.text for line in lines))
    if folder is not None:
        number = save_examples(found, Path(folder))
        click.echo(f"Written: {number} situation files", err=True)


def _two(names: tuple[str, ...]) -> tuple[str, str]:
    if len(names) == 2:  # noqa: PLR2004 -- before and after
        return names[0], names[1]
    raise QuestionError(
        "two laws are compared",
        remedy="name two days, or two folders of pages: safeconduct compare 2023-12-31 2024-01-01",
        place=Place(name="BEFORE AFTER"),
        code="CMP01",
    )


def _compared(names: tuple[str, str], day: str | None, about: tuple[str, ...], examples: int) -> "Comparison":
    from safeconduct.packs.store import compiled, load_corpus, pages_in
    from safeconduct.rules.comparing.comparison import compare_days, compare_pages

    if all(_ISO.fullmatch(name) for name in names):
        before, after = _days(names)
        corpus = load_corpus()
        return compare_days(corpus, before, after, about=_ids(about, corpus), examples=examples)
    folders = [Path(name) for name in names]
    if not all(folder.is_dir() for folder in folders):
        raise QuestionError(
            "these are neither two days nor two folders",
            remedy="write days like 2023-12-12, or name two folders of pages",
            place=Place(name="BEFORE AFTER"),
            code="CMP01",
        )
    on = day_asked(day)
    first, second = (compiled(pages_in(folder)) for folder in folders)
    return compare_pages(first, second, on=on, about=_ids(about, first, second), examples=examples)


def _days(names: tuple[str, str]) -> tuple[date, date]:
    """Both days, the first before the second."""
    before, after = (day_asked(name) for name in names)
    if before >= after:
        raise QuestionError(
            "the second day does not come after the first",
            remedy="name the earlier day first",
            place=Place(name="BEFORE AFTER"),
            code="DAY05",
        )
    return before, after


def _ids(about: tuple[str, ...], *laws: "Corpus") -> tuple[str, ...]:
    known = {name for law in laws for name in law.provisions}
    for name in about:
        if name not in known:
            provision_named(laws[-1], name)  # refuses it, with the nearest id
    return about


def save_examples(found: "Comparison", folder: Path) -> int:
    """Write each example as a situation file that only its owner can read; nothing that stands there is replaced.

    Returns:
        How many were written.
    Raises:
        QuestionError: If the folder is not there, or a file of that name is.
    """
    from safeconduct.cli.compare_wording import example_name

    texts = {
        example_name(change.provision.id, shift, number): example.content
        for change in found.changes
        for shift in change.shifts
        for number, example in enumerate(shift.examples, start=1)
        if example is not None
    }
    for name, text in texts.items():
        stored(f"{text}\n", folder, name, option="--examples")
    return len(texts)
