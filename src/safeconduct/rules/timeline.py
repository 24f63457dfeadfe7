"""The position of one person over time: for each finding the days with one answer, and the days that matter beside it.

Computed from the days on which an answer can change, never by trying each day. Every answer is the one that `position`
gives for that day from what is known now: it holds if nothing else happens.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from safeconduct.rules.corpus import Corpus
from safeconduct.rules.finding import Answer, Receipt
from safeconduct.rules.marks import Mark, marks_of
from safeconduct.rules.position import Assessor
from safeconduct.rules.reach import reach
from safeconduct.rules.situation import Situation
from safeconduct.rules.tree import Kind
from safeconduct.rules.warnings import about_input, contradictions

NOTHING_ELSE = "This holds if nothing else happens and what was told without days does not change."
_ORDER = (
    Kind.DEADLINE,
    Kind.EXPOSURE,
    Kind.LIABILITY,
    Kind.RESTRICTION,
    Kind.DUTY,
    Kind.STATUS,
    Kind.RIGHT,
    Kind.PROTECTION,
)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Days with one answer.

    Args:
        first: The first of them.
        last: The last of them, included.
        answer: The answer on each.
        because: What changed it on the first day, in words; "" on the first day asked.
    """

    first: date
    last: date
    answer: Answer
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One finding over time.

    Args:
        id, kind, title: As the provision's.
        segments: Without gaps, from the first day asked to the last; two that touch have different answers.
    """

    id: str
    kind: Kind
    title: str
    segments: tuple[Segment, ...]

    def answer(self, day: date) -> Answer:
        """The answer on a day; KeyError outside the days asked."""
        for segment in self.segments:
            if segment.first <= day <= segment.last:
                return segment.answer
        raise KeyError(day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Everything the law holds for one person between two days.

    Args:
        first: First day asked.
        last: Last day asked, included.
        receipt: What it was made from.
        warnings: What the reader must be told first; that it holds if nothing else happens stands among them.
        lanes: One for each finding that is not *no* on all days, the gravest kinds first. Notes of practice are not
            among them: a day of a report is not a day of the law.
        marks: Days that matter: changes of law with their act, what was told, ages, deadlines, ends of stays; by day.
    """

    first: date
    last: date
    receipt: Receipt
    warnings: tuple[str, ...]
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]


def timeline(corpus: Corpus, situation: Situation, *, first: date, last: date, engine: str = "") -> Timeline:
    """The position of one person between two days.

    Args:
        corpus: The law.
        situation: What is known of the person.
        first: First day, inclusive.
        last: Last day, inclusive; not before the first.
        engine: Version of the engine, for the receipt.
    Raises:
        SituationError: If what is told contradicts itself under this law.
    """
    assessor = Assessor(corpus, situation)
    contradictions(assessor, first.toordinal())
    reached = reach(corpus, situation)
    shown = [one for one in reached.provisions if one.kind is not Kind.PRACTICE]
    lanes = [lane for one in shown if any_but_no(lane := lane_of(assessor, one.id, first=first, last=last))]
    lanes.sort(key=lambda lane: _ORDER.index(lane.kind))
    starts = {lane.id: tuple(segment.first for segment in lane.segments) for lane in lanes}
    return Timeline(
        first=first,
        last=last,
        receipt=Receipt(corpus=corpus.digest, engine=engine),
        warnings=(NOTHING_ELSE, *about_input(corpus, situation, last, reached)),
        lanes=tuple(lanes),
        marks=marks_of(assessor, starts, first=first, last=last),
    )


def any_but_no(lane: Lane) -> bool:
    """Whether there is a day on which the answer is not *no*."""
    return any(segment.answer is not Answer.NO for segment in lane.segments)


def lane_of(assessor: Assessor, name: str, *, first: date, last: date) -> Lane:
    """One provision between two days, both included."""
    begins, because, answer = first, "", assessor.answer(name, first.toordinal())
    segments = []
    for change in assessor.changes(name, first.toordinal(), last.toordinal()):
        segments.append(Segment(first=begins, last=change.on - _ONE_DAY, answer=answer, because=because))
        begins, because, answer = change.on, change.because, change.after
    segments.append(Segment(first=begins, last=last, answer=answer, because=because))
    provision = assessor.corpus.provisions[name]
    return Lane(id=name, kind=provision.kind, title=provision.title, segments=tuple(segments))
