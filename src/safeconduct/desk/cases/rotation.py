"""Renewing the keys of a case: the next epoch for those who remain, and for the contact. Contents stay as they are.

It needs a holder's session, because nobody else has the key of the epoch that ends.
"""

from collections.abc import Mapping
from uuid import UUID

from safeconduct.desk.cases.channels import holders_of, public_keys
from safeconduct.desk.cases.keeping import TABLE
from safeconduct.desk.cases.models import Case
from safeconduct.desk.keyring.models import Contact, DataKey, Grant, RenewalDue
from safeconduct.vault.cases import CaseKey, Domain, renew
from safeconduct.vault.records import RecordId, rewrap
from safeconduct.vault.sealing import PublicKey


def is_due(case: UUID) -> bool:
    """Whether a grant was taken from a case while no holder was there."""
    return RenewalDue.objects.filter(pk=case).exists()


def renewed(case: Case, key: CaseKey) -> CaseKey:
    """The key of the next epoch of one domain, with everything in the keyring under it. Inside a transaction.

    Args:
        case: The row of the case.
        key: The key of the epoch that ends.
    """
    contact = _contact(key)
    told = None if contact is None else (contact.pk, PublicKey(contact.public))
    renewal = renew(key, remaining=_remaining(case, key), contact=told)
    new, domain = renewal.key, key.domain.value
    Grant.objects.filter(case=case.pk, domain=domain).delete()
    Grant.objects.bulk_create(
        Grant(case=case.pk, domain=domain, epoch=new.epoch, holder=holder, sealed=sealed)
        for holder, sealed in renewal.grants.items()
    )
    if contact is not None and renewal.contact_grant is not None:
        Contact.objects.filter(pk=contact.pk).update(epoch=new.epoch, grant=renewal.contact_grant)
    _rewrap(key, new)
    RenewalDue.objects.filter(pk=case.pk).delete()
    return new


def _contact(key: CaseKey) -> Contact | None:
    return Contact.objects.filter(case=key.case).first() if key.domain is Domain.THREAD else None


def _remaining(case: Case, key: CaseKey) -> Mapping[UUID, PublicKey]:
    holders = set(Grant.objects.filter(case=case.pk, domain=key.domain.value).values_list("holder", flat=True))
    remaining = public_keys(*holders)
    offline = holders_of(case.channel).get(case.channel_id)
    if offline is not None and case.channel_id in holders:
        remaining[case.channel_id] = offline
    return remaining


def _rewrap(old: CaseKey, new: CaseKey) -> None:
    rows = list(DataKey.objects.filter(case=old.case, domain=old.domain.value))
    for row in rows:
        row.wrapped = rewrap(row.wrapped, RecordId(table=TABLE, record=row.pk), old=old, new=new)
        row.epoch = new.epoch
    DataKey.objects.bulk_update(rows, ("wrapped", "epoch"), batch_size=200)
