"""A sheet for each page of law that a lawyer can print, fill in and sign."""

from collections.abc import Iterator

from safeconduct.packs.assembly import Assembled
from safeconduct.packs.blocks import Page
from safeconduct.packs.site.bars import in_force
from safeconduct.packs.site.frame import page as framed
from safeconduct.packs.site.frame import up
from safeconduct.packs.site.law_page import address_of, sheet_of
from safeconduct.packs.site.markup import Child, Markup, rows, tag
from safeconduct.rules.tree import Provision
from safeconduct.values.citation import Citation

VERDICTS = ("agreed", "doubtful", "otherwise")
_SHOWN = 16


def review_sheet(assembled: Assembled, page: Page) -> bytes:
    """The sheet of a page: each provision and clause with its seat, boxes to tick, lines to write on.

    Args:
        assembled: All pages.
        page: The page.
    """
    depth = sheet_of(page.name).count("/")
    provisions = [one for one in assembled.corpus.provisions.values() if one.place.name == page.name]
    return framed(
        f"Review sheet: {page.front.get('title', page.name)}",
        tag(
            "p",
            f"Page {page.name} of the law pages {assembled.corpus.digest[:_SHOWN]}. ",
            up(depth, address_of(page.name), "The page itself"),
            class_="notice",
        ),
        tag(
            "p",
            "For each line tick one box. Write beside it what the text says, and where. A line left open is not read.",
        ),
        [_provision(one) for one in provisions],
        tag("h2", "Signed"),
        [_blank(text) for text in ("Name", "Admitted at", "Day", "Up to which day the law was checked", "Signature")],
        depth=depth,
        until="",
    )


def _provision(provision: Provision) -> Markup:
    return tag(
        "section",
        tag("h2", f"{provision.id} ", provision.title),
        tag("p", provision.says) if provision.says else None,
        rows(("What the page says", "Where it stands", "Verdict"), _lines(provision)),
        _blank("Remarks"),
    )


def _lines(provision: Provision) -> Iterator[tuple[Child, ...]]:
    yield f"{in_force(provision.span)}.", _seat(provision.citation), _boxes()
    for clause in provision.clauses:
        yield clause.text, _seat(clause.citation or provision.citation), _boxes()
    for caution in provision.cautions:
        yield f"Caution: {caution.text}", _seat(provision.citation), _boxes()
    if provision.deadline is not None:
        for window in provision.deadline.windows:
            yield window.text, _seat(provision.citation), _boxes()


def _seat(citation: Citation) -> str:
    where = " ".join(part for part in (citation.act, citation.article) if part)
    marks = ", ".join(dict.fromkeys(source.mark for source in citation.sources if source.mark))
    return f"{where or 'no article named'} [{marks or 'no source'}], {citation.confidence.value}"


def _boxes() -> list[Child]:
    return [tag("div", tag("span", class_="box"), verdict, class_="verdict") for verdict in VERDICTS]


def _blank(text: str) -> Markup:
    return tag("div", tag("p", text), tag("div", class_="blank"))
