"""`safeconduct desk`: what its commands do, say and end with; a desk from nothing is really served once."""

import json
import re
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.desk_browser import Browser
from bench.desk_site import free_port
from safeconduct.cli import main
from safeconduct.vault.age_key import new_age_key
from tests.desk.builders import a_case, a_channel, a_member

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-c", "from safeconduct.cli import main; main(prog_name='safeconduct')", "desk")
NOBODY = "00000000-0000-4000-8000-000000000000"


def run(*arguments, typed=None):
    return CliRunner().invoke(main, ["desk", *map(str, arguments)], input=typed)


def program(*arguments, typed=""):
    """A process of its own, without a terminal: what is typed comes on standard input."""
    command = (*PROGRAM, *map(str, arguments))
    return subprocess.run(command, check=False, capture_output=True, text=True, input=typed, start_new_session=True)


COMMANDS = ["serve", "check", "member", "channel", "backup", "restore", "shred", "bundle", "open"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_what_it_is_for(command):
    done = run(command, "--help")
    assert done.exit_code == 0
    assert "Usage: " in done.output


@pytest.mark.parametrize("arguments", [("check",), ("open", "--new-key", "x")])
def test_a_base_install_names_the_extra_and_ends_with_2(arguments):
    closed = "; ".join(f"sys.modules[{name!r}] = None" for name in ("django", "cryptography", "gunicorn"))
    script = (
        f"import sys, importlib.util; real = importlib.util.find_spec; {closed}\n"
        "importlib.util.find_spec = lambda name, *a: None if name in ('django', 'cryptography') else real(name, *a)\n"
        f"from safeconduct.cli import main; main({['desk', *arguments]!r}, prog_name='safeconduct')"
    )
    done = subprocess.run((sys.executable, "-c", script), check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert "pip install 'safeconduct[desk]'" in done.stderr


@pytest.mark.loopback
def test_a_desk_from_nothing_is_served_and_the_first_administrator_can_join(tmp_path):
    ports = free_port(), free_port()
    command = (*PROGRAM, "serve", "--contact-port", str(ports[0]), "--members-port", str(ports[1]))
    log = tmp_path / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env={"XDG_DATA_HOME": str(tmp_path)})
    try:
        pages = [opened(port, "/") for port in ports]
        assert [page.status for page in pages] == [200, 302]
        link = next(word for word in log.read_text().split() if word.startswith("/join/"))
        assert opened(ports[1], link).status == 200
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    home = tmp_path / "safeconduct" / "desk"
    assert {path.stat().st_mode & 0o077 for path in (home, *home.iterdir())} == {0}
    assert "http://127.0.0.1:" in log.read_text()
    done = program("check", "--folder", home, "--format", "json")
    assert done.returncode == 0
    assert {"DSK016", "DSK017"} <= {one["code"] for one in json.loads(done.stdout)}


def opened(port, path):
    for _ in range(200):
        with Browser(port) as browser:
            page = browser.get(path)
        if page.status:
            return page
        time.sleep(0.1)
    raise TimeoutError


def test_serve_refuses_a_folder_that_others_may_read_and_says_what_to_do(tmp_path):
    (tmp_path / "desk").mkdir(mode=0o755)
    done = program("serve", "--folder", tmp_path / "desk")
    assert done.returncode == 1
    assert done.stderr.startswith("DSK001 fault: folder: others may read it or write into it\n  to fix: chmod 700")
    assert not (tmp_path / "desk" / "data.sqlite3").exists()


def test_serve_refuses_a_disk_that_is_nearly_full_before_anybody_has_typed(tmp_path, monkeypatch):
    monkeypatch.setattr("os.statvfs", lambda _folder: type("Disk", (), {"f_bavail": 1, "f_frsize": 4096})())
    done = run("serve", "--folder", tmp_path / "desk")
    assert done.exit_code == 1
    assert "DSK011 fault: disk" in done.output


def test_a_desk_that_is_there_is_served_on_a_disk_that_is_nearly_full(tmp_path, monkeypatch):
    from safeconduct.desk.operating import starting

    starting.make(tmp_path / "desk")
    monkeypatch.setattr("safeconduct.desk.operating.checking.has_room", lambda _folder: False)
    for module, name in (("starting", "begin"), ("starting", "bring_up_to_date")):
        monkeypatch.setattr(f"safeconduct.desk.operating.{module}.{name}", lambda *_given: None)
    monkeypatch.setattr("safeconduct.cli.desk._serve", lambda *_given, **_told: None)
    done = run("serve", "--folder", tmp_path / "desk")
    assert (done.exit_code, "DSK011" in done.stderr) == (0, True)


def test_an_invented_desk_has_no_folder_of_ones_own(tmp_path):
    done = run("serve", "--demo", "--folder", tmp_path)
    assert done.exit_code == 2
    assert "folder of its own" in done.output


def test_check_without_a_desk_says_how_to_begin(tmp_path):
    done = run("check", "--folder", tmp_path / "none")
    assert done.exit_code == 2
    assert "desk serve" in done.output


def test_check_ends_with_1_where_something_must_be_mended(tmp_path):
    done = run("check", "--folder", tmp_path)
    assert done.exit_code == 1
    assert "DSK003 fault: site.key: it is missing" in done.output
    assert done.output.splitlines()[-1].startswith("4 faults, ")


def test_members_are_invited_listed_reset_and_locked_from_the_terminal(desk):
    anna = a_member()
    folder = ("--folder", desk.folder)
    assert "/join/" in run("member", "invite", "Clara", "--role", "caseworker", *folder).output
    assert f"{anna.member}  active" in run("member", "list", *folder).output
    assert "/join/" in run("member", "reset", anna.member, *folder, typed="y\n").output
    assert f"{anna.member}  reset" in run("member", "list", *folder).output
    assert run("member", "lock", anna.member, *folder, typed="n\n").exit_code == 1
    assert "Locked" in run("member", "lock", anna.member, "--yes", *folder).output
    assert f"{anna.member}  locked" in run("member", "list", *folder).output


def test_what_an_action_refuses_ends_with_2_and_its_code(desk):
    done = run("member", "lock", NOBODY, "--yes", "--folder", desk.folder)
    assert done.exit_code == 2
    assert "[DESK:not-here]" in done.output


@pytest.mark.security
def test_a_locked_member_holds_nothing_at_once(desk):
    from safeconduct.desk.keyring.models import Grant

    anna, boris = a_member(), a_member()
    a_case(anna, channel=a_channel(anna, boris))
    run("member", "lock", anna.member, "--yes", "--folder", desk.folder)
    assert set(Grant.objects.values_list("holder", flat=True)) == {boris.member}


@pytest.mark.security
@pytest.mark.parametrize("verb", ["lock", "reset"])
def test_the_terminal_says_how_many_cases_nobody_else_holds_and_takes_no_yes_for_them(desk, verb):
    from safeconduct.desk.keyring.models import Grant

    anna = a_member()
    case, _ = a_case(anna)
    folder = ("--folder", desk.folder)
    told = "Cases that nobody else holds, and nobody could ever open again: 1."
    for asked in ({"typed": "n\n"}, {}):
        done = run("member", verb, anna.member, *(() if asked else ("--yes",)), *folder, **asked)
        assert done.exit_code in {1, 2}
        assert told in done.output
        assert str(case) not in done.output
        assert Grant.objects.filter(holder=anna.member).exists()
    done = run("member", verb, anna.member, "--yes", "--losing", "1", *folder)
    assert done.exit_code == 0
    assert not Grant.objects.filter(holder=anna.member).exists()


def test_a_backup_is_made_rehearsed_and_restored_with_its_secrets(tmp_path):
    home, key = tmp_path / "desk", tmp_path / "key"
    private, public = new_age_key()
    key.write_text(f"# public key: {public}\n{private.reveal()}\n", encoding="utf-8")
    (tmp_path / "recipient").write_text(f"{public}\n", encoding="utf-8")
    made = subprocess.run(
        (sys.executable, str(ROOT / "bench" / "desk_staff.py"), str(home), "1", "2"), check=True, capture_output=True
    )
    assert len(json.loads(made.stdout)["codes"]) == 2
    folders = [tmp_path / name for name in ("bulk", "wraps", "secrets")]
    done = program(
        "backup", folders[0], folders[1], "--to", tmp_path / "recipient", "--secrets", folders[2], "--folder", home
    )
    assert (done.returncode, done.stderr) == (0, "")
    files = {line.split("-")[0]: line.split()[0] for line in done.stdout.splitlines()}
    data, keyring, secrets = (
        folder / files[part] for folder, part in zip(folders, ("data", "keyring", "secrets"), strict=True)
    )
    backup = ("--data", data, "--keyring", keyring, "--key", key)
    rehearsed = program("restore", *backup, "--rehearse")
    assert rehearsed.stdout.startswith("2 cases; ")
    assert rehearsed.stdout.endswith("nothing of it is left.\n")
    assert program("restore", *backup, "--folder", tmp_path / "new").returncode == 2
    done = program("restore", *backup, "--secrets", secrets, "--folder", tmp_path / "new")
    assert (done.returncode, done.stderr) == (0, "")
    again = program("restore", *backup, "--folder", tmp_path / "new")
    assert again.returncode == 2
    assert "not empty" in again.stderr
    assert "BACKUP" not in program("check", "--folder", home).stdout
    assert "DSK023" not in program("check", "--folder", home).stdout


def test_a_key_for_backups_is_made_under_a_passphrase_and_opens_them(desk, tmp_path):
    done = run("restore", "--new-key", tmp_path / "key", typed="harbour\nharbour\n")
    public = done.output.splitlines()[-1]
    assert public.startswith("age1")
    assert (tmp_path / "key").read_bytes().startswith(b"age-encryption.org/v1")
    run("backup", tmp_path / "bulk", tmp_path / "wraps", "--to", public, "--folder", desk.folder)
    (data,), (keyring,) = ((tmp_path / part).glob("*.age") for part in ("bulk", "wraps"))
    backup = ("--data", data, "--keyring", keyring, "--key", tmp_path / "key", "--rehearse")
    assert program("restore", *backup, typed="harbour\n").stdout.startswith("0 cases; ")
    assert "[VAULT01]" in program("restore", *backup, typed="another\n").stderr


def test_what_is_no_key_for_backups_is_refused(desk, tmp_path):
    folders = (tmp_path / "bulk", tmp_path / "wraps", "--folder", desk.folder)
    assert "age key (age1...) or a file" in run("backup", *folders, "--to", tmp_path / "none").output
    assert run("backup", *folders, "--to", "age1none").exit_code == 2
    assert not (tmp_path / "bulk").exists()


def test_restore_says_what_it_needs(tmp_path):
    assert "Name --data, --keyring and --key" in run("restore").output


def test_shred_does_the_work_of_a_day_and_refuses_a_jump_of_the_clock(desk):
    from safeconduct.desk.cases.models import RetentionDay
    from safeconduct.desk.project.clock import today

    folder = ("--folder", desk.folder)
    assert run("shred", *folder).output == "0 cases shredded\n"
    RetentionDay.objects.update(day=today() - timedelta(days=3))
    done = run("shred", *folder)
    assert done.exit_code == 2
    assert "[DESK:clock]" in done.output
    assert run("shred", "--clock-is-right", *folder).exit_code == 0


def test_an_offline_channel_from_its_key_to_its_thread(desk, tmp_path):
    from safeconduct.desk.cases.models import Channel, ChannelMember
    from tests.desk.builders import AFile

    key, folder = tmp_path / "offline", ("--folder", desk.folder)
    assert run("bundle", tmp_path, *folder).output == "No channel has an offline key.\n"
    assert program("open", "--new-key", key, typed="harbour\nharbour\n").returncode == 0
    assert key.stat().st_mode & 0o077 == 0
    done = run("channel", "Legal advice", "--offline", tmp_path / "offline.pub", *folder)
    assert done.exit_code == 0
    anna, channel = a_member(), Channel.objects.get()
    ChannelMember.objects.create(channel=channel, member=anna.member)
    files = (AFile(b"scan", name="scan.pdf"),)
    a_case(anna, channel=channel, text="I left the base\x1b[31m\nat night", files=files)
    name = run("bundle", tmp_path, *folder).output.strip()
    done = program("open", tmp_path / name, "--key", key, "--files", tmp_path / "out", typed="harbour\n")
    assert done.returncode == 0
    assert "    I left the base\\u001b[31m\n    at night\n" in done.stdout
    assert "file 1: scan.pdf" in done.stdout
    assert (tmp_path / "out" / "file-0001").read_bytes() == b"scan"
    assert (tmp_path / "out").stat().st_mode & 0o077 == 0
    again = program("open", tmp_path / name, "--key", key, "--files", tmp_path / "out", typed="harbour\n")
    assert (again.returncode, again.stdout) == (2, "")
    assert "there is something in the folder already" in again.stderr
    nowhere = tmp_path / "no" / "such" / "folder"
    assert program("open", tmp_path / name, "--key", key, "--files", nowhere, typed="harbour\n").returncode == 2
    assert program("open", tmp_path / name, "--key", key, typed="another\n").returncode == 2


def test_what_is_no_offline_key_makes_no_channel(desk, tmp_path):
    (tmp_path / "wrong.pub").write_text("bm9uZQ==", encoding="ascii")
    done = run("channel", "Legal advice", "--offline", tmp_path / "wrong.pub", "--folder", desk.folder)
    assert done.exit_code == 2
    assert "[VAULT04]" in done.output


def test_every_library_of_the_desk_is_looked_for():
    from importlib.metadata import packages_distributions, requires

    from safeconduct.desk.operating.installed import LIBRARIES

    names = {
        re.split(r"[^\w.-]", line)[0].lower()
        for line in requires("safeconduct")
        if "extra == 'desk'" in line or 'extra == "desk"' in line
    }
    modules = {module for module, told in packages_distributions().items() if {one.lower() for one in told} & names}
    assert names - {"safeconduct"}
    assert {module for module in modules if not module.startswith(("_", "safeconduct"))} <= set(LIBRARIES)


def test_open_says_what_it_needs():
    assert "Name a BUNDLE and --key" in program("open").stderr
