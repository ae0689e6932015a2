"""What closed cases of dead stock taught: what each outlet really pays, and how they ended."""

import polars as pl

from huoku.factory import Factory, unit_values
from huoku.sense.salvage import learnt_share


def closed_cases(factory: Factory) -> pl.DataFrame:
    """The closed cases up to today with their figures, the oldest first.

    Returns
    -------
    Columns: item, outlet, date, qty, proceeds, supplier, bought, needed, received_on, cause, lesson; value (as booked,
    else the quantity at what a unit is worth), share (proceeds by value, empty where it has none), days (from opening
    to closing, empty where the opening is not known).
    """
    each = unit_values(factory).select("item", "unit_value")
    cases = factory.disposals.filter(pl.col("date") <= factory.settings.today)
    cases = cases.join(each, on="item", how="left", maintain_order="left").with_columns(
        pl.col("qty", "proceeds", "value", "bought", "needed").cast(pl.Float64)
    )
    value = pl.coalesce("value", pl.col("qty") * pl.col("unit_value"))
    cases = cases.with_columns(value=value, days=(pl.col("date") - pl.col("opened")).dt.total_days())
    shares = pl.when(pl.col("value") > 0).then(pl.col("proceeds") / pl.col("value"))
    purchase = ("supplier", "bought", "needed", "received_on")
    known = ("item", "outlet", "date", "qty", "proceeds", *purchase, "cause", "lesson", "value", "days")
    told = cases.select(*known, share=shares)
    return told.sort("date", *(name for name in told.columns if name != "date"), nulls_last=True)


def with_learnt_shares(factory: Factory, outlets: pl.DataFrame) -> pl.DataFrame:
    """The outlets with their shares drawn towards what closed cases brought.

    ``outlets``: columns item (null: every item), outlet, share and others. A case of an item with terms of its own at
    that outlet teaches these; any other case teaches the outlet's general terms.
    """
    cases = closed_cases(factory).drop_nulls("share")
    if cases.is_empty():
        return outlets
    own = outlets.filter(pl.col("item").is_not_null()).select("item", "outlet", of=pl.col("item"))
    votes = cases.select("item", "outlet", "share").join(own, on=("item", "outlet"), how="left")
    votes = votes.group_by(item="of", outlet="outlet").agg(
        cases=pl.len().cast(pl.Float64), brought=pl.col("share").sort().sum()
    )
    told = outlets.join(votes, on=("item", "outlet"), how="left", nulls_equal=True, maintain_order="left")
    said, number, brought = (told[name].fill_null(0.0).to_numpy() for name in ("share", "cases", "brought"))
    return told.drop("cases", "brought").with_columns(share=pl.Series(learnt_share(said, number, brought)))
