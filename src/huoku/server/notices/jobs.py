"""What notices do by themselves: send, and forget what was sent long ago."""

from datetime import timedelta

from django.db import transaction

from huoku.server.notices.models import Delivery, Notice
from huoku.server.notices.sending import send_all
from huoku.server.platform import clock
from huoku.server.platform.scope import EVERY_COMPANY, entered

__all__ = ["send_all", "tidy"]

KEPT = timedelta(days=90)
AT_ONCE = 1000


def tidy() -> int:
    """Delete messages that ended long ago, a thousand at a time; returns how many."""
    deleted, before = 0, clock.now() - KEPT
    with entered(EVERY_COMPANY):
        old = Delivery.objects.of_every_company().filter(ended_at__lt=before)
        while some := list(old.values_list("pk", flat=True)[:AT_ONCE]):
            with transaction.atomic():
                Notice.objects.of_every_company().filter(delivery__in=some).delete()
                deleted += Delivery.objects.of_every_company().filter(pk__in=some).delete()[0]
    return deleted
