"""The disposal cycle: how long a case of dead stock takes from its opening to its closing."""

import polars as pl

from huoku.metrics.figure import Figure


def disposal_cycle(cases: pl.DataFrame) -> Figure:
    """The median of the days from opening to closing of closed cases; those without a day of opening are left out.

    ``cases``: column days.
    """
    days = cases["days"].drop_nulls()
    # The median of nothing is nothing.
    return Figure(None if days.is_empty() else float(days.median()), days.len(), cases["days"].null_count())  # type: ignore[arg-type]
