"""Several factories, or the same one under several suppositions: here one after the other, or over processes."""

from collections.abc import Callable, Mapping
from typing import Literal

from huoku.errors import UsageError
from huoku.factory import Factory
from huoku.language import Language
from huoku.plan import Plan
from huoku.runner.faults import PlanningFault
from huoku.runner.inline import run
from huoku.runner.processes import plan_over_processes

Runner = Literal["inline", "processes"]


def plan_many(
    factories: Mapping[str, Factory],
    *,
    runner: Runner = "inline",
    lang: Language = "en",
    workers: int | None = None,
    progress: Callable[[str], None] = lambda name: None,
) -> dict[str, Plan]:
    """A plan for each factory, by its name and in the same order; the same to the last byte with either runner.

    Parameters
    ----------
    factories : what to plan, such as ``{"now": shop, "300": shop.with_values({"demands.SO-1042.qty": 300})}``
    runner : ``inline``: in this process; ``processes``: over processes, which pays where each plan takes seconds. A
        script that asks for processes does so under ``if __name__ == "__main__":``, for each of them imports it anew
    lang : the language of reasons and messages
    workers : so many processes; by default as many as the machine has processors, at most one for each factory
    progress : told the name of each factory whose plan is done

    Raises
    ------
    PlanningFault : planning one of the factories failed; it is named, and no plan is given
    UsageError : an unknown runner, or fewer than one worker
    """
    if runner not in ("inline", "processes"):
        raise UsageError(f"no such runner: {runner}; inline or processes / 没有这种运行方式：{runner}")
    if workers is not None and workers < 1:
        raise UsageError(f"at least one worker, not {workers} / 至少要一个进程，不能是 {workers}")
    if runner == "processes" and len(factories) > 1:
        return plan_over_processes(factories, lang, workers, progress)
    plans = {}
    for name, factory in factories.items():
        try:
            plans[name] = run(factory, lang=lang)
        except Exception as error:
            raise PlanningFault(name, error) from error
        progress(name)
    return plans
