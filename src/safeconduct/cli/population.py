"""`safeconduct population burden | reform | assess | make`: many people. Counts by group, never a list of people."""

from datetime import date
from pathlib import Path

import click

from safeconduct.cli.assess import day_asked
from safeconduct.cli.output_file import write_output
from safeconduct.cli.population_assess import assess
from safeconduct.cli.population_reform import reform

BAD_INPUT = 2
LANGUAGE = click.Choice(["en", "ru"])
HELP = {"help_option_names": ["-h", "--help"]}


@click.group(context_settings=HELP)
@click.pass_context
def population(ctx: click.Context) -> None:
    """Many people: what a law reaches, and who bears it.

    For statistics about groups; it marks no person as liable.

    \b
    Examples:
      safeconduct population burden
      safeconduct population burden --against Moscow --format csv
      safeconduct population reform 2023-12-31 2024-01-01
      safeconduct population make people.parquet --people 100000 --seed 7
      safeconduct population assess people.parquet --on 2024-06-01 --by region
      safeconduct population reform 2023-12-31 2024-01-01 \\
        --frame people.parquet --by age
    """  # noqa: D301 -- the backspace is click's sign for lines that are not joined
    from safeconduct.population.installed import missing

    if missing() is not None:
        click.echo(
            "safeconduct population needs what the base install leaves out: population\n"
            "  to fix: pip install 'safeconduct[population]'",
            err=True,
        )
        ctx.exit(BAD_INPUT)


@population.command()
@click.argument("table", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "svg", "png"]),
    default="text",
    show_default=True,
    help="How to answer.",
)
@click.option(
    "--chart", type=click.Choice(["ranked", "funnel"]), default="ranked", show_default=True, help="Which chart."
)
@click.option("--against", metavar="REGION", help="A region to compare the others with.")
@click.option("--source", default="", metavar="TEXT", help="Who counted, for a table of your own.")
@click.option("--counted-from", metavar="DATE", help="First day of the deaths counted, for a table of your own.")
@click.option("--counted-until", metavar="DATE", help="Last day of the deaths counted, for a table of your own.")
@click.option("--made", is_flag=True, help="Say on everything that the table's numbers are invented.")
@click.option("--language", type=LANGUAGE, default="en", show_default=True, help="Language of text and charts.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here, not to the terminal.")
def burden(  # noqa: PLR0913 -- one argument for each option
    *,
    table: Path | None,
    form: str,
    chart: str,
    against: str | None,
    source: str,
    counted_from: str | None,
    counted_until: str | None,
    made: bool,
    language: str,
    output: Path | None,
) -> None:
    """How unequally regions bear the deaths of a war.

    TABLE is a CSV with the columns region, men and deaths; without it, the
    packaged count of deaths confirmed to April 2023. Rates come with exact
    Poisson intervals of 95 %.

    \b
    Examples:
      safeconduct population burden --against Moscow
      safeconduct population burden --format svg --output burden.svg
      safeconduct population burden --format png --chart funnel --output f.png
      safeconduct population burden mine.csv --source "who" --counted-until 2023-12-31

    Regions are not peoples, a rate is not one man's risk, and tallies of
    different days must not be compared.
    """  # noqa: D301 -- as above
    from safeconduct.population.burden import burden_of
    from safeconduct.population.burden_report import burden_csv, burden_lines, warnings
    from safeconduct.population.shipped import shipped_deaths
    from safeconduct.population.tally import read_tally

    if table is None:
        _only_packaged(source, counted_from, counted_until, made=made)
        tally = shipped_deaths()
    else:
        first, last = _day(counted_from), _day(counted_until)
        tally = read_tally(_bytes(table), source=source, first=first, last=last, made=made)
    found = burden_of(tally, against=against)
    if form == "text":
        write_output("\n".join(burden_lines(found, language)) + "\n", output)
        return
    for line in warnings(language):
        click.echo(line, err=True)
    if form == "csv":
        write_output(burden_csv(found), output)
        return
    from safeconduct.population.burden_charts import CHARTS

    picture = CHARTS[chart](found, language)
    write_output(picture.svg() if form == "svg" else picture.png(), output)


def _day(text: str | None) -> date | None:
    return None if text is None else day_asked(text)


def _only_packaged(source: str, first: str | None, last: str | None, *, made: bool) -> None:
    if source or first or last or made:
        raise click.UsageError("The packaged table has its own source and days; name a TABLE to give others.")


def _bytes(table: Path) -> bytes:
    from safeconduct.population.tally import MAX_BYTES, TableError

    try:
        with table.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError:
        raise TableError("the table cannot be read", remedy="check the name of the file", code="TAB07") from None


@population.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--people", type=click.IntRange(1, 1_000_000_000), default=100_000, show_default=True, help="How many.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same people.")
@click.option("--unknown", type=click.FloatRange(0, 1), default=0.05, show_default=True, help="Share of gaps.")
@click.option("--provision", "names", multiple=True, metavar="ID", help="Make the columns that this reads; repeat it.")
def make(*, target: Path, people: int, seed: int, unknown: float, names: tuple[str, ...]) -> None:
    """Invent a population, for lessons, tests and measurements.

    TARGET is a Parquet file that is not there yet; beyond 2 million people it
    becomes a folder of such files. Its metadata say that nobody is in it.

    \b
    Examples:
      safeconduct population make people.parquet --people 100000 --seed 7
      safeconduct population make big.parquet --people 100000000 \\
        --provision RU-CON-02
    """  # noqa: D301 -- as above
    from secrets import token_hex

    from safeconduct.packs.store import load_corpus
    from safeconduct.population.frame_law import FrameLaw
    from safeconduct.population.made import Making, write_made
    from safeconduct.values.errors import QuestionError

    if target.exists():
        raise QuestionError("there is something of that name already", remedy="name another file", code="OUT03")
    law = FrameLaw(load_corpus(), _MADE_FOR)
    columns = law.columns(names or ("RU-CON-02", "RU-MOB-10", "RU-RES-AGES"))
    # Whoever kills us leaves a hidden name behind, never half a population under the name that was asked for.
    beside = target.with_name(f".{target.name}.{token_hex(4)}")
    write_made(Making(people=people, seed=seed, unknown=unknown), columns, beside)
    beside.replace(target)
    click.echo(f"{people:,} invented people, seed {seed}; nobody is in it", err=True)


_MADE_FOR = date(2024, 6, 1)
"""The day whose law says which columns are made: after the conscription age was raised."""


population.add_command(assess)
population.add_command(reform)
