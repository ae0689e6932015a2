"""Asking for a plan, and what becomes of it."""

from typing import Annotated, Any, Literal

from django.db import IntegrityError
from pydantic import Field, JsonValue

from huoku.language import Sentence
from huoku.server.documents.tasks import drop_tasks_of, leave_task
from huoku.server.planning.accepting import must_stand_as_read
from huoku.server.planning.files import has_orders, part_of
from huoku.server.planning.keeping import forget_what_is_unfinished, keep, leave, propose, replace
from huoku.server.planning.left import MOST_TRIES, is_left
from huoku.server.planning.models import PlanRun
from huoku.server.planning.rights import DECIDE, PLAN
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import add, change, opened
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Asked, Id, Name, Opened
from huoku.server.platform.roles import Role

State, Kind = PlanRun.State, PlanRun.Kind


FAILED = "plan_failed"
FAILED_WORDS = Sentence(
    "计划 {number} 没有算成：{fault} 原来的建议不变。改好后请重新运算。",
    "Plan {number} could not be worked out: {fault} What was proposed stands. Mend it and have it worked out again.",
)


class RunElsewhere(Refused):
    code, status, is_kept = "run_elsewhere", 409, False
    words = Sentence("这家公司正在算另一个计划。", "Another plan of this company is being worked out.")


class NotDone(Refused):
    code, status, is_kept = "not_done", 409, False
    words = Sentence("这次计划还没有算完。", "This plan is not worked out yet.")


class NoTrial(Refused):
    code, status, is_kept = "no_trial", 409, False
    words = Sentence("计划 {value} 不是试算，本来就是正式的。", "Plan {value} is no trial: it is live already.")


class NotLeft(Refused):
    code, status, is_kept = "not_left", 409, False
    words = Sentence("计划 {value} 还在算。", "Plan {value} is being worked out.")


DIED = Sentence(
    "后台进程两次中途退出，可能是内存不够。", "The worker died in the middle of it twice; the memory may be too small."
)


class FilesGone(Refused):
    code, status, is_kept = "files_gone", 409, False
    words = Sentence(
        "计划 {value} 的文件已经不在了，请重新运算。", "The files of plan {value} are gone; have it worked out again."
    )


class AskPlan(Asked):
    name: Name = ""
    changes: Annotated[dict[str, JsonValue], Field(max_length=10_000)] = Field(
        default={},
        description="For programs: values by TABLE.KEY.COLUMN, such as demands.SO-2026-00001.qty, make it a trial. "
        "The page What if asks for them in words.",
    )


@command(right=PLAN)
def ask_plan(at: At, request: AskPlan) -> dict[str, object]:
    """Have the records planned as they stand; with changes: a trial beside them. One is worked out at a time, the
    next waits. Asked for again while a live one waits, it is that one."""
    kind = Kind.TRIAL if request.changes else Kind.LIVE
    waiting = PlanRun.objects.of(at.company_id).filter(state=State.QUEUED, kind=Kind.LIVE).first()
    if waiting and kind == Kind.LIVE:
        return {"id": waiting.pk, "state": waiting.state}
    run = PlanRun(
        kind=kind,
        name=request.name,
        changes=request.changes,
        today=at.today,
        asked_at=at.now,
        asked_by=at.actor.user,
    )
    return {**add(at, run), "state": run.state}


class BeginRun(Asked):
    id: Id
    worker: Annotated[str, Field(max_length=120)] = ""


@command(right=PLAN)
def begin_run(at: At, request: BeginRun) -> dict[str, object]:
    """For the job alone: it is being worked out. Raises RunElsewhere where another one is."""
    run = opened(at, PlanRun, request.id, None)
    if PlanRun.objects.of(at.company_id).filter(state=State.RUNNING).exclude(pk=run.pk).exists():
        raise RunElsewhere(field="id", value=run.pk)
    try:
        begun = {"started_at": at.now, "worked_by": request.worker, "tries": run.tries + 1}
        return change(at, run, {"state": State.RUNNING, **begun})
    except IntegrityError:
        raise RunElsewhere(field="id", value=run.pk) from None


class OneRun(Asked):
    id: Id


@command(right=PLAN)
def take_up_run(at: At, request: OneRun) -> dict[str, object]:
    """For the worker alone: nobody works on the run any more, and it waits its turn again. What has ended its worker
    as often as it may is tried no more. Raises NotLeft."""
    run = opened(at, PlanRun, request.id, None)
    if not is_left(run, at.now):
        raise NotLeft(field="id", value=run.pk)
    if run.tries >= MOST_TRIES:
        told: dict[str, object] = fail_run(at, FailRun(id=run.pk, fault=f"{DIED.zh} {DIED.en}"))
        return told
    at.tell("plan_left", run)
    return change(at, run, {"state": State.QUEUED, "progress": ""})


Stage = Literal["read", "plan", "explain", "propose"]


class TellProgress(Asked):
    id: Id
    progress: Stage


