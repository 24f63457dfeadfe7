"""Small rules about facts, emitted for one day, and the arguments for somebody."""

from datetime import date

from safeconduct.rules.emit import emit
from tests.rules.pages import SEAT, corpus_of

ON = date(2024, 3, 1)


def law(*clauses):
    return f'XX-1 status "A rule" {SEAT}\n' + "".join(f"    {clause}\n" for clause in clauses)


def emitted(*clauses, on=ON):
    return emit(corpus_of(law(*clauses)), ("XX-1",), on)


def day(text):
    return date.fromisoformat(text).toordinal()


def arguments(found, **told):
    """The arguments for somebody: words by fact, both ends of a day or number by fact, the rest unknown."""
    given = []
    for slot in found.slots:
        fact = told.get(slot.name)
        if fact is None:
            given += slot.unknown
        elif not slot.words:
            given += fact
        elif isinstance(fact, str):
            given.append(sum(1 << slot.words.index(word) for word in fact.split()))
        else:
            given.append(0b01)  # a number or day that was told is there
    return given


def answer(found, **told):
    return found.answer(*arguments(found, **told))


CLAUSES = [
    "resident", "not resident", "in_reserve", "fitness is A", "fitness is B or V", "fitness is not A", "aim",
    "aged 18 to under 27", "aged 25 or over", "aged under 30", "born until 1996-12-31", "born from 1999-06-01",
    "weeks at least 22", "weeks at most 30", "weeks more than 25", "served_on by day asked",
    "day asked from 20 days after served_on", "served_on after 2023-11-30", "served_on", "citizenships includes RU",
]  # fmt: skip


def a_law(rng):
    """Some clauses and alternatives about facts, at random."""
    clauses = []
    for _ in range(rng.randint(1, 4)):
        lead = rng.choice(["if", "unless"])
        if rng.random() < 0.4:
            clauses.append(f"{lead} {rng.choice(['any of', 'all of'])}")
            clauses += [f"    {part}" for part in rng.sample(CLAUSES, rng.randint(2, 3))]
        else:
            clauses.append(f"{lead} {rng.choice(CLAUSES)}")
    return law(*clauses)


SMALL_CORPUS = corpus_of(law("if fitness is A", "unless resident", "and fitness is A or B"))
