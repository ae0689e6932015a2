"""The parts of real boards with real offers: one item each, its needs from a lot-for-lot explosion."""

import math
import subprocess
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path

import polars as pl

from huoku.factory import read

from .one_item import Item, Offer

TODAY = date(2026, 1, 5)


def electronics_parts(shared: Path, folder: Path) -> dict[str, Item]:
    """Every part that the orders of the boards still need after its stock, with its offers as they were published.

    A need that no offer can serve in time waits until one can.
    """
    if not (folder / "electronics").is_dir():
        command = [sys.executable, str(shared / "tools" / "make_factories.py"), str(shared / "data"), str(folder)]
        subprocess.run(command, check=True, capture_output=True)
    factory = read(folder / "electronics")
    lead = dict(factory.items.select("item", pl.col("lead_time_days").cast(pl.Float64)).iter_rows())
    value = dict(factory.items.select("item", pl.col("unit_cost").cast(pl.Float64)).iter_rows())
    horizon = factory.settings.horizon_days
    needs: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    per = defaultdict(list)
    for board, part, qty, scrap in factory.bom.select("parent", "component", "qty", "scrap_rate").iter_rows():
        per[board].append((part, qty * (1 + scrap)))
    for board, qty, due in factory.demands.select("item", "qty", "due").iter_rows():
        start = max(0, (due - TODAY).days - int(lead[board]))
        for part, each in per[board]:
            needs[part][start] += math.ceil(qty * each)
    on_hand = dict(factory.stock.group_by("item").agg(pl.col("qty").sum()).iter_rows())
    parts = {}
    for part, offers in offers_of(factory.sources, factory.price_breaks).items():
        first = min(offer.lead for offer in offers)
        rest = int(on_hand.get(part, 0))
        left: dict[int, int] = defaultdict(int)
        for day, qty in sorted(needs[part].items()):
            left[max(day, first)] += max(0, qty - rest)
            rest = max(0, rest - qty)
        wanted = tuple((day, qty) for day, qty in sorted(left.items()) if qty > 0)
        if wanted:
            parts[part] = Item(
                offers=offers,
                needs=wanted,
                horizon=horizon,
                holding=value[part] * 0.20 / 365,
                salvage=0.10 * value[part],
            )
    return parts


def offers_of(sources: pl.DataFrame, price_breaks: pl.DataFrame) -> dict[str, tuple[Offer, ...]]:
    """The offers by item, by supplier; a price that rises with the quantity is cut to the one before it."""
    ladder: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    columns = [pl.col(name).cast(pl.Float64) for name in ("min_qty", "price")]
    for item, supplier, least, price in price_breaks.select("item", "supplier", *columns).sort(pl.all()).iter_rows():
        ladder[item, supplier].append((int(least), price))
    found: dict[str, list[Offer]] = defaultdict(list)
    numbers = [pl.col(name).cast(pl.Float64) for name in ("price", "moq", "multiple", "lead_time_days", "order_fee")]
    for row in sources.select("item", "supplier", *numbers).sort("item", "supplier").iter_rows():
        item, supplier, price, moq, multiple, lead, fee = row
        breaks = [(0, price)]
        for least, lower in ladder[item, supplier]:
            lower = min(lower, breaks[-1][1])
            breaks = [*breaks, (least, lower)] if least > 0 else [(0, lower)]
        found[item].append(Offer(tuple(breaks), int(moq), max(1, int(multiple)), int(lead), fee))
    return {item: tuple(offers) for item, offers in found.items()}
