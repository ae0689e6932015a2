"""One item as a mixed-integer model for a solver: the same money, said in linear terms."""

from typing import Any

from ortools.linear_solver import pywraplp

from .one_item import Item


def best_by_solver(item: Item) -> float:
    """The least money, by SCIP. For each need, offer and price: whether it is ordered, and in how many multiples."""
    assert not item.futures and not item.spare
    solver = pywraplp.Solver.CreateSolver("SCIP")
    most = item.total + max(offer.tiers()[-1][0] for offer in item.offers) + max(o.multiple for o in item.offers)
    bought, spent = [], []
    for day, _ in item.needs:
        here = []
        for offer in item.offers:
            if day < offer.lead:
                continue
            for low, high, price in offer.tiers():
                ordered = solver.BoolVar("")
                packs = solver.IntVar(0, most // offer.multiple + 1, "")
                solver.Add(packs * offer.multiple >= low * ordered)
                solver.Add(packs * offer.multiple <= min(high, most) * ordered)
                here.append(packs * offer.multiple)
                spent.append(packs * offer.multiple * price + offer.fee * ordered)
        bought.append(solver.Sum(here))
    stock: Any = 0
    ends = [day for day, _ in item.needs[1:]] + [item.horizon]
    for (day, qty), arriving, end in zip(item.needs, bought, ends, strict=True):
        stock = stock + arriving - qty
        solver.Add(stock >= 0)
        spent.append(stock * (item.holding * (end - day)))
    solver.Minimize(solver.Sum(spent) - stock * item.salvage)
    assert solver.Solve() == pywraplp.Solver.OPTIMAL
    return float(solver.Objective().Value())
