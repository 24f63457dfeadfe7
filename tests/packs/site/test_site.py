"""The site of the law: every link leads somewhere, nothing comes from elsewhere, what stands in it is computed."""

import re
from html.parser import HTMLParser
from posixpath import dirname, join, normpath

import pytest
from click.testing import CliRunner

from safeconduct.cli import main
from safeconduct.packs.answers import answers_in
from safeconduct.packs.assembly import Assembled, assemble
from safeconduct.packs.cases import run
from safeconduct.packs.checking import cases_of
from safeconduct.packs.site.markup import Markup, joined, tag
from safeconduct.packs.site.site import site
from safeconduct.packs.store import packaged_pages

FRONT = """---
act: "act"
title: "{title}"
reviewed until: "2024-01-01"
status: "draft, read by no lawyer"
---
# {title}
"""
FACTS = """
```sources
S1 https://example.org/act "the act"
```
```facts
fact resident yes/no    ask "Do you live <here>?"
fact adult    yes/no    ask "Are you grown up?"
event called  ask "Were you called?"
```
"""
LAW = """
Whoever lives here <script>alert(1)</script> is *called*.

| a | table |
|---|---|
| of | words |

```law
term local
    if resident

XX-1 liability "called & <b>up</b>" source art. 1 [S1] confidence A
    from 2022-03-01 until 2024-12-31
    if local
    unless adult
    says "You can be called."
    caution XX-2 "Another source says 7 days."

XX-2 deadline "complain" source art. 2 background
    if XX-1
    within 10 days after called, counting from the next day, calendar days, rolls not
    missed means "the right is lost"
```

```cases
resident, no adult
    on 2023-05-01   XX-1: yes, says "7 days"
    with adult, on 2023-05-01   XX-1: no
    with called on 2023-05-01, on 2023-05-03   XX-2: yes, state running
    on 2023-05-01   XX-1: no
```
"""
ANSWER = """
You are called while you live here [XX-1]; complain soon [XX-2].

```cases
resident, no adult, called on 2023-05-01
    on 2023-05-03   XX-1: yes;  XX-2: yes
```
"""


def small(answer: str = ANSWER) -> Assembled:
    """A vocabulary, a page of law with a case that fails, and a question."""
    pages = {
        "xx/facts.md": FRONT.format(title="Facts") + FACTS,
        "xx/law/1.md": FRONT.format(title="Who is <called>") + LAW,
        "answers/calls/when.md": FRONT.format(title="When am I called?") + answer,
    }
    assembled = assemble({name: text.encode() for name, text in pages.items()})
    assert assembled.faults == (), "\n".join(map(str, assembled.faults))
    return assembled


def files_of(assembled: Assembled) -> dict[str, str]:
    """The files of its site."""
    results = run(assembled.corpus, cases_of(assembled)[0])[0]
    return {name: content.decode() for name, content in site(assembled, results)}


class Links(HTMLParser):
    """Where a page leads and loads from, its anchors and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.to: list[str] = []
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.tags: set[str] = set()
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element points to."""
        found = dict(attrs)
        self.tags.add(tag)
        assert not [name for name in found if name.startswith("on") or name == "style"]
        if "id" in found:
            self.ids.append(str(found["id"]))
        if "href" in found:
            (self.to if tag == "a" else self.loads).append(str(found["href"]))
        self.loads += [str(found["src"])] if "src" in found else []

    def handle_data(self, data: str) -> None:
        """Note the text."""
        self.text += data


def broken(files: dict[str, str]) -> list[str]:
    """Links to what is not there, or to elsewhere."""
    read = {name: Links(text) for name, text in files.items() if name.endswith(".html")}
    found = []
    for name, one in read.items():
        for target in (*one.to, *one.loads):
            path, _, anchor = target.partition("#")
            whole = normpath(join(dirname(name), path)) if path else name
            if whole not in files or (anchor and anchor not in read[whole].ids):
                found.append(f"{name}: {target}")
    return found


def test_every_link_of_a_site_leads_to_a_page_of_it() -> None:
    assert broken(files_of(small())) == []


def test_a_broken_link_would_be_seen() -> None:
    files = files_of(small())
    del files["facts.html"]
    assert "index.html: facts.html" in broken(files)


def test_the_site_of_the_real_law_is_whole_and_loads_nothing_from_elsewhere() -> None:
    assembled = assemble(packaged_pages())
    files = {name: content.decode() for name, content in site(assembled, [])}
    assert broken(files) == []
    shown = {name: Links(text) for name, text in files.items() if name.endswith(".html")}
    assert not {"script", "iframe", "img", "form"} & {tag for one in shown.values() for tag in one.tags}
    anchors = [anchor for name, one in shown.items() if name.startswith("law/") for anchor in one.ids]
    assert set(assembled.corpus.provisions) <= set(anchors)
    assert all(len(one.ids) == len(set(one.ids)) for one in shown.values())
    assert {
        f"sheets/{name.removesuffix('.md')}.html" for name in assembled.pages if not name.startswith("answers/")
    } <= set(files)


