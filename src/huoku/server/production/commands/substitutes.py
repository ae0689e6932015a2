"""Issuing something else than the recipe says."""

from fractions import Fraction
from math import ceil

from pydantic import Field

from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.refusals import MoreThanAsked
from huoku.server.items.models import Item
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Positive, Ratio, plain, whole
from huoku.server.platform.kept import named, opened
from huoku.server.platform.requests import Code, Count, Opened, Words
from huoku.server.production.commands.issues import kit_if_complete, lot_named
from huoku.server.production.components import Components
from huoku.server.production.issuing import issue
from huoku.server.production.models import WorkComponent, WorkOrder
from huoku.server.production.places import STORES, place_named
from huoku.server.production.refusals import IsBackflushed, RiskNeeded, SubstituteOfSubstitute
from huoku.server.production.rights import SUBSTITUTE
from huoku.server.production.substitutes import allowed_for


class IssueSubstitute(Opened):
    line: Count = Field(description="The seq of the component that it stands for.")
    substitute: Code
    quantity: Positive = Field(description="Of the substitute, in its unit.")
    from_location: Code
    ratio: Ratio = Field(
        default="1", description="Units of the substitute for one of the item, where the item master has none."
    )
    risk: Words = Field(default="", description="What may go wrong with it; wanted where the item master has none.")
    lot: Code | None = None
    reason: Words = ""


@command(right=SUBSTITUTE, waits=True)
def issue_substitute(at: At, request: IssueSubstitute) -> dict[str, object]:
    """Issue something instead of a component. One that the item master does not allow waits for an engineer, who
    answers for the risk that is written down.

    Raises NotFromHere, NoSuchLine, SubstituteOfSubstitute, MoreThanAsked, RiskNeeded, InsufficientStock.
    """
    order = opened(at, WorkOrder, request.id, request.version)
    must_be_open_to(order, "production.issue_substitute")
    components = Components(at, order)
    component = components.of(request.line)
    if component.stands_for_id:
        raise SubstituteOfSubstitute(field="line", value=request.line)
    if component.is_backflushed:
        raise IsBackflushed(field="line", value=request.line, item=component.item.code)
    substitute = named(at, Item, "substitute", request.substitute)
    ratio = ratio_of(at, order, component, request)
    quantity = whole(request.quantity, substitute.decimals, "quantity")
    _must_be_needed(component, substitute, ratio, quantity)
    row = _row_of(components, component, substitute, ratio, request.risk)
    origin = place_named(at, "from_location", request.from_location, *STORES)
    lots = issue(
        at,
        order,
        substitute.pk,
        quantity,
        origin.pk,
        order.work_in_progress_id,
        lot=lot_named(at, row, request.lot),
        reason=request.reason or request.risk,
    )
    row.issued_steps += quantity
    components.save()
    facts = {"instead_of": component.item.code, "substitute": substitute.code, "risk": request.risk}
    at.tell("substitute_issued", order, quantity=str(request.quantity), **facts)
    told = go(at, order, "production.issue_substitute")
    kit_if_complete(at, order, components)
    return {**told, "line": row.seq, "lots": lots, "state": order.state}


def ratio_of(at: At, order: WorkOrder, component: WorkComponent, request: IssueSubstitute) -> Fraction:
    """The ratio of the item master; where it has none, what was asked for. Raises RiskNeeded."""
    for each in allowed_for(at.company_id, order, component):
        if each.code == request.substitute:
            return each.ratio
    if not request.risk:
        raise RiskNeeded(field="risk", value=request.substitute)
    return Fraction(request.ratio)


def _must_be_needed(component: WorkComponent, substitute: Item, ratio: Fraction, quantity: int) -> None:
    units = Fraction(component.open_steps, 10**component.item.decimals) * ratio
    most = ceil(units * 10**substitute.decimals)
    if quantity > most:
        raise MoreThanAsked(
            field="quantity", value=plain(quantity, substitute.decimals), most=plain(most, substitute.decimals)
        )


def _row_of(
    components: Components, component: WorkComponent, substitute: Item, ratio: Fraction, risk: str
) -> WorkComponent:
    """The line of this substitute, one for each ratio and risk."""
    for row in components.substitutes_of(component):
        if (row.item_id, row.ratio, row.risk) == (substitute.pk, str(ratio), risk):
            return row
    return components.add(
        WorkComponent(
            item=substitute,
            per_unit=str(Fraction(component.per_unit) * ratio),
            per_order=str(Fraction(component.per_order) * ratio),
            operation=component.operation,
            needed_steps=0,
            stands_for=component,
            ratio=str(ratio),
            risk=risk,
        )
    )
