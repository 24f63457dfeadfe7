"""Questions and answers: the answer in our own words, then what the pages of law answer for the example, computed."""

from collections.abc import Iterator, Sequence
from datetime import date

from safeconduct.packs.answers import NAMED, PublicAnswer, cases_of
from safeconduct.packs.assembly import Assembled
from safeconduct.packs.cases import Case
from safeconduct.packs.site.frame import page, up
from safeconduct.packs.site.law_page import address_of
from safeconduct.packs.site.marks import worded
from safeconduct.packs.site.markup import Child, Markup, tag
from safeconduct.packs.site.seats import seat
from safeconduct.rules.finding import DayRange, Finding
from safeconduct.rules.position import Assessor

_DEPTH = 2


def answer_address(one: PublicAnswer) -> str:
    """Where a question stands in the site."""
    return f"questions/{one.theme}/{one.name}.html"


def answer_page(assembled: Assembled, one: PublicAnswer) -> bytes:
    """A question with its answer.

    Args:
        assembled: All pages.
        one: The question.
    """
    return page(
        one.question,
        tag("p", _checked(assembled, one), class_="notice"),
        [tag("p", _linked(assembled, paragraph)) for paragraph in one.paragraphs],
        tag("h2", "What the pages of law answer for an example"),
        tag("p", "Computed from the pages each time this text is made. Another person's facts give another answer."),
        [_example(assembled, case) for case in cases_of(assembled, one)],
        depth=_DEPTH,
        until="",
    )


def _checked(assembled: Assembled, one: PublicAnswer) -> str:
    """Up to which day the law behind an answer is known: the earliest of the folders that it rests on."""
    corpus = assembled.corpus
    cases = cases_of(assembled, one)
    folders = {corpus.provisions[each.id].place.name.partition("/")[0] for case in cases for each in case.expected}
    days = sorted((corpus.reviewed_until[name], name) for name in folders if name in corpus.reviewed_until)
    return (
        f"The law was checked up to {days[0][0]}; no lawyer has read this page." if days else "No lawyer has read this."
    )


def _linked(assembled: Assembled, paragraph: str) -> Iterator[Child]:
    """A paragraph with its ids in brackets as links to the provisions."""
    end = 0
    for match in NAMED.finditer(paragraph):
        provision = assembled.corpus.provisions.get(match[1])
        yield paragraph[end : match.start()]
        end = match.end()
        address = address_of(provision.place.name) if provision is not None else ""
        yield tag("small", "[", up(_DEPTH, f"{address}#{match[1]}", match[1]), "]") if address else match[0]
    yield paragraph[end:]


def _example(assembled: Assembled, case: Case) -> Markup:
    assessor = Assessor(assembled.corpus, case.situation)
    found = [assessor.finding(each.id, case.on.toordinal()) for each in case.expected]
    return tag(
        "section",
        tag("h3", f"On {case.on}"),
        tag("p", "Told: ", tag("code", case.text)),
        [_finding(assembled, one) for one in found],
        class_="card",
    )


def _finding(assembled: Assembled, finding: Finding) -> list[Child]:
    address = address_of(assembled.corpus.provisions[finding.id].place.name)
    return [
        tag(
            "p",
            up(_DEPTH, f"{address}#{finding.id}", f"{finding.id} {finding.title}"),
            ": ",
            tag("strong", worded(finding)),
            ". ",
            finding.says,
        ),
        [tag("p", text, class_="quiet") for text in _days(finding)],
        [tag("p", f"Caution: {one.text}", class_="quiet") for one in finding.caution],
        seat(finding.citations[0]) if finding.citations else None,
    ]


def _days(finding: Finding) -> Sequence[str]:
    found = []
    if finding.deadline is not None:
        found += [text for text in (finding.deadline.tells, finding.deadline.late) if text]
        if finding.deadline.ends != DayRange(earliest=None, latest=None):
            found.append(f"Last day to act: {_range(finding.deadline.ends)}.")
    if finding.stay is not None:
        for model, days in finding.stay.last_lawful.items():
            if days is not None:
                found.append(f"Last lawful day of the stay, counted by model {model}: {_range(days)}.")
    if finding.penalty is not None and finding.penalty.most_months is not None:
        least = finding.penalty.least_months or 0
        found.append(f"Imprisonment of {least} to {finding.penalty.most_months} months can be imposed.")
    return found


def _range(days: DayRange) -> str:
    def shown(day: date | None) -> str:
        return str(day) if day is not None else "an unknown day"

    return shown(days.earliest) if days.earliest == days.latest else f"{shown(days.earliest)} to {shown(days.latest)}"
