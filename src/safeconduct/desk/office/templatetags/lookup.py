"""Small looks into what a template was given: a value under a key, the first signs of an id, the word of an answer."""

from collections.abc import Mapping
from uuid import UUID

from django import template
from django.utils.functional import Promise

from safeconduct.desk.cases.values import short_id
from safeconduct.desk.office.sentences import WORDS
from safeconduct.rules.finding import Answer, State

register = template.Library()

_CLOCKS = {state.value: state for state in State}
_ANSWERS = {answer.value: answer for answer in Answer}


@register.filter
def under(values: Mapping[object, object], key: object) -> object:
    """What stands under a key; nothing, if nothing does."""
    return values.get(key, "")


@register.filter
def short(case: UUID) -> str:
    """The first signs of an id, for a case without a label."""
    return short_id(case)


@register.filter
def answer(value: str) -> Promise | str:
    """The word of an answer as it was saved; a dash where there was none."""
    return WORDS[_ANSWERS[value]] if value in _ANSWERS else "—"


@register.filter
def clock(value: str) -> Promise | str:
    """The words for where a deadline stood, as it was saved."""
    return WORDS[_CLOCKS[value]] if value in _CLOCKS else "—"
