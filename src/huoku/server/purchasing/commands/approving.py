"""Approving a draft, within one's limit or with a second person, and sending it."""

from pydantic import Field

from huoku.language import Sentence
from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.refusals import NoLines
from huoku.server.platform.approvals import why_it_waits
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import minor_digits, plain
from huoku.server.platform.kept import opened
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Opened
from huoku.server.purchasing.models import PurchaseLine, PurchaseOrder
from huoku.server.purchasing.quantities import must_be_at_most
from huoku.server.purchasing.rights import ORDER
from huoku.server.purchasing.supplies import restate
from huoku.server.purchasing.totals import at_home, must_be_storable, unit_cost


class PriceMissing(Refused):
    code = "price_missing"
    words = Sentence("第 {seq} 行 {item} 还没有价格。", "Line {seq}, {item}, has no price yet.")


class RateMissing(Refused):
    code = "rate_missing"
    words = Sentence(
        "{value} 以 {currency} 计价，请先填对 {home} 的汇率。",
        "{value} is in {currency}: enter its rate to {home} first.",
    )


class BelowMinimum(Refused):
    code, is_kept = "below_minimum", False
    words = Sentence(
        "货款还差 {missing} {currency} 才到供应商的最低订单金额 {least}；供应商同意的话，请注明后再批准。",
        "The goods lack {missing} {currency} of the supplier's minimum order value of {least}. Approve it nevertheless "
        "where the supplier agrees.",
    )


class VersionNeeded(Refused):
    """What waits for a second person must still be what the first one saw when it is approved."""

    code, is_kept = "version_needed", False
    words = Sentence(
        "{value} 要等第二人批准，请指明看到的是哪个版本。",
        "{value} has to wait for a second person: say which version you saw.",
    )


class ApprovePurchaseOrder(Opened):
    below_minimum: bool = Field(default=False, description="The supplier takes it below his minimum order value.")


def _approvable(at: At, request: ApprovePurchaseOrder) -> tuple[PurchaseOrder, list[PurchaseLine]]:
    """The order with its lines, when it can be approved by whoever may."""
    order = opened(at, PurchaseOrder, request.id, request.version)
    must_be_open_to(order, "purchasing.approve")
    lines = list(PurchaseLine.objects.of(at.company_id).filter(order=order).select_related("item").order_by("seq"))
    if not lines:
        raise NoLines(field="lines", value=order.number)
    if order.rate_millionths is None:
        home = order.company.currency
        raise RateMissing(field="rate", value=order.number, currency=order.currency, home=home)
    for place, line in enumerate(lines):
        if line.price_millionths is None:
            raise PriceMissing(row=place, field="price", seq=line.seq, item=line.item.code)
        must_be_at_most(unit_cost(order, line), 6, "price", place)
    if order.missing_minor and not request.below_minimum:
        digits = minor_digits(order.currency)
        missing, least = plain(order.missing_minor, digits), plain(order.min_order_value_minor, digits)
        raise BelowMinimum(field="below_minimum", missing=missing, least=least, currency=order.currency)
    return order, lines


def _amount(at: At, request: ApprovePurchaseOrder) -> int:
    order, _ = _approvable(at, request)
    amount = at_home(order)
    must_be_storable(amount, at.actor.company.currency)
    if request.version is None and not at.is_approved and why_it_waits(at.actor, approve.name, amount):
        raise VersionNeeded(field="version", value=order.number)
    return amount


@command(right=ORDER, amount=_amount)
def approve(at: At, request: ApprovePurchaseOrder) -> dict[str, object]:
    """The order is decided, and what it brings is counted on from now. Above one's limit a second person decides.

    Raises NotFound, Stale, NotFromHere, NoLines, PriceMissing, RateMissing, BelowMinimum, VersionNeeded.
    """
    order, lines = _approvable(at, request)
    told = go(at, order, "purchasing.approve")
    restate(at, order, lines)
    return told


@command(right=ORDER)
def send(at: At, request: Opened) -> dict[str, object]:
    """The supplier has the order. Raises NotFound, Stale, NotFromHere."""
    order = opened(at, PurchaseOrder, request.id, request.version)
    return go(at, order, "purchasing.send", sent_on=at.today)
