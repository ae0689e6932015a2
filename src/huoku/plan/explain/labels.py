"""The names of the facts that explain a plan, in both languages."""

from huoku.language import Sentence

QTY = Sentence("数量", "quantity")
SUPPLIER = Sentence("供应商", "supplier")
PLACE = Sentence("下单", "order on")
START = Sentence("开工", "start on")
LEAVES = Sentence("发出", "leaves")
FROM = Sentence("从", "from")
TO = Sentence("到", "to")
CARRYING = Sentence("运费", "carrying")
ARRIVES = Sentence("到货", "arrives")
DONE = Sentence("完工", "done")
UNIT_PRICE = Sentence("单价", "unit price")
AMOUNT = Sentence("金额", "amount")
FEE = Sentence("每单费用", "order fee")
SETUP = Sentence("准备成本", "set-up")

NEEDED = Sentence("其中要用", "of it needed")
MOQ = Sentence("起订量", "MOQ")
LOT_MIN = Sentence("最小批量", "smallest lot")
MULTIPLE = Sentence("倍数", "multiple")
LEAST_VALUE = Sentence("最低订单金额", "least order value")
OVER = Sentence("多出", "left over")
OVER_SHARE = Sentence("多出占比", "share left over")
COST = Sentence("合计成本", "cost in all")
EFFECTIVE = Sentence("每个要用的实际花", "real cost of each one needed")
OTHER_WAY = {
    "supplier": Sentence("次优：换来源", "next best: another source"),
    "quantity": Sentence("次优：换数量", "next best: another quantity"),
    "split": Sentence("次优：分两次下单", "next best: in two orders"),
    "beyond limits": Sentence("更便宜但超出上限", "cheaper, but beyond your limits"),
    "too late": Sentence("更便宜但来不及", "cheaper, but too late"),
}
OTHER_QTY = Sentence("次优数量", "its quantity")
OTHER_COST = Sentence("次优成本", "its cost")
DIFFERENCE = Sentence("比所选贵", "dearer by")

CUSTOMER = Sentence("客户", "customer")
ASKED = Sentence("要", "asked for")
DUE = Sentence("交期", "due")
PROMISED_QTY = Sentence("承诺数量", "promised")
PROMISED_FOR = Sentence("承诺日期", "promised for")
LATE_DAYS = Sentence("晚", "late by")
PRIORITY = Sentence("优先级", "priority")
SALES_VALUE = Sentence("销售额", "sales value")
LATENESS = Sentence("迟交成本", "cost of lateness")
MARGIN = Sentence("毛利（销售额减材料和费用）", "margin (sales less material and fees)")
BOOKED = Sentence("为它多买的余料预计亏", "expected loss on what is left of its purchases")
MARGIN_AFTER = Sentence("扣掉余料后的毛利", "margin after that loss")

DUE_IN = Sentence("应到", "due")

EACH_DAY = Sentence("每天可用", "works each day")
WORK = Sentence("排了", "has to do")
ORDERS = Sentence("计划单", "orders")
LOAD = Sentence("平均负荷", "load")
WORK_COST = Sentence("按小时成本", "cost of these hours")
MADE_LATE = Sentence("卡住的需求", "demands held up")

DEMANDS = Sentence("需求", "demands")
ON_TIME = Sentence("按时", "on time")
LATE = Sentence("迟交", "late")
PURCHASES = Sentence("采购订单", "purchase orders")
MAKE_ORDERS = Sentence("生产订单", "make orders")
TOTAL_COST = Sentence("总成本", "total cost")
LEFT_OVER = Sentence("期末余料", "left over")

KIND = Sentence("属性", "kind")
KINDS = {"buy": Sentence("外购", "bought"), "make": Sentence("自制", "made"), "phantom": Sentence("虚拟件", "phantom")}
ON_HAND = Sentence("现有", "on hand")
RESERVED = Sentence("其中已预留", "of it reserved")
OPEN_SUPPLIES = Sentence("在途", "on order")
PLANNED = Sentence("计划订单", "planned orders")
TAKEN = Sentence("要用", "needed")
LEFT = Sentence("期末剩余", "left on the last day")
LEFT_VALUE = Sentence("剩余价值", "worth of what is left")
SAFETY = Sentence("安全库存", "safety stock")
UNIT_VALUE = Sentence("单位价值", "unit value")
