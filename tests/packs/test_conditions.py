"""Each form of a condition becomes the part of the tree that language.md promises, and misuse is refused."""

from datetime import date

import pytest

from safeconduct.rules.tree import (
    Aged,
    All,
    Always,
    Asked,
    Between,
    BoundDay,
    BoundIs,
    CountOf,
    EventDay,
    FactDay,
    FactIs,
    First,
    Happened,
    Holds,
    Includes,
    ItemAged,
    ItemIs,
    LastLawfulDay,
    Latest,
    Not,
    NumberIn,
    On,
    Pattern,
    Shifted,
    Some,
    Told,
)
from safeconduct.values.days import Rounding
from tests.packs.writing import assembled, condition, faults, page, provision, refused

CLIP = Rounding.CLIP
ENTERED, GONE = Pattern("entered", "KZ"), Pattern("gone")


def on(text):
    return On(date.fromisoformat(text))


def words(*texts):
    return frozenset(texts)


#    line                                          meaning
CASES = [
    ("resident",                                   FactIs("resident", "", words("yes"))),
    ("not resident",                               Not(FactIs("resident", "", words("yes")))),
    ("resident is no",                             FactIs("resident", "", words("no"))),
    ("grade is mate",                              FactIs("grade", "", words("mate"))),
    ("grade is mate or master",                    FactIs("grade", "", words("mate", "master"))),
    ("grade is not mate",                          Not(FactIs("grade", "", words("mate")))),
    ("area",                                       FactIs("area", "", words("present"))),
    ("area is none",                               FactIs("area", "", words("none"))),
    ("port is ALP",                                FactIs("port", "", words("ALP"))),
    ("student",                                    FactIs("student", "", words("present"))),
    ("student is none",                            FactIs("student", "", words("none"))),
    ("student level is higher",                    FactIs("student", "level", words("higher"))),
    ("student school is 12",                       FactIs("student", "school", words("12"))),
    ("student able",                          FactIs("student", "able", words("yes"))),
    ("favours is none",                            FactIs("favours", "", words("none"))),
    ("flags includes RU",                          Includes("flags", "RU")),
    ("papers includes logbook",                    Includes("papers", "logbook")),
    ("crew at least 2",                            NumberIn("crew", "", 2, None)),
    ("crew at most 2",                             NumberIn("crew", "", None, 2)),
    ("crew more than 2",                           NumberIn("crew", "", 3, None)),
    ("student count at least 2",                   NumberIn("student", "count", 2, None)),
    ("aged 18 to under 27",                        Aged("birth_date", 18, 27)),
    ("aged 18 or over",                            Aged("birth_date", 18, None)),
    ("aged under 18",                              Aged("birth_date", None, 18)),
    ("aged under 18 on oath",                      Aged("birth_date", None, 18, FactDay("oath"))),
    ("aged 18 or over on 2024-01-01",              Aged("birth_date", 18, None, on("2024-01-01"))),
    ("born until 1996-12-31",                      Between(FactDay("birth_date"), None, on("1996-12-31"))),
    ("born from 1997-01-01",                       Between(FactDay("birth_date"), on("1997-01-01"), None)),
    ("at least 2 wards",                           CountOf("wards", 2, ())),
    ("at least 1 wards with supported",            CountOf("wards", 1, (ItemIs("supported", words("yes")),))),
    ("at least 1 wards with no supported",         CountOf("wards", 1, (ItemIs("supported", words("no")),))),
    ("at least 1 wards with bond is child and aged under 16",
     CountOf("wards", 1, (ItemIs("bond", words("child")), ItemAged("birth_date", None, 16)))),
    ("at least 1 wards with aged 3 or over on oath",
     CountOf("wards", 1, (ItemAged("birth_date", 3, None, FactDay("oath")),))),
    ("entered KZ",                                 Happened(ENTERED)),
    ("entered",                                    Happened(Pattern("entered"))),
    ("entered KZ with by is air",                  Happened(Pattern("entered", "KZ", (("by", words("air")),)))),
    ("entered with by is air and attempted is no",
     Happened(Pattern("entered", "", (("by", words("air")), ("attempted", words("no")))))),
    ("handed with from is RU and to is KZ",
     Happened(Pattern("handed", "", (("from", words("RU")), ("to", words("KZ")))))),
    ("entered KZ by 2024-01-01",                   Happened(ENTERED, "", None, on("2024-01-01"))),
    ("entered KZ before 2024-01-01",               Happened(ENTERED, "", None, Shifted(on("2024-01-01"), 0, -1, CLIP))),
    ("entered KZ after 2024-01-01",                Happened(ENTERED, "", Shifted(on("2024-01-01"), 0, 1, CLIP), None)),
    ("entered KZ from 2024-01-01",                 Happened(ENTERED, "", on("2024-01-01"), None)),
    ("entered KZ on 2024-01-01",                   Happened(ENTERED, "", on("2024-01-01"), on("2024-01-01"))),
    ("entered KZ from 2023-01-01 by 2024-01-01",   Happened(ENTERED, "", on("2023-01-01"), on("2024-01-01"))),
    ("entered KZ within 5 days after oath",
     Happened(ENTERED, "", FactDay("oath"), Shifted(FactDay("oath"), 0, 5, CLIP))),
    ("entered KZ not followed by left_country KZ",
     Happened(ENTERED, unless_followed_by=(Pattern("left_country", "KZ"),))),
    ("entered KZ not followed by left_country KZ or gone",
     Happened(ENTERED, unless_followed_by=(Pattern("left_country", "KZ"), GONE))),
    ("summons come_by before 2024-01-01",
     Happened(Pattern("summons"), "come_by", None, Shifted(on("2024-01-01"), 0, -1, CLIP))),
    ("summons kind is call",                       Happened(Pattern("summons", "", (("kind", words("call")),)))),
    ("gone permission",                            Happened(Pattern("gone", "", (("permission", words("yes")),)))),
    ("oath before day asked",                      Between(FactDay("oath"), None, Shifted(Asked(), 0, -1, CLIP))),
    ("student since after oath",
     Between(FactDay("student", "since"), Shifted(FactDay("oath"), 0, 1, CLIP), None)),
    ("student until from oath",                    Between(FactDay("student", "until"), FactDay("oath"), None)),
    ("day asked from 2024-01-01",                  Between(Asked(), on("2024-01-01"), None)),
    ("2024-01-01 by day asked",                    Between(on("2024-01-01"), None, Asked())),
    ("more than 1 month from oath to day asked",   Between(Asked(), Shifted(FactDay("oath"), 1, 1, CLIP), None)),
    ("more than 2 days from oath to day asked",    Between(Asked(), Shifted(FactDay("oath"), 0, 3, CLIP), None)),
    ("at most 10 days from oath to day asked",     Between(Asked(), None, Shifted(FactDay("oath"), 0, 10, CLIP))),
    ("at most 2 years from oath to day asked",     Between(Asked(), None, Shifted(FactDay("oath"), 24, 0, CLIP))),
    ("day asked after last lawful day in KZ",
     Between(Asked(), Shifted(LastLawfulDay("KZ"), 0, 1, CLIP), None)),
]  # fmt: skip


