"""The law that positions are computed from: loaded once in a process, the same for everybody."""

from datetime import date
from functools import cache, lru_cache
from secrets import token_bytes

from safeconduct.desk.project.configuration import in_use
from safeconduct.packs.store import load_corpus
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.interview import next_question
from safeconduct.rules.looks import Looks
from safeconduct.rules.situation import Situation

_CORPORA_AT_MOST = 4
_KEY_BYTES = 32


def law_in_use() -> Corpus:
    """The corpus that the configuration names, or the one that is shipped with this version."""
    named = in_use().law
    return _shipped() if named is None else named


def looks_of(corpus: Corpus) -> Looks:
    """What was worked out for questions of a law, shared by all who are asked in this process.

    It holds no reply: what was told is marked with a secret that ends with the process.
    """
    return _looks(_Same(corpus))


def prepare(day: date, *, questions: bool) -> None:
    """Load the law before anybody asks, and work out the first question, which is the same for everybody.

    Args:
        day: The day asked.
        questions: Whether questions will be put.
    """
    corpus = law_in_use()
    if questions:
        next_question(corpus, Situation(facts={}), on=day.toordinal(), looks=looks_of(corpus))


@cache
def _shipped() -> Corpus:
    return load_corpus()


class _Same:
    """A corpus, equal to itself alone: to compare two of them takes longer than to ask."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.corpus is self.corpus

    def __hash__(self) -> int:
        return id(self.corpus)


@lru_cache(maxsize=_CORPORA_AT_MOST)
def _looks(same: _Same) -> Looks:
    return Looks(same.corpus, key=token_bytes(_KEY_BYTES))
