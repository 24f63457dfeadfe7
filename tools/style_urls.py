"""The addresses of the contact site, and the style page beside them: for tests and pictures, never for people."""

from django.urls import include, path
from django.views.generic import TemplateView

urlpatterns = [
    path("style", TemplateView.as_view(template_name="look/style.html"), name="style"),
    path("", include("safeconduct.desk.project.urls_contact")),
]
