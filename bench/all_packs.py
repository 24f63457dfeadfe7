"""How many questions settle every criminal exposure and every stay, for invented persons and all packs."""

import random
import statistics
from collections import Counter
from dataclasses import dataclass

from bench.persons import AS_OF, Person, person, reply
from safeconduct.rules.asking import Subject
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.interview import Looks, Question, named_in, next_question
from safeconduct.rules.reach import reach
from safeconduct.rules.situation import Situation
from safeconduct.rules.telling.draft import Draft
from safeconduct.rules.tree import Kind
from safeconduct.values.errors import SituationError

MOST = 60
"""More questions than this are put to nobody."""
DAY_LENGTH = len("1990-01-01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Interviews:
    """What the interviews came to.

    Args:
        counts: Questions put to each person, ascending.
        exact_births: How many persons told the exact day of their birth.
        asked: How often each question was put.
    """

    counts: tuple[int, ...]
    exact_births: int
    asked: Counter[str]

    @property
    def median(self) -> float:
        """Questions put to the median person."""
        return statistics.median(self.counts)

    @property
    def never_exact(self) -> float:
        """Share of persons who never told the exact day of their birth, 0..1."""
        return 1 - self.exact_births / len(self.counts)


class Interviewer:
    """Interviews persons; what was told alike leads to the same question, which is found once."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._looks = Looks(corpus)
        self._known: dict[tuple[bytes, frozenset[str]], Question | None] = {}

    def interview(self, one: Person) -> tuple[str, ...]:
        """The names of the questions that are put to a person, and at the end the birth date told, or ""."""
        draft, asked, put = Draft(), frozenset[str](), list[str]()
        while len(put) < MOST and (question := self._next(draft, asked)) is not None:
            put.append(question.name)
            told = reply(one, question)
            try:
                after = draft if told.value is None else self._told(draft, question, told.value, told.on, told.where)
            except SituationError:  # what is so of an invented person cannot always be told together
                after = draft
            if question.subject is Subject.WHICH and after is not draft:
                asked |= {named_in(question.name, name) for name in told.value}
            elif after is draft or (question.name != "birth_date" and question.subject is not Subject.EVENT):
                asked |= {question.name}
            draft = after
        return (*put, str(draft.person.get("birth_date", "")))

    def _next(self, draft: Draft, asked: frozenset[str]) -> Question | None:
        key = (draft.content(), asked)
        if key not in self._known:
            situation = draft.situation(self._corpus.vocabulary)
            about = exposures_and_stays(self._corpus, situation)
            self._known[key] = next_question(
                self._corpus, situation, on=AS_OF.toordinal(), about=about, asked=asked, looks=self._looks
            )
        return self._known[key]

    def _told(self, draft: Draft, question: Question, value: object, on: str, where: str) -> Draft:
        after = draft.with_reply(question, value, on=on, where=where if question.key else "")
        after.situation(self._corpus.vocabulary)
        return after


def exposures_and_stays(corpus: Corpus, situation: Situation) -> tuple[str, ...]:
    """The criminal exposures and stays of the law that was mentioned."""
    looked_at = reach(corpus, situation).provisions
    return tuple(one.id for one in looked_at if one.kind is Kind.EXPOSURE or one.stay is not None)


def measure(corpus: Corpus, number: int, seed: int) -> Interviews:
    """Interview seeded persons."""
    chance = random.Random(seed)  # noqa: S311 -- people for a measurement, not a secret
    interviewer = Interviewer(corpus)
    found = [interviewer.interview(person(chance, corpus.vocabulary)) for _ in range(number)]
    return Interviews(
        counts=tuple(sorted(len(names) - 1 for names in found)),
        exact_births=sum(len(names[-1]) == DAY_LENGTH for names in found),
        asked=Counter(name for names in found for name in names[:-1]),
    )
