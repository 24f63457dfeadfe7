"""The position of a person from what a record holds of them: computed, never kept by itself."""

from datetime import date
from uuid import UUID

from safeconduct import __version__
from safeconduct.desk.cases.keeping import Content
from safeconduct.desk.cases.people import person_of
from safeconduct.desk.cases.tellings import situation_of
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Position
from safeconduct.rules.position import assess
from safeconduct.values.errors import SituationError


def assessed(content: Content, person: UUID, corpus: Corpus, *, on: date) -> Position:
    """The position from what a record holds of a person.

    Args:
        content: The person, as the record keeps them.
        person: Who.
        corpus: The law.
        on: The day asked.
    Raises:
        SituationError: If what was told contradicts itself under this law.
    """
    situation = situation_of(person_of(person, content), corpus.vocabulary)
    return assess(corpus, situation, on=on, engine=__version__)


def reassessed(saved: Content, corpus: Corpus) -> Position | None:
    """What was told when a position was saved, for the day it asked, under a law.

    Args:
        saved: The record of the saved position.
        corpus: The law.
    Returns:
        The position; None if the law cannot read what was told then, or finds that it contradicts itself.
    """
    told = {"pseudonym": "", "consent": "not_known", **saved["told"]}
    try:
        return assessed(told, UUID(saved["person"]), corpus, on=date.fromisoformat(saved["on"]))
    except SituationError:
        return None
