"""Invented persons for the interview over all packs: who they are, what happened to them, and what they reply.

The shares are ours, made to try the interview and taken from no statistics; no fact or event that decides a finding is
so of fewer than 2 in 100. A person knows everything about themselves, and tells months and years before days.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from safeconduct.rules.asking import AGAIN, Subject
from safeconduct.rules.interview import Question
from safeconduct.rules.vocabulary import NO, NONE, YES, Shape, Vocabulary

AS_OF = date(2024, 5, 1)
BORN = date(1966, 1, 1), date(2006, 12, 31)
FIRST = date(2022, 9, 22)
"""Events happened from this day to the day before the day asked."""

WORDS = {
    "sex": {"male": 0.9, "female": 0.1},
    "citizenships": {"RU": 0.92, "RU KZ": 0.03, "KG": 0.05},
    "fitness": {"A": 0.4, "B": 0.33, "V": 0.2, "G": 0.04, "D": 0.03},
    "in_reserve": {YES: 0.6, NO: 0.4},
    "on_register": {YES: 0.9, NO: 0.1},
    "served": {YES: 0.45, NO: 0.55},
    "student": {NONE: 0.85, "higher": 0.15},
    "permit": {NONE: 0.8, "KZ": 0.2},
    "children": {"0": 0.55, "1": 0.25, "2": 0.2},
    "resident_abroad_permanently": {YES: 0.1, NO: 0.9},
    "military_speciality": {YES: 0.1, NO: 0.9},
}
"""Facts with the share of each value; of a record the share of those who have one."""
OTHERS = 0.03
"""The share of *yes* of every other yes/no fact, and of having any other thing that may be absent."""
EVENTS = {
    "entered": 0.6,
    "left_country": 0.65,
    "summons": 0.35,
    "mobilised": 0.2,
    "enlisted": 0.3,
    "contract": 0.06,
    "left_unit": 0.15,
    "returned_to_unit": 0.04,
    "discharged": 0.08,
    "case_opened": 0.12,
    "register_breach": 0.08,
    "refused_order": 0.04,
    "asylum_application": 0.06,
    "draft_board_decision": 0.06,
    "appeared": 0.1,
    "arrested": 0.03,
}
"""Events with the share of those to whom they happened."""
OTHER_EVENTS = 0.02
FIELDS = {
    "entered": {
        "country": "KZ",
        "means": "air",
        "at_checkpoint": YES,
        "valid_papers": YES,
        "in_group": NO,
        "knew_of_ban": NO,
    },
    "left_country": {
        "country": "RU",
        "means": "air",
        "at_checkpoint": YES,
        "valid_papers": YES,
        "in_group": NO,
        "knew_of_ban": NO,
    },
    "summons": {"kind": "mobilisation", "valid_reason": NO},
    "enlisted": {"as": "mobilised"},
    "left_unit": {"permission": NO, "weapon": NO, "group": NONE},
    "case_opened": {"country": "RU", "offence": "absence"},
    "register_breach": {"what": "moved_without_notice"},
    "refused_order": {"combat": YES},
    "asylum_application": {"country": "KZ"},
    "contract": {"freed_from_punishment": NO},
    "arrested": {"country": "KZ", "by": "local"},
}
"""What is so of each event that happened, where it is asked."""
GROUNDS = {
    "exemptions": ("served", "serving_sentence", "served_in_another_state", "acs_done", "acs_current", "degree"),
    "deferments": ("student", "children", "cares_for", "guardian_of_sibling", "elected_office", "works_for_it_company"),
    "mobilisation_deferrals": ("student", "children", "cares_for", "guardian_of_sibling"),
}
"""What a person looks at who is asked whether none of several grounds applies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody invented.

    Args:
        born: Day of birth.
        facts: Values by name, as a file writes them.
        events: Days by kind, of those that happened.
    """

    born: date
    facts: dict[str, Any]
    events: dict[str, date] = field(default_factory=dict)


def person(chance: random.Random, vocabulary: Vocabulary) -> Person:
    """Somebody at random."""
    facts = {name: _value(name, chance.choices(list(words), list(words.values()))[0]) for name, words in WORDS.items()}
    for fact in vocabulary.facts.values():
        if fact.name not in facts and fact.name != "birth_date" and not fact.closes:
            facts[fact.name] = _other(chance, fact)
    days = (AS_OF - FIRST).days
    events = {
        kind: FIRST + timedelta(days=chance.randrange(days))
        for kind in vocabulary.events
        if chance.random() < EVENTS.get(kind, OTHER_EVENTS)
    }
    born = BORN[0] + timedelta(days=chance.randrange((BORN[1] - BORN[0]).days + 1))
    return Person(born=born, facts=facts, events=_in_order(events))


def _value(name: str, word: str) -> Any:  # noqa: ANN401 -- what JSON can hold
    if name == "citizenships":
        return word.split()
    if name == "children":
        return [{"birth_date": "2015", "dependent": YES, "disabled": NO, "mother_absent": NO}] * int(word)
    if word == "higher":
        return {
            "level": word,
            "form": "full-time",
            "accredited": YES,
            "first_at_level": YES,
            "master_follows_bachelor": YES,
        }
    return {"country": word, "kind": "temporary", "ground": "work"} if word == "KZ" else word


def _other(chance: random.Random, fact: Any) -> Any:  # noqa: ANN401 -- a fact, and what JSON can hold
    has = chance.random() < OTHERS
    match fact.shape:
        case Shape.YES_NO:
            return YES if has else NO
        case Shape.ONE_OF if fact.may_be_absent and not has:
            return NONE
        case Shape.ONE_OF:
            return fact.words[0] if fact.words else "RU"
        case Shape.LIST | Shape.RECORDS:
            return []
        case _:
            return NONE


def _in_order(events: dict[str, date]) -> dict[str, date]:
    """Who was mobilised was enlisted before leaving a unit, and whoever came back had left: later days come later."""
    order = ("summons", "mobilised", "contract", "enlisted", "left_unit", "returned_to_unit", "left_country", "entered")
    days = sorted(day for kind, day in events.items() if kind in order)
    ordered = dict(zip([kind for kind in order if kind in events], days, strict=True))
    return {**events, **ordered}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What somebody replies: a value as a file writes it, of an event its days and country; none for "I don't know"."""

    value: Any = None
    on: str = ""
    where: str = ""


