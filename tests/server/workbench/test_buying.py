"""What to buy: 150 appliances are ordered, the supplier's minimum is 500 sets, and a trader sells what is needed."""

import re
from datetime import date, timedelta

import pytest
from tests.server.office.test_pages import few_queries

from huoku.server.platform.roles import Role

TODAY = date(2026, 11, 2)


@pytest.fixture
def shop(company_of, planned):
    """A set costs 10.00 by five hundred and 15.00 by the piece: 5,000 for 500 against 2,250 for the 150 needed."""
    from huoku.factory.factory import build
    from huoku.server.platform.scope import entered

    owner = company_of(
        "SHOP",
        build(
            today=TODAY,
            horizon_days=120,
            items=[{"item": "PRODUCT", "lead_time_days": 3}, {"item": "SET"}, {"item": "SCREW"}],
            bom=[
                {"parent": "PRODUCT", "component": "SET", "qty": 1},
                {"parent": "PRODUCT", "component": "SCREW", "qty": 2},
            ],
            sources=[
                {"item": "SET", "supplier": "MILL", "lead_time_days": 5, "price": 10, "moq": 500},
                {"item": "SET", "supplier": "TRADER", "lead_time_days": 5, "price": 15},
                {"item": "SCREW", "supplier": "MILL", "lead_time_days": 5, "price": "0.1", "moq": 1000},
            ],
            demands=[
                {"demand": "SO-1", "item": "PRODUCT", "qty": 150, "due": TODAY + timedelta(days=12), "price": 100}
            ],
        ),
    )
    with entered(owner.company):
        planned(owner, TODAY)
        yield owner.company


def orders(company):
    from huoku.server.purchasing.models import PurchaseLine

    rows = PurchaseLine.objects.of(company).select_related("order__supplier", "item").order_by("pk")
    return [(row.item.code, row.order.supplier.code, row.qty_steps, row.order.state) for row in rows]


def proposal(company, item):
    from huoku.server.planning.models import Proposal

    return Proposal.objects.of(company).get(item__code=item, kind="buy", state="open")


def test_the_list_says_by_supplier_what_each_purchase_leaves_over(shop, at_desk):
    buyer = at_desk(shop, Role.BUYER)
    with few_queries("purchases"):
        page = " ".join(buyer.read("/desk/buying?view=all").split())
    assert page.index("MILL") < page.index("SCREW") < page.index("TRADER") < page.index(">SET<")
    # 300 screws of 1,000: 70 % are not needed, and 70.00 of money lie in them.
    assert ">700<" in page and "70%" in page and "¥70<" in page
    assert "按需买" in page


def test_the_drawer_sets_the_options_beside_each_other_and_says_why(shop, at_desk, django_assert_max_num_queries):
    buyer = at_desk(shop, Role.BUYER)
    address = f"/desk/buying/{proposal(shop, 'SET').pk}"
    with django_assert_max_num_queries(20):
        drawer = buyer.read(address)
    assert "按起订量买" in drawer and "换供应商" in drawer and "MILL" in drawer and "TRADER" in drawer
    assert "¥5,000" in drawer and "¥2,250" in drawer
    assert "起订量多买：需要 150 pcs，起订量 500，要买 500，多 350（占 70%）" in drawer
    assert '<svg viewBox="' in drawer and "&lt;svg" not in drawer


def test_whoever_comes_by_the_address_of_a_drawer_gets_the_page_around_it(shop, at_desk):
    from huoku.server.planning.models import Proposal

    row = Proposal.objects.of(shop).get(item__code="SET")
    buyer = at_desk(shop, Role.BUYER)
    answer = buyer.client.get(f"/desk/buying/{row.pk}", headers={"Sec-Fetch-Dest": "document"})
    assert answer.status_code == 302 and answer["Location"] == f"/desk/buying?view=all&open={row.pk}"
    assert "TRADER" in buyer.read(answer["Location"])


def test_what_was_chosen_becomes_a_draft_for_each_supplier(shop, at_desk):
    buyer = at_desk(shop, Role.BUYER)
    buyer.read("/desk/buying?view=all")
    buyer.press("approve", id=[proposal(shop, "SET").pk, proposal(shop, "SCREW").pk])
    assert buyer.told == "已完成。"
    assert orders(shop) == [("SCREW", "MILL", 1000, "draft"), ("SET", "TRADER", 150, "draft")]
    assert "没有要买的" in buyer.read("/desk/buying?view=all")


def test_another_option_is_ordered_instead_of_the_plans(shop, at_desk):
    """The buyer knows better and takes the mill's five hundred."""
    buyer, row = at_desk(shop, Role.BUYER), proposal(shop, "SET")
    drawer = buyer.read(f"/desk/buying/{row.pk}")

    heads = re.findall(r"<label>(.*?)</label>", drawer, re.S)
    mill = next(head for head in heads if "MILL" in head and 'type="radio"' in head)
    buyer.press("take", option=re.search(r'value="(\d+)"', mill)[1])
    assert buyer.told == "已完成。"
    assert orders(shop) == [("SET", "MILL", 500, "draft")]


def test_what_somebody_else_has_to_arrange_cannot_be_ordered_by_a_press(shop, at_desk):
    buyer, row = at_desk(shop, Role.BUYER), proposal(shop, "SET")
    drawer = buyer.read(f"/desk/buying/{row.pk}")
    names = [head for head in drawer.split('<th scope="col"')[1:]]
    declined = next(place for place, head in enumerate(names) if "不接这张单" in head)
    answer = buyer.client.post(f"/desk/buying/{row.pk}/take", {"option": str(declined)})
    assert answer.status_code == 404 and orders(shop) == []


def test_a_rejected_proposal_keeps_its_reason(shop, at_desk):
    buyer, row = at_desk(shop, Role.BUYER), proposal(shop, "SCREW")
    buyer.read(f"/desk/buying/{row.pk}")
    buyer.press("reject", reason="仓库角落还有一箱")
    row.refresh_from_db()
    assert (row.state, row.reason) == ("rejected", "仓库角落还有一箱")


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.SALES])
def test_who_does_not_decide_sees_no_prices_of_suppliers(shop, at_desk, role):
    other = at_desk(shop, role)
    for address in ("/desk/buying", f"/desk/buying/{proposal(shop, 'SET').pk}"):
        assert "MILL" not in other.read(address, status=403)
