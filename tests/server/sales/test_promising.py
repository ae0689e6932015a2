"""From the inquiry to the order: what is checked through the bill, what is kept, and who hears of what is missing."""

from datetime import timedelta

import pytest


def test_an_inquiry_keeps_nothing_but_says_at_once_what_is_missing(shop, order, lines):
    shop.receive(shop.bulb, 10)
    shop.receive(shop.screw, 30)
    answer = order(10)
    assert answer["state"] == "inquiry" and answer["number"].startswith("SO-") and not answer["is_covered"]
    start = str(shop.in_days(28))
    assert answer["short"] == [
        {"item": "PLATE", "qty": "20", "need_on": str(shop.in_days(27))},
        {"item": "SCREW", "qty": "10", "need_on": start},
    ]
    assert shop.kept(lines(answer)[0].demand) == {}


def test_purchasing_knows_before_the_order_is_refused(shop, order):
    from huoku.server.sales.commands.promising import confirm_order

    answer = order(10)
    (task,) = shop.tasks("buyer")
    assert answer["number"] in task.text_zh and "BULB × 10" in task.text_en
    refused = shop.refused(confirm_order, id=answer["id"])
    assert refused["code"] == "not_covered" and "SCREW × 40" in refused["en"]


def test_a_confirmed_order_keeps_its_materials_level_by_level(shop, order, lines):
    """Ten lamps: three lie here; of seven to be made two feet lie here, so plates for five."""
    from huoku.server.sales.commands.promising import confirm_order

    for item, quantity in ((shop.bulb, 10), (shop.screw, 40), (shop.plate, 20)):
        shop.receive(item, quantity)
    shop.record(shop.line("make", shop.lamp, 3, "production", "storage"))
    shop.record(shop.line("make", shop.foot, 2, "production", "storage"))
    answer = order(10)
    assert answer["is_covered"]
    told = shop.ask(confirm_order, id=answer["id"])
    (line,) = lines(answer)
    assert told["state"] == "confirmed" and told["promised_on"] == [str(line.due_on)]
    assert shop.kept(line.demand) == {"LAMP": 3, "FOOT": 2, "BULB": 7, "SCREW": 28, "PLATE": 10}
    assert shop.tasks("buyer") == []
    shop.books_balance()


def test_of_two_sellers_who_want_the_last_hundred_one_gets_them_and_the_other_sees_the_rest(shop, order):
    from huoku.server.sales.commands.promising import confirm_order

    shop.receive(shop.screw, 100)
    first, second = order(80, "SCREW"), order(80, "SCREW")
    assert first["is_covered"] and second["is_covered"]
    shop.ask(confirm_order, id=first["id"])
    refused = shop.refused(confirm_order, id=second["id"])
    assert (refused["code"], refused["missing"]) == ("not_covered", "SCREW × 60")


def test_what_is_on_order_in_time_is_kept_too(shop, order, lines):
    from huoku.server.sales.commands.promising import confirm_order

    shop.receive(shop.screw, 30)
    shop.supply("purchasing.line:1", shop.screw, 500, in_days=10)
    answer = order(100, "SCREW", days=12)
    shop.ask(confirm_order, id=answer["id"])
    assert shop.kept(lines(answer)[0].demand) == {"SCREW": 30, "SCREW*": 70}


def test_what_comes_late_can_be_promised_for_later(shop, order, lines):
    from huoku.server.sales.commands.promising import confirm_order

    shop.supply("purchasing.line:1", shop.screw, 500, in_days=20)
    answer = order(100, "SCREW", days=12)
    refused = shop.refused(confirm_order, id=answer["id"])
    assert (refused["code"], refused["promised_on"]) == ("later_than_asked", shop.in_days(20))
    told = shop.ask(confirm_order, id=answer["id"], accepts_later=True)
    assert told["promised_on"] == [str(shop.in_days(20))]
    assert shop.kept(lines(answer)[0].demand) == {"SCREW*": 100}


def test_what_comes_on_no_known_day_covers_nothing(shop, order):
    shop.supply("purchasing.line:1", shop.screw, 500, in_days=None)
    assert order(100, "SCREW")["short"][0]["qty"] == "100"


def test_making_takes_its_lead_times(shop, order):
    """Two days for the lamp and one for the foot: not before the day after tomorrow's tomorrow."""
    for item in (shop.bulb, shop.screw, shop.plate):
        shop.receive(item, 100)
    assert order(5, days=1)["ready_on"] == [str(shop.in_days(3))]


