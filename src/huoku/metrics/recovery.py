"""Recovery: how much of what dead stock had cost came back."""

import polars as pl

from huoku.metrics.figure import Figure


def recovery(cases: pl.DataFrame) -> Figure:
    """Money back / book value, over closed cases together; those without a value are left out.

    ``cases``: columns proceeds, value.
    """
    valued = cases.filter(pl.col("value") > 0)
    value = float(valued["value"].sum())
    back = float(valued["proceeds"].sum())
    return Figure(back / value if value else None, valued.height, cases.height - valued.height)
