"""The worker: runs jobs that were laid down, recurring ones, and tells events.

It looks with plain reads only, so that an idle worker never takes SQLite's one lock of writing. On SQLite it is woken
by commits: ``PRAGMA data_version`` changes with each commit of another connection and costs microseconds to ask.
"""

import time
from socket import gethostname
from uuid import uuid4

import structlog
from django.db import OperationalError, close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from huoku.server.platform import clock
from huoku.server.platform.events import Paused, tell_listeners
from huoku.server.platform.jobs.long import run_waiting
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
    paused: Paused = {}
    while worker.running:
        try:
            seen = data_version()
            look_around(worker, paused)
            wait_for_a_commit(seen)
        except OperationalError:
            # The database is away (PostgreSQL restarts): the next look finds it again, or fails likewise.
            log.exception("database_away")
            connection.close()
            time.sleep(LONGEST_SLEEP)
        close_old_connections()


def look_around(worker: Worker | None = None, paused: Paused | None = None) -> None:
    """Do all there is to do now, once."""
    run_due(clock.now())
    run_waiting()
    if DBTaskResult.objects.ready().exists():
        (worker or _worker()).run()  # as a batch: until nothing is left
    tell_listeners(paused)


def wait_for_a_commit(seen: int, longest: float = LONGEST_SLEEP) -> bool:
    """Sleep until another connection has committed since ``seen`` (SQLite), at most so many seconds; returns whether
    one did. On PostgreSQL a plain read each second disturbs nobody."""
    for _ in range(round(longest / GLANCE)):
        if data_version() != seen:
            return True
        time.sleep(GLANCE)
    return False


def data_version() -> int:
    """A number that changes when another connection commits (SQLite); always 0 on PostgreSQL."""
    if connection.vendor != "sqlite":
        return 0
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
