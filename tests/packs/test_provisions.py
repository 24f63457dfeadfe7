"""Clauses of a provision fill the part that language.md promises; what does not fit is refused."""

from datetime import date

import pytest

from safeconduct.rules.tree import (
    All,
    Always,
    Asked,
    Between,
    BoundDay,
    ByReading,
    FactDay,
    FactIs,
    FirstCounted,
    Happened,
    Holds,
    Kind,
    Not,
    Note,
    On,
    Pattern,
    Penalty,
    Rolls,
    Some,
    Span,
    Stay,
    Unit,
)
from safeconduct.values.citation import Confidence
from safeconduct.values.days import Rounding
from tests.packs.writing import assembled, faults, provision, refused

RESIDENT = FactIs("resident", "", frozenset({"yes"}))
MATE = FactIs("grade", "", frozenset({"mate"}))
NEW_YEAR = date(2024, 1, 1)
TWO = 'XX-2 status "two" source art. 2 [X1] confidence A\n    if resident'
CONFLICT = """XX-X1 conflict "Who?"
    reading "all" source art. 1 [X1] confidence A
    reading "mates" safer source art. 1 [X2] confidence B"""


def test_a_header_gives_id_kind_title_and_citation():
    found = provision("if resident")
    assert (found.id, found.kind, found.title) == ("XX-1", Kind.STATUS, "one")
    assert (found.citation.act, found.citation.article) == ("xx/act", "art. 1")
    assert [source.url for source in found.citation.sources] == ["https://example.org/one", "https://example.org/two"]
    assert (found.span, found.concerns, found.about, found.governed_by) == (Span(), Always(holds=True), None, Asked())
    assert (found.shown, found.governs) == (True, False)


#   line                                         part         value
PARTS = [
    ("from 2024-01-01",                          "span",      Span(first=NEW_YEAR)),
    ("until 2024-01-01 source art. 9 [X2] confidence B", "span", Span(last=NEW_YEAR)),
    ("from 2024-01-01 until 2024-01-01",         "span",      Span(first=NEW_YEAR, last=NEW_YEAR)),
    ("concerns resident",                        "concerns",  RESIDENT),
    ("about gone with permission is no", "about", Pattern("gone", "", (("permission", frozenset({"no"})),))),
    ("governed by oath",                         "governed_by", FactDay("oath")),
    ('says "It is so."',                         "says",      "It is so."),
    ("dated 2024-01-01",                         "dated",     NEW_YEAR),
    ("beside XX-1",                              "beside",    ("XX-1",)),
    ("governs",                                  "governs",   True),
    ("explains",                                 "shown",     False),
    ('in practice "Quiet."',                     "notes",     (Note(text="Quiet.", span=Span()),)),
    ('in practice "Quiet." until 2024-01-01',    "notes",     (Note(text="Quiet.", span=Span(last=NEW_YEAR)),)),
    ('penalty "a fine"', "penalty", Penalty(least_months=None, most_months=None, alternatives=("a fine",))),
    ("penalty imprisonment to 2 years",          "penalty",   Penalty(least_months=0, most_months=24, alternatives=())),
    ("penalty imprisonment 6 months to 2 years", "penalty",   Penalty(least_months=6, most_months=24, alternatives=())),
    ("stay in KZ, at most 90 days", "stay",
     Stay(country="KZ", most_days=90, window_days=None, models=("E",), not_counted_before=None, since=None,
      until=None)),
    ("stay in KZ, at most 90 days in each 180 days, models L, G, days before 2024-01-01 not counted", "stay",
     Stay(country="KZ", most_days=90, window_days=180, models=("L", "G"), not_counted_before=NEW_YEAR, since=None,
      until=None)),
]  # fmt: skip


@pytest.mark.parametrize(("line", "part", "value"), PARTS, ids=[line for line, *_ in PARTS])
def test_a_line_fills_one_part(line, part, value):
    assert getattr(provision(line), part) == value


