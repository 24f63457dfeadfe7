"""Catalogues of translations: compiled where they changed, and asked whether a speaker has checked them."""

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from safeconduct.desk.project.configuration import ConfigurationError

CHECKED = "X-Checked-By-Speaker"
PLACE = "locale/*/LC_MESSAGES/django.po"


def catalogues_in(desk: Path) -> Iterator[Path]:
    """Every catalogue of the desk.

    Args:
        desk: The folder that holds the sites.
    """
    return iter(sorted(desk.glob(f"*/{PLACE}")))


def compile_catalogues(desk: Path) -> list[Path]:
    """Write what Django reads beside each catalogue that has changed since.

    Args:
        desk: The folder that holds the sites.
    Returns:
        What was written.
    Raises:
        ConfigurationError: If something is to be written and may not be: a site half in English would mislead.
    """
    written = []
    for source in catalogues_in(desk):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        try:
            _compile(source, target)
        except OSError:
            raise ConfigurationError(
                f"the catalogue of {source.parents[1].name} cannot be compiled",
                remedy="start the site once from the account that installed it; then the catalogue stays compiled",
            ) from None
        written.append(target)
    return written


def _compile(source: Path, target: Path) -> None:
    with source.open("rb") as file:
        catalogue = read_po(file)
    # Two processes may start at once: each writes a file of its own and puts it in place whole.
    with NamedTemporaryFile(dir=target.parent, suffix=".new", delete=False) as new:
        write_mo(new, catalogue)
    Path(new.name).chmod(0o644)
    os.utime(new.name, ns=(source.stat().st_mtime_ns, source.stat().st_mtime_ns))
    Path(new.name).replace(target)


@cache
def is_checked(language: str, desk: Path) -> bool:
    """Whether a speaker has checked every catalogue of a language. English is what we write in.

    Args:
        language: ru, uk, kk or en.
        desk: The folder that holds the sites.
    """
    sources = [source for source in catalogues_in(desk) if source.parents[1].name == language]
    return language == "en" or (bool(sources) and all(checked_by_speaker(source) == "yes" for source in sources))


def checked_by_speaker(source: Path) -> str:
    """What the head of a catalogue says: yes, no, or source for the language we write in; no if it says nothing."""
    # Babel keeps only the headers it knows.
    found = re.search(rf'^"{CHECKED}: (\w+)\\n"$', source.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return found[1] if found else "no"
