"""Small pages: a vocabulary that is always the same, and the lines that a test is about."""

from safeconduct.packs.assembly import Assembled, assemble
from safeconduct.rules.tree import Condition, Provision

FRONT = """---
act: "xx/act"
title: "A page"
reviewed until: "2026-01-01"
status: "invented"
---
"""
FACTS = """
```sources
X1 https://example.org/one
X1 https://example.org/two "a copy"
X2 none "lost"
```
```facts
fact birth_date date or range
fact resident yes/no, may change
fact grade one of deckhand, mate, master
fact area one of north, south, may be absent
fact port any code, may change
fact flags list of any code
fact papers list of logbook, passbook
fact crew number, may be absent
fact oath date
fact student record of level one of basic, higher; school any code; since date; able yes/no; count number, may be absent
fact wards records of birth_date date; supported yes/no; bond one of child, sibling
fact bells records of tone one of high, low
fact favours may be none only, closes XX-1
fact cause yes/no, may change, for a lawyer
event summons kind one of call, data; placed date; come_by date; by one of post, hand
event entered key country; country any code; by one of air, land; attempted yes/no    again after left_country
event left_country key country; country any code
event gone permission yes/no; away length; back_by date
event handed from any code; to any code
```
"""


def page(law: str, *, facts: str = FACTS, front: str = FRONT, cases: str = "") -> bytes:
    """A page with a block of law and perhaps one of cases."""
    blocks = f"\n```law\n{law}\n```\n" + (f"\n```cases\n{cases}\n```\n" if cases else "")
    return f"{front}{facts}{blocks}".encode()


def assembled(law: str, **parts: str) -> Assembled:
    return assemble({"xx/page.md": page(law, **parts)})


def faults(law: str, **parts: str) -> list[tuple[str, str]]:
    """Code and message of everything that is wrong."""
    return [(fault.code, fault.message) for fault in assembled(law, **parts).faults]


def provision(lines: str, *, kind: str = "status", before: str = "") -> Provision:
    """The provision XX-1 with these lines; it must have no fault."""
    indented = "\n".join(f"    {line}" for line in lines.splitlines())
    found = assembled(f'{before}\nXX-1 {kind} "one" source art. 1 [X1] confidence A\n{indented}')
    assert [str(fault) for fault in found.faults] == []
    return found.corpus.provisions["XX-1"]


def condition(text: str, *, before: str = "", about: str = "") -> Condition:
    """What the line `if ...` of a provision means."""
    lines = f"about {about}\nif {text}" if about else f"if {text}"
    return provision(lines, before=before).clauses[0].condition


def refused(line: str, *, before: str = "", about: str = "", kind: str = "status") -> tuple[str, str]:
    """Code and message of the one fault of a line."""
    lines = f"    about {about}\n    {line}" if about else f"    {line}"
    found = faults(f'{before}\nXX-1 {kind} "one" source art. 1 [X1] confidence A\n{lines}')
    assert len(found) == 1, found
    return found[0]
