"""A factory written and read again is the same factory."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huoku.errors import UsageError
from huoku.factory import Factory, build, read, write

texts = (
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12).map(str.strip).filter(bool)
)
codes = st.text("ABC019-/.é螺", min_size=1, max_size=6)
amounts = st.decimals(0, 10**12, places=6)
days = st.dates(date(1900, 1, 1), date(9999, 12, 31))

items = st.lists(
    st.fixed_dictionaries(
        {"item": codes},
        optional={"name": texts, "unit_cost": amounts, "safety_stock": amounts, "colour, 颜色": texts},
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda row: row["item"],
)


@st.composite
def factories(draw: st.DrawFn) -> Factory:
    rows = draw(items)
    codes_there = st.sampled_from([row["item"] for row in rows])
    stock = st.fixed_dictionaries({"item": codes_there, "qty": st.integers(0, 10**12)}, optional={"received_on": days})
    closures = st.lists(
        st.fixed_dictionaries({"date": days, "open": st.booleans()}), max_size=3, unique_by=lambda r: r["date"]
    )
    return build(
        today=draw(st.dates(date(1900, 1, 1), date(2200, 12, 31))),
        items=rows,
        stock=draw(st.lists(stock, max_size=4)),
        calendar=draw(closures),
    )


@settings(max_examples=40, deadline=None)
@given(factories(), st.sampled_from(["csv", "parquet"]))
def test_reading_what_was_written_gives_the_same_factory(factory, form):
    with TemporaryDirectory() as folder:
        write(factory, folder, form)
        again = read(folder)
    assert again == factory
    assert again.warning_count == factory.warning_count


def test_settings_are_written_too(tmp_path: Path):
    factory = build(
        today=date(2026, 1, 5),
        items=[{"item": "A"}],
        currency="€",
        holding_rate=0.1 + 0.2,
        partial_shipments=True,
        frozen_days=3,
        substitute_mixing="lot",
        future_use="none",
        risk_limit=500,
        excess_limit=0.4,
        company_stage="startup",
        dead_warn=0.07,
    )
    assert read(write(factory, tmp_path / "shop")).settings == factory.settings


def test_parquet_keeps_the_exact_types(tmp_path: Path):
    factory = build(today=date(2026, 1, 5), items=[{"item": "A", "unit_cost": "0.000001"}])
    frame = pl.read_parquet(write(factory, tmp_path / "shop", "parquet") / "items.parquet")
    assert frame.schema == factory.items.schema
    assert frame["unit_cost"].to_list() == [Decimal("0.000001")]


def test_csv_opens_in_excel_with_its_chinese_right(tmp_path: Path):
    factory = build(today=date(2026, 1, 5), items=[{"item": "A", "name": "螺栓"}])
    assert (write(factory, tmp_path / "shop") / "items.csv").read_bytes().startswith(b"\xef\xbb\xbfitem,name")


def test_a_folder_that_holds_a_factory_is_not_written_over(tmp_path: Path):
    factory = build(today=date(2026, 1, 5), items=[{"item": "A"}])
    write(factory, tmp_path / "shop")
    with pytest.raises(UsageError, match="already holds a factory"):
        write(factory, tmp_path / "shop", "parquet")
    with pytest.raises(UsageError, match="no such format"):
        write(factory, tmp_path / "other", "xlsx")
