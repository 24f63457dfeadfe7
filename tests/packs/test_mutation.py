"""Slips of the pen: which there are, whether a case notices them, and which change nothing for anybody."""

from datetime import date

import pytest

from safeconduct.packs.checking import cases_of, check
from safeconduct.packs.mutation import Mutant, Watch, mutants, scores, whole_share
from safeconduct.packs.variants import variants
from safeconduct.rules.tree import (
    Aged,
    All,
    Always,
    Asked,
    Between,
    ByReading,
    CountOf,
    FactIs,
    Happened,
    Holds,
    ItemAged,
    ItemIs,
    Not,
    NumberIn,
    On,
    Pattern,
    Penalty,
    Shifted,
    Some,
    Span,
)
from safeconduct.values.days import Rounding
from safeconduct.values.errors import Place
from tests.packs.writing import assembled

SOURCE = "source art. 1 [X1] confidence A"
YES, NO = frozenset({"yes"}), frozenset({"no"})
ONE, TWO = FactIs("resident", "", YES), FactIs("grade", "", frozenset({"mate", "master"}))
NEW_YEAR, EVE, NEXT = (On(date(2024, 1, 1)), On(date(2023, 12, 31)), On(date(2024, 1, 2)))
CLIP = Rounding.CLIP

#    part                                          what it may become
CASES = [
    (Always(holds=True),                           [Always(holds=False)]),
    (ONE,                                          [Not(ONE)]),
    (TWO, [Not(TWO), FactIs("grade", "", frozenset({"mate"})), FactIs("grade", "", frozenset({"master"}))]),
    (Holds("here"),                                [Not(Holds("here"))]),
    (NEW_YEAR,                                     [NEXT, EVE]),
    (Span(first=date(2024, 1, 1)),                 [Span(first=date(2024, 1, 2)), Span(first=date(2023, 12, 31))]),
    (Aged("b", 18, None), [Not(Aged("b", 18, None)), Aged("b", 19, None), Aged("b", 17, None), Aged("b", None, 18)]),
    (Aged("b", 18, 27),
     [Not(Aged("b", 18, 27)), Aged("b", 19, 27), Aged("b", 17, 27), Aged("b", 18, 28), Aged("b", 18, 26)]),
    (Aged("b", None, 0),                           [Not(Aged("b", None, 0)), Aged("b", None, 1), Aged("b", 0, None)]),
    (NumberIn("n", "", None, 2),
     [Not(NumberIn("n", "", None, 2)), NumberIn("n", "", None, 3), NumberIn("n", "", None, 1),
      NumberIn("n", "", 2, None)]),
    (Shifted(Asked(), 0, 5, CLIP),                 [Shifted(Asked(), 0, 6, CLIP), Shifted(Asked(), 0, 4, CLIP)]),
    (Shifted(Asked(), -1, 0, CLIP),                [Shifted(Asked(), 0, 0, CLIP), Shifted(Asked(), -2, 0, CLIP)]),
    (Penalty(least_months=None, most_months=2, alternatives=("a",)),
     [Penalty(least_months=None, most_months=3, alternatives=("a",)),
      Penalty(least_months=None, most_months=1, alternatives=("a",))]),
    (All((ONE, Always(holds=True))),
     [All((Always(holds=True),)), All((ONE,)), All((Not(ONE), Always(holds=True))), All((ONE, Always(holds=False)))]),
    (Some((ONE,)),                                 [Some((Not(ONE),))]),
    (CountOf("w", 1, (ItemIs("s", YES),)),
     [Not(CountOf("w", 1, (ItemIs("s", YES),))), CountOf("w", 2, (ItemIs("s", YES),)),
      CountOf("w", 0, (ItemIs("s", YES),)),
      CountOf("w", 1, ()), CountOf("w", 1, (ItemIs("s", NO),))]),
    (ItemAged("b", None, 16), [ItemAged("b", None, 17), ItemAged("b", None, 15), ItemAged("b", 16, None)]),
    (ByReading("X", (All(()), All((ONE,)))),
     [ByReading("X", (All(()), Always(holds=True))), ByReading("X", (All(()), All((Not(ONE),))))]),
    (Between(Asked(), NEW_YEAR, None),
     [Not(Between(Asked(), NEW_YEAR, None)), Between(Asked(), None, NEW_YEAR), Between(Asked(), NEXT, None),
      Between(Asked(), EVE, None)]),
    (Between(Asked(), NEW_YEAR, NEW_YEAR),
     [Not(Between(Asked(), NEW_YEAR, NEW_YEAR)), Between(Asked(), NEXT, NEW_YEAR), Between(Asked(), EVE, NEW_YEAR),
      Between(Asked(), NEW_YEAR, NEXT), Between(Asked(), NEW_YEAR, EVE)]),
]  # fmt: skip


