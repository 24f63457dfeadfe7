"""A member's ring: the internal keys of all their cases in one row, so that a list opens them at once.

What it does not have (a case that came in since, a renewed key) is opened by its grant; what the grants do not have any
more is not looked for in it. It is filled at a sign-in, and again by a list for which it lacked many.
"""

from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID

from django.db import DatabaseError

from safeconduct.desk.cases.holding import opened
from safeconduct.desk.keyring.models import Grant, Ring
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.project.stores import both_stores
from safeconduct.vault.cases import CaseKey, Domain
from safeconduct.vault.rings import close_ring, open_ring

MANY = 50
"""Below so many cases the grants are opened as fast as anybody clicks."""
Keys = Mapping[tuple[UUID, int], CaseKey]
"""Keys of the internal domain by case and epoch."""


def fill_ring(actor: Actor, *, known: Keys | None = None) -> None:
    """Gather the keys of all cases the actor holds.

    Args:
        actor: Whose.
        known: Those that are open already.
    """
    mine = Grant.objects.filter(holder=actor.member, domain=Domain.INTERNAL.value)
    known = known or {}
    grants = list(mine.defer("sealed") if known else mine)
    keys = [known.get((one.case, one.epoch)) or opened(actor, one) for one in grants] if len(grants) >= MANY else []
    with both_stores():
        # A grant that is taken away while its key is opened here must not live on in the ring.
        held = set(mine.select_for_update().values_list("pk", flat=True))
        Ring.objects.filter(pk=actor.member).delete()
        if keys and held.issuperset(grant.pk for grant in grants):
            kept = close_ring(keys, member=actor.member, private=actor.private)
            Ring.objects.create(member=actor.member, kept=kept)


def lacks_many(ring: Keys, others: int) -> bool:
    """Whether so many keys that it did not have make a ring worth filling anew: 50, and a tenth of what it has."""
    return others >= max(MANY, len(ring) // 10)


def refill_ring(actor: Actor, known: Keys) -> None:
    """Fill a ring that lacked many keys, for the lists that follow; where nothing can be written, another time."""
    with suppress(DatabaseError):
        fill_ring(actor, known=known)


def open_ring_of(actor: Actor) -> Keys:
    """The keys in the actor's ring, by case and epoch."""
    row = Ring.objects.filter(pk=actor.member).first()
    keys = () if row is None else open_ring(row.kept, member=actor.member, private=actor.private)
    return {(key.case, key.epoch): key for key in keys}
