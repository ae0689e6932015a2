"""Why stock is dead, as far as the tables tell: what ended, who stopped ordering, what a minimum lot left over."""

import polars as pl

from huoku.factory import Factory
from huoku.sense.demand.spread import Floats
from huoku.sense.endings import NEVER
from huoku.sense.outlook import YEAR_WEEKS, Outlook
from huoku.sense.past_use import WEEK_DAYS

ENDED = -1
GONE = 0.5
"""Customers have gone where the chance that any of them still orders is less."""

TOLD = (
    *("item", "cause", "last_day", "unused_days", "year_use", "moq", "was_used", "odds_52_weeks"),
    *("customer", "silent_days", "interval_days"),
)
CUSTOMERS = {
    "item": pl.String,
    "customer": pl.String,
    "silent_days": pl.Int64,
    "interval_days": pl.Float64,
    "odds_active": pl.Float64,
}


def causes(factory: Factory, outlook: Outlook, year_use: Floats, idle_days: int) -> pl.DataFrame:
    """By item: the likely cause of stock that nobody will use, and the figures it stands on.

    Parameters
    ----------
    outlook : of the same factory
    year_use : shape (items,), what a year uses on average

    Returns
    -------
    Columns: item; cause, the first that is true: ``obsolete`` (its life cycle), ``ended`` (nothing may take it any
    more), ``ending`` (nothing may after ``last_day``), ``never_used`` (nor ordered now), ``customer_gone`` (those who
    made up its use have been silent for too long, and nothing is ordered), ``stopped`` (no use for ``idle_days``),
    ``moq`` (the least that can be bought is more than a year's use, and there is no more than that),
    ``only_ordered`` (known orders take a part, and no other use is recorded), ``too_much`` (there is more than a year's
    use); last_day; unused_days, since the last use; year_use, the mean; moq,
    the least of today's sources; was_used, is there a past; odds_52_weeks, that it is used within a year; customer,
    silent_days, interval_days: who took most, where few customers made up the use.
    """
    today = factory.settings.today
    sold = factory.sources.filter((pl.col("valid_to") >= today).fill_null(True))
    moq = sold.group_by("item").agg(moq=pl.col("moq").cast(pl.Float64).min())
    on_hand = factory.stock.group_by("item").agg(on_hand=pl.col("qty").sum().cast(pl.Float64))
    known = pl.DataFrame(
        {
            "item": outlook.items,
            "last": pl.Series(outlook.ends).replace(NEVER, None),
            "odds_52_weeks": outlook.odds_of_use(YEAR_WEEKS),
            "year_use": year_use,
            "unused_days": pl.Series(outlook.idle, dtype=pl.Int64) * WEEK_DAYS,
            "was_used": outlook.until > 0,
            "is_wanted": outlook.known[:, -1] > 0,
        }
    )
    last = pl.col("last")
    cause = (
        pl.when((pl.col("lifecycle") == "obsolete").fill_null(False))
        .then(pl.lit("obsolete"))
        .when((last == ENDED).fill_null(False))
        .then(pl.lit("ended"))
        .when(last.is_not_null())
        .then(pl.lit("ending"))
        .when(~pl.col("was_used") & ~pl.col("is_wanted"))
        .then(pl.lit("never_used"))
        .when((pl.col("odds_active") < GONE).fill_null(False) & ~pl.col("is_wanted"))
        .then(pl.lit("customer_gone"))
        .when(pl.col("was_used") & (pl.col("unused_days") >= idle_days))
        .then(pl.lit("stopped"))
        .when(((pl.col("moq") > pl.col("year_use")) & (pl.col("on_hand") <= pl.col("moq"))).fill_null(False))
        .then(pl.lit("moq"))
        .when(~pl.col("was_used"))
        .then(pl.lit("only_ordered"))
        .otherwise(pl.lit("too_much"))
    )
    for more in (moq, on_hand, _customers(outlook)):
        known = known.join(more, on="item", how="left", maintain_order="left")
    return (
        known.with_columns(factory.items["lifecycle"])
        .with_columns(
            cause=cause,
            last_day=pl.when(last >= 0).then(pl.lit(today) + pl.duration(days=last)),
            unused_days=pl.when("was_used").then("unused_days"),
        )
        .select(*TOLD)
    )


def _customers(outlook: Outlook) -> pl.DataFrame:
    return outlook.customers.largest(outlook.items) if outlook.customers else pl.DataFrame(schema=CUSTOMERS)
