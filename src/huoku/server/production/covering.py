"""Providing for an order: its components are reserved for it, and what is short is told to those who can help."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from huoku.language import Sentence
from huoku.server.documents.tasks import drop_tasks, leave_task
from huoku.server.items.models import Item
from huoku.server.ledger.covering import keep_for, lock_stock_of
from huoku.server.ledger.doubting import leave_out_doubted
from huoku.server.ledger.handing import hand_over
from huoku.server.ledger.keeping import Demand
from huoku.server.ledger.queries.coverage import Arrival, Cover, Need, read, serve
from huoku.server.platform.command import At
from huoku.server.platform.exact import plain
from huoku.server.platform.roles import Role
from huoku.server.production.components import Components, kept_for
from huoku.server.production.models import WorkOrder
from huoku.server.production.output import whom_it_is_for

SHORTAGE = "components_short"
WORDS = Sentence(
    "工单 {number} 缺料，{start_on} 开工前要到：{missing}。",
    "Work order {number} is short of materials that it needs by {start_on}: {missing}.",
)


@dataclass(frozen=True, slots=True)
class Shortage:
    """So much of an item will not be there in time; ``late`` is what comes afterwards."""

    item: Item
    missing: int
    late: Sequence[Arrival] = field(default_factory=list)

    def named(self) -> str:
        return f"{plain(self.missing, self.item.decimals)} {self.item.unit} {self.item.code}"

    def told(self) -> dict[str, Any]:
        """As answers and tasks carry it."""
        late = [
            {
                "supply": each.name,
                "on": each.on and each.on.isoformat(),
                "quantity": plain(each.quantity, self.item.decimals),
            }
            for each in self.late
        ]
        return {"item": self.item.code, "missing": plain(self.missing, self.item.decimals), "late": late}


def provide(at: At, order: WorkOrder, components: Components) -> list[Shortage]:
    """Reserve for the order what it still needs: what was kept for its own demand, free stock of its site, and what is
    to arrive. Returns what will not be there in time, and tells of it."""
    items = {row.item_id: row.item for row in components if row.open_steps and not row.stands_for_id}
    lock_stock_of(at, items)
    need = {item: components.open_of(item) for item in items}
    handed = _hand_over(at, order, need)
    picture = read(at.company_id, items, at.today, None if order.site_id is None else [order.site_id])
    leave_out_doubted(at.company_id, picture.free)
    needs = [
        Need(order.ledger_name, item, need[item] - handed.get(item, 0), order.start_on, order.site_id) for item in items
    ]
    covers = serve(picture, needs)
    keep_for(at, order.ledger_name, order.priority, covers)
    shortages = [each for each in (_shortage(items[cover.need.item], cover) for cover in covers) if each.missing]
    tell_shortages(at, order, shortages)
    return shortages


def _shortage(item: Item, cover: Cover) -> Shortage:
    """What is kept of a supply may come too late as well."""
    late = late_of(cover)
    return Shortage(item, cover.short + sum(each.quantity for each in cover.kept_supply if each in late), late)


def late_of(cover: Cover) -> list[Arrival]:
    """What comes for this need after its day, or on no known day, the earliest first."""
    need_on = cover.need.need_on
    kept = [each for each in cover.kept_supply if each.on is None or each.on > need_on]
    return [*kept, *cover.late]


def _hand_over(at: At, order: WorkOrder, need: Mapping[int, int]) -> dict[int, int]:
    """What sales has kept for the demands that the order is made for is this order's now, as far as it needs more than
    it has."""
    demands = whom_it_is_for(at.company_id, order)
    left = dict(need)
    for row in kept_for(at.company_id, order):
        if row.item_id in left:
            left[row.item_id] -= row.open_quantity
    ours = Demand(order.ledger_name, order.priority, order.start_on, None)
    sites = None if order.site_id is None else (order.site_id, None)
    handed: Counter[int] = Counter()
    for demand in demands:
        given = hand_over(at, demand, ours, left, sites)
        handed.update(given)
        for item, steps in given.items():
            left[item] -= steps
    return dict(handed)


def tell_shortages(at: At, order: WorkOrder, shortages: Sequence[Shortage]) -> None:
    """Leave purchasing and planning the task to bring what is short; where nothing is any more, take it back."""
    if not shortages:
        drop_tasks(at, order, SHORTAGE)
        return
    told = [each.told() for each in shortages]
    at.tell("components_short", order, missing=told)
    for role in (Role.BUYER, Role.PLANNER):
        leave_task(
            at,
            order,
            SHORTAGE,
            role,
            WORDS,
            due_on=order.start_on,
            facts={"missing": told},
            number=order.number,
            start_on=order.start_on,
            missing=", ".join(each.named() for each in shortages),
        )
