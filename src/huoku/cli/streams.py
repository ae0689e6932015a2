"""The three streams of a command, the same on every machine."""

import io
import os
import sys


def prepare_streams() -> None:
    """Speak UTF-8 on Windows consoles and pipes too; a sign that a terminal lacks becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = "utf-8" if os.name == "nt" else None
            stream.reconfigure(encoding=encoding, errors="replace")


def abandon_stdout() -> None:
    """The reader of our output has gone. Point stdout at nothing, so that Python's last flush is quiet."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # a stdout without a file number has nothing to flush
        return
