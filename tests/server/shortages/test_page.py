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
