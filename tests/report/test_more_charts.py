"""Charts of one demand, of the load, of an item's flow and of two plans: figures, frames, and no word on another."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import polars as pl
import pytest

from huoku.errors import UsageError
from huoku.factory import build
from huoku.language import LANGUAGES, Language
from huoku.plan import Plan, plan
from huoku.report import plot_comparison, plot_flow, plot_load, plot_pegging
from huoku.report.drawing import Picture, width_of
from huoku.report.flow_chart import flows_of, joined
from huoku.report.load_chart import MOST_DAYS, grade, strips_of
from huoku.report.option_chart import plot_options
from huoku.report.pegging_chart import kept, rows_of

Plans = dict[Language, Plan]
SVG = "{http://www.w3.org/2000/svg}"
MANY_ORDERS = "FC-21-04"
"""A demand of the demo that is fed by more orders than a chart draws."""
TWO_OFFERS = ("FB-NV", "HP-PCB-CN", "HS-K17-BL", "BX-K17-EU")
"""Items of the demo that two suppliers offer at prices not far apart."""


def words(picture: Picture) -> list[str]:
    return [text.text or "" for text in ET.fromstring(picture.svg).iter(f"{SVG}text")]


def looks(picture: Picture, look: str) -> int:
    """How many parts of the picture have this look."""
    return sum(look in (part.get("class") or "").split() for part in ET.fromstring(picture.svg).iter())


def boxes(picture: Picture) -> list[tuple[str, float, float, float]]:
    """Each text with its left end, right end and base line, as wide as texts are taken to be."""
    found = []
    for text in ET.fromstring(picture.svg).iter(f"{SVG}text"):
        told, x, wide = text.text or "", float(text.get("x", 0)), width_of(text.text or "")
        left = {"end": x - wide, "middle": x - wide / 2}.get(text.get("text-anchor", ""), x)
        found.append((told, left, left + wide, float(text.get("y", 0))))
    return found


def with_load(made: Plan, days: int, resources: int = 3, share: float = 0.9) -> Plan:
    """The plan with a schedule made by hand: every resource works 480 x ``share`` minutes on each of so many days."""
    today = made.factory.settings.today
    names = [f"PRESS {number:02}" for number in range(resources)]
    work = [
        {
            "order": "PM-000001",
            "seq": 10,
            "resource": name,
            "date": today + timedelta(days=day),
            "minutes": 480.0 * share,
        }
        for name in names
        for day in range(days)
    ]
    presses = [{"resource": name, "minutes_per_day": 480} for name in names]
    factory = made.factory.with_(resources=presses, operations=[], calendar=[])
    return replace(made, factory=factory, schedule=pl.DataFrame(work, schema=made.schedule.schema))


def pictures(made: Plan) -> list[Picture]:
    changed = made.factory.with_values({"demands.SO-1047.qty": 3000, "demands.SO-1049.due": "2026-12-20"})
    return [
        plot_pegging(made, "SO-1049"),
        plot_pegging(made, MANY_ORDERS),
        plot_flow(made, "TH-01"),
        plot_flow(made, "SC-M4X12"),
        plot_load(with_load(made, 30)),
        plot_load(with_load(made, 200, resources=30)),
        plot_load(made),
        plot_comparison(made.compare(plan(changed, lang=made.lang))),
        plot_comparison(made.compare(made)),
        *(chart for item in TWO_OFFERS if (chart := plot_options(made.options(item), made.lang))),
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_stands_on_another_and_none_leaves_the_picture(plans: Plans, lang: Language) -> None:
    for picture in pictures(plans[lang]):
        placed = boxes(picture)
        assert not [told for told, *_ in placed if "{" in told or "None" in told]
        for told, left, right, base in placed:
            assert left >= -1 and right <= picture.width + 1 and base <= picture.height, (picture.title, told)
        for (one, left, right, base), (other, from_, to, line) in combinations(placed, 2):
            apart = right <= from_ + 1 or to <= left + 1 or abs(base - line) >= 11
            assert apart, f"{picture.title}: {one!r} and {other!r}"
        assert picture._repr_svg_() == picture.svg and "http" not in picture.inline


def kettle() -> Plan:
    """100 kettles due in 3 days; a body takes ten days, 60 lids are there, 40 are made of sheet in two days."""
    today = date(2026, 1, 5)
    return plan(
        build(
            today=today,
            items=[
                {"item": "KETTLE", "kind": "make", "price": 80},
                *({"item": "LID", "lead_time_days": 2}, {"item": "BODY"}, {"item": "SHEET"}),
            ],
            bom=[
                {"parent": "KETTLE", "component": "BODY", "qty": 1},
                {"parent": "KETTLE", "component": "LID", "qty": 1},
                {"parent": "LID", "component": "SHEET", "qty": 1},
            ],
            sources=[
                {"item": "BODY", "supplier": "A", "lead_time_days": 10, "price": 1, "moq": 150},
                {"item": "SHEET", "supplier": "B", "lead_time_days": 1, "price": 1},
            ],
            stock=[{"item": "LID", "qty": 60}],
            demands=[{"demand": "SO-1", "item": "KETTLE", "qty": 100, "due": today + timedelta(days=3)}],
        )
    )


def test_the_critical_chain_of_an_order_is_framed_and_nothing_else() -> None:
    """Kettle and body leave no day; lid and sheet take three days of ten. The legend has a frame of its own."""
    picture = plot_pegging(kettle(), "SO-1")
    assert looks(picture, "crit") == 2 + 1
    told = words(picture)
    assert "due 01-08" in told and "promised 01-15" in told
    assert "1 more needs are met from stock" in told
    assert {"KETTLE", "BODY", "LID", "SHEET"} <= {label.strip() for label in told}


def test_a_demand_that_gets_nothing_does_not_claim_to_come_from_stock() -> None:
    """Bodies that take two years are too late for the whole plan."""
    made = plan(kettle().factory.with_values({"sources.BODY.lead_time_days": 700}))
    assert "nothing is planned for it" in words(plot_pegging(made, "SO-1"))
    stocked = plan(kettle().factory.with_(stock=[{"item": "KETTLE", "qty": 100}]))
    assert "everything comes from stock, there are no orders" in words(plot_pegging(stocked, "SO-1"))


def test_a_long_list_is_cut_to_the_tightest_with_what_they_feed(plans: Plans) -> None:
    rows = rows_of(plans["en"].explain(MANY_ORDERS).needs)
    few = kept(rows, 14)
    assert len(few) <= 14 < len(rows)
    assert all(row.above is None or rows[row.above] in few for row in few)
    assert f"{len(rows) - len(few)} more orders are not drawn" in words(plot_pegging(plans["en"], MANY_ORDERS, most=14))
    assert len({(row.source.kind, row.source.name) for row in rows}) == len(rows)


def test_what_flows_in_flows_out() -> None:
    """150 bodies are bought, 100 used, 50 left."""
    made = kettle()
    flows = flows_of(made, "BODY")
    assert sorted(flows.select("use_kind", "qty").rows()) == [("left", 50), ("order", 100)]
    assert flows["source"].n_unique() == 1
    told = words(plot_flow(made, "BODY"))
    assert "50 · left over" in told and any(label.startswith("150 · planned PB-") for label in told)


@pytest.mark.parametrize("item", ["TH-01", "SC-M4X12", "PC-CN"])
def test_a_flow_tells_all_that_an_item_has_and_gets(plans: Plans, item: str) -> None:
    made = plans["en"]
    facts = {fact.label.en: fact.value for fact in made.explain(item).facts}
    have = sum(float(str(facts.get(name) or 0)) for name in ("on hand", "on order", "planned orders"))
    assert flows_of(made, item)["qty"].sum() == pytest.approx(have)


def test_the_smaller_uses_are_one_and_what_is_left_stands_alone(plans: Plans) -> None:
    flows = flows_of(plans["en"], "SC-M4X12")
    few, (sources, uses) = joined(flows, 4)
    assert few["qty"].sum() == pytest.approx(flows["qty"].sum())
    names = few.select("use_kind", "use").unique()
    assert names.height == 4 + 1 and "left" in names["use_kind"]
    assert uses == flows.filter(pl.col("use_kind") != "left").select("use_kind", "use").unique().height - 3
    assert sources == 0


def test_an_item_that_nothing_moves_has_no_flow() -> None:
    made = plan(build(today=date(2026, 1, 5), items=[{"item": "BODY"}]))
    assert "nothing comes" in words(plot_flow(made, "BODY"))[1]


@pytest.mark.parametrize("draw", [plot_flow, plot_pegging])
def test_an_unknown_subject_is_no_picture(plans: Plans, draw: type) -> None:
    with pytest.raises(UsageError, match="NO-SUCH"):
        draw(plans["en"], "NO-SUCH")


@pytest.mark.parametrize(
    ("minutes", "capacity", "look"),
    [
        *((0, 480, "h0"), (100, 480, "h1"), (240, 480, "h2"), (480, 480, "h3"), (481, 480, "hot")),
        *((0, 0, "shut"), (1, 0, "hot")),
    ],
)
def test_how_full_a_day_looks(minutes: float, capacity: float, look: str) -> None:
    assert grade(minutes, capacity) == look


def test_a_closed_day_can_do_nothing_and_weeks_add_up_days(plans: Plans) -> None:
    made = with_load(plans["en"], 14, resources=2)
    today = made.factory.settings.today
    shut = [{"date": today, "open": 0}, {"date": today + timedelta(days=1), "open": 0, "resource": "PRESS 01"}]
    made = replace(made, factory=made.factory.with_(calendar=shut))
    strips = strips_of(made)
    assert strips.cell_days == 1
    assert strips.cells["capacity"].to_list() == [0] + 13 * [480] + [0, 0] + 12 * [480]
    weeks = strips_of(with_load(plans["en"], MOST_DAYS + 1, resources=1))
    assert weeks.cell_days == 7
    assert weeks.cells.select("minutes", "capacity").rows()[0] == (pytest.approx(7 * 432), 7 * 480)
    long = with_load(plans["en"], 400, resources=1)
    assert strips_of(long).undrawn == pytest.approx((400 - 53 * 7) * 432)


def test_a_plan_without_a_schedule_says_so(plans: Plans) -> None:
    made = replace(plans["zh"], schedule=plans["zh"].schedule.clear())
    assert "计划里没有排程（工厂没有工序）" in words(plot_load(made))


def test_a_promise_that_gets_worse_is_red_and_a_better_one_is_not() -> None:
    """Bodies in 30 days instead of ten: 20 days later."""
    made = kettle()
    slow = plan(made.factory.with_values({"sources.BODY.lead_time_days": 30}))
    worse, better = plot_comparison(made.compare(slow)), plot_comparison(slow.compare(made))
    assert "+20 d" in words(worse) and "−20 d" in words(better)
    assert looks(worse, "worse") == 1 and looks(better, "worse") == 0