def test_a_page_of_law_shows_words_code_days_seat_and_cases() -> None:
    files = files_of(small())
    page = Links(files["law/xx/law/1.html"])
    for text in (
        "called & <b>up</b>",
        "from 2022-03-01 until 2024-12-31",
        "if local",
        "In force from 2022-03-01, until 2024-12-31, that day included",
        "act art. 1",
        "confidence A",
        "https://example.org/act",
        "background knowledge, unverified",
        "Caution (XX-2): Another source says 7 days.",
        "Cases: 3 of 4 hold",
        "Cases on this page: 2 of 3 hold.",
        "draft, read by no lawyer",
    ):
        assert text in page.text
    assert "<table>" in files["law/xx/law/1.html"]
    assert "fails" in page.text
    assert "https://example.org/act" not in page.to


def test_nothing_of_a_page_becomes_a_tag() -> None:
    for text in files_of(small()).values():
        assert "<script" not in text
        assert "<b>up" not in text


def test_a_fact_names_the_findings_that_rest_on_it() -> None:
    page = files_of(small())["facts.html"]
    resident = page[page.index('id="resident"') : page.index('id="adult"')]
    assert re.findall(r"#(XX-\d)", resident) == ["XX-1", "XX-2"]
    assert "Do you live &lt;here&gt;?" in resident
    called = page[page.index('id="called"') :]
    assert re.findall(r"#(XX-\d)", called) == ["XX-2"]


def test_a_review_sheet_has_every_line_with_its_seat_and_boxes() -> None:
    sheet = Links(files_of(small())["sheets/xx/law/1.html"]).text
    for text in ("if local", "unless adult", "within 10 days after called", "act art. 1 [S1], A", "Signature"):
        assert text in sheet
    assert (
        sheet.count("agreed")
        == sheet.count("otherwise")
        == len(("force", "if", "unless", "caution", "force", "if", "within"))
    )


def test_an_answer_is_computed_and_names_what_it_rests_on() -> None:
    assembled = small()
    page = Links(files_of(assembled)["questions/calls/when.html"])
    assert "You are called while you live here [XX-1]" in page.text
    assert "XX-1 called & <b>up</b>: holds. You can be called." in page.text
    assert "XX-2 complain: running." in page.text
    assert "Last day to act: 2023-05-11." in page.text
    assert "The law was checked up to 2024-01-01" in page.text
    assert "../../law/xx/law/1.html#XX-1" in page.to
    (one,) = answers_in(assembled.pages)
    assert (one.name, one.theme, one.question) == ("when", "calls", "When am I called?")


def test_the_questions_are_listed_by_theme() -> None:
    page = Links(files_of(small())["questions/index.html"])
    assert "Calls" in page.text
    assert "calls/when.html" in [one.removeprefix("../questions/") for one in page.to]


#    child                          as HTML
MARKUP = [
    ("a < b & c", "a &lt; b &amp; c"),
    (Markup("<i>"), "<i>"),
    (["a", None, [Markup("<br>"), "<"]], "a<br>&lt;"),
    (tag("a", "x", href='"><script>'), '<a href="&quot;&gt;&lt;script&gt;">x</a>'),
    (tag("meta", name="n", content=None), '<meta name="n">'),
]


@pytest.mark.parametrize(("child", "html"), MARKUP)
def test_text_is_escaped_where_it_enters(child: object, html: str) -> None:
    assert joined(child) == html  # type: ignore[arg-type] # a table of every kind of child


def test_the_command_makes_the_site_and_overwrites_nothing(tmp_path) -> None:
    pages = tmp_path / "pages" / "xx"
    pages.mkdir(parents=True)
    (pages / "facts.md").write_text(FRONT.format(title="Facts") + FACTS)
    (pages / "law.md").write_text(FRONT.format(title="Law") + LAW)
    made = tmp_path / "made"
    done = CliRunner().invoke(main, ["law", "export", "--html", str(made), "--folder", str(tmp_path / "pages")])
    assert done.exit_code == 0, done.output
    assert (made / "index.html").is_file()
    assert (made / "law" / "xx" / "law.html").is_file()
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".")]
    again = CliRunner().invoke(main, ["law", "export", "--html", str(made), "--folder", str(tmp_path / "pages")])
    assert again.exit_code == 2
    assert "SITE01" in again.output
    assert str(tmp_path) not in again.output
