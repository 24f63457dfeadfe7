"""Questions and answers: the same bytes for everybody, kept for an hour, made once a day in each process."""

from datetime import UTC, datetime, time, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from safeconduct.desk.contact.answer_pages import Made, answer_page, language_page, question_page
from safeconduct.desk.project.aloof import aloof
from safeconduct.desk.project.clock import now

KEPT_S = 3600
"""For how many seconds a page may be kept, at most; never beyond the end of the day that it speaks of."""


@aloof
@require_safe
def languages(request: HttpRequest) -> HttpResponse:
    """The choice of language: a link for each."""
    moment = now()
    return _sent(request, language_page(moment.date()), moment)


@aloof
@require_safe
def questions(request: HttpRequest, language: str) -> HttpResponse:
    """All questions by theme."""
    moment = now()
    return _sent(request, question_page(moment.date(), language), moment)


@aloof
@require_safe
def answer(request: HttpRequest, language: str, number: int) -> HttpResponse:
    """One question with its answer."""
    moment = now()
    return _sent(request, answer_page(moment.date(), language, number), moment)


def seconds_kept(moment: datetime) -> int:
    """For how many seconds a page that is sent now may be kept: 1 or more.

    Args:
        moment: Now, with a time zone.
    """
    midnight = datetime.combine(moment.astimezone(UTC).date() + timedelta(days=1), time(), UTC)
    return max(1, min(KEPT_S, int((midnight - moment).total_seconds())))


def _sent(request: HttpRequest, page: Made | None, moment: datetime) -> HttpResponse:
    # The moment of which the page speaks: making it may take until the next day has begun.
    if page is None:
        raise Http404
    response = HttpResponse(page.content)
    response["ETag"] = page.mark
    response["Cache-Control"] = f"public, max-age={seconds_kept(moment)}"
    response["Content-Length"] = str(len(page.content))
    if page.language:
        response["Content-Language"] = page.language
    if request.method == "HEAD":
        response.content = b""
    sent = get_conditional_response(request, etag=page.mark, response=response)
    return sent if isinstance(sent, HttpResponse) else response
