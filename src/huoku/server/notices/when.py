"""When a task is told: how urgent it must be, gathered until an hour, and never in the quiet hours; all by the clock of
the place where the company works."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from huoku.server.notices.models import Receiver

DAYS_BEFORE = {Receiver.Urgency.SOON: 7, Receiver.Urgency.URGENT: 1}
"""So many days before its day a task is as urgent as this."""
MORNING = 8
"""The hour at which a task becomes urgent that was not when it was left: nobody is woken because a day begins."""


def due_at(receiver: Receiver, due_on: date | None, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When a task that is due on ``due_on`` is to be told, in UTC; None: never, it does not become urgent enough."""
    start: datetime | None = now.astimezone(zone)
    if receiver.urgency != Receiver.Urgency.ALL:
        start = _urgent_from(Receiver.Urgency(receiver.urgency), due_on, now.astimezone(zone))
    if start is None:
        return None
    if receiver.hour is not None:
        start = _next(start, receiver.hour)
    if receiver.quiet_from is not None and receiver.quiet_until is not None:
        start = _after_quiet(start, receiver.quiet_from, receiver.quiet_until)
    return start.astimezone(UTC)


def _urgent_from(urgency: Receiver.Urgency, due_on: date | None, here: datetime) -> datetime | None:
    if due_on is None:
        return None
    first = due_on - timedelta(days=DAYS_BEFORE[urgency])
    return here if first <= here.date() else datetime.combine(first, time(MORNING), here.tzinfo)


def _next(start: datetime, hour: int) -> datetime:
    """The first full ``hour`` that is not before ``start``."""
    same_day = datetime.combine(start.date(), time(hour), start.tzinfo)
    return same_day if same_day >= start else datetime.combine(start.date() + timedelta(1), time(hour), start.tzinfo)


def _after_quiet(start: datetime, begins: int, ends: int) -> datetime:
    hour = start.hour
    is_quiet = begins <= hour < ends if begins < ends else hour >= begins or hour < ends
    return _next(start, ends) if is_quiet else start
