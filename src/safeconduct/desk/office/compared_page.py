"""A comparison as a page shows it: deadlines first, then what came, what has another answer, what went."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from safeconduct.desk.cases.actions.compare_position import Compared
from safeconduct.desk.cases.comparing import Difference, Fate, Stand
from safeconduct.desk.cases.values import PersonTold, Telling
from safeconduct.desk.office.telling_words import InWords
from safeconduct.packs.translating import Said, said_in
from safeconduct.packs.words import Words
from safeconduct.rules.corpus import Corpus


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """What the pages say of a penalty or a stay in words: as it was, and as it is. Nothing where there was none."""

    then: tuple[Said, ...]
    now: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDifference:
    """A finding that is not as it was.

    Args:
        difference: What is otherwise, and why.
        title: Of the provision, in the language of the page; None if nobody kept it.
        in_pages: Whether the law in use still has the provision.
        penalty: The penalties beside imprisonment.
        stay: The rule of a stay.
    """

    difference: Difference
    title: Said | None
    in_pages: bool
    penalty: ShownPart
    stay: ShownPart


def shown_difference(
    one: Difference, titles: Mapping[str, str], corpus: Corpus, words: Words | None
) -> ShownDifference:
    """A difference for a page.

    Args:
        one: The difference.
        titles: Titles that were kept with the position, in English, by id.
        corpus: The law in use.
        words: Its sentences in the language of the page; None for a page in English.
    """
    provision = corpus.provisions.get(one.finding)
    in_pages = provision is not None and provision.shown
    title = provision.title if provision is not None and in_pages else titles.get(one.finding, "")
    return ShownDifference(
        difference=one,
        title=said_in(words, title) if title else None,
        in_pages=in_pages,
        penalty=ShownPart(then=_penalties(one.before, words), now=_penalties(one.after, words)),
        stay=ShownPart(then=_rule(one.before, words), now=_rule(one.after, words)),
    )


def _penalties(stand: Stand | None, words: Words | None) -> tuple[Said, ...]:
    told = () if stand is None or stand.penalty is None else stand.penalty.alternatives
    return tuple(said_in(words, text, grave=True) for text in told)


def _rule(stand: Stand | None, words: Words | None) -> tuple[Said, ...]:
    return () if stand is None or stand.stay is None else (said_in(words, stand.stay.rule),)


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
        moved: Findings with another penalty, or another count of a stay.
        went: Findings that do not concern the person any more.
        open: Findings that came, with or without a deadline, and of which nothing is known yet: they are many.
    """

    deadlines: tuple[ShownDifference, ...]
    came: tuple[ShownDifference, ...]
    changed: tuple[ShownDifference, ...]
    moved: tuple[ShownDifference, ...]
    went: tuple[ShownDifference, ...]
    open: tuple[ShownDifference, ...]


def differences_of(compared: Compared, corpus: Corpus, words: Words | None) -> Differences:
    """The differences for the page.

    Args:
        compared: The comparison.
        corpus: The law in use.
        words: Its sentences in the language of the page; None for a page in English.
    """
    shown = [shown_difference(one, compared.titles, corpus, words) for one in compared.differences]
    unclear = tuple(one for one in shown if one.difference.is_open)
    deadlines = tuple(one for one in shown if one.difference.has_deadline and one not in unclear)
    others = [one for one in shown if one not in (*deadlines, *unclear)]

    def of(fate: Fate) -> tuple[ShownDifference, ...]:
        return tuple(one for one in others if one.difference.fate is fate)

    return Differences(
        deadlines=deadlines,
        came=of(Fate.CAME),
        changed=of(Fate.CHANGED),
        moved=of(Fate.MOVED),
        went=of(Fate.WENT),
        open=unclear,
    )


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
