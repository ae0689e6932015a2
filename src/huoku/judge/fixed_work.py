"""Rule 8, for what somebody has put on a day by hand (``fixed_work``): it stands there, or the plan says where instead.

A plan tells the work of open make orders in its table ``open_work``. What is fixed is laid before everything else: it
begins on its day at the resource that is named. It may begin later only where other fixed work is in its way, where the
operation before it is not done, or where its order still lacks components; and then the plan says so.
"""

from collections.abc import Iterator

import polars as pl

from huoku.factory.resolve import kinds
from huoku.judge.capacity import CAPACITY, MINUTE_STEP
from huoku.judge.case import Case
from huoku.judge.codes import floats
from huoku.judge.verdict import Finding, finding
from huoku.language import Sentence

ELSEWHERE = Sentence(
    zh="{subject} 工序 {seq:g}：人工定在 {resource}，却排在 {works_on}",
    en="{subject} operation {seq:g}: fixed at {resource}, but works on {works_on}",
)
TOO_EARLY = Sentence(
    zh="{subject} 工序 {seq:g}：人工定在 {day} 开始，却在 {begins} 就开始了",
    en="{subject} operation {seq:g}: fixed on {day}, but begins on {begins}",
)
UNTOLD = Sentence(
    zh="{subject} 工序 {seq:g}：人工定在 {day}，却没有在这天开始，也没有异常说明",
    en="{subject} operation {seq:g}: fixed on {day}, does not begin on it, and no exception says so",
)
FORESTALLED = Sentence(
    zh="{subject} 工序 {seq:g}：人工定在 {day}，被挤到 {begins}；{free_day} {resource} 没有被定排的工作占满",
    en="{subject} operation {seq:g}: fixed on {day}, but begins on {begins}, though fixed work does not fill "
    "{resource} on {free_day}",
)


def broken_fixes(case: Case) -> Iterator[Finding]:
    """What was fixed and is not kept."""
    fixes = _fixes(case)
    if fixes.is_empty():
        return
    work = case.plan.read("open_work").filter(pl.col("minutes") > 0)
    works_on = work.select("supply", "seq", works_on="resource").unique(maintain_order=True)
    placed = fixes.join(works_on, on=["supply", "seq"], maintain_order="left")
    yield _finding(ELSEWHERE, placed.filter(pl.col("works_on") != pl.col("resource")))
    spans = work.group_by("supply", "seq").agg(begins=pl.col("date").min(), ends=pl.col("date").max())
    begun = _with_turns(case, fixes, spans)
    yield _finding(TOO_EARLY, begun.filter(pl.col("begins") < pl.col("day")))
    late = begun.filter(pl.col("begins").is_null() | (pl.col("begins") > pl.col("day")))
    said = case.plan.read("exceptions").filter(pl.col("code") == "fixed_work_moved", pl.col("message").is_not_null())
    yield _finding(UNTOLD, late.join(said, left_on="supply", right_on="subject", how="anti", maintain_order="left"))
    yield _finding(FORESTALLED, _with_free_days(case, late, work, fixes))


def _finding(sentence: Sentence, rows: pl.DataFrame) -> Finding:
    return finding(CAPACITY, sentence, rows.rename({"supply": "subject"}))


def _fixes(case: Case) -> pl.DataFrame:
    """The rows that hold: of an operation of an open make order. A day that is past is today, an empty resource that of
    the operation."""
    factory = case.factory
    made = kinds(factory).filter("is_makeable").select("item")
    orders = factory.supplies.filter(pl.col("kind") == "make").select("supply", "item", "status")
    operations = factory.operations.select("seq", item="parent", of_item="resource")
    rows = factory.fixed_work.join(orders, on="supply", maintain_order="left")
    rows = rows.join(made, on="item", how="semi", maintain_order="left")
    return rows.join(operations, on=["item", "seq"], maintain_order="left").select(
        "supply",
        "status",
        "item",
        seq=pl.col("seq").cast(pl.Float64),
        resource=pl.coalesce("resource", "of_item"),
        day=pl.max_horizontal("date", pl.lit(case.today)),
    )


def _with_turns(case: Case, fixes: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """When each begins (``begins``), and when all operations before it are done (``ready``); null: nothing says."""
    before = case.factory.operations.select(item="parent", earlier=pl.col("seq").cast(pl.Float64))
    ended = spans.select("supply", "ends", earlier="seq")
    ready = (
        fixes.join(before, on="item", maintain_order="left")
        .filter(pl.col("earlier") < pl.col("seq"))
        .join(ended, on=["supply", "earlier"], maintain_order="left")
        .group_by("supply", "seq")
        .agg(ready=pl.col("ends").max())
    )
    fixes = fixes.join(spans, on=["supply", "seq"], how="left", maintain_order="left")
    return fixes.join(ready, on=["supply", "seq"], how="left", maintain_order="left")


def _with_free_days(case: Case, late: pl.DataFrame, work: pl.DataFrame, fixes: pl.DataFrame) -> pl.DataFrame:
    """Of what begins late and could not have lacked anything: the first day before on which fixed work left it minutes.

    Where a fixed order at the same resource may lack components nothing is said: it may have left minutes when it was
    put off.
    """
    unsure = fixes.filter(pl.col("status") == "planned")
    sure = late.filter(pl.col("status") != "planned").join(unsure, on="resource", how="anti", maintain_order="left")
    held = work.join(fixes, on="supply", how="semi").group_by("resource", "date").agg(pl.col("minutes").sum())
    between = pl.date_ranges(pl.max_horizontal("day", "ready"), "begins", closed="left")
    days = sure.drop_nulls("begins").with_columns(free_day=between).explode("free_day").drop_nulls("free_day")
    days = days.join(
        held, left_on=["resource", "free_day"], right_on=["resource", "date"], how="left", maintain_order="left"
    )
    limits = floats(case.factory.resources).select("resource", "minutes_per_day")
    days = days.join(limits, on="resource", how="left", maintain_order="left").join(
        _closed(case), on=["resource", "free_day"], how="anti", maintain_order="left"
    )
    free = pl.col("minutes_per_day").fill_null(float("inf")) - pl.col("minutes").fill_null(0.0)
    return days.filter(free > MINUTE_STEP).unique(["supply", "seq"], keep="first", maintain_order=True)


def _closed(case: Case) -> pl.DataFrame:
    """Columns resource, free_day: the days on which it does not work."""
    closed = case.factory.calendar.filter(~pl.col("open"), pl.col("supplier").is_null()).select(
        "resource", free_day="date"
    )
    everywhere = closed.filter(pl.col("resource").is_null()).select("free_day")
    every = pl.concat([case.factory.operations["resource"], case.factory.resources["resource"]]).unique()
    return pl.concat([closed.drop_nulls("resource"), every.to_frame().join(everywhere, how="cross")])