@pytest.mark.parametrize(("line", "meaning"), CASES, ids=[line for line, _ in CASES])
def test_a_line_means_what_the_language_says(line, meaning):
    assert condition(line) == meaning


#    line                                      meaning, in a provision about `gone`
ABOUT = [
    ("gone permission is no",                  BoundIs("gone", "permission", words("no"))),
    ("gone permission",                        BoundIs("gone", "permission", words("yes"))),
    ("gone by 2024-01-01",                     Between(BoundDay("gone"), None, on("2024-01-01"))),
    ("gone back_by before day asked", Between(BoundDay("gone", "back_by"), None, Shifted(Asked(), 0, -1, CLIP))),
    ("more than 2 days from gone to day asked", Between(Asked(), Shifted(BoundDay("gone"), 0, 3, CLIP), None)),
    ("day asked from first of left_country KZ after gone, told gone away, day asked",
     Between(Asked(), First((EventDay(Pattern("left_country", "KZ"), "", BoundDay("gone")),
                             Told(BoundDay("gone"), "gone", "away"), Asked())), None)),
    ("day asked from 3 days after last of gone, oath",
     Between(Asked(), Latest((Shifted(BoundDay("gone"), 0, 3, CLIP), Shifted(FactDay("oath"), 0, 3, CLIP))), None)),
]  # fmt: skip


