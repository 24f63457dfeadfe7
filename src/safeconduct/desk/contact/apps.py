"""The contact site as Django knows it. When it starts it compiles new translations."""

from pathlib import Path

from django.apps import AppConfig

from safeconduct.desk.contact.catalogues import compile_catalogues

DESK = Path(__file__).resolve().parents[1]


class ContactConfig(AppConfig):
    """The contact site."""

    name = "safeconduct.desk.contact"

    def ready(self) -> None:
        """Compile what translators changed; the folders of the shared look stand in the settings of both sites."""
        compile_catalogues(DESK)
