"""Sentences of the law in another language: which there are, how they are looked up, what stays as it is."""

import json
from dataclasses import replace
from datetime import date

import pytest

from safeconduct.packs.assembly import assemble
from safeconduct.packs.catalogues import load_words
from safeconduct.packs.translating import Said, beside, in_language, parts_of, said_in, with_capital
from safeconduct.packs.words import Words, texts_of
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Position
from safeconduct.rules.position import assess
from safeconduct.rules.telling import read_situation

FRONT = '---\nact: "act"\ntitle: "t"\nreviewed until: "2024-01-01"\nstatus: "draft, read by no lawyer"\n---\n# t\n'
FACTS = """```facts
fact resident yes/no    ask "Do you live here?" why "It decides what reaches you."
fact adult    yes/no    ask "Are you grown up?"
fact other    yes/no    ask "Something else?"
event called  ask "Were you called?"
```
"""
ONE = """```law
XX-X1 conflict "Who is meant?"
    reading "all" source art. 9 background
    reading "some" safer source art. 9 background

term local
    if adult

XX-1 exposure "a crime" source art. 1 background
    governed by day asked
    if resident
    if local
    reading 1 of XX-X1
    reading 2 of XX-X1
    penalty imprisonment 1 year to 2 years
    penalty "a fine of 500"
    says "You may be punished."
    caution XX-X2 "Another source says 7 days."

XX-2 status "explained" source art. 2 background
    explains
    if called
```
"""
TWO = """```law
YY-1 deadline "time to complain" source art. 1 background
    within 10 days after called, counting from the next day, calendar days, rolls not
    missed means "the right is lost"
    says "You have ten days."
```
"""


def law() -> Corpus:
    """Two folders and their vocabulary."""
    pages = {"vocabulary/facts.md": FACTS, "xx/1.md": ONE, "yy/1.md": TWO}
    assembled = assemble({name: (FRONT + text).encode() for name, text in pages.items()})
    assert assembled.faults == (), "\n".join(map(str, assembled.faults))
    return assembled.corpus


def position(on: str = "2023-05-01") -> Position:
    """Somebody who may have committed the crime."""
    corpus = law()
    situation = read_situation(
        b"person: {resident: yes}\nhistory: [{event: called, on: 2023-04-28}]", corpus.vocabulary, form="yaml"
    )
    return assess(corpus, situation, on=date.fromisoformat(on))


IN_XX = {
    "Who is meant?", "all", "some", "a crime", "You may be punished.", "a fine of 500", "Another source says 7 days.",
    "Do you live here?", "It decides what reaches you.", "Are you grown up?",
}  # fmt: skip
IN_YY = {"time to complain", "You have ten days.", "the right is lost", "Were you called?"}


@pytest.mark.parametrize(
    ("folders", "texts"),
    [(None, IN_XX | IN_YY | {"Something else?"}), (("xx",), IN_XX), (("yy",), IN_YY), (("xx", "yy"), IN_XX | IN_YY)],
)
def test_the_texts_of_a_folder_are_those_of_its_provisions_and_of_the_facts_they_rest_on(folders, texts) -> None:
    found = texts_of(law(), folders)
    assert {text for text, owners in found.items() if owners != ("warning",)} == texts
    assert found["Who is meant?"] == ("XX-X1",) if "Who is meant?" in texts else True


def words(checked: bool = False, **texts: str) -> Words:  # noqa: FBT001, FBT002 -- one builder for all
    named = {name.replace("_", " "): text for name, text in texts.items()}
    return Words(language="ru", texts=named, checked=checked)


def test_a_text_without_translation_stays_english() -> None:
    assert words(a_crime="преступление").of("a crime") == "преступление"
    assert words(a_crime="преступление").of("another crime") == "another crime"


def test_a_text_with_values_keeps_them() -> None:
    template = Words(language="ru", texts={"{folder}: known up to {until}.": "{until} ({folder})."}, checked=True)
    assert template.of("KZ: known up to 2026-11-22.") == "2026-11-22 (KZ)."
    assert template.of("KZ: known up to") == "KZ: known up to"