@command(right=PLAN)
def tell_progress(at: At, request: TellProgress) -> dict[str, object]:
    """For the job alone: what it is at."""
    return change(at, opened(at, PlanRun, request.id, None), {"progress": request.progress})


What = Literal["forget", "fresh", "gone", "replace", "keep"]


class WritePart(Asked):
    id: Id
    what: What
    part: Annotated[int, Field(ge=0)]


@command(right=PLAN)
def write_part(at: At, request: WritePart) -> dict[str, object]:
    """For the job alone: a part of what a run proposes, or proposes no more, before it is done; after that what is
    replaced, and what is kept. So many rows at a time that others may write in between."""
    run = opened(at, PlanRun, request.id, None)
    if request.what == "forget":
        return {"rows": forget_what_is_unfinished(at, run)}
    table, write = WRITES[request.what]
    rows = part_of(run, table, request.part)
    write(at, run, rows)
    at.changed(run, {}, {"proposals": {request.what: rows.height}})
    return {"rows": rows.height}


WRITES = {"fresh": ("fresh", propose), "gone": ("gone", leave), "replace": ("gone", replace), "keep": ("kept", keep)}
"""By what is written: the table of the difference that it is of, and how."""


class EndRun(Asked):
    id: Id
    went_on_from: Id | None
    accepted_then: Annotated[str, Field(max_length=60)] = ""
    input_digest: str
    output_digest: str
    figures: dict[str, Any]
    proposals: dict[str, int] = Field(default={}, description="How many are new, kept and replaced.")


@command(right=PLAN)
def end_run(at: At, request: EndRun) -> dict[str, object]:
    """For the job alone: the files are there; what a live run has written is what is proposed from now on. Raises
    AcceptedMeanwhile of a live one."""
    run = opened(at, PlanRun, request.id, None)
    if run.kind == Kind.LIVE:
        must_stand_as_read(at, run, request.accepted_then)
    made = request.model_dump(exclude={"id", "went_on_from", "proposals"}) | {"went_on_from_id": request.went_on_from}
    told = change(at, run, {"state": State.DONE, "progress": "", "ended_at": at.now, **made})
    at.changed(run, {}, {"proposals": request.proposals})
    _is_done(at, run)
    return {**told, **request.proposals}


def _is_done(at: At, run: PlanRun) -> None:
    """That a live plan failed before is of no matter any more."""
    if run.kind == Kind.LIVE:
        drop_tasks_of(at, PlanRun, {"kind": FAILED})
    at.tell("plan_done", run, kind=run.kind)


class FailRun(Asked):
    id: Id
    fault: Annotated[str, Field(max_length=1000)]


@command(right=PLAN)
def fail_run(at: At, request: FailRun) -> dict[str, object]:
    """For the job alone: it could not be worked out, and why. A trial that could not be made live stays a trial."""
    run = opened(at, PlanRun, request.id, None)
    at.tell("plan_failed", run)
    task = leave_task(at, run, FAILED, Role.PLANNER, FAILED_WORDS, number=run.pk, fault=request.fault[:800])
    if run.asked_by:
        change(at, task, {"person_id": run.asked_by.pk})
    if run.is_worked_out:
        return change(at, run, {"state": State.DONE, "progress": "", "fault": request.fault})
    return change(at, run, {"state": State.FAILED, "ended_at": at.now, "fault": request.fault})


@command(right=DECIDE)
def make_live(at: At, request: Opened) -> dict[str, object]:
    """A trial's orders are to become the proposals, in the place of those of the records as they stand. It waits its
    turn among the plans; all of it is proposed at once when it is written, or nothing. Raises NotFound, Stale, NotDone,
    NoTrial, FilesGone, AcceptedMeanwhile."""
    run = opened(at, PlanRun, request.id, request.version)
    if run.state != State.DONE:
        raise NotDone(field="id", value=run.pk)
    if run.kind != Kind.TRIAL:
        raise NoTrial(field="id", value=run.pk)
    if not has_orders(run):
        raise FilesGone(field="id", value=run.pk)
    must_stand_as_read(at, run, run.accepted_then)
    at.tell("plan_chosen", run)
    return {**change(at, run, {"state": State.QUEUED, "fault": "", "tries": 0}), "state": State.QUEUED}


class TurnLive(Asked):
    id: Id
    proposals: dict[str, int] = Field(description="How many are new, kept and replaced.")


@command(right=PLAN)
def turn_live(at: At, request: TurnLive) -> dict[str, object]:
    """For the job alone: all that a trial proposes is written, and it is what is proposed from now on. Raises
    AcceptedMeanwhile."""
    run = opened(at, PlanRun, request.id, None)
    must_stand_as_read(at, run, run.accepted_then)
    told = change(at, run, {"kind": Kind.LIVE, "state": State.DONE, "progress": "", "ended_at": at.now})
    at.changed(run, {}, {"proposals": request.proposals})
    _is_done(at, run)
    return {**told, **request.proposals}
