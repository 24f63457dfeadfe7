"""What is answered: the same as at the terminal, in four languages; and an interview that a program leads."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from safeconduct.cli import main
from safeconduct.desk.api.questions import text_in, why_in
from safeconduct.desk.project.clock import today
from safeconduct.packs.store import load_corpus
from safeconduct.rules.asking import Subject
from safeconduct.rules.interview import Question, next_question
from safeconduct.rules.telling import read_situation
from tests.desk.api.calling import ASSESS, NEXT, example

#   example      language  all
ANSWERED = [
    ("alex",      "en",     False),
    ("alex",      "ru",     False),
    ("stay-ends", "uk",     False),
    ("stay-ends", "kk",     True),
]  # fmt: skip


@pytest.mark.parametrize(("name", "language", "everything"), ANSWERED)
def test_a_position_is_the_one_of_the_terminal(partner, name, language, everything):
    told = example(name)
    more = ["--all"] if everything else []
    arguments = ["assess", "-", "--on", "2023-12-12", "--format", "json", "--language", language, *more]
    done = CliRunner().invoke(main, arguments, input=json.dumps(told))
    call = {"situation": told, "on": "2023-12-12", "language": language, "all": everything}
    assert partner.answer(ASSESS, call) == json.loads(done.stdout)


def test_today_is_asked_for_by_name_and_the_answer_says_which_day_that_is(partner_of_invented_law):
    call = {"situation": {"person": {"aim": "yes"}}, "on": "today"}
    before = today()
    answer = partner_of_invented_law.answer(ASSESS, call)
    assert before <= date.fromisoformat(answer["on"]) <= today()


def test_the_next_question_is_that_of_the_engine(partner):
    told = {"person": {"sex": "male", "citizenships": ["RU"]}}
    answer = partner.answer(NEXT, {"situation": told, "on": "2023-12-12", "about": ["RU-G-ABSENCE"]})
    corpus = load_corpus()
    situation = read_situation(json.dumps(told).encode(), corpus.vocabulary, form="json")
    question = next_question(corpus, situation, on=date(2023, 12, 12).toordinal(), about=("RU-G-ABSENCE",))
    assert answer["question"]["name"] == question.name
    assert answer["question"]["text"] == question.text
    assert [option["told"] for option in answer["question"]["options"]] == [one.text for one in question.options]
    assert answer["situation"] == told
    assert answer["receipt"]["corpus"] == corpus.digest


def test_a_question_and_its_replies_are_in_the_language_asked_for(partner):
    call = {
        "situation": {"person": {"sex": "male", "citizenships": ["RU"]}},
        "on": "2023-12-12",
        "about": ["RU-G-ABSENCE"],
    }
    english, russian = (partner.answer(NEXT, {**call, "language": language}) for language in ("en", "ru"))
    assert english["question"]["name"] == russian["question"]["name"]
    assert english["question"]["text"].isascii()
    assert not russian["question"]["text"].isascii()
    assert english["warnings"] == []
    assert any("Ни один носитель" in text for text in russian["warnings"])


PERSON = {"person": {"sex": "male", "citizenships": ["RU"]}}
GONE = {**PERSON, "history": [{"event": "left_unit"}]}

#   situation  about             language  asked about  begins with                      in it
FRAMED = [
    (PERSON,   [],               "ru",     "events",    "Случилось ли с вами",           "не называйте"),
    (PERSON,   [],               "uk",     "events",    "Чи сталося з вами",             "не називайте"),
    (PERSON,   [],               "kk",     "events",    "Мыналардың бірі",               "атамаңыз"),
    (GONE,     ["RU-G-ABSENCE"], "ru",     "left_unit", "Покинули ли вы часть",          "("),
    (PERSON,   [],               "en",     "events",    "Did any of these happen",       "none"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "about", "language", "name", "begins", "holds"), FRAMED)
def test_what_frames_a_question_is_in_the_language_too(partner, told, about, language, name, begins, holds):
    call = {"situation": told, "on": "2023-12-12", "language": language, "about": about}
    question = partner.answer(NEXT, call)["question"]
    assert question["name"].partition(".")[0] == name
    assert question["text"].startswith(begins)
    assert holds in question["text"]
    assert question["why"]


SUBJECTS = [
    ("left_unit.permission", Subject.FIELD, "Покинули ли вы часть", "(с разрешения)"),
    ("left_unit.on",         Subject.DAY,   "Покинули ли вы часть", "(день)"),
    ("left_unit.again",      Subject.EVENT, "Покинули ли вы часть", "(ещё раз"),
    ("left_unit.*",          Subject.WHICH, "Что из этого верно",   "о событии"),
    ("nothing.of.ours",      Subject.EVENT, "Asked in English",     ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "subject", "begins", "holds"), SUBJECTS)
def test_a_question_of_every_kind_has_its_frame(name, subject, begins, holds):
    asked = Question(
        subject=subject, name=name, text="Asked in English", why="", options=(), bears_on=("RU-G-ABSENCE",), open=1
    )
    text = text_in(asked, load_corpus(), "ru")
    assert text.startswith(begins)
    assert holds in text
    assert why_in(asked, load_corpus(), "ru").startswith("От этого зависит: ")


# --- replies ---------------------------------------------------------------------------------------------------

FACT = {"subject": "fact", "name": "reserve"}
LISTED = {"subject": "fact", "name": "citizenships"}
EVENT = {"subject": "event", "name": "entered"}
AGAIN = {"subject": "event", "name": "entered.again"}
FIELD = {"subject": "field", "name": "left_unit.permission"}
DAY = {"subject": "day", "name": "left_unit.on"}
WHICH = {"subject": "which", "name": "events", "of": [{"name": "left_unit"}, {"name": "order"}, {"name": "entered"}]}
FACTS = {"subject": "which", "name": "facts", "of": [{"name": "aim"}, {"name": "reserve"}, {"name": "permit"}]}
FIELDS = {"subject": "which", "name": "left_unit.*", "of": [{"name": "left_unit.permission"}]}
AIM = {"person": {"aim": "yes"}}
LEFT = {"history": [{"event": "left_unit"}]}
IN = {"history": [{"event": "entered", "country": "KZ"}]}


def happened(**event):
    return {**AIM, "history": [{"event": "entered", **event}]}


def left(**event):
    return {"history": [{"event": "left_unit", **event}]}


def person(**facts):
    return {"person": {"aim": "yes", **facts}}


NAMES_OF_WHICH = {"events: left_unit", "events: entered"}
PERMITTED = {"left_unit.*: left_unit.permission"}
AUTUMN = "2022-09-01..2022-11-30"
WHERE = {"on": "2022-09", "where": "KZ"}
NAMED = {"history": [{"event": "left_unit"}], "not_happened": ["order"]}
NONE = {"aim": "no", "reserve": "no", "permit": "none"}

#    before, question, reply, after, asked, taken as
REPLIES = [
    (AIM, FACT, {"told": "no"}, person(reserve="no"), {"reserve"}, None),
    (AIM, FACT, {"told": "unknown"}, person(reserve="unknown"), {"reserve"}, None),
    (AIM, FACT, {"told": "withheld"}, person(reserve="withheld"), {"reserve"}, None),
    (AIM, LISTED, {"told": "RU, KZ"}, person(citizenships=["RU", "KZ"]), {"citizenships"}, None),
    (AIM, EVENT,  {"told": "yes", **WHERE}, happened(on="2022-09", country="KZ"), set(), None),
    (AIM, EVENT,  {"told": "yes", "on": "autumn 2022"}, happened(on=AUTUMN), set(), AUTUMN),
    (AIM, EVENT,  {"told": "no"}, {**AIM, "not_happened": ["entered"]}, set(), None),
    (AIM, EVENT,  {"told": "unknown"}, AIM, {"entered"}, None),
    (IN,  AGAIN,  {"told": "no"}, {**IN, "complete": ["entered"]}, set(), None),
    (LEFT, FIELD,  {"told": "no"}, left(permission="no"), {"left_unit.permission"},  None),
    (LEFT, DAY, {"told": "about 2022"}, left(on="2021..2023"), {"left_unit.on"}, "2021..2023"),
    (AIM, WHICH,  {"told": ["left_unit", "entered"]}, {**AIM, **NAMED}, NAMES_OF_WHICH, None),
    (LEFT, FACTS,  {"told": []}, {**LEFT, "person": NONE}, set(), None),
    (LEFT, FIELDS, {"told": ["left_unit.permission"]}, left(permission="yes"), PERMITTED, None),
]  # fmt: skip


@pytest.mark.parametrize(("before", "question", "reply", "after", "asked", "taken_as"), REPLIES)
def test_a_reply_makes_a_situation(partner_of_invented_law, before, question, reply, after, asked, taken_as):
    call = {"situation": before, "on": "2023-12-12", "about": ["XX-R-2"], "reply": {"question": question, **reply}}
    answer = partner_of_invented_law.answer(NEXT, call)
    assert answer["situation"] == after
    assert set(answer["asked"]) == asked
    assert answer["taken_as"] == taken_as


def first_reply(question):
    """What somebody says who takes the first thing that is offered."""
    told = [one["name"] for one in question["of"]] if question["subject"] == "which" else "unknown"
    if question["options"]:
        told = question["options"][-1 if question["name"].endswith(".again") else 0]["told"]
    return {"question": question, "told": told, **({"on": "2023-10", "where": "XX"} if question["key"] else {})}


def test_a_program_leads_an_interview_to_its_end_with_what_the_answers_gave_it(partner_of_invented_law):
    call, names = {"situation": {"person": {}}, "on": "2023-12-12"}, []
    while True:
        answer = partner_of_invented_law.answer(NEXT, call)
        question = answer["question"]
        if question is None:
            break
        names.append(question["name"])
        assert len(names) < 40, names
        call = {**call, "situation": answer["situation"], "asked": answer["asked"], "reply": first_reply(question)}
    assert len(names) == len(set(names)) > 2
    found = partner_of_invented_law.answer(ASSESS, {"situation": answer["situation"], "on": "2023-12-12"})
    assert {"yes", "no"} <= {finding["answer"] for finding in found["findings"]}


def test_the_reply_to_none_of_these_is_none_or_some(partner):
    person = {"sex": "male", "citizenships": ["RU"]}
    question = {"subject": "none_of", "name": "exemptions"}
    after = []
    for told in ("none", "some"):
        call = {"situation": {"person": person}, "on": "2023-12-12", "about": ["RU-G-ABSENCE"]}
        after.append(partner.answer(NEXT, {**call, "reply": {"question": question, "told": told}}))
    assert after[0]["situation"] == {"person": {**person, "exemptions": "none"}}
    assert after[1]["situation"] == {"person": person}
    assert all("exemptions" in answer["asked"] for answer in after)
