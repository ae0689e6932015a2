"""What is there, what comes, who wants it, what is kept for whom."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from huoku.server.items.models import Item
from huoku.server.ledger.models import Balance, Status
from huoku.server.planning.contracts import agreed_steps
from huoku.server.planning.models import Forecast, Lane, Outlet, PlanningPlace
from huoku.server.planning.reading.columns import Columns, columns, decimal, millionths, place
from huoku.server.planning.reading.keeping import LIES_FREE, Held, Kept
from huoku.server.planning.reading.work import Work
from huoku.server.platform.models import Site
from huoku.server.purchasing.models import PurchaseLine, PurchaseRequest
from huoku.server.purchasing.models.orders import COUNTED_ON
from huoku.server.purchasing.states import REQUEST
from huoku.server.sales.models import SalesLine
from huoku.server.sales.states import PLANNED

FIRST = 0
"""The priority of what open work orders take: what is begun is served before what is only asked for."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the records call each demand of the plan: SO-2026-00001/2 is sales.line:5."""

    demand_of: Mapping[str, str]


def line_name(number: str, seq: int) -> str:
    """A line of a document as the factory folder names it: the first by the document's number alone. So each has the
    same name whatever becomes of the others."""
    return number if seq == 1 else f"{number}/{seq}"


@dataclass(frozen=True, slots=True)
class Sold:
    """Open lines of orders that are promised or provided for, each with what the plan calls it."""

    lines: Sequence[tuple[str, SalesLine]]

    @property
    def demand_of(self) -> dict[str, str]:
        return {name: line.demand for name, line in self.lines}

    @property
    def name_of(self) -> dict[str, str]:
        return {line.demand: name for name, line in self.lines}


def sold(company_id: int) -> Sold:
    rows = (
        SalesLine.objects.of(company_id)
        .filter(order__state__in=PLANNED)
        .select_related("order__customer", "order__site", "item")
        .order_by("order__number", "seq")
    )
    named = [(line_name(line.order.number, line.seq), line) for line in rows]
    return Sold([(name, line) for name, line in named if line.open_steps and line.item.is_active])


def demands(company_id: int, sales: Sold, work: Work) -> Columns:
    """Open lines of orders, by the day that is wanted; forecasts and what is left of contracts; and what
    work orders that are under way still take, before everything else."""
    names = ("demand", "item", "qty", "due", "location", "priority", "customer", "kind", "price")
    rows: list[tuple[Any, ...]] = [
        (
            *(name, line.item.code, decimal(line.open_steps, line.item.decimals), line.due_on),
            *(place(line.order.site.code if line.order.site else None), line.order.priority),
            *(line.order.customer.code, "order", millionths(line.price_millionths)),
        )
        for name, line in sales.lines
    ]
    called = agreed_steps(company_id)
    rows += [
        (
            *(row.code, row.item.code, decimal(left, row.item.decimals), row.due_on),
            *(place(row.site.code if row.site else None), row.priority),
            *(row.customer.code if row.customer else None, row.kind, millionths(row.price_millionths)),
        )
        for row in Forecast.objects.of(company_id)
        .filter(item__is_active=True)
        .order_by("code")
        .select_related("item", "site", "customer")
        if (left := row.qty_steps - called.get(row.pk, 0)) > 0
    ]
    rows += [
        (
            *(each.name, each.item, decimal(each.steps, each.decimals), each.need_on),
            *(each.site, FIRST, None, "contract", None),
        )
        for each in work.taken
    ]
    return columns(names, rows)


