"""A member's ring: the internal keys of all their cases in one row, so that a list opens them at once.

What it does not have (a case that came in since, a renewed key) is opened by its grant; what the grants do not have any
more is not looked for in it.
"""

from collections.abc import Mapping
from uuid import UUID

from safeconduct.desk.cases.holding import opened
from safeconduct.desk.keyring.models import Grant, Ring
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.project.stores import both_stores
from safeconduct.vault.cases import CaseKey, Domain
from safeconduct.vault.rings import close_ring, open_ring

_LEAST = 50
"""Below so many cases the grants are opened as fast as anybody clicks."""


def fill_ring(actor: Actor) -> None:
    """Gather the keys of all cases the actor holds."""
    grants = list(Grant.objects.filter(holder=actor.member, domain=Domain.INTERNAL.value))
    keys = [opened(actor, grant) for grant in grants] if len(grants) >= _LEAST else []
    with both_stores():
        Ring.objects.filter(pk=actor.member).delete()
        # A grant that was taken away while its key was opened here must not live on in the ring.
        still = Grant.objects.filter(pk__in=[grant.pk for grant in grants]).count() == len(grants)
        if keys and still:
            kept = close_ring(keys, member=actor.member, private=actor.private)
            Ring.objects.create(member=actor.member, kept=kept)


def open_ring_of(actor: Actor) -> Mapping[tuple[UUID, int], CaseKey]:
    """The keys in the actor's ring, by case and epoch."""
    row = Ring.objects.filter(pk=actor.member).first()
    keys = () if row is None else open_ring(row.kept, member=actor.member, private=actor.private)
    return {(key.case, key.epoch): key for key in keys}