def test_a_hold_keeps_for_a_while_and_ends_by_itself(shop, order, lines):
    from huoku.server.ledger.commands.reservations import ExpireDue, expire_due
    from huoku.server.sales.commands.promising import hold_order, release_hold
    from huoku.server.sales.jobs import end_holds
    from huoku.server.sales.models import SalesOrder

    shop.receive(shop.screw, 100)
    answer = order(60, "SCREW")
    held = shop.ask(hold_order, id=answer["id"], hours=2)
    assert held["state"] == "held" and shop.kept(lines(answer)[0].demand) == {"SCREW": 60}
    row = SalesOrder.objects.of(shop.company).get(pk=answer["id"])
    assert timedelta(hours=1, minutes=59) < row.held_until - row.made_at < timedelta(hours=2, minutes=1)
    SalesOrder.objects.of(shop.company).update(held_until=row.made_at)
    assert end_holds() == 1
    row.refresh_from_db()
    assert row.state == "inquiry" and shop.kept(lines(answer)[0].demand) == {}
    assert shop.refused(release_hold, id=answer["id"])["code"] == "not_from_here"
    shop.do(expire_due, ExpireDue())
    shop.books_balance()


def test_a_hold_becomes_an_order_without_losing_what_it_keeps(shop, order, lines):
    from huoku.server.ledger.models import Reservation
    from huoku.server.sales.commands.promising import confirm_order, hold_order

    shop.receive(shop.screw, 100)
    answer = order(100, "SCREW")
    shop.ask(hold_order, id=answer["id"])
    shop.ask(confirm_order, id=answer["id"])
    demand = lines(answer)[0].demand
    assert shop.kept(demand) == {"SCREW": 100}
    rows = Reservation.objects.of(shop.company).filter(demand=demand, state="pending")
    assert [row.expires_at for row in rows] == [None]


def test_what_can_be_promised_in_three_figures(shop, order):
    """100 here, 60 of them kept, 500 coming in ten days of which 20 are kept: 40 now, 520 later."""
    from huoku.server.sales.commands.promising import confirm_order
    from huoku.server.sales.queries.promising import promiseable

    shop.receive(shop.screw, 100)
    shop.ask(confirm_order, id=order(60, "SCREW")["id"])
    supply = shop.supply("purchasing.line:1", shop.screw, 500, in_days=10)
    shop.reserve(shop.screw, 20, supply=supply)
    now = promiseable(shop.company.pk, shop.screw, shop.today())
    assert (now.available, now.expected_use, now.receipts, now.promiseable) == (100, 60, 0, 40)
    later = promiseable(shop.company.pk, shop.screw, shop.in_days(10))
    assert (later.available, later.expected_use, later.receipts, later.promiseable) == (100, 80, 500, 520)


def test_what_no_supplier_has_confirmed_is_shown_and_not_promised(shop, order):
    """100 here; 500 are ordered for the tenth day, and the supplier has not answered."""
    from huoku.server.ledger.commands.supplies import state_supply
    from huoku.server.sales.commands.promising import check_order

    shop.receive(shop.screw, 100)
    stated = {"supply": "purchasing.line:1", "item": shop.screw, "location": shop.shelf, "quantity": 500}
    shop.ask(state_supply, **stated, expected_on=shop.in_days(10), is_firm=False)
    asked = order(60, "SCREW", days=20)
    (told,) = shop.ask(check_order, id=asked["id"])["promiseable"]
    figures = {"available": "100", "expected_use": "0", "receipts": "0", "unconfirmed": "500", "promiseable": "100"}
    assert told == {"item": "SCREW", "until": shop.in_days(20).isoformat(), **figures}
    shop.ask(state_supply, **stated, expected_on=shop.in_days(10), is_firm=True)
    (told,) = shop.ask(check_order, id=asked["id"])["promiseable"]
    assert (told["receipts"], told["unconfirmed"], told["promiseable"]) == ("500", "0", "600")


@pytest.mark.parametrize("due_on", ["2000-01-01", "2099-12-31"])
def test_the_first_and_the_last_day_of_ours_are_answered_like_any_other(shop, due_on):
    from huoku.server.sales.commands.orders import enter_order

    shop.supply("purchasing.line:7", shop.plate, 20, in_days=5)
    shop.ask(enter_order, customer="LI", lines=[{"item": "LAMP", "qty": "1", "due_on": due_on}])


def test_what_is_out_of_use_is_not_ordered(shop, order):
    from huoku.server.items.commands.items import change_item
    from huoku.server.partners.commands.partners import change_customer
    from huoku.server.partners.models import Customer

    shop.ask(change_item, id=shop.screw, is_active=False)
    refused = order_refused(shop, "SCREW")
    assert (refused["code"], refused["field"], refused["row"]) == ("not_in_use", "item", 0)
    shop.ask(change_customer, id=Customer.objects.of(shop.company).get(code="LI").pk, is_active=False)
    refused = order_refused(shop, "LAMP")
    assert (refused["code"], refused["field"], refused["value"]) == ("not_in_use", "customer", "LI")


def order_refused(shop, item):
    from huoku.server.sales.commands.orders import enter_order

    return shop.refused(enter_order, customer="LI", lines=[{"item": item, "qty": "1", "due_on": shop.in_days(9)}])
