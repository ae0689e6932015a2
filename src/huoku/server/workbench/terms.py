"""Terms of purchase as one reads them, of a supplier or of an item: prices by quantity, and whether they hold today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Prefetch, QuerySet

from huoku.server.items.models import Item
from huoku.server.partners.models import PriceBreak, Source, Supplier
from huoku.server.platform.actor import Actor
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.kept import rows_for

MOST = 300
Standing = Literal["holds", "to_come", "ended"]


@dataclass(frozen=True, slots=True)
class Price:
    """From so many units on, the price of one."""

    id: int
    qty: float
    price: float


@dataclass(frozen=True, slots=True)
class Terms:
    """Quantities in the item's unit, money in the currency of the terms; None where nothing was agreed."""

    source: Source
    moq: float | None
    multiple: float | None
    price: float | None
    breaks: tuple[Price, ...]
    fee: float | None
    least: float | None
    standing: Standing


def terms_of(actor: Actor, supplier: Supplier, today: date) -> Sequence[Terms]:
    """By item; what holds today before what is to come and what has ended."""
    rows = rows_for(actor, Source).filter(supplier=supplier).select_related("item")
    return _sorted(actor, rows.order_by("item__code", "valid_from"), today)


def terms_of_item(actor: Actor, item: Item, today: date) -> Sequence[Terms]:
    """By supplier, the one that is tried first before the others; what holds today before the rest."""
    rows = rows_for(actor, Source).filter(item=item).select_related("item", "supplier")
    return _sorted(actor, rows.order_by("priority", "supplier__code", "valid_from"), today)


def _sorted(actor: Actor, rows: "QuerySet[Source]", today: date) -> Sequence[Terms]:
    breaks = Prefetch("price_breaks", rows_for(actor, PriceBreak).order_by("min_qty_steps"))
    found = [_terms(row, today) for row in rows.prefetch_related(breaks)[:MOST]]
    order: Mapping[Standing, int] = {"holds": 0, "to_come": 1, "ended": 2}
    return sorted(found, key=lambda each: order[each.standing])


def _terms(row: Source, today: date) -> Terms:
    step, minor = 10**row.item.decimals, 10 ** minor_digits(row.currency)
    standing: Standing = "holds"
    if row.valid_from and row.valid_from > today:
        standing = "to_come"
    elif row.valid_to and row.valid_to < today:
        standing = "ended"
    return Terms(
        source=row,
        moq=row.moq_steps / step or None,
        multiple=row.multiple_steps / step or None,
        price=None if row.price_millionths is None else row.price_millionths / 1_000_000,
        breaks=tuple(
            Price(each.pk, each.min_qty_steps / step, each.price_millionths / 1_000_000)
            for each in row.price_breaks.all()
        ),
        fee=row.order_fee_minor / minor or None,
        least=row.min_order_value_minor / minor or None,
        standing=standing,
    )
