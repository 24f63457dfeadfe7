"""What raising the age of conscription does: ages from the pages, men from births, beside what was published."""

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.packs.store import load_corpus
from safeconduct.population.reform import BOYS, born_liable, days_shown, men_born, months_shown, reform_between
from safeconduct.population.reform_charts import reform_chart
from safeconduct.population.reform_report import HEADER, HXL, reform_csv, reform_lines
from safeconduct.population.shipped import births
from safeconduct.population.words import LANGUAGES
from safeconduct.values.errors import QuestionError

OLD, NEW = date(2023, 12, 31), date(2024, 1, 1)
REFORM = reform_between(load_corpus(), OLD, NEW)


@pytest.fixture(scope="module")
def corpus():
    return load_corpus()


@pytest.fixture
def reform():
    return REFORM


#   day                first born         last born
LIABLE = [
    (OLD,              date(1997, 1, 1),  date(2005, 12, 31)),
    (NEW,              date(1997, 1, 1),  date(2006, 1, 1)),
    (date(2026, 6, 1), date(1997, 1, 1),  date(2008, 6, 1)),
    (date(2027, 1, 2), date(1997, 1, 3),  date(2009, 1, 2)),
    (date(2024, 2, 29), date(1997, 1, 1), date(2006, 2, 28)),
]  # fmt: skip


@pytest.mark.parametrize(("day", "first", "last"), LIABLE)
def test_the_days_of_birth_are_those_of_the_pages(corpus, day, first, last):
    found = born_liable(corpus, day)
    assert (date.fromordinal(found.first), date.fromordinal(found.last)) == (first, last)


def test_the_ages_and_the_transition_are_read_from_the_pages(reform):
    assert (reform.old_limit, reform.new_limit) == (27, 30)
    assert date.fromordinal(reform.protected_until) == date(1996, 12, 31)


def test_the_effect_on_paper_is_near_the_published_one(reform):
    """Men of 27, 28 and 29 on 2024-01-01, so born 1994 to 1996: within 12 % of 2.3 million."""
    found = reform.effect(NEW, births()).on_paper
    assert found == pytest.approx(2_300_000, rel=0.12)
    assert found == pytest.approx(BOYS * (births()[1994] + births()[1995] + births()[1996]), rel=0.001)


def test_the_effect_with_the_transition_is_near_the_published_one(reform):
    """Born 1997: within 12 % of 0.7 million on 2025-01-01, and about twice as much on the last day of that year."""
    found = reform.effect(date(2025, 1, 1), births()).added
    assert found == pytest.approx(700_000, rel=0.12)
    assert found == pytest.approx(BOYS * births()[1997], rel=0.01)
    assert reform.effect(date(2025, 12, 31), births()).added == pytest.approx(2 * found, rel=0.03)


def test_nobody_is_added_before_the_first_of_them_turns_27(reform):
    """On the first day only those born on 1 January 1997 have just turned 27."""
    assert reform.effect(NEW, births()).added == pytest.approx(BOYS * births()[1997] / 365)


@given(st.dates(NEW, date(2030, 1, 1)))
def test_the_transition_never_adds_more_than_the_paper(day):
    found = REFORM.effect(day, births())
    assert 0 <= found.added <= found.on_paper
    assert found.ceased == 0
    if day >= date(2027, 1, 1):
        assert found.added == found.on_paper


def test_births_are_spread_over_the_days_of_a_year():
    first, last = date(1997, 1, 1).toordinal(), date(1998, 12, 31).toordinal()
    assert men_born(first, last, {1997: 1000, 1998: 3000}) == pytest.approx(BOYS * 4000)
    assert men_born(first, first, {1997: 365}) == pytest.approx(BOYS)
    assert men_born(last, first, {}) == 0.0


#   before             after              code
REFUSED = [
    (NEW,              date(2024, 2, 1),  "POP04"),
    (NEW,              OLD,               "POP04"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "code"), REFUSED)
def test_days_without_such_a_change_are_refused(corpus, before, after, code):
    with pytest.raises(QuestionError) as caught:
        reform_between(corpus, before, after)
    assert caught.value.code == code


def test_a_corpus_without_conscription_is_refused(corpus):
    other = replace(corpus, provisions={**corpus.provisions, "RU-CON-01": corpus.provisions["RU-MOB-01"]})
    with pytest.raises(QuestionError) as caught:
        born_liable(other, OLD)
    assert caught.value.code == "POP05"


def test_a_year_beyond_the_births_is_refused(reform):
    with pytest.raises(QuestionError) as caught:
        reform.effect(date(2035, 1, 1), births())
    assert caught.value.code == "POP06"


def test_the_days_shown_are_both_ends_of_each_year():
    found = days_shown(NEW, 2026)
    assert found == [NEW, date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1)]
    assert months_shown(date(2024, 11, 1), 2025) == [date(2024, 11, 1), date(2024, 12, 1), date(2025, 1, 1)]


def test_the_csv_is_tidy_and_tagged(reform):
    lines = reform_csv(reform, births()).splitlines()
    assert lines[0] == ",".join(HEADER)
    assert lines[1] == ",".join(HXL)
    assert "2025-01-01,2019078,649418,0" in lines
    assert lines[-1].startswith("2030-01-01,")


SAID = [
    (
        "en",
        [
            "2,095,165",
            "649,418",
            "1,307,223",
            "names no day",
            "-9 %",
            "births alone",
            "51.4 %",
            "residents",
            "migration",
        ],
    ),
    ("ru", ["день не назван", "Только по рождениям", "51,4 %", "миграции", "защищён"]),
]


@pytest.mark.parametrize(("language", "texts"), SAID)
def test_the_report_stands_beside_what_was_published(reform, language, texts):
    report = "\n".join(reform_lines(reform, births(), language))
    assert [text for text in texts if text not in report] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chart_bears_its_assumptions_and_both_days(reform, language):
    drawn = reform_chart(reform, births(), language).svg()
    root = ET.fromstring(drawn)  # noqa: S314 -- our own
    shown = " ".join(" ".join(part.itertext()) for part in root.iter("{http://www.w3.org/2000/svg}text"))
    thousands = "1,307" if language == "en" else "1\N{NO-BREAK SPACE}307"
    for part in ("2025-01-01: 649", f"2025-12-31: {thousands}", "Rosstat", "1996-12-31"):
        assert part in shown
    assert ("no day named" if language == "en" else "день не назван") in shown
    assert "NaN" not in drawn
