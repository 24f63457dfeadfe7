"""A question in the reader's language: what the law's catalogues hold, and the few sentences that frame it.

No speaker has checked the sentences here; the answer's warnings say so of all that is translated.
"""

from collections.abc import Mapping

from safeconduct.packs.catalogues import load_words
from safeconduct.packs.naming import Named, name_in
from safeconduct.rules.asking import AGAIN, AGAIN_OF, EVENTS, FACTS, FIELDS_OF, Subject
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.interview import Question
from safeconduct.rules.questions import base_name

_TITLES = 3
_DAY, _BEARS = "day", "bears"
_FRAMES: Mapping[str, Mapping[str, str]] = {
    "ru": {
        EVENTS: "Случилось ли с вами что-либо из этого? Назовите всё, что случилось. Если ничего, не называйте ничего.",
        FACTS: "Относится ли к вам что-либо из этого? Назовите всё, что относится. Если ничего, не называйте ничего.",
        AGAIN_OF: "Случилось ли с вами что-либо из этого больше одного раза? Если нет, не называйте ничего.",
        FIELDS_OF: "Что из этого верно о событии: {event}? Если ничего, не называйте ничего.",
        AGAIN: "{question} (ещё раз, кроме того, о чём вы рассказали)",
        _DAY: "{question} (день)",
        _BEARS: "От этого зависит: {titles}",
    },
    "uk": {
        EVENTS: "Чи сталося з вами щось із цього? Назвіть усе, що сталося. Якщо нічого, не називайте нічого.",
        FACTS: "Чи стосується вас щось із цього? Назвіть усе, що стосується. Якщо нічого, не називайте нічого.",
        AGAIN_OF: "Чи сталося з вами щось із цього більше одного разу? Якщо ні, не називайте нічого.",
        FIELDS_OF: "Що з цього правильно про подію: {event}? Якщо нічого, не називайте нічого.",
        AGAIN: "{question} (ще раз, крім того, про що ви розповіли)",
        _DAY: "{question} (день)",
        _BEARS: "Від цього залежить: {titles}",
    },
    "kk": {
        EVENTS: "Мыналардың бірі сізбен болды ма? Болғанның бәрін атаңыз. Болмаса, ештеңе атамаңыз.",
        FACTS: "Мыналардың бірі сізге қатысты ма? Қатыстының бәрін атаңыз. Болмаса, ештеңе атамаңыз.",
        AGAIN_OF: "Мыналардың бірі сізбен бірнеше рет болды ма? Болмаса, ештеңе атамаңыз.",
        FIELDS_OF: "Осы оқиға туралы қайсысы дұрыс: {event}? Ешқайсысы болмаса, ештеңе атамаңыз.",
        AGAIN: "{question} (сіз айтқаннан басқа тағы бір рет)",
        _DAY: "{question} (күні)",
        _BEARS: "Бұған байланысты: {titles}",
    },
}


def text_in(question: Question, corpus: Corpus, language: str) -> str:
    """The text of a question; English as long as what it asks about is not translated.

    Args:
        question: The question.
        corpus: The law that asks it.
        language: Two letters.
    """
    frames = _FRAMES.get(language)
    if frames is None:
        return question.text
    name = base_name(question.name)
    if question.subject is Subject.WHICH:
        event = name_in(language, Named.EVENT, name)
        return frames.get(question.name) or frames[FIELDS_OF].format(event=event)
    asked = _of(language, corpus, name)
    if asked is None:
        return question.text
    if question.subject is Subject.FIELD:
        return f"{asked} ({name_in(language, Named.FIELD, question.name.partition('.')[2], of=name)})"
    if question.subject is Subject.DAY:
        return frames[_DAY].format(question=asked)
    return frames[AGAIN].format(question=asked) if question.name.endswith(AGAIN) else asked


def why_in(question: Question, corpus: Corpus, language: str) -> str:
    """Why it is asked; the titles of what it bears on, at most three, where nothing else is said."""
    words, frames = load_words(language), _FRAMES.get(language)
    if words is None or frames is None:
        return question.why
    fact = corpus.vocabulary.facts.get(question.name)
    if fact is not None and fact.why:
        return words.of(fact.why)
    titles = list(dict.fromkeys(words.of(corpus.provisions[name].title) for name in question.bears_on))
    more = ["…"] if len(titles) > _TITLES else []
    return frames[_BEARS].format(titles="; ".join([*titles[:_TITLES], *more]))


def _of(language: str, corpus: Corpus, name: str) -> str | None:
    """The translated question about a fact or an event; None if there is none."""
    words, vocabulary = load_words(language), corpus.vocabulary
    one = vocabulary.facts.get(name) or vocabulary.events.get(name)
    if words is None or one is None:
        return None
    found = words.of(one.question)
    return None if found == one.question else found
