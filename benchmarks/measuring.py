"""Seconds and memory of a command in a process of its own. Linux and macOS only: Windows tells neither."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

BYTES_PER_UNIT = 1 if sys.platform == "darwin" else 1024
"""In what ``ru_maxrss`` counts."""

DONE = (0, 1)
"""Exit codes of a command that did its work; 1 says that something in the plan is late."""

SOURCE = Path(__file__).resolve().parents[1] / "src"

PLAN_REPEATEDLY = """
import json, sys, time
import huoku
factory = huoku.factory.read(sys.argv[1])
seconds = []
while len(seconds) < int(sys.argv[2]) or sum(seconds) < float(sys.argv[3]):
    begun = time.process_time()
    plan = huoku.plan(factory)
    seconds.append(time.process_time() - begun)
print(json.dumps({"seconds": seconds, "figures": plan.figures, "timings": plan.timings}))
"""


class Measured(NamedTuple):
    """What one command took. ``wall`` and ``cpu`` in seconds, ``peak_mb`` at its largest."""

    wall: float
    cpu: float
    peak_mb: float
    output: str
    exit_code: int


def measured(*arguments: str) -> Measured:
    """Run this Python with ``arguments``; the package is taken from this checkout.

    A small process stands between, because a child counts its parent's memory at birth as its own.
    """
    search = os.pathsep.join(filter(None, [str(SOURCE), os.environ.get("PYTHONPATH")]))
    watcher = subprocess.run(
        [sys.executable, __file__, *arguments],
        env={**os.environ, "PYTHONPATH": search},
        stdout=subprocess.PIPE,
        check=True,
    )
    return Measured(**json.loads(watcher.stdout))


def watched(arguments: list[str]) -> Measured:
    """Run this Python with ``arguments`` as a child of this very process."""
    begun = time.perf_counter()
    child = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return Measured(
        wall=time.perf_counter() - begun,
        cpu=usage.ru_utime + usage.ru_stime,
        peak_mb=usage.ru_maxrss * BYTES_PER_UNIT / 1e6,
        output=output,
        exit_code=child.returncode,
    )


def planned(folder: Path, repeats: int, least: float) -> dict[str, Any]:
    """Plan a factory folder in one process, so many times and for ``least`` CPU seconds at least.

    Returns the CPU seconds of each plan, the figures and the stages' seconds.
    """
    child = measured("-c", PLAN_REPEATEDLY, str(folder), str(repeats), str(least))
    if child.exit_code:
        raise SystemExit(child.exit_code)
    return dict(json.loads(child.output))


if __name__ == "__main__":
    print(json.dumps(watched(sys.argv[1:])._asdict()))
