"""A supplier that is asked for less than its minimum answers in writing: filed, set beside the other ways, taken."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from tests.server.api.conftest import caller_of
from tests.server.workbench.test_levers import TODAY, row, shop

from huoku.server.platform.roles import Role

__all__ = ["row", "shop"]

SMALL = {"kind": "small_lot", "price": "11", "fee": "200", "lead_time_days": "6"}
"""150 alone: 1,650 and 200 once, instead of 5,000 for 500."""
CALLS = {"kind": "calls", "qty": "500", "call": "50", "price": "10.4", "cancel_fee": "0.5", "lead_time_days": "6"}
"""150 now for 1,560; the other 350 as they are needed, at worst 175 for none of them."""


def filed(buyer, row, **terms):
    """By the form to which the drawer leads, and back to it."""
    drawer = buyer.read(f"/desk/buying/{row.pk}")
    here = f"/desk/buying?view=all&open={row.pk}"
    address = f"/office/supplier_offers/new?item=SET&supplier=MILL&next={quote(here, safe='')}"
    assert address.replace("&", "&amp;") in drawer
    buyer.read(address)
    return buyer.press("", **{"number": "Q-7", **terms})


def lines(company):
    from huoku.server.purchasing.models import PurchaseLine

    return [
        (line.order.supplier.code, line.qty_steps, line.price_millionths, line.order_fee_minor, line.note)
        for line in PurchaseLine.objects.of(company).select_related("order__supplier")
    ]


@pytest.mark.parametrize(
    ("terms", "line", "cash"),
    [
        (SMALL, ("MILL", 150, 11_000_000, 20_000, "书面报价 written offer: Q-7"), "¥1,850"),
        (CALLS, ("MILL", 150, 10_400_000, 0, "书面报价 written offer: Q-7 (150 / 500 pcs)"), "¥1,560"),
    ],
)
def test_a_written_offer_stands_beside_the_minimum_and_is_ordered_on_its_terms(
    shop, row, at_desk, terms, line, cash, django_assert_max_num_queries
):
    buyer = at_desk(shop, Role.BUYER)
    page = filed(buyer, row, **terms)
    assert "MILL，报价单 Q-7" in page and cash in page and "书面报价已经登记，可以直接下单" in page
    with django_assert_max_num_queries(20):
        buyer.read(f"/desk/buying?view=all&open={row.pk}")
    option = next(place for place in range(9) if offered(buyer.text, place))
    buyer.press("take", option=str(option))
    assert lines(shop) == [line]


def test_the_number_of_an_offer_is_shown_as_the_supplier_wrote_it(shop, row, at_desk):
    buyer = at_desk(shop, Role.BUYER)
    assert "书面 Q-{7}" in filed(buyer, row, **SMALL, number="Q-{7}")
    buyer.client.cookies["django_language"] = "en"
    assert "written Q-{7}" in buyer.read(f"/desk/buying/{row.pk}")


def offered(page, place):
    """Is this option the one of the written offer, and may it be ordered?"""
    _, found, rest = page.partition(f'name="option" value="{place}"')
    return bool(found) and "Q-7" in rest.partition("</th>")[0]


def test_an_offer_that_has_run_out_is_no_way_to_buy(shop, row, at_desk):
    from huoku.server.partners.models import SupplierOffer

    buyer = at_desk(shop, Role.BUYER)
    filed(buyer, row, **SMALL, valid_until=str(TODAY - timedelta(days=1)))
    assert "Q-7" not in buyer.read(f"/desk/buying/{row.pk}")
    asked = {"proposals": [{"id": row.pk, "offer": SupplierOffer.objects.of(shop).get().pk}]}
    answer = caller_of(shop, "buyer").post("/proposals/accept", asked)
    print(answer.content)
    assert answer.status_code == 409 and answer.json()["errors"][0]["code"] == "offer_ended"
    assert lines(shop) == []


def test_a_contract_says_how_much_it_is_in_all(shop, row, at_desk):
    buyer = at_desk(shop, Role.BUYER)
    buyer.read("/office/supplier_offers/new")
    answer = buyer.client.post(
        "/office/supplier_offers/new",
        {"item": "SET", "supplier": "MILL", "number": "Q-8", **CALLS, "qty": "0", "fee": "0", "key": "k"},
    )
    assert answer.status_code == 422 and "按需叫货的合同要写明一共多少" in answer.content.decode()


def test_why_there_is_a_minimum_is_filed_and_answered_in_the_talk(shop, row, at_desk):
    """Asked first what it is for; once that is known, the talk offers what answers to it, also on the card."""
    buyer = at_desk(shop, Role.BUYER)
    assert "先问清楚起订量是为了什么" in buyer.read(f"/desk/buying/{row.pk}")
    buyer.press("reason", moq_reason="setup")
    drawer = buyer.read(f"/desk/buying/{row.pk}")
    assert "先问清楚" not in drawer and "起订量是为了换产" in drawer
    assert "换产、开机" in buyer.read(f"/desk/buying/{row.pk}/card")


def test_the_letter_asks_for_less_and_names_none_of_our_limits(shop, row, at_desk):
    answer = at_desk(shop, Role.BUYER).client.get(f"/desk/buying/{row.pk}/letter")
    letter = answer.content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="request-SET.html"'
    assert "只做 150 pcs" in letter and "签 500 pcs 的合同" in letter and "MILL" in letter and "¥3,500" not in letter


def test_who_only_plans_sees_offers_and_files_none(shop, row, at_desk):
    filed(at_desk(shop, Role.BUYER), row, **SMALL)
    planner = at_desk(shop, Role.PLANNER)
    drawer = planner.read(f"/desk/buying/{row.pk}")
    assert "报价单 Q-7" in drawer and "supplier_offers/new" not in drawer and "moq_reason" not in drawer
    at_desk(shop, Role.SALES).read(f"/desk/buying/{row.pk}/letter", status=403)
