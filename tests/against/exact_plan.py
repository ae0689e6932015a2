"""The best plan of a tiny factory, proved: the contract's rules and money in whole numbers, solved by CP-SAT.

Days are indexed one by one. What lies at a place is kept in pools: one for each stock lot, and one for what arrives,
apart by its last usable day and by the one demand it is meant for, if any. Only an order that is meant for one demand,
and whoever it feeds, may take stock that is reserved for that demand.

What the contract leaves open is read so: anything is bought or made at any place, but what has operations only where
its resources are; a transfer takes its lane's days exactly and does not make goods younger; what has operations works
on its start day and on its due day, in as many orders of one item as there are demands (or parts), at most three.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import reduce
from itertools import combinations
from math import lcm
from typing import Any, NamedTuple

from ortools.sat.python import cp_model

from huoku.factory import Factory

from .exact_world import ALWAYS, Made, Offer, Wanted, World, world_of

CENTS = 10_000
"""Money is counted in so many parts of the currency, each coefficient rounded once."""

EFFORT = 20.0
"""How long the solver may try, in its own measure of work (about a second each): a busy machine proves as much."""

MOST_ORDERS = 3
"""Of one item with operations."""

Promises = Mapping[str, Mapping[int, int]]
"""What each demand is promised on each day (counted from today)."""


class TooHard(Exception):
    """The solver did not prove an optimum in time."""


class Pool(NamedTuple):
    """Pieces that are alike. ``owner``: the demand that alone may have them or ""; ``lot``: None if they arrive."""

    item: str
    place: str
    owner: str
    last: int
    lot: str | None = None


class Taker(NamedTuple):
    """Who takes: an order (its number) or a demand (its name), for the item ``wanted``, at a place on a day."""

    consumer: int | str
    owner: str
    wanted: str
    place: str
    day: int


class Order(NamedTuple):
    """Orders the model may place: as many as ``count``, ``qty`` pieces together, on one of ``starts`` and ``dues``."""

    kind: str
    item: str
    place: str
    owner: str
    qty: Any
    count: Any
    starts: tuple[tuple[int, Any], ...]
    dues: tuple[tuple[int, Any], ...]
    arrives: tuple[tuple[int, Pool, Any], ...]
    supplier: str = ""
    price: float = 0.0
    from_place: str = ""
    works: tuple[tuple[int, str, int, Any], ...] = ()


class Model:
    """All decisions of one factory. ``late[rank]`` and ``cost`` are money in CENTS."""

    def __init__(self, factory: Factory, promises: Promises | None = None):
        self.factory = factory
        self.world = world = world_of(factory)
        self.cp = cp_model.CpModel()
        self.days = range(world.last + 1)
        self.owners = sorted({row[0] for row in world.reserved})
        self.most = _most(world)
        self.orders: list[Order] = []
        self.ships: dict[tuple[str, int], Any] = {}
        self.takes: dict[tuple[Pool, Taker], Any] = {}
        self.late: dict[int, Any] = {}
        self.money: list[Any] = []
        self._requests: list[tuple[Taker, Any, list[tuple[str, Fraction]], int | None]] = []
        self._arrivals: dict[Pool, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
        self._lasts = self._last_days()
        for offer in world.offers:
            self._buy(offer)
        for item in world.made:
            self._make(item)
        for lane in world.lanes:
            self._move(*lane)
        for demand in world.demands:
            self._serve(demand, promises)
        self._stock()
        self._fulfil()
        self._keep_pools()
        self._keep_reservations()
        self._keep_capacity()
        self.cost = sum(self.money) + sum(self.late.values())

    # What may be decided

    def _buy(self, offer: Offer) -> None:
        world, most = self.world, self.most[offer.item]
        for place in world.places:
            for due, start in offer.starts.items():
                for tier in offer.tiers:
                    high = min(tier.high, max(tier.low, -(-most // offer.multiple) * offer.multiple))
                    packs = self._whole(high // offer.multiple)
                    qty, count = packs * offer.multiple, 1
                    if tier.low > 1 or offer.fee:
                        count = self.cp.new_bool_var("")
                        self.cp.add(qty >= tier.low * count)
                        self.cp.add(qty <= high * count)
                    pool = Pool(offer.item, place, "", world.last_usable(offer.item, due))
                    self._pay(tier.price, qty)
                    self._pay(offer.fee, count)
                    self._arrive(pool, due, qty)
                    self.orders.append(
                        Order(
                            "buy", offer.item, place, "", qty, count, ((start, 1),), ((due, 1),),
                            ((due, pool, qty),), offer.supplier, tier.price,
                        )
                    )  # fmt: skip

    def _make(self, item: str) -> None:
        world, made = self.world, self.world.made[item]
        for place in world.places:
            for owner in self._meant_for(item):
                if not made.operations:
                    for start in range(world.frozen, world.last - made.days + 1):
                        self._make_on(item, place, owner, start)
                elif all(world.resource_at[resource] == place for _, resource, _, _ in made.operations):
                    order = None
                    wanted = MOST_ORDERS if world.partial else min(MOST_ORDERS, len(world.demands))
                    for _ in range(1 if owner else wanted):
                        order = self._make_by_operations(item, place, owner, order)

    def _make_on(self, item: str, place: str, owner: str, start: int) -> None:
        made = self.world.made[item]
        lines = [line for line in made.lines if line.begins <= start <= line.ends]
        if not lines:
            return
        due, qty, count = start + made.days, *self._lot(item)
        pool = Pool(item, place, owner, self.world.last_usable(item, due))
        self._pay(made.setup, count)
        self._arrive(pool, due, qty)
        self._ask_for(item, place, owner, start, qty, count)
        self.orders.append(
            Order("make", item, place, owner, qty, count, ((start, 1),), ((due, 1),), ((due, pool, qty),))
        )

    def _lot(self, item: str, at_once: int | None = None) -> tuple[Any, Any]:
        """Quantity and number of orders that keep the lot rules, at most ``at_once`` orders."""
        made, most = self.world.made[item], self.most[item]
        largest = min(made.high, max(made.low, -(-most // made.multiple) * made.multiple))
        orders = at_once or -(-most // largest)
        qty = self._whole(orders * largest // made.multiple) * made.multiple
        count = self._whole(orders)
        self.cp.add(qty >= made.low * count)
        self.cp.add(qty <= largest * count)
        return qty, count

    def _ask_for(self, item: str, place: str, owner: str, start: int, qty: Any, count: Any) -> None:
        """The components of the order that comes next; lines of one component are one need, rounded up."""
        needs: dict[str, list[Fraction]] = {}
        for line in self.world.made[item].lines:
            if line.begins <= start <= line.ends:
                need = needs.setdefault(line.component, [Fraction(0), Fraction(0)])
                need[0] += line.per_one
                need[1] += line.per_order
        for component, (per_one, per_order) in needs.items():
            parts = lcm(per_one.denominator, per_order.denominator)
            exact = int(per_one * parts) * qty + int(per_order * parts) * count
            need = exact
            if parts > 1:
                need = self._whole(10 * self.most[component])
                self.cp.add(need * parts >= exact)
                self.cp.add(need * parts <= exact + (parts - 1) * count)
            taker = Taker(len(self.orders), owner, component, place, start)
            self._request(taker, need, self.world.stand_ins(component, item, start))

    def _make_by_operations(self, item: str, place: str, owner: str, before: Order | None) -> Order:
        """One order, or none, whose days are free: it starts with its first operation and is due with its last."""
        cp, world, made = self.cp, self.world, self.world.made[item]
        qty, count = self._lot(item, at_once=1)
        able = range(world.frozen, world.last + 1)
        starts, dues = ([(day, cp.new_bool_var("")) for day in able] for _ in range(2))
        begun, arrives = [], []
        for (day, starts_here), (_, due_here) in zip(starts, dues, strict=True):
            begun.append(self._only_if(starts_here, item))
            self._ask_for(item, place, owner, day, begun[-1], starts_here)
            pool = Pool(item, place, owner, world.last_usable(item, day))
            arrives.append((day, pool, self._only_if(due_here, item)))
            self._arrive(pool, day, arrives[-1][2])
        cp.add(sum(here for _, here in starts) == count)
        cp.add(sum(here for _, here in dues) == count)
        cp.add(sum(begun) == qty)
        cp.add(sum(out for _, _, out in arrives) == qty)
        works = tuple(self._work(made, qty, count, dict(starts), dict(dues)))
        self._pay(made.setup, count)
        order = Order("make", item, place, owner, qty, count, tuple(starts), tuple(dues), tuple(arrives), works=works)
        if before:  # orders that are alike stand in the order of their starts
            cp.add(before.count >= count)
            cp.add(_day_of(before.starts) <= _day_of(order.starts) + world.last * (1 - count))
        self.orders.append(order)
        return order

    def _only_if(self, chosen: Any, item: str) -> Any:
        largest = max(self.most[item], self.world.made[item].low) + self.world.made[item].multiple
        qty = self._whole(largest)
        self.cp.add(qty <= largest * chosen)
        return qty

    def _work(
        self, made: Made, qty: Any, count: Any, starts: dict[int, Any], dues: dict[int, Any]
    ) -> Iterator[tuple[int, str, int, Any]]:
        """The minutes of each operation on each day, one operation after the other."""
        cp, world = self.cp, self.world
        ready = {day: sum(here for first, here in starts.items() if first <= day) for day in starts}
        for number, (seq, resource, setup, run) in enumerate(made.operations):
            minutes, busy, done = {}, {}, {day: cp.new_bool_var("") for day in starts}
            for day in starts:
                busy[day] = cp.new_bool_var("") if world.open_for_work(resource, day) else 0
                minutes[day] = self._whole(world.minutes[resource])
                cp.add(minutes[day] <= world.minutes[resource] * busy[day])
                cp.add(minutes[day] >= busy[day])
                cp.add(busy[day] <= ready[day])
                cp.add(busy[day] + done.get(day - 1, 0) <= 1)
                cp.add(done[day] >= done.get(day - 1, 0))
                if number == 0:
                    cp.add(starts[day] <= busy[day])
                if number == len(made.operations) - 1:
                    cp.add(dues[day] <= busy[day])
                    cp.add(sum(here for last, here in dues.items() if last <= day) <= done[day])
                yield seq, resource, day, minutes[day]
            cp.add(sum(minutes.values()) == setup * count + run * qty)
            ready = done

    def _move(self, item: str, start_at: str, end_at: str) -> None:
        world = self.world
        lead, cost = world.lanes[item, start_at, end_at]
        for owner in self._meant_for(item):
            for last in self._lasts[item]:
                for start in range(
                    world.frozen, min(world.last, last) - lead + 1 if last < ALWAYS else world.last - lead + 1
                ):
                    qty, pool = self._whole(self.most[item]), Pool(item, end_at, owner, last)
                    self._pay(cost, qty)
                    self._arrive(pool, start + lead, qty)
                    taker = Taker(len(self.orders), owner, item, start_at, start)
                    self._request(taker, qty, [(item, Fraction(1))], last)
                    self.orders.append(
                        Order(
                            "transfer", item, end_at, owner, qty, 1, ((start, 1),), ((start + lead, 1),),
                            ((start + lead, pool, qty),), from_place=start_at,
                        )
                    )  # fmt: skip

    def _serve(self, demand: Wanted, promises: Promises | None) -> None:
        world, cp = self.world, self.cp
        owner = demand.name if demand.name in self.owners else ""
        shipped: Any = 0
        late: Any = 0
        for day in range(demand.due, world.last + 1):
            ships = self._whole(demand.qty) if world.partial else cp.new_bool_var("") * demand.qty
            if promises is not None:
                cp.add(ships == promises.get(demand.name, {}).get(day, 0))
            taker = Taker(demand.name, owner, demand.item, demand.place, day)
            self._request(taker, ships, world.stand_ins(demand.item, None, day))
            self.ships[demand.name, day] = ships
            shipped += ships
            late += _cents(world.late_rate * demand.price * (day - demand.due)) * ships
        cp.add(shipped <= demand.qty)
        lost = _cents(demand.price * (1 + world.late_rate * (world.last - demand.due)))
        self.late[demand.rank] = self.late.get(demand.rank, 0) + late + lost * (demand.qty - shipped)

    # What must hold

    def _stock(self) -> None:
        for _, item, place, qty, day in self.world.supplies:
            if day <= self.world.last:
                self._arrive(Pool(item, place, "", self.world.last_usable(item, day)), day, qty)
        for lot in self.world.lots:
            self._arrive(Pool(lot.item, lot.place, "", lot.last, lot.lot), 0, lot.qty)

    def _fulfil(self) -> None:
        """Every request is covered exactly, by takes from pools that may serve it."""
        by_node: dict[tuple[str, str], list[tuple[Pool, int]]] = defaultdict(list)
        for pool, arrivals in self._arrivals.items():
            by_node[pool.item, pool.place].append((pool, min(arrivals)))
        for taker, need, options, last in self._requests:
            unit = reduce(lcm, (ratio.numerator for _, ratio in options))
            covered: Any = 0
            for item, ratio in options:
                for pool, first in by_node[item, taker.place]:
                    fits = pool.owner in ("", taker.owner) and first <= taker.day <= pool.last
                    if fits and last in (None, pool.last):
                        taken = self._whole(self.most[item])
                        self.takes[pool, taker] = taken
                        covered += int(unit / ratio) * taken
                        self.money.append(-self._stays(item, taker.day) * taken)
            self.cp.add(covered == unit * need)

    def _keep_pools(self) -> None:
        """Nothing leaves a pool before it is there."""
        leaving: dict[Pool, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for (pool, taker), taken in self.takes.items():
            leaving[pool][taker.day].append(taken)
        for pool, outs in leaving.items():
            arrivals = self._arrivals[pool]
            if pool.lot is not None:
                self.cp.add(sum(sum(out) for out in outs.values()) <= arrivals[0][0])
                continue
            level: Any = 0
            for day in sorted({*arrivals, *outs}):
                here = self._whole(10**5)
                self.cp.add(here == level + sum(arrivals.get(day, [])) - sum(outs.get(day, [])))
                level = here

    def _keep_reservations(self) -> None:
        """Whoever is not among some holders leaves what they hold: for every set of holders of the same stock."""
        for with_lot in (False, True):
            held: dict[tuple[str, str, str | None], dict[str, int]] = defaultdict(dict)
            for holder, item, place, lot, qty in self.world.reserved:
                if lot is not None or not with_lot:
                    node = held[item, place, lot if with_lot else None]
                    node[holder] = node.get(holder, 0) + qty
            for (item, place, lot), holders in held.items():
                pools = [
                    p for p in self._arrivals if p[:2] == (item, place) and p.lot is not None and lot in (None, p.lot)
                ]
                on_hand = sum(self._arrivals[pool][0][0] for pool in pools)
                drawn = [(taker.owner, taken) for (pool, taker), taken in self.takes.items() if pool in pools]
                for size in range(1, len(holders) + 1):
                    for group in combinations(sorted(holders), size):
                        free = max(0, on_hand - sum(holders[holder] for holder in group))
                        self.cp.add(sum(taken for owner, taken in drawn if owner not in group) <= free)

    def _keep_capacity(self) -> None:
        load: dict[tuple[str, int], list[Any]] = defaultdict(list)
        for order in self.orders:
            for _, resource, day, minutes in order.works:
                load[resource, day].append(minutes)
        for (resource, _), minutes in load.items():
            self.cp.add(sum(minutes) <= self.world.minutes[resource])

    # Small helps

    def _whole(self, most: int) -> Any:
        return self.cp.new_int_var(0, most, "")

    def _pay(self, price: float, qty: Any) -> None:
        if price:
            self.money.append(_cents(price) * qty)

    def _stays(self, item: str, day: int) -> int:
        """What a piece costs that is there from this day to the end, less what it gives back then."""
        return _cents(self.world.holding[item] * (self.world.last - day) - self.world.salvage[item])

    def _arrive(self, pool: Pool, day: int, qty: Any) -> None:
        self._arrivals[pool][day].append(qty)
        self.money.append(self._stays(pool.item, day) * qty)

    def _request(self, taker: Taker, need: Any, options: list[tuple[str, Fraction]], last: int | None = None) -> None:
        self._requests.append((taker, need, options, last))

    def _last_days(self) -> dict[str, list[int]]:
        world = self.world
        lasts = {item: {world.last_usable(item, day) for day in self.days} for item in world.items}
        for lot in world.lots:
            lasts[lot.item].add(lot.last)
        return {item: sorted(days) for item, days in lasts.items()}

    def _meant_for(self, item: str) -> Iterator[str]:
        """ "" and every holder for whom something of this item's material is reserved."""
        yield ""
        for owner in self.owners:
            if item in _above(self.world, {row[1] for row in self.world.reserved if row[0] == owner}):
                yield owner


