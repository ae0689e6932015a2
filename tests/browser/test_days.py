"""The days of those who work here, from signing in to done, each in both languages."""

import re
import time
from datetime import date, timedelta

import pytest
from tests.browser.people import MAIN

pytestmark = pytest.mark.slow
LANGUAGES = ("zh-hans", "en")
DESK, PHONE = (1440, 900), (390, 844)
SCREENS = {"zh-hans": DESK, "en": PHONE}
"""A desk in Chinese, a telephone in English."""
EVERYWHERE = [(language, screen) for language in LANGUAGES for screen in (DESK, PHONE)]
SOON = date.today() + timedelta(days=75)
COSTS = ("desk/buying", "14.50", "小方快模")
"""What only those see who see what things cost: the page, the price, and who sells so dear."""


@pytest.mark.parametrize(("language", "screen"), EVERYWHERE)
def test_sales_promises_a_customer_and_never_sees_a_cost(enter, language, screen):
    li = enter("sales", language, *screen)
    number = li.makes(
        "sales_orders",
        customer="Albion Homeware",
        lines_0_item="KT-K15-WH-CN",
        lines_0_qty=12,
        lines_0_due_on=SOON,
        lines_0_price=89,
    )
    assert li.says("询价", "inquiry") in li.reads("main .head").lower()
    li.presses("main .act a[href*='/shop/deliverable/']")
    row = li.reads("main tbody tr")
    assert row.startswith("1 KT-K15-WH-CN ") and f" 12 {SOON}" in row
    li.goes(f"/office/sales_orders/{number}/").does("confirm")
    assert li.says("已确认", "confirmed") in li.reads("main .head").lower()
    (line,) = li.rows("sales_lines", **{"filter[order_id][eq]": number})
    assert (line["qty"], line["price"], line["item"]) == ("12", "89", "KT-K15-WH-CN")
    assert "KT-K15-WH-CN" in li.goes(f"/office/sales_orders/{number}/print").reads("body")
    assert not li.may_open("/desk/buying")
    (part,) = li.rows("items", **{"filter[code][eq]": "HS-K17-BL"})
    for address in ("/", f"/desk/item/{part['id']}", f"/office/items/{part['id']}/"):
        assert [word for word in COSTS if word in li.source(address)] == []
    assert "unit_cost" not in part


@pytest.mark.parametrize(("language", "screen"), EVERYWHERE)
def test_the_planner_plans_sees_who_waits_and_takes_on_work(enter, language, screen):
    wu = enter("planner", language, *screen)
    run = wu.makes("plan_runs")
    planned(wu, run)
    wu.goes("/desk/pegging")
    late = wu.page.locator("main tbody tr")
    assert late.count() == int(wu.reads(".views [aria-current] .quiet")) > 0
    named = late.first.locator("a.code").inner_text()
    wu.presses("main tbody tr:first-child a.code")
    assert wu.reads("h1") == named and wu.page.locator("main .pegged tbody tr").first.is_visible()

    proposed, *_ = wu.rows("proposals", **{"filter[kind][in]": "make", "filter[state][in]": "open", "sort": "start_on"})
    wu.goes(f"/office/proposals/chosen/accept?id={proposed['id']}").presses(MAIN)
    (taken,) = wu.rows("proposals", **{"filter[id][eq]": proposed["id"]})
    (order,) = wu.rows("work_orders", **{"filter[id][eq]": taken["document"].removeprefix("production.order:")})
    assert (order["item"], order["qty"], order["state"]) == (proposed["item"], proposed["qty"], "planned")
    assert not wu.may_open("/office/customer_statements/")


def planned(person, run):
    """Wait until a plan that was asked for has been worked out."""
    until = time.monotonic() + 120
    while (made := person.rows("plan_runs", **{"filter[id][eq]": run})[0])["state"] in ("queued", "running"):
        assert time.monotonic() < until
        person.page.wait_for_timeout(100)
    assert made["state"] == "done"


