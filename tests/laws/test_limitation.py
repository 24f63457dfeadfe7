"""Limitation in the timeline: the days that the pages can tell, and none that they cannot."""

from datetime import date

import pytest

from safeconduct.packs.store import load_corpus
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.marks import Mark, MarkKind
from safeconduct.rules.telling import read_situation
from safeconduct.rules.timeline import Timeline, timeline

FIRST, LAST = date(2022, 9, 1), date(2036, 12, 31)
ABSENT = """
person: {birth_date: 1993-05-14, sex: male, citizenships: [RU], hides_from_investigation: %s}
history:
  - {event: mobilised, on: 2022-09-25}
  - {event: enlisted, on: 2022-09-27}
  - {event: left_unit, on: 2022-10-10, permission: no}
%s
not_happened: [arrested, discharged, case_closed]
complete: [left_unit, returned_to_unit]
"""
RETURNED = "  - {event: returned_to_unit, on: 2023-03-01}"
WORSE = """
person: {in_ukraine: yes, citizenships: [UA]%s}
history:
  - {event: treated_worse, country: UA, on: %s, learnt: %s}
not_happened: [remedy_used]
complete: [treated_worse]
"""


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


def seen(corpus: Corpus, text: str, last: date = LAST) -> Timeline:
    situation = read_situation(text.encode(), corpus.vocabulary, form="yaml")
    return timeline(corpus, situation, first=FIRST, last=last)


def lane(found: Timeline, name: str) -> list[tuple[str, str]]:
    """The first day and the answer of each segment."""
    segments = [one.segments for one in found.lanes if one.id == name]
    return [(str(segment.first), segment.answer.value) for one in segments for segment in one]


def ends(found: Timeline, name: str) -> list[Mark]:
    return [mark for mark in found.marks if mark.id == name and mark.kind is MarkKind.DEADLINE]


#    hides   and then    from which days limitation does not run
RUSSIA = [
    ("no",   "",         [("2022-09-01", "no"), ("2022-10-10", "yes")]),
    ("no",   RETURNED,   [("2022-09-01", "no"), ("2022-10-10", "yes"), ("2023-03-01", "no")]),
    ("yes",  RETURNED,   [("2022-09-01", "no"), ("2022-10-10", "yes")]),
    ("unknown", RETURNED, [("2022-09-01", "no"), ("2022-10-10", "yes"), ("2023-03-01", "unknown")]),
]  # fmt: skip


@pytest.mark.parametrize(("hides", "then", "days"), RUSSIA)
def test_the_days_on_which_russian_limitation_stands_still_are_a_lane(corpus, hides, then, days):
    assert lane(seen(corpus, ABSENT % (hides, then)), "RU-LIM-2") == days


def test_no_last_day_of_russian_limitation_is_told(corpus):
    """The pages give its lengths in words: how they run is background knowledge, and no deadline is made of it."""
    found = seen(corpus, ABSENT % ("no", RETURNED))
    assert ends(found, "RU-LIM-1") == ends(found, "RU-LIM-2") == []
    assert lane(found, "RU-LIM-1") == [("2022-09-01", "unknown"), ("2022-10-10", "yes")]


def test_ukrainian_limitation_that_never_stood_still_has_its_days(corpus):
    [mark] = ends(seen(corpus, WORSE % ("", "2025-09-04", "2025-09-04")), "UA-R-CIV")
    assert (mark.earliest, mark.latest, mark.act_by) == (date(2028, 9, 3), date(2028, 9, 4), date(2028, 9, 3))


def test_ukrainian_limitation_that_stood_still_is_open_after_its_safe_day(corpus):
    found = seen(corpus, WORSE % ("", "2022-09-01", "2022-09-01"))
    assert {mark.act_by for mark in ends(found, "UA-R-CIV")} == {date(2025, 8, 31)}
    assert lane(found, "UA-R-CIV")[-1][1] == "unknown"


def test_the_day_that_a_lawyer_counted_is_the_last_day(corpus):
    counted = WORSE % (", limitation_counted_until: 2028-10-10", "2022-09-01", "2022-09-01")
    found = seen(corpus, counted)
    assert ends(found, "UA-R-CIV")[-1].latest == date(2028, 10, 10)
    assert lane(found, "UA-R-CIV")[-1] == ("2028-10-11", "no")
