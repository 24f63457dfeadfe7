"""The description is OpenAPI 3.1, and it is so: calls made from it are answered as it says, and none with 500."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from safeconduct.desk.api.calls import LANGUAGES
from safeconduct.desk.api.description import description
from safeconduct.desk.api.middleware import CALLS
from safeconduct.desk.api.problems import Kind
from safeconduct.desk.api.replies import SUBJECTS
from safeconduct.packs.store import load_corpus
from safeconduct.rules.asking import Subject
from tests.desk.api.calling import ASSESS, CALL, DESCRIPTION, NEXT, site_with
from tests.desk.api.described import EVERY_CHECK, bodies, check_call, described_site

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES_OF_EACH = 150
QUICK = settings(
    max_examples=EXAMPLES_OF_EACH,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
    database=None,
)


@pytest.fixture
def described(partner_of_invented_law):
    return json.loads(partner_of_invented_law.client.get(DESCRIPTION).content)


def test_the_description_names_every_call_and_what_a_situation_may_say():
    told = description(load_corpus())
    schemas = told["components"]["schemas"]
    assert set(told["paths"]) == {*CALLS, DESCRIPTION}
    assert schemas["Situation"]["properties"]["person"]["properties"].keys() == load_corpus().vocabulary.facts.keys()
    events = schemas["Situation"]["properties"]["history"]["items"]["properties"]["event"]["enum"]
    assert set(events) == load_corpus().vocabulary.events.keys()
    assert schemas["AssessCall"]["properties"]["language"]["enum"] == list(LANGUAGES)
    assert schemas["Problem"]["properties"]["type"]["enum"] == [kind.type for kind in Kind]
    assert set(SUBJECTS.values()) == set(Subject)


def test_every_part_that_is_referred_to_stands_in_the_description(described):
    def references(part):
        for name, value in part.items() if isinstance(part, dict) else enumerate(part):
            if name == "$ref":
                yield value
            elif isinstance(value, dict | list):
                yield from references(value)

    for reference in references(described):
        found = described
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]


def test_the_schema_of_a_position_is_that_of_the_terminal():
    published = ROOT / "docs" / "reference" / "assess.schema.json"
    shipped = ROOT / "src" / "safeconduct" / "desk" / "api" / "position.schema.json"
    assert shipped.read_bytes() == published.read_bytes()


@pytest.mark.parametrize("name", EVERY_CHECK)
@pytest.mark.parametrize("address", [ASSESS, NEXT])
def test_calls_that_are_made_from_the_description_are_answered_as_it_says(desk, address, name):
    with described_site(desk) as site:

        @QUICK
        @given(case=site.calls(address, valid=name == "valid"))
        def each(case):
            check_call(case)

        each()


@pytest.mark.parametrize("address", [ASSESS, NEXT])
def test_bodies_of_every_kind_are_answered_or_refused(partner_of_invented_law, address):
    @QUICK
    @given(body=bodies())
    def each(body):
        response = partner_of_invented_law.send(address, body)
        assert response.status_code in {200, 400, 413, 422}
        if response.status_code != 200:
            assert response.json()["to_fix"]

    each()


@pytest.mark.parametrize("field", ["on", "language", "all", "situation"])
def test_a_field_of_a_megabyte_is_refused_unread(partner_of_invented_law, field):
    response = partner_of_invented_law.send(ASSESS, {**CALL, field: "x" * 1_000_000})
    assert response.status_code == 413


@given(st.text())
@settings(max_examples=50)
def test_no_text_is_taken_for_a_day_that_it_is_not(text):
    from datetime import date

    from safeconduct.packs.position.asked_day import day_from
    from safeconduct.values.errors import Place, QuestionError

    try:
        day = day_from(text, place=Place(name="on"))
    except QuestionError:
        return
    assert day == date.fromisoformat(text)


def test_the_description_of_the_whole_law_is_served_in_time(desk):
    from dataclasses import replace

    with site_with(replace(desk, api=True)):
        from tests.desk.api.calling import Partner

        response = Partner().client.get(DESCRIPTION)
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "no-store"
    assert response.json()["openapi"] == "3.1.0"
