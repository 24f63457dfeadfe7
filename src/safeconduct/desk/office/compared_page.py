"""A comparison as a page shows it: deadlines first, then what came, what has another answer, what went."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from safeconduct.desk.cases.actions.compare_position import Compared
from safeconduct.desk.cases.comparing import Difference, Fate
from safeconduct.desk.cases.values import PersonTold, Telling
from safeconduct.desk.office.telling_words import InWords
from safeconduct.rules.finding import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDifference:
    """A finding that is not as it was.

    Args:
        difference: What is otherwise, and why.
        title: Of the provision, in the language of the page; "" if the law in use does not have it any more.
    """

    difference: Difference
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTold:
    """Something that was told otherwise.

    Args:
        name: What it is called.
        before: What was told then, a line for each telling, oldest first.
        now: What is told now.
    """

    name: str
    before: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """The differences under their headings.

    Args:
        deadlines: Those that have, or had, a deadline: moved days, begun, ended.
        came: Findings that concern the person now and did not then.
        changed: Findings with another answer.
        went: Findings that do not concern the person any more.
        open: Findings that came, with or without a deadline, and of which nothing is known yet: they are many.
    """

    deadlines: tuple[ShownDifference, ...]
    came: tuple[ShownDifference, ...]
    changed: tuple[ShownDifference, ...]
    went: tuple[ShownDifference, ...]
    open: tuple[ShownDifference, ...]


def differences_of(compared: Compared, titles: Mapping[str, str]) -> Differences:
    """The differences for the page.

    Args:
        compared: The comparison.
        titles: Titles of provisions by id, in the language of the page.
    """
    shown = [ShownDifference(difference=one, title=titles.get(one.finding, "")) for one in compared.differences]
    unclear = tuple(one for one in shown if _is_open(one.difference))
    deadlines = tuple(one for one in shown if _is_deadline(one.difference) and one not in unclear)
    others = [one for one in shown if one not in (*deadlines, *unclear)]

    def of(fate: Fate) -> tuple[ShownDifference, ...]:
        return tuple(one for one in others if one.difference.fate is fate)

    return Differences(
        deadlines=deadlines, came=of(Fate.CAME), changed=of(Fate.CHANGED), went=of(Fate.WENT), open=unclear
    )


def _is_open(difference: Difference) -> bool:
    """Whether it came, without an answer and without a day."""
    after = difference.after
    is_unknown = after is not None and after.answer == Answer.UNKNOWN.value and after.act_by is None
    return is_unknown and difference.fate is Fate.CAME


def _is_deadline(difference: Difference) -> bool:
    return any(stand is not None and stand.state for stand in (difference.before, difference.after))


def told_since(compared: Compared, person: PersonTold, say: InWords) -> tuple[ShownTold, ...]:
    """What was told otherwise, facts by their names first.

    Args:
        compared: The comparison.
        person: The person now.
        say: The words of the page.
    """
    since, before = compared.since, compared.since.before
    facts = [_fact(name, before, person, say) for name in sorted(since.facts, key=say.name)]
    events = [_event(event, before, person, say) for event in since.events]
    closed = [
        ShownTold(
            name=say.closed(line),
            before=_said(before.closed.get(line, ())),
            now=_said(person.closed.get(line, ())),
        )
        for line in since.closed
    ]
    return (*facts, *sorted(events, key=lambda told: told.name), *closed)


def _fact(name: str, before: PersonTold, person: PersonTold, say: InWords) -> ShownTold:
    def lines(tellings: Iterable[Telling]) -> tuple[str, ...]:
        return tuple(say.fact(name, telling.content) for telling in tellings)

    return ShownTold(
        name=say.name(name), before=lines(before.facts.get(name, ())), now=lines(person.facts.get(name, ()))
    )


def _event(event: str, before: PersonTold, person: PersonTold, say: InWords) -> ShownTold:
    then, now = before.events.get(event, ()), person.events.get(event, ())
    return ShownTold(
        name=say.name(kind_of(now or then)),
        before=tuple(say.event(telling.content) for telling in then),
        now=tuple(say.event(telling.content) for telling in now),
    )


def _said(tellings: Iterable[Telling]) -> tuple[str, ...]:
    return tuple(f"{telling.said_by}, {telling.on.isoformat()}" for telling in tellings)


def kind_of(tellings: tuple[Telling, ...]) -> str:
    """The kind of an event, from its tellings."""
    content = tellings[0].content
    return str(content["event"]) if isinstance(content, dict) else ""