MINIMUM = 500
HOUSING = {"zh-hans": ("HS-K17-BL", 150, "2475"), "en": ("HS-K15-BL", 60, "1170")}
"""A part, what the open orders want of it, and what so many cost at 14.50 and 300 for the tool."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_buyer_sees_what_a_minimum_leaves_and_the_owner_lets_him_buy(enter, language):
    """The orders want 150 housings, the mould shop sells 500 at 12: 350 are for nobody, 70 % of what is paid. He buys
    150 from somebody smaller, which is above what he may spend alone."""
    part, wanted, amount = HOUSING[language]
    zhang = enter("buyer", language, *SCREENS[language])
    (proposed,) = zhang.rows("proposals", **{"filter[item][eq]": part, "filter[state][in]": "open"})
    assert proposed["needed"] == str(wanted)
    zhang.goes(f"/desk/buying?view=all&open={proposed['id']}")
    zhang.page.locator("#drawer h2").wait_for()
    told = zhang.reads("#drawer")
    excess = MINIMUM - wanted
    for figure in (str(MINIMUM), str(excess), f"{100 * excess // MINIMUM}%", f"¥{12 * excess:,}"):
        assert figure in told
    options = zhang.page.locator("#drawer .options tbody tr:first-child td")
    assert {str(wanted), "500", "1,000"} <= {told.split(" × ")[0] for told in options.all_inner_texts()}
    zhang.page.check("#drawer input[name=option] >> nth=0")
    zhang.presses("#drawer footer .btn-primary")
    (taken,) = zhang.rows("proposals", **{"filter[id][eq]": proposed["id"]})
    order = ordered(zhang, taken)
    assert (order["amount"], order["state"]) == (amount, "draft")

    paper = f"/office/purchase_orders/{order['id']}/"
    zhang.goes(paper).does("approve")
    assert zhang.rows("purchase_orders", **{"filter[id][eq]": order["id"]})[0]["state"] == "draft"
    let_it_be(enter("boss", language, *SCREENS[language]), order["id"])
    zhang.goes(paper)
    assert zhang.says("已批准", "approved") in zhang.reads("main .head").lower()
    zhang.does("send")
    assert zhang.says("已发出", "sent") in zhang.reads("main .head").lower()


def ordered(person, proposal):
    """The purchase order that a proposal has become."""
    (line,) = person.rows("purchase_lines", **{"filter[id][eq]": proposal["document"].removeprefix("purchasing.line:")})
    (order,) = person.rows("purchase_orders", **{"filter[id][eq]": line["order_id"]})
    return order


def let_it_be(owner, order):
    """The owner's day: what waits for him, and his word."""
    owner.goes("/")
    assert owner.page.locator(".kpis .value").count() >= 2
    waiting = owner.rows("approvals", **{"filter[state][in]": "waiting"})
    (asked,) = (each for each in waiting if each["request"].get("id") == order)
    owner.goes(f"/office/approvals/{asked['id']}/").does("approve")
    assert owner.rows("approvals", **{"filter[id][eq]": asked["id"]})[0]["state"] == "approved"
    assert owner.may_open("/office/audit_entries/") and "unit_cost" in owner.rows("items", limit=1)[0]


LEADS = [("zh-hans", DESK, 6), ("en", PHONE, 7), ("zh-hans", PHONE, 8), ("en", DESK, 9)]


@pytest.mark.parametrize(("language", "screen", "quantity"), LEADS)
def test_the_lead_releases_the_keeper_picks_the_line_stands_still_and_goes_on(enter, language, screen, quantity):
    """The keeper brings the material by telephone; a machine stops and is told; then the work is reported, and lies in
    stock with the minutes that were planned."""
    lead = enter("production_lead", language, *screen)
    made = {"item": "SA-LINER-K15", "qty": quantity, "due_on": SOON, "target": "MAIN"}
    order = lead.makes("work_orders", **made, work_in_progress="~work_in_progress")
    number = lead.reads("h1")
    lead.goes("/shop/kitting").presses(f"form[action='/shop/do/work_orders/{order}/release'] button")
    the_keeper_brings(enter("storekeeper", language, *PHONE), order, number)

    before = stock(lead, "SA-LINER-K15")
    stands_still_and_goes_on(lead, first_ready(lead, order))
    reports_all(lead, order)
    assert stock(lead, "SA-LINER-K15") == before + quantity
    operations = lead.rows("work_operations", **{"filter[order_id][eq]": order})
    assert {each["state"] for each in operations} == {"done"}
    assert {(each["good"], each["scrap"]) for each in operations} == {(str(quantity), "0")}
    lead.goes("/shop/board")
    assert int(re.search(r"PRESS .*?(\d+) pcs", lead.reads())[1]) >= quantity
    assert not lead.may_open("/desk/buying") and "unit_cost" not in lead.rows("items", limit=1)[0]


