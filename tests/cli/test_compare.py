"""`safeconduct compare` from the outside: text, JSON, saved examples, errors that help."""

import json
import stat
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from safeconduct.cli import main
from safeconduct.cli.compare import save_examples
from safeconduct.cli.compare_json import comparison_json
from safeconduct.cli.compare_text import comparison_lines
from safeconduct.cli.compare_wording import example_name, kind_line, proof_line
from safeconduct.cli.condition_wording import condition_words, day_words, pattern_words
from safeconduct.cli.layout import WIDTH
from safeconduct.rules.comparing.comparison import Changed, Shift, compare_days
from safeconduct.rules.comparing.kinds import Proof, Trait
from safeconduct.rules.finding import Answer
from safeconduct.rules.formula import Moved, Whole, Within
from safeconduct.rules.telling import read_situation
from safeconduct.rules.tree import (
    Aged,
    Asked,
    Between,
    BoundDay,
    BoundIs,
    ByReading,
    CountOf,
    EventDay,
    FactDay,
    FactIs,
    First,
    Happened,
    Holds,
    Includes,
    LastLawfulDay,
    Latest,
    NumberIn,
    On,
    Pattern,
    Shifted,
    Told,
)
from safeconduct.values.days import FIRST_DAY, LAST_DAY, Rounding
from safeconduct.values.errors import QuestionError
from tests.rules.comparing.laws import LAW, MORE, law
from tests.rules.pages import FACTS, PAGE

FIRST, SECOND = date(2023, 12, 31), date(2024, 1, 1)
ON = SECOND.toordinal()


def run(*arguments):
    return CliRunner().invoke(main, ["compare", *arguments])


def made(*about):
    return compare_days(law(), FIRST, SECOND, about=about)


def text_of(*about):
    return "\n".join(line.text for line in comparison_lines(made(*about)))


def folder(path, name, old="", new=""):
    """A folder with the invented law, in which something may be replaced."""
    place = path / name / "xx"
    place.mkdir(parents=True)
    assert old in LAW
    (place / "page.md").write_text(PAGE.format(facts=FACTS + MORE, law=LAW.replace(old, new)), encoding="utf-8")
    return str(path / name)


def test_the_command_compares_two_days_of_the_law_that_is_shipped():
    result = run("2023-12-31", "2024-01-01", "--about", "RU-CON-03")
    assert result.exit_code == 0
    assert result.stdout.startswith("The law of 2023-12-31 and the law of 2024-01-01, both asked on 2024-01-01\n")
    assert "No person outside these kinds is answered differently: proved." in result.stdout