def stock(company_id: int, kept: Kept) -> Columns:
    """Our own stock by item, lot, site and status. Bins of one site are one place to a plan. What is ``kept`` for those
    of whom the plan does not know, such as a provisional hold, is blocked to it."""
    lots: dict[tuple[str, str, str, str], int] = defaultdict(int)
    facts: dict[tuple[str, str, str, str], tuple[date | None, date | None]] = {}
    digits: dict[str, int] = {}
    rows = Balance.objects.of(company_id).filter(
        on_hand__gt=0, owner__code="", location__kind__in=LIES_FREE, item__is_active=True
    )
    for code, decimals, site, lot, received_on, expires_on, status, on_hand in rows.order_by(
        "item__code", "lot__code", "pk"
    ).values_list(
        *("item__code", "item__decimals", "location__site__code", "lot__code", "lot__received_on"),
        *("lot__expires_on", "status", "on_hand"),
    ):
        key = (code, place(site), lot, status)
        lots[key] += on_hand
        facts[key], digits[code] = (received_on, expires_on), decimals
    for held in kept.rest():
        _block(held, lots, facts)
    return columns(
        ("item", "qty", "location", "lot", "received_on", "expires_on", "status"),
        (
            (item, decimal(steps, digits[item]), site, lot or None, *facts[key], status)
            for key, steps in sorted(lots.items())
            if steps
            for item, site, lot, status in [key]
        ),
    )


def _block(
    held: Held,
    lots: dict[tuple[str, str, str, str], int],
    facts: dict[tuple[str, str, str, str], tuple[date | None, date | None]],
) -> None:
    """Take what is held off the available lots of its site, those that expire first before others, and block it."""
    left = held.steps
    here = [key for key in lots if key[0] == held.item and key[1] == held.site and key[3] == Status.AVAILABLE]
    here = [key for key in here if held.lot in ("", key[2])]
    for key in sorted(here, key=lambda key: (facts[key][1] or date.max, key)):
        part = min(left, lots[key])
        blocked = (*key[:3], Status.BLOCKED.value)
        lots[key] -= part
        lots[blocked] += part
        facts.setdefault(blocked, facts[key])
        left -= part


def reservations(company_id: int, sales: Sold, work: Work, kept: Kept) -> Columns:
    """Stock that is kept for demands of the plan. What is kept for open orders of ours, those orders say themselves."""
    found: dict[tuple[str, str, str, str], int] = defaultdict(int)
    named = sales.name_of
    held = [(each.name, held) for each in work.taken for held in each.kept]
    held += [(named[demand], held) for demand, held in kept.take_all(set(named))]
    for name, each in held:
        found[name, each.item, each.site, each.lot] += each.steps
    digits = dict(
        Item.objects.of(company_id).filter(code__in={key[1] for key in found}).values_list("code", "decimals")
    )
    return columns(
        ("demand", "item", "qty", "location", "lot"),
        (
            (demand, item, decimal(steps, digits[item]), site, lot or None)
            for (demand, item, site, lot), steps in sorted(found.items())
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


def supplies(company_id: int, work: Work) -> Columns:
    """What is ordered already, drafts and requests included: whoever wrote one has decided it, and a plan must not ask
    again."""
    bought = (
        PurchaseLine.objects.of(company_id)
        .filter(order__state__in=("draft", *COUNTED_ON), item__is_active=True)
        .select_related("order__supplier", "order__location__site", "item")
        .order_by("order__number", "seq")
    )
    rows: list[tuple[Any, ...]] = [
        (
            *(line_name(line.order.number, line.seq), line.item.code),
            *(decimal(steps, line.item.decimals), line.expected_on),
            place(line.order.location.site.code if line.order.location.site else None),
            *("buy", line.order.supplier.code, "released"),
        )
        for line in bought
        if (steps := line.open_steps + line.waiting_steps)
    ]
    asked = PurchaseRequest.objects.of(company_id).filter(state=REQUEST.start, item__is_active=True)
    rows += [
        (
            *(row.number, row.item.code, decimal(row.qty_steps, row.item.decimals), row.need_on),
            *(
                place(row.site.code if row.site else None),
                "buy",
                row.supplier.code if row.supplier else None,
                "released",
            ),
        )
        for row in asked.select_related("item", "site", "supplier").order_by("number")
    ]
    rows += [
        (
            *(each.name, each.item, decimal(each.steps, each.decimals), each.due_on, each.site, "make", None),
            "planned" if each.by_bill else "released",
        )
        for each in work.given
    ]
    return columns(("supply", "item", "qty", "due", "location", "kind", "supplier", "status"), rows)