def test_what_a_page_concerns_holds_for_its_provisions_unless_they_say_otherwise():
    front = '---\nact: "xx/act"\nconcerns: "grade is mate"\n---\n'
    found = assembled(
        f'XX-1 status "one" source art. 1 [X1] confidence A\n    if resident\n{TWO}\n    concerns resident', front=front
    )
    assert found.faults == ()
    assert found.corpus.provisions["XX-1"].concerns == MATE
    assert found.corpus.provisions["XX-2"].concerns == RESIDENT


#    lines                                        roles and conditions
CLAUSES = [
    ("if resident\nand grade is mate",            [("if", RESIDENT), ("if", MATE)]),
    ("unless resident",                           [("unless", RESIDENT)]),
    ("if any of\n    resident\n    grade is mate", [("if", Some((RESIDENT, MATE)))]),
    ("and all of\n    resident\n    any of\n        grade is mate", [("if", All((RESIDENT, Some((MATE,)))))]),
    ("unless all of\n    resident",               [("unless", All((RESIDENT,)))]),
    ("from 2024-01-01: if resident",
     [("if", Some((RESIDENT, Not(Between(Asked(), On(NEW_YEAR), None)))))]),
    ("until 2024-01-01: unless resident",         [("unless", All((RESIDENT, Between(Asked(), None, On(NEW_YEAR)))))]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "meant"), CLAUSES, ids=[lines.splitlines()[0] for lines, _ in CLAUSES])
def test_conditions_and_exceptions_of_a_provision(lines, meant):
    assert [(clause.role, clause.condition) for clause in provision(lines).clauses] == meant


def test_a_clause_keeps_its_words_and_its_own_source():
    first, second = provision("if resident\nunless any of source art. 9 [X2] confidence B\n    grade is mate").clauses
    assert (first.text, first.citation) == ("if resident", None)
    assert second.text == "unless any of grade is mate"
    assert second.citation is not None
    assert (second.citation.article, second.citation.confidence) == ("art. 9", Confidence.B)


def test_displacement_names_what_displaces():
    clause = provision("displaced by XX-2 if grade is mate", before=TWO).clauses[0]
    assert (clause.role, clause.by, clause.condition) == ("displaced", "XX-2", MATE)


def test_displacement_can_have_days():
    clause = provision("from 2024-01-01: displaced by XX-2 if resident", before=TWO).clauses[0]
    assert clause.condition == All((RESIDENT, Between(Asked(), On(NEW_YEAR), None)))


def test_readings_become_one_clause_in_their_order():
    clause = provision("reading 2 of XX-X1\n    if resident\nreading 1 of XX-X1", before=CONFLICT).clauses[0]
    assert clause.condition == ByReading("XX-X1", (All(()), All((RESIDENT,))))
    assert (clause.by, clause.role) == ("XX-X1", "if")


def test_cautions_keep_their_id_and_condition():
    found = provision('caution XX-2 "Take care."\ncaution "More." if resident', before=TWO).cautions
    assert [(one.id, one.text, one.condition) for one in found] == [
        ("XX-2", "Take care.", Always(holds=True)),
        ("", "More.", RESIDENT),
    ]


def test_a_group_holds_if_one_of_its_members_does():
    found = provision("group of XX-2", before=TWO)
    assert (found.of, found.clauses[0].condition) == (("XX-2",), Some((Holds("XX-2"),)))


def test_entries_bound_the_stay():
    found = provision("stay in KZ, at most 90 days\nentries from 2024-01-01").stay
    assert (found.since, found.until) == (NEW_YEAR, None)


# --- deadlines -------------------------------------------------------------------------------------------------

RUNS = "within 5 days after oath, counting from the next day, calendar days, rolls not"


