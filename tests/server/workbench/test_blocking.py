"""What an order waits for, by the paper behind it, and where each may put that right."""

import re
from contextlib import ExitStack
from datetime import date, timedelta

import pytest

from huoku.server.platform.roles import Role

TODAY = date(2026, 11, 2)


def day(number):
    return TODAY + timedelta(days=number)


@pytest.fixture
def waiting(company_of, planned):
    """Ten lamps in three days, made in one; their forty screws are on order with ACME for the day given."""
    from huoku.factory.factory import build
    from huoku.server.platform.scope import entered

    def company(arrives, due=3, **more):
        owner = company_of(
            "LAMPS",
            build(
                today=TODAY,
                items=[{"item": "LAMP", "lead_time_days": 1}, {"item": "SCREW"}],
                bom=[{"parent": "LAMP", "component": "SCREW", "qty": 4}],
                sources=[{"item": "SCREW", "supplier": "ACME", "lead_time_days": 30, "price": "0.1"}],
                supplies=[
                    {
                        "supply": "PO-1",
                        "item": "SCREW",
                        "qty": 40,
                        "due": day(arrives),
                        "kind": "buy",
                        "supplier": "ACME",
                    }
                ],
                demands=[{"demand": "SO-1", "item": "LAMP", "qty": 10, "due": day(due), "customer": "LI"}],
                **more,
            ),
        )
        stack.enter_context(entered(owner.company))
        planned(owner, TODAY)
        return owner.company

    with ExitStack() as stack:
        yield company


def page_of(company, reader):
    from huoku.server.sales.models import SalesLine

    (pk,) = SalesLine.objects.of(company).filter(order__number="SO-1").values_list("pk", flat=True)
    return reader.read(f"/desk/pegging/{pk}")


def primary(page):
    return re.findall(r'class="btn btn-primary" href="([^"]*)"', page)


def confirm(company, do_as_owner, arrives):
    """The supplier has given a day."""
    from huoku.server.purchasing.models import PurchaseLine

    given = PurchaseLine.objects.of(company).select_related("order").get()
    lines = [{"line": given.pk, "qty": 40, "promised_on": day(arrives)}]
    do_as_owner(company, "purchasing.confirm", id=given.order_id, version=given.order.version, lines=lines)


def test_a_purchase_that_comes_too_late_is_chased_by_whoever_buys_and_seen_by_others(waiting, at_desk):
    company = waiting(arrives=8)
    page = page_of(company, at_desk(company, Role.BUYER))
    assert "要晚 6 天：11-11 才能发。" in page and "PO-1 要 11-10 才到" in page and "40 pcs" in page
    assert primary(page) == ["/office/purchase_chases/?filter%5Border%5D%5Beq%5D=PO-1"]
    (seen,) = primary(page_of(company, at_desk(company, Role.SALES)))
    assert re.fullmatch(r"/office/purchase_orders/\d+/", seen)


def test_an_order_in_time_by_a_day_that_nobody_confirmed_is_watched_until_it_is(waiting, at_desk, do_as_owner):
    company = waiting(arrives=1)
    buyer = at_desk(company, Role.BUYER)
    page = page_of(company, buyer)
    assert "现在看能按期（11-05），但还差一句确认。" in page and "PO-1 供应商还没确认交期" in page
    assert "PO-1 · 11-03，没确认" in page and '<rect class="c-unsure"' in page and len(primary(page)) == 1
    confirm(company, do_as_owner, 1)
    page = page_of(company, buyer)
    assert "能按期：11-05 发得出。" in page and "最紧的是 SCREW（PO-1），再晚 1 天也不误。" in page
    assert "PO-1 · 11-03 确认" in page and not primary(page)


def test_what_if_the_tightest_comes_later_is_asked_of_an_order_in_time(waiting, at_desk, do_as_owner):
    company = waiting(arrives=1)
    confirm(company, do_as_owner, 1)
    planner = at_desk(company, Role.PLANNER)
    assert "PO-1 晚到 11-09" in page_of(company, planner)
    (address,) = re.findall(r'data-later="([^"]*)"', page_of(company, planner))
    told = planner.read(address)
    assert "11-10" in told and "晚 5 天" in told  # the screws on the 9th, a day for the lamps


def test_what_nobody_can_promise_says_what_would_have_to_be_there(company_of, planned, at_desk):
    from huoku.factory.factory import build
    from huoku.server.platform.scope import entered

    owner = company_of(
        "NEVER",
        build(
            today=TODAY,
            horizon_days=20,
            items=[{"item": "LAMP", "lead_time_days": 1}, {"item": "SCREW"}],
            bom=[{"parent": "LAMP", "component": "SCREW", "qty": 4}],
            sources=[{"item": "SCREW", "supplier": "ACME", "lead_time_days": 30, "price": "0.1"}],
            demands=[{"demand": "SO-1", "item": "LAMP", "qty": 10, "due": day(9), "customer": "LI"}],
        ),
    )
    with entered(owner.company):
        planned(owner, TODAY)
        reader = at_desk(owner.company, Role.PLANNER)
        page = page_of(owner.company, reader)
        assert "计划期内交不了。" in page and len(primary(page)) == 1
        assert '<b class="code">SCREW</b> 40' in page and "计划期内来不了" in page
        assert "SCREW" in reader.read("/desk/pegging") and "看 " in reader.read("/desk/pegging")


def test_a_large_list_is_told_page_by_page(company_of, planned, at_desk, django_assert_max_num_queries):
    from huoku.factory.factory import build
    from huoku.server.platform.scope import entered

    demands = [
        {"demand": f"SO-{number:03}", "item": "LAMP", "qty": 1, "due": day(30), "customer": "LI"}
        for number in range(60)
    ]
    owner = company_of("MANY", build(today=TODAY, items=[{"item": "LAMP", "lead_time_days": 1}], demands=demands))
    with entered(owner.company):
        planned(owner, TODAY)
        planner = at_desk(owner.company, Role.PLANNER)
        with django_assert_max_num_queries(20):
            first = planner.read("/desk/pegging?view=all")
        rest = planner.read("/desk/pegging?view=all&from=50")
        shown = [re.findall(r'class="code" href="[^"]*">(SO-\d+)', page) for page in (first, rest)]
        assert [len(each) for each in shown] == [50, 10] and len({*shown[0], *shown[1]}) == 60
        assert "第 1 到 50 行，共 60 行" in first and "from=50" in first
