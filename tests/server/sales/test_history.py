"""The history of an order says what became of its lines, and every step that was taken with it."""

import pytest


@pytest.fixture
def history(owner):
    """What was done to a row, the last first: the command, and what changed by part and column."""
    from huoku.server.platform.tables.history import history
    from huoku.server.platform.tables.table import TABLES

    def of(table, row, actor=owner):
        found = history(TABLES[table], actor, row)
        return [
            (entry["action"], {name_of(each): (each["old"], each["new"]) for each in entry["changes"]})
            for entry in found
        ]

    def name_of(change):
        return change.get("part"), change["field"]

    return of


def test_a_changed_line_stands_in_the_history_of_its_order(shop, order, lines, history):
    from huoku.server.sales.commands.changing import change_quantity
    from huoku.server.sales.commands.promising import confirm_order
    from huoku.server.sales.commands.shipping import ship_goods

    shop.receive(shop.screw, 50)
    answer = order(50, "SCREW")
    shop.ask(confirm_order, id=answer["id"])
    (line,) = lines(answer)
    shop.ask(ship_goods, id=answer["id"], lines=[{"line": line.pk, "qty": "20"}])
    shop.ask(change_quantity, id=answer["id"], line=line.pk, qty="30")
    changed, shipped, confirmed, _ = history("sales_orders", answer["id"])
    assert changed == ("sales.change_quantity", {("lines", "qty"): ("50", "30")})
    assert shipped[0] == "sales.ship_goods" and shipped[1]["lines", "shipped"] == ("0", "20")
    assert confirmed[1]["lines", "promised_on"] == (None, shop.in_days(30).isoformat())


def test_who_may_not_see_prices_does_not_find_them_in_the_history(shop, owner, order, history):
    from huoku.server.sales.commands.orders import change_order

    answer = order(5, "SCREW", price="7")
    fewer = [{"item": "SCREW", "qty": "4", "due_on": shop.in_days(9), "price": "8"}]
    shop.ask(change_order, id=answer["id"], lines=fewer, note="fewer")
    for actor, seen in ((owner, {"7", "8"}), (shop.person("keeper", "storekeeper"), set())):
        changed, added = history("sales_orders", answer["id"], actor)
        assert changed[1][None, "note"] == ("", "fewer")
        told = [*changed[1][None, "lines"][0], *changed[1][None, "lines"][1], *added[1][None, "lines"][1]]
        assert {line["qty"] for line in told} == {"5", "4"}
        assert {line["price"] for line in told if "price" in line} == seen


def test_terms_and_lines_that_were_removed_stay_in_the_history_of_their_whole(shop, history):
    from huoku.server.partners.commands.partners import add_supplier
    from huoku.server.partners.commands.sources import add_source, change_source, remove_source
    from huoku.server.purchasing.commands.drafting import add_order
    from huoku.server.purchasing.commands.lines import remove_line
    from huoku.server.purchasing.models import PurchaseLine

    supplier = shop.ask(add_supplier, code="ACME")["id"]
    source = shop.ask(add_source, supplier="ACME", item="SCREW", moq="500", price="0.1", lead_time_days=5)["id"]
    shop.ask(change_source, id=source, moq="400")
    shop.ask(remove_source, id=source)
    removed, changed, added, _ = history("suppliers", supplier)
    assert removed[0] == "partners.remove_source" and removed[1]["sources", "sources"][0]["moq"] == "400"
    assert changed[1] == {("sources", "moq"): ("500", "400")}
    assert added[1]["sources", "sources"][1]["moq"] == "500"
    draft = shop.ask(add_order, supplier="ACME", location="STORAGE", lines=[{"item": "SCREW", "qty": "7"}])["id"]
    shop.ask(remove_line, id=PurchaseLine.objects.of(shop.company).get(order=draft).pk)
    (last, *_) = history("purchase_orders", draft)
    assert last[0] == "purchasing.remove_line" and last[1]["lines", "lines"][0]["qty"] == "7"
