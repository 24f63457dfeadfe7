"""The pieces of the check, each by itself: days, countries, words for values, what a run keeps."""

import zlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeconduct.desk.check.asks import sheet_of
from safeconduct.desk.check.keeping import _packed, _unpacked
from safeconduct.desk.check.moments import Moment, MomentError, MomentFault, between, in_words, moment_of
from safeconduct.desk.check.places import country_code, country_codes, country_name
from safeconduct.desk.check.question_page import initial_of, reply_said
from safeconduct.desk.check.run import Put, Reply, Run, Step, Waiting, told_in, with_reply
from safeconduct.desk.check.spoken import said
from safeconduct.rules.asking import Subject
from safeconduct.rules.replying import Silence
from safeconduct.values.errors import SituationError
from tests.desk.check.small_law import small_law
from tests.desk.check.small_site import contact_site, open_site, small_site

__all__ = ["contact_site", "open_site", "small_site"]
ID, DAY, END = UUID(int=7), date(2026, 11, 22), datetime(2026, 11, 22, 12, 30, tzinfo=UTC)

#   what was filled in                                    the words, or what is wrong
MOMENTS = [
    (Moment(year="2022"),                                 "2022"),
    (Moment(year="2022", month="09"),                     "2022-09"),
    (Moment(year="2022", month="09", day="1"),            "2022-09-01"),
    (Moment(year="2024", month="02", day="29"),           "2024-02-29"),
    (Moment(year="2022", month="winter"),                 "winter 2022"),
    (Moment(year="2022", month="winter", about=True),     "about 2022"),
    (Moment(year="2022", about=True),                     "about 2022"),
    (Moment(year="2022", month="09", day="3", about=True), "about 2022-09"),
    (Moment(),                                            MomentFault.NO_YEAR),
    (Moment(about=True),                                  MomentFault.NO_YEAR),
    (Moment(year="22"),                                   MomentFault.NOT_A_YEAR),
    (Moment(year="٢٠٢٢"),                                 MomentFault.NOT_A_YEAR),
    (Moment(year="99999"),                                MomentFault.NOT_A_YEAR),
    (Moment(year="2022", month="winter", day="3"),        MomentFault.NO_MONTH),
    (Moment(year="2022", day="3"),                        MomentFault.NO_MONTH),
    (Moment(year="2023", month="02", day="29"),           MomentFault.NO_SUCH_DAY),
    (Moment(year="2023", month="02", day="x"),            MomentFault.NO_SUCH_DAY),
]  # fmt: skip


@pytest.mark.parametrize(("moment", "words"), MOMENTS)
def test_a_day_is_taken_as_it_was_filled_in_or_wider(moment, words):
    if isinstance(words, str):
        assert in_words(moment) == words
    else:
        with pytest.raises(MomentError) as caught:
            in_words(moment)
        assert caught.value.fault is words


#   first                               last                              words, or what is wrong
BETWEEN = [
    (Moment(year="2022"),               Moment(year="2023"),              "2022..2023"),
    (Moment(),                          Moment(year="2023", month="05"),  "..2023-05"),
    (Moment(year="2022", month="05"),   Moment(year="2022"),              "2022-05..2022"),
    (Moment(year="2023"),               Moment(year="2022"),              MomentFault.REVERSED),
    (Moment(year="2022", about=True),   Moment(year="2023"),              MomentFault.VAGUE_END),
    (Moment(year="2022", month="autumn"), Moment(year="2023"),            MomentFault.VAGUE_END),
]  # fmt: skip


@pytest.mark.parametrize(("first", "last", "words"), BETWEEN)
def test_two_days_hold_what_lies_between(first, last, words):
    if isinstance(words, str):
        assert between(first, last) == words
    else:
        with pytest.raises(MomentError) as caught:
            between(first, last)
        assert caught.value.fault is words


@pytest.mark.parametrize("text", ["2022", "2022-09", "2022-09-21"])
def test_what_was_told_is_filled_in_again(text):
    assert in_words(moment_of(text)) == text


def test_what_is_vaguer_cannot_be_filled_in_again():
    assert moment_of("2022-09-01..2022-11-30") is None


#   written            code
PLACES = [
    ("Kazakhstan",     "KZ"),
    ("  казахстан ",   "KZ"),
    ("Қазақстан",      "KZ"),
    ("kz",             "KZ"),
    ("Atlantis",       None),
    ("",               None),
]  # fmt: skip


@pytest.mark.parametrize(("written", "code"), PLACES)
def test_a_country_is_known_by_its_name_in_every_language(written, code):
    assert country_code(written) == code


