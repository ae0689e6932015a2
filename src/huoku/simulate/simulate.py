"""``huoku.simulate(factory)``: what the factory's own past would have come to under several rules of buying."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from huoku.errors import UsageError
from huoku.factory import Factory
from huoku.language import Sentence
from huoku.sense.demand import Method
from huoku.sense.past_use import WEEK_DAYS
from huoku.simulate.bootstrap import interval
from huoku.simulate.episode import WEEKS_PER_YEAR, Episode
from huoku.simulate.frontier import change_at_equal
from huoku.simulate.learning import learnt
from huoku.simulate.measures import Figures, Rates, Totals, figures
from huoku.simulate.of_factory import past_of, problem
from huoku.simulate.parts import Floats
from huoku.simulate.policies import LotForLot, OnBacklog, OrderUpTo, ReorderPoint, WeighedLots
from huoku.simulate.replay import Policy, replay
from huoku.simulate.review import Review

LEARNING = 0.57
"""So much of the history is learnt from, unless said otherwise; the rest is replayed."""
LEAST_LEARNING = 12
SAFETIES = (0.0, 0.5, 1.0, 1.3, 1.645, 2.0, 2.5)
PRICES = (0.15, 0.4, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 9.0, 20.0, 50.0)
SEED = 1

BASE = "up-to"
NAMES = {
    BASE: Sentence("补到均值加安全库存", "up to mean + safety"),
    "reorder": Sentence("再订货点与经济批量", "reorder point, economic lot"),
    "lot-for-lot": Sentence("按净需求买", "lot for lot"),
    "on-backlog": Sentence("有欠单才买", "only on backlog"),
    "weighed": Sentence("逐批权衡", "weighed lots"),
}
"""The rules by their names on the command line."""
SWEPT = (BASE, "reorder", "weighed")
"""Rules with a dial."""

UNKNOWN = Sentence("没有“{name}”这条采购规则；可选：{known}", "there is no policy “{name}”; choose from {known}")
BAD_LEARNING = Sentence(
    "学习期要在 {low} 到 {high} 周之间，不能是 {weeks} 周",
    "learn from {low} to {high} {high|week|weeks}, not from {weeks}",
)

BAD_OPENING = Sentence(
    "期初库存的倍数要大于等于 0，不能是 {opening}", "the opening stock is 0 or more times the level, not {opening}"
)
NOT_USED = Sentence(
    "前 {weeks} 周里没有一种外购物料有用量；请学得久一点，或补上更早的记录",
    "no bought item was used in the first {weeks} {weeks|week|weeks}; learn from more weeks, or add older records",
)


@dataclass(frozen=True, slots=True)
class Simulation:
    """What a replay came to.

    ``first`` is the first day of the weeks that were replayed. ``swept`` has the rules with a dial at each setting.
    ``saved`` is the change of excess by weighing lots where they serve as many lines as ``up-to``, and the ends of its
    95 % interval over items; None where one of the two was not replayed, or no setting serves as many.
    """

    factory: Factory
    first: date
    learning_weeks: int
    weeks: int
    items: Sequence[str]
    left_out: int
    may_decline: bool
    results: Mapping[str, Figures]
    swept: Mapping[str, Sequence[Figures]]
    saved: tuple[float, float, float] | None

    def total(self, name: str) -> Totals:
        """All items together under one policy."""
        return self.results[name].total()

    def data(self) -> dict[str, object]:
        """The same for programs."""
        told = {name: self.total(name) for name in self.results}
        return {
            "first_day": self.first,
            "weeks": self.weeks,
            "learning_weeks": self.learning_weeks,
            "items": len(self.items),
            "items_left_out": self.left_out,
            "may_decline": self.may_decline,
            "policies": {name: _plain(total) for name, total in told.items()},
            "excess_change_at_equal_line_fill": self.saved and [_number(part) for part in self.saved],
        }


def simulate(
    factory: Factory,
    policies: Sequence[str] = tuple(NAMES),
    *,
    learning_weeks: int | None = None,
    opening: float = 1.0,
    may_decline: bool = False,
) -> Simulation:
    """Replay the factory's table ``history`` week by week under each policy.

    Parameters
    ----------
    policies : names out of ``NAMES``
    learning_weeks : so many weeks are known at the start; the others are replayed. By default 57 % of all
    opening : the stock on the first day, as a multiple of the level of ``up-to``; the same for every policy
    may_decline : what cannot be served at once is lost; else it waits and must be served

    Every item must be bought as its cheapest source valid today says. Raises UsageError for an unknown policy and for
    weeks that the history does not have, DataError for a history of which nothing can be replayed.
    """
    for name in policies:
        if name not in NAMES:
            raise UsageError(_both(UNKNOWN, name=name, known=", ".join(NAMES)))
    past = past_of(factory)
    weeks = past.use.shape[1]
    first = round(weeks * LEARNING) if learning_weeks is None else learning_weeks
    if not LEAST_LEARNING <= first < weeks:
        raise UsageError(_both(BAD_LEARNING, low=LEAST_LEARNING, high=weeks - 1, weeks=first))
    if not 0.0 <= opening < np.inf:
        raise UsageError(_both(BAD_OPENING, opening=opening))
    known = np.asarray(past.use[:, :first].sum(axis=1) > 0)
    if not known.any():
        raise problem("nothing_learnt", NOT_USED, weeks=first)
    method = learnt(past.use[:, :first], past.parts.unit_cost, past.parts.lead, WEEKS_PER_YEAR)
    parts, use = past.parts.take(known), past.use[known]
    level = OrderUpTo().level(Review(parts, use[:, :first], WEEKS_PER_YEAR, method))
    episode = Episode(parts, use, first, opening * level, may_decline)
    measured = _measured(episode, _rules(policies, factory, may_decline), method, _rates(factory))
    swept = {
        name: [one for key, one in measured.items() if key.startswith(f"{name} ")] for name in policies if name in SWEPT
    }
    return Simulation(
        factory=factory,
        first=factory.settings.today - timedelta(days=WEEK_DAYS * (weeks - first)),
        learning_weeks=first,
        weeks=weeks - first,
        items=[item for item, is_known in zip(past.items, known, strict=True) if is_known],
        left_out=past.left_out + int((~known).sum()),
        may_decline=may_decline,
        results={name: measured[name] for name in policies},
        swept=swept,
        saved=_saved(measured[BASE], swept["weighed"]) if {BASE, "weighed"} <= set(policies) else None,
    )


def _rules(names: Sequence[str], factory: Factory, may_decline: bool) -> dict[str, Policy]:
    """Each policy by its name, and after its name each other setting of its dial."""
    holding = factory.settings.holding_rate
    weighed = WeighedLots(holding_rate=holding, may_decline=may_decline)
    if may_decline:
        # What is declined is lost: its own value is at stake, and every unit left over counts.
        weighed = replace(weighed, shortage=1.0, evenness=0.0, leftover_share=1.0)
    plain: dict[str, Policy] = {
        BASE: OrderUpTo(),
        "reorder": ReorderPoint(holding_rate=holding),
        "lot-for-lot": LotForLot(),
        "on-backlog": OnBacklog(),
        "weighed": weighed,
    }
    dials: dict[str, dict[str, Policy]] = {
        BASE: {f"{BASE} {z:g}": OrderUpTo(z) for z in SAFETIES},
        "reorder": {f"reorder {z:g}": ReorderPoint(z, holding) for z in SAFETIES},
        "weighed": {f"weighed {price:g}": replace(weighed, shortage=price) for price in PRICES},
    }
    chosen: dict[str, Policy] = {}
    for name in names:
        chosen |= {name: plain[name], **dials.get(name, {})}
    return chosen


def _rates(factory: Factory) -> Rates:
    settings = factory.settings
    return Rates(
        holding=settings.holding_rate, waiting=settings.late_rate * WEEK_DAYS, write_down=1.0 - settings.salvage_rate
    )


def _measured(episode: Episode, rules: dict[str, Policy], method: Method, rates: Rates) -> dict[str, Figures]:
    told = replay(episode, rules, method)
    after = Review(episode.parts, episode.use, episode.periods_per_year, method).next_year
    return {name: figures(episode, one, after, rates) for name, one in told.items()}


def _saved(base: Figures, weighed: Sequence[Figures]) -> tuple[float, float, float] | None:
    def change(weight: Floats | None = None) -> float:
        return change_at_equal(base, weighed, lambda told: told.line_fill, lambda told: told.excess, weight)

    found = change()
    return None if np.isnan(found) else (found, *interval(change, len(base.lines), seed=SEED))


def _plain(total: Totals) -> dict[str, float | None]:
    names = ("line_fill", "value_fill", "quantity_fill", "mean_stock", "excess", "unavoidable", "dead", "cost")
    parts = ("holding", "ordering", "shortage", "write_down")
    return {name: _number(getattr(total, name)) for name in (*names, *parts)}


def _number(value: float) -> float | None:
    """None for what is not a number: nothing was there to be served."""
    return None if np.isnan(value) else round(value, 6)


def _both(sentence: Sentence, **fields: object) -> str:
    return f"{sentence.say('en', **fields)} / {sentence.say('zh', **fields)}"
