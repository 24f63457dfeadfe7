"""Where a statement stands: act and article, how sure we are, and the addresses as text that is no link."""

from safeconduct.packs.site.markup import Child, Markup, tag
from safeconduct.values.citation import UNVERIFIED, Citation

OPENING = "The addresses are no links: opening one tells that site about you."


def seat(citation: Citation) -> Markup:
    """The seat in one line, with the addresses behind a fold."""
    where = " ".join(part for part in (citation.act, citation.article) if part) or "no article named"
    grade = tag("span", f"confidence {citation.confidence.value}", class_=f"grade {citation.confidence.value.lower()}")
    return tag(
        "details",
        tag("summary", where, " ", grade),
        tag("p", OPENING) if any(source.url for source in citation.sources) else None,
        tag("ul", [tag("li", part) for part in _addresses(citation)]),
        class_="seat",
    )


def _addresses(citation: Citation) -> list[Child]:
    if not citation.sources:
        return [UNVERIFIED]
    found: list[Child] = []
    for source in citation.sources:
        mark = f"[{source.mark}] " if source.mark else ""
        found.append(
            [mark, tag("code", source.url) if source.url else None, f" {source.note}" if source.note else None]
        )
    return found
