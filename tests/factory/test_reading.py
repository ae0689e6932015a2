"""What a factory looks like once it is read."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from huoku.errors import UsageError
from huoku.factory import TABLES, Factory, read


def test_every_table_is_there_with_every_column_even_where_no_file_is(factory_of):
    factory = factory_of()
    for name, table in TABLES.items():
        assert factory.table(name).columns == [column.name for column in table.columns]
    assert factory.items.height == 2
    assert factory.history.height == 0


def test_quantities_are_exact_decimals_and_codes_are_text(factory_of):
    factory = factory_of(bom="parent,component,qty\nA,B,0.1\n", stock="item,qty,received_on\nB,7,2025-12-31\n")
    assert factory.bom.schema["qty"] == pl.Decimal(38, 6)
    assert factory.bom["qty"].to_list() == [Decimal("0.100000")]
    assert factory.stock.schema["lot"] == pl.String
    assert factory.stock["received_on"].to_list() == [date(2025, 12, 31)]
    assert factory.items.schema["decimals"] == pl.Int64
    assert factory.items.schema["lead_time_days"] == pl.Decimal(38, 6)
    assert factory.calendar.schema["open"] == pl.Boolean


def test_constant_defaults_are_filled_in(factory_of):
    factory = factory_of(
        sources="item,supplier,lead_time_days\nB,S,3\n",
        stock="item,qty,location\nB,7,\n",
        demands="demand,item,qty,due,priority\nD,B,1,2026-02-01,\n",
        supplies="supply,item,qty,due\nPO1,B,4,2026-01-09\n",
    )
    assert factory.items.row(0, named=True)["unit"] == "pcs"
    assert factory.items.row(0, named=True)["lifecycle"] == "active"
    assert factory.sources.row(0, named=True)["moq"] == Decimal(0)
    assert factory.stock.row(0, named=True)["location"] == "MAIN"
    assert factory.stock.row(0, named=True)["status"] == "available"
    assert factory.demands.row(0, named=True)["priority"] == 5
    assert factory.demands.row(0, named=True)["kind"] == "order"
    assert factory.supplies.row(0, named=True)["status"] == "released"


def test_what_depends_on_other_tables_stays_empty(factory_of):
    factory = factory_of(sources="item,supplier,lead_time_days\nB,S,3\n")
    item, source = factory.items.row(0, named=True), factory.sources.row(0, named=True)
    for column in ("kind", "lead_time_days", "unit_cost", "price", "decimals", "lot_max", "shelf_life_days", "name"):
        assert item[column] is None
    assert source["price"] is None and source["valid_from"] is None and source["valid_to"] is None


def test_columns_stand_in_the_contracts_order_whatever_the_file_does(factory_of):
    factory = factory_of(bom="qty,component,parent\n2,B,A\n")
    assert factory.bom.columns[:3] == ["parent", "component", "qty"]
    assert factory.bom.row(0)[:3] == ("A", "B", Decimal(2))


def test_unknown_columns_are_kept_as_text_behind_ours(factory_of):
    factory = factory_of(items="颜色,item,weight kg\n红,A,0012\n,B,\n")
    assert factory.items.columns[-2:] == ["颜色", "weight kg"]
    assert factory.items["颜色"].to_list() == ["红", None]
    assert factory.items["weight kg"].to_list() == ["0012", None]
    assert factory.warnings == ()


def test_rows_stay_in_file_order(factory_of):
    assert factory_of(items="item\nZ\nA\nM\n").items["item"].to_list() == ["Z", "A", "M"]


def test_headers_may_be_chinese_starred_and_in_any_case(factory_of):
    factory = factory_of(
        items="*物料编码, 物料名称 ,UNIT\nA,螺栓,kg\n",
        demands="需求单号*,物料编码*,数量*,交货日期*\n1,A,2,2026-02-01\n",
    )
    assert factory.items.row(0)[:3] == ("A", "螺栓", "kg")
    assert factory.demands["qty"].to_list() == [Decimal(2)]


def test_choices_may_be_chinese(factory_of):
    factory = factory_of(
        items="item,kind\nA,自制\nB,外购\nC,虚拟件\nD,BUY\n",
        stock="item,qty,status\nB,1,待检\n",
        bom="parent,component,qty\nA,B,1\nC,B,1\n",
    )
    assert factory.items["kind"].to_list() == ["make", "buy", "phantom", "buy"]
    assert factory.stock["status"].to_list() == ["quarantine"]


def test_parquet_and_csv_may_be_mixed(folder):
    place = folder()
    demands = {"demand": ["D1"], "item": ["A"], "qty": [2.5], "due": [date(2026, 2, 1)], "优先级": [1]}
    pl.DataFrame(demands).write_parquet(place / "demands.parquet")
    (place / "items.csv").write_text("item,decimals\nA,1\n")
    factory = read(place)
    assert factory.demands["qty"].to_list() == [Decimal("2.5")]
    assert factory.demands["priority"].to_list() == [1]


def test_the_day_given_by_the_caller_wins_over_the_file(folder):
    place = folder(toml="today = 2026-01-05\n")
    assert read(place).settings.today == date(2026, 1, 5)
    assert read(place, today=date(2026, 3, 1)).settings.today == date(2026, 3, 1)


def test_without_any_day_it_is_the_day_of_the_run(folder):
    before = date.today()
    assert before <= read(folder(toml=None)).settings.today <= date.today()


@pytest.mark.parametrize("name", ["nowhere", "notes.txt"])
def test_a_path_that_is_no_factory_is_a_mistake_in_the_call(tmp_path: Path, name: str):
    (tmp_path / "notes.txt").write_text("hello")
    with pytest.raises(UsageError, match=name):
        read(tmp_path / name)


def test_a_factory_shows_itself(factory_of):
    factory = factory_of()
    assert repr(factory) == "Factory(2026-01-05, items 2)"
    assert "<td>items</td><td>物料</td><td align='right'>2</td>" in factory._repr_html_()


def test_an_unknown_table_name_is_a_mistake_in_the_call(factory_of):
    with pytest.raises(UsageError, match="routings"):
        factory_of().table("routings")


def test_a_factory_cannot_be_changed(factory_of):
    factory = factory_of()
    assert isinstance(factory, Factory)
    with pytest.raises(AttributeError):
        factory.items = factory.bom
