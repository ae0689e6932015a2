"""The pages of a calendar, a resource, a supplier and a customer: what stands on each, and for whom."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from tests.server.whys import hold, plain

from huoku.server.platform.roles import Role

TODAY = date(2026, 11, 2)


def days(*closed, **of):
    return [{"date": day, "open": False, **of} for day in closed]


@pytest.fixture
def works(company_of, planned):
    """Lamps are pressed, 10 minutes each of 480 a day; the press stands still on one day more than the works, which
    rests on Sundays. ACME sells screws in hundreds, cheaper by the thousand; LI has ordered 30 lamps."""
    from huoku.factory.factory import build
    from huoku.server.platform.clock import telling
    from huoku.server.platform.scope import entered

    sundays = [TODAY + timedelta(days=6 + 7 * week) for week in range(8)]
    with telling(datetime.combine(TODAY, time(9), UTC)):
        owner = company_of(
            "WORKS",
            build(
                today=TODAY,
                items=[{"item": "LAMP", "price": "20"}, {"item": "SCREW", "unit_cost": "0.1"}],
                bom=[{"parent": "LAMP", "component": "SCREW", "qty": 4}],
                resources=[{"resource": "PRESS", "minutes_per_day": 480}],
                operations=[{"parent": "LAMP", "seq": 10, "resource": "PRESS", "run_minutes": 10}],
                sources=[
                    {
                        "item": "SCREW",
                        "supplier": "ACME",
                        "lead_time_days": 5,
                        "price": "0.12",
                        "moq": 100,
                        "multiple": 50,
                    }
                ],
                price_breaks=[{"item": "SCREW", "supplier": "ACME", "min_qty": 1000, "price": "0.08"}],
                calendar=[*days(*sundays), *days(TODAY + timedelta(days=2), resource="PRESS")],
                demands=[
                    {
                        "demand": "SO-1",
                        "item": "LAMP",
                        "qty": 30,
                        "due": TODAY + timedelta(days=20),
                        "customer": "LI",
                        "price": "20",
                    }
                ],
            ),
        )
        with entered(owner.company):
            planned(owner, TODAY)
            yield owner.company


def the(company, model, **named):
    return model.objects.of(company).get(**named).pk


def main_action(page):
    """The words of the one button that leads on."""
    found = re.search(r'class="btn btn-primary"[^>]*>(.*?)</a>', page)
    return re.sub(r"<[^>]*>", "", found[1]).strip() if found else ""


def owner_of(company):
    from huoku.server.platform.actor import actor_of
    from huoku.server.platform.models import User

    return actor_of(User.objects.get(username=f"owner-{company.code}"), company)


def kinds(page):
    """What each day of a calendar's page is."""
    return {
        day: kind.split()[0]
        for kind, day in re.findall(r'class="day ([a-z ]+)" href="[^"]*" data-day="([\d-]+)"', page)
    }


def test_a_year_tells_rest_from_holidays_and_days_worked_all_the_same(works, at_desk, django_assert_max_num_queries):
    from huoku.server.items.models import CalendarDay

    CalendarDay.objects.of(works).filter(date=date(2026, 11, 15)).update(is_open=True)
    CalendarDay.objects.create(company=works, date=date(2026, 12, 25), is_open=False)
    planner = at_desk(works, Role.PLANNER)
    with django_assert_max_num_queries(20):
        page = planner.read("/desk/calendar?year=2026")
    told = kinds(page)
    assert len(told) == 365
    assert (told["2026-11-08"], told["2026-12-25"], told["2026-11-15"]) == ("rest", "holiday", "extra")
    assert told["2026-11-09"] == told["2026-01-04"] == "work"  # of January the calendar tells nothing


def test_a_press_rests_with_the_works_and_stands_still_on_a_day_of_its_own(works, at_desk):
    from huoku.server.items.models import Resource

    planner = at_desk(works, Role.PLANNER)
    page = planner.read(f"/desk/calendar?month=2026-11&resource={the(works, Resource, code='PRESS')}")
    told = kinds(page)
    assert len(told) == 30
    assert (told["2026-11-04"], told["2026-11-08"], told["2026-11-05"]) == ("stop", "rest", "work")
    assert kinds(planner.read("/desk/calendar?month=2026-11"))["2026-11-04"] == "work"


