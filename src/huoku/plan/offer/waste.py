"""What one demand more changes of what is bought and left over, item by item: two plans' purchases and leftovers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from huoku.language import Language
from huoku.plan.explain.naming import names_of

if TYPE_CHECKING:
    from huoku.plan.plan import Plan

TINY = 1e-6
FIGURES = ("bought", "spent", "dearer", "left", "value", "used", "loss")


@dataclass(frozen=True, slots=True)
class Waste:
    """A bought item of an order. Quantities in its unit, money in the factory's currency, all beside the plan without
    the order.

    ``need``: what the order takes, from stock or bought. ``bought``: more than without it; ``rest``: what is left of
    it at the plan's end, below 0 where the order uses up what would be left. ``tied``: its value. ``used``: the share
    of the rest that is expected to be used later; None where there is none. ``loss``: what of ``tied`` is expected
    never to come back. ``material``: the money of what goes into the order. ``dearer``: paid above the cheapest list
    price of the item, to avoid a minimum. ``supplier`` and ``moq``: of the largest purchase there is now; None without
    one.
    """

    item: str
    name: str
    unit: str
    need: float
    bought: float
    rest: float
    tied: float
    used: float | None
    loss: float
    material: float
    dearer: float
    supplier: str | None
    moq: float | None

    @property
    def cost(self) -> float:
        """What the small quantity costs in this item: what is lost of the rest, and what is paid dearer."""
        return self.loss + self.dearer


def wastes(before: "Plan", after: "Plan", lang: Language) -> tuple[Waste, ...]:
    """What an order takes and leaves of each bought item, what costs most first. ``after`` is the plan with it."""
    changed = _changed(before, after)
    items = before.factory.items.select("item").join(changed, on="item", how="semi", maintain_order="left")
    more = items.join(changed, on="item", maintain_order="left")
    offers, called = _offers(after, items), names_of(before.factory, lang, items["item"].to_list())
    found = []
    for row in more.iter_rows(named=True):
        supplier, moq = offers.get(row["item"], (None, None))
        name, unit = called[row["item"]]
        found.append(
            Waste(
                item=row["item"],
                name=name,
                unit=unit,
                need=_plain(row["bought"] - row["left"]),
                bought=_plain(row["bought"]),
                rest=_plain(row["left"]),
                tied=row["value"],
                used=row["used"] / row["left"] if row["left"] > TINY else None,
                loss=row["loss"],
                material=row["spent"] - row["value"],
                dearer=row["dearer"],
                supplier=supplier,
                moq=moq,
            )
        )
    return tuple(sorted(found, key=lambda each: (-each.cost, each.item)))


def _bought(plan: "Plan") -> pl.DataFrame:
    return plan.orders.filter(pl.col("kind") == "buy")


def _changed(before: "Plan", after: "Plan") -> pl.DataFrame:
    """What is bought and left with the order less what is without it: of the bought items in which that is anything."""
    if "bought and left" not in before.kept:  # by the first of the orders that are asked about
        before.kept["bought and left"] = _figures(before)
    ours, theirs = before.kept["bought and left"], _figures(after)
    both = theirs.join(ours, on="item", how="full", suffix="_before", coalesce=True)
    more = both.select("item", *(_plus(name) - _plus(f"{name}_before") for name in FIGURES))
    more = more.filter(pl.any_horizontal(pl.col(name).abs() >= TINY for name in FIGURES))
    # An item that is made may be left as well; it is no waste of buying.
    offered = before.factory.sources.join(more, on="item", how="semi")["item"]
    bought = [_bought(plan).join(more, on="item", how="semi")["item"] for plan in (before, after)]
    return more.filter(pl.col("item").is_in(pl.concat([offered, *bought]).unique().implode()))


def _plus(name: str) -> pl.Expr:
    return pl.col(name).fill_null(0.0)


def _figures(plan: "Plan") -> pl.DataFrame:
    """By item: what the plan buys of it and what is left."""
    cheapest = plan.factory.sources.group_by("item").agg(pl.col("price").cast(pl.Float64).min().alias("cheapest"))
    dearer = (pl.col("unit_price") - pl.col("cheapest")).clip(lower_bound=0.0).fill_null(0.0)
    bought = (
        _bought(plan)
        .join(cheapest, on="item", how="left")
        .group_by("item")
        .agg(
            pl.col("qty").sum().alias("bought"),
            (pl.col("qty") * pl.col("unit_price")).sum().alias("spent"),
            (pl.col("qty") * dearer).sum().alias("dearer"),
        )
    )
    left = plan.leftovers.group_by("item").agg(
        pl.col("qty").sum().alias("left"),
        pl.col("value").sum(),
        (pl.col("p_use") * pl.col("qty")).sum().alias("used"),
        pl.col("expected_loss").sum().alias("loss"),
    )
    return bought.join(left, on="item", how="full", coalesce=True).fill_null(0.0)


def _offers(plan: "Plan", items: pl.DataFrame) -> dict[str, tuple[str | None, float | None]]:
    """By item, of these: from whom the plan buys most of it, and that supplier's minimum."""
    least = (
        plan.factory.sources.join(items, on="item", how="semi")
        .group_by("item", "supplier")
        .agg(pl.col("moq").cast(pl.Float64).max())
    )
    largest = (
        _bought(plan)
        .join(items, on="item", how="semi")
        .sort("qty", "order", descending=[True, False])
        .unique("item", keep="first")
    )
    rows = largest.join(least, on=["item", "supplier"], how="left").select("item", "supplier", "moq")
    return {item: (supplier, moq) for item, supplier, moq in rows.iter_rows()}


def _plain(value: float) -> float:
    """Without the dust of adding and taking away."""
    return round(value, 6) + 0.0
