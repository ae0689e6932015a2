"""What a person should look at, the gravest first."""

from decimal import Decimal

import numpy as np
import polars as pl

from huoku.language import Language, Sentence
from huoku.plan.decide.netting import Netted
from huoku.plan.decide.promise import Promises
from huoku.plan.model.build import Case
from huoku.plan.model.claiming import FORECAST, SAFETY, SUPPLY
from huoku.plan.model.numbers import epoch_day
from huoku.plan.tell.bottlenecks import bottlenecks
from huoku.plan.tell.excess import excess
from huoku.plan.tell.fixed_work import fixed_work_moved
from huoku.plan.tell.going_out import going_out
from huoku.plan.tell.open_supplies import open_supplies
from huoku.plan.tell.ordered import Ordered
from huoku.plan.tell.pegged import Pegged
from huoku.plan.tell.perishing import perishing
from huoku.plan.tell.places import places
from huoku.plan.tell.reserved import reserved_elsewhere
from huoku.plan.tell.substituted import substitute_uses
from huoku.plan.tell.use_ends import use_ends
from huoku.plan.tell.words import calendar, filled, quantities, rows

LATE = Sentence("晚 {late} 天：{reason}", "{late} {late|day|days} late: {reason}")
NOT_PROMISED = Sentence("计划期内交不了：{reason}", "cannot be delivered by the last day: {reason}")
BEYOND = Sentence("交期 {due} 在计划期最后一天之后，未排", "due on {due}, after the last day of the plan: not planned")
PHANTOM = Sentence(
    "{item} 是虚拟件，不能单独交货；请把它的物料属性改成自制",
    "{item} is a phantom, which is never delivered by itself; let its kind be make",
)
TOO_FINE = Sentence(
    "要 {qty}，比最小单位 {step} 还细，无法如数交货；请把 items 表的 decimals 改大，或改数量",
    "{qty} is finer than the smallest step, {step}, and cannot be shipped exactly: "
    "raise decimals in the table items, or change the quantity",
)
CONSUMED = Sentence(
    "预测 {full} 已被当月订单用掉 {used}，余 {rest}",
    "orders of its month have used {used} of this forecast of {full}; {rest} remains",
)
RESERVED = Sentence(
    "预测余下的 {rest} 已备料，{day} 可用", "what remains of this forecast, {rest}, is planned for {day}"
)
BELOW = Sentence(
    "安全库存 {qty} 到 {day} 才能补足：{reason}", "safety stock of {qty} is complete only on {day}: {reason}"
)
NEVER_FILLED = Sentence(
    "安全库存 {qty} 计划期内补不足：{reason}", "safety stock of {qty} cannot be filled by the last day: {reason}"
)
GRAVITY = pl.Enum(["error", "warning", "info"])
SCHEMA = {"severity": pl.String, "code": pl.String, "subject": pl.String, "message": pl.String}


def exceptions(
    case: Case,
    promises: Promises,
    netted: Netted,
    about: Ordered,
    reasons: pl.DataFrame,
    pegged: Pegged,
    open_work: pl.DataFrame,
    lang: Language,
) -> pl.DataFrame:
    """The table ``exceptions``, the gravest first.

    ``reasons``: claim, late (days), reason of each late claim. ``open_work``: the table of this name.
    """
    frames = [
        *_of_demands(case, promises, reasons, lang),
        *_of_silent_demands(case, promises, lang),
        *_of_resources(case, promises, lang),
        *open_supplies(case, pegged, reasons, promises, lang),
        *fixed_work_moved(case, open_work, lang),
        *_of_safety(case, reasons, promises, lang),
        *excess(case, netted, about, lang),
        *perishing(case, netted, about, lang),
        *going_out(case, netted, about, lang),
        *use_ends(case, netted, lang),
        *substitute_uses(case, netted, about, pegged, lang),
        *places(case, netted, about, pegged, lang),
    ]
    if not frames:
        return pl.DataFrame(schema=SCHEMA)
    return pl.concat(frames).sort(pl.col("severity").cast(GRAVITY), maintain_order=True)


