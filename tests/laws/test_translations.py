"""The catalogues of the law and of its answers: in step with the pages, whole, their numbers kept, in their letters."""

import re
from collections import Counter

import pytest

from safeconduct.packs.catalogues import ANSWERS, CHECKED, LAW, catalogue_path
from safeconduct.packs.words import LANGUAGES
from tools.words import read, wanted

NUMBER = re.compile(r"\d+")
LATIN = re.compile(r"(?<![A-Za-z-])[A-Za-z]{3,}(?![A-Za-z-])")
ID = re.compile(r"\b[A-Z]{2,5}(?:-[A-Za-z0-9/]+)+\b")
VALUE = re.compile(r"\{[a-z_]+\}")
CATALOGUES = [(language, name) for language in LANGUAGES for name in (LAW, ANSWERS)]
KNOWN = {"VII", "VIII", "XII", "XIII", "XIV"}
"""Latin words that stand in translated texts: Roman numbers of acts."""


def entries(language: str, name: str) -> dict[str, str]:
    return {entry.msgid: entry.msgstr for entry in read(language, name)}


@pytest.mark.parametrize(("language", "name"), CATALOGUES)
def test_a_catalogue_holds_the_texts_of_the_pages_and_no_others(language: str, name: str) -> None:
    assert set(entries(language, name)) == set(wanted(language)[name]), "python tools/words.py update"


@pytest.mark.parametrize(("language", "name"), CATALOGUES)
def test_every_text_is_translated(language: str, name: str) -> None:
    assert [english for english, translated in entries(language, name).items() if not translated.strip()] == []
    assert not [entry.msgid for entry in read(language, name) if "fuzzy" in entry.flags]


@pytest.mark.parametrize(("language", "name"), CATALOGUES)
def test_a_translation_has_the_numbers_and_values_of_the_english(language: str, name: str) -> None:
    wrong = {
        english: translated
        for english, translated in entries(language, name).items()
        if Counter(NUMBER.findall(english)) != Counter(NUMBER.findall(translated))
        or Counter(VALUE.findall(english)) != Counter(VALUE.findall(translated))
    }
    assert wrong == {}


@pytest.mark.parametrize(("language", "name"), CATALOGUES)
def test_a_translation_is_in_the_letters_of_its_language(language: str, name: str) -> None:
    latin = {
        word: translated
        for translated in entries(language, name).values()
        for word in LATIN.findall(VALUE.sub(" ", ID.sub(" ", translated)))
        if word not in KNOWN
    }
    assert latin == {}
    assert not [
        translated for translated in entries(language, name).values() if not re.search("[а-яәіңғүұқөһїєґ]", translated)
    ]


@pytest.mark.parametrize(("language", "name"), CATALOGUES)
def test_a_catalogue_says_that_no_speaker_has_checked_it(language: str, name: str) -> None:
    assert catalogue_path(language, name).is_file()
    assert read(language, name).metadata[CHECKED] in {"yes", "no"}
