"""The people that everything is measured on: seeded and invented, the same in every process."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib import import_module
from typing import Any

AS_OF = date(2024, 5, 1)
FITNESS = "ABVGD"
ANYTHING = (1 << len(FITNESS)) - 1
EPOCH = date(1970, 1, 1)
FIRST, LAST = date(1850, 1, 1).toordinal(), date(2199, 12, 31).toordinal()
MADE = 1_000_000
"""So many are made, column by column; the first few of them are used, which are the same for every number used."""

Person = dict[str, Any]
"""Facts that are all known: dates, words, yes/no; None for a date that there is not. What every peer can read."""

PERSON: Person = {
    "birth_date": date(1996, 6, 15),
    "sex": "M",
    "citizen": True,
    "in_reserve": False,
    "student": False,
    "fitness": "A",
    "summons_served_on": date(2024, 4, 1),
    "reported_on": None,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Vague:
    """What may be known of somebody: None for unknown, first and last day of a range, a mask of categories."""

    citizen: bool | None
    male: bool | None
    born: tuple[int, int]
    in_reserve: bool | None
    student: bool | None
    fitness: int
    served: bool | None
    served_on: tuple[int, int]
    reported: bool | None
    reported_on: tuple[int, int]


def exactly(person: Person) -> Vague:
    """The same person in the form that can be vague."""
    served, reported = person["summons_served_on"], person["reported_on"]
    return Vague(
        citizen=person["citizen"],
        male=person["sex"] == "M",
        born=(person["birth_date"].toordinal(),) * 2,
        in_reserve=person["in_reserve"],
        student=person["student"],
        fitness=1 << FITNESS.index(person["fitness"]),
        served=served is not None,
        served_on=(FIRST, LAST) if served is None else (served.toordinal(),) * 2,
        reported=reported is not None,
        reported_on=(FIRST, LAST) if reported is None else (reported.toordinal(),) * 2,
    )


# The year of birth is all he told, his category is A or B, the day of the summons lies in a month.
VAGUE = replace(
    exactly(PERSON),
    born=(date(1996, 1, 1).toordinal(), date(1996, 12, 31).toordinal()),
    in_reserve=None,
    fitness=0b00011,
    served_on=(date(2024, 3, 20).toordinal(), date(2024, 4, 20).toordinal()),
    reported=None,
)


def people(number: int) -> list[Person]:
    """The first so many of the million."""
    np = import_module("numpy")  # not every process that reads this module needs it

    rng = np.random.default_rng(7)
    low, high = (date(1964, 1, 1) - EPOCH).days, (date(2010, 12, 31) - EPOCH).days
    birth = rng.integers(low, high, MADE, dtype=np.int32)
    male, citizen = rng.random(MADE) < 0.5, rng.random(MADE) < 0.93  # noqa: PLR2004 -- shares of invented people
    in_reserve, student = rng.random(MADE) < 0.2, rng.random(MADE) < 0.15  # noqa: PLR2004 -- as above
    fitness = rng.choice(5, MADE, p=[0.35, 0.35, 0.2, 0.05, 0.05])
    served = (AS_OF - EPOCH).days - rng.integers(-10, 90, MADE)
    no_summons = rng.random(MADE) < 0.8  # noqa: PLR2004 -- as above
    reported = served + rng.integers(0, 30, MADE)
    not_reported = no_summons | (rng.random(MADE) < 0.6)  # noqa: PLR2004 -- as above

    def on(day: int, *, none: bool = False) -> date | None:
        return None if none else EPOCH + timedelta(days=int(day))

    return [
        {
            "birth_date": on(birth[i]),
            "sex": "M" if male[i] else "F",
            "citizen": bool(citizen[i]),
            "in_reserve": bool(in_reserve[i]),
            "student": bool(student[i]),
            "fitness": FITNESS[fitness[i]],
            "summons_served_on": on(served[i], none=bool(no_summons[i])),
            "reported_on": on(reported[i], none=bool(not_reported[i])),
        }
        for i in range(number)
    ]


def hidden(person: Person, share: float, rng: random.Random) -> set[str]:
    """The facts of somebody that are hidden: each with this probability."""
    return {name for name in person if rng.random() < share}


def without(person: Vague, names: set[str]) -> Vague:
    """The same person with these facts unknown."""
    unknown: Person = {
        "birth_date": {"born": (FIRST, LAST)},
        "sex": {"male": None},
        "citizen": {"citizen": None},
        "in_reserve": {"in_reserve": None},
        "student": {"student": None},
        "fitness": {"fitness": ANYTHING},
        "summons_served_on": {"served": None, "served_on": (FIRST, LAST)},
        "reported_on": {"reported": None, "reported_on": (FIRST, LAST)},
    }
    for name in names:
        person = replace(person, **unknown[name])
    return person


def blurred(person: Vague, rng: random.Random) -> Vague:
    """The same person with days told as ranges and a category as one of several, each with even odds."""

    def around(days: tuple[int, int]) -> tuple[int, int]:
        if days[0] != days[1] or rng.random() < 0.5:  # noqa: PLR2004 -- even odds
            return days
        return max(FIRST, days[0] - rng.randint(0, 400)), min(LAST, days[1] + rng.randint(0, 400))

    return replace(
        person,
        born=around(person.born),
        served_on=around(person.served_on),
        reported_on=around(person.reported_on),
        fitness=person.fitness | rng.randint(0, ANYTHING) if rng.random() < 0.5 else person.fitness,  # noqa: PLR2004 -- as above
    )
