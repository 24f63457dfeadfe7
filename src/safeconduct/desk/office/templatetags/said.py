"""Words for values, and sizes: `{{ role|said }}`."""

from uuid import UUID

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.office.sentences import FIELDS, HAPPENED, HINTS, VERBS, WORDS
from safeconduct.desk.office.telling_form import Input
from safeconduct.desk.office.telling_words import word_in, words_of_page
from safeconduct.packs.naming import Named, name_in

register = template.Library()

_THOUSAND = 1000
GONE = _("somebody who is no member any more")


@register.filter
def said(value: object) -> Promise | str:
    """What a value of ours is called."""
    return WORDS.get(value, "")


@register.filter
def verb(name: str) -> Promise | str:
    """What a line of a case's trail says; the verb itself, if it is a newer one."""
    return VERBS.get(name, name)


@register.filter
def happened(value: object) -> Promise | str:
    """What a line of the system's trail says."""
    return HAPPENED.get(value, "")


@register.filter
def who(member: UUID | None, names: dict[UUID, str]) -> Promise | str:
    """The name of a member."""
    return names.get(member, GONE) if member is not None else ""


@register.filter
def kilobytes(length: int) -> int:
    """Bytes as whole kilobytes, at least one."""
    return max(1, round(length / _THOUSAND))


@register.filter
def name(known: str) -> str:
    """What a fact or an event of the law pages is called."""
    return words_of_page().name(known)


@register.filter
def whose(about: UUID | None, names: dict[UUID, str]) -> str:
    """The name of a member to whom something was done; nothing, if it was done to something else."""
    return names.get(about, "") if about is not None else ""


@register.filter
def label(one: Input) -> Promise | str:
    """What something to fill in is called: a field of the law pages, a word of ours, or a fact."""
    if one.of:
        return name_in(get_language(), Named.FIELD, one.label, of=one.of)
    return FIELDS[one.label] if one.label in FIELDS else name(one.label)


@register.filter
def option(word: str, one: Input) -> str:
    """What a word that one can choose is called."""
    return word_in(one.place, word, get_language())


@register.filter
def hint(shape: str) -> Promise | str:
    """How something is written."""
    return HINTS.get(shape, "")


@register.filter
def unlocalized(number: float) -> str:
    """A number as SVG wants it, in every language."""
    return str(number)
