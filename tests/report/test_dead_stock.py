"""Dead stock as people read it; today is 2026-01-05."""

import re
import subprocess
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

import huoku
from huoku.errors import UsageError
from huoku.factory import Factory, build
from huoku.report import boss_case, case_text, dead_stock_text, write_case, write_dead_stock
from huoku.report.dead_stock import pdf as pdf_file
from huoku.report.dead_stock.pdf import PdfMissing

TODAY = date(2026, 1, 5)


def shop(**tables: Any) -> Factory:
    """100 blades worth 200.00 that nobody wants, ten months here; S pays 70 %, and a tenth less with each month."""
    given: dict[str, Any] = {
        "items": [{"item": "BLADE", "name": "刀片", "name_en": "blade", "unit_cost": 2, "lifecycle": "obsolete"}],
        "stock": [{"item": "BLADE", "qty": 100, "received_on": TODAY - timedelta(days=300), "order": "PO-7"}],
        "outlets": [{"item": "BLADE", "outlet": "S", "kind": "return", "share": 0.7, "fade": 0.1}],
    }
    return build(today=TODAY, holding_rate=0.24, **{**given, **tables})


def words_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


def rows_of(book: Path, sheet: str) -> list[dict[str, Any]]:
    head, *rows = CalamineWorkbook.from_path(str(book)).get_sheet_by_name(sheet).to_python()
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_the_owner_reads_how_much_is_dead_why_and_what_to_do() -> None:
    told = dead_stock_text(huoku.deadstock(shop()), "en")
    assert "stock of ¥200; ¥200 of it (100%, items: 1) will not be used within a year." in told
    assert "Each month of waiting loses another ¥18. Sold today it brings ¥140; ¥60 of its cost is lost." in told
    assert "why: obsolete; came with PO-7" in told
    assert "way out: return: 100 to S" in told
    assert "There is no past use: all that no order wants counts as dead." in told


def test_the_same_in_chinese() -> None:
    told = dead_stock_text(huoku.deadstock(shop()), "zh")
    assert "库存 ¥200，其中 ¥200（100%）一年内用不上，共 1 种物料。" in told
    assert "为什么：物料已停用；PO-7 进的" in told
    assert "怎么办：退供应商 100 → S" in told


def test_that_its_customer_has_gone_is_told_with_how_it_used_to_order() -> None:
    sold = [
        {"item": "BLADE", "date": TODAY - timedelta(days=day), "qty": 1, "customer": "ACME"}
        for day in range(100, 500, 28)
    ]
    review = huoku.deadstock(shop(items=[{"item": "BLADE", "unit_cost": 2}], history=sold))
    assert "why: its main customer ACME has ordered nothing for 98 days; before, about every 28 days" in (
        dead_stock_text(review, "en")
    )
    assert "为什么：主要客户 ACME 已 98 天没要货，以前约 28 天一次" in dead_stock_text(review, "zh")


def test_what_is_likelier_left_than_used_is_named_before_it_is_dead() -> None:
    """10 at a time every 28 days, the last of them 200 days ago: a chance that the 30 here are used is left."""
    sold = [
        {"item": "BLADE", "date": TODAY - timedelta(days=day), "qty": 10, "customer": "A"}
        for day in range(200, 500, 28)
    ]
    stock = [{"item": "BLADE", "qty": 30, "received_on": TODAY - timedelta(days=400)}]
    review = huoku.deadstock(shop(items=[{"item": "BLADE", "unit_cost": 2}], stock=stock, outlets=[], history=sold))
    assert (review.figures["dead_lots"], review.figures["doubtful"], review.figures["idle_but_used"]) == (0, 60, 0)
    assert (
        "¥60 more is likelier left than used, though not surely; ask before more is bought: BLADE (its main customer A "
        "has ordered nothing for 196 days; before, about every 28 days)."
    ) in dead_stock_text(review, "en")


def test_a_store_that_is_all_used_is_told_so() -> None:
    order = {"demand": "SO-1", "item": "BLADE", "qty": 100, "due": TODAY + timedelta(days=9)}
    told = dead_stock_text(huoku.deadstock(shop(demands=[order])), "en")
    assert told.startswith("2026-01-05: stock of ¥200, all of it used within a year: nothing is dead.")


def test_new_stock_without_a_past_is_asked_about_before_it_is_scrapped() -> None:
    stock = [{"item": "BLADE", "qty": 100, "received_on": TODAY - timedelta(days=20)}]
    factory = shop(items=[{"item": "BLADE", "unit_cost": 2}], stock=stock, outlets=[])
    told = dead_stock_text(huoku.deadstock(factory), "en")
    assert "here for 20 days only: ask sales and customers first, else scrap 100" in told


