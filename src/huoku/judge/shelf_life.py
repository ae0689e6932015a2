"""Rule 1, the rest of it: what arrives keeps for its shelf life and no longer, and moving it makes it no younger."""

import polars as pl

from huoku.judge.balance import BALANCE, LOT, NEVER, available_lots
from huoku.judge.case import Case
from huoku.judge.codes import looked_up
from huoku.judge.suspects import Suspects, suspects
from huoku.language import Sentence

TOO_OLD = Sentence(
    zh="{subject}：{date} 取用 {item}，{source_kind}“{source}”到那天已过保质期",
    en="{subject}: takes {item} on {date} from {source_kind} {source!r}, past its shelf life",
)

DONE_LATER = ("supply_delayed", "open_work_late")


def past_shelf_life(case: Case, usage: pl.DataFrame) -> list[Suspects]:
    """Rows that take from an order or supply after its last usable day.

    What is bought, made or on its way keeps for shelf_life_days from its arrival, an overdue supply from today, an open
    make order that the plan says is done later from its first use. A transfer keeps as long as the first to expire of
    what it took.
    """
    ages = case.items["shelf_life_days"].is_not_null().any() or case.factory.stock["expires_on"].is_not_null().any()
    if not ages:
        return []
    supplies = _last_days(case, _arrivals(case, usage))
    orders = _last_days(case, case.orders)
    is_transfer = case.orders["kind"] == "transfer"
    orders = _handed_on(case, usage, orders.set(is_transfer, NEVER), supplies)
    late = _older(orders, "from_order") | _older(supplies, "from_supply")
    return [suspects(BALANCE, TOO_OLD, usage, late)]


def _arrivals(case: Case, usage: pl.DataFrame) -> pl.DataFrame:
    """The supplies with the day on which each comes as ``due``."""
    to_issue = case.factory.supplies.select(pl.col("kind") == "make", status=pl.col("status") == "planned")
    spoken = case.plan.read("exceptions").filter(pl.col("code").is_in(DONE_LATER))
    is_late = to_issue["kind"] & to_issue["status"] & case.supplies["supply"].is_in(spoken["subject"].implode())
    first_use = usage.group_by(code="from_supply").agg(first=pl.col("date").min())
    supplies = case.supplies.with_row_index("code").with_columns(pl.col("code").cast(usage["from_supply"].dtype))
    supplies = supplies.join(first_use, on="code", how="left", maintain_order="left")
    later = pl.when(pl.lit(is_late)).then("first")
    return supplies.with_columns(due=pl.max_horizontal("due", pl.lit(case.today), later))


def _last_days(case: Case, givers: pl.DataFrame) -> pl.Series:
    """The last usable day of what each giver brings, by its own arrival."""
    days = looked_up(case.items["shelf_life_days"], "item").floor().cast(pl.Int64)
    return givers.select(last=(pl.col("due") + pl.duration(days=days)).fill_null(NEVER))["last"]


def _older(lasts: pl.Series, code: str) -> pl.Expr:
    return (pl.col("date") > looked_up(lasts, code)).fill_null(False)


def _handed_on(case: Case, usage: pl.DataFrame, orders: pl.Series, supplies: pl.Series) -> pl.Series:
    """The last days of all orders, each transfer's taken from its givers, along as many lanes as it went."""
    moves = usage.filter(looked_up(case.orders["kind"], "by_order") == "transfer")
    moves = moves.join(available_lots(case).drop("qty"), on=LOT, how="left", maintain_order="left")
    by_lot = pl.when("from_stock").then("last_day")
    for _ in range(case.orders.height):
        given = pl.min_horizontal(by_lot, looked_up(supplies, "from_supply"), looked_up(orders, "from_order"))
        lasts = moves.group_by(code="by_order").agg(last=given.min().fill_null(NEVER)).sort("code")
        changed = orders.scatter(lasts["code"], lasts["last"]) if lasts.height else orders
        if changed.equals(orders):
            break
        orders = changed
    return orders
