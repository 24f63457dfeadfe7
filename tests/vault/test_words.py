"""The lists of words: each word can be told from every other, by ear and by eye, and none may frighten."""

import re
import unicodedata
from collections import Counter

import pytest

from safeconduct.vault.words_en import WORDS as ENGLISH
from safeconduct.vault.words_ru import WORDS as RUSSIAN

LISTS = [("English", ENGLISH, "[a-z]"), ("Russian", RUSSIAN, "[а-я]")]
each_list = pytest.mark.parametrize(("language", "words", "letter"), LISTS, ids=[name for name, *_ in LISTS])

# Stems of words that have no place on a paper somebody hides: war, weapons and the army; prison and police; faith,
# peoples and parties; illness, drugs and the body; insults and slang of camps. A stem forbids every word it begins.
FORBIDDEN = {
    "English": """
        ammo army arrest artill assault attack battal battle blast bomb border bullet cannon captive captur combat
        comman conscri convoy corps crime dead death desert draft drone enemy enlist escap evad execut explo fight flee
        front fugitive grenad guard gun hostage hunt invade jail kill knife launch leopard marine martial militar mine
        missile mobil murder naval navy officer panzer patrol pistol platoon poison police prison raid recruit refug
        reserve rifle rocket salute sergeant shell shield shoot siege sniper soldier spear spy squad staff strike sword
        tank target torture trench troop victory war weapon wound
        church cross god holy imam islam jesus mosque muslim pagan pray priest saint temple
        america china german japan russ soviet turkey ukrain
        alcohol beer blood cancer cocaine corpse crack damn devil disease drug drunk dumb fat fever fool hell
        hemp heroin idiot loser naked opium pig rat sex sick skull slave stupid ugly vodka vomit weed wine
    """,
    "Russian": """
        автомат арест арм атак бат бегл беж бой бомб вагнер взвод взрыв вино водк военк воин войн враг генерал геран
        гибел гранат груз дезерт допрос дрон жертв завоев залож залп застав кинжал колони конвой копь коран крест кров
        ланцет лагер медаль мина мобилиз мясо налет наркот наци нож обмен обстрел оккуп окоп орд оруди оруж осад офицер
        парад патрон пехот петл плен погран полиц полк пост прапор приказ пристав приц прокур пул пушк развед ракетн
        расстрел рот рядов салют санкц секрет сержант снаряд солдат спецназ срок ствол стрел судь сыщик танк терр тополь
        трибун труп трус тюл тюрьм убив убий удар фронт хлопок центр шахид шпион штаб штраф штурм щит
        аллах бог библ вера икон ислам мечет мулл поп свят храм церк
        америк герман еврей кавказ китай русск
        баран блат болван вор глуп дебил дур жоп зек зэк идиот козел коров крыс лох мент наглец овц осел отброс
        петух подон свин сволоч сук тварь урод хам хрен
        алкогол гашиш героин кокаин труп рак гроб могил смерт
    """,
}
# Harmless words of the lists that begin like one of the above.
HARMLESS = {
    "English": {"fleece", "mineral", "pigeon", "warbler"},
    "Russian": {
        "батут", "веранда", "воробей", "кровать", "ножницы", "попугай", "пуловер", "пульт", "ракетка", "ракушка",
        "терраса", "тюлень", "тюль",
    },
}  # fmt: skip


@each_list
def test_a_list_has_1024_different_words_in_order(language, words, letter):
    assert len(set(words)) == 1024
    assert list(words) == sorted(words)


@each_list
def test_a_word_has_three_to_eight_letters_of_one_alphabet(language, words, letter):
    assert [word for word in words if not re.fullmatch(f"{letter}{{3,8}}", word)] == []
    assert [word for word in words if unicodedata.normalize("NFKC", word).casefold() != word] == []


def test_no_russian_word_has_a_letter_that_may_be_written_in_two_ways():
    assert [word for word in RUSSIAN if "ё" in word] == []


@each_list
def test_the_first_four_letters_tell_every_word_from_every_other(language, words, letter):
    assert [start for start, times in Counter(word[:4] for word in words).items() if times > 1] == []


def one_letter_less(word):
    return {word[:place] + word[place + 1 :] for place in range(len(word))}


def swapped_neighbours(word):
    return {word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in range(len(word) - 1)} - {word}


@each_list
def test_no_slip_of_one_letter_makes_another_word(language, words, letter):
    known = set(words)
    missing = [word for word in words if one_letter_less(word) & known]
    assert missing == []
    wrong = Counter((word[:place], word[place + 1 :]) for word in words for place in range(len(word)))
    assert [parts for parts, times in wrong.items() if times > 1] == []


@each_list
def test_no_swap_of_neighbours_makes_another_word(language, words, letter):
    known = set(words)
    assert [word for word in words if swapped_neighbours(word) & known] == []


@each_list
def test_no_word_is_frightening_or_offensive(language, words, letter):
    stems = tuple(FORBIDDEN[language].split())
    assert {word for word in words if word.startswith(stems)} == HARMLESS[language]


# Words that sound alike; of each row at most one is in the list.
SOUND_ALIKE = [
    "ant aunt", "bare bear", "beach beech", "berry bury", "board bored", "brake break", "bred bread", "bee be",
    "cell sell", "cent scent", "cereal serial", "deer dear", "dew due", "eye", "fair fare", "flour flower", "fir fur",
    "hair hare", "hour our", "knight night", "knit nit", "lynx links", "mail male", "maze maize", "meat meet",
    "moose mousse", "muscle mussel", "pair pear pare", "peace piece", "plain plane", "rain reign rein", "road rode",
    "root route", "rose rows", "sail sale", "scene seen", "sea see", "son sun", "stair stare", "steel steal",
    "tail tale", "tide tied", "toe tow", "vain vein", "waist waste", "wait weight", "week weak", "which witch",
    "wood would", "yoke yolk",
]  # fmt: skip


@pytest.mark.parametrize("alike", SOUND_ALIKE)
def test_of_words_that_sound_alike_one_at_most_is_in_the_list(alike):
    assert len(set(alike.split()) & set(ENGLISH)) <= 1
