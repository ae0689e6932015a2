"""A port closes for a week: what was to arrive then comes after it, and plans know."""

import pytest


def reported(office, first, last, suppliers=("ACME",)):
    from huoku.server.purchasing.commands.disruptions import report_disruption

    about = {"from_on": office.day(first), "until_on": office.day(last), "why": "the port is closed"}
    return office.by("buyer", report_disruption, suppliers=list(suppliers), **about)


def test_what_was_to_arrive_meanwhile_arrives_after_it_and_the_rest_stays(office):
    from huoku.server.partners.commands.partners import add_supplier, add_supplier_day
    from huoku.server.partners.models import SupplierDay
    from huoku.server.purchasing.models import DateGiven, PurchaseOrder

    office.by("owner", add_supplier, code="NEAR")
    before, hit, after = (office.sent({"item": "BOLT", "qty": "10", "wanted_on": office.day(n)}) for n in (9, 12, 17))
    near = office.sent({"item": "BOLT", "qty": "10", "wanted_on": office.day(12)}, supplier="NEAR")
    office.by("owner", add_supplier_day, supplier="ACME", date=office.day(12), is_open=True)
    office.by("owner", add_supplier_day, supplier="ACME", date=office.day(17), is_open=False)
    told = reported(office, 10, 16)
    number = PurchaseOrder.objects.of(office.company).get(pk=hit).number
    assert told["days"] == 7
    assert [(each["order"], each["line"], each["item"]) for each in told["moved"]] == [(number, 1, "BOLT")]
    days = [office.line(order).expected_on for order in (before, hit, after, near)]
    assert days == [office.day(9), office.day(18), office.day(17), office.day(12)]
    given = DateGiven.objects.of(office.company).get(said="revised")
    assert (given.line_id, given.why) == (office.line(hit).pk, "the port is closed")
    closed = SupplierDay.objects.of(office.company).filter(supplier__code="ACME", is_open=False).order_by("date")
    assert [row.date for row in closed] == [office.day(n) for n in range(10, 18)]


def test_whoever_counted_on_it_is_told(office):
    order = office.sent({"item": "BOLT", "qty": "10", "wanted_on": office.day(12)})
    reported(office, 10, 16)
    assert office.line(order).expected_on == office.day(17)
    assert len(office.tasks("supply_late")) == 1


def test_it_ends_after_it_begins_and_within_a_year(office):
    from huoku.server.platform.refusals import Refused

    for last, code in ((9, "ends_before_it_begins"), (400, "too_long")):
        with pytest.raises(Refused) as refused:
            reported(office, 10, last)
        assert refused.value.code == code
