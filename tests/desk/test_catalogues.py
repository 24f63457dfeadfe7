"""Every word that people see is in a catalogue, in four languages, translated, in short sentences; and is used."""

import re
from statistics import mean

import pytest
from django.test import RequestFactory
from django.utils.translation import override
from django.views import defaults
from django.views.csrf import csrf_failure

from safeconduct.desk.contact.catalogues import checked_by_speaker, compile_catalogues, is_checked
from safeconduct.desk.project.configuration import ConfigurationError
from tests.desk.contact.visiting import Visitor, contact_site, open_site, reading
from tools import catalogues
from tools.catalogues import (
    DESK,
    LANGUAGES,
    catalogue_path,
    faults,
    outside,
    read_catalogue,
    sites,
    strings_of,
    templates_of,
)

__all__ = ["contact_site", "open_site"]
SITES = sites()
CYRILLIC = ("ru", "uk", "kk")
# Names that are written so in every language.
LATIN = {"Tor", "Browser"}
LONGEST_SENTENCE, MEAN_SENTENCE = 25, 14
NOTICE = "No speaker has checked this translation yet. The English stands beside what matters most."
PAGES = ("/1", "/2", "/3", "/4", "/5", "/6", "/7", "/9", "/nothing-here")


def strings(site, language):
    """What a catalogue says, but for what is no words: the format of a day."""
    return [
        str(string)
        for message in read_catalogue(site, language)
        if message.id and message.context != "format of a day"
        for string in (message.string if isinstance(message.string, tuple | list) else (message.string,))
    ]


def sentences(text):
    return [one for one in re.split(r"(?<=[.!?])\s+", re.sub(r"%\(\w+\)\w", "5", text)) if re.search(r"\w", one)]


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_every_string_is_in_every_catalogue_translated_and_not_in_doubt(site):
    assert list(faults(site)) == []


def test_the_sites_have_their_catalogues():
    assert {"contact", "look"} <= {site.name for site in SITES}


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_every_string_that_a_template_shows_is_taken_up(site):
    taken = {key[1] for key in strings_of(site)}
    for template in templates_of(site):
        source = template.read_text(encoding="utf-8")
        shown = re.findall(r'{%\s*(?:translate|warning)\s+"([^"]+)"', source)
        assert set(shown) <= taken


#   template                                              what stands outside
TEMPLATES = [
    ('<p>{% translate "In" %}</p>',                        ()),
    ("<p>Out</p>",                                         ("Out",)),
    ("{% if x %}Мимо{% endif %}",                          ("Мимо",)),
    ('<img alt="Seen by some" src="/x.png">',              ("Seen by some",)),
    ("{% blocktranslate %}In {{ x }}{% endblocktranslate %}", ()),
    ('{% warning "In" "calm" %}',                          ()),
    ("{{ value }} &middot; 5 <b>–</b>",                    ()),
    ('<a aria-label="Out there" href="/1">{{ x }}</a>',    ("Out there",)),
]  # fmt: skip


@pytest.mark.parametrize(("template", "found"), TEMPLATES)
def test_a_string_outside_a_catalogue_is_seen(template, found):
    assert outside(template) == found


@pytest.fixture
def a_site(tmp_path, monkeypatch):
    """A small site with catalogues of its own."""
    site = tmp_path / "contact"
    (site / "templates").mkdir(parents=True)
    (site / "locale").mkdir()
    (site / "words.py").write_text('_("A word of code")\npgettext("of time", "May")\n', encoding="utf-8")
    (site / "templates" / "one.html").write_text(
        '{% load i18n beside %}{% if a %}{% translate "A word" %}{% else %}{% warning "Take care" %}{% endif %}'
        "{% for b in c %}{% blocktranslate trimmed %}Hello\n {{ b }}{% endblocktranslate %}{% endfor %}",
        encoding="utf-8",
    )
    monkeypatch.setattr(catalogues, "DESK", tmp_path)
    for language in LANGUAGES:
        catalogues.update(site, language)
    return site


def test_strings_of_code_and_templates_are_taken_up(a_site):
    assert set(strings_of(a_site)) == {
        (None, "A word of code"), ("of time", "May"), (None, "A word"), (None, "Take care"), (None, "Hello %(b)s"),
    }  # fmt: skip


def test_what_is_not_translated_is_a_fault_and_english_repeats_itself(a_site):
    told = list(faults(a_site))
    assert len(told) == 5 * 3
    assert all("empty or in doubt" in fault for fault in told)
    assert not any(fault.startswith("contact en") for fault in told)


EMPTY = 'msgid "A word"\nmsgstr ""'
FULL = 'msgid "A word"\nmsgstr "Слово"'

#   what is done to the Russian catalogue   what is said
BROKEN = [
    ((EMPTY, FULL),                            "contact ru: empty or in doubt: Take care"),
    ((EMPTY, f"#, fuzzy\n{FULL}"),             "contact ru: empty or in doubt: A word"),
    ((EMPTY, EMPTY.replace("word", "worm")),   "contact ru: missing: A word"),
    ((EMPTY, EMPTY.replace("word", "worm")),   "contact ru: left over: A worm"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "said"), BROKEN)
