"""What a file says of itself: contradictions, the order of events, and what is left of their days."""

import pytest

from safeconduct.rules.telling.days_text import read_days
from safeconduct.values.errors import Place
from tests.rules.telling.words import faults, read, refusal

HERE = Place(name="")
DAY = "- {{event: {}, on: {}}}\n"


def history(*lines: str, closed: str = "", complete: str = "") -> str:
    """A file with these events, each `kind day`."""
    text = "history:\n" + "".join(DAY.format(*line.split()) for line in lines)
    return text + f"not_happened: [{closed}]\ncomplete: [{complete}]\n"


#    facts that contradict one another                              code      line column
CONTRADICTIONS = [
    ("exemptions: none\n  served: yes", "SIT055", 3, 3),
    ("served: yes\n  exemptions: none", "SIT055", 3, 3),
    ("student: {level: higher}\n  rank_group: [junior_officer, colonel]", "SIT055", 3, 3),
    ("served: yes\n  student: {level: higher}", "SIT055", 3, 3),
    ("student: {level: higher, from: 2020-01-01, until: 2020-12-31}\n  rank_group: colonel", "SIT055", 3, 3),
    (
        "student: {level: higher, from: 2020-01-01, until: 2020-12-31}\n  rank_group: colonel from 2020-12-31",
        "SIT055",
        3,
        3,
    ),
]


@pytest.mark.parametrize(("lines", "code", "line", "column"), CONTRADICTIONS)
def test_facts_that_exclude_each_other_by_their_meaning_are_refused(lines, code, line, column):
    assert faults(refusal("person:\n  " + lines)) == [(code, line, column)]


AGREEING = [
    "exemptions: none\n  served: no",
    "exemptions: none\n  served: [yes, no]",
    "exemptions: none\n  served: unknown",
    "exemptions: unknown\n  served: yes",
    "served: [yes, no]\n  student: {level: higher}",
    "served: yes\n  student: no",
    "student: no\n  rank_group: colonel",
    "student: {level: higher}\n  rank_group: [soldier, colonel]",
    "student: {level: higher, from: 2020-01-01, until: 2020-12-31}\n  rank_group: colonel from 2021-01-01",
    "student: {level: higher, from: 2020-01-01, until: 2020}\n  rank_group: colonel from 2020-06-01",
]


@pytest.mark.parametrize("lines", AGREEING)
def test_facts_that_may_both_be_so_are_kept(lines):
    assert len(read("person:\n  " + lines).facts) == 2


def test_no_exemption_beside_service_is_refused():
    text = "person:\n  sex: male\n  exemptions: {}\nhistory: [{}]\n"
    assert faults(refusal(text.format("none", "enlisted"))) == [("SIT056", 3, 3)]
    for word, event in (("unknown", "enlisted"), ("none", "mobilised")):
        assert read(text.format(word, event)).events


#    history                                      not_happened                              refused
BOTH = [
    ("enlisted", "enlisted", True),
    ("enlisted", "mobilised", False),
    ("entered KZ", "entered", True),
    ("entered KZ", "entered KZ", True),
    ("entered KZ", "entered KG", False),
    ("entered", "entered KZ", False),
    ("{event: entered, country: [KZ, KG]}", "entered KZ", False),
    # What was only tried did not happen, unless the line asks for attempts.
    ("{event: left_country, country: KZ, attempted: yes}", "left_country KZ", False),
    ("{event: left_country, country: KZ, attempted: [yes, no]}", "left_country KZ", True),
    (
        "{event: left_country, country: KZ, attempted: yes}",
        "{event: left_country, country: KZ, attempted: yes}",
        True,
    ),
    ("{event: left_country, country: KZ, attempted: yes}", "{event: left_country, country: KZ, attempted: no}", False),
    ("{event: left_country, country: KZ}", "{event: left_country, country: KZ, attempted: no}", True),
]


@pytest.mark.parametrize(("event", "line", "refused"), BOTH)
def test_what_happened_cannot_stand_under_not_happened(event, line, refused):
    text = f"history:\n- {event}\nnot_happened:\n- {line}\n"
    if refused:
        assert faults(refusal(text)) == [("SIT052", 4, 3)]
    else:
        assert len(read(text).closed) == 1
    assert len(read(text.replace("not_happened", "complete")).closed) == 1


