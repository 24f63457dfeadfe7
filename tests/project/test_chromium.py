"""The browser: found, installed, or asked for with one command; never left out in silence."""

import pytest

from tools import chromium


@pytest.fixture
def somebody(tmp_path, monkeypatch):
    """An account without rights on a machine without a browser, beside a browser test."""
    (tmp_path / "browser").mkdir()
    (tmp_path / "browser" / "test_first_page.py").touch()
    (tmp_path / "bin").mkdir()
    monkeypatch.setattr(chromium, "TESTS", tmp_path / "browser")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 1000)
    return tmp_path


def test_without_browser_tests_no_browser_is_asked_for(somebody, capsys):
    (somebody / "browser" / "test_first_page.py").unlink()
    assert chromium.main() == 0
    assert "no browser is needed" in capsys.readouterr().out


def test_without_a_browser_the_run_stops_with_the_one_command(somebody, capsys):
    assert chromium.main() == 1
    assert chromium.INSTALL in capsys.readouterr().err


def test_a_browser_that_is_there_is_named(somebody, capsys):
    program = somebody / "bin" / "chromium"
    program.touch(mode=0o755)
    assert chromium.main() == 0
    assert str(program) in capsys.readouterr().out


def test_an_administrator_whose_installation_fails_is_told_too(somebody, monkeypatch, capsys):
    (somebody / "bin" / "apt-get").touch(mode=0o755)
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 0)
    monkeypatch.setattr(chromium, "INSTALL", "false")
    (somebody / "bin" / "sh").symlink_to("/bin/false")
    assert chromium.main() == 1
    assert "must run" in capsys.readouterr().err
