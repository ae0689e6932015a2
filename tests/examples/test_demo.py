"""The demo factory: believable, clean, and telling its four troubles."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from huoku.examples import demo, write_demo
from huoku.factory import Factory, read
from huoku.plan import plan


@pytest.fixture(scope="module")
def shop() -> Factory:
    return demo()


def source(shop: Factory, item: str, supplier: str) -> dict[str, object]:
    rows = shop.sources.filter(pl.col("item") == item, pl.col("supplier").str.starts_with(supplier))
    return rows.row(0, named=True)


def demand(shop: Factory, name: str) -> dict[str, object]:
    return shop.demands.row(by_predicate=pl.col("demand") == name, named=True)


def test_the_written_folder_is_the_same_factory(shop: Factory, tmp_path: Path) -> None:
    assert read(write_demo(tmp_path / "demo")) == shop


def test_it_has_about_300_items_with_names_in_both_languages(shop: Factory) -> None:
    assert 290 <= shop.items.height <= 310
    assert shop.items["name"].str.contains(r"\p{Han}").all()
    assert not shop.items["name_en"].str.contains(r"\p{Han}").any()
    assert shop.items["name"].n_unique() == shop.items["name_en"].n_unique() == shop.items.height
    assert set(shop.items["kind"]) == {"make", "buy", "phantom"}


def test_it_has_60_to_90_demands_over_half_a_year(shop: Factory) -> None:
    assert shop.settings.today == date(2026, 11, 23)
    assert 60 <= shop.demands.height <= 90
    assert shop.demands["due"].max() <= date(2027, 6, 1)


def test_the_only_warnings_are_large_moqs_and_the_overdue_supply(shop: Factory) -> None:
    rules = [warning.rule for warning in shop.warnings]
    assert len(rules) <= 20
    assert len(set(rules)) == 2


def test_every_product_reaches_three_levels_down(shop: Factory) -> None:
    components = shop.bom.group_by("parent").agg("component").rows_by_key("parent", unique=True)

    def depth(item: str) -> int:
        return 1 + max(map(depth, components[item][0])) if item in components else 0

    assert depth("KT-K17-BL-CN") == 3


@pytest.mark.parametrize(
    ("order", "part", "need", "moq", "small_lot_supplier"),
    [
        ("SO-1042", "HS-K17-BL", 150, 500, "小方快模"),  # 70 % would be left
        ("SO-1043", "GR-DC-SV", 20, 100, "小方快模"),  # 80 %
        ("SO-1044", "FB-NV", 400, 1000, "零布行"),  # 60 %: 300 x 1.25 yards and 25 for cutting
    ],
)
def test_a_small_order_meets_a_large_moq_and_a_small_lot_offer(
    shop: Factory, order: str, part: str, need: int, moq: int, small_lot_supplier: str
) -> None:
    by_parent = shop.bom.filter(pl.col("component") == part).row(0, named=True)
    assert demand(shop, order)["qty"] * by_parent["qty"] + by_parent["fixed_scrap"] == need
    assert shop.stock.filter(pl.col("item") == part).is_empty()
    assert shop.sources.filter(pl.col("item") == part)["moq"].max() == moq
    small_lot = source(shop, part, small_lot_supplier)
    assert small_lot["moq"] <= need and need % small_lot["multiple"] == 0


def test_b_contract_calls_the_same_quantity_every_month(shop: Factory) -> None:
    calls = shop.demands.filter(pl.col("demand").str.starts_with("FC-21"))
    assert calls["qty"].to_list() == [Decimal(800)] * 6
    assert calls["due"].dt.day().unique().to_list() == [20]
    assert set(calls["kind"]) == {"contract"}


def test_a_line_waits_for_20_of_80_screws(shop: Factory) -> None:
    screws = shop.bom.row(
        by_predicate=(pl.col("parent") == "MW-WH-CN") & (pl.col("component") == "SC-M4X12"), named=True
    )
    waiting = demand(shop, "SO-1047")
    assert waiting["qty"] * screws["qty"] == 80
    assert shop.stock.filter(pl.col("item") == "SC-M4X12")["qty"].sum() == 60
    late = shop.supplies.row(by_predicate=pl.col("item") == "SC-M4X12", named=True)
    assert late["due"] == date(2026, 12, 8) > waiting["due"]


def test_a_promise_was_made_from_a_sheet_that_counts_chipped_glass(shop: Factory) -> None:
    glass = shop.stock.filter(pl.col("item") == "GS-HP")
    sheet, usable = glass["qty"].sum(), glass.filter(pl.col("status") == "available")["qty"].sum()
    promised = demand(shop, "SO-1049")
    assert usable == 30 < promised["qty"] == 60 < sheet == 120
    soonest = shop.sources.filter(pl.col("item") == "GS-HP")["lead_time_days"].min()
    assert shop.settings.today.toordinal() + int(soonest) > promised["due"].toordinal()


def test_a_cancelled_order_leaves_a_supply_that_nobody_needs(shop: Factory) -> None:
    assert "HS-K17-RD" in shop.supplies["item"]
    assert not shop.demands["item"].str.starts_with("KT-K17-RD").any()


def test_about_a_third_of_the_parts_have_two_years_of_history(shop: Factory) -> None:
    bought = shop.items.filter(pl.col("kind") == "buy")["item"]
    known = shop.history["item"].unique()
    assert 0.3 <= known.is_in(bought.implode()).sum() / len(bought) <= 0.5
    assert shop.history.filter(pl.col("item") == "TH-01").height == 24


def test_everything_made_has_its_work_and_no_line_is_too_small_for_it(shop: Factory) -> None:
    made = shop.items.filter(pl.col("kind") == "make")["item"]
    assert set(shop.operations["parent"]) == set(made)
    assert set(shop.operations["resource"]) == set(shop.resources["resource"])
    told = plan(shop)
    late = told.promises.filter(pl.col("late_days") > 0).select("demand", "late_days").rows()
    assert late == [("SO-1047", 11), ("SO-1049", 3), ("SO-1061", 3)]  # for screws, for glass, due last week
    assert set(told.schedule["resource"]) == set(shop.resources["resource"])


def test_nobody_works_on_sundays_and_in_the_spring_festival(shop: Factory) -> None:
    closed = shop.calendar["date"]
    assert not shop.calendar["open"].any()
    assert [day.day for day in closed.filter(closed.dt.weekday() != 7)] == [5, 6, 8, 9, 10, 11, 12]
