"""The text for a caseworker: each finding under one heading, in the order of their use, calm, 80 columns wide."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from safeconduct.cli.layout import WIDTH
from safeconduct.cli.position_text import MOST_QUESTIONS, position_lines
from safeconduct.packs.position import wording
from safeconduct.packs.position.sorting import Section, section_of, sorted_by_section
from safeconduct.rules.finding import Answer, DayRange, State
from safeconduct.rules.tree import Kind
from tests.cli.invented import ALEX, corpus, position

SNAPSHOT = Path(__file__).with_name("position.txt")
ORDER = [
    "HOLDS_NOW", "DISPUTED", "UNCERTAIN", "DEADLINES", "STAYS", "PRACTICE", "CHANGES", "NOT_REACHING", "QUESTIONS",
    "RECEIPT",
]  # fmt: skip


def text_of(found, *, everything=False):
    return "\n".join(line.text for line in position_lines(found, everything=everything))


@pytest.fixture(scope="module")
def text():
    return text_of(position())


def section(text, heading):
    """What stands under a heading, to the next one."""
    after = text.split(f"\n{heading}\n{'-' * len(heading)}\n", 1)[1]
    return re.split(r"\n\n[^\n]+\n-{4,}\n", after, maxsplit=1)[0]


def flowing(text):
    return " ".join(text.split())


def test_the_whole_text_is_as_it_was_looked_at(text):
    digest = corpus().digest[:12]
    assert text.replace(digest, "DIGEST") == SNAPSHOT.read_text(encoding="utf-8").rstrip("\n")


def test_the_headings_stand_in_the_order_of_their_use(text):
    headings = [wording.ASSUMED, *(getattr(wording, name) for name in ORDER)]
    places = [text.index(f"\n{heading}\n---") for heading in headings]
    assert places == sorted(places)


def test_the_day_and_what_the_answer_is_not_stand_first(text):
    head = flowing(text[:300])
    assert head.startswith("Position in law on 2023-12-12")
    assert "drafts that no lawyer has read" in head
    assert "not advice" in head


@pytest.mark.parametrize("everything", [False, True])
def test_no_line_is_wider_than_the_terminal(everything):
    lines = position_lines(position(), everything=everything)
    assert [line.text for line in lines if len(line.text) > WIDTH] == []


def test_a_word_that_is_too_long_is_not_broken():
    found = position()
    long = replace(found, warnings=(*found.warnings, "a" * 100))
    assert "a" * 100 in text_of(long)


@pytest.mark.parametrize("one", position().findings, ids=lambda one: one.id)
def test_every_finding_stands_in_the_text_unless_it_concerns_other_people(one, text):
    assert (one.id in text) is one.concerns
    assert one.id in text_of(position(), everything=True)


def test_every_finding_stands_under_one_heading():
    listed = [one.id for here in sorted_by_section(position()).values() for one in here]
    assert sorted(listed) == sorted(one.id for one in position().findings)


#   finding    section
SECTIONS = [
    ("XX-G-A", Section.HOLDS),
    ("XX-GOV", Section.GOVERNS),
    ("XX-L-1", Section.DISPUTED),
    ("XX-A-1", Section.UNCERTAIN),
    ("XX-D-1", Section.DEADLINE),
    ("XX-S-1", Section.STAY),
    ("XX-W-1", Section.PRACTICE),
    ("XX-W-2", Section.PRACTICE),
    ("XX-R-4", Section.NO),
    ("XX-E-1", Section.ELSEWHERE),
]  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), SECTIONS)
def test_a_finding_stands_under_its_heading(name, expected):
    assert section_of(position().finding(name)) is expected


def test_what_holds_shows_penalty_reasons_source_and_confidence(text):
    holds = flowing(section(text, wording.HOLDS_NOW))
    assert "imprisonment of 5 to 15 years; or fine of 100 shells" in holds
    assert "Not decided: which of XX-A-1 and XX-A-2." in holds
    assert "Harbour Act arts. 1, 2; confidence A" in holds
    assert "Because left unit with permission is no" in holds
    assert "Nobody stands at the gate." in holds


def test_a_reassuring_answer_on_weak_ground_says_so_in_the_same_breath(text):
    holds = flowing(section(text, wording.HOLDS_NOW))
    assert "Nobody is sent back. Beware: weak ground: background knowledge, unverified" in holds
    assert "practice may differ: see XX-W-2" in holds
    assert "No fishing (weak ground: background knowledge, unverified)" in flowing(section(text, wording.NOT_REACHING))


def test_a_firm_answer_carries_no_such_warning(text):
    assert flowing(section(text, wording.NOT_REACHING)).count("weak ground") == 1


def test_findings_that_differ_only_in_their_title_share_what_is_said_of_them(text):
    uncertain = section(text, wording.UNCERTAIN)
    assert "  XX-R-2           No driving\n  XX-R-3           No sailing\n      Harbour Act art. 5" in uncertain


def test_what_is_uncertain_stands_under_the_fact_it_depends_on(text):
    uncertain = section(text, wording.UNCERTAIN)
    assert uncertain.index("Depends on aim:") < uncertain.index("XX-A-1") < uncertain.index("Depends on reserve:")


def test_burdens_stand_before_everything_else_that_depends_on_the_same_fact():
    found = position("person: {}\nhistory: []")
    uncertain = section(text_of(found), wording.UNCERTAIN).split("Depends on entered:")[1]
    assert uncertain.index("XX-E-1") < uncertain.index("XX-Q-1")
    order = [one.id for one in found.findings]
    assert order.index("XX-E-1") > order.index("XX-Q-1")


def test_what_is_open_and_no_burden_takes_one_paragraph():
    uncertain = section(text_of(position("person: {}\nhistory: []")), wording.UNCERTAIN)
    assert "  XX-Q-1           To be heard\n      Harbour Act art. 11; confidence A.\n" in uncertain


def test_a_deadline_of_which_no_day_is_known_still_begins_with_what_helps():
    shown = section(text_of(position("person: {}\nhistory: []")), wording.DEADLINES_WITHOUT_DAYS)
    assert flowing(shown).startswith(
        "XX-D-1 Application See a lawyer before you approach any office. Late is not barred."
    )
    assert "counted" not in shown


def test_deadlines_with_and_without_days_stand_apart():
    found = position()
    finding = found.finding("XX-D-1")
    nothing = DayRange(earliest=None, latest=None)
    open_one = replace(finding, id="XX-D-2", deadline=replace(finding.deadline, starts=nothing, ends=nothing))
    shown = section(text_of(replace(found, findings=(open_one, finding))), wording.DEADLINES)
    assert shown.index("XX-D-1") < shown.index(wording.DEADLINES_WITHOUT_DAYS) < shown.index("XX-D-2")


def test_ways_of_counting_that_agree_are_said_once_and_others_apart():
    found = position()
    finding = found.finding("XX-S-1")
    assert "by each way of counting: last lawful day" in flowing(section(text_of(found), wording.STAYS))
    apart = replace(finding, stay=replace(finding.stay, left={"L": (1, 1), "F": (2, 2)}))
    shown = flowing(section(text_of(replace(found, findings=(apart,))), wording.STAYS))
    assert "looking back from each day (L): last" in shown
    assert "fixed periods from the first entry (F): last" in shown
    nothing = dict.fromkeys(finding.stay.left)
    empty = replace(finding, stay=replace(finding.stay, left=nothing, used=nothing, last_lawful=nothing, safe=None))
    assert "by each way of counting: cannot be told" in flowing(text_of(replace(found, findings=(empty,))))


def test_an_open_exposure_still_prints_its_penalty(text):
    assert "imprisonment of 5 to 10 years" in flowing(section(text, wording.UNCERTAIN))


def test_both_readings_of_a_dispute_are_shown_and_the_safer_one_is_marked(text):
    disputed = section(text, wording.DISPUTED)
    assert '"everybody": no' in disputed
    assert '"only those who left" (safer to plan with): yes' in disputed


def test_a_protection_deadline_begins_with_what_helps_and_is_never_missed(text):
    deadlines = flowing(section(text, wording.DEADLINES))
    starts = ["Application", "See a lawyer before you approach any office.", "Late is not barred.", "Note XX-W-3"]
    places = [deadlines.index(start) for start in [*starts, "Whether it runs", "XX-W-1"]]
    assert places == sorted(places)
    assert "between 2023-12-05 and 2023-12-08" in deadlines
    assert "missed" not in text


def test_a_report_that_is_newer_than_the_day_asked_stands_under_since_then(text):
    practice = section(text, wording.PRACTICE)
    assert practice.index("XX-W-3") < practice.index(wording.SINCE_THEN) < practice.index("XX-W-2")


def test_a_no_reads_does_not_reach_you_and_never_as_a_permission(text):
    assert "this provision does not reach you" in flowing(section(text, wording.NOT_REACHING))
    assert not re.search(r"\byou (may|can|are free)\b", flowing(text), re.IGNORECASE)


def test_a_text_that_is_not_in_force_says_when_it_was_or_will_be(text):
    away = section(text, wording.NOT_REACHING)
    assert "Older rule (in force until 2020-12-31)" in away
    assert "Later rule (in force from 2024-06-01)" in away
    assert "Ordinary absence (displaced by XX-A-1)" in away


def test_what_changes_next_stands_under_its_day(text):
    changes = section(text, wording.CHANGES)
    assert changes.index("2024-06-01") < changes.index("XX-R-5")
    assert "from no to yes: the text comes into force" in changes


def test_at_most_five_questions_are_asked():
    found = position("person: {}\nhistory: []")
    assert len(found.questions) > MOST_QUESTIONS
    assert section(text_of(found), wording.QUESTIONS).count("In a file: ") == MOST_QUESTIONS


def test_a_question_for_a_lawyer_says_so():
    found = position()
    asked = (replace(found.questions[0], for_lawyer=True), *found.questions[1:])
    assert "For a lawyer. In a file:" in text_of(replace(found, questions=asked))


def test_somebody_of_whom_nothing_is_told_is_answered_without_a_claim():
    empty = text_of(position("person: {}\nhistory: []"))
    assert "Nothing of what was told is certain" in flowing(section(empty, wording.HOLDS_NOW))
    assert wording.ASSUMED not in empty


def test_deadlines_that_run_stand_before_those_that_may():
    found = position()
    finding = found.finding("XX-D-1")
    running = replace(finding, id="XX-D-2", deadline=replace(finding.deadline, state=State.RUNNING))
    both = replace(found, findings=(finding, running))
    assert [one.id for one in sorted_by_section(both)[Section.DEADLINE]] == ["XX-D-2", "XX-D-1"]


def test_a_note_that_was_shown_beside_a_deadline_is_not_repeated(text):
    assert text.count("People were held all the same.") == 1
    assert "Shown beside a deadline above: XX-W-1." in text


def test_a_stay_that_is_over_says_that_its_day_lies_before_the_day_asked():
    over = text_of(position(ALEX, date(2024, 3, 20)))
    assert "lies before the day asked" in flowing(over)


def test_somebody_outside_is_told_the_first_day_of_entry():
    outside = ALEX.replace("2023-12-03}", "2023-12-03}\n  - {event: left_country, country: XX, on: 2024-03-02}")
    outside = outside.replace("not_happened: [applied, {event: left_country, country: XX}]", "not_happened: [applied]")
    outside = outside.replace("complete: [entered XX, left_unit]", "complete: [entered XX, left_country XX, left_unit]")
    found = position(outside, date(2024, 3, 10))
    assert any(days is not None for days in found.finding("XX-S-1").stay.next_entry.values())
    assert "entry possible again" in text_of(found)


def test_an_answer_that_no_question_settles_is_listed_all_the_same():
    found = position()
    lost = replace(found.finding("XX-R-2"), missing=())
    assert lost.answer is Answer.UNKNOWN
    shown = text_of(replace(found, findings=(lost,), questions=()))
    assert "Depends on what cannot be asked:" in shown


def test_open_ways_to_protection_stand_under_a_heading_of_their_own():
    found = position()
    open_way = replace(found.finding("XX-A-1"), id="XX-WAY", kind=Kind.PROTECTION, answer=Answer.UNKNOWN, penalty=None)
    lines = [line.text for line in position_lines(replace(found, findings=(*found.findings, open_way)))]
    head = lines.index(wording.WAYS)
    assert section_of(open_way) is Section.PROTECTION
    assert any(line.startswith("  XX-WAY") for line in lines[head:])
    assert not any(line.startswith("  XX-WAY") for line in lines[:head])


def test_the_first_lines_name_what_is_grave_and_send_to_the_rest(text):
    short = flowing(section(text, wording.SHORT))
    found = position()
    for finding in found.findings:
        if section_of(finding) is Section.HOLDS and finding.kind in (Kind.EXPOSURE, Kind.LIABILITY, Kind.RESTRICTION):
            assert f"Holds: {finding.title} ({finding.id})." in short
        if section_of(finding) is Section.DISPUTED:
            assert f"Sources disagree: {finding.title} ({finding.id})." in short
    assert short.count("Ask: ") == min(3, len(found.questions))


def test_nobody_is_told_shortly_that_a_deadline_is_missed():
    for state in (State.MISSED, State.UNKNOWN, State.RUNNING):
        found = position()
        deadlines = [
            replace(one, deadline=replace(one.deadline, state=state)) for one in found.findings if one.deadline
        ]
        text = text_of(replace(found, findings=tuple(deadlines)))
        assert "missed" not in section(text, wording.SHORT).lower()


def test_where_nothing_concerns_the_person_nothing_is_said_shortly():
    found = position()
    nobody = replace(found, findings=tuple(replace(one, concerns=False) for one in found.findings), questions=())
    assert f"\n{wording.SHORT}\n" not in text_of(nobody)
