"""What if? Cells of the live plan's factory, changed in memory, and the plan worked out again beside it (模拟)."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

import polars as pl

from huoku.factory import Factory
from huoku.factory.assign import BETWEEN, ROW_NAMES
from huoku.factory.frames import as_text
from huoku.factory.inputs import TABLES
from huoku.language import Language, Sentence
from huoku.plan.compare import Comparison
from huoku.plan.replan.replan import replan
from huoku.server.planning.advising import ONE_AT_A_TIME, plan_in_hand
from huoku.server.planning.files import names_of
from huoku.server.planning.models import PlanRun
from huoku.server.platform.roles import FieldGroup
from huoku.server.production.models.orders import OWN

MOST = 40
DAY = re.compile(r"calendar\.(?P<date>\d{4}-\d\d-\d\d)/(?P<resource>[^/].*)\.open")
"""What says whether a machine works on a day."""
CLOSED = "0"
IS_OUT = Sentence("{resource} 停一天：{day}", "{resource} is out on {day}")
Values = Mapping[str, str]
"""By TABLE.KEY.COLUMN, as ``Factory.with_values`` takes them."""


Wanted = Literal["order", "forecast", "work"]
"""By whom a demand is wanted: by a customer, by nobody yet (forecasts and contracts), or by a work order of ours."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What may be tried in one table: ``shown`` says which row it is, ``tried`` may be another. ``sees``: the field
    group that it belongs to; None where everybody sees it. ``wanted``: of demands only these."""

    title: Sentence
    table: str
    shown: tuple[str, ...]
    tried: tuple[str, ...]
    sees: FieldGroup | None = None
    wanted: Wanted | None = None


OF_DEMANDS = ("demands", ("demand", "item"), ("qty", "due", "priority"), None)
SHEETS = {
    "orders": Sheet(Sentence("订单", "Orders"), *OF_DEMANDS, "order"),
    "stock": Sheet(Sentence("库存", "Stock"), "stock", ("item", "location", "lot"), ("qty",)),
    "supplies": Sheet(Sentence("在途", "On order"), "supplies", ("supply", "item"), ("qty", "due")),
    "terms": Sheet(
        Sentence("供应条件", "Terms"),
        "sources",
        ("item", "supplier"),
        ("moq", "multiple", "lead_time_days", "price", "order_fee"),
        FieldGroup.SUPPLIER_TERMS,
    ),
    "forecasts": Sheet(Sentence("预测和合同", "Forecasts and contracts"), *OF_DEMANDS, "forecast"),
    "work": Sheet(Sentence("工单领料", "Materials of work orders"), *OF_DEMANDS, "work"),
    "capacity": Sheet(Sentence("产能", "Capacity"), "resources", ("resource", "location"), ("minutes_per_day",)),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """``name``: as ``Values`` call it; ``was``: in the plan; ``value``: as it is tried."""

    name: str
    label: str
    was: str
    value: str

    @property
    def is_changed(self) -> bool:
        return self.value != self.was


@dataclass(frozen=True, slots=True)
class Row:
    shown: tuple[str, ...]
    cells: tuple[Cell, ...]


def headings(sheet: Sheet, lang: Language) -> tuple[str, ...]:
    columns = {column.name: column for column in TABLES[sheet.table].columns}
    return tuple(columns[name].header(lang) for name in (*sheet.shown, *sheet.tried))


def of_work(run: PlanRun) -> frozenset[str]:
    """What the plan calls the materials that work orders still take."""
    return frozenset(demand for demand, record in names_of(run).demand_of.items() if record.startswith(OWN))


def sheets_of(factory: Factory, work: Collection[str]) -> dict[str, Sheet]:
    """Those in which something can be tried; that of customers' orders always."""
    return {
        name: each
        for name, each in SHEETS.items()
        if each.wanted in (None, "order") or _frame(factory, each, work).height
    }


def _frame(factory: Factory, sheet: Sheet, work: Collection[str]) -> pl.DataFrame:
    frame = factory.table(sheet.table)
    if sheet.wanted is None:
        return frame
    is_work = pl.col("demand").is_in(list(work))
    is_order = pl.col("kind").fill_null("order") == "order"
    return frame.filter({"work": is_work, "order": ~is_work & is_order, "forecast": ~is_work & ~is_order}[sheet.wanted])


