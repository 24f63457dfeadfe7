"""Writers of a store take turns: nobody is passed over for long, and whoever dies or fails holds nobody up."""

import multiprocessing
import os
import signal
import time
from contextlib import closing
from itertools import groupby
from pathlib import Path
from threading import Thread

import pytest

from safeconduct.desk.project.sqlite.queueing import WriteQueue

_SPAWN = multiprocessing.get_context("spawn")
_ROUNDS = 60


def _write_rounds(store, name, begin, threads):
    """Each thread writes its name at the end of a file, again and again, holding its turn while it does."""
    queue = WriteQueue(store, patience_s=60)

    def one():
        for _ in range(_ROUNDS // threads):
            assert queue.wait()
            written = store.read_text()
            # Whoever else wrote between the two lines would be overwritten here; and who asks anew has time to.
            time.sleep(0.005)
            store.write_text(written + name)
            queue.leave()

    begin.wait()
    started = [Thread(target=one) for _ in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()


@pytest.mark.parametrize("threads", [1, 4])
def test_processes_take_turns(tmp_path, threads):
    store = tmp_path / "store"
    store.write_text("")
    begin = _SPAWN.Barrier(2)
    processes = [_SPAWN.Process(target=_write_rounds, args=(store, name, begin, threads)) for name in "ab"]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    written = store.read_text()
    assert sorted(written) == ["a"] * _ROUNDS + ["b"] * _ROUNDS  # Nobody overwrote another.
    first = min(written.rindex("a"), written.rindex("b"))  # After this one the other was alone.
    start = max(written.index("a"), written.index("b"))
    longest = max((len(list(group)) for _, group in groupby(written[start:first])), default=1)
    # Between two turns of one process the other gets several only where the first was not yet waiting again.
    assert longest <= _ROUNDS // 4


def _take_and_stay(store, ready):
    WriteQueue(store, patience_s=60).wait()
    ready.set()
    signal.pause()


def test_a_killed_writer_holds_nobody_up(tmp_path):
    ready = _SPAWN.Event()
    process = _SPAWN.Process(target=_take_and_stay, args=(tmp_path / "store", ready))
    process.start()
    assert ready.wait(60)
    short, long = (WriteQueue(tmp_path / "store", patience_s=seconds) for seconds in (0.05, 60))
    assert not short.wait()
    os.kill(process.pid, signal.SIGKILL)
    process.join(60)
    assert long.wait()
    long.leave()


def test_who_waits_too_long_goes_without_a_turn_and_keeps_nothing(tmp_path):
    writing, waiting, next_one = (WriteQueue(tmp_path / "store", patience_s=0.05) for _ in range(3))
    assert writing.wait()
    assert not waiting.wait()
    writing.leave()
    assert next_one.wait()
    next_one.leave()
    assert waiting.wait()
    assert not waiting.wait(), "the same process waits as well"
    waiting.leave()


def _open_files():
    return len(list(Path("/proc/self/fd").iterdir()))


def test_where_no_file_can_be_made_there_is_no_turn_and_no_file_stays_open(tmp_path):
    nowhere = WriteQueue(tmp_path / "missing" / "store", patience_s=0.05)
    half = WriteQueue(tmp_path / "store", patience_s=0.05)
    (tmp_path / "store-turn").mkdir()
    before = _open_files()
    for queue in (nowhere, half):
        assert not queue.wait()
        assert not queue.wait(), "and the next one does not wait for ever"
    assert _open_files() == before


def test_files_of_the_queue_are_empty_and_private(tmp_path):
    queue = WriteQueue(tmp_path / "store", patience_s=1)
    assert queue.wait()
    queue.leave()
    found = {path.name: (path.stat().st_mode & 0o777, path.stat().st_size) for path in tmp_path.iterdir()}
    assert found == {"store-next": (0o600, 0), "store-turn": (0o600, 0)}


def _is_free(desk):
    queue = WriteQueue(desk.folder / "data.sqlite3", patience_s=0.01)
    free = queue.wait()
    if free:
        queue.leave()
    return free


def _commit(connection, atomic):
    with atomic(using="default"):
        yield


def _fail(connection, atomic):
    def fail():
        raise ZeroDivisionError

    try:
        with atomic(using="default"):
            yield
            fail()
    except ZeroDivisionError:
        return


def _nest(connection, atomic):
    with atomic(using="default"):
        with pytest.raises(ZeroDivisionError), atomic(using="default"):
            raise ZeroDivisionError
        yield


def _close(connection, atomic):
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    yield
    connection.close()


@pytest.mark.parametrize("way", [_commit, _fail, _nest, _close])
def test_a_transaction_holds_its_turn_until_it_ends(desk, way):
    from django.db import connections
    from django.db.transaction import atomic

    inside = way(connections["default"], atomic)
    assert _is_free(desk)
    next(inside)
    assert not _is_free(desk)
    assert next(inside, None) is None
    assert _is_free(desk)


def test_a_transaction_that_cannot_begin_gives_its_turn_back(desk):
    import sqlite3

    from django.db import OperationalError, connections
    from django.db.transaction import atomic

    connections["default"].ensure_connection()
    connections["default"].cursor().execute("PRAGMA busy_timeout=10")
    with closing(sqlite3.connect(desk.folder / "data.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"), atomic(using="default"):
            pass
        assert _is_free(desk)
        other.execute("ROLLBACK")
    connections["default"].close()
