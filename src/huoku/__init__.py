"""huoku (活库, "living stock"): planning and inventory for factories that make small batches to order.

    import huoku as hk

    shop = hk.read("factory/")     # or a workbook, or hk.demo()
    plan = hk.plan(shop)           # what to buy and make, what to promise, what is left over
    plan.orders                    # a Polars frame
    hk.explain(plan, "SO-1042")    # why this date, why this quantity
    hk.simulate(shop)              # what its past would have come to under other rules of buying

Nothing is loaded before it is used: ``import huoku`` alone takes a few milliseconds.
"""

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from huoku import examples, factory, report, runner
    from huoku.examples import demo, make_shop
    from huoku.factory import Factory, build, read
    from huoku.factory.template import template
    from huoku.judge import Verdict, judge
    from huoku.plan import Plan, plan
    from huoku.plan.compare import Comparison, compare
    from huoku.plan.planner import warm
    from huoku.plan.quote import Quote
    from huoku.plan.replan.replan import replan
    from huoku.plan.retold import in_language
    from huoku.report import Explanation, explain, write_report
    from huoku.runner.many import plan_many
    from huoku.sense.review import DeadStock, deadstock
    from huoku.simulate import simulate

__version__ = "0.1.0"

__all__ = [
    "Comparison",
    "DeadStock",
    "Explanation",
    "Factory",
    "Plan",
    "Quote",
    "Verdict",
    "build",
    "compare",
    "deadstock",
    "demo",
    "examples",
    "explain",
    "factory",
    "in_language",
    "judge",
    "make_shop",
    "plan",
    "plan_many",
    "read",
    "replan",
    "report",
    "runner",
    "simulate",
    "template",
    "warm",
    "write_report",
]

_ROOM_OF = {
    "Comparison": "plan.compare",
    "DeadStock": "sense.review",
    "Explanation": "report",
    "Factory": "factory",
    "Plan": "plan",
    "Quote": "plan.quote",
    "Verdict": "judge",
    "build": "factory",
    "compare": "plan.compare",
    "deadstock": "sense.review",
    "demo": "examples",
    "examples": "examples",
    "explain": "report",
    "factory": "factory",
    "in_language": "plan.retold",
    "judge": "judge",
    "make_shop": "examples",
    "plan": "plan",
    "plan_many": "runner.many",
    "read": "factory",
    "replan": "plan.replan.replan",
    "report": "report",
    "runner": "runner",
    "simulate": "simulate",
    "template": "factory.template",
    "warm": "plan.planner",
    "write_report": "report",
}


_CALLED_BY_NAME = ("judge", "plan", "simulate")


class _CallableRoom(ModuleType):
    """A room that bears the name of its main function, and is called like it: ``huoku.plan(factory)``."""

    @property
    def __wrapped__(self) -> Any:
        """The function itself; ``help`` and ``inspect.signature`` look here."""
        return getattr(self, self.__name__.rpartition(".")[2])

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return self.__wrapped__(*arguments, **options)


class _House(ModuleType):
    """This package. Python binds every room to its name here, whoever imports it first."""

    def __setattr__(self, name: str, value: object) -> None:
        if name in _CALLED_BY_NAME and isinstance(value, ModuleType):
            value.__class__ = _CallableRoom
        super().__setattr__(name, value)


def __getattr__(name: str) -> Any:
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'huoku' has no attribute {name!r}")
    room = importlib.import_module(f"huoku.{_ROOM_OF[name]}")
    if name not in globals():  # a room that bears this very name has bound itself by now
        globals()[name] = getattr(room, name)
    return globals()[name]


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


sys.modules[__name__].__class__ = _House
