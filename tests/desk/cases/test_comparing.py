"""Two positions side by side: what differs, in which step it came to differ, and what became of it."""

import json
from datetime import date

import pytest

from safeconduct.desk.cases.comparing import (
    Difference,
    Fate,
    PenaltyStand,
    Stand,
    StayStand,
    Why,
    differences,
    stands_as_kept,
    stands_kept,
)

YES, NO, OPEN = Stand(answer="yes"), Stand(answer="no"), Stand(answer="unknown")
SOON = Stand(answer="yes", state="running", act_by=date(2023, 5, 8))
LATE = Stand(answer="yes", state="running", act_by=date(2023, 6, 8))
PAST = Stand(answer="no", state="missed", act_by=date(2023, 5, 8))
JAIL = Stand(answer="yes", penalty=PenaltyStand(least_months=60, most_months=120, alternatives=("a fine",)))
MORE = Stand(answer="yes", penalty=PenaltyStand(least_months=60, most_months=144, alternatives=("a fine",)))
STAYS = Stand(answer="yes", stay=StayStand(rule="10 days in each 30", safe=date(2023, 5, 8), left=(0, 3)))
LONGER = Stand(answer="yes", stay=StayStand(rule="14 days in each 30", safe=date(2023, 5, 12), left=(4, 7)))
UNTOLD = Stand(answer="yes", stay=StayStand(rule="14 days in each 30", safe=None, left=None))
PART = Stand(answer="yes", is_whole=False)
OLD = Stand(answer="yes", is_dated=False, is_whole=False)
LAW, TOLD, DAY = Why.LAW, Why.TOLD, Why.DAY

#   then   law    told   day    what became of it   why
CASES = [
    (YES,  YES,   YES,   YES,   None,               ()),
    (YES,  NO,    NO,    NO,    Fate.CHANGED,       (LAW,)),
    (YES,  YES,   OPEN,  OPEN,  Fate.CHANGED,       (TOLD,)),
    (YES,  YES,   YES,   NO,    Fate.CHANGED,       (DAY,)),
    (YES,  OPEN,  NO,    NO,    Fate.CHANGED,       (LAW, TOLD)),
    (YES,  NO,    YES,   NO,    Fate.CHANGED,       (LAW, TOLD, DAY)),
    (YES,  NO,    YES,   YES,   None,               ()),
    (None, YES,   YES,   YES,   Fate.CAME,          (LAW,)),
    (None, None,  OPEN,  YES,   Fate.CAME,          (TOLD, DAY)),
    (YES,  YES,   None,  None,  Fate.WENT,          (TOLD,)),
    (None, YES,   None,  None,  None,               ()),
    (SOON, SOON,  LATE,  LATE,  Fate.MOVED,         (TOLD,)),
    (SOON, LATE,  LATE,  LATE,  Fate.MOVED,         (LAW,)),
    (SOON, SOON,  SOON,  PAST,  Fate.CHANGED,       (DAY,)),
    (JAIL, MORE,  MORE,  MORE,  Fate.MOVED,         (LAW,)),
    (JAIL, JAIL,  YES,   YES,   Fate.MOVED,         (TOLD,)),
    (STAYS, LONGER, LONGER, UNTOLD, Fate.MOVED,     (LAW, DAY)),
    (PART, MORE,  MORE,  MORE,  None,               ()),
    (PART, MORE,  JAIL,  JAIL,  None,               ()),
    (PART, SOON,  SOON,  SOON,  Fate.MOVED,         (LAW,)),
    (OLD,  SOON,  LATE,  LATE,  None,               ()),
    (OLD,  PAST,  PAST,  PAST,  Fate.CHANGED,       (LAW,)),
]  # fmt: skip


@pytest.mark.parametrize(("then", "law", "told", "day", "fate", "why"), CASES)
def test_a_difference_says_what_became_of_a_finding_and_which_steps_did_it(then, law, told, day, fate, why):
    def of(stand):
        return {} if stand is None else {"XX-1": stand}

    found = differences(of(then), [((LAW,), of(law)), ((TOLD,), of(told)), ((DAY,), of(day))])
    assert [(one.finding, one.fate, one.why) for one in found] == ([("XX-1", fate, why)] if fate else [])


def test_where_two_things_are_one_step_both_are_named():
    (found,) = differences({"XX-1": YES}, [((LAW, TOLD), {"XX-1": NO}), ((DAY,), {"XX-1": NO})])
    assert found.why == (LAW, TOLD)
    assert differences({"XX-1": YES}, []) == ()


def test_deadlines_are_kept_with_a_position_and_read_again():
    stands = {"XX-1": YES, "XX-2": SOON, "XX-3": Stand(answer="unknown", state="unknown"), "XX-4": JAIL, "XX-5": STAYS}
    saved = json.loads(json.dumps(stands_as_kept(stands)))
    assert saved["deadlines"] == {"XX-2": ["running", "2023-05-08"], "XX-3": ["unknown", ""]}
    assert saved["penalties"] == {"XX-4": [60, 120, ["a fine"]]}
    assert saved["stays"] == {"XX-5": ["10 days in each 30", "2023-05-08", [0, 3]]}
    assert stands_kept(saved) == stands


def test_a_position_of_an_older_version_has_answers_only():
    assert stands_kept({"answers": {"XX-1": "yes"}}) == {"XX-1": OLD}
    assert stands_kept({"answers": {"XX-1": "yes"}, "deadlines": {}}) == {"XX-1": PART}


NEW = Stand(answer="unknown")
#   before  after    penalty  stay    deadline  open
PARTS = [
    (YES,   YES,     False,   False,  False,    False),
    (JAIL,  MORE,    True,    False,  False,    False),
    (JAIL,  None,    True,    False,  False,    False),
    (None,  STAYS,   False,   True,   False,    False),
    (STAYS, LONGER,  False,   True,   False,    False),
    (PART,  MORE,    False,   False,  False,    False),
    (SOON,  YES,     False,   False,  True,     False),
    (None,  NEW,     False,   False,  False,    True),
    (YES,   NEW,     False,   False,  False,    False),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "penalty", "stay", "deadline", "is_open"), PARTS)
def test_a_difference_says_which_part_is_otherwise(before, after, penalty, stay, deadline, is_open):
    one = Difference(finding="XX-1", before=before, after=after, why=(LAW,))
    found = (one.has_other_penalty, one.has_other_stay, one.has_deadline, one.is_open)
    assert found == (penalty, stay, deadline, is_open)
