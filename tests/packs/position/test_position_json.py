"""The JSON of a position: exactly the keys of docs/reference/assess.md, nothing made up, nothing lost."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from safeconduct.packs.position.position_json import position_json
from safeconduct.packs.store import load_corpus
from safeconduct.rules import position as engine
from safeconduct.rules.telling import read_situation
from tests.cli.invented import ALEX, DAY, corpus, position

ROOT = Path(__file__).resolve().parents[3]
SCHEMA = json.loads((ROOT / "docs" / "reference" / "assess.schema.json").read_text(encoding="utf-8"))
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


def validate(answer):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    jsonschema.Draft202012Validator(SCHEMA, format_checker=checker).validate(json.loads(json.dumps(answer)))


def by_id(answer):
    return {finding["id"]: finding for finding in answer["findings"]}


@pytest.fixture(scope="module")
def answer():
    return position_json(position())


@pytest.mark.parametrize("everything", [False, True])
def test_the_answer_of_the_invented_law_fits_the_schema(everything):
    validate(position_json(position(), everything=everything))


def test_the_schema_refuses_a_key_that_is_not_in_the_contract(answer):
    with pytest.raises(jsonschema.ValidationError, match="Additional properties"):
        validate({**answer, "name": "of a person"})


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_answer_to_every_example_fits_the_schema(example):
    situation = read_situation(example.read_bytes(), load_corpus().vocabulary, form="yaml")
    found = engine.assess(load_corpus(), situation, on=date(2023, 12, 12), engine="0.0.1")
    answer = position_json(found)
    validate(answer)
    assert {"yes", "no", "unknown"} <= {finding["answer"] for finding in answer["findings"]}


def test_the_invented_law_exercises_every_optional_part(answer):
    keys = set().union(*answer["findings"])
    assert {"of", "practice_state", "penalty", "deadline", "stay"} <= keys
    assert {finding["answer"] for finding in answer["findings"]} == {"yes", "no", "unknown", "disputed"}


def test_what_is_empty_and_optional_is_left_out(answer):
    assert not {"of", "practice_state", "penalty", "deadline", "stay"} & set(by_id(answer)["XX-Q-1"])


def test_what_concerns_other_people_stands_there_only_when_everything_is_asked_for(answer):
    assert "XX-E-1" not in by_id(answer)
    everything = by_id(position_json(position(), everything=True))
    assert everything["XX-E-1"]["concerns"] is False
    assert everything["XX-E-1"]["answer"] == "no"


def test_a_caution_has_the_id_of_its_row_in_front(answer):
    assert by_id(answer)["XX-A-1"]["caution"] == ["XX-LIM: A claim may be too old."]


def test_a_deadline_says_first_what_helps_somebody_who_is_late(answer):
    assert by_id(answer)["XX-D-1"]["caution"] == [
        "See a lawyer before you approach any office.",
        "Late is not barred.",
        "XX-W-3: People are stopped on the way.",
    ]


def test_a_row_without_source_says_so(answer):
    assert by_id(answer)["XX-P-1"]["sources"] == [
        {"act": "Harbour Act", "article": "art. 10", "url": None, "note": "background knowledge, unverified"}
    ]


def test_an_address_that_was_not_stored_is_null_with_a_note(answer):
    assert by_id(answer)["XX-D-1"]["sources"] == [
        {"act": "Harbour Act", "article": "art. 14", "url": None, "note": "stored without address"}
    ]


def test_an_address_is_given_with_its_seat(answer):
    assert by_id(answer)["XX-A-1"]["sources"][0]["url"] == "https://example.org/gazette"


def test_penalties_are_months_and_words(answer):
    assert by_id(answer)["XX-G-A"]["penalty"] == {
        "imprisonment_months": [60, 180],
        "alternatives": ["fine of 100 shells"],
        "basis": "XX-A-1 or XX-A-2",
    }
    assert by_id(answer)["XX-A-3"]["penalty"]["imprisonment_months"] == [0, 6]


def test_a_disputed_answer_shows_each_reading_and_one_safer(answer):
    readings = by_id(answer)["XX-L-1"]["readings"]
    assert [reading["answer"] for reading in readings] == ["no", "yes"]
    assert [reading["safer"] for reading in readings] == [False, True]


def test_days_of_a_stay_have_the_same_two_names_as_all_ranges(answer):
    stay = by_id(answer)["XX-S-1"]["stay"]
    assert stay["last_lawful"]["L"] == {"earliest": "2024-02-28", "latest": "2024-03-01"}
    assert stay["used"]["L"] == {"earliest": 10, "latest": 12}
    assert stay["next_entry"]["F"] is None
    assert stay["safe"] == "2024-02-28"


def test_what_is_assumed_stands_in_the_warnings_and_in_the_reasons(answer):
    assert "Assumed: left_unit, 2022-09-24..2022-10-31: some days later" in answer["warnings"]
    reasons = [reason["text"] for reason in by_id(answer)["XX-G-A"]["because"]]
    assert any("assumed: " in text and "some days later" in text for text in reasons)


def test_practice_is_told_from_rules_and_later_reports_from_earlier(answer):
    found = by_id(answer)
    assert (found["XX-W-1"]["basis"], found["XX-W-1"]["since_then"]) == ("practice", False)
    assert (found["XX-W-2"]["dated"], found["XX-W-2"]["since_then"]) == ("2024-02-02", True)
    assert found["XX-R-1"]["basis"] == "rule"


def test_a_later_day_of_change_is_listed(answer):
    assert {"on": "2024-06-01", "id": "XX-R-5", "from": "no", "to": "yes"}.items() <= answer["changes"][0].items()


def test_the_receipt_holds_the_digest_and_nothing_of_the_facts(answer):
    assert answer["receipt"] == {"corpus": corpus().digest, "engine": "0.0.1"}


def test_the_order_of_facts_in_the_file_does_not_matter():
    other = ALEX.replace("{citizenships: [XX], region: XX-1}", "{region: XX-1, citizenships: [XX]}")
    assert other != ALEX
    assert position_json(position(other)) == position_json(position())


def test_a_source_without_address_and_note_still_says_that_there_is_none():
    found = position()
    finding = found.finding("XX-D-1")
    seat = finding.citations[0]
    bare = replace(seat, sources=tuple(replace(source, note="") for source in seat.sources))
    changed = replace(found, findings=(replace(finding, citations=(bare,)),))
    assert position_json(changed)["findings"][0]["sources"][0]["note"] == "the dossier gives no address"


def test_the_day_asked_is_the_day_answered(answer):
    assert answer["on"] == DAY.isoformat()
