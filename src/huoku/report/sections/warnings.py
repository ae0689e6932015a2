"""Everything else that a person should look at, by kind."""

import polars as pl

from huoku.language import Sentence
from huoku.report.markup import Html, el
from huoku.report.sections.parts import Page, mark, panel, remark
from huoku.report.words import more

SHOWN = 8
ELSEWHERE = ("demand_late", "demand_not_promised", "moq_excess")
"""These have parts of their own."""

TITLE = Sentence("预警", "Exceptions")
QUESTION = Sentence("还有什么要有人看一眼？", "What else should somebody look at?")
ASIDE = Sentence("{count:,} 条", "{count:,} in all")
CODES = {
    "supply_overdue": Sentence("在途过期未到：催供应商", "Open orders that are overdue: call the supplier"),
    "supply_not_needed": Sentence(
        "在途用不上：取消、减量或推迟", "Open orders that nobody needs: cancel, reduce or put off"
    ),
    "supply_expedite": Sentence("在途可提前：少下新单", "Open orders to bring in: it saves new ones"),
    "supply_postpone": Sentence("在途可推迟", "Open orders to put off"),
    "fixed_work_moved": Sentence("人工排定、做不到那一天", "Work fixed by hand that cannot begin on its day"),
    "open_work_late": Sentence("在制排不下，做不完", "Open make orders whose machines are full"),
    "supply_delayed": Sentence("在制缺料，完不成", "Open make orders that lack components"),
    "below_safety_stock": Sentence("低于安全库存", "Below safety stock"),
    "demand_beyond_horizon": Sentence("计划期之外的需求", "Demands beyond the plan"),
    "demand_of_phantom": Sentence("要的是虚拟件", "Demands for phantoms"),
    "forecast_consumed": Sentence("预测被订单冲减", "Forecasts used up by orders"),
    "forecast_planned": Sentence("预测余量已备料", "Rest of forecasts that is planned"),
    "demand_late": Sentence("迟交的需求", "Late demands"),
    "demand_not_promised": Sentence("交不了的需求", "Demands without a promise"),
    "resource_full": Sentence("资源排满", "Resources that are full"),
    "expires": Sentence("到期前用不完", "Not used before it expires"),
    "expired": Sentence("已过有效期的库存", "Stock that has expired"),
    "phase_out_bought": Sentence("淘汰中的物料还在买", "Bought though being phased out"),
    "obsolete_bought": Sentence("停用的物料还在买", "Bought though obsolete"),
    "phase_out_made": Sentence("不再生产的物料多做了", "Made beyond the need though going out"),
    "phase_out_left": Sentence("不再使用的物料期末还剩", "Left over of what is going out"),
    "use_ends": Sentence("换料或停产后会剩下", "Left over when its use ends"),
    "reserved_elsewhere": Sentence("缺的料已为别的需求预留", "Late while stock is reserved for others"),
    "substitute_used": Sentence("用了替代料", "Substitutes used"),
    "location_full": Sentence("库位放不下", "Places with too little room"),
    "resource_elsewhere": Sentence("在别处做、却要用这里的资源", "Made where the resource does not stand"),
    "moq_excess": Sentence("起订量多买", "Bought beyond the need"),
}
ABOVE = Sentence("见上面各节", "see the parts above")


def exceptions(page: Page) -> Html:
    """The exceptions by code, the gravest first; each code is a list that opens."""
    table = page.plan.exceptions
    if table.is_empty():
        return panel(page, "exceptions", TITLE, QUESTION)
    codes = table.group_by("code", maintain_order=True).agg(pl.len(), pl.col("severity").first())
    lists = [_code(page, code, count, severity) for code, count, severity in codes.iter_rows()]
    aside = page.say(ASIDE, count=table.height)
    return panel(page, "exceptions", TITLE, QUESTION, el("div", lists, cls="codes"), aside=aside)


def _code(page: Page, code: str, count: int, severity: str) -> Html:
    name = page.say(CODES[code]) if code in CODES else code
    head = [mark(severity), " ", el("b", name), " ", el("span", f"{count:,}", cls="mut")]
    if code in ELSEWHERE:
        return el("p", head, " ", el("span", page.say(ABOVE), cls="mut"), cls="code-head")
    rows = page.plan.exceptions.filter(pl.col("code") == code).head(SHOWN).select("subject", "message")
    told = [el("li", el("b", subject), " ", message) for subject, message in rows.iter_rows()]
    inner = [el("ul", told), remark(more(count - SHOWN, "exceptions", page.lang))]
    return el("details", el("summary", head), inner, open="")
