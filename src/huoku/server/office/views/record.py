"""The record of what was done: whether it is whole, by a button."""

import json
from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from huoku.language import kept
from huoku.server.look.speaking import language
from huoku.server.office.buttons import done
from huoku.server.office.frame import page, shown
from huoku.server.platform.actor import Actor
from huoku.server.platform.commands.jobs import begin_job
from huoku.server.platform.kept import rows_for
from huoku.server.platform.models import Job, Seal, Stream
from huoku.server.platform.rights import READ_AUDIT

VERIFY = "verify_audit"
FIRST = 100


@require_http_methods(["GET", "POST"])
@page
def record(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the last look at all chains and seals found; pressed, they are all worked out again by the worker."""
    actor.must(READ_AUDIT)
    if request.method == "POST":
        done(request, actor, replace(begin_job, right=READ_AUDIT), {"kind": VERIFY}, VERIFY)
        return redirect("office_record")
    job = rows_for(actor, Job).filter(kind=VERIFY).order_by("-pk").first()
    chains = rows_for(actor, Stream)
    facts = {
        "key": uuid4().hex,
        "job": job,
        "waits": job is not None and job.state in Job.OPEN,
        "said": _said(job),
        "entries": sum(chains.values_list("length", flat=True)),
        "chains": chains.count(),
        "seal": rows_for(actor, Seal).order_by("-number").first(),
    }
    return shown(request, actor, "office/record.html", facts)


def _said(job: Job | None) -> dict[str, Any]:
    """Whether the record is whole, and what does not hold."""
    told = json.loads(job.answer or "{}") if job is not None and job.state == Job.State.DONE else {}
    findings = [(each["where"], kept(each["zh"], each["en"], language())) for each in told.get("findings", ())]
    return {"is_whole": told.get("is_whole"), "count": len(findings), "findings": findings[:FIRST]}