def test_several_countries_are_all_known_or_none_is_taken():
    assert country_codes("Россия, Serbia,") == ("RU", "RS")
    assert country_codes("Россия, Atlantis") is None
    assert (country_name("RS", "kk"), country_name("XX", None)) == ("Сербия", "XX")


#   as a file writes it         language   in words
SPOKEN = [
    ("2022",                    "en",      "2022"),
    ("2022-09-21",              "ru",      "21 сентября 2022 года"),
    ("2022-09",                 "uk",      "вересень 2022"),
    ("..2006-03-01",            "en",      "1 March 2006 or earlier"),
    ("2006-03-01..",            "en",      "1 March 2006 or later"),
    ("2021..2023",              "ru",      "2021 – 2023"),
    ("28..32 on 2026-11-22",    "en",      "28 to 32 years old on 22 November 2026"),
    ("30 on 2026-11-22",        "en",      "30 years old on 22 November 2026"),
    ("RU-SA",                   "en",      "RU-SA"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language", "words"), SPOKEN)
def test_values_are_said_in_the_language_of_the_reader(small_site, text, language, words):
    with override(language):
        assert said(text, language).replace("\xa0", "\u202f") == words


# --- what a run keeps ------------------------------------------------------------------------------------------------

EVENTS = Put(subject=Subject.WHICH, name="events", of=("left_unit", "entered", "called"))
LEFT = Put(subject=Subject.DAY, name="left_unit.on")
FIT = Put(subject=Subject.FACT, name="fitness", offered=("A", "B", "V"), bears_on=("XX-R10",))
ENTERED = Put(subject=Subject.EVENT, name="entered", offered=("yes", "no"))
AGAIN = Put(subject=Subject.EVENT, name="entered.again", offered=("yes", "no"))
PERMIT = Put(subject=Subject.FACT, name="permit")
CHILDREN = Put(subject=Subject.FACT, name="children")
CITIZEN = Put(subject=Subject.FACT, name="citizenships")
FIELDS = Put(subject=Subject.WHICH, name="left_unit.*", of=("left_unit.permission", "left_unit.aim"))
ABSENT = Put(subject=Subject.FIELD, name="left_unit.absent_for")
GROUNDS = Put(subject=Subject.NONE_OF, name="grounds")
BORN = Put(subject=Subject.FACT, name="birth_date")

#   question    reply                                                     in words
REPLIES = [
    (EVENTS,    Reply(names=("left_unit",)),                              "Leaving the unit"),
    (EVENTS,    Reply(names=()),                                          "None of these"),
    (EVENTS,    Reply(silence=Silence.UNKNOWN),                           "I don’t know"),
    (FIT,       Reply(silence=Silence.WITHHELD),                          "I would rather not say"),
    (FIT,       Reply(words="V"),                                         "V"),
    (ENTERED,   Reply(happened=True, on="2022-09", where="KZ"),           "Yes, September 2022, Kazakhstan"),
    (ENTERED,   Reply(happened=False),                                    "No"),
    (LEFT,      Reply(words="2022-09-01..2022-11-30"),                    "from 1 September 2022 to 30 November 2022"),
    (PERMIT,    Reply(value={"kind": "temporary", "from": "2023"}),       "Kind: Temporary, From when?: 2023"),
    (CHILDREN,  Reply(value=[{"dependent": "yes"}, {"birth_date": "2015"}]), "Yes; "),
    (CITIZEN,   Reply(value=["RU", "KZ"]),                                "Russia, Kazakhstan"),
    (CITIZEN,   Reply(words="none"),                                      "None"),
    (FIELDS,    Reply(names=("left_unit.aim",)),                          "Aim"),
    (ABSENT,    Reply(words="5 days"),                                    "5"),
    (GROUNDS,   Reply(none_applies=True),                                 "Yes, none applies"),
    (GROUNDS,   Reply(none_applies=False),                                "No, or I am not sure of each"),
    (BORN,      Reply(words="28..32 on 2026-11-22", is_age=True),         "28 to 32 years old on 22 November 2026"),
]  # fmt: skip


@pytest.mark.parametrize(("put", "reply", "words"), REPLIES)
def test_a_reply_is_said_in_words(small_site, put, reply, words):
    with override("en"):
        told = reply_said(reply, put, sheet_of(put, small_law().vocabulary), "en")
    assert words in told


@pytest.mark.parametrize(("put", "reply", "words"), REPLIES)
def test_a_run_comes_back_from_its_cookie_as_it_was(small_site, put, reply, words):
    step = Step(put=put, reply=reply)
    run = Run(
        id=ID, day=DAY, until=END, steps=(step, step), put=put, waiting=Waiting(step=1, reply=reply), most=9, settled=40
    )
    assert _unpacked(_packed(run, small_law()), ID, small_law()) == run
    ended = replace(run, put=None, waiting=None)
    assert _unpacked(_packed(ended, small_law()), ID, small_law()) == ended


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(raw=st.binary(max_size=200))
def test_bytes_that_are_no_state_are_no_run(small_site, raw):
    assert _unpacked(raw, ID, small_law()) is None


@pytest.mark.parametrize("state", [b"[]", b"7", b"null", b'{"a": 1}', b'["1-"]', b"[[]]"])
def test_a_state_of_another_form_is_no_run(small_site, state):
    packer = zlib.compressobj(9, wbits=-15)
    assert _unpacked(packer.compress(state) + packer.flush(), ID, small_law()) is None


MONTH = {"on-year": "2022", "on-month": "09", "on-day": ""}

#   question    reply                                                     what the form holds
INITIAL = [
    (EVENTS,    Reply(names=("left_unit",)),                              {"v": ["left_unit"], "answer": "told"}),
    (EVENTS,    Reply(names=()),                                          {"v": [], "answer": "none"}),
    (FIT,       Reply(silence=Silence.UNKNOWN),                           {"answer": "unknown"}),
    (FIT,       Reply(words="V"),                                         {"answer": "V"}),
    (GROUNDS,   Reply(none_applies=True),                                 {"answer": "yes"}),
    (GROUNDS,   Reply(none_applies=False),                                {"answer": "no"}),
    (ENTERED,   Reply(happened=False),                                    {"answer": "no", "where": ""}),
    (ENTERED,   Reply(happened=True, where="KZ"),                         {"answer": "yes", "where": "KZ"}),
    (LEFT,      Reply(words="2022-09"),                                   MONTH),
    (BORN,      Reply(words="30 on 2026-11-22", is_age=True),             {}),
    (PERMIT,    Reply(value={"kind": "temporary"}),                       {}),
    (ABSENT,    Reply(words="5 days"),                                    {}),
]  # fmt: skip


@pytest.mark.parametrize(("put", "reply", "held"), INITIAL)
def test_a_form_holds_an_earlier_reply_where_it_can_hold_all_of_it(put, reply, held):
    assert initial_of(reply, sheet_of(put, small_law().vocabulary)) == held


def run_of(*steps, put=None):
    return Run(id=ID, day=DAY, until=END, steps=tuple(Step(put=one, reply=reply) for one, reply in steps), put=put)


def test_what_was_asked_of_an_event_goes_with_the_event():
    run = run_of(
        (EVENTS, Reply(names=("left_unit", "entered"))),
        (ENTERED, Reply(happened=True, on="2022", where="KZ")),
        (AGAIN, Reply(happened=False)),
        (LEFT, Reply(words="2022-09")),
        (FIELDS, Reply(names=())),
        (FIT, Reply(words="A")),
    )
    changed = with_reply(run, 1, Reply(names=("entered",)), small_law())
    assert [step.put.name for step in changed.steps] == ["events", "entered", "entered.again", "fitness"]
    none = with_reply(run, 1, Reply(names=()), small_law())
    assert [step.put.name for step in none.steps] == ["events", "fitness"]
    assert told_in(none, small_law()).draft.person == {"fitness": "A"}


def test_a_later_reply_that_contradicts_the_changed_one_goes():
    run = run_of((PERMIT, Reply(words="none")), (EVENTS, Reply(names=("called",))))
    assert [step.put.name for step in with_reply(run, 1, Reply(words="none"), small_law()).steps] == [
        "permit",
        "events",
    ]
    with pytest.raises(SituationError):
        with_reply(run_of(put=FIT), 1, Reply(words="Q"), small_law())
    with pytest.raises(ValueError, match="no question"):
        with_reply(run_of(put=None), 1, Reply(words="A"), small_law())


def test_a_run_says_what_stands_at_each_number():
    run = run_of((FIT, Reply(words="A")), put=ENTERED)
    assert [run.put_at(number) for number in (0, 1, 2, 3)] == [None, FIT, ENTERED, None]
    assert [run.reply_at(number) for number in (0, 1, 2)] == [None, Reply(words="A"), None]
    assert run.until - END == timedelta(0)
