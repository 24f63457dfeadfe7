"""A situation file, whole: bytes -> text -> outline -> parts -> situation."""

from typing import Literal

from safeconduct.rules.situation import Situation
from safeconduct.rules.telling.agreement import Told, agree
from safeconduct.rules.telling.faults import Code, fault, gather, nearest
from safeconduct.rules.telling.history import ToldClosed, ToldEvent, read_closed, read_history
from safeconduct.rules.telling.json_text import read_json
from safeconduct.rules.telling.node import Entry, Node, Table
from safeconduct.rules.telling.person import ToldFact, read_person
from safeconduct.rules.telling.text import decode
from safeconduct.rules.telling.yaml_text import read_yaml
from safeconduct.rules.vocabulary import Vocabulary
from safeconduct.values.errors import Place

PERSON, HISTORY, NOT_HAPPENED, COMPLETE = SECTIONS = ("person", "history", "not_happened", "complete")
Form = Literal["yaml", "json"]


def read_situation(text: bytes, vocabulary: Vocabulary, *, form: Form) -> Situation:
    """The situation that a file tells.

    Args:
        text: The bytes of the file, at most 1 MB.
        vocabulary: Which facts and events there are.
        form: "yaml" for YAML 1.2, "json" for JSON of the same shape.
    Returns:
        What is known of the person. A fact that is not in the file is not in it either; what is assumed stands in
        `warnings` too.
    Raises:
        SituationError: The fault that stands first; `others` holds the rest, in the order of the file. Contradictions
            are looked for once every line can be read. What contradicts a provision (a stated ground of deferral beside
            `mobilisation_deferrals: none`) is for the engine to refuse, which knows what `closes` stands for.
    """
    content = decode(text)
    return situation_of(read_yaml(content) if form == "yaml" else read_json(content), vocabulary)


def situation_of(root: Node | None, vocabulary: Vocabulary) -> Situation:
    """The situation that an outline tells.

    Args:
        root: What a file holds, or a part of a larger one; None for an empty file. Faults stand where it says.
        vocabulary: Which facts and events there are.
    Returns:
        As `read_situation`.
    Raises:
        SituationError: As `read_situation`.
    """
    if root is None or root == Table(entries=(), place=root.place) or getattr(root, "text", None) == "":
        raise fault(
            Code.EMPTY_FILE,
            Place(name=""),
            "the file is empty",
            "begin with person: or history:; see docs/reference",
        )
    if not isinstance(root, Table):
        raise fault(
            Code.NOT_A_MAPPING,
            root.place,
            "the file does not begin with a group",
            "begin with person: or history:, and indent what belongs to it",
        )
    return agree(_told(root, vocabulary), vocabulary)


def _told(root: Table, vocabulary: Vocabulary) -> Told:
    facts: dict[str, ToldFact] = {}
    events: list[ToldEvent] = []
    closed: list[ToldClosed] = []

    def read(entry: Entry) -> None:
        match entry.key.text:
            case "person":
                facts.update(read_person(entry.value, vocabulary))
            case "history":
                events.extend(read_history(entry.value, vocabulary))
            case "not_happened" | "complete" as section:
                closed.extend(read_closed(entry.value, vocabulary, never=section == NOT_HAPPENED))
            case other:
                raise fault(
                    Code.UNKNOWN_SECTION,
                    entry.key.place,
                    "no part of a situation has that name",
                    "write " + ", ".join(SECTIONS[:-1]) + " or " + SECTIONS[-1],
                    offending=other,
                    nearest=nearest(other, SECTIONS),
                )

    gather(read, root.entries)
    return Told(facts=facts, events=tuple(events), closed=tuple(closed))
