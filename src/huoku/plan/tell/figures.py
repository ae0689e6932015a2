"""The money of a plan, by the contract: what a good plan minimises, and the figures people ask for."""

import math
from typing import Any, NamedTuple

import numpy as np

from huoku.buy.terms import Floats, Ints
from huoku.plan.decide.columns import NODE, QTY
from huoku.plan.decide.promise import Promises
from huoku.plan.model.build import Case
from huoku.plan.model.claiming import SAFETY, SUPPLY
from huoku.plan.tell.ordered import BUY, KINDS, MAKE, TRANSFER, Ordered
from huoku.plan.tell.pegged import Pegged, source_nodes


class Sums(NamedTuple):
    """Of the orders, by node (rows) and BUY, MAKE or TRANSFER (columns): how many, their money, their fees.

    ``left``, by node: what nobody took of them. Node by node, so that a change works out those alone that it reaches,
    and the sums of all are the same to the last digit.
    """

    placed: Ints
    spent: Floats
    fees: Floats
    left: Ints


def sums(case: Case, about: Ordered, order_left: Ints) -> Sums:
    """See ``Sums``. ``order_left``, by row of ``about``: what nobody took of it."""
    nodes, node = case.model.items * case.model.locations, about.orders[:, NODE]
    where = node * KINDS + about.kind

    def by_kind(each: Floats) -> Floats:
        summed: Floats = np.bincount(where, each, nodes * KINDS).astype(np.float64).reshape(nodes, KINDS)
        return summed

    return Sums(
        placed=np.bincount(where, minlength=nodes * KINDS).reshape(nodes, KINDS),
        spent=by_kind(about.step_price * about.orders[:, QTY]),
        fees=by_kind(case.model.terms.fee[about.source]),
        left=np.bincount(node, order_left, nodes).astype(np.int64),
    )


