"""No text of a page reaches the generated source: it is made of numbers and of a few words of our own."""

import io
import re
import tokenize
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.rules.emit import emit
from safeconduct.rules.tree import FactIs
from safeconduct.rules.vocabulary import NONE, PRESENT, Fact, Shape, Vocabulary
from tests.rules.emitting import ON, SMALL_CORPUS, a_law, emitted
from tests.rules.pages import corpus_of

SEEDS = st.integers(min_value=0, max_value=2**32)
WORDS = {"def", "return", "if", "else", "and", "or", "not", "answer", "trace", "True", "False"}
HOSTILE = [
    "__import__('os').system('true')",
    'x"""\nimport os\n"""',
    "v0",
    "answer",
    "yes or True",
    "); raise SystemExit(",
    "lambda: 0",
    "\\",
    "\N{RIGHT-TO-LEFT OVERRIDE}",
]


MEANING_SOMETHING = {PRESENT, NONE, "other"}
"""Words that mean something, and the one that stands beside: with them the rule is another one."""


def tokens_of(source):
    return list(tokenize.generate_tokens(io.StringIO(source).readline))


def assert_only_ours(source):
    for token in tokens_of(source):
        if token.type == tokenize.NAME:
            assert token.string in WORDS or re.fullmatch(r"v[0-9]+", token.string)
        elif token.type == tokenize.NUMBER:
            assert token.string.isascii()
            assert token.string.isdigit()
        else:
            assert token.type not in {tokenize.STRING, tokenize.COMMENT, tokenize.ERRORTOKEN}
    assert source.isascii()


def hostile_corpus(text, word):
    """A corpus whose names, words and sentences are all that text: what no page could write, written all the same."""
    fact = Fact(name=text, shape=Shape.ONE_OF, words=(word, "other"))
    same = FactIs(text, "", frozenset({word}))
    provision = SMALL_CORPUS.provisions["XX-1"]
    clauses = tuple(replace(clause, text=text, condition=same) for clause in provision.clauses)
    provision = replace(provision, id=text, title=text, says=text, clauses=clauses)
    return replace(SMALL_CORPUS, vocabulary=Vocabulary(facts={text: fact}, events={}), provisions={text: provision})


@pytest.mark.parametrize("word", sorted(MEANING_SOMETHING))
def test_words_that_mean_something_write_only_our_words_too(word):
    assert_only_ours(emit(hostile_corpus("name", word), ("name",), ON).source)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_stays_outside_the_source(text):
    found = emit(hostile_corpus(text, text), (text,), ON)
    assert_only_ours(found.source)
    assert found.answer(0b01) == (0,)
    assert found.ids == (text,)


@settings(max_examples=100)
@given(st.text(min_size=1), st.text(min_size=1).filter(lambda word: word not in MEANING_SOMETHING))
def test_no_text_changes_the_source(text, word):
    plain = emit(hostile_corpus("name", "word"), ("name",), ON)
    assert emit(hostile_corpus(text, word), (text,), ON).source == plain.source


@settings(max_examples=100)
@given(SEEDS)
def test_every_source_holds_only_our_words_and_whole_numbers(seed):
    found = emit(corpus_of(a_law(Random(seed))), ("XX-1",), ON)
    assert_only_ours(found.source)


def test_generated_functions_reach_no_builtin():
    found = emitted("if resident")
    assert found.answer.__globals__["__builtins__"] == {}
    assert found.trace.__globals__["__builtins__"] == {}
