"""Making what is missing."""

from collections.abc import Iterator

from huoku.language import Sentence
from huoku.server.items.models import Item
from huoku.server.platform.requests import Opened
from huoku.server.production.commands.orders import PlanWorkOrder, plan_order, release_order
from huoku.server.sales.queries.materials import Wanted, materials_for
from huoku.server.shortages.models import Way
from huoku.server.shortages.names import ORDER
from huoku.server.shortages.ways.look import Doing, Found, Look, Outcome, said, site_code, units

WORDS = Sentence("自己做 {quantity}，料是齐的。", "Make {quantity}; its materials are there.")


def in_house(look: Look) -> Iterator[Found]:
    """Where it can be made from what is here or comes."""
    if look.item.kind in (Item.Kind.BUY, Item.Kind.PHANTOM):
        return
    wanted = Wanted(look.case.number, look.item.pk, look.missing, look.need_on)
    (materials,) = materials_for(look.at.company_id, [wanted], look.at.today, look.order.site_id)
    is_made = any(cover.need.item != look.item.pk for cover in materials.covers)
    if is_made and materials.is_covered:
        values: dict[str, object] = {"quantity": said(look.item, look.missing)}
        yield Found(Way.Kind.MAKE, look.item, look.missing, look.missing, materials.ready_on, WORDS, values)


def order_it(doing: Doing) -> Outcome:
    """A work order for it, made for the order that lacks it, released at once."""
    look, way = doing.look, doing.way
    asked = PlanWorkOrder(
        item=look.item.code,
        qty=units(look.item, way.qty_steps),
        start_on=look.at.today,
        due_on=way.ready_on or look.need_on,
        priority=look.order.priority,
        site=site_code(look),
        target=look.order.target.code,
        work_in_progress=look.order.work_in_progress.code,
        demand=look.order.ledger_name,
        note=look.case.number,
    )
    told = plan_order(look.at, asked)
    release_order(look.at, Opened(id=int(str(told["id"]))))
    return Outcome(f"{ORDER}{told['id']}", way.ready_on)
