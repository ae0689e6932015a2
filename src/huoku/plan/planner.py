"""Plan a factory: build the model, promise, net, and say it in tables."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from time import process_time
from typing import NamedTuple

import polars as pl

from huoku.compiled import EVERYTHING, PLANNING, can_compile, is_compiled, is_loaded, mark_compiled, use_compiled
from huoku.compiling import call, compiled_beside
from huoku.factory import Factory
from huoku.factory import build as factory_of
from huoku.language import Language
from huoku.plan.decide.decided import Decided
from huoku.plan.decide.netting import Netted, given_by, net
from huoku.plan.decide.parts import with_parts
from huoku.plan.decide.put_off import as_promised
from huoku.plan.decide.service import EFFORT, Promised, promise
from huoku.plan.decide.wants import claim_needs
from huoku.plan.model.build import Case, build
from huoku.plan.model.size import compiling_pays
from huoku.plan.plan import Plan
from huoku.plan.tell.exceptions import exceptions
from huoku.plan.tell.figures import Sums, figures, sums
from huoku.plan.tell.leftovers import leftovers
from huoku.plan.tell.ordered import Ordered, last_number, ordered
from huoku.plan.tell.pegged import Pegged
from huoku.plan.tell.schedule import open_work_table, schedule
from huoku.plan.tell.tables import (
    UNSAID,
    decisions_table,
    earmarks_table,
    late_claims,
    orders_table,
    promises_table,
    usage_table,
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
        less than half a minute), load, build, promise, net, tables

    Raises
    ------
    DataError : never here; the factory was checked when it was read
    """
    if compiled is None:
        compiled = compiling_pays(factory)
    if compiled:
        warm(progress, PLANNING)
    return worked_out(factory, lang, compiled, effort, Clock(progress))


COMPILED_BY = {
    PLANNING: ("huoku.plan.warming:use_second_pass", "huoku.plan.warming:use_first_pass"),
    EVERYTHING: ("huoku.plan.warming:use_replanning", "huoku.plan.warming:use_quotes"),
}
"""What to call that kernels of a work are compiled: in this process, and at the same time in a second one."""


def warm(progress: Callable[[str], None] = lambda stage: None, work: str = EVERYTHING) -> None:
    """Have the compiled kernels in this process, compiling them if nobody has; ``timings`` leave this out.

    Called ahead of time it saves the first large plan, and the first quote and re-planning on it, that wait.
    ``progress``: see ``plan``. ``work``: for ``PLANNING`` alone the wait is a third shorter.
    """
    if not can_compile() or (is_loaded() and is_compiled(work)):
        return
    if is_compiled(work):
        progress("load")
    else:
        progress("compile")
        here, beside = COMPILED_BY[work]
        with compiled_beside(beside):
            call(here)
    plan_smallest()
    mark_compiled(work)


def worked_out(factory: Factory, lang: Language, compiled: bool, effort: int, clock: "Clock") -> Plan:
    """See ``plan``."""
    with use_compiled(compiled):
        with clock.stage("build"):
            built = build(factory)
        with clock.stage("promise"):
            case, promised = with_parts(built, promise(built, effort))
            case = as_promised(case, promised.promises)
        with clock.stage("net"):
            netted = settle(case, promised)
        with clock.stage("tables"):
            said = told(case, promised, netted, lang)
    made = replace(said, timings=clock.seconds, effort=effort)
    decided = Decided(built, case, promised, netted, last_number(factory) + made.orders.height)
    made.kept.update(said.kept, decided=decided)
    return made


def settle(case: Case, promised: Promised) -> Netted:
    """The second pass, on the case as it was promised."""
    netted = net(given_by(case, promised), claim_needs(case.model, case.claiming.claims, promised.promises.day))
    if netted.unserved:
        raise AssertionError(f"{netted.unserved} needs found no source: a fault of the planner, please report it")
    return netted


def told(case: Case, promised: Promised, netted: Netted, lang: Language, names: pl.Series | None = None) -> Plan:
    """The decision in tables, words and figures. ``names``: of the orders, where they have some."""
    about = ordered(case, netted, lang, names)
    pegged = Pegged(case, netted, promised.promises.day)
    usage = usage_table(case, pegged, about.names, pegged.used)
    of_orders = OfOrders(
        orders_table(case, netted, about, lang),
        usage,
        decisions_table(netted, about),
        sums(case, about, netted.order_left),
    )
    return told_with(of_orders, case, promised, about, pegged, lang)


class OfOrders(NamedTuple):
    """The tables that grow with the orders, and their sums."""

    orders: pl.DataFrame
    usage: pl.DataFrame
    decisions: pl.DataFrame
    sums: Sums


class Told(NamedTuple):
    """What telling a plan again after a change need not work out anew: see ``Sums`` and ``late_claims``."""

    sums: Sums
    late: pl.DataFrame


def told_with(
    of_orders: OfOrders,
    case: Case,
    promised: Promised,
    about: Ordered,
    pegged: Pegged,
    lang: Language,
    said: pl.DataFrame = UNSAID,
) -> Plan:
    """All other tables, and the figures, told with these. ``said``: see ``late_claims``."""
    promises, netted = promised.promises, pegged.netted
    late = late_claims(case, promises, about.sources, lang, said)
    open_work = open_work_table(case, promised.open_work)
    doubts = exceptions(case, promises, netted, about, late, pegged, open_work, lang)
    made = Plan(
        factory=case.factory,
        lang=lang,
        orders=of_orders.orders,
        usage=of_orders.usage,
        promises=promises_table(case, promises, late, doubts.select("subject", "message")),
        exceptions=doubts,
        leftovers=leftovers(case, netted, about.names),
        decisions=of_orders.decisions,
        earmarks=earmarks_table(case, pegged, about.names) if pegged.earmarks.size else of_orders.usage.clear(),
        schedule=schedule(case, netted, promised.made, about.names),
        open_work=open_work,
        figures=figures(case, promises, pegged, of_orders.sums),
    )
    made.kept["told"] = Told(of_orders.sums, late)
    return made


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
        self.seconds[name] = self.seconds.get(name, 0.0) + process_time() - begun


def plan_smallest() -> Plan:
    """Plan a factory that calls every kernel of planning, compiled; those of families apart."""
    return worked_out(smallest(), "en", True, EFFORT, Clock(lambda stage: None))


def smallest() -> Factory:
    """The smallest factory that has something of everything that kernels look at."""
    return factory_of(
        today=date(2026, 1, 5),
        items=[{"item": "KETTLE", "kind": "make", "lead_time_days": 2}, {"item": "SCREW", "unit_cost": 1}],
        bom=[{"parent": "KETTLE", "component": "SCREW", "qty": 4}],
        sources=[{"item": "SCREW", "supplier": "S", "moq": 100, "lead_time_days": 9}],
        supplies=[{"supply": "P-1", "item": "SCREW", "qty": 10, "due": date(2026, 1, 9)}],
        demands=[{"demand": "SO-1", "item": "KETTLE", "qty": 5, "due": date(2026, 1, 8)}],
    )
