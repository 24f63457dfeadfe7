"""What is wrong with the stores of a desk, and with how it is staffed. It counts rows and opens nothing."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from safeconduct.desk.cases.holders import how_many
from safeconduct.desk.cases.models import Case, Channel, ChannelMember, RetentionDay
from safeconduct.desk.members.models import CustodianSet, Member
from safeconduct.desk.members.roles import Role, State, from_text
from safeconduct.desk.operating.findings import Code, Finding
from safeconduct.desk.project.routers import DATA, KEYRING

_LATE = timedelta(days=2)
_FULL, _ON = 1, 1
_ENOUGH = 2


def check_stores(*, today: date) -> list[Finding]:
    """What is wrong with both stores; how the desk is staffed is looked at only where they can be used.

    Args:
        today: The day.
    """
    found = [finding for store in (DATA, KEYRING) for finding in _store(store)]
    if found:
        return found
    return [*_people(), *_channels(), *_cases(today=today)]


def _finding(code: Code, place: str, says: str) -> Finding:
    return Finding(code=code, place=place, says=says)


def _store(name: str) -> Iterator[Finding]:
    connection = connections[name]
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan([node for node in executor.loader.graph.leaf_nodes() if _is_ours(node)])
        if missing:
            yield _finding(Code.STORE_OLD, name, "its tables are not those of this version")
        elif connection.vendor == "sqlite":
            yield from _sqlite(name)
    except DatabaseError:
        yield _finding(Code.STORE_AWAY, name, "it cannot be reached or read")


def _is_ours(node: tuple[str, str]) -> bool:
    return node[0] in {"keyring", "members", "cases"}


def _sqlite(name: str) -> Iterator[Finding]:
    told = {pragma: _pragma(name, pragma) for pragma in ("auto_vacuum", "secure_delete", "journal_mode")}
    if told != {"auto_vacuum": _FULL, "secure_delete": _ON, "journal_mode": "wal"}:
        yield _finding(Code.SHREDDING_WEAK, name, "what is deleted may stay in the file")
    if _pragma(name, "quick_check") != "ok":
        yield _finding(Code.STORE_BROKEN, name, "the file is damaged")


def _pragma(name: str, pragma: str) -> object:
    with connections[name].cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        row = cursor.fetchone()
    return None if row is None else row[0]


def _people() -> Iterator[Finding]:
    active = list(Member.objects.filter(state=State.ACTIVE.value))
    if not any(Role.ADMINISTRATOR in from_text(row.roles) for row in active):
        yield _finding(Code.NO_ADMINISTRATOR, "members", "nobody can invite anybody")
    if not CustodianSet.objects.filter(current=True).exists():
        yield _finding(Code.NO_CUSTODIANS, "custodians", "a member who loses password and code loses their cases")
    without = sum(not row.recovery_proven for row in active)
    if without:
        yield _finding(Code.DRILL, "members", f"{without} never typed their printed code")


def _channels() -> Iterator[Finding]:
    active = set(Member.objects.filter(state=State.ACTIVE.value).exclude(public=b"").values_list("pk", flat=True))
    readers = {row.pk: 0 for row in Channel.objects.filter(is_open=True)}
    for row in ChannelMember.objects.filter(channel__in=readers):
        readers[row.channel_id] += row.member in active
    if not any(readers.values()):
        yield _finding(Code.NO_CHANNEL, "channels", "none is open that somebody reads")
    alone = sum(number == 1 for number in readers.values())
    if alone:
        yield _finding(Code.ONE_READER, "channels", f"{alone} have a single reader")


def _cases(*, today: date) -> Iterator[Finding]:
    holders = how_many(cases := list(Case.objects.only("pk", "channel_id")))
    alone = sum(holders[case.pk] < _ENOUGH for case in cases)
    if alone:
        yield _finding(Code.ONE_HOLDER, "cases", f"{alone} have fewer than two holders")
    last = RetentionDay.objects.filter(pk=1).first()
    if last is not None and not timedelta(0) <= today - last.day <= _LATE:
        yield _finding(Code.RETENTION_LATE, "clock", f"what is due was last shredded on {last.day.isoformat()}")