def figures(case: Case, promises: Promises, pegged: Pegged, of_orders: Sums) -> dict[str, Any]:
    """Counts, days and money. ``total_cost`` is the sum of ``cost``; ``leftover`` counts as income.

    Material set aside for what the contract's usage cannot name (see ``earmarks``) stays on hand here, so
    that the figures are those that any judge of the written tables computes.
    """
    model, claims, table = case.model, case.claiming.claims, case.claiming.table
    kind = table["kind"].to_numpy()
    netted = pegged.netted
    placed, spent, fees = (each.sum(axis=0) for each in (of_orders.placed, of_orders.spent, of_orders.fees))

    aside = pegged.earmarks
    peg_node, peg_qty = source_nodes(case, netted, netted.peg_source[aside]), netted.peg_qty[aside]

    nodes = model.items * model.locations
    left = np.zeros(nodes)  # counts of nothing are whole numbers
    left += np.bincount(case.incoming.table["node"].to_numpy(), netted.receipt_left, nodes)
    left += of_orders.left
    left += np.bincount(peg_node, peg_qty, nodes)
    idle = case.incoming.aside
    np.add.at(left, idle["node"].to_numpy(), idle["qty"].to_numpy())
    unit_days = netted.unit_days.copy()
    np.add.at(unit_days, peg_node, peg_qty * (model.horizon - pegged.days_of(aside)).astype(np.float64))
    np.add.at(unit_days, idle["node"].to_numpy(), idle["qty"].to_numpy() * float(model.horizon))
    # An open order that has to be put off counts from the day that its paper says.
    received = case.incoming.table
    written = np.maximum(received["due"].to_numpy(), 0)
    waits = np.minimum(received["day"].to_numpy(), model.horizon) - np.minimum(written, model.horizon)
    np.add.at(unit_days, received["node"].to_numpy(), received["qty"].to_numpy() * waits.astype(np.float64))
    unit_days += held_after_the_last_day(case, left)
    item = np.repeat(np.arange(model.items), model.locations)

    ordinary = (kind != SUPPLY) & (kind != SAFETY)
    promised = (promises.day >= 0) & ordinary
    late = np.where(promised, promises.day, model.horizon) - claims.day
    lost = ordinary & ~promised
    counted = np.flatnonzero(ordinary)
    asked = case.claiming.asked.height
    # Demands that cannot be served as they are written are lost; those after the horizon, and forecasts
    # that orders have consumed, cost nothing.
    silent = case.claiming.asked["silent"]
    refused = np.flatnonzero(silent.eq_missing("phantom") | silent.eq_missing("too_fine"))
    refused_value = case.claiming.asked["worth"].to_numpy()[refused]
    refused_late = model.horizon - np.maximum(case.claiming.asked["due"].to_numpy()[refused], 0)
    cost = {
        "purchase": float(spent[BUY]),
        "fees": float(fees[BUY]),
        "setup": float(fees[MAKE]),
        "transfer": float(spent[TRANSFER]),
        "holding": float((unit_days * model.worth.holding[item]).sum()),
        "leftover": -float((left * model.worth.value[item]).sum()) * case.factory.settings.salvage_rate,
        "lateness": float((claims.loss_per_day * np.maximum(late, 0))[counted].sum())
        + math.fsum(refused_value * refused_late) * case.factory.settings.late_rate,
        "lost": float(claims.loss_if_never[lost].sum()) + math.fsum(refused_value),
    }
    # A demand that ships in parts is as late as its last one, and promised when all of them are.
    demand = table["row"].to_numpy()[counted]
    latest, whole = np.full(case.factory.demands.height, -model.horizon), np.zeros(case.factory.demands.height, bool)
    whole[demand] = True
    there = np.count_nonzero(whole)
    np.maximum.at(latest, demand, late[counted])
    np.logical_and.at(whole, demand, promised[counted])
    on_time = int((whole & (latest <= 0)).sum())
    asked_value = math.fsum(case.claiming.asked["worth"].to_list())  # exact, so in any order of rows the same
    return {
        "demands": asked,
        "on_time": on_time,
        "on_time_share": round(on_time / max(1, asked), 4),
        "promised_share": round(int(whole.sum()) / max(1, asked), 4),
        "late_demands": int((latest > 0).sum()) + refused.size,
        "not_promised": int(there - whole.sum()) + refused.size,
        "late_days": int(np.maximum(latest, 0).sum() + refused_late.sum()),
        "orders": {"buy": int(placed[BUY]), "make": int(placed[MAKE]), "transfer": int(placed[TRANSFER])},
        "cost": {name: round(value, 2) for name, value in cost.items()},
        "total_cost": round(sum(cost.values()), 2),
        "leftover_value": round(float((left * case.numbering.unit_value[item] / case.numbering.steps[item]).sum()), 2),
        "sales_value": round(float(asked_value), 2),
    }


def held_after_the_last_day(case: Case, left: Floats) -> Floats:
    """By node: what is left is held on until the last open order that comes later; units summed over days.

    ``left``, by node, with what comes later. Any judge reckons to the last change of stock that the tables tell of.
    """
    places, horizon, received = case.model.locations, case.model.horizon, case.incoming.table
    held = np.zeros(left.size)
    late = np.flatnonzero(received["due"].to_numpy() > horizon)
    if late.size == 0:
        return held
    due, qty = received["due"].to_numpy()[late], received["qty"].to_numpy()[late]
    # Lots and choices of an item lie in its place: one level for all of them.
    node, every = received["node"].to_numpy()[late], np.arange(left.size)
    at, of = (case.numbering.real[nodes // places] * places + nodes % places for nodes in (node, every))
    level = np.bincount(of, left, left.size)
    level -= np.bincount(at, qty, left.size)
    since = np.full(left.size, horizon)
    for row in np.lexsort((due, at)):
        here = at[row]
        held[here] += level[here] * (due[row] - since[here])
        level[here] += qty[row]
        since[here] = due[row]
    return held
