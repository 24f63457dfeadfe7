"""Makes tests/laws/dossier.json: what the pages of law may hold, from the dossiers that they are made from.

It also makes the page that lists the rows of the dossiers, for `safeconduct law coverage`.

Usage: python tools/dossier.py FOLDER [FOLDER...], each holding the dossiers as COUNTRY.md. For each dossier the extract
holds the addresses behind each source mark; for each numbered row its heading, marks, dates and numbers; and every date
and number of the whole dossier. No sentence of the dossiers is copied.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parent.parent / "tests" / "laws" / "dossier.json"
PAGE = TARGET.parents[2] / "src" / "safeconduct" / "law" / "vocabulary" / "dossiers.md"
PAGE_HEAD = """---
title: "The rows of the dossiers"
status: "made by tools/dossier.py"
---
# The rows of the dossiers

What the pages are made from. `safeconduct law coverage` says what became of each row.

| dossier | row | heading |
|---|---|---|
"""
ROW_ID = re.compile(r"^\**([A-Z]{2,5}(?:-[A-Za-z0-9]+)+|[A-Z]{1,3}\d+[a-z]?)\**(?:\s+\**[RPD]\**)?$")
DATE = re.compile(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?\b|\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
WORDED = re.compile(r"\b(?:(\d{1,2})\s+)?(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?\s+(\d{4})\b")
ADDRESS = re.compile(r"https?://[^\s;,)>\]]+")
BARE = re.compile(r"\b(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[^\s;,)|]*)?")
RANGE = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)(?![\w.]*\d)")
MARK = re.compile(r"\b(S\d+[a-z]*)\b|\[(\d+)\]")
NUMBER = re.compile(r"(?<![\w.-])\d+(?:[.,]\d+)*(?![\w-])")
LONGEST_RANGE = 60
MONTHS = {
    name: index
    for index, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), start=1
    )
}


def dates(text: str) -> set[str]:
    """Every date of a text, as YYYY-MM-DD or YYYY-MM."""
    found = set()
    for year, month, day, dotted_day, dotted_month, dotted_year in DATE.findall(text):
        if year:
            found.add(f"{year}-{month}-{day}" if day else f"{year}-{month}")
        else:
            found.add(f"{dotted_year}-{int(dotted_month):02}-{int(dotted_day):02}")
    for day, month, year in WORDED.findall(text):
        name = f"{year}-{MONTHS[month[:3]]:02}"
        found.add(f"{name}-{int(day):02}" if day else name)
    return found


def numbers(text: str) -> set[str]:
    """Every number of a text outside dates and addresses, without signs that group thousands."""
    rest = ADDRESS.sub(" ", DATE.sub(" ", text))
    found = {number.replace(",", "") for number in NUMBER.findall(rest)}
    for first, last in RANGE.findall(rest.replace(",", "")):
        found.update({first, last}, between(first, last))
    return found


def between(first: str, last: str) -> set[str]:
    """The articles of a range: 276-280 holds 277, and 205-205.5 holds 205.1."""
    if "." not in first + last and 0 < int(last) - int(first) <= LONGEST_RANGE:
        return {str(number) for number in range(int(first), int(last))}
    whole, _, end = last.partition(".")
    start = int(first.partition(".")[2] or 0)
    if end and first.partition(".")[0] == whole:
        return {f"{whole}.{number}" for number in range(start + 1, int(end))}
    return set()


def addresses(text: str) -> dict[str, list[str]]:
    """The addresses behind each source mark of a dossier's list of sources."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        numbered = re.match(r"^(\d+)\.\s+(.*)$", line)
        lettered = re.match(r"^[*-]\s+\**(S\d+[a-z]*)\b(.*)$", line)
        if numbered and "http" in line:
            found[numbered[1]] = ADDRESS.findall(numbered[2])
        elif lettered:
            current = lettered[1]
            for part in re.split(r"[\s;]+", lettered[1] + lettered[2]):
                if re.fullmatch(r"S\d+[a-z]*", part):
                    current = part
                elif part.startswith("http"):
                    found.setdefault(current, []).append(part.rstrip(".,;)"))
    return found


def rows(text: str) -> dict[str, dict[str, object]]:
    """Each numbered row of the tables."""
    found: dict[str, dict[str, object]] = {}
    heading = ""
    for line in text.splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ").strip()
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("|") else []
        match = ROW_ID.match(cells[0]) if cells else None
        if match is not None:
            marks = sorted({one or two for one, two in MARK.findall(line)})
            found[match[1]] = {
                "heading": heading,
                "marks": marks,
                "dates": sorted(dates(line)),
                "numbers": sorted(numbers(line)),
            }
    return found


def extract(text: str) -> dict[str, Any]:
    """The extract of one dossier."""
    return {
        "addresses": addresses(text),
        "bare": sorted(set(BARE.findall(ADDRESS.sub(" ", text)))) if not addresses(text) else [],
        "rows": rows(text),
        "dates": sorted(dates(text)),
        "numbers": sorted(numbers(text)),
    }


def main(folders: list[str]) -> None:
    """Write the extract of all dossiers in the folders."""
    found = {}
    for folder in folders:
        for path in sorted(Path(folder).glob("*.md")):
            found[path.stem] = extract(path.read_text(encoding="utf-8"))
    TARGET.write_text(json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    PAGE.write_text(page_of(found), encoding="utf-8")


def page_of(extracts: dict[str, dict[str, Any]]) -> str:
    """The page that lists the rows, from the extracts of all dossiers."""
    rows = [
        f"| {dossier} | {name} | {row['heading'].replace('|', '/')} |\n"
        for dossier, extract in sorted(extracts.items())
        for name, row in extract["rows"].items()
    ]
    return PAGE_HEAD + "".join(rows)


if __name__ == "__main__":
    main(sys.argv[1:])
