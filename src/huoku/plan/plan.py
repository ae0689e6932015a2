"""A plan: what was decided, as tables, with the factory it was decided for.

The rooms that answer questions about a plan are entered by the first question: a small plan is made sooner than they
are loaded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from huoku.factory import Factory
from huoku.language import Language
from huoku.plan import store
from huoku.plan.decide.service import EFFORT
from huoku.plan.tell.load import workload
from huoku.plan.tell.pegging import pegging

if TYPE_CHECKING:
    from huoku.plan.buying.advice import Advice
    from huoku.plan.compare import Comparison
    from huoku.plan.explain.explanation import Explanation
    from huoku.plan.quote import Quote
    from huoku.plan.quote.first_pass import FirstPass


MOST_EXPLAINED = 16
"""So many explanations a plan keeps."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The tables of the contract, what explains them, and the figures.

    ``orders``, ``usage``, ``promises``, ``exceptions``, ``leftovers`` and ``schedule`` have the columns of
    the contract; ``promises`` also has ``resource``, the full resource behind a late day. ``decisions`` has a row
    for each order: what of it is needed, its cost, the best way not taken. ``earmarks`` has rows like usage for
    what usage cannot name: components of open make orders (``supply``), the rest of a forecast (``forecast``),
    safety stock (``safety``). ``open_work`` is the schedule of open make orders.
    ``effort``: see ``plan``. ``kept``: what planning and quotes have worked out, for questions to come; it is not
    compared, and only what the plan was decided with is saved of it.
    """

    factory: Factory
    lang: Language
    orders: pl.DataFrame
    usage: pl.DataFrame
    promises: pl.DataFrame
    exceptions: pl.DataFrame
    leftovers: pl.DataFrame
    decisions: pl.DataFrame
    earmarks: pl.DataFrame
    figures: Mapping[str, Any]
    schedule: pl.DataFrame
    open_work: pl.DataFrame
    timings: Mapping[str, float] = field(default_factory=dict, compare=False)
    effort: int = EFFORT
    kept: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def tables(self) -> dict[str, pl.DataFrame]:
        """All tables by name, in the order in which they are written."""
        return {name: getattr(self, name) for name in store.TABLES}

    def pegging(self) -> pl.DataFrame:
        """Each demand's tree, level by level. Grows with the levels: ask for it when it is needed."""
        return pegging(self.usage)

    def margins(self) -> pl.DataFrame:
        """What each demand earns, before and after the leftovers that were bought because of it.

        Columns: demand, customer, item, sales, material, fees, margin, leftover, margin_after; see
        ``huoku.plan.explain.margins``. It follows the pegs: ask for it when it is needed.
        """
        from huoku.plan.explain.margins import margins

        return margins(self)

    def work(self) -> pl.DataFrame:
        """All work on resources, in the columns of ``schedule``: of the planned orders and of open make orders."""
        return pl.concat([self.schedule, self.open_work.rename({"supply": "order"})])

    def workload(self) -> pl.DataFrame:
        """How full each resource is, week by week: resource, week (its Monday), minutes, capacity, share."""
        return workload(self.factory, self.work())

    def explain(self, subject: str) -> "Explanation":
        """Why is it so? For an order, a demand, an open supply, an item or a resource; UsageError for anything else.

        The last few answers are kept: a page asks for the same one in several places."""
        from huoku.plan.explain import explain

        told: dict[str, Explanation] = self.kept.setdefault("explained", {})
        found = told.get(subject) or explain(self, subject)
        if subject not in told and len(told) >= MOST_EXPLAINED:
            told.clear()
        told[subject] = found
        return found

    def compare(self, after: "Plan") -> "Comparison":
        """This plan beside another one: what differs, and what got worse. UsageError for another currency."""
        from huoku.plan.compare import compare

        return compare(self, after)

    def quote(
        self,
        item: str,
        qty: float | Decimal | str,
        date: date,
        *,
        location: str = "MAIN",
        customer: str | None = None,
        priority: int = 5,
        demand: str = "QUOTE",
        lang: Language | None = None,
    ) -> "Quote":
        """What date can be promised for ``qty`` of an item that is wanted on ``date``? The plan stays as it is.

        The first question looks up what the plan's promises leave, which a saved plan has to work out
        again; then one takes a millisecond. One at a time: the questions share their work space.
        ``demand`` is the name that it is to have when it is accepted. Raises UsageError for an unknown item or
        location, a quantity that the item is not counted in, a day after the last, or a name that is taken.
        """
        from huoku.plan.quote.asked import checked
        from huoku.plan.quote.first_pass import first_pass_of
        from huoku.plan.quote.quote import quoted

        if "first pass" not in self.kept:
            self.kept["first pass"] = first_pass_of(self)
        state: FirstPass = self.kept["first pass"]
        lang = lang or self.lang
        asked = checked(
            state, lang, item, qty, date, location=location, customer=customer, priority=priority, demand=demand
        )
        return quoted(state, asked, lang)

    def options(
        self,
        item: str,
        qty: float | Decimal | str | None = None,
        date: date | None = None,
        *,
        possible: dict[str, Any] | str | Path | None = None,
        risk_limit: float | None = None,
        lang: Language | None = None,
    ) -> "Advice":
        """The ways to get ``qty`` of an item by a day, side by side; without ``qty`` of its first planned purchase.

        Minimum, price breaks, other suppliers, substitutes in stock, waiting for or pulling forward the next need, and
        others of the vendor's parts come from the tables. ``possible`` adds what was offered or thought of, as a dict
        or a TOML file: see ``huoku.plan.buying.entered``. ``risk_limit``: by how much the dearest tenth of futures may
        exceed the expected cost. UsageError for an unknown item or a quantity that it is not counted in.
        """
        from huoku.plan.buying.advice import advise

        return advise(self, item, qty, date, possible, risk_limit, lang or self.lang)

    def save(self, folder: str | Path, format: Literal["csv", "parquet"] = "csv") -> None:
        """Write the plan into a folder, whole or not at all; an older plan there is replaced.

        Raises UsageError where the folder holds something that is no plan.
        """
        store.save(self, Path(folder), format)

    @classmethod
    def load(cls, folder: str | Path) -> "Plan":
        """Read a saved plan with the factory it was made for. Raises UsageError where none is whole."""
        fields, standing = store.load(Path(folder))
        plan = cls(**fields)
        if standing is not None:
            plan.kept["standing"] = standing
        return plan

    def __repr__(self) -> str:
        counts = self.figures["orders"]
        return (
            f"Plan({counts['buy']} to buy, {counts['make']} to make, {self.figures['late_demands']} of "
            f"{self.figures['demands']} demands late, total cost {self.figures['total_cost']:,.2f})"
        )

    def _repr_html_(self) -> str:
        from huoku.plan.explain import labels as say

        told = self.figures
        rows = (
            (say.DEMANDS, f"{told['demands']:,}"),
            (say.ON_TIME, f"{told['on_time']:,}"),
            (say.LATE, f"{told['late_demands']:,}"),
            (say.PURCHASES, f"{told['orders']['buy']:,}"),
            (say.MAKE_ORDERS, f"{told['orders']['make']:,}"),
            (say.TOTAL_COST, f"{told['total_cost']:,.2f}"),
            (say.LEFT_OVER, f"{told['leftover_value']:,.2f}"),
        )
        cells = (f"<tr><td>{label.say(self.lang)}</td><td align='right'>{figure}</td></tr>" for label, figure in rows)
        return f"<table>{''.join(cells)}</table>"
