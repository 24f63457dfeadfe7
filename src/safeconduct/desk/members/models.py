"""Members as the usual store knows them: pseudonyms, roles and days. Names stand under the site's key for fields."""

from uuid import uuid4

from django.db import models

from safeconduct.desk.keyring.fields import BytesField

LOOKUP_DIGITS = 64


class Member(models.Model):
    """A member. `login` is a lookup of the name they sign in with; `public` is empty until they have a key.

    `door_replaced` says how often their door code was replaced, which is as often as they printed a code anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    login = models.CharField(max_length=LOOKUP_DIGITS, unique=True)
    name = BytesField()
    roles = models.CharField(max_length=80)
    state = models.CharField(max_length=8)
    public = BytesField()
    seen = models.DateField(null=True)
    recovery_proven = models.BooleanField(default=False)
    custodian_set = models.UUIDField(null=True)
    door_replaced = models.PositiveIntegerField(default=0)


class Invitation(models.Model):
    """A one-time link. `member` is set where it gives a new key to somebody who is a member already."""

    lookup = models.CharField(max_length=LOOKUP_DIGITS, primary_key=True)
    id = models.UUIDField(default=uuid4, unique=True)
    told = BytesField()
    roles = models.CharField(max_length=80)
    member = models.UUIDField(null=True)
    day = models.DateField()


class CustodianSet(models.Model):
    """The three whom the organisation named; the newest counts."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    one = models.UUIDField()
    two = models.UUIDField()
    three = models.UUIDField()
    current = models.BooleanField(default=True)


class Throttle(models.Model):
    """How often something was tried: the key tells neither what nor when without the site's key for limits."""

    key = models.CharField(max_length=LOOKUP_DIGITS, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    day = models.DateField()


class SystemTrail(models.Model):
    """What happened to the system: a kind, a day, a pseudonym that only the site's key leads back from, and a seal."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    day = models.DateField()
    kind = models.CharField(max_length=32)
    by = models.CharField(max_length=LOOKUP_DIGITS)
    about = models.CharField(max_length=LOOKUP_DIGITS)
    seal = models.CharField(max_length=LOOKUP_DIGITS)
