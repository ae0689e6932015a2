"""The input tables of the factory folder, as data: the contract's columns, bounds, defaults and keys."""

from decimal import Decimal

from huoku.factory.column_kinds import ONE, ZERO, choice, code, day, days, money, number, text, whole
from huoku.factory.contract import Choice, Column, Table
from huoku.language import Sentence

KINDS_OF_ITEM = (
    Choice("buy", ("外购", "采购", "购买")),
    Choice("make", ("自制", "生产", "制造")),
    Choice("phantom", ("虚拟件", "虚拟", "虚设件")),
)
LIFECYCLES = (
    Choice("active", ("在用", "正常", "量产")),
    Choice("launch", ("新品", "导入", "试产")),
    Choice("phase_out", ("淘汰中", "逐步淘汰")),
    Choice("obsolete", ("停用", "淘汰", "停产")),
)
STOCK_STATES = (
    Choice("available", ("可用", "合格", "良品")),
    Choice("quarantine", ("待检", "隔离")),
    Choice("blocked", ("冻结", "不合格", "锁定")),
)
KINDS_OF_SUPPLY = (
    Choice("buy", ("采购", "外购")),
    Choice("make", ("生产", "自制")),
    Choice("transfer", ("调拨",)),
)
SUPPLY_STATES = (Choice("released", ("已下达", "已发出", "下达")), Choice("planned", ("计划", "已计划", "未下达")))
KINDS_OF_OUTLET = (
    Choice("return", ("退供应商", "退货")),
    Choice("transfer", ("调拨", "转厂")),
    Choice("resale", ("转卖", "转售")),
    Choice("promotion", ("促销", "搭售")),
    Choice("scrap", ("报废", "废品")),
)
MOQ_REASONS = (
    Choice("setup", ("换产", "开机", "换模")),
    Choice("freight", ("运费", "物流")),
    Choice("administration", ("管理", "单据")),
    Choice("material", ("原料", "来料")),
    Choice("other", ("其他",)),
)
KINDS_OF_DEMAND = (
    Choice("order", ("订单", "销售订单")),
    Choice("contract", ("合同", "框架合同")),
    Choice("forecast", ("预测",)),
)


LOCATION = code("location", "库位", "不填就是 MAIN", "MAIN where empty", default="MAIN")
VALID_FROM = day("valid_from", "生效日期", "从这一天起有效，含当天", "valid from this day on, inclusive")
VALID_TO = day("valid_to", "失效日期", "到这一天为止有效，含当天", "valid up to this day, inclusive")

ITEMS = Table(
    "items",
    "物料",
    Sentence("买的、做的、卖的每一种东西，一行一种", "everything that is bought, made or sold, one row each"),
    (
        code("item", "物料编码", "唯一的编码，前导零会保留", "the code, unique; leading zeros are kept", required=True),
        text("name", "物料名称", "给人看的名称", "the name people use"),
        code("unit", "单位", "计量单位，不填就是 pcs", "unit of measure, pcs where empty", default="pcs"),
        choice(
            "kind",
            "物料属性",
            "外购、自制或虚拟件；不填时有 BOM 的算自制，否则算外购；既有 BOM 又有货源的，两者皆可，按钱选",
            "buy, make or phantom; empty: make when it has a BOM, else buy; with both, whichever costs less",
            KINDS_OF_ITEM,
        ),
        days(
            "lead_time_days",
            "提前期",
            "自制的天数；没有货源行时也是采购的天数",
            "days of making; of buying where no source row says",
        ),
        money(
            "unit_cost",
            "单位成本",
            "不填时取最低货源价，自制件取材料成本",
            "empty: the cheapest source price, or the material of a made item",
        ),
        money("price", "销售单价", "不填时取单位成本", "sales price; the unit cost where empty"),
        money("setup_cost", "准备成本", "每张生产单一次", "once per make order", default=ZERO),
        number(
            "safety_stock",
            "安全库存",
            "满足全部需求之后再补足；低于它是预警，不计成本",
            "brought up after all demands are served; falling below it is an exception, not money",
            default=ZERO,
        ),
        number("lot_min", "最小批量", "一张生产单至少做多少", "smallest make order", default=ZERO),
        number("lot_multiple", "批量倍数", "0 表示不限", "make orders are a multiple of this; 0: any", default=ZERO),
        number("lot_max", "最大批量", "不填表示不限", "largest make order; none where empty", positive=True),
        days("shelf_life_days", "保质期", "不填表示不过期", "shelf life; none where empty"),
        whole(
            "decimals",
            "小数位数",
            "数量小数点后的位数；不填时单位 pcs 为 0，其他为 3",
            "digits after the point in quantities; empty: 0 for unit pcs, else 3",
            high=6,
        ),
        choice(
            "lifecycle",
            "生命周期",
            "在用、新品、淘汰中、停用",
            "active, launch, phase_out, obsolete",
            LIFECYCLES,
            default="active",
        ),
        number("volume", "体积", "每单位立方米，只汇总不限制", "m3 per unit; reported, not enforced"),
        Column("attributes", "扩展属性", "json", Sentence("一个 JSON 对象", "a JSON object")),
    ),
    ("item",),
)

