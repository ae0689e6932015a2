"""Today: what hangs on each thing and who may know it, one order once, what is put aside, and what has changed."""

import re
from datetime import date, timedelta

import pytest
from tests.server.whys import plain, reason

from huoku.server.platform.roles import Role

from .test_duties import duties
from .test_pegging import lamps

__all__ = ["lamps"]
TODAY = date(2026, 11, 2)


@pytest.fixture
def priced(company_of, planned):
    """LI wants ten lamps at 100 in three days, and their screws take five: four days late. One per cent of their price
    is lost with each late day."""
    from huoku.factory.factory import build
    from huoku.server.platform.scope import entered

    owner = company_of(
        "PRICED",
        build(
            today=TODAY,
            late_rate=0.01,
            items=[{"item": "LAMP", "lead_time_days": 2}, {"item": "SCREW"}],
            bom=[{"parent": "LAMP", "component": "SCREW", "qty": 4}],
            sources=[{"item": "SCREW", "supplier": "ACME", "lead_time_days": 5, "price": "0.1"}],
            demands=[
                {
                    **{"demand": "SO-1", "item": "LAMP", "qty": 10, "due": TODAY + timedelta(days=3)},
                    **{"customer": "LI", "price": 100},
                },
                {"demand": "SO-2", "item": "LAMP", "qty": 5, "due": TODAY + timedelta(days=30), "price": 100},
            ],
        ),
    )
    with entered(owner.company):
        planned(owner, TODAY)
        yield owner.company


def at_stake(page):
    """Of the order: what hangs on it, what a day of waiting costs, and who waits."""
    (found,) = [each for each in duties(page) if "SO-1" in each[0]]
    return found[3].replace(" ", ""), found[4].replace(" ", ""), found[6]


def test_an_order_says_what_hangs_on_it_to_whoever_may_know(priced, at_desk):
    sales, planner = at_desk(priced, Role.SALES), at_desk(priced, Role.PLANNER)
    page = sales.read("/")
    assert at_stake(page) == ("¥1,000", "¥10/天", "LI 在等")
    assert "已知涉及 ¥1,000" in page and "拖一天 ¥10" in page
    assert at_stake(planner.read("/")) == ("—", "¥10/天", "LI 在等")
    assert "¥1,000" not in planner.text and "order.stake" not in planner.text
    lead = at_desk(priced, Role.PRODUCTION_LEAD)
    stake, waiting, who = at_stake(lead.read("/"))
    assert (stake, waiting) == ("—", "—") and "LI" not in who
    assert "¥1" not in plain(lead.text) and "LI 在等" not in lead.text


def test_the_money_at_stake_opens_the_lines_that_it_hangs_on(priced, at_desk):
    owner = at_desk(priced, Role.OWNER)
    order = re.search(r"order\.stake/(\d+)", owner.read("/"))[1]
    assert reason(owner, f"/desk/why/order.stake/{order}") == ([("LAMP · 要 11-05", 1000)], 1000)
    assert reason(owner, f"/desk/why/order.late_a_day/{order}") == ([("LAMP · 要 11-05", 10)], 10)
    at_desk(priced, Role.PLANNER).read(f"/desk/why/order.stake/{order}", status=404)
    at_desk(priced, Role.PRODUCTION_LEAD).read(f"/desk/why/order.late_a_day/{order}", status=404)


def test_a_late_order_and_a_task_about_it_are_one_thing(priced, at_desk):
    from huoku.server.documents.models import Task
    from huoku.server.platform.clock import now
    from huoku.server.sales.models import SalesOrder

    order = SalesOrder.objects.of(priced).get(number="SO-1")
    Task(
        company=priced,
        kind="shortage",
        what="sales.salesorder",
        row=order.pk,
        role=Role.PLANNER,
        text_zh="订单 SO-1 缺料：SCREW × 40。",
        text_en="SO-1 lacks SCREW × 40.",
        made_at=now(),
    ).save()
    (found,) = [each for each in duties(at_desk(priced, Role.PLANNER).read("/")) if "SO-1" in " ".join(each[:2])]
    assert "要晚 4 天" in found[0] and "缺料：SCREW × 40" in found[1]


def test_when_stock_last_moved_is_told_also_where_no_plan_comes_by_itself(lamps, at_desk):
    from huoku.server.platform.clock import now
    from huoku.server.platform.jobs.schedules import enter_schedules
    from huoku.server.platform.models import Schedule

    enter_schedules(now())
    planner = at_desk(lamps, Role.PLANNER)
    assert "下次自动重算" in planner.read("/")
    Schedule.objects.filter(name="plan").update(is_active=False)
    page = planner.read("/")
    assert "下次自动重算" not in page and "最近一笔出入库" in page


def put_aside(somebody, until, duty="late"):
    key = re.search(rf'value="({duty}:\d+)"', somebody.read("/"))[1]
    somebody.press("desk/postpone", duty=key, until=until.isoformat())
    return somebody.told


def views(page):
    told = re.search(r'<nav class="views".*?</nav>', page, re.S)[0]
    return {words: int(n) for words, n in re.findall(r'>([^<>]+) <span class="quiet">(\d+)</span>', told)}


