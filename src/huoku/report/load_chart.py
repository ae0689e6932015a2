"""How full each resource is, day by day: a strip for each, the fullest on top."""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from huoku.language import SEMICOLON, Language, Sentence
from huoku.plan import Plan
from huoku.report.drawing import Canvas, Picture, cut, draw_legend
from huoku.report.numbers import qty, share
from huoku.report.time_axis import day_scale, draw_days

TITLE = Sentence("各资源的负荷", "Load of each resource")
BY_DAY, BY_WEEK = Sentence("一格一天", "one cell is a day"), Sentence("一格一周", "one cell is a week")
NONE = Sentence("计划里没有排程（工厂没有工序）", "the plan has no schedule: the factory has no operations")
REST = Sentence("还有 {count:,} 个资源没有画出", "{count:,} more {count|resource is|resources are} not drawn")
LATER = Sentence(
    "{day} 以后还有 {minutes} 分钟没有画出", "{minutes} {minutes|minute|minutes} after {day} {minutes|is|are} not drawn"
)
TIP = Sentence(
    "{resource} {day}：{minutes} / {capacity} 分钟",
    "{resource} {day}: {minutes} of {capacity} {capacity|minute|minutes}",
)
CLOSED = Sentence("停工", "closed")
OVER, FULL = Sentence("超过 100%", "over 100%"), Sentence("85–100%", "85–100%")
BUSY, HALF, IDLE = Sentence("50–85%", "50–85%"), Sentence("50% 以下", "below 50%"), Sentence("空闲", "free")
SPAN_HEAD = Sentence("平均", "average")

ROWS = 20
MOST_DAYS, MOST_WEEKS = 70, 53
WIDTH, LEFT, RIGHT, TOP, LINE = 980.0, 170.0, 918.0, 44.0, 24.0
ROUNDING = 1e-6
"""A share that is over 1 by no more is 1."""

GRADES = (("hot", 1.0), ("h3", 0.85), ("h2", 0.5), ("h1", 0.0))
"""The look of a cell by the share from which on it holds."""


@dataclass(frozen=True, slots=True)
class Strips:
    """The cells to draw: resource, date (the first day of the cell), minutes, capacity; and how many days one has."""

    cells: pl.DataFrame
    cell_days: int
    first: date
    last: date
    undrawn: float  # minutes after the last day


def plot_load(plan: Plan, lang: Language | None = None, most: int = ROWS) -> Picture:
    """Each resource's load over its capacity, day by day, week by week where the schedule is long.

    ``most``: so many resources are drawn, the fullest first; the picture says how many are not.
    """
    lang = lang or plan.lang
    canvas = Canvas()
    canvas.text(12, 22, TITLE.say(lang), "b")
    if plan.work().is_empty():
        canvas.text(12, 52, NONE.say(lang))
        return canvas.picture(TITLE.say(lang), WIDTH, 72)
    strips = strips_of(plan)
    means = strips.cells.group_by("resource").agg(pl.col("minutes").sum(), pl.col("capacity").sum())
    means = means.with_columns(share=_share(pl.col("minutes"), pl.col("capacity")))
    ranked = means.sort("share", "resource", descending=[True, False])
    shown = ranked.head(most)
    bottom = TOP + LINE * shown.height
    x = day_scale(strips.first, strips.last + timedelta(days=1), LEFT, RIGHT)
    draw_days(canvas, strips.first, strips.last, x, bottom, bottom + 4)
    canvas.text(RIGHT + 54, TOP - 12, SPAN_HEAD.say(lang), "m", "end")
    by_resource = strips.cells.partition_by("resource", as_dict=True)
    for number, (resource, mean) in enumerate(shown.select("resource", "share").iter_rows()):
        y = TOP + LINE * number
        canvas.text(12, y + 16, cut(resource, LEFT - 22), "")
        canvas.text(RIGHT + 54, y + 16, share(mean), "b", "end")
        for cell in by_resource[(resource,)].iter_rows(named=True):
            until = min(cell["date"] + timedelta(days=strips.cell_days), strips.last + timedelta(days=1))
            wide = x(until) - x(cell["date"]) - 1.5
            canvas.rect(
                x(cell["date"]), y + 2, wide, LINE - 4, grade(cell["minutes"], cell["capacity"]), _tip(cell, lang)
            )
    _foot(canvas, strips, ranked.height - shown.height, bottom, lang)
    return canvas.picture(TITLE.say(lang), WIDTH, bottom + 74)


