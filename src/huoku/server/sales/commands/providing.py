"""An order whose materials are neither here nor on order cannot be promised yet: until it is, plans provide for it."""

from huoku.language import Sentence
from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.refusals import NoLines
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import opened
from huoku.server.platform.requests import Opened
from huoku.server.sales.commands.changing import given_up
from huoku.server.sales.keeping import keep, open_lines
from huoku.server.sales.models import SalesOrder
from huoku.server.sales.rights import SELL
from huoku.server.sales.standing import told
from huoku.server.sales.surplus import tell_surplus

NOT_WANTED = Sentence("不再备料", "taken out of what is provided for")


@command(right=SELL)
def provide_order(at: At, request: Opened) -> dict[str, object]:
    """The customer has ordered: what is there is kept, and plans count the lines, so that purchasing and production see
    what to buy and make. It is promised by confirming it. Raises NotFound, Stale, NotFromHere, NoLines."""
    order = opened(at, SalesOrder, request.id, request.version)
    must_be_open_to(order, "sales.provide_order")
    lines = open_lines(at, order)
    if not lines:
        raise NoLines(field="lines", value=order.number)
    found = keep(at, order, lines)
    answer = go(at, order, "sales.provide_order", held_until=None)
    at.tell("order_provided", order)
    return {**answer, **told(found)}


@command(right=SELL)
def stop_providing(at: At, request: Opened) -> dict[str, object]:
    """It is an inquiry again: what it kept is free, what was bought or made for it is told and left as a task. Raises
    NotFound, Stale, NotFromHere."""
    order = opened(at, SalesOrder, request.id, request.version)
    must_be_open_to(order, "sales.stop_providing")
    surplus = given_up(at, order)
    answer = go(at, order, "sales.stop_providing")
    if surplus:
        tell_surplus(at, order, NOT_WANTED, surplus)
    at.tell("order_provided", order)
    return {**answer, "surplus": surplus}
