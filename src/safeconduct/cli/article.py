"""One provision with all that its page, its cases and other provisions say of it."""

from dataclasses import dataclass
from datetime import date

from safeconduct.packs.assembly import Assembled
from safeconduct.packs.cases import Result, answer, read_cases
from safeconduct.packs.references import links
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.tree import Provision
from safeconduct.values.errors import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What `law show` shows.

    Args:
        provision: The provision.
        status: Status of its page.
        reviewed_until: Last day up to which its jurisdiction's pages know the law.
        heading: The heading that it stands under.
        prose: What the article says, in our own words.
        results: Its cases with what they came to.
        referring: Provisions and terms that rest on it, or stand beside it.
        faults: What is wrong with its page.
    """

    provision: Provision
    status: str
    reviewed_until: date | None
    heading: str
    prose: str
    results: tuple[Result, ...]
    referring: tuple[str, ...]
    faults: tuple[Fault, ...]


def article_of(assembled: Assembled, name: str) -> Article:
    """The article of a provision that there is.

    Args:
        assembled: All pages.
        name: Its id.
    """
    provision = assembled.corpus.provisions[name]
    page = assembled.pages[provision.place.name]
    blocks = [block for block in page.blocks if block.kind == "law" and block.place.line < provision.place.line]
    block = max(blocks, key=lambda one: one.place.line)
    return Article(
        provision=provision,
        status=page.front.get("status", ""),
        reviewed_until=assembled.corpus.reviewed_until.get(page.jurisdiction),
        heading=block.heading,
        prose=block.prose,
        results=_results(assembled, name),
        referring=_referring(assembled.corpus, name),
        faults=tuple(fault for fault in assembled.faults if fault.place.name == page.name),
    )


def _results(assembled: Assembled, name: str) -> tuple[Result, ...]:
    corpus = assembled.corpus
    found: list[Result] = []
    for page in assembled.pages.values():
        if name not in page.text:
            continue
        for case in read_cases(page, corpus.vocabulary, corpus.provisions)[0]:
            if any(expected.id == name for expected in case.expected):
                found.extend(result for result in answer(corpus, case) if result.expected.id == name)
    return tuple(found)


def _referring(corpus: Corpus, name: str) -> tuple[str, ...]:
    return tuple(other for other, names in links(corpus).items() if name in names and other != name)
