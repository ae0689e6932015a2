"""What the sorts of tasks are called. Where a task is about one item or line, its kind ends in a number."""

import re
from collections.abc import Mapping

from huoku.language import Sentence

TASK_KINDS: Mapping[str, Sentence] = {
    "anomalies": Sentence("账务不符", "the books do not hold"),
    "below_safety_stock": Sentence("低于安全库存", "below safety stock"),
    "components_short": Sentence("工单缺料", "materials of a work order"),
    "confirm": Sentence("部门确认", "confirm an order"),
    "confirm_refused": Sentence("部门不同意", "a department says no"),
    "expedite": Sentence("催货", "hurry a purchase"),
    "failed": Sentence("没有办成", "could not be done"),
    "lever_charge": Sentence("请客户承担", "charge the customer"),
    "lever_negotiate": Sentence("谈起订量和价格", "negotiate"),
    "lever_quote": Sentence("要一份报价", "ask for a quote"),
    "lever_split": Sentence("要求分批交货", "ask to split"),
    "lever_substitute": Sentence("请工程批准替代", "ask for a substitute"),
    "lever_wait": Sentence("先等等", "wait"),
    "line_stops": Sentence("要停线", "the line stops"),
    "lock": Sentence("同意锁定期", "agree to a lock period"),
    "mentioned": Sentence("提到您", "somebody mentioned you"),
    "pick_short": Sentence("拣料缺料", "not found while picking"),
    "plan_failed": Sentence("计划没算成", "a plan failed"),
    "promise_lost": Sentence("失去供应", "a supply is lost"),
    "shortage": Sentence("缺料", "a shortage"),
    "shortage_hits_customer": Sentence("客户订单会晚", "a customer's order will be late"),
    "supply_late": Sentence("到货推迟", "a supply comes late"),
    "supply_short": Sentence("少到货", "less will come"),
    "surplus": Sentence("多出来的料", "a surplus"),
    "taken": Sentence("料让给更急的单", "taken for a more urgent order"),
    "transfer_asked": Sentence("申请调拨", "a transfer is asked for"),
    "urgent_request": Sentence("加急请购", "an urgent request"),
    "work_in_progress_left": Sentence("在制余料", "materials left at the work"),
}
LAST_NUMBER = re.compile(r"_\d+$")


def sort_of(kind: str) -> str:
    """The kind without the item or line that it is about: ``taken_6`` is ``taken``."""
    return LAST_NUMBER.sub("", kind)
