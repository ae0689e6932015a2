"""What is there, what comes, who wants it, what is kept for whom."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from huoku.server.ledger.models import Balance, Location, Reservation
from huoku.server.planning.models import Forecast, Lane, Outlet, PlanningPlace
from huoku.server.planning.reading.columns import Columns, columns, decimal, millionths, place
from huoku.server.platform.models import Site
from huoku.server.production.models import WorkOrder
from huoku.server.production.states import BEFORE_THE_END
from huoku.server.purchasing.models import PurchaseLine
from huoku.server.purchasing.models.orders import COUNTED_ON
from huoku.server.sales.models import SalesLine
from huoku.server.sales.states import AGREED

NOT_PROVIDED = ("planned", "released")
"""States of a work order whose materials still lie in the stores: the plan takes them from there."""
LIES_FREE = (Location.Kind.STORAGE, Location.Kind.LINE_SIDE)
"""What lies at places of other kinds belongs to a work order or is on its way."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the plan calls each demand, by what the records call it, such as sales.line:5; and back."""

    of_demand: Mapping[str, str]

    @property
    def demand_of(self) -> dict[str, str]:
        return {name: demand for demand, name in self.of_demand.items()}


def line_name(number: str, seq: int, lines: int) -> str:
    """A line of a document as the factory folder names it: the document's number where its first line stands alone."""
    return number if lines == seq == 1 else f"{number}/{seq}"


def names(company_id: int) -> Names:
    lines = _sales_lines(company_id)
    count = Counter(line.order_id for line in lines)
    return Names({line.demand: line_name(line.order.number, line.seq, count[line.order_id]) for line in lines})


def demands(company_id: int, named: Names) -> Columns:
    """Open lines of confirmed orders, by the day that was promised; then forecasts and what contracts oblige to."""
    names = ("demand", "item", "qty", "due", "location", "priority", "customer", "kind", "price")
    rows: list[tuple[Any, ...]] = [
        (
            *(named.of_demand[line.demand], line.item.code, decimal(line.open_steps, line.item.decimals), line.due_on),
            *(place(line.order.site.code if line.order.site else None), line.order.priority),
            *(line.order.customer.code, "order", millionths(line.price_millionths)),
        )
        for line in _sales_lines(company_id)
        if line.open_steps and line.item.is_active
    ]
    rows += [
        (
            *(row.code, row.item.code, decimal(row.qty_steps, row.item.decimals), row.due_on),
            *(place(row.site.code if row.site else None), row.priority),
            *(row.customer.code if row.customer else None, row.kind, millionths(row.price_millionths)),
        )
        for row in Forecast.objects.of(company_id)
        .filter(item__is_active=True)
        .order_by("code")
        .select_related("item", "site", "customer")
    ]
    return columns(names, rows)


def stock(company_id: int) -> Columns:
    """Our own stock by item, lot, site and status. Bins of one site are one place to a plan."""
    lots: dict[tuple[str, str, str, str], int] = defaultdict(int)
    facts: dict[tuple[str, str, str, str], tuple[int, date | None, date | None, str]] = {}
    rows = Balance.objects.of(company_id).filter(
        on_hand__gt=0, owner__code="", location__kind__in=LIES_FREE, item__is_active=True
    )
    for row in rows.select_related("item", "lot", "location__site").order_by("item__code", "lot__code", "pk"):
        site = place(row.location.site.code if row.location.site else None)
        key = (row.item.code, site, row.lot.code, row.status)
        lots[key] += row.on_hand
        facts[key] = (row.item.decimals, row.lot.received_on, row.lot.expires_on, row.lot.demand)
    return columns(
        ("item", "qty", "location", "lot", "received_on", "expires_on", "status"),
        (
            (item, decimal(steps, facts[key][0]), site, lot or None, facts[key][1], facts[key][2], status)
            for key, steps in sorted(lots.items())
            for item, site, lot, status in [key]
        ),
    )


