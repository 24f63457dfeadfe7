"""A reform of the age of conscription as text, and as CSV with the tags of humanitarian exchange (HXL)."""

import csv
import io
from collections.abc import Mapping
from datetime import date

from safeconduct.population.reform import PUBLISHED, Effect, Published, Reform, days_shown
from safeconduct.population.shipped import BIRTHS_SOURCE
from safeconduct.population.words import number, say
from safeconduct.values.days import iso

LAST_YEAR = 2030
HEADER = ("day", "men_added_on_paper", "men_added_with_transition", "men_no_longer_liable")
HXL = ("#date", "#affected+m+on_paper", "#affected+m+with_transition", "#affected+m+ceased")


def effects(reform: Reform, births: Mapping[int, int]) -> list[Effect]:
    """The effect on the first and the last day of each year."""
    return [reform.effect(day, births) for day in days_shown(reform.after, LAST_YEAR)]


def reform_csv(reform: Reform, births: Mapping[int, int]) -> str:
    """A tidy table: a header, the HXL tags, one row a day; whole men."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerow(HXL)
    for one in effects(reform, births):
        writer.writerow([one.on.isoformat(), *map(round, (one.on_paper, one.added, one.ceased))])
    return text.getvalue()


def assumptions(reform: Reform, language: str) -> list[str]:
    """What the figures rest on, and what they leave out."""
    return [
        say(language, "reform births", source=BIRTHS_SOURCE),
        say(language, "reform leaves out"),
        say(language, "reform rest"),
        say(language, "reform reading", old=reform.old_limit, after=reform.after),
        say(language, "reform unknown"),
    ]


def title(reform: Reform, language: str) -> str:
    """What it is about."""
    return say(language, "reform title", old=reform.old_limit, new=reform.new_limit)


def names(reform: Reform, language: str) -> tuple[str, str]:
    """What the two figures are called."""
    last = reform.new_limit - 1
    day = iso(reform.protected_until) if reform.protected_until is not None else ""
    return (
        say(language, "reform paper", old=reform.old_limit, last=last),
        say(language, "reform added", day=day),
    )


def reform_lines(reform: Reform, births: Mapping[int, int], language: str) -> list[str]:
    """The report for a terminal."""
    paper, added = names(reform, language)
    head = [say(language, f"reform head {name}") for name in ("day", "paper", "added", "ceased")]
    rows = [
        [one.on.isoformat(), *(number(language, men) for men in (one.on_paper, one.added, one.ceased))]
        for one in effects(reform, births)
    ]
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    table = ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in [head, *rows]]
    return [
        title(reform, language),
        say(language, "reform computed"),
        f"- {paper}",
        f"- {added}",
        "",
        *table,
        "",
        *(_beside(one, reform, births, language) for one in PUBLISHED),
        "",
        *assumptions(reform, language),
    ]


def _beside(one: Published, reform: Reform, births: Mapping[int, int], language: str) -> str:
    """A published estimate and what we compute for its day, or for both ends of its days."""
    published = number(language, one.men)

    def computed(day: date) -> float:
        found = reform.effect(day, births)
        return found.on_paper if one.on_paper else found.added

    if one.first == one.last:
        least = computed(one.first)
        difference = number(language, 100 * (least / one.men - 1))
        return say(
            language,
            "reform against",
            day=one.first,
            computed=number(language, least),
            published=published,
            difference=difference,
        )
    return say(
        language,
        "reform span",
        first=one.first,
        last=one.last,
        least=number(language, computed(one.first)),
        most=number(language, computed(one.last)),
        published=published,
    )
