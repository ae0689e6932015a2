"""CSV as factories really have it."""

from datetime import date
from decimal import Decimal

import pytest

ROWS = "物料编码,物料名称,单位成本\nA,六角螺栓,1.5\nB,垫圈,2\n"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(ROWS.encode(), id="utf-8"),
        pytest.param(ROWS.encode("utf-8-sig"), id="utf-8 with a byte-order mark, as Excel writes"),
        pytest.param(ROWS.encode("gb18030"), id="gb18030"),
        pytest.param(ROWS.encode("gbk"), id="gbk, as Excel writes on a Chinese Windows"),
        pytest.param(ROWS.encode("utf-16"), id="utf-16, as Excel's Unicode text"),
        pytest.param(b"\xfe\xff" + ROWS.encode("utf-16-be"), id="utf-16 big endian"),
        pytest.param(ROWS.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(ROWS.replace("\n", "\r").encode(), id="CR, as old Macs wrote"),
        pytest.param(ROWS.rstrip("\n").encode(), id="no line end at the end"),
        pytest.param(ROWS.replace("\n", "\n\n").encode(), id="blank lines between"),
        pytest.param(("\n \n" + ROWS + ",,\n").encode(), id="blank lines before and after"),
        pytest.param(ROWS.replace("六角螺栓", '"六角螺栓"').encode(), id="quoted"),
        pytest.param(ROWS.replace(",", " , ").encode(), id="spaces around"),
        pytest.param(ROWS.replace("\n", ",,\n").encode(), id="empty columns behind"),
    ],
)
def test_every_way_of_writing_a_file_gives_the_same_table(factory_of, data):
    items = factory_of(items=data).items
    assert items["name"].to_list() == ["六角螺栓", "垫圈"]
    assert items["unit_cost"].to_list() == [Decimal("1.5"), Decimal(2)]


@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
@pytest.mark.parametrize("columns", [2, 3, 5])
def test_short_chinese_files_are_not_taken_for_korean(factory_of, encoding, columns):
    header = ",".join(["物料编码", "物料名称", "备注", "图号", "材质"][:columns])
    row = ",".join(["A", "螺母", "急", "甲", "钢"][:columns])
    items = factory_of(items=f"{header}\n{row}\n".encode(encoding)).items
    assert items["name"].to_list() == ["螺母"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12", "12"),
        ("12.50", "12.5"),
        ('"1,234.5"', "1234.5"),
        ('"12,345,678"', "12345678"),
        ("１２．５", "12.5"),
        ("\u3000 7\u00a0", "7"),
        ("+3", "3"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1E3", "1000"),
        ("1.5000000000", "1.5"),
        ("40.739999999999995", "40.74"),
        ("0.30000000000000004", "0.3"),
    ],
)
def test_a_number_in_any_usual_writing(factory_of, written, meant):
    assert factory_of(items=f"item,unit_cost\nA,{written}\n").items["unit_cost"].to_list() == [Decimal(meant)]


@pytest.mark.parametrize(
    ("written", "meant"), [("0.05", "0.05"), ("5%", "0.05"), ("５％", "0.05"), ("12.5 %", "0.125")]
)
def test_a_rate_as_a_share_or_in_percent(factory_of, written, meant):
    bom = factory_of(bom=f"parent,component,qty,scrap_rate\nA,B,1,{written}\n").bom
    assert bom["scrap_rate"].to_list() == [Decimal(meant)]


@pytest.mark.parametrize(
    "written",
    [
        "2026-01-05",
        "2026-1-5",
        "2026/1/5",
        "2026/01/05",
        "2026.1.5",
        "20260105",
        "2026年1月5日",
        "２０２６－０１－０５",
        "2026-01-05 00:00:00",
        "2026-01-05T08:30:00",
        "46027",
    ],
)
def test_a_day_in_any_usual_writing(factory_of, written):
    stock = factory_of(stock=f"item,qty,received_on\nA,1,{written}\n").stock
    assert stock["received_on"].to_list() == [date(2026, 1, 5)]


@pytest.mark.parametrize(
    ("written", "meant"), [("1", True), ("0", False), ("TRUE", True), ("否", False), ("休息", False)]
)
def test_an_open_or_closed_day(factory_of, written, meant):
    assert factory_of(calendar=f"date,open\n2026-01-06,{written}\n").calendar["open"].to_list() == [meant]


def test_a_quoted_cell_may_hold_commas_quotes_and_lines(factory_of):
    items = factory_of(items='item,name\nA,"12"" pipe, 2 m\nred"\nB,5" bolt\n').items
    assert items["name"].to_list() == ['12" pipe, 2 m\nred', '5" bolt']


@pytest.mark.parametrize(("separator", "name"), [(";", "“;”"), ("\t", "Tab"), ("|", "“|”")])
def test_another_separator_is_recognised_and_told(factory_of, separator, name):
    factory = factory_of(items=f"item{separator}name\nA{separator}x, y\n")
    assert factory.items["name"].to_list() == ["x, y"]
    (warning,) = factory.warnings
    assert (warning.rule, warning.file) == ("separator", "items.csv")
    assert name in warning.text("zh") and name in warning.text("en")


def test_a_short_row_has_empty_cells(factory_of):
    assert factory_of(items="item,name,unit\nA\nB,x\n").items["unit"].to_list() == ["pcs", "pcs"]


def test_rows_are_counted_as_in_the_file_although_blank_ones_are_skipped(errors_of):
    (error,) = errors_of(items='item,unit_cost\nA,1\n\n,\n"B",x\n')
    assert (error.row, error.column, error.value) == (5, "unit_cost", "x")


def test_a_quoted_cell_of_three_lines_counts_three(errors_of):
    (error,) = errors_of(items='item,name,unit_cost\nA,"one\ntwo\nthree",1\nB,y,x\n')
    assert error.row == 5


def test_full_width_choices_and_booleans_are_read(factory_of):
    assert factory_of(items="item,kind\nA,ＢＵＹ\n").items["kind"].to_list() == ["buy"]
