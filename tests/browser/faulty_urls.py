"""The members' site with addresses at which something goes wrong: for tests of what is shown then, never for people."""

from django.db import OperationalError
from django.urls import include, path

from safeconduct.desk.office.answering import page_for_members
from safeconduct.desk.refusals import Reason, RefusedError

handler500 = "safeconduct.desk.project.faults.server_error"


def broken(request):
    """A fault of ours."""
    raise RuntimeError


def full(request):
    """A store that has no room."""
    raise OperationalError


@page_for_members("GET")
def refused(request, actor):
    """An action that refused where its page has no place for the words."""
    raise RefusedError(Reason.CLOCK)


urlpatterns = [
    path("broken/", broken),
    path("full/", full),
    path("refused/", refused),
    path("", include("safeconduct.desk.project.urls_members")),
]
