"""What orders take of the contracts that they call on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from huoku.server.planning.models import ContractCall
from huoku.server.sales.models import SalesLine
from huoku.server.sales.states import AGREED, OPEN, SHIPPED


def agreed_steps(company_id: int, contracts: Iterable[int] | None = None) -> Mapping[int, int]:
    """By contract, what orders that are agreed to take of it: no longer the contract but the order asks for that. Of
    an order that has ended it is what was shipped; an inquiry takes nothing."""
    return _steps(company_id, contracts, counts_inquiries=False)


def asked_steps(company_id: int, contracts: Iterable[int]) -> Mapping[int, int]:
    """The same, with what inquiries ask for: so much cannot be called a second time."""
    return _steps(company_id, contracts, counts_inquiries=True)


def _steps(company_id: int, contracts: Iterable[int] | None, *, counts_inquiries: bool) -> Mapping[int, int]:
    calls = ContractCall.objects.of(company_id)
    if contracts is not None:
        calls = calls.filter(contract__in=contracts)
    contract_of = {(order, item): pk for pk, order, item in calls.values_list("contract", "order", "contract__item")}
    lines = SalesLine.objects.of(company_id).filter(order__in={order for order, _ in contract_of})
    standing = (*OPEN, *AGREED, SHIPPED) if counts_inquiries else (*AGREED, SHIPPED)
    taken: dict[int, int] = defaultdict(int)
    for line in lines.select_related("order"):
        contract = contract_of.get((line.order_id, line.item_id))
        if contract is not None:
            taken[contract] += line.qty_steps if line.order.state in standing else line.shipped_steps
    return taken
