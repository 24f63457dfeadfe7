"""The sentences about days: deadlines and stays. They go through `wording.say` like all others.

No deadline is called missed while a ground to act late is open.
"""

from datetime import date

from safeconduct.packs.position.wording import owners, say
from safeconduct.rules.finding import DayRange, Finding, State, StayFound


def day_range(days: DayRange) -> str:
    """A day, or the days between which it lies."""
    first, last = days.earliest, days.latest
    if first is not None and last is not None:
        return str(first) if first == last else say("between {first} and {last}", first=first, last=last)
    if first is not None:
        return say("on or after {first}", first=first)
    return say("on or before {last}", last=last) if last is not None else say("on a day that is not known")


# --- deadlines -------------------------------------------------------------------------------------------------


def deadline_first(finding: Finding) -> tuple[str, ...]:
    """What is said of a deadline before anything else: whom to see, and why a late act is not lost."""
    if finding.deadline is None:
        return ()
    return tuple(part for part in (finding.deadline.tells, finding.deadline.late) if part)


_STATES = {
    State.RUNNING: "It is running on this day.",
    State.NOT_STARTED: "It has not started on this day.",
    State.MET: "What it asks for was done in time.",
    State.MISSED: "It was missed.",
    State.UNKNOWN: "Whether it runs, was met or has ended is not known.",
}


def state_line(finding: Finding) -> str:
    """Where a deadline stands; never "missed" while something helps a late act."""
    deadline = finding.deadline
    if deadline is None:
        return ""
    if deadline.state is State.MISSED and (deadline.tells or deadline.late):
        return say("The days counted have ended; the ground named first is still open.")
    if deadline.state is State.UNKNOWN and finding.missing:
        names = ", ".join(owners(finding.missing))
        return say("Whether it runs, was met or has ended depends on {names}.", names=names)
    return say(_STATES[deadline.state])


def deadline_days(finding: Finding, on: date) -> tuple[str, ...]:
    """The days of a deadline, as far as they are known."""
    deadline = finding.deadline
    if deadline is None:
        return ()
    found = []
    if deadline.starts.earliest is not None or deadline.starts.latest is not None:
        found.append(say("First day counted: {days}.", days=day_range(deadline.starts)))
    ends = deadline.ends
    if ends.latest is not None and ends.latest < on:
        found.append(say("The days counted from then ended {days}.", days=day_range(ends)))
    elif ends.earliest is not None or ends.latest is not None:
        found.append(say("Last day to act: {days}.", days=day_range(ends)))
    if deadline.act_by is not None and deadline.act_by >= on and deadline.state is not State.MET:
        found.append(say("Safe day to act by: {day}.", day=deadline.act_by))
    if deadline.if_missed and deadline.state is not State.MET:
        found.append(say("If the days pass unused: {what}.", what=deadline.if_missed.rstrip(".")))
    return tuple(found)


# --- stays -----------------------------------------------------------------------------------------------------

MODELS = {
    "L": "looking back from each day (L)",
    "F": "fixed periods from the first entry (F)",
    "G": "anew after a gap outside (G)",
    "E": "from each entry",
}


def stay_rule(stay: StayFound) -> str:
    """The rule; where models of counting differ, that they do."""
    if len(stay.last_lawful) > 1:
        return say("{rule}. It is not settled how these days are laid.", rule=stay.rule)
    return say("{rule}.", rule=stay.rule)


def stay_models(stay: StayFound) -> tuple[str, ...]:
    """What the ways of counting say; those that agree are named together."""
    said: dict[str, list[str]] = {}
    for model in stay.last_lawful:
        said.setdefault(_counted(stay, model), []).append(model)
    if len(said) == 1 and len(stay.last_lawful) > 1:
        return tuple(say("by each way of counting: {counted}", counted=counted) for counted in said)
    return tuple(
        say("{models}: {counted}", models="; ".join(MODELS.get(model, model) for model in models), counted=counted)
        for counted, models in said.items()
    )


def _counted(stay: StayFound, model: str) -> str:
    parts = []
    for sentence, days in (
        ("last lawful day {days}", stay.last_lawful.get(model)),
        ("entry possible again {days}", stay.next_entry.get(model)),
    ):
        if days is not None:
            parts.append(say(sentence, days=day_range(days)))
    for sentence, number in (("days used {days}", stay.used.get(model)), ("days left {days}", stay.left.get(model))):
        if number is not None:
            parts.append(say(sentence, days=_numbers(number)))
    return "; ".join(parts) if parts else say("cannot be told")


def _numbers(found: tuple[int, int]) -> str:
    least, most = found
    return str(least) if least == most else say("{least} to {most}", least=least, most=most)


def stay_depends(missing: list[str]) -> str:
    """On what it depends whether the limit governs this stay; "" if on nothing."""
    return say("Whether it governs depends on {names}.", names=", ".join(missing)) if missing else ""


def stay_safe(stay: StayFound, on: date) -> str:
    """The day to plan with; "" if none is known."""
    if stay.safe is None:
        return ""
    if any(days is not None for days in stay.last_lawful.values()):
        if stay.safe < on:
            return say("The earliest of these days, {day}, lies before the day asked.", day=stay.safe)
        return say("Plan with the earliest of these days: {day}.", day=stay.safe)
    return say("Plan with the latest of these days: {day}.", day=stay.safe)
