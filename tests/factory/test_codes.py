"""Codes stay text: nothing may turn 0012345 into 12345, or 5E10 into fifty milliards."""

from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from huoku.factory import build, read

CODES = ["0012345", "5E10", "1-2", "1/2", "12345", "1.10", "TRUE", "NaN", "null", "2026-01-05"]


def test_codes_survive_csv(factory_of):
    assert factory_of(items="item\n" + "\n".join(CODES) + "\n").items["item"].to_list() == CODES


def test_codes_survive_a_workbook(tmp_path: Path):
    with xlsxwriter.Workbook(tmp_path / "shop.xlsx") as book:
        sheet = book.add_worksheet("items")
        sheet.write_column(0, 0, ["item"])
        for row, code in enumerate(CODES, 1):
            sheet.write_string(row, 0, code)
    assert read(tmp_path / "shop.xlsx").items["item"].to_list() == CODES


def test_codes_survive_parquet(tmp_path: Path):
    pl.DataFrame({"item": CODES}).write_parquet(tmp_path / "items.parquet")
    assert read(tmp_path).items["item"].to_list() == CODES


def test_codes_survive_memory():
    assert build(today="2026-01-05", items=[{"item": code} for code in CODES]).items["item"].to_list() == CODES


@pytest.mark.parametrize("number", [12345, 12345.0])
def test_a_code_that_excel_holds_as_a_number_has_no_point(tmp_path: Path, number: float):
    with xlsxwriter.Workbook(tmp_path / "shop.xlsx") as book:
        sheet = book.add_worksheet("items")
        sheet.write_column(0, 0, ["item", number])
    assert read(tmp_path / "shop.xlsx").items["item"].to_list() == ["12345"]


def test_whole_numbers_as_codes_in_parquet_have_no_point(tmp_path: Path):
    pl.DataFrame({"item": [12345.0, 7.0]}).write_parquet(tmp_path / "items.parquet")
    assert read(tmp_path).items["item"].to_list() == ["12345", "7"]
