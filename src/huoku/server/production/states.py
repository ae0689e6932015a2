"""The courses of work orders, of their operations, and of pick lists."""

from huoku.language import Sentence
from huoku.server.documents.course import Step, declare
from huoku.server.production.models import PickList, WorkOperation, WorkOrder

TO_BEGIN = ("released", "kitted")
UNDER_WAY = (*TO_BEGIN, "in_progress")
BEFORE_THE_END = ("planned", *UNDER_WAY)
NOT_DONE = ("waiting", "ready", "running", "paused")
"""Of operations."""

declare(
    WorkOrder,
    {
        "planned": Sentence("已计划", "planned"),
        "released": Sentence("已下达", "released"),
        "kitted": Sentence("料已配齐", "kitted"),
        "in_progress": Sentence("生产中", "in progress"),
        "finished": Sentence("已完工", "finished"),
        "closed": Sentence("已关闭", "closed"),
        "cancelled": Sentence("已取消", "cancelled"),
    },
    ("closed", "cancelled"),
    # More of it than was kitted for: it is not kitted any more.
    Step("production.change_order", Sentence("修改", "change"), of=BEFORE_THE_END, to=("released",)),
    Step("production.release_order", Sentence("下达", "release"), of=("planned",), to=("released",), is_main=True),
    Step("production.take_over_order", Sentence("接过旧工单", "take over"), of=("planned",), to=("in_progress",)),
    Step("production.reserve_order", Sentence("再次备料", "provide for again"), of=UNDER_WAY),
    Step("production.issue_component", Sentence("发料", "issue material"), of=UNDER_WAY),
    Step("production.issue_substitute", Sentence("发替代料", "issue a substitute"), of=UNDER_WAY),
    Step(
        "production.return_component",
        Sentence("退料", "return material"),
        of=(*UNDER_WAY, "finished"),
        to=("released",),
    ),
    Step(
        "production.kit_order", Sentence("确认齐套", "confirm the kit"), of=("released",), to=("kitted",), is_main=True
    ),
    Step(
        "production.start_order",
        Sentence("开工", "start"),
        of=TO_BEGIN,
        to=("in_progress",),
        is_main=True,
    ),
    Step("production.finish_order", Sentence("完工", "finish"), of=("in_progress",), to=("finished",), is_main=True),
    Step("production.close_order", Sentence("关闭", "close"), of=("finished",), to=("closed",), is_main=True),
    Step("production.cancel_order", Sentence("取消", "cancel"), of=BEFORE_THE_END, to=("cancelled",)),
)
declare(
    WorkOperation,
    {
        "waiting": Sentence("等待上道工序", "waiting"),
        "ready": Sentence("可以开工", "ready"),
        "running": Sentence("进行中", "running"),
        "paused": Sentence("已暂停", "paused"),
        "done": Sentence("已结束", "done"),
    },
    ("done",),
    Step("production.start_operation", Sentence("开工", "start"), of=("ready",), to=("running",), is_main=True),
    # Also before it was begun, so that nothing is begun in vain.
    Step("production.pause_operation", Sentence("暂停", "pause"), of=("waiting", "ready", "running"), to=("paused",)),
    Step(
        "production.resume_operation",
        Sentence("继续", "resume"),
        of=("paused",),
        to=("waiting", "ready", "running"),
        is_main=True,
    ),
    Step("production.fix_operation", Sentence("排到某天", "put on a day"), of=NOT_DONE),
    Step("production.unfix_operation", Sentence("交回计划排", "leave to the plan"), of=NOT_DONE),
    Step(
        "production.report_operation",
        Sentence("报工", "report"),
        of=("ready", "running"),
        to=("running", "done"),
        is_main=True,
    ),
)
declare(
    PickList,
    {
        "open": Sentence("待拣", "open"),
        "done": Sentence("已拣完", "done"),
        "cancelled": Sentence("已取消", "cancelled"),
    },
    ("done", "cancelled"),
    Step("production.take_line", Sentence("拣料", "pick a line"), of=("open",), to=("done",), is_main=True),
    Step("production.cancel_pick_list", Sentence("取消", "cancel"), of=("open",), to=("cancelled",)),
)
