"""Numbers of the input tables as the kernels count: exact millionths, smallest steps, days from today."""

import numpy as np
import polars as pl

from huoku.buy.terms import Floats, Ints
from huoku.factory import Factory

MICRO = 1_000_000
"""Exact numbers of the input tables count millionths."""


def filled(column: pl.Series, value: int) -> Ints:
    """A column of whole numbers with its empty cells filled; free where there are none."""
    if column.null_count() == 0:
        return column.to_numpy()
    if column.null_count() == len(column):
        return np.full(len(column), value)
    return column.fill_null(value).to_numpy()


def micro(column: pl.Series) -> Ints:
    """An exact number column in millionths; an empty cell counts as 0."""
    if column.null_count() == len(column):
        return np.zeros(len(column), np.int64)
    return filled(column.to_physical().cast(pl.Int64), 0)


def floats(column: pl.Series) -> Floats:
    """A number column as floats; an empty cell is NaN."""
    return column.cast(pl.Float64).to_numpy()


def steps_down(millionths: Ints, steps: Ints) -> Ints:
    """Quantities in smallest steps, rounded down."""
    return millionths // (MICRO // steps)


def steps_up(millionths: Ints, steps: Ints) -> Ints:
    """Quantities in smallest steps, rounded up."""
    return -(-millionths // (MICRO // steps))


def days_between(column: pl.Series, today: int, empty: int) -> Ints:
    """A date column as days from today; an empty cell is ``empty``."""
    return filled(column.cast(pl.Int64), empty + today) - today


def epoch_day(factory: Factory) -> int:
    """Today as days since 1970-01-01, the count that date columns have."""
    return factory.settings.today.toordinal() - 719163


def sorted_rows(number: Ints) -> Ints:
    """The rows by rising number, those of one number as they stand. (Unlike numbers sort several times as fast.)"""
    return np.argsort(number * number.size + np.arange(number.size))
