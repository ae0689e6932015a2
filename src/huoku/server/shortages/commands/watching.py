"""Items that fall below their safety stock: planning and purchasing are told once, and told no more when it is over."""

from collections.abc import Mapping

from huoku.language import Sentence
from huoku.server.documents.tasks import drop_tasks, leave_task
from huoku.server.items.models import Item
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import plain
from huoku.server.platform.kept import add, change
from huoku.server.platform.requests import Asked
from huoku.server.platform.roles import Role
from huoku.server.shortages.low import Low, low_now
from huoku.server.shortages.models import LowStock
from huoku.server.shortages.rights import ACT

BELOW = "below_safety_stock"
WORDS = Sentence(
    "{item} 低于安全库存：可用 {free}，安全库存 {safety}，还差 {short}；在途未分配 {coming}。",
    "{item} is below its safety stock: {free} free, {safety} wanted, {short} short; {coming} on order for nobody.",
)


class WatchStock(Asked):
    """Nothing to say: all items are looked at."""


@command(right=ACT)
def watch_stock(at: At, request: WatchStock) -> dict[str, object]:
    """Tell of what has fallen below its safety stock since the last look, and end what is above it again."""
    low, open_rows = low_now(at.company_id), _open_rows(at.company_id)
    for item in sorted(open_rows.keys() - low.keys()):
        drop_tasks(at, open_rows[item])
        change(at, open_rows[item], {"ended_at": at.now})
    fresh = sorted(low.keys() - open_rows.keys())
    items = Item.objects.of(at.company_id).in_bulk(fresh)
    for item in fresh:
        _tell(at, items[item], low[item])
    return {"told": [items[item].code for item in fresh], "over": len(open_rows.keys() - low.keys())}


def differs(company_id: int) -> bool:
    """Whether there is anything to tell or to end."""
    return low_now(company_id).keys() != _open_rows(company_id).keys()


def _open_rows(company_id: int) -> Mapping[int, LowStock]:
    return {row.item_id: row for row in LowStock.objects.of(company_id).filter(ended_at=None)}


def _tell(at: At, item: Item, low: Low) -> None:
    row = LowStock(item=item, safety_stock_steps=low.safety, free_steps=low.free, coming_steps=low.coming, since=at.now)
    add(at, row)
    named = {"safety": low.safety, "free": low.free, "short": low.safety - low.free, "coming": low.coming}
    said = {name: plain(steps, item.decimals) for name, steps in named.items()}
    for role in (Role.PLANNER, Role.BUYER):
        leave_task(
            at, row, BELOW, role, WORDS, due_on=at.today, facts={"item": item.code, **said}, item=item.code, **said
        )
    at.tell("stock_low", row, item=item.code, **said)
