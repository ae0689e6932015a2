"""Doing long requests: whoever sends one is told its number at once, and asks for the result later."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Q

from huoku.language import Sentence
from huoku.server.platform import clock
from huoku.server.platform.actor import Actor, actor_of
from huoku.server.platform.canonical import canonical
from huoku.server.platform.models import ApiToken, Job
from huoku.server.platform.refusals import Refused
from huoku.server.platform.scope import EVERY_COMPANY, entered
from huoku.server.platform.seals import verify

log = structlog.get_logger("huoku.jobs")

LEASE = timedelta(hours=1)
AT_ONCE = 20
TOKEN = "token:"

Work = Callable[[Actor, Job], tuple[int, bytes]]
"""Does a job for its sender: the status as HTTP counts, and the answer as JSON. Runs outside any transaction."""

WORKS: dict[str, Work] = {}


class SenderGone(Refused):
    code, status, is_kept = "sender_gone", 403, False
    words = Sentence("提交人已离开，或令牌已失效。", "Whoever sent it is gone, or the token is no longer good.")


def does(kind: str) -> Callable[[Work], Work]:
    """Make a function the one that does jobs of this kind; for apps above the platform, in their ``extends.py``."""

    def make(work: Work) -> Work:
        if kind in WORKS:
            raise ValueError(f"there are two works {kind}")
        WORKS[kind] = work
        return work

    return make


def run_waiting() -> int:
    """Do what waits, and what a dead worker left; returns how many. Nothing there, nothing written."""
    now = clock.now()
    with entered(EVERY_COMPANY):
        is_left = Q(state=Job.State.RUNNING, leased_until__lte=now)
        rows = Job.objects.of_every_company().filter(Q(state=Job.State.WAITING) | is_left)
        jobs = list(rows.select_related("company", "user").order_by("made_at", "pk")[:AT_ONCE])
    done = 0
    for job in jobs:
        with entered(job.company):
            done += _claimed(job, now) and _run(job)
    return done


def _claimed(job: Job, now: datetime) -> bool:
    """Of several workers one gets the job."""
    with transaction.atomic():
        as_seen = Job.objects.of(job.company).filter(pk=job.pk, state=job.state, leased_until=job.leased_until)
        return as_seen.update(state=Job.State.RUNNING, leased_until=now + LEASE) == 1


def _run(job: Job) -> bool:
    try:
        status, answer = WORKS[job.kind](_sender(job), job)
    except Refused as refusal:
        status, answer = refusal.status, canonical(refusal.as_problem())
    except Exception:
        log.exception("long_request_failed", job=job.pk, kind=job.kind)
        status, answer = 500, b"{}"
    state = Job.State.DONE if status < 400 else Job.State.FAILED
    with transaction.atomic():
        rows = Job.objects.of(job.company).filter(pk=job.pk)
        rows.update(state=state, status=status, answer=answer.decode(), ended_at=clock.now())
    return True


def _sender(job: Job) -> Actor:
    """Whoever sent it, as he is now. Raises SenderGone."""
    token = job.scope.removeprefix(TOKEN) if job.scope.startswith(TOKEN) else ""
    living = ApiToken.objects.of(job.company).filter(revoked_at=None, expires_at__gt=clock.now())
    actor = actor_of(job.user, job.company, via=f"job:{job.pk}")
    if actor is None or (token and not living.filter(pk=int(token)).exists()):
        raise SenderGone()
    return replace(actor, scope=job.scope, scopes=None if job.rights is None else frozenset(job.rights))


@does("verify_audit")
def verify_audit(actor: Actor, job: Job) -> tuple[int, bytes]:
    """Work out every chain and every seal of the company again, and say what does not hold."""
    findings = verify(actor.company)
    told = [{"code": each.code, "where": each.where, "zh": each.words.zh, "en": each.words.en} for each in findings]
    return 200, canonical({"is_whole": not told, "findings": told})
