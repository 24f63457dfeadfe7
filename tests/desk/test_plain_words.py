"""Plain words: numbers agree with their nouns, and words of the law are explained where a page first uses them.

That every string is in a catalogue, translated, in its own letters and in short sentences is tested for every site in
`test_catalogues.py`, the prose of the answers in `tests/laws/test_answers.py`; here is what goes beyond both.
"""

import re
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from django.template import engines
from django.utils.translation import gettext, override

from safeconduct.desk.contact.explaining import TERMS, first_used
from safeconduct.packs.answers import read_answers
from safeconduct.packs.catalogues import load_words
from safeconduct.packs.store import load_corpus, packaged_pages
from tests.desk.contact.visiting import LANGUAGES, Visitor, contact_site, open_site
from tools.catalogues import catalogue_path, read_catalogue, sites

__all__ = ["contact_site", "open_site"]
GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"
NUMBERS = [one.number for one in read_answers(packaged_pages())]
LONGEST_SENTENCE, MEAN_SENTENCE = 25, 14
CONTACT_PAGES = ("/1", "/2", "/3", "/5", "/6", "/7", "/9")
#   language  forms   the form of 0, 1, 2, 4, 5, 11, 12, 21, 22, 25, 101, 111
FORMS = [
    ("en",      2,      (1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)),
    ("ru",      3,      (2, 0, 1, 1, 2, 2, 2, 0, 1, 2, 0, 2)),
    ("uk",      3,      (2, 0, 1, 1, 2, 2, 2, 0, 1, 2, 0, 2)),
    ("kk",      2,      (1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)),
]  # fmt: skip
COUNTED = (0, 1, 2, 4, 5, 11, 12, 21, 22, 25, 101, 111)


@pytest.fixture(autouse=True)
def _in_english():
    """Whatever language a test before has left."""
    with override("en"):
        yield


# --- numbers and their nouns -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "forms", "_expected"), FORMS)
@pytest.mark.parametrize("site", sites(), ids=lambda site: site.name)
def test_a_plural_has_every_form_of_its_language(site, language, forms, _expected):
    counted = [message for message in read_catalogue(site, language) if isinstance(message.id, list | tuple)]
    short = [message.id[0] for message in counted if len([one for one in message.string if one.strip()]) != forms]
    assert short == []


@pytest.mark.parametrize(("language", "forms", "expected"), FORMS)
@pytest.mark.parametrize("site", sites(), ids=lambda site: site.name)
def test_a_catalogue_chooses_the_form_by_the_rule_of_its_language(site, language, forms, expected):
    (rule,) = re.findall(r'"Plural-Forms: (.*?)\\n"', catalogue_path(site, language).read_text(encoding="utf-8"))
    found = re.fullmatch(r"nplurals=(\d); plural=(.*?);?", rule)
    assert int(found[1]) == forms
    assert tuple(chosen(found[2], number) for number in COUNTED) == expected


def chosen(rule, number):
    """The form that a rule of gettext gives a number; computed by gettext itself."""
    from gettext import c2py

    return int(c2py(rule)(number))


@pytest.mark.parametrize("site", sites(), ids=lambda site: site.name)
def test_no_number_stands_before_a_noun_without_its_forms(site):
    by_hand = [
        str(message.id)
        for message in read_catalogue(site, "en")
        if isinstance(message.id, str) and re.search(r"%\((?!share)\w+\)d [a-z]+s\b", message.id)
    ]
    assert by_hand == []


# --- questions of the check ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_of_the_law_are_put_in_short_sentences(language):
    vocabulary, words = load_corpus().vocabulary, load_words(language)
    asked = [
        text
        for one in (*vocabulary.facts.values(), *vocabulary.events.values())
        for text in (one.question, getattr(one, "why", ""))
        if text and (words is None or words.of(text) != text)
    ]
    lengths = [
        (len(sentence.split()), sentence)
        for text in asked
        for sentence in re.split(r"(?<=[.!?])\s+", text if words is None else words.of(text))
    ]
    assert [sentence for length, sentence in lengths if length > LONGEST_SENTENCE] == []
    assert sum(length for length, _ in lengths) / len(lengths) <= MEAN_SENTENCE


