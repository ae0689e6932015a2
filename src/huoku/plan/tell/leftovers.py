"""What is left on the last day, with its cause, the odds that it is used and the loss to expect."""

import numpy as np
import polars as pl

from huoku.buy.leftover import Worth, expected_used
from huoku.buy.terms import Floats, Ints
from huoku.compiled import kernel
from huoku.plan.decide.columns import NODE
from huoku.plan.decide.netting import Netted
from huoku.plan.model.build import Case

STOCK_WITHOUT_LOT = "stock"


@kernel
def fill_expected_used(worth: Worth, item: Ints, before: Ints, qty: Ints, used: Floats) -> None:
    """Write how much of each leftover is expected to be used, ``before`` units of it being left already."""
    for row in range(len(item)):
        used[row] = expected_used(worth, item[row], float(before[row] + qty[row])) - expected_used(
            worth, item[row], float(before[row])
        )


def leftovers(case: Case, netted: Netted, order_names: pl.Series) -> pl.DataFrame:
    """The table ``leftovers``: one row for each lot, supply or order that is not used up."""
    receipt = np.flatnonzero(netted.receipt_left > 0)
    order = np.flatnonzero(netted.order_left > 0)
    received = case.incoming.table[receipt]
    aside = case.incoming.aside.with_columns(pl.col("qty").cast(pl.Int64)).filter(pl.col("qty") > 0)
    node = np.concatenate((aside["node"].to_numpy(), received["node"].to_numpy(), netted.orders[order, NODE]))
    qty = np.concatenate((aside["qty"].to_numpy(), netted.receipt_left[receipt], netted.order_left[order]))
    stock = pl.concat([aside["name"], received["name"]]).fill_null(STOCK_WITHOUT_LOT)
    cause = pl.concat([stock, order_names[order]])
    # What was there first is the first to be used up.
    sequence = np.lexsort((np.arange(node.size), node))
    node, qty, cause = node[sequence], qty[sequence], cause[sequence]
    total = np.cumsum(qty)
    start = np.searchsorted(node, node)
    before = total - qty - np.where(start > 0, total[start - 1], 0)
    numbering, worth, item = case.numbering, case.model.worth, node // case.model.locations
    used = np.zeros(node.size)
    fill_expected_used(worth, item, before, qty, used)
    units = qty / numbering.steps[item]
    value = units * numbering.unit_value[item]
    back = used * worth.value[item] + (qty - used) * worth.salvage[item]
    return pl.DataFrame(
        {
            "item": numbering.items["item"][item],
            "location": numbering.place_names(node),
            "qty": units,
            "value": value,
            "cause": cause,
            "p_use": used / np.maximum(qty, 1),
            "expected_loss": np.maximum(value - back, 0.0),
        }
    )
