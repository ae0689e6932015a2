"""What if the mill sold 150 sets instead of 500? Tried beside the plan, kept, and made the plan, or dropped."""

import json
import re
from datetime import date, timedelta

import pytest

from huoku.server.platform.roles import Role

TODAY = date(2026, 11, 2)
MOQ = "sources.SET/MILL.moq"


@pytest.fixture
def shop(company_of, planned):
    """150 appliances are ordered. Of the 500 sets at 10.00 that the mill sells at least, 350 are left: 3,500."""
    from huoku.factory.factory import build
    from huoku.server.platform.scope import entered

    owner = company_of(
        "SHOP",
        build(
            today=TODAY,
            horizon_days=120,
            items=[{"item": "PRODUCT", "lead_time_days": 3}, {"item": "SET"}],
            bom=[{"parent": "PRODUCT", "component": "SET", "qty": 1}],
            sources=[{"item": "SET", "supplier": "MILL", "lead_time_days": 5, "price": 10, "moq": 500}],
            demands=[
                {"demand": "SO-1", "item": "PRODUCT", "qty": 150, "due": TODAY + timedelta(days=12), "price": 100}
            ],
        ),
    )
    with entered(owner.company):
        planned(owner, TODAY)
        yield owner.company


def words(text):
    return " ".join(text.split())


def trials(company):
    from huoku.server.planning.models import PlanRun

    return PlanRun.objects.of(company).filter(kind="trial")


def test_other_terms_are_tried_and_nothing_is_written(shop, at_desk, django_assert_max_num_queries):
    planner = at_desk(shop, Role.PLANNER)
    planner.read("/desk/what-if")
    planner.press("", sheet="terms")
    with django_assert_max_num_queries(20):
        page = words(planner.press("", **{MOQ: "150"}))
    # What is left over, before and after, and by how much less money lies in it.
    assert '<td class="n">¥3,500</td><td class="n"><b>¥0</b></td><td class="n">−¥3,500</td>' in page
    assert "没有变差。" in page and "供应条件 SET/MILL · 起订量 → <b>150</b>" in page and "原来 500" in page
    assert not trials(shop).exists()


def test_a_later_wish_of_one_order_moves_its_day(shop, at_desk):
    planner = at_desk(shop, Role.PLANNER)
    planner.read("/desk/what-if")
    page = words(planner.press("", **{"demands.SO-1.due": "2026-11-20"}))
    assert "交期不同的 1" in page and "11-14" in page and "<b>11-20</b>" in page


def test_orders_are_what_customers_want_and_what_work_takes_stands_on_a_sheet_of_its_own(company_of, planned, at_desk):
    """Ten lamps are sold and thirty foreseen; of five under way the bulbs are still to be taken."""
    from huoku.factory.factory import build
    from huoku.server.platform.scope import entered

    later = TODAY + timedelta(days=20)
    owner = company_of(
        "WORK",
        build(
            today=TODAY,
            items=[{"item": "LAMP", "kind": "make"}, {"item": "BULB"}],
            bom=[{"parent": "LAMP", "component": "BULB", "qty": 1}],
            sources=[{"item": "BULB", "supplier": "MILL", "price": 2, "lead_time_days": 5}],
            locations=[{"location": "EAST"}],
            supplies=[{"supply": "WO-1", "item": "LAMP", "qty": 5, "due": later, "kind": "make", "location": "EAST"}],
            demands=[
                {"demand": "SO-1", "item": "LAMP", "qty": 10, "due": later},
                {"demand": "FC-1", "item": "LAMP", "qty": 30, "due": later, "kind": "forecast"},
                {"demand": "WO-1/BULB", "item": "BULB", "qty": 5, "due": TODAY, "kind": "contract", "priority": 0}
                | {"location": "EAST"},
            ],
        ),
    )
    with entered(owner.company):
        planned(owner, TODAY)
        planner = at_desk(owner.company, Role.PLANNER)

        def sheet():
            return set(re.findall(r'name="demands\.([^"]*)\.qty"', planner.text))

        planner.read("/desk/what-if")
        assert len(sheet()) == 1 and "WO-1/BULB" not in sheet() and "FC-1" not in sheet()
        planner.press("", sheet="forecasts")
        assert sheet() == {"FC-1"}
        planner.press("", sheet="work")
        assert sheet() == {"WO-1/BULB"}
        assert "工单领料" in planner.text