def test_a_holiday_week_is_set_on_the_page_and_undone_there(works, at_desk):
    engineer = at_desk(works, Role.ENGINEER)
    engineer.read("/desk/calendar?month=2027-02&day=2027-02-08")
    engineer.press("desk/calendar/change", first="2027-02-08", last="2027-02-12", holds="rest", weekdays=[])
    assert engineer.address == "/desk/calendar"
    told = kinds(engineer.text)
    assert [told[f"2027-02-{day:02}"] for day in (7, 8, 12, 13)] == ["work", "holiday", "holiday", "work"]
    engineer.press("desk/undo")
    assert "已撤销" in engineer.told, engineer.told
    assert "holiday" not in kinds(engineer.read("/desk/calendar?month=2027-02")).values()


def test_who_may_not_change_a_calendar_sees_it_without_a_form(works, at_desk):
    keeper = at_desk(works, Role.STOREKEEPER)
    page = keeper.read("/desk/calendar")
    assert kinds(page) and "calendar/change" not in page and "calendar/copy" not in page
    answer = keeper.client.post("/desk/calendar/change", {"first": "2026-12-01", "holds": "rest"})
    from huoku.server.items.models import CalendarDay

    assert answer.status_code == 302 and not CalendarDay.objects.of(works).filter(date="2026-12-01").exists()


@pytest.mark.parametrize("asked", ["year=99999", "year=x", "resource=999", "resource=x"])
def test_a_calendar_of_nobody_or_of_no_year_is_not_found(works, at_desk, asked):
    at_desk(works, Role.PLANNER).read(f"/desk/calendar?{asked}", status=404)


def test_a_resource_tells_its_weeks_its_work_and_when_it_stands(works, at_desk, django_assert_max_num_queries):
    """Thirty lamps are five hours of the press; of its seven days until Sunday it stands still on one and rests on one:
    five days of eight hours are left."""
    from huoku.server.items.models import Resource

    engineer = at_desk(works, Role.ENGINEER)
    here = f"/desk/resource/{the(works, Resource, code='PRESS')}"
    with django_assert_max_num_queries(20):
        page = plain(engineer.read(here))
    assert ">5<" in page and ">40<" in page and '<svg viewBox="' in page and "LAMP" in page
    assert "11-04" in page and "它停，厂里上班" in page
    assert "排得开" in page and main_action(page) == "改日历"
    assert hold(engineer, here) == {"resource.able", "resource.laid", "resource.week", "resource.week_able"}
    engineer.read(f"/desk/why/resource.week/{here.rpartition('/')[2]}?week=20250101", status=404)


def test_a_full_press_names_the_orders_it_makes_late_and_leads_to_its_fullest_week(
    works, at_desk, planned, django_assert_max_num_queries
):
    """Two orders for 300 lamps each, wanted in two weeks, are 100 hours of the press, which works 64 of them once the
    screws are here. LI is told to whoever may know customers."""
    from huoku.server.items.models import Resource
    from huoku.server.sales.models import SalesLine

    line = SalesLine.objects.of(works).get()
    SalesLine.objects.of(works).update(qty_steps=300, due_on=TODAY + timedelta(days=14), promised_on=None)
    line.refresh_from_db()
    line.pk, line.seq = None, line.seq + 10
    line.save()
    planned(owner_of(works), TODAY)
    here = f"/desk/resource/{the(works, Resource, code='PRESS')}"
    lead = at_desk(works, Role.PRODUCTION_LEAD)
    with django_assert_max_num_queries(20):
        page = plain(lead.read(here))
    assert 'href="/desk/pegging/' in page and "拖晚 1 行订单" in page and "LAMP" in page
    assert re.fullmatch(r"看 11-\d\d 那周的排产", main_action(page))
    sequence = re.search(r'class="btn btn-primary" href="(/shop/schedule[^"#]+)#(on-[\d-]+)"', lead.text)
    assert f'id="{sequence[2]}"' in lead.read(sequence[1].replace("&amp;", "&"))
    late = re.compile(r'id="late".*?</section>', re.S)
    assert ">LI<" in late.search(at_desk(works, Role.SALES).read(here))[0]
    assert ">LI<" not in late.search(at_desk(works, Role.STOREKEEPER).read(here))[0]


