"""Dropping what was only tried."""

import shutil
from functools import partial

from huoku.language import Sentence
from huoku.server.planning.at_hand import place_of
from huoku.server.planning.files import folder_of
from huoku.server.planning.models import PlanRun
from huoku.server.planning.rights import PLAN
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import opened, remove
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Opened


class NotATrial(Refused):
    code, status, is_kept = "not_a_trial", 409, False
    words = Sentence(
        "计划 {value} 是正式计划，或者还在算，不能丢掉。", "Plan {value} is live or being worked out: it stays."
    )


@command(right=PLAN)
def drop_trial(at: At, request: Opened) -> dict[str, object]:
    """A trial that is done and its files go; what was tried stays in the record. Raises NotFound, Stale, NotATrial."""
    run = opened(at, PlanRun, request.id, request.version)
    if run.kind != PlanRun.Kind.TRIAL or run.state in (PlanRun.State.QUEUED, PlanRun.State.RUNNING):
        raise NotATrial(field="id", value=run.pk)
    for folder in (folder_of(run), place_of(run)):
        at.after.append(partial(shutil.rmtree, folder, ignore_errors=True))
    return remove(at, run)
