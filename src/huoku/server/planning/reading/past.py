"""Past use: from the ledger since it began, before that as it was brought in."""

from collections import defaultdict
from datetime import date, datetime
from zoneinfo import ZoneInfo

from huoku.server.ledger.models import Location, Movement
from huoku.server.planning.models import Disposal, PastUse
from huoku.server.planning.reading.columns import Columns, columns, decimal, millionths, place
from huoku.server.platform.models import Company

USES = (Movement.Kind.SHIP, Movement.Kind.ISSUE)


def history(company: Company) -> Columns:
    """What was shipped, and what production used up, by item, day and site; what was reversed did not happen."""
    used: dict[tuple[str, date, str], int] = defaultdict(int)
    digits: dict[str, int] = {}
    zone = ZoneInfo(company.timezone)
    brought = PastUse.objects.of(company).filter(item__is_active=True)
    for code, decimals, day, site, steps in brought.values_list(
        "item__code", "item__decimals", "date", "site__code", "qty_steps"
    ):
        used[code, day, place(site)] += steps
        digits[code] = decimals
    moved = (
        Movement.objects.of(company)
        .filter(kind__in=USES, reverses=None, reversal=None, item__is_active=True)
        .filter(to_location__kind__in=(Location.Kind.CUSTOMER, Location.Kind.PRODUCTION))
    )
    at: datetime
    for code, decimals, at, site, steps in moved.values_list(
        "item__code", "item__decimals", "effective_at", "from_location__site__code", "quantity"
    ):
        used[code, at.astimezone(zone).date(), place(site)] += steps
        digits[code] = decimals
    return columns(
        ("item", "date", "qty", "location"),
        ((code, day, decimal(steps, digits[code]), site) for (code, day, site), steps in sorted(used.items())),
    )


def disposals(company_id: int) -> Columns:
    rows = Disposal.objects.of(company_id).order_by("date", "item__code", "pk").select_related("item")
    return columns(
        ("item", "date", "qty", "outlet", "proceeds", "value", "opened", "cause", "lesson"),
        (
            (
                *(row.item.code, row.date, decimal(row.qty_steps, row.item.decimals), row.outlet or None),
                *(millionths(row.proceeds_millionths), millionths(row.value_millionths), row.opened),
                *(row.cause or None, row.lesson or None),
            )
            for row in rows
        ),
    )
