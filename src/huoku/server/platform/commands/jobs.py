"""Taking a long request."""

from typing import Annotated

from pydantic import StringConstraints

from huoku.server.platform.command import At, command
from huoku.server.platform.models import Job
from huoku.server.platform.refusals import NotAllowed
from huoku.server.platform.requests import Asked
from huoku.server.platform.rights import BE_HERE


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
