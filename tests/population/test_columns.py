"""Scalar against columns: the same answer for the same person, on every engine, over all provisions about facts."""

from collections import Counter
from datetime import date

import polars as pl
import pytest

from safeconduct.packs.meaning import beyond_columns
from safeconduct.packs.store import load_corpus
from safeconduct.population.columns import FROM, TO, Columns
from safeconduct.population.engines import frame_of, kinds_of, rows_of
from safeconduct.population.frame_law import FrameLaw
from safeconduct.rules.formula import Choice
from safeconduct.rules.position import Assessor
from safeconduct.values.errors import QuestionError
from tests.population.people import a_person, a_row, is_day, seeded

import narwhals.stable.v2 as nw  # isort: skip

CODES = {"no": 0, "unknown": 1, "yes": 2, "disputed": 3}
PEOPLE = 60
DAYS = [date(2023, 12, 12), date(2024, 6, 1)]


@pytest.fixture(scope="module")
def corpus():
    return load_corpus()


def frame_from(rows, columns):
    """People as a frame: booleans, words, days and numbers, with their gaps."""
    made = {"row": pl.Series(range(len(rows)), dtype=pl.Int64)}
    for name, (_, variable) in columns.items():
        if isinstance(variable, Choice):
            boolean = set(variable.words) in ({"yes", "no"}, {"present", "none"})
            made[name] = pl.Series([row[name] for row in rows], dtype=pl.Boolean if boolean else pl.String)
            continue
        for end in (FROM, TO):
            found = [row[name + end] for row in rows]
            if is_day(variable):
                days = [None if one is None else date.fromordinal(one) for one in found]
                made[name + end] = pl.Series(days, dtype=pl.Date)
            else:
                made[name + end] = pl.Series(found, dtype=pl.Int64)
    return pl.DataFrame(made)


class Case:
    """Random people on a day, with their answers by the scalar engine."""

    def __init__(self, corpus, on, *, seed=3):
        chance = seeded(seed)
        self.law = FrameLaw(corpus, on)
        self.names = tuple(name for name in self.law.answerable() if self.law.law(name).variables)
        columns = self.law.columns(self.names)
        told = sorted({column.fact for column, _ in columns.values()})
        self.people = [a_person(corpus, chance, told, untold=chance.choice([0, 0.1, 0.4])) for _ in range(PEOPLE)]
        self.frame = frame_from([a_row(corpus, one, columns, self.law.on) for one in self.people], columns)
        self.scalar = []
        for person in self.people:
            assessor = Assessor(corpus, person)
            self.scalar.append([CODES[assessor.answer(name, self.law.on).value] for name in self.names])


@pytest.fixture(scope="module", params=DAYS, ids=str)
def case(request, corpus):
    return Case(corpus, request.param)


def answered(case, native):
    frame = frame_of(native)
    columns = Columns(kinds_of(frame), case.law.on)
    return frame, [columns.answered(case.law.law(name)) for name in case.names]


def test_columns_give_the_answers_of_the_scalar_engine(engine, case):
    frame, found = answered(case, engine(case.frame))
    rows = sorted(rows_of(frame.select(nw.col("row"), **{one.id: one.code() for one in found})))
    columns = [list(row[1:]) for row in rows]
    inexact = {one.id for one in found if not one.exact}
    for scalar, column in zip(case.scalar, columns, strict=True):
        for name, one, other in zip(case.names, scalar, column, strict=True):
            # Where columns may not be exact they may say unknown, never another answer.
            assert one == other or (name in inexact and other == CODES["unknown"]), (name, one, other)


def test_all_provisions_about_facts_are_compared_and_people_are_concerned(case, corpus):
    """Every provision that columns do not refuse and that reads a fact; of the answers a tenth each yes and unknown."""
    refused = {name for name in corpus.provisions if not case.law._is_answerable(name)}
    silent = {name for name in corpus.provisions if name not in refused and not case.law.law(name).variables}
    assert set(case.names) == set(corpus.provisions) - refused - silent
    counted = Counter(code for answers in case.scalar for code in answers)
    total = sum(counted.values())
    shares = {answer: counted[code] / total for answer, code in CODES.items()}
    reaching = [name for at, name in enumerate(case.names) if any(one[at] == CODES["yes"] for one in case.scalar)]
    said = ", ".join(f"{answer} {share:.1%}" for answer, share in shares.items())
    print(  # noqa: T201 -- what the comparison covers is part of what it shows
        f"on {date.fromordinal(case.law.on)}: {len(case.names)} of {len(corpus.provisions)} provisions read facts "
        f"({len(reaching)} reach somebody), {len(silent)} read events alone, {len(refused)} are refused; "
        f"{PEOPLE} people: {said}"
    )
    assert shares["yes"] > 1 / 20
    assert shares["unknown"] > 1 / 20
    assert len(reaching) > len(case.names) / 2


