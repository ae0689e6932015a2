"""A quote keeps its word: whatever the factory, planned again with what was quoted, it comes on the day told."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.tries import tries

from huoku.factory import Factory
from huoku.plan import Plan
from huoku.plan import plan as plan_with
from huoku.plan.quote import Quote

from .shops_with_machines import shops_with_machines
from .small_factories import HORIZON, factories, on

pytestmark = pytest.mark.slow

often = settings(max_examples=tries(8), deadline=None, suppress_health_check=[HealthCheck.too_slow])
EFFORT = 20
"""Enough to move losers forward on machines; interpreted kernels are slow."""
anything = st.one_of(factories(), shops_with_machines())


def plan(factory: Factory) -> Plan:
    return plan_with(factory, effort=EFFORT)


@st.composite
def questions(draw: Any) -> Quote:
    """Any question about any factory."""
    factory: Factory = draw(anything)
    items = factory.items.filter(pl.col("kind").ne_missing("phantom"))["item"].to_list()
    places = sorted({"MAIN", *factory.demands["location"]})
    return plan(factory).quote(
        draw(st.sampled_from(items)),
        draw(st.integers(1, 50)),
        on(draw(st.integers(-1, HORIZON))),
        location=draw(st.sampled_from(places)),
        priority=draw(st.sampled_from((5, 1, 0, 9))),
        demand="NEW",
    )


def days(made: Plan, kinds: tuple[str, ...] = ("order", "contract", "forecast")) -> dict[str, date | None]:
    """The last promised day of each demand of some kinds."""
    asked = made.factory.demands.filter(pl.col("kind").is_in(kinds)).select("demand")
    return dict(made.promises.join(asked, on="demand").select("demand", "date").rows())


@often
@given(questions())
def test_accepted_last_in_line_the_day_is_kept_and_no_order_moves(quote: Quote) -> None:
    assume(quote.date is not None)
    after = days(plan(quote.accept()), ("order", "contract"))
    assert after.pop("NEW") == quote.date
    assert after == days(plan(quote.state.case.factory), ("order", "contract"))


@often
@given(questions())
def test_accepted_with_its_own_priority_the_day_is_kept_and_the_named_ones_are_pushed(quote: Quote) -> None:
    ahead = quote.ahead
    assume(ahead.date is not None)
    before, after = days(plan(quote.state.case.factory)), days(plan(quote.accept(ahead=True)))
    mine = after.pop("NEW")
    assert mine is not None and ahead.date is not None and mine <= ahead.date
    forecasts = set(quote.state.case.factory.demands.filter(kind="forecast")["demand"])
    later = {name for name, was in before.items() if was and (after[name] is None or after[name] > was)}
    named = {one.demand for one in ahead.pushed}
    assert named - forecasts == later - forecasts
    assert all(one.was == before[one.demand] and one.becomes == after[one.demand] for one in ahead.pushed)


@often
@given(questions())
def test_wanted_on_its_day_it_is_promised_no_later_and_for_the_same_reason(quote: Quote) -> None:
    """Behind all others but still wanted on the wanted day: the same search, and the same words."""
    added = quote.accept() if quote.date else replace(quote, date=quote.wanted).accept()
    wanted = max(quote.wanted, on(0))
    due = pl.when(pl.col("demand") == "NEW").then(pl.lit(wanted)).otherwise("due")
    made = plan(replace(added, demands=added.demands.with_columns(due=due)))
    told = made.promises.row(by_predicate=pl.col("demand") == "NEW", named=True)
    if quote.date is None:
        assert told["date"] is None
    else:
        assert told["date"] <= quote.date
    if told["date"] == quote.date and quote.wanted == wanted:
        assert told["reason"] == quote.reason


@often
@given(questions())
def test_every_part_can_be_shipped_on_its_day(quote: Quote) -> None:
    """Each part a demand of its own, one behind the other."""
    assume(quote.parts)
    factory = quote.state.case.factory
    rows = [
        {
            "demand": f"NEW-{number}",
            "item": quote.item,
            "qty": part.qty,
            "due": part.date,
            "location": quote.location,
            "priority": quote.in_line + number,
            "kind": "order",
        }
        for number, part in enumerate(quote.parts)
    ]
    demands = pl.concat([factory.demands.cast({"qty": pl.Float64}), pl.DataFrame(rows)], how="diagonal")
    after = days(plan(factory.with_(demands=demands)))
    assert [after[row["demand"]] for row in rows] == [row["due"] for row in rows]
    assert sum(part.qty for part in quote.parts) <= quote.qty + 1e-9
    if quote.is_kept:
        assert len(quote.parts) == 1


@often
@given(questions())
def test_something_is_missing_just_where_the_wanted_day_cannot_be_kept(quote: Quote) -> None:
    assert bool(quote.missing) != (quote.date is not None and quote.date <= max(quote.wanted, on(0)))


@often
@given(questions())
def test_were_the_missing_there_the_wanted_day_would_be_kept(quote: Quote) -> None:
    """In a factory without other demands, which would take it."""
    nobody = quote.state.case.factory.with_(demands=[], reservations=[])
    alone = plan(nobody).quote(quote.item, quote.qty, quote.wanted)
    more = [
        {"supply": f"MORE-{at}", "item": lack.item, "qty": lack.qty, "due": lack.by}
        for at, lack in enumerate(alone.missing)
    ]
    if not more:
        return
    supplies = pl.concat([nobody.supplies.cast({"qty": pl.Float64}), pl.DataFrame(more)], how="diagonal")
    there = plan(nobody.with_(supplies=supplies)).quote(quote.item, quote.qty, quote.wanted)
    assert there.date == max(quote.wanted, on(0))
