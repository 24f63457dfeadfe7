"""Cases as the usual store knows them: ciphertext, a day for the whole case, and ids that tell nothing.

A record holds no day and no author of its own: both stand inside the ciphertext.
"""

from uuid import uuid4

from django.db import models

from safeconduct.desk.keyring.fields import BytesField


class Channel(models.Model):
    """A way in. New cases are sealed to its members, and to its offline key where there is one."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    name = BytesField()
    is_open = models.BooleanField(default=True)
    retention_days = models.PositiveIntegerField(default=90)
    offline_public = BytesField(default=b"")


class ChannelMember(models.Model):
    """A member to whom the new cases of a channel are sealed."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE)
    member = models.UUIDField(db_index=True)

    class Meta:
        """Each member once."""

        constraints = (models.UniqueConstraint(fields=("channel", "member"), name="once_in_a_channel"),)


class Case(models.Model):
    """A case. `day` is that of the last change of anything in it; `shred_on` the day on which it is to go, once closed.

    What it is about, its state and its history are inside its records.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT)
    day = models.DateField()
    shred_on = models.DateField(null=True)
    in_queue = models.BooleanField(default=False)
    ended = models.BooleanField(default=False)


class Record(models.Model):
    """One thing in a case: a message, a note, a file, a person, a position, the summary, a line of the trail.

    `epoch` is that of the case key when the content was written.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    case = models.ForeignKey(Case, on_delete=models.CASCADE)
    domain = models.CharField(max_length=8)
    kind = models.CharField(max_length=12)
    epoch = models.PositiveIntegerField()
    body = BytesField()

    class Meta:
        """A page of a case asks for some kinds of its records."""

        indexes = (models.Index(fields=("case", "kind"), name="kinds_of_a_case"),)


class FileBody(models.Model):
    """The bytes of a file, encrypted in chunks, and the seal that holds its length."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True)
    seal = BytesField()


class Piece(models.Model):
    """A piece of an encrypted file; the pieces in order are the file."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    body = models.ForeignKey(FileBody, on_delete=models.CASCADE)
    number = models.PositiveIntegerField()
    content = BytesField()

    class Meta:
        """Each number once."""

        constraints = (models.UniqueConstraint(fields=("body", "number"), name="one_piece_a_number"),)


class Counter(models.Model):
    """How many cases of a kind were closed in a month; it has no way back to a case."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    month = models.DateField()
    channel = models.UUIDField()
    name = models.CharField(max_length=40)
    count = models.PositiveIntegerField(default=0)


class DummyList(models.Model):
    """Which cases are of nobody, under the site's secret; always of the same size."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    kept = BytesField()


class RetentionDay(models.Model):
    """The last day on which cases were looked through for shredding: a clock that jumps is noticed by it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    day = models.DateField()