BOM = Table(
    "bom",
    "物料清单",
    Sentence("做一件父件用哪些子件，各用多少", "what one parent is made of"),
    (
        code("parent", "父项编码", "做的是哪种物料", "the item that is made", required=True),
        code("component", "子项编码", "用掉的是哪种物料", "the item that is used up", required=True),
        number("qty", "用量", "每一件父件的用量", "per one parent", required=True, positive=True),
        Column(
            "scrap_rate",
            "变动损耗率",
            "rate",
            Sentence(
                "5% 就写 0.05 或 5%；需求 = 用量 ×（1 + 损耗率）", "0.05 or 5%; the requirement is qty x (1 + rate)"
            ),
            default=ZERO,
            low=ZERO,
            high=Decimal(10),
            high_open=True,
        ),
        number("fixed_scrap", "固定损耗", "每张生产单一次", "once per order", default=ZERO),
        VALID_FROM,
        VALID_TO,
        code("operation", "工序", "在哪道工序投料", "the operation that uses it"),
    ),
)

SOURCES = Table(
    "sources",
    "货源",
    Sentence("哪种物料可以向谁买，条件是什么", "who sells what, on which terms"),
    (
        code("item", "物料编码", "买的是哪种物料", "the item that is bought", required=True),
        code("supplier", "供应商", "供应商编码", "the supplier", required=True),
        number("moq", "起订量", "一张采购单至少买多少", "smallest order", default=ZERO),
        number("multiple", "整包量", "0 表示不限", "orders are a multiple of this; 0: any", default=ZERO),
        days(
            "lead_time_days", "采购提前期", "下单到到货的日历天数", "calendar days from order to arrival", required=True
        ),
        money("price", "单价", "不填时取物料的单位成本", "the item's unit cost where empty"),
        money("order_fee", "每单费用", "每张采购单一次，如运费", "once per order, such as freight", default=ZERO),
        money("min_order_value", "最低订单金额", "一张采购单至少的金额", "smallest value of one order", default=ZERO),
        VALID_FROM,
        VALID_TO,
        whole("priority", "优先级", "条件相同时先选小的", "1 is tried first among equals", default=5, low=0),
        choice(
            "moq_reason",
            "起订原因",
            "供应商为什么有起订量：换产、运费、管理、原料、其他；只用于谈判",
            "why the supplier has a minimum: setup, freight, administration, material or other; for talks alone",
            MOQ_REASONS,
        ),
    ),
    ("item", "supplier", "valid_from"),
)

