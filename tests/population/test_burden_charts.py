"""Charts: what stands on them, in both languages. How they look is looked at by people."""

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from safeconduct.population.burden import burden_of
from safeconduct.population.burden_charts import CHARTS
from safeconduct.population.charts import png
from safeconduct.population.shipped import shipped_deaths
from safeconduct.population.tally import read_tally
from safeconduct.population.words import LANGUAGES, number, say
from safeconduct.population.words_en import TEXTS as EN
from safeconduct.population.words_ru import TEXTS as RU

SPACE = "{http://www.w3.org/2000/svg}"


def texts_of(svg):
    return [" ".join(part.itertext()) for part in ET.fromstring(svg).iter(f"{SPACE}text")]  # noqa: S314 -- our own


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_bears_source_days_units_and_warnings(chart, language):
    picture = CHARTS[chart](burden_of(shipped_deaths()), language)
    drawn = picture.svg()
    shown = " ".join(texts_of(drawn))
    for part in ("Bessudnov", "CC BY 3.0 DE", "2022-02-25", "2023-04-11", say(language, "real")):
        assert part in shown
    for name in ("not ethnicity", "not individual", "one tally", "burden axis" if chart == "ranked" else "funnel y"):
        assert say(language, name) in shown
    assert say(language, "mean", rate="4,48" if language == "ru" else "4.48") in shown
    assert "undefined" not in drawn
    assert "NaN" not in drawn


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_can_be_heard(language):
    root = ET.fromstring(CHARTS["ranked"](burden_of(shipped_deaths()), language).svg())  # noqa: S314 -- our own
    assert root.get("role") == "img"
    assert root.get("lang") == language
    assert root.find(f"{SPACE}title").text == say(language, "burden title")
    described = root.find(f"{SPACE}desc").text
    assert "85" in described
    assert "4,48" in described or "4.48" in described


def test_the_ranked_chart_names_every_region_in_the_language():
    shown = texts_of(CHARTS["ranked"](burden_of(shipped_deaths()), "ru").svg())
    assert {"Саха (Якутия)", "Москва", "Тыва"} <= set(shown)
    assert not any(re.search("[A-Za-z]", text) for text in shown if "Bessudnov" not in text)


def test_made_numbers_are_called_so_on_the_chart():
    table = b"region,men,deaths\nNorth,100000,30\nSouth,200000,1\nWest,50,0\n"
    tally = read_tally(table, made=True, last=date(2023, 1, 2))
    for draw in CHARTS.values():
        shown = " ".join(texts_of(draw(burden_of(tally), "en").svg()))
        assert "MADE NUMBERS" in shown
        assert "until 2023-01-02" in shown
        assert "Real" not in shown


def test_a_chart_of_one_region_is_drawn():
    tally = read_tally(b"region,men,deaths\nNorth,100000,30\n")
    for draw in CHARTS.values():
        assert "NaN" not in draw(burden_of(tally), "en").svg()


def test_a_picture_is_png_without_words_in_it():
    picture = CHARTS["funnel"](burden_of(shipped_deaths()), "en")
    content = picture.png()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert not re.search(rb"tEXt|iTXt|zTXt|eXIf|tIME", content)
    assert png(picture.chart, language="ru") != content


def test_both_languages_say_the_same_things():
    assert set(EN) == set(RU)
    for name, text in EN.items():
        assert set(re.findall(r"\{(\w+)\}", text)) == set(re.findall(r"\{(\w+)\}", RU[name])), name


def test_numbers_are_written_as_the_language_does():
    assert (number("en", 1234.5, digits=1), number("ru", 1234.5, digits=1)) == ("1,234.5", "1\N{NO-BREAK SPACE}234,5")
