"""What a person can do with their answers: carry them to a helper, or send them as the first message of a contact."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.desk.cases import form_token
from safeconduct.desk.cases.actions.open_channels import open_channels
from safeconduct.desk.cases.actions.take_in import Intake, take_in
from safeconduct.desk.cases.block_pairs import pair_in_use
from safeconduct.desk.cases.helper_block import Carried, block_parts
from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.cases.square_image import square_image
from safeconduct.desk.cases.values import ForWhom
from safeconduct.desk.check.result_answers import answer_lines
from safeconduct.desk.check.result_forms import ContinueForm
from safeconduct.desk.check.result_sentences import day_text
from safeconduct.desk.check.run import Run, draft_in
from safeconduct.desk.check.sessionless import without_session
from safeconduct.desk.check.views.result import language, of_a_run, places
from safeconduct.desk.contact.code_page import code_page
from safeconduct.desk.contact.refused import explain, is_whole, not_stored
from safeconduct.desk.contact.room import has_room
from safeconduct.desk.project.clock import now
from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.project.stores import NothingKept
from safeconduct.desk.refusals import RefusedError
from safeconduct.vault.errors import TooLargeError

MOST_SQUARES = 3
_UNUSABLE, _CLOSED = 422, 503


# --- to a helper -----------------------------------------------------------------------------------------------


def _blocks(run: Run) -> list[tuple[str, tuple[str, ...]]]:
    """For each channel that can open one, its name and a fresh block in parts; none if more was told than fits."""
    carried = Carried(draft=draft_in(run, law_in_use()), on=run.day)
    found = []
    for channel in open_channels():
        pair = pair_in_use(channel.id)
        if pair is not None:
            try:
                found.append((channel.name, block_parts(carried, pair=pair[0], public=pair[1])))
            except TooLargeError:
                return []
    return found


@require_GET
@without_session
@of_a_run
def helper(request: HttpRequest, run: Run) -> HttpResponse:
    """The answers, sealed to those who read a channel, as squares and as text."""
    values = {"run": run, "places": places(run), "blocks": _blocks(run), "most_squares": MOST_SQUARES}
    return render(request, "check/result_helper.html", values)


@require_GET
@without_session
@of_a_run
def square(request: HttpRequest, run: Run) -> HttpResponse:  # noqa: ARG001 -- every view is given the request
    """The squares of the first channel, one below another."""
    blocks = _blocks(run)
    if not blocks or len(blocks[0][1]) > MOST_SQUARES:
        return HttpResponse(status=404)
    return HttpResponse(square_image(blocks[0][1]), content_type="image/png")


# --- as a first message ----------------------------------------------------------------------------------------


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@of_a_run
def go_on(request: HttpRequest, run: Run) -> HttpResponse:
    """Exactly what would be sent, to be changed; sent, it is taken in as any first message, and the code is shown."""
    channels = open_channels()
    if request.method == "POST":
        return _taken(request, run, ContinueForm(request.POST, channels=channels, configuration=in_use()))
    if not channels or not has_room(in_use().folder):
        return render(request, "check/result_closed.html", {"run": run, "places": places(run)}, status=_CLOSED)
    initial = {"token": form_token.issue(now=now()), "text": _message(run)}
    return _asked(request, run, ContinueForm(initial=initial, channels=channels, configuration=in_use()))


def _message(run: Run) -> str:
    """The answers as a first message."""
    lines = answer_lines(draft_in(run, law_in_use()), language=language())
    return "\n".join((_("My answers in the check of %(day)s:") % {"day": day_text(run.day)}, *lines))


def _asked(request: HttpRequest, run: Run, form: ContinueForm, *, status: int = 200) -> HttpResponse:
    return render(
        request, "check/result_continue.html", {"run": run, "form": form, "places": places(run)}, status=status
    )


def _taken(request: HttpRequest, run: Run, form: ContinueForm) -> HttpResponse:
    if not (form.is_valid() and is_whole(form)):
        return _asked(request, run, form, status=_UNUSABLE)
    token = str(form.cleaned_data["token"])
    intake = Intake(channel=form.cleaned_data["channel"], text=form.said(), language=language(), for_whom=ForWhom.SELF)
    try:
        taken = take_in(intake, token=token, now=now())
    except RefusedError as refused:
        explain(form, refused.reason)
    except NothingKept:
        not_stored(form)
    else:
        return code_page(request, taken.codename, token=token)
    return _asked(request, run, form, status=_UNUSABLE)
