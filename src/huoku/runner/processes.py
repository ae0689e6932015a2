"""Plan over processes of this machine: each takes one factory after the other and gives its plan back."""

import os
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from huoku.factory import Factory
from huoku.language import Language
from huoku.plan import Plan
from huoku.runner.faults import PlanningFault
from huoku.runner.inline import run


def plan_over_processes(
    factories: Mapping[str, Factory], lang: Language, workers: int | None, progress: Callable[[str], None]
) -> dict[str, Plan]:
    """See ``plan_many``."""
    count = min(workers or os.cpu_count() or 1, len(factories))
    # New processes share nothing with this one, on every system: no locks that a thread of Polars may hold.
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        waiting = {pool.submit(planned, factory, lang): name for name, factory in factories.items()}
        for done in as_completed(waiting):
            if done.exception():
                pool.shutdown(wait=False, cancel_futures=True)
                raise _fault(done, waiting)
            progress(waiting[done])
    return {name: future.result() for future, name in waiting.items()}


def planned(factory: Factory, lang: Language) -> Plan:
    """What each process does."""
    plan = run(factory, lang=lang)
    plan.kept.clear()  # what it was decided with is too much to hand on
    return plan


def _fault(failed: "Future[Plan]", waiting: Mapping["Future[Plan]", str]) -> PlanningFault:
    error = failed.exception()
    assert error is not None
    name = waiting[failed]
    if isinstance(
        error, BrokenProcessPool
    ):  # a process is gone, killed for want of memory perhaps: which one is unknown
        lost = (other for future, other in waiting.items() if future.done() and _is_lost(future))
        name = ", ".join(lost)
    fault = PlanningFault(name, error)
    fault.__cause__ = error
    return fault


def _is_lost(future: "Future[Plan]") -> bool:
    return not future.cancelled() and isinstance(future.exception(), BrokenProcessPool)
