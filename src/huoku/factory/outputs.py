"""The output tables of a plan, as data: the columns that ``Plan.save`` writes and every reader may rely on."""

from huoku.factory.contract import Choice, Column, Kind, Table
from huoku.language import Sentence

KINDS_OF_ORDER = (Choice("buy", ("采购",)), Choice("make", ("生产",)), Choice("transfer", ("调拨",)))
KINDS_OF_CONSUMER = (Choice("order", ("计划单",)), Choice("demand", ("需求",)))
KINDS_OF_ORIGIN = (Choice("stock", ("库存",)), Choice("supply", ("在途",)), Choice("order", ("计划单",)))


def _column(
    name: str, zh: str, kind: Kind, zh_note: str, en_note: str, choices: tuple[Choice, ...] = (), *, empty: bool = False
) -> Column:
    return Column(name, zh, kind, Sentence(zh_note, en_note), required=not empty, choices=choices)


ORDER = _column("order", "计划单号", "code", "计划单的名字", "the planned order")
DEMAND = _column("demand", "需求单号", "code", "哪个需求", "the demand")
ITEM = _column("item", "物料编码", "code", "哪种物料", "the item")
LOCATION = _column("location", "库位", "code", "在哪里", "where")
QTY = _column("qty", "数量", "number", "多少", "how much")
DATE = _column("date", "日期", "date", "哪一天", "the day")
SOURCE_KIND = _column(
    "source_kind", "来源类型", "choice", "库存、在途或计划单", "stock, supply or order", KINDS_OF_ORIGIN
)
SOURCE = _column("source", "来源", "code", "在途单或计划单的名字", "the supply's or order's name", empty=True)

ORDERS = Table(
    "orders",
    "计划订单",
    Sentence("建议下的采购单、生产单和调拨单", "the orders the plan proposes"),
    (
        ORDER,
        _column("kind", "类型", "choice", "采购、生产、调拨", "buy, make or transfer", KINDS_OF_ORDER),
        ITEM,
        LOCATION,
        QTY,
        _column("start", "开始日期", "date", "哪天下单或开工", "the day it is placed or started"),
        _column("due", "到货日期", "date", "哪天到货或完工", "the day it arrives or is done"),
        _column("supplier", "供应商", "code", "向谁买", "from whom it is bought", empty=True),
        _column("from_location", "调出库位", "code", "从哪里调", "where a transfer starts", empty=True),
        _column("unit_price", "单价", "money", "所到价格阶梯的价", "the price of its price break", empty=True),
        _column("fees", "费用", "money", "每单费用或准备成本", "order fee or setup cost", empty=True),
        _column("why", "原因", "text", "一句读得懂的话", "one readable sentence", empty=True),
    ),
    ("order",),
)

USAGE = Table(
    "usage",
    "用料",
    Sentence("谁在哪天从哪里用掉什么", "who uses what, from where, on which day"),
    (
        _column("consumer_kind", "使用者类型", "choice", "计划单或需求", "order or demand", KINDS_OF_CONSUMER),
        _column("consumer", "使用者", "code", "计划单或需求的名字", "the order or demand"),
        _column("for_item", "所需物料", "code", "BOM 行或需求要的物料", "what the BOM line or demand names"),
        _column(
            "item", "实用物料", "code", "真正拿的物料，本身或替代料", "what is really taken: the same or a substitute"
        ),
        LOCATION,
        _column("lot", "批号", "code", "哪一批", "which lot", empty=True),
        QTY,
        DATE,
        SOURCE_KIND,
        SOURCE,
    ),
)

PROMISES = Table(
    "promises",
    "承诺",
    Sentence("每个需求承诺哪天交多少", "what is promised to each demand, and when"),
    (
        DEMAND,
        QTY,
        _column("date", "承诺日期", "date", "不早于交货日期", "never before its due day"),
        _column("late_days", "迟交天数", "whole", "比交货日期晚几天", "days after the due day"),
        _column(
            "reason",
            "原因",
            "text",
            "准时为空；否则是卡住它的东西",
            "empty when on time; else what holds it up",
            empty=True,
        ),
        _column("resource", "资源", "code", "因哪个资源排满而迟交", "the full resource behind it", empty=True),
    ),
)

EXCEPTIONS = Table(
    "exceptions",
    "预警",
    Sentence("需要人看一眼的事", "what a person should look at"),
    (
        _column("severity", "严重程度", "text", "多严重", "how severe"),
        _column("code", "代码", "code", "固定的短名", "a stable short name"),
        _column("subject", "对象", "code", "需求、订单、物料或在途单", "a demand, order, item or supply"),
        _column("message", "说明", "text", "一句话", "one sentence"),
    ),
)

LEFTOVERS = Table(
    "leftovers",
    "余料",
    Sentence("最后一天还剩下什么", "what is left on the last day"),
    (
        ITEM,
        LOCATION,
        QTY,
        _column("value", "价值", "money", "值多少", "what it is worth"),
        _column("cause", "起因", "code", "来自哪张订单或哪批库存", "the order or stock lot it comes from", empty=True),
        _column(
            "p_use",
            "用掉的概率",
            "rate",
            "计划期之后用掉的概率",
            "probability that it is used after the horizon",
            empty=True,
        ),
        _column("expected_loss", "预期损失", "money", "预计亏多少", "the loss to expect"),
    ),
)

SCHEDULE = Table(
    "schedule",
    "排程",
    Sentence("每道工序每天占用多少分钟", "the load of one operation on one day"),
    (
        ORDER,
        _column("seq", "工序号", "whole", "哪道工序", "which operation"),
        _column("resource", "资源", "code", "在哪个资源上", "on which resource"),
        DATE,
        _column("minutes", "分钟", "number", "占用几分钟", "how many minutes"),
    ),
)

PEGGING = Table(
    "pegging",
    "溯源",
    Sentence("每个需求逐层用到了什么", "what each demand uses, level by level"),
    (
        DEMAND,
        _column("level", "层级", "whole", "0 是需求本身", "0 is the demand itself"),
        ITEM,
        SOURCE_KIND,
        SOURCE,
        LOCATION,
        QTY,
        DATE,
    ),
)

OUTPUT_TABLES: dict[str, Table] = {
    table.name: table for table in (ORDERS, USAGE, PROMISES, EXCEPTIONS, LEFTOVERS, SCHEDULE, PEGGING)
}
"""Every output table by its name."""