def _day_of(days: tuple[tuple[int, Any], ...]) -> Any:
    return sum(day * here for day, here in days)


def _cents(money: float) -> int:
    return round(money * CENTS)


def _above(world: World, items: set[str]) -> set[str]:
    """Items, and all that may be made of them."""
    found = set(items)
    while True:
        taken = found | {wanted for wanted, other, *_ in world.substitutes if other in found}
        more = {parent for parent, made in world.made.items() if any(line.component in taken for line in made.lines)}
        if more <= found:
            return found
        found |= more


def _most(world: World) -> dict[str, int]:
    """No good plan takes or makes more of an item: what all demands could need of it, by any way, with room."""
    most = dict.fromkeys(world.items, 0)
    for demand in world.demands:
        most[demand.item] += demand.qty
    base = dict(most)
    for _ in range(len(world.items) + 1):
        latest = dict(base)
        for parent, made in world.made.items():
            if most[parent]:
                orders = len(world.demands) + 1
                made_at_most = -(-most[parent] // made.multiple) * made.multiple + made.low * (
                    orders if made.low > 1 else 0
                )
                for line in made.lines:
                    latest[line.component] += -int(-(made_at_most * line.per_one + orders * line.per_order))
        for wanted, other, _, ratio, *_ in world.substitutes:
            latest[other] += -int(-(most[wanted] * ratio))
        if latest == most:
            break
        most = latest
    return {item: max(1, qty) for item, qty in most.items()}