@pytest.mark.parametrize(("part", "becomes"), CASES)
def test_a_part_becomes_each_of_its_slips_and_no_other(part, becomes):
    found = [changed for _, changed in variants(part)]
    assert len(found) == len(becomes)
    assert all(one in found for one in becomes)
    assert part not in found


def test_what_a_slip_is_stands_in_words():
    assert {what for what, _ in variants(Happened(Pattern("gone"), last=NEW_YEAR))} == {
        "a condition negated",
        "a comparison of days turned",
        "2024-01-01 made 2024-01-02",
        "2024-01-01 made 2023-12-31",
    }


# --- noticing --------------------------------------------------------------------------------------------------

LAW = f"""XX-1 status "one" {SOURCE}
    from 2024-01-01
    if aged 18 or over
    unless grade is mate
XX-2 status "two" {SOURCE}
    if XX-1
    and here
term here
    if resident
"""
GOOD = """let man: born 2000-01-01, resident, grade master
man
    on 2023-12-31   XX-1: no;  XX-2: no
    on 2024-01-01   XX-1: yes;  XX-2: yes
    with born 2006-01-01, on 2024-01-01   XX-1: yes
    with born 2006-01-02, on 2024-01-01   XX-1: no
    with grade mate, on 2024-01-01   XX-1: no;  XX-2: no
    with no resident, on 2024-01-01   XX-2: no"""
POOR = """born 2000-01-01, resident, grade master
    on 2024-06-01   XX-1: yes;  XX-2: yes"""


def watched(law, cases):
    pages = assembled(law, cases=cases)
    assert not [fault for fault in check(pages).faults if fault.code not in ("LAW110", "LAW111")]
    found, _ = cases_of(pages)
    return Watch(pages.corpus, found), list(mutants(pages))


def test_good_cases_notice_every_slip():
    watch, slips = watched(LAW, GOOD)
    unnoticed = [(slip.owner, slip.what) for slip in slips if not watch.notices(slip) and not watch.equivalent(slip)]
    assert unnoticed == []
    assert len(slips) > 15


def test_poor_cases_do_not():
    watch, slips = watched(LAW, POOR)
    unnoticed = {(slip.owner, slip.what) for slip in slips if not watch.notices(slip)}
    assert ("XX-1", "18 made 19") in unnoticed
    assert ("XX-1", "2024-01-01 made 2024-01-02") in unnoticed
    assert ("XX-1", "the line dropped") in unnoticed
    assert ("XX-1", "a condition negated") not in unnoticed


def test_a_slip_in_a_term_is_noticed_by_the_cases_of_what_rests_on_it():
    watch, slips = watched(LAW, GOOD)
    (slip,) = [slip for slip in slips if slip.owner == "here"]
    assert slip.what == "a condition negated"
    assert watch.notices(slip)


def test_a_slip_that_changes_no_answer_of_anybody_is_not_held_against_the_cases():
    law = f'XX-1 status "one" {SOURCE}\n    if resident\n    if any of\n        resident\n        grade is mate\n'
    watch, slips = watched(law, "resident\n    on 2024-01-01   XX-1: yes\nno resident\n    on 2024-01-01   XX-1: no")
    dropped = [slip for slip in slips if slip.what == "the line dropped"]
    assert [watch.equivalent(slip) for slip in dropped] == [False, True]


