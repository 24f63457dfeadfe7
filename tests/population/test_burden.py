"""Who bears the burden: the published figures, computed anew, and what an index must do."""

import csv
import io
import random
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.population import shipped
from safeconduct.population.burden import burden_of, funnel, inequality
from safeconduct.population.burden_report import HEADER, burden_csv, burden_lines
from safeconduct.population.shipped import births, region_names, shipped_deaths
from safeconduct.population.tally import Row, TableError, Tally, read_tally


def published():
    text = (shipped._DATA / "ru-deaths-by-region-2023-04.csv").read_text(encoding="utf-8")
    return {row["region"]: row["per_10000_published"] for row in csv.DictReader(text.splitlines())}


def a_tally(*counts):
    rows = tuple(Row(region=f"R{number}", men=men, deaths=deaths) for number, (men, deaths) in enumerate(counts))
    return Tally(rows=rows)


def found_csv(burden):
    return list(csv.DictReader(io.StringIO(burden_csv(burden))))


def test_the_rate_of_every_region_is_the_published_one():
    rows = {row["region"]: row["rate_per_10000"] for row in found_csv(burden_of(shipped_deaths()))}
    assert rows == published()
    assert len(rows) == 85


def test_the_national_figures_are_the_published_ones():
    tally = shipped_deaths()
    assert (tally.men, tally.deaths) == (44_434_799, 19_895)
    assert f"{burden_of(tally).mean_per_10000:.2f}" == "4.48"


def test_an_interval_is_that_of_the_count():
    tuva = burden_of(shipped_deaths()).rates[0]
    assert tuva.row == Row(region="Tuva", men=92_884, deaths=231)
    ends = tuva.interval.scaled(tuva.row.men / 10_000)
    assert (f"{ends.low:.1f}", f"{ends.high:.1f}") == ("202.2", "262.8")


def test_a_region_is_compared_with_the_mean_and_with_another_region():
    rates = {rate.row.region: rate for rate in burden_of(shipped_deaths(), against="moscow").rates}
    assert f"{rates['Sakha'].to_mean:.2f}" == "0.96"
    assert round(rates["Sakha"].to_region) == 14
    assert rates["Sakha"].to_region_interval.low < 14 < rates["Sakha"].to_region_interval.high
    assert (rates["Moscow"].to_region, rates["Moscow"].to_region_interval) == (1.0, None)


def test_an_unknown_region_is_refused():
    with pytest.raises(TableError, match="no region of that name"):
        burden_of(shipped_deaths(), against="Atlantis")


def test_a_region_without_deaths_gives_no_ratio():
    burden = burden_of(a_tally((1000, 0), (1000, 5), (1000, 0)), against="R0")
    rates = {rate.row.region: rate for rate in burden.rates}
    assert rates["R1"].to_region is None
    assert rates["R1"].to_region_interval.low > 0
    assert rates["R2"].to_region_interval is None
    assert "no ratio to it" in "\n".join(burden_lines(burden, "en"))
    row = next(row for row in found_csv(burden) if row["region"] == "R1")
    assert (row["ratio_to_region"], row["ratio_upper_95"]) == ("", "")


def test_the_csv_has_the_columns_of_the_contract_and_is_a_table_again():
    text = burden_csv(burden_of(shipped_deaths()))
    assert text.splitlines()[0] == ",".join(HEADER)
    assert text.splitlines()[1] == "Tuva,92884,231,24.87,21.77,28.29,5.55"
    assert burden_csv(burden_of(read_tally(text.encode()))) == text


# --- the index ---------------------------------------------------------------------------------------------------

#   counts                             gini
INDICES = [
    (((100, 5), (300, 15)),            0.0),
    (((100, 10), (100, 0)),            0.5),
    (((100, 0), (900, 9)),             0.1),
    (((900, 0), (100, 9)),             0.9),
    (((100, 1), (100, 2), (100, 3)),   2 / 9),
]  # fmt: skip


@pytest.mark.parametrize(("counts", "gini"), INDICES)
def test_the_index_is_that_of_the_definition(counts, gini):
    found = inequality(a_tally(*counts).rows)
    assert found.gini == pytest.approx(gini)
    assert found.interval.low <= found.gini <= found.interval.high


