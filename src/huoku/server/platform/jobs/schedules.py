"""Recurring jobs: which there are and how often, in one list; when each runs next, in one small table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from huoku.server.platform import clock
from huoku.server.platform.models import Schedule

log = structlog.get_logger("huoku.jobs")

LONGEST_LEASE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Recurring:
    """A function without arguments, by its dotted name: each ``every``, or daily at ``at`` in the server's zone."""

    name: str
    function: str
    every: timedelta = timedelta(days=1)
    at: time | None = None

    @property
    def lease(self) -> timedelta:
        """So long one run has it for itself. Then it counts as dead, or failed, and is run again."""
        return min(self.every, LONGEST_LEASE)

    def next_after(self, now: datetime) -> datetime:
        if self.at is None:
            return now + self.every
        here = now.astimezone(ZoneInfo(settings.TIME_ZONE))
        today = datetime.combine(here.date(), self.at, here.tzinfo)
        return today if today > here else datetime.combine(here.date() + timedelta(days=1), self.at, here.tzinfo)


RECURRING = (
    Recurring("seal", "huoku.server.platform.seals.seal_all", every=timedelta(minutes=1)),
    Recurring("expire_reservations", "huoku.server.ledger.jobs.expire_reservations", every=timedelta(minutes=1)),
    Recurring("end_holds", "huoku.server.sales.jobs.end_holds", every=timedelta(minutes=1)),
    Recurring("end_locks", "huoku.server.sales.jobs.end_locks", every=timedelta(minutes=15)),
    Recurring("send_notices", "huoku.server.notices.jobs.send_all", every=timedelta(seconds=30)),
    Recurring("statistics", "huoku.server.platform.jobs.statistics.renew", every=timedelta(hours=1)),
    Recurring("watch_stock", "huoku.server.shortages.jobs.watch_all", every=timedelta(minutes=5)),
    Recurring("plans_left", "huoku.server.planning.jobs.take_up_what_was_left", every=timedelta(minutes=1)),
    Recurring("plans_at_hand", "huoku.server.planning.jobs.lay_plans_down", every=timedelta(minutes=5)),
    Recurring("plan", "huoku.server.planning.jobs.plan_all", at=time(3)),
    Recurring("backup", "huoku.server.running.backup.nightly", at=time(2)),
    Recurring("examine", "huoku.server.running.examination.nightly", at=time(4)),
    Recurring("forget_notices", "huoku.server.notices.jobs.tidy", at=time(1, 40)),
    Recurring("tidy", "huoku.server.platform.jobs.tidy.tidy", at=time(1, 30)),
)


def run_due(now: datetime, recurring: tuple[Recurring, ...] = RECURRING) -> list[str]:
    """Run what is due and return its names. Looks with a plain read: nothing due, nothing written.

    At least once: a run that fails or dies is done again when its lease is over. Of several workers one runs a job.
    """
    known = dict(Schedule.objects.filter(is_active=True).values_list("name", "next_at"))
    due = [each for each in recurring if each.name in known and known[each.name] <= now]
    return [each.name for each in due if _claimed(each, known[each.name], now) and _run(each)]


def enter_schedules(now: datetime, recurring: tuple[Recurring, ...] = RECURRING) -> None:
    """Give each job that has no row yet its first time: at once, or at its hour."""
    missing = {each.name for each in recurring} - set(Schedule.objects.values_list("name", flat=True))
    if missing:
        Schedule.objects.bulk_create(
            [
                Schedule(name=each.name, next_at=now if each.at is None else each.next_after(now))
                for each in recurring
                if each.name in missing
            ],
            ignore_conflicts=True,
        )


def _claimed(each: Recurring, seen: datetime, now: datetime) -> bool:
    with transaction.atomic():
        rows = Schedule.objects.filter(name=each.name, next_at=seen, is_active=True)
        return rows.update(next_at=now + each.lease, last_at=now) == 1


def _run(each: Recurring) -> bool:
    function: Callable[[], object] = import_string(each.function)
    try:
        result = function()
    except Exception:
        log.exception("job_failed", job=each.name, again_in_seconds=each.lease.total_seconds())
        return False
    with transaction.atomic():
        Schedule.objects.filter(name=each.name).update(next_at=each.next_after(clock.now()))
    log.info("job_done", job=each.name, result=str(result))
    return True
