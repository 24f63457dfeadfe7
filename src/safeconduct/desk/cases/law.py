"""The law that positions are computed from: loaded once in a process, the same for everybody."""

from functools import cache

from safeconduct.desk.project.configuration import in_use
from safeconduct.packs.store import load_corpus
from safeconduct.rules.corpus import Corpus


def law_in_use() -> Corpus:
    """The corpus that the configuration names, or the one that is shipped with this version."""
    named = in_use().law
    return _shipped() if named is None else named


@cache
def _shipped() -> Corpus:
    return load_corpus()
