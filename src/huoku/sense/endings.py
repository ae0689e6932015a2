"""Until when an item can still be used: engineering changes and the ends of life of what it goes into."""

import numpy as np
import polars as pl

from huoku.factory import Factory
from huoku.factory.bom import Numbers, Tree

NEVER = 1_000_000
"""Days: no end is known."""


def last_day_of_use(factory: Factory, structure: Tree) -> Numbers:
    """By item: the last day, counted from today, on which something may take it; ``NEVER`` without an end.

    An obsolete item has ended, and so has a part of which all parents have: the last of its BOM lines ends with the
    line's ``valid_to`` or with its parent. What has no parent, or is itself demanded, is used on its own account.
    Ended is -1. Known demands are another matter: they take what they take.
    """
    items = factory.items
    today = pl.lit(factory.settings.today)
    line_ends = (
        factory.bom[structure.line]
        .select((pl.col("valid_to") - today).dt.total_days().fill_null(NEVER).clip(-1, NEVER))
        .to_series()
        .to_numpy()
    )
    ends = np.full(items.height, NEVER)
    is_part = np.zeros(items.height, np.bool_)
    is_part[structure.component] = True
    ends[is_part & ~items["item"].is_in(factory.demands["item"].implode()).to_numpy()] = -1
    is_obsolete = (items["lifecycle"] == "obsolete").fill_null(False).to_numpy()
    ends[is_obsolete] = -1
    for lines in structure.downwards():
        lines = lines[~is_obsolete[structure.component[lines]]]
        reach = np.minimum(line_ends[lines], ends[structure.parent[lines]])
        np.maximum.at(ends, structure.component[lines], reach)
    return ends
