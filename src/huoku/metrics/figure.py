"""A figure with what it stands on."""

from typing import NamedTuple


class Figure(NamedTuple):
    """``value`` is None where nothing can be told: an empty denominator is "no data", never 0 or 100 %.

    ``rows`` were counted, ``left_out`` were not, for want of a day or a value.
    """

    value: float | None
    rows: int
    left_out: int = 0
