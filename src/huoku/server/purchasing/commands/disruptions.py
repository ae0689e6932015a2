"""The world outside: a strike, a closed port, a new rule at the border. For a while nothing leaves some suppliers."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from huoku.language import Sentence
from huoku.server.partners.models import Supplier, SupplierDay
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import add, change, named
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Asked, Code, Words
from huoku.server.platform.validity import must_not_end_before_it_begins
from huoku.server.purchasing.commands.promising import RevisedLine, RevisePurchaseDates, revise_dates
from huoku.server.purchasing.models import PurchaseLine
from huoku.server.purchasing.models.orders import WITH_SUPPLIER
from huoku.server.purchasing.rights import ORDER

LONGEST = 366


class TooLong(Refused):
    code = "too_long"
    words = Sentence(
        "最多 {most} 天；更久请换供应商或改交期。",
        "{most} {most|day|days} at most; for longer change the supplier or its terms.",
    )


class ReportDisruption(Asked):
    """What is to arrive from these suppliers on one of these days arrives after them."""

    suppliers: Annotated[list[Code], Field(min_length=1, max_length=100)]
    from_on: date
    until_on: date = Field(description="The last day of it.")
    why: Annotated[Words, Field(min_length=1)]


@command(right=ORDER)
def report_disruption(at: At, request: ReportDisruption) -> dict[str, object]:
    """Each supplier is closed on these days, so plans order around them; and each open line that was to arrive then
    gets the first day after, with the reason, so whoever counted on it is told.

    Raises Unknown, EndsBeforeItBegins, TooLong.
    """
    must_not_end_before_it_begins(request.from_on, request.until_on)
    length = (request.until_on - request.from_on).days + 1
    if length > LONGEST:
        raise TooLong(field="until_on", value=request.until_on.isoformat(), most=LONGEST)
    days = [request.from_on + timedelta(days=n) for n in range(length)]
    moved: list[dict[str, object]] = []
    for code in sorted(set(request.suppliers)):
        supplier = named(at, Supplier, "suppliers", code)
        _close(at, supplier, days)
        moved += _move(at, supplier, request)
    return {"days": length, "moved": moved}


def _close(at: At, supplier: Supplier, days: Iterable[date]) -> None:
    there = {row.date: row for row in SupplierDay.objects.of(at.company_id).filter(supplier=supplier, date__in=days)}
    for day in days:
        if day in there:
            change(at, there[day], {"is_open": False})
        else:
            add(at, SupplierDay(supplier=supplier, date=day, is_open=False))


def _move(at: At, supplier: Supplier, request: ReportDisruption) -> list[dict[str, object]]:
    """What was to arrive meanwhile comes on the first day after on which the supplier works."""
    after = request.until_on + timedelta(days=1)
    closed = SupplierDay.objects.of(at.company_id).filter(supplier=supplier, date__gte=after, is_open=False)
    shut = set(closed.values_list("date", flat=True))
    while after in shut:
        after += timedelta(days=1)
    rows = PurchaseLine.objects.of(at.company_id).filter(order__supplier=supplier, order__state__in=WITH_SUPPLIER)
    hit: dict[int, list[PurchaseLine]] = defaultdict(list)
    for line in rows.select_related("order", "item").order_by("order__number", "seq"):
        if line.open_steps and request.from_on <= line.expected_on <= request.until_on:
            hit[line.order_id].append(line)
    for order, lines in hit.items():
        revised = [RevisedLine(line=line.pk, on=after, why=request.why) for line in lines]
        revise_dates(at, RevisePurchaseDates(id=order, lines=revised))
    return [
        {"order": line.order.number, "line": line.seq, "item": line.item.code, "on": after}
        for lines in hit.values()
        for line in lines
    ]
