"""The module that Django looks for: its SQLite back end, where a transaction begins when it is its turn."""

from functools import cache
from pathlib import Path

from django.db.backends.sqlite3 import base

from safeconduct.desk.project.sqlite.queueing import WriteQueue


@cache
def _queue(store: Path, patience_s: float) -> WriteQueue:
    return WriteQueue(store, patience_s=patience_s)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to a store, as Django has it."""

    _turn: WriteQueue | None = None

    def _start_transaction_under_autocommit(self) -> None:
        options = self.settings_dict["OPTIONS"]
        queue = _queue(Path(self.settings_dict["NAME"]), options["timeout"])
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

    def _leave(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.leave()
