"""Customers feed what is foretold of an item: the outlook, and the futures that the planner reckons leftovers with."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from huoku.factory import Factory, build
from huoku.factory.bom import tree
from huoku.sense.customers.by_customers import EVEN, weight_of_customers
from huoku.sense.demand import Traits
from huoku.sense.outlook import learnt_from, outlook
from huoku.sense.year_ahead import year_ahead

TODAY = date(2026, 1, 5)
SILENT = [("SILENT", week, 10, "ACME") for week in range(40, 105, 4)]
"""The only customer ordered every four weeks, and has been silent for forty."""
DUE = [("DUE", week, 100, "BOLT") for week in (23, 49, 75, 101)]
"""The only customer orders twice a year; the next time in three weeks."""
STEADY = [("STEADY", week, 10, "CARL") for week in range(2, 105, 4)]


def shop(*sold: tuple[str, int, float, str], is_named: bool = True) -> Factory:
    history = [
        {"item": item, "date": TODAY - timedelta(days=7 * week - 3), "qty": qty, "customer": who if is_named else None}
        for item, week, qty, who in sold
    ]
    items = [{"item": name, "unit_cost": 10} for name in ("SILENT", "DUE", "STEADY", "PART")]
    bom = [{"parent": "SILENT", "component": "PART", "qty": 2}]
    return build(today=TODAY, items=items, bom=bom, history=history)


def odds(factory: Factory, weeks: int) -> dict[str, float]:
    found = outlook(factory)
    return dict(zip(found.items.to_list(), found.odds_of_use(weeks).tolist(), strict=True))


def test_a_part_whose_only_customer_fell_silent_is_likely_dead() -> None:
    named, nameless = odds(shop(*SILENT, *DUE, *STEADY), 52), odds(shop(*SILENT, *DUE, *STEADY, is_named=False), 52)
    assert named["SILENT"] < 0.4 < 0.6 < nameless["SILENT"]
    assert named["SILENT"] == pytest.approx(EVEN * nameless["SILENT"], abs=0.01)  # the customer itself has gone
    assert named["PART"] == named["SILENT"]  # through the bill


def test_a_part_whose_customer_is_due_next_month_is_not() -> None:
    named, nameless = odds(shop(*SILENT, *DUE, *STEADY), 8), odds(shop(*SILENT, *DUE, *STEADY, is_named=False), 8)
    assert nameless["DUE"] < 0.25 < 0.4 < named["DUE"]


def test_the_odds_are_those_of_the_amounts() -> None:
    found = outlook(shop(*SILENT, *DUE, *STEADY))
    for weeks in (4, 26, 52):
        assert 1.0 - found.within(weeks).at_most(0.5) == pytest.approx(found.odds_of_use(weeks), abs=1e-6)
    assert found.within(52).mean()[1] == pytest.approx(0.5 * 200 + 0.5 * 113, rel=0.25)


def test_the_planner_hears_of_customers_too() -> None:
    def dead(factory: Factory) -> list[float]:
        return year_ahead(factory, tree(factory.items, factory.bom)).chance[:, 0].tolist()

    named, nameless = dead(shop(*SILENT, *DUE, *STEADY)), dead(shop(*SILENT, *DUE, *STEADY, is_named=False))
    assert named[0] == pytest.approx((1 - EVEN) * nameless[0] + EVEN, abs=0.01)  # the customer itself has gone
    assert named[1] < 0.1 < nameless[1]


def test_the_order_of_rows_does_not_matter() -> None:
    sold = [*SILENT, *DUE, *STEADY]
    one, other = (outlook(shop(*rows)).table() for rows in (sold, sold[::-1]))
    assert one.equals(other)


def test_an_end_of_use_ends_what_customers_take() -> None:
    factory = shop(*SILENT, *DUE, *STEADY)
    ended = factory.with_(items=factory.items.with_columns(lifecycle=pl.lit("obsolete")))
    assert outlook(ended).odds_of_use(52).tolist() == [0, 0, 0, 0]


def clocks(chance: np.random.Generator, parts: int) -> np.ndarray:
    """One customer each, every 13 weeks or so; one in ten leaves after an order."""
    use = np.zeros((parts, 156))
    for row in range(parts):
        at = chance.uniform(0, 13)
        while at < 156:
            use[row, int(at)] = 10
            at += chance.gamma(24, 13 / 24) if chance.random() > 0.1 else np.inf
    return use


def test_where_customers_foretell_better_they_get_nearly_all_the_weight() -> None:
    use = clocks(np.random.default_rng(2), 80)[:, :104]
    traits = Traits(np.ones(80))
    assert weight_of_customers(use, np.arange(80), learnt_from(use, traits), traits) == 0.9


def test_where_customers_come_back_that_had_gone_the_part_itself_is_believed() -> None:
    """Ten orders like a clock, a long silence, and ten more: whoever counts on a silence is wrong."""
    chance = np.random.default_rng(3)
    use = np.zeros((80, 104))
    for row, start in enumerate(chance.integers(0, 20, 80)):
        use[row, start : start + 20 : 2] = 10
        use[row, start + 55 : start + 75 : 2] = 10
    traits = Traits(np.ones(80))
    assert weight_of_customers(use, np.arange(80), learnt_from(use, traits), traits) <= 0.25


def test_too_few_parts_tell_nothing_and_both_count_alike() -> None:
    use = clocks(np.random.default_rng(2), 5)[:, :104]
    traits = Traits(np.ones(5))
    assert weight_of_customers(use, np.arange(5), learnt_from(use, traits), traits) == EVEN
