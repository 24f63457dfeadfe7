"""Backups for tests: an age key, a backup of the desk in use, another empty desk, and the way back."""

from dataclasses import replace
from datetime import timedelta

from safeconduct.desk.operating.backing_up import back_up
from safeconduct.desk.operating.restoring import restore
from safeconduct.vault.age_key import new_age_key
from tests.desk.builders import LATER, TODAY
from tests.desk.running import fresh_desk, use

KEY, PUBLIC = new_age_key()
AT = LATER + timedelta(hours=1)


def turn_to_another(tmp_path, settings_of, **changed):
    """Turn this process to another desk with the same secrets, which is empty: on SQLite, whatever the first was on."""
    folder = tmp_path / f"another-{len(list(tmp_path.iterdir()))}"
    folder.mkdir()
    configuration = replace(fresh_desk(folder), **changed)
    settings_of(configuration)
    use(configuration)
    return configuration


def back(tmp_path, *, today=TODAY, **changed):
    return back_up(data=tmp_path / "bulk", keyring=tmp_path / "wraps", recipient=PUBLIC, today=today, **changed)


def brought_back(kept, *, now=AT, private=KEY, **changed):
    data, keyring = kept
    return restore(data=data.path, keyring=keyring.path, private=private, now=now, **changed)
