"""The addresses of the contact site; they stand beside its views."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

_PART = "safeconduct.desk.contact"
urlpatterns: list[URLPattern | URLResolver] = []
if find_spec(_PART) and find_spec(f"{_PART}.urls"):
    urlpatterns.append(path("", include(f"{_PART}.urls")))
