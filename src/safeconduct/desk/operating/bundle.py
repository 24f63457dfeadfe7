"""One end of an offline channel: what was sealed to its key, as a file to carry to a machine that is never on line.

A bundle is ciphertext with its seals, in the form of a backup; whoever has no offline key opens nothing of it. Only
threads go into it: internal notes never leave the desk.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

from safeconduct.desk.cases.keeping import BODY, FILE, TABLE
from safeconduct.desk.cases.models import Case, Channel, FileBody, Piece, Record
from safeconduct.desk.cases.values import Kind
from safeconduct.desk.keyring.models import DataKey, Grant
from safeconduct.desk.operating.archive import Head, Table, written
from safeconduct.desk.operating.backing_up import seal_of
from safeconduct.desk.operating.writing import write_new
from safeconduct.vault.cases import Domain

GRANTS = ("case", "epoch", "holder", "sealed")
RECORDS = ("case", "record", "kind", "epoch", "wrapped", "table", "column", "body")
FILES = ("record", "column", "seal")
PIECES = ("record", "content")
_THREAD = Domain.THREAD.value
_KINDS = (Kind.MESSAGE.value, Kind.FILE.value)


def offline_channels() -> tuple[UUID, ...]:
    """The channels that have an offline key."""
    return tuple(Channel.objects.exclude(offline_public=b"").order_by("pk").values_list("pk", flat=True))


def write_bundle(channel: UUID, *, folder: Path, today: date) -> Path:
    """Write what was sealed to the offline key of a channel.

    Args:
        channel: The channel.
        folder: Where the file goes.
        today: The day.
    Returns:
        The file.
    """
    head = Head(part="bundle", made=today, schema="1")
    path = folder / f"bundle-{str(channel)[:8]}-{today.isoformat()}.gz"
    write_new(path, written(head, _tables(channel), seal=lambda digest: seal_of("bundle", digest)))
    return path


def _tables(channel: UUID) -> Iterator[Table]:
    sealed = Grant.objects.filter(holder=channel, domain=_THREAD)
    known = set(Case.objects.filter(channel=channel).values_list("pk", flat=True))
    rows = [row for row in sealed.values_list(*GRANTS) if row[0] in known]
    cases = [row[0] for row in rows]
    yield Table(name="grants", columns=GRANTS, rows=rows)
    yield Table(name="records", columns=RECORDS, rows=_records(cases))
    bodies = FileBody.objects.filter(record__case__in=cases, record__domain=_THREAD)
    yield Table(name="files", columns=FILES, rows=((row.pk, FILE, row.seal) for row in bodies.iterator()))
    pieces = Piece.objects.filter(body__in=bodies).order_by("body_id", "number")
    yield Table(
        name="pieces",
        columns=PIECES,
        rows=pieces.values_list("body_id", "content").iterator(chunk_size=16),
    )


def _records(cases: list[UUID]) -> Iterator[tuple[object, ...]]:
    for case in cases:
        rows = list(Record.objects.filter(case=case, domain=_THREAD, kind__in=_KINDS).order_by("pk"))
        wraps = DataKey.objects.in_bulk([row.pk for row in rows])
        for row in rows:
            yield case, row.pk, row.kind, row.epoch, wraps[row.pk].wrapped, TABLE, BODY, row.body
