"""One finding as the page shows it: a plain sentence first, the days, and behind a fold where it stands.

Called while the language of the page is active. Sentences of the law come from its catalogues; what these lack stays
English and is marked so. Beside terms, penalties and warnings the English stands until a speaker has checked the words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from safeconduct.desk.check import result_sentences as sentences
from safeconduct.desk.check.result import Entry, Part, Result
from safeconduct.packs.naming import Named, name_in
from safeconduct.packs.position.wording import owners
from safeconduct.packs.translating import Said, notes_in, said_in, with_capital
from safeconduct.packs.words import Words
from safeconduct.rules.finding import Answer, Caution, DeadlineFound, Finding, PenaltyFound, Reason, State
from safeconduct.rules.tree import Kind
from safeconduct.rules.vocabulary import Vocabulary
from safeconduct.values.citation import Confidence
from safeconduct.values.truth import Truth

_GRAVE = frozenset({Kind.DEADLINE, Kind.EXPOSURE, Kind.PRACTICE, Kind.RESTRICTION, Kind.LIABILITY})
_WITHOUT_ANSWER = frozenset({Part.UNCERTAIN, Part.DEADLINES, Part.STAYS, Part.PRACTICE})
"""Headings that say the answer, or under which the lines of a card say it."""
_MOST_MISSING = 3
_CONDITIONS = frozenset({"if", "rests on"})
_AGAINST = frozenset({"unless", "exception"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Where a sentence of law stands.

    Args:
        act: Act and article; "" where the dossier names none.
        addresses: What was read, as text; never a link.
    """

    act: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Conditions of one sort.

    Args:
        head: Whether they are met.
        lines: The conditions.
    """

    head: str
    lines: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A finding, in words.

    Args:
        id: Of the provision.
        title: Its title.
        answer: The answer, in words; "" where the lines say it.
        first: What is said before all else: why a late act is not lost.
        says: Its effect.
        lines: Days, terms, penalties, what sources dispute.
        notes: What practice reports beside it.
        also: Titles of notes that stand beside an earlier finding.
        depends: Questions that would settle it.
        conditions: Conditions, met, not met and not known.
        cautions: Sentences beside the answer.
        seats: Where it stands.
        unsure: Whether what decides is background knowledge that nobody has verified.
        assumed: What was taken as given.
        group: The question on which it and its neighbours depend; None outside what is uncertain.
    """

    id: str
    title: Said
    answer: str = ""
    first: tuple[Said, ...] = ()
    says: tuple[Said, ...] = ()
    lines: tuple[Said, ...] = ()
    notes: tuple[Said, ...] = ()
    also: tuple[Said, ...] = ()
    depends: tuple[Said, ...] = ()
    conditions: tuple[Conditions, ...] = ()
    cautions: tuple[Said, ...] = ()
    seats: tuple[Seat, ...] = ()
    unsure: bool = False
    assumed: tuple[str, ...] = ()
    group: Said | None = field(default=None)


