"""Every command that a guide tells people to type is one that there is, with options and arguments that it takes."""

import re
import shlex
from pathlib import Path

import click
import pytest

from safeconduct.cli import main

ROOT = Path(__file__).resolve().parents[2]
GUIDES = sorted({ROOT / "README.md", ROOT / "THREATS.md", *(ROOT / "docs").rglob("*.md")})
_IN_A_BLOCK = re.compile(r"^(?: {4,}(?:sudo (?:-u \w+ )?)?|ExecStart=)(?:\S*/)?safeconduct +(.*)$")
_IN_A_LINE = re.compile(r"`(?:\S*/)?safeconduct +([a-z][^`]*)`")
_MAKE = re.compile(r"(?:^ {4,}|`)make ([a-z][a-z-]*)\b", re.MULTILINE)


def typed(line, following):
    """What is typed: without the words beside it, and with the lines that it goes on to."""
    line = re.split(r" {2,}", line, maxsplit=1)[0] if not line.endswith("\\") else line
    for more in following:
        if not line.endswith("\\"):
            break
        line = line[:-1] + more.strip()
    return line.replace("\\", " ")


def commands():
    """The commands of all guides: where they stand, and what comes after the name of the program."""
    for guide in GUIDES:
        lines = guide.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            where = f"{guide.relative_to(ROOT)}:{number}"
            if found := _IN_A_BLOCK.match(line):
                yield where, typed(found[1], lines[number:])
            else:
                yield from ((where, one) for one in _IN_A_LINE.findall(line))


def words_of(told):
    """The words of a command; of a form with [choices] each is taken once."""
    plain = told.replace("]...", "]").replace("[", " ").replace("]", " ")
    return [word if word.startswith("<") else word.split("|")[0] for word in shlex.split(plain, comments=True)]


def fault(words):
    """What is wrong with a command; "" if nothing is. No command is run, and no file is looked for."""
    command, context = main, click.Context(main, info_name="safeconduct")
    rest = list(words)
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        name = rest.pop(0)
        command = command.get_command(context, name)
        if command is None:
            return f"there is no command {name}"
        context = click.Context(command, parent=context, info_name=name)
    try:
        _, left, _ = command.make_parser(context).parse_args(args=rest)
    except click.UsageError as error:
        return error.format_message()
    return f"too many arguments: {left}" if left and not isinstance(command, click.Group) else ""


FOUND = list(commands())


def test_commands_are_found_in_the_guides():
    assert len(FOUND) >= 40
    assert {"README.md", "docs/how-to/desk-move.md", "docs/how-to/desk-seized-device.md"} <= {
        where.rpartition(":")[0] for where, _ in FOUND
    }


@pytest.mark.parametrize(("where", "told"), FOUND, ids=[f"{where} {told[:30]}" for where, told in FOUND])
def test_what_a_guide_tells_people_to_type_is_a_command(where, told):
    assert fault(words_of(told)) == ""


#   command                                  what is wrong with it
WRONG = [
    ("asess mine.yaml",                      "there is no command asess"),
    ("desk bakup",                           "there is no command bakup"),
    ("assess mine.yaml --one 2023-12-12",    "No such option"),
    ("desk backup a b c d",                  "too many arguments"),
    ("assess mine.yaml --on",                "requires an argument"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "what"), WRONG)
def test_a_command_that_there_is_not_would_be_found(told, what):
    assert what in fault(words_of(told))


def test_every_target_of_make_that_is_named_is_there():
    there = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {one for guide in GUIDES for one in _MAKE.findall(guide.read_text(encoding="utf-8"))}
    assert named - there == set()
    assert {"run", "test", "desk", "slow"} <= named
