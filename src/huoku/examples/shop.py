"""A synthetic make-to-order shop of any size: the problem that planning engines are compared on.

Of ``n`` items a tenth are finished goods and a tenth stand on each of three levels of sub-assemblies; the rest are
bought parts. Every made item has eight components, two of them made ones of the next level while there is one, so one
order explodes into 15 made nodes and 120 lines. Parts have one to three suppliers. Equal arguments give equal bytes:
everything is drawn from one stream of random numbers, in the order of the functions below.
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from huoku.errors import UsageError
from huoku.examples.tables import Table, Tables, write_folder

TODAY = date(2026, 1, 5)
SETTINGS: Mapping[str, object] = {"today": TODAY, "horizon_days": 400, "currency": "CNY"}

DUE_WITHIN_DAYS = 180
EARLIEST_DUE_DAYS = 10
MADE_LEVELS = 4
COMPONENTS = 8
MADE_COMPONENTS = 2
SMALLEST_SHOP = 24
"""Below this there are not enough different parts for eight components."""

MOQS = (1, 10, 50, 100, 200, 500, 1000, 2000, 5000)
DEAR_FROM = 5.0
MOQS_OF_DEAR_PARTS = MOQS[:5]
ORDER_MULTIPLES = (1, 1, 5, 10, 25, 50, 100)
BUY_LEAD_TIMES = (3, 5, 7, 10, 14, 21, 30, 45, 60)
MAKE_LEAD_TIMES = (1, 1, 2, 3)
LOT_MINIMA = (1, 1, 10, 20, 50)
ORDER_FEES = (0, 20, 50)
ORDER_QUANTITIES = (1, 2, 3, 5, 8, 10, 15, 20, 30, 50)

MINUTES_PER_DAY = 1440
LOAD_SHARE = 0.70
"""A work centre is loaded to this share of its minutes when every order is built within its half year."""

VALUE_ADDED = 1.2
"""A made item is worth its material times this."""

Needs = dict[str, dict[str, int]]
"""For each made item: component -> quantity per one."""

SOURCE_COLUMNS = ("item", "supplier", "priority", "moq", "multiple", "lead_time_days", "price", "order_fee")
Source = tuple[str, str, int, int, int, int, float, int]
DEMAND_COLUMNS = ("demand", "item", "qty", "due", "priority", "customer")
Demand = tuple[str, str, int, date, int, str]


class Draws(random.Random):
    """The one stream of random numbers of a shop, with the two draws that repeat."""

    def __init__(self, seed: int, spread: float):
        super().__init__(seed)
        self.spread = spread

    def favourite(self, names: Sequence[str]) -> str:
        """One of ``names``: evenly at spread 1; the larger the spread, the more often an early one."""
        return names[int(len(names) * self.random() ** self.spread)]

    def weighted(self, *weights: int) -> int:
        """1, 2, 3 ... with these weights."""
        return self.choices(range(1, len(weights) + 1), weights)[0]


@dataclass(frozen=True)
class Names:
    """What everything in the shop is called."""

    parts: list[str]
    levels: list[list[str]]
    centres: list[str]
    suppliers: list[str]
    customers: int

    @classmethod
    def of(cls, n: int) -> "Names":
        width = max(n // 10, 4)
        stems = ["F"] + [f"A{level}-" for level in range(1, MADE_LEVELS)]
        return cls(
            parts=_numbered("P", n - MADE_LEVELS * width, 6),
            levels=[_numbered(stem, width, 6) for stem in stems],
            centres=_numbered("WC", max(n // 50, 4), 5),
            suppliers=_numbered("S", max(n // 100, 5), 5),
            customers=max(n // 50, 5),
        )

    @property
    def made(self) -> list[str]:
        """Every made item, finished goods first."""
        return [item for level in self.levels for item in level]


def _numbered(stem: str, count: int, digits: int) -> list[str]:
    return [f"{stem}{number:0{digits}d}" for number in range(count)]


def make_shop(
    n: int, *, seed: int = 42, orders: int | None = None, spread: float = 1.0, capacity: bool = False
) -> Tables:
    """The tables of a shop with ``n`` items and ``orders`` demands (as many as items, if not given).

    ``spread`` 1 shares the parts evenly among the products; 2.5 makes a few of them very common, as in an old
    catalogue. ``capacity`` adds operations and resources at about 70 % load. The settings are ``SETTINGS``.
    Raises UsageError for fewer than 24 items.
    """
    if n < SMALLEST_SHOP:
        raise UsageError(f"a shop needs at least {SMALLEST_SHOP} items, not {n}")
    draws, names = Draws(seed, spread), Names.of(n)
    sources = _sources(draws, names)
    needs = _needs(draws, names)
    demands = _demands(draws, names, orders or n)
    gross = _gross_requirements(demands, names, needs)
    made, stock_of_made = _made_items(draws, names, gross)
    stock_of_parts = _stock_of_parts(draws, names, gross)
    costs = _unit_costs(sources, names, needs)

    items: list[tuple[object, ...]] = [(item, "make", days, costs[item], lot_min, 1) for item, days, lot_min in made]
    items += [(part, "buy", "", costs[part], "", "") for part in names.parts]
    bom = [(parent, part, qty) for parent, components in needs.items() for part, qty in components.items()]
    tables = {
        "items": Table(("item", "kind", "lead_time_days", "unit_cost", "lot_min", "lot_multiple"), items),
        "bom": Table(("parent", "component", "qty"), bom),
        "sources": Table(SOURCE_COLUMNS, sources),
        "stock": Table(("item", "qty"), stock_of_made + stock_of_parts),
        "demands": Table(DEMAND_COLUMNS, demands),
    }
    return tables | _capacity(names, gross) if capacity else tables


def write_shop(
    folder: str | Path,
    n: int,
    *,
    seed: int = 42,
    orders: int | None = None,
    spread: float = 1.0,
    capacity: bool = False,
) -> Path:
    """Write ``make_shop`` as a factory folder and return the folder."""
    return write_folder(folder, SETTINGS, make_shop(n, seed=seed, orders=orders, spread=spread, capacity=capacity))


def _sources(draws: Draws, names: Names) -> list[Source]:
    """One to three suppliers per part, 10 % below to 30 % above the part's base price of 0.03 to 50."""
    sources: list[Source] = []
    for part in names.parts:
        base = round(10 ** draws.uniform(-1.5, 1.7), 4)
        suppliers = draws.sample(names.suppliers, draws.weighted(70, 20, 10))
        for priority, supplier in enumerate(suppliers, 1):
            wanted_moq = draws.choice(MOQS if base < DEAR_FROM else MOQS_OF_DEAR_PARTS)
            multiple = draws.choice(ORDER_MULTIPLES)
            moq = max(wanted_moq // multiple, 1) * multiple
            price = round(base * draws.uniform(0.9, 1.3), 4)
            days = draws.choice(BUY_LEAD_TIMES)
            fee = ORDER_FEES[int(supplier.removeprefix("S")) % len(ORDER_FEES)]
            sources.append((part, supplier, priority, moq, multiple, days, price, fee))
    return sources


def _needs(draws: Draws, names: Names) -> Needs:
    """Eight different components for every made item; one that is drawn again keeps its first quantity."""
    needs: Needs = {}
    for level, items in enumerate(names.levels):
        for item in items:
            chosen: dict[str, int] = {}
            if level + 1 < MADE_LEVELS:
                _fill(chosen, MADE_COMPONENTS, draws, names.levels[level + 1], (1, 1, 1, 2))
            _fill(chosen, COMPONENTS, draws, names.parts, (1, 1, 2, 2, 3, 4, 6, 8))
            needs[item] = chosen
    return needs


def _fill(chosen: dict[str, int], size: int, draws: Draws, names: Sequence[str], quantities: Sequence[int]) -> None:
    while len(chosen) < size:
        name, quantity = draws.favourite(names), draws.choice(quantities)
        chosen.setdefault(name, quantity)


def _demands(draws: Draws, names: Names, count: int) -> list[Demand]:
    demands: list[Demand] = []
    for number in range(count):
        item, qty = draws.choice(names.levels[0]), draws.choice(ORDER_QUANTITIES)
        due = TODAY + timedelta(days=draws.randint(EARLIEST_DUE_DAYS, DUE_WITHIN_DAYS))
        priority = draws.weighted(10, 30, 60)
        customer = f"C{draws.randint(0, names.customers):05d}"
        demands.append((f"SO{number:07d}", item, qty, due, priority, customer))
    return demands


def _gross_requirements(demands: list[Demand], names: Names, needs: Needs) -> Counter[str]:
    """What all demands together ask of each item, stock and lots ignored."""
    gross: Counter[str] = Counter()
    for _, item, qty, *_ in demands:
        gross[item] += qty
    for item in names.made:  # a parent stands before its components
        for component, per_one in needs[item].items():
            gross[component] += gross[item] * per_one
    return gross


def _made_items(
    draws: Draws, names: Names, gross: Counter[str]
) -> tuple[list[tuple[str, int, int]], list[tuple[str, int]]]:
    """Lead time and smallest lot of the made items, and the few that lie in stock."""
    made, stock = [], []
    for level, items in enumerate(names.levels):
        for item in items:
            lot_min = draws.choice(LOT_MINIMA) if level else 1
            made.append((item, draws.choice(MAKE_LEAD_TIMES), lot_min))
            if draws.random() < (0.3 if level else 0.2):
                stock.append((item, int(gross[item] * draws.uniform(0, 0.08)) + draws.randint(0, 20)))
    return made, stock


def _stock_of_parts(draws: Draws, names: Names, gross: Counter[str]) -> list[tuple[str, int]]:
    """Half of the parts lie in stock, with up to a quarter of what is asked of them."""
    return [
        (part, int(gross[part] * draws.uniform(0, 0.25)) + draws.randint(0, 100))
        for part in names.parts
        if draws.random() < 0.5
    ]


def _unit_costs(sources: list[Source], names: Names, needs: Needs) -> dict[str, float]:
    """A part costs what its first supplier asks, a made item its material and a fifth more."""
    costs: dict[str, float] = {}
    for part, _, _, _, _, _, price, _ in sources:
        costs.setdefault(part, price)
    for item in reversed(names.made):
        costs[item] = round(VALUE_ADDED * sum(costs[part] * qty for part, qty in needs[item].items()), 4)
    return costs


def _capacity(names: Names, gross: Counter[str]) -> Tables:
    """One operation per made item, the items dealt round the work centres, each centre's minutes shared evenly."""
    centre_of = {item: names.centres[place % len(names.centres)] for place, item in enumerate(names.made)}
    busy = Counter(centre_of[item] for item in names.made if gross[item])
    minutes = LOAD_SHARE * DUE_WITHIN_DAYS * MINUTES_PER_DAY
    operations = [
        (item, 10, centre, 0, round(minutes / busy[centre] / gross[item], 4) if gross[item] else 1)
        for item, centre in centre_of.items()
    ]
    resources = [(centre, MINUTES_PER_DAY) for centre in names.centres]
    return {
        "operations": Table(("parent", "seq", "resource", "setup_minutes", "run_minutes"), operations),
        "resources": Table(("resource", "minutes_per_day"), resources),
    }
