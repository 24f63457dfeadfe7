"""Nothing on a page of law is invented: every address, date and number stands in the dossiers it was made from."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from safeconduct.packs.store import packaged_pages
from tools.dossier import ADDRESS, dates, numbers

EXTRACT = json.loads((Path(__file__).parent / "dossier.json").read_text(encoding="utf-8"))
PAGES = {name: content.decode("utf-8") for name, content in packaged_pages().items()}
DATES = {found for dossier in EXTRACT.values() for found in dossier["dates"]}
NUMBERS = {found for dossier in EXTRACT.values() for found in dossier["numbers"]}
ADDRESSES = {found for dossier in EXTRACT.values() for mark in dossier["addresses"].values() for found in mark}
BARE = {found for dossier in EXTRACT.values() for found in dossier["bare"]}

# What the dossiers say in words, and a page had to turn into a day or a number.
MADE = {
    "de/admission.md": {"2022-05-01": "DE-1, May 2022: its first day"},
    "de/practice.md": {"2022-09-01": "DE-4, September 2022: its first day"},
    "eu/asylum-practice.md": {
        "2022-09-01": "EU-5, September 2022: its first day",
        "2022-12-01": "EU-3, December 2022: its first day",
    },
    "kz/practice/2022-2023.md": {
        "2023-09-13": "KZ-PRA-04, September 2023; the day stands in the address of its source"
    },
    "kz/practice/2024-2025.md": {"2024-06-01": "KZ-PRA-06, summer 2024: its first day"},
    "kz/permits/temporary.md": {"2023-01-01": "KZ-TRP-6, accepted in 2023: its first day"},
    "kz/registration/number.md": {
        "2024-03-31": "KZ-IIN-1, until about March 2024: the last day of the month",
        "2024-04-01": "KZ-IIN-2, the day after that month",
    },
    "kz/stateless/recognition.md": {"2020-09-01": "KZ-SL-1, September 2020: its first day"},
    "me/stay.md": {"2026-09-30": "ME-2, by the end of the third quarter of 2026: its last day"},
    "ua/5207-vi/1.md": {"2014-06-30": "UA-AD-1, the new wording is in force since May or June 2014: the end of June"},
    "ua/5207-vi/4-6.md": {"2014-06-30": "UA-AD-1, as above"},
    "ua/figures/opinion-and-complaints.md": {"2025-03-01": "news of March 2025: the first day of the month"},
    "ua/language/2704-viii.md": {"2019-12-01": "UA-SL-VC, December 2019: the first day of the month"},
    "ua/remedies/civil.md": {
        "2190": "UA-R-CIV, the days of two times three years, to look back from the end of the freeze"
    },
    "ru/113-fz/11.md": dict.fromkeys(
        (
            *("2021-10-01", "2022-03-31", "2022-04-01", "2023-03-31", "2023-04-01", "2024-03-31", "2024-04-01"),
            *("2025-03-31", "2025-04-01", "2026-03-31", "2026-04-01", "2026-09-30", "2026-10-01", "2027-03"),
            *("2027-03-31",),
        ),
        "RU-ACS-05, 1 April and 1 October of every year, and the days before them",
    ),
    "ru/82-fz/mobilised.md": {"2022-10-15": "section 5.3; the day stands in the address of its source"},
    "ru/contract/payments.md": {"2022-09-01": "RU-CTR-01, September 2022: its first day"},
    "ru/register.md": {
        "2024-09-01": "RU-SYS-04, autumn 2024: its first day",
        "2025-06-01": "RU-SYS-07, summer 2025: its first day",
    },
    "ru/figures/mobilisation.md": {"2023-04-01": "report of April 2023: the first day of the month"},
    "ru/koap/21-register.md": {
        "2024-03-31": "RU-KOAP-2153, only in call-up periods, 1 Apr to 15 Jul: the day before",
        "2024-04-01": "the same: its first day",
        "2024-07-15": "the same: its last day",
        "2024-07-16": "the same: the day after",
        "2025-03-31": "the same in 2025: the day before",
        "2025-04-01": "the same in 2025: its first day",
        "2026-01-31": "RU-KOAP-2153, about the middle of January 2026: a caution to the end of the month",
    },
    "ru/uk/practice.md": {"2025-07-01": "RU-WNT-1, by the middle of 2025: the middle of the year"},
}


def body_of(text: str) -> str:
    """A page without front matter, cases and sources."""
    text = re.sub(r"\A---.*?\n---", "", text, flags=re.DOTALL)
    return re.sub(r"```(?:cases|sources)\n.*?```", "", text, flags=re.DOTALL)


def stands(found: str) -> bool:
    """Whether a date stands in a dossier; a month or year if a day of it does.

    A day also if its neighbour does: "until the 26th" is "from the 27th" seen from the other side.
    """
    if len(found) < len("2023-01-01"):
        return any(known.startswith(found) for known in DATES)
    day = date.fromisoformat(found)
    return bool({(day + timedelta(days=step)).isoformat() for step in (-1, 0, 1)} & DATES)


def is_year(found: str) -> bool:
    return len(found) == len("2023") and stands(found + "-")


def known_address(address: str) -> bool:
    plain = re.sub(r"^https?://", "", address).rstrip("/")
    return address in ADDRESSES or plain in {bare.rstrip("/") for bare in BARE}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_date_of_a_page_stands_in_a_dossier(name: str) -> None:
    made = MADE.get(name, {})
    unknown = {found for found in dates(body_of(PAGES[name])) if not stands(found) and found not in made}
    assert unknown == set()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_number_of_a_page_stands_in_a_dossier(name: str) -> None:
    made = MADE.get(name, {})
    unknown = {
        found for found in numbers(body_of(PAGES[name])) if found not in NUMBERS | made.keys() and not is_year(found)
    }
    assert unknown == set()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_address_of_a_page_stands_in_a_dossier(name: str) -> None:
    assert [found for found in ADDRESS.findall(PAGES[name]) if not known_address(found)] == []


def test_the_exceptions_are_needed() -> None:
    for name, made in MADE.items():
        found = dates(body_of(PAGES[name])) | numbers(body_of(PAGES[name]))
        assert set(made) <= found, name
        assert not any(stands(one) for one in made if "-" in one), name


def test_the_extract_holds_rows_and_addresses_of_every_dossier() -> None:
    for name, dossier in EXTRACT.items():
        assert len(dossier["rows"]) > 50, name
        assert dossier["addresses"] or dossier["bare"], name
        assert all(row["heading"] for row in dossier["rows"].values()), name


def test_the_extract_knows_the_articles_within_a_range() -> None:
    assert {"205.3", "277"} <= numbers("205-205.5, 276-280")
    assert dates("from 4 Aug 2023, 2022-09, 27.01.2023") == {"2023-08-04", "2022-09", "2023-01-27"}
