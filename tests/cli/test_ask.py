"""`safeconduct ask` at the terminal: replies of every kind, what is kept of them, and the file that is written."""

import stat
from datetime import date

import pytest
from click.testing import CliRunner

from safeconduct.cli import ask as command
from safeconduct.cli import main
from safeconduct.cli.ask import Interview, interviewed, needed_only, replied, write_whole
from safeconduct.cli.layout import WIDTH
from safeconduct.packs.store import load_corpus
from safeconduct.rules.interview import next_question
from safeconduct.rules.position import assess
from safeconduct.rules.situation import Asked
from safeconduct.rules.telling import read_situation
from safeconduct.rules.telling.draft import Draft
from safeconduct.values.errors import QuestionError, SituationError
from safeconduct.values.secret import Secret
from safeconduct.vault.age_file import open_age_file
from tests.rules.pages import corpus_of

ON = date(2024, 3, 1)
SEAT = "source art. 1 background confidence A"
LAW = f"""XX-AGE status "of age" {SEAT}
    if aged 18 to under 30
    says "One."
XX-AWAY exposure "absence" {SEAT}
    about left_unit
    governed by left_unit
    if left_unit permission is no
    says "Two."
XX-SINCE status "left long ago" {SEAT}
    if left_unit before 2024-01-01
    says "Three."
XX-LIST status "a citizen" {SEAT}
    if citizenships includes RU
    says "Four."
XX-PERMIT right "permit" {SEAT}
    if permit kind is permanent
    says "Five."
XX-FIT status "fit" {SEAT}
    if fitness is A
    says "Six."
XX-KIDS right "a child" {SEAT}
    if at least 1 children with dependent
    says "Nine."
XX-GROUND right "a ground" {SEAT}
    if in_reserve
    says "Seven."
XX-OTHER right "another ground" {SEAT}
    if aim
    says "Eight."
"""


def law():
    from tests.rules.pages import FACTS

    return corpus_of(LAW, FACTS.replace("closes XX-GROUND", "closes XX-GROUND, XX-OTHER"))


@pytest.fixture(scope="module")
def corpus():
    return law()


def started(corpus, *about, draft=None):
    return Interview(corpus=corpus, on=ON, about=about, draft=draft or Draft())


def question(interview):
    situation = interview.draft.situation(interview.corpus.vocabulary)
    return next_question(interview.corpus, situation, on=ON.toordinal(), about=interview.about, asked=interview.asked)


def after(interview, *replies):
    for reply in replies:
        interview = replied(interview, question(interview), reply)
    return interview


def told(interview):
    return interview.draft.situation(interview.corpus.vocabulary)


# --- replies ---------------------------------------------------------------------------------------------------

#    finding     replies                          what the file then says
REPLIES = [
    ("XX-FIT",    ["1"],                           {"fitness": "A"}),
    ("XX-FIT",    ["V"],                           {"fitness": "V"}),
    ("XX-FIT",    ["?"],                           {"fitness": "unknown"}),
    ("XX-FIT",    ["-"],                           {"fitness": "withheld"}),
    ("XX-AGE",    ["2"],                           {"birth_date": "1994-03-02..2006-03-01"}),
    ("XX-AGE",    ["2000"],                        {"birth_date": "2000"}),
    ("XX-AGE",    ["1994", "2"],                   {"birth_date": "1994-03-02..1994-12-31"}),
    ("XX-LIST",   ["[RU, KZ]"],                    {"citizenships": ["RU", "KZ"]}),
    ("XX-LIST",   ["RU, KZ"],                      {"citizenships": ["RU", "KZ"]}),
    ("XX-LIST",   ["RU"],                          {"citizenships": ["RU"]}),
    ("XX-LIST",   ["none"],                        {"citizenships": []}),
    ("XX-KIDS",   ["1"],                           {"children": []}),
    ("XX-KIDS",   ["[{dependent: yes}]"],          {"children": [{"dependent": "yes"}]}),
    ("XX-PERMIT", ["none"],                        {"permit": "none"}),
    ("XX-PERMIT", ["{kind: temporary}"],           {"permit": {"kind": "temporary"}}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "replies", "person"), REPLIES)
def test_a_reply_is_kept_as_a_file_writes_it(corpus, name, replies, person):
    interview = after(started(corpus, name), *replies)
    assert interview.draft.person == person
    assert question(interview) is None


def test_not_known_and_rather_not_are_kept_apart_and_not_asked_again(corpus):
    for reply, asked in (("?", Asked.UNKNOWN), ("-", Asked.WITHHELD)):
        interview = after(started(corpus, "XX-FIT"), reply)
        assert told(interview).facts["fitness"].asked is asked
        assert question(interview) is None


