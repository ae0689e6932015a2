"""Rules 2 and 3: when orders may start and end, from whom they may come, and how large they may be."""

from collections.abc import Iterator
from datetime import timedelta

import polars as pl

from huoku.judge.case import EPS, Case, is_multiple
from huoku.judge.codes import looked_up
from huoku.judge.terms import Terms, possible
from huoku.judge.verdict import Finding, finding
from huoku.language import Sentence

DATES, LOTS = "2 orders", "3 lots"
MONEY_STEP = 1e-4
"""An order worth so little less than the minimum is worth the minimum."""

TWICE = Sentence(zh="{subject}：订单号出现了不止一次", en="{subject}: given twice")
UNKNOWN_ITEM = Sentence(zh="{subject}：没有物料 {item_name}", en="{subject}: unknown item {item_name}")
UNKNOWN_KIND = Sentence(zh="{subject}：没有 {kind} 这种订单", en="{subject}: there are no orders of kind {kind}")
TOO_EARLY = Sentence(
    zh="{subject}：开始日 {start}，到货日 {due}；今天是 {today}，不能更早开始",
    en="{subject}: starts {start}, due {due}; nothing starts before today {today}",
)
FROZEN = Sentence(zh="{subject}：{start} 开始，落在冻结期内", en="{subject}: starts {start}, within the frozen days")
CLOSED = Sentence(
    zh="{subject}：{supplier} 在 {start} 或 {due} 歇业", en="{subject}: {supplier} is closed on {start} or {due}"
)
TOO_SHORT = Sentence(
    zh="{subject}：{start} 到 {due} 短于提前期 {lead_time_days:g} 天",
    en="{subject}: {start}..{due} is shorter than the lead time {lead_time_days:g}",
)
NOT_ITS_LEAD = Sentence(
    zh="{subject}：{start} 到 {due} 不等于 {item_name} 的生产周期 {lead_time_days:g} 天",
    en="{subject}: {start}..{due} is not the lead time {lead_time_days:g} of {item_name}",
)
STEP = Sentence(
    zh="{subject}：{item_name} 的数量 {qty:g} 不是最小单位 {step:g} 的正整数倍",
    en="{subject}: qty {qty:g} of {item_name} is no positive multiple of its smallest step {step:g}",
)
PHANTOM = Sentence(
    zh="{subject}：虚拟件 {item_name} 不下订单", en="{subject}: {item_name} is a phantom and has no orders"
)
NO_SOURCE = Sentence(
    zh="{subject}：{start} 这天“{supplier}”不供应 {item_name}",
    en="{subject}: no valid source of {item_name} from {supplier!r} on {start}",
)
MOQ = Sentence(
    zh="{subject}：{item_name} 的数量 {qty:g} 不符合起订量 {moq:g}、整包 {multiple:g}",
    en="{subject}: qty {qty:g} of {item_name} breaks moq {moq:g} / multiple {multiple:g}",
)
PRICE = Sentence(
    zh="{subject}：单价写成 {unit_price:g}，应为 {price:g}",
    en="{subject}: unit price {unit_price:g}, should be {price:g}",
)
MIN_VALUE = Sentence(
    zh="{subject}：金额 {value:g} 低于最低订单金额 {min_order_value:g}",
    en="{subject}: value {value:g} under the minimum {min_order_value:g}",
)
NO_BOM = Sentence(zh="{subject}：{item_name} 没有 BOM", en="{subject}: {item_name} has no BOM")
MAKE_LOT = Sentence(
    zh="{subject}：{item_name} 的数量 {qty:g} 不符合批量（最小 {lot_min:g}、倍数 {lot_multiple:g}、最大 {lot_max:g}）",
    en="{subject}: qty {qty:g} of {item_name} breaks lot {lot_min:g}/{lot_multiple:g}/{lot_max:g}",
)
NO_LANE = Sentence(
    zh="{subject}：{from_location} 到 {place_name} 没有调拨 {item_name} 的路线",
    en="{subject}: no lane {from_location} -> {place_name} for {item_name}",
)


def broken_orders(case: Case, terms: Terms) -> Iterator[Finding]:
    """Rules 2 and 3 for every planned order."""
    yield finding(DATES, TWICE, case.repeated)
    yield from _any_order(case)
    yield from _buys(case, terms.buys)
    yield from _makes(terms.makes)
    yield from _transfers(terms.transfers)


