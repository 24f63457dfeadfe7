"""The module that Django looks for: its SQLite back end, where writers queue and tables have no row numbers."""

from functools import cache
from pathlib import Path

from django.db.backends.sqlite3 import base

from safeconduct.desk.project.sqlite.queueing import WriteQueue
from safeconduct.desk.project.sqlite.schema import DatabaseSchemaEditor

_READERS_MS = 200


@cache
def _queue(store: Path, patience_s: float) -> WriteQueue:
    return WriteQueue(store, patience_s=patience_s)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to a store, as Django has it."""

    SchemaEditorClass = DatabaseSchemaEditor
    _turn: WriteQueue | None = None

    def _start_transaction_under_autocommit(self) -> None:
        queue = self._queue()
        self._turn = queue if queue.wait() else None
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc] # the stubs leave it out
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc] # the stubs leave it out
        # Where the commit fails, Django rolls back, and the turn ends with that.
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc] # the stubs leave it out
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc] # the stubs leave it out
        finally:
            self._leave()

    def empty_journal(self) -> bool:
        """Write what stands in the journal into the store, and cut the journal to nothing.

        Whoever is reading meanwhile is waited for, but not for long: nobody can write until it is over.

        Returns:
            Whether it is empty now; False where somebody goes on reading or writing.
        """
        queue = self._queue()
        has_turn = queue.wait()
        try:
            with self.cursor() as cursor:
                cursor.execute(f"PRAGMA busy_timeout={_READERS_MS}")
                try:
                    ((is_held, *_rest),) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                finally:
                    cursor.execute(f"PRAGMA busy_timeout={self._patience_s * 1000:.0f}")
        finally:
            if has_turn:
                queue.leave()
        return not is_held

    def has_journal(self) -> bool:
        """Whether anything stands in the journal."""
        journal = Path(f"{self.settings_dict['NAME']}-wal")
        return journal.exists() and bool(journal.stat().st_size)

    @property
    def _patience_s(self) -> float:
        return float(self.settings_dict["OPTIONS"]["timeout"])

    def _queue(self) -> WriteQueue:
        return _queue(Path(self.settings_dict["NAME"]), self._patience_s)

    def _leave(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.leave()
