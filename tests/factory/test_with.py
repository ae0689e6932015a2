"""What if: another factory with some tables or settings replaced, checked as if it came from a file."""

import sys
from datetime import date
from decimal import Decimal

import pandas as pd
import polars as pl
import pytest

from huoku.errors import DataError, UsageError
from huoku.factory import Factory, build

ITEMS = [{"item": "A"}, {"item": "B", "unit_cost": 2}]
DEMAND = {"demand": "D", "item": "A", "qty": 5, "due": date(2026, 2, 1)}


@pytest.fixture
def shop() -> Factory:
    return build(
        today=date(2026, 1, 5), items=ITEMS, bom=[{"parent": "A", "component": "B", "qty": 3}], demands=[DEMAND]
    )


def test_the_first_factory_stays_as_it_is(shop):
    other = shop.with_(demands=[{**DEMAND, "qty": 9}], horizon_days=90)
    assert (shop.demands["qty"][0], shop.settings.horizon_days) == (Decimal(5), 365)
    assert (other.demands["qty"][0], other.settings.horizon_days) == (Decimal(9), 90)
    assert other.bom.equals(shop.bom)
    assert other != shop and shop.with_() == shop


@pytest.mark.parametrize(
    "demands",
    [
        pytest.param([{"需求单号": "D", "item": "A", "qty": "5", "due": "2026-02-01"}], id="records"),
        pytest.param({"demand": ["D"], "item": ["A"], "qty": [5.0], "due": [date(2026, 2, 1)]}, id="columns"),
        pytest.param(pl.DataFrame([DEMAND]), id="polars"),
        pytest.param(pl.LazyFrame([DEMAND]), id="polars, lazy"),
        pytest.param(pd.DataFrame([DEMAND]), id="pandas"),
        pytest.param(pd.DataFrame([{**DEMAND, "due": pd.Timestamp(2026, 2, 1)}]), id="pandas with its own dates"),
    ],
)
def test_a_table_may_be_given_in_many_forms(shop, demands):
    assert shop.with_(demands=demands) == shop


def test_what_is_missing_in_pandas_is_an_empty_cell(shop):
    frame = pd.DataFrame(
        {"item": ["A", "B"], "unit_cost": [None, 2.0], "name": [None, "x"], "decimals": pd.array([None, 1], "Int64")}
    )
    items = shop.with_(items=frame).items
    assert items["unit_cost"].to_list() == [None, Decimal(2)]
    assert items["name"].to_list() == [None, "x"]
    assert items["decimals"].to_list() == [None, 1]


def test_pandas_is_never_imported_by_us():
    rooms = [module for name, module in sys.modules.items() if name.startswith("huoku.")]
    assert not any(value is pd for module in rooms for value in vars(module).values())


def test_errors_name_the_table_instead_of_a_file(shop):
    with pytest.raises(DataError) as caught:
        shop.with_(demands=[{**DEMAND, "qty": float("nan")}, {**DEMAND, "demand": "E", "item": "X"}])
    first, second = caught.value.problems
    assert (first.rule, first.file, first.table, first.row) == ("not_a_number", "", "demands", 2)
    assert first.text("en").startswith("demands row 2 column qty: ")
    assert (second.rule, second.row, second.value) == ("unknown_code", 3, "X")


def test_a_table_that_was_not_changed_is_checked_against_those_that_were(shop):
    with pytest.raises(DataError) as caught:
        shop.with_(items=[{"item": "A"}])
    (error,) = caught.value.problems
    assert error.text("en").startswith("bom row 2 column component: “B” is not in the table items")


def test_a_bad_setting_is_told(shop):
    with pytest.raises(DataError) as caught:
        shop.with_(holding_rate=-1)
    assert (caught.value.problems[0].rule, caught.value.problems[0].column) == ("bad_rate", "holding_rate")


def test_settings_take_python_values(shop):
    settings = shop.with_(today=date(2026, 3, 1), partial_shipments=True, late_rate=0, currency="USD").settings
    assert (settings.today, settings.partial_shipments, settings.late_rate) == (date(2026, 3, 1), True, 0.0)
    assert settings.currency == "USD"


@pytest.mark.parametrize("changes", [{"demand": []}, {"horizon": 5}, {"items": "A"}, {"items": 5}, {"items": [1]}])
def test_what_is_no_table_is_a_mistake_in_the_call(shop, changes):
    with pytest.raises(UsageError):
        shop.with_(**changes)


def test_columns_of_different_lengths_are_a_mistake_in_the_call(shop):
    with pytest.raises(UsageError, match="different lengths"):
        shop.with_(items={"item": ["A", "B"], "name": ["x"]})


def test_a_table_may_be_emptied(shop):
    assert shop.with_(demands=[]).demands.height == 0


def test_a_factory_in_memory_needs_its_day():
    with pytest.raises(UsageError, match="today"):
        build(items=ITEMS)


def test_warnings_are_those_of_the_new_factory(shop):
    assert [warning.rule for warning in shop.warnings] == ["no_source"]
    assert shop.with_(demands=[]).warnings == ()
