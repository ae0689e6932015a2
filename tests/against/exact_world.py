"""A tiny factory as whole numbers and days, read from the contract for the exact model.

It must be tiny and whole: every quantity a number of pieces, every horizon a few weeks.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Any, NamedTuple

from huoku.factory import Factory
from huoku.factory.resolve import kinds
from huoku.judge.values import with_values

ALWAYS = 10**6
"""The last usable day of what never expires, and the last day of a row without an end."""

Row = dict[str, Any]


class Tier(NamedTuple):
    """One price of a source: an order of at least ``low`` and at most ``high`` pieces costs ``price`` a piece."""

    low: int
    high: int
    price: float


class Offer(NamedTuple):
    """One row of sources: what it costs, and on which days its goods can arrive, each with the start it takes."""

    item: str
    supplier: str
    tiers: tuple[Tier, ...]
    multiple: int
    fee: float
    starts: dict[int, int]


class Line(NamedTuple):
    """What an order takes of a component: per piece and per order, from ``begins`` to ``ends``."""

    component: str
    per_one: Fraction
    per_order: Fraction
    begins: int
    ends: int


class Made(NamedTuple):
    """How an item is made: its days (None where operations say it), lot rules, set-up, lines, operations."""

    days: int
    low: int
    multiple: int
    high: int
    setup: float
    lines: tuple[Line, ...]
    operations: tuple[tuple[int, str, int, int], ...]


class Lot(NamedTuple):
    item: str
    place: str
    lot: str
    qty: int
    last: int


class Wanted(NamedTuple):
    """A demand: ``due`` is the day from which it may ship and is late, never before today."""

    name: str
    item: str
    place: str
    qty: int
    due: int
    rank: int
    price: float


@dataclass
class World:
    """Everything the exact model reads. Days count from today; ``last`` is the last one."""

    today: date
    last: int
    frozen: int
    partial: bool
    late_rate: float
    items: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    holding: dict[str, float] = field(default_factory=dict)  # of a piece for a day
    salvage: dict[str, float] = field(default_factory=dict)  # of a piece
    shelf: dict[str, int] = field(default_factory=dict)
    offers: list[Offer] = field(default_factory=list)
    made: dict[str, Made] = field(default_factory=dict)
    lots: list[Lot] = field(default_factory=list)
    supplies: list[tuple[str, str, str, int, int]] = field(default_factory=list)  # name, item, place, qty, day
    demands: list[Wanted] = field(default_factory=list)
    reserved: list[tuple[str, str, str, str | None, int]] = field(default_factory=list)  # demand, item, place, lot, qty
    lanes: dict[tuple[str, str, str], tuple[int, float]] = field(default_factory=dict)  # item, from, to: days, cost
    minutes: dict[str, int] = field(default_factory=dict)
    resource_at: dict[str, str] = field(default_factory=dict)
    closed: set[tuple[str, int]] = field(default_factory=set)  # resource and day
    substitutes: list[tuple[str, str, str | None, Fraction, int, int]] = field(default_factory=list)

    def stand_ins(self, wanted: str, parent: str | None, day: int) -> list[tuple[str, Fraction]]:
        """What may be taken for ``wanted`` on a day, with its ratio: itself and others, the parent's rows first."""
        ratios = {wanted: Fraction(1)}
        for only_for in (parent, None) if parent else (None,):
            for item, other, scope, ratio, begins, ends in self.substitutes:
                if item == wanted and scope == only_for and begins <= day <= ends:
                    ratios.setdefault(other, ratio)
        return list(ratios.items())

    def last_usable(self, item: str, arrived: int) -> int:
        """Until when what is bought or made can be used; beyond the last day it is as good as for ever."""
        last = arrived + self.shelf.get(item, ALWAYS)
        return last if last < self.last else ALWAYS

    def open_for_work(self, resource: str, day: int) -> bool:
        return (resource, day) not in self.closed and ("", day) not in self.closed


def whole(value: Any, default: int = 0) -> int:
    number = default if value is None else int(value)
    assert value is None or number == value, f"{value} is not whole"
    return number


