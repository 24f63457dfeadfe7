"""All facts and events: how each is asked, and which findings use it."""

from collections.abc import Mapping, Sequence

from safeconduct.packs.assembly import Assembled
from safeconduct.packs.site.frame import page, up
from safeconduct.packs.site.law_page import address_of
from safeconduct.packs.site.markup import Markup, tag
from safeconduct.rules.vocabulary import EventKind, Fact


def fact_page(assembled: Assembled, resting: Mapping[str, Sequence[str]]) -> bytes:
    """The list of facts and events with their reverse links.

    Args:
        assembled: All pages.
        resting: Facts and events that each provision rests on.
    """
    vocabulary = assembled.corpus.vocabulary
    users: dict[str, list[str]] = {}
    for name, asked in resting.items():
        for one in asked:
            users.setdefault(one, []).append(name)
    return page(
        "Facts and events",
        tag("p", "What can be told of a person, how it is asked, and which findings rest on it. Nothing is presumed."),
        tag("h2", "Facts"),
        tag("dl", [_entry(assembled, one, users.get(one.name, [])) for one in vocabulary.facts.values()]),
        tag("h2", "Events"),
        tag("dl", [_entry(assembled, one, users.get(one.name, [])) for one in vocabulary.events.values()]),
        depth=0,
        until="",
        here="Facts",
    )


def _entry(assembled: Assembled, one: Fact | EventKind, users: Sequence[str]) -> Markup:
    lawyer = isinstance(one, Fact) and one.lawyer
    links = [up(0, f"{address_of(assembled.corpus.provisions[name].place.name)}#{name}", name) for name in users]
    return Markup(
        tag("dt", one.name.replace("_", " "), id=one.name)
        + tag("dd", "For a lawyer: " if lawyer else None, one.question or "Not asked by itself.")
        + tag(
            "dd",
            f"Used by {len(users)}: " if users else "Used by no finding of its own.",
            [[part, ", " if index + 1 < len(links) else "."] for index, part in enumerate(links)],
            class_="quiet",
        )
    )
