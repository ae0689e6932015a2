"""What one order asks of each component: the BOM with its phantoms opened, and the substitutes that may stand in."""

import polars as pl

from huoku.judge.case import Case
from huoku.judge.codes import in_force, looked_up


def open_bom(case: Case) -> pl.DataFrame:
    """One row per component that an order really takes: parent, component, per_one, per_order, valid_from, valid_to.

    An order of qty needs qty x per_one + per_order. A phantom is replaced by its own lines; its line's scrap and fixed
    scrap are carried into them, and a line counts only while all lines above it are in force.
    """
    codes = case.item_codes
    lines = case.coded("bom", items=()).select(
        parent=codes.of("parent"),
        component=codes.of("component"),
        per_one=pl.col("qty") * (1 + pl.col("scrap_rate")),
        per_order="fixed_scrap",
        valid_from="valid_from",
        valid_to="valid_to",
    )
    is_phantom = looked_up(case.items["phantom"], "component")
    inner = lines.rename({name: f"inner_{name}" for name in lines.columns})
    done, left = [lines.filter(~is_phantom)], lines.filter(is_phantom)
    for _ in range(case.items.height):
        if left.is_empty():
            break
        opened = left.join(inner, left_on="component", right_on="inner_parent").select(
            "parent",
            component="inner_component",
            per_one=pl.col("per_one") * pl.col("inner_per_one"),
            per_order=pl.col("per_order") * pl.col("inner_per_one") + pl.col("inner_per_order"),
            valid_from=pl.max_horizontal("valid_from", "inner_valid_from"),
            valid_to=pl.min_horizontal("valid_to", "inner_valid_to"),
        )
        done.append(opened.filter(~is_phantom))
        left = opened.filter(is_phantom)
    return pl.concat(done)


def with_covered(case: Case, usage: pl.DataFrame) -> pl.DataFrame:
    """Usage with ``covers``: how much of the wanted item each row covers, null where it may not stand in for it.

    A substitute covers its quantity divided by its ratio, if a row for this parent, else for every parent, is in force
    on the day of use; of several the one with the first priority, then with the larger ratio. A transfer brings the
    very item, so nothing stands in there.
    """
    as_wanted = pl.when(pl.col("item") == pl.col("wanted")).then("qty")
    usage = usage.with_columns(covers=as_wanted)
    others = usage.filter(pl.col("covers").is_null() & pl.col("item").is_not_null())
    if others.is_empty() or case.factory.substitutes.is_empty():
        return usage
    codes = case.item_codes
    rows = case.coded("substitutes", items=()).select(
        "valid_from",
        "valid_to",
        "ratio",
        "priority",
        wanted=codes.of("item"),
        item=codes.of("substitute"),
        only_for=codes.of("parent"),
    )
    parent = pl.when(looked_up(case.orders["kind"], "by_order") != "transfer").then(
        looked_up(case.orders["item"], "by_order")
    )
    allowed = (
        others.with_columns(parent=parent)
        .filter(~pl.col("for_order") | pl.col("parent").is_not_null())
        .join(rows, on=["wanted", "item"], maintain_order="left_right")
        .filter(
            in_force("date"), pl.col("only_for").is_null() | (pl.col("only_for") == pl.col("parent")).fill_null(False)
        )
        .sort("row", pl.col("only_for").is_null(), "priority", -pl.col("ratio"), maintain_order=True)
        .unique("row", keep="first", maintain_order=True)
    )
    covers = usage["covers"].scatter(allowed["row"], allowed["qty"] / allowed["ratio"])
    return usage.with_columns(covers=covers)
