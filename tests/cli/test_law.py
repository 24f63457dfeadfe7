"""`safeconduct law list | show | check`: what is printed, for people and for programs, and the exit codes."""

import json

import pytest
from click.testing import CliRunner

from safeconduct.cli import main
from safeconduct.cli.article_text import in_force
from safeconduct.rules.tree import Span
from tests.packs.writing import page

LAW = """XX-1 liability "called" source art. 1 [X1] confidence A
    from 2024-01-01 until 2025-06-30
    if resident
    unless any of source art. 2 [X2] confidence B
        grade is mate
        XX-2
    caution XX-2 "Take care."
    in practice "Nobody is called." until 2024-06-30
    penalty "a fine"
    says "You can be called."
exception to XX-1: "mates" holds source art. 3 background
    if grade is master
XX-2 status "kept" source art. 4 [X1] confidence A
    if oath by 2020-01-01
XX-3 deadline "answer" source art. 5 [X1] confidence A
    within 5 days after oath, counting from the next day, calendar days, rolls not
    met by gone
    tells "Ask first."
    late "It is heard."
    missed means XX-1
XX-4 practice "seen" source note [X2] confidence B
    beside XX-1
    dated 2024-03-01
    if resident
XX-5 right "stay" source art. 6 [X1] confidence A
    if resident
    stay in KZ, at most 90 days in each 180 days, models L, F
XX-6 liability "one of two" source art. 7 [X1] confidence A
    group of XX-1, XX-2
XX-7 exposure "a crime" source art. 8 [X1] confidence A
    governed by day asked
    if gone
    penalty imprisonment 2 years to 5 years"""
