"""The text of a situation file -> a Situation. Bytes in, a value out; nothing here reads a disk or a clock.

A file is checked once, here, against the vocabulary; what it says is kept, what it does not say stays unknown.
Everything that is wrong is refused at once, each fault with its place; no message holds a word that was typed.
Start at `read_situation`; docs/reference/situation-file.md says what a file may hold.
"""

from safeconduct.rules.telling.faults import Code
from safeconduct.rules.telling.reading import read_situation

__all__ = ["Code", "read_situation"]