def test_a_catalogue_that_is_broken_is_told(a_site, change, said):
    path = catalogues.catalogue_path(a_site, "ru")
    path.write_text(path.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    assert said in list(faults(a_site))


def test_taking_up_strings_again_keeps_what_is_translated_and_changes_nothing(a_site):
    path = catalogues.catalogue_path(a_site, "kk")
    told = path.read_text(encoding="utf-8").replace('"A word"\nmsgstr ""', '"A word"\nmsgstr "Сөз"')
    path.write_text(told.replace("Speaker: no", "Speaker: yes"), encoding="utf-8")
    before = path.read_bytes()
    catalogues.update(a_site, "kk")
    assert path.read_bytes() == before


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_every_catalogue_says_whether_a_speaker_checked_it(site, language):
    assert checked_by_speaker(catalogue_path(site, language)) == ("source" if language == "en" else "no")
    assert is_checked(language, DESK) is (language == "en")


@pytest.mark.parametrize("language", CYRILLIC)
@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_a_translation_holds_no_latin_words_but_names(site, language):
    found = {word for text in strings(site, language) for word in re.findall(r"[A-Za-z]{3,}", placeholders_out(text))}
    assert found <= LATIN


def placeholders_out(text):
    return re.sub(r"%\(\w+\)\w", "", text)


@pytest.mark.parametrize("language", CYRILLIC)
@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_a_translation_takes_the_same_values(site, language):
    for message in read_catalogue(site, language):
        if message.id and isinstance(message.id, str):
            assert sorted(re.findall(r"%\(\w+\)\w", message.id)) == sorted(re.findall(r"%\(\w+\)\w", message.string))


#   language   letters that only it and not Russian has, or that Russian has and it has not
LETTERS = [
    ("ru",      "іїєґәғқңөұүһ"),
    ("uk",      "ыэъёәғқңөұүһ"),
    ("kk",      "їєґ"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "foreign"), LETTERS)
@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_no_line_of_one_language_stands_in_the_catalogue_of_another(site, language, foreign):
    assert [text for text in strings(site, language) if set(text.lower()) & set(foreign)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_sentences_are_short(site, language):
    lengths = [len(one.split()) for text in strings(site, language) for one in sentences(text)]
    assert max(lengths) <= LONGEST_SENTENCE
    assert mean(lengths) <= MEAN_SENTENCE


@pytest.mark.parametrize("language", CYRILLIC)
@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_in_its_language_and_says_that_no_speaker_has_checked_it(open_site, language, address):
    page = Visitor(language).get(address).content.decode()
    native = re.sub(r'<(p|span)[^>]* lang="en">.*?</\1>|<head>.*?</head>', " ", page, flags=re.DOTALL)
    words = " ".join(reading_of(native)).replace("Help", "")
    assert set(re.findall(r"[A-Za-z]{3,}", words)) <= LATIN
    assert read_catalogue(DESK / "look", language).get(NOTICE).string in words


#   view of Django's that shows the page            what it is called
TROUBLES = [
    (lambda request: defaults.bad_request(request, ValueError()), "400"),
    (csrf_failure,                                                "403"),
    (defaults.server_error,                                       "500"),
]  # fmt: skip


@pytest.mark.parametrize("language", CYRILLIC)
@pytest.mark.parametrize("view", [view for view, _ in TROUBLES], ids=[name for _, name in TROUBLES])
@pytest.mark.usefixtures("contact_site")
def test_a_page_of_trouble_is_in_the_language_of_the_reader(language, view):
    with override(language):
        page = view(RequestFactory().get("/")).content.decode()
    assert f'<html lang="{language}">' in page
    assert set(re.findall(r"[A-Za-z]{3,}", " ".join(reading_of(page)))) == set()
    assert 'href="/x"' in page


def reading_of(page):
    from tests.desk.contact.visiting import Reading

    return Reading(page).words


@pytest.mark.parametrize("language", LANGUAGES)
def test_warnings_have_the_english_beside_them_until_somebody_checked(open_site, language):
    page = Visitor(language).get("/9").content.decode()
    beside = re.findall(r'<span class="english" lang="en">(.*?)</span>', page)
    assert len(beside) == (0 if language == "en" else 7)
    assert all(re.fullmatch(r"[A-Za-z0-9 ,.:]+", text) for text in beside)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_which_language_it_is_in(open_site, language):
    answer = Visitor(language).get("/1")
    assert ("html", {"lang": language}) in reading(answer).tags
    assert answer.headers["Content-Language"] == language


def test_what_is_compiled_once_is_not_compiled_again(a_site):
    first = compile_catalogues(a_site.parent)
    assert len(first) == 4
    assert compile_catalogues(a_site.parent) == []
    assert list(a_site.rglob("*.new")) == []


def test_a_catalogue_that_cannot_be_compiled_stops_the_site(a_site, monkeypatch):
    def refused(*_arguments, **_told):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("safeconduct.desk.contact.catalogues.NamedTemporaryFile", refused)
    with pytest.raises(ConfigurationError, match="cannot be compiled"):
        compile_catalogues(a_site.parent)


#   what is asked   answer
ASKED = [
    (["check"],      0),
    (["compile"],    0),
    ([],             2),
    (["translate"],  2),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "answer"), ASKED)
def test_the_tool_does_what_is_asked(asked, answer, capsys):
    assert catalogues.main(asked) == answer
    assert any(capsys.readouterr())