class Cards:
    """Makes cards of findings, in one language.

    Args:
        result: The result, for what stands beside a finding.
        words: The translations of the law's sentences; None for English.
        vocabulary: For the questions behind facts.
    """

    def __init__(self, result: Result, words: Words | None, vocabulary: Vocabulary) -> None:
        self._result = result
        self._words = words
        self._vocabulary = vocabulary

    def card(self, part: Part, entry: Entry) -> Card:
        """The card of an entry under its heading."""
        one = entry.finding
        return Card(
            id=one.id,
            title=self.title(one.title),
            answer="" if part in _WITHOUT_ANSWER else self.answer(entry),
            first=tuple(self._first(one.deadline)),
            says=tuple(self._says(one)),
            lines=tuple(self._lines(one)),
            notes=tuple(self._note(note) for note in entry.notes),
            also=tuple(self.title(note.title) for note in entry.also),
            depends=tuple(self.questions(one.missing, but=entry.fact)),
            conditions=tuple(self._conditions(one)) if part is Part.WAYS else (),
            cautions=tuple(self.said(caution.text, grave=True) for caution in self._cautions(one)),
            seats=tuple(_seats(one)),
            unsure=one.confidence is Confidence.C,
            assumed=tuple(dict.fromkeys(reason.assumed for reason in one.because if reason.assumed)),
            group=self._group(part, entry),
        )

    def answer(self, entry: Entry) -> str:
        """The answer of an entry, in a word or two."""
        return sentences.answer_text(entry.finding.answer)

    # --- sentences of the law --------------------------------------------------------------------------------------

    def said(self, english: str, *, grave: bool = False) -> Said:
        """A sentence of the law in the language of the page.

        Args:
            english: As the pages have it.
            grave: Whether the English must stand beside while nobody has checked the translation.
        """
        return said_in(self._words, english, grave=grave)

    def title(self, english: str) -> Said:
        """A title, with a capital letter."""
        return with_capital(self.said(english))

    def questions(self, missing: Iterable[str], *, but: str = "") -> Iterator[Said]:
        """The questions behind what is missing, the first few."""
        named = [name for name in owners(missing) if name != but]
        for name in named[:_MOST_MISSING]:
            question = self.question(name)
            if question is not None:
                yield question

    def question(self, name: str) -> Said | None:
        """The question behind a fact or an event; None if it is asked of nobody."""
        asked = self._vocabulary.facts.get(name) or self._vocabulary.events.get(name)
        return self.said(asked.question) if asked is not None and asked.question else None

    # --- parts of a card -------------------------------------------------------------------------------------------

    def _group(self, part: Part, entry: Entry) -> Said | None:
        if part is not Part.UNCERTAIN:
            return None
        if entry.finding.answer is Answer.DISPUTED:
            return Said(text=_("Sources read the law in different ways"))
        return self.question(entry.fact) or Said(text=_("Depends on what cannot be asked here"))

    def _first(self, deadline: DeadlineFound | None) -> Iterator[Said]:
        if deadline is not None:
            yield from (self.said(text, grave=True) for text in (deadline.tells, deadline.late) if text)

    def _says(self, one: Finding) -> Iterator[Said]:
        if one.says:
            yield self.said(one.says, grave=one.kind in _GRAVE)
        if one.practice and one.dated is not None:
            yield Said(text=_("Reported for %(day)s.") % {"day": sentences.day_text(one.dated)})
        if one.practice_state:
            yield from notes_in(self._words, one.practice_state)

    def _lines(self, one: Finding) -> Iterator[Said]:
        on = self._result.on
        if one.deadline is not None:
            yield Said(text=sentences.state_text(one.deadline))
            yield from (Said(text=line) for line in sentences.term_lines(one.deadline, on))
            yield from self._if_missed(one.deadline)
        if one.stay is not None:
            yield from (Said(text=line) for line in sentences.stay_lines(one.stay, on))
        if one.penalty is not None:
            yield from self._penalty(one.penalty)
        for reading in one.readings:
            yield self._reading(reading.name, reading.answer, safer=reading.safer)

    def _if_missed(self, deadline: DeadlineFound) -> Iterator[Said]:
        if deadline.if_missed and deadline.state is not State.MET:
            # Some pages name the provision that then applies.
            yield Said(text=_("If the days pass unused:"))
            yield self.said(self._result.title(deadline.if_missed), grave=True)

    def _penalty(self, penalty: PenaltyFound) -> Iterator[Said]:
        prison = sentences.prison_text(penalty)
        if prison:
            yield Said(text=_("A court may impose this."))
            yield Said(text=prison)
        yield from (self.said(text, grave=True) for text in penalty.alternatives)

    def _reading(self, name: str, answer: Answer, *, safer: bool) -> Said:
        said, word = self.said(name), sentences.answer_text(answer)
        line = _("One reading: %(reading)s. Then: %(answer)s.") % {"reading": said.text.rstrip("."), "answer": word}
        return Said(text=f"{line} {_('It is safer to plan with this one.')}" if safer else line, lang=said.lang)

    def _note(self, note: Finding) -> Said:
        return self.said(note.says or note.title, grave=True)

    def _cautions(self, one: Finding) -> Iterator[Caution]:
        first = (one.deadline.tells, one.deadline.late) if one.deadline is not None else ()
        return (caution for caution in one.caution if caution.text not in first)

    def _conditions(self, one: Finding) -> Iterator[Conditions]:
        heads = (
            (_("Met, by what you told"), _CONDITIONS, Truth.YES),
            (_("Not met, by what you told"), _CONDITIONS, Truth.NO),
            (_("Not known yet"), _CONDITIONS, Truth.UNKNOWN),
            (_("This speaks against it"), _AGAINST, Truth.YES),
            (_("This could speak against it"), _AGAINST, Truth.UNKNOWN),
        )
        for head, roles, holds in heads:
            found = [reason for reason in one.because if reason.role in roles and reason.holds is holds]
            lines = dict.fromkeys(line for reason in found for line in self._condition(reason))
            if lines:
                yield Conditions(head=head, lines=tuple(lines))

    def _condition(self, reason: Reason) -> Iterator[Said]:
        """A condition as the questions behind it, which are translated; where there are none, the line of the page."""
        asked = [self.question(name) for name in owners(reason.facts)]
        known = [question for question in asked if question is not None]
        if known and reason.holds is Truth.UNKNOWN:
            yield from known
        elif self._words is None or not reason.facts:
            yield Said(text=reason.text, lang="" if self._words is None else "en")
        else:
            # The lines of a page are code, in English; what they rest on has a name in each language.
            named = (self._name(name) for name in owners(reason.facts))
            yield Said(text=_("This rests on: %(names)s.") % {"names": ", ".join(named)})

    def _name(self, name: str) -> str:
        language = self._words.language if self._words is not None else "en"
        kind = Named.EVENT if name in self._vocabulary.events else Named.FACT
        return name_in(language, kind, name)


def _seats(one: Finding) -> Iterator[Seat]:
    found: dict[str, dict[str, None]] = {}
    for citation in one.citations:
        seat = " ".join(part for part in (citation.act, citation.article) if part)
        found.setdefault(seat, {}).update(dict.fromkeys(source.url for source in citation.sources if source.url))
    yield from (Seat(act=act, addresses=tuple(addresses)) for act, addresses in found.items())
