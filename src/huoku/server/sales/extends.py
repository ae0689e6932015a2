"""What sales tells those who keep something for its lines."""

from collections.abc import Iterable, Set
from datetime import date

from huoku.server.documents.papers import stands_for
from huoku.server.documents.wanting import may_stand_still, speaks_for
from huoku.server.sales.models import SalesLine
from huoku.server.sales.states import HELD, LOCKED, PLANNED

stands_for("sales.line", SalesLine, "sales_orders", way="order")


@speaks_for("sales.line")
def lines_to_ship(company_id: int, ids: Set[int]) -> Set[int]:
    """Lines that are promised, provided for or held for their customer, and are not shipped."""
    rows = SalesLine.objects.of(company_id).filter(pk__in=ids, order__state__in=(HELD, *PLANNED))
    return {line.pk for line in rows if line.open_steps}


@may_stand_still("sales.line")
def in_lock_period(company_id: int, ids: Set[int]) -> Iterable[tuple[str, date]]:
    """Until its stock is verified nothing is released for an order."""
    rows = SalesLine.objects.of(company_id).filter(pk__in=ids, order__state=LOCKED).select_related("order")
    return {(line.order.number, line.order.lock_until) for line in rows if line.order.lock_until}
