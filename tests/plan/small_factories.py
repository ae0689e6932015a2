"""Small random factories with every feature that the core plans with, for properties that must hold for all of them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from huoku.factory import Factory, build

TODAY = date(2026, 1, 5)
HORIZON = 60

Row = dict[str, Any]
Draw = Callable[..., Any]


def on(day: int) -> date:
    """The date of a day of the plan; day 0 is today."""
    return TODAY + timedelta(days=day)


def one_of(draw: Draw, *values: Any) -> Any:
    """One of a few values, the plainest first: it is what a failing example shrinks to."""
    return draw(st.sampled_from(values))


def validity(draw: Draw) -> Row:
    """Mostly always valid; else until, from, or between days of the plan."""
    first, last = one_of(draw, (None, None), (None, None), (None, 20), (9, None), (5, 30))
    return {"valid_from": None if first is None else on(first), "valid_to": None if last is None else on(last)}


@st.composite
def factories(draw: Draw) -> Factory:
    """Parts, sub-assemblies that may be bought too, phantoms, products; stock, open orders, demands, forecasts."""
    parts = [f"PART{n}" for n in range(draw(st.integers(1, 3)))]
    subs = [f"SUB{n}" for n in range(draw(st.integers(0, 2)))]
    kits = ["KIT"][: draw(st.integers(0, 1))]
    products = [f"PROD{n}" for n in range(draw(st.integers(1, 2)))]
    places = ("MAIN", "MAIN", "WEST") if draw(st.booleans()) else ("MAIN",)
    below = {name: parts for name in subs}
    below |= {name: parts + subs for name in kits}
    below |= {name: parts + subs + kits for name in products}

    tables: dict[str, list[Row]] = {"items": [], "bom": [], "sources": [], "price_breaks": []}
    for name in parts:
        tables["items"].append(bought(draw, name))
        add_offers(draw, tables, name, draw(st.integers(0, 2)))
    for name, choice in below.items():
        is_kit = name in kits
        tables["items"].append({"item": name, "kind": "phantom"} if is_kit else made(draw, name))
        if name in subs and one_of(draw, False, False, True):
            add_offers(draw, tables, name, 1)
        for component in draw(st.lists(st.sampled_from(choice), min_size=1, max_size=3, unique=True)):
            tables["bom"].append({"parent": name, "component": component, **line(draw)})
    everything = parts + subs + products
    stocked = draw(st.lists(st.sampled_from(everything), max_size=5))
    return build(
        today=TODAY,
        horizon_days=HORIZON,
        frozen_days=one_of(draw, 0, 0, 3),
        holding_rate=one_of(draw, 0.2, 2.0),
        salvage_rate=one_of(draw, 0.1, 0.8),
        **tables,
        stock=[
            {
                "item": item,
                "qty": draw(st.integers(1, 60)),
                "location": one_of(draw, *places),
                "lot": f"L{n}",
                "status": one_of(draw, "available", "available", "available", "quarantine"),
                "expires_on": one_of(draw, None, None, None, on(30)),
            }
            for n, item in enumerate(stocked)
        ],
        supplies=[supply(draw, n, everything, places) for n in range(draw(st.integers(0, 4)))],
        demands=[demand(draw, n, everything, products, places) for n in range(draw(st.integers(1, 6)))],
    )


def bought(draw: Draw, name: str) -> Row:
    return {
        "item": name,
        "unit_cost": one_of(draw, 1, 4, 0.25),
        "lead_time_days": one_of(draw, 3, 0, 12),
        "decimals": one_of(draw, 0, 0, 1),
        "safety_stock": one_of(draw, 0, 0, 15),
    }


def made(draw: Draw, name: str) -> Row:
    lot_max, lot_min, lot_multiple = one_of(
        draw, (None, 0, 0), (None, 0, 0), (None, 10, 0), (None, 0, 6), (None, 8, 4), (25, 0, 0), (20, 0, 5), (25, 9, 0)
    )
    return {
        "item": name,
        "lead_time_days": one_of(draw, 1, 0, 4),
        "price": one_of(draw, 50, 5),
        "setup_cost": one_of(draw, 0, 8),
        "lot_min": lot_min,
        "lot_multiple": lot_multiple,
        "lot_max": lot_max,
        "safety_stock": one_of(draw, 0, 0, 0, 7),
    }


def line(draw: Draw) -> Row:
    return {
        "qty": one_of(draw, 1, 2, 0.5, 1.25),
        "scrap_rate": one_of(draw, 0, 0, 0.1),
        "fixed_scrap": one_of(draw, 0, 0, 1),
        **validity(draw),
    }


def add_offers(draw: Draw, tables: dict[str, list[Row]], item: str, count: int) -> None:
    for supplier in ("East", "West")[:count]:
        price = one_of(draw, 1, 3.5, 0.8)
        tables["sources"].append(
            {
                "item": item,
                "supplier": supplier,
                "moq": one_of(draw, 0, 20, 100),
                "multiple": one_of(draw, 0, 7, 10),
                "lead_time_days": one_of(draw, 5, 0, 2, 15),
                "price": price,
                "order_fee": one_of(draw, 0, 10),
                "min_order_value": one_of(draw, 0, 0, 60),
                "priority": one_of(draw, 1, 2),
                **validity(draw),
            }
        )
        if draw(st.booleans()):
            tables["price_breaks"].append(
                {"item": item, "supplier": supplier, "min_qty": one_of(draw, 40, 15, 90), "price": price * 0.75}
            )


def supply(draw: Draw, number: int, items: list[str], places: tuple[str, ...]) -> Row:
    item = one_of(draw, *items)
    return {
        "supply": f"OPEN{number}",
        "item": item,
        "qty": draw(st.integers(1, 40)),
        "due": on(draw(st.integers(-3, 40))),
        "location": one_of(draw, *places),
        "kind": "buy" if item.startswith("PART") else "make",
        "status": one_of(draw, "released", "planned"),
    }


def demand(draw: Draw, number: int, items: list[str], products: list[str], places: tuple[str, ...]) -> Row:
    return {
        "demand": f"SO{number}",
        "item": one_of(draw, *products, *items),
        "qty": draw(st.integers(1, 40)),
        "due": on(draw(st.integers(-3, HORIZON + 2))),
        "priority": one_of(draw, 5, 1),
        "kind": one_of(draw, "order", "order", "order", "contract", "forecast"),
        "location": one_of(draw, *places),
    }
