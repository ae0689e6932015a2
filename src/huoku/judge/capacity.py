"""Rule 8: no resource works more than it can or on a closed day, and every operation is done, in its turn."""

from collections.abc import Iterator

import polars as pl

from huoku.judge.case import Case
from huoku.judge.codes import Codes, floats, looked_up
from huoku.judge.verdict import Finding, finding
from huoku.language import Sentence

CAPACITY = "8 capacity"
MINUTE_STEP = 1e-3
"""Minutes closer than this, or than this part of an operation, are equal."""

NO_WORK = Sentence(
    zh="{subject}：{date} 排了 {minutes:g} 分钟，不成立",
    en="{subject}: {minutes:g} {minutes:g|minute|minutes} on {date}",
)
NOT_ITS_OWN = Sentence(
    zh="{subject} 工序 {seq:g}：排在 {resource}，那不是它的资源",
    en="{subject} operation {seq:g}: works on {resource}, which is not its resource",
)
OUTSIDE = Sentence(
    zh="{subject}：{date} 排了工，不在 {start} 到 {due} 之内", en="{subject}: works on {date}, outside {start}..{due}"
)
OVERLOADED = Sentence(
    zh="{subject} {date}：负荷 {minutes:g} 分钟，只有 {minutes_per_day:g}",
    en="{subject} on {date}: {minutes:g} of {minutes_per_day:g} {minutes_per_day:g|minute|minutes}",
)
CLOSED = Sentence(zh="{subject} 在停工日 {date} 排了工", en="{subject} works on {date}, a closed day")
OUT_OF_TURN = Sentence(
    zh="{subject}：工序 {seq:g} 在 {first} 开始，早于上一道工序结束",
    en="{subject}: operation {seq:g} begins on {first}, before the one before it ends",
)
NOT_DONE = Sentence(
    zh="{subject} 工序 {seq:g}：排了 {done:g} 分钟，需要 {need:g}",
    en="{subject} operation {seq:g}: {done:g} {done:g|minute|minutes} of {need:g}",
)


def broken_schedule(case: Case) -> Iterator[Finding]:
    """Everything that the contract says about the schedule."""
    schedule = case.plan.read("schedule").with_columns(
        pl.col("seq").fill_null(0.0), code=Codes(case.orders["order"]).of("order")
    )
    operations = case.coded("operations", items=("parent",)).with_columns(pl.col("seq").cast(pl.Float64))
    yield from _rows(case, schedule, operations)
    open_work = case.plan.read("open_work").rename({"supply": "order"}).drop_nulls()
    yield from _loads(case, pl.concat([schedule, open_work], how="diagonal"))
    yield from _turns(schedule)
    yield from _turns(open_work)
    yield from _work_done(case, schedule, operations)


def _rows(case: Case, schedule: pl.DataFrame, operations: pl.DataFrame) -> Iterator[Finding]:
    """Row by row: a real order, its own resource, within its days."""
    rows = schedule.rename({"order": "subject"}).with_columns(
        parent=looked_up(case.orders["item"], "code"),
        start=looked_up(case.orders["start"], "code"),
        due=looked_up(case.orders["due"], "code"),
    )
    incomplete = pl.col("date").is_null() | pl.col("minutes").is_null()
    nothing = incomplete | (pl.col("minutes") < 0) | pl.col("code").is_null()
    yield finding(CAPACITY, NO_WORK, rows.filter(nothing).with_columns(pl.col("minutes").fill_null(0.0)))
    known = rows.filter(pl.col("code").is_not_null())
    foreign = known.join(operations, on=["parent", "seq", "resource"], how="anti", maintain_order="left")
    yield finding(CAPACITY, NOT_ITS_OWN, foreign)
    within = pl.col("date").is_between(pl.col("start"), pl.col("due"))
    yield finding(CAPACITY, OUTSIDE, known.filter(~within))


def _loads(case: Case, work: pl.DataFrame) -> Iterator[Finding]:
    """Day by day, planned and open orders together: no more minutes than the resource has, none on a closed day."""
    loads = work.group_by("resource", "date", maintain_order=True).agg(pl.col("minutes").sum())
    limits = floats(case.factory.resources).select("resource", "minutes_per_day")
    over = loads.join(limits, on="resource", maintain_order="left").filter(
        pl.col("minutes") > pl.col("minutes_per_day") + MINUTE_STEP
    )
    yield finding(CAPACITY, OVERLOADED, over.rename({"resource": "subject"}))
    closed = case.factory.calendar.filter(~pl.col("open"), pl.col("supplier").is_null())
    everywhere = closed.filter(pl.col("resource").is_null())["date"]
    alone = closed.select("resource", "date", shut=pl.lit(True)).unique()
    working = loads.filter(pl.col("minutes") > 0).join(
        alone, on=["resource", "date"], how="left", maintain_order="left"
    )
    idle_days = pl.col("date").is_in(everywhere.implode()) | pl.col("shut").fill_null(False)
    yield finding(CAPACITY, CLOSED, working.filter(idle_days).rename({"resource": "subject"}))


def _turns(schedule: pl.DataFrame) -> Iterator[Finding]:
    """Operation after operation: one begins when the one before it has ended, on the same day at the earliest."""
    spans = schedule.group_by("order", "seq").agg(first=pl.col("date").min(), last=pl.col("date").max())
    spans = spans.sort("order", "seq").with_columns(before=pl.col("last").shift(1).over("order"))
    yield finding(CAPACITY, OUT_OF_TURN, spans.filter(pl.col("before") > pl.col("first")).rename({"order": "subject"}))


def _work_done(case: Case, schedule: pl.DataFrame, operations: pl.DataFrame) -> Iterator[Finding]:
    """Order by order: each operation gets its set-up and run minutes, no more and no less."""
    done = schedule.group_by("code", "seq").agg(done=pl.col("minutes").sum())
    makes = case.orders.with_row_index("code").filter(pl.col("kind") == "make", pl.col("item").is_not_null())
    asked = makes.select("code", "qty", subject="order", parent="item").join(
        operations.select("parent", "seq", "setup_minutes", "run_minutes"), on="parent", maintain_order="left_right"
    )
    work = asked.join(done, on=["code", "seq"], how="left", maintain_order="left").with_columns(
        pl.col("done").fill_null(0.0), need=pl.col("setup_minutes") + pl.col("run_minutes") * pl.col("qty")
    )
    off = (pl.col("done") - pl.col("need")).abs() > MINUTE_STEP * pl.max_horizontal(pl.lit(1.0), "need")
    yield finding(CAPACITY, NOT_DONE, work.filter(off))