@pytest.mark.parametrize(("line", "meaning"), ABOUT, ids=[line for line, _ in ABOUT])
def test_the_own_event_of_a_provision_means_that_one_event(line, meaning):
    assert condition(line, about="gone") == meaning


#    line                                         code      message
REFUSED = [
    ("if residnt",                                "LAW002", '"residnt" is not declared'),
    ("if entered KZ with colour is red",          "LAW002", '"colour" is not a field of entered'),
    ("if at least 1 wards with colour is red",    "LAW002", '"colour" is not a field of wards'),
    ("if born until 2023-02-29",                  "LAW003", "2023-02-29 is not a day of the calendar"),
    ("if born until 1849-12-31",                  "LAW003", "1849-12-31 lies outside 1850 to 2199"),
    ("if grade is captain",                       "LAW004", '"captain" is not a value of grade'),
    ("if resident is maybe",                      "LAW004", '"maybe" is not a value of resident'),
    ("if papers includes atlas",                  "LAW004", '"atlas" is not a value of papers'),
    ("if crew at least 1.5",                      "LAW004", "1.5 is not a whole number up to 999999"),
    ("if crew at least 1000000",                  "LAW004", "1000000 is not a whole number up to 999999"),
    ("if aged under 18.5",                        "LAW004", "18.5 is not a whole number up to 999999"),
    ("if oath is 3",                              "LAW004", '"3" is not a value of oath'),
    ("if grade",                                  "LAW005", '"grade" is not a yes/no fact'),
    ("if favours",                                "LAW005", '"favours" is not a yes/no fact'),
    ("if summons kind",                           "LAW005", '"kind" is not a yes/no field'),
    ("if wards",                                  "LAW005", '"wards" is not a yes/no fact'),
    ("if entered is yes",                         "LAW005", '"entered" is an event'),
    ("if flags is RU",                            "LAW005", '"flags" is a list'),
    ("if wards is none",                          "LAW005", '"wards" is a list'),
    ("if grade includes mate",                    "LAW005", '"grade" is not a list'),
    ("if port KZ is ALP",                         "LAW005", '"port" is a fact and takes no code or with'),
    ("if resident KZ",                            "LAW005", '"resident" is a fact and takes no code or with'),
    ("if oath KZ before day asked",               "LAW005", '"oath" is a fact and takes no code or with'),
    ("if summons KZ",                             "LAW005", '"summons" is not kept apart by a code'),
    ("if grade before day asked",                 "LAW005", '"grade" is not a day'),
    ("if summons kind before day asked",          "LAW005", '"kind" is not a day'),
    ("if grade at least 2",                       "LAW005", '"grade" is not a number'),
    ("if entered at least 2",                     "LAW005", '"entered" is not a number'),
    ("if at least 1 flags",                       "LAW005", '"flags" has no records'),
    ("if at least 1 wards with bond",             "LAW005", '"bond" is not a yes/no field'),
    ("if at least 1 bells with aged under 3",     "LAW005", "the records of bells have no birth date"),
    ("if oath from 2024-01-01 after 2023-01-01",  "LAW005", "the day is bounded twice on one side"),
    ("if resident not followed by entered",       "LAW005", '"resident" is a fact, not an event'),
    ("if day asked from first of told student count", "LAW005", "only a length can be told"),
    ("if day asked from first of oath after entered", "LAW005", "only an event can lie after another day here"),
    ("if day asked from 1 month after 2 days after oath", "LAW005", "months are added to a day that was moved already"),
    ("if more than 1 month from 2 days after oath to day asked", "LAW005",
     "months are added to a day that was moved already"),
    ("if born from 2024-01-01 until 2023-01-01",  "LAW006", "the span ends before it begins"),
    ("if aged 27 to under 27",                    "LAW006", "no age lies between these two"),
    ("if XX-9",                                   "LAW007", 'there is no provision "XX-9"'),
]  # fmt: skip


@pytest.mark.parametrize(("line", "code", "message"), REFUSED, ids=[line for line, *_ in REFUSED])
def test_what_cannot_be_meant_is_refused(line, code, message):
    assert refused(line) == (code, message)


