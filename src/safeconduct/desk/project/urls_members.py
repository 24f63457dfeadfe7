"""The addresses of the members' site; they stand beside its views."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("safeconduct.desk.office.urls"))]

handler500 = "safeconduct.desk.project.faults.server_error"