def test_where_nothing_is_foreseen_and_no_work_waits_there_are_no_sheets_of_them(shop, at_desk):
    page = at_desk(shop, Role.PLANNER).read("/desk/what-if")
    assert 'value="orders"' in page and 'value="forecasts"' not in page and 'value="work"' not in page


def test_what_is_put_back_is_tried_no_more(shop, at_desk):
    planner = at_desk(shop, Role.PLANNER)
    planner.read("/desk/what-if")
    planner.press("", **{"demands.SO-1.qty": "300"})
    assert "还没有。在左边" in words(planner.press("", **{"demands.SO-1.qty": "150"}))
    planner.press("", **{"demands.SO-1.qty": "300"})
    assert "还没有。在左边" in words(planner.press("", forget="demands.SO-1.qty"))


def test_what_cannot_be_is_told_with_the_cell_as_it_was_filled_in(shop, at_desk):
    planner = at_desk(shop, Role.PLANNER)
    planner.read("/desk/what-if")
    asked = {"was": "orders", "demands.SO-1.qty": "many"}
    for language, words, others in (("zh-hans", "不是数字", "is no number"), ("en", "is no number", "不是数字")):
        planner.client.cookies["django_language"] = language
        answer = planner.client.post("/desk/what-if", asked)
        page = answer.content.decode()
        assert answer.status_code == 422 and "many" in page and 'role="alert"' in page
        assert words in page and others not in page


def test_a_row_that_is_there_no_more_is_told_in_the_reader_s_language(shop, at_desk):
    """Of an order that was tried, and that the plan of this morning does not hold any more."""
    planner = at_desk(shop, Role.PLANNER)
    asked = {"values": json.dumps({"demands.SO-7.qty": "300"})}
    assert "表 demands 里没有“SO-7”；相近的有 SO-1" in planner.client.post("/desk/what-if", asked).content.decode()
    planner.client.cookies["django_language"] = "en"
    page = planner.client.post("/desk/what-if", asked).content.decode()
    assert "the table demands has no row SO-7; near: SO-1" in page and "里没有" not in page


def test_a_variant_that_is_kept_becomes_the_plan(shop, at_desk):
    from huoku.server.planning.models import Proposal
    from huoku.server.planning.working import work_out

    planner = at_desk(shop, Role.PLANNER)
    asked = {"values": json.dumps({MOQ: "150"}), "name": "供应商同意小批"}
    planner.client.post("/desk/what-if/keep", asked)
    run = trials(shop).get()
    assert "正在算" in planner.read(f"/desk/what-if/{run.pk}")
    assert (run.name, run.changes) == ("供应商同意小批", {MOQ: "150"})
    work_out.func(shop.pk, run.pk)
    page = words(planner.read(f"/desk/what-if/{run.pk}"))
    assert "−¥3,500" in page
    planner.press("live")
    work_out.func(shop.pk, run.pk)
    bought = Proposal.objects.of(shop).get(item__code="SET", kind="buy", state="open")
    assert (bought.qty_steps, bought.run_id) == (150, run.pk)
    assert "现在按它做。" in planner.read(f"/desk/what-if/{run.pk}")


def test_a_variant_that_is_dropped_is_gone_with_its_files(shop, at_desk, planned):
    from huoku.server.planning.files import folder_of
    from huoku.server.platform.actor import the_system

    run = planned(the_system(shop), TODAY, name="试", changes={MOQ: "150"})
    assert folder_of(run).is_dir()
    planner = at_desk(shop, Role.PLANNER)
    planner.read(f"/desk/what-if/{run.pk}")
    planner.press("drop")
    assert planner.address == "/desk/what-if" and not trials(shop).exists() and not folder_of(run).is_dir()


def test_the_live_plan_is_not_dropped(shop, at_desk):
    from huoku.server.planning.models import PlanRun

    run = PlanRun.objects.of(shop).get()
    planner = at_desk(shop, Role.PLANNER)
    planner.client.post(f"/desk/what-if/{run.pk}/drop", {})
    assert PlanRun.objects.of(shop).get() == run


def test_who_runs_production_tries_capacity_but_sees_no_money(shop, at_desk):
    lead = at_desk(shop, Role.PRODUCTION_LEAD)
    lead.read("/desk/what-if")
    page = words(lead.press("", **{"demands.SO-1.qty": "300"}))
    assert "供应条件" not in page and "¥" not in page and "产能" in page
    at_desk(shop, Role.SALES).read("/desk/what-if", status=403)