def test_blocked_stock_counts_and_says_so(tmp_path: Path) -> None:
    stock = [{"item": "BLADE", "qty": 100, "status": "blocked"}]
    page = write_dead_stock(huoku.deadstock(shop(stock=stock)), tmp_path / "dead.html", "en")
    told = words_of(page.read_text("utf-8"))
    assert "MAIN" in told and "blocked" in told
    assert "The day of receipt of 1 lot is not known" in told


def test_the_list_as_a_workbook_has_numbers_to_work_with(tmp_path: Path) -> None:
    book = write_dead_stock(huoku.deadstock(shop()), tmp_path / "dead.xlsx", "en")
    (lot,) = rows_of(book, "Lots")
    assert [lot[name] for name in ("item", "dead", "dead value", "brings", "came with")] == [
        "BLADE",
        100,
        200,
        140,
        "PO-7",
    ]
    assert [way["outlet"] for way in rows_of(book, "Ways out")] == ["S"]


def test_the_case_says_what_a_year_of_waiting_costs() -> None:
    """Now 140.00. In a year scrap pays more than S: 0.7 x 0.9^12 = 0.198, 39.54 less 48.00 of holding: 148.46 less."""
    case = boss_case(huoku.deadstock(shop()))
    assert case.saved_by_selling_now == pytest.approx(140 - (200 * 0.7 * 0.9**12 - 48))
    told = case_text(case, "en")
    assert "Cleared now it brings ¥140, after a year of waiting −¥8: waiting costs ¥148." in told
    assert "in 3 months" in told
    assert "return → S" in told


def test_the_boss_reads_which_part_of_the_profit_dead_stock_eats() -> None:
    """60.00 of the blades are lost; ten cups at 50.00 that cost 20.00 earn 300.00: a fifth of it."""
    items = [{"item": "BLADE", "unit_cost": 2, "lifecycle": "obsolete"}, {"item": "CUP", "price": 50}]
    source = {"item": "CUP", "supplier": "B", "price": 20, "lead_time_days": 0}
    factory = shop(items=items, sources=[source], demands=[{"demand": "SO-1", "item": "CUP", "qty": 10, "due": TODAY}])
    case = boss_case(huoku.deadstock(factory), huoku.plan(factory))
    assert case.margin == pytest.approx(300)
    assert "The dead stock loses ¥60, 20% of the margin of all orders in this plan (¥300)" in case_text(case, "en")
    assert "呆滞要认亏 ¥60，等于本计划全部订单毛利 ¥300 的 20%" in case_text(case, "zh")
    assert "毛利" not in case_text(boss_case(huoku.deadstock(factory)), "zh")


def test_turnover_is_of_bought_material_with_and_without_what_is_dead() -> None:
    """730.00 used in a year, 2.00 a day: 200.00 of blades lie for 100 days, and none of them without what is dead."""
    items = [{"item": "BLADE", "unit_cost": 2, "lifecycle": "obsolete"}, {"item": "CUP", "unit_cost": 1}]
    past = [{"item": "CUP", "date": TODAY - timedelta(days=days), "qty": 365} for days in (10, 200, 727)]
    case = boss_case(huoku.deadstock(shop(items=items, history=past)))
    assert (case.use, case.use_before) == (730, 365)
    assert (case.stock_days, case.live_days) == pytest.approx((100, 0))


def test_the_case_holds_buying_less_against_the_minimum_lot() -> None:
    """Four for an order: 20.00 from B, or 100 for 100.00 from A, of which scrap gives 10 % of 96.00 back."""
    terms = {"item": "CUP", "lead_time_days": 0}
    factory = shop(
        items=[{"item": "CUP"}],
        stock=[],
        outlets=[],
        sources=[{**terms, "supplier": "A", "price": 1, "moq": 100}, {**terms, "supplier": "B", "price": 5}],
        demands=[{"demand": "SO-1", "item": "CUP", "qty": 4, "due": TODAY}],
    )
    case = boss_case(huoku.deadstock(factory), huoku.plan(factory))
    (row,) = case.purchases.rows(named=True)
    assert (row["item"], row["supplier"], row["qty"], row["cost"]) == ("CUP", "B", 4, 20)
    assert (row["alternative_supplier"], row["alternative_qty"]) == ("A", 100)
    assert "B 4" in case_text(case, "en")


