"""Every code has a page that shows it and nothing else, and a page with twelve faults gives those twelve."""

import re
from pathlib import Path

import pytest

from safeconduct.packs.assembly import assemble
from safeconduct.packs.checking import check

FOLDER = Path(__file__).parent / "faulty"
PACKAGE = Path(__file__).resolve().parents[2] / "src" / "safeconduct"
DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference" / "errors-law.md"
PAGES = {path.stem: path for path in sorted(FOLDER.glob("LAW*.md"))}
WARNINGS = {"LAW052", "LAW112"}
ANSWERS = {"LAW120", "LAW121", "LAW122", "LAW123"}
"""Codes of pages of questions and answers, which stand in a folder of their own."""

GAP = "2024-01-01"
#   code      line  column  what to write
TWELVE = [
    ("LAW011",  4,  1, "write YYYY-MM-DD"),
    ("LAW020", 20,  1, "give one of the two another name; the other stands at xx/twelve.md:19:1"),
    ("LAW041", 28,  5,
     f"let one of the two rows reach further, or add a row for these days; on {GAP} none speaks of: anybody"),
    ("LAW002", 31,  8, 'write "resident"'),
    ("LAW001", 33,  5, 'write "unless"'),
    ("LAW004", 34, 21, "write one of deckhand, mate"),
    ("LAW007", 35, 12, "write the id of a provision"),
    ("LAW030", 36, 32, "add it to the block of sources, or correct the mark"),
    ("LAW017", 38,  1, "add governed by and the day of the act; governed by day asked if it never ends"),
    ("LAW006", 41,  5, "write the least first"),
    ("LAW100", 50,  5, "write on YYYY-MM-DD"),
    ("LAW101", 54, 22, "see the vocabulary; give a name with let"),
]  # fmt: skip


def report_of(path):
    return check(assemble({name_of(path.stem): path.read_bytes()}))


def name_of(code):
    return f"answers/theme/{code}.md" if code in ANSWERS else f"xx/{code}.md"


@pytest.mark.parametrize("code", PAGES)
def test_a_faulty_page_gives_its_own_code_once_and_no_other(code):
    report = report_of(PAGES[code])
    assert [fault.code for fault in report.faults] == ([] if code in WARNINGS else [code])
    if code in WARNINGS:
        assert code in {warning.code for warning in report.warnings}


@pytest.mark.parametrize("code", PAGES)
def test_a_fault_says_where_it_is_and_what_to_write(code):
    report = report_of(PAGES[code])
    for fault in (*report.faults, *report.warnings):
        assert fault.place.name == name_of(code)
        assert fault.place.line > 0 or code == "LAW010"
        assert len(fault.hint) > 3
        assert "__" not in f"{fault.message} {fault.hint}"


def test_a_page_with_twelve_faults_gives_exactly_those_twelve():
    faults = report_of(FOLDER / "twelve.md").faults
    assert [(fault.code, fault.place.line, fault.place.column, fault.hint) for fault in faults] == TWELVE


WITNESSES = {
    "LAW040": "; on 2024-01-01 both speak of: age 27",
    "LAW041": "; on 2023-12-31 none speaks of: age 26",
    "LAW042": "; on any day this is about: grade deckhand",
    "LAW050": "; nobody meets together: if resident (line 22); and not resident (line 23)",
    "LAW051": " it holds already of somebody of whom nothing is told, and z3 finds nobody of whom it does not (unsat)",
    "LAW053": " both apply to: ",
}
"""What stands in the hint of a fault beside what to write: the day, and somebody of that day."""


@pytest.mark.parametrize("code", WITNESSES)
def test_what_is_proved_of_the_law_is_shown_on_somebody(code):
    hints = [fault.hint for fault in report_of(PAGES[code]).faults if fault.code == code]
    assert [WITNESSES[code] in hint for hint in hints] == [True] * len(hints)
    assert hints


def test_the_twelve_are_of_twelve_kinds():
    assert len({code for code, *_ in TWELVE}) == 12


# --- codes, pages and docs in step -----------------------------------------------------------------------------


def codes_in_the_source():
    sources = [*(PACKAGE / "packs").glob("*.py"), PACKAGE / "rules" / "parsing.py"]
    found = set()
    for path in sources:
        found |= set(re.findall(r'"(LAW\d{3})"', path.read_text(encoding="utf-8")))
    return found


def sections_of_the_docs():
    text = DOCS.read_text(encoding="utf-8")
    parts = re.split(r"^## (LAW\d{3}): .*$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_code_has_a_faulty_page_and_no_page_is_left_over():
    assert codes_in_the_source() == set(PAGES)


def test_every_code_stands_in_the_docs_and_no_other():
    assert codes_in_the_source() == set(sections_of_the_docs())


@pytest.mark.parametrize("code", PAGES)
def test_the_line_in_the_docs_stands_on_the_faulty_page(code):
    section = sections_of_the_docs()[code]
    example = re.search(r"^(`{3,4})text\n(.*?)\n\1$", section, flags=re.MULTILINE | re.DOTALL)
    if code == "LAW010":
        assert example is None
        return
    assert example is not None
    assert example[2] in PAGES[code].read_text(encoding="utf-8")
    assert len(section.replace(example[0], "").split()) >= 8
