"""To whom an item's use went: its own records, or its parents' customers."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from huoku.factory import Factory, build
from huoku.factory.bom import tree
from huoku.sense.customers import streams
from huoku.sense.past_use import past_use

TODAY = date(2026, 1, 5)


def used(item: str, week: int, qty: float, customer: str | None = None) -> dict[str, Any]:
    """A use in the middle of a week of the past; week 1 is the last one."""
    return {"item": item, "date": TODAY - timedelta(days=7 * week - 3), "qty": qty, "customer": customer}


def shop(*history: dict[str, Any], **tables: Any) -> Factory:
    items = [{"item": name, "unit_cost": 10} for name in ("LAMP", "LANTERN", "SOCKET")]
    return build(today=TODAY, items=items, history=list(history), **tables)


def told(factory: Factory) -> dict[tuple[str, str], list[float]]:
    structure = tree(factory.items, factory.bom)
    found = streams(factory, structure, past_use(factory).weeks)
    names = factory.items["item"]
    return {
        (names[int(item)], found.names[int(customer)]): np.round(use, 9).tolist()
        for item, customer, use in zip(found.item, found.customer, found.use, strict=True)
    }


BOM = [
    {"parent": "LAMP", "component": "SOCKET", "qty": 2},
    {"parent": "LANTERN", "component": "SOCKET", "qty": 3},
]


def test_each_customer_has_a_stream_and_lines_of_a_week_are_one() -> None:
    assert told(shop(used("LAMP", 2, 5, "ACME"), used("LAMP", 2, 4, "ACME"), used("LAMP", 1, 7, "BOLT"))) == {
        ("LAMP", "ACME"): [9, 0],
        ("LAMP", "BOLT"): [0, 7],
    }


def test_a_part_has_the_customers_of_all_its_parents() -> None:
    sold = [used("LAMP", 2, 5, "ACME"), used("LANTERN", 1, 4, "ACME"), used("LANTERN", 1, 1, "BOLT")]
    found = told(shop(*sold, bom=BOM))
    assert found["SOCKET", "ACME"] == [10, 12]
    assert found["SOCKET", "BOLT"] == [0, 3]


def test_use_without_a_name_counts_as_that_of_all_others() -> None:
    assert told(shop(used("LAMP", 1, 80, "ACME"), used("LAMP", 1, 20))) == {
        ("LAMP", ""): [20],
        ("LAMP", "ACME"): [80],
    }


def test_what_many_buy_or_nobody_knows_is_not_explained() -> None:
    assert told(shop(*[used("LAMP", 1, 10, f"C{n}") for n in range(7)])) == {}  # the five largest took 71 %
    assert told(shop(used("LAMP", 1, 70, "ACME"), used("LAMP", 1, 30))) == {}
    assert told(shop(used("LAMP", 1, 70))) == {}


def test_a_sixth_customer_is_one_of_the_others() -> None:
    many = [used("LAMP", 1, 100 - n, f"C{n}") for n in range(6)]
    assert told(shop(*many)) == {("LAMP", ""): [95]} | {("LAMP", f"C{n}"): [100 - n] for n in range(5)}


def test_a_part_with_records_of_its_own_takes_its_parents_customers_if_they_make_up_its_use() -> None:
    sold = used("LAMP", 1, 50, "ACME")
    near = told(shop(sold, used("SOCKET", 1, 110), bom=BOM))  # 100 for the lamps
    assert near["SOCKET", "ACME"] == pytest.approx([110])
    assert ("SOCKET", "ACME") not in told(shop(sold, used("SOCKET", 1, 130), bom=BOM))
    assert ("SOCKET", "ACME") not in told(shop(sold, used("SOCKET", 1, 70), bom=BOM))


def test_the_order_of_rows_does_not_matter() -> None:
    sold = [used("LAMP", 2, 5, "ACME"), used("LANTERN", 1, 4, "BOLT"), used("LAMP", 1, 3, "BOLT")]
    assert list(told(shop(*sold, bom=BOM)).items()) == list(told(shop(*sold[::-1], bom=BOM[::-1])).items())
