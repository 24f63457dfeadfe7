"""The interview asks what settles most, asks nothing that cannot matter, and stops when nothing more can change."""

from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.rules.asking import Subject, not_answered
from safeconduct.rules.finding import Answer
from safeconduct.rules.formula import Choice, In, inverse
from safeconduct.rules.guessing import Shares
from safeconduct.rules.interview import Looks, next_question, open_findings
from safeconduct.rules.looks import differs
from safeconduct.rules.position import Assessor
from safeconduct.rules.situation import Asked, Situation, WordList
from safeconduct.rules.solver import UnsettledError
from tests.rules.pages import FACTS, corpus_of, situation_of

ON = 738_946  # 2024-03-01
SEAT = "source art. 1 background confidence A"
MORE = """
fact student    yes/no    ask "Do you study?"    why "Students are called later."    usual share 0.15
fact away       yes/no                 ask "Do you live abroad?"
fact called_up  yes/no, for a lawyer   ask "Was the call-up lawful?"
"""
LAW = f"""term either
    if any of
        aim
        not aim
XX-CALL liability "call-up" {SEAT}
    if resident
    unless in_reserve {SEAT}
    unless fitness is V {SEAT}
    unless student {SEAT}
    says "One."
XX-EITHER restriction "either way" {SEAT}
    if away
    if either
    says "Two."
XX-AGE status "of age" {SEAT}
    if aged 18 to under 30
    says "Three."
XX-AWAY exposure "absence" {SEAT}
    about left_unit
    governed by left_unit
    if left_unit permission is no
    says "Four."
XX-CODE status "from there" {SEAT}
    if region is RU-SA
    says "Five."
XX-LIST status "a citizen" {SEAT}
    if citizenships includes RU
    says "Six."
XX-WEEKS right "waiting" {SEAT}
    if weeks at least 26
    says "Seven."
XX-PERMIT right "permit" {SEAT}
    if permit kind is permanent
    says "Eight."
XX-LAW right "a lawful call-up" {SEAT}
    if called_up
    says "Nine."
XX-GROUND right "a ground" {SEAT}
    if in_reserve
    says "Ten."
XX-OTHER right "another ground" {SEAT}
    if fitness is B
    says "Eleven."
XX-SINCE status "left long ago" {SEAT}
    if left_unit before 2024-01-01
    says "Twelve."
XX-WAIT deadline "answer" {SEAT}
    about summons
    within 5 days after summons placed, counting from either day, calendar days, rolls not
    met by appeared
    missed means "Say why."
    says "Thirteen."
XX-KIDS right "a child" {SEAT}
    if at least 1 children with dependent
    says "Sixteen."
XX-NOTE practice "a report" {SEAT}
    if away
    says "Fourteen."
XX-BOTH status "two things at once" {SEAT}
    if in_reserve
    if student
    if away
    says "Fifteen."
"""
LEFT = "history: [{event: left_unit, on: 2024-01-05}]\ncomplete: [left_unit]"
WITH_LEAVE = "history: [{event: left_unit, on: 2024-01-05, permission: yes}]"
VAGUE = "history: [{event: left_unit, on: 2023-12-30..2024-01-05}]\ncomplete: [left_unit]"
SUMMONED = "history: [{event: summons, on: 2024-02-01}]\ncomplete: [summons]\nnot_happened: [appeared]"
PLACED = SUMMONED.replace("2024-02-01}", "2024-02-01, placed: 2024-02-01..2024-03-20}")
YEAR = "person: {birth_date: 1994}"
ELIGIBLE = "person: {resident: yes, student: no, fitness: A}"
CALL = {"resident": ("yes", "no"), "in_reserve": ("yes", "no"), "fitness": ("A", "B", "V"), "student": ("yes", "no")}


@cache
def law():
    closes = FACTS.replace("closes XX-GROUND", "closes XX-GROUND, XX-OTHER")
    return corpus_of(LAW, closes + MORE)


def known(told=""):
    return situation_of(law(), told)