def test_a_finer_question_that_is_not_answered_keeps_what_was_told(corpus):
    interview = after(started(corpus, "XX-AGE"), "1994", "?")
    assert interview.draft.person == {"birth_date": "1994"}
    assert question(interview) is None


def test_a_broad_question_settles_all_its_grounds_or_leads_to_them(corpus):
    none = after(started(corpus, "XX-GROUND", "XX-OTHER"), "1")
    assert (none.draft.person, question(none)) == ({"grounds": "none"}, None)
    some = after(started(corpus, "XX-GROUND", "XX-OTHER"), "2")
    assert question(some).name in ("in_reserve", "aim")
    assert (
        replied(started(corpus, "XX-GROUND", "XX-OTHER"), question(started(corpus, "XX-GROUND", "XX-OTHER")), "perhaps")
        is None
    )


def test_stop_ends_it(corpus):
    assert after(started(corpus, "XX-FIT"), "stop").stopped


@pytest.mark.parametrize("reply", ["9", "0", "Q", "yes"])
def test_a_reply_that_is_not_offered_is_not_used(corpus, reply):
    interview = started(corpus, "XX-FIT")
    assert replied(interview, question(interview), reply) is None


@pytest.mark.parametrize("reply", ["yesterday", "2024-02-31", "[RU"])
def test_a_reply_that_cannot_be_read_is_refused_and_not_used(corpus, reply):
    interview = started(corpus, "XX-AGE")
    with pytest.raises(SituationError):
        replied(interview, question(interview), reply)


# --- events, and what is read back -----------------------------------------------------------------------------


@pytest.fixture
def typed(monkeypatch):
    """What is typed after the first reply, in order."""
    waiting = []
    monkeypatch.setattr(command.click, "prompt", lambda *_, **__: waiting.pop(0))
    monkeypatch.setattr(command.click, "confirm", lambda *_, **__: waiting.pop(0))
    return waiting


#    typed after "yes"        what the file says of its day
DAYS = [
    (["2022"],                "2022"),
    (["2022-09-21"],          "2022-09-21"),
    (["autumn 2022", True],   "2022-09-01..2022-11-30"),
    (["?"],                   None),
    (["-"],                   None),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "on"), DAYS)
def test_an_event_has_the_day_that_was_told_and_a_vague_one_is_read_back(corpus, typed, answers, on):
    typed.extend(answers)
    interview = after(started(corpus, "XX-AWAY"), "yes")
    assert [event.get("on") for event in interview.draft.history] == [on]
    assert typed == []


def test_a_vague_reply_that_was_read_back_wrongly_is_not_used(corpus, typed):
    typed.extend(["autumn 2022", False])
    interview = started(corpus, "XX-AWAY")
    assert replied(interview, question(interview), "yes") is None
    typed.append(False)
    ages = started(corpus, "XX-AGE")
    assert replied(ages, question(ages), "about 30") is None


def test_an_age_is_enough(corpus, typed):
    typed.append(True)
    interview = after(started(corpus, "XX-AGE"), "about 25")
    assert interview.draft.person == {"age": "23..27 on 2024-03-01"}
    assert question(interview) is None


def test_fields_other_times_and_finer_days_of_an_event_are_asked_in_turn(corpus, typed):
    typed.append("2023-12-30..2024-01-05")
    interview = after(started(corpus, "XX-AWAY", "XX-SINCE"), "yes")
    names = []
    replies = {"left_unit.permission": "yes", "left_unit.again": "no", "left_unit.on": "2024-01-03"}
    while (asked := question(interview)) is not None:
        names.append(asked.name)
        interview = replied(interview, asked, replies[asked.name])
    assert sorted(names) == sorted(replies)
    assert interview.draft.history == ({"event": "left_unit", "on": "2024-01-03", "permission": "yes"},)
    assert interview.draft.others == {"complete": ["left_unit"]}


def test_an_event_that_did_not_happen_is_kept_as_such(corpus):
    interview = after(started(corpus, "XX-AWAY"), "no")
    assert interview.draft.others == {"not_happened": ["left_unit"]}
    assert question(interview) is None


def test_an_event_of_which_nobody_knows_is_not_asked_again(corpus):
    interview = after(started(corpus, "XX-AWAY"), "?")
    assert interview.draft == Draft()
    assert question(interview) is None


def test_facts_that_no_answer_needs_are_not_stored(corpus):
    draft = Draft(person={"fitness": "A", "region": "RU-SA"})
    interview = started(corpus, draft=draft)
    position = assess(corpus, told(interview), on=ON)
    assert needed_only(interview, position).person == {"fitness": "A"}


