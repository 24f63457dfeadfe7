"""Questions and answers on the contact site: what each page holds, in every language, and how it is kept."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from django.utils.translation import override

from safeconduct.desk.contact.answer_pages import THEMES, answer_page, question_page
from safeconduct.desk.contact.answer_told import Force, force_on, told
from safeconduct.desk.contact.views.public_answers import seconds_kept
from safeconduct.desk.project.clock import today
from safeconduct.packs.answers import read_answers
from safeconduct.packs.store import load_corpus, packaged_pages
from safeconduct.rules.tree import Kind
from tests.desk.contact.visiting import LANGUAGES, Reading, Visitor, contact_site

__all__ = ["contact_site"]
pytestmark = pytest.mark.usefixtures("contact_site")
LOOK = Path(__file__).resolve().parents[3] / "src/safeconduct/desk/look/static/look"
WITH_EVERYTHING = 30_000
ANSWERED = {one.number: one for one in read_answers(packaged_pages())}
ENGLISH = re.compile(r'<(\w+)[^>]* lang="en"[^>]*>.*?</\1>', re.DOTALL)
LATIN = {"Tor"}
DAY = date(2026, 11, 22)


@cache
def law():
    return load_corpus()


def answers_in(language):
    """Addresses of all answers in a language."""
    return [f"/a/{language}/{number}" for number in ANSWERED]


def page_of(address):
    return Visitor().get(address).content.decode()


def told_in(language, number, *, day=DAY):
    with override(language):
        return told(law(), ANSWERED[number], language, day=day)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_light_has_the_way_out_and_no_script(language):
    around = sum(path.stat().st_size for path in LOOK.glob("*") if path.suffix in {".css", ".svg"})
    for address in ["/a", f"/a/{language}", *answers_in(language)]:
        answer = Visitor().get(address)
        page = Reading(answer.content.decode())
        assert answer.status_code == 200, address
        assert len(answer.content) + around <= WITH_EVERYTHING, address
        assert [link["href"] for link in page.links].count("/x") == 1, address
        assert not {"script", "form", "iframe", "img"} & {tag for tag, _ in page.tags}, address
        assert all(link["href"].startswith(("/", "#")) for link in page.links), address


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_that_no_lawyer_has_read_it_and_leads_on(language):
    for address in [f"/a/{language}", *answers_in(language)]:
        page = page_of(address)
        assert "No lawyer has read" in page, address
        assert 'href="/2"' in page, address
        assert 'href="/9"' in page, address


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_cites_every_provision_with_its_seat_and_no_address_is_a_link(language):
    for number, one in ANSWERED.items():
        page = unescape(page_of(f"/a/{language}/{number}"))
        provisions = [law().provisions[name] for name in one.named]
        assert re.findall(r'<li id="n(\d+)">', page) == [str(count + 1) for count in range(len(provisions))]
        assert set(re.findall(r'href="#n(\d+)"', page)) == {str(count + 1) for count in range(len(provisions))}
        for each in provisions:
            assert each.citation.article in page, each.id
            missing = [
                each.url for each in each.citation.sources if each.url and f"<code>{each.url}</code>" not in page
            ]
            assert missing == []
        assert not re.search(r'href="https?:|\[[A-Z]{2,5}-', page)


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_a_page_holds_no_latin_words_but_what_is_marked_as_english(language):
    for address in [f"/a/{language}", *answers_in(language)]:
        native = ENGLISH.sub(" ", re.sub(r"<head>.*?</head>", "", page_of(address), flags=re.DOTALL))
        names = re.sub(r'<a [^>]*lang="(?:ru|uk|kk)"[^>]*>.*?</a>', " ", native, flags=re.DOTALL)
        found = re.findall(r"[A-Za-z]{3,}", re.sub(r"<[^>]*>|&\w+;|&#x?\w+;", " ", names))
        assert set(found) <= LATIN, address


#   language  number   its own language   English beside
SHOWN = [
    ("en",        28,        "en",          [False, False]),
    ("ru",        28,        "ru",          [True, False]),
    ("kk",        28,        "kk",          [True, False]),
    ("uk",        28,        "en",          [False, False]),
    ("ru",        17,        "ru",          [True]),
    ("ru",        14,        "ru",          [False]),
    ("kk",        22,        "kk",          [True]),
    ("ru",        27,        "ru",          [True, True, True]),
    ("uk",        38,        "uk",          [False, True]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "number", "speech", "beside"), SHOWN)
def test_english_stands_beside_terms_penalties_and_warnings_of_a_translation(language, number, speech, beside):
    shown = told_in(language, number)
    assert shown.speech == speech
    assert [bool(one.english) for one in shown.paragraphs] == beside
    assert not any("[" in one.english or " ." in one.english or "  " in one.english for one in shown.paragraphs)


def test_an_answer_that_is_not_translated_is_marked_as_english_and_leads_to_the_whole_translation():
    page = page_of("/a/uk/28")
    assert '<h1 lang="en">By when must I ask for asylum' in page
    assert 'href="/a/ru/28" lang="ru"' in page
    assert "Цю відповідь ще не перекладено цією мовою." in page
    assert "Цю відповідь ще не перекладено цією мовою." not in page_of("/a/uk/38")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_holds_every_question_once_under_the_heading_of_its_theme(language):
    links = [link["href"] for link in Reading(page_of(f"/a/{language}")).links]
    found = [int(link.rpartition("/")[2]) for link in links if re.fullmatch(rf"/a/{language}/\d+", link)]
    assert sorted(found) == sorted(ANSWERED)


#   language  questions that come first              whole
FIRST = [
    ("en",      list(range(1, 41)),                    True),
    ("ru",      list(range(1, 41)),                    True),
    ("kk",      list(range(22, 33)),                   False),
    ("uk",      [*range(28, 33), *range(37, 41)],      False),
]  # fmt: skip


@pytest.mark.parametrize(("language", "first", "whole"), FIRST)
def test_themes_that_are_translated_come_first_and_the_whole_translation_is_named(language, first, whole):
    page = page_of(f"/a/{language}")
    found = [int(number) for number in re.findall(rf'href="/a/{language}/(\d+)"', page)]
    assert found[: len(first)] == first
    assert ('href="/a/ru" lang="ru" hreflang="ru">Русский</a></p>' in page) is not whole


def test_every_theme_has_a_heading_and_no_heading_is_left_over():
    assert {one.theme for one in ANSWERED.values()} == set(THEMES)


def test_a_question_of_a_theme_without_a_heading_is_not_lost(contact_site, monkeypatch):
    # Not deleted and put back: it would stand last from then on.
    without = {theme: heading for theme, heading in THEMES.items() if theme != "asylum"}
    monkeypatch.setattr("safeconduct.desk.contact.answer_pages.THEMES", without)
    page = question_page(date(2026, 1, 2), "en")
    assert page is not None
    assert "<h2>asylum</h2>" in page.content.decode()
    assert "/a/en/28" in page.content.decode()


def test_an_answer_is_left_out_where_the_law_in_use_lacks_what_it_rests_on(contact_site, settings_of):
    corpus = law()
    fewer = {name: one for name, one in corpus.provisions.items() if name != "KZ-ASY-2"}
    settings_of(replace(contact_site, law=replace(corpus, provisions=fewer, digest="another")))
    assert answer_page(DAY, "en", 28) is None
    assert answer_page(DAY, "en", 29) is not None
    assert Visitor().get("/a/en/28").status_code == 404


#   first             last               day                is
FORCE = [
    (date(2024, 1, 1), None,              date(2023, 12, 31), Force.BEFORE),
    (date(2024, 1, 1), None,              date(2024, 1, 1),   Force.SINCE),
    (None,             None,              date(2024, 1, 1),   Force.ALWAYS),
    (None,             date(2024, 1, 1),  date(2024, 1, 1),   Force.UNTIL),
    (None,             date(2024, 1, 1),  date(2024, 1, 2),   Force.OVER),
    (date(2024, 1, 1), date(2024, 1, 31), date(2024, 1, 31),  Force.BETWEEN),
    (date(2024, 1, 1), date(2024, 1, 31), date(2024, 2, 1),   Force.OVER),
    (date(2024, 1, 1), date(2024, 1, 31), date(2023, 12, 31), Force.BEFORE),
]  # fmt: skip


@pytest.mark.parametrize(("first", "last", "day", "force"), FORCE)
def test_whether_a_text_is_in_force_includes_both_its_ends(first, last, day, force):
    assert force_on(first, last, day) is force


def test_a_page_speaks_of_its_day():
    before, after = told_in("en", 7, day=date(2023, 12, 31)), told_in("en", 7, day=date(2024, 1, 1))
    assert [one.force for one in before.rests][1] is Force.BEFORE
    assert [one.force for one in after.rests] == [Force.OVER, Force.SINCE]
    pages = [answer_page(day, "ru", 7) for day in (date(2023, 12, 31), date(2024, 1, 1))]
    assert "Начнёт действовать с 01.01.2024." in pages[0].content.decode()
    assert "Действует с 01.01.2024." in pages[1].content.decode()
    assert pages[0].mark != pages[1].mark


def test_practice_is_not_said_to_be_in_force():
    kinds = {one.number: law().provisions[name].kind for one in told_in("en", 27).rests
             for name in [ANSWERED[27].named[one.number - 1]]}  # fmt: skip
    shown = {one.number: one.force for one in told_in("en", 27).rests}
    assert {number for number, kind in kinds.items() if kind is Kind.PRACTICE} == {
        number for number, force in shown.items() if force is Force.PRACTICE
    }


def test_the_day_up_to_which_the_law_is_known_is_the_earliest_of_its_folders():
    corpus = law()
    for number, one in ANSWERED.items():
        folders = {corpus.provisions[name].place.name.partition("/")[0] for name in one.named}
        days = [corpus.reviewed_until[name] for name in folders if name in corpus.reviewed_until]
        assert told_in("en", number).until == min(days)


#   moment                                            seconds
KEPT = [
    (datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC),      3600),
    (datetime(2026, 11, 22, 23, 0, 0, tzinfo=UTC),      3600),
    (datetime(2026, 11, 22, 23, 0, 1, tzinfo=UTC),      3599),
    (datetime(2026, 11, 22, 23, 59, 59, tzinfo=UTC),    1),
    (datetime(2026, 11, 22, 23, 59, 59, 999_999, tzinfo=UTC), 1),
    (datetime(2026, 12, 31, 23, 30, 0, tzinfo=UTC),     1800),
]  # fmt: skip


@pytest.mark.parametrize(("moment", "seconds"), KEPT)
def test_a_page_is_kept_for_an_hour_and_not_beyond_its_day(moment, seconds):
    assert seconds_kept(moment) == seconds


@pytest.mark.parametrize("address", ["/a", "/a/ru", "/a/ru/3"])
def test_a_page_that_the_browser_has_is_not_sent_again(address):
    first = Visitor().get(address)
    again = Visitor().client.get(address, headers={"if-none-match": first.headers["ETag"]})
    other = Visitor().client.get(address, headers={"if-none-match": '"another"'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert re.fullmatch(r"public, max-age=\d+", again.headers["Cache-Control"])
    assert (other.status_code, other.content) == (200, first.content)


def test_a_page_is_made_once_in_a_day():
    assert answer_page(today(), "ru", 5) is answer_page(today(), "ru", 5)


def test_only_the_length_is_sent_to_who_asks_for_the_headers():
    full, head = Visitor().get("/a/ru/3"), Visitor().client.head("/a/ru/3")
    assert head.content == b""
    assert head.headers["Content-Length"] == str(len(full.content))
    assert head.headers["ETag"] == full.headers["ETag"]


#   address             status
OTHERS = [
    ("/a/xx",             404),
    ("/a/ru/41",          404),
    ("/a/ru/0",           404),
    ("/a/ru/99999999999999999999999999", 404),
    ("/a/ru/3/",          404),
    ("/a/ru/three",       404),
    ("/a/",               404),
    ("/answers",          404),
    ("/a/ru/" + "9" * 5000, 404),
]  # fmt: skip


@pytest.mark.parametrize(("address", "status"), OTHERS)
def test_an_address_that_is_none_gets_the_page_that_says_so_and_is_not_kept(address, status):
    answer = Visitor("kk").get(address)
    assert answer.status_code == status
    assert '<html lang="kk">' in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_start_page_leads_to_the_questions_in_its_language(language):
    assert f"/a/{language}" in [link["href"] for link in Reading(Visitor(language).get("/1").content.decode()).links]


def test_the_first_page_leads_to_each_language():
    links = [link["href"] for link in Reading(page_of("/a")).links]
    assert {f"/a/{language}" for language in LANGUAGES} <= set(links)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_its_language(language):
    answer = Visitor("en").get(f"/a/{language}/3")
    assert f'<html lang="{language}">' in answer.content.decode()
    assert answer.headers["Content-Language"] == language
