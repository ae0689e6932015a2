"""Goods leave for the customer and come back."""

import pytest


@pytest.fixture
def ready(shop, order):
    from huoku.server.sales.commands.promising import confirm_order

    shop.receive(shop.screw, 100)

    def confirmed(qty, **fields):
        answer = order(qty, "SCREW", **fields)
        shop.ask(confirm_order, id=answer["id"])
        return answer

    return confirmed


def test_an_order_is_shipped_in_parts_and_closed(shop, ready, lines):
    from huoku.server.sales.commands.changing import close_order
    from huoku.server.sales.commands.shipping import ship_goods

    answer = ready(60)
    (line,) = lines(answer)
    first = shop.ask(ship_goods, id=answer["id"], lines=[{"line": line.pk, "qty": "25"}])
    assert first["number"].startswith("SH-") and first["order"]["state"] == "confirmed"
    assert shop.kept(line.demand) == {"SCREW": 35}
    too_many = shop.refused(ship_goods, id=answer["id"], lines=[{"line": line.pk, "qty": "36"}])
    assert (too_many["code"], too_many["most"]) == ("more_than_asked", "35")
    rest = shop.ask(ship_goods, id=answer["id"], lines=[{"line": line.pk, "qty": "35"}])
    assert rest["order"]["state"] == "shipped"
    assert shop.stock(shop.screw) == (40, 0)
    assert shop.ask(close_order, id=answer["id"])["state"] == "closed"
    shop.books_balance()


def test_the_past_that_plans_learn_from_tells_who_took_it(shop, ready, lines):
    from huoku.server.planning.reading.past import history
    from huoku.server.sales.commands.shipping import ship_goods
    from huoku.server.sales.models import SalesOrder

    answer = ready(60)
    (line,) = lines(answer)
    shop.ask(ship_goods, id=answer["id"], lines=[{"line": line.pk, "qty": "25"}])
    past = history(shop.company)
    customer = SalesOrder.objects.of(shop.company).get(pk=answer["id"]).customer.code
    assert (past["item"], past["qty"], past["customer"]) == (["SCREW"], [25], [customer])


def test_what_the_customer_asked_for_is_checked_off_first(shop, ready, lines):
    from huoku.server.sales.commands.shipping import check_off, ship_goods
    from huoku.server.sales.models import Requirement

    answer = ready(10, requirements=["red label", "two in a box"])
    (line,) = lines(answer)
    wanted = [{"line": line.pk, "qty": "10"}]
    assert shop.refused(ship_goods, id=answer["id"], lines=wanted)["value"] == "red label"
    wish = Requirement.objects.of(shop.company).get(line=line, text="red label")
    shop.ask(check_off, id=answer["id"], requirement=wish.pk)
    assert shop.refused(ship_goods, id=answer["id"], lines=wanted)["value"] == "two in a box"
    shop.ask(check_off, id=answer["id"])  # all that are left
    assert shop.ask(ship_goods, id=answer["id"], lines=wanted)["order"]["state"] == "shipped"


def test_of_what_is_kept_for_others_nothing_is_shipped(shop, ready, lines):
    """100 screws, 90 kept for another: of a line without stock of its own only ten can go."""
    from huoku.server.sales.commands.shipping import ship_goods

    mine = ready(10)
    (line,) = lines(mine)
    ready(80)
    reservation = shop.reserve(shop.screw, 10, demand="sales:9")
    assert reservation["quantity"] == 10
    from huoku.server.sales.commands.changing import change_quantity

    shop.receive(shop.screw, 5)
    shop.ask(change_quantity, id=mine["id"], line=line.pk, qty="15")
    shop.ask(ship_goods, id=mine["id"], lines=[{"line": line.pk, "qty": "15"}])
    assert shop.stock(shop.screw) == (90, 90)


def test_where_less_is_kept_the_clerk_says_from_where_the_rest_goes(shop, ready, lines):
    from huoku.server.ledger.models import Reservation
    from huoku.server.sales.commands.shipping import ship_goods

    answer = ready(30)
    (line,) = lines(answer)
    shop.release(str(Reservation.objects.of(shop.company).get(demand=line.demand).pk), 20)
    wanted = {"line": line.pk, "qty": "30"}
    assert shop.refused(ship_goods, id=answer["id"], lines=[wanted])["code"] == "place_needed"
    shop.ask(ship_goods, id=answer["id"], lines=[{**wanted, "location": "STORAGE"}])
    assert shop.stock(shop.screw) == (70, 0)


