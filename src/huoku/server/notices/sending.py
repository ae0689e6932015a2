"""Sending what was gathered: tried side by side, again after ever longer times, and given up with a task to whoever
looks after the robots.

A try is entered before it is made. Who dies midway leaves it to be made again under the same key: a message comes at
least once, and twice only where we died between the other side's yes and our writing it down.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from huoku.server.notices.amounts import sees_amounts
from huoku.server.notices.channels import DELIVER
from huoku.server.notices.commands.outcomes import GiveUp, Works, give_up, has_failed, note_that_it_works
from huoku.server.notices.faults import FINAL, UNREADABLE, NotDelivered
from huoku.server.notices.gathering import gather
from huoku.server.notices.letter import Letter, letter, trial_letter
from huoku.server.notices.models import Delivery, Notice
from huoku.server.notices.sealing import Unreadable, unseal
from huoku.server.notices.telling import is_told, language_of, reader_of, visible
from huoku.server.platform import clock
from huoku.server.platform.actor import the_system
from huoku.server.platform.command import perform
from huoku.server.platform.models import Company
from huoku.server.platform.scope import EVERY_COMPANY, entered

log = structlog.get_logger("huoku.notices")

AT_ONCE = 16
"""So many messages are tried side by side in one round; none takes longer than a few seconds."""
LEASE = timedelta(minutes=5)
A_MINUTE = timedelta(minutes=1)
MOST_A_MINUTE = 20
"""What WeCom and DingTalk allow a robot; whoever sends more is shut out for ten minutes."""
WAITS = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 180, 360, 720))
"""Before the second try, the third ...; after the last it is given up."""
TRIES_OF_A_NO = 3
"""So often is tried what the other side does not want at all."""


@dataclass(frozen=True, slots=True)
class Attempt:
    delivery: Delivery
    letter: Letter
    channel: str
    address: str
    secret: str


def send_all() -> int:
    """Gather what is due in all companies and send it; returns how many messages were tried. Nothing due, nothing
    written."""
    now = clock.now()
    with entered(EVERY_COMPANY):
        due = Notice.objects.of_every_company().filter(delivery=None, due_at__lte=now)
        waiting = Delivery.objects.of_every_company().filter(state=Delivery.State.WAITING, next_at__lte=now)
        wanted = set(due.values_list("company", flat=True).distinct())
        wanted |= set(waiting.values_list("company", flat=True).distinct())
        companies = list(Company.objects.filter(pk__in=wanted, is_active=True).order_by("pk"))
    return sum(_sent(company, now) for company in companies)


def _sent(company: Company, now: datetime) -> int:
    """A company whose records are frozen, or a fault of ours, leaves the others' messages alone."""
    try:
        return _send(company, now)
    except Exception:
        log.exception("notices_failed", company=company.code)
        return 0


def _send(company: Company, now: datetime) -> int:
    with entered(company):
        gather(company, now)
        rows = Delivery.objects.of(company).filter(state=Delivery.State.WAITING, next_at__lte=now)
        waiting = list(rows.select_related("receiver__user", "receiver__company").order_by("next_at", "pk"))
        once = {each.receiver_id: each for each in reversed(waiting)}
        attempts = [made for each in list(once.values())[:AT_ONCE] if (made := _claimed(each, now))]
    with ThreadPoolExecutor(AT_ONCE) as side_by_side:
        outcomes = list(side_by_side.map(_tried, attempts))
    _settle(company, list(zip(attempts, outcomes, strict=True)))
    return len(attempts)


