"""What an order comes to: prices by the total of each item, fees once, and what lacks of the supplier's minimum."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from huoku.language import Sentence
from huoku.server.platform.command import At
from huoku.server.platform.exact import minor_digits, plain
from huoku.server.platform.kept import add, change
from huoku.server.platform.refusals import Refused
from huoku.server.purchasing.models import PurchaseLine, PurchaseOrder
from huoku.server.purchasing.pricing import Terms, terms_for
from huoku.server.purchasing.remarks import remarks

LARGEST = 2**63 - 1


class AmountTooLarge(Refused):
    code = "amount_too_large"
    words = Sentence("订单金额 {value} 太大了。", "The order would come to {value}, which is too large an amount.")


def reckon(at: At, order: PurchaseOrder, new: Sequence[PurchaseLine] = (), **values: Any) -> dict[str, object]:
    """Price a draft anew after its lines changed, save what is ``new``, and give the order other ``values`` with it.

    A break is reached by all lines of an item together, and the fee of an item is paid once. What was agreed by hand
    stays. Returns what the sender is told: the amount, and what is doubtful. Raises AmountTooLarge.
    """
    lines = [*PurchaseLine.objects.of(at.company_id).filter(order=order).select_related("item").order_by("seq"), *new]
    terms = terms_for(order, {line.item_id for line in lines}, at.today)
    for line, priced in zip(lines, prices(lines, terms), strict=True):
        if line._state.adding:
            for name, value in priced.items():
                setattr(line, name, value)
            line.open_steps = line.still_to_come()
            add(at, line)
        else:
            change(at, line, {**priced, "open_steps": line.still_to_come()})
    told = change(at, order, {**values, **_totals(order, lines, terms)}, is_touched=True)
    digits = minor_digits(order.currency)
    return {
        **told,
        "number": order.number,
        "state": order.state,
        "amount": plain(order.amount_minor, digits),
        "missing": plain(order.missing_minor, digits),
        "remarks": remarks(order, lines, terms),
    }


def prices(lines: Sequence[PurchaseLine], terms: Mapping[int, Terms]) -> list[dict[str, int | None]]:
    """For each line the price and the fee that hold."""
    total: dict[int, int] = defaultdict(int)
    for line in lines:
        total[line.item_id] += line.qty_steps
    has_fee: set[int] = set()
    found = []
    for line in lines:
        of_item = terms.get(line.item_id)
        price, fee = line.price_millionths, line.order_fee_minor
        if not line.price_is_agreed:
            price = of_item.price(total[line.item_id]) if of_item else None
        if not line.fee_is_agreed:
            fee = of_item.fee if of_item and line.item_id not in has_fee else 0
        has_fee.add(line.item_id)
        found.append({"price_millionths": price, "order_fee_minor": fee})
    return found


def _totals(order: PurchaseOrder, lines: Sequence[PurchaseLine], terms: Mapping[int, Terms]) -> dict[str, int]:
    goods = sum(value_of(line, order.currency) for line in lines)
    amount = goods + sum(line.order_fee_minor for line in lines)
    must_be_storable(amount, order.currency)
    least = max((each.min_order_value for each in terms.values()), default=0)
    return {"amount_minor": amount, "min_order_value_minor": least, "missing_minor": max(0, least - goods)}


def must_be_storable(amount: int, currency: str) -> None:
    """Raises AmountTooLarge where the tables cannot hold an amount in minor units."""
    if amount > LARGEST:
        raise AmountTooLarge(field="qty", value=plain(amount, minor_digits(currency)))


def value_of(line: PurchaseLine, currency: str) -> int:
    """What the goods of a line cost, in minor units, half a unit rounded up."""
    divisor: int = 10 ** (line.item.decimals + 6 - minor_digits(currency))
    return (2 * line.qty_steps * (line.price_millionths or 0) + divisor) // (2 * divisor)


def at_home(order: PurchaseOrder) -> int:
    """The order's amount in minor units of the company's currency, half a unit rounded up."""
    home = order.company.currency
    if order.currency == home:
        return order.amount_minor
    product: int = 2 * order.amount_minor * (order.rate_millionths or 0) * 10 ** minor_digits(home)
    divisor: int = 10 ** (minor_digits(order.currency) + 6)
    return (product + divisor) // (2 * divisor)


def unit_cost(order: PurchaseOrder, line: PurchaseLine) -> int:
    """What one unit costs, in millionths of the company's currency, half a millionth rounded up."""
    return (2 * (line.price_millionths or 0) * (order.rate_millionths or 0) + 10**6) // (2 * 10**6)
