"""The law that positions are computed from: loaded once in a process, the same for everybody."""

from functools import cache

from safeconduct.packs.store import load_corpus
from safeconduct.rules.corpus import Corpus


@cache
def law_in_use() -> Corpus:
    """The corpus that is shipped with this version."""
    return load_corpus()
