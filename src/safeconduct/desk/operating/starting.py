"""Opening the folder of a desk in this process: make what is missing, set Django up, bring the stores up to date."""

import json
import os
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from safeconduct.desk.operating.hardening import harden
from safeconduct.desk.project.configuration import (
    FOLDER_VARIABLE,
    ConfigurationError,
    in_use,
    make_folder,
    read_folder,
)
from safeconduct.desk.project.routers import DATA, KEYRING
from safeconduct.values.secret import Secret

SETTINGS_VARIABLE = "DJANGO_SETTINGS_MODULE"
_SETTINGS = "safeconduct.desk.project.settings_members"
_STORES = ("data.sqlite3", "keyring.sqlite3")


def usual_folder() -> Path:
    """The folder that the environment names, or one in the account's own place for data."""
    named = os.environ.get(FOLDER_VARIABLE, "")  # noqa: TID251 -- this is the edge that reads it
    if named:
        return Path(named)
    data = os.environ.get("XDG_DATA_HOME", "")  # noqa: TID251 -- as above
    return (Path(data) if data else Path.home() / ".local" / "share") / "safeconduct" / "desk"


def make(folder: Path, *, postgres: Secret[str] | None = None) -> None:
    """A folder of a desk with its secrets, for this account alone. What is there already stays as it is.

    Args:
        folder: The folder.
        postgres: Address of a database in PostgreSQL, for a desk that is new. Its keyring is the database of the same
            name with `_keyring` behind it.
    Raises:
        ConfigurationError: If the folder is somebody else's, or the desk is set up with other stores already.
    """
    try:
        make_folder(folder)
    except OSError:
        raise ConfigurationError(
            "the folder of the desk cannot be made or written", remedy="name one that belongs to this account: --folder"
        ) from None
    if folder.stat().st_uid != os.getuid():
        raise ConfigurationError(
            "the folder of the desk belongs to another account", remedy="run this as the account that runs the desk"
        )
    if postgres is not None:
        _name_postgres(folder, postgres)


def _name_postgres(folder: Path, address: Secret[str]) -> None:
    told = folder / "desk.toml"
    known = read_folder(folder).postgres
    if known is not None and known[0].reveal() == address.reveal():
        return
    if known is not None or told.exists() or any((folder / name).exists() for name in _STORES):
        raise ConfigurationError(
            "this desk is set up with other stores already",
            remedy="back it up and restore it into a new folder with --postgres: docs/how-to/desk-move.md",
        )
    number = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(number, "w", encoding="utf-8") as file:
        file.write(f"postgres = {json.dumps([address.reveal(), _keyring_of(address).reveal()])}\n")


def _keyring_of(address: Secret[str]) -> Secret[str]:
    parts = urlsplit(address.reveal())
    return Secret(urlunsplit((parts.scheme, parts.netloc, f"{parts.path}_keyring", parts.query, "")))


def begin(folder: Path) -> None:
    """Set this process up for a desk: no core files, and Django with the settings of the folder.

    Raises:
        ConfigurationError: If there is no desk in it, it cannot be used, or this process has another one open.
    """
    if settings.configured and getattr(settings, "DESK", None) is not None:
        if in_use().folder != folder:
            raise ConfigurationError("this process has another desk open", remedy="start a process for each desk")
        return
    if not folder.is_dir():
        raise ConfigurationError("there is no desk in this folder", remedy="start one: safeconduct desk serve")
    harden()
    os.environ[FOLDER_VARIABLE] = str(folder)  # noqa: TID251 -- how the settings are told
    os.environ[SETTINGS_VARIABLE] = _SETTINGS  # noqa: TID251 -- as above
    django.setup()


def bring_up_to_date() -> None:
    """Make the tables of both stores, or change them as this version wants them. Stores are for this account alone."""
    for store in (DATA, KEYRING):
        call_command("migrate", database=store, verbosity=0, interactive=False)
    connections.close_all()
    for name in _STORES:
        path = in_use().folder / name
        if path.exists():
            path.chmod(0o600)
