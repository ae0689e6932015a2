"""What an explanation says of any subject: who takes it, what is left of it, what it is called."""

from typing import TYPE_CHECKING, Any

import polars as pl

from huoku.plan.explain.explanation import Leftover, Use
from huoku.plan.explain.naming import names_of

if TYPE_CHECKING:
    from huoku.plan.plan import Plan


def uses_where(plan: "Plan", which: pl.Expr) -> tuple[Use, ...]:
    """Who takes it, by day, with what each of them is for."""
    taken = pl.concat([plan.usage.filter(which), plan.earmarks.filter(which)])
    taken = taken.group_by("consumer_kind", "consumer", "date", "item").agg(pl.col("qty").sum())
    factory = plan.factory
    made = [
        plan.orders.select(kind=pl.lit("order"), name="order", of="item", does="kind"),
        factory.demands.select(kind=pl.lit("demand"), name="demand", of="item", does=pl.lit(None, pl.String)),
        factory.supplies.select(kind=pl.lit("supply"), name="supply", of="item", does=pl.lit(None, pl.String)),
    ]
    wanted = taken.select(kind="consumer_kind", name="consumer").unique()
    known = pl.concat([frame.join(wanted, on=["kind", "name"], how="semi") for frame in made])
    told = taken.join(known, left_on=["consumer_kind", "consumer"], right_on=["kind", "name"], how="left")
    told = told.with_columns(of=pl.coalesce("of", "item")).sort("date", "consumer")
    names = names_of(factory, plan.lang, told["of"])
    return tuple(
        Use(
            "transfer" if row["does"] == "transfer" else row["consumer_kind"],
            row["consumer"],
            row["of"],
            names[row["of"]][0],
            row["qty"],
            row["date"],
        )
        for row in told.iter_rows(named=True)
    )


def leftovers_where(plan: "Plan", which: pl.Expr) -> tuple[Leftover, ...]:
    rows = plan.leftovers.filter(which).sort("value", descending=True)
    return tuple(Leftover(*row) for row in rows.select("cause", "qty", "value", "p_use", "expected_loss").iter_rows())


def about(plan: "Plan", subject: str, item: str, name: str, unit: str) -> dict[str, Any]:
    """What every explanation says."""
    notes = plan.exceptions.filter(pl.col("subject") == subject)["message"]
    return {
        "item": item,
        "item_name": name,
        "unit": unit,
        "currency": plan.factory.settings.currency,
        "lang": plan.lang,
        "is_late": False,
        "notes": tuple(notes),
    }