def test_a_deadline_has_every_part():
    found = provision(
        f'{RUNS}\nmet by gone, summons with kind is call\nlate "Heard."\ntells "First."\nmissed means "lost"',
        kind="deadline",
    ).deadline
    assert found.met_by == (Pattern("gone"), Pattern("summons", "", (("kind", frozenset({"call"})),)))
    assert (found.late, found.safer_text, found.if_missed) == ("Heard.", "First.", "lost")


#   line; count, unit, first day, rolls, rounding, whether again
WINDOWS = [
    (RUNS, (5, Unit.CALENDAR_DAYS, FirstCounted.NEXT, Rolls.NOT, Rounding.CLIP, False)),
    ("within 1 day after oath, counting from the same day, working days, rolls to the next working day",
     (1, Unit.WORKING_DAYS, FirstCounted.SAME, Rolls.NEXT_WORKING_DAY, Rounding.CLIP, False)),
    ("again within 2 months after oath, counting from either day, whole months, rolls unknown, months end rolled",
     (2, Unit.MONTHS, FirstCounted.EITHER, Rolls.UNKNOWN, Rounding.ROLL, True)),
    ("within 1 year after last of oath, gone, counting from either day, whole months, rolls not, months end rolled",
     (12, Unit.MONTHS, FirstCounted.EITHER, Rolls.NOT, Rounding.ROLL, False)),
]  # fmt: skip


@pytest.mark.parametrize(("line", "parts"), WINDOWS)
def test_a_window_counts_as_it_says(line, parts):
    (one,) = provision(line, kind="deadline").deadline.windows
    assert (one.count, one.unit, one.first_counted, one.rolls, one.rounding, one.restart) == parts
    assert one.text == line
    assert one.condition == Always(holds=True)


def test_a_window_can_have_a_condition():
    (one,) = provision(f"{RUNS} if resident", kind="deadline").deadline.windows
    assert one.condition == RESIDENT


def test_a_named_deadline_after_it_is_missed_is_a_provision():
    found = provision(f"{RUNS}\nmissed means XX-2", kind="deadline", before=TWO).deadline
    assert found.if_missed == "XX-2"


# --- what is refused -------------------------------------------------------------------------------------------

MONTHS = "within 2 months after oath, counting from the next day, whole months, rolls not"
#    line                                              kind        code      message
REFUSED = [
    ("asks cause",                                     "status",   "LAW009", "this line cannot stand in a provision"),
    ('reading "x" source art. 1 [X1]',                 "status",   "LAW009", "this line cannot stand in a provision"),
    ("if any of",                                      "status",   "LAW009", "the list is empty"),
    ("from 2024-01-01: governs",                       "status",   "LAW006", "this clause has no days of its own"),
    ("from 2024-01-01 until 2023-01-01",               "status",   "LAW006", "the span ends before it begins"),
    ("penalty imprisonment 5 years to 2 years",        "status",   "LAW006", "the most is less than the least"),
    ("penalty imprisonment to 20 days", "status", "LAW004", "imprisonment is given in months or years"),
    ("stay in KZ, at most 9 days in each 18 days, models Q", "status", "LAW004", '"Q" is not a way of counting'),
    ("beside XX-9",                                    "status",   "LAW007", 'there is no provision "XX-9"'),
    ("group of XX-9",                                  "status",   "LAW007", 'there is no provision "XX-9"'),
    ("displaced by XX-9 if resident",                  "status",   "LAW007", 'there is no provision "XX-9"'),
    ("reading 1 of XX-X9",                             "status",   "LAW007", "there is no reading 1 of XX-X9"),
    (f"{RUNS}\n    missed means XX-9",                 "deadline", "LAW007", 'there is no provision "XX-9"'),
    (MONTHS, "deadline", "LAW015", "a period of months needs a rule for its end"),
    (f"{RUNS}, months end clipped", "deadline", "LAW015", "a period of months needs a rule for its end"),
    ("within 0 days after oath, counting from the next day, calendar days, rolls not", "deadline", "LAW015",
     "the period and its unit do not agree"),
    ("within 5 days after oath, counting from the next day, whole months, rolls not", "deadline", "LAW015",
     "the period and its unit do not agree"),
    ("within 2 months after 3 days after oath, counting from the next day, whole months, rolls not, months end clipped",
     "deadline", "LAW015", "a period of months cannot begin on a day that was moved"),
    ("if resident",                                    "deadline", "LAW016", "a deadline says how it runs"),
    (RUNS,                                             "right",    "LAW016", "a right has no deadline"),
    ('tells "First."',                                 "duty",     "LAW016", "a duty has no deadline"),
    ("entries from 2024-01-01", "right", "LAW016", "entries are named without a limit on the stay"),
    ("if resident", "exposure", "LAW017", "an exposure must say which day's text governs it"),
    ('says "a"\n    says "b"',                         "status",   "LAW019", "a line of this kind stands here already"),
    ("about gone\n    about summons",                  "status",   "LAW019", "a line of this kind stands here already"),
    ("governed by oath\n    governed by day asked",    "status",   "LAW019", "a line of this kind stands here already"),
    ("if resident source art. 1 [X9] confidence A",    "status",   "LAW030", "there is no source X9"),
    ("from 2024-01-01 source art. 1",                  "status",   "LAW030", "the citation names no source"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "kind", "code", "message"), REFUSED, ids=[f"{row[1]}: {row[0]}" for row in REFUSED])
