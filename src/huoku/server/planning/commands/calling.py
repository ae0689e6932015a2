"""Calling goods off a contract: an order of sales, by which so much less is left to call."""

from pydantic import Field

from huoku.language import Sentence
from huoku.server.planning.contracts import asked_steps
from huoku.server.planning.models import ContractCall, Forecast
from huoku.server.planning.rights import CALL_OFF
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Positive, plain, whole
from huoku.server.platform.kept import add, change, opened
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Code, DueDay, Opened
from huoku.server.sales.commands.orders import EnterOrder, enter_order
from huoku.server.sales.models import SalesOrder


class NoContract(Refused):
    code = "no_contract"
    words = Sentence("{value} 是预测，不是合同，不能要货。", "{value} is a forecast and no contract to call on.")


class NoCustomer(Refused):
    code = "no_customer"
    words = Sentence("合同 {value} 没写客户，请指明。", "Contract {value} names no customer; say who calls.")


class CalledTooMuch(Refused):
    code = "called_too_much"
    words = Sentence(
        "合同 {contract} 还剩 {left} {unit}，要不了 {value}；多的请另下订单。",
        "{left} {unit} are left of contract {contract}, not {value}; what is beyond needs an order of its own.",
    )


class CallOff(Opened):
    qty: Positive | None = Field(default=None, description="All that is left where empty.")
    due_on: DueDay | None = Field(default=None, description="The contract's day where empty.")
    customer: Code | None = Field(default=None, description="Where the contract names none.")


@command(right=CALL_OFF)
def call_off(at: At, request: CallOff) -> dict[str, object]:
    """An inquiry of so much of a contract, at its price, under its code as the customer's reference. Until that is
    confirmed the contract is what plans provide for, then the order.

    Raises NotFound, Stale, NoContract, NoCustomer, CalledTooMuch, Unknown, NotWholeSteps.
    """
    contract = opened(at, Forecast, request.id, request.version)
    if contract.kind != Forecast.Kind.CONTRACT:
        raise NoContract(field="id", value=contract.code)
    digits, unit = contract.item.decimals, contract.item.unit
    left = contract.qty_steps - asked_steps(at.company_id, [contract.pk]).get(contract.pk, 0)
    steps = left if request.qty is None else whole(request.qty, digits, "qty")
    if not 0 < steps <= left:
        wanted, there = plain(max(steps, 0), digits), plain(max(left, 0), digits)
        raise CalledTooMuch(field="qty", value=wanted, contract=contract.code, left=there, unit=unit)
    told = enter_order(at, _order(contract, steps, request))
    add(at, ContractCall(contract=contract, order=SalesOrder.objects.of(at.company_id).get(pk=told["id"])))
    called = change(at, contract, {}, is_touched=True)
    return {**called, "document": told["number"], "left": plain(left - steps, digits)}


def _order(contract: Forecast, steps: int, request: CallOff) -> EnterOrder:
    customer = contract.customer.code if contract.customer else request.customer
    if customer is None:
        raise NoCustomer(field="customer", value=contract.code)
    price = contract.price_millionths
    line = {
        "item": contract.item.code,
        "qty": plain(steps, contract.item.decimals),
        "due_on": request.due_on or contract.due_on,
        "price": None if price is None else plain(price, 6),
    }
    return EnterOrder.model_validate(
        {
            "customer": customer,
            "customer_reference": contract.code,
            "priority": min(max(contract.priority, 1), 9),
            "site": contract.site.code if contract.site else None,
            "lines": [line],
        }
    )
