"""The clock of the desk. Views and the session store read it; actions are given the time."""

from datetime import UTC, date, datetime

from django.utils import timezone


def now() -> datetime:
    """The moment, in UTC."""
    return timezone.now().astimezone(UTC)


def today() -> date:
    """The day, in UTC."""
    return now().date()
