"""Questions that people ask, with answers that rest on examples: no answer can outlive the law it rests on.

A page in `answers/THEME/` has the question as its title, an answer in our own words and a block of cases. Each
paragraph names in brackets the provisions that it rests on, and a case of the page expects each of them: so
`law check` puts every answer to the law anew.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from safeconduct.packs.assembly import Assembled
from safeconduct.packs.blocks import Page
from safeconduct.packs.cases import Case, read_cases
from safeconduct.values.errors import Fault, Place

FOLDER = "answers"
NAMED = re.compile(r"\[([A-Z]{2,5}(?:-[A-Za-z0-9]+)+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicAnswer:
    """A question with its answer.

    Args:
        name: Name of its page, without folder and ending.
        theme: The folder that it stands in.
        question: The question.
        paragraphs: The answer, in our own words, with ids in brackets.
        cases: The examples that it rests on.
        page: The page.
    """

    name: str
    theme: str
    question: str
    paragraphs: tuple[str, ...]
    cases: tuple[Case, ...]
    page: Page


def answers_of(assembled: Assembled) -> tuple[PublicAnswer, ...]:
    """All questions with their answers, by theme and name."""
    return tuple(_answer(assembled, page) for name, page in sorted(assembled.pages.items()) if is_answer(name))


def is_answer(name: str) -> bool:
    """Whether a page is one of questions and answers."""
    return name.startswith(f"{FOLDER}/") and name.endswith(".md")


def _answer(assembled: Assembled, page: Page) -> PublicAnswer:
    corpus = assembled.corpus
    cases, _ = read_cases(page, corpus.vocabulary, corpus.provisions)
    _, theme, file = (
        page.name.rsplit("/", 2) if page.name.count("/") > 1 else (FOLDER, "", page.name.rpartition("/")[2])
    )
    return PublicAnswer(
        name=file.removesuffix(".md"),
        theme=theme,
        question=page.front.get("title", ""),
        paragraphs=_paragraphs(page),
        cases=tuple(cases),
        page=page,
    )


def _paragraphs(page: Page) -> tuple[str, ...]:
    body = re.sub(r"^```.*?^```", "", page.text.split("---\n", 2)[-1], flags=re.DOTALL | re.MULTILINE)
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", body))
    return tuple(part for part in parts if part and not part.startswith("#"))


def wrong_answers(assembled: Assembled) -> Iterator[Fault]:
    """What is wrong with pages of questions and answers: LAW120 to LAW122."""
    for one in answers_of(assembled):
        place = Place(name=one.page.name, line=1)
        if not (one.question.endswith("?") and one.theme and one.paragraphs):
            hint = "make the title a question, answer it, and put the page into a folder of its theme"
            yield Fault(code="LAW120", place=place, message="this is no question of a theme", hint=hint)
        expected = {each.id for case in one.cases for each in case.expected}
        for paragraph in one.paragraphs:
            named = set(NAMED.findall(paragraph))
            if not named:
                hint = "name in brackets the provision that says so, such as [RU-SUM-03]"
                yield Fault(code="LAW121", place=place, message=f'nothing bears out "{paragraph[:60]}..."', hint=hint)
            for name in sorted(named - expected):
                hint = "add a case of an example to this page that expects it, or rest the paragraph on another"
                yield Fault(code="LAW122", place=place, message=f"no example of this page asks {name}", hint=hint)
