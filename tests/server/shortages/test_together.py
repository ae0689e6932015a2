"""Several ways out taken together: of each as much as is missing still, all of them or none."""

import re

import pytest
from tests.server.api.conftest import caller_of, nobody_is_too_quick

__all__ = ["nobody_is_too_quick"]


def most_queries():
    """PostgreSQL is told besides whose page it is, and asked for its clock."""
    from django.db import connection

    return 20 if connection.vendor == "sqlite" else 26


def short_of_forty(shop):
    """A lacks 40 of 120; 15 more have come since, for nobody; B keeps 50. 40 bought cost 24.00 more, four days late."""
    shop.source(lead_time_days=7, price="1.10", order_fee="20")
    a, b = shop.a_and_b()
    shop.listened()
    shop.put(shop.screw, 15, "BOX-E")
    case = shop.case()
    shop.say("shortages.review_case", id=case.pk)
    return a, b, shop.case()


def remedies_of(shop, case):
    from huoku.server.workbench.remedies import Remedies

    return Remedies(shop.actor, case, list(case.ways.all()), list(case.hits.all()), shop.today(), "en")


def ids(case, *kinds):
    return [case.ways.get(kind=kind, state="open").pk for kind in kinds]


def test_what_lies_here_and_what_another_gives_up_are_cheaper_together_than_any_way_alone(shop):
    _, _, case = short_of_forty(shop)
    # Alone: what is free here covers 15, and 25 are bought after all, late; B's 40 are bought for B again.
    assert {way.kind: way.cost_minor for way in case.ways.filter(kind__in=("stock", "take_over", "buy"))} == {
        "stock": 15_00 + 24_00,
        "take_over": 24_00,
        "buy": 24_00 + 24_00,
    }
    best = remedies_of(shop, case).best
    assert [(way.kind, part) for way, part in best.parts] == [("stock", 15), ("take_over", 25)]
    # Only 25 are bought for B again, and A begins today.
    assert (best.spend, best.late, best.ready_on) == (15_00, 0, shop.today())


def test_the_ways_are_done_together_each_by_what_is_missing_still(shop):
    a, b, case = short_of_forty(shop)
    told = shop.say("shortages.combine_ways", id=case.pk, ways=ids(case, "take_over", "stock"))
    assert told["ways"] == ["stock", "take_over"]
    shop.listened()
    from huoku.server.production.models import WorkOrder

    kept = {order: shop.kept(WorkOrder.objects.of(shop.company).get(pk=order).ledger_name) for order in (a, b)}
    assert kept == {a: {"SCREW": 120}, b: {"SCREW": 25}}
    assert shop.case(order=a).state == "solved"
    of_b = shop.case(order=b)
    assert (of_b.source, of_b.missing_steps) == ("taken", 25)


def test_what_is_bought_beside_what_is_here_is_bought_for_the_rest_alone(shop):
    _, _, case = short_of_forty(shop)
    both = remedies_of(shop, case).ticked(ids(case, "stock", "buy")).of
    assert (both.spend, both.late, both.ready_on) == (22_50, 24_00, shop.in_days(7))
    told = shop.say("shortages.combine_ways", id=case.pk, ways=ids(case, "stock", "buy"))
    assert (told["way"], told["expected_on"]) == ("buy", str(shop.in_days(7)))
    from huoku.server.purchasing.models import PurchaseRequest

    assert PurchaseRequest.objects.of(shop.company).get().qty_steps == 25
    case = shop.case()
    assert case.cost_minor == 22_50
    chosen = case.ways.get(kind="buy", state="chosen")
    assert (chosen.qty_steps, chosen.spend_minor, chosen.is_whole) == (25, 22_50, False)
    assert chosen.text_en == "Green channel: buy 40 pcs SCREW from ACME (of it 25 pcs SCREW)"


def test_a_way_that_is_not_needed_any_more_is_refused_and_nothing_is_done(shop):
    a, b, case = short_of_forty(shop)
    (_, idle) = remedies_of(shop, case).ticked(ids(case, "take_over", "buy")).of.parts
    assert idle[1] == 0
    refused = shop.refused(command(), id=case.pk, ways=ids(case, "take_over", "buy"))
    assert (refused["code"], refused["field"]) == ("not_needed", "ways")
    from huoku.server.production.models import WorkOrder

    assert shop.kept(WorkOrder.objects.of(shop.company).get(pk=b).ledger_name) == {"SCREW": 50}
    assert shop.case(order=a).ways.filter(state="chosen").count() == 0


def test_what_changes_the_order_itself_is_chosen_alone(shop):
    _, _, case = short_of_forty(shop)
    assert shop.refused(command(), id=case.pk, ways=ids(case, "build_part", "stock"))["code"] == "cannot_join"
    assert remedies_of(shop, case).ticked(ids(case, "build_part", "stock")).fault