def world_of(factory: Factory) -> World:
    """Read a tiny factory."""
    settings = factory.settings
    world = World(
        settings.today,
        settings.horizon_days,
        settings.frozen_days,
        settings.partial_shipments,
        float(settings.late_rate),
    )
    rows = {row["item"]: row for row in with_values(factory).iter_rows(named=True)}
    world.items = list(rows)
    for item, row in rows.items():
        world.holding[item] = row["value"] * float(settings.holding_rate) / 365
        world.salvage[item] = min(row["value"], row["material"]) * float(settings.salvage_rate)
        if row["shelf_life_days"] is not None:
            world.shelf[item] = whole(row["shelf_life_days"])
    _stock_and_demands(world, factory, rows)
    _places(world, factory)
    _offers(world, factory, rows)
    _making(world, factory, rows)
    return world


def _day(world: World, value: date | None, default: int) -> int:
    return default if value is None else (value - world.today).days


def _stock_and_demands(world: World, factory: Factory, items: dict[str, Row]) -> None:
    lots: dict[tuple[str, str, str], list[int]] = {}
    for row in factory.stock.iter_rows(named=True):
        if row["status"] == "available":
            lot = lots.setdefault((row["item"], row["location"], row["lot"] or ""), [0, ALWAYS])
            lot[0] += whole(row["qty"])
            lot[1] = min(lot[1], _day(world, row["expires_on"], ALWAYS))
    world.lots = [Lot(*key, qty, last) for key, (qty, last) in lots.items()]
    for row in factory.supplies.iter_rows(named=True):
        due = max(0, _day(world, row["due"], 0))
        world.supplies.append((row["supply"], row["item"], row["location"], whole(row["qty"]), due))
    for row in factory.demands.iter_rows(named=True):
        due = _day(world, row["due"], 0)
        price = float(items[row["item"]]["price"] if row["price"] is None else row["price"])
        if due <= world.last:
            place, qty = row["location"], whole(row["qty"])
            world.demands.append(
                Wanted(row["demand"], row["item"], place, qty, max(0, due), whole(row["priority"]), price)
            )
    for row in factory.reservations.iter_rows(named=True):
        world.reserved.append((row["demand"], row["item"], row["location"], row["lot"], whole(row["qty"])))
    for row in factory.substitutes.iter_rows(named=True):
        begins, ends = _day(world, row["valid_from"], -ALWAYS), _day(world, row["valid_to"], ALWAYS)
        world.substitutes.append((row["item"], row["substitute"], row["parent"], Fraction(row["ratio"]), begins, ends))


def _places(world: World, factory: Factory) -> None:
    named = {"MAIN", *factory.locations["location"], *factory.lanes["from"], *factory.lanes["to"]}
    for table in ("stock", "supplies", "demands"):
        named.update(factory.table(table)["location"])
    world.places = sorted(named)
    for row in factory.lanes.iter_rows(named=True):
        for item in world.items if row["item"] is None else [row["item"]]:
            key = item, row["from"], row["to"]
            days, cost = world.lanes.get(key, (ALWAYS, float("inf")))
            world.lanes[key] = min(days, ceil(row["lead_time_days"])), min(cost, float(row["cost"]))


def _offers(world: World, factory: Factory, items: dict[str, Row]) -> None:
    shut: dict[str, set[int]] = defaultdict(set)
    for row in factory.calendar.iter_rows(named=True):
        day = _day(world, row["date"], 0)
        if not row["open"] and row["supplier"]:
            shut[row["supplier"]].add(day)
        elif not row["open"]:
            world.closed.add((row["resource"] or "", day))
    breaks: dict[tuple[str, str], list[tuple[Any, float]]] = defaultdict(list)
    for row in factory.price_breaks.iter_rows(named=True):
        breaks[row["item"], row["supplier"]].append((row["min_qty"], float(row["price"])))
    buyable = dict(kinds(factory).select("item", "is_buyable").iter_rows())
    for row in factory.sources.iter_rows(named=True):
        if buyable[row["item"]]:
            price = items[row["item"]]["value"] if row["price"] is None else float(row["price"])
            steps = [(0, price), *sorted(breaks[row["item"], row["supplier"]])]
            starts = _arrivals(world, row, shut[row["supplier"]])
            multiple = max(1, whole(row["multiple"]))
            tiers = _tiers(row, steps, multiple)
            fee = float(row["order_fee"])
            world.offers.append(Offer(row["item"], row["supplier"], tiers, multiple, fee, starts))
    for item in set(world.items) - set(factory.sources["item"]):
        if buyable[item]:
            row = {"lead_time_days": items[item]["lead_time_days"], "valid_from": None, "valid_to": None}
            price = items[item]["value"]
            world.offers.append(Offer(item, "", (Tier(1, ALWAYS, price),), 1, 0.0, _arrivals(world, row, set())))
    world.offers.sort(key=lambda offer: (offer.item, offer.supplier, sorted(offer.starts)))


