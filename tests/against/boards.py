"""Real boards and the offers of their parts: what is wanted for so many sets, from whom, at what price.

Offers with stock only; a blank minimum is the first price break; one currency for each offer, at fixed rates; of an
offer that is there twice (part, vendor, order code) the last. A price that rises with the quantity is left out. 10 %
of the cheapest price comes back from what is left.
"""

import csv
import gzip
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from huoku.buy.joint import Board, Offers, Vendors

DOLLARS = {
    "USD": 1.0, "EUR": 1.10, "GBP": 1.27, "CNY": 0.141, "SGD": 0.746, "JPY": 0.0068, "AUD": 0.662, "CAD": 0.732,
    "HKD": 0.128,
}  # fmt: skip
SALVAGE = 0.10
PLENTY = 10**9


class Offer(NamedTuple):
    """One vendor's offer of one part: the smallest lot, the pack, and (smallest quantity, price) by quantity."""

    vendor: str
    moq: int
    multiple: int
    prices: tuple[tuple[int, float], ...]


def boards_of(shared: Path) -> dict[str, dict[str, int]]:
    """By board: how many of each part one set takes."""
    per: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in _rows(shared, "bom_lines"):
        each = float(line["qty_total"] or 0) / float(line["board_qty"] or 1)
        per[line["board"]][line["mpn"]] += max(1, math.ceil(each - 1e-9))
    return {board: dict(parts) for board, parts in per.items()}


def offers_of(shared: Path) -> dict[str, list[Offer]]:
    """By part: the offers of the vendors that have it."""
    prices: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    for row in _rows(shared, "price_breaks"):
        prices[row["offer"], row["currency"]][int(float(row["min_qty"]))] = float(row["unit_price"])
    found: dict[str, dict[tuple[str, str], Offer]] = defaultdict(dict)
    for row in _rows(shared, "offers"):
        told = next((money for money in DOLLARS if (row["offer"], money) in prices), None)
        if float(row["stock"] or 0) <= 0 or told is None:
            continue
        ladder = sorted((least, price * DOLLARS[told]) for least, price in prices[row["offer"], told].items())
        moq = max(1, int(float(row["moq"] or ladder[0][0])))
        multiple = max(1, int(float(row["order_multiple"] or 1)))
        offer = Offer(row["vendor"], moq, multiple, tuple(_falling(ladder)))
        found[row["mpn"]][row["vendor"], row["sku"]] = offer
    return {part: list(offers.values()) for part, offers in found.items()}


def board_of(
    per: Mapping[str, int], offers: Mapping[str, Sequence[Offer]], sets: int, fee: float, min_value: float
) -> Board:
    """What so many sets of one board need of the parts that anybody has; each vendor asks the same."""
    parts = sorted(part for part in per if part in offers)
    vendors = sorted({offer.vendor for part in parts for offer in offers[part]})
    rows = [
        (number, vendors.index(offer.vendor), offer.multiple, low, high, price)
        for number, part in enumerate(parts)
        for offer in offers[part]
        for low, high, price in _tiers(offer)
    ]
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    cheapest = np.full(len(parts), np.inf)
    np.minimum.at(cheapest, columns[0], columns[5])
    asked = np.ones(len(vendors))
    return Board(
        need=np.array([per[part] * sets for part in parts]),
        salvage=SALVAGE * cheapest,
        offers=Offers(*columns),
        vendors=Vendors(fee * asked, min_value * asked),
    )


def _falling(ladder: list[tuple[int, float]]) -> Iterator[tuple[int, float]]:
    lowest = math.inf
    for least, price in ladder:
        if price < lowest:
            lowest = price
            yield least, price


def _tiers(offer: Offer) -> Iterator[tuple[int, int, float]]:
    """The legal quantities of each price: lowest, highest, price."""
    ends = [least - 1 for least, _ in offer.prices[1:]] + [PLENTY]
    for (least, price), end in zip(offer.prices, ends, strict=True):
        low = -(-max(least, offer.moq) // offer.multiple) * offer.multiple
        high = end // offer.multiple * offer.multiple
        if low <= high:
            yield low, high, price


def _rows(shared: Path, table: str) -> list[dict[str, str]]:
    path = shared / "data" / "electronics_bom_offers" / f"{table}.csv.gz"
    with gzip.open(path, "rt", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
