"""Asking for something, urgently or not, and from whom it is bought."""

import pytest


def test_an_urgent_request_is_a_buyers_task_until_it_is_ordered(office):
    from huoku.server.purchasing.commands.ordering import order_requests

    request = office.request("NUT", "5", is_urgent=True, reason="the line stands still", supplier="ACME")
    (task,) = office.tasks("urgent_request")
    assert (task.role, task.due_on) == ("buyer", office.day(20))
    assert task.text_en.startswith(f"Green channel, {request['number']}: 5 pcs of NUT by ")
    order = office.by("buyer", order_requests, requests=[request["id"]], location="STORAGE")["orders"][0]["id"]
    assert office.tasks("urgent_request") == []
    line = office.line(order)
    assert (line.is_urgent, line.wanted_on, line.request_id) == (True, office.day(20), request["id"])


def test_what_becomes_less_urgent_is_no_task_any_more(office):
    from huoku.server.purchasing.commands.requests import change_request

    request = office.request("NUT", "5", is_urgent=True)["id"]
    office.by("planner", change_request, id=request, is_urgent=False)
    assert office.tasks("urgent_request") == []


def test_requests_are_grouped_by_the_preferred_supplier_of_each_item(office):
    from huoku.server.partners.commands.partners import add_supplier
    from huoku.server.purchasing.commands.ordering import NoSource, order_requests

    office.by("owner", add_supplier, code="BEST")
    office.source("BOLT", "ACME", price="1", priority=2)
    office.source("BOLT", "BEST", price="9", priority=1)
    office.source("NUT", "ACME", price="3")
    office.source("NUT", "BEST", price="4", breaks={"100": "2"})
    requests = [office.request(*wanted)["id"] for wanted in (("BOLT", "1"), ("NUT", "60"), ("NUT", "40"))]
    asked = office.request("NUT", "1", supplier="ACME")["id"]
    told = office.by("buyer", order_requests, requests=[*requests, asked], location="STORAGE")["orders"]
    # Bolts by priority; nuts by the price of 101 together, where nobody asked for somebody else.
    assert [(order["supplier"], len(office.lines(order["id"]))) for order in told] == [("ACME", 1), ("BEST", 3)]
    office.items["GEAR"] = office.item("GEAR")
    gear = office.request("GEAR", "1")["id"]
    with pytest.raises(NoSource):
        office.by("buyer", order_requests, requests=[gear], location="STORAGE")
    (told,) = office.by("buyer", order_requests, requests=[gear], location="STORAGE", supplier="BEST")["orders"]
    assert [each["code"] for each in told["remarks"]] == ["no_source", "no_price"]


def test_a_cancelled_order_and_a_removed_line_open_their_requests_again(office):
    from huoku.server.purchasing.commands.ending import cancel
    from huoku.server.purchasing.commands.lines import remove_line
    from huoku.server.purchasing.commands.ordering import order_requests
    from huoku.server.purchasing.models import PurchaseRequest

    office.source("NUT", price="1")

    def states():
        return [row.state for row in PurchaseRequest.objects.of(office.company).order_by("pk")]

    requests = [office.request("NUT", "5")["id"], office.request("NUT", "6")["id"]]
    ordering = {"requests": requests, "location": "STORAGE"}
    order = office.by("buyer", order_requests, **ordering)["orders"][0]["id"]
    office.by("buyer", remove_line, id=office.lines(order)[0].pk)
    assert states() == ["open", "ordered"]
    office.by("buyer", cancel, id=order)
    assert states() == ["open", "open"]
    assert office.by("buyer", order_requests, **ordering)["orders"][0]["number"].endswith("-00002")


def test_nothing_is_asked_for_or_ordered_that_is_out_of_use(office):
    from huoku.server.items.commands.items import change_item
    from huoku.server.partners.commands.partners import change_supplier
    from huoku.server.partners.models import Supplier
    from huoku.server.platform.refusals import Refused

    def refused(act, *asked, **fields):
        with pytest.raises(Refused) as refusal:
            act(*asked, **fields)
        return refusal.value.code, refusal.value.as_problem()["errors"][0]["value"]

    office.by("owner", change_item, id=office.items["NUT"], is_active=False)
    assert (
        refused(office.request, "NUT", "5")
        == refused(office.draft, {"item": "NUT", "qty": "5"})
        == (
            "not_in_use",
            "NUT",
        )
    )
    office.by("owner", change_supplier, id=Supplier.objects.of(office.company).get(code="ACME").pk, is_active=False)
    assert refused(office.draft, {"item": "BOLT", "qty": "5"}) == ("not_in_use", "ACME")
    assert refused(office.request, "BOLT", "5", supplier="ACME") == ("not_in_use", "ACME")
