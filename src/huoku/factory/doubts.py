"""What is legal but probably not meant. A planner reads these once and then knows his data."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

import polars as pl

from huoku.factory.doubtful import Told, plain
from huoku.factory.doubts_of_codes import doubt_codes
from huoku.factory.doubts_of_items import doubt_items, doubt_operations, doubt_steps
from huoku.factory.doubts_of_stand_ins import doubt_reservations, doubt_substitutes
from huoku.factory.findings import Findings
from huoku.factory.settings import Settings
from huoku.factory.sheet import Sheet
from huoku.language import Sentence

PLACES = (
    *((table, "location") for table in ("stock", "supplies", "demands", "reservations", "resources")),
    ("lanes", "from"),
    ("lanes", "to"),
)
"""Which columns name a location."""
MUCH_SCRAP = Decimal("0.5")


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
UNLISTED_LOCATION = Sentence(
    "地点表（locations）里没有库位“{value}”", "the location “{value}” is not in the table locations"
)


def doubt(sheets: Mapping[str, Sheet], settings: Settings, findings: Findings) -> None:
    """Tell everything that is legal but doubtful."""
    told = Told(sheets, findings)
    doubt_steps(told)  # first, because such a demand gets no promise and only so many doubts are listed
    _rows(told, settings)
    _prices(told)
    doubt_codes(told)
    doubt_items(told, settings)
    doubt_operations(told)
    doubt_substitutes(told, settings)
    doubt_reservations(told, settings)
    if told.frame("locations").height:
        known = told.frame("locations")["location"].implode()
        for name, column in PLACES:
            unlisted = ~pl.col(column).is_in(known)
            told.cells(name, column, "unlisted_location", UNLISTED_LOCATION, unlisted)


def _rows(told: Told, settings: Settings) -> None:
    """Doubts that one row is enough to see."""
    last = settings.today + timedelta(days=settings.horizon_days)
    small = (pl.col("moq") > 0) & (pl.col("moq") < pl.col("multiple"))
    told.cells("sources", "moq", "moq_below_multiple", MOQ_BELOW_MULTIPLE, small, plain("multiple"))
    told.cells("sources", "lead_time_days", "no_lead_time", NO_LEAD_TIME, pl.col("lead_time_days") == 0)
    told.cells("bom", "scrap_rate", "much_scrap", SCRAP, pl.col("scrap_rate") > MUCH_SCRAP)
    told.cells("demands", "due", "beyond_horizon", BEYOND_HORIZON, pl.col("due") > last, last=last)
    told.cells("supplies", "due", "overdue", OVERDUE, pl.col("due") < settings.today, today=settings.today)
    unmade = (pl.col("status") == "planned") & (pl.col("kind") != "make")
    told.cells("supplies", "status", "planned_not_made", PLANNED_NOT_MADE, unmade)


def _prices(told: Told) -> None:
    sources = told.frame("sources")
    if not sources["price"].null_count():
        return
    costless = told.frame("items").filter(pl.col("unit_cost").is_null())["item"].implode()
    breaks = told.frame("price_breaks").select(pl.struct("item", "supplier")).to_series().implode()
    free = pl.col("price").is_null() & pl.col("item").is_in(costless) & ~pl.struct("item", "supplier").is_in(breaks)
    told.cells("sources", "supplier", "no_price", NO_PRICE, free, pl.col("item"))
