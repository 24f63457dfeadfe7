"""Runs of the check that somebody has gone through: made from a situation file, without asking each question."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from uuid import uuid4

from safeconduct.desk.check.run import Put, Reply, Run, Step
from safeconduct.desk.project.clock import now
from safeconduct.packs.store import load_corpus
from safeconduct.rules.asking import Subject
from safeconduct.rules.position import assess
from safeconduct.rules.telling import read_situation
from safeconduct.rules.telling.draft import draft_of

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
ALEX_DAY = date(2023, 12, 12)


@cache
def law():
    return load_corpus()


@cache
def position_of(name="alex.yaml", on=ALEX_DAY):
    """The position of the person of an example."""
    return assess(law(), situation_of(name), on=on)


def situation_of(name="alex.yaml"):
    return read_situation((EXAMPLES / name).read_bytes(), law().vocabulary, form="yaml")


def a_run(name="alex.yaml", on=ALEX_DAY):
    """A run in which everything of an example was told; `None` tells nothing."""
    steps = () if name is None else tuple(_steps(draft_of((EXAMPLES / name).read_bytes(), "yaml")))
    return Run(id=uuid4(), day=on, until=now() + timedelta(minutes=20), steps=steps)


def _steps(draft):
    for fact, value in draft.person.items():
        if fact == "age":
            yield _step(Subject.FACT, "birth_date", Reply(words=value, is_age=True))
        else:
            yield _step(Subject.FACT, fact, Reply(value=value))
    for event in draft.history:
        kind = event["event"]
        where = event.get("country", "")
        yield _step(Subject.EVENT, kind, Reply(happened=True, on=event.get("on", ""), where=where))
        for name, value in event.items():
            if name not in {"event", "on", "country", "assumed"}:
                yield _step(Subject.FIELD, f"{kind}.{name}", Reply(words=value))
    for told in draft.others.get("not_happened", ()):
        kind = told["event"] if isinstance(told, dict) else told
        yield _step(Subject.EVENT, kind, Reply(happened=False))


def _step(subject, name, reply):
    return Step(put=Put(subject=subject, name=name), reply=reply)


def carrying(visitor, run):
    """A visitor whose browser has the state of a run."""
    from django.http import HttpResponse

    from safeconduct.desk.check.keeping import COOKIE, keep

    response = HttpResponse()
    keep(response, run)
    visitor.client.cookies[COOKIE] = response.cookies[COOKIE].value
    return visitor
