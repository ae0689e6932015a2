"""Figures with exact numbers worked out by hand."""

import polars as pl
import pytest

from huoku.metrics.disposal_cycle import disposal_cycle
from huoku.metrics.over_purchase import excess_share, over_purchase_rate, over_purchase_value_rate
from huoku.metrics.recovery import recovery
from huoku.metrics.turnover import stock_days, turns

CUPS, MACHINES, CLOTH, EXACT = (150, 500, 500.0), (20, 100, 4_000.0), (400, 1_000, 2_500.0), (95, 100, 3_000.0)


def purchases(*rows: tuple[float, float, float]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"need": pl.Float64, "qty": pl.Float64, "amount": pl.Float64}, orient="row")


def cases(*rows: tuple[int | None, float, float]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"days": pl.Int64, "proceeds": pl.Float64, "value": pl.Float64}, orient="row")


def test_the_three_shops_leave_70_80_and_60_percent_of_what_they_buy() -> None:
    shares = purchases(CUPS, MACHINES, CLOTH).select(excess_share()).to_series().to_list()
    assert shares == pytest.approx([0.7, 0.8, 0.6])


def test_five_percent_too_much_is_no_over_purchase() -> None:
    """Three of four lines, 7,000 of 10,000."""
    bought = purchases(CUPS, MACHINES, CLOTH, EXACT)
    assert over_purchase_rate(bought) == (0.75, 4, 0)
    assert over_purchase_value_rate(bought).value == pytest.approx(0.7)


def test_nothing_bought_is_no_data_and_not_nothing() -> None:
    assert over_purchase_rate(purchases()).value is None
    assert over_purchase_value_rate(purchases()).value is None


def test_the_disposal_cycle_is_the_median_of_the_days_that_are_known() -> None:
    assert disposal_cycle(cases((10, 1, 1), (40, 1, 1), (90, 1, 1), (None, 1, 1))) == (40.0, 3, 1)
    assert disposal_cycle(cases((None, 1, 1))) == (None, 0, 1)


def test_recovery_is_the_money_back_of_all_cases_together() -> None:
    """30 of 100 and 10 of 300: 40 of 400. A case without a value is left out."""
    assert recovery(cases((1, 30, 100), (1, 10, 300), (1, 5, 0))) == (0.1, 2, 1)
    assert recovery(cases()).value is None


def test_turnover_is_the_use_of_a_year_by_the_mean_stock() -> None:
    assert (turns(730, 200), stock_days(730, 200)) == pytest.approx((3.65, 100))
    assert (turns(0, 200), stock_days(0, 200)) == (0, None)
    assert (turns(None, 200), turns(5, 0), stock_days(None, 200)) == (None, None, None)
