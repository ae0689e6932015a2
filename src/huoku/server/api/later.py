"""Long requests: ``Prefer: respond-async`` is answered at once by a job, and done by the worker."""

import json
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from pydantic import ValidationError

from huoku.language import Language
from huoku.server.api.answers import told
from huoku.server.api.bulk import MOST_ROWS_LATER, each_row
from huoku.server.api.call import Call, call_of
from huoku.server.api.lists import answer
from huoku.server.api.problems import Invalid, body_of, errors_of, language_of
from huoku.server.platform.actor import Actor
from huoku.server.platform.canonical import canonical
from huoku.server.platform.command import COMMANDS, perform
from huoku.server.platform.commands.jobs import BeginJob, begin_job
from huoku.server.platform.jobs.long import does
from huoku.server.platform.models import Job
from huoku.server.platform.refusals import Refused
from huoku.server.platform.rights import READ_AUDIT

PREFERENCE = "respond-async"
CALL = "call"


def is_for_later(request: HttpRequest) -> bool:
    """Whether the sender prefers not to wait (RFC 7240)."""
    return PREFERENCE in (each.strip().lower() for each in request.headers.get("Prefer", "").split(","))


def begin_call(request: HttpRequest, call: Call, body: Any) -> HttpResponse:
    """Lay a changing call down as it came; it is checked when it is done. Raises Refused."""
    whole = {"command": call.what.name, "body": body, "is_new": call.is_new, "lang": language_of(request)}
    return _begun(request, call, BeginJob(kind=CALL, request=canonical(whole).decode()))


def verify_audit(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Have every chain and seal worked out again: always a job."""
    call = call_of(request, actor, replace(begin_job, right=READ_AUDIT))
    return _begun(request, call, BeginJob(kind="verify_audit"))


def _begun(request: HttpRequest, call: Call, job: BeginJob) -> HttpResponse:
    begin = replace(begin_job, right=call.what.right)
    done = perform(begin, job, actor=call.actor, key=call.key, reason=call.reason, dry_run=call.is_trial)
    response = answer(done.result(), status=202)
    response["Location"] = f"{reverse('api-v1:api-root')}{call.actor.company.code}/jobs/{done.result()['job']}"
    response["Preference-Applied"] = PREFERENCE
    if done.is_repeat:
        response["Idempotency-Replayed"] = "true"
    return response


@does(CALL)
def do_call(actor: Actor, job: Job) -> tuple[int, bytes]:
    """Do a call that was laid down, and tell its sender in his language."""
    said = json.loads(job.request)
    call = Call(actor, COMMANDS[said["command"]], job.key, job.reason, is_new=said["is_new"])
    lang: Language = said["lang"]
    try:
        if isinstance(said["body"], list):
            return 200, canonical(each_row(call, said["body"], lang, MOST_ROWS_LATER))
        done = call.perform(said["body"])
    except ValidationError as fault:
        return Invalid.status, canonical(body_of(Invalid(), lang, errors_of(fault, lang)))
    except Refused as refusal:
        return refusal.status, canonical(body_of(refusal, lang))
    return call.status(done), told(done.answer, call.known)