def person(facts):
    return known("person: {" + ", ".join(f"{name}: {value}" for name, value in facts.items()) + "}")


def ask(*about, told="", asked=(), shares=None):
    looks = Looks(law(), shares=shares)
    return next_question(law(), known(told), on=ON, about=about, asked=frozenset(asked), looks=looks)


def answers(situation, about):
    assessor = Assessor(law(), situation)
    return [assessor.answer(name, ON) for name in about]


# --- what is asked first ---------------------------------------------------------------------------------------


def test_the_reply_that_is_likely_to_settle_most_is_asked_for_first():
    shares = {
        "resident": {"yes": 0.9, "no": 0.1},
        "in_reserve": {"yes": 0.2, "no": 0.8},
        "fitness": {"A": 0.3, "B": 0.1, "V": 0.6},
    }
    assert ask("XX-CALL", shares=Shares(words=shares)).name == "fitness"
    shares["in_reserve"] = {"yes": 0.9, "no": 0.1}
    assert ask("XX-CALL", shares=Shares(words=shares)).name == "in_reserve"


def test_the_usual_share_of_a_page_is_used_and_yields_to_what_is_known_better():
    told = "person: {resident: yes, fitness: A}"
    assert ask("XX-CALL", told=told).name == "in_reserve"  # half of all people, against 0.15
    shares = Shares(words={"student": {"yes": 0.9, "no": 0.1}})
    assert ask("XX-CALL", told=told, shares=shares).name == "student"


def test_what_is_at_stake_comes_before_a_status():
    assert ask("XX-AGE", "XX-AWAY").name == "left_unit"


def test_one_answer_that_settles_several_findings_comes_first():
    assert ask("XX-BOTH", "XX-GROUND", "XX-AGE").name == "in_reserve"


def test_a_broad_question_comes_before_the_single_grounds():
    question = ask("XX-GROUND", "XX-OTHER")
    assert (question.subject, question.name) == (Subject.NONE_OF, "grounds")
    assert question.text == "Does no ground apply?"
    (none,) = question.options
    assert answers(none.situation, ["XX-GROUND", "XX-OTHER"]) == [Answer.NO, Answer.NO]


#    person                                what was asked already
NOT_BROAD = [
    ("person: {fitness: A}",               []),            # one ground is left
    ("person: {in_reserve: yes}",          []),            # one applies for sure
    ("person: {grounds: unknown}",         []),
    ("person: {}",                         ["grounds"]),
]  # fmt: skip


@pytest.mark.parametrize(("told", "asked"), NOT_BROAD)
def test_a_broad_question_is_not_put_where_it_cannot_help(told, asked):
    question = ask("XX-GROUND", "XX-OTHER", told=told, asked=asked)
    assert question is None or question.subject is Subject.FACT


def test_a_broad_question_is_not_put_for_findings_that_it_does_not_touch():
    assert ask("XX-AGE").subject is Subject.FACT


def test_without_names_all_findings_are_settled_and_practice_is_none_of_them():
    question = ask()
    opened = [one.id for one in open_findings(Looks(law()).view(known(), ON), ())]
    assert question.open == len(opened)
    assert "XX-CALL" in opened
    assert "XX-NOTE" not in opened


# --- what is offered -------------------------------------------------------------------------------------------

