"""Somebody whom a provision reaches: shown beside a fault, so that whoever writes the page sees what it is about."""

import json
from dataclasses import replace
from typing import Any

from safeconduct.rules.alternatives import parts_that_decide
from safeconduct.rules.comparing.kinds import Search
from safeconduct.rules.comparing.pair import Pair
from safeconduct.rules.comparing.people import Finder
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Answer
from safeconduct.rules.reading_of import facts_named
from safeconduct.rules.situation import Situation
from safeconduct.rules.solver import UnsettledError


def somebody(corpus: Corpus, name: str, on: int) -> str:
    """Somebody of whom a provision holds, in as few facts as will do.

    Args:
        corpus: The law.
        name: Id of the provision.
        on: The day asked, as ordinal.
    Returns:
        What is told of the person, in one line; "" if there is nobody, or nobody whom a situation file can tell.
    """
    without = replace(corpus, provisions={key: one for key, one in corpus.provisions.items() if key != name})
    pair = Pair((without, corpus, corpus), Situation(facts={}), on)
    answers = (Answer.NO, Answer.YES)
    search = Search(pair, name, at_most=1)
    if answers not in search.shifts:
        return ""
    kinds, _ = search.kinds(answers)
    finder = Finder(pair, name, (on, on), facts_named(parts_that_decide(corpus, name)))
    for kind in kinds:
        try:
            found = finder.example(answers, kind, search.events(answers, kind))
        except UnsettledError:
            continue
        if found is not None:
            return _in_a_line(json.loads(found.content))
    return ""


def _in_a_line(told: dict[str, Any]) -> str:
    parts = [f"{name} {_value(value)}" for name, value in told.get("person", {}).items()]
    for event in told.get("history", []):
        fields = ", ".join(f"{name} {_value(value)}" for name, value in event.items() if name != "event")
        parts.append(f"{event['event']} ({fields})")
    return "; ".join(parts)


def _value(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace('"', "")
