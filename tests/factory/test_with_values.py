"""What if a cell were another: it is read as in a file, and what is not there is named."""

from datetime import date
from decimal import Decimal

import pytest

from huoku.errors import DataError, UsageError
from huoku.factory import Factory, build


@pytest.fixture
def shop() -> Factory:
    return build(
        today=date(2026, 1, 5),
        items=[{"item": "KETTLE", "colour": "red"}, {"item": "SCREW"}, {"item": "M3/10"}],
        bom=[
            {"parent": "KETTLE", "component": "SCREW", "qty": 4},
            {"parent": "KETTLE", "component": "M3/10", "qty": 1},
        ],
        sources=[
            {"item": "SCREW", "supplier": "S1", "lead_time_days": 9},
            {"item": "SCREW", "supplier": "S2", "lead_time_days": 9},
            {"item": "M3/10", "supplier": "S1", "lead_time_days": 9, "valid_to": date(2026, 6, 1)},
        ],
        stock=[{"item": "SCREW", "qty": 10}],
        demands=[{"demand": "SO-1042", "item": "KETTLE", "qty": 5, "due": date(2026, 2, 1), "price": 80}],
    )


def test_a_number_is_changed_and_the_factory_stays(shop: Factory) -> None:
    changed = shop.with_values({"demands.SO-1042.qty": 300, "settings.late_rate": "2%"})
    assert changed.demands["qty"].to_list() == [Decimal(300)]
    assert changed.settings.late_rate == 0.02
    assert shop.demands["qty"].to_list() == [Decimal(5)]
    assert changed.with_values({"demands.SO-1042.qty": 5, "settings.late_rate": 0.01}) == shop


def test_values_and_names_may_be_chinese(shop: Factory) -> None:
    changed = shop.with_values(
        {"需求.SO-1042.数量": "３００", "设置.计划天数": 90, "demands.SO-1042.due": "2026年3月1日"}
    )
    assert changed.demands.select("qty", "due").row(0) == (300, date(2026, 3, 1))
    assert changed.settings.horizon_days == 90


def test_a_key_of_several_columns_may_end_where_one_row_remains(shop: Factory) -> None:
    changed = shop.with_values({"sources.SCREW/S1.moq": 100, "sources.M3/10.moq": 7, "bom.KETTLE/M3/10.qty": 2})
    assert changed.sources["moq"].to_list() == [100, 0, 7]
    assert changed.bom["qty"].to_list() == [4, 2]


def test_a_row_without_a_key_in_the_contract_has_a_name_too(shop: Factory) -> None:
    assert shop.with_values({"stock.SCREW.qty": 11}).stock["qty"].to_list() == [11]


def test_nothing_clears_a_cell(shop: Factory) -> None:
    changed = shop.with_values({"demands.SO-1042.price": "", "sources.M3/10.valid_to": None})
    assert changed.demands["price"].to_list() == [None]
    assert changed.sources["valid_to"].to_list() == [None, None, None]


def test_a_column_of_ones_own_can_be_set(shop: Factory) -> None:
    assert shop.with_values({"items.KETTLE.colour": "blue"}).items["colour"][0] == "blue"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("demand.SO-1042.qty", "no table demand; demands[?]"),
        ("orders.X.qty", "no table orders; known: settings, items, bom"),
        ("demands.SO-1024.qty", "demands has no row SO-1024; near: SO-1042"),
        ("sources.BOLT.moq", "sources has no row BOLT; rows are called item/supplier/valid_from"),
        ("sources.SCREW.moq", "2 rows of sources are called SCREW: SCREW/S1, SCREW/S2; name one"),
        ("demands.SO-1042.prise", "demands has no column prise; price[?]"),
        ("demands.qty", "name a row too, demands.KEY.qty"),
        ("demands", "the table demands has no column ;"),
        ("settings.late", "no setting late; known: today"),
        ("settings.late_rates", "no setting late_rates; late_rate[?]"),
    ],
)
def test_what_is_not_there_is_named_with_what_is(shop: Factory, name: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        shop.with_values({name: 1})


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("demands.SO-1042.qty", "many", "demands row 2 column qty: “many” is no number"),
        ("demands.SO-1042.qty", "", "demands row 2 column qty: this cell is required"),
        ("demands.SO-1042.item", "KETTEL", "“KETTEL” is not in the table items"),
        ("sources.SCREW/S2.supplier", "S1", "row 2 has the same"),
        ("settings.late_rate", 99, "a number from 0 to 10"),
    ],
)
def test_a_value_that_a_file_could_not_hold_is_refused_in_the_same_words(
    shop: Factory, name: str, value: object, told: str
) -> None:
    with pytest.raises(DataError, match=told):
        shop.with_values({name: value})
