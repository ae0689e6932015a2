"""Customer profiles from past orders; today is 2026-01-05."""

from datetime import date, timedelta

import polars as pl
import pytest

from huoku.sense.customers import customer_profiles

TODAY = date(2026, 1, 5)


def orders(customer: str, *days_ago: int, qty: float = 10) -> pl.DataFrame:
    days = [TODAY - timedelta(days=days) for days in days_ago]
    return pl.DataFrame({"customer": customer, "item": "LAMP", "date": days, "qty": [float(qty)] * len(days)})


def test_every_thirty_days_is_regular_and_the_next_order_is_due_thirty_days_after_the_last() -> None:
    (row,) = customer_profiles(orders("ACME", 100, 70, 40, 10), TODAY).rows(named=True)
    assert (row["orders"], row["qty_mean"], row["interval_days"], row["variation"]) == (4, 10, 30, 0)
    assert row["is_regular"]
    assert row["next_order"] == TODAY + timedelta(days=20)


def test_lines_of_one_day_are_one_order() -> None:
    (row,) = customer_profiles(pl.concat([orders("ACME", 10), orders("ACME", 10)]), TODAY).rows(named=True)
    assert (row["orders"], row["qty_mean"]) == (1, 20)
    assert (row["interval_days"], row["odds_active"], row["is_regular"]) == (None, 0.5, False)


def test_a_wild_customer_is_not_regular() -> None:
    """Intervals of 1 and 99 days: mean 50, deviation 49."""
    (row,) = customer_profiles(orders("WILD", 110, 109, 10), TODAY).rows(named=True)
    assert row["variation"] == pytest.approx(0.98)
    assert not row["is_regular"]


def test_a_long_silence_says_that_a_customer_has_gone() -> None:
    """Just ordered: 1. After one interval: 1 / (1 + (e - 1) / 4) = 0.70. After ten: nearly 0."""
    odds = [customer_profiles(orders("A", 60 + n, 30 + n, n), TODAY)["odds_active"][0] for n in (0, 30, 300)]
    assert odds == pytest.approx([1.0, 1 / (1 + 1.718281828 / 4), 0.0], abs=1e-3)


def test_an_overdue_order_is_due_today_and_a_later_one_is_not_seen() -> None:
    table = customer_profiles(orders("A", 90, 60, -5), TODAY)
    assert table["orders"].to_list() == [2]
    assert table["next_order"].to_list() == [TODAY]
