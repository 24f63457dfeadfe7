"""A desk that is really served, under gunicorn with DEBUG logs: strings planted in it are found nowhere.

Over 200 strings go in as contacts and members write them; then every file is searched: both stores, their journals, the
log, temporary files, the backup and what is inside it; while the server runs, and after it stopped.
"""

import io
import json
import os
import re
import resource
import secrets
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bench.desk_browser import AGENT, READING_SECONDS
from bench.desk_site import Served, served
from safeconduct.values.secret import Secret
from safeconduct.vault.age_key import new_age_key, open_with_age_key
from tests.desk.operating.scanning import PLANTED, contents, forms, hits

ADDRESS = "127.0.0.2"
CONTACTS = 30
LARGE = 2
OF_MEMBERS = 66
ROOT = Path(__file__).resolve().parents[2]
SETTINGS = "least_seconds = 1\nintakes_a_minute = 1000\n"
pytestmark = [pytest.mark.security, pytest.mark.loopback]


@dataclass
class Planted:
    """A desk, and what was planted in it."""

    desk: Served
    home: Path
    texts: list = field(default_factory=list)
    codes: list = field(default_factory=list)
    of_members: list = field(default_factory=list)
    temporary: set = field(default_factory=set)
    found: dict = field(default_factory=dict)

    @property
    def secrets(self):
        people = [person[name] for person in self.desk.staff["people"] for name in ("password", "totp")]
        printed = [re.sub(r"\D", "", person["printed"]) for person in self.desk.staff["people"]]
        return [*people, *printed]

    @property
    def strings(self):
        return [*self.texts, *self.codes, *self.of_members, *self.secrets]


def marker():
    return f"{PLANTED}{secrets.token_hex(12)}"


def one_contact(desk, number):
    """Somebody writes with two files, comes back, and writes again: what they planted, and their code."""
    text, name, body, more = (marker() for _ in range(4))
    # A body beyond 2.5 MB is what Django would write to a temporary file.
    large = body.encode() * (60_000 if number < LARGE else 10)
    with desk.contact(source=ADDRESS) as browser:
        code = browser.write(text, files=[(f"{name}.pdf", large)]).code()
    with desk.contact(source=ADDRESS) as thread:
        shown = thread.come_back(code)
        assert text in shown.page
        time.sleep(READING_SECONDS)
        assert thread.send("/4", {**shown.hidden(), "text": more}).status in {200, 302, 303}
    return [text, name, body, more], code.replace(" ", "")


def watch(folder, seen, ended):
    """Every file that ever lies in the temporary folder."""
    while not ended.wait(0.005):
        seen |= {path.name for path in folder.rglob("*") if path.is_file()}


def of_a_member(planted):
    _, person, colleague = planted.desk.staff["people"]
    strings = [marker() for _ in range(OF_MEMBERS)]
    told = {**person, "colleague": colleague["member"], "folder": str(planted.desk.folder), "strings": strings}
    done = subprocess.run(
        (sys.executable, "-m", "tests.desk.operating.planting"),
        input=json.dumps(told).encode(),
        stdout=subprocess.PIPE,
        check=True,
        cwd=ROOT,
    )
    assert int(done.stdout) == OF_MEMBERS
    return strings


