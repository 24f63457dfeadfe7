"""Lists of cases: what a member holds, and what has come in. A search decrypts summaries and scans them in memory."""

from uuid import UUID

from safeconduct.desk.cases.keeping import Content
from safeconduct.desk.cases.summaries import Line, lines, summaries, waiting
from safeconduct.desk.cases.values import Summary, short_id
from safeconduct.desk.members.actor import Actor


def inbox(actor: Actor) -> tuple[Summary, ...]:
    """Cases that nobody has taken over yet, the queue last, newest day first."""
    return summaries(waiting(in_order(actor)))


def held(actor: Actor, *, search: str = "") -> tuple[Summary, ...]:
    """All cases the actor holds, newest day first.

    Args:
        actor: Who asks.
        search: Words that must all stand in the label, the pseudonyms, the outcome or the short id that lists show for
            a case without a label; none finds all.
    """
    return summaries(in_order(actor, search=search))


def in_order(actor: Actor, *, search: str = "") -> tuple[Line, ...]:
    """The lines of all cases the actor holds, newest day first; `summaries` tells more of those that are shown.

    Args:
        actor: Who asks.
        search: As for `held`.
    """
    words = search.casefold().split()
    found = lines(actor, wanted=lambda case, content: _has(case, content, words))
    return tuple(sorted(found, key=lambda line: (-line.day.toordinal(), line.case)))


def _has(case: UUID, content: Content, words: list[str]) -> bool:
    if not words:
        return True
    whole = " ".join((short_id(case), content["label"], content["outcome"], *content["people"])).casefold()
    return all(word in whole for word in words)
