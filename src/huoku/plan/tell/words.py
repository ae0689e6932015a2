"""Numbers, dates and sentences as whole columns of text: a plan has a reason for every row."""

from datetime import date, timedelta
from string import Formatter

import numpy as np
import polars as pl

from huoku.buy.terms import Floats, Ints
from huoku.language import Language, Sentence


def filled(sentence: Sentence, lang: Language, **fields: pl.Series) -> pl.Series:
    """The sentence once for each row; ``fields`` are text columns of one length."""
    parts: list[pl.Expr] = []
    for literal, name, _, _ in Formatter().parse(sentence.template(lang)):
        if literal:
            parts.append(pl.lit(literal))
        if name is not None:
            parts.append(pl.col(name))
    return pl.DataFrame(fields).select(pl.concat_str(parts)).to_series()


def pieced(n: int, pieces: list[tuple[Ints, pl.Series]]) -> pl.Series:
    """One column of ``n`` rows from pieces that together have each row once: (its rows, their texts)."""
    rows = np.concatenate([where for where, _ in pieces])
    place = np.empty(n, np.int64)
    place[rows] = np.arange(n)
    return pl.concat([text for _, text in pieces]).gather(place)


def quantities(steps: Ints, per_unit: Ints) -> pl.Series:
    """Quantities in smallest steps as decimal text in the item's unit: 1500 steps of 1000 a unit is ``1.5``."""
    whole = per_unit == 1
    if whole.all():
        return pl.Series(steps).cast(pl.String)
    text = pl.Series(steps / per_unit).cast(pl.String).str.strip_suffix(".0")
    return pl.Series(steps).cast(pl.String).zip_with(pl.Series(whole), text)


CENTS = pl.Series([f".{cents:02}" for cents in range(100)], dtype=pl.String)


def amounts(money: Floats) -> pl.Series:
    """Money as text with two decimals."""
    cents = np.rint(np.abs(money) * 100).astype(np.int64)
    text = pl.Series(cents // 100).cast(pl.String) + CENTS.gather(cents % 100)
    below = (money < 0) & (cents > 0)
    return text.zip_with(pl.Series(~below), "-" + text) if below.any() else text


def prices(money: Floats) -> pl.Series:
    """Unit prices as text with as many decimals as they have, at least two."""
    text = [f"{value:.6f}".rstrip("0") for value in money.tolist()]
    return pl.Series([t + "0" * max(0, 2 - len(t.partition(".")[2])) for t in text], dtype=pl.String)


def calendar(today: date, days: int) -> pl.Series:
    """ISO dates as text from today on, ``days`` of them and one more."""
    return pl.Series([(today + timedelta(days=day)).isoformat() for day in range(days + 1)], dtype=pl.String)


def dates(days: Ints, epoch: int) -> pl.Series:
    """Days from today as a date column; negative days that mean "none" are the caller's to blank."""
    return pl.Series((days + epoch).astype(np.int32)).cast(pl.Date)