def backed_up(planted):
    """A backup made beside the running server, and what is inside it."""
    private, public = new_age_key()
    made = planted.home / "backup"
    command = ("desk", "backup", str(made / "bulk"), str(made / "wraps"), "--to", public)
    script = "from safeconduct.cli import main; main(prog_name='safeconduct')"
    made.mkdir(mode=0o700)
    subprocess.run(
        (sys.executable, "-c", script, *command, "--folder", str(planted.desk.folder)),
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    inside = planted.home / "inside"
    inside.mkdir()
    for path in sorted(made.rglob("*.age")):
        target = io.BytesIO()
        with path.open("rb") as file:
            open_with_age_key(file, target, Secret(private.reveal()))
        (inside / f"{path.stem}.gz").write_bytes(target.getvalue())
    return made, inside


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """Everything planted, and everything searched."""
    home = tmp_path_factory.mktemp("scan")
    temporary = home / "temporary"
    temporary.mkdir()
    ended = threading.Event()
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    # The server starts where core files are allowed: that there are none is its own doing.
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    with served(
        home / "desk", log=home / "log", settings=SETTINGS, level="debug", environment={"TMPDIR": str(temporary)}
    ) as desk:
        one = Planted(desk=desk, home=home)
        watching = threading.Thread(target=watch, args=(temporary, one.temporary, ended))
        watching.start()
        with ThreadPoolExecutor(8) as pool:
            for strings, code in pool.map(lambda number: one_contact(desk, number), range(CONTACTS)):
                one.texts += strings
                one.codes.append(code)
        one.of_members = of_a_member(one)
        places = (desk.folder, home / "log", temporary, *backed_up(one))
        people = (ADDRESS, AGENT)
        resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))
        one.found["running"] = hits(one.strings, *places), hits(people, *places)
        one.limits = {number: Path(f"/proc/{number}/limits").read_text() for number in desk.processes()}
        one.survived = crash_a_worker(desk)
        ended.set()
        watching.join()
    one.found["stopped"] = hits(one.strings, *places), hits(people, *places)
    one.places = places
    return one


def crash_a_worker(desk):
    """Let a worker of the contact site break under load; whether the site still answers."""
    ended = threading.Event()

    def load():
        with desk.contact() as browser:
            while not ended.is_set():
                browser.get("/2")

    loading = [threading.Thread(target=load) for _ in range(4)]
    for thread in loading:
        thread.start()
    time.sleep(0.3)
    for worker in desk.workers():
        os.kill(worker, signal.SIGSEGV)
    time.sleep(0.5)
    ended.set()
    for thread in loading:
        thread.join()
    for _ in range(50):
        with desk.contact() as browser:
            if browser.get("/").status == 200:
                return True
        time.sleep(0.2)
    return False


def test_over_two_hundred_strings_were_planted_and_can_be_read_by_who_may(planted):
    assert len(set(planted.strings)) > 200
    text = planted.texts[0]
    (planted.home / "log-with-a-leak").write_text(f"DEBUG {text}", encoding="utf-8")
    assert hits([text], planted.home / "log-with-a-leak") == [("log-with-a-leak", PLANTED)]


@pytest.mark.parametrize("when", ["running", "stopped"])
def test_nothing_that_was_planted_is_found_in_stores_journals_logs_temporary_files_or_backups(planted, when):
    strings, _ = planted.found[when]
    assert strings == []


@pytest.mark.parametrize("when", ["running", "stopped"])
def test_neither_the_address_nor_the_browser_of_a_contact_is_found_anywhere(planted, when):
    _, people = planted.found[when]
    assert people == []


def test_the_search_looked_at_every_place(planted):
    names = {name for name, _ in contents(*planted.places)}
    assert {"data.sqlite3", "keyring.sqlite3", "log", "site.key"} <= names
    assert sum(name.startswith(("data-", "keyring-")) for name in names) >= 4
    assert b"DEBUG" in (planted.home / "log").read_bytes()


def test_no_upload_is_ever_written_to_a_temporary_file(planted):
    assert {name for name in planted.temporary if not name.startswith("wgunicorn-")} == set()


def test_a_worker_that_breaks_leaves_no_core_file_and_the_site_goes_on(planted):
    cores = [path.name for path in planted.home.rglob("*") if re.match(r"core(\.|$)", path.name)]
    assert cores == []
    assert planted.survived


def test_every_process_of_the_server_may_write_no_core_file(planted):
    assert len(planted.limits) >= 4
    for told in planted.limits.values():
        assert re.search(r"Max core file size\s+0\s+0\s", told)


def test_the_search_sees_a_string_in_base64_wherever_it_is_cut():
    from base64 import b64encode

    for before in range(5):
        packed = b64encode(b"x" * before + b"planted string of a test" + b"yy")
        assert any(form in packed for form in forms("planted string of a test"))
