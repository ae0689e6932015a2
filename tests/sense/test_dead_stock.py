"""Dead stock by three rules, lot by lot; today is 2026-01-05."""

from datetime import date, timedelta
from typing import Any

import pytest

from huoku.factory import Factory, build
from huoku.metrics.dead_share import dead_share
from huoku.sense.dead_stock import Rules, dead_stock
from huoku.sense.outlook import outlook

TODAY = date(2026, 1, 5)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def lot(name: str, qty: float, days: int | None, item: str = "PART", **more: Any) -> dict[str, Any]:
    return {"item": item, "qty": qty, "lot": name, "received_on": ago(days) if days is not None else None, **more}


def shop(stock: list[dict[str, Any]], **tables: Any) -> Factory:
    items = [{"item": "PART", "unit_cost": 2}, {"item": "OTHER", "unit_cost": 2}]
    return build(today=TODAY, items=items, stock=stock, **tables)


def dead(factory: Factory, **options: Any) -> dict[str, dict[str, Any]]:
    return {row["lot"]: row for row in dead_stock(factory, outlook(factory).within(52), **options).rows(named=True)}


def test_without_an_issue_a_lot_is_dead_by_movement_after_180_days_in_stock() -> None:
    found = dead(shop([lot("OLD", 5, 180), lot("NEW", 5, 179)]))
    assert (found["OLD"]["dead_by_movement"], found["NEW"]["dead_by_movement"]) == (5, 0)


def test_one_issue_makes_all_lots_of_the_item_alive_again() -> None:
    found = dead(shop([lot("OLD", 5, 400)], history=[{"item": "PART", "date": ago(30), "qty": 1}]))
    assert (found["OLD"]["idle_days"], found["OLD"]["dead_by_movement"]) == (30, 0)
    assert found["OLD"]["dead_by_age"] == 5


def test_where_neither_receipt_nor_issue_is_known_no_rule_of_time_says_dead() -> None:
    found = dead(shop([lot("X", 5, None)]))["X"]
    assert (found["age_days"], found["idle_days"]) == (None, None)
    assert (found["dead_by_movement"], found["dead_by_age"], found["dead_by_forecast"]) == (0, 0, 5)


def test_known_orders_take_the_oldest_lot_first_and_the_rest_is_dead_by_forecast() -> None:
    order = {"demand": "SO-1", "item": "PART", "qty": 7, "due": TODAY + timedelta(days=100)}
    found = dead(shop([lot("NEW", 5, 10), lot("OLD", 5, 300)], demands=[order]))
    assert (found["OLD"]["dead_by_forecast"], found["NEW"]["dead_by_forecast"]) == (0, 3)
    assert (found["OLD"]["p_use"], found["NEW"]["p_use"]) == pytest.approx((1.0, 0.4))


def test_provisions_follow_their_tables() -> None:
    """400 days without movement: half of 20.00. Ten pieces for five a year last 24 months: half as well."""
    order = {"demand": "SO-1", "item": "PART", "qty": 5, "due": TODAY + timedelta(days=20)}
    found = dead(shop([lot("X", 10, 400)], demands=[order]))["X"]
    assert (found["provision_by_movement"], found["provision_by_coverage"]) == (10, 10)


def test_the_order_that_brought_a_lot_is_named_where_it_is_known() -> None:
    found = dead(shop([lot("L1", 5, 10, order="PO-7"), lot("L2", 5, 10)]))
    assert (found["L1"]["order"], found["L2"]["order"]) == ("PO-7", None)


def test_the_dead_share_is_of_value_and_counts_what_is_blocked() -> None:
    """10 of 40.00 + 20.00 are old; blocked or not."""
    factory = shop([lot("OLD", 10, 400, status="blocked"), lot("NEW", 20, 10, item="OTHER")])
    share = dead_share(dead_stock(factory, outlook(factory).within(52)), "dead_by_movement")
    assert (share.share, share.dead_value, share.value, share.level) == (pytest.approx(1 / 3), 20, 60, "alarm")


def test_an_empty_store_has_no_share() -> None:
    factory = shop([])
    assert dead_share(dead_stock(factory, outlook(factory).within(52)), "dead_by_age").level == "no data"


def test_each_firm_has_its_own_figures() -> None:
    assert dead(shop([lot("X", 5, 90)]), rules=Rules(idle_days=90))["X"]["dead_by_movement"] == 5
