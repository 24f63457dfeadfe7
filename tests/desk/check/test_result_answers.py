"""What was told, as lines to read: names, countries and days in the language, and nothing left out."""

import pytest
from django.utils.translation import override

from safeconduct.desk.check.result_answers import answer_lines
from safeconduct.desk.check.run import draft_in
from safeconduct.rules.telling.draft import Draft
from tests.desk.check.finding_out import a_run, law

EVENT = {"event": "entered", "country": "KZ", "on": "2022-09"}
EXACT = {"event": "mobilised", "on": "2022-09-21..2022-10-15"}
LEFT = {"event": "left_country", "country": "KZ"}
NOT = "Did not happen: leaving the unit; leaving a country Kazakhstan"
#   what was told                                                  the line in English
TOLD = [
    (Draft(person={"age": "30 on 2023-12-12"}),                    "Age: 30 years old on 12 December 2023"),
    (Draft(person={"birth_date": "1993-05"}),                      "Date of birth: May 1993"),
    (Draft(person={"citizenships": ["RU", "KZ"]}),                 "Citizenships: Russia; Kazakhstan"),
    (Draft(person={"citizenships": []}),                           "Citizenships: none"),
    (Draft(person={"sex": {"is": "male", "assumed": "guessed"}}),  "Sex in the papers: male"),
    (Draft(person={"sex": "withheld"}),                            "Sex in the papers: would rather not say"),
    (Draft(history=(EVENT,)), "Entry into a country: September 2022; country: Kazakhstan"),
    (Draft(history=({"event": "mobilised"},)), "Call-up under mobilisation: day not told"),
    (Draft(history=(EXACT,)), "Call-up under mobilisation: from 21 September 2022 to 15 October 2022"),
    (Draft(others={"not_happened": ["left_unit", LEFT]}), NOT),
    (Draft(others={"complete": ["entered KZ"]}), "Nothing more of this happened: entry into a country Kazakhstan"),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "line"), TOLD, ids=[line for _, line in TOLD])
def test_what_was_told_is_a_line_to_read(desk, draft, line):
    with override("en"):
        assert answer_lines(draft, language="en") == (line,)


@pytest.mark.parametrize("language", ["ru", "uk", "kk"])
def test_nothing_is_left_out_and_little_is_latin(desk, language):
    draft = draft_in(a_run(), law())
    with override(language):
        lines = answer_lines(draft, language=language)
    assert len(lines) == len(draft.person) + len(draft.history) + len(draft.others)
    words = " ".join(lines).replace("RU-SA", "").split()
    assert not [word for word in words if word.isascii() and word.isalpha() and len(word) > 2]