PRICE_BREAKS = Table(
    "price_breaks",
    "价格阶梯",
    Sentence("买得多就便宜：整单按所到阶梯的价", "all-units price breaks: the price of the whole order"),
    (
        code("item", "物料编码", "买的是哪种物料", "the item that is bought", required=True),
        code("supplier", "供应商", "货源表里的供应商", "a supplier of the sources table", required=True),
        number("min_qty", "起价数量", "从这个数量起", "from this quantity on", required=True),
        money("price", "单价", "整单的单价", "the unit price of the whole order", required=True),
    ),
    ("item", "supplier", "min_qty"),
)

SUBSTITUTES = Table(
    "substitutes",
    "替代料",
    Sentence("缺料时可以用什么代替", "what may be used instead"),
    (
        code("item", "物料编码", "被替代的物料", "the item that is wanted", required=True),
        code("substitute", "替代料编码", "拿来替代的物料", "the item that is taken instead", required=True),
        number(
            "ratio",
            "替代比例",
            "一件原料要几件替代料",
            "units of the substitute for one of the item",
            default=ONE,
            positive=True,
        ),
        whole("priority", "优先级", "小的先用", "1 is tried first", default=1, low=0),
        code(
            "parent", "父项编码", "只对这个父件有效；不填对全部有效", "only for this parent; every parent where empty"
        ),
        VALID_FROM,
        VALID_TO,
    ),
)

STOCK = Table(
    "stock",
    "库存",
    Sentence("现在手上有什么，一批一行", "what is on hand, one row per lot"),
    (
        code("item", "物料编码", "哪种物料", "the item", required=True),
        number("qty", "数量", "现有量", "on hand", required=True),
        LOCATION,
        code("lot", "批号", "批次，可不填", "the lot, if any"),
        day("received_on", "入库日期", "哪天入库", "the day it came in"),
        day("expires_on", "有效期至", "最后可用的一天", "the last usable day"),
        choice(
            "status",
            "库存状态",
            "可用、待检、冻结；只有可用的参与计划",
            "available, quarantine or blocked; only what is available is planned",
            STOCK_STATES,
            default="available",
        ),
        code("order", "来源单号", "哪张单带来的，不参与计划", "the order that brought it; not planned with"),
    ),
)

SUPPLIES = Table(
    "supplies",
    "在途订单",
    Sentence("已经下了、还没到的采购单和生产单", "open orders that are already placed"),
    (
        code("supply", "在途单号", "唯一的单号", "the order's name, unique", required=True),
        code("item", "物料编码", "来的是哪种物料", "the item that comes", required=True),
        number("qty", "数量", "还要来多少", "still to come", required=True, positive=True),
        day(
            "due",
            "到货日期",
            "过期未到的按今天到算，并给出预警",
            "overdue counts as here today, with an exception",
            required=True,
        ),
        LOCATION,
        choice("kind", "单据类型", "采购、生产、调拨", "buy, make or transfer", KINDS_OF_SUPPLY, default="buy"),
        code("supplier", "供应商", "向谁买的", "from whom"),
        choice(
            "status",
            "单据状态",
            "已下达；计划：生产单的子件还没领",
            "released; planned: a make order's components are still to be issued",
            SUPPLY_STATES,
            default="released",
        ),
    ),
    ("supply",),
)

DEMANDS = Table(
    "demands",
    "需求",
    Sentence("客户要什么、要多少、哪天要", "what customers want, how much, by when"),
    (
        code("demand", "需求单号", "唯一的单号或行号", "the order line's name, unique", required=True),
        code("item", "物料编码", "要的是哪种物料", "the item that is wanted", required=True),
        number("qty", "数量", "要多少", "how much", required=True, positive=True),
        day("due", "交货日期", "哪天要", "by when", required=True),
        LOCATION,
        whole("priority", "优先级", "1 最急，不填为 5", "1 is most urgent, 5 where empty", default=5, low=0),
        code("customer", "客户", "谁要的", "who wants it"),
        choice(
            "kind",
            "需求类型",
            "订单、合同、预测；预测按月被订单冲减",
            "order, contract or forecast; a forecast is reduced by the orders of its month",
            KINDS_OF_DEMAND,
            default="order",
        ),
        money("price", "销售单价", "不填时取物料的销售单价", "the item's sales price where empty"),
    ),
    ("demand",),
)

