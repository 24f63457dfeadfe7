"""An invented law with changes of every kind, for tests of comparison."""

from functools import cache

from tests.rules.pages import FACTS, corpus_of

SEAT = "source art. 1 background confidence A"
MORE = """
fact called_up  yes/no, may change     ask "Were you called up?"
fact job        record of since date; grade one of low, high; hours number, may be absent    ask "Have you work?"
implies called_up is yes: resident is yes
"""
LAW = f"""value upper age
    until 2023-12-31: 27 years {SEAT}
    from  2024-01-01: 30 years {SEAT}
XX-X1 conflict "Whom does the transition protect?"
    reading "everybody" {SEAT}
    reading "only the reserve" safer {SEAT}
term callable
    if resident
    if aged 18 to under upper age
term away about left_unit
    if left_unit permission is no
    if left_unit not followed by returned
term season
    if day asked from 2023-12-20 by 2023-12-31
XX-OLD liability "called until 27" {SEAT}
    until 2023-12-31
    if callable
    if not in_reserve
    says "One."
XX-NEW liability "called until 30" {SEAT}
    from 2024-01-01
    if callable
    if not in_reserve
    unless XX-SAFE {SEAT}
    unless XX-UNFIT {SEAT}
    says "Two."
XX-SAFE status "protected" {SEAT}
    from 2024-01-01
    if born until 1996-12-31
    reading 1 of XX-X1
    reading 2 of XX-X1
        if in_reserve {SEAT}
    says "Three."
XX-UNFIT status "unfit" {SEAT}
    if fitness is V
    says "Four."
XX-ANY status "called" {SEAT}
    group of XX-OLD, XX-NEW
    says "Five."
XX-AWAY exposure "absence" {SEAT}
    from 2024-01-01
    about left_unit
    governed by left_unit
    if away
    says "Six."
XX-REPORT practice "a report" {SEAT}
    dated 2024-01-01
    if resident
    says "Seven."
XX-SAYS status "it only explains" {SEAT}
    from 2024-01-01
    explains
    if resident
    says "Eight."
XX-KNOWN restriction "what is known changes" {SEAT}
    if resident
    in practice "It was not done." until 2023-12-31
    in practice "It is done now." from 2024-01-01
    says "Nine."
XX-LATER duty "later" {SEAT}
    from 2025-01-01
    if callable
    says "Ten."
XX-SAME duty "the same" {SEAT}
    if resident
    if season
    says "Eleven."
XX-APPLY deadline "application" {SEAT}
    from 2024-01-01
    about entered XX
    within 10 days after entered, counting from the next day, calendar days, rolls not
    met by applied XX
    missed means "Argue."
    says "Twelve."
XX-STAY right "stay" {SEAT}
    if entered XX
    entries from 2024-01-01
    stay in XX, at most 90 days in each 180 days, models L, F
    says "Thirteen."
XX-KIDS right "a child" {SEAT}
    from 2024-01-01
    if at least 1 children with dependent and aged under 16
    if weeks at least 26
    says "Fourteen."
XX-PERMIT right "permit" {SEAT}
    from 2024-01-01
    if any of
        permit kind is permanent
        citizenships includes KZ
        region is RU-SA
        served_on by 2023-12-01
    says "Fifteen."
"""


@cache
def law():
    return corpus_of(LAW, FACTS + MORE)


def happened(name, *never, on="..2024-01-01", **fields):
    """What the example of somebody tells to whom one event happened, and others never."""
    closed = {"not_happened": list(never)} if never else {}
    return {"history": [{"event": name, "on": on, **fields}], **closed, "complete": [name]}


#    what a provision that is new on the second day asks for     the example; None: there is none; ...: any
SHAPES = [
    ("permit",                                       {"person": {"permit": {}}}),
    ("not permit",                                   {"person": {"permit": "none"}}),
    ("permit ground is X-1",                         {"person": {"permit": {"ground": "X-1"}}}),
    ("permit until by 2023-12-01",                   None),
    ("region is not RU-SA",                          None),
    ("not weeks at least 1",                         {"person": {"weeks": "none"}}),
    ("weeks at least 3\n    if weeks at most 5",      {"person": {"weeks": "3..5"}}),
    ("weeks at least 3\n    if weeks at most 3",      {"person": {"weeks": "3"}}),
    ("region is RU-SA",                              {"person": {"region": "RU-SA"}}),
    ("job grade is low",                             {"person": {"job": {"grade": "low"}}}),
    ("job since by 2023-12-01",                      {"person": {"job": {"since": "..2023-12-01"}}}),
    ("not entered with attempted is yes",            None),
    ("left_unit after called",                       ...),
    ("left_unit not followed by returned",           happened("left_unit", "returned")),
    ("summons\n    if not summons placed by 2023-12-05",
                                                     happened("summons", placed="2023-12-06..")),
    ("permit until on 2024-02-01",                   None),
    ("entered\n    if not entered XX",                None),
    ("called_up\n    if resident",                    {"person": {"called_up": "yes"}}),
    ("fitness is not V",                             {"person": {"fitness": "A"}}),
    ("not citizenships includes RU",                 {"person": {"citizenships": []}}),
    ("not at least 1 children with dependent",       {"person": {"children": []}}),
    ("at least 2 children with aged 18 or over",     {"person": {"children": [{"birth_date": "2005-12-01"}] * 2}}),
    ("aim",                                          {"person": {"aim": "yes"}}),
    ("not entered",                                  {"not_happened": ["entered"]}),
    ("entered XX",                                   happened("entered", country="XX")),
    ("summons with kind is data",                    happened("summons", kind="data")),
    ("summons placed by 2023-12-01",                 happened("summons", placed="..2023-12-01")),
]  # fmt: skip


@cache
def law_of(condition):
    return corpus_of(
        f'XX-1 status "new" {SEAT}\n    from 2024-01-01\n    if {condition}\n    says "One."\n', FACTS + MORE
    )


LONG = "\n    ".join(["any of", *(f"    weeks at least {number}" for number in range(1, 14))])
TERMS = f"""term long
    if {LONG}
term short
    if resident
term gone about left_unit
    if left_unit permission is no
term summoned about summons
    if summons kind is data
XX-1 status "new" {SEAT}
    from 2024-01-01
    if long
    if short
    if gone
    if any of
        short
        called_up
    says "One."
XX-2 status "about" {SEAT}
    from 2024-01-01
    about left_unit
    if gone
    if summoned
    says "Two."
"""


@cache
def law_of_terms():
    return corpus_of(TERMS, FACTS + MORE)


@cache
def law_of_two():
    """Two kinds, and a third that both cover together."""
    first = "all of\n            resident\n            reason"
    second = "all of\n            not resident\n            aim"
    either = f"any of\n        {first}\n        {second}"
    return law_of(either)
