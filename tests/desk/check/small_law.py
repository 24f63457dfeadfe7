"""A small invented law whose questions have every shape, so that the check is walked through in no time."""

from functools import cache

from tests.rules.pages import ABSENCE, FACTS, corpus_of

_SEAT = "source art. 1 background confidence A"
_CONDITIONS = (
    "left_unit permission is no", "returned", "learnt", "entered XX", "summons kind is data", "in_reserve", "resident",
    "aim", "permit kind is permanent", "at least 1 children with dependent", "fitness is V", "citizenships includes RU",
    "left_unit before 2024-01-05", "weeks at least 3", "aged 18 to under 30", "served_on before 2023-01-01",
    "called", "joined", "released",
)  # fmt: skip


@cache
def small_law():
    """The corpus."""
    rows = (
        f'XX-R{number} status "row {number}" {_SEAT}\n    if {condition}\n    says "One."\n'
        for number, condition in enumerate(_CONDITIONS)
    )
    return corpus_of(ABSENCE + "".join(rows), FACTS.replace("closes XX-GROUND", "closes XX-R5, XX-R7"))
