"""The first page says how the plan stands: four late days of one order, and what is to be ordered this week."""

from tests.server.whys import plain

from huoku.server.platform.roles import Role

from .test_pegging import lamps

__all__ = ["lamps"]


def test_the_first_page_counts_what_is_late_and_what_is_to_be_bought(lamps, at_desk, django_assert_max_num_queries):
    """60 screws at 0.10 are to be ordered by now; one line of two is late."""
    planner = at_desk(lamps, Role.PLANNER)
    with django_assert_max_num_queries(20):
        page = plain(planner.read("/"))
    late = page[page.index("不能按期的订单行") :]
    assert '<span class="value">1</span>' in late[:160] and "共 2 行" in late
    assert '<span class="value">¥6</span>' in page[page.index("本周要下单") :][:160]


def test_a_storekeeper_is_told_no_money(lamps, at_desk):
    page = at_desk(lamps, Role.STOREKEEPER).read("/")
    assert "不能按期的订单行" in page and "本周要下单" not in page
