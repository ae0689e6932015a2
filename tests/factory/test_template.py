"""The empty workbook: it says what belongs where, keeps codes as text, and reads back."""

import re
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from huoku.errors import DataError, UsageError
from huoku.factory import TABLES, build, read
from huoku.factory.examples_of import examples_of
from huoku.factory.template import template


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_empty_template_reads_back_as_no_items_and_nothing_else(tmp_path: Path, lang):
    with pytest.raises(DataError) as caught:
        read(template(tmp_path / "shop.xlsx", lang=lang))
    assert [problem.rule for problem in caught.value.problems] == ["no_items"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_column_of_every_table_is_there_and_required_ones_are_marked(tmp_path: Path, lang):
    book = CalamineWorkbook.from_path(template(tmp_path / "shop.xlsx", lang=lang))
    assert book.sheet_names[0] == "README 说明"
    for table in TABLES.values():
        header, *examples = book.get_sheet_by_name(table.zh if lang == "zh" else table.name).to_python()
        assert all(row[0].startswith("例：" if lang == "zh" else "e.g. ") for row in examples)
        assert header == [column.header(lang) + ("*" if column.required else "") for column in table.columns]


def test_the_first_sheet_explains_every_column_in_both_languages(tmp_path: Path):
    rows = CalamineWorkbook.from_path(template(tmp_path / "shop.xlsx")).get_sheet_by_index(0).to_python()
    explained = {(row[0], row[2].rstrip("*")): row for row in rows if row[2]}
    for table in TABLES.values():
        for column in table.columns:
            row = explained[table.name, column.name]
            assert column.zh in row[3] and column.note.zh in row[4] and column.note.en in row[5]


def test_code_columns_are_text_choices_are_drop_downs_and_headers_stay_in_view(tmp_path: Path):
    with zipfile.ZipFile(template(tmp_path / "shop.xlsx")) as archive:
        styles, items = archive.read("xl/styles.xml").decode(), archive.read("xl/worksheets/sheet3.xml").decode()
        comments = "".join(archive.read(name).decode() for name in archive.namelist() if "comments" in name)
    assert 'formatCode="@"' in styles
    assert '<pane ySplit="1"' in items
    assert re.search(r'<dataValidation type="list"[^>]*sqref="D2:D\d+"><formula1>"buy,make,phantom"', items)
    assert "物料编码" in comments and "前导零会保留" in comments and "leading zeros are kept" in comments


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_filled_template_reads_right(tmp_path: Path, lang):
    empty = CalamineWorkbook.from_path(template(tmp_path / "empty.xlsx", lang=lang))
    filled = {
        "items": {"item": ["0012345", "B"], "kind": ["make", "buy"], "unit_cost": ["", 2.5]},
        "bom": {"parent": ["0012345"], "component": ["B"], "qty": [3]},
        "demands": {"demand": ["SO-1"], "item": ["0012345"], "qty": [10], "due": ["2026-02-01"]},
    }
    with xlsxwriter.Workbook(tmp_path / "shop.xlsx") as book:
        for name in empty.sheet_names:
            sheet = book.add_worksheet(name)
            rows = [row for row in empty.get_sheet_by_name(name).to_python() if not row[0].startswith(("例：", "e.g."))]
            for at, cells in enumerate(rows):
                sheet.write_row(at, 0, cells)
            for table in TABLES.values():
                if name in (table.name, table.zh):
                    for at, column in enumerate(table.columns):
                        for row, cell in enumerate(filled.get(table.name, {}).get(column.name, []), 1):
                            sheet.write(row, at, cell)
    factory = read(tmp_path / "shop.xlsx", today=date(2026, 1, 5))
    assert factory.items["item"].to_list() == ["0012345", "B"]
    assert factory.items["kind"].to_list() == ["make", "buy"]
    assert factory.items["unit_cost"].to_list() == [None, Decimal("2.5")]
    assert factory.demands["due"].to_list() == [date(2026, 2, 1)]
    assert factory.settings.horizon_days == 365


def test_a_template_is_an_xlsx_in_a_place_that_exists(tmp_path: Path):
    with pytest.raises(UsageError, match=r"\.xlsx"):
        template(tmp_path / "shop.csv")
    with pytest.raises(UsageError):
        template(tmp_path / "nowhere" / "shop.xlsx")
    with pytest.raises(UsageError, match="zh or en"):
        template(tmp_path / "shop.xlsx", lang="fr")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_examples_of_the_template_are_a_factory_that_could_be_planned(tmp_path: Path, lang):
    """Without their marks nothing is wrong with them: what they show is right."""
    given = {
        table: [
            {name: str(value).removeprefix("例：").removeprefix("e.g. ") for name, value in row.items()} for row in rows
        ]
        for table in TABLES
        if (rows := examples_of(table, lang))
    }
    factory = build(today=date(2026, 11, 23), **given)
    assert {"items", "bom", "sources", "stock", "supplies", "demands"} <= set(given)
    assert factory.items["item"].to_list() == ["LAMP-01", "BULB-E27", "WIRE-2C"]
