"""A small invented law that gives every kind of answer and every part of a finding, and a person to whom it speaks."""

from datetime import date
from functools import cache

from safeconduct.packs.assembly import assemble
from safeconduct.rules import position as engine
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Position
from safeconduct.rules.telling import read_situation

DAY = date(2023, 12, 12)

SOURCES = """---
act: "Sources"
title: "Sources"
status: "draft, read by no lawyer"
---
# Sources

```sources
S1 https://example.org/gazette
S2 none "stored without address"
```
"""

LAW = """---
act: "Harbour Act"
title: "Harbour"
reviewed until: "2026-01-01"
status: "draft, read by no lawyer"
---
# Harbour

```facts
fact citizenships list of any code                   ask "Which citizenships do you have?"
fact region       any code                           ask "In which region?"
fact aim          yes/no                             ask "Did you mean to stay away for good?"
fact reserve      yes/no, may change                 ask "Are you in the reserve?"
fact permit       record of kind one of temporary, permanent; until date, may be absent    ask "Do you have a permit?"
event left_unit   permission yes/no                  ask "Did you leave?"
event entered     key country; country any code    again after left_country    ask "Where did you enter?"
event left_country  key country; country any code    again after entered    ask "What did you leave?"
event learnt      ask "When did you learn of it?"
event applied     ask "When did you apply?"
event order       ask "When did you receive the order?"
event search      ask "Is there a search for you?"
```

```law
XX-A-1 exposure "absence" source art. 1 [S1] confidence A
    about left_unit
    governed by left_unit
    if left_unit permission is no
    unless aim
    penalty imprisonment 60 months to 120 months
    says "An absence is punished."
    caution XX-LIM "A claim may be too old." if left_unit
XX-A-2 exposure "desertion" source art. 2 [S1] confidence A
    about left_unit
    governed by left_unit
    if left_unit permission is no
    if aim
    penalty imprisonment 5 years to 15 years
    penalty "fine of 100 shells"
    says "Desertion is punished."
    caution XX-LIM "A claim may be too old." if left_unit
XX-A-3 exposure "ordinary absence" source art. 3 [S1] confidence A
    about left_unit
    governed by left_unit
    if left_unit permission is no
    displaced by XX-A-1 if left_unit permission is no
    penalty imprisonment to 6 months
    says "An ordinary absence is punished."
XX-G-A exposure "absence or desertion" source arts. 1, 2 [S1] confidence A
    about left_unit
    governed by left_unit
    group of XX-A-1, XX-A-2
    says "One of the two is punished."
XX-R-1 restriction "no leaving" source art. 4 [S1] confidence B
    if left_unit with permission is no
    says "Leaving the harbour is closed."
    in practice "Nobody stands at the gate."
XX-R-2 restriction "no driving" source art. 5 [S1] confidence B
    if reserve
    says "Driving is closed."
XX-R-3 restriction "no sailing" source art. 5 [S1] confidence B
    if reserve
    says "Sailing is closed."
XX-R-4 restriction "older rule" source art. 6 [S1] confidence B
    until 2020-12-31
    if left_unit with permission is no
    says "An older rule."
XX-R-5 restriction "later rule" source art. 7 [S1] confidence B
    from 2024-06-01
    if left_unit with permission is no
    says "A later rule."
XX-R-6 restriction "no fishing" source art. 8 background confidence C
    if left_country XX
    says "Fishing is closed."
XX-X-1 conflict "Who is saved?"
    reading "everybody"     source [S1] confidence B
    reading "only those who left" safer     source [S2] confidence B
XX-L-1 liability "call-up" source art. 9 [S1] confidence B
    reading 1 of XX-X-1
        if never_so
    reading 2 of XX-X-1
        if left_unit
    says "A call-up is possible."
term never_so
    if citizenships includes YY
XX-P-1 protection "no return" source art. 10 background confidence C
    if entered XX
    says "Nobody is sent back."
XX-Q-1 right "to be heard" source art. 11 [S1] confidence A
    if entered XX
    says "There is a right to be heard."
XX-GOV status "how summonses are served" source art. 12 [S1] confidence A
    if left_unit
    governs
    says "A rule about rules."
XX-E-1 duty "for islanders" source art. 13 [S1] confidence A
    concerns citizenships includes YY
    if entered XX
    says "Islanders must report."
XX-D-1 deadline "application" source art. 14 [S2] confidence A
    about entered XX
    within 5 days after entered, counting from either day, calendar days, rolls not
    again within 5 days after learnt, counting from either day, calendar days, rolls not
    met by applied
    tells "See a lawyer before you approach any office."
    late "Late is not barred."
    missed means "Argue that it was learnt of later."
    says "Apply in time."
    caution XX-W-3 "People are stopped on the way."
XX-S-1 right "stay" source art. 15 [S1] confidence A
    if entered XX
    stay in XX, at most 90 days in each 180 days, models L, F
    says "A stay has an end."
XX-W-1 practice "held all the same" source report [S1] confidence B
    if entered XX
    beside XX-D-1, XX-Q-1
    dated 2023-02-01
    says "People were held all the same."
XX-W-2 practice "sent back" source report [S1] confidence B
    if entered XX
    beside XX-P-1
    dated 2024-02-02
    says "Somebody was sent back."
XX-W-3 practice "stopped" source report [S1] confidence A
    if search
    beside XX-R-1
    dated 2022-01-01
    says "People are stopped on the way."
```
"""

ALEX = """
person: {citizenships: [XX], region: XX-1}
history:
  - {event: left_unit, on: 2022-09-24..2022-10-31, permission: no, assumed: "some days later"}
  - {event: entered, country: XX, on: 2023-12-01..2023-12-03}
not_happened: [applied, {event: left_country, country: XX}]
complete: [entered XX, left_unit]
"""


@cache
def corpus() -> Corpus:
    """The invented law."""
    assembled = assemble({"xx/harbour.md": LAW.encode(), "xx/sources.md": SOURCES.encode()})
    assert [str(fault) for fault in assembled.faults] == []
    return assembled.corpus


@cache
def position(told: str = ALEX, on: date = DAY) -> Position:
    """The position of a person of this law."""
    situation = read_situation(told.encode(), corpus().vocabulary, form="yaml")
    return engine.assess(corpus(), situation, on=on, engine="0.0.1")