def _broken(rule: str, sentence: Sentence, orders: pl.DataFrame, mask: pl.Expr) -> Finding:
    return finding(rule, sentence, orders.filter(mask).rename({"order": "subject"}))


def _any_order(case: Case) -> Iterator[Finding]:
    """What holds for orders of every kind: a known item, a known kind, the calendar, the smallest step."""
    known = pl.col("item").is_not_null()
    yield _broken(DATES, UNKNOWN_ITEM, case.orders, ~known)
    yield _broken(DATES, TOO_EARLY, case.orders.with_columns(today=pl.lit(case.today)), known & ~possible(case))
    orders = case.orders.filter(possible(case)).with_columns(
        step=looked_up(case.items["step"], "item"), phantom=looked_up(case.items["phantom"], "item")
    )
    kinds = pl.col("kind").is_in(["buy", "make", "transfer"]).fill_null(False)
    yield _broken(DATES, UNKNOWN_KIND, orders, ~kinds)
    thawed = case.today + timedelta(days=case.factory.settings.frozen_days)
    yield _broken(DATES, FROZEN, orders, pl.col("start") < thawed)
    wrong_qty = pl.col("qty").is_null() | (pl.col("qty") <= 0) | ~is_multiple("qty", pl.col("step"))
    yield _broken(LOTS, STEP, orders.with_columns(pl.col("qty").fill_null(0.0)), wrong_qty & ~pl.col("phantom"))
    yield _broken(LOTS, PHANTOM, orders, pl.col("phantom"))


def _buys(case: Case, buys: pl.DataFrame) -> Iterator[Finding]:
    """A purchase has a source that holds on its start day, and keeps that source's terms."""
    calendar = case.factory.calendar
    closed = calendar.filter(pl.col("supplier").is_not_null(), ~pl.col("open")).select("supplier", "date")
    shut = pl.concat(
        buys.join(closed, left_on=["supplier", day], right_on=["supplier", "date"], how="semi")
        for day in ("start", "due")
    )
    yield _broken(DATES, CLOSED, shut.unique("order", maintain_order=True), pl.lit(True))
    yield _broken(LOTS, NO_SOURCE, buys, ~pl.col("offered"))
    buys = buys.filter("offered").with_columns(value=pl.col("qty") * pl.col("price"))
    yield _broken(DATES, TOO_SHORT, buys, pl.col("days") < pl.col("lead_time_days") - EPS)
    yield _broken(LOTS, MOQ, buys, (pl.col("qty") < pl.col("moq") - EPS) | ~is_multiple("qty", pl.col("multiple")))
    given, right = pl.col("unit_price"), pl.col("price")
    yield _broken(LOTS, PRICE, buys, (given - right).abs() > EPS * pl.max_horizontal(pl.lit(1.0), right))
    yield _broken(LOTS, MIN_VALUE, buys, pl.col("value") < pl.col("min_order_value") - MONEY_STEP)


def _makes(makes: pl.DataFrame) -> Iterator[Finding]:
    """A make order has a BOM, keeps the lot rules, and takes its lead time exactly where it has no operations."""
    yield _broken(LOTS, NO_BOM, makes, ~pl.col("has_bom"))
    takes = (pl.col("lead_time_days") - EPS).ceil()
    yield _broken(DATES, NOT_ITS_LEAD, makes, ~pl.col("has_operations") & (pl.col("days") != takes))
    qty = pl.col("qty")
    sized = (
        (qty >= pl.col("lot_min") - EPS) & (qty <= pl.col("lot_max") + EPS) & is_multiple("qty", pl.col("lot_multiple"))
    )
    yield _broken(LOTS, MAKE_LOT, makes, ~sized)


def _transfers(transfers: pl.DataFrame) -> Iterator[Finding]:
    """A transfer runs on a lane between its two places, and takes the lane's time."""
    yield _broken(LOTS, NO_LANE, transfers, pl.col("cost").is_null())
    yield _broken(DATES, TOO_SHORT, transfers, pl.col("days") < pl.col("lead_time_days") - EPS)
