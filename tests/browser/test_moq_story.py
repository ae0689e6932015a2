"""MOQ and dead stock, told from the customer's order to the owner's word and on to the next need, by the people whose
work it is: on a desk in Chinese, on telephones in English. What becomes of the rest when its days run out belongs to
the desk for dead stock, which is to come."""

import re
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.browser.people import MAIN
from tests.browser.test_days import ordered

pytestmark = pytest.mark.slow
SOON = date.today() + timedelta(days=75)
NEED, MINIMUM = 150, 500
PRICE = 12


def test_150_against_a_minimum_of_500_become_a_contract_in_calls(enter, tmp_path):
    """On a desk, in Chinese."""
    li, zhang, housing = enter("sales"), enter("buyer"), "HS-K17-RD"
    order = sales_hears_what_it_wastes_and_has_it_provided_for(li, zhang, "KT-K17-RD-CN", housing)
    proposed = the_buyer_sees_the_minimum(zhang, housing)
    number = asks_to_split_and_files_the_answer(zhang, proposed, tmp_path)
    paper = orders_on_the_offers_terms(zhang, proposed, number)
    the_owner_reads_the_case_and_lets_it_be(enter("boss"), paper)
    zhang.goes(f"/office/purchase_orders/{paper['id']}/").does("send")
    li.goes("/desk/pegging?view=all")
    assert li.rows("sales_orders", **{"filter[id][eq]": order})[0]["number"] in li.reads()


def test_what_a_minimum_left_over_is_used_by_the_next_need_first(enter):
    """On telephones, in English: the 500 are bought after all, and 350 lie there when the next customer orders."""
    screen, product, housing = ("en", 390, 844), "KT-K15-PK-CN", "HS-K15-PK"
    li, zhang = enter("sales", *screen), enter("buyer", *screen)
    sales_hears_what_it_wastes_and_has_it_provided_for(li, zhang, product, housing)
    proposed = the_buyer_sees_the_minimum(zhang, housing)
    zhang.presses("#drawer footer .btn-primary")
    (taken,) = zhang.rows("proposals", **{"filter[id][eq]": proposed["id"]})
    paper = ordered(zhang, taken)
    assert paper["amount"] == str(MINIMUM * PRICE)
    zhang.goes(f"/office/purchase_orders/{paper['id']}/").does("approve")
    the_owner_reads_the_case_and_lets_it_be(enter("boss", *screen), paper)
    zhang.goes(f"/office/purchase_orders/{paper['id']}/").does("send")
    keeper = enter("storekeeper", *screen)
    keeper.goes(f"/office/purchase_orders/{paper['id']}/").does("receive", lines_0_lot="SD-2611")

    assert spare(zhang, housing) == MINIMUM - NEED
    ask_for(li, product, 200)
    planned_again(zhang, li.row_here())
    assert not zhang.rows("proposals", **{"filter[item][eq]": housing, "filter[state][in]": "open"})
    assert spare(zhang, housing) == MINIMUM - NEED - 200
    ask_for(li, product, MINIMUM)
    proposed = the_plan_proposes(zhang, housing)
    assert int(proposed["needed"]) == MINIMUM - (MINIMUM - NEED - 200)


def spare(person, housing):
    """So many housings lie here, or are on their way, for nobody."""
    about = {"filter[item][eq]": housing}
    good = person.rows("balances", **about, **{"filter[status][in]": "available"})
    here = sum(int(row["on_hand"]) for row in good)
    here += sum(int(row["quantity"]) for row in person.rows("supplies", **about))
    standing = person.rows("sales_orders", limit=1000, **{"filter[state][in]": "provided,confirmed,locked"})
    numbers = {row["number"] for row in standing}
    lines = person.rows("sales_lines", limit=1000, **{"filter[item][starts]": housing.replace("HS", "KT")})
    return here - sum(int(row["qty"]) - int(row["shipped"]) for row in lines if row["order"] in numbers)


def ask_for(li, product, quantity):
    """The order of a customer, for whose materials the plan provides."""
    line = {"lines_0_item": product, "lines_0_qty": quantity, "lines_0_due_on": SOON, "lines_0_price": 89}
    order = li.makes("sales_orders", customer="Albion Homeware", **line)
    li.does("provide")
    assert li.says("备料中", "being provided for") in li.reads("main .head").lower()
    return order


def sales_hears_what_it_wastes_and_has_it_provided_for(li, zhang, product, housing):
    """Before a price is given the quotation says which material the order would leave, and what each kettle carries;
    the order cannot be promised while housings are missing, so it is provided for."""
    quantity = spare(zhang, housing) + NEED
    li.goes(f"/desk/quotation?item={product}&qty={quantity}&due_on={SOON}")
    li.page.wait_for_selector(f"#leftovers:has-text('{housing}')")  # it follows while the page is open
    line = {"lines_0_item": product, "lines_0_qty": quantity, "lines_0_due_on": SOON, "lines_0_price": 89}
    order = li.makes("sales_orders", customer="Albion Homeware", **line)
    li.presses("main .act a[href$='/do/confirm']").presses(MAIN)
    assert f"{housing} × " in li.reads("main [role=alert]")
    li.goes(f"/office/sales_orders/{order}/").does("provide")
    assert li.says("备料中", "being provided for") in li.reads("main .head").lower()
    return order


def the_plan_proposes(zhang, housing):
    """Once it has heard of the order."""
    until = time.monotonic() + 150
    while not (found := zhang.rows("proposals", **{"filter[item][eq]": housing, "filter[state][in]": "open"})):
        assert time.monotonic() < until, "the plan has not heard of the order"
        zhang.page.wait_for_timeout(500)
    (proposed,) = found
    return proposed


