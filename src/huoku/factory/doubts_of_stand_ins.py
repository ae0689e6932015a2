"""Doubts about what stands in for what, and about stock that is kept for one demand."""

from datetime import date

import polars as pl

from huoku.errors import SHOWN
from huoku.factory.bom import tree
from huoku.factory.doubtful import Told, plain
from huoku.factory.settings import Settings
from huoku.factory.substitution import heads, looped
from huoku.language import Sentence

LOOPED_SUBSTITUTE = Sentence(
    "“{value}”和它代替的 {item} 在 BOM 里一个是另一个的子件（或隔着别的替代料成环）；这条替代不用",
    "“{value}” and {item}, for which it stands in, are made of each other in the BOM, perhaps over other substitutes; "
    "this substitution is not used",
)
PHANTOM_SUBSTITUTE = Sentence(
    "“{value}”或 {item} 是虚拟件，虚拟件不能替代；这条替代不用",
    "“{value}” or {item} is a phantom, which nothing can stand in for; this substitution is not used",
)
TWO_RATIOS = Sentence(
    "“{substitute}”代替 {item} 同一天有两个比例：{value} 和第 {other_row} 行的 {other}；"
    "重叠的日子按 {other}（先看优先级，再取大的）",
    "on some days “{substitute}” stands in for {item} at two ratios, {value} and, in row {other_row}, {other}; "
    "on these days {other} counts (the first priority, then the larger ratio)",
)
RESERVED_BEYOND_STOCK = Sentence(
    "{item} 在 {location} 共预留 {reserved}，可用库存只有 {there}；每个需求只用得到别人没有预留的部分",
    "{reserved} of {item} are reserved at {location}, and only {there} is there and good; "
    "each demand gets no more than nobody else has reserved",
)


def doubt_substitutes(told: Told, settings: Settings) -> None:
    """Substitutions that the plan cannot use."""
    frame, items = told.frame("substitutes"), told.frame("items")
    if frame.is_empty():
        return
    phantoms = items.filter(pl.col("kind") == "phantom")["item"].implode()
    of_phantom = pl.col("item").is_in(phantoms) | pl.col("substitute").is_in(phantoms)
    told.cells("substitutes", "substitute", "phantom_substitute", PHANTOM_SUBSTITUTE, of_phantom, pl.col("item"))
    usable = frame.filter(
        ~of_phantom
        & (pl.col("item") != pl.col("substitute"))
        & (pl.col("valid_to").fill_null(date.max) >= settings.today)
    )
    head = heads(usable.select("item", "substitute").iter_rows())
    dropped = looped(items, tree(items, told.frame("bom")), head)
    of_loop = pl.col("item").is_in(sorted(dropped)) & ~of_phantom
    told.cells("substitutes", "substitute", "looped_substitute", LOOPED_SUBSTITUTE, of_loop, pl.col("item"))
    _doubt_ratios(told)


def _doubt_ratios(told: Told) -> None:
    """Rows that give one substitute another ratio, on days on which a row that goes before them has one."""
    frame = told.frame("substitutes").with_columns(
        at=pl.int_range(pl.len()),
        begins=pl.col("valid_from").fill_null(date.min),
        ends=pl.col("valid_to").fill_null(date.max),
        for_parent=pl.col("parent").fill_null(""),
    )
    pairs = frame.join(frame, on=["item", "substitute", "for_parent"], suffix="_other").filter(
        (pl.col("ratio") != pl.col("ratio_other"))
        & (pl.col("begins") <= pl.col("ends_other"))
        & (pl.col("begins_other") <= pl.col("ends"))
    )
    goes_after = (pl.col("priority") > pl.col("priority_other")) | (
        (pl.col("priority") == pl.col("priority_other")) & (pl.col("ratio") < pl.col("ratio_other"))
    )
    first = pairs.filter(goes_after).sort("priority_other", -pl.col("ratio_other")).unique("at", maintain_order=True)
    if first.is_empty():
        return
    first, sheet = first.sort("at"), told.sheets["substitutes"]
    bad = pl.Series(frame["at"].is_in(first["at"].implode()))
    said = {
        "item": first["item"],
        "substitute": first["substitute"],
        "other": first.select(plain("ratio_other"))["ratio_other"],
        "other_row": [sheet.rows[at] for at in first["at_other"]],
    }
    told.findings.cells("warning", "two_ratios", TWO_RATIOS, sheet, "ratio", bad, said)


def doubt_reservations(told: Told, settings: Settings) -> None:
    """Reservations beyond the stock that is there and good: of a lot that they name, and of the item at the place."""
    frame = told.frame("reservations")
    if frame.is_empty():
        return
    good = pl.col("expires_on").fill_null(date.max) >= settings.today
    stock = told.frame("stock").filter((pl.col("status") == "available") & good)
    of_place = stock.group_by("item", "location").agg(there=pl.col("qty").sum())
    of_lot = stock.group_by("item", "location", "lot").agg(in_lot=pl.col("qty").sum())
    place, lot = ["item", "location"], ["item", "location", "lot"]
    held = (
        frame.with_columns(reserved=pl.col("qty").sum().over(place), of_lot=pl.col("qty").sum().over(lot))
        .join(of_place, on=place, how="left", maintain_order="left")
        .join(of_lot, on=lot, how="left", maintain_order="left")
        .with_columns(pl.col("there", "in_lot").fill_null(0))
    )
    beyond = held["reserved"] > held["there"]
    of_its_lot = frame["lot"].is_not_null() & (held["of_lot"] > held["in_lot"]) & ~beyond
    for bad, reserved, there in ((beyond, "reserved", "there"), (of_its_lot, "of_lot", "in_lot")):
        if bad.any():
            told_of = held.filter(bad).head(SHOWN).with_columns(reserved=plain(reserved), there=plain(there))
            said = told_of.select("item", "location", "reserved", "there").to_dict(as_series=False)
            sheet = told.sheets["reservations"]
            told.findings.cells("warning", "reserved_beyond_stock", RESERVED_BEYOND_STOCK, sheet, "qty", bad, said)