def test_a_position_is_translated_and_its_answers_stay() -> None:
    texts = {text: f"<{text.upper()}>" for text in texts_of(law())}
    before = position()
    after = in_language(before, Words(language="ru", texts=texts, checked=True))
    crime, time = after.finding("XX-1"), after.finding("YY-1")
    assert (crime.title, crime.says) == ("<A CRIME>", "<YOU MAY BE PUNISHED.>")
    assert {one.name for one in crime.readings} == {"<ALL>", "<SOME>"}
    assert [one.text for one in crime.caution] == ["<ANOTHER SOURCE SAYS 7 DAYS.>"]
    assert crime.penalty is not None
    assert crime.penalty.alternatives == ("<A FINE OF 500>",)
    assert time.deadline is not None
    assert time.deadline.if_missed == "<THE RIGHT IS LOST>"
    assert after.questions[0].text == "<ARE YOU GROWN UP?>"
    assert after.warnings[0].startswith("<THE LAW PAGES ARE DRAFTS")
    assert [(one.id, one.answer, one.because) for one in after.findings] == [
        (one.id, one.answer, one.because) for one in before.findings
    ]
    assert time.deadline.ends == before.finding("YY-1").deadline.ends  # type: ignore[union-attr]


def test_english_stands_beside_what_is_grave_until_a_speaker_has_checked_it() -> None:
    given = words(a_crime="преступление", You_may_be_punished_="Вас могут наказать.")
    given = replace(given, texts={**given.texts, "You may be punished.": "Вас могут наказать."})
    found = in_language(position(), given).finding("XX-1")
    assert found.title == "преступление"
    assert found.says == "Вас могут наказать. [English: You may be punished.]"
    assert in_language(position(), replace(given, checked=True)).finding("XX-1").says == "Вас могут наказать."


def test_english_is_what_the_pages_are_written_in() -> None:
    assert load_words("en") is None
    with pytest.raises(KeyError):
        load_words("de")


#   notes joined                 translated
NOTES = [
    ("",                         ""),
    ("one",                      "раз"),
    ("two; and more",            "два; и больше"),
    ("one; two; and more",       "раз; два; и больше"),
    ("two; and more; one",       "два; и больше; раз"),
    ("two; one",                 "two; раз"),
]  # fmt: skip


@pytest.mark.parametrize(("english", "russian"), NOTES)
def test_notes_of_practice_are_translated_also_where_one_holds_the_sign_that_joins_them(english, russian) -> None:
    given = Words(language="ru", texts={"one": "раз", "two; and more": "два; и больше"}, checked=True)
    found = replace(position().finding("XX-1"), practice_state=english)
    whole = replace(position(), findings=(found,))
    assert in_language(whole, given).findings[0].practice_state == russian


#   translation      checked   as a string                       parts: text, language, English beside
SHOWN = [
    ("преступление", False,    "преступление [English: a crime]", (Said(text="преступление", english="a crime"),)),
    ("преступление", True,     "преступление",                    (Said(text="преступление"),)),
    ("",             False,    "a crime",                         (Said(text="a crime", lang="en"),)),
]  # fmt: skip


@pytest.mark.parametrize(("russian", "checked", "plain", "parts"), SHOWN)
def test_a_sentence_is_a_string_for_a_terminal_and_has_parts_for_a_page(russian, checked, plain, parts) -> None:
    texts = {"a crime": russian} if russian else {}
    found = beside(Words(language="ru", texts=texts, checked=checked), "a crime")
    assert (found, parts_of(found)) == (plain, parts)
    assert json.dumps([found], ensure_ascii=False) == f'["{plain}"]'


def test_a_string_that_was_not_translated_is_its_only_part_and_nothing_has_none() -> None:
    assert parts_of("a crime") == (Said(text="a crime"),)
    assert parts_of("") == ()
    assert said_in(None, "a crime", grave=True) == Said(text="a crime")
    assert with_capital(Said(text="a crime", lang="en")) == Said(text="A crime", lang="en")


def test_notes_that_were_joined_are_parts_of_their_own() -> None:
    given = Words(language="ru", texts={"one": "раз", "two; and more": "два; и больше"}, checked=False)
    found = replace(position().finding("XX-1"), practice_state="one; two; and more; three; four")
    (shown,) = in_language(replace(position(), findings=(found,)), given).findings
    assert parts_of(shown.practice_state) == (
        Said(text="раз", english="one"),
        Said(text="два; и больше", english="two; and more"),
        Said(text="three; four", lang="en"),
    )
