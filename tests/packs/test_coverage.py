"""What became of each row of the dossiers, on small pages, and that no row of the real ones is forgotten unseen."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from safeconduct.cli import main
from safeconduct.packs.assembly import Assembled, assemble
from safeconduct.packs.coverage import Coverage, Covered, Treatment, coverage, is_enough, rows_of
from safeconduct.packs.store import packaged_pages

FRONT = '---\nact: "act"\ntitle: "t"\nreviewed until: "2024-01-01"\nstatus: "draft, read by no lawyer"\n---\n# t\n'
PAGES = {
    "vocabulary/facts.md": """
```facts
fact resident yes/no    ask "Do you live here?"
fact adult    yes/no    ask "Are you grown up?"
event called  ask "Were you called?"
```
""",
    "vocabulary/dossiers.md": """
| dossier | row | heading |
|---|---|---|
""",
    "xx/1.md": """
```facts
fact reason yes/no, for a lawyer    ask "Is the reason valid?"
```
```law
XX-X1 conflict "Who is meant?"
    reading "all" source art. 9 background
    reading "some" safer source art. 9 background

XX-7 untranslatable "a valid reason" source art. 7 background
    asks reason

term local
    if resident
    if adult

XX-1 status "a rule" source art. 1 background
    if local
    reading 1 of XX-X1
    reading 2 of XX-X1

XX-2 status "rests on a lawyer" source art. 2 background
    concerns resident
    if reason

XX-3 status "half a lawyer's" source art. 3 background
    if reason
    if called

XX-4 practice "a warning" source art. 4 background
    dated 2023-01-01

XX-5 practice "Figures: how many" source art. 5 background
    dated 2023-01-01

XX-6 status "what the words mean" source art. 6 background
    explains
    if called

XX-9 status "with a caution" source art. 9 background
    if adult
    caution XX-X2 "Another source says so."
```

```cases
# K1
resident, adult
    on 2023-05-01   XX-1: yes
```
""",
    "xx/left-out.md": """
| what | why |
|---|---|
| XX-10, XX-11 | not law |
| XX-12 | |
""",
    "xx/conflicts.md": """
| what | which |
|---|---|
| XX-X3 | the first |
""",
    "xx/other.md": """
| XX-99 | a table that is about something else |
""",
}
"""Each treatment once."""

#    row      treatment                 page               reason
CASES = [
    ("XX-1", Treatment.RULE, "xx/1.md", ""),
    ("XX-2", Treatment.UNTRANSLATABLE, "xx/1.md", "a valid reason"),
    ("XX-3", Treatment.RULE, "xx/1.md", ""),
    ("XX-4", Treatment.PRACTICE, "xx/1.md", ""),
    ("XX-5", Treatment.FIGURE, "xx/1.md", ""),
    ("XX-6", Treatment.NOTE, "xx/1.md", ""),
    ("XX-7", Treatment.UNTRANSLATABLE, "xx/1.md", "a valid reason"),
    ("XX-9", Treatment.RULE, "xx/1.md", ""),
    ("XX-X1", Treatment.READING, "xx/1.md", ""),
    ("XX-X2", Treatment.READING, "xx/1.md", ""),
    ("XX-X3", Treatment.READING, "xx/conflicts.md", ""),
    ("XX-10", Treatment.LEFT_OUT, "xx/left-out.md", "not law"),
    ("XX-11", Treatment.LEFT_OUT, "xx/left-out.md", "not law"),
    ("XX-12", Treatment.LEFT_OUT, "xx/left-out.md", ""),
    ("XX-99", Treatment.MISSING, "", ""),
    ("K1", Treatment.CASES, "xx/1.md", ""),
    ("K2", Treatment.MISSING, "", ""),
]


def pages(*rows: str) -> Assembled:
    """The pages, with these rows in the page of rows."""
    texts = {name: FRONT + text for name, text in PAGES.items()}
    texts["vocabulary/dossiers.md"] += "".join(f"| xx | {row} | 1. Heading |\n" for row in rows)
    assembled = assemble({name: text.encode() for name, text in texts.items()})
    assert assembled.faults == (), "\n".join(map(str, assembled.faults))
    return assembled


@pytest.mark.parametrize(("row", "treatment", "page", "reason"), CASES)
def test_each_row_is_accounted_for(row: str, treatment: Treatment, page: str, reason: str) -> None:
    (found,) = coverage(pages(row)).rows
    expected = Covered(id=row, dossier="xx", heading="1. Heading", treatment=treatment, page=page, reason=reason)
    assert found == expected


def test_the_facts_are_counted() -> None:
    found = coverage(pages("XX-1"))
    assert found.facts == len(("resident", "adult", "reason"))
    assert found.used_once == ()  # resident: XX-1 and whom XX-2 concerns; adult: XX-1 and XX-9; reason: XX-2, XX-3
    assert found.mean_questions == pytest.approx((2 + 2 + 2 + 1) / 4)


#    rows                                          enough
ENOUGH = [
    (("XX-1", "XX-4", "XX-10"), True),
    (("XX-1", "XX-99"), False),   # missing
    (("XX-1", "XX-12"), False),   # left out without a reason
    (("XX-1", "XX-2"), False),    # half of the rules rest on a lawyer
    ((), False),                  # no rows: the page of rows is not there
]  # fmt: skip


@pytest.mark.parametrize(("rows", "enough"), ENOUGH)
def test_what_is_enough(rows: tuple[str, ...], enough: bool) -> None:  # noqa: FBT001 -- a column of the table
    assert is_enough(coverage(pages(*rows))) is enough


def share_of(rules: int, asked: int) -> Coverage:
    row = Covered(id="XX-1", dossier="xx", heading="h", treatment=Treatment.RULE, page="p", reason="")
    other = replace(row, treatment=Treatment.UNTRANSLATABLE, reason="why")
    return Coverage(rows=(row,) * rules + (other,) * asked, facts=1, used_once=(), mean_questions=1.0)


@pytest.mark.parametrize(("rules", "asked", "enough"), [(85, 15, True), (84, 16, False)])
def test_at_most_fifteen_in_a_hundred_rules_rest_on_a_lawyer(rules: int, asked: int, enough: bool) -> None:  # noqa: FBT001
    assert is_enough(share_of(rules, asked)) is enough


def test_the_page_of_rows_lists_every_row_of_the_dossiers() -> None:
    extract = json.loads((Path(__file__).parents[1] / "laws" / "dossier.json").read_text(encoding="utf-8"))
    listed = [(dossier, name) for dossier, name, _ in rows_of(assemble(packaged_pages()))]
    assert sorted(listed) == sorted((dossier, name) for dossier in extract for name in extract[dossier]["rows"])


def test_the_command_says_the_same_in_words_and_as_values() -> None:
    run = CliRunner()
    values = json.loads(run.invoke(main, ["law", "coverage", "--format", "json"]).stdout)
    text = run.invoke(main, ["law", "coverage"])
    missing = values["counts"]["missing"]
    assert text.exit_code == (1 if missing or values["untranslatable_share"] > 0.15 else 0)
    assert sum(values["counts"].values()) == len(values["rows"]) > 400
    for row in values["rows"]:
        assert f"{row['id']} " in text.stdout
    assert f"{values['facts']} facts are used" in " ".join(text.stdout.split())
