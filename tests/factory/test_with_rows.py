"""What if a row more, or one fewer? Cells are read as in a file, and what is not there is named."""

from datetime import date
from decimal import Decimal

import pytest

from huoku.errors import DataError, UsageError
from huoku.factory import Factory, build


@pytest.fixture
def shop() -> Factory:
    return build(
        today=date(2026, 1, 5),
        items=[{"item": "KETTLE", "colour": "red"}, {"item": "SCREW", "decimals": 2}],
        sources=[
            {"item": "SCREW", "supplier": "S1", "lead_time_days": 9},
            {"item": "SCREW", "supplier": "S2", "lead_time_days": 9},
        ],
        stock=[{"item": "SCREW", "qty": "10.25"}],
        demands=[
            {"demand": "SO-1", "item": "KETTLE", "qty": 5, "due": date(2026, 2, 1), "price": 80},
            {"demand": "SO-2", "item": "KETTLE", "qty": 6, "due": date(2026, 2, 2)},
        ],
    )


def test_a_row_more_stands_behind_the_others_and_the_factory_stays(shop: Factory) -> None:
    more = shop.with_rows({"demands": [{"demand": "SO-9", "item": "KETTLE", "qty": 7, "due": "2026-03-01"}]})
    assert more.demands["demand"].to_list() == ["SO-1", "SO-2", "SO-9"]
    assert more.demands.row(2, named=True)["qty"] == Decimal(7)
    assert more.demands.row(2, named=True)["due"] == date(2026, 3, 1)
    assert more.demands.head(2).equals(shop.demands)
    assert shop.demands.height == 2


def test_names_may_be_chinese_and_columns_of_ones_own_are_known(shop: Factory) -> None:
    more = shop.with_rows(
        {"物料": [{"物料编码": "LAMP", "colour": "green"}], "stock": [{"item": "KETTLE", "数量": "1"}]}
    )
    assert more.items["item"].to_list() == ["KETTLE", "SCREW", "LAMP"]
    assert more.items["colour"].to_list() == ["red", None, "green"]
    assert more.stock["qty"].to_list() == [Decimal("10.25"), Decimal(1)]


def test_a_row_fewer_is_what_it_was_without_it(shop: Factory) -> None:
    fewer = shop.without_rows(["demands.SO-1", "sources.SCREW/S2"])
    assert fewer.demands["demand"].to_list() == ["SO-2"]
    assert fewer.sources["supplier"].to_list() == ["S1"]
    again = {"demand": "SO-1", "item": "KETTLE", "qty": 5, "due": "2026-02-01", "price": 80}
    assert fewer.with_rows({"demands": [again]}).demands.sort("demand").equals(shop.demands)


def test_a_name_that_is_taken_is_an_error_in_the_table(shop: Factory) -> None:
    with pytest.raises(DataError, match="has the same demand already"):
        shop.with_rows({"demands": [{"demand": "SO-1", "item": "KETTLE", "qty": 1, "due": "2026-02-01"}]})


def test_a_row_that_another_one_needs_cannot_go(shop: Factory) -> None:
    with pytest.raises(DataError, match="KETTLE"):
        shop.without_rows(["items.KETTLE"])


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({"demand": [{"item": "KETTLE"}]}, "there is no table demand; demands?"),
        ({"demands": [{"quantity": 5}]}, "the table demands has no column quantity"),
        ({"demands": [{"custmer": "C1"}]}, "customer?"),
    ],
)
def test_what_a_row_names_must_be_there(shop: Factory, rows: dict[str, list[dict[str, object]]], words: str) -> None:
    with pytest.raises(UsageError) as raised:
        shop.with_rows(rows)
    assert words in str(raised.value)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("demands.SO-3", "the table demands has no row SO-3; near: SO-2, SO-1"),
        ("demands", "name a row too, demands.KEY"),
        ("sources.SCREW", "2 rows of sources are called SCREW"),
        ("demand.SO-1", "demands?"),
    ],
)
def test_a_row_that_is_not_there_cannot_go(shop: Factory, name: str, words: str) -> None:
    with pytest.raises(UsageError) as raised:
        shop.without_rows([name])
    assert words in str(raised.value)
