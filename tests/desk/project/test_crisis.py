"""Where somebody in a crisis can turn: the settings are read whole or refused, and a contact ages."""

import tomllib
from datetime import date, datetime, timedelta

import pytest

from safeconduct.desk.project.crisis import CrisisError, crisis_contacts

CHECKED = date(2026, 11, 1)
TOLD = """
[[crisis]]
contact = "+7 000 000"
checked = 2026-11-01
text = { en = "Somebody listens", ru = "Вас выслушают" }
"""


def test_a_contact_is_read_and_said_in_the_language_or_in_english():
    (found,) = crisis_contacts(tomllib.loads(TOLD)["crisis"])
    assert (found.contact, found.checked) == ("+7 000 000", CHECKED)
    assert (found.said("ru"), found.said("kk")) == ("Вас выслушают", "Somebody listens")


#   days after the check   shown
AGES = [(-1, False), (0, True), (180, True), (181, False)]


@pytest.mark.parametrize(("days", "shown"), AGES)
def test_a_contact_is_shown_for_half_a_year(days, shown):
    (found,) = crisis_contacts(tomllib.loads(TOLD)["crisis"])
    assert found.is_current(CHECKED + timedelta(days=days)) is shown


WHOLE = {"contact": "+7", "checked": CHECKED, "text": {"en": "x"}}
#   what is wrong                         the setting
WRONG = [
    ("no list",                           {"contact": "+7"}),
    ("a word",                            ["+7"]),
    ("no day",                            [{"contact": "+7", "text": {"en": "x"}}]),
    ("a day in words",                    [WHOLE | {"checked": "2026-11-01"}]),
    ("a moment",                          [WHOLE | {"checked": datetime(2026, 11, 1)}]),  # noqa: DTZ001 -- as TOML reads it
    ("no English",                        [WHOLE | {"text": {"ru": "x"}}]),
    ("a language that there is not",      [WHOLE | {"text": {"en": "x", "xx": "y"}}]),
    ("a number for a text",               [WHOLE | {"text": {"en": 7}}]),
    ("something more",                    [WHOLE | {"name": "x"}]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "told"), WRONG, ids=[what for what, _ in WRONG])
def test_what_cannot_be_read_is_refused(what, told):
    with pytest.raises(CrisisError):
        crisis_contacts(told)
