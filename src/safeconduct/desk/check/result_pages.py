"""The pages of a result: one that says what matters most, and further ones that say all of it, each small enough.

A telephone in a bad net loads a page at a time, so cards are laid on pages by their weight in bytes. Each card stands
on exactly one page; the first page holds the dated terms whole, and leads to everything else.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.utils.translation import gettext_lazy as _

from safeconduct.desk.cases.timeline_picture import Track, picture_of
from safeconduct.desk.check.result import Entry, Part, Result, asked_next, lanes_of
from safeconduct.desk.check.result_card import Card, Cards, Conditions, Seat
from safeconduct.desk.check.result_sentences import change_text, day_text
from safeconduct.packs.position.sorting import BURDENS, has_days
from safeconduct.packs.translating import Said
from safeconduct.rules.finding import Answer

PAGE_BYTES = 14_500
"""What the cards of a page may weigh; frame and stylesheet come on top."""
_FRONT_BYTES = 9_000
_CARD_BYTES, _SAID_BYTES, _BAR_BYTES = 260, 45, 90  # The marks around a card, a sentence, and of a bar.
_MOST_QUESTIONS, _MOST_TITLES, _MOST_CHANGES = 4, 6, 4

HEADS = {
    Part.DEADLINES: _("Terms and their days"),
    Part.STAYS: _("Days of stay"),
    Part.UNCERTAIN: _("What is uncertain, and on what it depends"),
    Part.WAYS: _("Ways to protection"),
    Part.CHANGES: _("What will change, and when"),
    Part.HOLDS: _("What else holds for you"),
    Part.PRACTICE: _("What is reported from practice"),
    Part.ACCUSED: _("What you may be accused of"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCard:
    """How one provision changes.

    Args:
        title: Its title.
        track: Its bar in the picture.
        lines: Each change with its day.
    """

    title: Said
    track: Track
    lines: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A further page.

    Args:
        number: Its number in the address, from 1.
        part: Its heading.
        cards: Its findings.
        changes: Its changes; only under that heading.
    """

    number: int
    part: Part
    cards: tuple[Card, ...] = ()
    changes: tuple[ChangeCard, ...] = ()

    @property
    def head(self) -> object:
        """The heading, translated when it is shown."""
        return HEADS[self.part]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A heading of the first page.

    Args:
        part: The heading.
        cards: Findings that stand here whole.
        lines: Titles, questions or changes of which more stands on another page.
        number: How many findings or changes stand on further pages.
        page: The first of these pages; None if there is none.
    """

    part: Part
    cards: tuple[Card, ...]
    lines: tuple[tuple[str, Said], ...]
    number: int
    page: int | None

    @property
    def head(self) -> object:
        """The heading, translated when it is shown."""
        return HEADS[self.part]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """A whole result.

    Args:
        front: The headings of the first page, in order.
        further: The pages after it.
    """

    front: tuple[Brief, ...]
    further: tuple[Page, ...]

    def brief(self, part: Part) -> Brief:
        """A heading of the first page."""
        return next(one for one in self.front if one.part is part)


def pages_of(result: Result, cards: Cards) -> Pages:
    """The pages of a result, in the language that is active.

    Args:
        result: The result.
        cards: What makes cards of it, in that language.
    """
    front: dict[Part, tuple[Card, ...]] = {}
    further: list[Page] = []
    room = _FRONT_BYTES
    for part in Part:
        here: list[Card] = []
        rest: list[Card] = []
        for entry in result.parts[part]:
            card = cards.card(part, entry)
            if not rest and _stands_in_front(entry) and weight(card) <= room:
                room -= weight(card)
                here.append(card)
            else:
                rest.append(card)
        front[part] = tuple(here)
        further += _further(part, rest, len(further))
        if part is Part.CHANGES:
            further += _changes(result, cards, len(further))
    briefs = (_brief(part, result, cards, front[part], further) for part in Part)
    return Pages(front=tuple(briefs), further=tuple(further))


def _stands_in_front(entry: Entry) -> bool:
    return has_days(entry.finding) or entry.finding.stay is not None


def _further(part: Part, cards: Sequence[Card], before: int) -> Iterator[Page]:
    for number, held in enumerate(_cut(cards), start=before + 1):
        yield Page(number=number, part=part, cards=tuple(held))


def _changes(result: Result, cards: Cards, before: int) -> Iterator[Page]:
    """The pages with the picture: a bar for each provision, and the same in words."""
    picture = picture_of(lanes_of(result))
    said = [
        ChangeCard(
            title=cards.title(track.lane.title),
            track=track,
            lines=tuple(
                Said(text=f"{day_text(one.on)}: {change_text(one.before, one.after)}.")
                for one in result.changes
                if one.id == track.lane.id
            ),
        )
        for track in picture.tracks
    ]
    for number, held in enumerate(_cut(said), start=before + 1):
        yield Page(number=number, part=Part.CHANGES, changes=tuple(held))


def _cut(cards: Iterable[Any]) -> Iterator[list[Any]]:
    """Cards, as many on a page as weigh no more than a page may; a heavier one stands alone."""
    page: list[Any] = []
    heavy = 0
    for card in cards:
        if page and heavy + weight(card) > PAGE_BYTES:
            yield page
            page, heavy = [], 0
        page.append(card)
        heavy += weight(card)
    if page:
        yield page


def weight(card: object) -> int:
    """About how many bytes a card, or a part of one, is on a page."""
    match card:
        case str():
            return len(card.encode())
        case Track():
            return _CARD_BYTES + _BAR_BYTES * len(card.bars)
        case tuple():
            return sum(_SAID_BYTES * isinstance(one, str) + weight(one) for one in card)
        case Card() | ChangeCard() | Said() | Seat() | Conditions():
            around = _CARD_BYTES if isinstance(card, Card | ChangeCard) else _SAID_BYTES
            return around + sum(weight(getattr(card, one.name)) for one in fields(card))
        case _:  # a mark, or nothing
            return 0


# --- the first page --------------------------------------------------------------------------------------------


def _brief(part: Part, result: Result, cards: Cards, here: tuple[Card, ...], further: Sequence[Page]) -> Brief:
    pages = [page for page in further if page.part is part]
    return Brief(
        part=part,
        cards=here,
        lines=tuple(_lines(part, result, cards)),
        number=sum(len(page.cards) + len(page.changes) for page in pages),
        page=pages[0].number if pages else None,
    )


def _lines(part: Part, result: Result, cards: Cards) -> Iterator[tuple[str, Said]]:
    """What the first page says of a heading: each line with a word or a day before it, or with none."""
    found = result.parts[part]
    if part is Part.UNCERTAIN:
        asked = (cards.question(name) for name in asked_next(result.position))
        yield from (("", one) for one in [one for one in asked if one is not None][:_MOST_QUESTIONS])
    elif part is Part.CHANGES:
        for change in result.changes[:_MOST_CHANGES]:
            yield day_text(change.on), cards.title(result.title(change.id))
    elif part in (Part.WAYS, Part.HOLDS, Part.ACCUSED):
        shown = [one for one in found if _is_told(part, one)]
        for one in shown[:_MOST_TITLES]:
            yield cards.answer(one), cards.title(one.finding.title)


def _is_told(part: Part, entry: Entry) -> bool:
    """Whether the first page names a finding: what burdens and holds, not all that might."""
    if part is Part.ACCUSED:
        return entry.finding.answer in (Answer.YES, Answer.DISPUTED)
    return part is Part.WAYS or entry.finding.kind in BURDENS
