"""Whether the libraries of the extra `desk` are there. Nothing is imported here."""

from importlib.util import find_spec

LIBRARIES = ("babel", "cryptography", "django", "fido2", "gunicorn", "psycopg", "qrcode", "whitenoise")
OF_THE_VAULT = ("cryptography",)


def missing(libraries: tuple[str, ...] = LIBRARIES) -> str | None:
    """The first library that is not installed; None if all are.

    Args:
        libraries: Names as they are imported.
    """
    return next((name for name in libraries if find_spec(name) is None), None)