def _of_demands(case: Case, promises: Promises, reasons: pl.DataFrame, lang: Language) -> list[pl.DataFrame]:
    table = case.claiming.table
    kind = table["kind"].to_numpy()[reasons["claim"].to_numpy()]
    of_demand = reasons.filter(pl.Series((kind != SUPPLY) & (kind != SAFETY)))
    if of_demand.is_empty():
        return []
    claim = of_demand["claim"].to_numpy()
    name = table["name"][claim]
    never = pl.Series(promises.day[claim] < 0)
    late, reason = of_demand["late"].cast(pl.String), of_demand["reason"]
    told = []
    if never.any():
        message = filled(NOT_PROMISED, lang, reason=reason.filter(never))
        told.append(rows("error", "demand_not_promised", name.filter(never), message))
    if not never.all():
        message = filled(LATE, lang, late=late.filter(~never), reason=reason.filter(~never))
        told.append(rows("warning", "demand_late", name.filter(~never), message))
    return [
        *told,
        *reserved_elsewhere(case, promises, claim, lang),
    ]


def _of_resources(case: Case, promises: Promises, lang: Language) -> list[pl.DataFrame]:
    if case.model.shop.resource.size == 0:
        return []
    full = bottlenecks(case, promises, lang)
    return [rows("warning", "resource_full", full["resource"], full["message"])]


def _of_silent_demands(case: Case, promises: Promises, lang: Language) -> list[pl.DataFrame]:
    asked, steps = case.claiming.asked, case.numbering.steps
    told = []
    for silent, severity, code, sentence in (
        ("beyond_horizon", "info", "demand_beyond_horizon", BEYOND),
        ("phantom", "error", "demand_of_phantom", PHANTOM),
        ("too_fine", "error", "demand_too_fine", TOO_FINE),
    ):
        mask = asked["silent"] == silent
        if not mask.any():
            continue
        here = asked.filter(mask)
        demands = case.factory.demands[here["row"].to_numpy()]
        fields = {
            "item": demands["item"],
            "due": demands["due"].cast(pl.String),
            "qty": demands["qty"].cast(pl.String).str.strip_chars_end("0"),
            "step": pl.Series([f"{Decimal(1) / per:f}" for per in steps[here["item"].to_numpy()].tolist()]),
        }
        told.append(rows(severity, code, here["demand"], filled(sentence, lang, **fields)))
    if (asked["consumed"] > 0).any():
        used = asked.filter(asked["consumed"] > 0)
        per = steps[used["item"].to_numpy()]
        fields = {
            name: quantities(used[column].to_numpy(), per)
            for name, column in (("full", "full"), ("used", "consumed"), ("rest", "qty"))
        }
        told.append(rows("info", "forecast_consumed", used["demand"], filled(CONSUMED, lang, **fields)))
    table = case.claiming.table
    claim = np.flatnonzero((table["kind"] == FORECAST).to_numpy() & ~table["whole"].to_numpy() & (promises.day >= 0))
    if claim.size:
        days = calendar(epoch_day(case.factory), case.model.horizon)[promises.day[claim]]
        item = table["node"].to_numpy()[claim] // case.model.locations
        rest = quantities(table["qty"].to_numpy()[claim], steps[item])
        told.append(rows("info", "forecast_planned", table["name"][claim], filled(RESERVED, lang, rest=rest, day=days)))
    return told


def _of_safety(case: Case, reasons: pl.DataFrame, promises: Promises, lang: Language) -> list[pl.DataFrame]:
    table = case.claiming.table
    is_safety = table["kind"].to_numpy()[reasons["claim"].to_numpy()] == SAFETY
    if not is_safety.any():
        return []
    late = reasons.filter(pl.Series(is_safety))
    claim = late["claim"].to_numpy()
    item = table["node"].to_numpy()[claim] // case.model.locations
    fields = {
        "qty": quantities(table["qty"].to_numpy()[claim], case.numbering.steps[item]),
        "day": calendar(epoch_day(case.factory), case.model.horizon)[np.maximum(promises.day[claim], 0)],
        "reason": late["reason"],
    }
    message = filled(BELOW, lang, **fields).zip_with(
        pl.Series(promises.day[claim] >= 0), filled(NEVER_FILLED, lang, **fields)
    )
    return [rows("warning", "below_safety_stock", table["name"][claim], message)]