def test_the_order_of_replies_does_not_change_what_is_told(corpus):
    one = after(started(corpus, "XX-FIT"), "A")
    both = after(Interview(corpus=corpus, on=ON, about=("XX-AGE",), draft=one.draft), "2000")
    other = after(started(corpus, "XX-AGE"), "2000")
    turned = after(Interview(corpus=corpus, on=ON, about=("XX-FIT",), draft=other.draft), "A")
    assert told(both) == told(turned)


# --- the command -----------------------------------------------------------------------------------------------

ABOUT = ["--about", "RU-CON-02", "--on", "2024-03-01"]


def run(*arguments, replies=""):
    return CliRunner().invoke(main, ["ask", *arguments], input=replies)


def test_the_interview_says_why_shows_progress_and_ends_when_nothing_can_change():
    result = run(*ABOUT, replies="1\n")
    assert result.exit_code == 0
    for line in (
        "Question 1. 1 finding is open",
        "Why: ",
        "1  1994-03-01 or earlier",
        "No further question",
        "RU-CON-02: no.",
    ):
        assert line in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= WIDTH


def test_a_reply_that_is_wrong_is_explained_and_asked_for_again():
    result = run(*ABOUT, replies="2024-02-31\n1\n")
    assert result.exit_code == 0
    assert "to fix:" in result.stdout
    again = run(*ABOUT, replies="2000\nneither\nfemale\n")
    assert "not among those offered" in again.stdout
    assert again.exit_code == 0


def test_it_starts_from_a_file_and_shows_the_whole_position_when_stopped(tmp_path, monkeypatch):
    path = tmp_path / "somebody.yaml"
    path.write_text("person: {fitness: A}")
    path.chmod(0o644)
    monkeypatch.setattr("safeconduct.packs.store.load_corpus", law)
    result = run(str(path), "--on", "2024-03-01", replies="stop\n")
    assert result.exit_code == 0
    assert "Stopped." in result.stdout
    assert "Position in law on 2024-03-01" in result.stdout
    assert "Warning" in result.stderr
    assert "somebody" not in result.output


def test_nothing_is_written_unless_asked(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(*ABOUT, replies="1\n").exit_code == 0
    assert list(tmp_path.iterdir()) == []


def test_what_was_told_is_saved_encrypted_for_its_owner_alone(tmp_path):
    path = tmp_path / "mine.age"
    result = run(*ABOUT, "--save", str(path), replies="1\nlong words of mine\nlong words of mine\n")
    assert result.exit_code == 0
    assert [one.name for one in tmp_path.iterdir()] == ["mine.age"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    content = open_age_file(path.read_bytes(), Secret("long words of mine"))
    found = read_situation(content, load_corpus().vocabulary, form="json")
    assert set(found.facts) == {"birth_date"}
    assert b"1994" not in path.read_bytes()


def test_a_file_that_stands_there_is_replaced_only_after_a_question(tmp_path):
    path = tmp_path / "mine.age"
    path.write_bytes(b"old")
    assert run(*ABOUT, "--save", str(path), replies="1\nn\n").exit_code == 1
    assert path.read_bytes() == b"old"
    assert run(*ABOUT, "--save", str(path), replies="1\ny\nabc\nabc\n").exit_code == 0
    assert path.read_bytes() != b"old"


#    arguments                                        code
REFUSED = [
    (["-", *ABOUT],                                   "ASK02"),
    (["--about", "RU-CON-2"],                         "ASK01"),
    ([*ABOUT, "--save", "/nowhere/at/all/mine.age"],  "OUT03"),
    (["--on", "2024-02-31"],                          "DAY02"),
    (["nowhere.yaml", *ABOUT],                        "FILE02"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "code"), REFUSED)
def test_what_cannot_be_done_is_refused_before_the_first_question(arguments, code):
    result = run(*arguments, replies="1\n")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"[{code}]" in result.stderr
    assert "nowhere" not in result.stderr


def test_without_a_day_today_is_asked_about(monkeypatch):
    monkeypatch.setattr(command, "_today", lambda: date(2024, 3, 1))
    assert "Questions about the position in law on 2024-03-01" in run("--about", "RU-CON-02", replies="1\n").stdout


def test_today_is_a_day():
    assert isinstance(command._today(), date)


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    (tmp_path / "mine.age").mkdir()
    with pytest.raises(QuestionError, match="OUT03"):
        write_whole(b"new", tmp_path / "mine.age")
    assert [one.name for one in tmp_path.iterdir()] == ["mine.age"]
    with pytest.raises(QuestionError, match="OUT03"):
        write_whole(b"new", tmp_path / "nowhere" / "mine.age")


def test_an_interview_that_is_settled_asks_nothing(corpus):
    draft = Draft(person={"fitness": "A"})
    assert interviewed(started(corpus, "XX-FIT", draft=draft)).draft == draft
