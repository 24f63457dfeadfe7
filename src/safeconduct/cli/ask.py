"""`safeconduct ask`: the interview at the terminal. It writes nothing unless it is told to, and then an age file."""

import os
import secrets
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from safeconduct import __version__
from safeconduct.cli import ask_wording as wording
from safeconduct.cli.assess import day_asked, one_file
from safeconduct.cli.layout import bullet, paragraph
from safeconduct.cli.why import provision_named
from safeconduct.values.errors import Place, QuestionError, SituationError

if TYPE_CHECKING:
    from safeconduct.rules.corpus import Corpus
    from safeconduct.rules.finding import Position
    from safeconduct.rules.interview import Question
    from safeconduct.rules.replying import Told
    from safeconduct.rules.telling.draft import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """Where an interview stands.

    Args:
        corpus: The law.
        on: The day asked.
        about: Ids of the findings to be settled; all if none.
        draft: What was told.
        asked: Questions that were put and not answered, and those that cannot be asked in another way.
        stopped: Whether the person ended it.
    """

    corpus: "Corpus"
    on: date
    about: tuple[str, ...]
    draft: "Draft"
    asked: frozenset[str] = field(default_factory=frozenset)
    stopped: bool = False


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("names", metavar="[FILE]", nargs=-1)
@click.option(
    "--about", multiple=True, metavar="ID", help="Only what settles this finding; can be given several times."
)
@click.option("--save", "target", metavar="FILE", help="Write what was told to FILE, encrypted under a passphrase.")
@click.option("--on", "day", metavar="DATE", help="The day asked, as YYYY-MM-DD; today if left out.")
def ask(*, names: tuple[str, ...], about: tuple[str, ...], target: str | None, day: str | None) -> None:
    """The most useful questions, one by one, until nothing more can change.

    FILE holds what is known already. Each question says why it is asked and
    offers the coarsest reply that settles the matter. At the end stands the
    position, as assess shows it. Nothing is written unless --save names a file.

    \b
    Examples:
      safeconduct ask --about RU-CON-02
      safeconduct ask mine.yaml.age --save mine.yaml.age

    This is information about the law, from draft pages that no lawyer has read.
    """  # noqa: D301 -- the backspace is click's sign for lines that are not joined
    from safeconduct.cli.input_file import read_input
    from safeconduct.packs.store import load_corpus
    from safeconduct.rules.telling.draft import Draft, draft_of

    on = day_asked(day) if day is not None else _today()
    if names == ("-",):
        raise QuestionError(
            "standard input is where the replies come from",
            remedy="name a file, or none",
            place=Place(name="FILE"),
            code="ASK02",
        )
    folder_of(target)
    corpus = load_corpus()
    about = tuple(provision_named(corpus, name) for name in about)
    draft = Draft()
    if names:
        given = read_input(one_file(names))
        for warning in given.warnings:
            click.echo(warning, err=True)
        draft = draft_of(given.content, given.form)
        draft.situation(corpus.vocabulary)
    _say(wording.head(on))
    _say(wording.HOW)
    ended = interviewed(Interview(corpus=corpus, on=on, about=about, draft=draft))
    _say(wording.STOPPED if ended.stopped else wording.DONE)
    _show(ended)
    if target is not None:
        _save(needed_only(ended, position_of(ended)), Path(target))


def _today() -> date:
    return datetime.now(tz=UTC).astimezone().date()  # noqa: TID251 -- this is the edge that reads the clock


def interviewed(interview: Interview) -> Interview:
    """Put questions until no question can change anything, or the person stops."""
    from safeconduct.rules.interview import Looks, next_question

    number, looks = 0, Looks(interview.corpus)
    while not interview.stopped:
        question = next_question(
            interview.corpus,
            interview.draft.situation(interview.corpus.vocabulary),
            on=interview.on.toordinal(),
            about=interview.about,
            asked=interview.asked,
            looks=looks,
        )
        if question is None:
            break
        number += 1
        click.echo("")
        _say(wording.progress(number, question))
        for line in paragraph(question.text):
            click.echo(click.style(line.text, bold=True))
        _say(wording.why(question))
        interview = _answered(interview, question)
    return interview


