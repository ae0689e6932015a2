"""What differs between two plans, as tables, and whether anything got worse."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from huoku.language import Sentence
from huoku.plan.explain import labels as say

if TYPE_CHECKING:
    from huoku.plan.plan import Plan

BEFORE, AFTER = Sentence("之前", "before"), Sentence("之后", "after")
CONTRIBUTION = Sentence("销售额减总成本", "sales less total cost")

CENT = 0.005
"""Money closer than this is equal."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans side by side: only what differs has a row.

    ``promises``: demand, item, change (earlier, later, promised, unpromised, quantity, due, new, gone), days (later),
    day, quantity and days late on both sides, worse.
    ``money``: part, before, after, change; every part of the total, then total_cost, sales_value and contribution,
    which is the sales value less the total cost.
    ``orders``: change (added, dropped, changed), what is ordered where from whom, name, quantity, start and due on
    both sides, qty (more), days (later).
    ``leftovers``: item, quantity and value on both sides, qty and value (more).
    ``exceptions``: change (new, gone), severity, code, subject, message.
    """

    before: "Plan" = field(repr=False)
    after: "Plan" = field(repr=False)
    promises: pl.DataFrame
    money: pl.DataFrame
    orders: pl.DataFrame
    leftovers: pl.DataFrame
    exceptions: pl.DataFrame
    unchanged_orders: int

    @property
    def worse(self) -> dict[str, float]:
        """What got worse, nothing where all is as good or better.

        ``promises``: how many are later against their due day, smaller, or no longer there; ``exceptions``: how many
        new ones are more than a remark, those about demands left out, for the promises tell them; ``contribution``: by
        how much less money remains of the sales.
        """
        told = self.exceptions.filter(
            pl.col("change") == "new", pl.col("severity") != "info", ~pl.col("code").str.starts_with("demand_")
        )
        lost = -float(self.money.filter(part="contribution")["change"].sum())
        troubles = {"promises": int(self.promises["worse"].sum()), "exceptions": told.height}
        return {name: count for name, count in troubles.items() if count} | (
            {"contribution": round(lost, 2)} if lost > CENT else {}
        )

    def counts(self) -> dict[str, dict[str, int]]:
        """How many rows of each table stand for each change."""
        return {name: dict(sorted(_counted(getattr(self, name)))) for name in ("promises", "orders", "exceptions")}

    def data(self) -> dict[str, Any]:
        """The same as plain dicts, lists, numbers and dates, for programs."""
        frames = ("promises", "money", "orders", "leftovers", "exceptions")
        figures: dict[str, Mapping[str, Any]] = {"before": self.before.figures, "after": self.after.figures}
        return {
            "worse": self.worse,
            "counts": self.counts(),
            "unchanged_orders": self.unchanged_orders,
            "figures": figures,
            **{name: getattr(self, name).to_dicts() for name in frames},
        }

    def _repr_html_(self) -> str:
        lang = self.after.lang
        sides = (self.before.figures, self.after.figures)
        rows: list[tuple[str, ...]] = [("", BEFORE.say(lang), AFTER.say(lang))]
        for label, name in ((say.ON_TIME, "on_time"), (say.LATE, "late_demands")):
            rows.append((label.say(lang), *(f"{side[name]:,}" for side in sides)))
        for label, name in ((say.PURCHASES, "buy"), (say.MAKE_ORDERS, "make")):
            rows.append((label.say(lang), *(f"{side['orders'][name]:,}" for side in sides)))
        for label, name in ((say.TOTAL_COST, "total_cost"), (say.LEFT_OVER, "leftover_value")):
            rows.append((label.say(lang), *(f"{side[name]:,.2f}" for side in sides)))
        remains = self.money.row(by_predicate=pl.col("part") == "contribution", named=True)
        rows.append((CONTRIBUTION.say(lang), f"{remains['before']:,.2f}", f"{remains['after']:,.2f}"))
        lines = (
            f"<tr><td>{label}</td><td align='right'>{was}</td><td align='right'>{now}</td></tr>"
            for label, was, now in rows
        )
        return f"<table>{''.join(lines)}</table>"


def _counted(frame: pl.DataFrame) -> list[tuple[str, int]]:
    return frame.group_by("change").len().rows()
