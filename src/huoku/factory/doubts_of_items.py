"""Doubts about items: their kind and sources, the need for them, their smallest step, their operations."""

from datetime import timedelta
from decimal import Decimal

import numpy as np
import polars as pl

from huoku.errors import SHOWN
from huoku.factory.bom import explode, tree
from huoku.factory.cells import DECIMALS
from huoku.factory.doubtful import Told, plain
from huoku.factory.facts import item_decimals, item_kinds, millionths, per_parent
from huoku.factory.settings import Settings
from huoku.language import Sentence

A_YEAR = timedelta(days=365)
MOQ_ABOVE_NEED = Sentence(
    "起订量 {value} 超过 {item} 一年的已知需求 {need}；余下的可能成为呆滞料",
    "the MOQ {value} is more than a year's known need of {item}, {need}; the rest may never be used",
)
NO_SOURCE = Sentence(
    "需求要用“{value}”，但没有货源；按物料自己的提前期和单位成本采购，没有起订量",
    "demands need “{value}”, but no source sells it; bought by its own lead time and unit cost, with no MOQ",
)
LOT_RULES_IGNORED = Sentence(
    "“{value}”是外购件，批量规则（lot_min、lot_multiple、lot_max）不起作用；请写在货源的起订量里",
    "“{value}” is bought, so its lot rules (lot_min, lot_multiple, lot_max) are ignored; use the MOQ of its source",
)
PHANTOM_WITHOUT_BOM = Sentence(
    "虚拟件“{value}”没有 BOM，展开后什么也没有", "the phantom “{value}” has no BOM; it explodes into nothing"
)
MADE_WITHOUT_BOM = Sentence(
    "自制件“{value}”没有 BOM，做不出来；请补 BOM，或改为外购",
    "“{value}” is to be made and has no BOM, so it cannot be; give it a BOM or let it be bought",
)
SAFETY_OF_GOING_OUT = Sentence(
    "“{value}”不再使用（淘汰中或停用），安全库存 {safety} 不再补；请改成 0",
    "“{value}” is being phased out or obsolete, so its safety stock of {safety} is not filled up; make it 0",
)
LAUNCH_WITHOUT_DAY = Sentence(
    "“{value}”是新品，但货源和 BOM 都没有写从哪天起有效（valid_from）；计划可能现在就买或做",
    "“{value}” is a launch item, and no source or BOM line says from which day on it holds (valid_from); "
    "it may be bought or made at once",
)
UNLIMITED = Sentence(
    "资源表（resources）里没有资源“{value}”的产能；按不限产能计算",
    "the table resources says nothing of “{value}”; its capacity is taken as unlimited",
)
OPERATIONS_IGNORED = Sentence(
    "“{value}”不是自制件，它的工序不起作用", "“{value}” is not made here, so its operations are ignored"
)
OPERATION_OF_ORDER = ("supply", "seq")
FIXED_IGNORED = Sentence(
    "“{value}”没有工序 {seq}（不是自制单，或工序表里没有）；这行定排不起作用",
    "“{value}” has no operation {seq}: no make order, or not among its operations; this row is ignored",
)
TAKEN_AT_START = Sentence(
    "这行料写在工序“{value}”投料；计划按开工当天领料，不看工序",
    "this line is used by operation “{value}”; the plan takes it on the day on which the order starts all the same",
)
FINER_COUNTED = Sentence(
    "“{value}”比 {item} 的最小单位 {step} 还细，计划按 {counted} 计算；请把 items 表的 decimals 改大，或改数量",
    "“{value}” is finer than {step}, the smallest step of {item}; the plan counts {counted}: "
    "raise decimals in the table items, or change the quantity",
)
FINER_NOT_PROMISED = Sentence(
    "“{value}”比 {item} 的最小单位 {step} 还细，无法如数交货，这个需求不承诺交期；"
    "请把 items 表的 decimals 改大，或改数量",
    "“{value}” is finer than {step}, the smallest step of {item}; so much cannot be shipped, and the demand gets "
    "no promise: raise decimals in the table items, or change the quantity",
)


