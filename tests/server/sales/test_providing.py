"""An order that waits for its materials: the plan provides for it, and it is promised once they are on order."""


def planned(shop):
    """Which orders plans count, by number."""
    from huoku.server.planning.reading.trade import sold

    return {line.order.number for _, line in sold(shop.company.pk).lines}


def test_an_order_that_is_short_is_planned_before_it_is_promised_and_keeps_what_is_there(shop, order, lines):
    """Ten lamps, bulbs for six: what is missing is for the plan, what lies here for nobody else."""
    from huoku.server.documents.wanting import still_wanted
    from huoku.server.sales.commands.promising import confirm_order
    from huoku.server.sales.commands.providing import provide_order

    shop.receive(shop.bulb, 6)
    answer = order(10)
    number, (line,) = answer["number"], lines(answer)
    assert planned(shop) == set() == still_wanted(shop.company.pk, {line.demand})
    told = shop.ask(provide_order, id=answer["id"])
    assert told["state"] == "provided" and {each["item"] for each in told["short"]} == {"BULB", "SCREW", "PLATE"}
    assert planned(shop) == {number} and still_wanted(shop.company.pk, {line.demand}) == {line.demand}
    assert shop.kept(line.demand) == {"BULB": 6}
    assert shop.refused(confirm_order, id=answer["id"])["code"] == "not_covered"

    for item, quantity in ((shop.bulb, 4), (shop.screw, 40), (shop.plate, 20)):
        shop.receive(item, quantity)
    assert shop.ask(confirm_order, id=answer["id"])["state"] == "confirmed"
    assert shop.kept(line.demand) == {"BULB": 10, "SCREW": 40, "PLATE": 20} and planned(shop) == {number}
    shop.books_balance()


def test_what_is_no_longer_provided_for_is_told_as_surplus(shop, order, lines):
    from huoku.server.sales.commands.providing import provide_order, stop_providing

    shop.receive(shop.bulb, 6)
    answer = order(10)
    shop.ask(provide_order, id=answer["id"])
    told = shop.ask(stop_providing, id=answer["id"])
    assert told["state"] == "inquiry" and [(each["item"], each["qty"]) for each in told["surplus"]] == [("BULB", "6")]
    assert planned(shop) == set() and shop.kept(lines(answer)[0].demand) == {}
    assert any(answer["number"] in task.text_zh and "不再备料" in task.text_zh for task in shop.tasks("buyer"))
    assert shop.refused(stop_providing, id=answer["id"])["code"] == "not_from_here"
    shop.books_balance()


def test_its_lines_change_only_after_that(shop, order):
    from huoku.server.sales.commands.orders import change_order
    from huoku.server.sales.commands.providing import provide_order

    answer = order(10)
    shop.ask(provide_order, id=answer["id"])
    line = {"item": "LAMP", "qty": "12", "due_on": shop.in_days(30)}
    assert shop.refused(change_order, id=answer["id"], lines=[line])["code"] == "not_from_here"
