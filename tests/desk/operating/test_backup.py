"""Backups: both stores as of one moment, sealed before they leave; restored they open, and what went stays gone."""

import stat
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.db import connections

from safeconduct.desk.cases.actions.close import Outcome, close
from safeconduct.desk.cases.actions.list_cases import held
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.read_file import as_member
from safeconduct.desk.cases.actions.read_thread import read_thread
from safeconduct.desk.cases.actions.write_as_member import write_note
from safeconduct.desk.cases.models import Case
from safeconduct.desk.keyring.models import Grant, KeptSession
from safeconduct.desk.members.models import Member
from safeconduct.desk.operating.archive import ArchiveError
from safeconduct.desk.operating.backing_up import back_up, back_up_secrets
from safeconduct.desk.operating.restoring_secrets import restore_secrets
from safeconduct.desk.operating.unsealing import check_manifest
from safeconduct.desk.project.configuration import make_folder
from safeconduct.values.secret import Secret
from safeconduct.vault.age_key import new_age_key
from safeconduct.vault.errors import CannotOpenError, KeyFormatError
from safeconduct.vault.site import SiteKeys
from tests.desk.builders import NOW, TODAY, AFile, a_case, a_contact, a_form
from tests.desk.cases.test_stores import at_once
from tests.desk.members.joining import a_joined, an_administrator, sign_in
from tests.desk.operating.backups import AT, KEY, PUBLIC, back, brought_back, turn_to_another
from tests.desk.running import fresh_desk


@pytest.fixture
def another(tmp_path, settings_of):
    """Turn to an empty desk with the same secrets."""
    return partial(turn_to_another, tmp_path, settings_of)


def test_everything_opens_after_a_restore(either_desk, tmp_path, another):
    anna = a_joined(an_administrator())
    content = bytes(range(256)) * 2000
    case, code = a_case(anna.actor, files=(AFile(content),))
    write_note(anna.actor, case=case, text="Call on Tuesday", token=a_form(), now=NOW)
    kept = back(tmp_path)
    another()
    restored = brought_back(kept)
    assert (restored.cases, restored.gone, restored.newer, restored.locked) == (1, 0, 0, 0)
    member = sign_in(anna, now=AT)
    opened = open_case(member, case=case)
    assert [note.text for note in opened.notes] == ["Call on Tuesday"]
    assert opened.trail_is_whole
    (file,) = opened.thread.files
    assert b"".join(as_member(member, case=case, file=file.id).pieces) == content
    assert read_thread(a_contact(code)).messages


def test_sessions_are_in_no_backup(desk, tmp_path, another):
    KeptSession.objects.create(lookup="0" * 64, kept=b"x", day=TODAY)
    kept = back(tmp_path)
    another()
    brought_back(kept)
    assert not KeptSession.objects.exists()


def test_a_case_that_came_in_after_the_bulk_is_told_as_lost(desk, tmp_path, another):
    anna = a_joined(an_administrator())
    a_case(anna.actor)
    bulk, _ = back(tmp_path)
    a_case(anna.actor)
    _, wraps = back(tmp_path)
    another()
    assert brought_back((bulk, wraps)).newer == 1
    assert Grant.objects.values("case").distinct().count() == 1


def test_a_closed_case_keeps_the_day_on_which_it_goes(desk, tmp_path, another):
    anna = a_joined(an_administrator())
    case, _ = a_case(anna.actor)
    day = close(anna.actor, case=case, outcome=Outcome.HELPED, now=NOW)
    kept = back(tmp_path)
    another()
    brought_back(kept)
    assert Case.objects.get(pk=case).shred_on == day


