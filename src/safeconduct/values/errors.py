"""One family of errors. A message holds the place, the problem in the reader's words, and the next step."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something is written.

    Args:
        name: Short name of the page or field, relative to its pack; never a path of this machine, and "" for input
            whose file name must not be shown.
        line: Line, counted from 1; 0 if the whole is meant.
        column: Column, counted from 1; 0 if the whole line is meant.
    """

    name: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """As compilers write it: name:line:column, without the parts that are not known."""
        parts = [self.name] if self.name else []
        if self.line:
            parts.append(str(self.line) if self.name else f"line {self.line}")
        if self.line and self.column:
            parts.append(str(self.column) if self.name else f"column {self.column}")
        return (":" if self.name else ", ").join(parts)


class SafeconductError(Exception):
    """The family: anything else that is raised is a bug.

    Args:
        message: What is wrong, in the reader's words; without personal data, secrets or paths.
        remedy: What to do next.
        place: Where it is written, if it is written anywhere.
        code: Stable code, such as LAW012 or SIT003, under which the docs explain it.
    """

    def __init__(self, message: str, *, remedy: str, place: Place | None = None, code: str = "") -> None:
        """Keep the parts; the text is put together when it is shown."""
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.place = place
        self.code = code

    def __str__(self) -> str:
        """Place, problem and remedy."""
        place = str(self.place) if self.place is not None else ""
        head = ": ".join(part for part in (place, self.message) if part)
        code = f" [{self.code}]" if self.code else ""
        return f"{head}{code}\n  to fix: {self.remedy}"

    def __repr__(self) -> str:
        """The same as the text: nothing that was typed stands in it."""
        return f"{type(self).__name__}({self.code}: {str(self.place) if self.place else 'no place'})"


class LawPackError(SafeconductError):
    """A page of law, or a value made from one, is wrong."""


class SituationError(SafeconductError):
    """A situation that was given cannot be used.

    Args:
        offending: The word that was typed. It is kept out of `str` and `repr`; only the terminal shows it, to the
            person who typed it.
        nearest: The nearest known word, or "".
        others: What else is wrong in the same input, in the order in which it stands there; so that everything can be
            corrected at once.
    """

    def __init__(  # noqa: PLR0913 -- one argument for each part of the message
        self,
        message: str,
        *,
        remedy: str,
        place: Place | None = None,
        code: str = "",
        offending: str = "",
        nearest: str = "",
        others: tuple["SituationError", ...] = (),
    ) -> None:
        """Keep the offending word apart from the message."""
        super().__init__(message, remedy=remedy, place=place, code=code)
        self.offending = offending
        self.nearest = nearest
        self.others = others


class QuestionError(SafeconductError):
    """A question put to the engine cannot be answered as put: an unknown provision, a day that does not exist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One finding of a check: collected, not raised, so that one run shows them all.

    Args:
        code: Stable code, such as LAW012.
        place: Where it is.
        message: What is wrong.
        hint: What to write instead, or what to do.
    """

    code: str
    place: Place
    message: str
    hint: str

    def __str__(self) -> str:
        """Two lines, as an error prints itself."""
        return f"{self.place}: {self.message} [{self.code}]\n  to fix: {self.hint}"
