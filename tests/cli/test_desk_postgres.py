"""The address of PostgreSQL comes from a file or the environment; typed as an argument it is taken with a warning."""

import click
import pytest
from click.testing import CliRunner

from safeconduct.cli import main
from safeconduct.cli.desk_postgres import VARIABLES, address_of, postgres_options

ADDRESS = "postgresql://desk:PASSWORD@host/desk"


@click.command()
@postgres_options
def told(*, postgres, postgres_file):
    """Say what was given."""
    address = address_of(postgres=postgres, postgres_file=postgres_file)
    click.echo(f"address: {'none' if address is None else address.reveal()}")


def run(*arguments, **environment):
    return CliRunner().invoke(told, arguments, env=dict.fromkeys(VARIABLES) | environment)


def a_file(tmp_path, content=f"{ADDRESS}\n", mode=0o600):
    path = tmp_path / "address"
    path.write_text(content, encoding="utf-8")
    path.chmod(mode)
    return str(path)


def test_an_address_comes_from_a_file_without_a_word(tmp_path):
    done = run("--postgres-file", a_file(tmp_path))
    assert (done.exit_code, done.stdout, done.stderr) == (0, f"address: {ADDRESS}\n", "")


@pytest.mark.parametrize("variable", VARIABLES)
def test_an_address_comes_from_the_environment_without_a_word(variable):
    done = run(**{variable: ADDRESS})
    assert (done.exit_code, done.stdout, done.stderr) == (0, f"address: {ADDRESS}\n", "")


def test_none_is_needed():
    assert run().stdout == "address: none\n"


@pytest.mark.security
def test_an_argument_is_taken_with_a_warning_that_does_not_repeat_it():
    done = run("--postgres", ADDRESS)
    assert done.stdout == f"address: {ADDRESS}\n"
    assert "lists processes" in done.stderr
    assert "PASSWORD" not in done.stderr


#   what the file holds          its mode   what is said
REFUSED = [
    (f"{ADDRESS}\n",             0o644,     "can be read by others"),
    (f"{ADDRESS}\n",             0o640,     "can be read by others"),
    ("",                         0o600,     "holds one line"),
    (f"{ADDRESS}\n{ADDRESS}",    0o600,     "holds one line"),
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize(("content", "mode", "said"), REFUSED)
def test_a_file_that_others_read_or_that_holds_no_address_is_refused(tmp_path, content, mode, said):
    done = run("--postgres-file", a_file(tmp_path, content, mode))
    assert done.exit_code == 2
    assert said in done.stderr
    assert "PASSWORD" not in done.output


def test_two_addresses_are_one_too_many(tmp_path):
    done = run("--postgres-file", a_file(tmp_path), "--postgres", ADDRESS)
    assert (done.exit_code, "Give one address" in done.stderr) == (2, True)
    done = run("--postgres-file", a_file(tmp_path), SAFECONDUCT_POSTGRES=ADDRESS)
    assert (done.exit_code, "Give one address" in done.stderr) == (2, True)


def test_a_file_of_other_bytes_is_refused(tmp_path):
    path = tmp_path / "address"
    path.write_bytes(b"\xff\xfe\x00")
    path.chmod(0o600)
    assert run("--postgres-file", str(path)).exit_code == 2


def test_serve_and_restore_take_both_and_an_invented_desk_takes_none(tmp_path):
    runner = CliRunner()
    for command in ("serve", "restore"):
        page = runner.invoke(main, ["desk", command, "--help"]).output
        assert "--postgres-file" in page
        assert VARIABLES[0] in page
    done = runner.invoke(main, ["desk", "serve", "--demo", "--postgres-file", a_file(tmp_path)])
    assert (done.exit_code, "folder of its own" in done.output) == (2, True)
