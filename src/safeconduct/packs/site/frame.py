"""What every page of the site has around it: head, way back, and how far the law was checked."""

from safeconduct.packs.site.markup import Child, Markup, joined, link, tag

DRAFT = "Drafts that no lawyer has read. Information about the law, not advice."


def page(title: str, *body: Child, depth: int, until: str, here: str = "") -> bytes:
    """A whole page.

    Args:
        title: Its title.
        body: What stands in it.
        depth: How many folders below the root of the site it lies.
        until: Up to which day the law was checked, in words; "" if it says so itself.
        here: The part of the site that it belongs to.
    Returns:
        UTF-8 text.
    """
    root = "../" * depth
    ways = (("index.html", "The law"), ("questions/index.html", "Questions and answers"), ("facts.html", "Facts"))
    whole = tag(
        "html",
        tag(
            "head",
            tag("meta", charset="utf-8"),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="referrer", content="no-referrer"),
            tag("meta", http_equiv="Content-Security-Policy", content="default-src 'none'; style-src 'self'"),
            tag("title", title),
            tag("link", rel="stylesheet", href=f"{root}style.css"),
        ),
        tag(
            "body",
            tag("a", "To the text", href="#text", class_="skip"),
            tag("header", tag("nav", _ways(root, ways, here), aria_label="Site")),
            tag("main", tag("h1", title), joined(body), id="text"),
            tag("footer", tag("p", DRAFT), tag("p", until) if until else None),
        ),
        lang="en",
    )
    return f"<!doctype html>\n{whole}\n".encode()


def _ways(root: str, ways: tuple[tuple[str, str], ...], here: str) -> Markup:
    return tag(
        "ul",
        [
            tag("li", tag("a", text, href=f"{root}{to}", aria_current="page" if text == here else None))
            for to, text in ways
        ],
    )


def up(depth: int, to: str, *children: Child) -> Markup:
    """A link from a page that lies `depth` folders down to a page named from the root of the site."""
    return link("../" * depth + to, *children)
