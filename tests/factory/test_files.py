"""Files and headers: what is no table, what is there twice, what is nearly right."""

from pathlib import Path

import polars as pl
import pytest

from huoku.errors import DataError, Problem
from huoku.factory import read


def problems_of(place: Path) -> tuple[Problem, ...]:
    with pytest.raises(DataError) as caught:
        read(place)
    return caught.value.problems


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04\x14\x00\x00\x00",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"\xff\xff\xff\xff",
        b"item\nA\0B\n",
        b"\xff\xfea",
    ],
)
def test_a_file_that_is_no_text_is_no_table(errors_of, data):
    (error,) = errors_of(items=data)
    assert (error.rule, error.file, error.table) == ("no_table", "items.csv", "items")
    assert "请存成 UTF-8 编码的 CSV" in error.text("zh") and "save it as CSV in UTF-8" in error.text("en")


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xef\xbb\xbf", b",,\n"])
def test_an_empty_file_has_no_header(errors_of, data):
    (error,) = errors_of(stock=data)
    assert (error.rule, error.file) == ("empty_file", "stock.csv")
    assert "请补上列名" in error.text("zh") and "add one or delete the file" in error.text("en")


def test_a_table_as_csv_and_as_parquet(folder):
    place = folder()
    pl.DataFrame({"item": ["A"]}).write_parquet(place / "items.parquet")
    (error,) = problems_of(place)
    assert (error.rule, error.file) == ("two_files", "items.csv")
    assert "items.csv 和 items.parquet 同时存在；请只留一个" in error.text("zh")
    assert "items.csv and items.parquet are both there; keep one" in error.text("en")


def test_a_workbook_beside_single_tables(folder):
    place = folder()
    (place / "factory.xlsx").write_bytes(b"")
    (error,) = problems_of(place)
    assert (error.rule, error.file) == ("two_forms", "factory.xlsx")
    assert "请只留一种" in error.text("zh") and "keep one" in error.text("en")


def test_a_folder_with_no_table_at_all(tmp_path: Path):
    (error,) = problems_of(tmp_path)
    assert error.rule == "no_items"


def test_a_required_column_that_is_missing_is_named_in_both_languages(errors_of):
    (error,) = errors_of(stock="item,lot\nA,L\n")
    assert (error.rule, error.file, error.table, error.column) == ("missing_column", "stock.csv", "stock", "qty")
    assert "缺少必需的列“qty”（数量）；请加上" in error.text("zh")
    assert "column qty (数量) is missing; add it" in error.text("en")


def test_two_headers_that_mean_one_column(errors_of):
    (error,) = errors_of(items="item,物料编码\nA,A\n")
    assert (error.rule, error.file, error.value, error.fields["other"]) == (
        "same_column",
        "items.csv",
        "物料编码",
        "item",
    )
    assert "请只留一个" in error.text("zh") and "keep one of them" in error.text("en")


def test_one_unknown_header_twice(errors_of):
    (error,) = errors_of(items="item,colour,colour\nA,r,g\n")
    assert (error.rule, error.value) == ("same_column", "colour")


def test_cells_under_no_header(errors_of):
    (error,) = errors_of(items="item,,name\nA,x,y\n")
    assert (error.rule, error.file, error.fields["number"]) == ("no_header", "items.csv", 2)
    assert "第 2 列有内容但没有列名" in error.text("zh") and "column 2 has cells but no header" in error.text("en")


def test_an_empty_column_without_a_header_is_nothing(factory_of):
    assert factory_of(items="item,,name\nA,,y\n").items["name"].to_list() == ["y"]


def test_a_hundred_thousand_columns_are_refused(errors_of):
    (error,) = errors_of(items=("item," + ",".join(f"c{n}" for n in range(100_000)) + "\n").encode())
    assert (error.rule, error.file, error.fields["number"]) == ("too_many_columns", "items.csv", 100_001)
    assert "最多 1,000 列" in error.text("zh") and "more than 1,000" in error.text("en")


def test_too_many_columns_in_parquet_are_refused(tmp_path: Path):
    pl.DataFrame({f"c{n}": ["x"] for n in range(1_001)}).write_parquet(tmp_path / "items.parquet")
    (error,) = problems_of(tmp_path)
    assert (error.rule, error.file) == ("too_many_columns", "items.parquet")


