"""The ways to protection, for one person: which conditions are met, which are not, and which nobody knows."""

from datetime import date
from pathlib import Path

import pytest

from safeconduct.packs.store import load_corpus
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Answer, Finding, Position
from safeconduct.rules.position import assess
from safeconduct.rules.telling import read_situation
from safeconduct.rules.tree import Kind
from safeconduct.values.truth import Truth

ALEX = (Path(__file__).parents[2] / "examples" / "alex.yaml").read_text(encoding="utf-8")
REPORTED = "2023-12-12"
FOLDERS = ("int/", "echr/", "eu/asylum", "fr/", "de/")
MET, UNMET, UNKNOWN = "met", "unmet", "unknown"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


def position(corpus: Corpus, *facts: str, without: str = "", on: str = REPORTED) -> Position:
    text = ALEX.replace("person:\n", "person:\n" + "".join(f"  {fact}\n" for fact in facts))
    assert without in text
    text = "\n".join(line for line in text.splitlines() if not without or without not in line)
    return assess(corpus, read_situation(text.encode(), corpus.vocabulary, form="yaml"), on=date.fromisoformat(on))


def conditions(found: Finding) -> dict[str, str]:
    """Each condition by its first words: an exception is met where it certainly does not apply."""
    wanted = {True: {Truth.YES: MET, Truth.NO: UNMET}, False: {Truth.YES: UNMET, Truth.NO: MET}}
    return {reason.text: wanted[reason.role == "if"].get(reason.holds, UNKNOWN) for reason in found.because}


# --- Alex ---------------------------------------------------------------------------------------------------------

#    way      conditions
WAYS = [
    ("MIL-2", {"outside russia": MET, "punishable for refusing": MET, "punishment disproportionate": UNKNOWN}),
    ("MIL-3", {"outside russia": MET, "service reaches": MET, "objects on conviction": UNKNOWN}),
    ("MIL-4", {"service reaches": MET, "way to refuse is none or punitive": UNKNOWN}),
    ("MIL-5", {"service reaches": MET, "any of war unlawful; war crimes likely": UNKNOWN}),
    ("MIL-6", {"service reaches": MET, "protected elsewhere": UNKNOWN}),
    ("MIL-8", {"outside russia": MET, "service reaches": MET}),
    ("INT-1", {"outside russia": MET, "well founded fear": UNKNOWN, "protected elsewhere": UNKNOWN}),
]


@pytest.fixture(scope="module")
def alex(corpus: Corpus) -> Position:
    return position(corpus)


@pytest.mark.parametrize(("way", "expected"), WAYS)
def test_alex_sees_each_way_with_what_is_met_and_what_is_unknown(
    alex: Position, way: str, expected: dict[str, str]
) -> None:
    found = alex.finding(way)
    assert (found.answer, found.concerns) == (Answer.UNKNOWN, True)
    assert expected.items() <= conditions(found).items()


def test_a_condition_that_is_not_met_closes_the_way_and_is_named(corpus: Corpus) -> None:
    found = position(corpus, "objects_on_conviction: no").finding("MIL-4")
    assert found.answer is Answer.NO
    assert conditions(found) == {"objects on conviction": UNMET}


#    facts told by a lawyer with the person                                                          way
OPEN = [
    (("protected_elsewhere: no", "war_unlawful: yes"), "MIL-5"),
    (("protected_elsewhere: no", "objects_on_conviction: yes", "conviction_genuine: yes"), "MIL-3"),
    (("protected_elsewhere: no", "ethnic_minority: yes", "service_conditions: harsher_for_group"), "MIL-6"),
    (
        ("protected_elsewhere: no", "punishment_disproportionate: yes", "reason_of_persecution: imputed_opinion"),
        "MIL-2",
    ),
]


@pytest.mark.parametrize(("facts", "way"), OPEN)
def test_a_way_opens_on_its_own_words_and_the_flight_alone_is_then_not_all(
    corpus: Corpus, facts: tuple[str, ...], way: str
) -> None:
    found = position(corpus, *facts)
    assert found.finding(way).answer is Answer.YES
    assert found.finding("MIL-1").answer is Answer.NO


def test_exclusion_is_flagged_and_never_decided(alex: Position) -> None:
    assert alex.finding("INT-2a").answer is Answer.YES
    assert alex.finding("INT-2").answer is Answer.UNKNOWN
    assert alex.finding("INT-2").missing == ("exclusion_found",)
    assert any(caution.id == "INT-2a" for caution in alex.finding("MIL-5").caution)


def test_a_region_never_stands_for_a_people(alex: Position) -> None:
    assert "ethnic_minority" in alex.finding("MIL-6").missing


def test_the_proof_of_each_way_is_named(alex: Position) -> None:
    for way, _ in WAYS:
        assert any("It is shown by:" in caution.text for caution in alex.finding(way).caution), way


def test_what_practice_shows_stands_beside_the_place_of_application(alex: Position) -> None:
    assert alex.finding("INT-WHERE").answer is Answer.YES
    assert "INT-WHERE" in alex.finding("EU-6").beside


# --- the countries asked about --------------------------------------------------------------------------------------


def test_a_country_is_looked_at_once_the_person_asks_about_it(corpus: Corpus, alex: Position) -> None:
    assert not {"FR-1", "DE-3", "MIL-9", "INT-7"} & {found.id for found in alex.findings}
    asked = position(corpus, "wishes_to_apply: [FR]")
    assert {"FR-1", "MIL-9", "INT-7"} <= {found.id for found in asked.findings}
    assert "DE-3" not in {found.id for found in asked.findings}


def test_the_french_case_law_asks_for_proof_of_the_call_up(corpus: Corpus) -> None:
    entered = "wishes_to_apply: [FR]"
    found = position(corpus, entered, "call_up_proof: no").finding("FR-1")
    assert found.answer is Answer.NO


# --- the words ------------------------------------------------------------------------------------------------------


def test_no_way_says_that_applying_is_safe_or_succeeds(corpus: Corpus) -> None:
    ways = [
        one
        for one in corpus.provisions.values()
        if one.kind is Kind.PROTECTION and one.place.name.startswith(FOLDERS) and one.title.startswith("way:")
    ]
    assert len(ways) >= 9
    for way in ways:
        assert "whether an office agrees is not said here" in way.says, way.id


def test_every_count_of_decisions_says_that_it_is_not_about_one_person(corpus: Corpus) -> None:
    figures = [one for one in corpus.provisions.values() if one.title.startswith("Decisions found:")]
    assert len(figures) >= 5
    for figure in figures:
        assert figure.dated is not None, figure.id
        assert any("one person" in caution.text for caution in figure.cautions), figure.id


@pytest.mark.parametrize("name", ["MIL-16", "MIL-17"])
def test_nobody_who_never_mentions_a_member_state_is_shown_its_rules(alex: Position, name: str) -> None:
    assert name not in {found.id for found in alex.findings}
