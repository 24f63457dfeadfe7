"""What a run found: the first page, further pages, and the same for a printer. Nothing is written anywhere."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from safeconduct.desk.cases.actions.open_channels import open_channels
from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.check.keeping import kept
from safeconduct.desk.check.result_answers import answer_lines
from safeconduct.desk.check.result_sentences import day_text
from safeconduct.desk.check.result_shown import Shown, shown
from safeconduct.desk.check.run import Run, draft_in
from safeconduct.desk.check.sessionless import without_session
from safeconduct.desk.check.views.begin import start_again
from safeconduct.desk.contact.answers import see_other
from safeconduct.desk.project.clock import today
from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.project.turns import BusyError, Line
from safeconduct.values.errors import SituationError

AFTER_SECONDS = 30
"""When somebody who finds everybody busy may come again."""
line = Line(at_once=1, waiting=6, patience_s=10)
"""A result takes a second or two of a processor, and the same state may be sent again and again by anybody."""
Given = ParamSpec("Given")
_RunView = Callable[Concatenate[HttpRequest, Run, Given], HttpResponse]


def of_a_run(view: _RunView[Given]) -> Callable[..., HttpResponse]:
    """A page of a run that the browser sent; if none opens, the page that begins again."""

    @wraps(view)
    def answer(request: HttpRequest, /, run: UUID, *args: Given.args, **values: Given.kwargs) -> HttpResponse:
        found = kept(request, run)
        if found is None:
            return start_again(request)
        try:
            return view(request, found, *args, **values)
        except BusyError:
            response = render(request, "check/busy.html", {"run": found}, status=503)
            response["Retry-After"] = str(AFTER_SECONDS)
            return response

    return answer


def language() -> str:
    """The language of the page."""
    return get_language() or "en"


def places(run: Run) -> dict[str, str]:
    """Where the pages of a result lead."""
    names = {"result": "check-result", "helper": "check-helper", "continue": "check-continue", "print": "check-print"}
    found = {key: reverse(name, args=[run.id]) for key, name in names.items()}
    return {
        **found,
        "questions": reverse("check-step", args=[run.id, run.now_at if run.put is not None else len(run.steps) or 1]),
        "pages": f"{found['result']}/",
        "write": reverse("write"),
        "square": reverse("check-square", args=[run.id]),
    }


def found_in(run: Run) -> Shown | None:
    """What is shown; None if what was told contradicts itself.

    Raises:
        BusyError: If too many results are worked out already.
    """
    corpus = law_in_use()
    try:
        situation = draft_in(run, corpus).situation(corpus.vocabulary)
        with line.turn():
            return shown(corpus, situation, on=run.day, language=language())
    except SituationError:
        return None


@require_GET
@without_session
@of_a_run
def front(request: HttpRequest, run: Run) -> HttpResponse:
    """What matters most, and where the rest is."""
    return render(request, "check/result.html", front_values(run))


def front_values(run: Run) -> dict[str, object]:
    """What stands on the first page and on paper."""
    crisis = [
        {"text": one.said(language()), "contact": one.contact, "checked": day_text(one.checked)}
        for one in in_use().crisis
        if one.is_current(today())
    ]
    return {
        "run": run,
        "day": day_text(run.day),
        "shown": found_in(run),
        "places": places(run),
        "channels": open_channels(),
        "crisis": crisis,
    }


@require_GET
@without_session
@of_a_run
def further(request: HttpRequest, run: Run, number: int) -> HttpResponse:
    """A further page, by its number; one that there is not leads to the first."""
    found = found_in(run)
    pages = found.pages.further if found is not None else ()
    if found is None or not 1 <= number <= len(pages):
        return see_other(places(run)["result"])
    return render(request, "check/result_page.html", page_values(run, found, number))


def page_values(run: Run, found: Shown, number: int) -> dict[str, object]:
    """What a further page shows.

    Args:
        run: The run.
        found: What it found.
        number: The page; there is one of that number.
    """
    pages = found.pages.further
    return {
        "run": run,
        "day": day_text(run.day),
        "page": pages[number - 1],
        "following": pages[number] if number < len(pages) else None,
        "places": places(run),
        "first": day_text(found.lanes.first),
        "last": day_text(found.lanes.last),
    }


@require_GET
@without_session
@of_a_run
def printed(request: HttpRequest, run: Run) -> HttpResponse:
    """The same for paper: what was told, terms, ways, and where to look; not all that is uncertain."""
    told = answer_lines(draft_in(run, law_in_use()), language=language())
    values = {**front_values(run), "told": told}
    return render(request, "check/result_print.html", values)
