"""What the reader is warned of, so that it is read: the draft, and how far the law is known, in short; the rest folded.

Nothing is left out: what stands above in short stands in the fold in full.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from safeconduct.desk.office.telling_words import country
from safeconduct.rules import timeline, warnings

_SHORT = (warnings.DRAFT, timeline.NOTHING_ELSE)
"""Sentences that stand above as they are."""
_OF_EVERYBODY = (warnings.PARTIAL, warnings.NOTHING_ELSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """The warnings of a page.

    Args:
        first: What stands above: the draft, and whatever is about what was told.
        known: Days up to which the law is known, the latest first, each with the folders of law for which it is.
        folded: The rest.
    """

    first: tuple[str, ...]
    known: tuple[tuple[date, str], ...]
    folded: tuple[str, ...]


def warned(found: Iterable[str], translate: Callable[[str], str], language: str | None) -> Warned:
    """Warnings for a page.

    Args:
        found: As the engine made them, in English.
        translate: What turns them into the language of the page; the English stands beside.
        language: Of the page, two letters.
    """
    known: dict[date, list[str]] = {}
    first: list[str] = []
    folded: list[str] = []
    for one in found:
        until = warnings.known_until(one)
        if until is not None:
            known.setdefault(until[1], []).append(_folder(until[0], language))
        is_of_law = until is not None or one in _OF_EVERYBODY or warnings.is_not_looked_at(one)
        (folded if is_of_law and one not in _SHORT else first).append(translate(one))
    return Warned(
        first=tuple(first),
        known=tuple((day, ", ".join(known[day])) for day in sorted(known, reverse=True)),
        folded=tuple(folded),
    )


def _folder(folder: str, language: str | None) -> str:
    """What a folder of law is about, with the code under which the pages have it."""
    named: Mapping[str, str] = {"INT": _("law between states"), "ECHR": _("European Court of Human Rights")}
    name = named.get(folder) or country(folder, language)
    return f"{name} ({folder})" if name else folder
