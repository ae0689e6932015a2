"""How punctual suppliers were, worked out from the days that they gave and those on which goods came."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, Count, DateField, F, Q, Sum, When
from django.db.models.functions import Coalesce

from huoku.server.partners.models import Supplier
from huoku.server.platform.scope import ScopedQuerySet
from huoku.server.purchasing.days import today_of
from huoku.server.purchasing.models.orders import WITH_SUPPLIER

LINES = "purchase_orders__lines__"


class RecordQuerySet(ScopedQuerySet["SupplierRecord"]):
    def of(self, company: int | models.Model) -> Self:
        """Suppliers with the figures of lines that have come whole, or are past the day first promised.

        ``lines_due``; of them ``lines_on_time`` came by the day first promised (the one wanted, where none was) and
        ``lines_as_wanted`` by the day wanted; ``days_late`` is the sum over lines that came after their promise.
        """
        today = today_of(company)
        promised = Coalesce(f"{LINES}promised_on", f"{LINES}wanted_on", output_field=DateField())
        whole = Q(**{f"{LINES}open_steps": 0, f"{LINES}received_steps__gt": 0})
        overdue = Q(**{f"{LINES}open_steps__gt": 0, "purchase_orders__state__in": WITH_SUPPLIER, "promised__lt": today})
        arrived = F(f"{LINES}received_on")
        late = whole & Q(**{f"{LINES}received_on__gt": F("promised")})
        return (
            super()
            .of(company)
            .alias(promised=promised)
            .annotate(
                lines_due=Count(f"{LINES}pk", filter=whole | overdue),
                lines_on_time=Count(f"{LINES}pk", filter=whole & Q(**{f"{LINES}received_on__lte": F("promised")})),
                lines_as_wanted=Count(
                    f"{LINES}pk", filter=whole & Q(**{f"{LINES}received_on__lte": F(f"{LINES}wanted_on")})
                ),
                days_late=Sum(Case(When(late, then=arrived - F("promised"))), output_field=models.DurationField()),
            )
        )


RecordManager = models.Manager.from_queryset(RecordQuerySet)


class SupplierRecord(Supplier):
    """A supplier by its punctuality. Nothing is stored: it is worked out when it is asked for."""

    objects: ClassVar[models.Manager["SupplierRecord"]] = RecordManager()

    class Meta:
        proxy = True
        managed = False
