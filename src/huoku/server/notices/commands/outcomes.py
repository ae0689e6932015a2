"""What became of messages, where people have to know: given up, and working again; sending one again; a test."""

from datetime import timedelta
from typing import Annotated, Any

from pydantic import StringConstraints

from huoku.language import Sentence
from huoku.server.documents.models import Task
from huoku.server.documents.tasks import drop_tasks, leave_task
from huoku.server.notices.faults import said
from huoku.server.notices.models import Delivery, Receiver
from huoku.server.notices.rights import KEEP, MANAGE, OWN
from huoku.server.notices.telling import NOT_TOLD
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import opened
from huoku.server.platform.refusals import NotFound, Refused
from huoku.server.platform.requests import Asked, Id, Opened
from huoku.server.platform.roles import Role

PAUSE_OF_TESTS = timedelta(seconds=10)
WORDS = Sentence(
    "通知没有送到“{name}”（{tries} 次）：{why_zh} 请检查地址，再按“再发一次”。",
    "Notices did not reach {name} ({tries} {tries|try|tries}): {why_en} Look at the address, then send it again.",
)


class NotFailed(Refused):
    code, status, is_kept = "not_failed", 409, False
    words = Sentence("这条通知没有失败，不用再发。", "This message has not failed; there is nothing to send again.")


class TestedJustNow(Refused):
    code, status, is_kept = "tested_just_now", 409, False
    words = Sentence("刚刚试过，请过 10 秒再试。", "It was tried just now; wait ten seconds.")


class NothingToTest(Refused):
    code, status, is_kept = "nothing_to_test", 409, False
    words = Sentence("还没有填地址。", "There is no address yet.")


class GiveUp(Asked):
    delivery: Id
    fault: Annotated[str, StringConstraints(max_length=20)]
    detail: Annotated[str, StringConstraints(max_length=300)] = ""


class Works(Asked):
    receiver: Id


def has_failed(company_id: int, receiver: Receiver) -> bool:
    about = Task.objects.of(company_id).filter(what=Receiver._meta.label_lower, row=receiver.pk, kind=NOT_TOLD)
    return about.filter(state=Task.State.OPEN).exists()


@command(right=KEEP)
def give_up(at: At, request: GiveUp) -> dict[str, object]:
    """A message is tried no more; whoever looks after the robots has a task, but for a test. Raises NotFound."""
    delivery = _delivery(at, request.delivery)
    values = {"state": Delivery.State.FAILED, "ended_at": at.now, "fault": request.fault, "detail": request.detail}
    Delivery.objects.of(at.company_id).filter(pk=delivery.pk).update(**values)
    at.changed(delivery, {"state": delivery.state}, {"state": Delivery.State.FAILED, "fault": request.fault})
    if not delivery.is_test:
        receiver = delivery.receiver
        why = {f"why_{lang}": said(request.fault, request.detail, lang) for lang in ("zh", "en")}
        facts: dict[str, Any] = {"name": name_of(receiver), "tries": delivery.tries, **why}
        leave_task(at, receiver, NOT_TOLD, Role.ADMIN, WORDS, due_on=at.today, **facts)
    return {"delivery": delivery.pk}


@command(right=KEEP)
def note_that_it_works(at: At, request: Works) -> dict[str, object]:
    """A message arrived: nobody has to look after this receiver any more."""
    receiver = Receiver.objects.of(at.company_id).get(pk=request.receiver)
    drop_tasks(at, receiver, NOT_TOLD)
    return {"receiver": receiver.pk}


@command(right=MANAGE)
def send_again(at: At, request: Opened) -> dict[str, object]:
    """A message that was given up is tried anew, under its own key. Raises NotFound, NotFailed."""
    delivery = _delivery(at, request.id)
    if delivery.state != Delivery.State.FAILED:
        raise NotFailed(field="id", value=delivery.pk)
    values = {"state": Delivery.State.WAITING, "next_at": at.now, "tries": 0, "ended_at": None}
    Delivery.objects.of(at.company_id).filter(pk=delivery.pk).update(**values)
    at.changed(delivery, {"state": delivery.state}, {"state": Delivery.State.WAITING})
    return {"delivery": delivery.pk}


@command(right=OWN)
def send_test(at: At, request: Opened) -> dict[str, object]:
    """Send a test: to oneself, or to anybody by whoever looks after the robots. Raises NotFound, Stale, NothingToTest,
    TestedJustNow."""
    receiver = opened(at, Receiver, request.id, request.version)
    if not at.actor.may(MANAGE) and (at.actor.user is None or receiver.user_id != at.actor.user.pk):
        raise NotFound(what="receiver", field="id", value=request.id)
    if not receiver.address:
        raise NothingToTest(field="id", value=receiver.pk)
    mine = Delivery.objects.of(at.company_id).filter(receiver=receiver, is_test=True)
    if mine.filter(made_at__gt=at.now - PAUSE_OF_TESTS).exists():
        raise TestedJustNow(field="id", value=receiver.pk)
    made = {"receiver": receiver, "is_test": True, "made_at": at.now, "next_at": at.now}
    delivery = Delivery.objects.create(company_id=at.company_id, **made)
    at.changed(delivery, {}, {"receiver_id": receiver.pk, "is_test": True})
    return {"delivery": delivery.pk}


def name_of(receiver: Receiver) -> str:
    return receiver.user.get_full_name() if receiver.user else receiver.name


def _delivery(at: At, delivery_id: int) -> Delivery:
    rows = Delivery.objects.of(at.company_id).select_for_update(of=("self",)).filter(pk=delivery_id)
    delivery = rows.select_related("receiver").first()
    if delivery is None:
        raise NotFound(what="delivery", field="id", value=delivery_id)
    return delivery
