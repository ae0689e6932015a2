"""What the planner buys is the best of the ways that it can take, weighed side by side: same data, same money."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.stories.one_part import TODAY, Row, bought, day, offer, planned, rejected, wanted
from tests.tries import tries

from huoku.plan import Plan
from huoku.plan.buying import Advice, Line
from huoku.report.buying import options_text

TIE = 1e-3
"""The planner counts each order a ten-thousandth of the currency dearer, so that of equal ways the shorter wins."""

RISK, EXCESS = "risk_limit", "excess_limit"
LIMITS: list[dict[str, Any]] = [{}, {RISK: 20.0}, {RISK: 0.0}, {EXCESS: 0.3}, {RISK: 5.0, EXCESS: 0.5}]


@st.composite
def offers(draw: st.DrawFn) -> list[Row]:
    """One to three suppliers, each with a minimum, packs and a fee of its own."""
    return [
        offer(
            supplier,
            draw(st.sampled_from((1.0, 1.2, 1.5, 3.0))),
            moq=draw(st.sampled_from((0, 10, 60, 100, 500))),
            multiple=draw(st.sampled_from((0, 25, 40))),
            order_fee=draw(st.sampled_from((0, 0, 15, 60))),
            lead_time_days=draw(st.sampled_from((3, 20))),
        )
        for supplier in "ABC"[: draw(st.integers(1, 3))]
    ]


@st.composite
def breaks(draw: st.DrawFn) -> list[Row]:
    """Price breaks of the first two suppliers, if any."""
    found = []
    for supplier in draw(st.sampled_from(("", "A", "AB"))):
        least = draw(st.sampled_from((50, 200)))
        price = draw(st.sampled_from((0.6, 0.9)))
        found.append({"item": "PART", "supplier": supplier, "min_qty": least, "price": price})
    return found


@st.composite
def past(draw: st.DrawFn) -> list[Row]:
    """Nothing, a steady use, a rare one, or one that has stopped."""
    months, qty = draw(st.sampled_from(((range(0), 0), (range(24), 30), (range(0, 24, 5), 100), (range(14, 24), 40))))
    return [{"item": "PART", "date": day(-30 * month - 5), "qty": qty} for month in months]


def advised(made: Plan) -> tuple[Advice, Line, list[Line]]:
    """The options, the one that the plan takes, and those that it could take."""
    advice = made.options("PART")
    assert advice.taken is not None, "the plan does what is among its options"
    return advice, advice.taken, [line for line in advice.lines if line.by_plan]


@pytest.mark.slow
@settings(max_examples=tries(15), deadline=None)
@given(
    offers(), breaks(), past(), st.integers(1, 400), st.integers(0, 60), st.sampled_from(LIMITS), st.integers(25, 200)
)
def test_the_plan_takes_the_best_of_the_ways_that_it_can_take(
    sources: list[Row], ladder: list[Row], history: list[Row], qty: int, spare: int, limits: Row, on: int
) -> None:
    names = {source["supplier"] for source in sources}
    made = planned(
        sources,
        [wanted("SO-1", qty, on)],
        price_breaks=[row for row in ladder if row["supplier"] in names],
        history=history,
        # What comes after the need is left anyway.
        supplies=[{"supply": "PO-1", "item": "PART", "qty": spare, "due": day(on + 30)}] if spare else [],
        **limits,
    )
    advice, taken, possible = advised(made)
    assert taken.cost == pytest.approx(made.decisions["cost"].sum(), abs=1e-6)
    kept = [line for line in possible if _is_kept(line, limits)]
    if kept:
        assert _is_kept(taken, limits)
        assert taken.cost <= min(line.cost for line in kept) + TIE
    else:
        assert _beyond(taken, limits) <= min(_beyond(line, limits) for line in possible) + 1e-6
    if advice.best is not None and advice.best.by_plan:
        assert taken.cost == pytest.approx(advice.best.cost, abs=TIE)


def _beyond(line: Line, limits: dict[str, Any]) -> float:
    value = min(line.leftover_value / line.leftover, 1e9) if line.leftover else 0.0
    excess = max(0.0, line.leftover - limits.get(EXCESS, 1.0) * line.qty) * value
    return excess + max(0.0, line.cvar - line.cost - limits.get(RISK, float("inf")))


def _is_kept(line: Line, limits: dict[str, Any]) -> bool:
    return _beyond(line, limits) <= 1e-6


USED_NOW_AND_THEN = [{"item": "PART", "date": day(-30 * month - 5), "qty": 350} for month in range(0, 24, 6)]


def test_a_limit_of_risk_turns_the_plan_from_the_minimum_to_the_dear_small_lot() -> None:
    """The 350 that are left are used twice a year on average: cheaper, but in the worst tenth of futures they die."""
    sources, demands = [offer("A", 1.00, moq=500), offer("B", 2.20)], [wanted("SO-1", 150, 30)]
    bold = planned(sources, demands, history=USED_NOW_AND_THEN)
    careful = planned(sources, demands, history=USED_NOW_AND_THEN, risk_limit=50)
    assert bought(bold) == [("A", 500, day(30))]
    assert bought(careful) == [("B", 150, day(30))]
    assert rejected(careful) == ("beyond limits", "A", 500)
    assert "beyond your limits" in careful.orders["why"][0]
    for made in (bold, careful):
        best = made.options("PART").best
        assert best is not None and best.taken
    strict = bold.options("PART", risk_limit=50).best
    assert strict is not None and strict.whom == "B" and not strict.taken


def test_a_limit_of_the_excess_is_kept_where_there_is_a_way() -> None:
    """Of 500 for 150, 70 % would be left, and of two packs of 100 a quarter."""
    sources, demands = [offer("A", 1.00, moq=500), offer("B", 8.00, multiple=100)], [wanted("SO-1", 150, 30)]
    assert bought(planned(sources, demands)) == [("A", 500, day(30))]
    assert bought(planned(sources, demands, excess_limit=0.25)) == [("B", 200, day(30))]
    nobody_keeps_it = planned(sources, demands, excess_limit=0.10)
    assert bought(nobody_keeps_it) == [("B", 200, day(30))]


def test_a_start_up_pays_more_to_be_left_with_less() -> None:
    """500 for 150 leave 70 %: beyond the half that a start-up bears, within the three quarters of one that grows."""
    sources, demands = [offer("A", 1.00, moq=500), offer("B", 8.00)], [wanted("SO-1", 150, 30)]
    young = planned(sources, demands, company_stage="startup")
    assert bought(young) == [("B", 150, day(30))]
    told = options_text(young.options("PART"), "en")
    assert "The owner's limits: at most 50% of a purchase left over (a start-up)." in told
    assert "high risk (a start-up: raised from 5%, high from 10%)" in told
    assert "老板的上限：一次采购至多剩下 50%（初创企业）。" in options_text(young.options("PART"), "zh")
    assert bought(planned(sources, demands, company_stage="growth")) == [("A", 500, day(30))]
    assert bought(planned(sources, demands, company_stage="startup", excess_limit=0.7)) == [("A", 500, day(30))]


def test_a_minimum_from_one_and_the_rest_from_another_is_shown_as_one_way() -> None:
    """520: 500 at 1.00 and 20 at 1.50 are 530; all from B 780; 1,000 from A more."""
    sources = [offer("A", 1.00, moq=500, multiple=500), offer("B", 1.50)]
    made = planned(sources, [wanted("SO-1", 520, 30)])
    assert sorted(bought(made)) == [("A", 500, day(30)), ("B", 20, day(30))]
    best = made.options("PART").best
    assert best is not None and (best.kind, best.whom, best.taken) == ("mix", "A + B", True)
    assert best.cost == pytest.approx(530)
    asked = made.options("PART", 520, day(40)).best
    assert asked is not None and (asked.kind, asked.whom, asked.cost) == ("mix", "A + B", pytest.approx(530))


def test_a_substitute_for_a_part_and_a_small_lot_for_the_rest_are_one_way() -> None:
    """100 of the 150 from old stock, 10 of salvage less 18.36 of holding; 50 at 1.80 and a fee of 5."""
    made = planned(
        [offer("A", 1.00, moq=500)],
        [wanted("SO-2", 500, 60)],
        items=[{"item": "PART"}, {"item": "OLD", "unit_cost": 1, "kind": "buy"}],
        substitutes=[{"item": "PART", "substitute": "OLD", "valid_to": TODAY}],
        stock=[{"item": "OLD", "qty": 100}],
    )
    advice = made.options("PART", 150, day(30), possible={"small_lots": [{"price": 1.80, "fee": 5, "days": 5}]})
    best = advice.best
    assert best is not None and (best.kind, best.whom, best.qty) == ("substitute", "OLD", 50)
    assert best.cost == pytest.approx(95 + 10 - 100 * 0.20 * 335 / 365)


def test_what_a_dealer_pays_for_the_rest_decides_as_salvage() -> None:
    """350 left: scrap gives 35, a dealer who takes any quantity at 0.85 gives 297.50, less 64.25 for holding."""
    sources, demands = [offer("A", 1.00, moq=500), offer("B", 1.90)], [wanted("SO-1", 150, 30)]
    dealer = {"outlet": "DEALER", "share": 0.85}
    assert bought(planned(sources, demands)) == [("B", 150, day(30))]
    made = planned(sources, demands, outlets=[dealer])
    assert bought(made) == [("A", 500, day(30))]
    assert made.decisions["cost"][0] == pytest.approx(500 + 350 * 0.20 * 335 / 365 - 297.50)
    for term in ({"fee": 5}, {"most": 100}, {"until": day(300)}, {"fade": 0.05}):
        assert bought(planned(sources, demands, outlets=[{**dealer, **term}])) == [("B", 150, day(30))], term


def test_without_future_use_the_past_counts_nothing() -> None:
    sources, demands = [offer("A", 1.00, moq=500), offer("B", 1.20)], [wanted("SO-1", 150, 30)]
    monthly = [{"item": "PART", "date": day(-30 * month - 5), "qty": 150} for month in range(24)]
    assert bought(planned(sources, demands, history=monthly)) == [("A", 500, day(30))]
    assert bought(planned(sources, demands, history=monthly, future_use="none")) == [("B", 150, day(30))]


@pytest.mark.slow
@settings(max_examples=tries(15), deadline=None)
@given(
    offers(),
    st.integers(1, 300),
    st.integers(1, 400),
    st.sampled_from((0.1, 0.5, 0.9, 1.3, 4.0)),
    st.sampled_from((1, 2)),
)
def test_stock_of_a_substitute_is_used_where_that_is_the_best_way(
    sources: list[Row], qty: int, old: int, unit_cost: float, ratio: int
) -> None:
    """What the plan leaves of the substitute would not have made the purchase cheaper."""
    made = planned(
        sources,
        [wanted("SO-1", qty, 60)],
        items=[{"item": "PART"}, {"item": "OLD", "unit_cost": unit_cost, "kind": "buy"}],
        substitutes=[{"item": "PART", "substitute": "OLD", "ratio": ratio}],
        stock=[{"item": "OLD", "qty": old}],
    )
    if made.orders.filter(pl.col("item") == "PART").is_empty():
        return
    advice = made.options("PART")
    assert advice.taken is not None
    (dearer,) = [line.cost for line in advice.lines if line.kind == "substitute"] or [float("inf")]
    assert advice.taken.cost <= dearer + TIE


@pytest.mark.parametrize(("customer", "supplier", "qty"), [("ACME", "MILL", 500), (None, "TRADER", 150)])
def test_a_customer_that_is_due_again_makes_the_minimum_worth_buying(customer: str, supplier: str, qty: int) -> None:
    """ACME takes 200 every half year and is due in three weeks; without its name, four uses say too little."""
    sold = [{"item": "PART", "date": day(-ago), "qty": 200, "customer": customer} for ago in (160, 342, 524, 706)]
    offers = [offer("MILL", 1.0, moq=500), offer("TRADER", 1.6)]
    made = planned(offers, [wanted("SO-1", 150, 30)], history=sold)
    assert [(who, much) for who, much, _ in bought(made)] == [(supplier, qty)]
    by_plan = [line for line in made.options("PART").lines if line.by_plan]
    assert [line.taken for line in by_plan] == [True, False]  # the cheapest of the options first


def test_the_parts_of_a_cost_add_up_to_it_and_the_curve_passes_through_the_minimum() -> None:
    made = planned([offer("A", 1.0, moq=100), offer("B", 1.5)], [wanted("SO-1", 60, 20)])
    told = made.options("PART")
    for line in told.lines:
        assert sum(line.parts) == pytest.approx(line.cost)
        assert sum(use.chance * use.share for use in line.uses) == pytest.approx(line.used_share or 0.0)
    (least,) = [line for line in told.lines if line.kind == "minimum"]
    points = {qty: cost for curve in told.curves if curve.supplier == "A" for qty, cost in curve.points}
    assert points[100.0] == pytest.approx(least.cost)
