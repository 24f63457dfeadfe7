"""The sentences of the result that hold values: days, terms, penalties. Each is whole, and goes through gettext.

No term is called missed while a ground to act late is open. Every function is called while the language of the page is
active.
"""

from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from safeconduct.desk.check.spoken import one_day
from safeconduct.rules.finding import Answer, DayRange, DeadlineFound, PenaltyFound, State, StayFound

_MONTHS_IN_A_YEAR = 12


def day_text(day: date) -> str:
    """A day, as the language writes it."""
    return one_day(day.isoformat(), get_language() or "en")


def range_text(days: DayRange) -> str:
    """A day, or the days between which it lies, both included."""
    first, last = days.earliest, days.latest
    if first is not None and last is not None:
        if first == last:
            return day_text(first)
        return _("between %(first)s and %(last)s") % {"first": day_text(first), "last": day_text(last)}
    if first is not None:
        return _("not before %(day)s") % {"day": day_text(first)}
    return _("not after %(day)s") % {"day": day_text(last)} if last is not None else _("a day that is not known")


def _has_day(days: DayRange) -> bool:
    return days.earliest is not None or days.latest is not None


# --- terms -----------------------------------------------------------------------------------------------------


def state_text(deadline: DeadlineFound) -> str:
    """Where a term stands on the day asked."""
    if deadline.state is State.MISSED and (deadline.tells or deadline.late):
        return _("The days counted have ended. What stands first here is still open.")
    return {
        State.RUNNING: _("This term is running now."),
        State.NOT_STARTED: _("This term has not begun."),
        State.MET: _("By what you told, this was done in time."),
        State.MISSED: _("The days counted have ended. Ask a lawyer before you take it as lost."),
        State.UNKNOWN: _("We do not know whether this term runs, was met or has ended."),
    }[deadline.state]


def term_lines(deadline: DeadlineFound, on: date) -> tuple[str, ...]:
    """The days of a term, as far as they are known, and how many are left."""
    found = []
    starts, ends = deadline.starts, deadline.ends
    if _has_day(starts):
        found.append(_("First day counted: %(days)s.") % {"days": range_text(starts)})
    if ends.latest is not None and ends.latest < on:
        found.append(_("Last day counted: %(days)s. It lies behind.") % {"days": range_text(ends)})
    elif _has_day(ends):
        found.append(_("Last day to act: %(days)s.") % {"days": range_text(ends)})
    act_by = deadline.act_by
    if act_by is not None and act_by >= on and deadline.state is not State.MET:
        found.append(_("Act by %(day)s to be safe.") % {"day": day_text(act_by)})
        found.append(left_text(act_by, on))
    elif _has_day(ends) and (ends.latest is None or ends.latest >= on) and deadline.state is not State.MET:
        # Where no earliest end is known, "not after" some day alone would read as if all days until then were left.
        passed = _("The earliest possible last day has passed. Act at once, with a lawyer.")
        unknown = _("The last day may already have passed. Act at once, with a lawyer.")
        found.append(unknown if act_by is None else passed)
    return tuple(found)


def left_text(last: date, on: date) -> str:
    """How many days are left. It names the day from which it counts: where the reader is, another one may have begun.

    Args:
        last: The last safe day, not before the day asked.
        on: The day asked.
    """
    days, day = (last - on).days, day_text(on)
    if days == 0:
        return _("No day is left after %(day)s.") % {"day": day}
    words = ngettext("%(days)d day is left after %(day)s.", "%(days)d days are left after %(day)s.", days)
    return words % {"days": days, "day": day}


# --- stays -----------------------------------------------------------------------------------------------------


def stay_lines(stay: StayFound, on: date) -> tuple[str, ...]:
    """The day to plan with, and what the ways of counting say."""
    found = []
    lawful = _span(tuple(stay.last_lawful.values()))
    entry = _span(tuple(stay.next_entry.values()))
    if lawful is not None:
        found.append(_("Last lawful day of the stay: %(days)s.") % {"days": range_text(lawful)})
        if stay.safe is not None and stay.safe < on:
            found.append(_("By the strictest count this day lies behind. Ask a lawyer before you go to any office."))
        elif stay.safe is not None:
            found.append(_("Plan with the earliest day: %(day)s.") % {"day": day_text(stay.safe)})
            found.append(left_text(stay.safe, on))
        elif lawful.latest is None or lawful.latest >= on:
            found.append(_("This day may already have passed. Ask a lawyer before you go to any office."))
    if entry is not None:
        found.append(_("Entry is possible again: %(days)s.") % {"days": range_text(entry)})
    if not found:
        found.append(_("From what you told, no day can be named."))
    return tuple(found)


def _span(days: tuple[DayRange | None, ...]) -> DayRange | None:
    """The days that cover what every way of counting says; None if none says anything."""
    told = [one for one in days if one is not None]
    if not told:
        return None
    earliest, latest = [one.earliest for one in told], [one.latest for one in told]
    return DayRange(
        earliest=None if None in earliest else min(one for one in earliest if one is not None),
        latest=None if None in latest else max(one for one in latest if one is not None),
    )


# --- penalties -------------------------------------------------------------------------------------------------


def prison_text(penalty: PenaltyFound) -> str:
    """Imprisonment that a court may impose; "" where there is none."""
    least, most = penalty.least_months, penalty.most_months
    if most is None:
        if least is None:
            return ""
        return _("Imprisonment, at least: %(time)s.") % {"time": duration_text(least)}
    if not least:
        return _("Imprisonment, at most: %(time)s.") % {"time": duration_text(most)}
    if least == most:
        return _("Imprisonment: %(time)s.") % {"time": duration_text(most)}
    times = {"least": duration_text(least), "most": duration_text(most)}
    return _("Imprisonment, at least: %(least)s, at most: %(most)s.") % times


def duration_text(months: int) -> str:
    """A length in years where they are whole, else in months."""
    if months % _MONTHS_IN_A_YEAR == 0:
        years = months // _MONTHS_IN_A_YEAR
        return ngettext("%(number)d year", "%(number)d years", years) % {"number": years}
    return ngettext("%(number)d month", "%(number)d months", months) % {"number": months}


# --- answers ---------------------------------------------------------------------------------------------------


def answer_text(answer: Answer) -> str:
    """An answer, in words that permit and promise nothing."""
    return {
        Answer.YES: _("holds"),
        Answer.UNKNOWN: _("not known"),
        Answer.DISPUTED: _("disputed"),
        Answer.NO: _("does not reach you"),
    }[answer]


def change_text(before: Answer, after: Answer) -> str:
    """A change of an answer."""
    return _("now: %(before)s; from then: %(after)s") % {"before": answer_text(before), "after": answer_text(after)}
