"""What was told, in the words of the page's language: names and choices translated, days and free text as written."""

import pytest
from django.utils.translation import override

from safeconduct.desk.office.telling_form import inputs_of_event, question_of
from safeconduct.desk.office.telling_words import InWords, country, word_in
from safeconduct.packs.store import load_corpus

VOCABULARY = load_corpus().vocabulary
SPENT = "статья: 338; погашена или снята: предпочитает не говорить"
STUDIES = "уровень обучения: высшее; форма обучения: очная; аккредитованное обучение: да; последний день: 2028-06-30"
STUDENT = {"level": "higher", "form": "full-time", "accredited": "yes", "until": "2028-06-30"}

#   language  fact              what was told                           in words
FACTS = [
    ("en",    "rank_group",     "junior_officer",                       "junior officer"),
    ("en",    "citizenships",   ["RU", "KZ"],                           "Russia (RU), Kazakhstan (KZ)"),
    ("ru",    "citizenships",   ["RU", "unstated"],                     "Россия (RU), есть ещё, о чём не рассказано"),
    ("uk",    "children",       [],                                     "відомо, що немає"),
    ("kk",    "sex",            "male",                                 "ер"),
    ("ru",    "birth_date",     "1993-05..1994",                        "1993-05..1994"),
    ("ru",    "wanted",         "no",                                   "не разыскивается"),
    ("ru",    "weapon",         "no",                                   "нет"),
    ("ru",    "in_reserve",     {"is": "yes", "from": "2023-01-01"},    "да; первый день: 2023-01-01"),
    ("ru",    "convictions",    [{"article": "338", "spent": "withheld"}],  SPENT),
    ("ru",    "student",        STUDENT,                                STUDIES),
    ("ru",    "gone_fact",      {"a_b": ["no"]},                        "a_b: no"),
    ("ru",    "region",         "RU-SA",                                "RU-SA"),
    ("ru",    "age",            "30 on 2023-12-12",                     "30 (2023-12-12)"),
    ("ru",    "elected_office", ["candidate", "other_deputy"],          "кандидат на выборах, депутат другого уровня"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "name", "told", "words"), FACTS)
def test_a_telling_of_a_fact_is_shown_in_the_language_of_the_page(language, name, told, words):
    with override(language):
        assert InWords(vocabulary=VOCABULARY, language=language).fact(name, told) == words


LEFT = {"event": "left_unit", "on": "2022-10", "permission": "no", "absent_for": "3..10 days", "assumed": "no"}
HANDED = {"event": "handed_over", "from": "KZ", "to": "RU"}

LEAVE = "when: 2022-10; with leave: no; length of absence: 3..10 days; assumed because: no"
GROUP = {"event": "left_unit", "group": ["none", "organised"]}

#   language  what was told                            in words
EVENTS = [
    ("en",    LEFT,                                    LEAVE),
    ("ru",    HANDED,                                  "из какой страны: Казахстан (KZ); в какую страну: Россия (RU)"),
    ("uk",    GROUP,                                   "сам чи з іншими: сам, у складі організованої групи"),
    ("kk",    {"event": "gone_event", "on": "2022"},   "on: 2022"),
    ("kk",    "left_unit",                             "left_unit"),
    ("en",    {"event": "left_unit", "new": {"a": "b"}},   "new: a: b"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "told", "words"), EVENTS)
def test_a_telling_of_an_event_keeps_days_and_what_was_typed(language, told, words):
    with override(language):
        assert InWords(vocabulary=VOCABULARY, language=language).event(told) == words


#   language  line                          in words
CLOSED = [
    ("en",    "not_happened discharged",    "It did not happen: discharge from service"),
    ("ru",    "complete entered KZ",        "Было только то, что здесь рассказано: въезд в страну, Казахстан (KZ)"),
    ("ru",    "not_happened entered XX",    "Этого не было: въезд в страну, XX"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "line", "words"), CLOSED)
def test_a_line_of_what_did_not_happen_names_the_event_and_the_country(language, line, words):
    with override(language):
        assert InWords(vocabulary=VOCABULARY, language=language).closed(line) == words


def test_what_is_missing_is_named_whether_it_is_a_fact_or_an_event():
    say = InWords(vocabulary=VOCABULARY, language="ru")
    assert [say.name(one) for one in ("contract", "work_contract", "left_unit")] == [
        "контракт о службе", "трудовой договор за границей", "оставление части",
    ]  # fmt: skip


def test_every_choice_of_every_form_has_a_name_in_every_language():
    inputs = [one for kind in VOCABULARY.events.values() for one in inputs_of_event(kind)]
    for fact in VOCABULARY.facts.values():
        question = question_of(fact, text="")
        beside = [one for one in (question.value, question.state, question.more) if one is not None]
        inputs += [*beside, *(one for row in question.rows for one in row.inputs)]
    choices = [(one.place, word) for one in inputs for word in one.options]
    assert len(choices) > 500
    assert [(place, word) for place, word in choices if word_in(place, word, "ru").isascii()] == []


def test_a_country_has_a_name_where_there_is_one():
    assert (country("KZ", "kk"), country("KZ", None), country("XX", "ru")) == ("Қазақстан", "Kazakhstan", "")
