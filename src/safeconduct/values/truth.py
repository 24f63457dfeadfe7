"""Three-valued truth: a condition holds, fails, or cannot be told from what is known."""

from collections.abc import Iterable
from enum import Enum
from typing import NoReturn


class Truth(Enum):
    """Kleene's three values, ordered no < unknown < yes.

    Source:
        S. C. Kleene, Introduction to Metamathematics (1952), section 64, the strong tables.
    """

    NO = 0
    UNKNOWN = 1
    YES = 2

    def __bool__(self) -> NoReturn:
        """Refuse: `if truth:` would file every unanswered question under "no"."""
        message = "a Truth has three values: compare with `is Truth.YES`"
        raise TypeError(message)

    def __and__(self, other: "Truth") -> "Truth":
        """Both hold: the lesser of the two."""
        return self if self.value <= other.value else other

    def __or__(self, other: "Truth") -> "Truth":
        """At least one holds: the greater of the two."""
        return self if self.value >= other.value else other

    def __invert__(self) -> "Truth":
        """The opposite; unknown stays unknown."""
        return Truth(2 - self.value)

    @property
    def word(self) -> str:
        """The word used in files: yes, no or unknown."""
        return self.name.lower()


def every(truths: Iterable[Truth]) -> Truth:
    """All of them hold; yes for none at all."""
    found = Truth.YES
    for truth in truths:
        found = found & truth
    return found


def some(truths: Iterable[Truth]) -> Truth:
    """At least one of them holds; no for none at all."""
    found = Truth.NO
    for truth in truths:
        found = found | truth
    return found


def from_bool(known: bool) -> Truth:  # noqa: FBT001 -- the one place where a bool becomes a Truth
    """The Truth of something that is known."""
    return Truth.YES if known else Truth.NO
