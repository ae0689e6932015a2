"""What the first pass of a plan has left, as quotes look at it, with work space for their tries."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from huoku.buy.terms import Ints
from huoku.compiled import use_compiled
from huoku.errors import UsageError
from huoku.factory import Factory
from huoku.language import Language, Sentence
from huoku.plan.decide.cells import Cells, Scratch, copied, scratch_for
from huoku.plan.decide.promise import Promises
from huoku.plan.decide.service import Promised, no_promises, promise
from huoku.plan.model.arrays import Claims
from huoku.plan.model.build import Case, build
from huoku.plan.model.claiming import FORECAST, ORDER
from huoku.plan.model.floor import FloorLog, floor_log
from huoku.plan.model.size import compiling_pays
from huoku.plan.standing import decided_of
from huoku.plan.tell.ordered import source_names
from huoku.plan.tell.reasons import quickest_source

if TYPE_CHECKING:
    from huoku.plan.plan import Plan

OTHER = Sentence(
    "照这个计划的输入重做，承诺与它不同：它由别的版本做出，或者重排过而没有保存当时的决定；请重新做计划",
    "planning this plan's input promises other days: it was made by another version, or worked out again after a "
    "change and saved without what it was decided with; plan again",
)


@dataclass(frozen=True, slots=True)
class FirstPass:
    """A factory whose claims are served. ``left``: the cells as orders and contracts leave them.

    ``claim`` and ``answer`` have room for one claim and its promise; ``scratch`` and ``made`` are work space.
    """

    case: Case
    compiled: bool
    effort: int
    left: Cells
    scratch: Scratch
    made: FloorLog
    claim: Claims
    answer: Promises
    promised: pl.DataFrame  # demand, day of its last part: of all that make a claim; no day where there is no promise
    quickest: Ints  # see ``quickest_source``
    number: dict[str, int]  # of each item, by name
    demands: frozenset[str]  # their names
    called: dict[Language, pl.Series] = field(default_factory=dict)  # the sources, in the languages asked for

    def ask(self, node: int, qty: int, day: int) -> None:
        """Let ``claim`` be this one."""
        self.claim.node[0], self.claim.qty[0], self.claim.day[0] = node, qty, day

    def source_names(self, lang: Language) -> pl.Series:
        """The name of each source as people say it."""
        if lang not in self.called:
            self.called[lang] = source_names(self.case, lang)
        return self.called[lang]

    def spare(self) -> Cells:
        """A copy of what is left, to take from."""
        return copied(self.left)


def first_pass(factory: Factory, effort: int, compiled: bool) -> FirstPass:
    """Serve the claims of a factory as planning it does; the same input gives the same promises."""
    with use_compiled(compiled):
        case = build(factory)
        found = promise(case, effort)
    return ready(case, found, effort, compiled)


def ready(case: Case, found: Promised, effort: int, compiled: bool) -> FirstPass:
    """A first pass that is done, ready to be asked. ``found`` may have parts of demands behind the other claims."""
    scratch, made = (
        scratch_for(case.model, found.left, case.opened.work),
        floor_log(case.model.shop, found.left.free.size),
    )
    one = np.zeros(1, np.int64)
    nothing = np.zeros(1)
    return FirstPass(
        case=case,
        compiled=compiled,
        effort=effort,
        left=copied(found.left),
        scratch=scratch,
        made=made,
        claim=Claims(
            node=one,
            brings=one.copy(),
            qty=one.copy(),
            day=one.copy(),
            is_supply=np.zeros(1, np.bool_),
            arrives=one.copy(),
            takes=one.copy(),
            may_split=np.zeros(1, np.bool_),
            open_from=one.copy(),
            open_end=one.copy(),
            loss_per_day=nothing,
            loss_if_never=nothing,
        ),
        answer=no_promises(1),
        promised=_promised(case, found.promises),
        quickest=quickest_source(case),
        number=dict(zip(case.numbering.real_names.to_list(), case.numbering.of_real.tolist(), strict=True)),
        demands=frozenset(case.factory.demands["demand"].to_list()),
    )


def first_pass_of(plan: "Plan") -> FirstPass:
    """The first pass of a plan: the one that it was decided with, else done again.

    Raises UsageError where it does not promise what the plan does.
    """
    compiled = compiling_pays(plan.factory)
    with use_compiled(compiled):
        decided = decided_of(plan)
    if decided is not None:
        state = ready(decided.built, decided.promised, plan.effort, compiled)
    else:
        state = first_pass(plan.factory, plan.effort, compiled)
    day = (pl.col("date") - plan.factory.settings.today).dt.total_days()
    by_demand = plan.promises.group_by("demand").agg(day=day.max(), whole=day.is_not_null().all())
    told = by_demand.filter("whole").select("demand", "day")
    if told.join(state.promised, on=["demand", "day"], how="anti").height:
        raise UsageError(OTHER.say(plan.lang))
    return state


def promised_days(factory: Factory, effort: int) -> pl.DataFrame:
    """Columns demand, day: see ``FirstPass.promised``."""
    with use_compiled(compiling_pays(factory)):
        case = build(factory)
        return _promised(case, promise(case, effort).promises)


def _promised(case: Case, promises: Promises) -> pl.DataFrame:
    table = case.claiming.table.select("kind", demand="name")
    table = table.with_columns(day=pl.Series(promises.day[: table.height]))
    asked = table.filter(pl.col("kind").is_in([ORDER, FORECAST])).drop("kind")
    return asked.with_columns(day=pl.when(pl.col("day") >= 0).then("day"))
