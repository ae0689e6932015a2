"""How full the resources are: per resource and day, or week, what is laid on it and what it can do."""

from datetime import timedelta

import polars as pl

from huoku.factory import Factory

SCHEMA = {
    "resource": pl.String,
    "week": pl.Date,
    "minutes": pl.Float64,
    "capacity": pl.Float64,
    "share": pl.Float64,
}


def workload(factory: Factory, schedule: pl.DataFrame) -> pl.DataFrame:
    """Columns resource, week (its Monday), minutes, capacity (of the week's open days), share (minutes / capacity).

    The weeks run from today's to the last one with work. Capacity and share are empty where nothing limits the
    resource, share also in a week in which it is closed.
    """
    if schedule.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    weeks = (
        daily_load(factory, schedule)
        .group_by("resource", week=pl.col("date").dt.truncate("1w"), maintain_order=True)
        .agg(pl.col("minutes").sum(), capacity=pl.col("capacity").sum(), known=pl.col("capacity").count())
    )
    capacity = pl.when(pl.col("known") > 0).then("capacity")
    return weeks.with_columns(capacity=capacity).select("resource", "week", "minutes", "capacity", share=share())


def daily_load(factory: Factory, schedule: pl.DataFrame) -> pl.DataFrame:
    """Columns resource, date, minutes, capacity (0 on closed days; empty where nothing limits the resource).

    The days run from today to the end of the last week with work, or of the plan. The schedule is not empty.
    """
    settings = factory.settings
    horizon = settings.today + timedelta(days=settings.horizon_days)
    days = pl.DataFrame({"date": pl.date_range(settings.today, horizon, eager=True)}).filter(
        pl.col("date").dt.truncate("1w") <= schedule["date"].dt.truncate("1w").max()
    )
    resources = schedule.select(pl.col("resource").unique().sort())
    resources = resources.join(factory.resources, on="resource", how="left", maintain_order="left")
    closed = factory.calendar.filter(~pl.col("open"), pl.col("supplier").is_null()).select("date", "resource")
    everywhere = closed.filter(pl.col("resource").is_null())["date"].implode()
    alone = closed.drop_nulls().unique().with_columns(shut=pl.lit(True))
    worked = schedule.group_by("resource", "date").agg(pl.col("minutes").sum())
    is_shut = pl.col("shut").fill_null(False) | pl.col("date").is_in(everywhere)
    return (
        resources.select("resource", capacity=pl.col("minutes_per_day").cast(pl.Float64))
        .join(days, how="cross")
        .join(alone, on=["resource", "date"], how="left")
        .join(worked, on=["resource", "date"], how="left")
        .sort("resource", "date")
        .select(
            "resource",
            "date",
            minutes=pl.col("minutes").fill_null(0.0),
            capacity=pl.when(is_shut).then(pl.col("capacity") * 0).otherwise("capacity"),
        )
    )


def share() -> pl.Expr:
    """What part of ``capacity`` the ``minutes`` take; empty where there is none."""
    return pl.when(pl.col("capacity") > 0).then(pl.col("minutes") / pl.col("capacity"))