RESERVATIONS = Table(
    "reservations",
    "预留",
    Sentence("只留给某个需求的库存", "stock that only one demand may use"),
    (
        code("demand", "需求单号", "留给哪个需求", "the demand it is kept for", required=True),
        code("item", "物料编码", "哪种物料", "the item", required=True),
        number("qty", "数量", "留多少", "how much", required=True, positive=True),
        LOCATION,
        code("lot", "批号", "留哪一批，可不填", "which lot, if any"),
    ),
)

LOCATIONS = Table(
    "locations",
    "地点",
    Sentence("库位和车间", "where stock lies"),
    (
        code("location", "库位", "唯一的编码", "the code, unique", required=True),
        text("site", "厂区", "属于哪个厂区", "the site it belongs to"),
        text("kind", "库位类型", "如仓库、线边", "such as store or line side"),
        number("capacity", "容量", "立方米，只汇总不限制", "m3; reported, not enforced"),
    ),
    ("location",),
)

LANES = Table(
    "lanes",
    "调拨路线",
    Sentence("从哪里到哪里可以调拨", "between which locations stock may move"),
    (
        code("from", "调出库位", "从哪里", "from where", required=True),
        code("to", "调入库位", "到哪里", "to where", required=True),
        days("lead_time_days", "调拨天数", "日历天数", "calendar days", default=ZERO),
        money("cost", "单位运费", "每单位的运费", "per unit", default=ZERO),
        code("item", "物料编码", "不填对全部物料有效", "every item where empty"),
    ),
    ("from", "to", "item"),
)

OPERATIONS = Table(
    "operations",
    "工序",
    Sentence("自制件要经过哪些工序", "the steps by which an item is made"),
    (
        code("parent", "父项编码", "做的是哪种物料", "the item that is made", required=True),
        whole("seq", "工序号", "从小到大依次做", "in rising order", required=True),
        code("resource", "资源", "在哪个资源上做", "the resource that does it", required=True),
        number("setup_minutes", "准备分钟", "每张生产单一次", "once per order", default=ZERO),
        number("run_minutes", "单件分钟", "每一件", "per unit", default=ZERO),
    ),
    ("parent", "seq"),
)

FIXED_WORK = Table(
    "fixed_work",
    "定排工序",
    Sentence("人工排到某一天的在制工序，计划照排", "operations of open make orders that somebody has put on a day"),
    (
        code("supply", "在途单号", "哪张生产单", "the open make order", required=True),
        whole("seq", "工序号", "它的哪道工序", "which of its operations", required=True),
        day("date", "日期", "从哪天开始做，过期的按今天算", "begins on it; today if that is past", required=True),
        code("resource", "资源", "不填就在工序原来的资源上做", "that of the operation where empty"),
    ),
    ("supply", "seq"),
)

RESOURCES = Table(
    "resources",
    "资源",
    Sentence("机台、班组、产线", "machines, crews, lines"),
    (
        code("resource", "资源", "唯一的编码", "the code, unique", required=True),
        number("minutes_per_day", "每日分钟", "每天可用的分钟", "minutes it can work in a day", required=True),
        LOCATION,
        money("cost_per_hour", "小时成本", "每小时的成本", "per hour", default=ZERO),
    ),
    ("resource",),
)

CALENDAR = Table(
    "calendar",
    "日历",
    Sentence("哪些天开工、哪些天休息", "which days are open or closed"),
    (
        day("date", "日期", "哪一天", "the day", required=True),
        Column("open", "是否开工", "flag", Sentence("1 开工，0 休息", "1 open, 0 closed"), required=True),
        code("resource", "资源", "不填对全厂有效", "the whole factory where empty"),
        code("supplier", "供应商", "这家供应商当天不发货也不到货", "its closures: no order leaves or arrives that day"),
    ),
    ("date", "resource", "supplier"),
)

