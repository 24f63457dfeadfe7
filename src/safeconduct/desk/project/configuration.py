"""What a desk is set up with: its folder, its secrets, its stores. Read once when a process starts, then frozen.

folder/            0700, belongs to one account
  site.key         32 bytes, 0400: the site's own secret (K_site); never in a backup of data
  salt             salt and cost for codenames, 0400
  contact.secret   Django's secret of the contact site, 0400; another one for the members' site
  members.secret
  desk.toml        settings, all optional
  data.sqlite3     the store, unless PostgreSQL is named
  keyring.sqlite3  the store of wraps
"""

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cache
from pathlib import Path
from typing import cast

from django.conf import settings

from safeconduct.desk.project.crisis import CrisisContact, CrisisError, crisis_contacts
from safeconduct.rules.corpus import Corpus
from safeconduct.values.errors import SafeconductError
from safeconduct.values.secret import Secret
from safeconduct.vault.site import SiteKeys, new_site_key
from safeconduct.vault.stretching import CONTACT_COST, MEMBER_COST, Cost, Stretching, site_floor

FOLDER_VARIABLE = "SAFECONDUCT_DESK"
API_VARIABLE = "SAFECONDUCT_DESK_API"
"""Says `1` in a process that is to serve the API though the folder's settings do not."""
_LOOPBACK = ("127.0.0.1", "localhost")


class Site(Enum):
    """One of the two applications."""

    CONTACT = "contact"
    MEMBERS = "members"


class ConfigurationError(SafeconductError):
    """The folder of the desk cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Configuration:
    """What a desk is set up with.

    Args:
        folder: Where the stores lie.
        keys: The children of the site's own secret.
        stretching: Salt and cost for codenames; all contacts of a site share them.
        django_secrets: Django's secret of each site.
        hosts: Names under which each site is reached.
        postgres: Addresses of the two databases in PostgreSQL, data first; None for SQLite in the folder.
        member_cost: What a guess at a member's password costs.
        contact_cost: The least cost that is accepted for codenames.
        dummies: How many cases of nobody there are about; 0 for none, at most 100.
        intakes_a_minute: How many new contacts a minute go to the inbox; more go to the queue and are not lost.
        keyring_days: For how many days backups of the keyring are kept: then what was shredded is gone from them, too.
        least_seconds: How long a form must have been open before it is sent.
        longest_file: Bytes of one file, at most.
        most_files: Files in one message, at most.
        exit_address: Where the quick exit of the contact site leads.
        law: What positions are computed from; None for the pages of this version.
        crisis: Where somebody in a crisis can turn; shown while it was checked within 180 days.
        api: Whether the contact site answers programs of partners under /api/.
    """

    folder: Path
    keys: SiteKeys
    stretching: Stretching
    django_secrets: Mapping[Site, Secret[str]]
    hosts: Mapping[Site, tuple[str, ...]] = field(
        default_factory=lambda: {Site.CONTACT: _LOOPBACK, Site.MEMBERS: _LOOPBACK}
    )
    postgres: tuple[Secret[str], Secret[str]] | None = None
    member_cost: Cost = MEMBER_COST
    contact_cost: Cost = CONTACT_COST
    dummies: int = 12
    intakes_a_minute: int = 60
    keyring_days: int = 14
    least_seconds: int = 3
    longest_file: int = 16 * 1024 * 1024
    most_files: int = 5
    exit_address: str = "https://www.wikipedia.org/"
    law: Corpus | None = None
    api: bool = False
    crisis: tuple[CrisisContact, ...] = ()

    def __repr__(self) -> str:
        """Nothing of it: settings are printed by debuggers and in reports of errors."""
        return "<configuration>"


def in_use() -> Configuration:
    """The configuration this process was started with."""
    return cast("Configuration", getattr(settings, "DESK"))  # noqa: B009 -- a setting of ours, unknown to Django


@cache
def from_environment() -> Configuration:
    """The configuration of the folder that the environment names.

    Raises:
        ConfigurationError: If none is named, or it cannot be used.
    """
    named = os.environ.get(FOLDER_VARIABLE, "")  # noqa: TID251 -- this is the edge that reads it
    if not named:
        raise ConfigurationError(
            "no folder of a desk is named", remedy=f"set {FOLDER_VARIABLE}, or start with: safeconduct desk serve"
        )
    found = read_folder(Path(named))
    is_asked = os.environ.get(API_VARIABLE, "") == "1"  # noqa: TID251 -- as above
    return replace(found, api=found.api or is_asked)


def make_folder(folder: Path) -> None:
    """A folder of a new desk with its secrets; what is there already is left as it is.

    Args:
        folder: Made if it is missing, for this account alone.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write_once(folder / "site.key", new_site_key())
    _write_once(folder / "salt", Secret(Stretching.new(CONTACT_COST).to_bytes()))
    for site in Site:
        _write_once(folder / f"{site.value}.secret", Secret(secrets.token_urlsafe(48).encode()))


