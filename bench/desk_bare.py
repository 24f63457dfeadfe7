"""What a served desk is compared with: a page of the same length from no framework at all, and bare Django with a form.

    python bench/desk_bare.py static|django PORT

Both run under gunicorn with the settings of the desk's own sites, so that what differs is the application.
"""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run by its path

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # noqa: E402 -- found by the line above

from safeconduct.desk.operating.site import settings_of  # noqa: E402 -- as above

_LENGTH = 1236
Application = Callable[..., Iterable[bytes]]


def static() -> Application:
    """A page that is always the same."""
    page = b"x" * _LENGTH

    def application(_environ: object, start: Any) -> Iterable[bytes]:  # noqa: ANN401 -- a WSGI callable
        start("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(page)))])
        return [page]

    return application


def bare_django() -> Application:
    """Django with one template, one form and the middleware that checks forms; no store and no session."""
    import django  # noqa: PLC0415 -- only here
    from django import forms  # noqa: PLC0415 -- as above
    from django.conf import settings  # noqa: PLC0415 -- as above
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 -- as above
    from django.http import HttpRequest, HttpResponse  # noqa: PLC0415 -- as above
    from django.template import Context, Engine  # noqa: PLC0415 -- as above
    from django.urls import path  # noqa: PLC0415 -- as above

    class Form(forms.Form):
        """One field."""

        text = forms.CharField(widget=forms.Textarea)

    template = Engine().from_string("<!doctype html><title>x</title><form method=post>{{ form }}</form>" + "x" * 900)

    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(template.render(Context({"form": Form()})))

    middleware = ["django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware"]
    urls = type("Urls", (), {"urlpatterns": [path("", view)]})
    settings.configure(
        SECRET_KEY="invented",  # noqa: S106 -- it protects nothing
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=urls,
        MIDDLEWARE=middleware,
    )
    django.setup()
    return get_wsgi_application()


class Bare(BaseApplication):  # type: ignore[misc]
    """One of the two, under gunicorn."""

    def __init__(self, make: Callable[[], Application], address: str) -> None:
        self._make, self._address = make, address
        super().__init__()

    def load_config(self) -> None:
        """The settings of the desk's sites."""
        for name, value in settings_of(address=self._address, workers=2, level="error").items():
            self.cfg.set(name, value)

    def load(self) -> Application:
        """The application."""
        return self._make()


if __name__ == "__main__":
    Bare({"static": static, "django": bare_django}[sys.argv[1]], f"127.0.0.1:{sys.argv[2]}").run()