LINES = [
    ("XX-NEW",    ["XX-NEW  called until 30 (liability)", "- in force from 2024-01-01 (xx/act art. 1)"]),
    ("XX-NEW",    ["  From no to disputed:", "born 1994-01-02..1996-12-31 (aged 27 to 29)"]),
    ("XX-NEW",    ["  No person outside these kinds is answered differently: proved."]),
    ("XX-OLD",    ["- no longer in force from 2024-01-01 (xx/act art. 1)", "  From yes to no:"]),
    ("XX-ANY",    ["XX-NEW: disputed (after)", "XX-OLD: no (before)", "XX-NEW: yes (after)"]),
    ("XX-SAYS",   ["It is no finding of its own: nobody is answered by it."]),
    ("XX-KNOWN",  ["- from 2024-01-01, what is known of practice: It is done now."]),
    ("XX-REPORT", ["- a report of 2024-01-01 (xx/act art. 1)"]),
    ("XX-STAY",   ["- changed on 2024-01-01 (xx/act art. 1)"]),
    ("XX-AWAY",   ["left_unit (on ", "permission no)", "never: returned"]),
    ("XX-APPLY",  ["whoever the two answer so: no condition of the page says it more shortly"]),
    ("XX-PERMIT", ["citizenships include KZ", "permit {kind: permanent}"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "lines"), LINES)
def test_a_change_is_told_in_words(name, lines):
    text = text_of(name) if name == "XX-ANY" else text_of()
    flat = " ".join(text.split())
    for line in lines:
        assert " ".join(line.split()) in flat
    assert all(len(line) <= WIDTH for line in text.splitlines())


def test_what_rests_on_a_change_is_named_last_and_without_a_change_that_is_said():
    assert text_of().rstrip().endswith("XX-ANY")
    nothing = compare_days(law(), date(2022, 1, 1), date(2022, 2, 1))
    assert "No provision changed between these two." in [line.text for line in comparison_lines(nothing)]


def test_json_holds_the_same():
    found = comparison_json(made())
    assert list(found) == ["on", "since", "corpora", "changes", "resting"]
    new = next(one for one in found["changes"] if one["id"] == "XX-NEW")
    assert [(one["from"], one["to"], one["proof"]) for one in new["shifts"]] == [
        ("no", "yes", "proved"), ("no", "disputed", "proved"),
    ]  # fmt: skip
    kind = new["shifts"][1]["kinds"][0]
    assert kind["differs_day_by_day"] is True
    assert kind["example"]["person"]["birth_date"] == "1994-01-02..1996-12-31"
    permit = next(one for one in found["changes"] if one["id"] == "XX-PERMIT")["shifts"][0]["kinds"]
    assert [one["example"] is None for one in permit] == [False, False, False, True]  # three are looked for


def test_the_command_prints_json():
    found = json.loads(run("2023-12-31", "2024-01-01", "--about", "RU-CON-03", "--format", "json").stdout)
    assert [one["id"] for one in found["changes"]] == ["RU-CON-03"]
    assert (found["since"], found["on"]) == ("2023-12-31", "2024-01-01")


# --- examples as files -----------------------------------------------------------------------------------------


def test_examples_are_saved_as_situation_files_that_only_their_owner_can_read(tmp_path):
    result = run("2023-12-31", "2024-01-01", "--about", "RU-CON-03", "--examples", str(tmp_path))
    assert result.stderr == "Written: 2 situation files\n"
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["ru-con-03-no-disputed-1.json", "ru-con-03-no-yes-1.json"]
    for path in tmp_path.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    answers = [
        json.loads(
            CliRunner().invoke(main, ["assess", str(tmp_path / names[0]), "--on", day, "--format", "json"]).stdout
        )
        for day in ("2023-12-31", "2024-01-01")
    ]
    found = [next(one["answer"] for one in each["findings"] if one["id"] == "RU-CON-03") for each in answers]
    assert found == ["no", "disputed"]


def test_a_saved_example_replaces_nothing(tmp_path):
    assert save_examples(made("XX-SAFE"), tmp_path) == 2
    with pytest.raises(QuestionError) as raised:
        save_examples(made("XX-SAFE"), tmp_path)
    assert (raised.value.code, str(raised.value.place)) == ("OUT02", "--examples")
    for path in tmp_path.iterdir():
        read_situation(path.read_bytes(), law().vocabulary, form="json")


# --- two folders -----------------------------------------------------------------------------------------------


def test_two_folders_are_compared_on_a_day(tmp_path):
    before = folder(tmp_path, "before")
    after = folder(tmp_path, "after", "    unless XX-UNFIT", "    unless resident")
    result = run(before, after, "--on", "2024-01-01")
    assert result.exit_code == 0
    assert result.stdout.startswith("Two bodies of pages, both asked on 2024-01-01\n")
    assert "- only before: unless XX-UNFIT (xx/act art. 1)" in result.stdout
    assert "- only after: unless resident (xx/act art. 1)" in result.stdout
    assert "From yes to no:" in result.stdout


def test_a_provision_that_one_folder_lacks_is_told(tmp_path):
    before = folder(tmp_path, "before", LAW[LAW.index("XX-PERMIT") :])
    result = run(before, folder(tmp_path, "after"), "--on", "2024-01-01")
    assert "- only after (xx/act art. 1)" in result.stdout
    back = run(str(tmp_path / "after"), before, "--on", "2024-01-01")
    assert "- only before (xx/act art. 1)" in back.stdout


#    what is wrong                                              code
ERRORS = [
    ([],                                                        "CMP01"),
    (["2023-12-31"],                                            "CMP01"),
    (["2023-12-31", "nowhere"],                                 "CMP01"),
    (["2024-01-01", "2023-12-31"],                              "DAY05"),
    (["2024-01-01", "2024-01-01"],                              "DAY05"),
    (["2023-12-31", "2024-02-30"],                              "DAY02"),
    (["2023-12-31", "2024-01-01", "--about", "RU-COM-02"],      "ASK01"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "code"), ERRORS)
def test_bad_input_is_refused_with_what_to_write(arguments, code):
    result = run(*arguments)
    assert (result.exit_code, code in result.stderr) == (2, True)


def test_the_day_of_two_folders_must_be_named(tmp_path):
    result = run(folder(tmp_path, "before"), str(tmp_path / "before"))
    assert (result.exit_code, "DAY04" in result.stderr) == (2, True)


# --- words -----------------------------------------------------------------------------------------------------

BIRTH, WEEKS, DAY = (
    Whole("birth_date", FIRST_DAY, LAST_DAY),
    Whole("weeks", 0, 100),
    Whole("entered", FIRST_DAY, LAST_DAY),
)
PLAIN = FactIs("resident", "", frozenset({"yes"}))


def trait(of=PLAIN, *, holds=True, span=None, answer=None, law=None):
    formula = Within(Moved(BIRTH), None, Moved(None, ON))
    return Trait(of=of, formula=formula, holds=holds, span=span, law=law, answer=answer)


def born(first, last):
    return trait(
        span=(BIRTH, *(day if isinstance(day, int) else date.fromisoformat(day).toordinal() for day in (first, last)))
    )


SHORTEST = "whoever the two answer so: no condition of the page says it more shortly"
DISPUTED = tuple(trait(Holds("XX-1"), holds=False, answer=one) for one in (Answer.YES, Answer.NO))

#    traits                                                            words
KINDS = [
    ((born(FIRST_DAY, "1996-12-31"),),                                 "born ..1996-12-31 (aged 27 or over)"),
    ((born("1996-12-31", LAST_DAY),),                                  "born 1996-12-31.. (aged up to 27)"),
    ((born(FIRST_DAY, LAST_DAY),),                                     "born .."),
    ((born("2000-03-01", "2000-03-02"),),                              "born 2000-03-01..2000-03-02 (aged 23)"),
    ((born("1994-01-02", LAST_DAY), born(FIRST_DAY, "1996-12-31")),    "born 1994-01-02..1996-12-31 (aged 27 to 29)"),
    ((trait(span=(WEEKS, 26, 100)),),                                  "weeks: 26 or more"),
    ((trait(span=(WEEKS, 0, 5)),),                                     "weeks: 0 to 5"),
    ((trait(span=(DAY, ON, ON)),),                                     "entered: 2024-01-01"),
    ((trait(None),),                                                   SHORTEST),
    ((trait(Holds("XX-1"), answer=Answer.YES, law=1),),                "XX-1: yes (after)"),
    ((trait(Holds("XX-1"), holds=False, answer=Answer.YES, law=0),),   "XX-1: not yes (before)"),
    ((trait(Holds("XX-1"), holds=False),),                             "XX-1: no"),
    (DISPUTED,                                                         "XX-1: disputed"),
]  # fmt: skip


@pytest.mark.parametrize(("traits", "words"), KINDS)
def test_a_kind_is_put_into_words(traits, words):
    assert kind_line(traits, SECOND) == words


LEFT = Pattern("left_unit", "", (("permission", frozenset({"no"})),))
FIRST_OF = (On(FIRST), Asked())
#    condition                                                         in words, before yes or no
CONDITIONS = [
    (FactIs("in_reserve", "", frozenset({"yes"})), "in reserve"),
    (FactIs("permit", "", frozenset({"present"})), "permit is there"),
    (NumberIn("weeks", "", 26, None), "weeks at least 26"),
    (NumberIn("weeks", "", None, 26), "weeks at most 26"),
    (NumberIn("weeks", "", 3, 5), "weeks 3 to 5"),
    (CountOf("children", 2, ()), "at least 2 of children as the page asks"),
    (Happened(LEFT), "left unit (permission: no) happened"),
    (Happened(Pattern("entered", "KZ"), "", On(FIRST), On(SECOND), (Pattern("left"),)),
     "entered KZ happened from 2023-12-31 up to 2024-01-01 and not followed by left"),
    (Happened(Pattern("summons"), "placed", last=None), "summons placed happened up to any day"),
    (Between(Asked(), On(FIRST), None), "the day asked from 2023-12-31"),
    (Between(Asked(), None, On(FIRST)), "the day asked by 2023-12-31"),
    (Between(Asked(), On(FIRST), On(SECOND)), "the day asked from 2023-12-31 to 2024-01-01"),
    (Aged("birth_date", 18, None), "aged 18 or over on the day asked"),
    (Aged("birth_date", None, 27), "aged under 27 on the day asked"),
    (Aged("birth_date", 18, 27), "aged 18 to under 27 on the day asked"),
    (ByReading("XX-X1", ()), "a condition of the page"),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "words"), CONDITIONS)
