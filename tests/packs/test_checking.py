"""`law check`: rows, meanings, examples, and one report that names each fault once."""

import pytest

from safeconduct.packs.at_fault import declared_ids, sound_part
from safeconduct.packs.checking import check
from safeconduct.packs.references import circles, excerpt, links, reach
from tests.packs.writing import assembled

SOURCE = "source art. 1 [X1] confidence A"


def provision(lines, name="XX-1", kind="status"):
    return f'{name} {kind} "one" {SOURCE}\n' + "".join(f"    {line}\n" for line in lines.splitlines())


BOTH = "resident\n    on 2024-01-01   XX-1: yes\nno resident\n    on 2024-01-01   XX-1: no"


def found(law, cases="", codes=()):
    report = check(assembled(law, cases=cases))
    return [fault for fault in (*report.faults, *report.warnings) if not codes or fault.code in codes]


# --- rows of values --------------------------------------------------------------------------------------------

AGE = provision("if resident\nand aged under age")
KEYED = provision("if resident\nand aged under limit")

#    value, code and what it says
ROWS = [
    (f"value age\n    : 27 years {SOURCE}",                                                               []),
    (f"value age\n    until 2023-12-31: 27 years {SOURCE}\n    from 2024-01-01: 30 years {SOURCE}",       []),
    (f"value age\n    from 2024-01-01: 30 years {SOURCE}\n    until 2023-12-31: 27 years {SOURCE}",       []),
    (f"value age\n    until 2024-01-01: 27 years {SOURCE}\n    from 2024-01-01: 30 years {SOURCE}",
     [("LAW040", "two rows speak of the same day")]),
    (f"value age\n    : 27 years {SOURCE}\n    from 2024-01-01: 30 years {SOURCE}",
     [("LAW040", "two rows speak of the same day")]),
    (f"value age\n    : 27 years {SOURCE}\n    : 30 years {SOURCE}", [("LAW040", "two rows speak of the same day")]),
    (f"value age\n    until 2023-12-30: 27 years {SOURCE}\n    from 2024-01-01: 30 years {SOURCE}",
     [("LAW041", "no row speaks of 2023-12-31")]),
    (f"value age\n    until 2023-12-29: 27 years {SOURCE}\n    from 2024-01-01: 30 years {SOURCE}",
     [("LAW041", "no row speaks of 2023-12-30 to 2023-12-31")]),
]  # fmt: skip


@pytest.mark.parametrize(("value", "faults"), ROWS)
def test_rows_neither_overlap_nor_leave_days_between_them(value, faults):
    seen = found(AGE + value, codes={"LAW040", "LAW041", "LAW042"})
    assert [(fault.code, fault.message) for fault in seen] == faults


def test_rows_are_looked_at_word_by_word():
    value = (
        f"value limit by grade\n    until 2023-12-31 for deckhand or mate: 40 years {SOURCE}\n"
        f"    from 2024-01-02 for deckhand: 45 years {SOURCE}\n    from 2024-01-01 for mate: 45 years {SOURCE}"
    )
    seen = found(KEYED + value, codes={"LAW040", "LAW041", "LAW042"})
    assert [(fault.code, fault.message) for fault in seen] == [
        ("LAW042", "there is no row for master"),
        ("LAW041", "no row for deckhand speaks of 2024-01-01"),
    ]


#    rows, and the day with somebody of that day
SOMEBODY = [
    (f"value age\n    : 27 years {SOURCE}\n    : 30 years {SOURCE}",
     "on every day both speak of: age 27"),
    (f"value age\n    until 2023-12-31: 27 years {SOURCE}\n    until 2023-11-30: 30 years {SOURCE}",
     "on 2023-11-30 both speak of: age 27"),
    (f"value age\n    : 27 years {SOURCE}\n    from 2024-01-01: 27 years {SOURCE}",
     "on 2024-01-01 both speak of: anybody"),
    (f"value age\n    until 2023-12-29: 27 years {SOURCE}\n    from 2024-01-01: 30 years {SOURCE}",
     "on 2023-12-30 none speaks of: age 26"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "somebody"), SOMEBODY)
def test_rows_that_are_wrong_show_a_day_and_somebody_of_it(value, somebody):
    (fault,) = found(AGE + value, codes={"LAW040", "LAW041"})
    assert fault.hint.endswith(f"; {somebody}")


def test_a_gap_of_a_lower_limit_shows_somebody_of_the_higher_age():
    value = f"value age\n    until 2023-12-30: 27 years {SOURCE}\n    from 2024-01-01: 30 years {SOURCE}"
    (fault,) = found(provision("if resident\nand aged age or over") + value, codes={"LAW041"})
    assert fault.hint.endswith("; on 2023-12-31 none speaks of: age 30")


