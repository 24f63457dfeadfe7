"""Facts of a person: every form of a value, the days on which it is so, and what is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.rules.situation import Absent, Asked, Known, Period, Range, Record, RecordList, WordList
from safeconduct.values.days import ANY_DAY, Days
from tests.rules.telling.words import fact, faults, read, refusal, words


def days(first: str, last: str = "") -> Days:
    return Days(earliest=date.fromisoformat(first).toordinal(), latest=date.fromisoformat(last or first).toordinal())


def record(**fields) -> Record:
    return Record(fields=tuple(fields.items()))


ABSENT = Absent()
CHILD = record(birth_date=days("2015-01-01", "2015-12-31"), disabled=words("no"))
HIGHER = record(level=words("higher"))

#    line of the file                                   value
VALUES = [
    ("sex: male", words("male")),
    ("sex: [male]", words("male")),
    ("sex: [male, female]", words("male", "female")),
    ("sex: {is: male}", words("male")),
    ("served: yes", words("yes")),
    ("served: [yes, no]", words("yes", "no")),
    ("rank_group: [soldier, junior_officer]", words("soldier", "junior_officer")),
    ("region: RU-SA", words("RU-SA")),
    ("region: [RU-SA, RU-TY]", words("RU-SA", "RU-TY")),
    ("degree: none", words("none")),
    ("degree: [none, doctor]", words("none", "doctor")),
    ("twin: none", words("none")),
    ("twin: yes", words("yes")),
    ("nickname: none", words("none")),
    ("nickname: a-1.b_c", words("a-1.b_c")),
    ("exemptions: none", words("none")),
    ("birth_date: 1993-05", days("1993-05-01", "1993-05-31")),
    ("age: 30 on 2023-12-12", days("1992-12-13", "1993-12-12")),
    ("age: {is: 30 on 2023-12-12}", days("1992-12-13", "1993-12-12")),
    ("left_reserve_on: none", ABSENT),
    ("left_reserve_on: ..2020", days("1850-01-01", "2020-12-31")),
    ("weeks: none", ABSENT),
    ("weeks: 20..24", Range(least=20, most=24)),
    ("citizenships: []", WordList(words=frozenset(), whole=True)),
    ("citizenships: none", WordList(words=frozenset(), whole=True)),
    ("citizenships: [RU, KZ]", WordList(words=frozenset({"RU", "KZ"}), whole=True)),
    ("citizenships: [RU, unstated]", WordList(words=frozenset({"RU"}), whole=False)),
    ("citizenships: {is: [XX]}", WordList(words=frozenset({"XX"}), whole=True)),
    ("papers: [internal]", WordList(words=frozenset({"internal"}), whole=True)),
    ("papers: [unstated]", WordList(words=frozenset(), whole=False)),
    ("student: no", ABSENT),
    ("student: none", ABSENT),
    ("student: {is: no}", ABSENT),
    ("student: {}", record()),
    ("student: {level: higher}", HIGHER),
    ("student: [{level: higher}]", HIGHER),
    ("student: {level: [higher, master]}", record(level=words("higher", "master"))),
    ("student: {accredited: unknown, level: higher}", HIGHER),
    ("student: {accredited: withheld, level: {is: higher}}", HIGHER),
    ("student: {begun: 2020, level: higher}", record(level=words("higher"), begun=days("2020-01-01", "2020-12-31"))),
    ("passport: {article: '337.5'}", record(article=words("337.5"))),
    ("children: []", RecordList(records=(), unstated=0)),
    ("children: none", RecordList(records=(), unstated=0)),
    ("children: [unstated, unstated]", RecordList(records=(), unstated=2)),
    ("children: [{birth_date: 2015, disabled: no}, unstated]", RecordList(records=(CHILD,), unstated=1)),
    ("children: {is: [{disabled: no, birth_date: 2015}]}", RecordList(records=(CHILD,), unstated=0)),
]


@pytest.mark.parametrize(("line", "value"), VALUES)
def test_a_value_is_typed_by_the_vocabulary(line, value):
    name = "birth_date" if line.startswith("age") else line.partition(":")[0]
    assert fact(line) == Known(name=name, asked=Asked.TOLD, periods=(Period(value=value),))


@pytest.mark.parametrize("name", ["sex", "age", "citizenships", "student", "children", "exemptions", "weeks"])
@pytest.mark.parametrize(("word", "asked"), [("unknown", Asked.UNKNOWN), ("withheld", Asked.WITHHELD)])
def test_not_known_and_would_rather_not_say_are_kept_apart(name, word, asked):
    stored = "birth_date" if name == "age" else name
    assert fact(f"{name}: {word}") == Known(name=stored, asked=asked)
    assert fact(f"{name}: {{is: {word}, assumed: so}}") == Known(name=stored, asked=asked, assumed="so")


def test_a_fact_left_out_was_not_asked():
    assert read("person: {sex: male}").facts.keys() == {"sex"}
    assert read("person: {}").facts == {}


YES, NO = words("yes"), words("no")
#    line of the file                                       periods: value, first, last
CHANGES = [
    ("in_reserve: yes from 2023-06-15", [(YES, days("2023-06-15"), None)]),
    ("in_reserve: no until 2023-06-14", [(NO, None, days("2023-06-14"))]),
    ("in_reserve: yes from 2023-06-15 until 2024", [(YES, days("2023-06-15"), days("2024-01-01", "2024-12-31"))]),
    (
        "in_reserve: [no until 2023-06-14, yes from 2023-06-15]",
        [(NO, None, days("2023-06-14")), (YES, days("2023-06-15"), None)],
    ),
    (
        "in_reserve: [yes from 2023-06-15, no until 2023-06-14]",
        [(NO, None, days("2023-06-14")), (YES, days("2023-06-15"), None)],
    ),
    (
        "in_reserve: [no until 2023-06, yes from 2023-06]",
        [(NO, None, days("2023-06-01", "2023-06-30")), (YES, days("2023-06-01", "2023-06-30"), None)],
    ),
    ("in_reserve: [unknown until 2023-06-14, yes from 2023-06-15]", [(YES, days("2023-06-15"), None)]),
    ("in_reserve: {is: yes, from: 2023-06-15}", [(YES, days("2023-06-15"), None)]),
    ("in_reserve: {is: yes, from: unknown, until: 2023}", [
        (YES, days("1850-01-01", "2023-12-31"), days("2023-01-01", "2023-12-31")),
    ]),
    ("in_reserve: {is: [yes, no], until: 2023-06-15}", [(words("yes", "no"), None, days("2023-06-15"))]),
    (
        "in_reserve: [{is: no, until: 2023-06-14}, yes from 2023-06-15]",
        [(NO, None, days("2023-06-14")), (YES, days("2023-06-15"), None)],
    ),
    ("rank_group: [soldier until 2020, colonel from 2021]", [
        (words("soldier"), None, days("2020-01-01", "2020-12-31")),
        (words("colonel"), days("2021-01-01", "2021-12-31"), None),
    ]),
    ("weeks: [none until 2023-01-31, 1..4 from 2023-02-01]", [
        (ABSENT, None, days("2023-01-31")),
        (Range(least=1, most=4), days("2023-02-01"), None),
    ]),
    ("papers: [{is: [internal], until: 2022-12-31}, {is: [internal, foreign], from: 2023-01-01}]", [
        (WordList(words=frozenset({"internal"}), whole=True), None, days("2022-12-31")),
        (WordList(words=frozenset({"internal", "foreign"}), whole=True), days("2023-01-01"), None),
    ]),
    ("student: {level: higher, from: 2024-09-01, until: 2028-06-30}", [
        (HIGHER, days("2024-09-01"), days("2028-06-30")),
    ]),
    ("student: {is: {level: higher}, from: 2024-09-01, until: 2028}", [
        (HIGHER, days("2024-09-01"), days("2028-01-01", "2028-12-31")),
    ]),
    ("student: [no until 2024-08-31, {level: higher, from: 2024-09-01, until: 2028-06-30}]", [
        (ABSENT, None, days("2024-08-31")),
        (HIGHER, days("2024-09-01"), days("2028-06-30")),
    ]),
    # Where only one end of a record is told, the other is not known; it is never taken as open.
    ("student: {level: higher, from: 2024-09-01}", [(HIGHER, days("2024-09-01"), days("2024-09-01", "2199-12-31"))]),
    ("student: {level: higher, until: 2024-09-01}", [(HIGHER, days("1850-01-01", "2024-09-01"), days("2024-09-01"))]),
    # Bounds that overlap keep only the days on which the end is not before the beginning.
    ("in_reserve: yes from 2023 until 2023-06-15", [(YES, days("2023-01-01", "2023-06-15"), days("2023-06-15"))]),
    ("in_reserve: yes from 2023-06-15 until 2023", [(YES, days("2023-06-15"), days("2023-06-15", "2023-12-31"))]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "periods"), CHANGES)
def test_a_fact_that_changes_carries_its_days(line, periods):
    told = tuple(Period(value=value, first=first, last=last) for value, first, last in periods)
    assert fact(line) == Known(name=line.partition(":")[0], asked=Asked.TOLD, periods=told)


def test_periods_of_which_nothing_is_known_are_not_known():
    assert fact("in_reserve: [unknown until 2022, withheld from 2023]").asked is Asked.UNKNOWN


#    person part of the file                                 code      line column
REFUSED = [
    ("sx: male", "SIT020", 2, 3),
    ("ages: 30 on 2023-12-12", "SIT020", 2, 3),
    ("sex: man", "SIT023", 2, 8),
    ("sex: Male", "SIT023", 2, 8),
    ("sex: none", "SIT023", 2, 8),
    ("sex: [male, man]", "SIT023", 2, 15),
    ("sex: [male, unknown]", "SIT023", 2, 15),
    ("sex: [male, male]", "SIT028", 2, 15),
    ("sex: [male, [female]]", "SIT013", 2, 15),
    ("sex: []", "SIT014", 2, 8),
    ("sex: {}", "SIT013", 2, 8),
    ("sex: {of: male}", "SIT013", 2, 8),
    ("sex: {assumed: so}", "SIT015", 2, 8),
    ("sex: {is: male, because: so}", "SIT022", 2, 19),
    ("sex: {is: male, assumed: ''}", "SIT014", 2, 19),
    ("sex: {is: male, assumed: [so]}", "SIT013", 2, 28),
    ("sex: {is: {is: male}}", "SIT013", 2, 13),
    ("sex:", "SIT014", 2, 3),
    ("sex: male from 2020", "SIT040", 2, 8),
    ("sex: {is: male, until: 2020}", "SIT040", 2, 26),
    ("age: {is: 30 on 2023-12-12, from: 2020}", "SIT040", 2, 37),
    ("age: [30 on 2023-12-12]", "SIT013", 2, 8),
    ("served: maybe", "SIT023", 2, 11),
    ("exemptions: no", "SIT023", 2, 15),
    ("exemptions: yes", "SIT023", 2, 15),
    ("region: Sakha", "SIT024", 2, 11),
    ("region: ZZ-SA", "SIT024", 2, 11),
    ("region: RU", "SIT024", 2, 11),
    ("citizenships: RU", "SIT013", 2, 17),
    ("citizenships: [Russia]", "SIT024", 2, 18),
    ("citizenships: [RUS]", "SIT024", 2, 18),
    ("citizenships: [ru]", "SIT024", 2, 18),
    ("citizenships: [RU, RU]", "SIT028", 2, 22),
    ("citizenships: [RU, [KZ]]", "SIT013", 2, 22),
    ("citizenships: [RU from 2020]", "SIT024", 2, 18),
    ("nickname: the_long_name_of_forty_signs_and_one_more", "SIT024", 2, 13),
    ("papers: [passport]", "SIT023", 2, 12),
    ("papers: [{is: [internal], until: 2020}, internal]", "SIT013", 2, 43),
    ("birth_date: 30.02.1993", "SIT030", 2, 15),
    ("birth_date: 1993-02-30", "SIT031", 2, 15),
    ("birth_date: none", "SIT027", 2, 15),
    ("birth_date: [1993, 1994]", "SIT013", 2, 15),
    ("weeks: many", "SIT025", 2, 10),
    ("student: yes", "SIT013", 2, 12),
    ("student: [higher]", "SIT013", 2, 12),
    ("student: {grade: higher}", "SIT022", 2, 13),
    ("student: {level: none}", "SIT023", 2, 20),
    ("student: {begun: none}", "SIT027", 2, 20),
    ("student: {level: {is: higher, from: 2020}}", "SIT040", 2, 39),
    ("student: {level: higher from 2020}", "SIT023", 2, 20),
    ("student: {is: {level: higher, from: 2020}, until: 2021}", "SIT051", 2, 17),
    ("student: [{level: higher}, {level: master}]", "SIT041", 2, 13),
    ("student: [{level: higher, until: 2020}, no]", "SIT041", 2, 43),
    ("passport: no", "SIT013", 2, 13),
    ("passport: {article: five}", "SIT024", 2, 23),
    ("passport: {article: '5', from: 2020}", "SIT040", 2, 34),
    ("children: 2", "SIT013", 2, 13),
    ("children: [two]", "SIT013", 2, 14),
    ("children: [unknown]", "SIT013", 2, 14),
    ("children: [{born: 2015}]", "SIT022", 2, 15),
    ("in_reserve: [no, yes from 2023]", "SIT041", 2, 16),
    ("in_reserve: [no until 2023-06-15, yes from 2023-06-15]", "SIT043", 2, 37),
    ("in_reserve: [no until 2023-06, yes from 2023-05]", "SIT043", 2, 34),
    ("in_reserve: [no from 2022, yes from 2023]", "SIT043", 2, 30),
    ("in_reserve: yes from 2023-06-15 until 2023-06-14", "SIT042", 2, 15),
    ("in_reserve: yes from soon", "SIT030", 2, 15),
    ("in_reserve: {is: yes, from: [2023]}", "SIT013", 2, 31),
    ("in_reserve: {is: yes, from: 2023-02-30}", "SIT031", 2, 31),
    ("student: {level: higher, from: 2023-06-15, until: 2023-06-14}", "SIT042", 2, 12),
]


@pytest.mark.parametrize(("line", "code", "row", "column"), REFUSED)
def test_what_is_no_value_is_refused_with_its_place(line, code, row, column):
    error = refusal("person:\n  " + line)
    assert faults(error)[0] == (code, row, column)
    assert {each.code for each in (error, *error.others)} == {code}


def test_a_value_without_days_beside_others_is_refused():
    assert faults(refusal("person:\n  in_reserve: [{is: no}, yes from 2023]")) == [("SIT041", 2, 21)]


def test_the_offending_word_is_told_apart_from_the_message():
    for text in (
        "sex: mael",
        "sexx: male",
        "citizenships: [Kz]",
        "weeks: dozen",
        "birth_date: 7.5.1993",
        "student: {level: Hihger}",
    ):
        error = refusal("person:\n  " + text)
        assert error.offending in text
        assert error.offending not in str(error)
        assert error.offending not in repr(error)
        assert all(error.offending not in str(part) for part in error.args)
        assert error.__cause__ is None


def test_the_nearest_known_word_is_offered():
    near = [
        refusal("person:\n  " + text).nearest
        for text in ("sex: mal", "sx: male", "Age: 30", "rank_group: junior officer")
    ]
    assert near == ["male", "sex", "age", "junior_officer"]


def test_age_and_date_of_birth_together_are_cut_to_what_fits_both():
    both = read("person: {age: 30 on 2023-12-12, birth_date: 1993}").facts["birth_date"]
    assert both.periods == (Period(value=days("1993-01-01", "1993-12-12")),)
    assert read("person: {birth_date: 1993, age: 30 on 2023-12-12}").facts["birth_date"] == both


def test_age_and_date_of_birth_that_contradict_are_refused():
    text = "person:\n  age: 30 on 2023-12-12\n  birth_date: 1994"
    assert faults(refusal(text)) == [("SIT054", 3, 3)]


def test_an_age_beside_an_unknown_date_of_birth_is_used_and_the_other_way_round():
    told = Period(value=days("1992-12-13", "1993-12-12"))
    for text in ("{age: 30 on 2023-12-12, birth_date: unknown}", "{birth_date: unknown, age: 30 on 2023-12-12}"):
        assert read("person: " + text).facts["birth_date"].periods == (told,)
    assert read("person: {birth_date: withheld, age: unknown}").facts["birth_date"].asked is Asked.WITHHELD


#    line of the file                                                       reason
ASSUMED = [
    ("sex: {is: male, assumed: by his name}", "by his name"),
    ("age: {is: 30 on 2023-12-12, assumed: told}", "told"),
    ("student: {level: higher, assumed: 'he  said\n   so'}", "he said so"),
    ("student: {level: {is: higher, assumed: one}, accredited: {is: yes, assumed: two}}", "one; two"),
    ("student: {is: {level: higher, assumed: inner}, assumed: outer}", "outer; inner"),
    (
        "children: [{disabled: no, assumed: one}, {disabled: {is: no, assumed: two}}, {disabled: yes, assumed: one}]",
        "one; two",
    ),
    ("in_reserve: [{is: no, until: 2022, assumed: one}, {is: yes, from: 2023, assumed: two}]", "one; two"),
]


@pytest.mark.parametrize(("line", "reason"), ASSUMED)
def test_what_is_assumed_is_used_and_said(line, reason):
    situation = read("person:\n  " + line)
    (known,) = situation.facts.values()
    assert (known.asked, known.assumed) == (Asked.TOLD, reason)
    assert situation.warnings == (f"Assumed: {known.name}: {reason}",)


def test_both_reasons_of_age_and_date_of_birth_are_said():
    text = "person: {age: {is: 30 on 2023-12-12, assumed: one}, birth_date: {is: 1993, assumed: two}}"
    assert read(text).warnings == ("Assumed: birth_date: one; two",)


def test_a_birthday_on_the_leap_day_is_a_caution():
    assert "1 March" in read("person: {birth_date: 1996-02-29}").warnings[0]
    assert read("person: {birth_date: 1996-02}").warnings == ()


def test_an_unbounded_unknown_day_is_any_day():
    assert fact("in_reserve: {is: yes, from: unknown}").periods[0].first == ANY_DAY


LINES = [
    "sex: male",
    "served: no",
    "in_reserve: {is: yes, assumed: so}",
    "citizenships: [RU]",
    "age: {is: 30 on 2023, assumed: x}",
]


@given(st.permutations(LINES))
def test_the_order_of_facts_does_not_matter(lines):
    first, told = (read("person:\n  " + "\n  ".join(order)) for order in (LINES, lines))
    assert (told.facts, told.warnings) == (first.facts, first.warnings)
