"""Names as whole numbers: millions of usage rows are compared by row number, not by text."""

import polars as pl


class Codes:
    """A list of different names; a name's code is its place in the list, an unknown or missing name has none (null)."""

    def __init__(self, names: pl.Series):
        self.names = names
        self._known = pl.Enum(names)

    def of(self, name: str | pl.Expr) -> pl.Expr:
        """The codes of a text column."""
        column = pl.col(name) if isinstance(name, str) else name
        return column.cast(self._known, strict=False).to_physical().cast(pl.UInt32)

    def named(self, code: str) -> pl.Expr:
        """The names of a column of codes."""
        return looked_up(self.names, code)


def looked_up(values: pl.Series, code: str) -> pl.Expr:
    """What ``values`` holds for each code in column ``code``; null where there is no code."""
    return pl.lit(values).gather(pl.col(code), null_on_oob=True)


def floats(frame: pl.DataFrame) -> pl.DataFrame:
    """A contract table with its exact decimals as floats: the rules have tolerances."""
    return frame.with_columns(pl.selectors.decimal().cast(pl.Float64))


def in_force(day: str) -> pl.Expr:
    """Is a row with ``valid_from`` and ``valid_to`` (both inclusive, null for no limit) in force on column ``day``?"""
    begun = pl.col("valid_from").is_null() | (pl.col("valid_from") <= pl.col(day))
    return begun & (pl.col("valid_to").is_null() | (pl.col("valid_to") >= pl.col(day)))
