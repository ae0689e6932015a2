"""The course of a transfer."""

from huoku.language import Sentence
from huoku.server.documents.course import Step, declare
from huoku.server.warehouse.models import Transfer
from huoku.server.warehouse.models.transfers import BEFORE_APPROVAL, COUNTED_ON

COURSE = declare(
    Transfer,
    {
        "draft": Sentence("草稿", "a draft"),
        "requested": Sentence("已申请", "requested"),
        "approved": Sentence("已批准，待发出", "approved, to be sent"),
        "under_way": Sentence("在途", "under way"),
        "closed": Sentence("已完成", "closed"),
        "cancelled": Sentence("已取消", "cancelled"),
    },
    ("closed", "cancelled"),
    Step("warehouse.change_transfer", Sentence("修改", "change"), of=BEFORE_APPROVAL),
    Step("warehouse.ask_for_transfer", Sentence("提交申请", "ask for it"), of=("draft",), to=("requested",)),
    Step("warehouse.approve_transfer", Sentence("批准", "approve"), of=BEFORE_APPROVAL, to=("approved",), is_main=True),
    Step("warehouse.send_transfer", Sentence("发出", "send"), of=COUNTED_ON, to=("under_way",), is_main=True),
    Step("warehouse.revise_arrival", Sentence("改到货日", "revise the day of arrival"), of=COUNTED_ON),
    Step(
        "warehouse.receive_transfer",
        Sentence("收货", "receive"),
        of=("under_way",),
        to=("under_way", "closed"),
        is_main=True,
    ),
    Step(
        "warehouse.settle_difference",
        Sentence("处理差异", "settle a difference"),
        of=("under_way",),
        to=("under_way", "closed"),
    ),
    Step(
        "warehouse.void_sending",
        Sentence("撤回发出", "void a sending"),
        of=("under_way",),
        to=("approved", "under_way"),
        is_undoing=True,
    ),
    Step(
        "warehouse.void_arrival",
        Sentence("撤回收货或差异处理", "void an arrival or a settlement"),
        of=("under_way", "closed"),
        to=("under_way",),
        is_undoing=True,
    ),
    Step("warehouse.close_transfer", Sentence("不再发货，关闭", "close"), of=("under_way",), to=("closed",)),
    Step(
        "warehouse.cancel_transfer",
        Sentence("取消", "cancel"),
        of=(*BEFORE_APPROVAL, "approved"),
        to=("cancelled",),
    ),
)
