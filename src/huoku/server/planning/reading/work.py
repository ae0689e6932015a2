"""Open work orders as a plan sees them: what they will give, what they still take, and what is kept for that.

An order that is not begun, to which nothing was issued, and for which nothing lies in store by name, takes what its
bill says: the plan explodes it, and puts it off where its materials are late. Of any other what it still takes stands
as a demand of its own for each item. What was issued is at the work and no stock any more; what is kept for it, or for
the demand that it is made for and becomes its own when it is released, is nobody else's.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Sum

from huoku.server.ledger.models import Reservation
from huoku.server.planning.reading.columns import place
from huoku.server.planning.reading.keeping import Held, Kept
from huoku.server.production.models import WorkComponent, WorkOperation, WorkOrder
from huoku.server.production.models.components import open_steps
from huoku.server.production.output import hands_over, promised_to
from huoku.server.production.states import BEFORE_THE_END


@dataclass(frozen=True, slots=True)
class Taken:
    """What an order still takes of one item, by the name that the plan calls this demand; and what of it is kept."""

    name: str
    order: str
    item: str
    decimals: int
    steps: int
    need_on: date
    site: str
    kept: Sequence[Held]


@dataclass(frozen=True, slots=True)
class Given:
    """What an order will still give. ``by_bill``: the plan takes what that needs from the bill of material."""

    name: str
    item: str
    decimals: int
    steps: int
    due_on: date
    site: str
    by_bill: bool


@dataclass(frozen=True, slots=True)
class Work:
    given: Sequence[Given]
    taken: Sequence[Taken]

    @property
    def demand_of(self) -> dict[str, str]:
        """What the records call the demand behind each name of the plan."""
        return {each.name: each.order for each in self.taken}


@dataclass(slots=True)
class _Open:
    """What one order still takes of an item, over all its lines."""

    item_id: int
    code: str
    decimals: int
    steps: int = 0
    is_begun: bool = False
    is_backflushed: bool = False
    kept: list[Held] = field(default_factory=list)


def open_work(company_id: int, today: date, kept: Kept) -> Work:
    """All work orders that are not at their end. What is kept for them is taken from ``kept``, those that start first
    first."""
    orders = list(
        WorkOrder.objects.of(company_id)
        .filter(state__in=BEFORE_THE_END, item__is_active=True)
        .select_related("item", "site")
        .order_by("start_on", "priority", "pk")
    )
    opened, scrap = _opened(company_id), _scrap(company_id)
    coming = _coming(company_id)
    given: list[Given] = []
    taken: list[Taken] = []
    for order in orders:
        needs = opened.get(order.pk, {})
        demands = [order.ledger_name, *hands_over(order.demand, coming.wanted_by.get(order.ledger_name, ()))]
        site = place(order.site.code if order.site else None)
        for need in needs.values():
            _keep(need, demands, kept, site if order.site else None)
        # Begun with nothing left to take, such as one that was taken over, it takes nothing by its bill either.
        is_open = bool(needs) or order.state == "planned"
        is_begun = order.state == "in_progress" and not any(need.is_backflushed for need in needs.values())
        by_bill = is_open and not is_begun and not any(need.is_begun or need.kept for need in needs.values())
        due_on = order.due_on if by_bill else coming.done_on(order, demands, needs.values())
        if steps := order.qty_steps - order.made_steps - scrap.get(order.pk, 0):
            given.append(Given(order.number, order.item.code, order.item.decimals, steps, due_on, site, by_bill))
        if not by_bill:
            for need in needs.values():
                taken += _taken(order, need, site, max(order.start_on, today))
    return Work(sorted(given, key=lambda each: each.name), sorted(taken, key=lambda each: each.name))


def _keep(need: _Open, demands: Iterable[str], kept: Kept, site: str | None) -> None:
    """What lies in store for what an order still takes: its own, then what it is handed when it is released."""
    sites = None if site is None else (site, place(None))
    left = need.steps
    for demand in demands:
        if left and kept.has(demand, need.item_id):
            found = kept.take(demand, need.item_id, left, sites)
            need.kept += found
            left -= sum(held.steps for held in found)


def _taken(order: WorkOrder, need: _Open, site: str, need_on: date) -> Iterator[Taken]:
    """What the order takes of an item where it is made; what is kept for it elsewhere it takes there."""
    by_site: dict[str, list[Held]] = {site: []}
    for held in need.kept:
        by_site.setdefault(held.site, []).append(held)
    elsewhere = sum(held.steps for held in need.kept if held.site != site)
    for where, kept in by_site.items():
        steps = need.steps - elsewhere if where == site else sum(held.steps for held in kept)
        name = f"{order.number}/{need.code}" + ("" if where == site else f"@{where}")
        if steps:
            yield Taken(name, order.ledger_name, need.code, need.decimals, steps, need_on, where, kept)


def _opened(company_id: int) -> Mapping[int, dict[int, _Open]]:
    """By order and item what is still to be issued. Of a substitute that was issued nothing more is wanted."""
    found: dict[int, dict[int, _Open]] = defaultdict(dict)
    rows = WorkComponent.objects.of(company_id).filter(
        order__state__in=BEFORE_THE_END, stands_for=None, item__is_active=True
    )
    for order, item, code, decimals, is_backflushed, *steps in rows.order_by("order", "seq").values_list(
        *("order_id", "item_id", "item__code", "item__decimals", "is_backflushed"),
        *("needed_steps", "replaced_steps", "issued_steps", "returned_steps"),
    ):
        needed, replaced, issued, returned = steps
        of_item = found[order].setdefault(item, _Open(item, code, decimals))
        of_item.steps += open_steps(needed, replaced, issued, returned)
        of_item.is_begun |= bool(replaced or issued)
        of_item.is_backflushed |= is_backflushed
    return found


def _scrap(company_id: int) -> Counter[int]:
    """By order: pieces that will not come any more."""
    rows = WorkOperation.objects.of(company_id).filter(order__state__in=BEFORE_THE_END, scrap_steps__gt=0)
    return Counter(dict(rows.values_list("order_id").annotate(Sum("scrap_steps")).order_by()))


@dataclass(frozen=True, slots=True)
class _Coming:
    """``wanted_by``: by work order, the demands that its output is or was promised to. ``on``: by demand and item, the
    last day on which something comes that is promised to it."""

    wanted_by: Mapping[str, Sequence[str]]
    on: Mapping[tuple[str, int], date]

    def done_on(self, order: WorkOrder, demands: Sequence[str], needs: Iterable[_Open]) -> date:
        """Its day; later where what is promised to it comes after its start."""
        wanted = [(name, need.item_id) for need in needs if need.steps for name in demands]
        last = max([order.start_on, *(self.on[key] for key in wanted if key in self.on)])
        return order.due_on + (last - order.start_on)


def _coming(company_id: int) -> _Coming:
    wanted_by: dict[str, list[str]] = defaultdict(list)
    for supply, demand in promised_to(company_id).values_list("supply__supply", "demand"):
        wanted_by[supply].append(demand)
    on: dict[tuple[str, int], date] = {}
    rows = Reservation.objects.of(company_id).filter(state__in=Reservation.OPEN, supply__isnull=False)
    for demand, item, day in rows.values_list("demand", "item_id", "supply__expected_on"):
        if day:
            on[demand, item] = max(day, on.get((demand, item), day))
    return _Coming(wanted_by, on)
