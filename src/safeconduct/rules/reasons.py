"""Why an answer is what it is: the clauses that decide, what they rest on, and how sure we are of them."""

from dataclasses import dataclass
from datetime import date

from safeconduct.rules.certainty import Worlds
from safeconduct.rules.dating import At
from safeconduct.rules.finding import Assumption, Caution, DayRange, Reason
from safeconduct.rules.ground import Applied, Ground, Grounded
from safeconduct.rules.kleene import NO, UNKNOWN, YES, value
from safeconduct.rules.reading_of import facts_named, references
from safeconduct.rules.tree import Clause, Provision
from safeconduct.values.citation import Citation, Confidence
from safeconduct.values.truth import Truth

_LEADING = ("if ", "and ", "unless ", "any of ", "all of ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """Why, from which seats, and with what confidence."""

    because: tuple[Reason, ...]
    citations: tuple[Citation, ...]
    confidence: Confidence


def deciding(grounded: Grounded, on: int) -> Applied | None:
    """The application that decides: one that holds, else one that may hold, else the first; None if there is none."""
    best, best_value = None, -1
    for applied in grounded.applied:
        found = value(applied.formula, on)
        if found > best_value:
            best, best_value = applied, found
    return best


def derivation(ground: Ground, worlds: Worlds, grounded: Grounded, answer: int, on: int) -> Derivation:
    """The reasons of an answer.

    Args:
        ground: The person.
        worlds: The same person's worlds.
        grounded: The provision.
        answer: NO, UNKNOWN or YES.
        on: The day asked.
    """
    provision = grounded.provision
    concerned = worlds.decided(grounded.concerns, on).value
    if concerned == NO:
        reason = Reason(
            role="if", text="it concerns other people", holds=Truth.NO, facts=facts_named(provision.concerns)
        )
        return Derivation(because=(reason,), citations=(provision.citation,), confidence=provision.confidence)
    applied = deciding(grounded, on)
    if applied is None:
        event = provision.about.event if provision.about is not None else ""
        reason = Reason(role="if", text=f"no {event.replace('_', ' ')}", holds=Truth.NO, facts=(event,))
        return Derivation(because=(reason,), citations=(provision.citation,), confidence=provision.confidence)
    frame = _frame(worlds, grounded, applied, on)
    reasons: list[tuple[Reason, Clause | None]] = [(part, None) for part in frame]
    for clause, formula in zip(provision.clauses, applied.clauses, strict=True):
        truth = Truth(worlds.decided(formula, on).value)
        reasons.append((_reason(ground, clause, truth), clause))
    kept = [pair for pair in reasons if answer != NO or _defeats(pair[0])] or reasons
    return _gathered(ground, provision, kept)


def _defeats(reason: Reason) -> bool:
    """Whether this line alone makes the answer no."""
    if reason.role in ("if", "force"):
        return reason.holds is Truth.NO
    return reason.holds is Truth.YES and reason.role in ("unless", "displaced", "exception")


def _frame(worlds: Worlds, grounded: Grounded, applied: Applied, on: int) -> list[Reason]:
    """The lines that are no clauses: whom it concerns, whether the event happened, whether the text is in force."""
    provision = grounded.provision
    found = []
    if worlds.decided(grounded.concerns, on).value == UNKNOWN:
        facts = facts_named(provision.concerns)
        found.append(Reason(role="if", text="it concerns this person", holds=Truth.UNKNOWN, facts=facts))
    span = provision.span
    truth = Truth(worlds.decided(applied.in_force, on).value)
    if span.first is not None or span.last is not None:
        text = f"in force {_span_text(span.first, span.last)}"
        force = DayRange(earliest=span.first, latest=span.last)
        found.append(Reason(role="force", text=text, holds=truth, force=force))
    if applied.instance is not None:
        happened = Truth(worlds.decided(applied.exists, on).value)
        event = applied.instance.kind
        why = applied.instance.event.assumed if applied.instance.event is not None else ""
        taken = (Assumption(of=event, why=why),) if why else ()
        text = f"{event.replace('_', ' ')}"
        found.append(Reason(role="if", text=text, holds=happened, facts=(event,), taken=taken))
    return found


def _span_text(first: date | None, last: date | None) -> str:
    if first is not None and last is not None:
        return f"from {first} until {last}"
    return f"from {first}" if first is not None else f"until {last}"


def facts_behind(ground: Ground, clause: Clause) -> tuple[str, ...]:
    """The facts and events that decide a clause, also through the terms it uses, each once."""
    facts = facts_named(clause.condition)
    for name in references(clause.condition):
        term = ground.corpus.terms.get(name)
        if term is not None:
            facts = tuple(dict.fromkeys((*facts, *facts_named(term.condition))))
    return facts


def _reason(ground: Ground, clause: Clause, truth: Truth) -> Reason:
    facts = facts_behind(ground, clause)
    return Reason(
        role=clause.role,
        text=clause_text(clause),
        holds=truth,
        id=clause.by or next((name for name in references(clause.condition) if name in ground.corpus.provisions), ""),
        facts=facts,
        taken=tuple(_assumed(ground, facts)),
    )


def clause_text(clause: Clause) -> str:
    """The line of the page without the word that leads it, as a reader sees it."""
    text = clause.text
    stripped = True
    while stripped:
        stripped = False
        for lead in _LEADING[:3]:
            if text.startswith(lead):
                text, stripped = text[len(lead) :].strip(), True
    return " ".join(text.replace("_", " ").split())


def _assumed(ground: Ground, facts: tuple[str, ...]) -> dict[Assumption, None]:
    """Why facts and events are assumed, where they are, each once."""
    situation = ground.people.situation
    found: dict[Assumption, None] = {}
    for fact in facts:
        known = situation.facts.get(fact)
        if known is not None and known.assumed:
            found[Assumption(of=fact, why=known.assumed)] = None
        events = (event.assumed for event in situation.events if event.kind == fact and event.assumed)
        found.update(dict.fromkeys(Assumption(of=fact, why=why) for why in events))
        closed = (one.assumed for one in situation.closed if one.kind == fact and one.assumed)
        found.update(dict.fromkeys(Assumption(of=fact, why=why, never=True) for why in closed))
    return found


def _gathered(ground: Ground, provision: Provision, kept: list[tuple[Reason, Clause | None]]) -> Derivation:
    confidence = provision.confidence
    citations = [provision.citation]
    for reason, clause in kept:
        if clause is not None and clause.citation is not None:
            confidence = confidence.lower(clause.citation.confidence)
            citations.append(clause.citation)
        other = ground.corpus.provisions.get(reason.id) if reason.id else None
        if other is not None:
            confidence = confidence.lower(other.confidence)
    unique = tuple(dict.fromkeys(citations))
    return Derivation(because=tuple(reason for reason, _ in kept), citations=unique, confidence=confidence)


def cautions(ground: Ground, worlds: Worlds, grounded: Grounded, on: int) -> tuple[Caution, ...]:
    """The sentences that stand beside the answer: all whose condition does not certainly fail."""
    applied = deciding(grounded, on)
    instance = applied.instance if applied is not None else None
    found = []
    for caution in grounded.provision.cautions:
        if instance is None and grounded.provision.about is not None:
            continue
        formula = ground.condition(caution.condition, At(grounded.provision.id, instance))
        if worlds.decided(formula, on).value != NO:
            found.append(Caution(text=caution.text, id=caution.id))
    return tuple(found)


__all__ = ["NO", "UNKNOWN", "YES", "Derivation", "cautions", "clause_text", "deciding", "derivation", "facts_behind"]
