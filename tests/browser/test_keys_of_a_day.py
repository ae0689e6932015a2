"""The days of the planner and of sales without a mouse: found by Ctrl-K, walked by Tab, done by Enter."""

from datetime import date, timedelta

import pytest

pytestmark = pytest.mark.slow
SOON = date.today() + timedelta(days=76)
FOCUSED = """what => {
  const at = document.activeElement;
  return at !== document.body && at.matches(what) ? (at.value ?? at.innerText) : null;
}"""


def found(person, words):
    """Ctrl-K, a name or code, Enter."""
    keys = person.page.keyboard
    keys.press("Control+k")
    person.page.locator("#found li").first.wait_for()
    keys.type(words)
    person.page.locator(f"#found li:first-child:has-text('{words}')").wait_for()
    with person.page.expect_navigation():
        keys.press("Enter")


def tab_to(person, what, most=120):
    """Tab until this is focused; what stands in it."""
    for _ in range(most):
        if (text := person.page.evaluate(FOCUSED, what)) is not None:
            return text
        person.page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {what} on {person.page.url}")


def goes_on(person, key):
    """A key that leads to another page."""
    with person.page.expect_navigation():
        person.page.keyboard.press(key)


def writes(person, field, text):
    tab_to(person, f"main [name={field}]")
    person.page.keyboard.press("Control+a")
    person.page.keyboard.type(str(text))


def test_sales_quotes_keeps_and_confirms_without_a_mouse(enter):
    li = enter("sales")
    found(li, "报价")
    writes(li, "item", "KT-K15-WH-CN")
    writes(li, "qty", 11)
    writes(li, "due_on", SOON)
    goes_on(li, "Enter")
    li.page.locator("#leftovers .pad p").first.wait_for()
    li.page.locator("form[action$='/quotation/keep']").wait_for()
    before = {row["id"] for row in li.rows("sales_orders", limit=1000)}
    writes(li, "note", "按键留下")
    writes(li, "customer", "Albion Homeware")
    writes(li, "price", "88.50")
    tab_to(li, "form[action$='/quotation/keep'] button[value=inquiry]")
    goes_on(li, "Enter")
    (order,) = (row for row in li.rows("sales_orders", limit=1000) if row["id"] not in before)
    (line,) = li.rows("sales_lines", **{"filter[order_id][eq]": order["id"]})
    assert (order["state"], line["item"], line["qty"], line["price"]) == ("inquiry", "KT-K15-WH-CN", "11", "88.5")

    found(li, order["number"])
    assert li.reads("h1") == order["number"]
    tab_to(li, "main .act a[href$='/do/provide'], main .act a[href$='/do/confirm'], main .act summary")
    tab_to(li, "main .act a[href$='/do/confirm']")
    goes_on(li, "Enter")
    goes_on(li, "Control+Enter")
    (order,) = li.rows("sales_orders", **{"filter[id][eq]": order["id"]})
    assert order["state"] == "confirmed"


def test_the_planner_looks_tries_and_decides_without_a_mouse(enter):
    wu = enter("planner")
    keys = wu.page.keyboard
    found(wu, "订单齐套")
    keys.press("j")
    waiting = wu.page.locator("tr.cur a.code").inner_text()
    goes_on(wu, "Enter")
    assert wu.reads("h1") == waiting

    found(wu, "模拟")
    code = wu.page.locator("main tbody tr:first-child .code").inner_text()
    writes(wu, "about", code)
    goes_on(wu, "Enter")
    was = tab_to(wu, "main td input")
    more = str(int(float(was or 0)) + 7)
    keys.press("Control+a")
    keys.type(more)
    goes_on(wu, "Enter")
    writes(wu, "name", "按键试的")
    tab_to(wu, "button[formaction$='/what-if/keep']")
    goes_on(wu, "Enter")
    kept, *_ = wu.rows("plan_runs", sort="-id", **{"filter[kind][in]": "trial"})
    assert kept["name"] == "按键试的" and list(kept["changes"].values()) == [more]

    last = {"filter[kind][in]": "make", "filter[state][in]": "open", "sort": "-start_on"}
    proposed, *_ = wu.rows("proposals", **last)
    wu.goes("/office/proposals/?" + "&".join(f"{name}={value}" for name, value in last.items()))
    wu.page.locator(f".tabulator-row:has-text('{proposed['item']}')").first.wait_for()
    tab_to(wu, "[data-grid], [data-grid] *")
    keys.press("Space")
    tab_to(wu, "button[formaction$='/chosen/accept']")
    goes_on(wu, "Enter")
    goes_on(wu, "Control+Enter")
    (taken,) = wu.rows("proposals", **{"filter[id][eq]": proposed["id"]})
    assert taken["state"] == "accepted" and taken["document"].startswith("production.order:")
