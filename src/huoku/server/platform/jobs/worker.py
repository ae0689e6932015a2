"""The worker: runs jobs that were laid down, recurring ones, and tells events.

It looks with plain reads only, so that an idle worker never takes SQLite's one lock of writing. On SQLite it is woken
by commits: ``PRAGMA data_version`` changes with each commit of another connection and costs microseconds to ask.
"""

import time
from collections.abc import Callable
from socket import gethostname
from uuid import uuid4

import structlog
from django.db import OperationalError, close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from huoku.server.platform import clock
from huoku.server.platform.events import tell_listeners
from huoku.server.platform.jobs.schedules import enter_schedules, run_due

log = structlog.get_logger("huoku.worker")

LONGEST_SLEEP = 1.0
"""Seconds after which it looks for due jobs in any case."""
GLANCE = 0.05
"""Seconds between two glances at whether somebody committed."""


def work() -> None:
    """Work until a signal ends it: at once where it is idle, else after the job at hand."""
    worker = _worker()
    worker.configure_signals()
    enter_schedules(clock.now())
    log.info("worker_started", worker=worker.worker_id)
    while worker.running:
        try:
            look_around(worker)
        except OperationalError:
            # The database is away (PostgreSQL restarts): the next look finds it again, or fails likewise.
            log.exception("database_away")
            connection.close()
        wait_for_a_commit()
        close_old_connections()


def look_around(worker: Worker | None = None) -> None:
    """Do all there is to do now, once."""
    run_due(clock.now())
    if DBTaskResult.objects.ready().exists():
        (worker or _worker()).run()  # as a batch: until nothing is left
    tell_listeners()


def wait_for_a_commit(longest: float = LONGEST_SLEEP, sleep: Callable[[float], None] = time.sleep) -> bool:
    """Sleep until another connection commits (SQLite), at most so many seconds; returns whether one did."""
    if connection.vendor != "sqlite":
        sleep(longest)
        return False
    before = _data_version()
    for _ in range(round(longest / GLANCE)):
        sleep(GLANCE)
        if _data_version() != before:
            return True
    return False


def _data_version() -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        version: int = cursor.fetchone()[0]
        return version


def _worker() -> Worker:
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"{gethostname()[:40]}:{uuid4().hex[:12]}",
        excluded_queue_names=[],
    )
