"""A demand finer than its item's smallest step: nobody can ship half a screw, so it waits until it is changed."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from huoku.factory import Factory, build
from huoku.judge import judge
from huoku.plan import plan

FEBRUARY = date(2026, 2, 2)


def shop(*demands: dict[str, Any], **tables: object) -> Factory:
    """Cable by the metre, counted in tenths; 7 days from the supplier."""
    return build(
        today=date(2026, 1, 5),
        horizon_days=60,
        items=[{"item": "CABLE", "unit": "m", "decimals": 1, "unit_cost": 2, "price": 5}],
        sources=[{"item": "CABLE", "supplier": "S", "lead_time_days": 7, "price": 2}],
        demands=[{"item": "CABLE", "due": FEBRUARY, **demand} for demand in demands],
        **tables,
    )


def test_a_demand_of_ten_and_a_quarter_metres_counted_in_tenths_gets_no_promise_and_both_cures():
    factory = shop({"demand": "SO-1", "qty": "10.25"})
    made = plan(factory, lang="en")
    assert made.promises.to_dicts() == [
        {
            "demand": "SO-1",
            "qty": 0.0,
            "date": None,
            "late_days": None,
            "reason": "10.25 is finer than the smallest step, 0.1, and cannot be shipped exactly: "
            "raise decimals in the table items, or change the quantity",
            "resource": None,
        }
    ]
    assert made.exceptions.row(0)[:3] == ("error", "demand_too_fine", "SO-1")
    assert made.orders.is_empty()
    said = plan(factory, lang="zh").exceptions["message"][0]
    assert said == "要 10.25，比最小单位 0.1 还细，无法如数交货；请把 items 表的 decimals 改大，或改数量"
    assert judge(factory, made).count == 0


def test_the_demands_beside_it_are_served_as_ever():
    made = plan(shop({"demand": "SO-1", "qty": "10.25"}, {"demand": "SO-2", "qty": "3.4"}))
    assert made.promises.select("demand", "qty", "date").rows() == [("SO-1", 0.0, None), ("SO-2", 3.4, FEBRUARY)]
    assert made.orders["qty"].to_list() == [3.4]


@pytest.mark.parametrize("cure", [{"qty": "10.3"}, {"qty": "10.2"}])
def test_a_changed_quantity_is_promised(cure):
    made = plan(shop({"demand": "SO-1", **cure}))
    assert made.promises["qty"].to_list() == [float(cure["qty"])]
    assert made.exceptions.is_empty()


def test_a_finer_step_is_the_other_cure():
    factory = shop({"demand": "SO-1", "qty": "10.25"})
    finer = factory.with_(items=factory.items.with_columns(decimals=pl.lit(2, pl.Int64)))
    assert plan(finer).promises["qty"].to_list() == [10.25]


def test_a_forecast_that_orders_have_used_up_needs_no_cure():
    used = {"demand": "F-1", "qty": "10.25", "kind": "forecast"}
    made = plan(shop(used, {"demand": "SO-1", "qty": "11"}))
    assert made.exceptions.select("code", "subject").rows() == [("forecast_consumed", "F-1")]


def test_stock_and_open_orders_are_counted_down_to_the_step():
    made = plan(
        shop(
            {"demand": "SO-1", "qty": "5"},
            stock=[{"item": "CABLE", "qty": "1.29", "lot": "L1"}],
            supplies=[{"supply": "P-1", "item": "CABLE", "qty": "2.38", "due": date(2026, 1, 20)}],
        )
    )
    assert made.usage.select("qty", "source_kind").rows() == [(1.2, "stock"), (2.3, "supply"), (1.5, "order")]


def test_half_a_piece_that_is_reserved_keeps_the_whole_piece_from_others():
    factory = build(
        today=date(2026, 1, 5),
        items=[{"item": "SCREW", "unit_cost": 1}],
        sources=[{"item": "SCREW", "supplier": "S", "lead_time_days": 7, "price": 1}],
        stock=[{"item": "SCREW", "qty": 10}],
        demands=[{"demand": name, "item": "SCREW", "qty": 9, "due": FEBRUARY} for name in ("SO-1", "SO-2")],
        reservations=[{"demand": "SO-1", "item": "SCREW", "qty": "1.5"}],
    )
    made = plan(factory)
    taken = dict(
        made.usage.filter(pl.col("source_kind") == "stock").group_by("consumer").agg(pl.col("qty").sum()).rows()
    )
    assert taken == {"SO-1": 2.0, "SO-2": 8.0}
    assert made.orders["qty"].to_list() == [8.0]  # 18 wanted, 10 there
