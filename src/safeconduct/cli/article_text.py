"""A provision for the terminal and for programs: title, prose, clauses with their seats, days in force, cases."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from safeconduct.cli.article import Article
from safeconduct.cli.layout import Line, bullet, heading, paragraph
from safeconduct.packs.cases import Result
from safeconduct.rules.tree import Clause, Deadline, Penalty, Provision, Span, Stay
from safeconduct.values.citation import Citation

_BAR_YEARS = range(2022, 2028)


def article_lines(article: Article) -> Iterator[Line]:
    """The article, readable at 80 columns."""
    provision = article.provision
    yield from (Line(text=line.text, strong=True) for line in paragraph(f"{provision.id}  {provision.title}"))
    kind = f"{provision.kind.value}; confidence {provision.confidence.value}; {provision.place.name}"
    yield from paragraph(kind)
    yield from paragraph(f"Status of the page: {article.status}." if article.status else "")
    for fault in article.faults:
        yield from paragraph(f"At fault: {fault.place.line}: {fault.message} [{fault.code}]")
    yield from heading(article.heading or "What it says")
    for part in article.prose.split("\n\n"):
        yield from paragraph(" ".join(part.split()))
    yield from paragraph(f"To a person whom it reaches: {provision.says}" if provision.says else "")
    yield from _seat(provision.citation)
    yield from heading("In force")
    yield from in_force(provision.span)
    yield from _reviewed(article.reviewed_until)
    yield from _clause_lines(provision)
    yield from _with_it(provision)
    yield from _case_lines(article.results)
    if article.referring:
        yield from heading("Who refers to it")
        yield from paragraph(", ".join(name.replace("_", " ") for name in article.referring))


def in_force(span: Span) -> Iterator[Line]:
    """The days of the text in words, and as a bar with one sign for two months."""
    first = f"from {span.first}" if span.first else "since before these pages begin"
    last = f"until {span.last}, that day included" if span.last else "with no end so far"
    yield from paragraph(f"{first}, {last}")
    scale, bar = "", ""
    for year in _BAR_YEARS:
        scale += f"{year:<6}"
        bar += "".join("#" if _holds(span, date(year, month, 15)) else "." for month in (1, 3, 5, 7, 9, 11))
    yield Line(text=f"  {scale.rstrip()}")
    yield Line(text=f"  {bar}")


def _holds(span: Span, day: date) -> bool:
    return (span.first is None or span.first <= day) and (span.last is None or day <= span.last)


def _reviewed(until: date | None) -> Iterator[Line]:
    yield from paragraph(f"The pages know the law up to {until}." if until else "")


def _seat(citation: Citation, *, indent: int = 0) -> Iterator[Line]:
    seat = " ".join(part for part in (citation.act, citation.article) if part)
    yield from paragraph(f"Source: {seat or 'none named'}, confidence {citation.confidence.value}", indent=indent)
    for source in citation.sources:
        mark = f"[{source.mark}] " if source.mark else ""
        note = f" ({source.note})" if source.note and source.url else source.note
        yield from paragraph(f"{mark}{source.url or ''}{note}", indent=indent + 2, hanging=4)


def _clause_lines(provision: Provision) -> Iterator[Line]:
    if not provision.clauses:
        return
    yield from heading("Conditions and exceptions")
    for clause in provision.clauses:
        yield from bullet(_clause(clause))
        if clause.citation is not None:
            yield from _seat(clause.citation, indent=4)


def _clause(clause: Clause) -> str:
    if clause.role == "exception":
        effect = "then it holds all the same" if clause.outcome else "then it does not hold"
        return f'exception "{clause.by}", {effect}: {clause.text}'
    return clause.text


def _with_it(provision: Provision) -> Iterator[Line]:
    """Deadline, stay, penalty, practice, cautions: what comes with the answer."""
    found = [
        *_penalty(provision.penalty),
        *_deadline(provision.deadline),
        *_stay(provision.stay),
        *(f"{note.text} ({_days(note.span)})" for note in provision.notes),
        *(f"{caution.id}: {caution.text}" if caution.id else caution.text for caution in provision.cautions),
    ]
    if provision.of:
        found.append("alternatives: " + ", ".join(provision.of))
    if provision.beside:
        found.append("stands beside " + ", ".join(provision.beside))
    if provision.dated:
        found.append(f"reported for {provision.dated}")
    if found:
        yield from heading("What comes with it")
        for text in found:
            yield from bullet(text)


def _days(span: Span) -> str:
    parts = [f"from {span.first}" if span.first else "", f"until {span.last}" if span.last else ""]
    return " ".join(part for part in parts if part) or "on all days"


def _penalty(penalty: Penalty | None) -> Iterator[str]:
    if penalty is None:
        return
    if penalty.most_months is not None:
        yield f"imprisonment of {penalty.least_months} to {penalty.most_months} months"
    yield from penalty.alternatives


def _deadline(deadline: Deadline | None) -> Iterator[str]:
    if deadline is None:
        return
    yield from (window.text for window in deadline.windows)
    if deadline.met_by:
        yield "met by " + ", ".join(pattern.event.replace("_", " ") for pattern in deadline.met_by)
    yield from (text for text in (deadline.safer_text, deadline.late) if text)
    if deadline.if_missed:
        yield f"missed means {deadline.if_missed}"


def _stay(stay: Stay | None) -> Iterator[str]:
    if stay is not None:
        period = f" in each {stay.window_days}" if stay.window_days else ""
        yield f"at most {stay.most_days} days{period} in {stay.country}, counted by {', '.join(stay.models)}"


def _case_lines(results: tuple[Result, ...]) -> Iterator[Line]:
    if not results:
        return
    yield from heading(f"Cases ({len(results)})")
    for result in results:
        sign = "ok  " if not result.differences else "FAIL"
        details = "".join(f", {detail.word} {detail.value}" for detail in result.expected.details)
        text = f"on {result.case.on}: {result.expected.answer.value}{details}"
        yield from paragraph(text, lead=f"{sign} ", hanging=5)
        yield from paragraph(result.case.text, indent=5)
        for difference in result.differences:
            yield from paragraph(f"found {difference.found}", indent=5)


# --- for programs ----------------------------------------------------------------------------------------------


def article_json(article: Article) -> dict[str, Any]:
    """The same as a value for JSON."""
    provision = article.provision
    return {
        "id": provision.id,
        "kind": provision.kind.value,
        "title": provision.title,
        "says": provision.says,
        "page": provision.place.name,
        "line": provision.place.line,
        "status": article.status,
        "reviewed_until": str(article.reviewed_until) if article.reviewed_until else None,
        "heading": article.heading,
        "prose": article.prose,
        "from": str(provision.span.first) if provision.span.first else None,
        "until": str(provision.span.last) if provision.span.last else None,
        "source": _citation_json(provision.citation),
        "clauses": [
            {
                "role": clause.role,
                "text": clause.text,
                "line": clause.place.line,
                "source": _citation_json(clause.citation) if clause.citation is not None else None,
            }
            for clause in provision.clauses
        ],
        "cases": [
            {
                "told": result.case.text,
                "on": str(result.case.on),
                "expected": result.expected.answer.value,
                "met": not result.differences,
            }
            for result in article.results
        ],
        "referring": list(article.referring),
    }


def _citation_json(citation: Citation) -> dict[str, Any]:
    return {
        "act": citation.act,
        "article": citation.article,
        "confidence": citation.confidence.value,
        "sources": [{"mark": source.mark, "url": source.url, "note": source.note} for source in citation.sources],
    }
