"""A desk that is killed while people write, again and again; then everything that was acknowledged is looked for."""

import json
import random
import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bench.desk_site import staffed, start
from tests.desk.running import CONFIGURATION, use

SETTINGS = "least_seconds = 1\nintakes_a_minute = 100000\n"
WRITERS = 8
LEAST = 5


@dataclass
class Killed:
    """What is left after the kills."""

    acknowledged: dict = field(default_factory=dict)
    opened: dict = field(default_factory=dict)
    interrupted: int = 0
    integrity: list = field(default_factory=list)
    rows_without_wraps: int = 0
    wraps_without_rows: int = 0
    after_a_sweep: int = 0


def write_on(desk, killed, ended, name):
    number = 0
    while not ended.is_set():
        number += 1
        text = f"{name}-{number} of a person at risk"
        with desk.contact(timeout=20) as browser:
            answer = browser.write(text)
        if answer.code():
            killed.acknowledged[text] = answer.code()
        elif answer.status == 0:
            killed.interrupted += 1


def wait_for(number, *, since, killed):
    """Until so many more were acknowledged: a busy machine takes longer for them, and a minute at most."""
    until = time.monotonic() + 60
    while len(killed.acknowledged) - since < number and time.monotonic() < until:
        time.sleep(0.05)


def one_round(home, staff, killed, number, *, seconds):
    desk = start(home / "desk", log=home / "log", staff=staff)
    ended, written = threading.Event(), len(killed.acknowledged)
    names = [f"round {number} writer {writer}" for writer in range(WRITERS)]
    writers = [threading.Thread(target=write_on, args=(desk, killed, ended, name)) for name in names]
    for writer in writers:
        writer.start()
    time.sleep(seconds)
    wait_for(LEAST, since=written, killed=killed)
    desk.kill()
    ended.set()
    for writer in writers:
        writer.join()


def kill_rounds(home, settings_of, *, rounds, postgres=()):
    """So many rounds of writing, each ended by SIGKILL to every process; what is left, and what opens.

    Args:
        home: A folder for the desk and its log.
        settings_of: The fixture of that name.
        rounds: How many.
        postgres: Addresses of two databases, data first; none for SQLite.
    """
    rng = random.Random(rounds)
    named = f"postgres = {json.dumps([one.reveal() for one in postgres])}\n" if postgres else ""
    staff = staffed(home / "desk", members=1, settings=f"{SETTINGS}{named}")
    killed = Killed()
    for number in range(rounds):
        one_round(home, staff, killed, number, seconds=rng.uniform(2.2, 3.6))
    desk = start(home / "desk", log=home / "log", staff=staff)
    try:
        for text, code in killed.acknowledged.items():
            with desk.contact() as browser:
                killed.opened[text] = text in browser.come_back(code).page
    finally:
        desk.end()
    look_at_the_stores(home / "desk", settings_of, killed, postgres)
    return killed


def look_at_the_stores(folder, settings_of, killed, postgres=()):
    # PostgreSQL, which nobody killed, looks at its own pages as it reads them.
    for name in () if postgres else ("data.sqlite3", "keyring.sqlite3"):
        with closing(sqlite3.connect(folder / name)) as connection:
            killed.integrity += [row[0] for row in connection.execute("PRAGMA integrity_check")]
    configuration = replace(CONFIGURATION, folder=folder, postgres=tuple(postgres) or None)
    settings_of(configuration)
    use(configuration)
    killed.rows_without_wraps, killed.wraps_without_rows = orphans()
    from safeconduct.desk.cases.actions.retention import sweep

    sweep(now=datetime.now(UTC) + timedelta(days=2))  # noqa: TID251 -- the rows hold the day of this run
    killed.after_a_sweep = sum(orphans())


def orphans():
    """Rows that nobody can open, and wraps that open nothing."""
    from safeconduct.desk.cases.models import Case, Record
    from safeconduct.desk.keyring.models import Contact, DataKey, Grant

    cases, records = ids(Case), ids(Record)
    keys, grants = ids(DataKey), set(Grant.objects.values_list("case", flat=True))
    contacts = set(Contact.objects.values_list("case", flat=True))
    without_wraps = len(records - keys) + len(cases - grants) + len(cases - contacts)
    return without_wraps, len(keys - records) + len((grants | contacts) - cases)


def ids(model):
    return set(model.objects.values_list("pk", flat=True))