def test_what_comes_back_waits_in_quarantine(shop, ready, lines):
    from huoku.server.ledger.models import Balance
    from huoku.server.sales.commands.shipping import ship_goods, take_back
    from huoku.server.sales.models import ShipmentLine

    answer = ready(30)
    shipment = shop.ask(ship_goods, id=answer["id"], lines=[{"line": lines(answer)[0].pk, "qty": "30"}])
    (line,) = ShipmentLine.objects.of(shop.company).all()
    back = {"id": shipment["id"], "location": "SHELF2", "reason": "rusty"}
    outside = {**back, "location": "CUSTOMER", "lines": [{"shipment_line": line.pk, "qty": "12"}]}
    assert shop.refused(take_back, **outside)["code"] == "not_for_goods"
    some = shop.ask(take_back, **back, lines=[{"shipment_line": line.pk, "qty": "12"}])
    assert some["state"] == "part_returned"
    more = shop.refused(take_back, **back, lines=[{"shipment_line": line.pk, "qty": "19"}])
    assert (more["code"], more["most"]) == ("more_than_asked", "18")
    assert shop.ask(take_back, **back, lines=[{"shipment_line": line.pk, "qty": "18"}])["state"] == "returned"
    (there,) = Balance.objects.of(shop.company).filter(status="quarantine")
    assert there.on_hand == 30
    shop.books_balance()


def test_an_order_shipped_in_part_is_closed_with_a_reason_not_cancelled(shop, ready, lines):
    from huoku.server.sales.commands.changing import cancel_order, close_order
    from huoku.server.sales.commands.shipping import ship_goods

    answer = ready(30)
    shop.ask(ship_goods, id=answer["id"], lines=[{"line": lines(answer)[0].pk, "qty": "10"}])
    assert shop.refused(cancel_order, id=answer["id"], reason="enough")["code"] == "shipped_already"
    assert shop.refused(close_order, id=answer["id"])["code"] == "reason_wanted"
    told = shop.ask(close_order, id=answer["id"], reason="customer has enough")
    assert told["surplus"] == [{"item": "SCREW", "qty": "20", "location": "STORAGE"}]
    assert shop.stock(shop.screw) == (90, 0)


def test_a_shipment_entered_by_mistake_is_kept_for_the_order_again(shop, ready, lines):
    from huoku.server.sales.commands.shipping import ship_goods
    from huoku.server.sales.commands.voiding import void_shipment
    from huoku.server.sales.models import Shipment, ShipmentLine

    answer = ready(60)
    (line,) = lines(answer)
    first = shop.ask(ship_goods, id=answer["id"], lines=[{"line": line.pk, "qty": "25"}])
    second = shop.ask(ship_goods, id=answer["id"], lines=[{"line": line.pk, "qty": "35"}])
    assert (second["order"]["state"], shop.kept(line.demand)) == ("shipped", {})
    told = shop.ask(void_shipment, id=second["id"], reason="wrong truck")
    assert (told["state"], told["order"]["state"]) == ("voided", "confirmed")
    (line,) = lines(answer)
    assert (line.shipped_steps, shop.kept(line.demand), shop.stock(shop.screw)) == (25, {"SCREW": 35}, (75, 35))
    assert [each.shipment_id for each in ShipmentLine.objects.of(shop.company)] == [first["id"]]
    assert shop.refused(void_shipment, id=second["id"], reason="again")["code"] == "not_from_here"
    third = shop.ask(ship_goods, id=answer["id"], lines=[{"line": line.pk, "qty": "35"}])
    assert third["number"] > second["number"] and Shipment.objects.of(shop.company).count() == 3
    shop.books_balance()


def test_a_shipment_of_which_something_came_back_or_that_is_settled_stays(shop, ready, lines):
    from huoku.server.sales.commands.changing import close_order
    from huoku.server.sales.commands.shipping import ship_goods, take_back
    from huoku.server.sales.commands.voiding import void_shipment
    from huoku.server.sales.models import ShipmentLine

    answer = ready(60)
    (line,) = lines(answer)
    came_back, closed = (
        shop.ask(ship_goods, id=answer["id"], lines=[{"line": line.pk, "qty": qty}]) for qty in ("20", "40")
    )
    went = ShipmentLine.objects.of(shop.company).get(shipment=came_back["id"])
    back = [{"shipment_line": went.pk, "qty": "1"}]
    shop.ask(take_back, id=came_back["id"], location="STORAGE", lines=back, reason="bent")
    assert shop.refused(void_shipment, id=came_back["id"], reason="no")["code"] == "not_from_here"
    shop.ask(close_order, id=answer["id"])
    assert shop.refused(void_shipment, id=closed["id"], reason="no")["code"] == "not_from_here"


def test_an_order_in_its_lock_period_is_locked_again(shop, ready, lines):
    from huoku.server.sales.commands.locking import agree_lock, ask_lock
    from huoku.server.sales.commands.shipping import ship_goods
    from huoku.server.sales.commands.voiding import void_shipment
    from huoku.server.sales.models import SalesOrder

    answer = ready(10)
    (line,) = lines(answer)
    until = shop.in_days(5)
    shop.ask(ask_lock, actor=shop.person("mo", "production_lead"), id=answer["id"], until=until)
    shop.ask(agree_lock, actor=shop.person("sa", "sales"), id=answer["id"])
    gone = shop.ask(ship_goods, id=answer["id"], lines=[{"line": line.pk, "qty": "10"}])
    assert gone["order"]["state"] == "shipped"
    shop.ask(void_shipment, id=gone["id"], reason="too early")
    assert SalesOrder.objects.of(shop.company).get(pk=answer["id"]).state == "locked"