def _answered(interview: Interview, question: "Question") -> Interview:
    """The interview after a reply that could be used; one that cannot is explained and asked for again."""
    from safeconduct.cli.commands import message

    offered = offered_texts(question)
    for index, text in enumerate(offered, start=1):
        click.echo(f"  {index}  {wording.option(text)}")
    _say(wording.hint(question))
    while True:
        reply = click.prompt(wording.REPLY, type=str).strip()
        try:
            after = replied(interview, question, reply)
        except SituationError as error:
            click.echo(message(error))
            continue
        if after is not None:
            return after
        _say(wording.AGAIN_PLEASE)


def offered_texts(question: "Question") -> tuple[str, ...]:
    """The replies that are offered, in words."""
    from safeconduct.rules.asking import Subject

    if question.subject is Subject.NONE_OF:
        return wording.NONE_APPLY
    if question.subject is Subject.WHICH:
        return (wording.NONE_OF_THEM, *(wording.item(one) for one in question.of))
    return tuple(option.text for option in question.options)


def replied(interview: Interview, question: "Question", reply: str) -> Interview | None:
    """The interview after a reply.

    Returns:
        None if the reply is none of those offered, or was taken back when it was read out.
    Raises:
        SituationError: If it cannot be read, or contradicts what was told before.
    """
    from safeconduct.rules.asking import Subject
    from safeconduct.rules.replying import Silence, none_of_them, takes_words, unanswered

    if reply == wording.STOP:
        return replace(interview, stopped=True)
    told, vocabulary = _told(interview), interview.corpus.vocabulary
    if reply in (wording.DONT_KNOW, wording.RATHER_NOT):
        silence = Silence.UNKNOWN if reply == wording.DONT_KNOW else Silence.WITHHELD
        return _after(interview, unanswered(told, question, silence))
    offered = offered_texts(question)
    if question.subject is Subject.WHICH:
        return _which(interview, question, reply)
    chosen = offered[int(reply) - 1] if reply.isdecimal() and 0 < int(reply) <= len(offered) else reply
    if chosen not in offered and (question.subject is Subject.NONE_OF or not takes_words(question)):
        return None
    if question.subject is Subject.NONE_OF:
        return _after(interview, none_of_them(told, question, vocabulary, applies=chosen == offered[0]))
    after = (_happened if question.subject is Subject.EVENT else _typed)(interview, question, chosen)
    return None if after is None else _after(interview, after)


def _which(interview: Interview, question: "Question", reply: str) -> Interview | None:
    """The interview after it was told which of several things are so; None if the reply names something else."""
    from safeconduct.rules.replying import named

    names = _items(reply, question)
    if names is None:
        return None
    return _after(interview, named(_told(interview), question, names, interview.corpus.vocabulary))


def _items(reply: str, question: "Question") -> list[str] | None:
    """The names of the items that a reply names, by number or in words; None if it names something else."""
    offered = offered_texts(question)
    words = [word.strip() for word in reply.split(",")]
    told = [
        offered[int(word) - 1] if word.isdecimal() and 0 < int(word) <= len(offered) else word.replace("_", " ")
        for word in words
    ]
    if told in ([offered[0]], ["none"]):
        return []
    known = {text: one.name for text, one in zip(offered[1:], question.of, strict=True)}
    return [known[word] for word in told] if all(word in known for word in told) else None


def _told(interview: Interview) -> "Told":
    from safeconduct.rules.replying import Told

    return Told(draft=interview.draft, asked=interview.asked)


def _after(interview: Interview, told: "Told") -> Interview:
    return replace(interview, draft=told.draft, asked=told.asked)


def _typed(interview: Interview, question: "Question", text: str) -> "Told | None":
    """What is told after a reply in words; None if it was taken back when it was read out."""
    from safeconduct.rules.replying import meant, told_words

    meaning = meant(question, text, interview.on)
    if meaning.is_vague and not _right(meaning.text):
        return None
    return told_words(_told(interview), question, meaning, interview.corpus.vocabulary)


