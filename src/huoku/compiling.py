"""Compiling on two cores: half of the kernels in a second process, while this one compiles the others.

The compiler runs on one core at a time in a process, so a second core needs a second process. That one keeps its
kernels in a folder of its own, because two that write the index of one kernel at once could lose or mix up an entry;
when it is done they are moved to where all processes look. Where there is no second core, or no second Python can be
started, or it fails, this process does the work of both.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from huoku.compiled import cache_folder, keep_kernels_in

PATIENCE = 600.0
"""Seconds after which the second process is given up; it takes about as long as the first."""

COMMAND = "import sys; sys.path[:] = sys.argv[3:]; from huoku.compiling import call_apart; call_apart(*sys.argv[1:3])"


@contextmanager
def compiled_beside(function: str) -> Iterator[None]:
    """While the block compiles kernels, have a second process compile those that ``function`` uses.

    ``function``: "module:name"; it is called without arguments, in the second process or, after the block, in this one.
    """
    folder = cache_folder()
    if folder is None or cores() < 2 or not sys.executable or getattr(sys, "frozen", False):
        yield
        call(function)
        return
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix="beside-", ignore_cleanup_errors=True) as theirs:
        try:
            second = subprocess.Popen(
                [sys.executable, "-c", COMMAND, function, theirs, *sys.path],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            second = None
        try:
            yield
            if second is not None and second.wait(PATIENCE) == 0:
                adopt(Path(theirs), folder)
                return
        except subprocess.TimeoutExpired:
            pass
        finally:
            if second is not None:
                second.kill()
                second.wait()
    call(function)


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def call(function: str) -> None:
    """Call ``module:name``."""
    module, name = function.split(":")
    getattr(import_module(module), name)()


def call_apart(function: str, folder: str) -> None:
    """Call ``module:name``, keeping what it compiles in a folder."""
    keep_kernels_in(Path(folder))
    call(function)


def adopt(theirs: Path, ours: Path) -> None:
    """Move the kernels of one cache folder that another lacks; the index of a kernel after its code."""
    for index in sorted(theirs.rglob("*.nbi")):
        place = ours / index.parent.relative_to(theirs)
        if not (place / index.name).exists():
            place.mkdir(parents=True, exist_ok=True)
            for file in (*index.parent.glob(f"{index.stem}.*.nbc"), index):
                file.replace(place / file.name)