def _arrivals(world: World, source: Row, shut: set[int]) -> dict[int, int]:
    """Days on which an order may arrive, each with the latest start for it: in force, open on both days."""
    begins = max(world.frozen, _day(world, source["valid_from"], 0))
    ends = _day(world, source["valid_to"], ALWAYS)
    found = {}
    for arrival in range(world.last + 1):
        latest = min(arrival - ceil(source["lead_time_days"]), ends)
        starts = [day for day in range(begins, latest + 1) if day not in shut]
        if starts and arrival not in shut:
            found[arrival] = starts[-1]
    return found


def _tiers(source: Row, steps: list[tuple[Any, float]], multiple: int) -> tuple[Tier, ...]:
    """The prices with the quantities they hold for, where any legal quantity has them."""
    prices = [price for _, price in steps]
    assert prices == sorted(prices, reverse=True), (
        "prices must fall: else two orders on one day could be better than one"
    )
    tiers = []
    for number, (least, price) in enumerate(steps):
        low = max(1, ceil(least), ceil(source["moq"]))
        if source["min_order_value"] and price:
            low = max(low, ceil(float(source["min_order_value"]) / price - 1e-9))
        low = -(-low // multiple) * multiple
        high = ceil(steps[number + 1][0]) - 1 if number + 1 < len(steps) else ALWAYS
        if low <= high:
            tiers.append(Tier(low, high, price))
    return tuple(tiers)


def _making(world: World, factory: Factory, items: dict[str, Row]) -> None:
    lines: dict[str, list[Row]] = defaultdict(list)
    for row in factory.bom.iter_rows(named=True):
        lines[row["parent"]].append(row)
    operations: dict[str, list[tuple[int, str, int, int]]] = defaultdict(list)
    for row in factory.operations.iter_rows(named=True):
        work = whole(row["setup_minutes"]), whole(row["run_minutes"])
        operations[row["parent"]].append((row["seq"], row["resource"], *work))
    for row in factory.resources.iter_rows(named=True):
        world.minutes[row["resource"]] = whole(row["minutes_per_day"])
        world.resource_at[row["resource"]] = row["location"]
    for item, is_makeable in kinds(factory).select("item", "is_makeable").iter_rows():
        row = items[item]
        if not is_makeable or row["phantom"]:
            continue
        multiple = max(1, whole(row["lot_multiple"]))
        low = -(-max(1, whole(row["lot_min"])) // multiple) * multiple
        high = ALWAYS if row["lot_max"] == float("inf") else whole(row["lot_max"]) // multiple * multiple
        world.made[item] = Made(
            ceil(row["lead_time_days"]),
            low,
            multiple,
            high,
            float(row["setup_cost"]),
            tuple(_opened(world, lines, items, item)),
            tuple(sorted(operations[item])),
        )


def _opened(world: World, lines: dict[str, list[Row]], items: dict[str, Row], parent: str) -> list[Line]:
    """The lines of a parent, with the lines of a phantom in its place."""
    found = []
    for row in lines[parent]:
        per_one = Fraction(row["qty"]) * (1 + Fraction(row["scrap_rate"]))
        per_order = Fraction(row["fixed_scrap"])
        begins, ends = _day(world, row["valid_from"], -ALWAYS), _day(world, row["valid_to"], ALWAYS)
        if not items[row["component"]]["phantom"]:
            found.append(Line(row["component"], per_one, per_order, begins, ends))
            continue
        for inner in _opened(world, lines, items, row["component"]):
            once = per_order * inner.per_one + inner.per_order
            days = max(begins, inner.begins), min(ends, inner.ends)
            found.append(Line(inner.component, per_one * inner.per_one, once, *days))
    return found
