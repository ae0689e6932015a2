"""Tiny factories at random, each of one feature of the contract or of several, the same for the same seed."""

import random
from datetime import date, timedelta
from typing import Any

from huoku.factory import Factory, build

TODAY = date(2026, 1, 5)
FEATURES = (
    "plain",
    "places",
    "lots",
    "reservations",
    "substitutes",
    "capacity",
    "partial",
    "frozen",
    "minimum",
    "closures",
)
"""One feature each; ``mixed`` takes three of them at once."""

HOLDING = 0.365
"""A thousandth of the value a day, so that all money is exact in the model's smallest part."""

Tables = dict[str, Any]


def small_factory(feature: str, seed: int) -> Factory:
    """A factory of two to six items, one to four demands and a horizon of 15 to 20 days.

    Set-up and lanes always cost a little, and what is made is worth more than its material, so that no plan gains by
    hiding idle stock in work or on the way, where holding it costs nothing.
    """
    rng = random.Random(f"{feature} {seed}")
    tables = _plain(rng)
    chosen = rng.sample(FEATURES[1:], 3) if feature == "mixed" else [feature]
    for name in FEATURES:
        if name in chosen and name != "plain":
            ADD[name](rng, tables)
    return build(today=TODAY, holding_rate=HOLDING, **tables)


def _day(number: int) -> date:
    return TODAY + timedelta(number)


def _plain(rng: random.Random) -> Tables:
    """Products of parts, perhaps over a sub-assembly; one or two sources for a part; some stock, some supply."""
    last = rng.randint(15, 20)
    parts = [f"PART-{n}" for n in range(rng.randint(1, 3))]
    subs = ["SUB"] if rng.random() < 0.5 else []
    products = [f"PROD-{n}" for n in range(rng.randint(1, 2))]
    items = [{"item": part} for part in parts]
    bom = []
    for name in subs + products:
        lot = rng.choice(({}, {}, {"lot_min": 4}, {"lot_multiple": 3}))
        lead, setup, price = rng.randint(0, 3), rng.choice((0.5, 0.5, 5)), rng.choice((20, 40))
        items.append({"item": name, "lead_time_days": lead, "setup_cost": setup, "price": price, **lot})
        below = parts if name in subs else parts + subs
        for component in rng.sample(below, rng.randint(1, min(2, len(below)))):
            bom.append({"parent": name, "component": component, "qty": rng.randint(1, 2)})
    sources = []
    for part in parts:
        for n in range(rng.randint(1, 2)):
            terms = {
                "moq": rng.choice((0, 5, 20)),
                "multiple": rng.choice((0, 0, 5)),
                "order_fee": rng.choice((0, 0, 3)),
            }
            price, lead = rng.choice((1, 1.5, 2, 3)), rng.randint(0, 8)
            sources.append({"item": part, "supplier": f"S{n}", "lead_time_days": lead, "price": price, **terms})
    material = {part: min(row["price"] for row in sources if row["item"] == part) for part in parts}
    for row in items[len(parts) :]:
        lines = [line for line in bom if line["parent"] == row["item"]]
        material[row["item"]] = sum(line["qty"] * material[line["component"]] for line in lines)
        row["unit_cost"] = 2 * material[row["item"]]
    everything = parts + subs + products
    stock = [{"item": item, "qty": rng.randint(1, 8)} for item in everything if rng.random() < 0.4]
    supplies = [
        {
            "supply": f"PO-{n}",
            "item": rng.choice(everything),
            "qty": rng.randint(1, 8),
            "due": _day(rng.randint(-1, 10)),
            "kind": "buy",
        }
        for n in range(rng.randint(0, 2))
    ]
    demands = [
        {
            "demand": f"D{n}",
            "item": rng.choice(products) if rng.random() < 0.85 else rng.choice(everything),
            "qty": rng.randint(1, 8),
            "due": _day(rng.randint(0, last - 3)),
            "priority": rng.choice((1, 5, 5)),
            "price": rng.choice((20, 40)),
        }
        for n in range(rng.randint(1, 4))
    ]
    return {
        "horizon_days": last, "items": items, "bom": bom, "sources": sources, "stock": stock,
        "supplies": supplies, "demands": demands,
    }  # fmt: skip


def _places(rng: random.Random, tables: Tables) -> None:
    """Two or three places in a chain of lanes; stock, supplies and demands lie anywhere."""
    places = ["MAIN", "WEST", "EAST"][: rng.choice((2, 2, 3))]
    tables["sources"] = [row for row in tables["sources"] if row["supplier"] == "S0"]
    ways = [(places[n], places[n + 1]) for n in range(len(places) - 1)]
    ways += [(end, start) for start, end in ways if rng.random() < 0.7]
    tables["lanes"] = [
        {"from": start, "to": end, "lead_time_days": rng.randint(0, 3), "cost": rng.choice((0.1, 0.2, 0.5))}
        for start, end in ways
    ]
    for name in ("stock", "supplies", "demands"):
        for row in tables[name]:
            row["location"] = rng.choice(places)
    items = [row["item"] for row in tables["items"]]
    tables["stock"] += [
        {"item": item, "qty": rng.randint(2, 10), "location": rng.choice(places)} for item in rng.sample(items, 2)
    ]


