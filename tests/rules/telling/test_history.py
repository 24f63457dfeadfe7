"""Events, what did not happen, and lists that are whole."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.rules.situation import Closed, Event, Range
from safeconduct.values.days import ANY_DAY, Days, iso
from tests.rules.telling.words import faults, read, refusal, words


def days(first: str, last: str = "") -> Days:
    return Days(earliest=date.fromisoformat(first).toordinal(), latest=date.fromisoformat(last or first).toordinal())


KZ = ("country", words("KZ"))
ONE = days("2022-09-24")
#    item of the history                                        event
EVENTS = [
    ("mobilised", Event(kind="mobilised", on=ANY_DAY)),
    ("entered KZ", Event(kind="entered", on=ANY_DAY, fields=(KZ,))),
    ("entered  KZ", Event(kind="entered", on=ANY_DAY, fields=(KZ,))),
    ("{event: mobilised}", Event(kind="mobilised", on=ANY_DAY)),
    ("{event: mobilised, on: unknown}", Event(kind="mobilised", on=ANY_DAY)),
    ("{event: mobilised, on: {is: 2022-09-24, assumed: so}}", Event(kind="mobilised", on=ONE, assumed="so")),
    ("{event: mobilised, on: 2022-09-24, assumed: so}", Event(kind="mobilised", on=ONE, assumed="so")),
    ("{on: 2022-09-24, event: mobilised}", Event(kind="mobilised", on=ONE)),
    ("{event: mobilised, on: 2022-09}", Event(kind="mobilised", on=days("2022-09-01", "2022-09-30"))),
    ("{event: mobilised, on: ..2022}", Event(kind="mobilised", on=days("1850-01-01", "2022-12-31"))),
    (
        "{event: left_unit, group: none, permission: no, absent_for: 3..10 days}",
        Event(
            kind="left_unit",
            on=ANY_DAY,
            fields=(("permission", words("no")), ("absent_for", Range(least=3, most=10)), ("group", words("none"))),
        ),
    ),
    (
        "{event: left_unit, permission: {is: no, assumed: two}, group: unknown, assumed: one}",
        Event(kind="left_unit", on=ANY_DAY, fields=(("permission", words("no")),), assumed="one; two"),
    ),
    (
        "{event: summons, served: 2022-09-24, appear_by: 2022-09, valid_reason: withheld}",
        Event(kind="summons", on=ANY_DAY, fields=(("served", ONE), ("appear_by", days("2022-09-01", "2022-09-30")))),
    ),
    (
        "{event: entered, country: [KZ, KG]}",
        Event(kind="entered", on=ANY_DAY, fields=(("country", words("KZ", "KG")),)),
    ),
]


@pytest.mark.parametrize(("item", "event"), EVENTS)
def test_an_event_is_read_with_its_fields_in_the_order_of_the_vocabulary(item, event):
    assert read(f"history:\n- {item}\n").events == (event,)


def test_events_are_numbered_as_they_stand():
    situation = read("history: [mobilised, entered KZ, mobilised]")
    assert [(event.kind, event.number) for event in situation.events] == [
        ("mobilised", 0),
        ("entered", 1),
        ("mobilised", 2),
    ]


def test_an_empty_history_says_nothing():
    assert read("history: []").events == ()


#    item                                                       closed
LINES = [
    ("mobilised", Closed(kind="mobilised")),
    ("entered", Closed(kind="entered")),
    ("entered KZ", Closed(kind="entered", where=(("country", "KZ"),))),
    ("{event: entered, country: KZ}", Closed(kind="entered", where=(("country", "KZ"),))),
    ("{event: entered, country: KZ, attempted: no}", Closed(kind="entered", where=(("country", "KZ"),))),
    (
        "{event: entered, attempted: yes, country: KZ, assumed: so}",
        Closed(kind="entered", where=(("country", "KZ"), ("attempted", "yes")), assumed="so"),
    ),
    (
        "{event: entered, country: {is: KZ, assumed: so}}",
        Closed(kind="entered", where=(("country", "KZ"),), assumed="so"),
    ),
]


@pytest.mark.parametrize(("item", "closed"), LINES)
@pytest.mark.parametrize("never", [True, False])
def test_kinds_of_event_are_closed_by_name_or_by_fields(item, closed, never):
    section = "not_happened" if never else "complete"
    assert read(f"{section}:\n- {item}\n").closed == (
        Closed(kind=closed.kind, where=closed.where, never=never, assumed=closed.assumed),
    )


#    section        item                                        code   line column
REFUSED = [
    ("history", "fled", "SIT021", 2, 3),
    ("history", "{event: fled}", "SIT021", 2, 11),
    ("history", "{event: [mobilised]}", "SIT013", 2, 11),
    ("history", "{on: 2022}", "SIT050", 2, 3),
    ("history", "{}", "SIT050", 2, 3),
    ("history", "[mobilised]", "SIT013", 2, 3),
    ("history", "''", "SIT014", 2, 3),
    ("history", "mobilised KZ", "SIT051", 2, 3),
    ("history", "entered Kazakhstan", "SIT024", 2, 3),
    ("history", "entered KZ 2022", "SIT024", 2, 3),
    ("history", "{event: mobilised, where: here}", "SIT022", 2, 22),
    ("history", "{event: mobilised, on: autumn}", "SIT030", 2, 26),
    ("history", "{event: mobilised, on: 2022-09-31}", "SIT031", 2, 26),
    ("history", "{event: mobilised, on: 2023..2022}", "SIT033", 2, 26),
    ("history", "{event: mobilised, on: none}", "SIT027", 2, 26),
    ("history", "{event: mobilised, on: [2022, 2023]}", "SIT013", 2, 26),
    ("history", "{event: mobilised, on: {is: 2022, from: 2021}}", "SIT040", 2, 43),
    ("history", "{event: mobilised, assumed: ''}", "SIT014", 2, 22),
    ("history", "{event: left_unit, absent_for: 3}", "SIT026", 2, 34),
    ("history", "{event: left_unit, absent_for: none}", "SIT027", 2, 34),
    ("history", "{event: left_unit, permission: none}", "SIT023", 2, 34),
    ("history", "{event: entered, means: foot}", "SIT023", 2, 27),
    ("not_happened", "fled", "SIT021", 2, 3),
    ("not_happened", "{event: mobilised, on: 2022}", "SIT051", 2, 22),
    ("not_happened", "{event: summons, served: 2022}", "SIT051", 2, 20),
    ("not_happened", "{event: left_unit, absent_for: 3 days}", "SIT051", 2, 22),
    ("not_happened", "{event: entered, country: [KZ, KG]}", "SIT051", 2, 3),
    ("not_happened", "{event: entered, place: KZ}", "SIT022", 2, 20),
    ("not_happened", "{country: KZ}", "SIT050", 2, 3),
    ("complete", "mobilised KZ", "SIT051", 2, 3),
    ("complete", "{event: entered, on: 2022}", "SIT051", 2, 20),
]


@pytest.mark.parametrize(("section", "item", "code", "line", "column"), REFUSED)
def test_a_line_that_is_no_event_is_refused_with_its_place(section, item, code, line, column):
    assert faults(refusal(f"{section}:\n- {item}\n")) == [(code, line, column)]


def test_what_is_assumed_in_a_history_is_said():
    situation = read(
        "history:\n"
        "- {event: mobilised, on: 2022-09-21..2022-10-15, assumed: no day told}\n"
        "- {event: entered, country: [KZ, KG], assumed: one of the two}\n"
        "- {event: left_unit, assumed: some day}\n"
        "not_happened:\n"
        "- {event: discharged, assumed: not told}\n"
        "complete:\n"
        "- {event: entered, country: KZ, assumed: he says so}\n"
    )
    assert situation.warnings == (
        "Assumed: mobilised, 2022-09-21..2022-10-15: no day told",
        "Assumed: entered KG or KZ: one of the two",
        "Assumed: left_unit: some day",
        "Assumed: discharged did not happen: not told",
        "Assumed: entered KZ is listed completely: he says so",
    )


def test_a_day_to_appear_before_the_day_of_service_is_a_warning_and_not_refused():
    text = "history:\n- mobilised\n- {{event: summons, served: 2023-10-20, appear_by: {}}}"
    assert read(text.format("2023-10-19")).warnings[0].startswith("Event 2 of the history")
    assert read(text.format("2023-10-20")).warnings == ()
    assert read(text.format("2023-10")).warnings == ()
    assert read("history:\n- {event: summons, served: 2023-10-20}").warnings == ()


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 400), st.integers(0, 400))
def test_a_blurred_event_holds_the_exact_one(day, before, after):
    exact = day.toordinal()
    for text in (iso(exact)[:4], iso(exact)[:7], f"{iso(exact - before)}..{iso(exact + after)}", f"..{iso(exact)}"):
        on = read(f"history: [{{event: mobilised, on: {text}}}]").events[0].on
        assert on.earliest <= exact <= on.latest
