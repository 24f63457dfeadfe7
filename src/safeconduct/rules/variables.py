"""Variables for one situation: each thing that is not known exactly is one variable, shared by all that mention it."""

from safeconduct.rules.formula import Choice, Formula, In, Moved, Whole, Within
from safeconduct.rules.situation import Situation
from safeconduct.rules.vocabulary import NO, NONE, PRESENT, YES, Vocabulary
from safeconduct.values.days import FIRST_DAY, LAST_DAY, Days


class Variables:
    """Variables for one situation.

    Args:
        vocabulary: Facts and events.
        situation: What is known.
    """

    def __init__(self, vocabulary: Vocabulary, situation: Situation) -> None:
        """Start without variables; they are made when first mentioned."""
        self.vocabulary = vocabulary
        self.situation = situation
        self.constraints: list[Formula] = []
        self._choices: dict[tuple[object, ...], Choice] = {}
        self._wholes: dict[tuple[object, ...], Whole] = {}

    def choice(self, key: tuple[object, ...], name: str, words: tuple[str, ...], possible: frozenset[str]) -> Choice:
        """The choice of that key, made when first asked for."""
        found = self._choices.get(key)
        if found is None:
            mask = sum(1 << index for index, word in enumerate(words) if word in possible)
            found = self._choices[key] = Choice(name, words, mask or (1 << len(words)) - 1)
        return found

    def whole(self, key: tuple[object, ...], name: str, low: int, high: int) -> Whole:
        """The whole number of that key, made when first asked for."""
        found = self._wholes.get(key)
        if found is None:
            found = self._wholes[key] = Whole(name, low, high)
        return found

    def unknown(self, key: tuple[object, ...], name: str) -> Formula:
        """Something that may or may not be so."""
        return In(self.choice(key, name, (YES, NO), frozenset({YES, NO})), 1)

    def made(self) -> dict[Choice | Whole, tuple[object, ...]]:
        """Every variable made so far, with the key of what it stands for."""
        return {variable: key for keys in (self._choices, self._wholes) for key, variable in keys.items()}

    @property
    def size(self) -> int:
        """How many variables and constraints there are."""
        return len(self._choices) + len(self._wholes) + len(self.constraints)

    def mentions(self, fact: str) -> bool:
        """Whether a variable of this fact was made."""
        return any(key[0] == "fact" and key[1] == fact for key in self._choices)

    def may_exist(self, key: tuple[object, ...], name: str) -> Formula:
        """Whether there is something that may be absent."""
        return In(self.choice((*key, "exists"), name, (PRESENT, NONE), frozenset({PRESENT, NONE})), 1)

    def day(self, key: tuple[object, ...], name: str, days: Days | None) -> Moved:
        """A day that lies in a range; None for a day of which nothing is known."""
        if days is not None and days.is_one_day:
            return Moved(None, days.earliest)
        low, high = (days.earliest, days.latest) if days is not None else (FIRST_DAY, LAST_DAY)
        return Moved(self.whole(key, name, low, high))

    def pinned(self, day: Moved) -> Moved:
        """A day that was moved, as a variable of its own: only such a day can be moved by months once more."""
        if day.variable is None or not (day.months or day.days):
            return day
        span = day.span or (FIRST_DAY, LAST_DAY)
        same = Moved(self.whole(("pinned", day), day.variable.name, *span))
        equal = Within(same, day, day)
        if equal not in self.constraints:
            self.constraints.append(equal)
        return same