def _lots(rng: random.Random, tables: Tables) -> None:
    """Lots that expire, some not available; what is bought or made keeps for some days."""
    tables["stock"] = [
        {
            "item": row["item"], "qty": rng.randint(1, 8), "lot": f"L{n}", "received_on": _day(-rng.randint(1, 30)),
            "expires_on": None if rng.random() < 0.3 else _day(rng.randint(0, 15)),
            "status": rng.choice(("available", "available", "available", "quarantine", "blocked")),
        }
        for row in tables["items"] for n in range(rng.randint(0, 2))
    ]  # fmt: skip
    for row in tables["items"]:
        if rng.random() < 0.5:
            row["shelf_life_days"] = rng.randint(2, 10)


def _reservations(rng: random.Random, tables: Tables) -> None:
    """Stock kept for one or two demands: of their item, or of something below it, with a lot or without."""
    below: dict[str, list[str]] = {}
    for row in tables["bom"]:
        below.setdefault(row["parent"], []).append(row["component"])
    tables["reservations"] = []
    for demand in rng.sample(tables["demands"], min(2, len(tables["demands"]))):
        tree = [demand["item"]]
        for item in tree:
            tree += below.get(item, [])
        item, qty = rng.choice(tree), rng.randint(2, 8)
        lot = rng.choice((None, "R1"))
        place = demand.get("location", "MAIN")
        if not any(
            row["item"] == item and row.get("lot") == lot and row.get("location", "MAIN") == place
            for row in tables["stock"]
        ):
            tables["stock"].append({"item": item, "qty": qty + rng.choice((0, 0, 2)), "lot": lot, "location": place})
        tables["reservations"].append(
            {"demand": demand["demand"], "item": item, "qty": qty, "lot": lot, "location": place}
        )


def _substitutes(rng: random.Random, tables: Tables) -> None:
    """A part that may be taken for another, for one parent or for every one, for some days or always."""
    lines = [(row["parent"], row["component"]) for row in tables["bom"]]
    parent, wanted = rng.choice(lines)
    tables["items"].append({"item": "OTHER"})
    tables["sources"].append(
        {"item": "OTHER", "supplier": "S0", "lead_time_days": rng.randint(0, 4), "price": rng.choice((0.5, 1, 3)),
         "moq": rng.choice((0, 10))}
    )  # fmt: skip
    if rng.random() < 0.7:
        tables["stock"].append({"item": "OTHER", "qty": rng.randint(2, 12)})
    tables["substitutes"] = [
        {
            "item": wanted, "substitute": "OTHER", "ratio": rng.choice((1, 2, 0.5)), "priority": 1,
            "parent": rng.choice((None, parent)),
            "valid_from": rng.choice((None, None, _day(5))), "valid_to": rng.choice((None, None, _day(12))),
        }
    ]  # fmt: skip
    if len(lines) > 1 and rng.random() < 0.3:
        other = rng.choice(
            [row["item"] for row in tables["items"] if row["item"].startswith("PART") and row["item"] != wanted]
            or ["OTHER"]
        )
        if other != "OTHER":
            tables["substitutes"].append({"item": wanted, "substitute": other, "ratio": 1, "priority": 2})


def _capacity(rng: random.Random, tables: Tables) -> None:
    """Operations on one or two resources, closed on some days; at most two items have them, to stay small."""
    resources = ["SAW", "OVEN"][: rng.randint(1, 2)]
    tables["resources"] = [{"resource": name, "minutes_per_day": rng.choice((10, 20, 40))} for name in resources]
    made = [row["item"] for row in tables["items"] if row["item"].startswith(("SUB", "PROD"))]
    tables["operations"] = [
        {"parent": item, "seq": 10 * (n + 1), "resource": rng.choice(resources), "setup_minutes": rng.choice((0, 5)),
         "run_minutes": rng.randint(1, 5)}
        for item in rng.sample(made, min(2, len(made))) for n in range(rng.randint(1, 2))
    ]  # fmt: skip
    tables["demands"] = tables["demands"][:3]
    down = rng.randint(0, 8)
    tables.setdefault("calendar", [])
    tables["calendar"] += [
        {"date": _day(down + n), "open": False, "resource": rng.choice((None, resources[0]))} for n in range(3)
    ]


def _partial(rng: random.Random, tables: Tables) -> None:
    tables["partial_shipments"] = True


def _frozen(rng: random.Random, tables: Tables) -> None:
    tables["frozen_days"] = rng.randint(1, 5)


def _minimum(rng: random.Random, tables: Tables) -> None:
    """Least order values, and cheaper prices for more."""
    breaks = []
    for row in tables["sources"]:
        row["min_order_value"] = rng.choice((0, 10, 25))
        if rng.random() < 0.5:
            breaks.append({"item": row["item"], "supplier": row["supplier"], "min_qty": 12, "price": row["price"] / 2})
    tables["price_breaks"] = breaks


def _closures(rng: random.Random, tables: Tables) -> None:
    """Suppliers that are closed for days, and sources that end or begin."""
    tables.setdefault("calendar", [])
    for supplier in ("S0", "S1"):
        first = rng.randint(0, 10)
        tables["calendar"] += [
            {"date": _day(first + n), "open": False, "supplier": supplier} for n in range(rng.randint(1, 5))
        ]
    for row in tables["sources"]:
        row.update(rng.choice(({}, {"valid_from": _day(rng.randint(1, 8))}, {"valid_to": _day(rng.randint(1, 10))})))


ADD = {
    "places": _places, "lots": _lots, "reservations": _reservations, "substitutes": _substitutes,
    "capacity": _capacity, "partial": _partial, "frozen": _frozen, "minimum": _minimum, "closures": _closures,
}  # fmt: skip
