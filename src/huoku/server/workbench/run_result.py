"""What came of a plan run, in figures beside those of the plan before it: on the page of the run."""

from dataclasses import dataclass
from typing import Any

from huoku.language import Sentence
from huoku.server.office.sections import Section
from huoku.server.planning.models import PlanRun
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup

COUNTED = {
    "demands": (Sentence("需求行", "Demand lines"), 0),
    "on_time": (Sentence("按期", "On time"), 1),
    "late_demands": (Sentence("会晚的", "Late"), -1),
    "late_days": (Sentence("一共晚几天", "Days late, all together"), -1),
    "not_promised": (Sentence("答应不了的", "Cannot be promised"), -1),
}
IN_MONEY = {
    "leftover_value": (Sentence("期末余料", "Left over"), -1),
    "total_cost": (Sentence("要花的钱和损失", "To be spent and lost"), -1),
    "sales_value": (Sentence("销售额", "Sales"), 1),
}
"""Figures with their names, and which way is better: 1 more, -1 less, 0 neither."""


@dataclass(frozen=True, slots=True)
class Line:
    words: Sentence
    before: float | None
    now: float
    better: int
    is_money: bool

    @property
    def change(self) -> float | None:
        return None if self.before is None else self.now - self.before

    @property
    def level(self) -> str:
        """Better or worse than before; nothing where it is neither."""
        turned = (self.change or 0) * self.better
        return "G" if turned > 0 else "O" if turned < 0 else ""


def result_of_a_run(actor: Actor, id: int) -> Section | None:
    """None while it is not done, and for whoever may not see what things cost."""
    run = rows_for(actor, PlanRun).filter(pk=id).first()
    if run is None or run.state != PlanRun.State.DONE or not run.figures or not actor.sees(FieldGroup.COST):
        return None
    before = _before(actor, run)
    then: dict[str, Any] = before.figures if before else {}
    lines = [
        Line(words, then.get(name), run.figures[name], better, is_money)
        for group, is_money in ((COUNTED, False), (IN_MONEY, True))
        for name, (words, better) in group.items()
        if name in run.figures
    ]
    took = (run.ended_at - run.started_at).total_seconds() if run.ended_at and run.started_at else None
    told = {"run": run, "before": before, "lines": lines, "seconds": took, "currency": actor.company.currency}
    return Section("workbench/on_papers/run.html", told, says=("figures",))


def _before(actor: Actor, run: PlanRun) -> PlanRun | None:
    """The last live plan before it."""
    rows = rows_for(actor, PlanRun).filter(kind=PlanRun.Kind.LIVE, state=PlanRun.State.DONE, pk__lt=run.pk)
    return rows.order_by("-pk").first()
