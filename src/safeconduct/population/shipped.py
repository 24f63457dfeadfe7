"""The tables shipped with the package, with who made them. Only this module reads them from the disk."""

import csv
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from safeconduct.population.tally import Tally, read_tally

_DATA = Path(__file__).parent / "data"
DEATHS_SOURCE = "A. Bessudnov, Demographic Research 48(31), 2023, CC BY 3.0 DE"
DEATHS_FIRST, DEATHS_LAST = date(2022, 2, 25), date(2023, 4, 11)
BIRTHS_SOURCE = "Rosstat, as reproduced on a public statistics page"


def shipped_deaths() -> Tally:
    """Deaths confirmed by name to 11 April 2023 and men aged 16 to 61.5 (census of 2021), in 85 regions."""
    content = (_DATA / "ru-deaths-by-region-2023-04.csv").read_bytes()
    return replace(read_tally(content, source=DEATHS_SOURCE, first=DEATHS_FIRST, last=DEATHS_LAST), packaged=True)


@cache
def region_names() -> dict[str, str]:
    """The names of the packaged regions in Russian, by their names in the table."""
    return {row["region"]: row["ru"] for row in _rows("ru-region-names.csv")}


@cache
def births() -> dict[int, int]:
    """Live births in Russia by calendar year, both sexes."""
    return {int(row["year"]): int(row["live_births_both_sexes"]) for row in _rows("ru-births.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    text = (_DATA / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
