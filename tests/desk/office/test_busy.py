"""Whoever has a position worked out while others do is told to come again; everything else goes on meanwhile."""

import pytest

from safeconduct.desk.office import answering
from safeconduct.desk.project.clock import today
from safeconduct.desk.project.turns import Line
from tests.desk.office.at_work import Page, rows
from tests.desk.office.test_compare_and_print import here, him
from tests.desk.office.whole_case import at_work

__all__ = ["at_work"]


#   what is asked for                                                     by what it is sent, if it is sent
COSTLY = [
    (lambda parts: him(parts, "position/"),                               None),
    (lambda parts: him(parts, "timeline/"),                               None),
    (lambda parts: here(parts, f"positions/{parts['position']}/compare/"), None),
    (lambda parts: him(parts, "position/save/"),                          {"on": today().isoformat()}),
    (lambda parts: him(parts, "print/"),                                  {"on": today().isoformat()}),
    (lambda _parts: "/brought/",                                          {"block": "SC1"}),
]  # fmt: skip


@pytest.fixture
def line(monkeypatch):
    """A line in which nobody may wait."""
    line = Line(at_once=1, waiting=0, patience_s=0.01)
    monkeypatch.setattr(answering, "_working_out", line)
    return line


@pytest.mark.parametrize(("address", "sent"), COSTLY)
def test_what_works_out_a_position_waits_for_its_turn_and_says_when_to_come_again(at_work, line, address, sent):
    browser = at_work.browser("anna")

    def ask():
        return browser.get(address(at_work.parts)) if sent is None else browser.post(address(at_work.parts), sent)

    before = rows()
    with line.turn():
        answer = ask()
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        assert "Wait a few seconds and try again." in Page(answer).text
        assert rows() == before
        for quick in ("/inbox/", "/cases/", here(at_work.parts), him(at_work.parts, "told/")):
            assert browser.get(quick).status_code == 200
    assert ask().status_code in {200, 302}
