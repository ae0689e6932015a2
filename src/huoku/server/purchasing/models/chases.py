"""The chase list (催货): lines that are on their way, how late they are, and what to do about each next."""

from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, DateField, ExpressionWrapper, F, Q, Value, When
from django.db.models.functions import Coalesce

from huoku.server.platform.scope import ScopedQuerySet
from huoku.server.purchasing.days import today_of
from huoku.server.purchasing.models.lines import PurchaseLine
from huoku.server.purchasing.models.orders import COUNTED_ON

SOON = timedelta(days=3)
"""So long before its day a line is asked after."""
NEXT_ACTIONS = ("inspect", "send", "chase", "ask_to_confirm", "remind", "wait")


class ChaseQuerySet(ScopedQuerySet["PurchaseChase"]):
    def of(self, company: int | models.Model) -> Self:
        """Lines that are still to come or to be inspected, as they stand on the company's day.

        ``due_on`` is the day last given, ``days_late`` how long that is past, ``next_action`` what to do.
        """
        today = today_of(company)
        past = ExpressionWrapper(Value(today, DateField()) - F("due_on"), models.DurationField())
        action = Case(
            When(waiting_steps__gt=0, then=Value("inspect")),
            When(order__state="approved", then=Value("send")),
            When(due_on__lt=today, then=Value("chase")),
            When(order__state="sent", then=Value("ask_to_confirm")),
            When(due_on__lte=today + SOON, then=Value("remind")),
            default=Value("wait"),
        )
        return (
            super()
            .of(company)
            .filter(Q(open_steps__gt=0) | Q(waiting_steps__gt=0), order__state__in=COUNTED_ON)
            .annotate(due_on=Coalesce("revised_on", "promised_on", "wanted_on"))
            .annotate(days_late=Case(When(due_on__lt=today, then=past)), next_action=action)
        )


ChaseManager = models.Manager.from_queryset(ChaseQuerySet)


class PurchaseChase(PurchaseLine):
    """A line on the chase list. Nothing is stored: it is worked out when it is asked for."""

    objects: ClassVar[models.Manager["PurchaseChase"]] = ChaseManager()

    class Meta:
        proxy = True
        managed = False
