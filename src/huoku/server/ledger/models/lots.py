"""What came in together, and what was made from what."""

from django.db import models

from huoku.server.items.models import Item
from huoku.server.platform.scope import Scoped


class Lot(Scoped):
    """A quantity received or made together and kept apart; of a serial item one piece.

    An item that is tracked by quantity alone has one lot without a code, so that every balance has a lot.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=80, blank=True)
    received_on = models.DateField(null=True)
    expires_on = models.DateField(null=True, help_text="The last day on which it may be used.")
    demand = models.CharField(max_length=80, blank=True, help_text="What it was bought or made for, such as sales:17.")

    class Meta:
        constraints = [models.UniqueConstraint("company", "item", "code", name="lot_code")]

    def __str__(self) -> str:
        return self.code


class LotOrigin(Scoped):
    """So much of one lot went into another: the edge along which a recall is traced."""

    append_only = True

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="origins")
    parent = models.ForeignKey(Lot, models.PROTECT, related_name="uses")
    quantity = models.BigIntegerField(help_text="Of the parent, in its smallest steps.")
    document = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="lot_origin_quantity"),
            models.CheckConstraint(condition=~models.Q(lot=models.F("parent")), name="lot_origin_of_another"),
        ]