def rows(
    factory: Factory, sheet: Sheet, about: str, values: Values, lang: Language, work: Collection[str] = ()
) -> list[Row]:
    """The first rows in whose names ``about`` occurs, with what is tried of them; ``work``: see ``of_work``."""
    frame = _frame(factory, sheet, work)
    table = TABLES[sheet.table]
    texts = frame.select(as_text(frame[name]).fill_null("").alias(name) for name in frame.columns if table.named(name))
    name = pl.concat_str([pl.col(each) for each in ROW_NAMES.get(sheet.table, table.key)], separator=BETWEEN)
    wanted = pl.any_horizontal(
        pl.col(each).str.to_lowercase().str.contains(about.lower(), literal=True) for each in sheet.shown
    )
    found = texts.with_columns(name=name.str.strip_chars_end(BETWEEN)).filter(wanted)
    order = ("due", "name") if "due" in sheet.tried else ("name",)
    labels = dict(zip((*sheet.shown, *sheet.tried), headings(sheet, lang), strict=True))
    return [
        Row(tuple(row[each] for each in sheet.shown), tuple(_cells(sheet, row, labels, values)))
        for row in found.sort(*order).head(MOST).iter_rows(named=True)
    ]


def _cells(sheet: Sheet, row: Mapping[str, str], labels: Mapping[str, str], values: Values) -> Iterator[Cell]:
    for column in sheet.tried:
        name = f"{sheet.table}.{row['name']}.{column}"
        yield Cell(name, f"{row['name']} {labels[column]}", row[column], values.get(name, row[column]))


def tried_with(before: Values, shown: Sequence[Row], given: Mapping[str, str]) -> dict[str, str]:
    """What is tried, with what was filled into the rows that were shown; a cell that is as it was is not tried."""
    found = dict(before)
    for cell in (cell for row in shown for cell in row.cells if cell.name in given):
        if given[cell.name].strip() == cell.was:
            found.pop(cell.name, None)
        else:
            found[cell.name] = given[cell.name].strip()
    return found


def called(name: str, value: object, lang: Language) -> tuple[str, object]:
    """A cell in words (table, row and column) and what it is to be; "" where the words say all of it."""
    table, _, rest = name.partition(".")
    key, _, column = rest.rpartition(".")
    if table not in TABLES:
        return name, value
    if str(value) == CLOSED and (out := DAY.fullmatch(name)):
        return IS_OUT.say(lang, day=out["date"], resource=out["resource"]), ""
    of, found = TABLES[table], TABLES[table].named(column)
    title = next((sheet.title for sheet in SHEETS.values() if sheet.table == table), Sentence(of.zh, of.name))
    return f"{title.say(lang)} {key} · {found.header(lang) if found else column}", value


def changed(factory: Factory, values: Mapping[str, object]) -> Factory:
    """The factory with other cells. A day on which a machine is out has no row in the calendar yet, and gets one.
    Raises UsageError, DataError."""
    there = {day_called(*row) for row in factory.calendar.select("date", "resource").iter_rows() if row[1]}
    days = {name: DAY.fullmatch(name) for name in values if name not in there}
    new = {name: {**day.groupdict(), "open": values[name]} for name, day in days.items() if day}
    found = factory.with_rows({"calendar": new.values()}) if new else factory
    return found.with_values({name: value for name, value in values.items() if name not in new})


def day_called(day: date, resource: str) -> str:
    """The cell that says whether a machine works on a day."""
    return f"calendar.{day.isoformat()}{BETWEEN}{resource}.open"


def tried(run: PlanRun, values: Values, lang: Language) -> Comparison:
    """The plan of a run beside the plan with other values. Raises UsageError, DataError for values that cannot be."""
    return _tried(run.company_id, run.pk, run.output_digest, tuple(sorted(values.items())), lang)


def beside(live: PlanRun, trial: PlanRun, lang: Language) -> Comparison:
    """A trial that was kept, beside the plan that it went on from."""
    return plan_in_hand(live, lang).compare(plan_in_hand(trial, lang))


@lru_cache(maxsize=16)
def _tried(
    company_id: int, run_id: int, digest: str, values: tuple[tuple[str, str], ...], lang: Language
) -> Comparison:
    """``digest`` makes a run that was worked out again another one."""
    before = plan_in_hand(PlanRun.objects.of(company_id).get(pk=run_id), lang)
    with ONE_AT_A_TIME:
        return before.compare(replan(before, changed(before.factory, dict(values)), lang=lang))