def test_a_gap_for_a_word_shows_the_word_and_the_age():
    value = (
        f"value limit by grade\n    for deckhand or master: 40 years {SOURCE}\n"
        f"    until 2023-12-30 for mate: 40 years {SOURCE}\n    from 2024-01-01 for mate: 45 years {SOURCE}"
    )
    (fault,) = found(KEYED + value, codes={"LAW041"})
    assert fault.hint.endswith("; on 2023-12-31 none speaks of: grade mate; age 39")


# --- what a provision means ------------------------------------------------------------------------------------

#    lines                                                                  code
MEANINGS = [
    ("if resident",                                                         None),
    ("if resident\nunless resident",                                        "LAW050"),
    ("if grade is mate\nand grade is deckhand",                             "LAW050"),
    ("if aged under 18\nand aged 18 or over",                               "LAW050"),
    ("if aged under 18\nand aged 18 or over on oath",                       None),
    ("from 2024-01-01\nif day asked before 2024-01-01\nand resident",       "LAW050"),
    ("from 2024-01-01\nif day asked before 2024-01-02\nand resident",       None),
    ("if gone\nand entered KZ",                                             None),
    ("if any of\n    grade is mate\n    grade is not mate",                 "LAW051"),
    ("from 2024-01-01\nif day asked from 2023-01-01",                       "LAW051"),
    ("from 2024-01-01\nif day asked from 2024-01-02\nunless resident",      None),
    ("concerns resident\nif any of\n    grade is mate\n    grade is not mate", None),
    ("explains",                                                            None),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "code"), MEANINGS)
def test_what_never_holds_or_always_is_found_over_everybody(lines, code):
    seen = found(provision(lines), codes={"LAW050", "LAW051"})
    assert [fault.code for fault in seen] == ([code] if code else [])


def test_a_provision_that_rests_on_one_that_never_holds_is_named_too():
    law = provision("if resident\nunless resident", "XX-2") + provision("if XX-2\nand grade is mate")
    assert {fault.message for fault in found(law, codes={"LAW050"})} == {"XX-1 can never hold", "XX-2 can never hold"}


def test_what_never_holds_is_not_asked_for_an_example_of_it():
    seen = found(provision("if resident\nunless resident"), codes={"LAW050", "LAW110", "LAW111"})
    assert [fault.code for fault in seen] == ["LAW050"]


# --- examples --------------------------------------------------------------------------------------------------

#    cases                                           codes
EXAMPLES = [
    (BOTH,                                           []),
    ("",                                             ["LAW110", "LAW111"]),
    ("resident\n    on 2024-01-01   XX-1: yes",      ["LAW111"]),
    ("no resident\n    on 2024-01-01   XX-1: no",    ["LAW110"]),
]  # fmt: skip


@pytest.mark.parametrize(("cases", "codes"), EXAMPLES)
def test_each_provision_has_a_case_that_holds_and_one_that_does_not(cases, codes):
    seen = found(provision("if resident"), cases, codes={"LAW110", "LAW111"})
    assert [fault.code for fault in seen] == codes


def test_a_row_that_only_explains_needs_no_case_unless_it_has_conditions():
    assert found(provision("explains"), codes={"LAW110", "LAW111"}) == []
    assert len(found(provision("explains\nif resident"), codes={"LAW110", "LAW111"})) == 2


#    lines                                     days asked                    what is one-sided
SIDES = [
    ("from 2024-01-01",                        ["2023-12-31", "2024-01-01"], []),
    ("from 2024-01-01",                        ["2024-01-01"],               ["2024-01-01"]),
    ("from 2024-01-01",                        ["2023-12-31"],               ["2024-01-01"]),
    ("until 2023-12-31",                       ["2023-12-31", "2024-01-01"], []),
    ("until 2023-12-31",                       ["2023-12-31"],               ["2024-01-01"]),
    ("from 2023-06-01 until 2023-12-31",       ["2023-01-01"],               ["2023-06-01", "2024-01-01"]),
    ("governed by oath\nfrom 2024-01-01",      ["2024-01-01"],               []),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "days", "changes"), SIDES)
def test_a_text_with_days_has_cases_on_both_sides(lines, days, changes):
    cases = "resident\n" + "\n".join(f"    on {day}   XX-1: unknown" for day in days)
    seen = found(provision(f"if resident\n{lines}"), cases, codes={"LAW112"})
    assert [fault.message.split()[3].rstrip(",") for fault in seen] == changes


# --- one report ------------------------------------------------------------------------------------------------


def test_a_report_is_in_the_order_of_the_pages_and_names_nothing_twice():
    law = provision("if residnt") + provision("unles resident", "XX-2") + "value age\n"
    faults = check(assembled(law)).faults
    assert list(faults) == sorted(faults, key=lambda fault: (fault.place.line, fault.place.column))
    assert len(set(faults)) == len(faults)


