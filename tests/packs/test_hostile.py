"""A pack from a stranger: deep, huge and strange pages give faults; nothing crashes, hangs or runs."""

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.packs.assembly import assemble
from safeconduct.packs.checking import check
from tests.packs.writing import FACTS, FRONT, page

SOURCE = "source art. 1 [X1] confidence A"
HEAD = f'XX-1 status "one" {SOURCE}\n'
SECONDS = 20  # far more than any of these needs on a busy machine, far less than what runs away


def faults(content):
    began = time.monotonic()
    found = check(assemble({"xx/page.md": content if isinstance(content, bytes) else content.encode()})).faults
    assert time.monotonic() - began < SECONDS
    return {fault.code for fault in found}


#    name                     page
PAGES = {
    "deep quotes":            FRONT + ">" * 20_000 + " x",
    "deep lists":             FRONT + "".join(" " * depth + "- x\n" for depth in range(500)),
    "stars":                  FRONT + "*a _" * 20_000,
    "brackets":               FRONT + "[" * 20_000,
    "links":                  FRONT + "[a](" * 10_000,
    "ticks":                  FRONT + "".join("`" * count for count in range(500)),
    "html":                   FRONT + "<script>import os</script>\n<!--" * 2_000,
    "entities":               FRONT + "&#0;&#x110000;&amp" * 5_000,
    "fences":                 FRONT + "```law\n```\n" * 5_000,
    "headings":               FRONT + "# x\n" * 20_000,
    "a long paragraph":       FRONT + "word " * 150_000,
    "empty lines":            FRONT + "\n" * 500_000,
    "spaces in a line":       FRONT + FACTS + f"\n```law\n{HEAD}    if resident source" + " " * 900 + "!\n```\n",
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_is_hard_to_read_is_read_in_time(name):
    assert faults(PAGES[name]) <= {"LAW012", "LAW013", "LAW030", "LAW110", "LAW111"}


def nested(depth):
    lines = [HEAD + "    if any of"] + ["    " * (level + 2) + "any of" for level in range(depth)]
    return "\n".join(lines) + "\n" + "    " * (depth + 2) + "resident"


@pytest.mark.parametrize("depth", [6, 7, 8, 50, 200])
def test_lists_nest_eight_deep_and_no_deeper(depth):
    assert ("LAW014" in faults(page(nested(depth)))) == (depth > 6)


#    law
LONG = {
    "a thousand conditions": HEAD + "    if resident\n" * 1_000,
    "hundreds of exceptions": HEAD
    + "    if resident\n"
    + "".join(f'exception to XX-1: "e{n}" {SOURCE}\n    if grade is mate\n' for n in range(300)),
    "a thousand provisions": "".join(f'XX-{n} status "p" {SOURCE}\n    if resident\n' for n in range(1_000)),
    "a long chain": "".join(f'XX-{n} status "p" {SOURCE}\n    if XX-{n + 1}\n' for n in range(2_000))
    + f'XX-2000 status "p" {SOURCE}\n    if resident\n',
    "a large circle": "".join(f'XX-{n} status "p" {SOURCE}\n    if XX-{(n + 1) % 2_000}\n' for n in range(2_000)),
    "an age of many rows": HEAD
    + "    if aged age to under age\nvalue age\n"
    + "".join(f"    from {1900 + n}-01-01 until {1900 + n}-12-31: {n} years {SOURCE}\n" for n in range(60)),
    "huge numbers":          HEAD + "    if crew at least " + "9" * 900,
    "a huge period": HEAD
    + "    if day asked after 999999 years after oath\n    if day asked before 999999 days before oath",
    "a list of candidates":  HEAD + "    if day asked after first of " + ", ".join(["oath"] * 80),
    "nested first":          HEAD + "    if day asked after " + "first of last of " * 40 + "oath",
    "nots":                  HEAD + "    if " + "not " * 200 + "resident",
}  # fmt: skip


@pytest.mark.parametrize("name", LONG)
def test_law_without_end_is_checked_in_time(name):
    faults(page(LONG[name]))


STRANGE = [
    "{0.__class__.__mro__}", "%s%n%x", "${HOME}", "$(touch /tmp/ran)", "`touch /tmp/ran`", "{{7*7}}",
     "__import__('os')",
    "\u202egnp.exe", "\u0000", "\x1b]0;owned\x07", "а" * 50, "ﬀ", "１２", "٣", "é", "e\u0301", "\ud7ff", "\U0010ffff",
     "\ufeff", "\u2028", "\x85", "\x0c",
    "!!python/object/apply:os.system ['true']", "&a [*a]", "<<: *x", "../../etc/passwd", "\\", "'", '"', '"""', "#",
     "```", "---", "| | |",
]  # fmt: skip


@pytest.mark.parametrize("text", STRANGE)
@pytest.mark.parametrize(
    "where",
    [
        HEAD + "    if {}", HEAD + '    says "{}"', "{}", "value {}\n    : 3 years",
        HEAD.replace("art. 1", "{}") + "    if resident",
        HEAD.replace('"one"', '"{}"') + "    if resident", "term {}\n    if resident",
    ],
)  # fmt: skip
def test_strange_words_in_law_are_faults_or_words_and_nothing_else(text, where):
    found = check(assemble({"xx/page.md": page(where.replace("{}", text))}))
    shown = "".join(str(fault) for fault in (*found.faults, *found.warnings))
    assert all(sign.isprintable() or sign == "\n" for sign in shown)


@pytest.mark.parametrize("text", STRANGE)
def test_strange_words_in_cases_sources_facts_and_front_matter_are_faults_or_words(text):
    law = HEAD + "    if resident"
    cases = f"resident, port {text}\n    on 2024-01-01   XX-1: yes\n{text}\n    {text}\n    on {text}   {text}"
    faults(page(law, cases=cases))
    faults(
        page(
            law,
            facts=FACTS
            + f'```sources\nX9 https://example.org/{text} "{text}"\n{text}\n```\n'
            + f'```facts\nfact {text} yes/no ask "{text}"\n{text}\n```\n',
        )
    )
    faults(
        f'---\ntitle: "{text}"\nconcerns: "{text}"\nreviewed until: "{text}"\n{text}\n---\n'.encode("utf-8", "replace")
    )


@settings(max_examples=60)
@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["law", "facts", "sources", "cases"]))
def test_any_two_lines_of_any_block_give_faults_and_no_crash(first, second, kind):
    content = f"{FRONT}{FACTS}\n```law\n{HEAD}    if resident\n```\n```{kind}\n{first}\n    {second}\n```\n"
    faults(content.encode("utf-8", "replace"))


