"""The workbook: every figure of the plan as a real date, number or text, and nothing that a spreadsheet would run."""

import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from huoku.factory import build
from huoku.language import LANGUAGES, Language
from huoku.plan import Plan, plan
from huoku.report import write_report, write_workbook

Plans = dict[Language, Plan]
Rows = list[list[object]]


def opened(path: Path) -> dict[str, Rows]:
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}


@pytest.mark.parametrize(
    ("lang", "titles"),
    [
        ("zh", ["汇总", "采购单", "生产单", "承诺", "预警", "余料", "用料", "决定", "排程"]),
        (
            "en",
            [
                "Summary",
                "Purchases",
                "Make orders",
                "Promises",
                "Exceptions",
                "Leftovers",
                "Usage",
                "Decisions",
                "Schedule",
            ],
        ),
    ],
)
def test_each_question_has_a_sheet_in_the_readers_language(
    plans: Plans, lang: Language, titles: list[str], tmp_path: Path
) -> None:
    made = plans[lang]
    sheets = opened(write_report(made, tmp_path / "report.xlsx"))
    assert list(sheets) == titles
    heights = [made.orders.filter(kind=kind).height for kind in ("buy", "make")]
    heights += [made.factory.demands.height, made.exceptions.height, made.leftovers.height]
    heights += [made.usage.height, made.decisions.height, made.schedule.height]
    assert [len(rows) - 1 for rows in list(sheets.values())[1:]] == heights
    assert not [cell for rows in sheets.values() for cell in rows[0] if "_" in str(cell)]


def test_the_buyers_list_goes_supplier_by_supplier_and_adds_up_to_the_purchases(plans: Plans, tmp_path: Path) -> None:
    made = plans["zh"]
    rows = opened(write_workbook(made, tmp_path / "report.xlsx"))["采购单"]
    head, orders = rows[0], rows[1:]
    place, amount, fee = (head.index(title) for title in ("下单日期", "金额", "每单费用"))
    assert all(isinstance(row[place], date) for row in orders)
    assert [(row[0], row[place]) for row in orders] == sorted((row[0], row[place]) for row in orders)  # type: ignore[type-var]
    cost = made.figures["cost"]
    assert sum(float(str(row[amount])) for row in orders) == pytest.approx(cost["purchase"] + cost["fees"], abs=0.05)
    assert sum(float(str(row[fee])) for row in orders) == pytest.approx(cost["fees"])


def test_the_summary_tells_the_figures_and_the_rows_of_each_sheet(plans: Plans, tmp_path: Path) -> None:
    made = plans["en"]
    told = {row[0]: row[1] for row in opened(write_workbook(made, tmp_path / "report.xlsx"))["Summary"]}
    assert told["total cost"] == made.figures["total_cost"]
    assert told["first day"] == made.factory.settings.today
    assert told["Usage"] == made.usage.height


def test_headers_stay_and_can_filter(plans: Plans, tmp_path: Path) -> None:
    sheet = parts(write_workbook(plans["en"], tmp_path / "report.xlsx"))["xl/worksheets/sheet2.xml"]
    assert 'ySplit="1"' in sheet and 'state="frozen"' in sheet
    assert "<autoFilter " in sheet


def test_text_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    """An item of another's making must not run anything in the reader's spreadsheet."""
    names = ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "{=1}", "http://example.org/x", "0012"]
    made = plan(
        build(
            today=date(2026, 1, 5),
            items=[{"item": name, "name": name} for name in names],
            sources=[{"item": name, "supplier": "=A1", "lead_time_days": 1, "price": 1} for name in names],
            demands=[
                {"demand": f"={n}", "item": name, "qty": 1, "due": date(2026, 2, 1)} for n, name in enumerate(names)
            ],
        )
    )
    path = write_workbook(made, tmp_path / "report.xlsx")
    rows = opened(path)["Purchases"]
    assert {row[2] for row in rows[1:]} == set(names)
    assert {row[0] for row in rows[1:]} == {"=A1"}
    assert not [name for name, text in parts(path).items() if "<f>" in text or "<f " in text]
    assert "Usage" in parts(path)["xl/worksheets/sheet1.xml"]  # links inside the book are there, others are not
    with zipfile.ZipFile(path) as book:
        assert not [name for name in book.namelist() if b"example.org" in book.read(name) and name.endswith(".rels")]


def test_a_table_that_is_too_long_for_a_sheet_lies_beside_it_and_the_sheet_says_so(
    plans: Plans, tmp_path: Path
) -> None:
    made = plans["en"]
    most = made.usage.height  # one row too few for the header
    sheets = opened(write_workbook(made, tmp_path / "report.xlsx", most_rows=most))
    said = f"{made.usage.height:,} rows, more than a sheet can hold: they are in report-usage.parquet"
    assert str(sheets["Usage"][0][0]).startswith(said)
    assert pl.read_parquet(tmp_path / "report-usage.parquet").height == made.usage.height
    assert {path.name for path in tmp_path.iterdir()} == {"report.xlsx", "report-usage.parquet"}
    assert len(opened(write_workbook(made, tmp_path / "all.xlsx", most_rows=most + 1))["Usage"]) == most + 1


def test_a_schedule_has_a_sheet_where_there_is_one(plans: Plans, tmp_path: Path) -> None:
    work = {"order": "PM-000138", "seq": 10, "resource": "PRESS", "date": date(2026, 11, 28), "minutes": 90.5}
    made = replace(plans["en"], schedule=pl.DataFrame([work], schema=plans["en"].schedule.schema))
    rows = opened(write_workbook(made, tmp_path / "report.xlsx"))["Schedule"]
    assert rows[1] == ["PRESS", date(2026, 11, 28), "PM-000138", 10, 90.5]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_plan_gives_the_same_bytes(plans: Plans, lang: Language, tmp_path: Path) -> None:
    first, second = (write_report(plans[lang], tmp_path / name).read_bytes() for name in ("a.xlsx", "b.xlsx"))
    assert first == second


def test_an_empty_plan_is_a_workbook_too(tmp_path: Path) -> None:
    sheets = opened(write_workbook(plan(build(today=date(2026, 1, 5), items=[{"item": "BODY"}])), tmp_path / "e.xlsx"))
    assert [len(rows) for rows in sheets.values()][1:] == [1] * 7