#    finding      told                                        subject          name                  replies
OFFERED = [
    ("XX-CALL",   ELIGIBLE,   Subject.FACT,  "in_reserve",           "yes no"),
    ("XX-OTHER",  "",         Subject.FACT,  "fitness",              "A B V"),
    ("XX-AGE",    "",         Subject.FACT,  "birth_date",  "..1994-03-01 1994-03-02..2006-03-01 2006-03-02.."),
    ("XX-AGE",    YEAR,       Subject.FACT,  "birth_date",  "1994-01-01..1994-03-01 1994-03-02..1994-12-31"),
    ("XX-CODE",   "",         Subject.FACT,  "region",               ""),
    ("XX-LIST",   "",         Subject.FACT,  "citizenships",         ""),
    ("XX-WEEKS",  "",         Subject.FACT,  "weeks",                "0..25 26..1000000 none"),
    ("XX-PERMIT", "",         Subject.FACT,  "permit",               "none"),
    ("XX-KIDS",   "",         Subject.FACT,  "children",             "none"),
    ("XX-AWAY",   "",         Subject.EVENT, "left_unit",            "yes no"),
    ("XX-AWAY",   LEFT,       Subject.FIELD, "left_unit.permission", "yes no"),
    ("XX-AWAY",   WITH_LEAVE, Subject.EVENT, "left_unit.again",      "yes no"),
    ("XX-SINCE",  VAGUE,      Subject.DAY,   "left_unit.on",         ""),
    ("XX-WAIT",   SUMMONED,   Subject.FIELD, "summons.placed",       ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "told", "subject", "asked", "replies"), OFFERED)
def test_the_coarsest_replies_that_settle_it_are_offered(name, told, subject, asked, replies):
    question = ask(name, told=told)
    assert (question.subject, question.name, " ".join(one.text for one in question.options)) == (
        subject,
        asked,
        replies,
    )


def test_a_day_with_too_many_ranges_to_choose_among_is_left_to_free_text():
    cuts = "\n".join(
        f'XX-{age} status "of {age}" {SEAT}\n    if aged {age} or over\n    says "One."' for age in (14, 16, 18, 21)
    )
    corpus = corpus_of(cuts)
    assert next_question(corpus, situation_of(corpus, ""), on=ON).options == ()


#    finding      told                                                              text
TEXTS = [
    ("XX-AWAY",   "",         "Did you leave?"),
    ("XX-AWAY",   WITH_LEAVE, "Did you leave? (another time than you told)"),
    ("XX-AWAY",   LEFT,       "Did you leave? (permission)"),
    ("XX-SINCE",  VAGUE,      "Did you leave? (the day)"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "told", "text"), TEXTS)
def test_a_question_says_what_it_asks(name, told, text):
    assert ask(name, told=told).text == text


def test_a_question_says_why_it_is_asked():
    assert ask("XX-AGE").why == "It bears on: of age"
    told = "person: {resident: yes, fitness: A, in_reserve: no}"
    assert ask("XX-CALL", told=told).why == "Students are called later."
    several = ask(
        "XX-CALL", "XX-GROUND", "XX-BOTH", told="person: {fitness: A, student: yes, away: yes, resident: yes}"
    )
    assert several.why == "It bears on: a ground, and 2 more" or several.why.startswith("It bears on: ")
    four = corpus_of("\n".join(f'XX-{n} duty "duty {n}" {SEAT}\n    if aim\n    says "One."' for n in range(5)))
    assert next_question(four, situation_of(four, ""), on=ON).why == "It bears on: duty 0; duty 1; duty 2, and 2 more"


def test_that_there_is_no_record_at_all_settles_it():
    (none,) = ask("XX-KIDS").options
    assert answers(none.situation, ["XX-KIDS"]) == [Answer.NO]


# --- what is not asked -----------------------------------------------------------------------------------------


def test_what_only_a_lawyer_can_say_is_not_asked():
    assert ask("XX-LAW") is None


@pytest.mark.parametrize("word", ["unknown", "withheld"])
def test_what_was_asked_and_not_answered_is_not_asked_again(word):
    assert ask("XX-AGE", told=f"person: {{birth_date: {word}}}") is None
    assert ask("XX-AWAY", asked=["left_unit"]) is None
    told = LEFT
    assert ask("XX-AWAY", told=told, asked=["left_unit.permission"]) is None


def test_not_known_and_not_told_are_kept_apart():
    for asked in (Asked.UNKNOWN, Asked.WITHHELD):
        assert not_answered(known(), "resident", asked).facts["resident"].asked is asked


def test_a_fact_that_cannot_change_anything_is_not_asked():
    assert ask("XX-EITHER").name == "away"
    assert ask("XX-EITHER", told="person: {away: yes}") is None
    assert answers(known("person: {away: yes}"), ["XX-EITHER"]) == [Answer.YES]
    assert ask("XX-EITHER", asked=["away"]) is None


