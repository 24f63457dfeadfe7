"""The steps of a run: a question is shown at its number, and its reply is sent to the same address."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.check import sentences
from safeconduct.desk.check.answer_form import ANSWER, ASKED, AnswerForm
from safeconduct.desk.check.asks import sheet_of
from safeconduct.desk.check.course import going_on, renewed
from safeconduct.desk.check.keeping import fits, keep, kept
from safeconduct.desk.check.question_page import head_of, initial_of, reply_said
from safeconduct.desk.check.reading import read
from safeconduct.desk.check.run import Put, Reply, Run, Waiting, with_reply
from safeconduct.desk.check.sessionless import without_session
from safeconduct.desk.check.views.begin import start_again
from safeconduct.desk.contact.answers import see_other
from safeconduct.desk.project.clock import now
from safeconduct.values.errors import SituationError

_RIGHT, _TAKEN = "right", "taken"
_UNUSABLE = 422


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@without_session
def step(request: HttpRequest, run: UUID, number: int) -> HttpResponse:
    """One question, and what becomes of its reply."""
    found = kept(request, run)
    if found is None:
        return start_again(request)
    put = found.put_at(number)
    if put is None:
        return see_other(_address(found))
    if request.method == "POST":
        return _sent(request, found, number, put)
    if found.waiting is not None and found.waiting.step == number:
        return _read_back(request, found, put, found.waiting)
    reply = found.reply_at(number)
    initial = {} if reply is None else initial_of(reply, sheet_of(put, law_in_use().vocabulary))
    return _page(request, found, number, _form(put, initial=initial))


def _address(run: Run) -> str:
    """The question that is put now; the result if there is none."""
    if run.put is None:
        return reverse("check-result", args=[run.id])
    return reverse("check-step", args=[run.id, run.now_at])


def _form(put: Put, **told: object) -> AnswerForm:
    sheet = sheet_of(put, law_in_use().vocabulary)
    return AnswerForm(sheet=sheet, name=put.name, language=_language(), **told)


def _language() -> str:
    return get_language() or "en"


def _page(request: HttpRequest, run: Run, number: int, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    put, reply = run.put_at(number), run.reply_at(number)
    if put is None:
        return see_other(_address(run))
    page = {
        "run": run,
        "number": number,
        "before": number - 1,
        "form": form,
        "head": head_of(put, law_in_use(), _language()),
        "answered": "" if reply is None else reply_said(reply, put, form.sheet, _language()),
        "onward": _address(run),
    }
    return render(request, "check/question.html", page, status=status)


def _read_back(request: HttpRequest, run: Run, put: Put, waiting: Waiting) -> HttpResponse:
    sheet = sheet_of(put, law_in_use().vocabulary)
    page = {
        "run": run,
        "number": waiting.step,
        "before": waiting.step - 1,
        "asked": put.name,
        "written": _written(waiting),
        "head": head_of(put, law_in_use(), _language()),
        "taken": reply_said(waiting.reply, put, sheet, _language()),
    }
    return render(request, "check/read_back.html", page)


def _sent(request: HttpRequest, run: Run, number: int, put: Put) -> HttpResponse:
    if request.POST.get(ASKED, "") != put.name:
        # The page was of another question: in another tab an earlier reply was changed.
        return see_other(reverse("check-step", args=[run.id, number]))
    if _RIGHT in request.POST:
        return _confirmed(request, run, number, put)
    form = _form(put, data=request.POST)
    found = read(form, put.question(law_in_use()), run.day)
    if found is None:
        return _page(request, run, number, form, status=_UNUSABLE)
    if found.is_vague:
        waiting = replace(run, waiting=Waiting(step=number, reply=found.reply))
        return _kept(request, renewed(waiting, moment=now()), number)
    return _taken(request, run, number, found.reply, form)


def _confirmed(request: HttpRequest, run: Run, number: int, put: Put) -> HttpResponse:
    """After a vague reply was read back."""
    waiting = run.waiting
    if waiting is not None and request.POST.get(_TAKEN, "") != _written(waiting):
        # In another tab the same question was answered otherwise: nobody said yes to that.
        return see_other(reverse("check-step", args=[run.id, number]))
    if waiting is None or waiting.step != number or request.POST[_RIGHT] != "yes":
        return _kept(request, renewed(replace(run, waiting=None), moment=now()), number)
    return _taken(request, replace(run, waiting=None), number, waiting.reply, _form(put, data=request.POST))


def _taken(request: HttpRequest, run: Run, number: int, reply: Reply, form: AnswerForm) -> HttpResponse:
    corpus = law_in_use()
    try:
        told = with_reply(run, number, reply, corpus)
    except SituationError:
        form.is_valid()
        form.add_error(ANSWER, sentences.DOES_NOT_FIT)
        return _page(request, run, number, form, status=_UNUSABLE)
    after = going_on(told, corpus, moment=now())
    if not fits(after):
        return _full(request, run, number)
    response = see_other(_address(after))
    keep(response, after)
    return response


def _full(request: HttpRequest, run: Run, number: int) -> HttpResponse:
    return render(request, "check/full.html", {"run": run, "number": number}, status=_UNUSABLE)


def _written(waiting: Waiting) -> str:
    """A vague reply as it will be used; stands in the form that asks whether it is right."""
    return waiting.reply.words or waiting.reply.on


def _kept(request: HttpRequest, run: Run, number: int) -> HttpResponse:
    if not fits(run):
        return _full(request, run, number)
    response = see_other(reverse("check-step", args=[run.id, number]))
    keep(response, run)
    return response
