"""Every sentence of `safeconduct ask`, in English, whole; they go through `wording.say` like all others."""

from datetime import date

from safeconduct.packs.position.wording import say, say_number
from safeconduct.rules.asking import AGAIN, Item, Subject
from safeconduct.rules.finding import Answer
from safeconduct.rules.interview import Question

DONT_KNOW, RATHER_NOT, STOP = "?", "-", "stop"
HOW = (
    'Answer with the number or the word. "?" is "I don\'t know", "-" is "I would rather not say": neither is asked '
    'again. "stop" ends the questions. Nothing is written unless --save names a file.'
)
REPLY = "Reply"
WHEN = "When? A year, a month, a season, or a day; ? if not known"
WHERE = "Where? A code of two letters such as KZ; ? if not known"
TAKEN = "Is that right?"
DONE = "No further question can change these answers."
STOPPED = "Stopped. What was not asked stays unknown."
AGAIN_PLEASE = "That reply is not among those offered: the number or the word, ?, - or stop."
NONE_OF_THEM = "none of these"
NONE_APPLY = ("yes, none applies", "no, or not sure of each")
PROTECTION = "Passphrase for the file (long: whoever knows it can read everything)"
REPLACE = "A file stands there already. Replace it?"


def head(on: date) -> str:
    """The first line."""
    return say("Questions about the position in law on {day}", day=on)


def progress(number: int, question: Question) -> str:
    """Where the interview stands."""
    return say_number(
        "Question {asked}. {number} finding is open; this bears on {bears}.",
        "Question {asked}. {number} findings are open; this bears on {bears}.",
        question.open,
        asked=number,
        bears=len(question.bears_on),
    )


def option(text: str) -> str:
    """A reply as it is offered: a range of days or numbers in words."""
    first, dots, last = text.partition("..")
    if not dots:
        return text
    if first and last:
        return say("{first} to {last}", first=first, last=last)
    return say("{first} or later", first=first) if first else say("{last} or earlier", last=last)


def item(one: Item) -> str:
    """One of several things that a question names."""
    kind, _, part = one.name.partition(".")
    return (kind if f".{part}" == AGAIN else part or kind).replace("_", " ")


def why(question: Question) -> str:
    """Why it is asked."""
    return say("Why: {why}", why=question.why)


def hint(question: Question) -> str:
    """How to reply where nothing, or not everything, is offered to choose from; "" otherwise."""
    if question.subject is Subject.WHICH:
        return say("Name all that are so, with commas between: 2, 5. What is not named is taken as not so.")
    if question.name == "birth_date":
        return say("A year, an age, or words such as about 30 are enough; an exact day is not needed.")
    if question.subject is Subject.DAY:
        return say("A year, a month, a season or a day, such as 2022, 2022-09, autumn 2022 or 2022-09-21..2022-09-30.")
    if not question.options:
        return say("A code such as RU, several such as RU, KZ, a number or a day; as a situation file writes it.")
    return ""


def taken_as(text: str) -> str:
    """A vague reply, read back."""
    return say("Taken as: {text}.", text=text)


def result(name: str, answer: Answer, title: str) -> str:
    """The answer of a finding at the end."""
    return say("{id}: {answer}. {title}.", id=name, answer=answer.value, title=title[:1].upper() + title[1:])


def saved() -> str:
    """That the file is written."""
    return say("Written, encrypted under the passphrase. Only your account can read it.")
