"""The contact site as Django knows it. When it starts it finds the shared look, and compiles new translations."""

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings

from safeconduct.desk.contact.catalogues import compile_catalogues

DESK = Path(__file__).resolve().parents[1]
LOOK = DESK / "look"


class ContactConfig(AppConfig):
    """The contact site."""

    name = "safeconduct.desk.contact"

    def ready(self) -> None:
        """Name the folders of the shared look: templates, stylesheet, catalogues. It holds no code, so it is no app."""
        for engine in settings.TEMPLATES:
            engine["DIRS"] = _with(engine.get("DIRS", ()), LOOK / "templates")
        settings.STATICFILES_DIRS = _with(settings.STATICFILES_DIRS, LOOK / "static")
        settings.LOCALE_PATHS = _with(settings.LOCALE_PATHS, LOOK / "locale")
        compile_catalogues(DESK)


def _with(folders: object, folder: Path) -> list[str | Path]:
    known: list[str | Path] = [str(one) for one in folders] if isinstance(folders, list | tuple) else []
    return known if str(folder) in known else [*known, str(folder)]
