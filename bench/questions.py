"""How many questions the interview asks: of men of 18 to 29 about six facts, and of anybody about all packs.

Run it as `python bench/questions.py`. First seeded men, the rule of the other measurements and the ranker told the
shares: how many questions are put until liability is settled, against the order in which the facts are written. Then
invented persons and every pack: how many until every criminal exposure and every stay is settled.
"""

import random
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run by its path

from bench import all_packs, persons  # noqa: E402 -- found by the line above
from safeconduct.packs.store import load_corpus, load_folder  # noqa: E402 -- as above
from safeconduct.rules.alternatives import with_value  # noqa: E402 -- as above
from safeconduct.rules.corpus import Corpus  # noqa: E402 -- as above
from safeconduct.rules.finding import Answer  # noqa: E402 -- as above
from safeconduct.rules.guessing import Shares  # noqa: E402 -- as above
from safeconduct.rules.interview import Looks, next_question  # noqa: E402 -- as above
from safeconduct.rules.position import Assessor  # noqa: E402 -- as above
from safeconduct.rules.situation import Situation, Words  # noqa: E402 -- as above
from safeconduct.values.days import Days, Rounding, add_months, one_day  # noqa: E402 -- as above

AS_OF = date(2024, 5, 1)
SEED, PEOPLE = 7, 20_000
AIM, WRITTEN, POSSIBLE = 3.9, 5.1, 3.78
PERSONS, MEDIAN_AIM, NEVER_EXACT_AIM = 60, 12, 0.95
RULE = "XX-LIABLE"
ORDER = ("citizen", "sex", "birth_date", "in_reserve", "fitness", "student")
WORDS = {
    "citizen": {"yes": 0.93, "no": 0.07},
    "sex": {"M": 1.0, "F": 0.0},
    "in_reserve": {"yes": 0.2, "no": 0.8},
    "student": {"yes": 0.15, "no": 0.85},
    "fitness": {"A": 0.35, "B": 0.35, "V": 0.2, "G": 0.05, "D": 0.05},
}
_YEAR = 12
BORN = (
    add_months(AS_OF.toordinal(), -30 * _YEAR, Rounding.CLIP) + 1,
    add_months(AS_OF.toordinal(), -18 * _YEAR, Rounding.CLIP),
)
"""First and last day of birth of men who are 18 to 29 on the day asked, as ordinals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Questions on average, and the share of people who were never asked for an exact day of birth."""

    ranked: float
    written: float
    day_never_needed: float


def people(number: int, seed: int) -> list[dict[str, str | int]]:
    """Men of 18 to 29, made at random from the shares; a birth date as an ordinal."""
    chance = random.Random(seed)  # noqa: S311 -- people for a measurement, not a secret
    found: list[dict[str, str | int]] = []
    for _ in range(number):
        person: dict[str, str | int] = {
            name: chance.choices(list(words), list(words.values()))[0] for name, words in WORDS.items()
        }
        found.append({**person, "birth_date": chance.randint(*BORN)})
    return found


class Interviewer:
    """Puts questions until liability is settled; the same replies lead to the same question, which is found once."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._looks = Looks(corpus, shares=Shares(words=WORDS, days={"birth_date": BORN}))
        self._asked: dict[tuple[tuple[str, str], ...], tuple[str, tuple[tuple[str, Situation], ...]] | None] = {}

    def count(self, person: dict[str, str | int]) -> tuple[int, bool]:
        """How many questions one person is asked, and whether one was answered with an exact day."""
        situation, replies, exact = Situation(facts={}), dict[str, str](), False
        while True:
            key = tuple(sorted(replies.items()))
            if key not in self._asked:
                question = next_question(
                    self._corpus, situation, on=AS_OF.toordinal(), about=(RULE,), looks=self._looks
                )
                options = () if question is None else tuple((one.text, one.situation) for one in question.options)
                self._asked[key] = None if question is None else (question.name, options)
            asked = self._asked[key]
            if asked is None:
                return len(replies), exact
            name, offered = asked
            text, situation = next(one for one in offered if _is_so(person[name], one[1], name))
            exact |= _days(situation) is not None and bool(getattr(_days(situation), "is_one_day", False))
            replies[name] = text


def _days(situation: Situation) -> Days | None:
    known = situation.facts.get("birth_date")
    value = known.periods[0].value if known is not None else None
    return value if isinstance(value, Days) else None


def _is_so(fact: str | int, situation: Situation, name: str) -> bool:
    """Whether a reply is the true one."""
    value = situation.facts[name].periods[0].value
    if isinstance(value, Words):
        return fact in value.possible
    return isinstance(value, Days) and isinstance(fact, int) and value.earliest <= fact <= value.latest


def in_written_order(corpus: Corpus, person: dict[str, str | int], known: dict[object, Answer]) -> int:
    """How many questions are asked in the order of the page, stopping when liability is settled."""
    situation, told = Situation(facts={}), list[tuple[str, str | int]]()
    for number, name in enumerate(ORDER, start=1):
        fact = person[name]
        if isinstance(fact, int):
            situation = with_value(situation, name, one_day(date.fromordinal(fact)))
            told.append((name, "in the range"))  # every man of this table is of an age that is liable
        else:
            situation = with_value(situation, name, Words(possible=frozenset({fact})))
            told.append((name, fact))
        key = tuple(told)
        if key not in known:
            known[key] = Assessor(corpus, situation).answer(RULE, AS_OF.toordinal())
        if known[key] is not Answer.UNKNOWN:
            return number
    return len(ORDER)


def measure(number: int = PEOPLE, seed: int = SEED) -> Counted:
    """Count over seeded people."""
    corpus = load_folder(ROOT / "bench" / "rules" / "page").corpus
    interviewer, known = Interviewer(corpus), dict[object, Answer]()
    men = people(number, seed)
    counted = [interviewer.count(man) for man in men]
    return Counted(
        ranked=sum(asked for asked, _ in counted) / number,
        written=sum(in_written_order(corpus, man, known) for man in men) / number,
        day_never_needed=sum(not exact for _, exact in counted) / number,
    )


def of_all_packs() -> bool:
    """Print what persons are asked over all packs, with who they are; whether the aims are met."""
    found = all_packs.measure(load_corpus(), PERSONS, SEED)
    print(f"\n{PERSONS} invented persons on {persons.AS_OF}, seed {SEED}, all packs; shares by which they are made:\n")
    print(persons.marginals())
    print(f"\nquestions until every criminal exposure and stay is settled: {' '.join(map(str, found.counts))}")
    print(f"median {found.median:g}   aim: at most {MEDIAN_AIM}")
    print(f"exact day of birth never needed: {100 * found.never_exact:.1f} % of them; aim: over 95 %")
    print("asked most often: " + ", ".join(f"{name} {times}" for name, times in found.asked.most_common(15)))
    return found.median <= MEDIAN_AIM and found.never_exact > NEVER_EXACT_AIM


def main() -> int:
    """Print the tables; 1 if an aim is missed."""
    found = measure()
    print(f"{PEOPLE} men of 18 to 29 on {AS_OF}, seed {SEED}; questions until {RULE} is settled, on average")
    print(f"ranked, told the shares     {found.ranked:.3f}   aim: at most {AIM}; possible: {POSSIBLE}")
    print(f"in written order            {found.written:.3f}   known: {WRITTEN}")
    print(f"exact day of birth never needed: {100 * found.day_never_needed:.1f} % of them; aim: over 95 %")
    return int(not (of_all_packs() and found.ranked <= AIM))


if __name__ == "__main__":
    sys.exit(main())
