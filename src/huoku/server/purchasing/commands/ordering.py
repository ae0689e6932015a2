"""From requests to draft orders, one for each supplier."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import Field

from huoku.language import Sentence
from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.in_use import in_use
from huoku.server.documents.places import place_for_goods
from huoku.server.documents.tasks import drop_tasks
from huoku.server.ledger.models import Location
from huoku.server.partners.models import Supplier
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import add, opened
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Asked, Code, Id
from huoku.server.purchasing.commands.drafting import begin
from huoku.server.purchasing.commands.requests import URGENT
from huoku.server.purchasing.models import PurchaseDefaults, PurchaseLine, PurchaseRequest
from huoku.server.purchasing.pricing import Terms, terms_of
from huoku.server.purchasing.rights import ORDER
from huoku.server.purchasing.totals import reckon


class NoSource(Refused):
    code = "no_source"
    words = Sentence(
        "{item} 今天没有有效的货源，请指定供应商。", "Nobody's terms for {item} are valid today: name a supplier."
    )


class OrderPurchaseRequests(Asked):
    requests: Annotated[list[Id], Field(min_length=1, max_length=1_000)]
    location: Code = Field(description="Where the goods are to be received.")
    supplier: Code | None = Field(default=None, description="For all of them; empty: the preferred one of each.")


@command(right=ORDER)
def order_requests(at: At, request: OrderPurchaseRequests) -> dict[str, object]:
    """Put open requests on draft orders, one for each supplier and currency, so that minimum values and price breaks
    are reached together. The supplier is the one asked for, else the preferred source.

    Each request keeps a line of its own, with its demand. Raises NotFound, NotFromHere, NoSource, Unknown, NotInUse.
    """
    location = place_for_goods(at, request.location)
    supplier = in_use(at, Supplier, "supplier", request.supplier) if request.supplier else None
    wanted = [opened(at, PurchaseRequest, id, None) for id in sorted(set(request.requests))]
    for row in wanted:
        must_be_open_to(row, "purchasing.order_requests")
    groups: dict[tuple[int, str], list[PurchaseRequest]] = defaultdict(list)
    for row, (supplier_id, currency) in zip(wanted, _chosen(at, wanted, supplier), strict=True):
        groups[supplier_id, currency].append(row)
    suppliers = Supplier.objects.of(at.company_id).in_bulk([supplier_id for supplier_id, _ in groups])
    by_code = sorted(groups, key=lambda group: (suppliers[group[0]].code, group[1]))
    return {
        "orders": [_order(at, suppliers[group[0]], location, group[1], groups[group]) for group in by_code],
    }


def _order(
    at: At, supplier: Supplier, location: Location, currency: str, requests: Sequence[PurchaseRequest]
) -> dict[str, object]:
    order = begin(at, supplier, location, currency)
    add(at, order)
    defaults = PurchaseDefaults.objects.of(at.company_id).first() or PurchaseDefaults()
    lines = [
        PurchaseLine(
            order=order,
            item=row.item,
            seq=place + 1,
            qty_steps=row.qty_steps,
            wanted_on=row.need_on,
            over_tolerance_millionths=defaults.over_tolerance_millionths,
            under_tolerance_millionths=defaults.under_tolerance_millionths,
            demand=row.demand,
            request=row,
            is_urgent=row.is_urgent,
        )
        for place, row in enumerate(requests)
    ]
    told = reckon(at, order, lines)
    for row in requests:
        go(at, row, "purchasing.order_requests")
        drop_tasks(at, row, URGENT)
    return {**told, "supplier": supplier.code, "currency": currency}


def _chosen(at: At, requests: Sequence[PurchaseRequest], supplier: Supplier | None) -> list[tuple[int, str]]:
    """For each request from whom it is bought, and in which currency."""
    day: date = at.today
    terms = terms_of(at.company_id, {row.item_id for row in requests}, day, at.actor.company.currency)
    total: dict[int, int] = defaultdict(int)
    for row in requests:
        total[row.item_id] += row.qty_steps
    found = []
    for place, row in enumerate(requests):
        asked = supplier or row.supplier
        possible = [each for each in terms.get(row.item_id, []) if asked is None or each.supplier_id == asked.pk]
        best = min(possible, key=lambda each: _preferred(each, total[row.item_id], at), default=None)
        if best is not None:
            found.append((best.supplier_id, best.currency))
        elif asked is not None:
            found.append((asked.pk, asked.currency))
        else:
            raise NoSource(row=place, field="requests", value=row.number, item=row.item.code)
    return found


def _preferred(terms: Terms, total: int, at: At) -> tuple[int, bool, bool, int]:
    """By priority, then the company's own currency, then price; the order that sources come in decides the rest."""
    price = terms.price(total)
    return terms.priority, terms.currency != at.actor.company.currency, price is None, price or 0