def _claimed(delivery: Delivery, now: datetime) -> Attempt | None:
    """Of several workers one has it, and writes it as it is now: by today's rights, of what is still open."""
    receiver = delivery.receiver
    rows = Delivery.objects.of(delivery.company_id)
    if rows.filter(receiver=receiver, tried_at__gt=now - A_MINUTE).count() >= MOST_A_MINUTE:
        return None
    with transaction.atomic():
        own = rows.filter(pk=delivery.pk, state=Delivery.State.WAITING, next_at=delivery.next_at)
        if not own.update(next_at=now + LEASE, tried_at=now, tries=delivery.tries + 1):
            return None
        delivery.tries += 1
        written = _written(delivery, now) if delivery.is_test or is_told(receiver) else None
        if written is None:
            rows.filter(pk=delivery.pk).update(state=Delivery.State.DROPPED, ended_at=now)
            return None
    try:
        return Attempt(delivery, written, receiver.channel, unseal(receiver.address), unseal(receiver.secret))
    except Unreadable:
        return Attempt(delivery, written, UNREADABLE, "", "")


def _written(delivery: Delivery, now: datetime) -> Letter | None:
    """None where nothing is left to be told."""
    receiver, lang = delivery.receiver, language_of(delivery.receiver)
    if delivery.is_test:
        return trial_letter(receiver.company, lang, delivery.key, now)
    own = Notice.objects.of(delivery.company_id).filter(delivery=delivery)
    tasks, reader = list(visible(receiver).filter(pk__in=own.values("task"))), reader_of(receiver)
    if reader is None or not tasks:
        return None
    with_amounts = sees_amounts(reader.roles, is_group=receiver.user is None)
    return letter(receiver.company, tasks, lang, delivery.key, now, with_amounts=with_amounts)


def _tried(attempt: Attempt) -> NotDelivered | None:
    """Runs beside others, without the database."""
    if attempt.channel == UNREADABLE:
        return NotDelivered(UNREADABLE)
    try:
        DELIVER[attempt.channel](attempt.letter, attempt.address, attempt.secret)
    except NotDelivered as fault:
        return NotDelivered(fault.fault, _without(fault.detail, attempt))
    except Exception as fault:
        log.exception("notice_failed", delivery=attempt.delivery.pk, channel=attempt.channel)
        return NotDelivered("lost", type(fault).__name__)
    return None


def _without(detail: str, attempt: Attempt) -> str:
    """What the other side said may repeat what only it and we know."""
    known = [attempt.secret, attempt.address, attempt.address.partition("?")[2]]
    known += attempt.address.replace("=", "/").replace("&", "/").split("/")
    host = attempt.address.split("/")[2] if "://" in attempt.address else ""
    for each in sorted((each for each in known if len(each) > 5 and each != host), key=len, reverse=True):
        detail = detail.replace(each, "…")
    return detail


def _settle(company: Company, tried: Sequence[tuple[Attempt, NotDelivered | None]]) -> None:
    """Write down what became of each."""
    for attempt, fault in tried:
        delivery, now = attempt.delivery, clock.now()
        if fault is None:
            with entered(company), transaction.atomic():
                own = Delivery.objects.of(company).filter(pk=delivery.pk)
                own.update(state=Delivery.State.SENT, ended_at=now, fault="", detail="")
            if _was_broken(company, delivery):
                key = f"notices:works:{delivery.pk}:{delivery.tries}"
                perform(note_that_it_works, Works(receiver=delivery.receiver_id), actor=the_system(company), key=key)
            continue
        log.warning("notice_not_delivered", delivery=delivery.pk, tries=delivery.tries, fault=fault.fault)
        most = TRIES_OF_A_NO if fault.fault in FINAL else len(WAITS) + 1
        if delivery.is_test or delivery.tries >= most:
            asked = GiveUp(delivery=delivery.pk, fault=fault.fault, detail=fault.detail)
            key = f"notices:give_up:{delivery.pk}:{delivery.tries}"
            perform(give_up, asked, actor=the_system(company), key=key)
        else:
            again = {"next_at": now + WAITS[min(delivery.tries, len(WAITS)) - 1], "fault": fault.fault}
            with entered(company), transaction.atomic():
                Delivery.objects.of(company).filter(pk=delivery.pk).update(**again, detail=fault.detail)


def _was_broken(company: Company, delivery: Delivery) -> bool:
    with entered(company):
        return has_failed(company.pk, delivery.receiver)
