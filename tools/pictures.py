"""Puts the pages of both sites, in every language, narrow and wide, into docs/look/: `make pictures`.

python tools/pictures.py                   all of them
python tools/pictures.py contact ru write  only these: sites (contact, members), languages and pages

Look at them after every change of a page or of words: what no test sees is seen there.
"""

import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command

from safeconduct.desk.project.configuration import Site, make_folder, read_folder
from safeconduct.desk.project.logs import logging_settings
from safeconduct.desk.project.settings_shared import LANGUAGES, settings_for

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "look"
_TONGUES = tuple(code for code, _ in LANGUAGES)
sys.path.insert(0, str(ROOT))


def set_up(folder: Path, site: Site) -> None:
    """An empty desk in a folder, and this process as one of its sites; the style page stands beside the contact site.

    Args:
        folder: An empty folder that goes when the process ends.
        site: The site.
    """
    make_folder(folder)
    configuration = replace(read_folder(folder), least_seconds=0)
    changed: dict[str, Any] = {"LOGGING": logging_settings("ERROR")}
    if site is Site.CONTACT:
        changed["ROOT_URLCONF"] = "tools.style_urls"
    settings.configure(**settings_for(site, configuration) | changed)
    django.setup()
    for store in ("default", "keyring"):
        call_command("migrate", database=store, verbosity=0)


def make(site: Site, language: str, wanted: frozenset[str]) -> int:
    """Make the pictures of a site on a desk of its own; for a fresh process, because a process has one desk.

    Args:
        site: The site.
        language: Of the members' site: what is written in an organisation is in one language. For the contact site: "".
        wanted: Languages and pages; none of a sort means all of it.
    Returns:
        How many were made.
    """
    with tempfile.TemporaryDirectory(prefix="safeconduct-pictures-") as folder:
        set_up(Path(folder) / "desk", site)
        if site is Site.CONTACT:
            made: int = import_module("tools.picture_pages").draw(PICTURES, wanted)
        else:
            made = import_module("tools.picture_office_pages").draw_office(PICTURES, language, wanted)
    return made


def _jobs(wanted: frozenset[str]) -> Iterator[tuple[Site, str, frozenset[str]]]:
    sites = wanted & {site.value for site in Site}
    rest = wanted - sites
    if not sites or Site.CONTACT.value in sites:
        yield Site.CONTACT, "", rest
    if not sites or Site.MEMBERS.value in sites:
        for language in _TONGUES:
            if language in rest or not rest & set(_TONGUES):
                yield Site.MEMBERS, language, rest - set(_TONGUES)


def main(wanted: list[str]) -> int:
    """Make the pictures.

    Args:
        wanted: Sites, languages and pages; none of a sort means all of it.
    Returns:
        0, or 1 if there is no browser.
    """
    if import_module("tools.chromium").main():
        return 1
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        made = sum(pool.submit(make, *job).result() for job in _jobs(frozenset(wanted)))
    size = sum(path.stat().st_size for path in PICTURES.glob("*.png"))
    print(f"{made} pictures made; docs/look holds {size / 1_000_000:.1f} MB.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