# --- words of the law are explained ----------------------------------------------------------------------------


@cache
def glossary():
    """Rows of the glossary: the English word with its Russian, Ukrainian and Kazakh."""
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return {row[0]: dict(zip(("en", "ru", "uk", "kk"), row[:4], strict=True)) for row in rows if len(row) > 4}


def english(words):
    with override("en"):
        return str(words)


@pytest.mark.parametrize("term", TERMS, ids=lambda term: english(term.word))
def test_an_explained_word_is_that_of_the_glossary_in_every_language(term):
    row = glossary()[english(term.word)]
    for language in LANGUAGES:
        with override(language):
            assert str(term.word) == row[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("term", TERMS, ids=lambda term: english(term.word))
def test_a_word_is_found_by_its_own_stem_in_every_language(term, language):
    with override(language):
        word = str(term.word)
    assert any(term.is_in(part, language) for part in (word, word.replace("of asylum", "of an asylum")))


#   language  text                                                       words of it that are explained
BENT = [
    ("ru",      "Вам не вручали повесток.",                                ["summons"]),
    ("ru",      "Повесть о войне",                                         []),
    ("ru",      "Он подлежит призыву и состоит в запасе.",                 ["conscription, call-up", "reserve"]),
    ("ru",      "Свидетельство о рождении",                                []),
    ("ru",      "без свидетельства лица, ищущего убежище",                 ["certificate of asylum seeker"]),
    ("ru",      "освобождение из-под стражи",                              []),
    ("uk",      "Йому загрожує дезертирство, його оголосили в розшук.",    ["desertion", "wanted"]),
    ("kk",      "Жұмылдыруға запастағылар шақырылады.",                    ["reserve", "mobilisation"]),
    ("kk",      "пана іздеуші адам",                                       []),
    ("en",      "He wanted to leave.",                                     []),
    ("en",      "A wanted man at a checkpoint",                            ["wanted", "checkpoint"]),
    ("en",      "a birth certificate",                                     []),
    ("en",      "tried in absence",                                        []),
    ("de",      "Mobilisation",                                            []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "found"), BENT)
def test_words_are_found_in_their_forms_and_no_others(language, text, found):
    assert [english(term.word) for term in first_used(text, language, set())] == found


def test_a_word_is_explained_once_in_a_page():
    explained = set()
    assert [english(term.word) for term in first_used("a summons", "en", explained)] == ["summons"]
    assert first_used("the summons again", "en", explained) == ()


def rendered(source, **values):
    return engines["django"].from_string("{% load explained %}" + source).render(values)


def test_the_explanation_stands_after_the_passage_that_uses_the_word_first():
    page = rendered(
        "{% explained %}<p>First {{ word }}</p>{% endexplained %}<p>between</p>"
        "{% for one in many %}{% explained %}<p>{{ one }}</p>{% endexplained %}{% endfor %}",
        word="reserve", many=["reserve", "extradition", "extradition"],
    )  # fmt: skip
    assert page.index("<p>First reserve</p><details") < page.index("<p>between</p>")
    assert re.findall(r"<dt>(.*?)</dt>", page) == ["reserve", "extradition"]
    assert page.index("<dt>extradition</dt>") < page.rindex("<p>extradition</p>")


def test_a_passage_without_such_words_stays_as_it_is():
    assert rendered("{% explained %}<p>Nothing.</p>{% endexplained %}") == "<p>Nothing.</p>"


def test_an_attribute_is_no_word_of_a_passage_and_nothing_is_escaped_twice_or_not_at_all():
    page = rendered('{% explained %}<p class="reserve">{{ word }}</p>{% endexplained %}', word="<b>a & b</b>")
    assert page == '<p class="reserve">&lt;b&gt;a &amp; b&lt;/b&gt;</p>'


def test_a_passage_in_another_language_is_explained_in_that():
    with override("uk"):
        page = rendered("{% explained speech %}<p>extradition</p>{% endexplained %}", speech="en")
        assert '<details lang="en"><summary>What it means: extradition' in page
        assert gettext("What it means:") not in page


@pytest.mark.parametrize(("is_english", "found"), [(True, []), (False, ["reserve"])])
def test_a_passage_without_a_language_of_its_own_is_in_that_of_the_page(is_english, found):
    with override("ru"):
        source = '{% explained is_english|yesno:"en," %}<p>запас</p>{% endexplained %}'
        page = rendered(source, is_english=is_english)
        assert [english(term.word) for term in TERMS if f"<dt>{term.word}</dt>" in page] == found


def passages(page):
    """The text of a page's main part without its explanations, and what it explains."""
    main = re.search(r"<main.*?</main>", page, re.DOTALL)[0]
    told = re.findall(r"<dt>(.*?)</dt>", main)
    own = re.sub(r"<details lang=.*?</details>", " ", main, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", " ", own)), told


@pytest.mark.usefixtures("contact_site")
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_explains_every_word_of_the_law_that_it_uses_once(language):
    for number in NUMBERS:
        page = Visitor().get(f"/a/{language}/{number}").content.decode()
        speech = "en" if '<h1 lang="en">' in page else language
        prose = page.partition("<h2>")[0] + "</main>"
        text, told = passages(re.sub(r'<p class="english".*?</p>', "", prose))
        with override(speech):
            used = [unescape(str(term.word)) for term in TERMS if term.is_in(text, speech)]
        assert sorted(told) == sorted(used), number


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", CONTACT_PAGES)
def test_a_contact_page_uses_no_word_of_the_law_without_explaining_it(open_site, language, address):
    text, told = passages(Visitor(language).get(address).content.decode())
    with override(language):
        used = [str(term.word) for term in TERMS if term.is_in(text, language)]
    assert sorted(told) == sorted(used)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_explanation_uses_no_second_word_that_would_need_one_but_such_as_stand_beside_it(language):
    with override(language):
        far = {
            english(term.word): [
                english(other.word) for other in TERMS if other is not term and other.is_in(str(term.means), language)
            ]
            for term in TERMS
        }
    assert max(len(others) for others in far.values()) <= 2


@pytest.mark.usefixtures("open_site")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_of_the_check_explains_every_word_of_the_law_that_it_uses(language):
    from tests.desk.check.browsing import TextBrowser

    somebody = TextBrowser(language)
    somebody.begin()
    for _ in range(2):
        page = somebody.answer.content.decode()
        native = re.sub(
            r'<(p|span|h1|li|label)[^>]* lang="en"[^>]*>.*?</\1>|<details>.*?</details>', " ", page, flags=re.DOTALL
        )
        text, _ = passages(native)
        told = re.findall(r"<dt>(.*?)</dt>", page)
        with override(language):
            used = {str(term.word) for term in TERMS if term.is_in(text, language)}
        assert used <= set(told)
        assert len(told) == len(set(told))
        somebody.send(answer="unknown")


@pytest.mark.usefixtures("open_site")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_result_of_the_check_explains_every_word_of_the_law_in_its_findings_once(language):
    from tests.desk.check.test_result_pages import pages

    for page in pages(language)[:4]:
        found = " ".join(re.findall(r'<article class="finding" id=.*?</article>', page, flags=re.DOTALL))
        text = unescape(re.sub(r"<[^>]*>", "", found))
        with override(language):
            used = [str(term.word) for term in TERMS if term.is_in(text, language)]
        assert sorted(re.findall(r"<dt>(.*?)</dt>", page)) == sorted(used)
