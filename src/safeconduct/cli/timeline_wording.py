"""Every sentence of `safeconduct timeline`, in English, whole; they go through `wording.say` like all others."""

from datetime import date

from safeconduct.packs.position.day_wording import day_range
from safeconduct.packs.position.wording import KINDS, say
from safeconduct.rules.finding import Answer, DayRange
from safeconduct.rules.marks import Mark, MarkKind
from safeconduct.rules.timeline import Lane, Segment
from safeconduct.rules.tree import Kind

BY_DAY = "Day by day"
BY_FINDING = "Finding by finding"
LANES = "Findings over time"
LAW_CHANGES = "Changes of law"
NO_DAY = "No answer changes between these days, and nothing else falls on them."
ANSWERS = (
    'Each line holds from its first day to its last, both included. "No" means "this provision does not reach you" '
    "on these days; it permits nothing. A deadline that is not running may have passed: see assess."
)
DETAIL_QUESTION = (
    "The calendar will name findings, such as a criminal exposure. Calendars are shared, synchronised and shown on "
    "locked screens. Write the names into it?"
)

_GROUPS = {**KINDS, Kind.DEADLINE: "Deadlines"}
_WORDS = {Answer.YES: "yes", Answer.NO: "no", Answer.UNKNOWN: "unknown", Answer.DISPUTED: "disputed"}
_CLOCK_WORDS = {**_WORDS, Answer.YES: "running", Answer.NO: "not running", Answer.UNKNOWN: "may be running"}


def head(first: date, last: date) -> str:
    """The first line."""
    return say("Position in law from {first} to {last}", first=first, last=last)


def group(kind: Kind) -> str:
    """The heading over the findings of a kind."""
    return say(_GROUPS[kind])


def word(lane: Lane, answer: Answer) -> str:
    """An answer in a word: a deadline runs or does not."""
    return say((_CLOCK_WORDS if lane.kind is Kind.DEADLINE else _WORDS)[answer])


def segment_line(lane: Lane, segment: Segment) -> str:
    """The days of one answer, and what changed it."""
    values = {"first": segment.first, "last": segment.last, "answer": word(lane, segment.answer)}
    if segment.because:
        return say("{first} to {last}: {answer} ({because})", **values, because=segment.because)
    return say("{first} to {last}: {answer}", **values)


def change_line(lane: Lane, before: Segment, after: Segment) -> str:
    """An answer that changes on a day."""
    return say(
        "{title}: from {before} to {after} ({because})",
        title=lane.title,
        before=word(lane, before.answer),
        after=word(lane, after.answer),
        because=after.because,
    )


def mark_line(mark: Mark) -> str:
    """A day that matters."""
    days = day_range(DayRange(earliest=mark.earliest, latest=mark.latest))
    if mark.kind is MarkKind.LAW:
        return say("law: {text} ({act})", text=mark.text, act=mark.act)
    if mark.kind in (MarkKind.EVENT, MarkKind.FACT):
        return say("told: {text}, {days}", text=mark.text, days=days)
    if mark.act_by is not None:
        return say("{text}, {days}; safe day to act by: {act_by}", text=mark.text, days=days, act_by=mark.act_by)
    return say("{text}, {days}", text=mark.text, days=days)


def not_drawn(ids: list[str]) -> str:
    """The findings that are on no day more than open."""
    return say("Not drawn, because on no day is it settled that they hold: {ids}", ids=", ".join(ids))


def law_note(day: date, acts: tuple[str, ...], ids: str) -> str:
    """A change of law under the picture."""
    return say("{day}: {acts} ({ids})", day=day, acts="; ".join(acts), ids=ids)


KEY = (
    (Answer.YES, "holds, or is running"),
    (Answer.UNKNOWN, "unknown, or may run"),
    (Answer.DISPUTED, "disputed"),
    (Answer.NO, "no, or not running"),
)


def lane_label(lane: Lane) -> str:
    """A lane of the picture as a screen reader says it."""
    parts = [
        say("{answer} from {first} to {last}", answer=word(lane, one.answer), first=one.first, last=one.last)
        for one in lane.segments
    ]
    return say("{id}, {title}: {parts}.", id=lane.id, title=lane.title, parts="; ".join(parts))


def picture_description(lanes: int, changes: int, note: str) -> str:
    """What the picture shows, in words."""
    return say(
        "{lanes} findings, one bar each, from left to right in time. A black bar: it holds, or a deadline runs. Dots: "
        "unknown. Slanted lines: disputed. A thin line: no. {changes} dashed vertical lines are changes of law; the "
        "list under the bars names their acts. {note}",
        lanes=lanes,
        changes=changes,
        note=note,
    )
