"""The compiled form: what comes back is what went in, and nothing else is taken."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.packs.assembly import assemble
from safeconduct.packs.codec import CodecError, decode, encode
from safeconduct.packs.store import packaged_pages
from safeconduct.rules.tree import Happened, Provision
from tests.packs.writing import assembled, provision

CORPUS = assembled('XX-1 status "one" source art. 1 [X1] confidence A\n    from 2024-01-01\n    if resident').corpus
TEXT = encode(CORPUS)


def test_all_the_law_comes_back_as_it_was():
    corpus = assemble(packaged_pages(with_invented=True)).corpus
    back = decode(encode(corpus))
    assert back == corpus
    assert list(back.provisions) == list(corpus.provisions)


def test_equal_corpora_give_equal_bytes():
    assert encode(decode(TEXT)) == TEXT


def test_two_conditions_that_are_alike_stay_two():
    found = provision("if entered KZ\nunless entered KZ")
    corpus = assembled(
        'XX-1 status "one" source art. 1 [X1] confidence A\n    if entered KZ\n    unless entered KZ'
    ).corpus
    back = decode(encode(corpus)).provisions["XX-1"]
    first, second = (clause.condition for clause in back.clauses)
    assert isinstance(first, Happened)
    assert first == second
    assert first is not second
    assert [clause.condition for clause in back.clauses] == [clause.condition for clause in found.clauses]


def test_the_form_holds_no_name_of_a_function_or_module():
    whole = json.loads(TEXT)
    assert {name for name, _ in whole["tags"]} >= {"Provision", "Clause", "Place"}
    assert b"__" not in TEXT
    assert b"safeconduct." not in TEXT


def broken(**parts):
    return json.dumps({**json.loads(TEXT), **parts}).encode()


def with_node(node):
    whole = json.loads(TEXT)
    whole["nodes"].append(node)
    whole["root"] = len(whole["nodes"]) - 1
    return json.dumps(whole).encode()


#    text
REFUSED = [
    b"",
    b"{}",
    b"[]",
    b"null",
    b"\xff",
    b"[" * 100_000,
    broken(format=0),
    broken(root=10_000_000),
    broken(root=0),
    broken(root="0"),
    broken(nodes=None),
    broken(tags=[["os.system", []]]),
    broken(tags=[["Provision", ["id"]]]),
    broken(tags=[["Finding", []]]),
    broken(nodes=[[0]]),
    broken(nodes=[[0, "1", "2"]]),
    broken(nodes=[[-1, "1"]]),
    broken(nodes=[[0, 0]]),
    broken(nodes=[[0, -1]]),
    broken(nodes=[[999, "1"]]),
    with_node([1, "2024-13-01"]),
    with_node([0, "one"]),
    with_node([4, "odd"]),
]


@pytest.mark.parametrize("text", REFUSED, ids=range(len(REFUSED)))
def test_what_it_did_not_write_is_refused(text):
    with pytest.raises(CodecError):
        decode(text)


@given(st.integers(0, len(TEXT) - 1), st.binary(min_size=1, max_size=3))
def test_a_changed_byte_gives_a_corpus_or_a_refusal_and_never_another_error(at, change):
    text = TEXT[:at] + change + TEXT[at + len(change) :]
    try:
        found = decode(text)
    except CodecError:
        return
    assert all(isinstance(name, str) for name in found.provisions)


def test_what_no_corpus_holds_is_not_written():
    class Other:
        pass

    with pytest.raises(TypeError, match="holds no Other"):
        encode(Other())


def test_a_word_of_an_enum_that_there_is_not_is_refused():
    text = TEXT.replace(b'"STATUS"', b'"STATION"')
    with pytest.raises(CodecError):
        decode(text)


def test_fields_are_checked_by_name():
    assert b'"governed_by"' in TEXT
    with pytest.raises(CodecError):
        decode(TEXT.replace(b'"governed_by"', b'"governed_in"'))
    assert isinstance(CORPUS.provisions["XX-1"], Provision)
