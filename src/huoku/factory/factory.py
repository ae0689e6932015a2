"""The factory: every table of the contract, checked, with its types, never changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from html import escape
from typing import Any

import polars as pl

from huoku.errors import Problem, UsageError
from huoku.factory.assign import changes_of
from huoku.factory.check import check
from huoku.factory.columns import empty_frame, typed
from huoku.factory.findings import Findings
from huoku.factory.frames import from_given
from huoku.factory.inputs import TABLES
from huoku.factory.rows import tables_with, tables_without
from huoku.factory.settings import NAMES, Settings, settings_from
from huoku.factory.sheet import RawTable, Sheet


@dataclass(frozen=True, slots=True, eq=False)
class Factory:
    """One factory's planning input. Make one with ``read`` or ``build``, another one with ``with_``.

    Every table of the contract is there as a Polars frame, empty where nothing was given, with the
    contract's columns in their order and then unknown columns as text. Quantities, money, rates and
    days are Decimal(38, 6). ``warnings`` holds what is legal but doubtful, at most 1,000 of the
    ``warning_count`` there are. ``file_rows`` says of each table that was read from a file in which row each of its
    rows stands there; blank rows are passed over.
    """

    settings: Settings
    items: pl.DataFrame
    bom: pl.DataFrame
    sources: pl.DataFrame
    price_breaks: pl.DataFrame
    substitutes: pl.DataFrame
    stock: pl.DataFrame
    supplies: pl.DataFrame
    demands: pl.DataFrame
    reservations: pl.DataFrame
    locations: pl.DataFrame
    lanes: pl.DataFrame
    operations: pl.DataFrame
    fixed_work: pl.DataFrame
    resources: pl.DataFrame
    calendar: pl.DataFrame
    history: pl.DataFrame
    outlets: pl.DataFrame
    disposals: pl.DataFrame
    warnings: tuple[Problem, ...] = ()
    warning_count: int = 0
    file_rows: Mapping[str, pl.Series] = field(default_factory=dict)

    def table(self, name: str) -> pl.DataFrame:
        """The table of this name; UsageError when the contract has none."""
        if name not in TABLES:
            raise UsageError(f"there is no table {name}; tables: {', '.join(TABLES)} / 没有表 {name}")
        frame: pl.DataFrame = getattr(self, name)
        return frame

    def with_(self, **changes: object) -> "Factory":
        """Another factory, with some tables or settings replaced; this one stays as it is.

        Table names take a Polars or pandas frame, a dict of columns, or a list of records, headers in
        English or Chinese; settings names take values. Everything is checked as if it came from a
        file. Raises DataError (naming tables) and UsageError (an unknown name).
        """
        return _changed(self, changes)

    def with_values(self, values: Mapping[str, object]) -> "Factory":
        """Another factory with a few cells changed: what if?

        ``values``: by ``TABLE.KEY.COLUMN``, such as ``{"demands.SO-1042.qty": 300}``, or ``settings.NAME``. A key of
        several columns is written with ``/``, as in ``sources.SCREW/S1.moq``, and may end early where it names one row
        alone. Values are written as in a file; an empty one clears the cell. Raises UsageError for what is not there
        and DataError for a value that the column cannot hold.
        """
        return self.with_(**changes_of(self, values))

    def with_rows(self, rows: Mapping[str, Iterable[Mapping[str, object]]]) -> "Factory":
        """Another factory with more rows: ``with_rows({"demands": [{"demand": "SO-9", "item": "KETTLE", ...}]})``.

        Headers and values are written as in a file; what is left out is empty. Raises UsageError for an unknown table
        or column and DataError for a value that the column cannot hold, or a name that is taken.
        """
        return self.with_(**tables_with(self, rows))

    def without_rows(self, names: Iterable[str]) -> "Factory":
        """Another factory without the rows named ``TABLE.KEY``, as ``demands.SO-1042`` or ``sources.SCREW/S1``.

        Keys as in ``with_values``. Raises UsageError for what is not there and DataError where another row needs it.
        """
        return self.with_(**tables_without(self, names))

    def __eq__(self, other: object) -> bool:
        """Equal settings and equal tables; what was doubtful on the way in does not count."""
        if not isinstance(other, Factory):
            return NotImplemented
        return self.settings == other.settings and all(self.table(name).equals(other.table(name)) for name in TABLES)

    __hash__ = None  # type: ignore[assignment]  # tables have no hash

    def __repr__(self) -> str:
        filled = ", ".join(f"{name} {self.table(name).height}" for name in TABLES if self.table(name).height)
        return f"Factory({self.settings.today}, {filled or 'no rows'})"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{name}</td><td>{escape(table.zh)}</td><td align='right'>{self.table(name).height:,}</td></tr>"
            for name, table in TABLES.items()
        )
        return (
            f"<table><caption>{self.settings.today} + {self.settings.horizon_days} d, "
            f"{escape(self.settings.currency)}</caption>"
            f"<tr><th>table</th><th>表</th><th>rows 行数</th></tr>{rows}</table>"
        )


def build(**changes: object) -> Factory:
    """A factory from tables in memory: ``build(today=date(2026, 1, 5), items=[...], demands=[...])``.

    Takes what ``with_`` takes. ``today`` is required, for a library has no clock. Raises DataError
    and UsageError.
    """
    if "today" not in changes:
        raise UsageError("build needs today=date(...) / 请给出 today=date(...)")
    return _changed(None, changes)


def assemble(raw: Mapping[str, RawTable], settings: Settings, findings: Findings) -> Factory:
    """A checked factory from tables as they were found. Raises DataError with everything that is wrong."""
    sheets = {name: typed(table, findings) for name, table in raw.items()}
    factory = _checked(sheets, settings, findings)
    return replace(factory, file_rows={name: sheet.rows for name, sheet in sheets.items()})


def _changed(before: Factory | None, changes: Mapping[str, object]) -> Factory:
    unknown = sorted(set(changes) - set(TABLES) - set(NAMES))
    if unknown:
        known = ", ".join([*NAMES, *TABLES])
        raise UsageError(f"no such table or setting: {', '.join(unknown)}; known: {known} / 没有这样的表或设置")
    findings = Findings()
    given = {field.name: getattr(before.settings, field.name) for field in fields(Settings)} if before else {}
    given.update((name, changes[name]) for name in NAMES if name in changes)
    settings = settings_from(given, date.min, "", findings)
    sheets: dict[str, Sheet] = {}
    for name, table in TABLES.items():
        if name in changes:
            raw = from_given(changes[name], table, findings)
            sheets[name] = typed(raw, findings)
        elif before is not None:
            frame = before.table(name)
            sheets[name] = Sheet(table, "", frame, frame, pl.int_range(2, frame.height + 2, eager=True), {})
    return _checked(sheets, settings, findings)


def _checked(sheets: Mapping[str, Sheet], settings: Settings, findings: Findings) -> Factory:
    complete = {name: sheets.get(name) or _empty_sheet(name) for name in TABLES}
    check(complete, settings, findings)
    findings.raise_errors()
    tables: dict[str, Any] = {name: sheet.frame for name, sheet in complete.items()}
    warnings, count = tuple(findings.warnings), findings.warning_count
    return Factory(settings=settings, warnings=warnings, warning_count=count, **tables)


def _empty_sheet(name: str) -> Sheet:
    frame = empty_frame(TABLES[name])
    return Sheet(TABLES[name], "", frame, frame, pl.Series(dtype=pl.UInt32), {})