HISTORY = Table(
    "history",
    "历史用量",
    Sentence("过去每天用了或卖了多少，用来估计将来", "past use, from which future use is estimated"),
    (
        code("item", "物料编码", "哪种物料", "the item", required=True),
        day("date", "日期", "哪一天", "the day", required=True),
        number("qty", "数量", "当天用掉或卖出多少", "issued or sold on that day", required=True),
        code("location", "库位", "在哪里", "where"),
        code("customer", "客户", "卖给谁；不填也行", "to whom it was sold, where that is known"),
    ),
)

OUTLETS = Table(
    "outlets",
    "处置渠道",
    Sentence("用不上的库存可以怎么出手，给多少钱", "where stock that nobody will use can go, and for how much"),
    (
        code("item", "物料编码", "不填对全部物料有效", "every item where empty"),
        code("outlet", "渠道", "谁收，如供应商或回收商", "who takes it, such as a supplier or a dealer", required=True),
        choice(
            "kind",
            "处置方式",
            "退供应商、调拨、转卖、促销、报废",
            "return, transfer, resale, promotion or scrap",
            KINDS_OF_OUTLET,
            default="resale",
        ),
        Column(
            "share",
            "回收比例",
            "rate",
            Sentence("拿回价值的几成，30% 就写 0.3 或 30%", "part of the value that it pays: 0.3 or 30%"),
            required=True,
            low=ZERO,
            high=Decimal(10),
        ),
        money("fee", "费用", "每次一笔，如运费、返工费", "once, such as freight or rework", default=ZERO),
        number("least", "最少数量", "少于它不收", "takes no less than this", default=ZERO),
        number("most", "最多数量", "最多收多少，不填不限", "takes no more than this; any where empty", positive=True),
        day("until", "截止日期", "最后一天，含当天", "the last day on which it is open"),
        Column(
            "fade",
            "每月折价",
            "rate",
            Sentence("每晚一个月少给几成", "part of the share that is lost with each month of waiting"),
            default=ZERO,
            low=ZERO,
            high=ONE,
        ),
    ),
    ("item", "outlet"),
)

DISPOSALS = Table(
    "disposals",
    "处置记录",
    Sentence("已经处置掉的呆滞料：怎么出手的，拿回多少", "closed cases of dead stock: what went where, for how much"),
    (
        code("item", "物料编码", "哪种物料", "the item", required=True),
        day("date", "结案日期", "哪一天处置完", "the day on which the case was closed", required=True),
        number("qty", "数量", "处置了多少", "how much went", required=True, positive=True),
        code("outlet", "渠道", "给了谁，与处置渠道表一致", "who took it, as in the table outlets", required=True),
        money("proceeds", "回款", "拿回多少钱，费用不扣", "the money that came back, fees not taken off", default=ZERO),
        money("value", "账面价值", "不填按单位成本算", "as booked; at the item's unit cost where empty"),
        day("opened", "立案日期", "哪一天开始处理", "the day on which the case was opened"),
        code("supplier", "供应商", "当初向谁买的", "from whom it had been bought"),
        number("bought", "当初买了", "那张采购单买了多少", "how much that purchase brought", positive=True),
        number("needed", "当初要用", "那张采购单实际要用多少", "how much of that purchase was needed"),
        day("received_on", "入库日期", "当初哪一天入的库", "the day on which it had come in"),
        text("cause", "呆滞原因", "当初为什么会剩下", "why it was left over"),
        text("lesson", "教训", "下次怎么买才不会再剩", "what to do otherwise next time"),
    ),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        ITEMS,
        BOM,
        SOURCES,
        PRICE_BREAKS,
        SUBSTITUTES,
        STOCK,
        SUPPLIES,
        DEMANDS,
        RESERVATIONS,
        LOCATIONS,
        LANES,
        OPERATIONS,
        FIXED_WORK,
        RESOURCES,
        CALENDAR,
        HISTORY,
        OUTLETS,
        DISPOSALS,
    )
}
"""Every input table by its name, in the contract's order."""
