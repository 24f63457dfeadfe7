"""Whom a change of law reaches among people: each change is that of the two answers, on every engine."""

import csv
import io
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import product

import polars as pl
import pytest

from safeconduct.packs.store import compiled, load_corpus, packaged_pages
from safeconduct.population.assessment import ANSWERS, assessed
from safeconduct.population.columns import Columns
from safeconduct.population.engines import frame_of, kinds_of, rows_of
from safeconduct.population.frame_law import FrameLaw
from safeconduct.population.grouped import grouped_csv
from safeconduct.population.made import Making, made_people
from safeconduct.population.reach import CHANGES, TwoLaws, reached
from safeconduct.values.errors import QuestionError

OLD, NEW = date(2023, 12, 31), date(2024, 1, 1)
NAMES = ("RU-G-LIABLE", "RU-CON-01", "RU-CON-02")

#    before      after       change
MEANT = {
    ("no",       "yes"):      "becomes",
    ("yes",      "no"):       "ceases",
    ("yes",      "yes"):      "stays",
    ("no",       "no"):       "never",
    **{pair: "unknown" for pair in product(ANSWERS, ANSWERS) if "unknown" in pair},
    **{pair: "disputed" for pair in product(ANSWERS, ANSWERS) if "disputed" in pair},
}  # fmt: skip
CODES = ("no", "unknown", "yes", "disputed")


@pytest.fixture(scope="module")
def laws():
    corpus = load_corpus()
    return TwoLaws(before=FrameLaw(corpus, OLD), after=FrameLaw(corpus, NEW), names=NAMES)


@pytest.fixture(scope="module")
def people(laws):
    return made_people(Making(people=20_000, seed=7, unknown=0.02), laws.columns(), 0, 20_000)


def codes(law, frame, name):
    people = frame_of(frame)
    answered = Columns(kinds_of(people), law.on).answered(law.law(name))
    return [CODES[code] for (code,) in rows_of(people.with_columns(x=answered.code()).select("x"))]


def test_every_pair_of_answers_has_its_change():
    assert set(MEANT) == set(product(ANSWERS, ANSWERS))
    assert set(MEANT.values()) == set(CHANGES)


def test_the_changes_are_those_of_the_two_answers(engine, laws, people):
    found = reached((frame_of(engine(people)),), laws, ())
    assert [one.id for one in found.counts] == list(NAMES)
    for one in found.counts:
        pairs = zip(codes(laws.before, people, one.id), codes(laws.after, people, one.id), strict=True)
        counted = Counter(MEANT[pair] for pair in pairs)
        for change, cell in zip(CHANGES, one.cells, strict=True):
            assert cell is None or cell == counted[change], (one.id, change)
    cells = dict(zip(CHANGES, found.counts[0].cells, strict=True))
    assert cells["stays"] > 100
    assert cells["unknown"] > 100


def test_parts_are_added_up(laws, people):
    whole = reached((frame_of(people),), laws, ("region",))
    told = []
    parts = tuple(frame_of(people[start : start + 6000]) for start in range(0, people.height, 6000))
    assert reached(parts, laws, ("region",), progress=told.append) == whole
    assert told == [6000, 12_000, 18_000, 20_000]


def test_who_is_reached_before_and_after_adds_up_to_each_count(laws):
    """With nobody withheld: becomes and stays are those reached after, ceases and stays those reached before."""
    frame = frame_of(made_people(Making(people=60_000, seed=2, unknown=0), laws.columns(), 0, 60_000))
    (change,) = (one for one in reached((frame,), laws, ()).counts if one.id == "RU-G-LIABLE")
    cells = dict(zip(CHANGES, (cell or 0 for cell in change.cells), strict=True))
    (after,) = assessed(frame, laws.after, ("RU-G-LIABLE",), ()).counts
    (before,) = assessed(frame, laws.before, ("RU-G-LIABLE",), ()).counts
    assert before.cells[0] - cells["ceases"] - cells["stays"] in range(-10, 10)
    assert after.cells[0] - cells["becomes"] - cells["stays"] in range(-10, 10)
    assert cells["stays"] > 1000


# --- a law under review ------------------------------------------------------------------------------------------


