"""The output tables of any plan, from a folder or from memory, with exactly the columns that the rules look at."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import polars as pl

from huoku.errors import DataError, Problem, UsageError
from huoku.language import Sentence

TEXT, NUMBER, DAY = pl.String(), pl.Float64(), pl.Date()

COLUMNS: Mapping[str, Mapping[str, pl.DataType]] = {
    "orders": {
        "order": TEXT,
        "kind": TEXT,
        "item": TEXT,
        "location": TEXT,
        "qty": NUMBER,
        "start": DAY,
        "due": DAY,
        "supplier": TEXT,
        "from_location": TEXT,
        "unit_price": NUMBER,
    },
    "usage": {
        "consumer_kind": TEXT,
        "consumer": TEXT,
        "for_item": TEXT,
        "item": TEXT,
        "location": TEXT,
        "lot": TEXT,
        "qty": NUMBER,
        "date": DAY,
        "source_kind": TEXT,
        "source": TEXT,
    },
    "promises": {"demand": TEXT, "qty": NUMBER, "date": DAY, "late_days": NUMBER, "reason": TEXT},
    "exceptions": {"code": TEXT, "subject": TEXT, "message": TEXT},
    "schedule": {"order": TEXT, "seq": NUMBER, "resource": TEXT, "date": DAY, "minutes": NUMBER},
    "open_work": {"supply": TEXT, "seq": NUMBER, "resource": TEXT, "date": DAY, "minutes": NUMBER},
}

NO_PLAN = Sentence(
    zh="{path} 里没有计划（缺少 orders.csv 或 orders.parquet）",
    en="{path} holds no plan (no orders.csv or orders.parquet)",
)
UNREADABLE = Sentence(zh="这张表读不出来：{cause}", en="this table cannot be read: {cause}")
NOT_FINITE = Sentence(
    zh="有 {count} 个值不是有限的数", en="{count} {count|value is not a finite number|values are not finite numbers}"
)


class Planned(Protocol):
    """Anything with a plan's tables as frames."""

    @property
    def orders(self) -> pl.DataFrame: ...
    @property
    def usage(self) -> pl.DataFrame: ...
    @property
    def promises(self) -> pl.DataFrame: ...
    @property
    def exceptions(self) -> pl.DataFrame: ...
    @property
    def schedule(self) -> pl.DataFrame: ...
    @property
    def open_work(self) -> pl.DataFrame: ...


class PlanTables:
    """A plan's tables, each read when it is asked for, so that a large one need not stay in memory.

    Raises UsageError where there is no plan, DataError for a table that is none.
    """

    def __init__(self, plan: str | Path | Planned):
        self._frames = None if isinstance(plan, (str, Path)) else plan
        self._folder = Path(plan) if isinstance(plan, (str, Path)) else Path()
        if self._frames is None and self._file("orders") is None:
            raise UsageError(NO_PLAN.say("en", path=self._folder))

    def _file(self, name: str) -> Path | None:
        files = (self._folder / f"{name}{ending}" for ending in (".parquet", ".csv"))
        return next((file for file in files if file.exists()), None)

    def read(self, name: str) -> pl.DataFrame:
        """Table ``name`` with all its columns; what the plan leaves out is empty, empty text is null."""
        types = COLUMNS[name]
        file = self._file(name) if self._frames is None else None
        try:
            if self._frames is not None:
                frame: pl.DataFrame = getattr(self._frames, name)
            elif file is None:
                return pl.DataFrame(schema=types)
            elif file.suffix == ".parquet":
                present = pl.read_parquet_schema(file)
                frame = pl.read_parquet(file, columns=[column for column in types if column in present])
            else:
                frame = pl.read_csv(file, schema_overrides=types, infer_schema=False)
            frame = frame.select(_column(frame, column, kind) for column, kind in types.items())
        except (pl.exceptions.PolarsError, OSError) as error:
            raise _refused(name, file, UNREADABLE, cause=str(error).splitlines()[0]) from error
        numbers = [column for column, kind in types.items() if kind == NUMBER]
        strange = sum((~frame[column].is_finite()).sum() for column in numbers)
        if strange:
            raise _refused(name, file, NOT_FINITE, count=strange)
        return frame


def _column(frame: pl.DataFrame, column: str, kind: pl.DataType) -> pl.Expr:
    if column not in frame.columns:
        return pl.lit(None, kind).alias(column)
    value = pl.col(column).cast(kind)
    return value.replace("", None) if kind == TEXT else value


def _refused(name: str, file: Path | None, sentence: Sentence, **fields: object) -> DataError:
    return DataError([Problem("error", "plan_table", sentence, table=name, file=str(file or ""), fields=fields)])
