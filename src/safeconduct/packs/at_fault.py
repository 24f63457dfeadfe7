"""What cannot be relied on while pages have faults, so that one fault is not reported again by all that rests on it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from safeconduct.packs.blocks import Line, Page
from safeconduct.rules.corpus import Corpus
from safeconduct.values.errors import Fault

_NAME = re.compile(r"(?:exception to |term |value |day |fact |event )?(?P<name>[A-Za-z0-9_'-]+(?: [a-z0-9_'-]+)*)")
_WORD = re.compile(r"[A-Za-z0-9'-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Declaration:
    """A top line of a block with what is indented under it.

    Args:
        name: What it declares, in words; for an exception what it defeats.
        words: All its words, with a space before, between and behind.
        page, first, last: Where it stands.
    """

    name: str
    words: str
    page: str
    first: int
    last: int


def sound_part(corpus: Corpus, pages: dict[str, Page], faults: tuple[Fault, ...]) -> Corpus:
    """The provisions and terms that have no fault and rest on none.

    Args:
        corpus: What could be read.
        pages: The pages.
        faults: What is wrong with them.
    """
    wrong = _names_at_fault(pages, faults)
    if not wrong:
        return corpus
    return replace(
        corpus,
        provisions={name: item for name, item in corpus.provisions.items() if name not in wrong},
        terms={name: item for name, item in corpus.terms.items() if name.replace("_", " ") not in wrong},
    )


def declared_ids(pages: dict[str, Page]) -> frozenset[str]:
    """Ids that the pages declare, also where the declaration is at fault."""
    return frozenset(one.name for one in _declarations(pages) if one.name[:1].isupper())


def _names_at_fault(pages: dict[str, Page], faults: tuple[Fault, ...]) -> frozenset[str]:
    declarations = list(_declarations(pages))
    places = [(fault.place.name, fault.place.line) for fault in faults]
    wrong = {
        one.name for one in declarations for page, line in places if page == one.page and one.first <= line <= one.last
    }
    by_word: dict[str, list[_Declaration]] = {}
    for one in declarations:
        for word in set(one.words.split()):
            by_word.setdefault(word, []).append(one)
    waiting = list(wrong)
    while waiting:
        name = waiting.pop()
        near = by_word.get(next(iter(name.split()), ""), ())
        resting = {one.name for one in near if f" {name} " in one.words} - wrong
        wrong |= resting
        waiting.extend(resting)
    return frozenset(wrong)


def _declarations(pages: dict[str, Page]) -> Iterator[_Declaration]:
    for page in pages.values():
        for block in page.blocks:
            if block.kind not in ("law", "facts"):
                continue
            for line in block.lines:
                match = _NAME.match(line.text)
                if match is not None:
                    yield _declaration(page.name, line, block.kind, match["name"])


def _declaration(page: str, line: Line, kind: str, name: str) -> _Declaration:
    lines = list(_all_lines(line))
    words = " ".join(_WORD.findall(" ".join(each.text for each in lines).replace("_", " ")))
    first_word = (
        name.replace("_", " ") if name[:1].islower() and kind == "law" else name.split(" ", 1)[0].replace("_", " ")
    )
    last = max(each.place.line for each in lines)
    declared = first_word.partition(" by ")[0].partition(" about ")[0]
    return _Declaration(name=declared, words=f" {words} ", page=page, first=line.place.line, last=last)


def _all_lines(line: Line) -> Iterator[Line]:
    yield line
    for member in line.members:
        yield from _all_lines(member)