def test_a_broken_parquet_file(tmp_path: Path):
    (tmp_path / "items.parquet").write_bytes(b"PAR1 nothing PAR1")
    (error,) = problems_of(tmp_path)
    assert (error.rule, error.file) == ("no_parquet", "items.parquet")
    assert "请重新导出" in error.text("zh") and "export it again" in error.text("en")


def test_parquet_cells_that_are_no_cells(tmp_path: Path):
    pl.DataFrame({"item": ["A"], "name": [["x", "y"]]}).write_parquet(tmp_path / "items.parquet")
    (error,) = problems_of(tmp_path)
    assert (error.rule, error.file, error.column) == ("no_cells", "items.parquet", "name")
    assert "普通的值" in error.text("zh") and "store plain values" in error.text("en")


def test_numbers_that_are_none_in_parquet(tmp_path: Path):
    costs = [float("nan"), float("inf"), None, 1e-7, 0.1 + 0.2]
    pl.DataFrame({"item": list("ABCDE"), "unit_cost": costs}).write_parquet(tmp_path / "items.parquet")
    assert [(error.rule, error.row) for error in problems_of(tmp_path)] == [
        ("not_a_number", 2),
        ("not_a_number", 3),
    ]


def test_a_folder_that_bears_a_tables_name(folder):
    place = folder()
    (place / "stock.csv").mkdir()
    (error,) = problems_of(place)
    assert (error.rule, error.file) == ("unreadable", "stock.csv")


@pytest.mark.parametrize(
    ("file", "meant"),
    [
        ("Items.csv", "items.csv"),
        ("demand.csv", "demands.csv"),
        ("库存.csv", "stock.csv"),
        ("price-breaks.csv", "price_breaks.csv"),
    ],
)
def test_a_file_that_is_nearly_a_tables_name_is_not_lost_silently(folder, file, meant):
    place = folder()
    (place / file).write_text("item\nA\n")
    warnings = [warning for warning in read(place).warnings if warning.file == file]
    assert [(warning.rule, warning.fields["meant"]) for warning in warnings] == [("misspelt_file", meant)]
    assert "是不是要写" in warnings[0].text("zh") and "is meant" not in warnings[0].text("zh")


def test_other_files_are_left_alone(folder):
    place = folder()
    (place / "README.md").write_text("hello")
    (place / "notes.csv").write_text("x")
    assert read(place).warnings == ()


def test_a_header_that_is_nearly_a_columns_name_is_told(warnings_of):
    (warning,) = warnings_of(items="item,unit_costs\nA,5\n")
    assert (warning.rule, warning.file, warning.value) == ("misspelt_column", "items.csv", "unit_costs")
    assert "是不是要写“unit_cost”？" in warning.text("zh") and "is “unit_cost” meant?" in warning.text("en")


def test_a_table_of_unknown_columns_alone_says_what_is_missing(errors_of):
    errors = errors_of(stock="colour\nred\n")
    assert [(error.rule, error.column) for error in errors] == [("missing_column", "item"), ("missing_column", "qty")]


def test_a_small_parquet_file_that_unpacks_to_billions_of_cells(tmp_path: Path):
    pl.select(item=pl.repeat(1, 30_000_000, dtype=pl.Int8)).write_parquet(tmp_path / "items.parquet")
    (error,) = problems_of(tmp_path)
    assert (error.rule, error.file, error.fields["number"]) == ("too_many_cells", "items.parquet", 30_000_000)
    assert "请减少行数" in error.text("zh") and "remove rows" in error.text("en")


def test_one_long_text_six_thousand_times(tmp_path: Path):
    texts = pl.Series(["x" * 100_000]).gather(pl.zeros(6_000, dtype=pl.UInt32, eager=True))
    pl.DataFrame({"item": texts}).write_parquet(tmp_path / "items.parquet")
    (error,) = problems_of(tmp_path)
    assert (error.rule, error.file) == ("too_much_text", "items.parquet")
    assert "请减少行数" in error.text("zh") and "remove rows" in error.text("en")