def test_what_columns_refuse_reads_a_calendar_or_a_history(case, corpus):
    """A provision that is refused reads something that no column can hold; facts alone never lead to a refusal."""
    for name in corpus.provisions:
        if not case.law._is_answerable(name):
            with pytest.raises(QuestionError) as caught:
                case.law.law(name)
            assert caught.value.code == "POP02"


def test_columns_are_exact_but_where_law_check_says_otherwise(case, corpus):
    _, found = answered(case, case.frame.lazy())
    assert {one.id for one in found if not one.exact} <= set(beyond_columns(corpus))


def test_what_is_hidden_never_turns_a_known_answer_into_another(case):
    chance = seeded(8)
    kept = {name: [chance.random() > 0.3 for _ in range(PEOPLE)] for name in case.frame.columns if name != "row"}
    hidden = case.frame.with_columns(
        pl.when(pl.Series(keep)).then(pl.col(name)).alias(name) for name, keep in kept.items()
    )
    frame, found = answered(case, hidden.lazy())
    rows = rows_of(frame.select(**{one.id: one.code() for one in found}))
    for scalar, row in zip(case.scalar, rows, strict=True):
        for one, other in zip(scalar, row, strict=True):
            assert other in {one, CODES["unknown"]} or one == CODES["disputed"] or other == CODES["disputed"]


def test_a_column_that_is_not_there_is_unknown_for_everybody(corpus):
    law = FrameLaw(corpus, date(2024, 6, 1))
    frame = pl.DataFrame({"sex": ["female", "male", None]})
    columns = Columns(kinds_of(frame_of(frame)), law.on)
    found = columns.answered(law.law("RU-CON-02"))
    assert rows_of(frame_of(frame).select(x=found.code())) == [(0,), (1,), (1,)]


BORN = [
    (date(1996, 12, 31), 0),
    (date(1997, 1, 1),   2),
    (date(2006, 6, 1),   2),
    (date(2006, 6, 2),   0),
    (None,               1),
]  # fmt: skip


def test_exact_days_of_birth_are_read_without_ranges(corpus):
    law = FrameLaw(corpus, date(2024, 6, 1))
    columns = law.columns(("RU-CON-02",))
    liable = {"sex": "male", "citizenships__RU": True, "on_register": True, "in_reserve": False}
    made = {"birth_date": pl.Series([born for born, _ in BORN], dtype=pl.Date)}
    for name, (_, variable) in columns.items():
        if isinstance(variable, Choice):
            boolean = set(variable.words) in ({"yes", "no"}, {"present", "none"})
            word = False if boolean else "A" if name == "fitness" else "none" if "none" in variable.words else None
            made[name] = pl.Series([liable.get(name, word)] * len(BORN))
        elif name != "birth_date":
            made[name + FROM] = made[name + TO] = pl.Series([0] * len(BORN))
    frame = frame_of(pl.DataFrame(made))
    found = Columns(kinds_of(frame), law.on).answered(law.law("RU-CON-02"))
    # Born before 1997: the two readings of the transition agree for whoever is not in the reserve only if it says so.
    codes = [code for (code,) in rows_of(frame.select(x=found.code()))]
    assert codes[1:] == [code for _, code in BORN[1:]]
    assert codes[0] in {0, 3}


@pytest.mark.parametrize(("name", "code"), [("RU-NOPE-1", "POP01"), ("RU-PAS-01", "POP02")])
def test_what_columns_cannot_answer_is_refused(corpus, name, code):
    with pytest.raises(QuestionError) as caught:
        FrameLaw(corpus, date(2023, 12, 12)).law(name)
    assert caught.value.code == code
