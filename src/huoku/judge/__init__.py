"""The project's own judge: does a plan keep the rules of the contract, and what does it cost?

It knows the contract and nothing of the planner: it reads the output tables and reckons everything again.
"""

from collections.abc import Iterator
from pathlib import Path

from huoku.factory import Factory, read
from huoku.judge.balance import broken_sources, negative_levels, overdrawn, stock_levels
from huoku.judge.bom import with_covered
from huoku.judge.capacity import broken_schedule
from huoku.judge.case import open_case
from huoku.judge.fixed_work import broken_fixes
from huoku.judge.kinds import wrong_kinds
from huoku.judge.money import figures
from huoku.judge.orders import broken_orders
from huoku.judge.promises import broken_promises, missing_reasons, promises_of
from huoku.judge.reserved import broken_reservations
from huoku.judge.shelf_life import past_shelf_life
from huoku.judge.suspects import told
from huoku.judge.tables import Planned, PlanTables
from huoku.judge.terms import terms_of
from huoku.judge.usage import broken_rows, sound_rows, uncovered_orders
from huoku.judge.verdict import Finding, Verdict, Violation, verdict

__all__ = ["Planned", "Verdict", "Violation", "judge"]


def judge(factory: str | Path | Factory, plan: str | Path | Planned) -> Verdict:
    """Check a plan against the contract's rules 1 to 8 and reckon its money.

    ``factory`` is a Factory or what ``huoku.factory.read`` takes; ``plan`` the folder of a saved plan (CSV or Parquet)
    or anything with its tables as frames. Rule 9 (equal bytes) needs two plans and is not checked here.
    Raises UsageError where there is no plan, DataError for tables that are none.
    """
    factory = factory if isinstance(factory, Factory) else read(factory)
    case = open_case(factory, PlanTables(plan))
    terms = terms_of(case)
    rows = with_covered(case, case.usage)
    usage = sound_rows(rows)
    levels = stock_levels(case, usage)
    promises = promises_of(case, usage)

    def findings() -> Iterator[Finding]:
        yield from told(case, broken_sources(case, usage) + past_shelf_life(case, usage))
        yield from overdrawn(case, usage)
        yield from negative_levels(case, levels)
        yield from broken_orders(case, terms)
        yield from wrong_kinds(case)
        yield from told(case, broken_rows(case, rows))
        yield from uncovered_orders(case, usage)
        yield from broken_promises(case, promises)
        yield from broken_reservations(case, usage)
        yield from missing_reasons(case, promises)
        yield from broken_schedule(case)
        yield from broken_fixes(case)

    return verdict(findings(), figures(case, terms, levels, promises))
