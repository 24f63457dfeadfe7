"""Questions that people ask, with answers that rest on examples: no answer can outlive the law it rests on.

A page in `answers/THEME/` has the question as its title, an answer in our own words and a block of cases. Each
paragraph names in brackets the provisions that it rests on, and a case of the page expects each of them: so
`law check` puts every answer to the law anew. In addresses a number stands for the page: words would tell a story.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from safeconduct.packs.assembly import Assembled
from safeconduct.packs.blocks import Page, read_page
from safeconduct.packs.cases import Case, read_cases
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.reach import folder_of
from safeconduct.values.errors import Fault, Place

FOLDER = "answers"
NAMED = re.compile(r"\[([A-Z]{2,5}(?:-[A-Za-z0-9]+)+)\]")
_NUMBER = re.compile("[1-9][0-9]{0,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicAnswer:
    """A question with its answer, as people read it.

    Args:
        name: Name of its page, without folder and ending.
        number: The number in its address, 1 or more; 0 if the page gives none.
        theme: The folder that it stands in.
        question: The question.
        paragraphs: The answer, in our own words, with ids in brackets.
        page: The page.
    """

    name: str
    number: int
    theme: str
    question: str
    paragraphs: tuple[str, ...]
    page: Page

    @property
    def named(self) -> tuple[str, ...]:
        """Ids of the provisions that the answer rests on, each once, in the order in which they are named."""
        return tuple(dict.fromkeys(name for text in self.paragraphs for name in NAMED.findall(text)))


def answers_in(pages: Mapping[str, Page]) -> tuple[PublicAnswer, ...]:
    """All questions with their answers, by theme and name.

    Args:
        pages: Pages of law, by name; those that are no questions are left out.
    """
    return tuple(_answer(page) for name, page in sorted(pages.items()) if is_answer(name))


def read_answers(files: Mapping[str, bytes]) -> tuple[PublicAnswer, ...]:
    """The questions among the pages of a law that was checked: read alone, without all that they rest on.

    Args:
        files: Contents of pages, by path relative to the folder of the law; those that are no questions are not read.
    """
    return answers_in({name: read_page(name, text)[0] for name, text in files.items() if is_answer(name)})


def is_answer(name: str) -> bool:
    """Whether a page is one of questions and answers."""
    return name.startswith(f"{FOLDER}/") and name.endswith(".md")


def cases_of(assembled: Assembled, one: PublicAnswer) -> tuple[Case, ...]:
    """The examples that an answer rests on."""
    return tuple(read_cases(one.page, assembled.corpus.vocabulary, assembled.corpus.provisions)[0])


def texts_of_answers(answers: Iterable[PublicAnswer]) -> dict[str, tuple[str, ...]]:
    """Every text of some answers that is translated: questions and paragraphs, with the names of their pages."""
    found: dict[str, dict[str, None]] = {}
    for one in answers:
        for text in (one.question, *one.paragraphs):
            found.setdefault(text, {})[f"{one.theme}/{one.name}"] = None
    return {text: tuple(names) for text, names in found.items()}


def translated_into(
    corpus: Corpus, answers: Iterable[PublicAnswer], folders: Collection[str] | None
) -> tuple[PublicAnswer, ...]:
    """The answers that a language has.

    Args:
        corpus: The law.
        answers: All of them.
        folders: Folders of law that are translated into the language; None for all.
    Returns:
        Those that rest on nothing outside these folders.
    """
    return tuple(
        one
        for one in answers
        if folders is None or {folder_of(corpus.provisions[name].place.name) for name in one.named} <= set(folders)
    )


def _answer(page: Page) -> PublicAnswer:
    _, theme, file = (
        page.name.rsplit("/", 2) if page.name.count("/") > 1 else (FOLDER, "", page.name.rpartition("/")[2])
    )
    number = page.front.get("number", "")
    return PublicAnswer(
        name=file.removesuffix(".md"),
        number=int(number) if _NUMBER.fullmatch(number) else 0,
        theme=theme,
        question=page.front.get("title", ""),
        paragraphs=_paragraphs(page),
        page=page,
    )


def _paragraphs(page: Page) -> tuple[str, ...]:
    body = re.sub(r"^```.*?^```", "", page.text.split("---\n", 2)[-1], flags=re.DOTALL | re.MULTILINE)
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", body))
    return tuple(part for part in parts if part and not part.startswith("#"))


def wrong_answers(assembled: Assembled) -> Iterator[Fault]:
    """What is wrong with pages of questions and answers: LAW120 to LAW123."""
    numbers: dict[int, str] = {}
    for one in answers_in(assembled.pages):
        place = Place(name=one.page.name, line=1)
        if not (one.question.endswith("?") and one.theme and one.paragraphs):
            hint = "make the title a question, answer it, and put the page into a folder of its theme"
            yield Fault(code="LAW120", place=place, message="this is no question of a theme", hint=hint)
        if numbers.setdefault(one.number, one.name) != one.name or not one.number:
            hint = f'write number: "{_free(assembled)}" into the front matter; a number given once is never given again'
            yield Fault(code="LAW123", place=place, message="this question has no number of its own", hint=hint)
        yield from _resting(one, cases_of(assembled, one), place)


def _free(assembled: Assembled) -> int:
    return max(one.number for one in answers_in(assembled.pages)) + 1


def _resting(one: PublicAnswer, cases: Iterable[Case], place: Place) -> Iterator[Fault]:
    """Paragraphs that nothing bears out, or that no example puts to the law."""
    expected = {each.id for case in cases for each in case.expected}
    for paragraph in one.paragraphs:
        named = set(NAMED.findall(paragraph))
        if not named:
            hint = "name in brackets the provision that says so, such as [RU-SUM-03]"
            yield Fault(code="LAW121", place=place, message=f'nothing bears out "{paragraph[:60]}..."', hint=hint)
        for name in sorted(named - expected):
            hint = "add a case of an example to this page that expects it, or rest the paragraph on another"
            yield Fault(code="LAW122", place=place, message=f"no example of this page asks {name}", hint=hint)
