"""Logs without a message: what happened and where in our code, never a path, a value, an address or a name.

Messages of libraries hold paths, values and queries, so none is written. What remains finds a fault: level, logger, the
status of the answer, the error's class and code, and the last lines of our own code that it went through.
"""

import logging
import traceback
from pathlib import Path
from typing import Any, TypeGuard

from safeconduct.values.errors import SafeconductError

_PACKAGE = "safeconduct"
_LINES = 4


class ScrubbingFormatter(logging.Formatter):
    """Turns a record into one line that tells nothing of anybody."""

    def format(self, record: logging.LogRecord) -> str:
        """Level, logger, status, error and places."""
        parts = [record.levelname, record.name]
        status = getattr(record, "status_code", None)
        if isinstance(status, int):
            parts.append(str(status))
        error = record.exc_info[1] if record.exc_info else None
        if _is_error(error):
            parts.extend(_told(error))
        return " ".join(parts)


def _is_error(error: object) -> TypeGuard[BaseException]:
    return isinstance(error, BaseException)


def _told(error: BaseException) -> list[str]:
    """The class and code of an error, and the last places in our code, innermost first."""
    code = f"[{error.code}]" if isinstance(error, SafeconductError) and error.code else ""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if _PACKAGE in Path(frame.filename).parts]
    return [f"{type(error).__name__}{code}", *(f"at {_place(frame)}" for frame in reversed(ours[-_LINES:]))]


def _place(frame: traceback.FrameSummary) -> str:
    parts = Path(frame.filename).parts
    inside = parts[len(parts) - parts[::-1].index(_PACKAGE) :]
    return f"{'/'.join(inside)}:{frame.lineno}"


def logging_settings(level: str = "WARNING") -> dict[str, Any]:
    """Django's setting LOGGING: everything goes through the scrubbing formatter to standard error.

    Args:
        level: The least level that is written.
    """
    # A fault of logging itself would print the message and its values.
    logging.raiseExceptions = False
    through = {"handlers": ["scrubbed"], "level": level, "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"scrubbed": {"()": f"{__name__}.ScrubbingFormatter"}},
        "handlers": {"scrubbed": {"class": "logging.StreamHandler", "formatter": "scrubbed"}},
        "root": {"handlers": ["scrubbed"], "level": level},
        "loggers": dict.fromkeys(("django", "django.server", "gunicorn.error"), through),
    }
