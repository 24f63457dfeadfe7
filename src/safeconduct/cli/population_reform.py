"""`safeconduct population reform`: whom a change of law reaches; from births alone, or among people in a file."""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from safeconduct.cli.assess import day_asked
from safeconduct.cli.output_file import write_output
from safeconduct.cli.population_frame import frame_options, progress, write_counts

if TYPE_CHECKING:
    from safeconduct.population.reach import TwoLaws

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LIABLE = ("RU-G-LIABLE",)
"""What is counted if nothing is named: who can be called up, under whichever text."""


@click.command()
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="AFTER")
@click.option("--frame", type=click.Path(path_type=Path), metavar="FILE", help="Count people in this file.")
@click.option("--on", "day", metavar="DATE", help="The day asked, where BEFORE and AFTER are folders of pages.")
@frame_options
def reform(  # noqa: PLR0913 -- one argument for each option
    *,
    before: str,
    after: str,
    frame: Path | None,
    day: str | None,
    by: tuple[str, ...],
    names: tuple[str, ...],
    engine: str,
    bad: str,
    form: str,
    language: str,
    output: Path | None,
) -> None:
    """Whom a change of law reaches.

    BEFORE and AFTER are two days. Alone, they give how many men a change of the
    age of conscription adds, year by year, from Russia's births: on paper, and
    with the transition. With --frame they count people in a file: who becomes
    reached by a provision and who ceases to be, by any column, with unknown
    counted apart and counts under 10 withheld; each person is as old as on the
    day of that law.

    BEFORE and AFTER may also be two folders of pages, for a change of law under
    review; then --frame and --on are needed.

    \b
    Examples:
      safeconduct population reform 2023-12-31 2024-01-01
      safeconduct population reform 2023-12-31 2024-01-01 \\
        --format svg --output reform.svg
      safeconduct population reform 2023-12-31 2024-01-01 \\
        --frame people.parquet --by age
      safeconduct population reform law-today law-proposed --on 2025-01-01 \\
        --frame people.parquet --by region --provision RU-CON-02 --format csv

    From births alone: deaths, migration and grounds of exemption are left out.
    """  # noqa: D301 -- the backspace is click's sign for lines that are not joined
    days = [_DAY.fullmatch(one) is not None or not Path(one).is_dir() for one in (before, after)]
    if frame is None:
        if not all(days):
            raise click.UsageError("Two folders of pages are compared over people: name a --frame.")
        if by or names:
            raise click.UsageError("Births have no groups and no provisions: name a --frame to count people.")
        _of_births(day_asked(before), day_asked(after), form, language, output)
        return
    from safeconduct.population.intake import Wanted, taken_in
    from safeconduct.population.opening import Engine
    from safeconduct.population.reach import reached
    from safeconduct.population.said import reform_said

    laws = _laws((before, after), days, day, names or _LIABLE)
    wanted = Wanted(expected=laws.columns(), by=by, on=laws.after.on)
    taken = taken_in(frame, wanted, set_aside=bad == "set-aside", engine=Engine(engine))
    for line in taken.notes:
        click.echo(line, err=True)
    with progress(taken, len(laws.names)) as told:
        found = reached(taken.parts, laws, by, progress=told)
    write_counts(found, form, language, reform_said(laws, taken, language), output)


def _laws(named: tuple[str, str], days: list[bool], day: str | None, names: tuple[str, ...]) -> "TwoLaws":
    """The two laws: of two days, or of two folders on one day."""
    from safeconduct.packs.store import compiled, load_corpus, pages_in
    from safeconduct.population.frame_law import FrameLaw
    from safeconduct.population.reach import TwoLaws

    if all(days):
        if day is not None:
            raise click.UsageError("Each of the two days is asked on itself: --on is for two folders of pages.")
        corpus = load_corpus()
        first, second = (FrameLaw(corpus, day_asked(one)) for one in named)
    elif any(days):
        raise click.UsageError("Name two days, or two folders of pages.")
    else:
        on: date = day_asked(day)
        first, second = (FrameLaw(compiled(pages_in(Path(one))), on) for one in named)
    return TwoLaws(before=first, after=second, names=names)


def _of_births(first: date, second: date, form: str, language: str, output: Path | None) -> None:
    """The age of conscription, from births alone."""
    from safeconduct.packs.store import load_corpus
    from safeconduct.population.reform import reform_between
    from safeconduct.population.reform_report import reform_csv, reform_lines
    from safeconduct.population.shipped import births

    found = reform_between(load_corpus(), first, second)
    if form == "text":
        write_output("\n".join(reform_lines(found, births(), language)) + "\n", output)
    elif form == "csv":
        write_output(reform_csv(found, births()), output)
    else:
        from safeconduct.population.reform_charts import reform_chart

        picture = reform_chart(found, births(), language)
        write_output(picture.svg() if form == "svg" else picture.png(), output)
