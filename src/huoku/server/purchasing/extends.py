"""What the names of purchasing lead to, and what is asked for or ordered for a demand."""

from collections.abc import Iterator, Set

from huoku.server.documents.meant import Meant, tells_what_is_meant
from huoku.server.documents.papers import stands_for
from huoku.server.purchasing.models import PurchaseLine, PurchaseRequest
from huoku.server.purchasing.models.orders import COUNTED_ON
from huoku.server.purchasing.supplies import name_of

stands_for("purchasing.line", PurchaseLine, "purchase_orders", way="order")
stands_for("purchasing.request", PurchaseRequest, "purchase_requests")


@tells_what_is_meant
def asked_for_and_ordered(company_id: int, demands: Set[str]) -> Iterator[Meant]:
    """Open requests, and lines of orders that are drafts or under way."""
    for request in PurchaseRequest.objects.of(company_id).filter(demand__in=demands, state="open").order_by("pk"):
        yield Meant(f"purchasing.request:{request.pk}", request.item_id, request.qty_steps)
    lines = PurchaseLine.objects.of(company_id).filter(demand__in=demands, order__state__in=("draft", *COUNTED_ON))
    for line in lines.order_by("pk"):
        if left := line.still_to_come():
            yield Meant(name_of(line), line.item_id, left)
