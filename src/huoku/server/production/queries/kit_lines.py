"""The lines of the kits that somebody looks at: of a thousand orders a page shows a few."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from huoku.server.items.models import Item
from huoku.server.ledger.queries.coverage import Cover, Picture
from huoku.server.platform.sql import listed
from huoku.server.production.covering import late_of
from huoku.server.production.kits import KitLine, Stand
from huoku.server.production.queries.to_kit import Allowed, Component, Order

Served = list[tuple[Component, Cover]]
Stands = Mapping[int, Sequence[Allowed]]


class _Called(NamedTuple):
    code: str
    name: str
    name_en: str
    unit: str
    kind: str


class KitLines:
    """Of orders that were served."""

    def __init__(
        self,
        company_id: int,
        picture: Picture,
        stands: Stands,
        served: Iterable[tuple[Order, Served]],
    ) -> None:
        self._company_id, self._picture, self._stands = company_id, picture, stands
        self._served = {order.id: (order, rows) for order, rows in served}
        self._called: dict[int, _Called] = {}

    def look_up(self, orders: Iterable[int]) -> None:
        """What the components of these orders are called, all with one question."""
        items = {row.item_id for id in orders for row, _ in self._served[id][1]} - self._called.keys()
        if items:
            rows = Item.objects.of(self._company_id).filter(pk__in=listed(items))
            for id, *called in rows.values_list("id", "code", "name", "name_en", "unit", "kind"):
                self._called[id] = _Called(*called)

    def of(self, order_id: int) -> tuple[KitLine, ...]:
        self.look_up([order_id])
        order, served = self._served[order_id]
        return tuple(self._line(order, row, cover) for row, cover in served)

    def _line(self, order: Order, row: Component, cover: Cover) -> KitLine:
        late = late_of(cover)
        coming = (*cover.kept_supply, *cover.supply)
        called = self._called[row.item_id]
        return KitLine(
            seq=row.seq,
            item_id=row.item_id,
            item=called.code,
            name=called.name,
            name_en=called.name_en,
            unit=called.unit,
            decimals=row.decimals,
            is_bought=called.kind != Item.Kind.MAKE,
            needed=row.needed,
            issued=row.needed - row.open,
            on_hand=cover.here,
            reserved=sum(steps for _, steps in cover.kept),
            elsewhere=self._elsewhere(order, cover),
            arriving=tuple(each for each in coming if each not in late) if late else coming,
            late=tuple(late),
            short=cover.short + sum(each.quantity for each in cover.kept_supply if each in late),
            enough_for=enough_for(order, row, cover) if cover.missing else order.qty,
            substitutes=tuple(self._instead(order, row)) if cover.missing else (),
            kept=self._picture.by_demand.get(row.item_id, {}),
            demand=cover.need.demand,
        )

    def _elsewhere(self, order: Order, cover: Cover) -> int:
        """What of it lies at another site than the order's."""
        if order.site_id is None:
            return 0
        there, own = (*cover.kept, *cover.stock), (None, order.site_id)
        return sum(steps for place, steps in there if self._picture.sites.get(place) not in own)

    def _instead(self, order: Order, row: Component) -> Iterable[Stand]:
        for each in self._stands.get(row.item_id, ()):
            if each.may_be_in(order):
                free = sum(self._picture.free.get(each.substitute, {}).values())
                yield Stand(each.code, Fraction(each.numerator, each.denominator), free, each.decimals)


def enough_for(order: Order, row: Component, cover: Cover) -> int:
    """Steps of the product that what was issued and what is here suffices for, from its first piece on."""
    # (have - per order) / per unit, in whole numbers throughout: thousands of lines are asked at once.
    (once, of_once), (each, of_each) = _exact(row.per_order), _exact(row.per_unit)
    step = 10**row.decimals
    left = (row.needed - row.open + cover.here) * of_once - once * step
    if not each:  # taken once per order, such as what an order that was taken over still takes
        return order.qty if left >= 0 else 0
    steps: int = left * of_each * 10**order.decimals // (step * of_once * each)
    return steps


@lru_cache(maxsize=4_096)
def _exact(text: str) -> tuple[int, int]:
    return Fraction(text).as_integer_ratio()
