"""Keeping what was offered: an inquiry with the words and the price that the customer was told."""

from typing import Annotated

from pydantic import Field

from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Amount, Positive
from huoku.server.platform.requests import Asked, Code, DueDay, Words
from huoku.server.sales.commands.orders import EnterOrder, OrderLine, enter_order
from huoku.server.sales.commands.promising import HoldOrder, hold_order
from huoku.server.sales.rights import SELL


class KeepOffer(Asked):
    customer: Code
    item: Code
    qty: Positive
    due_on: DueDay
    site: Code | None = None
    price: Amount | None = Field(default=None, description="Of one unit; the item's sales price where empty.")
    note: Words = Field(default="", description="What the customer was told.")
    is_held: bool = Field(default=False, description="Keep what is there for a while, through the bill of material.")
    hours: Annotated[int, Field(ge=1, le=24 * 90)] | None = Field(
        default=None, description="How long it is held; as the rules of sales say where empty."
    )


@command(right=SELL)
def keep_offer(at: At, request: KeepOffer) -> dict[str, object]:
    """An inquiry of one line, held provisionally where that is asked for. Raises what entering and holding refuse."""
    line = OrderLine(**request.model_dump(include={"item", "qty", "due_on", "price"}))
    entered: dict[str, object] = enter_order(
        at, EnterOrder(customer=request.customer, site=request.site, note=request.note, lines=[line])
    )
    if not request.is_held:
        return entered
    held: dict[str, object] = hold_order(at, HoldOrder(id=int(str(entered["id"])), hours=request.hours))
    return held
