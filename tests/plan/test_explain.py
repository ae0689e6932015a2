"""Why is it so? What an explanation shows adds up, to the last piece."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from tests.tries import tries

from huoku.errors import UsageError
from huoku.examples import demo, make_shop
from huoku.examples.shop import SETTINGS
from huoku.factory import Factory, build
from huoku.plan import Plan, plan
from huoku.plan.explain.explanation import Explanation, Need
from huoku.plan.explain.projection import arrivals, movements

from .small_factories import factories

TODAY = date(2026, 1, 5)


@pytest.fixture(scope="module")
def demo_plan() -> Plan:
    return plan(demo(), lang="zh")


@pytest.fixture(scope="module")
def shop_plan() -> Plan:
    """A shop of 40 items without scrap or phantoms: an order takes exactly quantity times usage."""
    tables = make_shop(40, orders=30)
    frames = {
        name: [dict(zip(table.columns, row, strict=True)) for row in table.rows] for name, table in tables.items()
    }
    return plan(build(**SETTINGS, **frames), compiled=False)


def kettles(**changes: object) -> Factory:
    """Kettles of one body each; 100 bodies in stock, 2 % scrap; another kettle is due a month later."""
    world: dict[str, object] = {
        "today": TODAY,
        "items": [
            {"item": "KETTLE", "name": "电水壶", "name_en": "kettle", "kind": "make", "lead_time_days": 2, "price": 80},
            {"item": "BODY", "name": "壶身", "unit_cost": 10},
        ],
        "bom": [{"parent": "KETTLE", "component": "BODY", "qty": 1, "scrap_rate": "0.02"}],
        "sources": [{"item": "BODY", "supplier": "A", "lead_time_days": 10, "price": 10}],
        "stock": [{"item": "BODY", "qty": 100}],
        "demands": [{"demand": "SO-1", "item": "KETTLE", "qty": 150, "due": date(2026, 2, 10), "customer": "Hemu"}],
    }
    return build(**{**world, **changes})


def walk(needs: tuple[Need, ...]) -> Iterator[Need]:
    """Every need of a tree."""
    for need in needs:
        yield need
        for source in need.sources:
            yield from walk(source.needs)


def facts(explanation: Explanation) -> dict[str, object]:
    return {fact.label.en: fact.value for fact in (*explanation.facts, *explanation.rule)}


def test_150_kettles_with_2_percent_scrap_take_153_bodies_100_of_them_from_stock() -> None:
    told = plan(kettles()).explain("SO-1")
    (kettle,) = told.needs
    assert (kettle.level, kettle.qty, kettle.item_name) == (1, 150, "kettle")
    (making,) = kettle.sources
    assert (making.kind, making.whole_qty, making.start) == ("make", 150, date(2026, 2, 8))
    (bodies,) = making.needs
    assert (bodies.level, bodies.qty, bodies.item_name) == (2, 153, "壶身")
    assert [(source.kind, source.qty) for source in bodies.sources] == [("stock", 100), ("buy", 53)]
    assert facts(told)["customer"] == "Hemu"
    assert facts(told)["sales value"] == 150 * 80


def test_a_demand_that_cannot_be_delivered_is_late_and_one_beyond_the_plan_is_not() -> None:
    no_supplier_in_time = kettles(horizon_days=5, stock=[])
    soon = {"demand": "SO-1", "item": "KETTLE", "qty": 150, "due": date(2026, 1, 8)}
    beyond = {"demand": "SO-2", "item": "KETTLE", "qty": 150, "due": date(2026, 3, 8)}
    made = plan(no_supplier_in_time.with_(demands=[soon, beyond]))
    assert made.explain("SO-1").is_late
    assert not made.explain("SO-2").is_late
    assert made.explain("SO-2").notes == ("due on 2026-03-08, after the last day of the plan: not planned",)


def test_names_are_chinese_in_a_chinese_plan() -> None:
    assert plan(kettles(), lang="zh").explain("SO-1").item_name == "电水壶"


def test_what_holds_a_late_order_up_has_not_a_day_to_spare() -> None:
    due_in_five_days = [{"demand": "SO-1", "item": "KETTLE", "qty": 150, "due": date(2026, 1, 10)}]
    told = plan(kettles(demands=due_in_five_days)).explain("SO-1")
    assert told.is_late
    assert facts(told)["late by"] == 7  # ten days for the bodies and two to make
    assert facts(told)["cost of lateness"] == pytest.approx(150 * 80 * 0.01 * 7)
    tight = [source for need in walk(told.needs) for source in need.sources if source.is_tight]
    assert [(source.kind, source.item, source.start) for source in tight] == [("buy", "BODY", TODAY)]


def test_an_order_for_two_demands_shows_each_its_share_and_the_whole() -> None:
    both = [
        {"demand": "SO-1", "item": "KETTLE", "qty": 150, "due": date(2026, 2, 10)},
        {"demand": "SO-2", "item": "KETTLE", "qty": 50, "due": date(2026, 2, 10)},
    ]
    world = kettles(demands=both, stock=[{"item": "KETTLE", "qty": 0}])
    lots = world.items.with_columns(lot_min=pl.when(pl.col("item") == "KETTLE").then(200).otherwise(0))
    made = plan(world.with_(items=lots))
    for demand, qty in (("SO-1", 150), ("SO-2", 50)):
        ((making,),) = ([*need.sources] for need in made.explain(demand).needs)
        assert (making.qty, making.whole_qty) == (qty, 200)
        assert making.needs[0].qty == pytest.approx(204 * qty / 200)
    order = made.explain(made.orders["order"][0])
    assert [(use.name, use.qty) for use in order.uses] == [("SO-1", 150), ("SO-2", 50)]


def test_a_planned_order_tells_its_terms_and_the_best_way_not_taken() -> None:
    offers = [
        {"item": "BODY", "supplier": "A", "moq": 500, "multiple": 100, "lead_time_days": 10, "price": "1.00"},
        {"item": "BODY", "supplier": "B", "moq": 1, "lead_time_days": 10, "price": "1.20"},
    ]
    wanted = [{"demand": "SO-1", "item": "BODY", "qty": 150, "due": date(2026, 2, 10)}]
    made = plan(kettles(sources=offers, demands=wanted, stock=[]))
    told = facts(made.explain("PB-000001"))
    assert (told["supplier"], told["amount"], told["MOQ"], told["left over"]) == ("B", pytest.approx(180), 1, 0)
    assert told["next best: another source"] == "A"
    assert told["dearer by"] == pytest.approx(float(told["its cost"]) - float(told["cost in all"]))  # type: ignore[arg-type]


def test_components_of_an_open_make_order_stand_in_its_tree() -> None:
    open_order = {
        "supply": "MO-1",
        "item": "KETTLE",
        "qty": 150,
        "due": date(2026, 2, 1),
        "kind": "make",
        "status": "planned",
    }
    made = plan(kettles(supplies=[open_order]))
    told = made.explain("MO-1")
    assert [(need.item, need.qty) for need in told.needs] == [("BODY", 153)]
    assert [(use.name, use.qty) for use in told.uses] == [("SO-1", 150)]
    ((kettle,),) = ([*need.sources] for need in made.explain("SO-1").needs)
    assert (kettle.kind, kettle.name, kettle.needs[0].qty) == ("supply", "MO-1", 153)


def test_an_open_make_order_comes_late_when_its_components_do() -> None:
    open_order = {
        "supply": "MO-1",
        "item": "KETTLE",
        "qty": 150,
        "due": date(2026, 1, 9),
        "kind": "make",
        "status": "planned",
    }
    made = plan(kettles(supplies=[open_order]))
    assert arrivals(made)["arrives"].to_list() == [date(2026, 1, 17)]  # bodies on the 15th, two days to make


def test_the_sources_of_every_need_add_up(demo_plan: Plan) -> None:
    subjects = [*demo_plan.promises["demand"], *demo_plan.orders["order"].head(100)]
    for subject in subjects:
        for need in walk(demo_plan.explain(subject).needs):
            assert sum(source.qty for source in need.sources) == pytest.approx(need.qty), subject


def test_the_first_level_of_a_demand_is_its_promise(demo_plan: Plan) -> None:
    for demand, promised in demo_plan.promises.select("demand", "qty").iter_rows():
        assert sum(need.qty for need in demo_plan.explain(demand).needs) == pytest.approx(promised), demand


def test_a_demands_tree_is_its_part_of_the_pegging(demo_plan: Plan) -> None:
    table = demo_plan.pegging().group_by("demand", "level", "item").agg(pl.col("qty").sum())
    expected = {row[:3]: row[3] for row in table.iter_rows()}
    found: Counter[tuple[str, int, str]] = Counter()
    for demand in demo_plan.promises["demand"]:
        for need in walk(demo_plan.explain(demand).needs):
            found[demand, need.level, need.item] += need.qty  # type: ignore[assignment]
    assert found == pytest.approx(expected)


def test_an_order_takes_quantity_times_usage_of_every_component(shop_plan: Plan) -> None:
    per = {row[:2]: float(row[2]) for row in shop_plan.factory.bom.select("parent", "component", "qty").iter_rows()}
    made = shop_plan.orders.filter(pl.col("kind") == "make")
    for order, item, qty in made.select("order", "item", "qty").iter_rows():
        needs = shop_plan.explain(order).needs
        assert {need.item: need.qty for need in needs} == {
            part: qty * each for (parent, part), each in per.items() if parent == item
        }


def test_uses_and_leftovers_of_an_order_are_its_quantity(demo_plan: Plan) -> None:
    for order, qty in demo_plan.orders.select("order", "qty").gather_every(7).iter_rows():
        told = demo_plan.explain(order)
        assert sum(use.qty for use in told.uses) + sum(left.qty for left in told.leftovers) == pytest.approx(qty), order


def test_what_an_item_has_and_gets_is_what_is_needed_and_left(demo_plan: Plan) -> None:
    for item in demo_plan.factory.items.filter(pl.col("kind") != "phantom")["item"].gather_every(3):
        told = demo_plan.explain(item)
        known = facts(told)
        has = float(known["on hand"]) + float(known["on order"]) + float(known["planned orders"])  # type: ignore[arg-type]
        assert has == pytest.approx(float(known["needed"]) + float(known["left on the last day"])), item  # type: ignore[arg-type]
        assert sum(source.qty for source in told.sources) == pytest.approx(has)


def test_the_projection_never_falls_below_zero_and_ends_with_what_is_left(demo_plan: Plan) -> None:
    moves = movements(demo_plan, demo_plan.factory.items["item"])
    assert moves["level"].min() >= 0  # type: ignore[operator]
    aside = demo_plan.earmarks.filter(pl.col("consumer_kind") == "safety").select("item", "qty")
    left = pl.concat([demo_plan.leftovers.select("item", "qty"), aside]).group_by("item").agg(pl.col("qty").sum())
    ends = moves.group_by("item", maintain_order=True).agg(pl.col("level").last()).filter(pl.col("level") > 0)
    assert dict(ends.iter_rows()) == pytest.approx(dict(left.iter_rows()))


def test_what_is_not_used_of_a_lot_is_gone_after_its_last_day() -> None:
    glue = {"item": "GLUE", "qty": 5, "lot": "L1", "expires_on": date(2026, 1, 20)}
    made = plan(kettles(items=[{"item": "GLUE", "unit": "kg"}, {"item": "KETTLE"}, {"item": "BODY"}], stock=[glue]))
    assert movements(made, ["GLUE"]).select("date", "kind", "level").rows() == [
        (TODAY, "stock", 5.0),
        (date(2026, 1, 21), "expiry", 0.0),
    ]


def test_an_item_knows_what_is_made_of_it() -> None:
    (parent,) = plan(kettles()).explain("BODY").parents
    assert (parent.item, parent.fixed) == ("KETTLE", 0)
    assert parent.per == pytest.approx(1.02)


@pytest.mark.parametrize(("asked", "near"), [("SO-2", "SO-1"), ("kettel", "KETTLE"), ("PB-00002", "PB-000002")])
def test_an_unknown_name_is_answered_with_near_ones(asked: str, near: str) -> None:
    with pytest.raises(UsageError, match=near):
        plan(kettles()).explain(asked)


@pytest.mark.parametrize("asked", ["", " ", "(", "没有", "x" * 10_000])
def test_any_text_may_be_asked_for(asked: str) -> None:
    with pytest.raises(UsageError):
        plan(kettles()).explain(asked)


def test_a_saved_plan_explains_itself_alike(demo_plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("saved") / "plan"
    demo_plan.save(folder)
    again = Plan.load(folder)
    for subject in ("SO-1049", demo_plan.orders["order"][-1], "PO-2090", "HS-K15-BK"):
        assert again.explain(subject) == demo_plan.explain(subject)


@settings(max_examples=tries(8), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(factories())
def test_everything_in_any_factory_can_be_explained_and_adds_up(factory: Factory) -> None:
    made = plan(factory)
    subjects = [*made.orders["order"], *factory.demands["demand"], *factory.supplies["supply"]]
    for subject in subjects:
        told = made.explain(subject)
        for need in walk(told.needs):
            assert sum(source.qty for source in need.sources) == pytest.approx(need.qty)
            assert all(source.available <= need.date for source in need.sources)
        if told.kind != "demand":
            gone = sum(use.qty for use in told.uses) + sum(left.qty for left in told.leftovers)
            assert gone == pytest.approx(facts(told)["quantity"])
    for item in factory.items["item"]:
        told = made.explain(item)
        assert all(move.level > -1e-6 for move in told.movements)
        if told.movements:
            kept = sum(use.qty for use in told.uses if use.kind == "safety")
            expired = -sum(move.qty for move in told.movements if move.kind == "expiry")
            left = sum(leftover.qty for leftover in told.leftovers)
            assert told.movements[-1].level == pytest.approx(left - expired + kept)
