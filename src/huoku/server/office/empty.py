"""What an empty list says: what its rows are for, and where the first of them comes from."""

from typing import NamedTuple

from django.urls import reverse

from huoku.language import Language, Sentence
from huoku.server.office.menu import LINKS
from huoku.server.platform.actor import Actor
from huoku.server.platform.tables.table import TABLES


class Next(NamedTuple):
    """``why``: what the rows are for; ``words``, ``view``: the page from which they come, with what it is asked."""

    why: Sentence
    words: Sentence | None = None
    view: str = ""
    args: tuple[str, ...] = ()
    query: str = ""


OWN = Sentence("导入自己的数据", "Bring in my own data")
TO_MAKE = "?filter%5Bkind%5D%5Bin%5D=make&filter%5Bstate%5D%5Bin%5D=open"
EMPTY: dict[str, Next] = {
    "items": Next(
        Sentence(
            "物料是一切的起点：买的、做的、卖的都在这里。",
            "Everything begins with items: what is bought, made and sold.",
        ),
        OWN,
        "own_data",
    ),
    "boms": Next(
        Sentence("清单说明做一件要用哪些料。", "A bill says what one piece is made of."),
        OWN,
        "own_data",
    ),
    "suppliers": Next(Sentence("向谁买。", "Who one buys from."), OWN, "own_data"),
    "customers": Next(Sentence("卖给谁。", "Who one sells to."), OWN, "own_data"),
    "sources": Next(
        Sentence("哪家供应商以什么条件卖哪种料。", "Which supplier sells which item on what terms."), OWN, "own_data"
    ),
    "sales_orders": Next(
        Sentence("客户要什么、要多少、哪天要。", "What customers want, how much, by when."),
        Sentence("先看能答应哪天", "Look what day can be promised"),
        "desk_quotation",
    ),
    "shipments": Next(
        Sentence(
            "发货单从销售订单上做：打开订单，按“发货”。", "Shipments are made on sales orders: open one and ship it."
        ),
        Sentence("看待发的订单", "See orders to be shipped"),
        "office_list",
        ("sales_orders",),
        "?filter%5Bstate%5D%5Bin%5D=confirmed",
    ),
    "purchase_requests": Next(
        Sentence("谁要什么料、哪天要，采购据此下单。", "Who needs what by when; buyers order by it."),
        Sentence("看这周要买什么", "See what to buy this week"),
        "desk_buying",
    ),
    "purchase_orders": Next(
        Sentence(
            "向供应商订的货。计划建议买什么，批准就成订单。",
            "What is ordered from suppliers. Approve what is proposed.",
        ),
        Sentence("看这周要买什么", "See what to buy this week"),
        "desk_buying",
    ),
    "work_orders": Next(
        Sentence(
            "要做的每一批。接受计划的自制建议，就成工单。", "Each batch to be made. Accept what the plan proposes."
        ),
        Sentence("看自制建议", "See what to make"),
        "office_list",
        ("proposals",),
        TO_MAKE,
    ),
    "pick_lists": Next(
        Sentence("一趟把几张工单的料都取齐。", "One walk through the store for several orders."),
        Sentence("看哪些工单可以领料", "See for which orders something can be fetched"),
        "shop_picking",
    ),
    "job_reports": Next(
        Sentence(
            "每道工序做了多少、报废多少、用了几分钟。", "What was made and scrapped at each operation, in what time."
        ),
        Sentence("去报工", "Report work"),
        "shop_work",
    ),
    "transfers": Next(
        Sentence(
            "料从一个库位调到另一个：发出后算在途，收到才入账，少了要说明去处。",
            "From one place to another: on its way once sent, there once received; what got lost is accounted for.",
        )
    ),
    "counts": Next(
        Sentence("盘点时数到的数和账面的差异。", "What was counted, beside what the books said."),
        Sentence("开始盘点", "Start counting"),
        "shop_counting",
    ),
    "count_tasks": Next(
        Sentence("该盘哪里：按 ABC 类到期、账有疑点、抽查。", "Where to count: due by class, doubted, or drawn."),
        Sentence("列出该盘的", "List what is due"),
        "shop_counting",
    ),
    "shortages": Next(
        Sentence(
            "现在没有缺料。工单齐不了套、拣料拣不到时，这里自动开单。",
            "Nothing lacks now. A case opens by itself when an order's material is not complete or not found.",
        ),
        Sentence("看齐套", "See kitting"),
        "shop_kitting",
    ),
    "plan_runs": Next(
        Sentence(
            "每次计划算出了什么，和上一次比好了还是差了。", "What each plan came to, better or worse than the last."
        ),
        Sentence("现在算一次", "Plan now"),
        "office_add",
        ("plan_runs",),
    ),
    "proposals": Next(
        Sentence("计划建议买什么、做什么、调什么。先算一次计划。", "What the plan proposes. Work one out first."),
        Sentence("现在算一次", "Plan now"),
        "office_add",
        ("plan_runs",),
    ),
    "valuations": Next(
        Sentence(
            "按一种方法给某天的库存算价值和跌价准备，留作凭据，不改账。",
            "What the stock of a day is worth by a method, and its provision: kept as evidence, changes no book.",
        )
    ),
    "period_locks": Next(
        Sentence(
            "关账以后，那天以前的库存移动不能再补记，报表不会再变。",
            "After it nothing can be entered for days before: reports stay as they were.",
        )
    ),
    "customer_statements": Next(
        Sentence(
            "一个月和客户的往来：发了什么、退了什么、该收多少。",
            "A month with a customer: what went, what came back, what is due.",
        )
    ),
    "supplier_statements": Next(
        Sentence(
            "一个月和供应商的往来：收了什么、退了什么、该付多少。",
            "A month with a supplier: what came, what went back, what is due.",
        )
    ),
    "resources": Next(
        Sentence(
            "机台、班组、产线，每天能干多少分钟；排产按它。", "Machines, teams and lines, and the minutes they work."
        ),
        OWN,
        "own_data",
    ),
    "sites": Next(
        Sentence(
            "有几个厂区就建几个；只有一个可以不建。", "One for each place of work; with a single one none is needed."
        )
    ),
    "lanes": Next(
        Sentence(
            "厂区之间怎么运，几天，多少钱；计划据此调料。",
            "Ways between sites, with days and cost; plans move by them.",
        )
    ),
    "outlets": Next(Sentence("余料能卖给谁、退给谁，能收回几成。", "Ways out for leftovers, and what they give back.")),
    "substitutes": Next(
        Sentence("缺料时可以用什么代替，一个顶几个。", "What may stand in for what, and by which ratio.")
    ),
    "supplier_offers": Next(
        Sentence(
            "供应商写下的报价；买料时和别的买法并排比。",
            "What suppliers offered in writing; weighed beside other ways.",
        ),
        Sentence("看这周要买什么", "See what to buy this week"),
        "desk_buying",
    ),
    "forecasts": Next(
        Sentence(
            "合同和预测的用量；计划提前备料，但不当成订单。",
            "What contracts and forecasts will take; plans provide for it.",
        )
    ),
    "jobs": Next(
        Sentence(
            "导入、核对这类要等一会儿的事，进度和结果在这里。",
            "What takes a while, such as bringing in data or verifying the record: how far it is and what came of it.",
        )
    ),
    "examinations": Next(
        Sentence(
            "每天夜里自动查账，对不上的列在这里。", "Each night the books are examined; what does not hold is listed."
        ),
    ),
    "low_stock": Next(
        Sentence("低于安全库存的料会列在这里。", "What falls below its safety stock is listed here."),
    ),
    "debts": Next(
        Sentence(
            "账上没有、实际已领走的数量；补上入库就消掉。", "Taken although the books had none; a receipt settles it."
        ),
    ),
    "tasks": Next(Sentence("没有等您办的事。", "Nothing waits for you.")),
    "approvals": Next(Sentence("没有等您复核的事。", "Nothing waits for your approval.")),
    "purchase_chases": Next(Sentence("没有要催的货。", "No delivery has to be chased.")),
}
"""By table. A list that is not named here says what every empty list says."""


def empty_of(actor: Actor, table: str, lang: Language) -> dict[str, str]:
    """``why``, and ``words`` and ``address`` of what leads on, where the actor may go there; nothing of a list without
    words of its own."""
    told = EMPTY.get(table)
    if told is None:
        return {}
    found = {"why": told.why.say(lang)}
    if told.words is not None and _may_open(actor, told):
        found |= {"words": told.words.say(lang), "address": reverse(told.view, args=told.args) + told.query}
    return found


def _may_open(actor: Actor, told: Next) -> bool:
    if told.view == "office_list":
        return actor.may(TABLES[told.args[0]].read)
    if told.view == "office_add":
        add = TABLES[told.args[0]].add
        return add is not None and actor.may(add.right)
    return any(link.view == told.view and actor.may(link.right) for links in LINKS.values() for link in links)