def test_terms_are_read_with_their_breaks_by_who_may_and_changed_from_there(works, at_desk):
    from huoku.server.partners.models import Supplier

    buyer, here = at_desk(works, Role.BUYER), f"/desk/supplier/{the(works, Supplier, code='ACME')}"
    page = plain(buyer.read(here))
    for figure in ("100 pcs", ">50<", "¥0.12", "≥ 1,000", "¥0.08", "5 天"):
        assert figure in page
    change = re.search(r'href="(/office/sources/\d+/do/change\?next=[^"]+)"', buyer.text)
    buyer.read(change[1])
    buyer.press("", moq="200")
    assert buyer.address == here and "200 pcs" in plain(buyer.text)
    assert hold(buyer, here) == {"supplier.late", "supplier.coming", "supplier.tied"}
    keeper = at_desk(works, Role.STOREKEEPER)
    seen = keeper.read(here)
    assert "SCREW" in seen and "0.08" not in seen and "0.12" not in seen and "200 pcs" not in seen


def test_a_supplier_is_as_punctual_as_his_lines_came(works, at_desk, do_as_owner):
    """Of two orders one comes by the day promised and one, promised for a day that is past, has not come."""
    from huoku.server.ledger.models import Location
    from huoku.server.partners.models import Supplier
    from huoku.server.purchasing.models import PurchaseLine

    place = Location.objects.of(works).filter(kind="storage").first()
    lines = []
    for day in (TODAY, TODAY - timedelta(days=3)):
        line = {"item": "SCREW", "qty": "100", "wanted_on": str(day)}
        made = do_as_owner(works, "purchasing.add_order", supplier="ACME", location=place.code, lines=[line])
        for step in ("approve", "send"):
            do_as_owner(works, f"purchasing.{step}", id=made["id"])
        lines.append(PurchaseLine.objects.of(works).get(order=made["id"]))
        PurchaseLine.objects.of(works).filter(pk=lines[-1].pk).update(wanted_on=day)
    do_as_owner(works, "purchasing.receive", id=lines[0].order_id, lines=[{"line": lines[0].pk, "qty": "100"}])
    here = f"/desk/supplier/{the(works, Supplier, code='ACME')}"
    buyer = at_desk(works, Role.BUYER)
    page = plain(buyer.read(here))
    assert "50%" in page and "晚 3 天" in page and "平均晚 1.5 天" in page  # three days over two lines
    assert main_action(page) == "催过期的 1 行"
    of_lines = {"supplier.on_time", "supplier.late", "supplier.mean_late", "supplier.coming", "supplier.refused"}
    assert hold(buyer, here) >= {*of_lines, "supplier.coming_worth"}
    PurchaseLine.objects.of(works).filter(pk=lines[0].pk).update(rejected_steps=10)
    assert "1 / 1 行" in re.sub("<[^>]*>", "", plain(buyer.read(here)))
    assert hold(buyer, here) >= of_lines
    keeper = at_desk(works, Role.STOREKEEPER)
    assert main_action(plain(keeper.read(here))) == "" and "¥" not in keeper.text


def test_the_next_step_with_a_supplier_follows_from_how_he_stands(works, at_desk, do_as_owner):
    """What waits for us comes before what the plan proposes, and that before a new order."""
    from huoku.server.ledger.models import Location
    from huoku.server.partners.models import Source, Supplier

    place = Location.objects.of(works).filter(kind="storage").first()
    here = f"/desk/supplier/{the(works, Supplier, code='ACME')}"
    buyer = at_desk(works, Role.BUYER)

    def next_step():
        return main_action(plain(buyer.read(here)))

    assert next_step().startswith("本周下单 1 笔") or next_step() == "下采购单"
    line = {"item": "SCREW", "qty": "100", "wanted_on": str(TODAY + timedelta(days=30))}
    made = do_as_owner(works, "purchasing.add_order", supplier="ACME", location=place.code, lines=[line])
    number = made["number"]
    assert next_step() == f"审批 {number}"
    do_as_owner(works, "purchasing.approve", id=made["id"])
    assert next_step() == f"发出 {number}"
    do_as_owner(works, "purchasing.send", id=made["id"])
    assert next_step() == f"请他确认 {number}"
    Supplier.objects.of(works).create(company=works, code="NEW")
    page = plain(buyer.read(f"/desk/supplier/{the(works, Supplier, code='NEW')}"))
    assert main_action(page) == "加一种物料" and "还没有供货条件" in page
    assert not Source.objects.of(works).filter(supplier__code="NEW").exists()


