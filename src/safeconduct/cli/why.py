"""`safeconduct why`: why one finding is what it is, and what single change would give another answer."""

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

from safeconduct.cli.assess import day_asked, one_file
from safeconduct.cli.layout import Line, bullet, heading, paragraph
from safeconduct.values.errors import Place, QuestionError

if TYPE_CHECKING:
    from safeconduct.rules.corpus import Corpus
    from safeconduct.rules.finding import Finding
    from safeconduct.rules.flips import Flips


def provision_named(corpus: "Corpus", name: str | None) -> str:
    """An id of a provision that is shown.

    Raises:
        QuestionError: If there is none; with the nearest known id.
    """
    known = [one.id for one in corpus.provisions.values() if one.shown]
    if name in known:
        return str(name)
    nearest = get_close_matches(name or "", known, n=1)
    hint = f"perhaps {nearest[0]} is meant; " if nearest else ""
    raise QuestionError(
        "there is no finding of that id" if name else "no finding is named",
        remedy=f"{hint}safeconduct law list shows all ids",
        place=Place(name="ID"),
        code="ASK01",
    )


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("names", metavar="FILE|- ID", nargs=-1)
@click.option("--on", "day", metavar="DATE", help="The day asked, as YYYY-MM-DD. It must be named.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to answer."
)
def why(*, names: tuple[str, ...], day: str | None, form: str) -> None:
    """Why a finding is what it is on a day, and what would change it.

    FILE holds what is known of the person, as examples/alex.yaml does; ID is a
    finding, such as RU-CON-02. Each change that is shown changes one fact or one
    event and leaves all else as it was told.

    \b
    Examples:
      safeconduct why examples/twenty-eight.yaml RU-CON-02 --on 2024-03-01

    This is information about the law, from draft pages that no lawyer has read.
    """  # noqa: D301 -- the backspace is click's sign for lines that are not joined
    from safeconduct.cli.input_file import read_input
    from safeconduct.packs.store import load_corpus
    from safeconduct.rules.flips import flips
    from safeconduct.rules.position import Assessor
    from safeconduct.rules.reach import reach
    from safeconduct.rules.telling import read_situation
    from safeconduct.rules.warnings import about_input, contradictions

    on = day_asked(day)
    corpus = load_corpus()
    name = provision_named(corpus, names[-1] if len(names) > 1 else None)
    given = read_input(one_file(names[:-1]))
    for warning in given.warnings:
        click.echo(warning, err=True)
    situation = read_situation(given.content, corpus.vocabulary, form=given.form)
    assessor = Assessor(corpus, situation)
    contradictions(assessor, on.toordinal())
    finding = assessor.finding(name, on.toordinal())
    found = flips(corpus, situation, name, on=on.toordinal())
    warnings = about_input(corpus, situation, on, reach(corpus, situation, everything=True))
    if form == "json":
        import json

        click.echo(json.dumps(why_json(finding, found, on, warnings), ensure_ascii=False, indent=2))
        return
    lines = why_lines(finding, found, on, warnings)
    click.echo("\n".join(click.style(line.text, bold=True) if line.strong else line.text for line in lines))


def why_lines(finding: "Finding", found: "Flips", on: date, warnings: tuple[str, ...]) -> Iterator[Line]:
    """The answer as text of 80 columns."""
    from safeconduct.cli import why_wording as wording

    yield Line(text=wording.head(finding, on), strong=True)
    yield from paragraph(finding.title[:1].upper() + finding.title[1:])
    yield from paragraph(wording.meaning(finding))
    for warning in warnings:
        yield from bullet(warning)
    yield from heading(wording.REASONS)
    for reason in finding.because:
        yield from bullet(wording.reason_line(reason))
    yield from heading(wording.FLIPS)
    yield from paragraph(wording.FLIPS_INTRO if found.flips else wording.NO_FLIP)
    for flip in found.flips:
        yield from bullet(wording.flip_line(flip))
    if found.alone:
        yield from heading(wording.ALONE)
        yield from paragraph(", ".join(found.alone))


def why_json(finding: "Finding", found: "Flips", on: date, warnings: tuple[str, ...]) -> dict[str, Any]:
    """The answer, ready for `json.dumps`."""
    return {
        "on": on.isoformat(),
        "id": finding.id,
        "answer": finding.answer.value,
        "warnings": list(warnings),
        "because": [
            {"role": one.role, "text": one.text, "holds": one.holds.word, "fact": list(one.facts)}
            for one in finding.because
        ],
        "flips": [
            {"change": one.change.value, "name": one.name, "value": one.value, "answer": one.answer.value}
            for one in found.flips
        ],
        "alone": list(found.alone),
    }