def test_a_condition_is_put_into_words(condition, words):
    assert condition_words(condition, holds=True) == f"{words}: yes"
    assert condition_words(condition, holds=False) == f"{words}: no"


#    condition                                           holds, fails
VALUES = [
    (FactIs("fitness", "", frozenset({"A", "none"})), "fitness: A or none", "fitness: not A or none"),
    (BoundIs("summons", "kind", frozenset({"data"})), "summons kind: data", "summons kind: not data"),
    (Includes("citizenships", "RU"), "citizenships include RU", "citizenships do not include RU"),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "holds", "fails"), VALUES)
def test_a_value_is_put_into_words(condition, holds, fails):
    assert (condition_words(condition, holds=True), condition_words(condition, holds=False)) == (holds, fails)


#    day                                                      words
DAYS = [
    (FactDay("permit", "until"),                              "permit until"),
    (BoundDay("summons", "placed"),                           "the day of summons placed"),
    (EventDay(LEFT),                                          "the day of left unit (permission: no)"),
    (Shifted(Asked(), 0, 20, Rounding.CLIP),                  "the day asked and 20 days"),
    (Shifted(Asked(), 3, 0, Rounding.CLIP),                   "the day asked and 3 months"),
    (Shifted(Asked(), 3, 1, Rounding.CLIP),                   "the day asked and 3 months and 1 days"),
    (First(FIRST_OF),                                         "the first of 2023-12-31, the day asked"),
    (Latest(FIRST_OF),                                        "the latest of 2023-12-31, the day asked"),
    (Told(Asked(), "left_unit", "absent_for"),                "the end told by left unit absent for"),
    (LastLawfulDay("KZ"),                                     "the last lawful day in KZ"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "words"), DAYS)
