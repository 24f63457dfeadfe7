"""The page of actions names every action, and no other."""

import inspect
import pkgutil
import re
from importlib import import_module
from pathlib import Path

from safeconduct.desk.cases import actions as case_actions
from safeconduct.desk.members import actions as member_actions
from safeconduct.desk.refusals import Reason

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "reference" / "desk-actions.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (`[a-z_.]+`(?:, `[a-z_.]+`)*)[^|]*\|", re.MULTILINE)
# Stands in a module of its own beside the actions, and is called like one.
BESIDE = {"form_token.issue"}
# What actions of other modules call, too.
SHARED = {"begin_sign_in.known_browser", "begin_sign_in.is_known", "finish_sign_in.used_once", "retention.sweep",
          "finish_sign_in.signed_in", "accept_invitation.valid_invitation", "open_case.positions_in",
          "open_case.dues_in"}  # fmt: skip


def full(verb):
    return verb if "." in verb else f"{verb}.{verb}"


def named():
    """Every verb of the page, as module.function."""
    return {full(verb) for row in ROW.findall(PAGE) for verb in re.findall(r"`([a-z_.]+)`", row)} - BESIDE


def written():
    """Every public function of the actions."""
    found = set()
    for package in (case_actions, member_actions):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for name, function in inspect.getmembers(import_module(module.name), inspect.isfunction):
                if function.__module__ == module.name and not name.startswith("_"):
                    found.add(f"{module.name.rpartition('.')[2]}.{name}")
    return found - SHARED


def test_the_page_names_every_action_and_no_other():
    assert named() == written()


def test_every_reason_on_the_page_is_one():
    words = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", PAGE))
    assert words <= {reason.name for reason in Reason}
    assert len(words) > 10
