"""Ways out of dead stock: for each item the outlets that bring most, and what waiting for them costs."""

from typing import NamedTuple

import numpy as np
import polars as pl

from huoku.factory import Factory
from huoku.sense.outlets import KEEP, ways_of
from huoku.sense.salvage import best_disposals

MONTHS = (0, 1, 3, 6, 12)
"""The waits that are compared."""


class WaysOut(NamedTuple):
    """``items``: item, gone (value of what is not kept), back (its money today), kept (worth of the rest),
    back_in_a_month.
    ``routes``: item, outlet, kind, qty, back (its fee paid): what goes where today; kind ``keep`` stays.
    ``waiting``: item, months, back, value (of the units that are not kept): what they bring later."""

    items: pl.DataFrame
    routes: pl.DataFrame
    waiting: pl.DataFrame


def ways_out(factory: Factory, dead: pl.DataFrame) -> WaysOut:
    """The most money for the dead units of each item, over all its lots: fees are paid and limits count once.

    ``dead``: columns item, qty, unit_value, keep_share (the part of the value that keeping gives); one row for each
    item. The outlets are those of ``outlets.ways_of``.
    """
    qty, unit_value, keep_share = (dead[name].to_numpy() for name in ("qty", "unit_value", "keep_share"))
    ways, outlets = ways_of(factory, dead["item"], keep_share)
    later = [best_disposals(qty, unit_value, outlets, months) for months in MONTHS]
    row, place = ways["row"].to_numpy(), ways["place"].to_numpy()
    units = later[0].units[row, place]
    stays = np.bincount(row, np.where(ways["outlet"] == KEEP, units, 0.0), minlength=qty.size)
    kept, gone = stays * unit_value * keep_share, (qty - stays) * unit_value
    items = dead.select("item", gone=pl.Series(gone), back=later[0].money - kept, kept=pl.Series(kept))
    routes = pl.DataFrame(
        {
            "item": dead["item"].gather(row),
            "outlet": ways["outlet"],
            "kind": ways["kind"],
            "qty": units,
            "back": units * unit_value[row] * outlets.share[row, place] - outlets.fee[row, place],
        }
    )
    waiting = [
        dead.select("item", months=pl.lit(months, pl.Int64), back=one.money - kept, value=pl.Series(gone))
        for months, one in zip(MONTHS, later, strict=True)
    ]
    return WaysOut(
        items.with_columns(back_in_a_month=later[1].money - kept),
        routes.filter(pl.col("qty") > 0).sort("item", "back", "outlet", descending=[False, True, False]),
        pl.concat(waiting),
    )