def test_a_day_is_put_into_words(day, words):
    assert day_words(day) == words
    assert pattern_words(Pattern("left_unit")) == "left unit"


PROOFS = [
    ([Proof.PROVED], "No person outside these kinds"),
    ([Proof.PROVED, Proof.TOO_MANY], "There are more kinds than are shown here"),
    ([Proof.TOO_MANY, Proof.GAVE_UP], "The solver came to its limit"),
    ([], "Nobody is answered differently: proved."),
]


@pytest.mark.parametrize(("proofs", "words"), PROOFS)
def test_a_proof_that_is_lacking_is_not_claimed(proofs, words):
    shifts = tuple(
        Shift(before=Answer.NO, after=Answer.YES, kinds=(), examples=(None,), proof=proof) for proof in proofs
    )
    change = Changed(provision=law().provisions["XX-NEW"], texts=(), shifts=shifts, asked=True)
    assert proof_line(change).startswith(words)
    assert [example_name("XX-NEW", shift, 1) for shift in shifts] == ["xx-new-no-yes-1.json"] * len(shifts)


def test_a_kind_of_which_nobody_could_be_told_says_so():
    found = made("XX-SAFE")
    change = found.changes[0]
    bare = Shift(before=Answer.NO, after=Answer.YES, kinds=change.shifts[0].kinds, examples=(None,), proof=Proof.PROVED)
    one = Changed(provision=change.provision, texts=(), shifts=(bare,), asked=True)
    told = type(found)(on=SECOND, since=FIRST, digests=("", ""), changes=(one,), resting=())
    text = " ".join(line.text.strip() for line in comparison_lines(told))
    assert "no example: nobody of this kind could be told in a file" in text
    assert save_examples(told, Path("nowhere")) == 0