COUNTS = st.lists(st.tuples(st.integers(100, 10**6), st.integers(0, 100)), min_size=2, max_size=12)


@given(COUNTS.filter(lambda counts: any(deaths for _, deaths in counts)))
def test_the_index_is_half_the_mean_difference(counts):
    men, deaths = sum(size for size, _ in counts), sum(count for _, count in counts)
    pairs = ((n / men) * (m / men) * abs(d / n - e / m) for n, d in counts for m, e in counts)
    assert inequality(a_tally(*counts).rows).gini == pytest.approx(sum(pairs) / (2 * deaths / men), abs=1e-9)


def a_poisson(chance, mean):
    """A count, by Knuth's product of shares; for small means only."""
    count, product, least = 0, chance.random(), exp(-mean)
    while product > least:
        count += 1
        product *= chance.random()
    return count


def test_the_interval_covers_and_chance_is_named():
    """Draw tables with known rates: the interval holds the true index about as often as it says."""
    chance = random.Random(5)
    sizes, rates = [20_000] * 15, [0.001 + 0.0004 * number for number in range(15)]
    true = inequality(a_tally(*((n, round(n * r * 100)) for n, r in zip(sizes, rates, strict=True))).rows).gini
    held = 0
    for _ in range(200):
        drawn = [(n, a_poisson(chance, n * r)) for n, r in zip(sizes, rates, strict=True)]
        interval = inequality(a_tally(*drawn).rows).interval
        held += interval.low <= true <= interval.high
    assert 176 <= held <= 199
    equal = [inequality(a_tally(*((n, a_poisson(chance, n * 0.002)) for n in sizes)).rows) for _ in range(100)]
    mean = sum(one.gini for one in equal) / 100
    assert mean == pytest.approx(equal[0].by_chance, rel=0.15)


def test_one_region_has_no_index():
    burden = burden_of(a_tally((1000, 3)))
    assert burden.inequality is None
    assert "one region" in "\n".join(burden_lines(burden, "en"))


# --- the funnel --------------------------------------------------------------------------------------------------


def test_a_funnel_narrows_and_holds_the_mean():
    limits = funnel(shipped_deaths())
    mean = burden_of(shipped_deaths()).mean_per_10000
    assert limits[0].men < 12_717
    assert limits[-1].men > 4_096_435
    for one in limits:
        assert one.wide.low <= one.narrow.low < mean < one.narrow.high < one.wide.high
    assert limits[-1].wide.high < limits[0].narrow.high


# --- the report --------------------------------------------------------------------------------------------------

#   language  must be said
SAID = [
    ("en", ["A region is not a people", "not the risk of any one man", "Compare only within this tally"]),
    ("en", ["Bessudnov", "CC BY 3.0 DE", "2022-02-25", "2023-04-11", "incomplete", "Real counts", "0.328"]),
    ("ru", ["Регион не народ", "не риск отдельного человека", "только внутри этого подсчёта", "Саха (Якутия)"]),
    ("ru", ["Bessudnov", "2023-04-11", "4,48", "44\N{NO-BREAK SPACE}434\N{NO-BREAK SPACE}799", "Настоящий"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "texts"), SAID)
def test_the_report_says_whose_count_it_is_and_what_it_does_not_show(language, texts):
    report = "\n".join(burden_lines(burden_of(shipped_deaths()), language))
    assert [text for text in texts if text not in report] == []


def test_a_table_of_ones_own_says_what_was_not_told():
    table = b"region,men,deaths\nNorth,1000,3\nSouth,2000,1\n"
    told = "\n".join(burden_lines(burden_of(read_tally(table, made=True)), "en"))
    assert "MADE NUMBERS" in told
    assert "Source: not told." in told
    assert "days of the count were not told" in told
    assert "real or made was not told" in "\n".join(burden_lines(burden_of(read_tally(table)), "en"))


def test_every_packaged_region_has_a_russian_name_of_its_own():
    names = region_names()
    assert set(names) == set(published())
    assert len(set(names.values())) == 85


def test_the_births_are_those_of_the_table():
    assert (len(births()), births()[1997], births()[1990]) == (17, 1_259_943, 1_988_858)
