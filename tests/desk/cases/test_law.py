"""The law that is in use, and what is shared between those who are asked about it."""

from dataclasses import replace

from safeconduct.desk.cases.law import looks_of
from tests.rules.test_interview import known, law


def test_all_who_are_asked_about_one_law_share_what_was_worked_out():
    assert looks_of(law()) is looks_of(law())
    assert looks_of(law()).corpus is law()


def test_another_law_is_worked_out_by_itself_with_a_secret_of_its_own():
    other = replace(law(), digest="another")
    told = known("person: {region: RU-SA}")
    assert looks_of(other) is not looks_of(law())
    assert looks_of(other).marks(told) != looks_of(law()).marks(told)
