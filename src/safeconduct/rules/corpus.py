"""All the law that is known, as one value."""

from dataclasses import dataclass, field
from datetime import date

from safeconduct.rules.tree import Conflict, Provision, Term
from safeconduct.rules.vocabulary import Vocabulary
from safeconduct.values.citation import Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Untranslatable:
    """A question of law that no fact answers: only a lawyer can.

    Args:
        id: Its id.
        text: What the law says, in our own words.
        fact: The fact that holds the lawyer's answer.
        citation: Its seat.
    """

    id: str
    text: str
    fact: str
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """A body of law.

    Args:
        vocabulary: Facts and events.
        provisions: By id, in the order of the pages.
        terms: Named conditions, by name.
        conflicts: Conflicts between sources, by id.
        untranslatable: Questions for a lawyer, by the fact that holds the answer.
        reviewed_until: The last day up to which each jurisdiction's pages know the law, inclusive.
        looked_at: For a folder whose law is looked at only if one of its countries is mentioned, these countries.
        digest: SHA-256 of all pages, in hexadecimal.
    """

    vocabulary: Vocabulary
    provisions: dict[str, Provision]
    terms: dict[str, Term]
    conflicts: dict[str, Conflict]
    untranslatable: dict[str, Untranslatable]
    reviewed_until: dict[str, date]
    digest: str
    looked_at: dict[str, frozenset[str]] = field(default_factory=dict)