def reservations(company_id: int, named: Names) -> Columns:
    """Stock that is kept for demands of the plan. What is kept for open orders of ours, those orders say themselves."""
    kept: dict[tuple[str, str, str, str], int] = defaultdict(int)
    digits: dict[str, int] = {}
    rows = Reservation.objects.of(company_id).filter(
        state__in=Reservation.OPEN, supply=None, location__kind__in=LIES_FREE, demand__in=list(named.of_demand)
    )
    for row in rows.select_related("item", "lot", "location__site"):
        site = place(row.location.site.code if row.location.site else None)
        kept[named.of_demand[row.demand], row.item.code, site, row.lot.code if row.lot else ""] += row.open_quantity
        digits[row.item.code] = row.item.decimals
    return columns(
        ("demand", "item", "qty", "location", "lot"),
        (
            (demand, item, decimal(steps, digits[item]), site, lot or None)
            for (demand, item, site, lot), steps in sorted(kept.items())
        ),
    )


def locations(company_id: int) -> Columns:
    told = {row.site_id: row for row in PlanningPlace.objects.of(company_id)}
    rows = []
    for site in Site.objects.of(company_id).filter(is_active=True).order_by("code"):
        about = told.get(site.pk)
        rows.append(
            (
                *(site.code, about.plant if about else site.name, about.kind or None if about else None),
                millionths(about.capacity_millionths) if about else None,
            )
        )
    return columns(("location", "site", "kind", "capacity"), rows)


def lanes(company_id: int) -> Columns:
    rows = Lane.objects.of(company_id).order_by("from_site__code", "to_site__code", "item__code")
    return columns(
        ("from", "to", "lead_time_days", "cost", "item"),
        (
            (
                *(row.from_site.code, row.to_site.code, row.lead_time_days, millionths(row.cost_millionths)),
                row.item.code if row.item else None,
            )
            for row in rows.select_related("from_site", "to_site", "item")
        ),
    )


def outlets(company_id: int) -> Columns:
    rows = Outlet.objects.of(company_id).order_by("code", "item__code", "pk").select_related("item")
    return columns(
        ("item", "outlet", "kind", "share", "fee", "least", "most", "until", "fade"),
        (
            (
                *(row.item.code if row.item else None, row.code, row.kind, millionths(row.share_millionths)),
                *(millionths(row.fee_millionths), decimal(row.least_steps, 6), decimal(row.most_steps, 6)),
                *(row.until, millionths(row.fade_millionths)),
            )
            for row in rows
        ),
    )


def _sales_lines(company_id: int) -> list[SalesLine]:
    rows = (
        SalesLine.objects.of(company_id)
        .filter(order__state__in=AGREED)
        .select_related("order__customer", "order__site", "item")
        .order_by("order__number", "seq")
    )
    return list(rows)


def supplies(company_id: int) -> Columns:
    """What is ordered already, drafts included: whoever wrote one has decided it, and a plan must not ask again."""
    bought = (
        PurchaseLine.objects.of(company_id)
        .filter(order__state__in=("draft", *COUNTED_ON), item__is_active=True)
        .select_related("order__supplier", "order__location__site", "item")
        .order_by("order__number", "seq")
    )
    count = Counter(PurchaseLine.objects.of(company_id).values_list("order_id", flat=True))
    rows: list[tuple[Any, ...]] = [
        (
            *(line_name(line.order.number, line.seq, count[line.order_id]), line.item.code),
            *(decimal(steps, line.item.decimals), line.expected_on),
            place(line.order.location.site.code if line.order.location.site else None),
            *("buy", line.order.supplier.code, "released"),
        )
        for line in bought
        if (steps := line.open_steps + line.waiting_steps)
    ]
    rows += [
        (
            *(order.number, order.item.code, decimal(order.qty_steps - order.made_steps, order.item.decimals)),
            *(order.due_on, place(order.site.code if order.site else None), "make", None),
            "planned" if order.state in NOT_PROVIDED else "released",
        )
        for order in _work_orders(company_id)
        if order.qty_steps > order.made_steps
    ]
    return columns(("supply", "item", "qty", "due", "location", "kind", "supplier", "status"), rows)


def _work_orders(company_id: int) -> list[WorkOrder]:
    rows = WorkOrder.objects.of(company_id).filter(state__in=BEFORE_THE_END, item__is_active=True)
    return list(rows.select_related("item", "site").order_by("number"))
