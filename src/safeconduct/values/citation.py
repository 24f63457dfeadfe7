"""Where a statement of law stands, and how sure we are of it."""

from dataclasses import dataclass
from enum import Enum


class Confidence(Enum):
    """How well a clause is supported by what we read.

    A: two independent sources or an official text. B: one reputable source. C: background knowledge, unverified.
    """

    A = "A"
    B = "B"
    C = "C"

    def lower(self, other: "Confidence") -> "Confidence":
        """The weaker of the two."""
        return self if self.value >= other.value else other


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One address at which we read something, as it stands in the dossier.

    Args:
        mark: The dossier's mark, such as S06b or 37.
        url: The address, or None where the dossier gives none.
        note: What the address is, or why there is none; "" if nothing is to be said.
    """

    mark: str
    url: str | None
    note: str = ""


UNVERIFIED = "background knowledge, unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The seat of a clause.

    Args:
        act: Act, such as "53-FZ"; "" where the dossier names none.
        article: Article and paragraph, such as "art. 22(1)(a)"; text, never a number.
        sources: What was read; empty for background knowledge.
        confidence: How sure we are.
    """

    act: str
    article: str
    sources: tuple[Source, ...]
    confidence: Confidence
