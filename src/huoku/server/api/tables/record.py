"""The record of what was done: the audit trail, its chains and their seals, and what runs by itself."""

from django.db.models import QuerySet

from huoku.language import Sentence
from huoku.server.api.tables.rules import as_seen
from huoku.server.ledger.commands import freezing
from huoku.server.platform.actor import Actor
from huoku.server.platform.commands import jobs
from huoku.server.platform.kept import rows_for
from huoku.server.platform.models import AuditEntry, Job, Schedule, Seal, Stream
from huoku.server.platform.rights import BE_HERE, READ_AUDIT, READ_JOBS
from huoku.server.platform.roles import ROLES_CALLED
from huoku.server.platform.tables.kinds import INTEGER, JSON, TEXT
from huoku.server.platform.tables.table import Column, declare


def own_jobs(actor: Actor) -> QuerySet[Job]:
    """One's own; everybody's for whoever looks after the server."""
    rows = rows_for(actor, Job)
    return rows if actor.may(READ_JOBS) else rows.filter(user=actor.user)


KINDS = {
    "call": Sentence("程序的请求", "request of a program"),
    "verify_audit": Sentence("核对全部记录", "verify the whole record"),
    "check_own_data": Sentence("检查要导入的数据", "look at data to be brought in"),
    "bring_own_data": Sentence("导入自己的数据", "bring in one's own data"),
}
SCHEDULES = {
    "seal": Sentence("封存记录", "seal the record"),
    "expire_reservations": Sentence("放掉到期预留", "end reservations"),
    "end_holds": Sentence("放掉到期暂留", "end holds"),
    "end_locks": Sentence("解除到期锁定", "end lock periods"),
    "send_notices": Sentence("发送通知", "send notices"),
    "statistics": Sentence("数据库统计", "statistics"),
    "watch_stock": Sentence("查看低库存", "watch the stock"),
    "plans_left": Sentence("接着算中断的计划", "take up plans that were left"),
    "plans_at_hand": Sentence("把计划放到手边", "lay plans down at hand"),
    "plan": Sentence("夜间计划", "plan by night"),
    "backup": Sentence("夜间备份", "back up by night"),
    "examine": Sentence("夜间查账", "examine the books"),
    "forget_notices": Sentence("清理旧通知", "forget old notices"),
    "tidy": Sentence("清理过期数据", "tidy up"),
}
CHAINS = {
    "alerts": Sentence("账务检查", "examinations"),
    "documents": Sentence("单据", "documents"),
    "items": Sentence("物料", "items"),
    "ledger": Sentence("库存账", "stock ledger"),
    "movements": Sentence("库存移动", "movements"),
    "notices": Sentence("通知", "notices"),
    "office": Sentence("列表和视图", "lists and views"),
    "partners": Sentence("供应商和客户", "suppliers and customers"),
    "planning": Sentence("计划", "planning"),
    "platform": Sentence("公司和人员", "company and people"),
    "production": Sentence("生产", "production"),
    "purchasing": Sentence("采购", "purchasing"),
    "sales": Sentence("销售", "sales"),
    "shortages": Sentence("缺料", "shortages"),
    "statements": Sentence("对账", "statements"),
    "warehouse": Sentence("调拨", "transfers"),
}
CHAIN = (Column("chain", "stream__kind", TEXT, nullable=False), Column("shard", "stream__shard", INTEGER))

declare(
    "audit_entries",
    AuditEntry,
    read=READ_AUDIT,
    title=Sentence("审计记录", "The audit trail"),
    columns=(
        *("id", "recorded_at", Column("by", "actor__username", TEXT), "role", "action", "reason", "changes", "via"),
        *(*CHAIN, "seq", "request_id", "command_key", "digest"),
    ),
    values={"role": ROLES_CALLED, "chain": CHAINS},
    aside="chain shard seq request_id command_key digest",
)
declare(
    "chains",
    Stream,
    read=READ_JOBS,
    title=Sentence("记录链", "Chains of the record"),
    columns=("id", "kind", "shard", "length", "head", "last_at", "is_frozen"),
    values={"kind": CHAINS},
    actions={"freeze": freezing.freeze_stream},
)
declare(
    "seals",
    Seal,
    read=READ_AUDIT,
    title=Sentence("封存：每分钟的根摘要", "Seals: the root over all chains, minute by minute"),
    columns=("id", "number", "sealed_at", "root"),
)
declare(
    "jobs",
    Job,
    read=BE_HERE,
    title=Sentence("后台任务：要等一会儿的请求", "Long requests and what came of them"),
    values={"kind": KINDS},
    words={"status": Sentence("结果码", "Status as HTTP counts")},
    columns=(
        *("id", "kind", Column("by", "user__username", TEXT, nullable=False), "state", "made_at", "ended_at"),
        *("status", Column("answer", "answer", JSON, seen=as_seen)),
    ),
    rows=own_jobs,
    actions={"repeat": jobs.repeat_job},
    is_offered=lambda row: row.get("state") == Job.State.FAILED,
    aside="status answer",
)
declare(
    "schedules",
    Schedule,
    read=READ_JOBS,
    title=Sentence("定时任务", "Recurring jobs of this server"),
    values={"name": SCHEDULES},
    columns=("id", "name", "next_at", "last_at", "is_active"),
    rows=lambda actor: Schedule.objects.all(),
)
