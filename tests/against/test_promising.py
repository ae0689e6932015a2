"""The promised day of one demand against an exact balance of every item on every day."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huoku.factory import Factory, build
from huoku.plan import plan

pytest.importorskip("ortools", reason="the extra `solve` is not installed")
from ortools.sat.python import cp_model

TODAY = date(2026, 1, 5)
LAST = 30


@st.composite
def one_demand(draw: st.DrawFn) -> Factory:
    """One order for a product of parts and sub-assemblies, some of them there or coming; whole quantities, no scrap."""
    parts, subs = ["P0", "P1", "P2"][: draw(st.integers(1, 3))], ["S0", "S1"][: draw(st.integers(0, 2))]
    everything = [*parts, *subs, "PROD"]
    items: list[dict[str, Any]] = [{"item": part, "lead_time_days": draw(st.integers(0, 12))} for part in parts]
    bom = []
    for name in [*subs, "PROD"]:
        rule = draw(st.sampled_from(((0, 0), (0, 0), (4, 0), (0, 3))))
        item = {"item": name, "kind": "make", "lead_time_days": draw(st.integers(0, 4))}
        items.append({**item, "lot_min": rule[0], "lot_multiple": rule[1]})
        below = [*parts, *(sub for sub in subs if sub < name and name != "PROD"), *(subs if name == "PROD" else [])]
        for component in draw(st.lists(st.sampled_from(below), min_size=1, max_size=3, unique=True)):
            bom.append({"parent": name, "component": component, "qty": draw(st.integers(1, 3))})
    arrival = st.tuples(st.sampled_from(everything), st.integers(1, 15), st.integers(0, 10))
    arriving = draw(st.lists(arrival, max_size=5))
    return build(
        today=TODAY,
        horizon_days=LAST,
        items=items,
        bom=bom,
        supplies=[
            {"supply": f"O{n}", "item": item, "qty": qty, "due": TODAY + timedelta(day), "kind": "buy"}
            for n, (item, qty, day) in enumerate(arriving)
        ],
        demands=[{"demand": "SO", "item": "PROD", "qty": draw(st.integers(1, 9)), "due": TODAY, "price": 100}],
    )


def earliest_by_solver(factory: Factory) -> int:
    """The first day on which the demand can ship, over every way of making and buying anything on any day."""
    model = cp_model.CpModel()
    days = range(LAST + 1)
    lead = {row["item"]: int(row["lead_time_days"]) for row in factory.items.iter_rows(named=True)}
    made = set(factory.bom["parent"])
    lines = [(row["parent"], row["component"], int(row["qty"])) for row in factory.bom.iter_rows(named=True)]
    ships = [model.new_bool_var(f"ship {day}") for day in days]
    model.add_exactly_one(ships)
    starts: dict[tuple[str, int], Any] = {}
    for row in factory.items.iter_rows(named=True):
        for day in days:
            name = row["item"], day
            multiple = max(1, int(row["lot_multiple"])) if row["item"] in made else 1
            packs, works = model.new_int_var(0, 400, f"{name}"), model.new_bool_var(f"{name} works")
            model.add(packs == 0).only_enforce_if(~works)
            model.add(packs * multiple >= max(1, int(row["lot_min"]))).only_enforce_if(works)
            starts[name] = packs * multiple
    coming = factory.supplies.select("item", "qty", "due").rows()
    demand = factory.demands.row(0, named=True)
    for item in lead:
        stock: Any = 0
        for day in days:
            stock = stock + sum(int(qty) for other, qty, due in coming if other == item and (due - TODAY).days == day)
            if day >= lead[item]:
                stock = stock + starts[item, day - lead[item]]
            stock = stock - sum(each * starts[parent, day] for parent, component, each in lines if component == item)
            if item == demand["item"]:
                stock = stock - int(demand["qty"]) * ships[day]
            model.add(stock >= 0)
    model.minimize(sum(day * ship for day, ship in enumerate(ships)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return int(solver.objective_value)


@settings(max_examples=40, deadline=None)
@given(one_demand())
def test_no_plan_ships_one_order_earlier(factory: Factory) -> None:
    promised = plan(factory).promises["date"][0]
    assert (promised - TODAY).days == earliest_by_solver(factory)
