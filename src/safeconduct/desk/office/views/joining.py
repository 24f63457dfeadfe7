"""Joining by a one-time link: a name and a password, then the telephone, and a code on paper."""

from django.http import HttpRequest, HttpResponse

from safeconduct.desk.members.actions.accept_invitation import accept_invitation, valid_invitation
from safeconduct.desk.members.actions.confirm_enrolment import confirm_enrolment
from safeconduct.desk.members.enrolment import Enrolment
from safeconduct.desk.office.answering import not_here, page, page_for_all, tried
from safeconduct.desk.office.entering import enter
from safeconduct.desk.office.qr_picture import square_code
from safeconduct.desk.office.sentences import INCOMPLETE, PROBLEMS
from safeconduct.desk.office.signing_forms import CodeForm, JoinForm
from safeconduct.desk.project.clock import now
from safeconduct.desk.refusals import Reason
from safeconduct.values.secret import Secret


@page_for_all("GET", "POST")
def join(request: HttpRequest, link: str) -> HttpResponse:
    """What somebody chooses who was invited. A link that is used, too old or none is not here."""
    if request.method != "POST":
        found = tried(lambda: valid_invitation(Secret(link), now=now()))
        return not_here(request) if isinstance(found, Reason) else page(request, "join", {"form": JoinForm()})
    form = JoinForm(request.POST)
    if not form.is_valid():
        return page(request, "join", {"form": form, "problem": INCOMPLETE}, status=400)
    login, password = form.text("login"), form.secret("new")
    made = tried(lambda: accept_invitation(link=Secret(link), login=login, password=password, now=now()))
    if made is Reason.WRONG:
        return not_here(request)
    if isinstance(made, Reason):
        return page(request, "join", {"form": form, "problem": PROBLEMS[made]}, status=400)
    return enrolment_page(request, made)


def enrolment_page(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    """The page that is shown once: secret for the telephone, code to print, and the form that proves both."""
    shown = {
        "square": square_code(enrolment.totp_address),
        "letters": enrolment.totp_secret,
        "printed": enrolment.recovery_code,
        "door": enrolment.door,
        "form": CodeForm(initial={"token": enrolment.token.reveal()}),
    }
    return page(request, "enrolment", shown)


@page_for_all("POST")
def join_code(request: HttpRequest) -> HttpResponse:
    """The first code of the telephone: now somebody is a member, and signed in."""
    form, token = CodeForm(request.POST), Secret(request.POST.get("token", ""))
    code = form.text("code") if form.is_valid() else ""
    done = tried(lambda: confirm_enrolment(token=token, code=code, now=now()))
    if not isinstance(done, Reason):
        return enter(request, done)
    again = CodeForm(initial={"token": token.reveal()})
    return page(request, "enrolment_code", {"form": again, "problem": PROBLEMS[done]}, status=403)