def test_what_a_minimum_made_us_buy_too_much_stays_on_the_suppliers_page(works, at_desk):
    """Of a hundred screws at 0.12 that were decided, 60 were needed: 40 are left, for 4.80."""
    from huoku.server.partners.models import Supplier
    from huoku.server.planning.models import Proposal

    here = f"/desk/supplier/{the(works, Supplier, code='ACME')}"
    bought = Proposal.objects.of(works).filter(kind="buy").first()
    Proposal.objects.of(works).filter(pk=bought.pk).update(
        state="accepted", qty_steps=100, needed_steps=60, price_millionths=120_000
    )
    buyer = at_desk(works, Role.BUYER)
    page = plain(buyer.read(here))
    assert "40 pcs" in page and "<b>¥5</b>" in page
    assert "supplier.excess" in hold(buyer, here)
    assert "起订量多买的" not in at_desk(works, Role.STOREKEEPER).read(here)


def test_a_customer_tells_what_is_to_go_and_what_it_is_worth(works, at_desk, django_assert_max_num_queries):
    from huoku.server.partners.models import Customer

    seller, here = at_desk(works, Role.SALES), f"/desk/customer/{the(works, Customer, code='LI')}"
    with django_assert_max_num_queries(20):
        page = plain(seller.read(here))
    assert "SO-1" in page and "¥600" in page
    assert ">单号</th>" in page and "('" not in page
    assert hold(seller, here) == {"customer.late", "customer.open", "customer.value"}
    assert "正常" in page and main_action(page) == "新订单" and "30 pcs" in page
    owner = at_desk(works, Role.OWNER)
    with django_assert_max_num_queries(20):
        owner.read(here)
    planner = plain(at_desk(works, Role.PLANNER).read(here))
    assert "SO-1" in planner and "¥600" not in planner
    keeper = at_desk(works, Role.STOREKEEPER)
    assert "SO-1" not in keeper.read(here)
    for figure in ("kept", "open", "value"):
        keeper.read(f"/desk/why/customer.{figure}/{here.rpartition('/')[2]}", status=404)


def test_a_customers_order_in_danger_is_the_first_thing_said_and_done(works, at_desk, planned):
    """The lamps that should have gone yesterday stand first, with the day on which the plan can bring them."""
    from huoku.server.partners.models import Customer
    from huoku.server.sales.models import SalesLine

    line = SalesLine.objects.of(works).get()
    SalesLine.objects.of(works).filter(pk=line.pk).update(
        due_on=TODAY - timedelta(days=1), promised_on=TODAY - timedelta(days=1)
    )
    planned(owner_of(works), TODAY)
    here = f"/desk/customer/{the(works, Customer, code='LI')}"
    seller = at_desk(works, Role.SALES)
    page = plain(seller.read(here))
    assert "1 行已经晚了" in page and main_action(page) == "看 SO-1 卡在哪里" and "1 / 1 行按不了期" in page
    assert f'href="/desk/pegging/{line.pk}"' in page
    assert {"customer.kept", "customer.mean_late", "customer.late"} <= hold(seller, here)


def test_what_is_kept_for_a_customer_and_what_is_called_of_its_contract_stand_on_its_page(works, at_desk, do_as_owner):
    """Of a contract for 40 lamps the order that calls on it takes 30; 100 screws at 0.10 are kept for that order."""
    from huoku.server.items.models import Item
    from huoku.server.ledger.models import Location
    from huoku.server.partners.models import Customer
    from huoku.server.planning.models import ContractCall, Forecast
    from huoku.server.sales.models import SalesLine

    line, place = SalesLine.objects.of(works).get(), Location.objects.of(works).filter(kind="storage").first()
    lamp, li = Item.objects.of(works).get(code="LAMP"), Customer.objects.of(works).get(code="LI")
    told = dict(company=works, code="FC-1", item=lamp, customer=li, kind="contract", qty_steps=40)
    contract = Forecast.objects.create(due_on=TODAY + timedelta(days=60), **told)
    ContractCall.objects.create(company=works, contract=contract, order=line.order)
    screw, outside = Item.objects.of(works).get(code="SCREW"), Location.objects.of(works).get(kind="supplier")
    came = {"kind": "receive", "item": screw.pk, "quantity": 200, "unit_cost": 100_000}
    do_as_owner(works, "ledger.record_movement", lines=[{**came, "from_location": outside.pk, "to_location": place.pk}])
    kept = {"item": screw.pk, "location": place.pk, "quantity": 100}
    do_as_owner(works, "ledger.reserve", demand=line.demand, lines=[kept])
    here = f"/desk/customer/{li.pk}"
    owner = at_desk(works, Role.OWNER)
    page = plain(owner.read(here))
    assert "75%" in page and "10 pcs" in page and "FC-1" in page
    assert "100 pcs" in page and "¥10" in page
    assert "customer.held" in hold(owner, here)
