"""A joint purchase as a plain mixed-integer model: packs of every row, with nothing left out and nothing relaxed."""

from ortools.linear_solver import pywraplp

from huoku.buy.joint import Board


def least_cost(board: Board, seconds: float = 60.0) -> tuple[float, float]:
    """The cost of the best purchase found by SCIP, and the bound below which none is."""
    solver = pywraplp.Solver.CreateSolver("SCIP")
    solver.SetTimeLimit(int(1000 * seconds))
    offers, vendors = board.offers, board.vendors
    opened = [solver.BoolVar("") for _ in vendors.fee]
    bought = [solver.Sum([]) for _ in board.need]
    goods = [solver.Sum([]) for _ in opened]
    for part, vendor, multiple, low, high, price in zip(*offers, strict=True):
        enough = max(low, int(board.need[part]) + multiple) + int(vendors.min_value[vendor] / price) + multiple
        most = int(min(high, enough))
        used, packs = solver.BoolVar(""), solver.IntVar(0, most // int(multiple), "")
        qty = packs * int(multiple)
        solver.Add(qty >= int(low) * used)
        solver.Add(qty <= most * used)
        solver.Add(used <= opened[vendor])
        bought[part] += qty
        goods[vendor] += qty * float(price)
    for part, need in enumerate(board.need):
        solver.Add(bought[part] >= int(need))
    for vendor, least in enumerate(vendors.min_value):
        solver.Add(goods[vendor] >= float(least) * opened[vendor])
    fees = solver.Sum([float(fee) * used for fee, used in zip(vendors.fee, opened, strict=True)])
    left = [
        float(worth) * (qty - int(need)) for worth, qty, need in zip(board.salvage, bought, board.need, strict=True)
    ]
    solver.Minimize(solver.Sum(goods) + fees - solver.Sum(left))
    status = solver.Solve()
    assert status in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE)
    return solver.Objective().Value(), solver.Objective().BestBound()
