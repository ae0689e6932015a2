"""The page of a shortage: its facts, who is hit, the ways with a button each."""

import re

from tests.server.api.conftest import caller_of, nobody_is_too_quick

__all__ = ["nobody_is_too_quick"]

MOST_QUERIES = 30


def test_each_way_has_a_button_and_what_it_does_is_seen_on_the_same_page(shop, company, django_assert_max_num_queries):
    shop.source(lead_time_days=7, price="1.00")
    shop.a_and_b()
    shop.listened()
    case = shop.case()
    client = caller_of(company, "planner").client
    client.cookies["django_language"] = "zh-hans"
    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get(f"/office/shortages/{case.pk}/").content.decode()
    buttons = re.findall(r'href="(/office/shortage_ways/(\d+)/do/choose)"', page)
    assert sorted(int(way) for _, way in buttons) == sorted(case.ways.values_list("pk", flat=True))
    assert "急采" in page and "工单齐套缺料" in page and "SO-2026-00001" in page
    (button,) = (address for address, way in buttons if int(way) == case.ways.get(kind="buy").pk)
    done = client.post(button, {"key": "a"}, follow=True)
    assert done.redirect_chain[-1][0] == f"/office/shortages/{case.pk}/"
    text = done.content.decode()
    assert "处理中" in text and "选定办法" in text
    chosen = case.ways.get(kind="buy").pk
    assert "已选" in text
    assert f"/office/shortage_ways/{chosen}/do/choose" not in text
    assert "生产主管：" in page and "Production lead" not in page
    keeper = caller_of(company, "storekeeper").client.get(f"/office/shortages/{case.pk}/").content.decode()
    assert "/do/choose" not in keeper and "迟交损失" not in keeper


def test_when_an_item_is_short_again_its_page_says_what_was_the_cause_and_what_was_done(shop, company):
    shop.source(lead_time_days=7, price="1.00")
    shop.a_and_b()
    shop.listened()
    first = shop.case()
    shop.say("shortages.solve_case", id=first.pk, reason="found in the other hall")
    shop.say("shortages.close_case", id=first.pk, cause="count", measure="every Friday the screws are counted")
    again = shop.work_order("10")
    shop.listened()
    client = caller_of(company, "production_lead").client
    page = client.get(f"/desk/shortage/{shop.case(order=again).pk}/beside").content.decode()
    assert first.number in page and "the book was wrong" in page and "every Friday the screws are counted" in page


def test_whoever_answers_for_a_near_match_reads_what_and_for_which_shortage(shop, company):
    bolt = shop.item("SCREW-B", kind="buy", unit_cost="1.10", attributes={"thread": "M4", "length": 25})
    shop.put(bolt, 60)
    shop.a_and_b()
    shop.listened()
    case = shop.case()
    lead = shop.person("lead", "production_lead")
    waiting = shop.choose(case, "near_match", actor=lead, reason="the customer waits")["approval"]
    page = caller_of(company, "engineer").client.get(f"/office/approvals/{waiting}/").content.decode()
    assert f'href="/desk/shortage/{case.pk}">{case.number}</a>' in page
    assert "1 of 2 attributes is the same (length)" in page and "the customer waits" in page
    assert "ways: " not in page


def test_whoever_decides_about_a_paper_can_open_it(shop, company):
    from huoku.server.purchasing.models import PurchaseOrder

    shop.say("platform.set_limit", kind="purchasing.approve", role="buyer", amount_minor=10_00)
    shop.source(lead_time_days=7, price="1.00")
    buyer = shop.person("buyer", "buyer")
    line = {"item": "SCREW", "qty": "100", "price": "1", "wanted_on": shop.in_days(3)}
    order = shop.say("purchasing.add_order", actor=buyer, supplier="ACME", location="SHELF-E", lines=[line])["id"]
    seen = PurchaseOrder.objects.of(company).get(pk=order).version
    waiting = shop.say("purchasing.approve", actor=buyer, id=order, version=seen)["approval"]
    page = caller_of(company, "owner").client.get(f"/office/approvals/{waiting}/").content.decode()
    assert f'href="/office/purchase_orders/{order}/">PO-2026-00001</a>' in page
