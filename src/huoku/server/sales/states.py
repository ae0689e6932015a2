"""The courses of sales orders and shipments."""

from huoku.language import Sentence
from huoku.server.documents.course import Step, declare
from huoku.server.sales.models import SalesOrder, Shipment

INQUIRY, HELD, PROVIDED, CONFIRMED, LOCKED = "inquiry", "held", "provided", "confirmed", "locked"
SHIPPED, CLOSED, CANCELLED = "shipped", "closed", "cancelled"
OPEN = (INQUIRY, HELD, PROVIDED)
AGREED = (CONFIRMED, LOCKED)
PLANNED = (PROVIDED, *AGREED)
"""The plan provides for what stands so: promised, or ordered and to be promised once its materials are on order."""

ORDER = declare(
    SalesOrder,
    {
        INQUIRY: Sentence("询价", "an inquiry"),
        HELD: Sentence("暂留", "provisionally held"),
        PROVIDED: Sentence("备料中", "being provided for"),
        CONFIRMED: Sentence("已确认", "confirmed"),
        LOCKED: Sentence("锁定期", "in its lock period"),
        SHIPPED: Sentence("已发货", "shipped"),
        CLOSED: Sentence("已关闭", "closed"),
        CANCELLED: Sentence("已取消", "cancelled"),
    },
    (CLOSED, CANCELLED),
    Step("sales.confirm_order", Sentence("确认订单", "confirm"), OPEN, (CONFIRMED,), is_main=True),
    Step("sales.take_over_order", Sentence("接过旧订单", "take over"), (INQUIRY,), (CONFIRMED,)),
    # With other lines a hold ends: nothing of it is kept any more.
    Step("sales.change_order", Sentence("修改", "change"), (INQUIRY, HELD), (INQUIRY,)),
    Step("sales.hold_order", Sentence("暂留库存", "hold provisionally"), (INQUIRY, HELD), (HELD,)),
    Step("sales.release_hold", Sentence("放开暂留", "release the hold"), (HELD,), (INQUIRY,)),
    Step("sales.provide_order", Sentence("先备料", "provide for it"), (INQUIRY, HELD), (PROVIDED,)),
    Step("sales.stop_providing", Sentence("不再备料", "stop providing for it"), (PROVIDED,), (INQUIRY,)),
    Step("sales.ask_departments", Sentence("请各部门确认", "ask the departments"), (*OPEN, CONFIRMED)),
    Step("sales.answer_for_department", Sentence("部门确认", "answer for a department"), (*OPEN, CONFIRMED)),
    Step("sales.change_quantity", Sentence("改数量", "change a quantity"), (CONFIRMED,), (SHIPPED,)),
    Step("sales.ask_lock", Sentence("提出锁定期", "ask for a lock period"), (CONFIRMED,)),
    Step("sales.agree_lock", Sentence("同意锁定期", "agree to the lock period"), (CONFIRMED,), (LOCKED,)),
    Step("sales.unlock_order", Sentence("解除锁定", "end the lock period"), (LOCKED,), (CONFIRMED,)),
    Step("sales.check_off", Sentence("核对客户要求", "check off a requirement"), AGREED),
    Step("sales.ship_goods", Sentence("发货", "ship"), AGREED, (*AGREED, SHIPPED), is_main=True),
    Step("sales.void_shipment", Sentence("撤回发货", "void a shipment"), (*AGREED, SHIPPED), AGREED),
    Step("sales.close_order", Sentence("关闭", "close"), (*AGREED, SHIPPED), (CLOSED,), is_main=True),
    Step("sales.cancel_order", Sentence("取消订单", "cancel"), (*OPEN, *AGREED), (CANCELLED,)),
)

SENT, PART_RETURNED, RETURNED, VOIDED = "sent", "part_returned", "returned", "voided"
SHIPMENT = declare(
    Shipment,
    {
        SENT: Sentence("已发出", "sent"),
        PART_RETURNED: Sentence("部分退回", "returned in part"),
        RETURNED: Sentence("已退回", "returned"),
        VOIDED: Sentence("已撤回", "void"),
    },
    (RETURNED, VOIDED),
    Step("sales.take_back", Sentence("客户退货", "take back"), (SENT, PART_RETURNED), (PART_RETURNED, RETURNED)),
    Step("sales.void_shipment", Sentence("撤回发货", "void"), (SENT,), (VOIDED,)),
    Step(
        "sales.void_return",
        Sentence("撤回退货", "void a return"),
        (PART_RETURNED, RETURNED),
        (SENT, PART_RETURNED),
        is_undoing=True,
    ),
)
