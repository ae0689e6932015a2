"""Keeping for a demand what covers its needs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from huoku.server.ledger.commands.reservations import Reserve, Wish, reserve
from huoku.server.ledger.guarded import HEADS
from huoku.server.ledger.models import StockHead
from huoku.server.ledger.queries.coverage import Cover
from huoku.server.platform.command import At


def lock_stock_of(at: At, items: Iterable[int]) -> None:
    """Nobody else takes free stock of these items until the command ends: what is read from now on stays so."""
    wanted = StockHead.objects.of(at.company_id).filter(item__in=set(items))
    HEADS.lock(at.company_id, list(wanted.values_list("item_id", "location_id")))


def keep_for(at: At, demand: str, priority: int, covers: Sequence[Cover], lasts_seconds: int | None = None) -> int:
    """Reserve for ``demand`` the free stock and the supply, late or not, that ``covers`` found; how many lines.

    Raises InsufficientStock or InsufficientSupply where somebody else was faster; then nothing is kept.
    """
    by_day: dict[date, list[Wish]] = defaultdict(list)
    for cover in covers:
        by_day[cover.need.need_on] += _wishes(cover)
    for day, wishes in sorted(by_day.items()):
        if wishes:
            reserve(
                at,
                Reserve(lines=wishes, demand=demand, priority=priority, need_on=day, lasts_seconds=lasts_seconds),
            )
    return sum(map(len, by_day.values()))


def _wishes(cover: Cover) -> list[Wish]:
    item = cover.need.item
    coming = (*cover.supply, *cover.late)
    return [
        *(Wish(item=item, location=place, quantity=quantity) for place, quantity in cover.stock),
        *(Wish(item=item, location=each.location, quantity=each.quantity, supply=each.supply) for each in coming),
    ]
