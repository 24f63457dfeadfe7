"""The terminal: `safeconduct COMMAND`. Each command lives in its own module and is imported when it is called.

Exit codes: 0 answered, 1 a check found faults, 2 bad input; anything else is a bug.
"""

from safeconduct.cli.commands import Commands, main

__all__ = ["Commands", "main"]
