"""Small corpora from the text of a law block, and situations from the text of a file."""

from datetime import date

from safeconduct.packs.assembly import assemble
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Answer, Finding
from safeconduct.rules.position import Assessor
from safeconduct.rules.situation import Situation
from safeconduct.rules.telling import read_situation

FACTS = """
fact birth_date   date or range                  ask "When were you born?"
fact resident     yes/no                         ask "Do you live here?"
fact in_reserve   yes/no, may change             ask "Are you in the reserve?"
fact fitness      one of A, B, V, may change     ask "Which category?"
fact aim          yes/no                         ask "Did you mean to stay away?"
fact region       any code                       ask "Which region?"
fact citizenships list of any code                ask "Which citizenships?"
fact weeks        number, may be absent          ask "How many weeks?"
fact served_on    date, may be absent            ask "When was it served?"
fact permit       record of kind one of temporary, permanent; ground any code, may be absent, may change
    ask "Have you a permit?"
fact children     records of birth_date date; dependent yes/no     ask "Which children?"
fact grounds      may be none only, closes XX-GROUND                ask "Does no ground apply?"
fact reason       yes/no, for a lawyer           ask "Is the reason valid?"
event called      precedes joined    again after released                   ask "Were you called?"
event joined      precedes left_unit    again after released                ask "Did you join?"
event left_unit   permission yes/no; absent_for length; aim yes/no    again after returned, released
    ask "Did you leave?"
event returned    ask "Did you return?"
event released    ask "Were you released?"
event summons     kind one of service, data; placed date; appear_by date    ask "Had you a summons?"
event appeared    ask "Did you appear?"
event entered     key country; country any code; means one of air, land; attempted yes/no   again after left_country
    ask "Where did you enter?"
event left_country  key country; country any code; attempted yes/no   again after entered    ask "What did you leave?"
event applied     key country; country any code    ask "Did you apply?"
event learnt      ask "When did you learn of it?"
"""

PAGE = """---
act: "xx/act"
title: "A page"
reviewed until: "2026-01-01"
status: "draft, read by no lawyer"
---
# A page

```facts
{facts}
```

```law
{law}
```
"""

SEAT = "source art. 1 background"
YES, NO, UNKNOWN, DISPUTED = "yes", "no", "unknown", "disputed"
"""The answers, as tables write them."""

STEPPED = """
value upper age
    until 2023-12-31: 27 years source
    from 2024-01-01: 30 years source
XX-1 status "called" source
    from 2022-01-02 until 2025-12-31
    if aged 18 to under upper age
    from 2024-02-01: unless resident
"""

ABSENCE = """
day end_of_absence about left_unit
    first of returned after left_unit, released after left_unit, told left_unit absent_for, day asked
XX-OLD exposure "absence, older part" source
    about left_unit
    governed by end_of_absence
    if more than 1 month from left_unit to end_of_absence
    unless aim
    displaced by XX-1 if 2022-09-24 by end_of_absence
XX-1 exposure "absence" source
    about left_unit
    governed by end_of_absence
    from 2022-09-24
    if more than 1 month from left_unit to end_of_absence
    unless aim
    penalty imprisonment 5 years to 10 years
XX-2 exposure "desertion" source
    about left_unit
    governed by end_of_absence
    if aim
    penalty imprisonment 5 years to 15 years
    penalty "a fine"
XX-GROUP exposure "either of the two" source
    group of XX-1, XX-2
"""
"""Two alternatives about leaving a unit; the older part reaches what ended before 24 September 2022."""
ALONE = "not_happened: [returned, released]"


def corpus_of(law: str, facts: str = FACTS) -> Corpus:
    """A corpus of one page; `source` at the end of a line stands for a seat."""
    text = "\n".join(line + " art. 1 background" if line.endswith(" source") else line for line in law.split("\n"))
    assembled = assemble({"xx/page.md": PAGE.format(facts=facts, law=text).encode()})
    assert assembled.faults == (), "\n".join(map(str, assembled.faults))
    return assembled.corpus


def situation_of(corpus: Corpus, text: str) -> Situation:
    """A situation from the text of a file; empty text: nothing is known."""
    return read_situation((text.strip() or "person: {}").encode(), corpus.vocabulary, form="yaml")


def finding(law: str, text: str, on: str, name: str = "XX-1") -> Finding:
    """The finding of a provision for somebody on a day."""
    corpus = corpus_of(law)
    return Assessor(corpus, situation_of(corpus, text)).finding(name, date.fromisoformat(on).toordinal())


def answer(law: str, text: str, on: str = "2024-03-01", name: str = "XX-1") -> Answer:
    """The answer of a provision for somebody on a day."""
    return finding(law, text, on, name).answer


def day(text: str) -> date:
    """A day from its ISO form."""
    return date.fromisoformat(text)


def history(*events: str, more: str = "") -> str:
    """The text of a file with these events, and more lines."""
    return f"history: [{', '.join('{event: ' + event + '}' for event in events)}]\n{more}"
