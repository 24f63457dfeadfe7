"""What is wrong with a call, as problem+json (RFC 9457): which kind, at which place, and what to do next.

No problem repeats a word that was sent: it may be a fact of somebody, and answers are logged by those who call.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from http import HTTPStatus
from typing import Any

from safeconduct.values.errors import Place, SafeconductError, SituationError

MEDIA_TYPE = "application/problem+json"
_MOST_FAULTS = 20


class Kind(Enum):
    """Kinds of problem: name, status, title, and what to do next."""

    NOT_HERE = "not-here", HTTPStatus.NOT_FOUND, "There is no such address", "see /api/openapi.json"
    METHOD = "method", HTTPStatus.METHOD_NOT_ALLOWED, "The method does not fit", "use one that the header Allow names"
    HOST = "host", HTTPStatus.BAD_REQUEST, "The site has another name", "call it by the name it was set up with"
    COOKIE = "cookie", HTTPStatus.BAD_REQUEST, "A cookie was sent", "send none: this API knows nobody and keeps nothing"
    QUERY = (
        "query",
        HTTPStatus.BAD_REQUEST,
        "The address carries values",
        "send everything in the body: addresses are logged",
    )
    LENGTH = "length", HTTPStatus.LENGTH_REQUIRED, "The length is missing", "send Content-Length, and not in chunks"
    TOO_LARGE = (
        "too-large",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "The body is too large",
        "send one person: at most 65536 bytes",
    )
    MEDIA = (
        "media-type",
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "The body is not plain JSON",
        ("send Content-Type: application/json, in UTF-8, not compressed"),
    )
    CUT_OFF = "cut-off", HTTPStatus.BAD_REQUEST, "The body ended early", "send as many bytes as Content-Length says"
    TOO_SLOW = "too-slow", HTTPStatus.REQUEST_TIMEOUT, "The body did not arrive in time", "send it again, at once"
    NOT_JSON = (
        "not-json",
        HTTPStatus.BAD_REQUEST,
        "The body cannot be read",
        "correct what stands in faults, then send it again",
    )
    CALL = (
        "call",
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The call cannot be used",
        "correct what stands in faults, then send it again",
    )
    SITUATION = (
        "situation",
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The situation cannot be used",
        ("correct what stands in faults, then send it again"),
    )
    BUSY = (
        "busy",
        HTTPStatus.SERVICE_UNAVAILABLE,
        "Others are being answered",
        "send it again after Retry-After seconds",
    )

    def __init__(self, slug: str, status: HTTPStatus, title: str, to_fix: str) -> None:
        self.slug, self.status, self.title, self.to_fix = slug, status, title, to_fix

    @property
    def type(self) -> str:
        """The name of the kind as a URI; it stays as it is."""
        return f"urn:safeconduct:problem:{self.slug}"


class Code(Enum):
    """Stable codes of faults of a call; docs/reference/api.md explains each. Faults of a situation keep their own."""

    NOT_AN_OBJECT = "API01"
    UNKNOWN_MEMBER = "API02"
    MEMBER_MISSING = "API03"
    WRONG_TYPE = "API04"
    UNKNOWN_LANGUAGE = "API05"
    TOO_MANY = "API06"
    UNKNOWN_FINDING = "API07"
    UNKNOWN_QUESTION = "API08"
    NO_SUCH_REPLY = "API09"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFault:
    """One thing that is wrong in a body.

    Args:
        code: A code of ours.
        detail: What is wrong.
        to_fix: What to do.
        place: Where it stands in the body; line 0 if nowhere.
        nearest: The known word that was probably meant; "" if none is near. Never a word that was sent.
    """

    code: str
    detail: str
    to_fix: str
    place: Place = field(default_factory=lambda: Place(name=""))
    nearest: str = ""

    def told(self) -> Mapping[str, Any]:
        """As JSON: what is not known is left out."""
        found: dict[str, Any] = {"code": self.code, "detail": self.detail, "to_fix": self.to_fix}
        if self.place.line:
            found["line"] = self.place.line
        if self.place.column:
            found["column"] = self.place.column
        if self.nearest:
            found["nearest"] = self.nearest
        return found


class ProblemError(SafeconductError):
    """A call that is not answered.

    Args:
        kind: What kind of problem it is.
        faults: What exactly is wrong in the body, in its order.
        headers: Headers of the answer.
    """

    def __init__(
        self, kind: Kind, *, faults: tuple[CallFault, ...] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(kind.title, remedy=kind.to_fix, code=f"API:{kind.slug}")
        self.kind, self.faults, self.headers = kind, faults, dict(headers or {})

    def told(self) -> Mapping[str, Any]:
        """The body of the answer."""
        found: dict[str, Any] = {
            "type": self.kind.type,
            "title": self.kind.title,
            "status": int(self.kind.status),
            "to_fix": self.kind.to_fix,
        }
        if self.faults:
            found["faults"] = [one.told() for one in self.faults[:_MOST_FAULTS]]
        return found


def of_situation(kind: Kind, error: SituationError) -> ProblemError:
    """The problem of a text or a situation that the reader refuses; the word that was sent stays out of it."""
    return ProblemError(kind, faults=tuple(_fault(one) for one in (error, *error.others)))


def _fault(error: SituationError) -> CallFault:
    place = error.place or Place(name="")
    return CallFault(code=error.code, detail=error.message, to_fix=error.remedy, place=place, nearest=error.nearest)


def of_call(code: Code, detail: str, to_fix: str, *, place: Place | None = None, nearest: str = "") -> ProblemError:
    """The problem of a call in which one thing is wrong."""
    fault = CallFault(code=code.value, detail=detail, to_fix=to_fix, place=place or Place(name=""), nearest=nearest)
    return ProblemError(Kind.CALL, faults=(fault,))
