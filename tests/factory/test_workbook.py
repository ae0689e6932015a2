"""One workbook with a sheet for each table: cells as Excel stores them, and workbooks that must not be opened."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from huoku.errors import DataError, Problem, UsageError
from huoku.factory import Factory, read

Fill = Callable[[Worksheet], object]


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook: each sheet is a list of rows, or a function that fills it."""

    def make(**sheets: list[list[object]] | Fill) -> Path:
        path = tmp_path / "shop.xlsx"
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
            for name, content in {"items": [["item"], ["A"], ["B"]], **sheets}.items():
                sheet = book.add_worksheet(name)
                if callable(content):
                    content(sheet)
                else:
                    for row, cells in enumerate(content):
                        sheet.write_row(row, 0, cells)
        return path

    return make


def problems_of(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(DataError) as caught:
        read(path)
    return caught.value.problems


def stock_with(workbook: Callable[..., Path], cells: list[object]) -> Factory:
    return read(workbook(stock=[["item", "qty", "received_on", "expires_on", "lot"], cells]))


def test_numbers_dates_serials_and_texts(workbook):
    stock = stock_with(workbook, ["A", 3, datetime(2026, 1, 5), 46027, 7.0]).stock
    assert stock.row(0, named=True) == {
        "item": "A",
        "qty": Decimal(3),
        "location": "MAIN",
        "lot": "7",
        "received_on": date(2026, 1, 5),
        "expires_on": date(2026, 1, 5),
        "status": "available",
        "order": None,
    }


def test_a_date_with_a_clock_time_is_its_day(workbook):
    stock = stock_with(workbook, ["A", 3, datetime(2026, 1, 5, 10, 30), "2026/1/6 08:00", ""]).stock
    assert (stock["received_on"][0], stock["expires_on"][0]) == (date(2026, 1, 5), date(2026, 1, 6))


def test_binary_noise_is_no_digit(workbook):
    assert read(workbook(items=[["item", "unit_cost"], ["A", 0.1 + 0.2]])).items["unit_cost"][0] == Decimal("0.3")


def test_true_and_false_open_and_close_a_day(workbook):
    calendar = [
        ["date", "open"],
        [datetime(2026, 1, 5), True],
        [datetime(2026, 1, 6), False],
        [datetime(2026, 1, 7), 0],
    ]
    assert read(workbook(calendar=calendar)).calendar["open"].to_list() == [True, False, False]


def test_sheets_may_have_chinese_names_and_stand_anywhere_on_the_page(workbook):
    def fill(sheet: Worksheet) -> None:
        sheet.write_row(3, 2, ["物料编码*", "数量*"])
        sheet.write_row(5, 2, ["A", 4])

    factory = read(workbook(库存=fill))
    assert factory.stock["qty"].to_list() == [Decimal(4)]


def test_rows_are_numbered_as_excel_numbers_them(workbook):
    def fill(sheet: Worksheet) -> None:
        sheet.write_row(3, 2, ["item", "qty"])
        sheet.write_row(5, 2, ["A", "x"])

    (error,) = problems_of(workbook(stock=fill))
    assert (error.file, error.row, error.column, error.value) == ("shop.xlsx [stock]", 6, "qty", "x")


@pytest.mark.parametrize("sheet", ["factory", "工厂"])
def test_the_sheet_factory_holds_the_settings(workbook, sheet):
    rows = [
        ["key", "value"],
        ["today", datetime(2026, 2, 3)],
        ["horizon_days", 90],
        ["持有成本率", "5%"],
        ["late_rate", ""],
    ]
    settings = read(workbook(**{sheet: [*rows, ["partial_shipments", True]]})).settings
    assert (settings.today, settings.horizon_days, settings.holding_rate) == (date(2026, 2, 3), 90, 0.05)
    assert (settings.late_rate, settings.partial_shipments) == (0.01, True)


def test_a_bad_setting_names_the_sheet(workbook):
    (error,) = problems_of(workbook(factory=[["today", "soon"]]))
    assert (error.rule, error.file, error.column, error.value) == ("bad_today", "shop.xlsx [factory]", "today", "soon")


def test_a_folder_that_holds_only_factory_xlsx(workbook):
    path = workbook()
    path.rename(path.parent / "factory.xlsx")
    assert read(path.parent, today=date(2026, 1, 5)).items.height == 2


def test_a_formula_gives_its_last_value(workbook):
    def fill(sheet: Worksheet) -> None:
        sheet.write_row(0, 0, ["item", "qty"])
        sheet.write_string(1, 0, "A")
        sheet.write_formula(1, 1, "=3+4", None, 7)

    assert read(workbook(stock=fill)).stock["qty"].to_list() == [Decimal(7)]


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell(workbook):
    def fill(sheet: Worksheet) -> None:
        sheet.write_row(0, 0, ["item", "qty", "lot"])
        sheet.write_row(1, 0, ["A", 1])
        sheet.write_formula(1, 2, '=""', None, "")

    path = workbook(stock=fill)
    try:
        assert read(path).stock["lot"].to_list() == [None]
    except DataError as error:  # without the type str nobody can tell it from a formula never computed
        assert error.problems[0].rule == "not_computed"


@pytest.mark.parametrize("value", ["#N/A", "#DIV/0!", "#REF!"])
def test_a_formula_that_failed_names_its_cell(workbook, value):
    def fill(sheet: Worksheet) -> None:
        sheet.write_row(0, 0, ["item", "qty", "lot"])
        sheet.write_row(1, 0, ["A", 1])
        sheet.write_formula(1, 2, "=X", None, value)

    (error,) = problems_of(workbook(stock=fill))
    assert (error.rule, error.file, error.row, error.value) == ("formula_error", "shop.xlsx [stock]", 2, value)
    assert "单元格 C2 的公式出错" in error.text("zh") and "请改正公式" in error.text("zh")
    assert "the formula in cell C2 failed" in error.text("en") and "correct it" in error.text("en")


def test_a_formula_that_was_never_computed_names_its_cell(workbook, tmp_path):
    def fill(sheet: Worksheet) -> None:
        sheet.write_row(0, 0, ["item", "qty", "lot"])
        sheet.write_row(1, 0, ["A", 1])
        sheet.write_formula(1, 2, "=A2", None, "@@")

    path = rewritten(
        workbook(stock=fill), b'<c r="C2" t="str"><f>A2</f><v>@@</v></c>', b'<c r="C2"><f>A2</f><v></v></c>'
    )
    (error,) = problems_of(path)
    assert (error.rule, error.row, error.fields["cell"]) == ("not_computed", 2, "C2")
    assert "请用 Excel 打开后保存" in error.text("zh") and "open the workbook in Excel" in error.text("en")


def rewritten(path: Path, old: bytes, new: bytes) -> Path:
    """The same workbook with a few bytes of its sheets exchanged."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert any(old in data for data in parts.values())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data.replace(old, new))
    return path


def test_a_code_that_excel_turned_into_a_date_is_told(workbook):
    (error,) = (
        e for e in problems_of(workbook(stock=[["item", "qty"], [datetime(2026, 1, 2), 1]])) if e.rule != "unknown_code"
    )
    assert (error.rule, error.row, error.column, error.value) == ("code_is_date", 2, "item", "2026-01-02")
    assert "设为文本格式" in error.text("zh") and "format the column as text" in error.text("en")


def test_two_sheets_of_one_table(workbook):
    (error,) = problems_of(workbook(stock=[["item", "qty"]], 库存=[["item", "qty"]]))
    assert (error.rule, error.file, error.value, error.fields["other"]) == ("two_sheets", "shop.xlsx", "库存", "stock")
    assert "请只留一个" in error.text("zh") and "keep one" in error.text("en")


def test_a_sheet_that_is_nearly_a_tables_name_is_told_and_others_are_not(workbook):
    factory = read(workbook(demand=[["x"]], Sheet9=[["y"]]), today=date(2026, 1, 5))
    assert [(w.rule, w.value, w.fields["meant"]) for w in factory.warnings] == [("misspelt_sheet", "demand", "demands")]


def test_an_empty_sheet_is_an_absent_table(workbook):
    assert read(workbook(stock=[])).stock.height == 0


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06" + bytes(18), b"item\nA\n", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_workbook(tmp_path, data):
    (tmp_path / "shop.xlsx").write_bytes(data)
    (error,) = problems_of(tmp_path / "shop.xlsx")
    assert (error.rule, error.file) == ("no_workbook", "shop.xlsx")
    assert "另存为 .xlsx" in error.text("zh") and "save it as .xlsx" in error.text("en")


@pytest.mark.parametrize("name", ["shop.xls", "shop.ods", "shop.csv"])
def test_another_kind_of_file_is_a_mistake_in_the_call(tmp_path, name):
    (tmp_path / name).write_bytes(b"item\nA\n")
    with pytest.raises(UsageError, match=r"\.xlsx"):
        read(tmp_path / name)


def test_a_zip_bomb_is_not_unpacked(workbook):
    path = workbook()
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.bin", bytes(20 << 20))
    (error,) = problems_of(path)
    assert (error.rule, error.file) == ("too_big", "shop.xlsx")
    assert "改用 CSV 或 Parquet" in error.text("zh") and "use CSV or Parquet" in error.text("en")


def test_one_stray_cell_in_the_last_corner_is_not_filled_up_to(workbook):
    path = rewritten(workbook(), b'<c r="A3"', b'<c r="XFD1048576"')
    (error,) = (e for e in problems_of(path) if e.rule != "no_items")
    assert (error.rule, error.table, error.value) == ("too_many_cells", "items", "items")
    assert "17,179,869,184" in error.text("zh") and "clear far-off cells" in error.text("en")


def test_one_long_text_in_many_cells_is_not_copied_into_each(workbook):
    path = rewritten(
        workbook(stock=lambda sheet: sheet.write_number(999_999, 0, 1)), b"<t>A</t>", b"<t>" + b"x" * 50_000 + b"</t>"
    )
    (error,) = problems_of(path)
    assert (error.rule, error.file) == ("too_much_text", "shop.xlsx")
    assert "请缩短文字" in error.text("zh") and "shorten them" in error.text("en")
