"""The courses of purchase requests and purchase orders."""

from huoku.language import Sentence
from huoku.server.documents.course import Step, declare
from huoku.server.purchasing.models import PurchaseOrder, PurchaseRequest
from huoku.server.purchasing.models.orders import COUNTED_ON, WITH_SUPPLIER

REQUEST = declare(
    PurchaseRequest,
    {
        "open": Sentence("待采购", "open"),
        "ordered": Sentence("已下单", "ordered"),
        "rejected": Sentence("已驳回", "rejected"),
        "withdrawn": Sentence("已撤回", "withdrawn"),
    },
    ("rejected", "withdrawn"),
    Step("purchasing.change_request", Sentence("修改", "change"), of=("open",)),
    Step("purchasing.order_requests", Sentence("下单", "order"), of=("open",), to=("ordered",), is_main=True),
    Step("purchasing.reject_request", Sentence("驳回", "reject"), of=("open",), to=("rejected",)),
    Step("purchasing.withdraw_request", Sentence("撤回", "withdraw"), of=("open",), to=("withdrawn",)),
    Step("purchasing.reopen_request", Sentence("重新打开", "reopen"), of=("ordered",), to=("open",)),
)

ORDER = declare(
    PurchaseOrder,
    {
        "draft": Sentence("草稿", "a draft"),
        "approved": Sentence("已批准", "approved"),
        "sent": Sentence("已发出", "sent"),
        "confirmed": Sentence("供应商已确认", "confirmed by the supplier"),
        "closed": Sentence("已关闭", "closed"),
        "cancelled": Sentence("已取消", "cancelled"),
    },
    ("closed", "cancelled"),
    Step("purchasing.change_order", Sentence("修改", "change"), of=("draft",)),
    Step("purchasing.add_line", Sentence("加一行", "add a line"), of=("draft",)),
    Step("purchasing.change_line", Sentence("改一行", "change a line"), of=("draft",)),
    Step("purchasing.remove_line", Sentence("删一行", "remove a line"), of=("draft",)),
    Step("purchasing.approve", Sentence("批准", "approve"), of=("draft",), to=("approved",), is_main=True),
    Step("purchasing.send", Sentence("发给供应商", "send"), of=("approved",), to=("sent",), is_main=True),
    Step("purchasing.confirm", Sentence("供应商确认", "confirm"), of=("sent",), to=("confirmed",), is_main=True),
    Step("purchasing.revise_dates", Sentence("改交期", "revise dates"), of=WITH_SUPPLIER),
    Step("purchasing.set_tolerance", Sentence("改交货容差", "set the tolerance"), of=COUNTED_ON),
    Step("purchasing.receive", Sentence("收货", "receive"), of=WITH_SUPPLIER, is_main=True),
    Step("purchasing.close", Sentence("关闭", "close"), of=WITH_SUPPLIER, to=("closed",)),
    Step("purchasing.cancel", Sentence("取消", "cancel"), of=("draft", *COUNTED_ON), to=("cancelled",)),
)
