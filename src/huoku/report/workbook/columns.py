"""The columns of the workbook: how each is headed and written, the same on every sheet."""

from dataclasses import dataclass
from typing import Literal

from huoku.language import Sentence

Kind = Literal["text", "wide", "qty", "money", "price", "share", "date", "whole"]
"""How a column is written; ``wide`` is text of whole sentences."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a sheet: its name in the frame, its header, and how its cells are written."""

    name: str
    title: Sentence
    kind: Kind = "text"


def _field(name: str, zh: str, en: str, kind: Kind = "text") -> tuple[str, Field]:
    return name, Field(name, Sentence(zh, en), kind)


FIELDS: dict[str, Field] = dict(
    (
        _field("order", "计划单", "order"),
        _field("supplier", "供应商", "supplier"),
        _field("item", "物料", "item"),
        _field("name", "名称", "name"),
        _field("unit", "单位", "unit"),
        _field("location", "库位", "location"),
        _field("from_location", "调出库位", "from location"),
        _field("qty", "数量", "quantity", "qty"),
        _field("unit_price", "单价", "unit price", "price"),
        _field("fees", "每单费用", "order fee", "money"),
        _field("amount", "金额", "amount", "money"),
        _field("setup", "准备成本", "set-up cost", "money"),
        _field("place", "下单日期", "order on", "date"),
        _field("arrives", "到货日期", "arrives", "date"),
        _field("start", "开工日期", "start on", "date"),
        _field("done", "完工日期", "done", "date"),
        _field("needed_qty", "其中要用", "of it needed", "qty"),
        _field("leftover_qty", "多出", "left over", "qty"),
        _field("why", "原因", "why", "wide"),
        _field("demand", "需求单", "demand"),
        _field("customer", "客户", "customer"),
        _field("asked", "要的数量", "asked for", "qty"),
        _field("due", "交货日期", "due", "date"),
        _field("promised", "承诺数量", "promised", "qty"),
        _field("promised_on", "承诺日期", "promised for", "date"),
        _field("late_days", "迟交天数", "days late", "whole"),
        _field("reason", "卡在", "held up by", "wide"),
        _field("severity", "严重程度", "severity"),
        _field("code", "预警类型", "exception"),
        _field("subject", "对象", "subject"),
        _field("message", "说明", "message", "wide"),
        _field("value", "价值", "value", "money"),
        _field("cause", "起因", "comes from"),
        _field("p_use", "用掉的机会", "odds of use", "share"),
        _field("expected_loss", "预计损失", "expected loss", "money"),
        _field("consumer_kind", "谁用", "used by"),
        _field("consumer", "使用者", "user"),
        _field("for_item", "所需物料", "item needed"),
        _field("lot", "批号", "lot"),
        _field("date", "日期", "date", "date"),
        _field("source_kind", "来自", "taken from"),
        _field("source", "来源单号", "source"),
        _field("cost", "合计成本", "cost in all", "money"),
        _field("effective_unit_cost", "每个要用的实际花", "real cost of each one needed", "price"),
        _field("alternative", "次优办法", "next best"),
        _field("alternative_supplier", "次优来源", "its source"),
        _field("alternative_qty", "次优数量", "its quantity", "qty"),
        _field("alternative_cost", "次优成本", "its cost", "money"),
        _field("seq", "工序", "operation", "whole"),
        _field("resource", "资源", "resource"),
        _field("minutes", "分钟", "minutes", "qty"),
    )
)

WORDS: dict[str, dict[str, Sentence]] = {
    "severity": {
        "error": Sentence("错误", "error"),
        "warning": Sentence("警告", "warning"),
        "info": Sentence("提示", "remark"),
    },
    "consumer_kind": {"order": Sentence("计划单", "order"), "demand": Sentence("需求", "demand")},
    "source_kind": {
        "stock": Sentence("库存", "stock"),
        "supply": Sentence("在途", "on order"),
        "order": Sentence("计划单", "order"),
    },
    "alternative": {
        "none": Sentence("没有别的办法", "no other way"),
        "supplier": Sentence("换来源", "another source"),
        "quantity": Sentence("换数量", "another quantity"),
        "split": Sentence("分两次下单", "in two orders"),
        "beyond limits": Sentence("更便宜但超出上限", "cheaper, but beyond your limits"),
        "too late": Sentence("更便宜但来不及", "cheaper, but too late"),
    },
}
"""Short words of the plan's tables as people say them."""
