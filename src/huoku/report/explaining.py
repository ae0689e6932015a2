"""An explanation that can show itself: as text in a terminal, as lines and a chart in a notebook."""

from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

import polars as pl

from huoku.language import Language
from huoku.plan import Plan
from huoku.plan.explain.explanation import Explanation as Explained
from huoku.report.drawing import Picture
from huoku.report.load_chart import plot_load
from huoku.report.lot_cost_chart import plot_lot_cost
from huoku.report.stock_chart import plot_projection
from huoku.report.text import explain_text


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer to "why?". ``told`` holds it as data."""

    told: Explained
    plan: Plan = field(repr=False)

    def data(self) -> dict[str, Any]:
        """The same as plain dicts, lists, numbers and dates, for programs."""
        return self.told.data()

    def text(self, lang: Language | None = None) -> str:
        """The same as lines for a terminal; by default in the plan's language."""
        return explain_text(self.told, lang or self.told.lang)

    def plot(self, lang: Language | None = None) -> Picture:
        """What a purchase costs by the quantity needed; a resource's load; else the stock of the item day by day."""
        if self.told.kind == "resource":
            here = pl.col("resource") == self.told.subject
            plan, opened = self.plan, self.plan.open_work.filter(here)
            return plot_load(replace(plan, schedule=plan.schedule.filter(here), open_work=opened), lang)
        purchases = self.plan.orders.filter((pl.col("order") == self.told.subject) & (pl.col("kind") == "buy"))
        if self.told.kind == "order" and purchases.height:
            return plot_lot_cost(self.plan, self.told.item, lang)
        return plot_projection(self.plan, self.told.item, lang)

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return f"<pre style='line-height:1.3'>{escape(self.text())}</pre>"


def explain(plan: Plan, subject: str) -> Explanation:
    """Explain a planned order, a demand, an open supply, an item or a resource. Raises UsageError for anything else."""
    return Explanation(plan.explain(subject), plan)
