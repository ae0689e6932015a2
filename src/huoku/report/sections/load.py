"""How full the resources are, the fullest first: week by week, and what their being full costs."""

import polars as pl

from huoku.language import Sentence
from huoku.report.drawing import Canvas
from huoku.report.markup import Html, el, grid, row
from huoku.report.numbers import NOTHING, share
from huoku.report.sections.parts import Page, panel, remark
from huoku.report.words import more

SHOWN, WEEKS = 15, 52
BAR, GAP, TALL = 9.0, 3.0, 22.0

TITLE = Sentence("产能负荷", "Load")
QUESTION = Sentence("哪些资源排满了，满到什么时候？", "Which resources are full, and until when?")
RESOURCE, HOURS = Sentence("资源", "resource"), Sentence("工时", "hours")
WHOLE, HIGHEST = Sentence("平均负荷", "load"), Sentence("最满一周", "fullest week")
BY_WEEK = Sentence("按周", "by week")
HELD_UP = Sentence("影响", "holds up")
ONE_WEEK = Sentence("{week} 起一周：{share}", "week of {week}: {share}")


def load_of_resources(page: Page) -> Html | None:
    """A row for each resource; nothing at all where no work is scheduled."""
    weeks = page.plan.workload()
    if weeks.is_empty():
        return None
    told = (
        weeks.group_by("resource", maintain_order=True)
        .agg(pl.col("minutes").sum(), pl.col("capacity").sum(), highest=pl.col("share").max())
        .with_columns(share=pl.when(pl.col("capacity") > 0).then(pl.col("minutes") / pl.col("capacity")))
        .sort("share", "resource", descending=[True, False], nulls_last=True)
    )
    warned = page.plan.exceptions.filter(pl.col("code") == "resource_full")
    held_up: dict[str, str] = dict(warned.select("subject", "message").iter_rows())
    columns = page.columns(
        (RESOURCE, "name"),
        (HOURS, "number"),
        (WHOLE, "number"),
        (HIGHEST, "number"),
        (BY_WEEK, "spare"),
        (HELD_UP, "wide"),
    )
    rows = [
        row(
            columns,
            [
                el("b", resource["resource"]),
                f"{resource['minutes'] / 60:,.0f}",
                share(resource["share"]),
                share(resource["highest"]),
                _bars(page, weeks.filter(pl.col("resource") == resource["resource"]).head(WEEKS)),
                held_up.get(resource["resource"], NOTHING),
            ],
        )
        for resource in told.head(SHOWN).iter_rows(named=True)
    ]
    rest = remark(more(told.height - SHOWN, "schedule", page.lang))
    return panel(page, "load", TITLE, QUESTION, grid(columns, rows), rest)


def _bars(page: Page, weeks: pl.DataFrame) -> Html:
    """A bar for each week; a full one reaches to the top."""
    canvas = Canvas()
    for number, week in enumerate(weeks.iter_rows(named=True)):
        tall = max(1.0, week["share"] * TALL) if week["share"] else 0.0
        said = page.say(ONE_WEEK, week=page.day(week["week"]), share=share(week["share"]))
        canvas.rect(number * (BAR + GAP), TALL - tall, BAR, tall, "p1", said)
    wide = weeks.height * (BAR + GAP)
    canvas.line(0, TALL, wide, TALL, "g1")
    return el("div", canvas.picture(page.say(TITLE), wide, TALL + 1).inline, cls="bars")
