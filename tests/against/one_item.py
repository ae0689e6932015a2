"""One item with its offers and needs: as the kernels take it, and solved in full without them."""

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from huoku.buy.leftover import Limits, Worth
from huoku.buy.lot_sizing import Lots, Requirement, Search, Series, choose_lots
from huoku.buy.terms import NO_LIMIT, Terms

FOREVER = 1 << 40


@dataclass(frozen=True)
class Offer:
    """A supplier's terms; ``breaks`` are (least quantity, price of every unit), the first of them at 0."""

    breaks: tuple[tuple[int, float], ...]
    moq: int = 0
    multiple: int = 1
    lead: int = 0
    fee: float = 0.0
    min_value: float = 0.0

    def price(self, qty: int) -> float:
        return [price for least, price in self.breaks if qty >= least][-1]

    def allows(self, qty: int) -> bool:
        """The contract, word for word."""
        whole = qty % self.multiple == 0
        return qty > 0 and qty >= self.moq and whole and qty * self.price(qty) >= self.min_value - 1e-9

    def tiers(self) -> list[tuple[int, int, float]]:
        """Smallest and largest legal quantity at each price that has any."""
        ends = [least for least, _ in self.breaks[1:]] + [NO_LIMIT]
        found = []
        for (least, price), end in zip(self.breaks, ends, strict=True):
            wanted = max(1, least, self.moq, int(np.ceil(self.min_value / price - 1e-9)))
            low = -(-wanted // self.multiple) * self.multiple
            high = NO_LIMIT if end == NO_LIMIT else (end - 1) // self.multiple * self.multiple
            if low <= high:
                found.append((low, high, price))
        return found


@dataclass(frozen=True)
class Item:
    """Needs are (day, quantity), by rising day. ``futures`` are (units used in a year, chance), by rising use."""

    offers: tuple[Offer, ...]
    needs: tuple[tuple[int, int], ...]
    horizon: int = 365
    holding: float = 0.01  # of one unit for one day
    value: float = 0.0  # what a leftover that is used later gives back
    salvage: float = 0.0  # what one that is not gives back
    futures: tuple[tuple[float, float], ...] = field(default=())
    spare: int = 0

    @property
    def total(self) -> int:
        return sum(qty for _, qty in self.needs)

    def leftover_cost(self, left: int) -> float:
        """Holding from day 0 less what comes back, of the first ``left`` leftover units, summed in small steps."""
        last = self.needs[-1][0]
        if not self.futures:
            return self.holding * left * self.horizon - self.salvage * left
        parts, cost = 2_000, 0.0
        middle = (np.arange(parts) + 0.5) * left / parts
        for amount, chance in self.futures:
            waits = middle * 365 / amount if amount else np.full(parts, np.inf)
            is_used = waits <= 365
            gone = np.minimum(np.where(is_used, last + waits, self.horizon), self.horizon)
            back = np.where(is_used, self.value, self.salvage)
            cost += chance * float((self.holding * gone - back).sum()) * left / parts
        return cost


def kernel_arrays(item: Item) -> tuple[Terms, Worth, Series, NDArray[np.int64]]:
    """The item as ``choose_lots`` takes it."""
    tiers = [offer.tiers() for offer in item.offers]
    flat = [tier for of_offer in tiers for tier in of_offer]
    count = len(item.offers)
    terms = Terms(
        first=np.array([0, count]),
        is_make=np.zeros(count, bool),
        lead=np.array([offer.lead for offer in item.offers]),
        start_from=np.full(count, -FOREVER),
        start_to=np.full(count, FOREVER),
        fee=np.array([offer.fee for offer in item.offers], float),
        multiple=np.array([offer.multiple for offer in item.offers]),
        lot_max=np.full(count, NO_LIMIT),
        tier_first=np.cumsum([0, *map(len, tiers)]),
        tier_low=np.array([low for low, _, _ in flat]),
        tier_high=np.array([high for _, high, _ in flat]),
        tier_price=np.array([price for _, _, price in flat], float),
        dominated=np.zeros(count, bool),
    )
    worth = Worth(
        holding=np.array([item.holding]),
        value=np.array([item.value]),
        salvage=np.array([item.salvage]),
        first=np.array([0, len(item.futures)]),
        amount=np.array([amount for amount, _ in item.futures], float),
        chance=np.array([chance for _, chance in item.futures], float),
        limits=Limits(),
    )
    days = np.array([day for day, _ in item.needs])
    qty = np.array([qty for _, qty in item.needs])
    series = Series(
        item=0,
        length=days.size,
        required=Requirement(
            days=days,
            cumulative=np.cumsum(qty),
            days_sum=np.concatenate(([0.0], np.cumsum(qty * days))),
            limit=np.full(days.size, NO_LIMIT),
        ),
        spare=item.spare,
        horizon=item.horizon,
        lasts=NO_LIMIT,
    )
    leads = np.array([offer.lead for offer in item.offers])
    arrival = np.where(days[:, None] >= leads[None, :], days[:, None], -1)
    return terms, worth, series, arrival


def chosen(item: Item) -> Lots:
    """What the kernel orders."""
    return choose_lots(*kernel_arrays(item), Search())


def reckoned(item: Item, lots: Lots) -> float:
    """The money of chosen lots, unit by unit: each goes to the first need that is still open, the rest stays."""
    for source, qty in zip(lots.source.tolist(), lots.qty.tolist(), strict=True):
        assert item.offers[source].allows(qty), (source, qty)
    arrivals = [item.needs[need][0] for need in lots.need.tolist()]
    orders = list(zip(arrivals, lots.source.tolist(), lots.qty.tolist(), strict=True))
    return money(item, orders)


def money(item: Item, orders: list[tuple[int, int, int]]) -> float:
    """The money of orders (arrival, offer, quantity) by rising arrival; infinite where a need is served too late."""
    spent = sum(item.offers[offer].price(qty) * qty + item.offers[offer].fee for _, offer, qty in orders)
    here = [arrival for arrival, _, qty in orders for _ in range(qty)]
    wanted = [day for day, qty in item.needs for _ in range(qty)]
    if len(here) < len(wanted) or any(came > day for came, day in zip(here, wanted, strict=False)):
        return float("inf")
    held = sum(day - came for came, day in zip(here, wanted, strict=False)) * item.holding
    left = here[len(wanted) :]
    # Stock that is left anyway is the first to be used later.
    more = item.leftover_cost(item.spare + len(left)) - item.leftover_cost(item.spare) if left else 0.0
    return spent + held + more - item.holding * sum(left)


def best_by_enumeration(item: Item) -> float:
    """The least money over every way: on each day of need each offer may bring any legal quantity, once."""
    most = max(item.total, *(offer.tiers()[-1][0] for offer in item.offers)) + max(o.multiple for o in item.offers)
    legal = [[qty for qty in range(1, most + 1) if offer.allows(qty)] for offer in item.offers]
    best = float("inf")

    def go(need: int, offer: int, orders: list[tuple[int, int, int]], supply: int) -> None:
        nonlocal best
        if need == len(item.needs):
            best = min(best, money(item, orders))
            return
        if offer == len(item.offers):
            if supply >= sum(qty for _, qty in item.needs[: need + 1]):
                go(need + 1, 0, orders, supply)
            return
        go(need, offer + 1, orders, supply)
        day = item.needs[need][0]
        if supply < item.total and day >= item.offers[offer].lead:
            for qty in legal[offer]:
                go(need, offer + 1, [*orders, (day, offer, qty)], supply + qty)

    go(0, 0, [], 0)
    return best


def best_by_supply(item: Item) -> float:
    """The least money by dynamic programming over (day of need, cumulative supply): exact, without a history.

    Any number of orders on each day of need. Prices must not rise with the quantity. Within one price the money of
    an order is linear in its quantity, so that the best of them is a running minimum over the supply of one residue.
    """
    assert not item.futures and not item.spare
    assert all(low >= high for offer in item.offers for (_, low), (_, high) in pairwise(offer.breaks))
    total = item.total
    covered = np.cumsum([qty for _, qty in item.needs])
    need_day = np.repeat([day for day, _ in item.needs], [qty for _, qty in item.needs])
    day_sum = np.concatenate(([0], np.cumsum(need_day)))  # of the first y units
    supply = np.arange(total + 1)
    cost = np.full(total + 1, np.inf)  # less holding * day_sum[supply]
    cost[0] = 0.0
    finished = np.inf
    for need, (day, _) in enumerate(item.needs):
        for offer in (offer for offer in item.offers if offer.lead <= day):
            for low, _, price in offer.tiers():
                each = price - item.holding * day
                # The last order: the smallest legal quantity that reaches the end.
                rest = -(-np.maximum(total - supply, low) // offer.multiple) * offer.multiple
                left = rest - (total - supply)
                last = rest * each + item.holding * left * item.horizon - item.salvage * left
                last = np.where(supply < total, cost + last, np.inf)
                finished = min(finished, float(last.min()) + offer.fee + item.holding * float(day_sum[total]))
                if low > total:
                    continue
                shape = -(-(total + 1) // offer.multiple) * offer.multiple
                padded = np.full(shape, np.inf)
                padded[: total + 1] = cost - each * supply
                running = np.minimum.accumulate(padded.reshape(-1, offer.multiple), axis=0).ravel()
                tried = running[: total + 1 - low] + each * supply[low:] + offer.fee
                cost[low:] = np.minimum(cost[low:], tried)
        cost[: covered[need]] = np.inf
    return min(finished, float(cost[total]) + item.holding * float(day_sum[total]))
