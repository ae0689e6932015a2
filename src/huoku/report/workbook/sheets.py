"""What stands on each sheet of the workbook: frames with the columns in the order in which they are read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from huoku.language import Language, Sentence
from huoku.plan import Plan
from huoku.plan.explain.naming import item_names
from huoku.report.digest import bought, leftover_rows
from huoku.report.sections.warnings import CODES
from huoku.report.workbook.columns import FIELDS, WORDS, Field


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name in files, its title, and its rows with the columns of ``fields``."""

    name: str
    title: Sentence
    frame: pl.DataFrame

    @property
    def fields(self) -> list[Field]:
        return [FIELDS[column] for column in self.frame.columns]


PURCHASES = Sentence("采购单", "Purchases")
MAKES = Sentence("生产单", "Make orders")
TRANSFERS = Sentence("调拨单", "Transfers")
PROMISES = Sentence("承诺", "Promises")
EXCEPTIONS = Sentence("预警", "Exceptions")
LEFTOVERS = Sentence("余料", "Leftovers")
USAGE = Sentence("用料", "Usage")
DECISIONS = Sentence("决定", "Decisions")
SCHEDULE = Sentence("排程", "Schedule")


def sheets(plan: Plan, lang: Language) -> Iterator[Sheet]:
    """Every table of the workbook; transfers and the schedule only where there are any."""
    names = item_names(plan.factory, lang)

    def sheet(name: str, title: Sentence, frame: pl.DataFrame, columns: Sequence[str]) -> Sheet:
        if "item" in columns:
            frame = frame.join(names, on="item", how="left", maintain_order="left")
        return Sheet(name, title, _worded(frame, lang).select(columns))

    yield sheet("purchases", PURCHASES, _purchases(plan), PURCHASE_COLUMNS)
    yield sheet("makes", MAKES, _orders(plan, "make"), MAKE_COLUMNS)
    transfers = _orders(plan, "transfer")
    if transfers.height:
        yield sheet("transfers", TRANSFERS, transfers, TRANSFER_COLUMNS)
    yield sheet("promises", PROMISES, _promises(plan), PROMISE_COLUMNS)
    yield sheet("exceptions", EXCEPTIONS, plan.exceptions, ("severity", "code", "subject", "message"))
    yield sheet("leftovers", LEFTOVERS, leftover_rows(plan), LEFTOVER_COLUMNS)
    yield sheet("usage", USAGE, plan.usage, USAGE_COLUMNS)
    yield sheet("decisions", DECISIONS, plan.decisions, DECISION_COLUMNS)
    if plan.schedule.height:
        schedule = plan.schedule.sort("resource", "date", "order", "seq")
        yield sheet("schedule", SCHEDULE, schedule, ("resource", "date", "order", "seq", "minutes"))


PURCHASE_COLUMNS = (
    *("supplier", "order", "item", "name", "qty", "unit", "unit_price", "fees", "amount", "place", "arrives"),
    *("location", "needed_qty", "leftover_qty", "why"),
)
MAKE_COLUMNS = ("order", "item", "name", "qty", "unit", "start", "done", "location", "setup", "why")
TRANSFER_COLUMNS = ("order", "item", "name", "qty", "unit", "from_location", "location", "start", "done", "fees", "why")
PROMISE_COLUMNS = (
    *("demand", "customer", "item", "name", "asked", "unit", "due", "promised", "promised_on", "late_days", "reason"),
)
LEFTOVER_COLUMNS = ("item", "name", "qty", "unit", "location", "value", "cause", "p_use", "expected_loss")
USAGE_COLUMNS = (
    *("consumer_kind", "consumer", "for_item", "item", "name", "qty", "unit", "date"),
    *("source_kind", "source", "lot", "location"),
)
DECISION_COLUMNS = (
    *("order", "needed_qty", "leftover_qty", "cost", "effective_unit_cost"),
    *("alternative", "alternative_supplier", "alternative_qty", "alternative_cost"),
)


def _worded(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Short words of the tables as people say them; what is not known stays as it is."""
    words: Mapping[str, Mapping[str, Sentence]] = {**WORDS, "code": CODES}
    said = {
        column: pl.col(column).replace({word: told.say(lang) for word, told in known.items()})
        for column, known in words.items()
        if column in frame.columns
    }
    return frame.with_columns(**said)


def _purchases(plan: Plan) -> pl.DataFrame:
    """The buyer's list: supplier by supplier, what is to be ordered first on top."""
    rows = bought(plan).rename({"start": "place", "due": "arrives"})
    return rows.sort("supplier", "place", "item", "order", nulls_last=True)


def _orders(plan: Plan, kind: str) -> pl.DataFrame:
    rows = plan.orders.filter(kind=kind).rename({"due": "done"}).with_columns(setup="fees")
    return rows.sort("start", "done", "item", "order")


def _promises(plan: Plan) -> pl.DataFrame:
    """Every demand with what it asks for; the latest first."""
    asked = plan.factory.demands.select("demand", "item", "customer", "due", asked=pl.col("qty").cast(pl.Float64))
    told = plan.promises.rename({"qty": "promised", "date": "promised_on"})
    rows = asked.join(told, on="demand", how="left", maintain_order="left")
    return rows.sort("late_days", "due", "demand", descending=[True, False, False], nulls_last=True)
