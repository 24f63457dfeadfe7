"""How often something may be tried. What is stored says neither what was tried nor by whom nor at which hour."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError
from django.db.models import F
from django.db.transaction import atomic

from safeconduct.desk.members.models import Throttle
from safeconduct.desk.project.configuration import in_use
from safeconduct.desk.project.routers import DATA
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.vault.site import tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How often something may be tried.

    Args:
        kind: What is tried.
        parts: By or on what: a lookup, an id.
        most: How many tries a window holds.
        window: How long a window is.
    """

    kind: str
    most: int
    window: timedelta
    parts: tuple[bytes, ...] = ()


def refuse_spent(*budgets: Budget, now: datetime) -> None:
    """Refuse what is too much already. It only reads: a flood must not make the store write.

    Args:
        budgets: Of which none may be used up.
        now: The moment, in UTC.
    Raises:
        RefusedError: TOO_OFTEN.
    """
    if any(counted(one.kind, *one.parts, window=one.window, now=now) >= one.most for one in budgets):
        raise RefusedError(Reason.TOO_OFTEN)


def spend(*budgets: Budget, now: datetime) -> None:
    """Count one more try in each budget; of those who come in one moment, too, no more go on than it holds.

    Args:
        budgets: The budgets that the try needs.
        now: The moment, in UTC.
    Raises:
        RefusedError: TOO_OFTEN.
    """
    refuse_spent(*budgets, now=now)
    for one in budgets:
        if count(one.kind, *one.parts, window=one.window, now=now) > one.most:
            raise RefusedError(Reason.TOO_OFTEN)


def count(kind: str, *parts: bytes, window: timedelta, now: datetime) -> int:
    """Count one more try, and say how many there were in this window of time.

    Args:
        kind: What is tried.
        parts: By or on what: a lookup, an id.
        window: How long a window is.
        now: The moment, in UTC.
    """
    key = _key(kind, *parts, window=window, now=now)
    with atomic(using=DATA):
        if not Throttle.objects.filter(pk=key).update(count=F("count") + 1):
            try:
                with atomic(using=DATA):
                    Throttle.objects.create(key=key, count=1, day=now.date())
            except IntegrityError:  # Another process made it in this very moment.
                Throttle.objects.filter(pk=key).update(count=F("count") + 1)
        return Throttle.objects.values_list("count", flat=True).get(pk=key)


def counted(kind: str, *parts: bytes, window: timedelta, now: datetime) -> int:
    """How many tries there were in this window of time."""
    row = Throttle.objects.filter(pk=_key(kind, *parts, window=window, now=now)).first()
    return 0 if row is None else row.count


def forget(*, now: datetime) -> None:
    """Take away what was counted on earlier days."""
    Throttle.objects.filter(day__lt=now.date()).delete()


def _key(kind: str, *parts: bytes, window: timedelta, now: datetime) -> str:
    number = int(now.timestamp() // window.total_seconds())
    return tag(in_use().keys.rate, kind, number.to_bytes(8, "big"), *parts).hex()
