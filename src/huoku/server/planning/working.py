"""Working out a plan, outside any transaction: read the records, plan, keep the files, then write it down at once."""

import traceback
from dataclasses import dataclass

import polars as pl
import structlog
from django_tasks import task

from huoku.errors import HuokuError
from huoku.factory import Factory
from huoku.language import Language
from huoku.plan import Plan, plan
from huoku.plan.replan.replan import replan
from huoku.plan.retold import retold
from huoku.sense.review import deadstock
from huoku.server.planning.accepting import AcceptedMeanwhile, accepted
from huoku.server.planning.at_hand import lay_case_down, lay_down
from huoku.server.planning.commands.runs import (
    BeginRun,
    EndRun,
    FailRun,
    Stage,
    TellProgress,
    TurnLive,
    What,
    WritePart,
    begin_run,
    end_run,
    fail_run,
    tell_progress,
    turn_live,
    write_part,
)
from huoku.server.planning.dead_share import keep_dead
from huoku.server.planning.files import (
    drop_difference,
    factory_of_run,
    orders_of,
    plan_of,
    save_difference,
    save_factory,
    save_plan,
)
from huoku.server.planning.keeping import AT_ONCE, Difference, difference
from huoku.server.planning.left import this_worker
from huoku.server.planning.models import PlanRun
from huoku.server.planning.proposing import proposed
from huoku.server.planning.reading.factory import factory_of
from huoku.server.planning.trying import changed
from huoku.server.platform.actor import Actor, the_system
from huoku.server.platform.command import perform
from huoku.server.platform.models import Company
from huoku.server.platform.refusals import Refused
from huoku.server.platform.scope import entered

log = structlog.get_logger("huoku.planning")
TRIES = 10
"""So often is a plan worked out during which somebody accepts proposals."""
TOLD_IN: Language = "zh"
"""The language of the plans that are kept; told in another one they are when somebody asks."""


@task()
def work_out(company_id: int, run_id: int) -> None:
    """The job of one run: worked out, or where that was done before (a trial that is to be live), written. A fault ends
    it as failed, with words for whoever asked."""
    company = Company.objects.get(pk=company_id)
    with entered(company):
        system = the_system(company)
        run = PlanRun.objects.of(company).get(pk=run_id)
        if run.state != PlanRun.State.QUEUED:
            return
        try:
            perform(begin_run, BeginRun(id=run.pk, worker=this_worker()), actor=system, key=f"{turn_of(run)}:begin")
        except Refused:
            return  # another one is running; when it ends, this one is begun
        try:
            (_made_live if run.is_worked_out else _worked_out)(run, system)
        except Exception as fault:
            words = _said(fault)
            log.error("plan_failed", run=run.pk, fault=words, trace=traceback.format_exc())
            perform(fail_run, FailRun(id=run.pk, fault=words[:1000]), actor=system, key=f"{turn_of(run)}:fail")


def _said(fault: Exception) -> str:
    """What went wrong, for whoever asked, in both languages where it was said in both."""
    if isinstance(fault, Refused | HuokuError):
        return " ".join(dict.fromkeys((fault.say("zh"), fault.say("en"))))
    return f"{type(fault).__name__}: {fault}"


def turn_of(run: PlanRun) -> str:
    """Under which keys the commands of this turn are done: a trial has a second one when it is made live."""
    return f"plan:{run.pk}.{run.version}"


def _worked_out(run: PlanRun, system: Actor) -> None:
    """Where proposals are accepted meanwhile it is worked out again: it has not read what became of them."""
    for attempt in range(TRIES):
        try:
            return _tried(run, system, f"{turn_of(run)}.{attempt}")
        except AcceptedMeanwhile:
            if attempt + 1 == TRIES:
                raise


