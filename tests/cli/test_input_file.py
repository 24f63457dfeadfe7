"""Reading a situation: from a file, a pipe or standard input, and never with its name in an error."""

import io
import os
import sys
from threading import Thread

import pytest
from click.testing import CliRunner

from safeconduct.cli.input_file import read_input
from safeconduct.values.errors import SituationError

YAML = b"person: {sex: male}\n"
JSON = b'{"person": {"sex": "male"}}\n'
PLANTED = "planted-name-of-a-file"


@pytest.fixture
def file(tmp_path):
    def make(content, name="told.yaml", mode=0o600):
        path = tmp_path / name
        path.write_bytes(content)
        path.chmod(mode)
        return str(path)

    return make


#   name            content             form
FORMS = [
    ("a.yaml",      YAML,               "yaml"),
    ("a.yml",       JSON,               "yaml"),
    ("a.YAML",      JSON,               "yaml"),
    ("a.json",      YAML,               "json"),
    ("a.JSON",      YAML,               "json"),
    ("a.json.age",  YAML,               "json"),
    ("a.yaml.age",  JSON,               "yaml"),
    ("a",           YAML,               "yaml"),
    ("a",           JSON,               "json"),
    ("a.txt",       b"\n  " + JSON,     "json"),
    ("a",           b"\xef\xbb\xbf{}",  "json"),
    ("a",           b"[1]",             "json"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "form"), FORMS)
def test_the_form_follows_the_name_or_else_the_first_sign(file, name, content, form):
    given = read_input(file(content, name))
    assert (given.form, given.content) == (form, content)


#   mode   warned
MODES = [
    (0o600, False),
    (0o400, False),
    (0o640, True),
    (0o604, True),
    (0o644, True),
]


@pytest.mark.parametrize(("mode", "warned"), MODES)
def test_a_file_that_others_can_read_gets_a_warning(file, mode, warned):
    warnings = read_input(file(YAML, mode=mode)).warnings
    assert bool(warnings) is warned
    assert all("chmod 600" in warning for warning in warnings)


@pytest.mark.parametrize("content", [b"", b"\n \t\r\n"])
def test_an_empty_file_is_refused(file, content):
    with pytest.raises(SituationError) as refused:
        read_input(file(content))
    assert refused.value.code == "FILE01"


def test_a_missing_file_is_refused_without_its_name(tmp_path):
    with pytest.raises(SituationError) as refused:
        read_input(str(tmp_path / PLANTED))
    assert refused.value.code == "FILE02"
    assert PLANTED not in str(refused.value) + repr(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


def test_a_file_inside_a_file_is_refused(file):
    with pytest.raises(SituationError) as refused:
        read_input(file(YAML) + "/told.yaml")
    assert refused.value.code == "FILE02"


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(SituationError) as refused:
        read_input(str(tmp_path))
    assert refused.value.code == "FILE03"


def test_a_file_that_may_not_be_read_is_refused(file, monkeypatch):
    # Whoever runs the tests as an administrator may read everything, so the system's answer is given here.
    def closed(*_):
        raise PermissionError(13, "Permission denied", PLANTED)

    monkeypatch.setattr("builtins.open", closed)
    with pytest.raises(SituationError) as refused:
        read_input(PLANTED)
    assert refused.value.code == "FILE04"
    assert PLANTED not in str(refused.value)


@pytest.mark.parametrize("name", ["told\0.yaml", "a" * 5000])
def test_a_name_that_no_file_can_have_is_refused(name):
    with pytest.raises(SituationError) as refused:
        read_input(name)
    assert refused.value.code == "FILE05"


def test_a_pipe_is_read_to_its_end(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe, 0o600)
    writer = Thread(target=pipe.write_bytes, args=(YAML,))
    writer.start()
    assert read_input(str(pipe)).content == YAML
    writer.join()


def test_a_device_without_end_is_not_read_without_end():
    assert len(read_input("/dev/urandom").content) == 2_000_000


def test_standard_input_is_read(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(JSON)))
    given = read_input("-")
    assert (given.content, given.form, given.warnings) == (JSON, "json", ())


def test_standard_input_that_is_not_there_is_refused(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(SituationError) as refused:
        read_input("-")
    assert refused.value.code == "FILE05"


def test_a_refusal_at_the_terminal_names_no_file(tmp_path):
    from safeconduct.cli import main

    result = CliRunner().invoke(main, ["assess", str(tmp_path / PLANTED), "--on", "2023-12-12"])
    assert result.exit_code == 2
    assert PLANTED not in result.output
    assert "there is no such file" in result.stderr
