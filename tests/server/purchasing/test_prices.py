"""What an order comes to: by the supplier's terms, by the total of an item, or by hand."""

import pytest


def money(office, order):
    """Price and fee of each line, and what the order comes to, in their small units."""
    lines = [(line.price_millionths, line.order_fee_minor) for line in office.lines(order)]
    return lines, office.order(order).amount_minor


def plain_lines(office, order):
    """Lines that say no price of their own."""
    from huoku.server.purchasing.commands.drafting import add_order

    return office.by("buyer", add_order, supplier="ACME", location="STORAGE", lines=order)


def test_a_break_is_reached_by_all_lines_of_an_item_together_and_lost_again(office):
    from huoku.server.purchasing.commands.lines import add_line, remove_line

    office.source("BOLT", price="2", order_fee="5", breaks={"100": "1.5", "1000": "1"})
    order = plain_lines(office, [{"item": "BOLT", "qty": "60"}])["id"]
    assert money(office, order) == ([(2_000_000, 500)], 12_500)
    second = office.by("buyer", add_line, order_id=order, item="BOLT", qty="40")["id"]
    assert money(office, order) == ([(1_500_000, 500), (1_500_000, 0)], 15_500)
    office.by("buyer", remove_line, id=second)
    assert money(office, order) == ([(2_000_000, 500)], 12_500)


def test_what_was_agreed_by_hand_stays_until_it_is_taken_back(office):
    from huoku.server.purchasing.commands.lines import change_line

    office.source("BOLT", price="2", order_fee="5", breaks={"100": "1.5"})
    order = plain_lines(office, [{"item": "BOLT", "qty": "60", "price": "1.9", "order_fee": "0"}])["id"]
    assert money(office, order) == ([(1_900_000, 0)], 11_400)
    line = office.line(order).pk
    office.by("buyer", change_line, id=line, qty="100")
    assert money(office, order) == ([(1_900_000, 0)], 19_000)
    office.by("buyer", change_line, id=line, price=None, order_fee=None)
    assert money(office, order) == ([(1_500_000, 500)], 15_500)


def test_terms_of_another_day_and_another_currency_do_not_count(office):
    office.source("BOLT", price="9", valid_to=office.day(-1))
    office.source("BOLT", price="2", currency="USD", valid_from=office.today)
    told = plain_lines(office, [{"item": "BOLT", "qty": "1"}])
    assert [each["code"] for each in told["remarks"]] == ["no_source", "no_price"]


def test_without_a_price_of_its_own_a_source_takes_the_item_s_cost(office):
    office.items["GEAR"] = office.item("GEAR", unit_cost="3.25")
    office.source("GEAR", moq="50", multiple="20")
    told = plain_lines(office, [{"item": "GEAR", "qty": "30"}])
    assert (told["amount"], [each["code"] for each in told["remarks"]]) == ("97.5", ["below_moq"])
    told = plain_lines(office, [{"item": "GEAR", "qty": "70"}])
    (remark,) = told["remarks"]
    assert remark["en"] == "GEAR: 70 in all are no whole packs of 20."
    assert remark["zh"] == "GEAR：共 70，不是整包量 20 的整数倍。"


def test_half_a_fen_is_rounded_up(office):
    office.items["WIRE"] = office.item("WIRE", unit="m", decimals=2)
    # 1.25 m x 0.10 = 0.125
    assert office.draft({"item": "WIRE", "qty": "1.25", "price": "0.1"})["amount"] == "0.13"


def test_an_order_without_lines_or_without_a_price_is_not_approved(office):
    from huoku.server.documents.refusals import NoLines
    from huoku.server.purchasing.commands.approving import PriceMissing, approve

    with pytest.raises(NoLines):
        office.by("buyer", approve, id=office.draft()["id"])
    with pytest.raises(PriceMissing, match="Line 2, NUT"):
        office.by(
            "buyer",
            approve,
            id=office.draft({"item": "BOLT", "qty": "1"}, {"item": "NUT", "qty": "1", "price": None})["id"],
        )


def test_an_order_in_foreign_money_needs_a_rate_and_is_approved_and_valued_in_the_company_s(office):
    from huoku.server.ledger.models import Movement
    from huoku.server.platform.commands.approvals import set_limit
    from huoku.server.platform.models import Approval
    from huoku.server.purchasing.commands.approving import RateMissing, approve, send
    from huoku.server.purchasing.commands.drafting import change_order

    office.by("owner", set_limit, kind="purchasing.approve", role="buyer", amount_minor=70_000)
    order = office.draft({"item": "NUT", "qty": "10", "price": "10"}, currency="USD")["id"]
    with pytest.raises(RateMissing):
        office.by("buyer", approve, id=order)
    office.by("buyer", change_order, id=order, rate="7.1")
    office.by("buyer", approve, id=order, version=office.order(order).version)
    assert Approval.objects.of(office.company).get().amount_minor == 71_000  # 10 x 10.00 USD x 7.1
    office.by("owner", set_limit, kind="purchasing.approve", role="buyer", amount_minor=71_000)
    office.by("buyer", approve, id=order)
    office.by("buyer", send, id=order)
    office.receive(order, {"line": office.line(order).pk, "qty": "10", "lot": ""})
    assert Movement.objects.of(office.company).get().unit_cost == 71_000_000


def test_below_the_supplier_s_minimum_it_is_approved_where_he_agrees(office):
    from huoku.server.purchasing.commands.approving import approve

    office.source("NUT", price="1", min_order_value="100", order_fee="50")
    order = plain_lines(office, [{"item": "NUT", "qty": "99"}])["id"]
    assert office.order(order).missing_minor == 100  # the fee is no part of the goods
    office.by("buyer", approve, id=order, below_minimum=True)
    assert office.order(order).state == "approved"


def test_an_amount_that_no_table_holds_is_refused(office):
    from huoku.server.purchasing.quantities import TooMuch
    from huoku.server.purchasing.totals import AmountTooLarge

    office.items["GOLD"] = office.item("GOLD", unit="g", decimals=6)
    with pytest.raises(TooMuch):
        office.draft({"item": "GOLD", "qty": "100000001"})
    with pytest.raises(AmountTooLarge):
        office.draft({"item": "NUT", "qty": "999999999999", "price": "999999999999"})


def test_what_was_changed_while_it_waited_is_not_approved(office):
    from huoku.server.platform.commands.approvals import approve as approve_it
    from huoku.server.platform.commands.approvals import require_second_check
    from huoku.server.platform.refusals import Stale
    from huoku.server.purchasing.commands.approving import approve
    from huoku.server.purchasing.commands.lines import change_line

    office.by("owner", require_second_check, kind="purchasing.approve")
    told = office.draft({"item": "NUT", "qty": "10"})
    waits = office.by("buyer", approve, id=told["id"], version=told["version"])["approval"]
    office.by("buyer", change_line, id=office.line(told["id"]).pk, qty="10000")
    with pytest.raises(Stale):
        office.by("owner", approve_it, id=waits)
    assert office.order(told["id"]).state == "draft"
