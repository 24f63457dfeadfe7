"""One finding as lines of text, in the ways that the sections need."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from safeconduct.cli.layout import Line, bullet, entry, paragraph
from safeconduct.packs.position import day_wording, wording
from safeconduct.packs.position.sorting import (
    BURDENS,
    cautions_in_order,
    days_in_force,
    displacing,
    notes_beside,
    reassures,
)
from safeconduct.packs.position.wording import owners
from safeconduct.rules.finding import Answer, Finding, Position
from safeconduct.rules.tree import Kind

INDENT = 6
_MOST_NAMED = 4


class FindingText:
    """Writes the findings of one position, one after another; what was said word for word is not said again.

    Args:
        position: The position, for what stands beside a finding.
    """

    def __init__(self, position: Position) -> None:
        self._position = position
        self._titles = {finding.id: finding.title for finding in position.findings}
        self._cautions_said: set[tuple[str, str]] = set()
        self.notes_said: dict[str, None] = {}

    # --- the sections ------------------------------------------------------------------------------------------

    def what_holds(self, finding: Finding) -> Iterator[Line]:
        """A finding that holds: what it means, what comes with it, where it stands."""
        yield from entry(finding.id, finding.title)
        yield from _indented(finding.says, wording.penalty_of(finding), self._alternatives(finding))
        yield from self._beside(finding)
        yield from _indented(*wording.because_lines(finding), wording.source_line(finding))

    def uncertain(self, findings: Iterable[Finding], *, depends_first: str) -> Iterator[Line]:
        """Findings that are open: burdens in full, the rest in a line or two.

        Where only id and title differ, what is said is said once for all of them.

        Args:
            findings: The findings.
            depends_first: The fact that the heading above names already.
        """
        for _, alike in groupby(findings, key=lambda one: (*_beyond_its_title(one), self._notes_of(one))):
            several = list(alike)
            first = several[0]
            others = [name for name in owners(first.missing) if name != depends_first]
            depends = wording.also_depends(others[:_MOST_NAMED], len(others))
            grave = first.kind in BURDENS
            for finding in several:
                yield from entry(finding.id, finding.title, strong=grave)
            yield from self._open_burden(first, depends) if grave else _open_else(first, depends)
            yield from _indented(wording.see_practice(self._notes_of(first)))

    def way(self, finding: Finding) -> Iterator[Line]:
        """A way to protection that is open: which conditions are met, which are not, which are not known."""
        yield from entry(finding.id, finding.title)
        yield from _indented(finding.says, *wording.condition_lines(finding))
        yield from self._cautions(finding)
        yield from _indented(wording.see_practice(self._notes_of(finding)), wording.source_line(finding))

    def _open_burden(self, finding: Finding, depends: str) -> Iterator[Line]:
        practice = wording.practice_line(finding.practice_state)
        yield from _indented(wording.penalty_of(finding), depends, practice)
        yield from self._cautions(finding)
        yield from _indented(wording.source_line(finding))

    def disputed(self, finding: Finding) -> Iterator[Line]:
        """A finding on which readings differ, each with its answer."""
        yield from entry(finding.id, finding.title)
        yield from _indented(finding.says)
        for reading in finding.readings:
            yield from bullet(wording.reading_line(reading.name, reading.answer, safer=reading.safer), indent=INDENT)
        yield from _indented(wording.penalty_of(finding))
        yield from self._cautions(finding)
        yield from _indented(wording.source_line(finding))

    def deadline(self, finding: Finding) -> Iterator[Line]:
        """A deadline: what helps first, then the state and the days, then what practice does to it."""
        on = self._position.on
        yield from entry(finding.id, finding.title)
        yield from _indented(*day_wording.deadline_first(finding))
        practice, others = cautions_in_order(finding, self._position)
        for caution in practice:
            yield from _caution(caution.text, caution.id)
        yield from _indented(day_wording.state_line(finding), *day_wording.deadline_days(finding, on))
        yield from _indented(wording.practice_line(finding.practice_state))
        for caution in others:
            yield from _caution(caution.text, caution.id)
        yield from _indented(wording.source_line(finding))
        notes = [note for note in notes_beside(finding, self._position) if note.id not in self.notes_said]
        yield from self._notes(wording.IN_PRACTICE, [note for note in notes if not note.since_then])
        yield from self._notes(wording.SINCE_THEN, [note for note in notes if note.since_then])

    def open_deadline(self, finding: Finding) -> Iterator[Line]:
        """A deadline of which no day is known: what helps first, and on what it depends."""
        yield from entry(finding.id, finding.title)
        first, state = day_wording.deadline_first(finding), day_wording.state_line(finding)
        yield from _indented(*first, state, wording.source_line(finding))

    def stay(self, finding: Finding) -> Iterator[Line]:
        """A limit on a stay: the days under each way of counting, and the day to plan with."""
        yield from entry(finding.id, finding.title)
        yield from _indented(finding.says)
        if finding.stay is not None:
            yield from _indented(day_wording.stay_rule(finding.stay))
            for sentence in day_wording.stay_models(finding.stay):
                yield from bullet(sentence, indent=INDENT)
            yield from _indented(day_wording.stay_safe(finding.stay, self._position.on))
        missing = list(owners(finding.missing))
        yield from _indented(day_wording.stay_depends(missing), wording.practice_line(finding.practice_state))
        yield from self._cautions(finding)
        yield from _indented(wording.source_line(finding))

    def warnings(self, notes: list[Finding]) -> Iterator[Line]:
        """Notes of practice, under the rules that they stand beside."""
        groups: dict[tuple[str, ...], list[Finding]] = {}
        for note in notes:
            groups.setdefault(note.beside, []).append(note)
        for beside, here in groups.items():
            title = self._titles.get(beside[0], "") if len(beside) == 1 else ""
            yield from paragraph(wording.beside_line(beside, title), indent=2)
            for note in here:
                yield from self._note(note, indent=4)

    def not_reaching(self, finding: Finding) -> Iterator[Line]:
        """A provision that does not reach the person: its title, and its weakness in the same breath."""
        notes = self._notes_of(finding)
        ground = wording.weak(finding, notes) if reassures(finding) else ""
        reason = wording.displaced_by(displacing(finding)) or days_in_force(finding)
        yield from entry(finding.id, wording.not_reaching_title(finding, reason, ground), strong=False)
        assumed = tuple(dict.fromkeys(one.assumed for one in finding.because if one.assumed))
        yield from _indented(wording.rests_on_assumed(assumed), wording.practice_line(finding.practice_state))
        if finding.kind in BURDENS - {Kind.EXPOSURE}:
            yield from self._cautions(finding)

    def _notes_of(self, finding: Finding) -> tuple[str, ...]:
        return tuple(note.id for note in notes_beside(finding, self._position))

    # --- parts of them -----------------------------------------------------------------------------------------

    def _notes(self, head: str, notes: list[Finding]) -> Iterator[Line]:
        if notes:
            yield from _indented(f"{head}:")
        for note in notes:
            yield from self._note(note, indent=INDENT + 2)

    def _note(self, note: Finding, *, indent: int) -> Iterator[Line]:
        self.notes_said[note.id] = None
        missing = owners(note.missing) if note.answer is Answer.UNKNOWN else ()
        yield from entry(note.id, wording.note_line(note, missing), indent=indent, strong=False)

    def _alternatives(self, finding: Finding) -> str:
        """Which parts of a group are open, where the group holds and no part is certain."""
        answers = {one.id: one.answer for one in self._position.findings if one.id in finding.of}
        left = tuple(name for name in finding.of if answers.get(name, Answer.UNKNOWN) is not Answer.NO)
        return wording.undecided(left) if len(left) > 1 and Answer.YES not in answers.values() else ""

    def _beside(self, finding: Finding) -> Iterator[Line]:
        """Practice and cautions beside an answer; and that a reassuring one stands on weak ground."""
        yield from _indented(wording.practice_line(finding.practice_state))
        yield from self._cautions(finding)
        notes = self._notes_of(finding)
        weak = reassures(finding)
        yield from _indented(wording.weak_line(finding, notes) if weak else wording.see_practice(notes))

    def _cautions(self, finding: Finding) -> Iterator[Line]:
        above = []
        for one in finding.caution:
            if one.id and (one.id, one.text) in self._cautions_said:
                above.append(one.id)
            else:
                self._cautions_said.add((one.id, one.text))
                yield from _caution(one.text, one.id)
        yield from _indented(wording.cautions_above(above))


def _indented(*sentences: str) -> Iterator[Line]:
    for sentence in sentences:
        yield from paragraph(sentence, indent=INDENT)


def _open_else(finding: Finding, depends: str) -> Iterator[Line]:
    """What stands under an open ground, right or status: all of it in one paragraph."""
    source = f"{wording.source_line(finding)}."
    practice = wording.practice_line(finding.practice_state)
    yield from _indented(" ".join(part for part in (source, depends, practice) if part))


def _caution(text: str, name: str) -> Iterator[Line]:
    yield from paragraph(wording.caution_line(text, name), indent=INDENT, hanging=2)


def _beyond_its_title(finding: Finding) -> tuple[object, ...]:
    """All that `uncertain` prints of a finding, so that findings that differ in nothing else stand together."""
    return (
        finding.kind in BURDENS,
        finding.penalty,
        owners(finding.missing),
        finding.practice_state,
        finding.caution if finding.kind in BURDENS else (),
        wording.source_line(finding),
    )