def test_the_gap_adds_up_from_the_book_to_what_is_missing(shop):
    from huoku.server.shortages.gap import gap_of

    _, _, case = short_of_forty(shop)
    gap = gap_of(case, shop.today())
    assert (gap.here, gap.others, gap.unusable, gap.kept, gap.free) == (145, 50, 0, 80, 15)
    assert (gap.wanted, gap.in_time, gap.missing, gap.at_once) == (120, 0, 40, 15)
    # 90 of 145 are found at the shelf: what nobody has counted since is not to be planned with.
    shop.say("ledger.state_count", item=shop.screw, location=shop.places["BOX-E"], counted=5)
    gap = gap_of(case, shop.today())
    assert (gap.unusable, gap.free) == (10, 5)


def test_the_page_marks_the_cheapest_and_does_what_is_ticked(shop, company, django_assert_max_num_queries):
    _, _, case = short_of_forty(shop)
    client = caller_of(company, "planner").client
    client.cookies["django_language"] = "zh-hans"
    with django_assert_max_num_queries(most_queries()):
        page = client.get(f"/desk/shortage/{case.pk}").content.decode()
    stock, taken, bought = ids(case, "stock", "take_over", "buy")
    assert all(f'value="{way}" id="way-{way}" data-apart="" checked' in page for way in (stock, taken))
    assert f'value="{bought}" id="way-{bought}" data-apart="" checked' not in page
    assert "40 / 40 pcs，今天就能继续，花 ¥15" in page and "WO-2026-00001 的预留少 25 pcs" in page
    with django_assert_max_num_queries(most_queries()):
        other = client.get(f"/desk/shortage/{case.pk}/chosen?ways={stock}").content.decode()
    assert "15 / 40 pcs" in other and "还差 25" in other
    done = client.post(f"/desk/shortage/{case.pk}/combine", {"ways": [stock, taken], "key": "k"}, follow=True)
    text = done.content.decode()
    assert done.redirect_chain[-1][0] == f"/desk/shortage/{case.pk}" and "已经选的" in text


def test_the_storekeeper_sees_the_ways_without_money_and_cannot_apply_them(shop, company):
    _, _, case = short_of_forty(shop)
    page = caller_of(company, "storekeeper").client.get(f"/desk/shortage/{case.pk}").content.decode()
    assert "way-" in page and "¥" not in page and 'name="ways"' not in page and "data-apply" not in page


def test_whoever_chooses_a_way_knows_what_each_costs_and_not_what_items_cost(shop, company):
    """The lead's ways cost 15.00 together; the engineer may buy alone: 24.00, and 24.00 for lateness."""
    _, _, case = short_of_forty(shop)
    for role, cost in (("production_lead", 15), ("engineer", 48)):
        caller = caller_of(company, role)
        caller.client.cookies["django_language"] = "en"
        page = caller.client.get(f"/desk/shortage/{case.pk}").content.decode()
        assert f", costs ¥{cost}" in page
        ways = caller.rows(f"/shortage_ways?filter[case_id][eq]={case.pk}")
        assert sum("cost" in way for way in ways) == len(ways) > 0
        assert "unit_cost" not in caller.rows("/items")[0]
    assert "cost" not in caller_of(company, "storekeeper").rows("/shortage_ways")[0]


def test_a_way_that_is_not_the_readers_to_choose_says_whose_it_is(shop, company):
    """An engineer keeps no stock for orders; buying he may ask for."""
    _, _, case = short_of_forty(shop)
    client = caller_of(company, "engineer").client
    client.cookies["django_language"] = "en"
    page = client.get(f"/desk/shortage/{case.pk}").content.decode()
    stock, bought = ids(case, "stock", "buy")
    assert f'value="{bought}" id="way-{bought}" data-apart="" checked' in page
    assert re.search(rf'id="way-{stock}"[^>]* disabled>', page) and "for planner or production lead to choose" in page
    lead = caller_of(company, "production_lead").client.get(f"/desk/shortage/{case.pk}").content.decode()
    assert not re.search(r'name="ways"[^>]* disabled>', lead)


@pytest.mark.parametrize("role", ["planner", "production_lead", "engineer"])
def test_what_a_page_lets_somebody_choose_is_not_refused_him(shop, company, role):
    from huoku.server.platform.refusals import NotAllowed
    from huoku.server.shortages.allowed import may_do

    *_, case = short_of_forty(shop)
    actor = shop.person(role, role)
    for way in case.ways.filter(state="open"):
        try:
            shop.choose(case, way.kind, actor=actor)
            is_allowed = True
        except NotAllowed:
            is_allowed = False
        assert is_allowed == may_do(actor, way.kind), way.kind


def test_what_was_not_found_at_the_shelf_is_counted_before_anything_is_chosen(shop, company):
    shop.source(lead_time_days=7, price="1.10")
    a, _ = shop.a_and_b()
    shop.picked(a, "30")
    shop.listened()
    case = shop.case()
    page = caller_of(company, "production_lead").client.get(f"/desk/shortage/{case.pk}").content.decode()
    assert f"/office/shortages/{case.pk}/do/verify?next=" in page and "data-apply" not in page
    shop.say("shortages.verify_case", id=case.pk, counted="50")
    page = caller_of(company, "production_lead").client.get(f"/desk/shortage/{case.pk}").content.decode()
    assert "data-apply" in page


def command():
    from huoku.server.platform.command import COMMANDS

    return COMMANDS["shortages.combine_ways"]