def doubt_steps(told: Told) -> None:
    """Quantities with a part that is smaller than the item's smallest step.

    What is there, or comes, is counted down to the step; what must be left alone is counted up.
    """
    digits = item_decimals(told.frame("items"))
    for name in ("demands", "stock", "supplies", "reservations"):
        frame = told.frame(name)
        of_row = frame.select("item").join(digits, on="item", how="left", maintain_order="left")["decimals"]
        counted = frame.select(
            "item", amount=millionths(frame["qty"]), step=pl.lit(10, pl.Int64).pow(DECIMALS - of_row)
        ).with_columns(down=pl.col("amount") // pl.col("step") * pl.col("step"))
        finer = counted["amount"] != counted["down"]
        if not finer.any():
            continue
        odd = counted.filter(finer).head(SHOWN)
        said = {
            "item": odd["item"],
            "step": _amounts(odd["step"]),
            "counted": _amounts(odd["down"] + odd["step"] if name == "reservations" else odd["down"]),
        }
        sentence = FINER_NOT_PROMISED if name == "demands" else FINER_COUNTED
        told.findings.cells("warning", "finer_than_step", sentence, told.sheets[name], "qty", finer, said)


def doubt_items(told: Told, settings: Settings) -> None:
    """Doubts about an item that need its kind or its need."""
    items = told.frame("items")
    kinds = item_kinds(items, told.frame("bom"), told.frame("sources"))
    need = _yearly_need(told, settings, kinds)
    with_need = kinds.with_columns(need=need)
    kind, has_bom = kinds["kind"], kinds["has_bom"]

    def items_where(rule: str, sentence: Sentence, doubtful: pl.Series) -> None:
        if doubtful.any():
            told.findings.cells("warning", rule, sentence, told.sheets["items"], "item", doubtful)

    items_where("no_source", NO_SOURCE, (kind == "buy") & ~kinds["has_source"] & (need > 0))
    items_where("phantom_without_bom", PHANTOM_WITHOUT_BOM, (kind == "phantom") & ~has_bom)
    items_where("made_without_bom", MADE_WITHOUT_BOM, (kind == "make") & ~has_bom)
    has_rules = (items["lot_min"] > 0) | (items["lot_multiple"] > 0) | items["lot_max"].is_not_null()
    items_where("lot_rules_ignored", LOT_RULES_IGNORED, (kind == "buy") & has_rules)

    doubt_lifecycles(told)

    needs = told.frame("sources").select("item").join(with_need, on="item", how="left", maintain_order="left")["need"]
    bad = (told.frame("sources")["moq"].cast(pl.Float64) > needs) & (needs > 0)
    if bad.any():
        amounts = [f"{need:.6f}".rstrip("0").rstrip(".") for need in needs.filter(bad).head(SHOWN).to_list()]
        shown = {"item": told.frame("sources")["item"].filter(bad), "need": amounts}
        told.findings.cells("warning", "moq_above_need", MOQ_ABOVE_NEED, told.sheets["sources"], "moq", bad, shown)


def doubt_lifecycles(told: Told) -> None:
    """Items that come or go, and what the tables say of them besides."""
    going = pl.col("lifecycle").is_in(["phase_out", "obsolete"]) & (pl.col("safety_stock") > 0)
    told.cells(
        "items", "item", "safety_of_going_out", SAFETY_OF_GOING_OUT, going, plain("safety_stock").alias("safety")
    )
    at_once = [
        told.frame(table).filter(pl.col("valid_from").is_null())[column].implode()
        for table, column in (("sources", "item"), ("bom", "parent"))
    ]
    soon = pl.col("item").is_in(at_once[0]) | pl.col("item").is_in(at_once[1])
    told.cells("items", "item", "launch_without_day", LAUNCH_WITHOUT_DAY, (pl.col("lifecycle") == "launch") & soon)


def doubt_operations(told: Told) -> None:
    """Operations that no resource limits, that nothing needs, or that are to take a part after the first day."""
    if not told.frame("operations").height:
        doubt_fixed_work(told)
        return
    known = told.frame("resources")["resource"].implode()
    told.cells("operations", "resource", "unlimited_resource", UNLIMITED, ~pl.col("resource").is_in(known))
    kinds = item_kinds(told.frame("items"), told.frame("bom"), told.frame("sources"))
    made = kinds.filter("is_makeable")["item"].implode()
    told.cells("operations", "parent", "operations_ignored", OPERATIONS_IGNORED, ~pl.col("parent").is_in(made))
    several = told.frame("operations").filter(pl.len().over("parent") > 1)["parent"].implode()
    told.cells(
        "bom",
        "operation",
        "taken_at_start",
        TAKEN_AT_START,
        pl.col("operation").is_not_null() & pl.col("parent").is_in(several),
    )
    doubt_fixed_work(told)


def doubt_fixed_work(told: Told) -> None:
    """Work that is fixed for an operation that is none of an open make order's."""
    making = told.frame("supplies").filter(pl.col("kind") == "make").select("supply", parent="item")
    there = making.join(told.frame("operations").select("parent", "seq"), on="parent").select(
        pair=pl.struct(OPERATION_OF_ORDER)
    )
    unknown = ~pl.struct(OPERATION_OF_ORDER).is_in(there["pair"].implode())
    told.cells("fixed_work", "supply", "fixed_work_ignored", FIXED_IGNORED, unknown, pl.col("seq").cast(pl.String))


def _yearly_need(told: Told, settings: Settings, kinds: pl.DataFrame) -> pl.Series:
    """Gross need of each item from the demands of the coming year, through the BOM of what is not bought."""
    items, bom = told.frame("items"), told.frame("bom")
    coming = told.frame("demands").filter(pl.col("due") <= settings.today + A_YEAR)
    own = coming.group_by("item").agg(need=pl.col("qty").cast(pl.Float64).sum())
    need = items.select("item").join(own, on="item", how="left", maintain_order="left")["need"].fill_null(0.0)
    found = tree(items, bom)
    exploded = (kinds["kind"] != "buy").to_numpy()
    taken = np.where(exploded[found.parent], per_parent(found, bom), 0.0)
    return pl.Series("need", explode(found, taken, need.to_numpy()), dtype=pl.Float64)


def _amounts(millionths: pl.Series) -> list[str]:
    """Whole millionths as decimal numbers without trailing zeros."""
    return [f"{Decimal(whole).scaleb(-DECIMALS).normalize():f}" for whole in millionths.to_list()]
