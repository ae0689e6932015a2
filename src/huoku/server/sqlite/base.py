"""Django's SQLite backend with three things set: WAL, a full flush at each commit, and a fair turn for writers."""

from collections.abc import Callable
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3.base import DatabaseWrapper as DjangoWrapper

from huoku.server.sqlite.turn import Turn

BUSY_SECONDS = 20
"""How long a writer waits for readers of the old kind (backups, checkpoints); other writers wait their turn before."""


class DatabaseWrapper(DjangoWrapper):
    """Every transaction is one of writing (BEGIN IMMEDIATE): reads need none, and one that turned from reading to
    writing would fail at once, whatever the time-out (forum.djangoproject.com/t/26994)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: Turn | None = None

    def get_connection_params(self) -> dict[str, Any]:
        parameters = super().get_connection_params()
        synchronous = parameters.pop("synchronous", "FULL")
        if synchronous not in ("FULL", "NORMAL", "EXTRA", "OFF"):
            raise ValueError(f"synchronous={synchronous}: FULL, NORMAL, EXTRA or OFF is wanted")
        self._synchronous = synchronous
        return {**parameters, "timeout": BUSY_SECONDS}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        # temp_store and cache keep lists of 100,000 rows off the disk; the log is folded in at 8 MB.
        for setting in (
            "journal_mode=WAL",
            f"synchronous={self._synchronous}",
            "temp_store=MEMORY",
            "cache_size=-65536",
            "journal_size_limit=67108864",
            "wal_autocheckpoint=2000",
        ):
            connection.execute(f"PRAGMA {setting}")
        return connection

    @property
    def turn(self) -> Turn | None:
        """None where the database lives in memory: nobody else can write there."""
        if self._turn is None and not self.is_in_memory_db():
            self._turn = Turn(str(self.settings_dict["NAME"]))
        return self._turn

    def _start_transaction_under_autocommit(self) -> None:
        if self.turn:
            try:
                self.turn.take()
            except OSError as fault:  # no room, no right, no file handle left: as SQLite says of its own files
                raise OperationalError(f"no turn to write: {fault}") from fault
        try:
            self.cursor().execute("BEGIN IMMEDIATE")
        except BaseException:
            if self.turn:
                self.turn.give_back()
            raise

    def _then_give_back(self, ending: Callable[[], None]) -> None:
        try:
            ending()
        finally:
            if self.turn and (self.connection is None or not self.connection.in_transaction):
                self.turn.give_back()

    def _commit(self) -> None:
        self._then_give_back(super()._commit)  # type: ignore[misc]

    def _rollback(self) -> None:
        self._then_give_back(super()._rollback)  # type: ignore[misc]

    def close(self) -> None:
        super().close()
        if self._turn:  # an open transaction died with its connection
            self._turn.close()
