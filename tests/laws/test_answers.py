"""Questions with their answers: short sentences, numbers that stay, translations that rest on the same provisions."""

import re
from collections import Counter
from statistics import mean

import pytest

from safeconduct.packs.answers import NAMED, answers_in, read_answers, translated_into
from safeconduct.packs.assembly import assemble
from safeconduct.packs.catalogues import ANSWERS, load_words
from safeconduct.packs.checking import check
from safeconduct.packs.store import load_corpus, packaged_pages
from safeconduct.packs.words import LANGUAGES

LONGEST_SENTENCE, MEAN_SENTENCE = 25, 14
ANSWERED = read_answers(packaged_pages())
CORPUS = load_corpus()
#   language  questions that it has
TRANSLATED = {"ru": 40, "uk": 5, "kk": 10}


def prose(language: str) -> list[str]:
    """Every question and paragraph that a language has; in English all of them."""
    words = load_words(language, ANSWERS)
    shown = translated_into(CORPUS, ANSWERED, LANGUAGES.get(language))
    texts = [text for one in shown for text in (one.question, *one.paragraphs)]
    return [words.of(text) if words else text for text in texts]


def sentences(text: str) -> list[str]:
    """The sentences of a text without the ids in brackets."""
    return [one for one in re.split(r"(?<=[.!?])\s+", NAMED.sub("", text).strip()) if one]


def words_of(sentence: str) -> int:
    return len(re.findall(r"\w[\w'’-]*", sentence))


def test_questions_have_numbers_from_one_on_and_each_its_own() -> None:
    assert sorted(one.number for one in ANSWERED) == list(range(1, 41))


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_language_has_the_questions_of_the_folders_that_are_translated_into_it(language: str) -> None:
    assert len(translated_into(CORPUS, ANSWERED, LANGUAGES[language])) == TRANSLATED[language]


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_sentences_of_answers_are_short(language: str) -> None:
    lengths = {one: words_of(one) for text in prose(language) for one in sentences(text)}
    assert [one for one, words in lengths.items() if words > LONGEST_SENTENCE] == []
    assert mean(lengths.values()) <= MEAN_SENTENCE


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translated_paragraph_rests_on_the_same_provisions(language: str) -> None:
    words = load_words(language, ANSWERS)
    assert words is not None
    wrong = {
        english: translated
        for english, translated in words.texts.items()
        if Counter(NAMED.findall(english)) != Counter(NAMED.findall(translated))
    }
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translated_question_is_a_question(language: str) -> None:
    words = load_words(language, ANSWERS)
    assert words is not None
    asked = [words.of(one.question) for one in translated_into(CORPUS, ANSWERED, LANGUAGES[language])]
    assert [text for text in asked if not text.endswith("?")] == []


@pytest.mark.parametrize("one", ANSWERED, ids=lambda one: one.name)
def test_an_answer_speaks_of_no_example_that_its_reader_does_not_see(one) -> None:
    assert not [text for text in one.paragraphs if re.search(r"\bexample\b", text)]


def test_an_answer_names_its_provisions_once_each_in_their_order() -> None:
    (one,) = [one for one in ANSWERED if one.number == 7]
    assert one.named == ("RU-CON-01", "RU-CON-02")


#   numbers of two pages   codes
NUMBERS = [
    ("1", "2",             []),
    ("1", "1",             ["LAW123"]),
    ("0", "1",             ["LAW123"]),
    ("01", "1",            ["LAW123"]),
    ("12345", "1",         ["LAW123"]),
    ("one", "two",         ["LAW123", "LAW123"]),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "codes"), NUMBERS)
def test_two_questions_never_have_one_number(first: str, second: str, codes: list[str]) -> None:
    pages = {
        f"answers/theme/{name}.md": f'---\ntitle: "Am I called?"\nnumber: "{number}"\nstatus: "draft"\n---\n'.encode()
        for name, number in (("a", first), ("b", second))
    }
    found = [fault.code for fault in check(assemble(pages)).faults if fault.code == "LAW123"]
    assert found == codes


def test_pages_that_are_no_questions_are_left_out() -> None:
    pages = assemble({"xx/page.md": b'---\ntitle: "A page"\nstatus: "draft"\n---\n# A page\n'}).pages
    assert answers_in(pages) == ()