def _share(minutes: pl.Expr, capacity: pl.Expr) -> pl.Expr:
    return pl.when(capacity > 0).then(minutes / capacity).otherwise(pl.when(minutes > 0).then(2.0).otherwise(0.0))


def grade(minutes: float, capacity: float) -> str:
    """The look of a cell."""
    if capacity <= 0:
        return "hot" if minutes > 0 else "shut"
    if minutes <= 0:
        return "h0"
    part = minutes / capacity
    if part > 1 + ROUNDING:
        return "hot"
    return next(look for look, low in GRADES[1:] if part >= low)


def _tip(cell: dict[str, object], lang: Language) -> str:
    told = {"resource": cell["resource"], "day": cell["date"]}
    return TIP.say(lang, **told, minutes=qty(cell["minutes"]), capacity=qty(cell["capacity"]))  # type: ignore[arg-type]


def _foot(canvas: Canvas, strips: Strips, rest: int, bottom: float, lang: Language) -> None:
    looks = (("h0", IDLE), ("h1", HALF), ("h2", BUSY), ("h3", FULL), ("hot", OVER), ("shut", CLOSED))
    draw_legend(canvas, 12, bottom + 36, [(look, words.say(lang)) for look, words in looks])
    told = [(BY_DAY if strips.cell_days == 1 else BY_WEEK).say(lang)]
    if rest:
        told.append(REST.say(lang, count=rest))
    if strips.undrawn > 0:
        told.append(LATER.say(lang, day=strips.last, minutes=qty(round(strips.undrawn))))
    canvas.text(12, bottom + 64, SEMICOLON.say(lang).join(told), "m")


def strips_of(plan: Plan) -> Strips:
    """What each resource has to do and can do, by day or by week from the first day on."""
    first, scheduled = plan.factory.settings.today, plan.work()["date"].max()
    assert isinstance(scheduled, date)
    span = (scheduled - first).days + 1
    cell_days = 1 if span <= MOST_DAYS else 7
    span = min(span, MOST_DAYS) if cell_days == 1 else min(-(-span // 7), MOST_WEEKS) * 7
    last = first + timedelta(days=span - 1)
    load = plan.work().group_by("resource", "date").agg(pl.col("minutes").sum())
    cells = (
        _capacity(plan, first, last)
        .join(load, on=["resource", "date"], how="left")
        .with_columns(
            pl.col("minutes").fill_null(0.0),
            date=pl.lit(first) + pl.duration(days=(pl.col("date") - first).dt.total_days() // cell_days * cell_days),
        )
        .group_by("resource", "date")
        .agg(pl.col("minutes").sum(), pl.col("capacity").sum())
        .sort("resource", "date")
    )
    undrawn = float(load.filter(pl.col("date") > last)["minutes"].sum())
    return Strips(cells, cell_days, first, last, undrawn)


def _capacity(plan: Plan, first: date, last: date) -> pl.DataFrame:
    """What each resource can do on each day: nothing on the closed days of the factory and on its own."""
    factory = plan.factory
    limits = factory.resources.select("resource", capacity=pl.col("minutes_per_day").cast(pl.Float64))
    days = pl.DataFrame({"date": pl.date_range(first, last, eager=True)})
    closed = factory.calendar.filter(~pl.col("open"), pl.col("supplier").is_null())
    everywhere = closed.filter(pl.col("resource").is_null())["date"]
    own = closed.select("resource", "date", shut=pl.lit(True)).unique()
    shut = pl.col("date").is_in(everywhere.implode()) | pl.col("shut").fill_null(False)
    return (
        limits.join(days, how="cross")
        .join(own, on=["resource", "date"], how="left")
        .select("resource", "date", capacity=pl.when(shut).then(0.0).otherwise("capacity"))
    )
