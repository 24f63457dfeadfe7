"""The check and `safeconduct assess` answer alike: the account of the design, and people of the worked examples."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.check.course import begun, going_on
from safeconduct.desk.check.keeping import fits
from safeconduct.desk.check.run import draft_in, with_reply
from safeconduct.rules.finding import Answer
from safeconduct.rules.position import assess
from safeconduct.rules.telling import read_situation
from safeconduct.vault.runs import new_run_id
from tests.desk.check.telling import Teller

PEOPLE = Path(__file__).with_name("people.yaml")
EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
QUICK = (0, 9, 10, 14)
"""People whose interview is short; `make slow` walks through all of them."""
SETTLED = (Answer.YES, Answer.NO)
MOST = 120


def people():
    """The day asked and the file of each person."""
    parts = PEOPLE.read_text(encoding="utf-8").split("--- # ")[1:]
    return [(date.fromisoformat(day), text) for day, _, text in (part.partition("\n") for part in parts)]


def walked(content, on, *, is_strict=False):
    """The run of somebody who answers from a file, to its end."""
    corpus = law_in_use()
    teller = Teller(content, corpus.vocabulary, is_strict=is_strict)
    run = begun(corpus, new_run_id(), day=on, moment=MOMENT)
    while run.put is not None:
        assert run.now_at <= MOST, run.put.name
        run = going_on(with_reply(run, run.now_at, teller.reply(run), corpus), corpus, moment=MOMENT)
        assert fits(run)
    return run


def answers(situation, on):
    return {finding.id: finding.answer for finding in assess(law_in_use(), situation, on=on).findings}


def told_otherwise(content, on, **how):
    """The findings that the file settles, and the check answers otherwise."""
    corpus = law_in_use()
    by_file = answers(read_situation(content, corpus.vocabulary, form="yaml"), on)
    by_check = answers(draft_in(walked(content, on, **how), corpus).situation(corpus.vocabulary), on)
    return {
        name: (answer, by_check.get(name))
        for name, answer in by_file.items()
        if answer in SETTLED and by_check.get(name) is not answer
    }


@pytest.mark.usefixtures("contact_site")
def test_the_account_of_the_design_gives_the_findings_that_assess_gives():
    assert told_otherwise((EXAMPLES / "alex.yaml").read_bytes(), date(2023, 12, 12)) == {}


@pytest.mark.usefixtures("contact_site")
@pytest.mark.parametrize("number", QUICK)
def test_some_people_get_what_their_file_gets(number):
    on, text = people()[number]
    assert told_otherwise(text.encode(), on) == {}
