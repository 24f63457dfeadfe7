"""The law that is in use, and what is shared between those who are asked about it."""

from dataclasses import replace
from datetime import date

from safeconduct.desk.cases.law import looks_of, prepare
from safeconduct.rules.position import Assessor
from tests.rules.test_interview import known, law

DAY = date(2024, 3, 2)


def test_all_who_are_asked_about_one_law_share_what_was_worked_out():
    assert looks_of(law()) is looks_of(law())
    assert looks_of(law()).corpus is law()


def test_another_law_is_worked_out_by_itself_with_a_secret_of_its_own():
    other = replace(law(), digest="another")
    told = known("person: {region: RU-SA}")
    assert looks_of(other) is not looks_of(law())
    assert looks_of(other).marks(told) != looks_of(law()).marks(told)


def test_the_first_question_is_worked_out_before_anybody_asks(monkeypatch):
    monkeypatch.setattr("safeconduct.desk.cases.law.law_in_use", law)
    prepare(DAY, questions=True)
    view = looks_of(law()).view(known(), DAY.toordinal())
    monkeypatch.setattr(Assessor, "cases", None)  # nothing is worked out any more
    assert view.left("XX-CALL").share == 1