def test_a_field_that_was_told_in_words_that_leave_it_open_is_not_asked_again():
    question = ask("XX-WAIT", told=PLACED)
    assert question is None or question.name != "summons.placed"


def full(facts):
    """Every way to tell what is not told of the facts of the call-up."""
    left = [name for name in CALL if name not in facts]
    for values in product(*(CALL[name] for name in left)):
        yield {**facts, **dict(zip(left, values, strict=True))}


partly = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in CALL.items()})
ABOUT = ("XX-CALL", "XX-GROUND", "XX-OTHER")


@settings(max_examples=60)
@given(facts=partly, about=st.lists(st.sampled_from(ABOUT), min_size=1, unique=True))
def test_a_question_whose_answer_cannot_matter_is_never_asked(facts, about):
    question = next_question(law(), person(facts), on=ON, about=tuple(about), asked=frozenset({"grounds"}))
    if question is None:
        assert Answer.UNKNOWN not in answers(person(facts), about)
        return
    assert question.name not in facts
    others = {
        tuple(sorted((name, value) for name, value in one.items() if name != question.name)) for one in full(facts)
    }
    assert any(
        len({tuple(answers(person({**dict(other), question.name: value}), about)) for value in CALL[question.name]}) > 1
        for other in others
    )


@settings(max_examples=40)
@given(
    facts=st.fixed_dictionaries({name: st.sampled_from(values) for name, values in CALL.items()}),
    order=st.permutations(list(CALL)),
)
def test_the_order_of_answers_does_not_change_the_result(facts, order):
    by_interview = known()
    put = []
    while (
        question := next_question(law(), by_interview, on=ON, about=ABOUT, asked=frozenset({"grounds"}))
    ) is not None:
        put.append(question.name)
        by_interview = next(one.situation for one in question.options if one.text == facts[question.name])
    by_order = person({name: facts[name] for name in order})
    assert answers(by_interview, ABOUT) == answers(by_order, ABOUT)
    assert len(put) == len(set(put)) <= len(CALL)


@settings(max_examples=30)
@given(facts=partly)
def test_an_answer_that_is_settled_stays_settled_by_every_reply(facts):
    situation = person(facts)
    before = answers(situation, ABOUT)
    question = next_question(law(), situation, on=ON, about=ABOUT)
    for option in question.options if question is not None else ():
        if question.subject is Subject.FACT:
            after = answers(option.situation, ABOUT)
            assert [
                old for old, new in zip(before, after, strict=True) if old is not Answer.UNKNOWN and old is not new
            ] == []


def test_replies_about_events_make_the_situation_that_a_file_makes():
    yes, no = ask("XX-AWAY").options
    assert answers(no.situation, ["XX-AWAY"]) == [Answer.NO]
    assert [event.kind for event in yes.situation.events] == ["left_unit"]
    again, none = ask("XX-AWAY", told=WITH_LEAVE).options
    assert len(again.situation.events) == 2
    assert answers(none.situation, ["XX-AWAY"]) == [Answer.NO]
    told = LEFT
    with_leave, without = ask("XX-AWAY", told=told).options
    assert answers(with_leave.situation, ["XX-AWAY"]) == [Answer.NO]
    assert answers(without.situation, ["XX-AWAY"]) == [Answer.YES]


def test_a_question_is_put_where_the_solver_gave_up():
    class Lost:
        def witness(self, *_, **__):
            raise UnsettledError("the solver gave up", remedy="ask less")

    word = Choice("aim", ("yes", "no"), 3)
    assert differs(inverse(In(word, 1)), Lost(), word, ON)


def test_a_list_that_was_told_is_not_asked_for():
    told = Situation(facts=situation_of(law(), "person: {citizenships: [RU]}").facts)
    assert isinstance(told.facts["citizenships"].periods[0].value, WordList)
    assert next_question(law(), told, on=ON, about=("XX-LIST",)) is None
