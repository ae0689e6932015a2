"""Rules 5 and 7: what is promised is used, on its day, and what is late or refused is explained."""

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from huoku.judge.case import EPS, Case, differ, tolerance
from huoku.judge.codes import Codes, looked_up
from huoku.judge.verdict import Finding, finding
from huoku.language import Sentence

PROMISES, REASONS = "5 promises", "7 reasons"

UNKNOWN = Sentence(zh="没有需求“{subject}”", en="unknown demand {subject!r}")
TOO_EARLY = Sentence(
    zh="{subject}：承诺 {date}，早于要求日 {due}", en="{subject}: promised {date}, before its due day {due}"
)
TOO_LATE = Sentence(
    zh="{subject}：承诺 {date}，晚于计划的最后一天 {last_day}",
    en="{subject}: promised {date}, after the last day {last_day}",
)
WRONG_DAYS = Sentence(
    zh="{subject}：承诺 {date}，要求日 {due}，迟交天数写成 {late_days:g}",
    en="{subject}: promised {date}, due {due}, with late_days {late_days:g}",
)
NOT_AS_USED = Sentence(
    zh="{subject}：{date} 用料 {used:g}，当天承诺 {promised:g}",
    en="{subject}: on {date} uses {used:g}, promises {promised:g}",
)
TOO_MUCH = Sentence(zh="{subject}：承诺 {promised:g}，只要 {qty:g}", en="{subject}: promised {promised:g} of {qty:g}")
NOT_USED = Sentence(
    zh="{subject}：承诺 {promised:g}，用料 {used:g}", en="{subject}: promised {promised:g}, uses {used:g}"
)
IN_PARTS = Sentence(
    zh="{subject}：分批交货，而本厂不允许", en="{subject}: shipped in parts, which this factory does not allow"
)
NO_REASON = Sentence(zh="{subject}：迟交却没有原因", en="{subject}: late without a reason")
NO_EXCEPTION = Sentence(zh="{subject}：没有承诺，也没有异常说明", en="{subject}: no promise and no exception")


class Promises(NamedTuple):
    """``days``: what each demand is promised and uses on each day. ``demands``: case.demands with what comes of them.

    ``demands`` adds promised, used, ship_days (how many), last_on, late_quantity_days (each part times its days late).
    """

    unknown: pl.DataFrame
    lines: pl.DataFrame
    days: pl.DataFrame
    demands: pl.DataFrame


def promises_of(case: Case, usage: pl.DataFrame) -> Promises:
    """Put each demand's promises beside what it uses."""
    told = case.plan.read("promises").with_columns(code=Codes(case.demands["demand"]).of("demand"))
    lines = (
        told.filter(pl.col("code").is_not_null(), pl.col("qty") > EPS, pl.col("date").is_not_null())
        .with_columns(
            due=looked_up(case.demands["due"], "code"), wanted_on=looked_up(case.demands["wanted_on"], "code")
        )
        .with_columns(days_late=(pl.col("date") - pl.col("wanted_on")).dt.total_days().clip(0))
    )
    served = usage.filter(
        ~pl.col("for_order"), looked_up(case.demands["item"], "by_demand") == pl.col("wanted")
    ).select(code="by_demand", date="date", used=pl.col("covers").fill_null(0.0))
    days = (
        pl.concat([lines.select("code", "date", promised="qty"), served], how="diagonal")
        .group_by("code", "date")
        .agg(pl.col("promised").sum(), pl.col("used").sum(), is_promised=pl.col("promised").is_not_null().any())
        .sort("code", "date")
    )
    totals = days.group_by("code").agg(
        pl.col("promised").sum(), pl.col("used").sum(), ship_days=pl.col("is_promised").sum()
    )
    late = lines.group_by("code").agg(
        last_on=pl.col("date").max(), late_quantity_days=(pl.col("qty") * pl.col("days_late")).sum()
    )
    demands = case.demands.with_row_index("code")
    demands = demands.join(totals, on="code", how="left", maintain_order="left")
    demands = demands.join(late, on="code", how="left", maintain_order="left")
    zero = ("promised", "used", "ship_days", "late_quantity_days")
    return Promises(
        unknown=told.filter(pl.col("code").is_null()).select(subject="demand"),
        lines=lines,
        days=days,
        demands=demands.with_columns(pl.col(zero).fill_null(0)),
    )


def broken_promises(case: Case, promises: Promises) -> Iterator[Finding]:
    """Rule 5: never early, never after the last day, exactly what is used, in one piece unless parts are allowed."""
    yield finding(PROMISES, UNKNOWN, promises.unknown)
    lines = promises.lines.rename({"demand": "subject"})
    yield finding(PROMISES, TOO_EARLY, lines.filter(pl.col("date") < pl.col("due")))
    after = lines.filter(pl.col("date") > case.last_day)
    yield finding(PROMISES, TOO_LATE, after.with_columns(last_day=pl.lit(case.last_day)))
    days_late = (pl.col("date") - pl.col("due")).dt.total_days().clip(0)
    yield finding(PROMISES, WRONG_DAYS, lines.filter(pl.col("late_days") != days_late))
    days = promises.days.with_columns(
        subject=looked_up(case.demands["demand"], "code"), qty=looked_up(case.demands["qty"], "code")
    )
    yield finding(PROMISES, NOT_AS_USED, days.filter(differ(pl.col("used"), pl.col("promised"), pl.col("qty"))))
    demands, qty, promised = promises.demands.rename({"demand": "subject"}), pl.col("qty"), pl.col("promised")
    yield finding(PROMISES, TOO_MUCH, demands.filter(promised > qty + tolerance(qty)))
    yield finding(PROMISES, NOT_USED, demands.filter(differ(promised, pl.col("used"), qty)))
    if not case.factory.settings.partial_shipments:
        some = (promised > 0) & (promised < qty - tolerance(qty))
        yield finding(PROMISES, IN_PARTS, demands.filter((pl.col("ship_days") > 1) | some))


def missing_reasons(case: Case, promises: Promises) -> Iterator[Finding]:
    """Rule 7: a late promise says why; a demand without one has an exception."""
    late = promises.lines.filter(pl.col("days_late") > 0, pl.col("reason").is_null())
    yield finding(REASONS, NO_REASON, late.rename({"demand": "subject"}))
    spoken = case.plan.read("exceptions").filter(pl.col("code").is_not_null(), pl.col("message").is_not_null())
    refused = promises.demands.filter(pl.col("promised") <= EPS, pl.col("qty") > EPS)
    silent = refused.join(spoken, left_on="demand", right_on="subject", how="anti", maintain_order="left")
    yield finding(REASONS, NO_EXCEPTION, silent.rename({"demand": "subject"}))
