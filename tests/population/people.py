"""Random people twice: as situations for the scalar engine, and as rows for columns."""

from random import Random

from safeconduct.population.columns import FROM, TO
from safeconduct.population.frame_law import Exists, nothing_happened
from safeconduct.rules.dating import At
from safeconduct.rules.formula import Choice
from safeconduct.rules.ground import Ground
from safeconduct.rules.kleene import NO, YES, value
from safeconduct.rules.situation import (
    Absent,
    Asked,
    Known,
    Period,
    Range,
    Record,
    RecordList,
    Situation,
    WordList,
    Words,
)
from safeconduct.rules.tree import CountOf
from safeconduct.rules.vocabulary import NONE, Shape
from safeconduct.values.days import FIRST_DAY, LAST_DAY, Days

UNTOLD = 0.25
_BORN = (719163 - 365 * 10, 719163 + 365 * 40)  # 1960 to 2010


def a_person(corpus, chance, told, *, untold=UNTOLD):
    """A situation in which no event has happened; each fact that is told of is unknown with the share `untold`."""
    facts = {}
    for name in told:
        fact = corpus.vocabulary.facts[name]
        if chance.random() < untold:
            continue
        found = _value(chance, fact)
        facts[name] = Known(name=name, asked=Asked.TOLD, periods=(Period(value=found),))
    return Situation(facts=facts, closed=nothing_happened(corpus.vocabulary).closed)


def _value(chance, fact):
    if fact.may_be_absent and chance.random() < 0.4:
        return Absent()
    match fact.shape:
        case Shape.RECORD:
            if chance.random() < 0.4:
                return Absent()
            return _record(chance, fact.fields)
        case Shape.RECORDS:
            return RecordList(
                records=tuple(_record(chance, fact.fields) for _ in range(chance.choice([0, 1, 2, 4]))), unstated=0
            )
        case Shape.LIST:
            words = fact.words or ("RU", "KZ", "UA", "BY", "AM", "KG")
            often = [words[0], words[0], *words]
            return WordList(words=frozenset(chance.choice(often) for _ in range(2)), whole=chance.random() < 0.9)
        case _:
            return _plain(chance, fact)


def _record(chance, fields):
    told = [field for field in fields if chance.random() >= UNTOLD]
    return Record(fields=tuple((field.name, _plain(chance, field)) for field in told))


def _plain(chance, owner):
    match owner.shape:
        case Shape.DATE:
            first = chance.randint(*_BORN)
            return Days(earliest=first, latest=first + chance.choice([0, 0, 30, 365, 3000]))
        case Shape.NUMBER | Shape.LENGTH:
            least = chance.randint(0, 40)
            return Range(least=least, most=least + chance.choice([0, 0, 5]))
        case Shape.YES_NO:
            return Words(possible=frozenset({chance.choice(["yes", "no"])}))
        case _:
            return Words(possible=frozenset({chance.choice(owner.words or ("RU", "KZ", "UA", "337"))}))


def a_row(corpus, situation, columns, on):
    """What the columns of `FrameLaw.columns` hold for a person: null where it is not told."""
    ground = Ground(corpus, situation)
    row = {}
    for name, (column, variable) in columns.items():
        known = situation.facts.get(column.fact)
        told = known.periods[0].value if known is not None else None
        if isinstance(variable, Choice):
            row[name] = _word(ground, column, variable, told, on)
        else:
            row.update(_ends(name, column, told))
    return row


def _word(ground, column, variable, told, on):
    if isinstance(column.asks, CountOf):
        # Records are counted beforehand, by the scalar engine's own meaning.
        found = value(ground.condition(column.asks, At("test")), on)
        return {YES: True, NO: False}.get(found)
    if told is None:
        return None
    if column.asks is Exists.EXISTS:
        return not isinstance(told, Absent) and told != Words(possible=frozenset({NONE}))
    return _asked(column, told) if column.asks is not None else _spoken(column, variable, told)


def _asked(column, told):
    """Whether a list holds a word, or a field one of some codes."""
    if isinstance(told, WordList):
        (wanted,) = column.asks
        return True if wanted in told.words else False if told.whole else None
    if not column.field:
        return isinstance(told, Absent) and NONE in column.asks
    found = told.get(column.field) if isinstance(told, Record) else None
    return next(iter(found.possible)) in column.asks if isinstance(found, Words) else None


def _spoken(column, variable, told):
    """The word itself; yes and no as a boolean."""
    found = told.get(column.field) if isinstance(told, Record) and column.field else told
    if isinstance(found, Absent) and NONE in variable.words:
        return NONE
    if not isinstance(found, Words):
        return None
    (word,) = found.possible
    return word == "yes" if set(variable.words) == {"yes", "no"} else word


def _ends(name, column, told):
    found = told.get(column.field) if isinstance(told, Record) and column.field else told
    if isinstance(found, Days):
        return {name + FROM: found.earliest, name + TO: found.latest}
    if isinstance(found, Range):
        return {name + FROM: found.least, name + TO: found.most}
    return {name + FROM: None, name + TO: None}


def is_day(variable):
    """Whether a column of two ends holds days."""
    return (variable.low, variable.high) == (FIRST_DAY, LAST_DAY)


def seeded(seed):
    return Random(seed)
