"""What there is to choose from on a page, each with its name in the reader's language."""

from babel.dates import get_month_names
from django.utils.translation import gettext as _

from safeconduct.desk.check import sentences
from safeconduct.desk.check.asks import BEGINS, ENDS, Ask, Look, Sheet, word_of
from safeconduct.desk.check.moments import MONTHS, SEASONS
from safeconduct.desk.check.places import near
from safeconduct.desk.check.sentences import TOLD, Words
from safeconduct.desk.check.spoken import said
from safeconduct.packs.naming import Named, name_in
from safeconduct.rules.replying import Silence
from safeconduct.rules.vocabulary import NO, NONE, YES

Labelled = tuple[str, "Words"]
_YES_NO: dict[str, Words] = {YES: sentences.YES, NO: sentences.NO}
_GROUNDS: dict[str, Words] = {YES: sentences.NONE_APPLIES, NO: sentences.NOT_SURE}


def replies(sheet: Sheet, language: str) -> list[Labelled]:
    """The replies to choose from, with the two silences at the end."""
    found = [(choice, choice_label(sheet, choice, language)) for choice in sheet.choices]
    if sheet.asks and not sheet.is_event:
        ticked = sheet.asks[0].look in (Look.BOXES, Look.COUNTRIES)
        found.insert(0, (TOLD, sentences.TICKED if ticked else sentences.FILLED))
    return [
        *found,
        (Silence.UNKNOWN.value, sentences.DONT_KNOW),
        (Silence.WITHHELD.value, sentences.RATHER_NOT),
    ]


def choice_label(sheet: Sheet, choice: str, language: str) -> Words:
    """The name of a reply."""
    if sheet.grounds:
        return _GROUNDS[choice]
    if choice == NONE and sheet.lists:
        return sentences.NONE_OF_THESE
    if choice == NONE and (sheet.is_record or sheet.is_many):
        return sentences.NONE_HERE
    if choice in _YES_NO:
        return _YES_NO[choice]
    if ".." in choice:
        return capital(said(choice, language))
    return word_label(choice, sheet.of, language)


def words_of(ask: Ask, language: str) -> list[Labelled]:
    """The words of an ask with their names."""
    if ask.kind is Named.WORD:
        return [(word, _YES_NO.get(word) or word_label(word, ask.of, language)) for word in ask.words]
    return [(word, capital(name_in(language, ask.kind, word_of(ask, word), of=ask.of))) for word in ask.words]


def word_label(word: str, of: str, language: str) -> str:
    """The name of a word."""
    return capital(name_in(language, Named.WORD, word, of=of))


def ask_label(ask: Ask) -> Words:
    """The heading of an ask that is no field of a record."""
    return sentences.LABELS[ask.look]


def field_label(ask: Ask, language: str) -> Words:
    """The heading of a field of a record."""
    ends = {BEGINS: sentences.BEGINS, ENDS: sentences.ENDS}
    found = ends.get(ask.field) or capital(name_in(language, Named.FIELD, ask.field, of=ask.of.partition(".")[0]))
    return _("%(field)s (%(number)d)") % {"field": found, "number": ask.row} if ask.row else found


def months(language: str, *, with_seasons: bool) -> list[Labelled]:
    """The months, and the seasons."""
    names = get_month_names("wide", context="stand-alone", locale=language)
    found: list[Labelled] = [("", sentences.NOT_KNOWN)]
    if with_seasons:
        found += [(season, sentences.SEASONS[season]) for season in SEASONS]
    return [*found, *((month, capital(names[int(month)])) for month in MONTHS)]


def countries(language: str) -> list[Labelled]:
    """The countries that are offered by name."""
    return list(near(language))


def capital(text: str) -> str:
    """The text with a capital letter first."""
    return text[:1].upper() + text[1:]
