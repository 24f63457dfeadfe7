"""The set-up: does nothing twice, starts anew where it must, and says what to do where it cannot go on."""

import pytest

from tools import prepare


@pytest.fixture
def environment(tmp_path, monkeypatch):
    """An environment of a folder of its own, that stands and is stamped."""
    folder = tmp_path / ".venv"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").touch()
    monkeypatch.setattr(prepare, "ENVIRONMENT", folder)
    monkeypatch.setattr(prepare, "STAMP", folder / "made-from")
    prepare.STAMP.write_text(f"{prepare.home()}\n{prepare.contents()}\n", encoding="ascii")
    return folder


@pytest.fixture
def lock(tmp_path, monkeypatch):
    path = tmp_path / "dev.txt"
    path.write_text("thing==1 --hash=sha256:00\n", encoding="utf-8")
    monkeypatch.setattr(prepare, "INPUTS", (path,))
    return path


@pytest.fixture
def steps(monkeypatch):
    """The commands of a set-up, written down and not run."""
    commands = []
    monkeypatch.setattr(prepare, "run", lambda _step, *command, **_told: commands.append(command))
    return commands


@pytest.fixture
def made(monkeypatch):
    """How often an environment was made."""
    times = []
    monkeypatch.setattr(prepare, "make", lambda: times.append(1))
    return times


def test_nothing_is_done_where_nothing_has_changed(lock, environment, made):
    assert prepare.main() == 0
    assert made == []


def test_a_changed_lock_fills_the_same_environment_again(lock, environment, steps):
    lock.write_text("thing==2 --hash=sha256:01\n", encoding="utf-8")
    assert prepare.main() == 0
    assert [step for step in steps if "--clear" in step] == []
    assert [step for step in steps if "--require-hashes" in step]
    assert prepare.stamped() == [prepare.home(), prepare.contents()]


def test_a_moved_folder_starts_anew_because_scripts_hold_their_path(lock, environment, steps, monkeypatch):
    moved = environment.rename(environment.parent / "moved")
    monkeypatch.setattr(prepare, "ENVIRONMENT", moved)
    monkeypatch.setattr(prepare, "STAMP", moved / "made-from")
    assert prepare.main() == 0
    assert "--clear" in steps[0]


@pytest.mark.parametrize("lost", ["made-from", "bin/python"])
def test_an_environment_whose_making_stopped_does_not_count(lock, environment, made, lost):
    (environment / lost).unlink()
    assert prepare.stamped() == []
    assert prepare.main() == 0
    assert made == [1]


def test_too_old_a_python_is_named_with_what_to_do(monkeypatch, capsys):
    monkeypatch.setattr(prepare, "OLDEST", (99, 0))
    assert prepare.main() == 1
    assert "to fix: install a newer one" in capsys.readouterr().err


def test_a_step_that_fails_says_what_to_do():
    with pytest.raises(prepare.SetUpError, match="to fix: look at the disk"):
        prepare.run("Writing", "false", remedy="look at the disk")


def test_a_program_that_is_missing_says_what_to_do():
    with pytest.raises(prepare.SetUpError, match="to fix: install it"):
        prepare.run("Starting", "no-such-program-here", remedy="install it")


def test_a_folder_of_somebody_else_is_told_without_a_traceback(lock, monkeypatch, capsys):
    def refused() -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(prepare, "stamped", list)
    monkeypatch.setattr(prepare, "make", refused)
    assert prepare.main() == 1
    assert "to fix: see that .venv belongs to you" in capsys.readouterr().err