def test_what_rests_on_a_fault_is_not_run():
    law = provision("if here") + "term here\n    if residnt\n" + provision("if grade is mate", "XX-2")
    cases = "resident\n    on 2024-01-01   XX-1: yes;  XX-2: yes"
    codes = [fault.code for fault in found(law, cases)]
    assert codes.count("LAW104") == 1
    assert codes.count("LAW002") == 1


def test_a_provision_whose_header_is_at_fault_is_still_known_to_cases():
    law = 'XX-1 state "one"\n    if resident\n'
    assert [fault.code for fault in check(assembled(law, cases=BOTH)).faults] == ["LAW008"]
    assert declared_ids(assembled(law).pages) == {"XX-1"}


@pytest.mark.parametrize("broken", ["term here\n    if residnt", "value here\n    : maybe", "day here\n    yesterday"])
def test_all_that_names_what_is_at_fault_is_left_out(broken):
    law = (
        f"{broken}\n"
        + provision("if resident\nunless here")
        + provision("if XX-1", "XX-2")
        + provision("if resident", "XX-3")
    )
    pages = assembled(law)
    assert list(sound_part(pages.corpus, pages.pages, pages.faults).provisions) == ["XX-3"]


def test_an_exception_at_fault_leaves_out_what_it_defeats():
    law = provision("if resident") + f'exception to XX-1: "x" {SOURCE}\n    if residnt\n'
    pages = assembled(law)
    assert sound_part(pages.corpus, pages.pages, pages.faults).provisions == {}


def test_pages_without_faults_are_used_whole():
    pages = assembled(provision("if resident"))
    assert sound_part(pages.corpus, pages.pages, ()) is pages.corpus


def test_a_fact_that_closes_what_is_not_there_is_found():
    law = provision("if resident", "XX-2")
    assert [fault.message for fault in found(law, codes={"LAW007"})] == ['"favours" closes XX-1, which is no provision']
    assert found(provision("if resident", "YY-2"), codes={"LAW007"}) == []


# --- what rests on what ----------------------------------------------------------------------------------------

NET = (
    provision("if XX-2\nand here", "XX-1") + provision("if resident", "XX-2") + provision("if grade is mate", "XX-3")
    + "term here\n    if XX-3\n" + provision("if resident\nbeside XX-2\ndated 2024-01-01", "XX-4", "practice")
    + provision("if resident", "XX-5")
)  # fmt: skip


def test_links_name_conditions_terms_and_notes_beside():
    edges = links(assembled(NET).corpus)
    assert edges["XX-1"] == {"XX-2", "here"}
    assert edges["here"] == {"XX-3"}
    assert edges["XX-2"] == {"XX-4"}
    assert reach(edges, {"XX-1"}) == {"XX-1", "XX-2", "XX-3", "XX-4", "here"}


def test_an_excerpt_holds_what_is_needed_and_has_a_digest_of_its_own():
    corpus = assembled(NET).corpus
    part = excerpt(corpus, {"XX-1"})
    assert (sorted(part.provisions), sorted(part.terms)) == (["XX-1", "XX-2", "XX-3", "XX-4"], ["here"])
    assert len({corpus.digest, part.digest, excerpt(corpus, {"XX-5"}).digest}) == 3


#    edges                                        names at fault
CIRCLES = [
    ({"XX-1": "XX-2", "XX-2": "XX-3"},            {"XX-1", "XX-2"} - {"XX-1", "XX-2"}),
    ({"XX-1": "XX-1"},                            {"XX-1"}),
    ({"XX-1": "XX-2", "XX-2": "XX-1"},            {"XX-1"}),
    ({"XX-1": "XX-2", "XX-2": "XX-3", "XX-3": "XX-2"}, {"XX-2"}),
    ({"XX-1": "XX-1", "XX-2": "XX-2"},            {"XX-1", "XX-2"}),
]  # fmt: skip


@pytest.mark.parametrize(("edges", "names"), CIRCLES)
def test_a_circle_is_named_once(edges, names):
    ends = set(edges.values()) - set(edges)
    law = "".join(provision(f"if {other}", name) for name, other in edges.items())
    law += "".join(provision("if resident", name) for name in ends)
    seen = [fault for fault in assembled(law).faults if fault.code == "LAW023"]
    assert {fault.message.split('"')[1] for fault in seen} == names


def test_a_chain_that_nobody_can_follow_is_refused():
    law = "".join(provision(f"if XX-{number + 1}", f"XX-{number}") for number in range(1, 70)) + provision(
        "if resident", "XX-70"
    )
    seen = [fault for fault in assembled(law).faults if fault.code == "LAW023"]
    assert {fault.message for fault in seen} == {
        f'"XX-{number}" rests on a chain of more than 64 others' for number in range(1, 6)
    }
    assert circles({}, {}) == {}
