"""A page that has no session: a conversation that is open in another tab is not touched, and no row is written."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

Rest = ParamSpec("Rest")


def without_session(view: Callable[Concatenate[HttpRequest, Rest], HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, without the session of the request."""

    @wraps(view)
    def seen(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        # Django writes the session's row at the end of every visit; without a session it writes none.
        if hasattr(request, "session"):
            del request.session
        return view(request, *args, **kwargs)

    return seen
