"""The check as Django knows it: a part of the contact site, with pages and translations of its own."""

from django.apps import AppConfig


class CheckConfig(AppConfig):
    """The check."""

    name = "safeconduct.desk.check"
