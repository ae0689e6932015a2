"""A list of the desk under a person's hands: an empty table filled from Excel, mended, changed, and its layout kept."""

import pytest

pytestmark = pytest.mark.slow

CELL = ".tabulator-row:has(.tabulator-cell:text-is('{code}')) .tabulator-cell[tabulator-field={column}]"
SHEET = "\n".join(["编码\t名称\t提前期（天）\t生命周期", *(f"SC-{n:03}\t螺丝 {n}\t{n % 30}\t在用" for n in range(120))])


def put(page, text):
    page.evaluate("text => navigator.clipboard.writeText(text)", text)


def copied(page):
    page.keyboard.press("Control+c")
    return page.evaluate("() => navigator.clipboard.readText()")


def cell(page, code, column):
    return page.locator(CELL.format(code=code, column=column))


def test_an_empty_list_is_filled_from_excel_mended_changed_and_undone(opened):
    page = opened("/office/items/")
    page.locator("[data-empty]").wait_for()
    put(page, f"{SHEET}\nSC-900\t坏的\tfive\t在用")
    page.keyboard.press("Control+v")
    page.locator(".preview .bar :text('新增 120')").wait_for()
    page.click(".preview .bar button:has-text('有误 1')")
    assert page.locator(".preview .er").inner_text() == "five"
    page.keyboard.press("Control+Enter")
    page.locator(".head .count:has-text('共 120 行')").wait_for()

    page.wait_for_selector(CELL.format(code="SC-119", column="name"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    assert copied(page).startswith("螺丝 118\t")

    page.keyboard.press("F2")
    page.keyboard.press("Control+a")
    page.keyboard.type("自攻螺丝")
    page.keyboard.press("Enter")
    page.locator(".said:has-text('已保存 1 行')").wait_for()
    assert cell(page, "SC-118", "name").inner_text() == "自攻螺丝"
    page.locator(".said button").click()
    page.locator(".said:has-text('已撤销')").wait_for()
    page.wait_for_selector(f"{CELL.format(code='SC-118', column='name')}:text-is('螺丝 118')")

    _rows_changed_together_with_a_veto(page)
    _filtered_sorted_and_kept(page)


def _rows_changed_together_with_a_veto(page):
    for _ in range(3):
        page.keyboard.press("x")
        page.keyboard.press("ArrowDown")
    page.locator("[data-said]:has-text('已选 3 行')").wait_for()
    page.click("button:has-text('批量修改')")
    page.select_option("[data-bulk] select[name=column]", "lifecycle")
    page.select_option("[data-bulk] label span select", "停用")
    page.click("[data-bulk] .btn-primary")
    page.locator(".preview .bar :text('改动 3')").wait_for()
    page.locator(".preview .tabulator-row:nth-child(2) input[type=checkbox]").uncheck()
    page.click("button:has-text('保存 2 行')")
    page.locator(".said:has-text('已保存 2 行')").wait_for()


def _filtered_sorted_and_kept(page):
    page.locator(".title:has-text('生命周期')").hover()
    page.click("[data-filter=lifecycle]")
    page.check(".filtering input[value=obsolete]")
    page.click(".filtering .btn-primary")
    page.locator(".head .count:has-text('共 2 行')").wait_for()
    page.click("button:has-text('保存视图')")
    page.fill("[data-keep] input[name=name]", "停用的")
    page.click("[data-keep] .btn-primary")
    page.locator("[data-views] [aria-current]:has-text('停用的')").wait_for()
    page.click("[data-views] button:has-text('标准')")
    page.locator(".head .count:has-text('共 120 行')").wait_for()
    page.click("[data-views] button:has-text('停用的')")
    page.locator(".head .count:has-text('共 2 行')").wait_for()


def test_a_telephone_has_cards_and_loads_no_grid(opened):
    page = opened("/office/items/", width=390, height=844)
    assert page.locator(".cards").count() <= 1 and not page.locator(".tabulator").count()
    assert page.evaluate("() => document.documentElement.scrollWidth") == 390
    loaded = page.evaluate("() => performance.getEntriesByType('resource').map(each => each.name)")
    assert not [name for name in loaded if "tabulator" in name and ".js" in name]