def planned_again(person, order):
    """Wait for a plan that counts the order."""
    until = time.monotonic() + 150
    while not person.may_open(f"/desk/pegging/{line_of(person, order)}"):
        assert time.monotonic() < until, "the plan has not heard of the order"
        person.page.wait_for_timeout(500)


def line_of(person, order):
    return person.rows("sales_lines", **{"filter[order_id][eq]": order})[0]["id"]


def the_buyer_sees_the_minimum(zhang, housing):
    """The bill splits the order; of the housing the mould shop makes 500, 350 too many: 70 %, 4,200. What came of the
    last purchase like it is read out."""
    proposed = the_plan_proposes(zhang, housing)
    assert (proposed["needed"], proposed["qty"]) == (str(NEED), str(MINIMUM))
    zhang.goes("/desk/buying?view=high")
    row = zhang.reads(f"#chosen tr:has(input[value='{proposed['id']}'])")
    for figure in ("150", "500", "350", "70%"):
        assert figure in row, (figure, row)
    drawer = opened_drawer(zhang, proposed)
    assert "¥4,200" in drawer
    assert zhang.says("教训：", "lesson:") in drawer.lower()
    assert zhang.says("起订量是为了换产", "their minimum pays for a set-up") in drawer.lower()
    return proposed


def opened_drawer(zhang, proposed):
    zhang.goes(f"/desk/buying?view=all&open={proposed['id']}")
    zhang.page.locator("#drawer h2").wait_for()
    return zhang.reads("#drawer")


def asks_to_split_and_files_the_answer(zhang, proposed, folder):
    """A task with its text, a letter for the mould shop; then what it answers: a contract in calls, and that its
    minimum is that of its own material."""
    page = zhang.page
    page.click("#drawer .levers details:has([value=split]) summary")
    zhang.presses("#drawer .levers details:has([value=split]) button")
    assert zhang.says("等答复", "waiting for an answer") in opened_drawer(zhang, proposed)
    with page.expect_download() as letter:
        page.click("#drawer a[href$='/letter']")
    told = Path(letter.value.path()).read_text(encoding="utf-8")
    assert letter.value.suggested_filename.startswith("request-HS-") and "150" in told and "4,200" not in told

    page.select_option("#drawer [name=moq_reason]", "material")
    zhang.presses("#drawer form:has([name=moq_reason]) button")
    known = zhang.says("他们的原料也有起订量", "Their minimum is that of their own material")
    assert known in opened_drawer(zhang, proposed)

    number = f"SD-{proposed['id']}"
    terms = {"number": number, "qty": MINIMUM, "price": "12.60", "call": 50, "cancel_fee": "0.60", "lead_time_days": 18}
    zhang.presses("#drawer a[href*='/supplier_offers/new']").fills(**terms, valid_until=SOON)
    page.select_option("main [name=kind]", "calls")
    zhang.presses(MAIN)
    page.locator("#drawer h2").wait_for()
    zhang.presses(f"#drawer .tl a[href*='/office/supplier_offers/']:near(:text('{number}'))")
    signed = folder / "signed.png"
    signed.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    page.set_input_files("#talk input[multiple]", str(signed))
    page.wait_for_selector(".files a:has-text('signed.png')")
    (task,) = zhang.rows("tasks", **{"filter[kind][eq]": "lever_split", "filter[row][eq]": proposed["id"]})
    zhang.goes(f"/office/tasks/{task['id']}/").does("finish", result=f"{number}: 12.60")
    assert f"{number}: 12.60" in opened_drawer(zhang, proposed)
    return number


def orders_on_the_offers_terms(zhang, proposed, number):
    """150 now at 12.60, 1,890, and nothing left over, instead of 6,000 and 350; more than he may spend alone."""
    option = zhang.page.locator(f"#drawer .options th:has-text('{number}') input[name=option]")
    assert zhang.says("分批送货", "split") in zhang.reads(f"#drawer .options th:has-text('{number}')").lower()
    option.check()
    zhang.presses("#drawer footer .btn-primary")
    (taken,) = zhang.rows("proposals", **{"filter[id][eq]": proposed["id"]})
    order = ordered(zhang, taken)
    (line,) = zhang.rows("purchase_lines", **{"filter[order_id][eq]": order["id"]})
    assert (line["qty"], line["price"], order["amount"], order["state"]) == ("150", "12.6", "1890", "draft")
    assert number in line["note"] and "150 / 500" in line["note"]
    zhang.goes(f"/office/purchase_orders/{order['id']}/").does("approve")
    return order


def the_owner_reads_the_case_and_lets_it_be(boss, paper):
    """Two years of dead stock and turnover and what waiting costs; then his word."""
    boss.goes("/desk/case")
    assert boss.page.locator(".charts svg").count() >= 2
    boss.goes("/")
    dead = boss.reads(".kpi:has-text('呆滞料'), .kpi:has-text('Dead stock')")
    is_red = boss.page.locator(".kpi:has-text('呆滞料') .mk.R, .kpi:has-text('Dead stock') .mk.R").count() == 1
    share = float(re.search(r"(\d+)%", dead)[1])
    assert is_red == (share >= 10), dead
    (asked,) = (
        each
        for each in boss.rows("approvals", **{"filter[state][in]": "waiting"})
        if each["request"].get("id") == paper["id"]
    )
    boss.goes(f"/office/approvals/{asked['id']}/").does("approve")
    assert boss.rows("purchase_orders", **{"filter[id][eq]": paper["id"]})[0]["state"] == "approved"
