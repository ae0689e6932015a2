"""What a quantity is about in money, quickly: for deciding who may do something alone, not for the books."""

from collections.abc import Iterable

from huoku.server.items.models import Item
from huoku.server.ledger.models import Movement
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.models import Company


def about(company: Company, quantities: Iterable[tuple[int, int]]) -> int | None:
    """What steps of items (id, steps) cost, in the smallest amount of the company's currency, rounded up.

    At each item's entered cost, else at that of its last receipt; None where one of them has neither.
    """
    total = 0
    for item_id, steps in quantities:
        item = Item.objects.of(company).filter(pk=item_id).only("unit_cost_millionths", "decimals").first()
        if item is None:
            continue  # the command itself will say so
        cost = item.unit_cost_millionths
        if cost is None:
            received = Movement.objects.of(company).filter(item_id=item_id, unit_cost__isnull=False)
            cost = received.order_by("-seq").values_list("unit_cost", flat=True).first()
        if cost is None:
            return None
        amount = abs(steps) * cost * 10 ** minor_digits(company.currency)
        total += -(-amount // (10**6 * 10**item.decimals))
    return total