def solved(model: Model, objective: Any) -> cp_model.CpSolver:
    """Minimise; raises TooHard where no optimum is proved.

    Some models want much linear relaxation and others little: each way gets half of the effort.
    """
    model.cp.minimize(objective)
    for level in (2, 1):
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = level
        solver.parameters.max_deterministic_time = EFFORT / 2
        if solver.solve(model.cp) == cp_model.OPTIMAL:
            return solver
    raise TooHard


def least_lateness(factory: Factory) -> dict[int, float]:
    """Money of lateness and of what is lost, by rank: the first rank's least, with that the second's, and so on."""
    model, least = Model(factory), {}
    for rank in sorted(model.late):
        found = round(solved(model, model.late[rank]).objective_value)
        model.cp.add(model.late[rank] <= found)
        least[rank] = found / CENTS
    return least


def least_cost(
    factory: Factory, promises: Promises | None = None, lateness: Mapping[int, float] | None = None
) -> float:
    """The least total_cost: of all plans, of those that keep these promises, or of those no later in any rank."""
    model = Model(factory, promises)
    for rank, money in (lateness or {}).items():
        model.cp.add(model.late[rank] <= _cents(money))
    return solved(model, model.cost).objective_value / CENTS


def lateness_of(factory: Factory, promises: Promises) -> dict[int, float]:
    """Money of lateness and of what is lost under these promises, by rank."""
    world = world_of(factory)
    money: dict[int, float] = defaultdict(float)
    for demand in sorted(world.demands, key=lambda demand: demand.rank):
        missing = demand.qty
        for day, qty in promises.get(demand.name, {}).items():
            missing -= qty
            money[demand.rank] += world.late_rate * demand.price * (day - demand.due) * qty
        money[demand.rank] += missing * demand.price * (1 + world.late_rate * (world.last - demand.due))
    return dict(money)
