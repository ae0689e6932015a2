"""Whose turn it is to write: a lock on a file beside the database, taken before BEGIN and given back at the end.

SQLite's own waiting is a poll with growing pauses: four writers measured a worst wait of 2.5 s, and one of them came
thousands of times more often than another. The operating system's lock lets them in nearly in order.
"""

import os
import sys
from typing import Final

if sys.platform == "win32":
    import msvcrt
    import time

    def _take(file: int) -> None:
        while True:
            try:
                msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
                return
            except OSError:  # somebody else's turn; Windows knows no longer wait than ten seconds
                time.sleep(0.001)

    def _give_back(file: int) -> None:
        os.lseek(file, 0, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)

    def _give_back(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


class Turn:
    """One connection's place in the queue of writers. The lock dies with its process, so none is left behind."""

    def __init__(self, database: str) -> None:
        self.path: Final = f"{database}.turn"
        self._file: int | None = None
        self.is_mine = False

    def take(self) -> None:
        """Wait for the turn. Taken twice it stays one turn."""
        if self.is_mine:
            return
        if self._file is None:
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        _take(self._file)
        self.is_mine = True

    def give_back(self) -> None:
        if self.is_mine and self._file is not None:
            self.is_mine = False
            _give_back(self._file)

    def close(self) -> None:
        self.give_back()
        if self._file is not None:
            os.close(self._file)
            self._file = None