@pytest.fixture
def busy(company_of, planned):
    """KLEIN orders 150; 600 sets are on their way from the mill; the press makes 100 a day."""
    from huoku.factory.factory import build
    from huoku.server.platform.scope import entered

    owner = company_of(
        "BUSY",
        build(
            today=TODAY,
            horizon_days=120,
            items=[{"item": "PRODUCT", "lead_time_days": 1}, {"item": "SET"}],
            bom=[{"parent": "PRODUCT", "component": "SET", "qty": 1}],
            sources=[{"item": "SET", "supplier": "MILL", "lead_time_days": 5, "price": 10}],
            supplies=[{"supply": "PO-1", "item": "SET", "qty": 600, "due": TODAY, "kind": "buy", "supplier": "MILL"}],
            resources=[{"resource": "PRESS", "minutes_per_day": 480}],
            operations=[{"parent": "PRODUCT", "seq": 10, "resource": "PRESS", "run_minutes": "4.8"}],
            demands=[
                {
                    **{"demand": "SO-1", "item": "PRODUCT", "qty": 150, "customer": "KLEIN"},
                    "due": TODAY + timedelta(days=3),
                }
            ],
        ),
    )
    with entered(owner.company):
        planned(owner, TODAY)
        yield owner.company


def test_three_questions_are_ready_to_be_asked(busy, at_desk):
    planner = at_desk(busy, Role.PLANNER)
    page = words(planner.read("/desk/what-if"))
    assert all(each in page for each in ("KLEIN 的订单翻倍", "MILL 晚两周到货", "PRESS 停三天"))
    assert "<b>300</b>" in words(planner.press("", ask="doubles"))
    planner.read("/desk/what-if")
    assert "<b>2026-11-16</b>" in words(planner.press("", ask="late"))


def test_a_machine_that_is_out_for_three_days_makes_its_order_late(busy, at_desk):
    planner = at_desk(busy, Role.PLANNER)
    planner.read("/desk/what-if")
    page = words(planner.press("", ask="out"))
    assert "PRESS 停一天：2026-11-03" in page and "PRESS 停一天：2026-11-05" in page
    assert "更差" in page and "交期不同的 1" in page


def test_a_machine_is_out_on_days_on_which_it_would_work() -> None:
    """Both machines have as much to do: the first by name is asked about. All rest on Tuesday, SAW on Wednesday too."""
    from huoku.factory import build
    from huoku.plan import plan
    from huoku.server.planning.questions import ready
    from huoku.server.planning.trying import called, changed

    items = [*({"item": name, "lead_time_days": 1} for name in ("PLATE", "BOARD")), {"item": "STEEL"}]
    bom = [{"parent": each["item"], "component": "STEEL", "qty": 1} for each in items[:2]]
    works = [
        {"parent": "PLATE", "seq": 10, "resource": "SAW", "run_minutes": 5},
        {"parent": "BOARD", "seq": 10, "resource": "PRESS", "run_minutes": 5},
    ]
    wanted = [
        {"demand": f"SO-{each['item']}", "item": each["item"], "qty": 10, "due": TODAY + timedelta(days=9)}
        for each in items[:2]
    ]
    rests = [
        {"date": TODAY + timedelta(days=1), "open": "0"},
        {"date": TODAY + timedelta(days=2), "open": "0", "resource": "SAW"},
    ]
    machines = [{"resource": name, "minutes_per_day": 480} for name in ("SAW", "PRESS")]
    tables = {"items": items, "bom": bom, "operations": works, "resources": machines, "calendar": rests}
    made = plan(build(today=TODAY, stock=[{"item": "STEEL", "qty": 20}], demands=wanted, **tables), lang="zh")
    (out,) = [each for each in ready(made, sees_customers=True) if each.name == "out"]
    assert (out.who, list(out.values)) == ("PRESS", [f"calendar.2026-11-0{day}/PRESS.open" for day in (4, 5, 6)])
    rest = "calendar.2026-11-03.open"
    worked = changed(made.factory, {rest: "1"}).calendar.filter(date=date(2026, 11, 3))
    assert worked["open"].to_list() == [True]
    assert called(rest, "1", "zh") == ("日历 2026-11-03 · 是否开工", "1")


def test_a_machine_is_out_in_a_variant_that_is_kept_as_well(busy, planned):
    from huoku.server.planning.advising import plan_in_hand
    from huoku.server.platform.actor import the_system

    out = {f"calendar.2026-11-0{day}/PRESS.open": "0" for day in (2, 3, 4, 5)}
    run = planned(the_system(busy), TODAY, name="停机", changes=out)
    made = plan_in_hand(run, "zh").schedule
    assert made.height and min(made["date"]) >= date(2026, 11, 6)
