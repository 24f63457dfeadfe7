"""Ways back after a lost password: the printed code, or two of three custodians."""

from django.http import HttpRequest, HttpResponse

from safeconduct.desk.members.actions.ask_custodians import ask_custodians, finish_recovery
from safeconduct.desk.members.actions.recover_with_code import recover_with_code
from safeconduct.desk.office.answering import page, page_for_all, refused_page, tried
from safeconduct.desk.office.sentences import INCOMPLETE, MISTYPED, PROBLEMS, TOLD
from safeconduct.desk.office.signing_forms import AskForm, FinishForm, RecoverForm, SignInForm
from safeconduct.desk.office.views.joining import enrolment_page
from safeconduct.desk.project.clock import now
from safeconduct.desk.refusals import Reason
from safeconduct.vault.errors import CodeError


@page_for_all("GET")
def recover(request: HttpRequest) -> HttpResponse:
    """Which ways back there are."""
    return page(request, "recover")


@page_for_all("GET", "POST")
def recover_code(request: HttpRequest) -> HttpResponse:
    """A new password by the printed code and the telephone."""
    form = RecoverForm(request.POST or None)
    if request.method != "POST":
        return page(request, "recover_code", {"form": form})
    problem: object = INCOMPLETE
    if form.is_valid():
        try:
            reason = tried(
                lambda: recover_with_code(
                    login=form.text("login"),
                    typed=form.secret("printed"),
                    new_password=form.secret("new"),
                    code=form.text("code"),
                    now=now(),
                )
            )
        except CodeError:
            problem = MISTYPED
        else:
            if reason is None:
                return page(request, "sign_in", {"form": SignInForm(), "told": TOLD["recovered"]})
            return refused_page(request, "recover_code", {"form": RecoverForm(), "problem": PROBLEMS[reason]}, reason)
    return page(request, "recover_code", {"form": form, "problem": problem}, status=403)


@page_for_all("GET", "POST")
def recover_ask(request: HttpRequest) -> HttpResponse:
    """Ask the custodians. The answer looks the same for every name."""
    form = AskForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return page(request, "recover_ask", {"form": form}, status=400 if request.method == "POST" else 200)
    asked = tried(lambda: ask_custodians(login=form.text("login"), now=now()))
    if isinstance(asked, Reason):
        return page(request, "recover_ask", {"form": AskForm(), "problem": PROBLEMS[asked]}, status=403)
    return page(request, "recover_asked", {"asked": asked})


@page_for_all("GET", "POST")
def recover_finish(request: HttpRequest) -> HttpResponse:
    """Take over the key that two custodians restored, under a new password."""
    form = FinishForm(request.POST or None)
    if request.method != "POST":
        return page(request, "recover_finish", {"form": form})
    problem: object = INCOMPLETE
    if form.is_valid():
        token, password = form.secret("token"), form.secret("new")
        made = tried(lambda: finish_recovery(token=token, new_password=password, now=now()))
        if not isinstance(made, Reason):
            return enrolment_page(request, made)
        problem = PROBLEMS[made]
    return page(request, "recover_finish", {"form": form, "problem": problem}, status=403)
