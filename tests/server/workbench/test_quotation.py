"""Before a price is given: 150 appliances are asked for, and the mill sells no less than 500 sets."""

from datetime import date, timedelta
from urllib.parse import urlencode

import pytest

from huoku.server.platform.roles import Role

TODAY = date(2026, 11, 2)
ASKED = {"item": "PRODUCT", "qty": "150", "due_on": "2026-11-14"}


@pytest.fixture(scope="module")
def factory():
    """A set costs 10.00, the 500 of them 5,000; 1,000 screws 100. An appliance takes one set and two screws."""
    from huoku.factory.factory import build

    return build(
        today=TODAY,
        horizon_days=120,
        items=[
            {"item": "PRODUCT", "lead_time_days": 3, "price": 100},
            {"item": "LAMP", "lead_time_days": 3},
            {"item": "SET"},
            {"item": "SCREW"},
        ],
        bom=[
            {"parent": "PRODUCT", "component": "SET", "qty": 1},
            {"parent": "PRODUCT", "component": "SCREW", "qty": 2},
            {"parent": "LAMP", "component": "SCREW", "qty": 2},
        ],
        sources=[
            {"item": "SET", "supplier": "MILL", "lead_time_days": 5, "price": 10, "moq": 500},
            {"item": "SCREW", "supplier": "MILL", "lead_time_days": 5, "price": "0.1", "moq": 1000},
        ],
        demands=[{"demand": "SO-1", "item": "LAMP", "qty": 5, "due": TODAY + timedelta(days=12), "customer": "KLEIN"}],
    )


@pytest.fixture
def shop(company_of, planned, factory):
    from huoku.server.platform.scope import entered

    owner = company_of("SHOP", factory)
    with entered(owner.company):
        planned(owner, TODAY)
        yield owner.company


def words(text):
    return " ".join(text.split())


def test_sales_see_the_day_and_what_the_order_would_leave(shop, at_desk, django_assert_max_num_queries):
    """350 sets are left, 3,500; nobody used any yet and a tenth comes back: 3,150 is lost. The screws for SO-1 are
    bought anyhow: 300 of the 990 that would be left are used, and 27.00 less is lost. 3,123 / 150 = 20.82 a piece."""
    sales = at_desk(shop, Role.SALES)
    with django_assert_max_num_queries(20):
        page = words(sales.read(f"/desk/quotation?{urlencode(ASKED)}&whole=1"))
    assert "<b>11-14</b> 可以全部交货" in page
    assert "做 150 pcs，会多出 ¥3,500 的料没人要，预计损失 ¥3,123。" in page
    assert "<b>350</b>" in page and "用掉余料</span> −300" in page and "0%" in page
    assert "¥20.82" in page and "¥120.82" in page
    assert "MILL" not in page and "起订量</th>" not in page


def test_the_buyer_is_not_asked_but_the_planner_sees_terms_and_losses(shop, at_desk):
    page = words(at_desk(shop, Role.PLANNER).read(f"/desk/quotation/offered?{urlencode(ASKED)}"))
    assert ">500<" in page and "¥3,150" in page and "−¥27" in page
    at_desk(shop, Role.BUYER).read(f"/desk/quotation?{urlencode(ASKED)}", status=403)


def test_the_day_is_there_at_once_and_the_leftovers_follow(shop, at_desk, monkeypatch):
    """The page plans nothing: what the order would leave over is asked for from the open page, or by a press where
    there are no scripts."""
    from huoku.server.planning import offering

    def planned(*_, **__):
        raise AssertionError("the page waited for a plan")

    sales, asked = at_desk(shop, Role.SALES), urlencode(ASKED)
    with monkeypatch.context() as without:
        without.setattr(offering, "offer", planned)
        page = words(sales.read(f"/desk/quotation?{asked}"))
    link = asked.replace("&", "&amp;")
    assert "<b>11-14</b> 可以全部交货" in page and "¥20.82" not in page
    assert f'data-load="/desk/quotation/offered?{link}"' in page and f'href="?{link}&amp;whole=1"' in page
    further = words(sales.read(f"/desk/quotation/offered?{asked}"))
    assert "<b>11-14</b> 可以全部交货" in further and "¥20.82" in further and "¥120.82" in further
    assert "<html" not in further and "data-load" not in further


def test_other_quantities_say_from_where_the_waste_is_small(shop, at_desk):
    sales = at_desk(shop, Role.SALES)
    more = words(sales.read(f"/desk/quotation/quantities?{urlencode(ASKED)}"))
    # 300 leave 200 sets and use 600 screws more: (1,800 - 54) / 300 = 5.82 a piece. 500 leave none.
    assert "订到 500 pcs 起，浪费不到料钱的 2%。" in more
    assert "¥5.82" in more
    assert (
        "PRODUCT，150 pcs 2026-11-14 可以全部交货。 这个数量低于原料的起订量，单价需加 ¥20.82。 "
        "订 300 pcs，单价只加 ¥5.82。 订 500 pcs 起不加价。"
    ) in more
    assert "MILL" not in more


@pytest.mark.parametrize(("how", "state"), [("inquiry", "inquiry"), ("hold", "held")])
def test_one_press_keeps_what_the_customer_was_told(shop, at_desk, how, state):
    from huoku.server.sales.models import SalesOrder

    sales = at_desk(shop, Role.SALES)
    sales.read(f"/desk/quotation?{urlencode(ASKED)}&whole=1")
    sales.press("keep", how=how, customer="KLEIN", due_on="2026-11-14", note="150 台，11 月 14 日", price="120.82")
    order = SalesOrder.objects.of(shop).get(note="150 台，11 月 14 日")
    line = order.lines.get()
    assert (order.state, line.item.code, line.qty_steps, line.price_millionths) == (state, "PRODUCT", 150, 120_820_000)
    assert sales.address == f"/office/sales_orders/{order.pk}/"


def test_without_a_customer_nothing_is_kept_and_the_page_says_so(shop, at_desk):
    from huoku.server.sales.models import SalesOrder

    sales = at_desk(shop, Role.SALES)
    sales.read(f"/desk/quotation?{urlencode(ASKED)}&whole=1")
    sales.press("keep", how="inquiry", customer="", due_on="2026-11-14")
    assert SalesOrder.objects.of(shop).count() == 1 and "客户" in sales.told


def test_a_price_of_ours_is_not_taken_for_a_customer_who_is_billed_in_another_currency(shop, at_desk):
    from huoku.server.partners.models import Customer
    from huoku.server.sales.models import SalesOrder

    Customer.objects.of(shop).filter(code="KLEIN").update(currency="EUR")
    sales = at_desk(shop, Role.SALES)
    sales.read(f"/desk/quotation?{urlencode(ASKED)}&whole=1")
    sales.press("keep", how="inquiry", customer="KLEIN", due_on="2026-11-14", price="120.82")
    assert "EUR" in sales.told and SalesOrder.objects.of(shop).count() == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"qty": "0"}, "数量"), ({"qty": "1.5"}, "比“PRODUCT”的最小单位"), ({"due_on": "2030-01-01"}, "计划只到")],
)
def test_what_is_no_question_is_told_beside_the_fields(shop, at_desk, wrong, told):
    page = at_desk(shop, Role.SALES).read(f"/desk/quotation?{urlencode(ASKED | wrong)}", status=422)
    assert told in page and 'value="PRODUCT"' in page


def test_without_a_plan_it_says_that_one_is_needed(company_of, at_desk, factory):
    owner = company_of("SHOP", factory)
    assert "还没有算过计划" in at_desk(owner.company, Role.SALES).read(f"/desk/quotation?{urlencode(ASKED)}")
