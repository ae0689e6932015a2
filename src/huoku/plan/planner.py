"""Plan a factory: build the model, promise, net, and say it in tables."""

from dataclasses import dataclass, field
from datetime import date
from time import process_time

import numpy as np
import polars as pl

from huoku.buy.lot_sizing import Search
from huoku.buy.terms import Ints
from huoku.compiled import use_compiled
from huoku.factory import Factory
from huoku.factory import build as factory_of
from huoku.language import Language
from huoku.plan.build import Case, build
from huoku.plan.claiming import claim_needs
from huoku.plan.exceptions import exceptions
from huoku.plan.figures import figures
from huoku.plan.leftovers import leftovers
from huoku.plan.netting import Netted, Wants, net
from huoku.plan.plan import Plan
from huoku.plan.promise import Promises
from huoku.plan.receipts import Incoming, arranged
from huoku.plan.service import Promised, promise
from huoku.plan.tables import (
    decisions_table,
    late_claims,
    order_names,
    orders_table,
    peg_days,
    promises_table,
    usage_tables,
)

LARGE = 20_000
"""Demands times BOM lines from which on loading the compiled kernels costs less than it saves."""


def plan(factory: Factory, *, lang: Language = "en", compiled: bool | None = None) -> Plan:
    """What to buy and make, from whom, how much, when; what to promise, what is left over, and why.

    A pure function: the same tables, in any order of rows, give the same plan to the last byte.

    Parameters
    ----------
    lang : the language of reasons and messages
    compiled : run the kernels compiled or plain; by default as the size asks for. The plan is the same.

    Raises
    ------
    DataError : never here; the factory was checked when it was read
    """
    large = factory.demands.height * factory.bom.height >= LARGE if compiled is None else compiled
    with use_compiled(large):
        clock = Clock()
        case = build(factory)
        clock.lap("build")
        promised = promise(case)
        clock.lap("promise")
        case, netted = settle(case, promised)
        clock.lap("net")
        made = told(case, promised.promises, netted, lang)
        clock.lap("tables")
    return made.with_timings(clock.laps)


def settle(case: Case, promised: Promised) -> tuple[Case, Netted]:
    """The second pass. Returns the case as it was netted, and the decision.

    Open make orders whose components come later arrive later, or not at all within the horizon.
    """
    claims, promises = case.claiming.claims, promised.promises
    put_off = np.flatnonzero(claims.is_supply & (promises.day != claims.day))
    if put_off.size:
        case = case._replace(incoming=postponed(case, promises, put_off))
    wants = claim_needs(case.model, claims, promises.day)
    netted = net(case.model, promised.cells, promised.lots, case.incoming.receipts, wants, promises.day, Search())
    if netted.unserved:
        raise AssertionError(f"{netted.unserved} needs found no source: a fault of the planner, please report it")
    return case, netted


def postponed(case: Case, promises: Promises, put_off: Ints) -> Incoming:
    """The receipts with those open make orders on the day on which they are really there."""
    claims, table = case.claiming.claims, case.claiming.table
    there = claims.arrives[put_off] + promises.day[put_off] - claims.day[put_off]
    moved = pl.DataFrame(
        {
            "claim": table["row"].gather(put_off),
            "later": np.where(promises.day[put_off] < 0, case.model.horizon + 1, there),
        }
    )
    receipts = case.incoming.table.join(moved, on="claim", how="left", maintain_order="left")
    receipts = receipts.with_columns(day=pl.coalesce("later", "day")).drop("later")
    return arranged(receipts, case.incoming.aside, case.numbering)


def told(case: Case, promises: Promises, netted: Netted, lang: Language) -> Plan:
    """The decision in tables, words and figures."""
    names = order_names(case, netted)
    day = peg_days(netted, promises.day)
    late = late_claims(case, promises, lang)
    usage, earmarks = usage_tables(case, netted, names, day)
    doubts = exceptions(case, promises, netted, names, late, day, lang)
    return Plan(
        factory=case.factory,
        lang=lang,
        orders=orders_table(case, netted, names, lang),
        usage=usage,
        promises=promises_table(case, promises, late, doubts.select("subject", "message")),
        exceptions=doubts,
        leftovers=leftovers(case, netted, names),
        decisions=decisions_table(case, netted, names, lang),
        earmarks=earmarks,
        figures=figures(case, promises, netted, day),
    )


@dataclass
class Clock:
    """CPU seconds by stage; read only to be shown, no decision depends on it."""

    laps: dict[str, float] = field(default_factory=dict)
    last: float = field(default_factory=process_time)

    def lap(self, stage: str) -> None:
        now = process_time()
        self.laps[stage], self.last = now - self.last, now


def warm() -> None:
    """Compile the kernels once, so that the first large plan need not wait for it."""
    smallest = factory_of(
        today=date(2026, 1, 5),
        items=[{"item": "KETTLE", "kind": "make", "lead_time_days": 2}, {"item": "SCREW", "unit_cost": 1}],
        bom=[{"parent": "KETTLE", "component": "SCREW", "qty": 4}],
        sources=[{"item": "SCREW", "supplier": "S", "moq": 100, "lead_time_days": 9}],
        supplies=[{"supply": "P-1", "item": "SCREW", "qty": 10, "due": date(2026, 1, 9)}],
        demands=[{"demand": "SO-1", "item": "KETTLE", "qty": 5, "due": date(2026, 1, 8)}],
    )
    plan(smallest, compiled=True)