def the_keeper_brings(keeper, order, number):
    """What the order takes, from place to place."""
    keeper.goes("/shop/picking")
    keeper.page.check(f"input[name=order][value='{order}']")
    keeper.presses(".btn-primary.big")
    for _ in range(40):
        if not keeper.page.locator(".much").count():
            break
        assert number in keeper.reads(".what")
        keeper.presses("form .btn-primary.big")
    lines = keeper.rows("pick_lines", **{"filter[order][eq]": number})
    assert lines and {line["state"] for line in lines} == {"taken"}
    assert not keeper.may_open("/office/work_orders/new")


def first_ready(lead, order):
    """The id of the operation that is to be worked on now; None where all is done."""
    open_ones = {"filter[order_id][eq]": order, "filter[state][in]": "ready,running,paused"}
    return next((each["id"] for each in lead.rows("work_operations", sort="seq", **open_ones)), None)


def stands_still_and_goes_on(lead, operation):
    """A machine has broken: the pause says why, for everybody; then the work goes on and the reason is history."""
    page = lead.goes(f"/shop/work/{operation}").page
    page.locator("details:has(form[action$='/pause']) summary").click()
    page.select_option("form[action$='/pause'] [name=cause]", "machine")
    page.fill("form[action$='/pause'] [name=note]", "spindle")
    lead.presses("form[action$='/pause'] button")
    (paused,) = lead.rows("work_operations", **{"filter[id][eq]": operation})
    assert (paused["state"], paused["pause_cause"], paused["pause_note"]) == ("paused", "machine", "spindle")
    assert "spindle" in lead.goes(f"/shop/work/{operation}").reads()
    lead.presses("form[action$='/resume'] button")
    (resumed,) = lead.rows("work_operations", **{"filter[id][eq]": operation})
    assert resumed["state"] in ("ready", "running") and not resumed["pause_cause"]


def reports_all(lead, order):
    """Each operation as planned, one after the other; a refusal is in words on the page, and ends the day here."""
    for _ in range(20):
        if (ready := first_ready(lead, order)) is None:
            return
        lead.goes(f"/shop/work/{ready}").presses("form[action$='/report'] .btn-primary")
        (now,) = lead.rows("work_operations", **{"filter[id][eq]": ready})
        assert now["state"] == "done", (lead.page.url, lead.reads("main"))
    raise AssertionError("the work has no end")


def stock(person, item):
    return sum(int(row["on_hand"]) for row in person.rows("balances", **{"filter[item][eq]": item}))


def test_the_buyers_day_without_a_mouse(enter):
    zhang = enter("buyer")
    keys = zhang.page.keyboard
    keys.press("Control+k")
    zhang.page.locator("#found li").first.wait_for()
    keys.type("采购建议")
    zhang.page.locator("#found li:first-child:has-text('采购建议')").wait_for()
    with zhang.page.expect_navigation():
        keys.press("Enter")
    keys.press("j")
    wanted = zhang.page.locator("tr.cur a.code").inner_text()
    keys.press("Enter")
    zhang.page.locator(f"#drawer h2:has-text('{wanted}')").wait_for()
    keys.press("Escape")
    zhang.page.locator("#drawer").wait_for(state="hidden")
    keys.press("x")
    assert zhang.reads("[data-count]") == "1"
    proposed = zhang.page.input_value("tr.cur input[name=id]")
    with zhang.page.expect_navigation():
        keys.press("a")
    (taken,) = zhang.rows("proposals", **{"filter[id][eq]": proposed})
    assert (taken["state"], taken["item"]) == ("accepted", wanted)
    keys.press("/")
    number = ordered(zhang, taken)["number"]
    keys.type(number)
    zhang.page.locator(f"#found li:first-child:has-text('{number}')").wait_for()
    with zhang.page.expect_navigation():
        keys.press("Enter")
    assert zhang.reads("h1") == number
    with zhang.page.expect_navigation():
        keys.press("Control+Enter")
    with zhang.page.expect_navigation():
        keys.press("Control+Enter")
    zhang.row_here()
