"""Sentences of the law on a page: each in its language, titles with a capital letter, English marked as English."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from safeconduct.packs.translating import Said, parts_of, with_capital

register = template.Library()


@register.filter
def parts(text: str) -> tuple[Said, ...]:
    """The sentences of a text, for `look/said.html`; none for ""."""
    return parts_of(text)


@register.filter
def titled(text: str) -> Said:
    """A title with a capital letter; where a language has no such title, it says that it is English."""
    return with_capital(next(iter(parts_of(text)), Said(text="")))


@register.filter
def title(text: str) -> SafeString:
    """A title inside a line: with a capital letter, and marked where it is English."""
    return _marked(titled(text))


@register.filter
def inline(text: str) -> SafeString:
    """A sentence inside a line, marked where it is English; without the English beside it."""
    return _marked(next(iter(parts_of(text)), Said(text="")))


def _marked(said: Said) -> SafeString:
    return format_html('<span lang="{}">{}</span>', said.lang, said.text) if said.lang else format_html("{}", said.text)
