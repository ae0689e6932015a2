"""Whether needs are covered: by what is kept for them, by free stock, by what is to arrive; and what is short (齐套).

``read`` takes one picture of everything that the needs ask for; ``serve`` hands it out to them in the order given, so
that nothing is counted twice. Nothing is reserved by looking.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from huoku.server.ledger.facts import LOCATIONS, LOTS
from huoku.server.ledger.guarded import BALANCES
from huoku.server.ledger.holdings import OPEN, TABLE
from huoku.server.ledger.models import Location, Status
from huoku.server.ledger.queries.stock import asking_available, asking_expected, available_told, expected_told
from huoku.server.platform.sql import Row, Statement, among, ask_together, places

FROM_HERE = (Location.Kind.STORAGE.value, Location.Kind.LINE_SIDE.value)
"""Kinds of places whose free stock anybody may take."""


ByPlace = dict[int, dict[int, int]]
"""Steps by item and place."""


class Need(NamedTuple):
    """So many steps of an item for a demand, such as sales.line:5, by a day."""

    demand: str
    item: int
    quantity: int
    need_on: date
    site: int | None = None
    """Where it is needed: stock there is taken before stock of other sites."""


class Arrival(NamedTuple):
    """A part of an open supply."""

    supply: int
    name: str
    location: int
    on: date | None
    quantity: int

    def part(self, quantity: int) -> "Arrival":
        return self._replace(quantity=quantity)


@dataclass(slots=True)
class Cover:
    """How one need is covered. ``kept`` is reserved for its demand already, of stock or of supply."""

    need: Need
    here: int
    """What lies here for it: kept and free stock."""
    kept: Sequence[tuple[int, int]] = ()
    """Reserved stock: places and steps."""
    kept_supply: Sequence[Arrival] = ()
    stock: Sequence[tuple[int, int]] = ()
    """Free stock: places and steps."""
    supply: Sequence[Arrival] = ()
    late: Sequence[Arrival] = ()
    """What arrives after the day on which it is needed, or on no known day."""

    @property
    def in_time(self) -> int:
        return self.here + sum(each.quantity for each in (*self.kept_supply, *self.supply))

    @property
    def short(self) -> int:
        """What neither stock nor supply will cover by its day."""
        return self.need.quantity - self.in_time

    @property
    def missing(self) -> int:
        """What does not lie here now."""
        return self.need.quantity - self.here


@dataclass(slots=True)
class Picture:
    """What is free and what is kept for whom, by item, at one moment."""

    free: dict[int, dict[int, int]]
    """By item and place."""
    coming: dict[int, list[Arrival]]
    """By item, the earliest first: what of it is promised to nobody."""
    kept: dict[tuple[str, int], dict[int, int]]
    """By demand and item: reserved stock by place."""
    kept_supply: dict[tuple[str, int], list[Arrival]]
    by_demand: dict[int, dict[str, int]]
    """By item: for whom how much is kept, of stock and supply."""
    sites: dict[int, int | None]
    """The site of each place that anybody may take from."""
    book: dict[int, dict[int, int]] = field(default_factory=dict)
    """By item and place: own available stock, be it kept for somebody or not."""


def read(company_id: int, items: Iterable[int], today: date, sites: Iterable[int] | None = None) -> Picture:
    """The picture of these items, without what has expired by ``today``, at these sites (places of no site belong to
    all); None: at every site."""
    wanted = sorted(set(items))
    places_there, stock, supply, reserved, expired = ask_together(
        [
            _asking_places(company_id),
            asking_available(company_id, wanted),
            asking_expected(company_id, wanted),
            _asking_kept(company_id, wanted),
            _asking_expired(company_id, wanted, today),
        ]
    )
    here = _places(places_there, sites)
    free, book = _free(stock, {(item, place): int(quantity) for item, place, quantity in expired}, here)
    coming, open_supplies = _coming(supply)
    return Picture(free, coming, *_kept(reserved, open_supplies), here, book)


def _free(stock: list[Row], expired: dict[tuple[int, int], int], here: Container[int]) -> tuple[ByPlace, ByPlace]:
    """By item and place, at the places that count: what is free, and what lies there."""
    free: ByPlace = defaultdict(dict)
    book: ByPlace = defaultdict(dict)
    for row in available_told(stock):
        if row.location_id in here:
            book[row.item_id][row.location_id] = row.on_hand
            quantity = row.free - expired.get((row.item_id, row.location_id), 0)
            if quantity > 0:
                free[row.item_id][row.location_id] = quantity
    return free, book


def _coming(supply: list[Row]) -> tuple[dict[int, list[Arrival]], dict[int, Arrival]]:
    """What of it is promised to nobody, by item; and all of it, by its id."""
    coming: dict[int, list[Arrival]] = defaultdict(list)
    open_supplies: dict[int, Arrival] = {}
    for each in expected_told(supply):
        arrival = Arrival(
            each.supply_id, each.supply, each.location_id, each.expected_on, each.quantity - each.reserved
        )
        open_supplies[each.supply_id] = arrival
        if arrival.quantity:
            coming[each.item_id].append(arrival)
    return coming, open_supplies


def serve(picture: Picture, needs: Sequence[Need], *, with_late: bool = True) -> list[Cover]:
    """Cover the needs one after the other; each takes from ``picture`` what it gets, so that the next finds the rest.

    First what is kept for it, then free stock, of its own site first and there the fullest place first, then supply in
    time, then (``with_late``) what comes after its day.
    """
    return [_serve(picture, need, with_late) for need in needs]


def _serve(picture: Picture, need: Need, with_late: bool) -> Cover:
    # Thousands of needs are served for one page, most of them from one heap or from none.
    cover, left, its_own = Cover(need, 0), need.quantity, (need.demand, need.item)
    if there := picture.kept.get(its_own):
        cover.kept, left = _take(picture, need, there, left)
        cover.here = need.quantity - left
    if arrivals := picture.kept_supply.get(its_own):
        cover.kept_supply, left = _take_arrivals(arrivals, left, None)
    if left and (there := picture.free.get(need.item)):
        cover.here += left
        cover.stock, left = _take(picture, need, there, left)
        cover.here -= left
    if left and (arrivals := picture.coming.get(need.item)):
        cover.supply, left = _take_arrivals(arrivals, left, need.need_on)
        if left and with_late:
            cover.late, _ = _take_arrivals(arrivals, left, None)
    return cover


def _take(picture: Picture, need: Need, there: dict[int, int], left: int) -> tuple[Sequence[tuple[int, int]], int]:
    """What is taken at which place, and what is left to be covered."""
    if len(there) == 1:  # as almost always: nothing is to be chosen
        ((place, lies),) = there.items()
        quantity = min(left, lies)
        there[place] = lies - quantity
        return [(place, quantity)] if quantity else (), left - quantity

    def is_elsewhere(place: int) -> bool:
        return need.site is not None and picture.sites.get(place) not in (None, need.site)

    def own_and_full_first(place: int) -> tuple[bool, int, int]:
        return (is_elsewhere(place), -there[place], place)

    taken = []
    for place in sorted(there, key=own_and_full_first):
        if quantity := min(left, there[place]):
            taken.append((place, quantity))
            there[place] -= quantity
            left -= quantity
    return taken, left


def _take_arrivals(there: list[Arrival], left: int, until: date | None) -> tuple[Sequence[Arrival], int]:
    """What is taken of them, and what is left to be covered."""
    taken = []
    for place, arrival in enumerate(there):
        in_time = until is None or (arrival.on is not None and arrival.on <= until)
        if left and in_time and arrival.quantity:
            quantity = min(left, arrival.quantity)
            taken.append(arrival.part(quantity))
            there[place] = arrival.part(arrival.quantity - quantity)
            left -= quantity
    return taken, left


def _asking_places(company_id: int) -> Statement:
    sql = f"SELECT id, site_id FROM {LOCATIONS} WHERE company_id = %s AND is_active AND kind IN {places(2, 1)}"
    return sql, [company_id, *FROM_HERE]


def _places(rows: list[Row], sites: Iterable[int] | None) -> dict[int, int | None]:
    wanted = None if sites is None else set(sites)
    return {place: site for place, site in rows if wanted is None or site is None or site in wanted}


def _asking_expired(company_id: int, items: Sequence[int], today: date) -> Statement:
    """Own available stock that may not be used any more, by item and place."""
    which, wanted = among("b.item_id", items)
    sql = (
        f"SELECT b.item_id, b.location_id, SUM(b.on_hand - b.reserved) FROM {BALANCES.table} b "
        f"JOIN {LOTS} l ON l.id = b.lot_id WHERE b.company_id = %s AND b.status = %s "
        f"AND l.expires_on < %s AND {which} GROUP BY b.item_id, b.location_id"
    )
    return sql, [company_id, Status.AVAILABLE.value, today, *wanted]


def _asking_kept(company_id: int, items: Sequence[int]) -> Statement:
    which, wanted = among("item_id", items)
    sql = (
        f"SELECT demand, item_id, location_id, supply_id, {OPEN} FROM {TABLE} WHERE company_id = %s "
        f"AND state IN ('pending', 'part_posted') AND {which} ORDER BY made_at, id"
    )
    return sql, [company_id, *wanted]


def _kept(
    rows: list[Row], open_supplies: dict[int, Arrival]
) -> tuple[dict[tuple[str, int], dict[int, int]], dict[tuple[str, int], list[Arrival]], dict[int, dict[str, int]]]:
    stock: dict[tuple[str, int], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    supply: dict[tuple[str, int], list[Arrival]] = defaultdict(list)
    by_demand: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for demand, item, place, supply_id, quantity in rows:
        by_demand[item][demand] += quantity
        if supply_id is None:
            stock[demand, item][place] += quantity
        else:
            supply[demand, item].append(open_supplies[supply_id].part(quantity))
    return stock, supply, by_demand
