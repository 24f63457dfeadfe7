"""A small vocabulary that has every shape once, made by hand: these tests do not depend on pages of law."""

from typing import NamedTuple

import pytest

from safeconduct.rules.situation import Situation, Words
from safeconduct.rules.telling import read_situation
from safeconduct.rules.vocabulary import EventKind, Fact, Field, Implication, Shape, Vocabulary
from safeconduct.values.errors import SituationError

YES_NO, ONE_OF, DATE, NUMBER = Shape.YES_NO, Shape.ONE_OF, Shape.DATE, Shape.NUMBER


def _field(name: str, shape: Shape = YES_NO, *words: str) -> Field:
    return Field(name=name, shape=shape, words=words)


_COUNTRY = _field("country", ONE_OF)
_CROSSING = (_COUNTRY, _field("means", ONE_OF, "air", "land", "sea"), _field("valid_papers"), _field("attempted"))
_FACTS = [
    Fact(name="birth_date", shape=DATE),
    Fact(name="sex", shape=ONE_OF, words=("male", "female")),
    Fact(name="served", shape=YES_NO),
    Fact(name="in_reserve", shape=YES_NO, may_change=True),
    Fact(name="rank_group", shape=ONE_OF, words=("soldier", "junior_officer", "colonel"), may_change=True),
    Fact(name="region", shape=ONE_OF, may_change=True),
    Fact(name="degree", shape=ONE_OF, words=("candidate", "doctor"), may_be_absent=True),
    Fact(name="nickname", shape=ONE_OF, may_be_absent=True),
    Fact(name="twin", shape=YES_NO, may_be_absent=True),
    Fact(name="left_reserve_on", shape=DATE, may_be_absent=True),
    Fact(name="weeks", shape=NUMBER, may_be_absent=True, may_change=True),
    Fact(name="citizenships", shape=Shape.LIST),
    Fact(name="papers", shape=Shape.LIST, words=("internal", "foreign"), may_change=True),
    Fact(name="exemptions", shape=YES_NO, may_be_absent=True, closes=("XX-EXM-1",)),
    Fact(
        name="student",
        shape=Shape.RECORD,
        fields=(_field("level", ONE_OF, "higher", "master"), _field("accredited"), _field("begun", DATE)),
        may_change=True,
        may_be_absent=True,
    ),
    Fact(name="passport", shape=Shape.RECORD, fields=(_field("article", ONE_OF),)),
    Fact(name="children", shape=Shape.RECORDS, fields=(_field("birth_date", DATE), _field("disabled"))),
]
_EVENTS = [
    EventKind(name="summons", fields=(_field("served", DATE), _field("appear_by", DATE), _field("valid_reason"))),
    EventKind(name="mobilised", precedes=("enlisted",), again_after=("discharged",)),
    EventKind(name="enlisted", precedes=("left_unit",), again_after=("discharged",)),
    EventKind(
        name="left_unit",
        fields=(
            _field("permission"),
            _field("absent_for", Shape.LENGTH),
            _field("group", ONE_OF, "none", "prior_plan"),
        ),
        again_after=("discharged",),
    ),
    EventKind(name="discharged", again_after=("enlisted",)),
    EventKind(name="case_opened", key="country", fields=(_COUNTRY,), precedes=("case_closed",)),
    EventKind(name="case_closed", key="country", fields=(_COUNTRY,)),
    EventKind(name="entered", key="country", fields=_CROSSING, again_after=("left_country",)),
    EventKind(name="left_country", key="country", fields=_CROSSING, again_after=("entered",)),
]
VOCABULARY = Vocabulary(
    facts={fact.name: fact for fact in _FACTS},
    events={kind.name: kind for kind in _EVENTS},
    implications=(
        Implication(fact="exemptions", values=frozenset({"none"}), then="served", then_values=frozenset({"no"})),
        Implication(
            fact="student", values=frozenset({"present"}), then="rank_group", then_values=frozenset({"soldier"})
        ),
        Implication(fact="served", values=frozenset({"yes"}), then="student", then_values=frozenset({"none"})),
    ),
)


def read(text: str) -> Situation:
    """The situation that a YAML text tells."""
    return read_situation(text.encode(), VOCABULARY, form="yaml")


def fact(line: str) -> object:
    """What is known of the one fact on the line."""
    (known,) = read("person:\n  " + line).facts.values()
    return known


def words(*possible: str) -> Words:
    """One of these words."""
    return Words(possible=frozenset(possible))


class Refused(NamedTuple):
    """A fault: code, line and column."""

    code: str
    line: int
    column: int


def refusal(text: str) -> SituationError:
    """The error that a YAML text raises; nothing of the text may stand in it that is not a known word."""
    with pytest.raises(SituationError) as caught:
        read(text)
    return caught.value


def faults(error: SituationError) -> list[Refused]:
    """All faults of an error, in order."""
    return [Refused(each.code, each.place.line, each.place.column) for each in (error, *error.others)]
