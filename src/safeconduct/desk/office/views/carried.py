"""What a person carried here: a block of the public check is opened, shown, and not kept."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from safeconduct import __version__
from safeconduct.desk.cases.actions.open_block import open_block
from safeconduct.desk.cases.helper_block import BlockError, Carried
from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.cases.law_words import position_in
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.office.answering import page, page_for_members
from safeconduct.desk.office.case_forms import CarriedForm
from safeconduct.desk.office.law_on_page import law_on_page
from safeconduct.desk.office.position_page import sections_of
from safeconduct.desk.office.sentences import (
    BLOCK_IS_FOR_OTHERS,
    BLOCK_NOT_WHOLE,
    CONTRADICTS,
    PARTS_MISSING,
    TOO_MANY_EVENTS,
)
from safeconduct.desk.office.telling_words import words_of_page
from safeconduct.rules.position import assess
from safeconduct.values.errors import SituationError
from safeconduct.vault.errors import CannotOpenError

_MOST_EVENTS = 60
"""Twice what programs may ask about. The work grows faster than their number, and anybody may seal a block."""


@page_for_members("GET", "POST", works_out=True)
def carried(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A field for the parts of a block; sent, what it holds. Nothing is stored, and nothing stands in an address."""
    form = CarriedForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return page(request, "carried", {"form": form})
    try:
        found = open_block(actor, text=form.cleaned_data["block"])
    except BlockError as error:
        missing = ", ".join(str(number) for number in error.missing)
        problem = PARTS_MISSING % {"parts": missing} if missing else BLOCK_NOT_WHOLE
        return page(request, "carried", {"form": form, "problem": problem})
    except CannotOpenError:
        return page(request, "carried", {"form": form, "problem": BLOCK_IS_FOR_OTHERS})
    return page(request, "carried", {"form": CarriedForm(), **_shown(found)})


def _shown(found: Carried) -> dict[str, object]:
    """What was told, and where it puts the person on the day that they asked."""
    corpus = law_in_use()
    if len(found.draft.history) > _MOST_EVENTS:
        return {"on": found.on, "lines": _lines(found), "problem": TOO_MANY_EVENTS}
    try:
        situation = found.draft.situation(corpus.vocabulary)
        position = assess(corpus, situation, on=found.on, engine=__version__)
    except SituationError:
        # Somebody may have sealed anything, and a newer law may read it otherwise: it is shown as it was written.
        return {"on": found.on, "lines": found.draft.content().decode().splitlines(), "problem": CONTRADICTS}
    shown = position_in(position, get_language())
    return {"on": found.on, "lines": _lines(found), "sections": sections_of(shown, law_on_page())}


def _lines(found: Carried) -> list[str]:
    """What was told, a line each."""
    words = words_of_page()
    draft = found.draft
    facts = [f"{words.name(name)}: {words.fact(name, value)}" for name, value in draft.person.items()]
    events = [f"{words.name(str(event.get('event')))}: {words.event(event)}" for event in draft.history]
    closed = [words.closed(f"{part} {_named(one)}") for part, told in draft.others.items() for one in told]
    return [*facts, *events, *closed]


def _named(told: object) -> str:
    """A kind of event, with its country if one is named."""
    if isinstance(told, dict):
        return " ".join(str(told[key]) for key in ("event", "country") if key in told)
    return str(told)
