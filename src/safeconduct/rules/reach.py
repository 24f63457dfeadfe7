"""Which law is looked at for a person: a country's, once something that was told mentions the country."""

from collections.abc import Iterator
from dataclasses import dataclass

from safeconduct.rules.corpus import Corpus
from safeconduct.rules.situation import Event, Record, RecordList, Situation, Value, WordList, Words
from safeconduct.rules.tree import Provision

_CODE_LENGTH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What is looked at for one person, and what is not.

    Args:
        provisions: The provisions that stand among findings, in the order of the pages.
        folders: Folders of law that are not looked at.
        left_out: The countries of these folders (two capital letters), sorted: nothing told mentions them.
    """

    provisions: tuple[Provision, ...]
    folders: frozenset[str]
    left_out: tuple[str, ...]


def reach(corpus: Corpus, situation: Situation, *, everything: bool = False) -> Reach:
    """What is looked at for one person.

    A folder of law that names its countries is looked at if an event, a citizenship or another fact mentions one of
    them, or if a fact was asked that one of its own pages declares. A folder that names none is always looked at.

    Args:
        corpus: The law.
        situation: What is known of the person.
        everything: Look at every folder, mentioned or not.
    """
    mentioned = frozenset(_countries(situation))
    asked = {folder_of(corpus.vocabulary.facts[name].place.name) for name in situation.facts}
    folders = {
        folder
        for folder, countries in corpus.looked_at.items()
        if not (everything or folder in asked or countries & mentioned)
    }
    kept = {code for folder, countries in corpus.looked_at.items() if folder not in folders for code in countries}
    return Reach(
        provisions=tuple(
            one for one in corpus.provisions.values() if one.shown and folder_of(one.place.name) not in folders
        ),
        folders=frozenset(folders),
        left_out=tuple(sorted({code for folder in folders for code in corpus.looked_at[folder]} - kept)),
    )


def folder_of(page: str) -> str:
    """The folder of law that a page stands in: kz of kz/stay/count.md."""
    return page.partition("/")[0]


def _countries(situation: Situation) -> Iterator[str]:
    """Every code of a country among what was told; the code of a region begins with its country's."""
    for known in situation.facts.values():
        for period in known.periods:
            yield from map(_country, _words(period.value))
    for event in situation.events:
        yield from map(_country, _words_of(event))
    for closed in situation.closed:
        yield from (_country(word) for _, word in closed.where)


def _words_of(event: Event | Record) -> Iterator[str]:
    for _, value in event.fields:
        yield from _words(value)


def _words(value: Value) -> Iterator[str]:
    if isinstance(value, Words):
        yield from value.possible
    elif isinstance(value, WordList):
        yield from value.words
    elif isinstance(value, Record):
        yield from _words_of(value)
    elif isinstance(value, RecordList):
        for record in value.records:
            yield from _words_of(record)


def _country(word: str) -> str:
    code = word.partition("-")[0]
    return code if len(code) == _CODE_LENGTH and code.isupper() else ""
