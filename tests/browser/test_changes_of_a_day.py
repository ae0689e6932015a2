"""What changes in the middle of a day: a customer wants less and then nothing, a supplier is late, a planner takes on
work but leaves one out, the owner looks who did what. In both languages, on a desk and on a telephone."""

from datetime import date, timedelta

import pytest
from tests.browser.people import MAIN

pytestmark = pytest.mark.slow
WAYS = [("zh-hans", (1440, 900)), ("en", (390, 844))]
TODAY = date.today()
SOON = TODAY + timedelta(days=74)


@pytest.mark.parametrize(("language", "screen"), WAYS)
def test_a_customer_wants_less_and_then_nothing_and_the_surplus_is_told(enter, language, screen):
    li = enter("sales", language, *screen)
    line = {"lines_0_item": "KT-K15-WH-CN", "lines_0_qty": 9, "lines_0_due_on": SOON, "lines_0_price": 89}
    order = li.makes("sales_orders", customer="Albion Homeware", **line)
    number = li.reads("h1")
    li.does("confirm")
    (of_it,) = li.rows("sales_lines", **{"filter[order_id][eq]": order})
    li.presses("main .act a[href$='/do/change_quantity']")
    gives(li, line=of_it["id"], qty=4)
    li.presses(MAIN)
    (now,) = li.rows("sales_lines", **{"filter[order_id][eq]": order})
    assert (now["qty"], now["promised_on"]) == ("4", str(SOON))

    li.goes(f"/office/sales_orders/{order}/").does("cancel", reason=li.says("客户不要了", "not wanted any more"))
    (ended,) = li.rows("sales_orders", **{"filter[id][eq]": order})
    assert ended["state"] == "cancelled"
    wu = enter("planner", language)
    tasks = wu.rows("tasks", sort="-id", **{"filter[kind][eq]": "surplus", "filter[state][in]": "open"})
    mine = [task for task in tasks if task["row"] == order]
    assert {task["role"] for task in mine} == {"planner", "buyer"}
    assert all(number in task[wu.says("text_zh", "text_en")] for task in mine)


@pytest.mark.parametrize(("language", "screen"), WAYS)
def test_a_supplier_is_chased_and_gives_a_later_day(enter, language, screen):
    zhang = enter("buyer", language, *screen)
    supplier = zhang.rows("sources", **{"filter[item][eq]": "LT-01"})[0]["supplier"]
    line = {"lines_0_item": "LT-01", "lines_0_qty": 10, "lines_0_price": 2, "lines_0_wanted_on": TODAY}
    order = zhang.makes("purchase_orders", supplier=supplier, location="MAIN", **line)
    zhang.does("approve").does("send")
    number = zhang.reads("h1")
    (chased,) = zhang.rows("purchase_chases", **{"filter[order_id][eq]": order})
    assert chased["due_on"] == str(TODAY)
    assert number in zhang.goes(f"/office/purchase_chases/?filter[number][eq]={number}").page.content()
    later = TODAY + timedelta(days=11)
    zhang.goes(f"/office/purchase_orders/{order}/").presses("main .act a[href$='/do/confirm']")
    gives(zhang, **{"lines-0-promised_on": later, "lines-0-why": "kiln"})
    zhang.presses(MAIN)
    (said,) = zhang.rows("purchase_dates", **{"filter[number][eq]": number})
    assert (said["on"], said["said"], said["why"]) == (str(later), "promised", "kiln")
    (chased,) = zhang.rows("purchase_chases", **{"filter[order_id][eq]": order})
    assert (chased["promised_on"], chased["due_on"], chased["state"]) == (str(later), str(later), "confirmed")
    wu = enter("planner", language)
    tasks = wu.rows("tasks", sort="-id", **{"filter[kind][eq]": "supply_late", "filter[state][in]": "open"})
    assert any(task["row"] == order and str(later) in task["text_en"] for task in tasks)


@pytest.mark.parametrize("language", [language for language, _ in WAYS])
def test_the_planner_takes_on_many_and_leaves_one_out(enter, language):
    wu = enter("planner", language)
    last = {"filter[kind][in]": "make", "filter[state][in]": "open", "sort": "-start_on"}
    some = [str(row["id"]) for row in wu.rows("proposals", limit=3, **last)]
    page = wu.goes("/office/proposals/?" + "&".join(f"{name}={value}" for name, value in last.items())).page
    ticks = page.locator(".tabulator-row input[type=checkbox]")
    ticks.first.wait_for()
    for place in range(3):
        ticks.nth(place).check()
    ticks.nth(1).uncheck()
    wu.presses("button[formaction$='/chosen/accept']:visible").presses(MAIN)
    now = {str(row["id"]): row["state"] for row in wu.rows("proposals", **{"filter[id][in]": ",".join(some)})}
    assert now == {some[0]: "accepted", some[1]: "open", some[2]: "accepted"}
    wu.presses(".said form button")
    now = {str(row["id"]): row["state"] for row in wu.rows("proposals", **{"filter[id][in]": ",".join(some)})}
    assert set(now.values()) == {"open"}


@pytest.mark.parametrize(("language", "screen"), WAYS)
def test_the_owner_sees_who_changed_what_and_when(enter, language, screen):
    boss, engineer = enter("boss", language, *screen), enter("engineer", language)
    (item,) = boss.rows("items", **{"filter[code][eq]": "PB-01"})
    days = int(item["lead_time_days"]) + 1
    engineer.goes(f"/office/items/{item['id']}/do/change").fills(lead_time_days=days).presses(MAIN)
    history = boss.goes(f"/office/items/{item['id']}/").reads("[data-live=history]")
    name = boss.rows("audit_entries", limit=1, sort="-id")[0]
    assert name["action"] == "items.change_item" and name["by"] == "engineer"
    assert f"{days - 1}" in history and f"{days}" in history
    engineer.presses(".said form button")
    assert boss.rows("items", **{"filter[code][eq]": "PB-01"})[0]["lead_time_days"] == item["lead_time_days"]


def gives(person, **fields):
    """Fill in fields of a form by what they are: a choice or what is written."""
    for name, value in fields.items():
        field = person.page.locator(f"main [name='{name}']").first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(str(value))
        else:
            field.fill(str(value))
