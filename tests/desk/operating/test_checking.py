"""What is wrong with an installation: every code has an example in which it is found, and one in which it is not."""

import re
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections

from safeconduct.desk.cases.models import RetentionDay
from safeconduct.desk.members.models import CustodianSet, Member
from safeconduct.desk.members.roles import Role
from safeconduct.desk.operating import checking
from safeconduct.desk.operating.checking import (
    check_backup,
    check_configuration,
    check_crisis,
    check_folder,
    check_machine,
)
from safeconduct.desk.operating.checking_stores import check_stores
from safeconduct.desk.operating.findings import Code, Finding, Weight
from safeconduct.desk.project.configuration import Site, make_folder
from safeconduct.desk.project.crisis import CrisisContact
from safeconduct.values.secret import Secret
from tests.desk.builders import TODAY, a_case, a_channel, a_member
from tests.desk.running import use

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "reference" / "desk-check.md").read_text(encoding="utf-8")


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "desk"
    make_folder(folder)
    return folder


def codes(found):
    return {finding.code for finding in found}


def write(path, text, mode=0o600):
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)


#   code                what is done to a good folder
OF_THE_FOLDER = [
    (Code.FOLDER_OPEN,  lambda home: home.chmod(0o750)),
    (Code.SECRET,       lambda home: (home / "site.key").unlink()),
    (Code.SECRET,       lambda home: (home / "salt").chmod(0o440)),
    (Code.SECRET,       lambda home: ((home / "site.key").unlink(), write(home / "site.key", "short", 0o400))),
    (Code.SECRET,       lambda home: ((home / "salt").rename(home / "s"), (home / "salt").symlink_to(home / "s"))),
    (Code.SETTINGS,     lambda home: write(home / "desk.toml", "colour = 'red'")),
    (Code.SETTINGS,     lambda home: write(home / "desk.toml", "not toml at all")),
    (Code.SETTINGS,     lambda home: write(home / "desk.toml", "intakes_a_minute = 'many'")),
    (Code.SETTINGS,     lambda home: write(home / "desk.toml", "member_cost = {memory_kib = 'much'}")),
    (Code.SETTINGS,     lambda home: write(home / "desk.toml", "member_cost = {memory_kib = 64}")),
    (Code.SETTINGS_OPEN, lambda home: write(home / "desk.toml", "intakes_a_minute = 10", 0o644)),
    (Code.STORE_OPEN,   lambda home: write(home / "keyring.sqlite3", "", 0o640)),
    (Code.STORE_OPEN,   lambda home: write(home / "data.sqlite3-wal", "", 0o604)),
    (Code.ANY_HOST,     lambda home: write(home / "desk.toml", "contact_hosts = ['*']")),
    (Code.ANY_HOST,     lambda home: write(home / "desk.toml", "members_hosts = ['.example.org']")),
    (Code.SAME_SECRET,  lambda home: ((home / "members.secret").unlink(),
                                      shutil.copy(home / "contact.secret", home / "members.secret"))),
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize(("code", "spoil"), OF_THE_FOLDER)
def test_what_is_wrong_with_a_folder_is_found(code, spoil, home):
    assert codes(check_folder(home)) == set()
    spoil(home)
    assert codes(check_folder(home)) == {code}


def test_everything_that_is_wrong_with_a_folder_is_found_in_one_run(home):
    home.chmod(0o777)
    (home / "salt").chmod(0o444)
    write(home / "data.sqlite3", "", 0o644)
    assert codes(check_folder(home)) == {Code.FOLDER_OPEN, Code.SECRET, Code.STORE_OPEN}


def test_a_folder_of_another_account_is_found(home, monkeypatch):
    monkeypatch.setattr("os.getuid", lambda: home.stat().st_uid + 1)
    assert Code.FOLDER_OWNER in codes(check_folder(home))


@pytest.mark.parametrize(("days", "found"), [(1, set()), (14, set()), (15, {Code.KEYRING_LONG})])
def test_backups_of_the_keyring_that_are_kept_for_long_are_found(days, found):
    assert codes(checking.check_keyring_days(days)) == found


def test_a_disk_that_is_nearly_full_is_found(home, monkeypatch):
    monkeypatch.setattr("os.statvfs", lambda _folder: type("Disk", (), {"f_bavail": 100, "f_frsize": 4096})())
    assert codes(check_folder(home)) == {Code.DISK_FULL}


SWAP_LINE = "Filename Type Size Used Priority\n{} partition 1 0 -2\n"
#   swaps                           core pattern                user    found
MACHINES = [
    ("Filename Type\n",             "core",                     1000,   set()),
    ("",                            "",                         1000,   set()),
    (SWAP_LINE.format("/dev/sda2"), "core",                     1000,   {Code.SWAP}),
    (SWAP_LINE.format("/swapfile"), "core",                     1000,   {Code.SWAP}),
    (SWAP_LINE.format("/dev/dm-1"), "core",                     1000,   set()),
    (SWAP_LINE.format("/dev/zram0"), "core",                    1000,   set()),
    ("",                            "|/usr/bin/collect %P",     1000,   {Code.CORE_FILES}),
    ("",                            "core",                     0,      {Code.ROOT}),
]  # fmt: skip


@pytest.mark.parametrize(("swaps", "pattern", "user", "found"), MACHINES)
def test_what_a_machine_could_leave_behind_is_found(swaps, pattern, user, found):
    assert codes(check_machine(swaps=swaps, core_pattern=pattern, user=user)) == found


def test_this_machine_is_looked_at():
    assert all(isinstance(finding, Finding) for finding in checking.this_machine())


#   days since the last backup, None for none   found
BACKUPS = [(None, True), (0, False), (7, False), (8, True), (-1, True)]


@pytest.mark.parametrize(("days", "found"), BACKUPS)
def test_a_backup_that_is_old_or_was_never_made_is_found(days, found, home):
    if days is not None:
        write(home / "last-backup", (TODAY - timedelta(days=days)).isoformat())
    assert codes(check_backup(home, today=TODAY)) == ({Code.BACKUP_OLD} if found else set())


def staffed():
    """A desk at which nothing is missing: what `check_stores` finds in it is nothing."""
    admin, anna, boris = a_member(Role.ADMINISTRATOR), a_member(), a_member()
    Member.objects.update(recovery_proven=True)
    CustodianSet.objects.create(one=admin.member, two=anna.member, three=boris.member)
    return anna, boris, a_channel(anna, boris)


#   code                    what is done to a desk at which nothing is missing
OF_THE_STORES = [
    (Code.NO_ADMINISTRATOR, lambda *_: Member.objects.filter(roles="administrator").update(state="locked")),
    (Code.NO_CUSTODIANS,    lambda *_: CustodianSet.objects.update(current=False)),
    (Code.DRILL,            lambda *_: Member.objects.filter(roles="administrator").update(recovery_proven=False)),
    (Code.NO_CHANNEL,       lambda _a, _b, channel: type(channel).objects.update(is_open=False)),
    (Code.ONE_READER,       lambda anna, *_: a_channel(anna)),
    (Code.ONE_READER,       lambda _a, boris, _c: Member.objects.filter(pk=boris.member).update(public=b"")),
    (Code.ONE_HOLDER,       lambda anna, *_: a_case(anna, channel=a_alone(anna))),
    (Code.RETENTION_LATE,   lambda *_: RetentionDay.objects.create(day=TODAY - timedelta(days=3))),
    (Code.RETENTION_LATE,   lambda *_: RetentionDay.objects.create(day=TODAY + timedelta(days=1))),
]  # fmt: skip


def a_alone(anna):
    channel = a_channel(anna)
    channel.is_open = True
    return channel


@pytest.mark.parametrize(("code", "spoil"), OF_THE_STORES)
def test_what_is_missing_at_a_desk_is_found(code, spoil, either_desk):
    staff = staffed()
    assert codes(check_stores(today=TODAY)) == set()
    spoil(*staff)
    assert code in codes(check_stores(today=TODAY))


def test_a_desk_that_nobody_reads_says_so(desk):
    assert codes(check_stores(today=TODAY)) == {Code.NO_ADMINISTRATOR, Code.NO_CUSTODIANS, Code.NO_CHANNEL}


def test_a_store_with_the_tables_of_another_version_is_found(desk):
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="cases").delete()
    assert codes(check_stores(today=TODAY)) == {Code.STORE_OLD}


