"""Past use: from the ledger since it began, before that as it was brought in."""

from collections import defaultdict
from datetime import date, datetime
from zoneinfo import ZoneInfo

from huoku.server.ledger.models import Location, Movement
from huoku.server.planning.models import Disposal, PastUse
from huoku.server.planning.reading.columns import Columns, columns, decimal, millionths, place
from huoku.server.platform.models import Company
from huoku.server.sales.models import Shipment

NO_CUSTOMER = "~"
"""Whose orders are that were brought in without a customer."""
USES = (Movement.Kind.SHIP, Movement.Kind.ISSUE)


def history(company: Company) -> Columns:
    """What was shipped, and what production used up, by item, day, site and customer.

    What was reversed did not happen.
    """
    used: dict[tuple[str, date, str, str], int] = defaultdict(int)
    digits: dict[str, int] = {}
    zone = ZoneInfo(company.timezone)
    brought = PastUse.objects.of(company).filter(item__is_active=True)
    for code, decimals, day, site, steps, customer in brought.values_list(
        "item__code", "item__decimals", "date", "site__code", "qty_steps", "customer"
    ):
        used[code, day, place(site), customer] += steps
        digits[code] = decimals
    shipments = Shipment.objects.of(company).exclude(order__customer__code=NO_CUSTOMER)
    shipped_to = dict(shipments.values_list("number", "order__customer__code"))
    moved = (
        Movement.objects.of(company)
        .filter(kind__in=USES, reverses=None, reversal=None, item__is_active=True)
        .filter(to_location__kind__in=(Location.Kind.CUSTOMER, Location.Kind.PRODUCTION))
    )
    at: datetime
    for code, decimals, at, site, steps, paper in moved.values_list(
        *("item__code", "item__decimals", "effective_at", "from_location__site__code", "quantity", "document")
    ):
        used[code, at.astimezone(zone).date(), place(site), shipped_to.get(paper, "")] += steps
        digits[code] = decimals
    return columns(
        ("item", "date", "qty", "location", "customer"),
        (
            (code, day, decimal(steps, digits[code]), site, customer or None)
            for (code, day, site, customer), steps in sorted(used.items())
        ),
    )


def disposals(company_id: int) -> Columns:
    rows = Disposal.objects.of(company_id).order_by("date", "item__code", "pk").select_related("item")
    return columns(
        (
            *("item", "date", "qty", "outlet", "proceeds", "value", "opened"),
            *("supplier", "bought", "needed", "received_on", "cause", "lesson"),
        ),
        (
            (
                *(row.item.code, row.date, decimal(row.qty_steps, row.item.decimals), row.outlet or None),
                *(millionths(row.proceeds_millionths), millionths(row.value_millionths), row.opened),
                *(row.supplier or None, decimal(row.bought_steps, row.item.decimals)),
                *(decimal(row.needed_steps, row.item.decimals), row.received_on),
                *(row.cause or None, row.lesson or None),
            )
            for row in rows
        ),
    )
