"""What an item's lifecycle means for planning."""

import numpy as np

from huoku.buy.terms import Flags
from huoku.plan.model.numbering import Numbering

GOING_OUT = ("phase_out", "obsolete")
"""Nothing is kept of such items for needs that nobody has named: no safety stock, no use expected from history."""


def going_out(numbering: Numbering) -> Flags:
    """By item: is it being phased out, or obsolete already?"""
    status = numbering.items["lifecycle"]
    found: Flags = np.logical_or.reduce([status.eq_missing(word).to_numpy() for word in GOING_OUT])
    return found
