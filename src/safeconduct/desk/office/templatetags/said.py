"""Words for values, and sizes: `{{ role|said }}`."""

from uuid import UUID

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.office.sentences import FIELDS, HAPPENED, HINTS, VERBS, WORDS, WORDS_OF_LAW

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
def plain(name: str) -> str:
    """A name of the law pages as words."""
    return name.replace("_", " ")


@register.filter
def whose(about: UUID | None, names: dict[UUID, str]) -> str:
    """The name of a member to whom something was done; nothing, if it was done to something else."""
    return names.get(about, "") if about is not None else ""


@register.filter
def field_name(label: str) -> Promise | str:
    """What a field of a telling is called: a word of ours, else the name of the law pages."""
    return FIELDS.get(label, plain(label))


@register.filter
def word_name(word: str) -> Promise | str:
    """What a word of the law pages is called: those that every fact shares are translated."""
    return WORDS_OF_LAW.get(word, plain(word))


@register.filter
def hint(shape: str) -> Promise | str:
    """How something is written."""
    return HINTS.get(shape, "")


@register.filter
def unlocalized(number: float) -> str:
    """A number as SVG wants it, in every language."""
    return str(number)
