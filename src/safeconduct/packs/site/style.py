"""The site's only stylesheet."""

from importlib.resources import files


def stylesheet() -> bytes:
    """The bytes of style.css."""
    return files("safeconduct.packs.site").joinpath("style.css").read_bytes()
