"""The facts of the law pages in groups for the page: those of every person first, then country by country."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.rules.vocabulary import Fact

_VOCABULARY = "vocabulary"
_TITLES: dict[str, Promise] = {
    "person": _("The person"),
    "service": _("Service and the register"),
    "abroad": _("Abroad"),
    "int": _("International protection"),
    "ru": _("Russia"),
    "kz": _("Kazakhstan"),
    "ua": _("Ukraine"),
    "by": _("Belarus"),
    "am": _("Armenia"),
    "ge": _("Georgia"),
    "kg": _("Kyrgyzstan"),
    "tr": _("Turkey"),
    "rs": _("Serbia"),
    "me": _("Montenegro"),
    "mn": _("Mongolia"),
    "ae": _("United Arab Emirates"),
    "eu": _("European Union"),
    "de": _("Germany"),
    "fr": _("France"),
    "echr": _("European Convention on Human Rights"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Facts that are asked together.

    Args:
        slug: What stands for it in an address.
        title: Its title; the code of the folder where no title is known.
        facts: Its facts, in the order of the pages.
    """

    slug: str
    title: Promise | str
    facts: tuple[Fact, ...]


def groups_of(facts: Iterable[Fact]) -> tuple[Group, ...]:
    """All groups, those with a title in the order of the titles."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(_slug(fact), []).append(fact)
    order = {slug: place for place, slug in enumerate(_TITLES)}
    return tuple(
        Group(slug=slug, title=_TITLES.get(slug, slug.upper()), facts=tuple(found[slug]))
        for slug in sorted(found, key=lambda slug: (order.get(slug, len(order)), slug))
    )


def _slug(fact: Fact) -> str:
    folder, _, name = fact.place.name.partition("/")
    return name.removesuffix(".md") if folder == _VOCABULARY else folder