def _tried(run: PlanRun, system: Actor, turn: str) -> None:
    """All that takes long is done before the end, so that nobody waits for it."""
    progress = Progress(run, system, turn)
    progress.tell("read")
    accepted_then = accepted(run.company_id)
    factory, named = factory_of(run.company, run.today)
    if run.changes:
        factory = changed(factory, run.changes)
    digest = save_factory(run, factory, named)
    progress.tell("plan")
    before = _stands(run)
    made = worked_again(before, factory)
    progress.tell("explain")
    in_english = retold(made, "en")
    asked = proposed(run.company, made, in_english, named)
    kept = save_plan(run, made, in_english, asked)
    run.output_digest = kept
    lay_down(run, made, in_english)
    progress.tell("propose")
    writing = Writing(run, system, turn)
    done = EndRun(
        id=run.pk,
        accepted_then=accepted_then,
        went_on_from=before.pk if before else None,
        input_digest=digest,
        output_digest=kept,
        figures=_figures(made),
        proposals=writing.before_the_end(asked.orders) if run.kind == PlanRun.Kind.LIVE else {},
    )
    perform(end_run, done, actor=system, key=f"{turn}:end")
    writing.after_the_end()
    if run.kind == PlanRun.Kind.LIVE:
        _review(run, factory)


def _made_live(run: PlanRun, system: Actor) -> None:
    """What a trial proposes takes the place of what is proposed."""
    turn = turn_of(run)
    Progress(run, system, turn).tell("propose")
    writing = Writing(run, system, turn)
    done = TurnLive(id=run.pk, proposals=writing.before_the_end(orders_of(run)))
    perform(turn_live, done, actor=system, key=f"{turn}:live")
    writing.after_the_end()
    _review(run, factory_of_run(run))


def _review(run: PlanRun, factory: Factory) -> None:
    """What of the stock is dead, and the case for the boss: no plan waits for them, and none is lost by their fault."""
    try:
        review = deadstock(factory)
        keep_dead(run, factory.settings, review)
        lay_case_down(run, review)
    except Exception:
        log.error("review_failed", run=run.pk, trace=traceback.format_exc())


@dataclass(slots=True)
class Progress:
    """Tells those who wait how far a run is."""

    run: PlanRun
    system: Actor
    turn: str

    def tell(self, stage: Stage) -> None:
        told = TellProgress(id=self.run.pk, progress=stage)
        perform(tell_progress, told, actor=self.system, key=f"{self.turn}:{stage}")


@dataclass(slots=True)
class Writing:
    """Writes what a run proposes in parts, each a command of its own, so that nobody waits long to write."""

    run: PlanRun
    system: Actor
    turn: str
    differs: Difference | None = None

    def before_the_end(self, wanted: pl.DataFrame) -> dict[str, int]:
        """What nobody sees until the run is done; how many proposals are new, kept and replaced."""
        part = 0
        while self._write("forget", part):
            part += 1
        self.differs = difference(self.run.company_id, wanted)
        save_difference(self.run, self.differs)
        self._all("fresh", self.differs.fresh)
        self._all("gone", self.differs.gone)
        return self.differs.counted

    def after_the_end(self) -> None:
        if self.differs:
            self._all("replace", self.differs.gone)
            self._all("keep", self.differs.kept)
            drop_difference(self.run)

    def _all(self, what: What, rows: pl.DataFrame) -> None:
        for part in range(-(-rows.height // AT_ONCE)):
            self._write(what, part)

    def _write(self, what: What, part: int) -> int:
        asked = WritePart(id=self.run.pk, what=what, part=part)
        told: int = perform(write_part, asked, actor=self.system, key=f"{self.turn}:{what}:{part}").result()["rows"]
        return told


def _stands(run: PlanRun) -> PlanRun | None:
    """The live plan of the day that stands: what nothing touches keeps its order, supplier, quantity and day."""
    live = PlanRun.objects.of(run.company_id).filter(state=PlanRun.State.DONE, kind=PlanRun.Kind.LIVE, today=run.today)
    return live.filter(pk__lt=run.pk).order_by("-pk").first()


def worked_again(before: PlanRun | None, factory: Factory) -> Plan:
    """The plan of a factory, gone on from ``before``. So the plan of a kept run can be worked out again: from
    ``went_on_from`` and ``files.factory_of_run``."""
    return plan(factory, lang=TOLD_IN) if before is None else replan(plan_of(before), factory, lang=TOLD_IN)


def _figures(made: Plan) -> dict[str, float | int | str]:
    return {name: value for name, value in made.figures.items() if isinstance(value, int | float | str)}
