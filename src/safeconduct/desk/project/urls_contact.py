"""The addresses of the contact site; they stand beside its views."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("safeconduct.desk.contact.urls")),
    path("", include("safeconduct.desk.check.urls")),
    path("", include("safeconduct.desk.contact.answer_urls")),
]

handler500 = "safeconduct.desk.project.faults.server_error"