def _happened(interview: Interview, question: "Question", text: str) -> "Told | None":
    """What is told after a reply about an event; None if its day was taken back when it was read out."""
    from safeconduct.rules.replying import told_event
    from safeconduct.rules.telling.vague import days_meant

    on, where = "", ""
    if text == "yes":
        when = click.prompt(wording.WHEN, type=str).strip()
        on = "" if when in (wording.DONT_KNOW, wording.RATHER_NOT) else days_meant(when)
        if on != when and on and not _right(on):
            return None
        where = _where() if question.key else ""
    vocabulary = interview.corpus.vocabulary
    return told_event(_told(interview), question, vocabulary, happened=text == "yes", on=on, where=where)


def _where() -> str:
    told = click.prompt(wording.WHERE, type=str).strip()
    return "" if told in (wording.DONT_KNOW, wording.RATHER_NOT) else told


def _right(text: str) -> bool:
    """Read a vague reply back."""
    _say(wording.taken_as(text))
    return click.confirm(wording.TAKEN)


def _show(interview: Interview) -> None:
    """The answers at the end: of the findings that were named, or the whole position."""
    from safeconduct.cli.position_text import position_lines
    from safeconduct.rules.position import Assessor

    if not interview.about:
        click.echo("\n".join(line.text for line in position_lines(position_of(interview))))
        return
    assessor = Assessor(interview.corpus, interview.draft.situation(interview.corpus.vocabulary))
    click.echo("")
    for name in interview.about:
        answer = assessor.answer(name, interview.on.toordinal())
        for line in bullet(wording.result(name, answer, interview.corpus.provisions[name].title)):
            click.echo(line.text)


def position_of(interview: Interview) -> "Position":
    """The whole position, from what was told."""
    from safeconduct.rules.position import assess

    situation = interview.draft.situation(interview.corpus.vocabulary)
    return assess(interview.corpus, situation, on=interview.on, engine=__version__)


def needed_only(interview: Interview, position: "Position") -> "Draft":
    """What is stored: without the facts that no answer uses."""
    from safeconduct.packs.position.needed import facts_not_needed

    situation = interview.draft.situation(interview.corpus.vocabulary)
    unneeded = set(facts_not_needed(interview.corpus, situation, position))
    kept = {name: value for name, value in interview.draft.person.items() if name not in unneeded}
    return replace(interview.draft, person=kept)


def _say(text: str) -> None:
    for line in paragraph(text):
        click.echo(line.text)


# --- the file --------------------------------------------------------------------------------------------------


def folder_of(target: str | None) -> None:
    """Refuse a file that cannot be written before the first question is put, not after the last.

    Raises:
        QuestionError: If its folder is not there or not ours to write to.
    """
    if target is not None and not os.access(Path(target).parent, os.W_OK | os.X_OK):
        raise QuestionError(
            "the file cannot be written there",
            remedy="name a file in a folder that exists and that you may write to",
            place=Place(name="--save"),
            code="OUT03",
        )


def _save(draft: "Draft", target: Path) -> None:
    from safeconduct.values.secret import Secret
    from safeconduct.vault.age_file import seal_age_file

    if target.exists():
        click.confirm(wording.REPLACE, abort=True)
    passphrase = Secret(click.prompt(wording.PROTECTION, hide_input=True, confirmation_prompt=True))
    write_whole(seal_age_file(draft.content(), passphrase), target)
    _say(wording.saved())


def write_whole(content: bytes, target: Path) -> None:
    """Write a file that only its owner can read: afterwards there is the old one or the whole new one.

    Raises:
        QuestionError: If it cannot be written; the file is not named.
    """
    beside = target.with_name(f".{secrets.token_hex(8)}")
    try:
        number = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, target)  # noqa: PTH105 -- one system call, named for what it is
        except OSError:
            beside.unlink(missing_ok=True)
            raise
    except OSError:
        raise QuestionError(
            "the file cannot be written there",
            remedy="check the folder, its permissions and the space on the disk",
            place=Place(name="--save"),
            code="OUT03",
        ) from None