def test_a_line_that_does_not_fit_is_refused(line, kind, code, message):
    assert refused(line, kind=kind) == (code, message)


def test_nothing_can_be_indented_under_a_plain_condition():
    assert refused("if resident\n        if grade is mate") == ("LAW014", "nothing can be indented here")
    assert refused('says "x"\n        if grade is mate') == ("LAW014", "nothing can be indented here")
    assert refused("concerns resident\n        if grade is mate") == ("LAW014", "nothing can be indented here")


def test_a_missing_reading_and_one_that_stands_twice_are_refused():
    assert refused("reading 1 of XX-X1", before=CONFLICT) == ("LAW024", "reading 2 of XX-X1 is not given")
    twice = "reading 1 of XX-X1\n    reading 1 of XX-X1\n    reading 2 of XX-X1"
    assert refused(twice, before=CONFLICT) == ("LAW019", "reading 1 stands here already")
    assert refused("reading 3 of XX-X1", before=CONFLICT)[0] == "LAW007"


def test_a_provision_without_a_source_is_refused():
    assert faults('XX-1 status "one"\n    if resident') == [("LAW030", "the line has no source")]


def test_an_exposure_that_never_ends_says_so():
    assert provision("governed by day asked\nif resident", kind="exposure").governed_by == Asked()


def test_a_fault_in_about_does_not_hide_another():
    found = faults(
        'XX-1 status "one" source art. 1 [X1] confidence A\n    about went\n    governed by yesterday\n    if residnt'
    )
    assert [code for code, _ in found] == ["LAW002", "LAW002", "LAW002"]


def test_the_own_event_is_the_one_of_about():
    found = provision("about gone\ngoverned by gone\nif left_country KZ after gone")
    assert found.governed_by == BoundDay("gone")
    assert isinstance(found.clauses[0].condition, Happened)


NO_BIRTH = "```sources\nX1 none\n```\n```facts\nfact resident yes/no\nevent entered country any code\n```\n"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("if aged under 18", "birth_date"),
        ("if born until 2000-01-01", "birth_date"),
        ("stay in KZ, at most 90 days", "entered"),
        ("if day asked after last lawful day in KZ", "entered"),
    ],
)
def test_ages_and_stays_need_the_facts_and_events_that_they_are_counted_from(line, name):
    found = faults(f'XX-1 status "one" source art. 1 [X1] confidence A\n    {line}', facts=NO_BIRTH)
    assert [code for code, _ in found] == ["LAW002"]
    assert name in found[0][1]
