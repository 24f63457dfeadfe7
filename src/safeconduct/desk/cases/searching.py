"""Words sought inside one case that is open already: nothing is stored, and nothing is kept for the next search."""

from dataclasses import dataclass

from safeconduct.desk.cases.values import Message, OpenCase

LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Something written in a case that holds the words.

    Args:
        message: What was written.
        is_note: Whether only holders read it; else it stands in the thread.
    """

    message: Message
    is_note: bool


def passages_with(opened: OpenCase, search: str) -> tuple[Passage, ...]:
    """The messages and notes of a case in which all the words stand, in any order, oldest first.

    Args:
        opened: The case.
        search: The words; large and small letters are alike. None finds nothing.
    """
    words = search.casefold().split()
    everything = [
        *(Passage(message=message, is_note=False) for message in opened.thread.messages),
        *(Passage(message=note, is_note=True) for note in opened.notes),
    ]
    found = [one for one in everything if words and all(word in one.message.text.casefold() for word in words)]
    return tuple(sorted(found, key=lambda one: (one.message.at, one.message.id)))
