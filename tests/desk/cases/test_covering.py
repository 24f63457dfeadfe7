"""Two tellings that differ: the engine gets what covers both."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.desk.cases.covering import cover_event, cover_fact, cover_value
from safeconduct.rules.situation import (
    Absent,
    Asked,
    Event,
    Known,
    Period,
    Range,
    Record,
    RecordList,
    WordList,
    Words,
)
from safeconduct.values.days import ANY_DAY, FIRST_DAY, LAST_DAY, Days


def words(*possible):
    return Words(possible=frozenset(possible))


def days(first, last=None):
    return Days(earliest=FIRST_DAY + first, latest=FIRST_DAY + (first if last is None else last))


def a_list(*held, whole=True):
    return WordList(words=frozenset(held), whole=whole)


NONE = Absent()

#   one                               other                             what covers both
VALUES = [
    (words("yes"),                    words("yes"),                     words("yes")),
    (words("yes"),                    words("no"),                      words("yes", "no")),
    (days(5),                         days(9),                          days(5, 9)),
    (days(1, 9),                      days(3, 5),                       days(1, 9)),
    (Range(least=3, most=5),          Range(least=4, most=9),           Range(least=3, most=9)),
    (Range(least=None, most=5),       Range(least=4, most=None),        Range(least=None, most=None)),
    (words("soldier"),                NONE,                             words("soldier", "none")),
    (NONE,                            NONE,                             NONE),
    (a_list("RU"),                    a_list("RU", "KZ"),               a_list("RU", whole=False)),
    (a_list("RU"),                    NONE,                             a_list(whole=False)),
    (NONE,                            a_list("RU"),                     a_list(whole=False)),
    (words("yes"),                    days(5),                          None),
    (days(5),                         Range(least=1, most=2),           None),
    (Record(fields=()),               NONE,                             None),
    (RecordList(records=(), unstated=0), NONE,                          None),
    (
        Record(fields=(("level", words("higher")), ("form", words("evening")))),
        Record(fields=(("level", words("master")),)),
        Record(fields=(("level", words("higher", "master")),)),
    ),
    (
        Record(fields=(("level", words("higher")),)),
        Record(fields=(("level", days(1)),)),
        Record(fields=()),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "covered"), VALUES)
def test_what_covers_two_values(one, other, covered):
    assert cover_value(one, other) == covered
    assert cover_value(other, one) == covered


def known(*periods, asked=Asked.TOLD, assumed=""):
    return Known(name="in_reserve", asked=asked, periods=periods, assumed=assumed)


def period(value, first=None, last=None):
    return Period(value=value, first=first, last=last)


YES = words("yes")
UNKNOWN = known(asked=Asked.UNKNOWN)

#   tellings                                                     what the engine gets
FACTS = [
    ([known(period(words("yes")))],                              known(period(words("yes")))),
    ([known(period(words("yes"))), known(period(words("no")))],  known(period(words("yes", "no")))),
    ([UNKNOWN, known(period(words("yes")))],                     known(period(words("yes")))),
    ([known(asked=Asked.WITHHELD), UNKNOWN],                     known(asked=Asked.WITHHELD)),
    ([known(period(YES, days(1))), known(period(YES, days(9)))], known(period(YES, days(1, 9)))),
    ([known(period(words("yes"), days(1))), known(period(words("yes")))], UNKNOWN),
    ([known(period(words("yes"), None, days(5))), known(period(words("yes"), days(1)))], UNKNOWN),
    ([known(period(words("yes"))), known(period(words("no"), None, days(5)), period(words("yes"), days(6)))], UNKNOWN),
    ([known(period(words("yes"))), known(period(days(5)))],      UNKNOWN),
]  # fmt: skip


@pytest.mark.parametrize(("tellings", "covered"), FACTS)
def test_what_covers_all_tellings_of_a_fact(tellings, covered):
    assert cover_fact(tellings) == covered


def test_what_one_of_the_tellings_assumes_stays_assumed():
    told = [known(period(words("yes")), assumed="he said so"), known(period(words("no")))]
    assert cover_fact(told).assumed == "he said so"
    both = [known(period(words("yes")), assumed="a"), known(period(words("no")), assumed="b")]
    assert cover_fact(both).assumed == "a; b"


def event(on=ANY_DAY, **fields):
    return Event(kind="entered", on=on, fields=tuple(fields.items()))


#   one                                        other                       what covers both
EVENTS = [
    (event(days(1)),                           event(days(9)),             event(days(1, 9))),
    (event(days(1)),                           event(),                    event()),
    (event(country=words("KZ")),               event(country=words("AM")), event(country=words("KZ", "AM"))),
    (event(country=words("KZ"), means=words("air")), event(country=words("KZ")), event(country=words("KZ"))),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "covered"), EVENTS)
def test_what_covers_two_tellings_of_an_event(one, other, covered):
    assert cover_event([one, other]) == covered


def test_two_tellings_of_one_event_are_of_one_kind():
    with pytest.raises(ValueError, match="one kind"):
        cover_event([event(), Event(kind="mobilised", on=ANY_DAY)])


DAYS = st.builds(
    lambda one, other: Days(earliest=min(one, other), latest=max(one, other)),
    st.integers(FIRST_DAY, LAST_DAY),
    st.integers(FIRST_DAY, LAST_DAY),
)
WORDS = st.sets(st.sampled_from(("yes", "no", "none", "soldier")), min_size=1).map(
    lambda possible: Words(possible=frozenset(possible))
)


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_nothing_that_somebody_told_is_ruled_out_among_words(told):
    (covered,) = cover_fact([known(period(value)) for value in told]).periods
    assert all(value.possible <= covered.value.possible for value in told)


@given(st.lists(DAYS, min_size=1, max_size=4))
def test_nothing_that_somebody_told_is_ruled_out_among_days(told):
    covered = cover_event([event(on) for on in told]).on
    assert all(covered.earliest <= on.earliest and on.latest <= covered.latest for on in told)