def reply(one: Person, question: Question) -> Reply:  # noqa: PLR0911 -- every kind of question
    """What a person replies to a question."""
    name = question.name
    match question.subject:
        case Subject.NONE_OF:
            plain = all(one.facts.get(ground) in (NO, NONE, [], None) for ground in GROUNDS.get(name, ()))
            return Reply(value=NONE if plain else None)
        case Subject.WHICH:
            return Reply(value=[each.name for each in question.of if _is_so(one, each.name)])
        case Subject.EVENT:
            day = None if name.endswith(AGAIN) else one.events.get(name)
            return Reply(value=NO) if day is None else Reply(value=YES, on=f"{day:%Y-%m}", where=_where(one, name))
        case Subject.DAY:
            return Reply(value=one.events[name.partition(".")[0]].isoformat())
        case Subject.FIELD:
            kind, _, part = name.partition(".")
            return Reply(value=_of_field(one, kind, part))
        case Subject.FACT if name == "birth_date":
            return Reply(value=_born(one, question))
        case Subject.FACT:
            return Reply(value=_offered(one.facts.get(name), question))


def _where(one: Person, kind: str) -> str:
    told = FIELDS.get(kind, {}).get("country")
    return told if kind in one.events and told is not None else ""


def _is_so(one: Person, name: str) -> bool:
    """Whether one of several things is so; nothing happened twice to anybody."""
    kind, dot, part = name.partition(".")
    if dot:
        return f".{part}" != AGAIN and _of_field(one, kind, part) == YES
    return name in one.events or one.facts.get(name, NO) not in (NO, NONE, [])


def _of_field(one: Person, kind: str, part: str) -> str | None:
    told = FIELDS.get(kind, {}).get(part)
    if told is not None or kind != "summons":
        return told
    days = {"sent": 0, "placed": 1, "served": 7, "appear_by": 20}
    return (one.events[kind] + timedelta(days=days[part])).isoformat() if part in days else None


def _born(one: Person, question: Question) -> str:
    """The range that is offered and holds the day; the year, where none is offered."""
    for option in question.options:
        first, dots, last = option.text.partition("..")
        if (first or "0") <= one.born.isoformat() <= ((last or "9") if dots else first):
            return option.text
    return str(one.born.year)


def _offered(value: Any, question: Question) -> Any:  # noqa: ANN401 -- what JSON can hold
    texts = [option.text for option in question.options]
    if isinstance(value, str) and value == NONE and texts and NONE not in texts:
        return None
    return value


def marginals() -> str:
    """The table of shares."""
    rows = [
        f"{name:<28} " + ", ".join(f"{word} {share:.2f}" for word, share in words.items())
        for name, words in WORDS.items()
    ]
    rows += [
        f"every other fact             yes {OTHERS:.2f}",
        f"birth_date                   {BORN[0]} to {BORN[1]}, all days alike",
    ]
    rows += [f"{kind:<28} happened {share:.2f}" for kind, share in EVENTS.items()]
    return "\n".join([*rows, f"every other event            happened {OTHER_EVENTS:.2f}"])
