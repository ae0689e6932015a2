"""What is due becomes messages: all that one receiver is to be told of goes into one, and the next waits for it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from huoku.server.notices.models import Delivery, Notice, Receiver
from huoku.server.notices.telling import is_told, receivers, visible
from huoku.server.platform.models import Company

PAUSE = timedelta(minutes=1)
"""Between two messages to one receiver: what is left meanwhile comes together in the next."""


def gather(company: Company, now: datetime) -> int:
    """Make the messages that are due; returns how many. Nothing due, nothing written."""
    waiting = Notice.objects.of(company).filter(delivery=None, due_at__lte=now)
    wanted = set(waiting.values_list("receiver_id", flat=True).distinct())
    wanted -= _busy(company, wanted, now)
    if not wanted:
        return 0
    return sum(_gathered(receiver, now) for receiver in receivers(company).filter(pk__in=wanted) if is_told(receiver))


def _busy(company: Company, wanted: Iterable[int], now: datetime) -> set[int]:
    """Receivers of whom a message still waits, or who have just been sent one."""
    rows = Delivery.objects.of(company).filter(receiver__in=list(wanted))
    busy = rows.filter(state=Delivery.State.WAITING) | rows.filter(is_test=False, made_at__gt=now - PAUSE)
    return set(busy.values_list("receiver_id", flat=True))


def _gathered(receiver: Receiver, now: datetime) -> bool:
    """One message of all that is due and still so. What has ended meanwhile is not told."""
    seen = visible(receiver).values_list("pk", flat=True)
    with transaction.atomic():
        locked = Receiver.objects.of(receiver.company_id).select_for_update().get(pk=receiver.pk)
        rows = Notice.objects.of(receiver.company_id).filter(receiver=locked, delivery=None, due_at__lte=now)
        rows.exclude(task__in=seen).delete()
        if _busy(receiver.company, [receiver.pk], now) or not rows.exists():
            return False
        made = Delivery.objects.create(company_id=receiver.company_id, receiver=receiver, made_at=now, next_at=now)
        rows.update(delivery=made)
        return True
