"""A year's use as a few futures: what planning reckons leftovers with."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from huoku.factory import Factory, build
from huoku.factory.bom import tree
from huoku.sense.outlook import outlook
from huoku.sense.year_ahead import FUTURES, YearAhead, days_left_to_use, year_ahead

TODAY = date(2026, 1, 5)


def used(item: str, week: int, qty: float) -> dict[str, Any]:
    """A use in the middle of a week of the past; week 1 is the last one."""
    return {"item": item, "date": TODAY - timedelta(days=7 * week - 3), "qty": qty}


def shop(*history: dict[str, Any], **tables: Any) -> Factory:
    items = tables.pop("items", [{"item": name, "unit_cost": 10} for name in ("LAMP", "SOCKET", "WIRE")])
    return build(today=TODAY, items=items, history=list(history), **tables)


def ahead(factory: Factory) -> YearAhead:
    return year_ahead(factory, tree(factory.items, factory.bom))


def mean(found: YearAhead) -> dict[int, float]:
    """By row of the table of items."""
    return dict(zip(found.row.tolist(), (found.amount * found.chance).sum(axis=1).tolist(), strict=True))


STEADY = [used("SOCKET", week, 10) for week in range(1, 105)]


def test_what_is_used_each_week_is_used_as_ever_in_every_future() -> None:
    found = ahead(shop(*STEADY))
    assert found.row.tolist() == [1]
    assert mean(found)[1] == pytest.approx(520, rel=0.03)
    assert found.chance[0, 0] < 0.01
    assert found.amount[0, 1] > 350


def test_the_futures_rise_from_nothing_and_their_chances_are_one() -> None:
    found = ahead(shop(*STEADY, *[used("LAMP", week, 3) for week in (2, 40, 41, 90)]))
    assert found.amount.shape == found.chance.shape == (2, FUTURES + 1)
    assert (found.amount[:, 0] == 0).all() and (np.diff(found.amount, axis=1) >= 0).all()
    assert found.chance.sum(axis=1).tolist() == pytest.approx([1, 1])


def test_what_has_stopped_is_less_likely_used_than_what_goes_on() -> None:
    stopped = [used("LAMP", week, 10) for week in range(53, 105, 4)]
    goes_on = [used("WIRE", week, 10) for week in range(1, 105, 4)]
    found = ahead(shop(*stopped, *STEADY, *goes_on))
    asleep, _, awake = found.chance[:, 0]
    assert awake < 0.05 < 0.4 < asleep


def test_a_part_without_records_takes_what_its_parents_used() -> None:
    bom = [{"parent": "LAMP", "component": "SOCKET", "qty": 2}]
    found = mean(ahead(shop(*[used("LAMP", week, 10) for week in range(1, 105)], bom=bom)))
    assert found[1] == pytest.approx(2 * found[0], rel=0.02)


def test_without_a_past_nothing_is_foretold() -> None:
    assert ahead(shop()).row.size == 0
    assert ahead(shop({"item": "LAMP", "date": TODAY, "qty": 9})).row.size == 0


def test_three_weeks_of_history_are_a_rate_and_not_a_dead_part() -> None:
    assert mean(ahead(shop(*STEADY[:3])))[1] > 200


def test_the_order_of_rows_changes_nothing() -> None:
    history = [*STEADY, *[used("LAMP", week, 0.3) for week in (1, 2, 7, 30, 31, 77)]]
    items = [{"item": name, "unit_cost": 10} for name in ("WIRE", "SOCKET", "LAMP")]
    one, other = ahead(shop(*history)), ahead(shop(*reversed(history), items=items))
    assert other.row.tolist() == [1, 2]
    assert one.amount.tolist() == other.amount[::-1].tolist()
    assert one.chance.tolist() == other.chance[::-1].tolist()


def test_it_says_the_same_of_a_year_as_the_outlook() -> None:
    """Two forms of one model, weeks and an exact sum against four weeks and a gamma distribution."""
    rng = np.random.default_rng(4)
    items = [{"item": f"P{number}", "unit_cost": 10} for number in range(40)]
    weeks = [np.flatnonzero(rng.random(104) < rate) + 1 for rate in np.geomspace(0.01, 0.8, 40)]
    history = [
        used(f"P{number}", int(week), int(rng.integers(5, 15))) for number in range(40) for week in weeks[number]
    ]
    factory = shop(*history, items=items)
    found, exact = mean(ahead(factory)), outlook(factory).within(52).mean()
    rows = list(found)
    assert np.array([found[row] for row in rows]).sum() == pytest.approx(exact[rows].sum(), rel=0.1)


def test_after_the_last_day_of_the_plan_counts_only_what_is_left_of_the_use() -> None:
    ends = [{"parent": "LAMP", "component": name, "qty": 1, "valid_to": TODAY + timedelta(days=day)} for name, day in
            (("SOCKET", 300), ("WIRE", 465))]  # fmt: skip
    factory = shop(bom=ends)
    assert days_left_to_use(factory, tree(factory.items, factory.bom)).tolist() == [365, 0, 100]