#   how                 part of the message
REFUSED = [
    ("not empty",       "not empty"),
    ("parts swapped",   "part data: no"),
    ("older keyring",   "older than the bulk"),
    ("another desk",    "not of this desk"),
    ("manifest",        "manifest"),
    ("other tables",    "other tables"),
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize(("how", "says"), REFUSED)
def test_a_backup_that_does_not_fit_is_refused_and_nothing_is_written(how, says, desk, tmp_path, another):
    case, _ = a_case(a_joined(an_administrator()).actor)
    data, keyring = back(tmp_path)
    if how == "older keyring":
        data, _ = back(tmp_path, today=TODAY + timedelta(days=1))
    if how != "not empty":
        another(keys=SiteKeys.of(Secret(bytes(32)))) if how == "another desk" else another()
    if how == "parts swapped":
        data, keyring = keyring, data
    if how == "manifest":
        data.path.with_suffix(".json").write_text('{"sha256": "0"}', encoding="utf-8")
    if how == "other tables":
        from django.db.migrations.recorder import MigrationRecorder

        MigrationRecorder.Migration.objects.filter(app="cases").update(name="0002_later")
    with pytest.raises(ArchiveError, match=says):
        brought_back((data, keyring))
    assert set(Case.objects.values_list("pk", flat=True)) == ({case} if how == "not empty" else set())


def test_a_rehearsal_needs_no_secrets_of_the_desk(desk, tmp_path, another):
    a_case(a_joined(an_administrator()).actor)
    kept = back(tmp_path)
    another(keys=SiteKeys.of(Secret(bytes(32))))
    assert brought_back(kept, is_own=False).cases == 1


@pytest.mark.security
@pytest.mark.parametrize("how", ["other key", "a changed bit", "cut"])
def test_a_backup_that_does_not_open_leaves_the_stores_empty(how, desk, tmp_path, another):
    a_case(a_joined(an_administrator()).actor)
    kept = back(tmp_path)
    path = kept[0].path
    whole = path.read_bytes()
    path.with_suffix(".json").unlink()
    if how == "a changed bit":
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    if how == "cut":
        path.write_bytes(whole[: len(whole) // 2])
    another()
    with pytest.raises(CannotOpenError):
        brought_back(kept, private=new_age_key()[0] if how == "other key" else KEY)
    assert not Case.objects.exists()
    assert not Member.objects.exists()


def test_bulk_and_keyring_do_not_go_into_one_folder(desk, tmp_path):
    with pytest.raises(ArchiveError, match="together"):
        back_up(data=tmp_path / "one", keyring=tmp_path / "one", recipient=PUBLIC, today=TODAY)


def test_no_backup_goes_where_others_may_write(desk, tmp_path):
    (tmp_path / "bulk").mkdir()
    (tmp_path / "bulk").chmod(0o777)
    with pytest.raises(ArchiveError, match="others may write"):
        back(tmp_path)


def test_what_is_no_age_key_is_refused_before_anything_is_written(desk, tmp_path):
    with pytest.raises(KeyFormatError):
        back_up(data=tmp_path / "bulk", keyring=tmp_path / "wraps", recipient="age1no", today=TODAY)
    assert not (tmp_path / "bulk").exists()


def test_a_backup_that_fails_leaves_no_half_of_a_file(desk, tmp_path):
    with connections["default"].cursor() as cursor:
        cursor.execute("DROP TABLE cases_counter")
    with suppress(Exception):
        back(tmp_path)
    assert list((tmp_path / "bulk").iterdir()) == []


def test_a_backup_is_of_one_moment_while_others_write(either_desk, tmp_path, another):
    anna = a_joined(an_administrator())
    a_case(anna.actor)
    kept = []

    def act(number):
        if number == 3:
            kept.extend(back(tmp_path))
        else:
            a_case_of(anna)

    def a_case_of(member):
        from safeconduct.desk.cases.actions.take_in import take_in
        from safeconduct.desk.cases.models import Channel
        from tests.desk.builders import an_intake

        take_in(an_intake(Channel.objects.get()), token=a_form(), now=NOW)

    at_once(act, range(12))
    another()
    restored = brought_back(kept)
    assert (restored.gone, restored.newer) == (0, 0)
    assert restored.cases == len(held(sign_in(anna, now=AT)))


def test_the_secrets_of_a_desk_come_back_from_a_file_of_their_own(settings_of, tmp_path):
    home = tmp_path / "home"
    make_folder(home)
    settings_of(replace(fresh_desk(tmp_path), folder=home))
    kept = back_up_secrets(tmp_path / "apart", recipient=PUBLIC, today=TODAY)
    restore_secrets(tmp_path / "new", archive=kept.path, private=KEY)
    for path in (tmp_path / "new").iterdir():
        assert path.read_bytes() == (home / path.name).read_bytes()
        assert stat.S_IMODE(path.stat().st_mode) == 0o400
    with pytest.raises(ArchiveError, match="already"):
        restore_secrets(tmp_path / "new", archive=kept.path, private=KEY)


def test_a_backup_that_is_not_there_is_named_as_such(tmp_path):
    with pytest.raises(ArchiveError, match="cannot be read"):
        check_manifest(tmp_path / "none.age")