WORDS = [
    "if", "unless", "not", "any of", "all of", "resident", "grade", "is", "mate", "or", "entered", "KZ", "by",
     "2024-01-01", "day asked",
    "first of", "last of", "after", "before", "within", "5", "days", "months", "oath", ",", "aged", "to", "under",
     "at least", "with", "wards",
    "told", "gone", "away", "concerns", "about", "governed by", "from", "until", ":", "source art. 1 [X1]", '"x"',
     "penalty", "stay in", "XX-1",
    "last lawful day in", "counting from the next day", "calendar days", "rolls not", "born", "at most", "more than",
     "followed by", "years",
]  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9), min_size=1, max_size=4))
def test_any_words_of_the_language_in_any_order_give_faults_or_law(lines):
    text = HEAD + "".join("    " + " ".join(line) + "\n" for line in lines)
    faults(page(text))


def test_reading_pages_starts_no_process_and_opens_no_file_or_socket():
    # Read once before listening: modules and grammars are loaded from the package then.
    script = (
        "import sys\nfrom safeconduct.packs.assembly import assemble\nfrom safeconduct.packs.checking import check\n"
        "from tests.packs.writing import page\n"
        f"text = page({HEAD + '    if resident'!r}, cases='resident, port $(id)\\n    on 2024-01-01   XX-1: yes')\n"
        "check(assemble({'xx/page.md': text}))\n"
        "seen = []\nsys.addaudithook(lambda name, _: seen.append(name))\n"
        "check(assemble({'xx/page.md': text}))\n"
        "bad = {'os.system', 'subprocess.Popen', 'socket.connect', 'exec', 'compile', 'open', 'os.remove', 'import'}\n"
        "print(sorted(bad & set(seen)))"
    )
    done = subprocess.run((sys.executable, "-c", script), check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
