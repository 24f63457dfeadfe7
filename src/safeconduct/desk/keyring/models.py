"""Wraps of keys, and sessions. No relation leads into the other store: it is joined by ids that tell nothing."""

from uuid import uuid4

from django.db import models

from safeconduct.desk.keyring.fields import BytesField

LOOKUP_DIGITS = 64
"""A lookup is 32 bytes, kept as hexadecimal digits."""


class MemberKeys(models.Model):
    """How a member proves who they are, and the slots of their private key.

    `password` is what checks the password (it opens nothing), `totp` the second factor's secret as a field, and
    `totp_counter` the last step that was used: no code is taken twice. `security_keys` are public keys and counters of
    security keys as one field, of the same size for every member, also for one who has none.
    """

    member = models.UUIDField(primary_key=True)
    password = BytesField()
    password_slot = BytesField()
    recovery_slot = BytesField()
    totp = BytesField()
    totp_counter = models.BigIntegerField(default=0)
    security_keys = BytesField(default=b"")


class CustodianSeal(models.Model):
    """A member's private key for one pair of custodians."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    member = models.UUIDField(db_index=True)
    first = models.UUIDField()
    second = models.UUIDField()
    sealed = BytesField()


class Grant(models.Model):
    """A case key sealed to a member, or to the offline key of a channel (then `holder` is the channel)."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    case = models.UUIDField(db_index=True)
    domain = models.CharField(max_length=8)
    epoch = models.PositiveIntegerField()
    holder = models.UUIDField(db_index=True)
    sealed = BytesField()

    class Meta:
        """One grant a holder and domain: a new epoch takes the place of the old one."""

        constraints = (models.UniqueConstraint(fields=("case", "domain", "holder"), name="one_grant"),)


class Ring(models.Model):
    """The internal keys a member had when they last signed in, together under a key that only their private key makes.

    A list of thousands of cases is opened with it at once. It goes with every grant that is taken from the member.
    """

    member = models.UUIDField(primary_key=True)
    kept = BytesField()


class RenewalDue(models.Model):
    """A case from which a grant was taken without a holder at hand: the next who holds it renews its keys."""

    case = models.UUIDField(primary_key=True)


class Contact(models.Model):
    """A contact's two slots and the thread's key sealed to it. The second slot is random bytes until it is used."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    case = models.UUIDField(unique=True)
    public = BytesField()
    lookup_0 = models.CharField(max_length=LOOKUP_DIGITS, unique=True)
    slot_0 = BytesField()
    lookup_1 = models.CharField(max_length=LOOKUP_DIGITS, unique=True)
    slot_1 = BytesField()
    epoch = models.PositiveIntegerField()
    grant = BytesField()


class DataKey(models.Model):
    """The data key of a record under the case key of its domain; `epoch` is that of this wrap."""

    record = models.UUIDField(primary_key=True)
    case = models.UUIDField(db_index=True)
    domain = models.CharField(max_length=8)
    epoch = models.PositiveIntegerField()
    wrapped = BytesField()


class KeptSession(models.Model):
    """A session: the hash of its id, whose it is, and what only the id opens."""

    lookup = models.CharField(max_length=LOOKUP_DIGITS, primary_key=True)
    owner = models.UUIDField(null=True, db_index=True)
    kept = BytesField()
    day = models.DateField()


class IntakeReceipt(models.Model):
    """A form that was taken in, so that sending it again gives the same code. It goes within days."""

    lookup = models.CharField(max_length=LOOKUP_DIGITS, primary_key=True)
    contact = models.UUIDField()
    case = models.UUIDField(db_index=True)
    kept = BytesField()
    day = models.DateField()


class Pending(models.Model):
    """Something begun that a second step must finish: a sign-in before its code, an enrolment, a recovery.

    Only the token that was handed out opens what is kept. `tries` counts the second steps that failed.
    """

    lookup = models.CharField(max_length=LOOKUP_DIGITS, primary_key=True)
    kind = models.CharField(max_length=16)
    owner = models.UUIDField(db_index=True)
    kept = BytesField()
    tries = models.PositiveSmallIntegerField(default=0)
    day = models.DateField()


class RecoveryRequest(models.Model):
    """A member who asks two custodians for their key: `public` is the fresh key it will be sealed to.

    `halves` is what the first of each pair handed on (only the second opens it), `handed` the member's key sealed to
    `public`.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    member = models.UUIDField(db_index=True)
    public = BytesField()
    halves = BytesField(default=b"")
    handed = BytesField(default=b"")
    day = models.DateField()


class BlockKey(models.Model):
    """The private key of a channel's blocks, sealed to one who reads the channel; a row for each of them.

    `pair` names the key pair, `public` is its public half. `holders` is a digest of all to whom it was sealed: once the
    channel is read by others, no block is sealed to it any more.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    pair = models.UUIDField(db_index=True)
    channel = models.UUIDField(db_index=True)
    holder = models.UUIDField(db_index=True)
    holders = models.CharField(max_length=LOOKUP_DIGITS)
    public = BytesField()
    sealed = BytesField()
