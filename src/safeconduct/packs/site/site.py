"""The whole site, page by page."""

from collections.abc import Iterator, Sequence

from safeconduct.packs.answers import answers_in, is_answer
from safeconduct.packs.assembly import Assembled
from safeconduct.packs.blocks import Page
from safeconduct.packs.cases import Result
from safeconduct.packs.coverage import resting_of
from safeconduct.packs.references import links
from safeconduct.packs.site.answer_page import answer_address, answer_page
from safeconduct.packs.site.fact_page import fact_page
from safeconduct.packs.site.frame import page, up
from safeconduct.packs.site.law_page import Around, address_of, law_page, sheet_of
from safeconduct.packs.site.markup import Markup, rows, tag
from safeconduct.packs.site.sheet import review_sheet
from safeconduct.packs.site.style import stylesheet

_SHOWN = 16
FOLDERS = {
    "ru": "Russia",
    "kz": "Kazakhstan",
    "ua": "Ukraine",
    "int": "International law",
    "eu": "European Union and Schengen",
    "am": "Armenia",
    "by": "Belarus",
    "ge": "Georgia",
    "kg": "Kyrgyzstan",
    "mn": "Mongolia",
    "me": "Montenegro",
    "rs": "Serbia",
    "tr": "Türkiye",
    "ae": "United Arab Emirates",
    "de": "Germany",
    "fr": "France",
    "vocabulary": "What can be told of a person",
    "xx": "An invented country, for tests",
}
"""Names of the folders of law, in the order of the list."""


def site(assembled: Assembled, results: Sequence[Result]) -> Iterator[tuple[str, bytes]]:
    """Every file of the site.

    Args:
        assembled: All pages, without faults.
        results: What all cases came to.
    Returns:
        Paths relative to the root of the site, with slashes, and contents.
    """
    yield "style.css", stylesheet()
    yield "index.html", _index(assembled)
    around = _around(assembled, results)
    yield "facts.html", fact_page(assembled, around.resting)
    answers = answers_in(assembled.pages)
    themes: dict[str, list[tuple[str, str]]] = {}
    for one in answers:
        themes.setdefault(one.theme, []).append((answer_address(one), one.question))
        yield answer_address(one), answer_page(assembled, one)
    yield "questions/index.html", _questions(themes)
    for one_page in _law(assembled):
        yield address_of(one_page.name), law_page(assembled, one_page, around)
        yield sheet_of(one_page.name), review_sheet(assembled, one_page)


def _law(assembled: Assembled) -> list[Page]:
    return [one for name, one in sorted(assembled.pages.items()) if not is_answer(name)]


def _around(assembled: Assembled, results: Sequence[Result]) -> Around:
    by_page: dict[str, list[Result]] = {}
    for one in results:
        by_page.setdefault(one.case.place.name, []).append(one)
    referring: dict[str, list[str]] = {}
    for name, others in links(assembled.corpus).items():
        for other in others:
            if other != name:
                referring.setdefault(other, []).append(name)
    resting = {name: sorted(asked) for name, asked in resting_of(assembled.corpus).items()}
    return Around(results=by_page, resting=resting, referring={name: sorted(one) for name, one in referring.items()})


def _index(assembled: Assembled) -> bytes:
    corpus = assembled.corpus
    parts: list[Markup] = []
    order = list(FOLDERS)
    folders = {one.jurisdiction for one in _law(assembled)}
    for folder in sorted(folders, key=lambda one: (order.index(one) if one in order else len(order), one)):
        until = corpus.reviewed_until.get(folder)
        pages = [one for one in _law(assembled) if one.jurisdiction == folder]
        parts += [
            tag("h2", FOLDERS.get(folder, folder.upper())),
            tag("p", f"These pages know the law up to {until}.", class_="quiet") if until else Markup(""),
            rows(
                ("Page", "Provisions"),
                [
                    (
                        up(0, address_of(one.name), one.front.get("title", one.name)),
                        ", ".join(item.id for item in corpus.provisions.values() if item.place.name == one.name),
                    )
                    for one in pages
                ],
            ),
        ]
    intro = f"{len(corpus.provisions)} provisions on {len(_law(assembled))} pages. Corpus {corpus.digest[:_SHOWN]}."
    return page("The law", tag("p", intro), parts, depth=0, until="", here="The law")


def _questions(themes: dict[str, list[tuple[str, str]]]) -> bytes:
    body = [
        [
            tag("h2", theme.replace("-", " ").capitalize()),
            tag(
                "ul",
                [tag("li", up(1, address, question)) for address, question in sorted(found, key=lambda one: one[1])],
            ),
        ]
        for theme, found in sorted(themes.items())
    ]
    return page("Questions and answers", body, depth=1, until="", here="Questions and answers")
