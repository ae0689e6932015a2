"""Suppliers with their terms, and customers."""

from django.db import models

from huoku.language import Sentence
from huoku.server.items.models import Item
from huoku.server.platform.kept import Kept
from huoku.server.platform.sounds import Sounding

REASONS: dict[str, Sentence] = {
    "setup": Sentence("换产、开机", "set-up"),
    "freight": Sentence("运费", "freight"),
    "administration": Sentence("单据和管理", "paperwork"),
    "material": Sentence("他们的原料也有起订量", "the minimum of their own material"),
    "other": Sentence("其他", "other"),
}
"""What a supplier's minimum is for, by the words of the factory folder."""


class Partner(Sounding):
    """What suppliers and customers have in common."""

    code = models.CharField(max_length=80)
    name = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=400, blank=True)
    currency = models.CharField(max_length=3, default="CNY")
    payment_days = models.PositiveIntegerField(default=0)
    attributes = models.JSONField(default=dict)
    is_active = models.BooleanField(default=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code


class Supplier(Partner):
    """Somebody from whom the factory buys."""

    noun = Sentence("供应商", "supplier")

    class Meta:
        constraints = [models.UniqueConstraint("company", "code", name="supplier_code")]


class Customer(Partner):
    """Somebody to whom the factory sells."""

    noun = Sentence("客户", "customer")

    priority = models.PositiveIntegerField(
        default=5, help_text="Of its demands, where they say none; 1 is most urgent."
    )

    class Meta:
        constraints = [models.UniqueConstraint("company", "code", name="customer_code")]


class Source(Kept):
    """An item may be bought from a supplier on these terms. Terms of one pair are never valid on the same day."""

    noun = Sentence("货源", "source")

    item = models.ForeignKey(Item, models.PROTECT, related_name="sources")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="sources")
    supplier_item = models.CharField(max_length=80, blank=True, help_text="What the supplier calls the item.")
    moq_steps = models.BigIntegerField(default=0)
    multiple_steps = models.BigIntegerField(default=0, help_text="0: any.")
    lead_time_days = models.PositiveIntegerField()
    price_millionths = models.BigIntegerField(null=True, help_text="Of one unit; empty: the item's unit cost.")
    order_fee_minor = models.BigIntegerField(default=0)
    min_order_value_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    priority = models.PositiveIntegerField(default=5, help_text="1 is tried first among equals.")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    moq_reason = models.CharField(
        max_length=20, blank=True, help_text="Why the supplier has its minimum, as it said; for talks alone."
    )

    class Meta:
        indexes = [models.Index(fields=("company", "item", "supplier"), name="source_of_item")]


class PriceBreak(Kept):
    """From this quantity on, the whole order has this price."""

    noun = Sentence("价格阶梯", "price break")

    source = models.ForeignKey(Source, models.CASCADE, related_name="price_breaks")
    min_qty_steps = models.BigIntegerField()
    price_millionths = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("source", "min_qty_steps", name="price_break_once")]


class SupplierOffer(Kept):
    """What a supplier has offered in writing instead of its minimum: a small lot, or one contract called as needed.

    ``price`` is of one unit, in the company's currency. The signed paper is put to the row as a file.
    """

    noun = Sentence("书面报价", "written offer")

    class Kind(models.TextChoices):
        SMALL_LOT = "small_lot", "small_lot"
        CALLS = "calls", "calls"

    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="offers")
    number = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind)
    qty_steps = models.BigIntegerField(default=0, help_text="Of a small lot the least; of a contract all of it.")
    price_millionths = models.BigIntegerField()
    fee_minor = models.BigIntegerField(default=0, help_text="Of the small lot, or of each call.")
    call_steps = models.BigIntegerField(default=0, help_text="Calls are multiples of it; 0: any.")
    cancel_fee_millionths = models.BigIntegerField(default=0, help_text="For each unit that is never called.")
    lead_time_days = models.PositiveIntegerField()
    valid_until = models.DateField(null=True)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("supplier", "item", "number", name="supplier_offer_once")]

    def __str__(self) -> str:
        return self.number


class SupplierDay(Kept):
    """A day on which a supplier works or does not: no order leaves it or arrives from it on a closed one."""

    noun = Sentence("供应商日历日", "day of a supplier")

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="days")
    date = models.DateField()
    is_open = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint("supplier", "date", name="supplier_day_once")]
