"""Items below their safety stock."""

from django.db import models
from django.db.models import Q

from huoku.language import Sentence
from huoku.server.items.models import Item
from huoku.server.platform.kept import Kept


class LowStock(Kept):
    """From ``since`` until ``ended_at`` less of an item was free than its safety stock. People are told once."""

    noun = Sentence("低于安全库存", "item below its safety stock")

    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    item_id: int
    safety_stock_steps = models.BigIntegerField()
    free_steps = models.BigIntegerField(help_text="Own available stock that is kept for nobody, when it was told.")
    coming_steps = models.BigIntegerField(help_text="On order and promised to nobody, when it was told.")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("item", condition=Q(ended_at=None), name="low_stock_open_once")]
