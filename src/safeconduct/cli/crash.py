"""What is printed when the program itself is at fault: where, and nothing that anybody typed."""

from types import TracebackType

CRASHED = 70
"""The exit code: EX_SOFTWARE of sysexits.h."""

_PACKAGE = "safeconduct"


def crashed(error: BaseException) -> str:
    """Two lines for the terminal: code, place, and what to do.

    Args:
        error: Anything that is none of our own errors. Its message is left out: it may quote a fact or a file's name.
    """
    return (
        f"{place_of(error.__traceback__)}: safeconduct itself is at fault: {type(error).__name__} [BUG01]\n"
        "  to fix: report this line to the maintainers; it holds nothing of what you typed. Do not send them the file."
    )


def place_of(trace: TracebackType | None) -> str:
    """Module and line of our own code in which it happened, the innermost; "safeconduct" if it is in none."""
    found = _PACKAGE
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "")
        if isinstance(module, str) and (module == _PACKAGE or module.startswith(f"{_PACKAGE}.")):
            found = f"{module}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found
