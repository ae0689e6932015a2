"""The storekeeper's day: what came is received in part and inspected, put to its place, and a count is made good. In
Chinese on a telephone, in English at a desk."""

import pytest
from tests.browser.people import MAIN

pytestmark = pytest.mark.slow
WAYS = [("zh-hans", 390, 844), ("en", 1440, 900)]


@pytest.mark.parametrize(("language", "width", "height"), WAYS)
def test_the_storekeeper_receives_inspects_and_puts_away(enter, language, width, height):
    shelf = f"SHELF-{language[:2].upper()}"
    boss = enter("boss", language)
    boss.goes("/office/locations/new")
    boss.page.select_option("main [name=kind]", "storage")
    boss.fills(code=shelf).presses(MAIN)

    keeper = enter("storekeeper", language, width, height)
    line = next(row for row in on_its_way(keeper) if int(row["open"]) >= 10)
    came, bad = int(line["open"]) // 2, 3
    (before,) = keeper.rows("purchase_lines", **{"filter[id][eq]": line["id"]})
    order = f"/office/purchase_orders/{line['order_id']}/"
    receives(keeper, line, came, inspect=True)
    (now,) = keeper.rows("purchase_lines", **{"filter[id][eq]": line["id"]})
    assert (int(now["received"]) - int(before["received"]), now["waiting"]) == (came, str(came))

    (receipt, *_) = keeper.rows("purchase_receipts", sort="-id", **{"filter[line_id][eq]": line["id"]})
    keeper.goes(f"/office/purchase_receipts/{receipt['id']}/")
    keeper.does("inspect", accepted=came - bad, rejected=bad, reason=keeper.says("划伤", "scratched"))
    (now,) = keeper.rows("purchase_lines", **{"filter[id][eq]": line["id"]})
    assert (now["waiting"], int(now["rejected"]) - int(before["rejected"])) == ("0", bad)

    lying = {"filter[item][eq]": line["item"], "filter[location][eq]": receipt["location"], "sort": "id"}
    (good, *_) = (row for row in keeper.rows("balances", **lying) if row["status"] == "available")
    keeper.goes(f"/office/balances/{good['id']}/").does("put_away", to_location=shelf, qty=1)
    (put,) = keeper.rows("balances", **{"filter[item][eq]": line["item"], "filter[location][eq]": shelf})
    assert put["on_hand"] == "1"
    assert "14.50" not in keeper.source(order) and not keeper.may_open("/desk/buying")


def receives(keeper, line, quantity, *, inspect):
    """Of this line alone; the form offers all that is open."""
    keeper.goes(f"/office/purchase_orders/{line['order_id']}/").presses("main .act a[href$='/do/receive']")
    of_line = f"main tr:has(input[value='{line['id']}'])"
    assert keeper.page.input_value(f"{of_line} [name$='-qty']") == line["open"]
    for offered in keeper.page.locator("main [name^='lines-'][name$='-qty']").all():
        offered.fill("")
    keeper.page.fill(f"{of_line} [name$='-qty']", str(quantity))
    keeper.page.select_option(f"{of_line} [name$='-inspect']", str(inspect).lower())
    keeper.presses(MAIN)


def on_its_way(person):
    """Lines of which something is still to come and nothing waits, of items that are kept without lots."""
    loose = {row["code"] for row in person.rows("items", limit=1000, **{"filter[tracking][in]": "none"})}
    lines = person.rows("purchase_chases", limit=1000, sort="id")
    found = [row for row in lines if row["state"] in ("sent", "confirmed") and row["item"] in loose]
    return [row for row in found if row["waiting"] == "0"]


@pytest.mark.parametrize(("language", "width", "height"), WAYS)
def test_a_count_is_blind_repeated_by_another_and_approved_by_a_third(enter, language, width, height):
    """He counts a tenth too many: somebody else counts again, finds one more than the book, and the planner lets the
    book follow."""
    boss, planner = enter("boss", language), enter("planner", language)
    line = max(on_its_way(boss), key=lambda row: int(row["open"]))
    receives(boss, line, int(line["open"]) // 2, inspect=False)  # so that something lies there without a lot
    planner.goes("/shop/counting").presses("form[action$='/plan'] button")
    tasks = planner.rows("count_tasks", limit=1000, sort="-id", **{"filter[is_open][eq]": "true"})
    book = {(row["item"], row["location"]): int(row["on_hand"]) for row in whole_stock(planner)}
    there = max((place for place in book if place[0] == line["item"]), key=book.__getitem__)
    task = next(each for each in tasks if (each["item"], each["location"]) == there)

    keeper = enter("storekeeper", language, width, height)
    keeper.goes("/shop/counting").presses(f"a[href='/shop/counting/{task['id']}']")
    assert task["location"] in keeper.reads(".where") and str(book[there]) not in keeper.reads()
    keeper.fills(counted=book[there] * 11 // 10).presses("main .btn-primary")
    assert keeper.says("另一个人再数一遍", "somebody else is to count it again") in keeper.reads("body")

    lead = enter("production_lead", language, width, height)
    lead.goes("/shop/counting").presses(f"a[href^='/shop/counting/']:has-text('{task['item']}')")
    lead.fills(counted=book[there] + 1).presses("main .btn-primary")
    assert lead.says("等人批准", "waits for approval") in lead.reads("body")

    row = f"main tr:has-text('{task['item']}')"
    planner.goes("/shop/counting")
    assert str(book[there] + 1) in planner.reads(row) and str(book[there]) in planner.reads(row)
    planner.presses(f"{row} button[value='1']")
    after = {(row["item"], row["location"]): int(row["on_hand"]) for row in whole_stock(planner)}
    assert after[there] == book[there] + 1


def whole_stock(person):
    """Our own stock that is free to be used and whole in pieces."""
    rows = person.rows("balances", limit=1000, **{"filter[status][in]": "available"})
    return [row for row in rows if row["on_hand"].isdigit()]
