"""The bot of the how-to runs as it is printed, against a desk that is really served."""

import re
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from bench.desk_browser import Browser
from bench.desk_site import free_port

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "how-to" / "feedback-bot.md"
SERVE = (sys.executable, "-c", "from safeconduct.cli import main; main(prog_name='safeconduct')", "desk", "serve")
# Left the unit: yes, in autumn 2022; everything else is not known.
SAID = ["1", "autumn 2022", *["?"] * 60]


def printed():
    """The program of the page."""
    (found,) = re.findall(r"^    ```python\n(.*?)^    ```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return textwrap.dedent(found)


@pytest.fixture
def served(tmp_path):
    """A desk with the API: the port of its contact site, and what it wrote."""
    ports = free_port(), free_port()
    command = (*SERVE, "--api", "--workers", "1", "--log-level", "debug")
    command += ("--contact-port", str(ports[0]), "--members-port", str(ports[1]))
    log = tmp_path / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env={"XDG_DATA_HOME": str(tmp_path / "home")})
    try:
        wait_for(ports[0])
        yield ports[0], log
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0


def wait_for(port):
    for _ in range(300):
        with Browser(port) as browser:
            if browser.get("/").status:
                return
        time.sleep(0.1)
    raise TimeoutError


@pytest.mark.loopback
def test_the_bot_leads_a_conversation_and_says_where_somebody_stands(served, tmp_path):
    port, log = served
    home = tmp_path / "bot"
    home.mkdir()
    (home / "bot.py").write_text(printed(), encoding="utf-8")
    command = (sys.executable, "-I", str(home / "bot.py"), f"http://127.0.0.1:{port}", "en", "RU-G-ABSENCE")
    done = subprocess.run(command, input="\n".join(SAID), capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("This is information, not advice.")
    assert "Taken as: 2022-09-01..2022-11-30" in lines
    assert any("(RU-G-ABSENCE, confidence" in line for line in lines)
    assert [path.name for path in home.iterdir()] == ["bot.py"]
    assert "autumn" not in log.read_text()
    assert "api" not in log.read_text().split("Served until", 1)[1]