CASES = """let man: resident, oath 2021-01-01, gone on 2023, complete gone, grade deckhand
man
    on 2023-12-31   XX-1: no
    on 2024-01-01   XX-1: yes, says "You can be called.";  XX-2: no;  XX-4: yes;  XX-5: yes;  XX-6: yes;  XX-7: yes
    on 2025-07-01   XX-1: no
    with oath 2020-01-01, on 2024-01-01   XX-1: no;  XX-2: yes
    with oath 2023-12-31, without gone, never gone, on 2024-01-01   XX-3: yes
    without gone, never gone, on 2024-01-01   XX-7: no;  XX-3: no, state missed
    with no resident, on 2024-01-01   XX-4: no;  XX-5: no
    with no resident, on 2023-01-01   XX-6: no"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "page.md").write_bytes(page(LAW, cases=CASES))
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(main, ["law", *map(str, arguments)])


def broken(folder, text="XX-8 state"):
    (folder / "xx" / "page.md").write_bytes(page(f'{text} "x"', cases=""))


# --- check -----------------------------------------------------------------------------------------------------


def test_good_pages_end_with_nought_and_a_count(folder):
    done = run("check", "--folder", folder)
    assert done.exit_code == 0, done.output
    assert "0 faults" in done.output
    assert "8 cases" in done.output


def test_faults_are_printed_with_place_code_and_remedy_and_end_with_one(folder):
    broken(folder)
    done = run("check", "--folder", folder)
    assert done.exit_code == 1
    assert 'xx/page.md:36:6: "state" is not a kind [LAW008]\n  to fix: write one of status' in done.output
    assert str(folder) not in done.output


def test_faults_for_programs(folder):
    broken(folder)
    done = run("check", "--folder", folder, "--format", "json")
    (fault,) = json.loads(done.output)["faults"]
    assert (fault["code"], fault["page"], fault["line"], fault["column"]) == ("LAW008", "xx/page.md", 36, 6)
    assert set(fault) == {"code", "page", "line", "column", "message", "hint"}
    assert done.exit_code == 1


def test_many_warnings_are_cut_for_people_and_whole_for_programs(folder):
    terms = "".join(f"term t{number}\n    if resident\n" for number in range(30))
    (folder / "xx" / "page.md").write_bytes(page(f"{LAW}\n{terms}", cases=CASES))
    text = run("check", "--folder", folder).output
    assert text.count("warning: ") == 20
    assert "more warnings; --format json shows all" in text
    assert len(json.loads(run("check", "--folder", folder, "--format", "json").output)["warnings"]) >= 30


def test_mutants_that_survive_are_listed_with_their_line_and_end_with_one(folder):
    done = run("check", "--mutate", "--folder", folder)
    assert done.exit_code == 1
    assert "xx/page.md" in done.output
    assert "and no case notices" in done.output
    assert "of all slips are noticed: too few: 95% are needed" in done.output


def test_enough_noticed_ends_with_nought(folder):
    law = 'XX-1 status "here" source art. 1 [X1] confidence A\n    if resident'
    cases = "resident\n    on 2024-01-01   XX-1: yes\nno resident\n    on 2024-01-01   XX-1: no"
    (folder / "xx" / "page.md").write_bytes(page(law, cases=cases))
    done = run("check", "--mutate", "--folder", folder)
    assert (done.exit_code, "100.0% of all slips are noticed: enough" in done.output) == (0, True), done.output
    found = json.loads(run("check", "--mutate", "--folder", folder, "--format", "json").output)["mutants"]
    assert [(one["page"], one["survivors"]) for one in found] == [("xx/page.md", [])]


def test_only_the_pages_that_are_named_are_changed(folder):
    (folder / "xx" / "other.md").write_bytes(b'---\ntitle: "other"\n---\n')
    done = run("check", "--mutate", "--page", "xx/other", "--folder", folder)
    assert done.exit_code == 0
    assert "xx/page.md:" not in done.output.split("provisions that")[1]


def test_pages_with_faults_are_not_changed(folder):
    broken(folder)
    done = run("check", "--mutate", "--folder", folder)
    assert "The law was not changed: first mend the faults above." in done.output
    assert done.exit_code == 1


# --- list ------------------------------------------------------------------------------------------------------


def test_the_list_goes_page_by_page(folder):
    done = run("list", "--folder", folder)
    assert done.exit_code == 0
    assert "xx/page.md\n----------" in done.output
    assert "XX-1 Called (liability)" in " ".join(done.output.split())
    assert "7 provisions, drafts that no lawyer has read." in done.output


def test_the_list_for_programs_has_days_and_the_digest(folder):
    found = json.loads(run("list", "--folder", folder, "--format", "json").output)
    first = found["provisions"][0]
    assert (first["id"], first["from"], first["until"], first["confidence"]) == (
        "XX-1",
        "2024-01-01",
        "2025-06-30",
        "A",
    )
    assert len(found["corpus"]) == 64
    assert found["reviewed_until"] == {"xx": "2026-01-01"}


def test_the_list_of_faulty_pages_is_refused_with_all_faults(folder):
    broken(folder)
    done = run("list", "--folder", folder)
    assert done.exit_code == 2
    assert "LAW008" in done.output


def test_the_packaged_list_leaves_the_invented_country_out(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    done = run("list")
    assert done.exit_code == 0
    assert "RU-CON-01" in done.output
    assert "XX-" not in done.output


# --- show ------------------------------------------------------------------------------------------------------


def test_an_article_shows_all_that_its_page_says(folder):
    done = run("show", "XX-1", "--folder", folder)
    assert done.exit_code == 0
    for text in [
        "XX-1  called", "liability; confidence A; xx/page.md", "Status of the page: invented.",
        "To a person whom it reaches: You can be called.", "Source: xx/act art. 1, confidence A",
        "[X1] https://example.org/one", "[X1] https://example.org/two (a copy)", "[X2] lost",
        "from 2024-01-01, until 2025-06-30, that day included", "The pages know the law up to 2026-01-01.",
        "- if resident", "- unless any of grade is mate; XX-2", 'exception "mates", then it holds all the same',
        "background knowledge, unverified", "Nobody is called. (until 2024-06-30)", "XX-2: Take care.", "a fine",
        "ok   on 2024-01-01: yes", "Who refers to it", "XX-6",
    ]:  # fmt: skip
        assert text in done.output, text


#   id       what stands there
SHOWN = [
    ("XX-3",
     ["within 5 days after oath, counting from the next day", "met by gone", "Ask first.", "It is heard.",
      "missed means XX-1"]),
    ("XX-4", ["stands beside XX-1", "reported for 2024-03-01"]),
    ("XX-5", ["at most 90 days in each 180 in KZ, counted by L, F"]),
    ("XX-6", ["alternatives: XX-1, XX-2"]),
    ("XX-7", ["imprisonment of 24 to 60 months"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "texts"), SHOWN)
def test_what_comes_with_an_answer_is_shown(folder, name, texts):
    output = " ".join(run("show", name, "--folder", folder).output.split())
    assert all(text in output for text in texts)


@pytest.mark.parametrize("name", ["RU-CON-02", "KZ-ASY-2", "RU-G-ABSENCE", "KZ-STAY-2", "XX-CALL-1"])
def test_an_article_is_readable_at_eighty_columns(name):
    done = run("show", name)
    assert done.exit_code == 0
    long = [line for line in done.output.splitlines() if len(line) > 80]
    assert all("://" in line for line in long)


def test_a_case_that_fails_says_what_was_found(folder):
    (folder / "xx" / "page.md").write_bytes(page(LAW, cases=CASES.replace("XX-2: yes", "XX-2: no")))
    output = run("show", "XX-2", "--folder", folder).output
    assert "FAIL on 2024-01-01: no" in output
    assert "found yes" in output


def test_a_page_with_faults_says_so(folder):
    (folder / "xx" / "page.md").write_bytes(page(f'{LAW}\nXX-8 state "x"', cases=CASES))
    assert '"state" is not a kind [LAW008]' in run("show", "XX-1", "--folder", folder).output


def test_an_article_for_programs(folder):
    found = json.loads(run("show", "XX-1", "--folder", folder, "--format", "json").output)
    assert [clause["role"] for clause in found["clauses"]] == ["if", "unless", "exception"]
    assert found["clauses"][1]["source"]["confidence"] == "B"
    assert found["source"]["sources"][0] == {"mark": "X1", "url": "https://example.org/one", "note": ""}
    assert {case["met"] for case in found["cases"]} == {True}


@pytest.mark.parametrize(
    ("typed", "hint"), [("XX-11", "write XX-1"), ("xx-2", "write XX-2"), ("nothing", "safeconduct law list")]
)
def test_an_unknown_id_is_bad_input_and_names_the_nearest(folder, typed, hint):
    done = run("show", typed, "--folder", folder)
    assert done.exit_code == 2
    assert hint in done.output


#    days in force                                               the bar from 2022 to 2027, six signs a year
BARS = [
    (Span(),                                                     "#" * 36),
    (Span(first=None, last=None),                                "#" * 36),
]  # fmt: skip


@pytest.mark.parametrize(("span", "bar"), BARS)
def test_the_bar_shows_when_a_text_is_in_force(span, bar):
    assert [line.text for line in in_force(span)][-1].strip() == bar


def test_the_bar_begins_and_ends_with_the_text(folder):
    output = run("show", "XX-1", "--folder", folder).output
    assert "." * 12 + "#" * 9 + "." * 15 in output


@pytest.mark.parametrize("command", [[], ["list"], ["show"], ["check"]])
def test_help_has_an_example(command):
    done = CliRunner().invoke(main, ["law", *command, "--help"])
    assert done.exit_code == 0
    assert "safeconduct law" in done.output
    assert "Example" in done.output


def test_a_folder_that_is_not_there_is_bad_input(tmp_path):
    assert run("check", "--folder", tmp_path / "none").exit_code == 2
