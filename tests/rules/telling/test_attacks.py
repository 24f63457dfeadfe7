"""Files that were damaged or made to hurt: whatever they hold, they are refused as input, or read."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from safeconduct.rules.situation import Situation
from safeconduct.rules.telling import Code, read_situation
from safeconduct.values.errors import SituationError
from tests.rules.telling.words import VOCABULARY, read

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.yaml"))
SECRET = "zqxjkvbwpf"
CODES = {code.value for code in Code}


def told_or_refused(content: bytes, form: str) -> None:
    """Read it; anything but a situation or a SituationError with a code fails the test."""
    try:
        assert isinstance(read_situation(content, VOCABULARY, form=form), Situation)
    except SituationError as error:
        for each in (error, *error.others):
            assert each.code in CODES
            assert SECRET not in str(each)
            assert SECRET not in repr(each)


@given(st.binary(max_size=200), st.sampled_from(["yaml", "json"]))
def test_random_bytes_are_refused_or_read(content, form):
    told_or_refused(content, form)


@given(st.text(alphabet="abno:-[]{}'\"#&*!|>%@`?,~<.0129 \n\t\\uUx", max_size=80), st.sampled_from(["yaml", "json"]))
@example("%YAML 1.3\n---\na", "yaml")
@example("%YAML 99999999999999999999.1\n---\na", "yaml")
@example('"\\U00110000"', "yaml")
@example("? ? ? a", "yaml")
@example("|9\n", "yaml")
@example("a: >+-1\n", "yaml")
@example("!<tag> a", "yaml")
@example("%TAG !e! tag:x,1:\n---\n!f!a b", "yaml")
def test_random_signs_of_the_notations_are_refused_or_read(text, form):
    told_or_refused(text.encode(), form)


@given(st.sampled_from(EXAMPLES), st.data())
def test_an_example_with_a_damaged_place_is_refused_or_read(path, data):
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content) - 1))
        piece = data.draw(
            st.sampled_from([b"", b"\x00", b"\xff", b":", b"[", b"}", b"- ", b"\n", b" ", SECRET.encode()])
        )
        content[start : start + data.draw(st.integers(0, 9))] = piece
        if not content:
            content += b"#"
    told_or_refused(bytes(content), "yaml")


_NAMES = sorted(VOCABULARY.facts) + sorted(VOCABULARY.events) + ["person", "history", "not_happened", "complete", "age"]
_WORDS = [
    "yes",
    "no",
    "none",
    "unknown",
    "withheld",
    "unstated",
    "KZ",
    "2022-09",
    "2022..2021",
    "3..10 days",
    "5",
    "male",
]
_WORDS += [
    "no until 2020",
    "yes from 2020",
    "30 on 2023-12-12",
    "entered KZ",
    "is",
    "assumed",
    "event",
    "on",
    "from",
    "until",
]
_TREES = st.recursive(
    st.sampled_from([*_WORDS, *_NAMES, SECRET, True, None, 3]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*_NAMES, *_WORDS, SECRET]), inner, max_size=5)
    ),
    max_leaves=20,
)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "person": st.dictionaries(st.sampled_from(sorted(VOCABULARY.facts)), _TREES, max_size=4),
            "history": st.lists(
                _TREES
                | st.fixed_dictionaries(
                    {"event": st.sampled_from(sorted(VOCABULARY.events))},
                    optional={"on": _TREES, "country": _TREES, "permission": _TREES},
                ),
                max_size=4,
            ),
            "not_happened": st.lists(_TREES, max_size=3),
            "complete": _TREES,
        },
    )
)
def test_values_in_wrong_places_are_refused_or_read(tree):
    told_or_refused(json.dumps(tree).encode(), "json")


@given(_TREES)
def test_any_tree_is_refused_or_read_alike_in_both_notations(tree):
    told_or_refused(json.dumps(tree).encode(), "json")
    told_or_refused(json.dumps(tree).encode(), "yaml")


#    what a file may try                            content
BOMBS = {
    "brackets": b"[" * 900_000,
    "braces": b"{a: " * 200_000,
    "hyphens": b"- " * 450_000,
    "question marks": b"? " * 450_000,
    "anchors": b"&a " * 300_000,
    "many laughs": b"a: &a [x]\n" + b"b: [*a, *a]\n" * 70_000,
    "one long word": b"person: {sex: " + b"x" * 900_000 + b"}",
    "many names": b"person:\n" + b"".join(b"  k%d: v\n" % number for number in range(20_000)),
    "one long number": b"person: {weeks: " + b"9" * 900_000 + b"}",
    "long digits in a day": b"person: {birth_date: " + b"1993-" * 150_000 + b"}",
    "spaces in a period": b"person: {in_reserve: yes" + b" from" * 150_000 + b"}",
    "blanks in a period": b"person: {in_reserve: 'yes" + b" " * 900_000 + b"x'}",
    "blanks in an age": b"person: {age: '30" + b" " * 900_000 + b"on'}",
    "blanks in a length": b"history: [{event: left_unit, absent_for: '3" + b" " * 900_000 + b"x'}]",
    "many events": b"history:\n" + b"- enlisted\n- left_unit\n" * 499 + b"not_happened:\n" + b"- mobilised\n" * 999,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_made_to_take_for_ever_is_done_in_seconds(name):
    begun = time.process_time()
    told_or_refused(BOMBS[name], "yaml")
    told_or_refused(BOMBS[name], "json")
    # Measured at most 2 s; a quadratic step would take hours.
    assert time.process_time() - begun < 20


@pytest.mark.parametrize(
    "text",
    [
        SECRET + ": {sex: male}",
        "person: {" + SECRET + ": male}",
        "person: {sex: " + SECRET + "}",
        "person: {sex: [male, " + SECRET + "]}",
        "person: {citizenships: [" + SECRET + "]}",
        "person: {birth_date: " + SECRET + "}",
        "person: {weeks: " + SECRET + "}",
        "person: {student: " + SECRET + "}",
        "person: {student: {" + SECRET + ": x}}",
        "person: {children: " + SECRET + "}",
        "person: {in_reserve: yes from " + SECRET + "}",
        "person: {sex: {is: male, " + SECRET + ": x}}",
        "person: {sex: *" + SECRET + "}",
        "person: {sex: !" + SECRET + " male}",
        "person: {" + SECRET + "\n",
        "person: '" + SECRET + "\n",
        "@" + SECRET,
        "history: [" + SECRET + "]",
        "history: [{event: " + SECRET + "}]",
        "history: [{event: entered, country: " + SECRET + "}]",
        "history: [{event: left_unit, absent_for: " + SECRET + "}]",
        "history: [mobilised " + SECRET + "]",
        "{" + SECRET + ": 1, " + SECRET + ": 2}",
        SECRET,
    ],
)
def test_no_word_of_a_file_stands_in_an_error_nor_in_what_hangs_on_it(text):
    with pytest.raises(SituationError) as caught:
        read(text)
    error = caught.value
    shown = [str(error), repr(error), *map(str, error.args), str(error.place), repr(error.place), error.remedy]
    shown += [str(error.__cause__), str(error.__context__)]
    assert all(SECRET not in each for each in shown)
