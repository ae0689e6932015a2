"""The grid by keys alone, its frozen columns, and views that a team opens a list with."""

import pytest

pytestmark = pytest.mark.slow

VALUES = """name => [...document.querySelectorAll('.tabulator-row')]
    .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
    .map((row) => row.querySelector(`[tabulator-field=${name}]`))
    .map((cell) => (cell.querySelector('a') || cell).textContent.replaceAll(',', ''))"""


def column(page, name):
    """What stands in a column, from above."""
    return page.evaluate(VALUES, name)


def loaded(page, act):
    """Do something after which rows are loaded anew, and wait for them."""
    with page.expect_response(lambda answer: "/office/sources/rows" in answer.url) as answer:
        act()
    rows = [str(row["item"]) for row in answer.value.json()["rows"]]
    shown = "item => [...document.querySelectorAll('[tabulator-field=item] a')].some(e => e.textContent === item)"
    page.wait_for_function(shown, arg=rows[0])
    page.wait_for_timeout(200)


def active(page):
    return page.evaluate("() => document.activeElement.closest('[data-grid]') !== null")


def test_a_buyer_finds_sorts_and_mends_terms_without_a_mouse(enter):
    page = enter("buyer").goes("/office/sources/?sort=item").page
    page.wait_for_selector(".tabulator-row")
    page.click("[data-keys]")
    assert "F2 修改" in " ".join(
        page.inner_text("#keys").split()
    )  # the keys of this page stand with those of every page
    page.keyboard.press("Escape")
    page.focus("[data-grid]")
    page.wait_for_timeout(200)
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("f")
    page.keyboard.type("1,000")
    page.keyboard.press("Tab")
    page.keyboard.type("2000")
    loaded(page, lambda: page.keyboard.press("Enter"))
    found = column(page, "moq")
    assert found and all(1000 <= float(each) <= 2000 for each in found) and active(page)

    loaded(page, lambda: page.keyboard.press("s"))
    assert column(page, "moq") == sorted(found, key=float) and "sort=moq" in page.url
    loaded(page, lambda: page.keyboard.press("s"))
    falling = column(page, "moq")
    assert falling == sorted(found, key=float, reverse=True) and "sort=-moq" in page.url

    page.keyboard.press("F2")
    page.keyboard.press("Control+a")
    page.keyboard.type("1750")
    page.keyboard.press("Enter")
    page.locator(".said:has-text('已保存 1 行')").wait_for()
    assert column(page, "moq")[:2] == ["1750", falling[1]]
    page.keyboard.press("Control+c")  # the keys have gone on to the cell below
    assert page.evaluate("() => navigator.clipboard.readText()") == falling[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("h")
    page.locator("aside.drawer:has-text('1,750')").wait_for()
    page.keyboard.press("Escape")
    assert active(page)
    for _ in range(4):  # the heads, the box that chooses all, the rows, out
        page.keyboard.press("Tab")
    assert not active(page), "Tab has to lead out of the grid"


def left_of(page, name):
    place = "name => document.querySelector(`.tabulator-row [tabulator-field=${name}]`).getBoundingClientRect().left"
    return page.evaluate(place, name)


def test_columns_up_to_the_chosen_one_stay_in_sight_and_a_view_keeps_it(enter):
    page = enter("buyer").goes("/office/sources/").page
    page.wait_for_selector(".tabulator-row")
    page.click(".views summary:has-text('列')")
    loaded(page, lambda: page.click("[data-name=moq] [data-freeze]"))
    assert page.locator(".columns [data-freeze][aria-pressed=true]").count() == 3
    page.click("button:has-text('保存视图')")
    page.fill("[data-keep] input[name=name]", "起订量")
    page.click("[data-keep] .btn-primary")
    page.locator("[data-views] [aria-current]:has-text('起订量')").wait_for()
    loaded(page, lambda: page.click("[data-views] button:has-text('标准')"))
    loaded(page, lambda: page.click("[data-views] button:has-text('起订量')"))
    before = {name: left_of(page, name) for name in ("item", "moq", "price")}
    page.evaluate("() => (document.querySelector('.tabulator-tableholder').scrollLeft = 90)")
    page.wait_for_timeout(200)
    after = {name: left_of(page, name) for name in before}
    assert (after["item"], after["moq"]) == (before["item"], before["moq"]) and after["price"] < before["price"]


def test_columns_are_chosen_by_keys_that_stay_in_their_menu(enter):
    page = enter("buyer").goes("/office/sources/").page
    page.wait_for_selector(".tabulator-row")
    page.focus(".views summary:has-text('列')")
    page.keyboard.press("Enter")
    page.focus("[data-name=multiple] input")
    within = "() => document.activeElement.closest('[data-name]')?.dataset.name"
    for is_shown in (False, True):
        loaded(page, lambda: page.keyboard.press("Space"))
        assert bool(page.locator(".tabulator-row [tabulator-field=multiple]").count()) == is_shown
        assert page.evaluate(within) == "multiple"
    page.keyboard.press("Escape")
    assert page.evaluate("() => document.activeElement.matches('.views summary')")


def test_a_team_s_list_opens_with_the_view_that_its_lead_kept_for_it(enter):
    boss = enter("boss").goes("/office/transfers/").page
    boss.wait_for_selector(".tabulator-row, [data-empty]:not([hidden])")
    boss.click("button:has-text('保存视图')")
    boss.fill("[data-keep] input[name=name]", "仓库的")
    boss.select_option("[data-keep] select[name=team]", "storekeeper")
    boss.check("[data-keep] input[type=checkbox]")
    boss.click("[data-keep] .btn-primary")
    boss.locator("[data-views] [aria-current]:has-text('仓库的')").wait_for()
    storekeeper = enter("storekeeper").goes("/office/transfers/").page
    storekeeper.locator("[data-views] [aria-current]:has-text('仓库的')").wait_for()
    assert not storekeeper.locator("button:has-text('删除视图')").count()
    planner = enter("planner").goes("/office/transfers/").page
    planner.locator("[data-views] [aria-current]:has-text('标准')").wait_for()
    assert not planner.locator("[data-views] button:has-text('仓库的')").count()
