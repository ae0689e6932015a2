"""Taking a long request, and one that failed once more."""

from typing import Annotated

from pydantic import StringConstraints

from huoku.language import Sentence
from huoku.server.platform.command import At, command
from huoku.server.platform.models import Job
from huoku.server.platform.refusals import NotAllowed, NotFound, Refused
from huoku.server.platform.requests import Asked, Id
from huoku.server.platform.rights import BE_HERE, READ_JOBS


class NotFailed(Refused):
    code, status, is_kept = "not_failed", 409, False
    words = Sentence("这个后台任务没有失败，不用再做。", "This request has not failed: there is nothing to repeat.")


class BeginJob(Asked):
    """``request``: JSON that the work of this kind reads."""

    kind: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    request: str = ""


@command(right=BE_HERE)
def begin_job(at: At, request: BeginJob) -> dict[str, object]:
    """Lay a long request down for the worker. Its right is that of what is to be done. Raises NotAllowed for jobs."""
    if at.actor.user is None:
        raise NotAllowed(right=BE_HERE)
    scopes = at.actor.scopes
    job = Job.objects.create(
        company_id=at.company_id,
        kind=request.kind,
        request=request.request,
        key=f"{at.key}#job",
        reason=at.reason,
        user=at.actor.user,
        scope=at.actor.key_scope,
        rights=None if scopes is None else sorted(scopes),
        made_at=at.now,
    )
    at.changed(job, {}, {"kind": request.kind})
    return {"job": job.pk, "state": job.state}


class OneJob(Asked):
    id: Id


@command(right=BE_HERE)
def repeat_job(at: At, request: OneJob) -> dict[str, object]:
    """Have a long request that failed done again: one's own, or anybody's for whoever looks after the server. It is
    done under its sender's rights as they are then. What a fault of ours broke off goes on under its own key, so that
    nothing is done twice; what was refused is asked anew. Raises NotFound, NotFailed."""
    rows = Job.objects.of(at.company_id).filter(pk=request.id)
    if not at.actor.may(READ_JOBS):
        rows = rows.filter(user=at.actor.user)
    job = rows.select_for_update().first()
    if job is None:
        raise NotFound(field="id", what="job", value=request.id)
    if job.state != Job.State.FAILED:
        raise NotFailed(field="state", value=job.state)
    before, job.state = job.state, Job.State.WAITING
    if job.status is None or job.status < 500:
        job.key = f"{at.key}#job"
    job.status, job.ended_at, job.leased_until, job.answer = None, None, None, ""
    job.save()
    at.changed(job, {"state": before}, {"state": job.state})
    return {"id": job.pk, "state": job.state}
