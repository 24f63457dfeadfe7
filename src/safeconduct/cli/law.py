"""`safeconduct law list | show | check`: reading and checking the pages of law."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from safeconduct.packs.assembly import Assembled

FAULTS_FOUND = 1
FORMATS = click.Choice(["text", "json"])
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def law() -> None:
    r"""Read and check the pages of law.

    \b
    Examples:
      safeconduct law list
      safeconduct law show RU-CON-01
      safeconduct law check
    """


def assembled_from(folder: Path | None) -> "Assembled":
    """The pages of a folder, or those shipped with the package, invented ones included."""
    from safeconduct.packs.assembly import assemble
    from safeconduct.packs.store import load_folder, packaged_pages

    return load_folder(folder) if folder is not None else assemble(packaged_pages(with_invented=True))


@law.command()
@click.option("--folder", type=FOLDER, help="Check this folder of pages instead of the packaged ones.")
def check(*, folder: Path | None) -> None:
    r"""Check the pages and run their cases.

    \b
    Examples:
      safeconduct law check
      safeconduct law check --folder my/pages
    """
    from safeconduct.packs.checking import check as check_pages

    report = check_pages(assembled_from(folder))
    for fault in report.faults:
        click.echo(str(fault))
    for fault in report.warnings:
        click.echo(f"(warning) {fault}")
    click.echo(f"{len(report.faults)} faults, {len(report.warnings)} warnings, {len(report.cases)} cases")
    sys.exit(FAULTS_FOUND if report.faults else 0)