def test_of_two_purchases_one_buys_more_than_is_needed() -> None:
    """A hundred for four, and four for four: half of the lines, 100.00 of 104.00."""
    terms = {"supplier": "A", "lead_time_days": 0, "price": 1}
    demands = [{"demand": f"SO-{item}", "item": item, "qty": 4, "due": TODAY} for item in ("CUP", "LID")]
    factory = shop(
        items=[{"item": "CUP"}, {"item": "LID"}],
        stock=[],
        outlets=[],
        sources=[{"item": "CUP", "moq": 100, **terms}, {"item": "LID", **terms}],
        demands=demands,
    )
    case = boss_case(huoku.deadstock(factory), huoku.plan(factory))
    assert case.over_purchase == pytest.approx((0.5, 100 / 104))
    assert "50% buy more than 5 % beyond the need, by money 96% (over-purchase rate)" in case_text(case, "en")


CLOSED = {
    "item": "BLADE",
    "date": TODAY - timedelta(days=30),
    "opened": TODAY - timedelta(days=70),
    "qty": 50,
    "outlet": "S",
    "proceeds": 30,
    "cause": "order cancelled",
    "lesson": "ask for a deposit",
}


def test_what_closed_cases_came_to_is_told_with_their_lesson() -> None:
    """50 x 2.00 as booked, 30.00 back, 40 days."""
    review = huoku.deadstock(shop(disposals=[CLOSED]))
    assert [review.figures[name] for name in ("closed_cases", "recovery", "disposal_days")] == [1, 0.3, 40]
    told = dead_stock_text(review, "en")
    assert "Closed cases: 1; of ¥100 as booked ¥30 came back (30%); half of them took 40 days or less." in told
    assert "lesson of last time: ask for a deposit" in told
    assert "教训：BLADE ask for a deposit" in case_text(boss_case(review), "zh")


def test_the_boss_reads_what_less_stock_does_for_risk_and_speed() -> None:
    """All value lies in one part; without it nothing is left of the 100 days."""
    items = [{"item": "BLADE", "unit_cost": 2, "lifecycle": "obsolete"}, {"item": "CUP", "unit_cost": 1}]
    past = [{"item": "CUP", "date": TODAY - timedelta(days=days), "qty": 365} for days in (10, 200, 727)]
    told = case_text(boss_case(huoku.deadstock(shop(items=items, history=past))), "en")
    assert "the three dearest parts tie up 100% of the value in stock" in told
    assert "turnover goes from 100 days to 0 days" in told


def test_the_page_fetches_nothing_and_runs_nothing(tmp_path: Path) -> None:
    page = write_case(boss_case(huoku.deadstock(shop())), tmp_path / "case.html", "zh").read_text("utf-8")
    assert "default-src 'none'" in unescape(page)
    assert "<script" not in page and "http://" not in page.replace("http://www.w3.org", "")


def test_the_case_as_a_workbook(tmp_path: Path) -> None:
    book = write_case(boss_case(huoku.deadstock(shop())), tmp_path / "case.xlsx", "zh")
    years = rows_of(book, "两年")
    assert len(years) == 8
    assert years[-1]["躺着不动的料"] == 200


@pytest.mark.slow
def test_the_pdf_is_one_page_of_chinese_and_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    pytest.importorskip("fpdf", reason="the extra pdf is not installed")
    if not any(Path(font.plain).is_file() for font in pdf_file.FONTS):
        pytest.skip("no Chinese font on this machine (apt install fonts-noto-cjk)")
    case = boss_case(huoku.deadstock(shop()))
    first, second = (write_case(case, tmp_path / f"{name}.pdf", "zh").read_bytes() for name in "ab")
    assert first == second
    assert first.count(b"/Type /Page\n") == 1


def test_without_a_chinese_font_the_cure_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("fpdf", reason="the extra pdf is not installed")
    monkeypatch.setattr(pdf_file, "FONTS", ())
    with pytest.raises(PdfMissing, match="apt install fonts-noto-cjk"):
        write_case(boss_case(huoku.deadstock(shop())), tmp_path / "case.pdf", "en")
    assert list(tmp_path.iterdir()) == []


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.html / \.xlsx"):
        write_dead_stock(huoku.deadstock(shop()), tmp_path / "dead.docx", "en")


def test_in_a_browser_nothing_of_the_case_is_cut_off(tmp_path: Path, chromium: str) -> None:
    page = write_case(boss_case(huoku.deadstock(huoku.demo()), huoku.plan(huoku.demo())), tmp_path / "case.html", "zh")
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={tmp_path}/case.pdf"]
    subprocess.run([*command, page.as_uri()], check=True, capture_output=True, timeout=120)
    assert (tmp_path / "case.pdf").read_bytes().count(b"/Type /Page\n") <= 2
