"""Numbers, dates and sentences as whole columns of text: a plan has a reason for every row."""

import re
from collections.abc import Callable, Mapping

import numpy as np
import polars as pl

from huoku.buy.terms import Flags, Floats, Ints
from huoku.language import EITHER, Language, Sentence

FIELD = re.compile(r"\{(\w+)(?:\|[^{}]*)?\}")

Field = pl.Series | Callable[[], pl.Series]
"""A text column, or what makes it where a sentence names it."""


def filled(sentence: Sentence, lang: Language, **fields: Field) -> pl.Series:
    """The sentence once for each row; ``fields`` are text columns of one length, more of them than it need name."""
    template = sentence.template(lang)
    made: dict[str, pl.Series] = {}
    columns = [_part(found, fields, made) for found in FIELD.finditer(template)]
    return pl.select(pl.format(FIELD.sub("{}", template), *columns)).to_series()


def _part(found: re.Match[str], fields: Mapping[str, Field], made: dict[str, pl.Series]) -> pl.Series | pl.Expr:
    """The column of a field, or of the words that go with its number; ``made``: those that stood before in the
    sentence."""
    name = found[1]
    if name not in made:
        field = fields[name]
        made[name] = field() if callable(field) else field
    either = EITHER.fullmatch(found[0])
    if either is None:
        return made[name]
    return pl.when(made[name] == "1").then(pl.lit(either[3])).otherwise(pl.lit(either[4]))


def repeated(text: str | None, n: int) -> pl.Series:
    """The same text, or nothing, ``n`` times."""
    return pl.Series([text], dtype=pl.String).new_from_index(0, n)


def rows(severity: str | pl.Series, code: str, subject: pl.Series, message: pl.Series) -> pl.DataFrame:
    """Exceptions of one kind."""
    n = len(subject)
    return pl.DataFrame(
        {
            "severity": repeated(severity, n) if isinstance(severity, str) else severity,
            "code": repeated(code, n),
            "subject": subject,
            "message": message,
        }
    )


def pieced(n: int, pieces: list[tuple[Ints, pl.Series]]) -> pl.Series:
    """One column of ``n`` rows from pieces that together have each row once: (its rows, their texts)."""
    rows = np.concatenate([where for where, _ in pieces])
    place = np.empty(n, np.int64)
    place[rows] = np.arange(n)
    texts: pl.Series = pl.concat([text for _, text in pieces])[place]
    return texts


def only_where(there: Flags, values: pl.Series) -> pl.Series:
    """The values, empty where nothing is there."""
    return values.zip_with(pl.Series(there), pl.Series([None], dtype=values.dtype))


def quantities(steps: Ints, per_unit: Ints) -> pl.Series:
    """Quantities in smallest steps as decimal text in the item's unit: 1500 steps of 1000 a unit is ``1.5``."""
    whole = per_unit == 1
    if whole.all():
        return pl.Series(steps).cast(pl.String)
    text = pl.Series(steps / per_unit).cast(pl.String).str.strip_suffix(".0")
    return pl.Series(steps).cast(pl.String).zip_with(pl.Series(whole), text)


def amounts(money: Floats) -> pl.Series:
    """Money as text with two decimals."""
    return pl.Series(np.rint(money * 100) / 100).cast(pl.Decimal(38, 2)).cast(pl.String)


def prices(money: Floats) -> pl.Series:
    """Unit prices as text with as many decimals as they have, at least two."""
    return pl.Series(money).cast(pl.Decimal(38, 6)).cast(pl.String).str.replace("0{1,4}$", "")


def calendar(epoch: int, days: int) -> pl.Series:
    """ISO dates as text from today on, ``days`` of them and one more."""
    return dates(np.arange(days + 1), epoch).cast(pl.String)


def dates(days: Ints, epoch: int) -> pl.Series:
    """Days from today as a date column; negative days that mean "none" are the caller's to blank."""
    return pl.Series((days + epoch).astype(np.int32)).cast(pl.Date)
