"""Names of facts, events, fields and words: whole in every language, in its letters, no two alike where one chooses."""

import re
from collections import Counter

import pytest

from safeconduct.packs.catalogues import CHECKED
from safeconduct.packs.naming import NAME_LANGUAGES, Named, load_names, name_in, names_of
from safeconduct.packs.store import load_corpus
from tools.names import read_names

NUMBER = re.compile(r"\d+")
LATIN = re.compile(r"[A-Za-z]+")
ROMAN = {"VII", "VIII", "IX", "XII", "XIII", "XIV"}
LONGEST = 64
"""Signs: a name stands beside a box to tick, on a screen of 320 px."""


def vocabulary():
    return load_corpus().vocabulary


@pytest.mark.parametrize("language", NAME_LANGUAGES)
def test_a_catalogue_names_the_vocabulary_and_nothing_else(language) -> None:
    needed = names_of(vocabulary())
    entries = [(entry.msgctxt, entry.msgid) for entry in read_names(language)]
    general = {(kind.value, name) for kind, name in needed}
    special = {(kind.value, f"{owner}.{name}") for (kind, name), owners in needed.items() for owner in owners}
    assert general - set(entries) == set(), "python -m tools.names update"
    assert set(entries) - general - special == set(), "python -m tools.names update"
    assert len(entries) == len(set(entries))


@pytest.mark.parametrize("language", NAME_LANGUAGES)
def test_everything_has_a_name_and_no_long_one(language) -> None:
    entries = list(read_names(language))
    assert [entry.msgid for entry in entries if not entry.msgstr.strip() or "fuzzy" in entry.flags] == []
    assert [entry.msgstr for entry in entries if len(entry.msgstr) > LONGEST or "_" in entry.msgstr] == []
    assert read_names(language).metadata[CHECKED] == ("yes" if language == "en" else "no")


@pytest.mark.parametrize("language", [one for one in NAME_LANGUAGES if one != "en"])
def test_a_name_has_the_numbers_of_the_english_and_the_letters_of_its_language(language) -> None:
    english = load_names("en")
    names = load_names(language)
    assert names.keys() == english.keys()
    assert {
        key: text
        for key, text in names.items()
        if Counter(NUMBER.findall(text)) != Counter(NUMBER.findall(english[key]))
    } == {}
    assert {word for text in names.values() for word in LATIN.findall(text)} - ROMAN == set()


@pytest.mark.parametrize("language", NAME_LANGUAGES)
def test_no_two_choices_of_a_field_are_called_alike(language) -> None:
    choices: dict[str, list[str]] = {}
    for (kind, name), owners in names_of(vocabulary()).items():
        for owner in owners:
            choices.setdefault(f"{kind.value} of {owner}", []).append(name_in(language, kind, name, of=owner))
    for kind in (Named.FACT, Named.EVENT):
        names = [name for found, name in names_of(vocabulary()) if found is kind]
        choices[kind.value] = [name_in(language, kind, name) for name in names]
    assert {field: names for field, names in choices.items() if len(names) != len(set(names))} == {}


#   language  kind          name          of                    said
SAID = [
    ("en",    Named.EVENT,  "left_unit",  "",                   "leaving the unit"),
    ("ru",    Named.EVENT,  "left_unit",  "",                   "оставление части"),
    ("uk",    Named.EVENT,  "left_unit",  "",                   "залишення частини"),
    ("kk",    Named.EVENT,  "left_unit",  "",                   "бөлімді тастап кету"),
    (None,    Named.EVENT,  "left_unit",  "",                   "leaving the unit"),
    ("de",    Named.FACT,   "visa",       "",                   "visa"),
    ("ru",    Named.WORD,   "none",       "student",            "известно, что нет"),
    ("ru",    Named.WORD,   "none",       "left_unit.group",    "один"),
    ("ru",    Named.WORD,   "candidate",  "elected_office",     "кандидат на выборах"),
    ("ru",    Named.WORD,   "candidate",  "degree",             "кандидат наук"),
    ("ru",    Named.FIELD,  "to",         "handed_over",        "в какую страну"),
    ("ru",    Named.WORD,   "KZ",         "entered.country",    "KZ"),
    ("ru",    Named.FACT,   "new_fact",   "",                   "new fact"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "kind", "name", "of", "said"), SAID)
def test_a_name_is_that_of_its_place_then_of_its_word_then_english_then_the_word_itself(
    language, kind, name, of, said
) -> None:
    assert name_in(language, kind, name, of=of) == said


def test_names_in_a_language_that_has_none_are_refused() -> None:
    with pytest.raises(KeyError):
        load_names("de")
