"""`safeconduct population assess`: how many people of each group a provision reaches."""

from pathlib import Path

import click

from safeconduct.cli.assess import day_asked
from safeconduct.cli.output_file import write_output
from safeconduct.cli.population_frame import frame_options, progress, write_counts


@click.command()
@click.argument("frame", type=click.Path(path_type=Path), required=False)
@click.option("--on", "day", metavar="DATE", help="The day asked, as YYYY-MM-DD. It must be named.")
@frame_options
@click.option("--schema", is_flag=True, help="Print the columns that are read, and stop.")
def assess(  # noqa: PLR0913 -- one argument for each option
    *,
    frame: Path | None,
    day: str | None,
    by: tuple[str, ...],
    names: tuple[str, ...],
    engine: str,
    bad: str,
    form: str,
    language: str,
    schema: bool,
    output: Path | None,
) -> None:
    """Count how many people of each group a provision reaches.

    FRAME is Parquet, CSV or Arrow with a row for a person and columns named by
    the vocabulary; a missing column or value is unknown. Only counts come out,
    and those under 10 are withheld. Names, numbers, contacts, and real dates of
    birth finer than a month are refused. Nothing has happened to these people:
    provisions about events answer no.

    \b
    Examples:
      safeconduct population assess people.parquet --on 2024-06-01 \\
        --provision RU-CON-02 --by region
      safeconduct population assess people.parquet --on 2024-06-01 \\
        --provision RU-CON-02 --by age --format svg --output ages.svg
      safeconduct population assess --on 2024-06-01 --provision RU-CON-02 \\
        --schema
    """  # noqa: D301 -- the backspace is click's sign for lines that are not joined
    from safeconduct.packs.store import load_corpus
    from safeconduct.population.frame_law import FrameLaw

    on = day_asked(day)
    law = FrameLaw(load_corpus(), on)
    asked = names or tuple(name for name in law.answerable() if law.law(name).variables)
    expected = law.columns(asked)
    if schema:
        from safeconduct.population.intake import schema_lines

        write_output("\n".join(schema_lines(expected)) + "\n", output)
        return
    if frame is None:
        raise click.UsageError("Name a FRAME: a Parquet, CSV or Arrow file.")
    from safeconduct.population.assessment import assessed
    from safeconduct.population.intake import Wanted, taken_in
    from safeconduct.population.opening import Engine
    from safeconduct.population.said import assess_said

    wanted = Wanted(expected=expected, by=by, on=law.on)
    taken = taken_in(frame, wanted, set_aside=bad == "set-aside", engine=Engine(engine))
    for line in taken.notes:
        click.echo(line, err=True)
    with progress(taken, len(asked)) as told:
        found = assessed(taken.parts, law, asked, by, progress=told)
    write_counts(found, form, language, assess_said(law.corpus, asked, on, taken, language), output)