def test_a_store_that_is_no_database_is_found(desk):
    connections.close_all()
    (desk.folder / "data.sqlite3").write_bytes(b"no database at all" * 1000)
    assert codes(check_stores(today=TODAY)) == {Code.STORE_AWAY}


@pytest.mark.security
def test_a_store_that_would_keep_what_is_deleted_is_found(desk):
    import sqlite3

    connections.close_all()
    with closing(sqlite3.connect(desk.folder / "keyring.sqlite3")) as connection:
        connection.executescript("PRAGMA journal_mode=DELETE; PRAGMA auto_vacuum=NONE; VACUUM")
    found = check_stores(today=TODAY)
    assert [(finding.code, finding.place) for finding in found] == [(Code.SHREDDING_WEAK, "keyring")]


def test_a_store_that_is_damaged_is_found(desk):
    staffed()
    with connections["default"].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA page_size")
        size = cursor.fetchone()[0]
        cursor.execute("SELECT rootpage FROM sqlite_master WHERE name = 'members_member'")
        page = cursor.fetchone()[0]
    connections.close_all()
    with (desk.folder / "data.sqlite3").open("r+b") as file:
        file.seek((page - 1) * size + size // 2)
        file.write(b"\xff" * (size // 2))
    use(desk)
    assert codes(check_stores(today=TODAY)) <= {Code.STORE_BROKEN, Code.STORE_AWAY}
    assert codes(check_stores(today=TODAY))


def test_two_sites_with_two_secrets_are_no_finding(desk):
    assert not list(check_configuration(desk))
    same = {site: Secret("the same") for site in Site}
    assert codes(check_configuration(replace(desk, django_secrets=same))) == {Code.SAME_SECRET}


def test_a_contact_for_a_crisis_that_nobody_tried_lately_is_found(desk):
    tried = [CrisisContact(text={"en": "x"}, contact="+7", checked=TODAY - timedelta(days=days)) for days in (180, 181)]
    (found,) = check_crisis(replace(desk, crisis=tuple(tried)), today=TODAY)
    assert (found.code, found.says.startswith("contact 2 ")) == (Code.CRISIS_OLD, True)
    assert not list(check_crisis(desk, today=TODAY))


@pytest.mark.parametrize("code", Code, ids=lambda code: code.number)
def test_every_code_has_its_paragraph_and_a_failing_example(code):
    weight = "fault" if code.weight is Weight.FAULT else "advice"
    assert re.search(rf"^### {code.number}: .+ \({weight}\)$", PAGE, re.MULTILINE)
    source = Path(__file__).read_text(encoding="utf-8")
    assert f"Code.{code.name}" in source


def test_numbers_of_codes_are_in_order_and_none_is_used_twice():
    numbers = [code.number for code in Code]
    assert numbers == [f"DSK{number:03d}" for number in range(1, len(numbers) + 1)]


def test_a_finding_says_what_is_wrong_where_and_what_to_do():
    text = Finding(code=Code.SWAP, place="swap", says="memory may be written to a disk in clear").text()
    assert text.splitlines() == [
        "DSK013 advice: swap: memory may be written to a disk in clear",
        f"  to fix: {Code.SWAP.hint}",
    ]
