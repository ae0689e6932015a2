"""Why somebody was told of a task, is told later, or is not told at all: one sentence for each of his tasks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from huoku.language import Language, Sentence, kept
from huoku.server.documents.models import Task
from huoku.server.documents.tasks import tasks_of
from huoku.server.notices.faults import said as said_fault
from huoku.server.notices.models import Delivery, Notice, Receiver
from huoku.server.notices.when import due_at
from huoku.server.platform.actor import Actor

MOST = 10
NO_MAIL = Sentence("没有通知：这台服务器还没有配置发信。", "Not told: this server has no mail set up.")
NO_ADDRESS = Sentence("没有通知：您还没有填邮箱。", "Not told: you have given no mail address.")
SILENT = Sentence("没有通知：您关掉了邮件通知。", "Not told: you have turned mail off.")
NOT_CONFIRMED = Sentence("没有通知：邮箱等管理员确认。", "Not told: an administrator has yet to confirm the address.")
BEFORE = Sentence("没有通知：设置通知以前就有了。", "Not told: it was there before you asked to be told.")
OTHER_KIND = Sentence("没有通知：不在您选的单据里。", "Not told: you chose other kinds of documents.")
NOT_URGENT = Sentence("没有通知：没有到期日，不算急。", "Not told: it has no day, so it is not urgent.")
SENT = Sentence("{at} 已发到您的邮箱。", "Sent to your address at {at}.")
ON_ITS_WAY = Sentence("正在发。", "On its way.")
FAILED = Sentence("没有送到：{why}", "It did not arrive: {why}")
LATER = Sentence(
    "{at} 发：按您的急缓、汇总时间和免打扰。", "To be sent at {at}, by your urgency, hour and quiet hours."
)
SOON = Sentence("马上发。", "To be sent at once.")


@dataclass(frozen=True, slots=True)
class Told:
    text: str
    made_at: datetime
    why: str


def why_told(actor: Actor, receiver: Receiver | None, has_mail: bool, now: datetime, lang: Language) -> list[Told]:
    """Of the last open tasks of the reader."""
    tasks = list(tasks_of(actor).order_by("-made_at", "-pk")[:MOST])
    notices = _notices(receiver, tasks)
    return [
        Told(
            kept(task.text_zh, task.text_en, lang),
            task.made_at,
            why_of(task, receiver, notices.get(task.pk), has_mail, now, lang),
        )
        for task in tasks
    ]


def _notices(receiver: Receiver | None, tasks: Iterable[Task]) -> dict[int, Notice]:
    if receiver is None:
        return {}
    rows = Notice.objects.of(receiver.company_id).filter(receiver=receiver, task__in=list(tasks))
    return {row.task_id: row for row in rows.select_related("delivery")}


def why_of(
    task: Task, receiver: Receiver | None, notice: Notice | None, has_mail: bool, now: datetime, lang: Language
) -> str:
    if notice is not None and notice.delivery is not None:
        return _of_a_message(notice.delivery, receiver, lang)
    if receiver is None or not receiver.address:
        return NO_ADDRESS.say(lang)
    if refused := _refused(task, receiver, has_mail):
        return refused.say(lang)
    zone = ZoneInfo(receiver.company.timezone)
    due = notice.due_at if notice else due_at(receiver, task.due_on, now, zone)
    if due is None:
        return NOT_URGENT.say(lang)
    return LATER.say(lang, at=_at(due, receiver)) if due > now else SOON.say(lang)


def _of_a_message(delivery: Delivery, receiver: Receiver | None, lang: Language) -> str:
    if delivery.state == Delivery.State.SENT and receiver is not None:
        return SENT.say(lang, at=_at(delivery.ended_at or delivery.made_at, receiver))
    if delivery.state == Delivery.State.FAILED:
        return FAILED.say(lang, why=said_fault(delivery.fault, delivery.detail, lang))
    return ON_ITS_WAY.say(lang)


def _refused(task: Task, receiver: Receiver, has_mail: bool) -> Sentence | None:
    """What stands in the way of all of his messages, then of this one."""
    if not has_mail:
        return NO_MAIL
    if not receiver.is_active:
        return SILENT
    if receiver.confirmed_at is None:
        return NOT_CONFIRMED
    if task.made_at < receiver.since:
        return BEFORE
    return OTHER_KIND if receiver.about and task.what not in receiver.about else None


def _at(moment: datetime, receiver: Receiver) -> str:
    return moment.astimezone(ZoneInfo(receiver.company.timezone)).strftime("%m-%d %H:%M")
