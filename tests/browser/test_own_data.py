"""A new owner with his own data: from the first page to Today with a plan, by a list out of another system."""

import io
from datetime import date, timedelta

import pytest
import xlsxwriter

pytestmark = pytest.mark.slow

MOST_CLICKS = 4


def workbook(**sheets):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                sheet.write_row(row, 0, cells)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "我的工厂.xlsx", "mimeType": kind, "buffer": out.getvalue()}


def lists(component):
    """A lamp of two bulbs, ordered for next week, as Kingdee calls it."""
    due = (date.today() + timedelta(days=6)).isoformat()
    return workbook(
        存货档案=[
            ["存货编码", "存货名称", "存货属性", "最低供应量", "主供应商", "采购提前期", "采购单价"],
            ["LAMP", "台灯", "自制", "", "", "", ""],
            ["BULB", "灯泡", "外购", 100, "光明", 5, 3],
        ],
        产品结构=[["母件编码", "子件编码", "基本用量"], ["LAMP", component, 2]],
        销售订单=[["单据编号", "客户名称", "存货编码", "未发货数量", "预发货日期"], ["SO-7", "李氏", "LAMP", 10, due]],
    )


def test_a_new_owner_brings_his_lists_corrects_one_fault_and_sees_what_to_buy(enter):
    owner = enter("zhou")
    page, clicks = owner.page, []

    def click(what):
        page.locator(what).first.click()
        clicks.append(what)

    click("main .card a.btn-primary")
    page.set_input_files("#own-file", lists("NUT"))
    click(".drop .btn-primary")
    page.wait_for_selector("[data-own=bad]")
    told = owner.reads("main")
    assert "我的工厂.xlsx [产品结构]" in told and "子件编码" in told and "NUT" in told
    with page.expect_download() as saved:
        page.locator(".head .act a").click()
    assert saved.value.suggested_filename == "标出问题的数据.xlsx"

    owner.goes("/start/own?new")
    page.set_input_files("#own-file", lists("BULB"))
    click(".drop .btn-primary")
    page.wait_for_selector("[data-own=good]")
    click(".head .act .btn-primary")
    page.wait_for_url(f"{owner.desk}/", timeout=400_000)  # the worker may have plans of others to work out first
    assert "¥300" in owner.reads(".kpis")
    assert len(clicks) <= MOST_CLICKS


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_on_a_telephone_files_are_brought_and_faults_read_too(enter, language):
    """Of the company that stays empty: what is looked at is not written."""
    page = enter("zhao", language, width=390, height=844).goes("/start/own?new").page
    page.set_input_files("#own-file", lists("NUT"))
    page.locator(".drop .btn-primary").click()
    page.wait_for_selector("[data-own=bad]")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    assert all(box["height"] >= 44 for box in (each.bounding_box() for each in page.locator("main .btn").all()))