def reviewed(change):
    """The shipped pages, one of them changed."""
    pages = packaged_pages()
    name = "ru/53-fz/22.md"
    text = pages[name].decode()
    changed = change(text)
    assert changed != text
    return compiled({**pages, name: changed.encode()})


def with_reservists(text):
    """The page as if RU-CON-02 no longer left out men in the reserve, without the cases that say otherwise."""
    head, *blocks = text.split("```cases")
    kept = head + "".join(block.split("```", 1)[1] for block in blocks)
    first, second = kept.split("RU-CON-02 liability", 1)
    return first + "RU-CON-02 liability" + second.replace("    if not in reserve\n", "", 1)


def test_two_bodies_of_law_are_compared_on_one_day():
    on = date(2024, 6, 1)
    today, proposed = load_corpus(), reviewed(with_reservists)
    laws = TwoLaws(before=FrameLaw(today, on), after=FrameLaw(proposed, on), names=("RU-CON-02",))
    columns = laws.columns()
    frame = made_people(Making(people=40_000, seed=3, unknown=0), columns, 0, 40_000)
    (found,) = reached((frame_of(frame),), laws, ()).counts
    cells = dict(zip(CHANGES, found.cells, strict=True))
    assert cells["becomes"] > 100
    assert cells["ceases"] == 0
    # Whoever is newly reached is in the reserve.
    (others,) = reached((frame_of(frame.filter(~pl.col("in_reserve"))),), laws, ()).counts
    assert dict(zip(CHANGES, others.cells, strict=True))["becomes"] == 0
    assert dict(zip(CHANGES, others.cells, strict=True))["stays"] == cells["stays"]


def test_a_provision_that_is_new_reached_nobody_before(laws, people):
    corpus = load_corpus()
    old = replace(corpus, provisions={k: v for k, v in corpus.provisions.items() if k != "RU-CON-02"})
    two = TwoLaws(before=FrameLaw(old, NEW), after=FrameLaw(corpus, NEW), names=("RU-CON-02",))
    (found,) = reached((frame_of(people),), two, ()).counts
    cells = dict(zip(CHANGES, found.cells, strict=True))
    assert cells["becomes"] > 100
    assert (cells["ceases"], cells["stays"]) == (0, 0)


def test_a_provision_that_neither_law_has_is_refused():
    law = FrameLaw(load_corpus(), NEW)
    with pytest.raises(QuestionError) as caught:
        TwoLaws(before=law, after=law, names=("RU-NOPE-1",))
    assert caught.value.code == "POP01"


def test_a_column_with_two_meanings_is_refused():
    pages = packaged_pages()
    name = next(one for one, text in pages.items() if b"fact fitness" in text)
    text = pages[name].decode()
    other = text.replace("one of A, B, V, G, D", "one of A, B, V, G, D, E")
    assert other != text
    two = TwoLaws(
        before=FrameLaw(compiled(pages), NEW),
        after=FrameLaw(compiled({**pages, name: other.encode()}), NEW),
        names=("RU-CON-02",),
    )
    with pytest.raises(QuestionError) as caught:
        two.columns()
    assert caught.value.code == "POP07"


# --- what comes out ----------------------------------------------------------------------------------------------


def test_the_csv_is_tidy_and_tagged(laws, people):
    rows = list(csv.reader(io.StringIO(grouped_csv(reached((frame_of(people),), laws, ("region",))))))
    assert rows[0] == ["region", "provision", "answer", "people"]
    assert rows[1] == ["#group+region", "#law+id", "#indicator+answer", "#affected"]
    assert len(rows) == 2 + 10 * len(NAMES) * len(CHANGES)
    assert {row[2] for row in rows[2:]} == set(CHANGES)


@pytest.mark.security
def test_a_group_in_which_everybody_becomes_liable_is_withheld(laws):
    frame = pl.DataFrame({"citizenships__RU": [True] * 40, "sex": ["female"] * 40, "region": ["a"] * 40})
    found = reached((frame_of(frame),), laws, ("region",))
    assert found.counts[0].cells == (0, 0, 0, 40, 0, 0) or None in found.counts[0].cells
    few = made_people(Making(people=60, seed=1, unknown=0), laws.columns(), 0, 60)
    cells = [cell for one in reached((frame_of(few),), laws, ("region",)).counts for cell in one.cells]
    assert all(cell is None or cell == 0 or cell >= 10 for cell in cells)
    assert None in cells
