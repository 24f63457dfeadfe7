"""One page of law: its prose, its blocks as they are written, and beside each provision what follows from it."""

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from safeconduct.packs.assembly import Assembled
from safeconduct.packs.blocks import Block, Page
from safeconduct.packs.cases import Result
from safeconduct.packs.site.bars import bar, in_force
from safeconduct.packs.site.frame import page as framed
from safeconduct.packs.site.frame import up
from safeconduct.packs.site.marks import sign
from safeconduct.packs.site.markup import Child, Markup, joined, rows, tag
from safeconduct.packs.site.seats import seat
from safeconduct.rules.tree import Provision

if TYPE_CHECKING:
    from safeconduct.rules.vocabulary import EventKind, Fact

Results = Mapping[str, Sequence[Result]]
"""What the cases of a page came to, by the name of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a page of law shows beside what it holds itself.

    Args:
        results: What the cases came to.
        resting: Facts and events that each provision rests on.
        referring: Provisions and terms that refer to each provision.
    """

    results: Results
    resting: Mapping[str, Sequence[str]]
    referring: Mapping[str, Sequence[str]]


def address_of(name: str) -> str:
    """Where a page of law stands in the site."""
    return f"law/{name.removesuffix('.md')}.html"


def sheet_of(name: str) -> str:
    """Where the review sheet of a page stands in the site."""
    return f"sheets/{name.removesuffix('.md')}.html"


def law_page(assembled: Assembled, page: Page, around: Around) -> bytes:
    """A page of law as HTML.

    Args:
        assembled: All pages.
        page: The page; without faults.
        around: What other pages say of it, and what its cases came to.
    """
    depth = address_of(page.name).count("/")
    until = assembled.corpus.reviewed_until.get(page.jurisdiction)
    notice = tag(
        "p",
        f"Status: {page.front.get('status', 'none')}. ",
        f"The pages of {page.jurisdiction.upper()} know the law up to {until}. " if until else None,
        up(depth, sheet_of(page.name), "Review sheet to print and sign"),
        class_="notice",
    )
    title = page.front.get("title", page.name)
    return framed(title, notice, _body(assembled, page, around, depth), depth=depth, until="")


def _body(assembled: Assembled, page: Page, around: Around, depth: int) -> Markup:
    """The prose as it stands; each block through its own function. The first heading repeats the title: left out."""
    shown: dict[str, Callable[[Block], Child]] = {
        "law": lambda block: _law(assembled, page, block, around, depth),
        "cases": lambda block: _cases(page, block, around),
        "facts": lambda block: [_source(page, block), _facts(assembled, page, block, depth)],
        "sources": lambda block: tag("details", tag("summary", "Marks of sources"), _source(page, block)),
    }
    text = page.text.split("---\n", 2)[-1]
    head, _, rest = text.lstrip().partition("\n")
    markdown = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table")
    pieces = (joined(shown[block.kind](block)) for block in page.blocks)
    return Markup(markdown.render(rest if head.startswith("# ") else text, {"blocks": pieces}))


class _Renderer(RendererHTML):
    """Prose as HTML; in place of each fenced block what was made of it."""

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        """The next block: markdown-it calls it for each fence, in their order."""
        del tokens, idx, options
        return str(next(env["blocks"]))


def _source(page: Page, block: Block) -> Markup:
    """A block as it is written."""
    lines = page.text.splitlines()[block.place.line :]
    ends = next((index for index, line in enumerate(lines) if line.startswith("```")), len(lines))
    return tag("pre", tag("code", "\n".join(lines[:ends])))


def _within(block: Block, page: Page, line: int) -> bool:
    after = [other.place.line for other in page.blocks if other.place.line > block.place.line]
    return block.place.line <= line < min(after, default=line + 1)


def _law(assembled: Assembled, page: Page, block: Block, around: Around, depth: int) -> Iterator[Child]:
    yield _source(page, block)
    for provision in assembled.corpus.provisions.values():
        if provision.place.name == page.name and _within(block, page, provision.place.line):
            yield _card(assembled, provision, around, depth)


def _card(assembled: Assembled, provision: Provision, around: Around, depth: int) -> Markup:
    pages = {name: one.place.name for name, one in assembled.corpus.provisions.items()}
    asked = around.resting.get(provision.id, ())
    referring = [name for name in around.referring.get(provision.id, ()) if name in pages]
    results = [one for one in around.results.get(provision.place.name, ()) if one.expected.id == provision.id]
    return tag(
        "section",
        tag("h3", f"{provision.id} ", provision.title),
        tag("p", provision.says, class_="says") if provision.says else None,
        tag("p", f"Kind: {provision.kind.value}. {in_force(provision.span)}.", class_="quiet"),
        bar(provision.span),
        seat(provision.citation),
        [tag("p", f"Caution{f' ({one.id})' if one.id else ''}: {one.text}") for one in provision.cautions],
        _line("Asks for", [up(depth, f"facts.html#{name}", name.replace("_", " ")) for name in asked]),
        _line(
            "Other provisions that refer to it",
            [up(depth, f"{address_of(pages[name])}#{name}", name) for name in referring],
        ),
        tag("p", _score(results), class_="quiet"),
        class_="card",
        id=provision.id,
    )


def _score(results: Sequence[Result]) -> str:
    if not results:
        return "No case on this page is about it."
    held = sum(not one.differences for one in results)
    return f"Cases on this page: {held} of {len(results)} hold."


def _line(head: str, parts: Sequence[Markup]) -> Markup | None:
    if not parts:
        return None
    return tag("p", f"{head}: ", [[part, ", " if index + 1 < len(parts) else "."] for index, part in enumerate(parts)])


def _cases(page: Page, block: Block, around: Around) -> Markup:
    found = [one for one in around.results.get(page.name, ()) if _within(block, page, one.case.place.line)]
    table = rows(
        ("What is told", "Asked on", "Expected", "Result"),
        [(one.case.text, str(one.case.on), f"{one.expected.id}: {_expected(one)}", sign(one)) for one in found],
    )
    held = sum(not one.differences for one in found)
    return tag(
        "details",
        tag("summary", f"Cases: {held} of {len(found)} hold"),
        tag("details", tag("summary", "As written"), _source(page, block)),
        table,
    )


def _expected(result: Result) -> str:
    details = "".join(f", {one.word} {one.value}" for one in result.expected.details)
    return result.expected.answer.value + details


def _facts(assembled: Assembled, page: Page, block: Block, depth: int) -> Markup | None:
    vocabulary = assembled.corpus.vocabulary
    declared: list[Fact | EventKind] = [*vocabulary.facts.values(), *vocabulary.events.values()]
    named = [one.name for one in declared if one.place.name == page.name and _within(block, page, one.place.line)]
    return _line("Who uses them", [up(depth, f"facts.html#{name}", name.replace("_", " ")) for name in named])
