"""Puts every page of the contact site, in every language, narrow and wide, into docs/look/: `make pictures`.

python tools/pictures.py           all of them
python tools/pictures.py ru write  only these: languages and pages

Look at them after every change of a page or of words: what no test sees is seen there.
"""

import sys
import tempfile
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

from safeconduct.desk.project.configuration import Site, make_folder, read_folder
from safeconduct.desk.project.logs import logging_settings
from safeconduct.desk.project.settings_shared import settings_for

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "look"
sys.path.insert(0, str(ROOT))


def set_up(folder: Path) -> None:
    """An empty desk in a folder, and this process as its contact site with the style page beside it.

    Args:
        folder: An empty folder that goes when the process ends.
    """
    make_folder(folder)
    configuration = replace(read_folder(folder), least_seconds=0)
    changed = {"ROOT_URLCONF": "tools.style_urls", "LOGGING": logging_settings("ERROR")}
    settings.configure(**settings_for(Site.CONTACT, configuration) | changed)
    django.setup()
    for store in ("default", "keyring"):
        call_command("migrate", database=store, verbosity=0)


def main(wanted: list[str]) -> int:
    """Make the pictures.

    Args:
        wanted: Languages and pages; none means all.
    Returns:
        0, or 1 if there is no browser.
    """
    if import_module("tools.chromium").main():
        return 1
    with tempfile.TemporaryDirectory(prefix="safeconduct-pictures-") as folder:
        set_up(Path(folder) / "desk")
        made = import_module("tools.picture_pages").draw(PICTURES, frozenset(wanted))
    size = sum(path.stat().st_size for path in PICTURES.glob("*.png"))
    print(f"{made} pictures made; docs/look holds {size / 1_000_000:.1f} MB.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
