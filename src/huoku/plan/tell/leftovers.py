"""What is left on the last day, with its cause, the odds that it is used and the loss to expect."""

import numpy as np
import polars as pl

from huoku.buy.leftover import Worth, expected_used
from huoku.buy.terms import Floats, Ints
from huoku.compiled import kernel
from huoku.plan.decide.columns import NODE
from huoku.plan.decide.netting import Netted
from huoku.plan.model.build import Case
from huoku.plan.model.pieces import FOR_EVER
from huoku.plan.tell.perishing import last_days

STOCK_WITHOUT_LOT = "stock"


@kernel
def fill_expected_used(worth: Worth, item: Ints, before: Ints, qty: Ints, used: Floats) -> None:
    """Write how much of each leftover is expected to be used, ``before`` units of it being left already."""
    for row in range(len(item)):
        used[row] = expected_used(worth, item[row], float(before[row] + qty[row])) - expected_used(
            worth, item[row], float(before[row])
        )


def leftovers(case: Case, netted: Netted, order_names: pl.Series) -> pl.DataFrame:
    """The table ``leftovers``: one row for each lot, supply or order that is not used up.

    What has expired by the end of the plan is never used. The rest of an item at a place, kept for somebody or not,
    is used up in the order in which it came.
    """
    receipt = np.flatnonzero(netted.receipt_left > 0)
    order = np.flatnonzero(netted.order_left > 0)
    received, (of_receipt, of_order) = case.incoming.table, last_days(case, netted, receipt, order)
    aside = case.incoming.aside[np.flatnonzero(case.incoming.aside["qty"] >= 1)]
    numbering, places = case.numbering, case.model.locations
    stock = pl.concat([aside["name"], received["name"][receipt]]).fill_null(STOCK_WITHOUT_LOT)
    last = np.concatenate((np.where(aside["is_expired"], -1, FOR_EVER), of_receipt, of_order))
    node = np.concatenate((aside["node"].to_numpy(), received["node"].to_numpy()[receipt], netted.orders[order, NODE]))
    rows = pl.DataFrame(
        {
            "item": numbering.real[node // places],
            "location": node % places,
            "cause": pl.concat([stock, order_names[order]]),
            "qty": np.concatenate(
                (aside["qty"].to_numpy().astype(np.int64), netted.receipt_left[receipt], netted.order_left[order])
            ),
            "is_good": last > case.model.horizon,
        }
    )
    if numbering.rows:  # parts of one lot that are kept for several demands are one row
        rows = rows.group_by("item", "location", "cause", "is_good", maintain_order=True).agg(pl.col("qty").sum())
    # What was there first is used up first.
    node = rows["item"].to_numpy() * places + rows["location"].to_numpy()
    order = np.argsort(node, kind="stable")
    rows, node = rows[order], node[order]
    item, qty = rows["item"].to_numpy(), rows["qty"].to_numpy()
    good = qty * rows["is_good"].to_numpy()
    before = np.cumsum(good) - good
    before -= before[np.searchsorted(node, node)]
    worth, used = case.model.worth, np.zeros(rows.height)
    fill_expected_used(worth, item, before, good, used)
    units = qty / numbering.steps[item]
    value = units * numbering.unit_value[item]
    back = used * worth.value[item] + (qty - used) * worth.salvage[item]
    return pl.DataFrame(
        {
            "item": numbering.items["item"][item],
            "location": pl.Series(numbering.locations, dtype=pl.String)[rows["location"].to_numpy()],
            "qty": units,
            "value": value,
            "cause": rows["cause"],
            "p_use": used / np.maximum(qty, 1),
            "expected_loss": np.maximum(value - back, 0.0),
        }
    )