def test_a_length_can_be_told_of_the_own_event_only():
    assert refused("if day asked from first of told gone away") == ("LAW005", "only a length can be told")


@pytest.mark.parametrize(
    ("typed", "meant"), [("residnt", "resident"), ("entred", "entered"), ("student lvel", "student level")]
)
def test_a_misspelled_phrase_names_the_nearest_one(typed, meant):
    found = assembled(f'XX-1 status "one" source art. 1 [X1] confidence A\n    if {typed}').faults
    assert [fault.hint for fault in found] == [f'write "{meant}"']


def test_the_fault_points_to_the_column_of_the_word():
    law = 'XX-1 status "one" source art. 1 [X1] confidence A\n    if grade is mate or captain'
    (fault,) = assembled(law).faults
    line = page(law).decode().splitlines()[fault.place.line - 1]
    assert line[fault.place.column - 1 :] == "captain"


# --- values, terms, days ---------------------------------------------------------------------------------------

AGE = """value upper age
    until 2023-12-31: 27 years source art. 1 [X1] confidence A
    from 2024-01-01: 30 years source art. 1 [X1] confidence A"""
STORM = "value storm\n    from 2022-09-21: yes source art. 1 [X1] confidence A"
LIMIT = """value limit by grade
    for mate or master: 50 years source art. 1 [X1] confidence A
    for deckhand: 40 years source art. 1 [X1] confidence A"""


def test_a_dated_value_holds_on_the_days_of_its_rows():
    before = All((Between(Asked(), None, on("2023-12-31")), Aged("birth_date", 18, 27)))
    since = All((Between(Asked(), on("2024-01-01"), None), Aged("birth_date", 18, 30)))
    assert condition("aged 18 to under upper age", before=AGE) == Some((before, since))


def test_a_dated_value_is_read_on_the_governing_day():
    found = provision("governed by oath\nif storm", before=STORM).clauses[0].condition
    assert found == All((Between(FactDay("oath"), on("2022-09-21"), None), Always(holds=True)))


def test_a_value_by_a_fact_holds_for_the_words_of_its_rows():
    found = condition("aged under limit", before=LIMIT)
    mates = All((Always(holds=True), FactIs("grade", "", words("mate", "master")), Aged("birth_date", None, 50)))
    hands = All((Always(holds=True), FactIs("grade", "", words("deckhand")), Aged("birth_date", None, 40)))
    assert found == Some((mates, hands))


#    before   line                               code      message
MISUSED = [
    (AGE,     "if upper age",                    "LAW005", '"upper_age" is not a yes/no value'),
    (STORM,   "if aged under storm",             "LAW004", "an age is counted in years"),
    (STORM,   "if storm KZ",                     "LAW005", '"storm" takes no code or with'),
    ("",      "if aged under upper age",         "LAW002", '"upper age" is not declared'),
    ("term here\n    if resident", "if here KZ", "LAW005", '"here" takes no code or with'),
    ("day end about gone\n    gone", "if end before day asked", "LAW005", '"end" speaks of one event gone'),
    ("day end\n    oath", "if end KZ before day asked", "LAW005", '"end" takes no code or with'),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "code", "message"), MISUSED, ids=[line for _, line, *_ in MISUSED])
def test_a_value_term_or_day_is_used_as_what_it_is(before, line, code, message):
    assert (code, message) in faults(f'{before}\nXX-1 status "one" source art. 1 [X1] confidence A\n    {line}')


def test_a_term_and_another_provision_are_named():
    assert condition("here", before="term here\n    if resident") == Holds("here")
    two = 'XX-2 status "two" source art. 2 [X1] confidence A\n    if resident'
    assert condition("XX-2", before=two) == Holds("XX-2")


def test_a_named_day_stands_for_its_definition():
    found = condition("end before day asked", before="day end\n    last of oath, 2024-01-01")
    assert found == Between(Latest((FactDay("oath"), on("2024-01-01"))), None, Shifted(Asked(), 0, -1, CLIP))


def test_a_named_day_about_an_event_can_be_used_in_a_provision_about_it():
    found = provision("about gone\nif end before day asked", before="day end about gone\n    gone").clauses[0].condition
    assert found == Between(BoundDay("gone"), None, Shifted(Asked(), 0, -1, CLIP))