def test_a_slip_in_what_comes_with_an_answer_is_noticed_by_its_details():
    law = f'XX-1 exposure "one" {SOURCE}\n    governed by day asked\n    if resident\n'
    law += "    penalty imprisonment 2 years to 5 years\n"
    watch, slips = watched(
        law, "resident\n    on 2024-01-01   XX-1: yes, months 24..60\nno resident\n    on 2024-01-01   XX-1: no"
    )
    terms = [slip for slip in slips if slip.what[0].isdigit()]
    assert len(terms) == 4
    assert all(watch.notices(slip) for slip in terms)
    blind, _ = watched(law, "resident\n    on 2024-01-01   XX-1: yes\nno resident\n    on 2024-01-01   XX-1: no")
    assert not any(blind.notices(slip) or blind.equivalent(slip) for slip in terms)


def test_a_slip_in_a_deadline_is_noticed_by_its_days():
    law = (
        f'XX-1 deadline "one" {SOURCE}\n    if resident\n'
        "    within 5 days after oath, counting from the next day, calendar days, rolls not\n    met by gone\n"
    )
    cases = (
        "resident, oath 2024-01-01, complete gone\n    on 2024-01-02   XX-1: yes, starts 2024-01-02, ends 2024-01-06\n"
        "    with gone on 2024-01-02, on 2024-01-03   XX-1: no, state met\nno resident\n    on 2024-01-01   XX-1: no"
    )
    watch, slips = watched(law, cases)
    assert {slip.what for slip in slips} >= {"5 made 6", "the first day counted moved", "what meets it dropped"}
    assert [slip.what for slip in slips if not watch.notices(slip)] == []


def test_two_windows_can_lose_one():
    law = (
        f'XX-1 deadline "one" {SOURCE}\n    if resident\n'
        "    within 5 days after oath, counting from the next day, calendar days, rolls not\n"
        "    again within 5 days after gone, counting from the next day, calendar days, rolls not\n"
    )
    slips = list(mutants(assembled(law)))
    assert [slip.what for slip in slips].count("a line within dropped") == 2


# --- scores ----------------------------------------------------------------------------------------------------


def slip(page, line):
    law = assembled(f'XX-1 status "one" {SOURCE}\n    if resident').corpus.provisions["XX-1"]
    return Mutant(owner="XX-1", what="x", place=Place(name=page, line=line), changed=(law,))


def test_scores_count_by_page_and_keep_the_survivors():
    kept = slip("b", 3)
    found = scores(
        [(slip("b", 1), True), (slip("a", 2), True), (kept, False), (slip("b", 4), True), (slip("b", 5), True)]
    )
    assert [(score.page, score.noticed, score.survivors) for score in found] == [("a", 1, ()), ("b", 3, (kept,))]
    assert [score.share for score in found] == [1.0, 0.75]
    assert whole_share(found) == 0.8
    assert whole_share(()) == 1.0


# --- named days ------------------------------------------------------------------------------------------------

DAYS = f"""day end about gone
    first of left_country KZ after gone, 3 days after gone
XX-1 exposure "one" {SOURCE}
    about gone
    governed by end
    if day asked after end
XX-2 exposure "two" {SOURCE}
    about gone
    governed by end
    if more than 5 days from gone to end
"""


def test_a_named_day_is_changed_once_wherever_it_is_used():
    found = [slip for slip in mutants(assembled(DAYS)) if slip.owner == "end"]
    assert {slip.what for slip in found} == {"3 made 4", "3 made 2"}
    assert {slip.names for slip in found} == {frozenset({"XX-1", "XX-2"})}
    assert all(slip.place.line == found[0].place.line for slip in found)


def test_a_provision_is_not_changed_inside_a_named_day():
    own = [slip for slip in mutants(assembled(DAYS)) if slip.owner == "XX-2"]
    assert not [slip for slip in own if slip.what.startswith("3 made")]
    assert [slip.what for slip in own if slip.what[0].isdigit()] == ["6 made 7", "6 made 5"]
