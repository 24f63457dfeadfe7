"""A disk that fills up: who comes to write is told before they type, reading goes on, and nothing is half-written.

The desk lies on a small file system in memory, in a mount namespace of its own; where that cannot be made, this fails
and says so.
"""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.desk_browser import Browser
from bench.desk_site import ROOT, Served, free_port

MIB = 1024 * 1024
SIZE = 212
PROGRAM = "from safeconduct.cli import main; main(prog_name='safeconduct')"
SCRIPT = """
set -e
mount -t tmpfs -o size={size}m,mode=700 none {disk}
{python} {staff} {disk}/desk 1 1 > {told}
printf 'least_seconds = 1\\nintakes_a_minute = 1000\\n' > {disk}/desk/desk.toml
chmod 600 {disk}/desk/desk.toml
exec {python} -c "{program}" desk serve --folder {disk}/desk --contact-port {contact} --members-port {members}
"""
pytestmark = pytest.mark.loopback


@contextmanager
def on_a_small_disk(home):
    disk, told = home / "disk", home / "told"
    disk.mkdir()
    ports = free_port(), free_port()
    script = SCRIPT.format(
        size=SIZE, disk=disk, told=told, python=sys.executable, staff=ROOT / "bench" / "desk_staff.py",
        program=PROGRAM, contact=ports[0], members=ports[1],
    )  # fmt: skip
    namespace = ("unshare", "--mount") if os.geteuid() == 0 else ("unshare", "--map-root-user", "--mount")
    with (home / "log").open("wb") as log:
        process = subprocess.Popen((*namespace, "sh", "-c", script), stdout=log, stderr=log, cwd=home)
    try:
        answered(ports[0], process)
        staff = json.loads(told.read_text(encoding="utf-8"))
        # The disk as its own processes see it.
        inside = Path(f"/proc/{process.pid}/root{disk}")
        yield Served(
            folder=inside / "desk", contact_port=ports[0], members_port=ports[1], process=process,
            log=home / "log", staff=staff,
        )  # fmt: skip
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def answered(port, process):
    for _ in range(600):
        assert process.poll() is None, "the small disk could not be made, or the desk ended: see the log"
        with Browser(port, timeout=5) as browser:
            if browser.get("/").status == 200:
                return
        time.sleep(0.1)
    raise TimeoutError


def fill(path, leaving):
    """A file that leaves so many bytes free."""
    disk = os.statvfs(path.parent)
    path.write_bytes(bytes(max(0, disk.f_bavail * disk.f_frsize - leaving)))


def test_a_full_disk_is_said_before_anybody_types_and_nothing_is_half_written(tmp_path):
    with on_a_small_disk(tmp_path) as desk, desk.contact() as early:
        (old,) = desk.staff["codes"]
        written = early.write("before the disk was full")
        assert written.code()
        form = early.get("/2").hidden()
        filling = desk.folder / "filling"
        fill(filling, 100 * MIB)
        with desk.contact() as late:
            told = late.get("/2")
            assert (told.status, "<textarea" in told.page) == (503, False)
            assert "before the disk was full" in late.come_back(written.code()).page
        filling.unlink()
        fill(filling, 0)
        refused = early.send(
            "/2", {**form, "for_whom": "self", "text": "on a disk that is full"}, files=[("a", bytes(2 * MIB))]
        )
        assert (refused.status, refused.code()) == (422, "")
        assert "on a disk that is full" in refused.page
        with desk.contact() as old_one, desk.members() as members:
            told = old_one.come_back(old)
            assert (told.status, "Nothing was kept." in told.page) == (503, True)
            door = members.get("/sign-in/").hidden()
            told = members.send("/sign-in/", {**door, "login": "x", "password": "y"})
            assert (told.status, "Nothing was kept." in told.page) == (503, True)
        filling.unlink()
        with desk.contact() as later:
            assert later.write("after there was room again").code()
            assert later.come_back(old).status == 200
        log = desk.log.read_text(encoding="utf-8")
        assert "disk that is full" not in log
