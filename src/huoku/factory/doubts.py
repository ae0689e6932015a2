"""What is legal but probably not meant. A planner reads these once and then knows his data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import polars as pl

from huoku.errors import SHOWN
from huoku.factory.bom import explode, tree
from huoku.factory.cells import DECIMALS
from huoku.factory.facts import item_decimals, item_kinds, millionths, per_parent
from huoku.factory.findings import Findings
from huoku.factory.settings import Settings
from huoku.factory.sheet import Sheet
from huoku.factory.substitution import heads, looped
from huoku.language import Sentence

PLACES = (
    *((table, "location") for table in ("stock", "supplies", "demands", "reservations", "resources")),
    ("lanes", "from"),
    ("lanes", "to"),
)
"""Which columns name a location."""
MUCH_SCRAP = Decimal("0.5")
A_YEAR = timedelta(days=365)

MOQ_BELOW_MULTIPLE = Sentence(
    "起订量 {value} 小于整包量 {multiple}；实际至少要买一整包",
    "the MOQ {value} is below the multiple {multiple}; in fact one whole pack is the least",
)
NO_LEAD_TIME = Sentence(
    "采购提前期是 0 天：当天下单当天到货，请确认",
    "a lead time of 0 days: ordered and here on the same day; is that meant?",
)
NO_PRICE = Sentence(
    "{item} 由“{value}”供货没有价格：货源、阶梯、单位成本都没有；按 0 计算",
    "{item} from “{value}” has no price: none in the source, its price breaks or the unit cost; counted as 0",
)
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
UNLIMITED = Sentence(
    "resources 表里没有资源“{value}”的产能；按不限产能计算",
    "the table resources says nothing of “{value}”; its capacity is taken as unlimited",
)
OPERATIONS_IGNORED = Sentence(
    "“{value}”不是自制件，它的工序不起作用", "“{value}” is not made here, so its operations are ignored"
)
SCRAP = Sentence(
    "损耗率 {value} 超过 50%；请确认（5% 写成 0.05 或 5%）",
    "a scrap rate of {value} is over 50 %; is that meant? (write 5 % as 0.05 or 5%)",
)
BEYOND_HORIZON = Sentence(
    "交货日期 {value} 晚于计划的最后一天 {last}；这次不计划",
    "due {value}, after the last day of the plan, {last}; it is not planned this time",
)
OVERDUE = Sentence(
    "到货日期 {value} 早于今天 {today}；按今天到货计算，请确认",
    "due {value}, before today, {today}; counted as here today: is it?",
)
PLANNED_NOT_MADE = Sentence(
    "状态是“计划”，但这不是生产单；没有子件可领",
    "its status is planned, but it is no make order; there are no components to issue",
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
LOOPED_SUBSTITUTE = Sentence(
    "“{value}”和它代替的 {item} 在 BOM 里一个是另一个的子件（或隔着别的替代料成环）；这条替代不用",
    "“{value}” and {item}, for which it stands in, are made of each other in the BOM, perhaps over other substitutes; "
    "this substitution is not used",
)
PHANTOM_SUBSTITUTE = Sentence(
    "“{value}”或 {item} 是虚拟件，虚拟件不能替代；这条替代不用",
    "“{value}” or {item} is a phantom, which nothing can stand in for; this substitution is not used",
)
RESERVED_BEYOND_STOCK = Sentence(
    "{item} 在 {location} 共预留 {reserved}，可用库存只有 {there}；每个需求只用得到别人没有预留的部分",
    "{reserved} of {item} are reserved at {location}, and only {there} is there and good; "
    "each demand gets no more than nobody else has reserved",
)
UNLISTED_LOCATION = Sentence("locations 表里没有库位“{value}”", "the location “{value}” is not in the table locations")


@dataclass(frozen=True, slots=True)
class _Told:
    """The tables, and where to tell what is doubtful in a cell of them."""

    sheets: Mapping[str, Sheet]
    findings: Findings

    def frame(self, table: str) -> pl.DataFrame:
        return self.sheets[table].frame

    def cells(
        self,
        table: str,
        column: str,
        rule: str,
        sentence: Sentence,
        doubtful: pl.Expr,
        *fields: pl.Expr,
        **same: object,
    ) -> None:
        """A doubt about each row of the table where the expression holds; ``fields`` are said with it."""
        sheet = self.sheets[table]
        if not sheet.frame.height:
            return
        bad = sheet.frame.select(doubtful.fill_null(False).alias("bad"))["bad"]
        if bad.any():
            said = sheet.frame.filter(bad).select(fields).to_dict(as_series=False) if fields else {}
            self.findings.cells("warning", rule, sentence, sheet, column, bad, said, **same)


def doubt(sheets: Mapping[str, Sheet], settings: Settings, findings: Findings) -> None:
    """Tell everything that is legal but doubtful."""
    told = _Told(sheets, findings)
    _steps(told)  # first, because such a demand gets no promise and only so many doubts are listed
    _rows(told, settings)
    _prices(told)
    _items(told, settings)
    _operations(told)
    _substitutes(told, settings)
    _reservations(told, settings)
    if told.frame("locations").height:
        known = told.frame("locations")["location"].implode()
        for name, column in PLACES:
            unlisted = ~pl.col(column).is_in(known)
            told.cells(name, column, "unlisted_location", UNLISTED_LOCATION, unlisted)


def _rows(told: _Told, settings: Settings) -> None:
    """Doubts that one row is enough to see."""
    last = settings.today + timedelta(days=settings.horizon_days)
    small = (pl.col("moq") > 0) & (pl.col("moq") < pl.col("multiple"))
    told.cells("sources", "moq", "moq_below_multiple", MOQ_BELOW_MULTIPLE, small, _plain("multiple"))
    told.cells("sources", "lead_time_days", "no_lead_time", NO_LEAD_TIME, pl.col("lead_time_days") == 0)
    told.cells("bom", "scrap_rate", "much_scrap", SCRAP, pl.col("scrap_rate") > MUCH_SCRAP)
    told.cells("demands", "due", "beyond_horizon", BEYOND_HORIZON, pl.col("due") > last, last=last)
    told.cells("supplies", "due", "overdue", OVERDUE, pl.col("due") < settings.today, today=settings.today)
    unmade = (pl.col("status") == "planned") & (pl.col("kind") != "make")
    told.cells("supplies", "status", "planned_not_made", PLANNED_NOT_MADE, unmade)


def _steps(told: _Told) -> None:
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


def _prices(told: _Told) -> None:
    sources = told.frame("sources")
    if not sources["price"].null_count():
        return
    costless = told.frame("items").filter(pl.col("unit_cost").is_null())["item"].implode()
    breaks = told.frame("price_breaks").select(pl.struct("item", "supplier")).to_series().implode()
    free = pl.col("price").is_null() & pl.col("item").is_in(costless) & ~pl.struct("item", "supplier").is_in(breaks)
    told.cells("sources", "supplier", "no_price", NO_PRICE, free, pl.col("item"))


def _items(told: _Told, settings: Settings) -> None:
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

    needs = told.frame("sources").select("item").join(with_need, on="item", how="left", maintain_order="left")["need"]
    bad = (told.frame("sources")["moq"].cast(pl.Float64) > needs) & (needs > 0)
    if bad.any():
        amounts = [f"{need:.6f}".rstrip("0").rstrip(".") for need in needs.filter(bad).head(SHOWN).to_list()]
        shown = {"item": told.frame("sources")["item"].filter(bad), "need": amounts}
        told.findings.cells("warning", "moq_above_need", MOQ_ABOVE_NEED, told.sheets["sources"], "moq", bad, shown)


def _operations(told: _Told) -> None:
    """Operations that no resource limits, or that nothing needs."""
    if not told.frame("operations").height:
        return
    known = told.frame("resources")["resource"].implode()
    told.cells("operations", "resource", "unlimited_resource", UNLIMITED, ~pl.col("resource").is_in(known))
    kinds = item_kinds(told.frame("items"), told.frame("bom"), told.frame("sources"))
    made = kinds.filter("is_makeable")["item"].implode()
    told.cells("operations", "parent", "operations_ignored", OPERATIONS_IGNORED, ~pl.col("parent").is_in(made))


def _substitutes(told: _Told, settings: Settings) -> None:
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


def _reservations(told: _Told, settings: Settings) -> None:
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
            told_of = held.filter(bad).head(SHOWN).with_columns(reserved=_plain(reserved), there=_plain(there))
            said = told_of.select("item", "location", "reserved", "there").to_dict(as_series=False)
            sheet = told.sheets["reservations"]
            told.findings.cells("warning", "reserved_beyond_stock", RESERVED_BEYOND_STOCK, sheet, "qty", bad, said)


def _yearly_need(told: _Told, settings: Settings, kinds: pl.DataFrame) -> pl.Series:
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


def _plain(column: str) -> pl.Expr:
    """A decimal without its trailing zeros."""
    return pl.col(column).cast(pl.String).str.replace(r"\.?0+$", "")
