"""Plan a factory: build the model, promise, net, and say it in tables."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from time import process_time

import numpy as np
import polars as pl

from huoku.buy.lot_sizing import Search
from huoku.buy.terms import Ints
from huoku.compiled import can_compile, is_compiled, is_loaded, use_compiled
from huoku.factory import Factory
from huoku.factory import build as factory_of
from huoku.language import Language
from huoku.plan.decide.netting import Netted, net
from huoku.plan.decide.parts import with_parts
from huoku.plan.decide.promise import Promises
from huoku.plan.decide.service import EFFORT, Promised, promise
from huoku.plan.decide.wants import claim_needs
from huoku.plan.model.build import Case, build
from huoku.plan.model.receipts import Incoming, arranged
from huoku.plan.model.size import compiling_pays
from huoku.plan.plan import Plan
from huoku.plan.quote.quote import quote_once
from huoku.plan.tell.exceptions import exceptions
from huoku.plan.tell.figures import figures
from huoku.plan.tell.leftovers import leftovers
from huoku.plan.tell.ordered import ordered
from huoku.plan.tell.schedule import schedule
from huoku.plan.tell.tables import (
    decisions_table,
    late_claims,
    orders_table,
    peg_days,
    promises_table,
    source_nodes,
    usage_tables,
)


def plan(
    factory: Factory,
    *,
    lang: Language = "en",
    compiled: bool | None = None,
    effort: int = EFFORT,
    progress: Callable[[str], None] = lambda stage: None,
) -> Plan:
    """What to buy and make, from whom, how much, when; what to promise, what is left over, and why.

    A pure function: the same tables, in any order of rows, give the same plan to the last byte.

    Parameters
    ----------
    lang : the language of reasons and messages
    compiled : run the kernels compiled or plain; by default as the size asks for. The plan is the same.
    effort : where machines are full: how many demands of one priority are served again in search of a better
        order of serving them; 0 for the rules alone. It is counted, not timed: the same effort, the same plan.
    progress : told the name of each stage as it begins: compile (only when that has to be done first, once,
        most of a minute), load, build, promise, net, tables

    Raises
    ------
    DataError : never here; the factory was checked when it was read
    """
    if compiled is None:
        compiled = compiling_pays(factory)
    if compiled:
        prepare(progress)
    return worked_out(factory, lang, compiled, effort, Clock(progress))


def prepare(progress: Callable[[str], None] = lambda stage: None) -> None:
    """Have the compiled kernels in this process, compiling them if nobody has; ``timings`` leave this out."""
    if can_compile() and not is_loaded():
        progress("load" if is_compiled() else "compile")
        plan_smallest()


def worked_out(factory: Factory, lang: Language, compiled: bool, effort: int, clock: "Clock") -> Plan:
    """See ``plan``."""
    with use_compiled(compiled):
        with clock.stage("build"):
            case = build(factory)
        with clock.stage("promise"):
            case, promised = with_parts(case, promise(case, effort))
        with clock.stage("net"):
            case, netted = settle(case, promised)
        with clock.stage("tables"):
            made = told(case, promised, netted, lang)
    return replace(made, timings=clock.seconds, effort=effort)


def settle(case: Case, promised: Promised) -> tuple[Case, Netted]:
    """The second pass. Returns the case as it was netted, and the decision.

    Open make orders whose components come later arrive later, or not at all within the horizon.
    """
    claims, promises = case.claiming.claims, promised.promises
    put_off = np.flatnonzero(claims.is_supply & (promises.day != claims.day))
    if put_off.size:
        case = case._replace(incoming=postponed(case, promises, put_off))
    wants = claim_needs(case.model, claims, promises.day)
    netted = net(
        case.model,
        promised.cells,
        promised.lots,
        promised.made.lots,
        case.incoming.receipts,
        wants,
        promises.day,
        Search(),
    )
    if netted.unserved:
        raise AssertionError(f"{netted.unserved} needs found no source: a fault of the planner, please report it")
    return case, netted


def postponed(case: Case, promises: Promises, put_off: Ints) -> Incoming:
    """The receipts with those open make orders on the day on which they are really there."""
    claims, table = case.claiming.claims, case.claiming.table
    there = claims.arrives[put_off] + promises.day[put_off] - claims.day[put_off]
    moved = pl.DataFrame(
        {
            "claim": table["row"][put_off],
            "later": np.where(promises.day[put_off] < 0, case.model.horizon + 1, there),
        }
    )
    receipts = case.incoming.table.join(moved, on="claim", how="left", maintain_order="left")
    receipts = receipts.with_columns(day=pl.coalesce("later", "day")).drop("later")
    return arranged(receipts, case.incoming.aside, case.numbering)


def told(case: Case, promised: Promised, netted: Netted, lang: Language) -> Plan:
    """The decision in tables, words and figures."""
    promises = promised.promises
    about = ordered(case, netted, lang)
    day = peg_days(netted, promises.day)
    late = late_claims(case, promises, about.sources, lang)
    usage, earmarks = usage_tables(case, netted, about.names, day)
    places = source_nodes(case, netted, netted.peg_source)
    doubts = exceptions(case, promises, netted, about, late, day, places, lang)
    return Plan(
        factory=case.factory,
        lang=lang,
        orders=orders_table(case, netted, about, lang),
        usage=usage,
        promises=promises_table(case, promises, late, doubts.select("subject", "message")),
        exceptions=doubts,
        leftovers=leftovers(case, netted, about.names),
        decisions=decisions_table(netted, about),
        earmarks=earmarks,
        schedule=schedule(case, netted, promised.made, about.names),
        figures=figures(case, promises, netted, about, day),
    )


@dataclass
class Clock:
    """CPU seconds by stage; read only to be shown, no decision depends on it."""

    progress: Callable[[str], None]
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self.progress(name)
        begun = process_time()
        yield
        self.seconds[name] = process_time() - begun


def warm() -> None:
    """Compile the kernels once, so that the first large plan, and the first quote on it, need not wait for it."""
    quote_once(plan_smallest())


def plan_smallest() -> Plan:
    """Plan a factory that calls every kernel of planning, compiled; those of families apart."""
    smallest = factory_of(
        today=date(2026, 1, 5),
        items=[{"item": "KETTLE", "kind": "make", "lead_time_days": 2}, {"item": "SCREW", "unit_cost": 1}],
        bom=[{"parent": "KETTLE", "component": "SCREW", "qty": 4}],
        sources=[{"item": "SCREW", "supplier": "S", "moq": 100, "lead_time_days": 9}],
        supplies=[{"supply": "P-1", "item": "SCREW", "qty": 10, "due": date(2026, 1, 9)}],
        demands=[{"demand": "SO-1", "item": "KETTLE", "qty": 5, "due": date(2026, 1, 8)}],
    )
    return worked_out(smallest, "en", True, EFFORT, Clock(lambda stage: None))
