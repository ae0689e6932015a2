"""What sources, causes, ways and hits are called, in both languages."""

from collections.abc import Mapping

from huoku.language import Sentence
from huoku.server.shortages.models import Hit, ShortageCase, Way

SOURCES: Mapping[str, Sentence] = {
    ShortageCase.Source.PICK: Sentence("拣料时没有找到", "not found while picking"),
    ShortageCase.Source.KIT: Sentence("工单齐套缺料", "the kit is short"),
    ShortageCase.Source.LATE: Sentence("在途推迟", "supply comes late"),
    ShortageCase.Source.TAKEN: Sentence("让给更急的单", "taken for a more urgent order"),
    ShortageCase.Source.HAND: Sentence("人工上报", "told by somebody"),
}
CAUSES: Mapping[str, Sentence] = {
    ShortageCase.Cause.FORECAST: Sentence("预测偏低", "the forecast was too low"),
    ShortageCase.Cause.CONSUMPTION: Sentence("异常消耗", "more was used than planned"),
    ShortageCase.Cause.COUNT: Sentence("账实不符", "the book was wrong"),
    ShortageCase.Cause.LATE_RECEIPT: Sentence("到货晚", "the supplier was late"),
    ShortageCase.Cause.LATE_PURCHASE: Sentence("采购下单晚", "it was ordered too late"),
    ShortageCase.Cause.NOT_SYNCHRONISED: Sentence("数据不同步", "data were not synchronised"),
    ShortageCase.Cause.NO_PROCEDURE: Sentence("没有应急机制", "there was no procedure for it"),
    ShortageCase.Cause.OTHER: Sentence("其他原因", "another cause"),
}
WAYS: Mapping[str, Sentence] = {
    Way.Kind.STOCK: Sentence("本厂区其他库位", "other places and lots"),
    Way.Kind.LEFT_AT_WORK: Sentence("车间余料", "left over at finished work"),
    Way.Kind.TRANSFER: Sentence("调拨", "from another site"),
    Way.Kind.SUBSTITUTE: Sentence("替代料", "substitute"),
    Way.Kind.NEAR_MATCH: Sentence("近似料", "something alike"),
    Way.Kind.TAKE_OVER: Sentence("占用低优先级预留", "from a less urgent order"),
    Way.Kind.WAIT: Sentence("等在途", "wait for what is on order"),
    Way.Kind.EXPEDITE: Sentence("催货", "hurry what is on order"),
    Way.Kind.BUY: Sentence("急采", "buy"),
    Way.Kind.MAKE: Sentence("自制", "make"),
    Way.Kind.BUILD_PART: Sentence("先做一部分", "build a part first"),
    Way.Kind.RESEQUENCE: Sentence("先做别的单", "build another order first"),
}
STATES: Mapping[str, Sentence] = {
    Way.State.OPEN: Sentence("可选", "open"),
    Way.State.CHOSEN: Sentence("已选", "chosen"),
}
HITS: Mapping[str, Sentence] = {
    Hit.Kind.WORK_ORDER: Sentence("生产工单", "work order"),
    Hit.Kind.SALES_LINE: Sentence("客户订单", "customer's order"),
}
STEPS: Mapping[str, Sentence] = {
    "found": Sentence("发现", "found"),
    "verified": Sentence("核实", "verified"),
    "chosen": Sentence("选定办法", "chosen"),
    "supply": Sentence("来源", "supply"),
    "later": Sentence("推迟", "later"),
    "solved": Sentence("料齐", "solved"),
    "closed": Sentence("归因", "closed"),
}