#    events                                                                     closed, complete      refused at line
ORDER = [
    (("enlisted 2022-10-01", "left_unit 2022-10-01"), "", "", 0),
    (("enlisted 2022-10-02", "left_unit 2022-10-01"), "", "", 3),
    (("left_unit 2022-10-01", "enlisted 2022-10-02"), "", "", 3),
    (("enlisted 2022-10-02", "left_unit 2022-10-01"), "discharged", "", 3),
    (("enlisted 2022-10", "left_unit 2022-10-01"), "", "", 0),
    # A second service may explain it, and so may one that ended.
    (("enlisted 2022-10-02", "left_unit 2022-10-01", "enlisted 2020"), "", "", 0),
    (("enlisted 2022-10-02", "left_unit 2022-10-01", "discharged 2021"), "", "", 0),
    (("enlisted 2022-10-02", "left_unit 2022-10-03", "left_unit 2022-10-01"), "", "", 4),
    # Each pair would fit, the chain does not.
    (("mobilised 2023", "enlisted 2020..2024", "left_unit 2022"), "", "", 4),
    (("mobilised 2023", "left_unit 2022"), "", "", 0),
]


@pytest.mark.parametrize(("lines", "closed", "complete", "line"), ORDER)
def test_events_that_cannot_have_come_in_this_order_are_refused(lines, closed, complete, line):
    text = history(*lines, closed=closed, complete=complete)
    if line:
        assert faults(refusal(text)) == [("SIT053", line, 3)]
    else:
        assert len(read(text).events) == len(lines)


ORDER = (("case_closed", 3), ("case_opened", 4))


@pytest.mark.parametrize("country", ["", ", country: [KZ, RU]"])
def test_two_events_of_which_the_country_is_open_may_be_of_two_countries(country):
    lines = (f"- {{event: {kind}{country}, on: 2023-0{month}-01}}\n" for kind, month in ORDER)
    found = read("history:\n" + "".join(lines)).events
    assert [event.kind for event in found] == ["case_closed", "case_opened"]


def test_order_is_looked_at_for_one_country_at_a_time():
    text = (
        "history:\n- {{event: case_opened, country: RU, on: 2023}}\n- {{event: case_closed, country: {}, on: 2022}}\n"
    )
    assert faults(refusal(text.format("RU"))) == [("SIT053", 3, 3)]
    assert len(read(text.format("KZ")).events) == 2
    assert len(read(text.format("[RU, KZ]")).events) == 2


#    events                                              closed         complete              days that are left
TIGHTER = [
    (("enlisted 2022-10", "left_unit 2022-09-24..2022-10-05"), "", "", ("2022-10", "2022-09-24..2022-10-05")),
    (
        ("enlisted 2022-10", "left_unit 2022-09-24..2022-10-05"),
        "discharged",
        "",
        ("2022-10-01..2022-10-05", "2022-10-01..2022-10-05"),
    ),
    (
        ("enlisted 2022-10", "left_unit 2022-09-24..2022-10-05"),
        "",
        "enlisted, left_unit",
        ("2022-10-01..2022-10-05", "2022-10-01..2022-10-05"),
    ),
    (("enlisted 2022-10", "left_unit 2022-09-24..2022-10-05"), "", "enlisted", ("2022-10", "2022-09-24..2022-10-05")),
    (
        ("left_unit ..2022-10-05", "enlisted 2022-09..", "mobilised 2022-09-21..2022-12"),
        "discharged",
        "",
        ("2022-09-21..2022-10-05", "2022-09-21..2022-10-05", "2022-09-21..2022-10-05"),
    ),
    (("enlisted 2022", "enlisted 2021", "left_unit 2022-10-05"), "discharged", "", ("2022", "2021", "2022-10-05")),
    (
        ("enlisted 2022", "left_unit 2022-10-05", "left_unit 2022-09"),
        "discharged",
        "",
        ("2022", "2022-10-05", "2022-09"),
    ),
]


@pytest.mark.parametrize(("lines", "closed", "complete", "left"), TIGHTER)
def test_days_are_tightened_only_where_no_further_event_is_possible(lines, closed, complete, left):
    events = read(history(*lines, closed=closed, complete=complete)).events
    assert [event.on for event in events] == [read_days(text, HERE) for text in left]


#    closed                                                            tightened
COUNTRIES = [
    ("complete: [case_opened RU, case_closed RU]", True),
    ("complete: [case_opened, case_closed RU]", True),
    ("complete: [case_opened KZ, case_closed RU]", False),
    ("complete: [case_opened RU]", False),
    ("not_happened: [case_opened KZ]", False),
]


@pytest.mark.parametrize(("closed", "tightened"), COUNTRIES)
def test_a_list_that_is_whole_for_one_country_closes_only_that(closed, tightened):
    text = (
        "history:\n- {event: case_opened, country: RU, on: 2023}\n- {event: case_closed, country: RU, on: 2022..2024}\n"
    )
    first = read(text + closed + "\n").events[1].on
    assert first == read_days("2023..2024" if tightened else "2022..2024", HERE)


def test_all_contradictions_are_told_at_once():
    text = "person:\n  exemptions: none\n  served: yes\nhistory: [enlisted, discharged]\nnot_happened: [discharged]\n"
    assert faults(refusal(text)) == [("SIT056", 2, 3), ("SIT055", 3, 3), ("SIT052", 5, 16)]