def _write_once(path: Path, content: Secret[bytes]) -> None:
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o400)
    except FileExistsError:
        return
    with os.fdopen(number, "wb") as file:
        file.write(content.reveal())


def read_folder(folder: Path) -> Configuration:
    """The configuration of a folder.

    Raises:
        ConfigurationError: If a file is missing or readable by others, or a setting is none of ours.
        CostError: If a setting would make guesses cheaper than this version allows.
    """
    told = _settings(folder)
    told_hosts = {site: _words(told.get(f"{site.value}_hosts", _LOOPBACK)) for site in Site}
    postgres = _addresses(told.get("postgres", ()), path=folder / "desk.toml")
    return Configuration(
        folder=folder,
        keys=SiteKeys.of(_secret(folder / "site.key")),
        stretching=Stretching.from_bytes(_secret(folder / "salt").reveal()),
        django_secrets={site: Secret(_secret(folder / f"{site.value}.secret").reveal().decode()) for site in Site},
        hosts=told_hosts,
        postgres=postgres,
        member_cost=site_floor(_cost(told.get("member_cost"), MEMBER_COST), least=MEMBER_COST),
        dummies=_dummies(told.get("dummies", 12)),
        intakes_a_minute=_number(told, "intakes_a_minute", 60),
        keyring_days=_keyring_days(told.get("keyring_days", 14)),
        least_seconds=_number(told, "least_seconds", 3),
        longest_file=_number(told, "longest_file_mib", 16) * 1024 * 1024,
        exit_address=str(told.get("exit_address", "https://www.wikipedia.org/")),
        api=_switch(told, "api"),
        crisis=_crisis(told.get("crisis", [])),
    )


_MOST_DUMMIES = 100
_MOST_KEYRING_DAYS = 365
_KNOWN = {
    "api", "contact_hosts", "crisis", "dummies", "exit_address", "intakes_a_minute", "keyring_days",
    "least_seconds", "longest_file_mib", "member_cost", "members_hosts", "postgres",
}  # fmt: skip


def _settings(folder: Path) -> Mapping[str, object]:
    path = folder / "desk.toml"
    if not path.exists():
        return {}
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise ConfigurationError("desk.toml cannot be read", remedy="correct it, or take it away") from None
    unknown = sorted(told.keys() - _KNOWN)
    if unknown:
        raise ConfigurationError(
            f"desk.toml has a setting that there is not: {unknown[0]}", remedy=f"there are: {', '.join(sorted(_KNOWN))}"
        )
    return told


def _number(told: Mapping[str, object], name: str, usual: int) -> int:
    value = told.get(name, usual)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ConfigurationError(f"{name} in desk.toml is no number above zero", remedy=f"write {name} = {usual}")
    return value


def _crisis(told: object) -> tuple[CrisisContact, ...]:
    try:
        return crisis_contacts(told)
    except CrisisError as error:
        raise ConfigurationError(error.message, remedy=error.remedy) from None


def _dummies(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST_DUMMIES:
        raise ConfigurationError(
            f"dummies in desk.toml is no number from 0 to {_MOST_DUMMIES}", remedy="write dummies = 12, or 0 for none"
        )
    return value


def _keyring_days(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _MOST_KEYRING_DAYS:
        raise ConfigurationError(
            f"keyring_days in desk.toml is no number from 1 to {_MOST_KEYRING_DAYS}", remedy="write keyring_days = 14"
        )
    return value


def _switch(told: Mapping[str, object], name: str) -> bool:
    value = told.get(name, False)
    if not isinstance(value, bool):
        raise ConfigurationError(f"{name} in desk.toml is neither true nor false", remedy=f"write {name} = true")
    return value


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list | tuple) else (str(value),)


def _addresses(value: object, *, path: Path) -> tuple[Secret[str], Secret[str]] | None:
    """The addresses of the two databases, data first; they may hold passwords."""
    addresses = _words(value)
    if not addresses:
        return None
    if path.stat().st_mode & 0o077:
        raise ConfigurationError("desk.toml can be read by others", remedy="set its mode to 0600: chmod 600 desk.toml")
    try:
        data, keyring = addresses
    except ValueError:
        raise ConfigurationError(
            "two databases are needed, one for the data and one for the keyring",
            remedy="write postgres = ['postgresql://.../data', 'postgresql://.../keyring']",
        ) from None
    return Secret(data), Secret(keyring)


def _cost(value: object, usual: Cost) -> Cost:
    if not isinstance(value, dict):
        return usual
    memory, passes = value.get("memory_kib", usual.memory_kib), value.get("passes", usual.passes)
    return Cost(memory_kib=int(memory), passes=int(passes))


def _secret(path: Path) -> Secret[bytes]:
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(number, "rb") as file:
            if os.fstat(file.fileno()).st_mode & 0o077:
                raise ConfigurationError(
                    f"{path.name} can be read by others", remedy=f"set its mode to 0400: chmod 400 {path.name}"
                )
            return Secret(file.read())
    except OSError:
        raise ConfigurationError(
            f"{path.name} is missing or cannot be read", remedy="restore it from where it is kept; it is not in backups"
        ) from None
