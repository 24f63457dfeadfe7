"""Everything that is wrong with an installation, in one run: first the folder and the machine, then the stores."""

import os
import stat
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from safeconduct.desk.contact.room import has_room
from safeconduct.desk.operating.findings import Code, Finding
from safeconduct.desk.project.configuration import Configuration, ConfigurationError, Site, read_folder
from safeconduct.vault.errors import CostError

SECRETS = ("site.key", "salt", *(f"{site.value}.secret" for site in Site))
STORES = ("data.sqlite3", "data.sqlite3-wal", "keyring.sqlite3", "keyring.sqlite3-wal")
BACKUP_MARK = "last-backup"
_BACKUP_LASTS = timedelta(days=7)
_SITE_KEY_BYTES = 32
_KEYRING_DAYS = 14


def check_folder(folder: Path) -> list[Finding]:
    """What is wrong with the folder and its files; nothing is opened but settings and secrets.

    Args:
        folder: The folder of the desk.
    """
    found = [*_modes(folder), *_secrets(folder)]
    if not any(finding.code is Code.SECRET for finding in found):
        found += _settings(folder)
    if not has_room(folder):
        found.append(_finding(Code.DISK_FULL, "disk", "less than 200 MiB are free"))
    return found


def _finding(code: Code, place: str, says: str) -> Finding:
    return Finding(code=code, place=place, says=says)


def _modes(folder: Path) -> Iterator[Finding]:
    told = folder.stat()
    if stat.S_IMODE(told.st_mode) & 0o077:
        yield _finding(Code.FOLDER_OPEN, "folder", "others may read it or write into it")
    if told.st_uid != os.getuid():
        yield _finding(Code.FOLDER_OWNER, "folder", "it belongs to another account than this")
    for name in STORES:
        if _is_open(folder / name):
            yield _finding(Code.STORE_OPEN, name, "others may read it")
    if _is_open(folder / "desk.toml"):
        yield _finding(Code.SETTINGS_OPEN, "desk.toml", "others may read it")


def _is_open(path: Path) -> bool:
    return path.exists() and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def _secrets(folder: Path) -> Iterator[Finding]:
    for name in SECRETS:
        path = folder / name
        if path.is_symlink() or not path.is_file():
            yield _finding(Code.SECRET, name, "it is missing, or no plain file")
        elif _is_open(path):
            yield _finding(Code.SECRET, name, "others may read it")
        elif name == "site.key" and path.stat().st_size != _SITE_KEY_BYTES:
            yield _finding(Code.SECRET, name, "it is not 32 bytes long")


def _settings(folder: Path) -> Iterator[Finding]:
    try:
        configuration = read_folder(folder)
    except (ConfigurationError, CostError) as error:
        yield _finding(Code.SETTINGS, "desk.toml", error.message)
        return
    except (TypeError, ValueError):
        yield _finding(Code.SETTINGS, "desk.toml", "a value is of the wrong kind")
        return
    yield from check_configuration(configuration)


def check_configuration(configuration: Configuration) -> Iterator[Finding]:
    """What is wrong with what a desk is set up with."""
    for site, hosts in configuration.hosts.items():
        if any("*" in host or host.startswith(".") for host in hosts):
            yield _finding(Code.ANY_HOST, f"{site.value}_hosts", "the site answers to names that nobody chose")
    contact, members = (configuration.django_secrets[site].reveal() for site in Site)
    if contact == members:
        yield _finding(Code.SAME_SECRET, "members.secret", "both sites sign with the same secret")


def check_crisis(configuration: Configuration, *, today: date) -> Iterator[Finding]:
    """Whether the contacts for a crisis were tried lately; the check does not show others.

    Args:
        configuration: What the desk is set up with.
        today: The day.
    """
    for number, contact in enumerate(configuration.crisis, start=1):
        if not contact.is_current(today):
            says = f"contact {number} was tried on {contact.checked.isoformat()}, and is not shown"
            yield _finding(Code.CRISIS_OLD, "crisis", says)


def check_keyring_days(days: int) -> Iterator[Finding]:
    """Whether backups of the keyring go soon enough: until then what was shredded can be brought back with one.

    Args:
        days: For how many days they are kept.
    """
    if days > _KEYRING_DAYS:
        yield _finding(Code.KEYRING_LONG, "keyring_days", f"what is shredded can be brought back for {days} days")


def check_backup(folder: Path, *, today: date) -> Iterator[Finding]:
    """Whether the last backup is recent. The mark is written by `safeconduct desk backup`.

    Args:
        folder: The folder of the desk.
        today: The day.
    """
    mark = folder / BACKUP_MARK
    try:
        last = date.fromisoformat(mark.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        yield _finding(Code.BACKUP_OLD, "backup", "none was ever made")
        return
    if not timedelta(0) <= today - last <= _BACKUP_LASTS:
        yield _finding(Code.BACKUP_OLD, "backup", f"the last one is of {last.isoformat()}")


def check_machine(*, swaps: str, core_pattern: str, user: int) -> Iterator[Finding]:
    """What this machine could leave behind.

    Args:
        swaps: What the system says of its swap: a line of titles, then one for each.
        core_pattern: Where the system writes core files.
        user: Number of the account.
    """
    places = [line.split()[0] for line in swaps.splitlines()[1:] if line.split()]
    if any(not place.startswith(("/dev/zram", "/dev/dm-", "/dev/mapper/")) for place in places):
        yield _finding(Code.SWAP, "swap", "memory may be written to a disk in clear")
    if core_pattern.strip().startswith("|"):
        says = "the system hands core dumps to a program, whatever the limits say; ours are marked as not to be dumped"
        yield _finding(Code.CORE_FILES, "core_pattern", says)
    if user == 0:
        yield _finding(Code.ROOT, "account", "the desk runs as the administrator of the machine")


def this_machine() -> Iterator[Finding]:
    """What this machine could leave behind."""
    yield from check_machine(
        swaps=_read("/proc/swaps"), core_pattern=_read("/proc/sys/kernel/core_pattern"), user=os.getuid()
    )


def _read(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8")
    except OSError:
        return ""
