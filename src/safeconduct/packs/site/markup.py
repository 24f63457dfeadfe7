"""HTML as values: text is escaped where it enters, so that no page of law can add a tag."""

from collections.abc import Iterable
from html import escape

VOID = frozenset({"br", "hr", "input", "link", "meta"})


class Markup(str):
    """Text that is HTML already; any other text is escaped before it stands in a page."""

    __slots__ = ()


Child = str | Iterable["Child"] | None


def tag(name: str, /, *children: Child, **attributes: str | None) -> Markup:
    """An element.

    Args:
        name: Its name.
        children: What stands inside; text that is no Markup is escaped, None is left out.
        attributes: Its attributes; `class_` is class, `aria_label` is aria-label; None leaves one out.
    """
    shown = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in VOID:
        return Markup(f"<{name}{shown}>")
    return Markup(f"<{name}{shown}>{joined(children)}</{name}>")


def joined(children: Child) -> Markup:
    """What stands one after another."""
    if children is None:
        return Markup("")
    if isinstance(children, Markup):
        return children
    if isinstance(children, str):
        return Markup(escape(children))
    return Markup("".join(joined(child) for child in children))


def link(to: str, *children: Child) -> Markup:
    """A link to another page of the site."""
    return tag("a", *children, href=to)


def rows(heads: Iterable[str], lines: Iterable[Iterable[Child]]) -> Markup:
    """A table with one row of headings."""
    return tag(
        "div",
        tag(
            "table",
            tag("thead", tag("tr", [tag("th", head, scope="col") for head in heads])),
            tag("tbody", [tag("tr", [tag("td", cell) for cell in line]) for line in lines]),
        ),
        class_="wide",
    )
