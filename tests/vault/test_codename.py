"""A codename is one number, in digits or in words; what was typed wrongly never reaches a key."""

import unicodedata
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from safeconduct.values.secret import Secret
from safeconduct.vault.codename import Codename
from safeconduct.vault.errors import CodeError
from safeconduct.vault.wording import Language, read_words, spell
from safeconduct.vault.words_en import WORDS as ENGLISH
from safeconduct.vault.words_ru import WORDS as RUSSIAN
from tests.vault.builders import a_codename

NUMBERS = st.one_of(
    st.integers(min_value=0, max_value=10**24 - 1),
    st.sampled_from([0, 1, 10**24 - 1, 10**23, 1023, 1024, 97 * 10**20]),
)
LANGUAGES = st.sampled_from(list(Language))
WORDS = {Language.ENGLISH: ENGLISH, Language.RUSSIAN: RUSSIAN}


def read(typed):
    return Codename.read(Secret(typed)).number.reveal()


@given(NUMBERS)
def test_the_digits_say_the_number(number):
    shown = a_codename(number).digits().reveal()
    assert [len(group) for group in shown.split()] == [4, 4, 4, 4, 4, 4, 2]
    assert read(shown) == number


@given(NUMBERS, LANGUAGES)
def test_the_words_say_the_number(number, language):
    shown = a_codename(number).words(language).reveal()
    assert len(shown.split()) == 9
    assert set(shown.split()) <= set(WORDS[language])
    assert read(shown) == number


@given(NUMBERS, LANGUAGES)
def test_every_form_gives_the_same_input_to_the_key_derivation(number, language):
    codename = a_codename(number)
    forms = [codename.digits(), codename.words(language), Secret(codename.digits().reveal().replace(" ", ""))]
    assert {Codename.read(form).canonical().reveal() for form in forms} == {f"{number:024d}".encode()}


def test_the_words_of_a_number_stay_what_they_are():
    # Codes lie in people's hands: a change of the lists or of the check word would make them useless.
    places = [0, 1, 2, 3, 4, 5, 6, 7]
    number = sum(place << (10 * (7 - step)) for step, place in enumerate(places))
    check = 0
    for step, place in enumerate(places, start=1):
        element = place
        for _ in range(step):
            element = element * 2 if element < 512 else (element * 2) ^ 1033
        check ^= element
    assert spell(Secret(number), Language.ENGLISH).reveal().split() == [ENGLISH[place] for place in [*places, check]]
    assert spell(Secret(number), Language.RUSSIAN).reveal().split() == [RUSSIAN[place] for place in [*places, check]]
    assert (ENGLISH[0], ENGLISH[-1], RUSSIAN[0], RUSSIAN[-1]) == ("abacus", "zucchini", "абажур", "ящик")


@given(NUMBERS, LANGUAGES, st.integers(0, 8), st.integers(1, 1023))
def test_a_wrong_word_is_caught(number, language, place, shift):
    words = a_codename(number).words(language).reveal().split()
    listed = WORDS[language]
    words[place] = listed[(listed.index(words[place]) + shift) % 1024]
    with pytest.raises(CodeError, match="a word is wrong"):
        read(" ".join(words))


@given(NUMBERS, LANGUAGES, st.sampled_from(list(combinations(range(9), 2))))
def test_two_words_that_changed_places_are_caught(number, language, places):
    words = a_codename(number).words(language).reveal().split()
    one, two = places
    assume(words[one] != words[two])
    words[one], words[two] = words[two], words[one]
    with pytest.raises(CodeError, match="two changed places"):
        read(" ".join(words))


FORGIVEN = [
    ("upper case",         str.upper),
    ("title case",         str.title),
    ("hyphens",            lambda shown: shown.replace(" ", "-")),
    ("commas and lines",   lambda shown: shown.replace(" ", ",\n")),
    ("numbered list dots", lambda shown: ". ".join(shown.split())),
    ("dots of ё",          lambda shown: shown.replace("е", "ё")),
    ("signs apart",        lambda shown: unicodedata.normalize("NFD", shown.replace("е", "ё"))),
    ("stress marks",       lambda shown: shown.replace("о", "о\u0301")),
    ("soft hyphens",       lambda shown: shown.replace("а", "а\u00ad")),
    ("space around",       lambda shown: f"\t{shown} \n"),
]  # fmt: skip


@pytest.mark.parametrize(("way", "change"), FORGIVEN, ids=[way for way, _ in FORGIVEN])
def test_words_are_read_however_they_are_typed(way, change):
    for number in (0, 123_456_789_012_345_678_901_234, 10**24 - 1):
        assert read(change(a_codename(number).words(Language.RUSSIAN).reveal())) == number


def russian():
    return a_codename().words(Language.RUSSIAN).reveal().split()


def english():
    return a_codename().words(Language.ENGLISH).reveal().split()


SLIPS = [
    ("nothing",            lambda: "",                                        "0 words were typed and 9 are needed"),
    ("one word too few",   lambda: " ".join(russian()[:8]),                   "8 words were typed and 9 are needed"),
    ("one word too many",  lambda: " ".join([*russian(), "абажур"]),          "10 words were typed and 9 are needed"),
    ("a word not listed",  lambda: " ".join([*russian()[:2], "ололо", *russian()[3:]]), "list of words: number 3"),
    ("two not listed",     lambda: " ".join(["ололо", *english()[1:8], "x"]), "list of words: number 1, 9"),
    ("mixed languages",    lambda: " ".join([*russian()[:8], english()[8]]),  "list of words: number 9"),
    ("digits and words",   lambda: " ".join([*russian()[:8], "7"]),           "letters stand among the digits"),
    ("far too long",       lambda: "абажур " * 100,                           "too long"),
    ("too many digits",    lambda: "1" * 401,                                 "too long"),
]  # fmt: skip


@pytest.mark.parametrize(("slip", "typed", "said"), SLIPS, ids=[slip for slip, *_ in SLIPS])
def test_a_slip_is_named_without_repeating_what_was_typed(slip, typed, said):
    with pytest.raises(CodeError, match=said) as caught:
        read(typed())
    shown = f"{caught.value} {caught.value!r} {caught.value.args}"
    assert not any(word in shown for word in typed().split() if len(word) > 3)


def test_words_that_say_more_than_a_codename_can_are_refused():
    for number in (10**24, 2**80 - 1):
        assert read_words(spell(Secret(number), Language.ENGLISH)).reveal() == number
        with pytest.raises(CodeError, match="no codename of ours"):
            read(spell(Secret(number), Language.ENGLISH).reveal())


def test_a_new_codename_is_drawn_evenly_below_10_to_the_24(monkeypatch):
    import secrets

    asked = []
    monkeypatch.setattr(secrets, "randbelow", lambda below: asked.append(below) or below - 1)
    assert Codename.new().number.reveal() == 10**24 - 1
    assert asked == [10**24]


def test_new_codenames_differ():
    assert len({Codename.new().number.reveal() for _ in range(50)}) == 50


def test_a_codename_shows_nothing():
    assert repr(a_codename()) == "Codename(number=<secret>)"