def test_what_is_put_aside_is_back_by_itself_on_its_day_and_for_nobody_else(priced, at_desk):
    from huoku.server.platform.clock import business_day, now, telling

    planner, other = at_desk(priced, Role.PLANNER), at_desk(priced, Role.PLANNER)
    day = business_day(priced, now())
    before = views(planner.read("/"))
    assert "已完成" in put_aside(planner, day + timedelta(days=3))
    assert views(planner.read("/")) == {
        **{name: n - 1 for name, n in before.items() if name in ("我的", "全厂")},
        "已推迟": 1,
    }
    assert not any("SO-1" in each[0] for each in duties(planner.text))
    back = f"{day + timedelta(days=3):%m-%d} 回来"
    assert [back in each for each in duties(planner.read("/?view=postponed"))[0]].count(True) == 1
    assert any("SO-1" in each[0] for each in duties(other.read("/")))
    with telling(now() + timedelta(days=3)):
        assert any("SO-1" in each[0] for each in duties(planner.read("/")))


def test_putting_aside_is_undone_and_taken_up(priced, at_desk):
    from huoku.server.platform.clock import business_day, now

    planner, day = at_desk(priced, Role.PLANNER), business_day(priced, now())
    put_aside(planner, day + timedelta(days=1))
    planner.press("desk/undo")
    assert "已撤销" in planner.told and "已推迟" not in views(planner.read("/"))
    put_aside(planner, day + timedelta(days=1))
    planner.read("/?view=postponed")
    planner.press("take-up")
    assert "已推迟" not in views(planner.text)
    planner.press("desk/undo")
    assert views(planner.read("/"))["已推迟"] == 1


def test_a_day_that_is_not_to_come_is_refused_with_those_that_would_do(priced, at_desk):
    from huoku.server.platform.clock import business_day, now

    planner, day = at_desk(priced, Role.PLANNER), business_day(priced, now())
    for days in (0, -1, 367):
        told = put_aside(planner, day + timedelta(days=days))
        assert f"推迟到 {day + timedelta(days=days)} 不行" in told and f"{day + timedelta(days=1)}" in told
    assert "已推迟" not in views(planner.read("/"))


def test_nobody_takes_up_what_another_put_aside(priced, at_desk):
    from huoku.server.office.models import Postponed
    from huoku.server.platform.clock import business_day, now

    planner, other = at_desk(priced, Role.PLANNER), at_desk(priced, Role.OWNER)
    put_aside(planner, business_day(priced, now()) + timedelta(days=1))
    row = Postponed.objects.of(priced).get()
    other.read("/")
    other.client.post(f"/desk/postponed/{row.pk}/take-up", {"key": "x"})
    assert Postponed.objects.of(priced).filter(pk=row.pk).exists()


def test_an_owner_sees_the_whole_factory_and_sales_their_own(priced, at_desk):
    owner, sales = at_desk(priced, Role.OWNER), at_desk(priced, Role.SALES)
    whole = duties(owner.read("/"))
    assert any("下单" in each[0] for each in whole) and any("SO-1" in each[0] for each in whole)
    assert [each[0] for each in duties(owner.read("/?view=mine"))] == ["订单 SO-1 要晚 4 天"]
    assert "全厂" not in views(sales.read("/"))
    assert duties(sales.read("/?view=factory")) == duties(sales.read("/"))
    assert duties(at_desk(priced, Role.STOREKEEPER).read("/?view=promises")) == []


def test_the_numbers_beside_the_menu_are_those_of_the_list(priced, at_desk):
    sales = at_desk(priced, Role.SALES)
    counts = sales.client.get("/desk/waiting").json()
    assert counts == {"/": 1, "/desk/pegging": 1}
    assert views(sales.read("/")) == {"我的": 1, "承诺": 1}


def test_the_list_of_the_morning_is_on_paper_with_the_money_of_whoever_prints_it(priced, at_desk):
    paper = at_desk(priced, Role.SALES).read("/desk/stand-up")
    assert "晨会单" in paper and "订单 SO-1 要晚 4 天" in paper and "¥1,000" in paper and "<script" not in paper
    assert "¥1,000" not in at_desk(priced, Role.PLANNER).read("/desk/stand-up")


def test_the_plan_stands_beside_the_one_of_an_earlier_day(priced, at_desk, planned):
    from huoku.server.platform.actor import actor_of
    from huoku.server.platform.models import User

    planner = at_desk(priced, Role.PLANNER)
    assert "的计划比" not in planner.read("/")
    planned(actor_of(User.objects.get(username="owner-PRICED"), priced), TODAY + timedelta(days=1))
    panel = planner.read("/").partition("和 11-02 的计划比")[2].partition("</section>")[0]
    told = re.sub(r"<[^>]+>|\s", "", panel)
    assert "晚交的需求1→1" in told and "一共晚的天数4→5变差" in told and "建议采购金额¥6→¥6" in told
    assert "建议采购金额" not in at_desk(priced, Role.SALES).read("/")


def test_a_hold_that_ends_today_stands_on_the_line_of_the_day(priced, at_desk):
    from huoku.server.platform.clock import business_day, day_begins, now
    from huoku.server.sales.models import SalesOrder

    planner = at_desk(priced, Role.PLANNER)
    assert 'class="day"' not in planner.read("/")
    noon = day_begins(priced, business_day(priced, now())) + timedelta(hours=12)
    SalesOrder.objects.of(priced).filter(number="SO-2").update(state="held", held_until=noon)
    assert "12:00 SO-2 暂留到期" in planner.read("/") and 'class="day"' in planner.text


@pytest.mark.sqlite_only  # PostgreSQL is asked for its clock and told whose rows these are besides
def test_nobody_needs_more_questions_than_a_page_may_ask(priced, at_desk, django_assert_max_num_queries):
    for role in (Role.OWNER, Role.PLANNER, Role.BUYER, Role.SALES, Role.PRODUCTION_LEAD, Role.FINANCE, Role.AUDITOR):
        reader = at_desk(priced, role)
        with django_assert_max_num_queries(20):
            reader.read("/")
