"""What the commands of the desk share: which folder, and opening it in this process."""

from pathlib import Path

import click

BAD_INPUT = 2
HELP = {"help_option_names": ["-h", "--help"]}
FOLDER = click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), help="Folder of the desk, if it is not the usual one."
)


def usual() -> Path:
    """The folder that the environment names (SAFECONDUCT_DESK), or the usual one."""
    from safeconduct.desk.operating.starting import usual_folder

    return usual_folder()


def opened(folder: Path | None) -> None:
    """Open a desk in this process."""
    from safeconduct.desk.operating.starting import begin

    begin(folder or usual())
