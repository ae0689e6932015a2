"""Runs whose worker has died: nothing tells of that, so it is seen by who had begun them, and when."""

import os
from datetime import datetime, timedelta
from socket import gethostname

from huoku.server.planning.models import PlanRun

LONGEST = timedelta(hours=1)
"""A run of a worker elsewhere that was begun so long ago is left too."""
MOST_TRIES = 2
"""So often is a run begun; what ends its worker twice is not tried a third time."""


def this_worker() -> str:
    return f"{gethostname()[:100]}:{os.getpid()}"


def is_left(run: PlanRun, now: datetime, me: str = "") -> bool:
    """Is nobody working on it any more? Asked by a worker between two jobs: what it had begun itself is left too."""
    if run.state != PlanRun.State.RUNNING:
        return False
    me = me or this_worker()
    host, _, number = run.worked_by.rpartition(":")
    if run.worked_by == me:
        return True
    if host == me.rpartition(":")[0] and number.isdecimal() and os.name == "posix":
        return not _lives(int(number))
    return run.started_at is None or run.started_at < now - LONGEST


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
