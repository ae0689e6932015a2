"""Whether an item and its substitutes may serve one need together: piece by piece, or one of them for the whole lot."""

from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.against.small_factories import small_factory
from tests.tries import tries

from huoku.errors import DataError
from huoku.factory import Factory
from huoku.judge import judge
from huoku.plan import Plan, plan

from .worlds import bought, cost, day, ordered, planned, promised, used, world


def red_and_blue(mixing: str, **given: Any) -> Factory:
    """A sign is made in no time of red or, as well, blue paint. Both lie there; new red takes
    six days, and new blue is not to be had."""
    tables: dict[str, Any] = {
        "items": [{"item": "SIGN", "price": 100, "shelf_life_days": 0}, {"item": "RED"}, {"item": "BLUE"}],
        "bom": [{"parent": "SIGN", "component": "RED", "qty": 1}],
        "substitutes": [{"item": "RED", "substitute": "BLUE"}],
        "sources": [
            {"item": "RED", "supplier": "S", "lead_time_days": 6, "price": 2},
            {"item": "BLUE", "supplier": "S", "lead_time_days": 0, "price": 2, "valid_to": day(-1)},
        ],
        "stock": [{"item": "RED", "qty": 4}, {"item": "BLUE", "qty": 6}],
        "demands": [{"demand": "SO-1", "item": "SIGN", "qty": 8, "due": day(3)}],
    }
    return world(substitute_mixing=mixing, **{**tables, **given})


def paints(made: Plan) -> list[dict[str, float]]:
    """What each make order takes of each paint, by the order's name."""
    return [used(made, order) for order in made.orders.filter(pl.col("kind") == "make")["order"].sort()]


def test_piece_by_piece_both_paints_go_into_one_lot_and_by_lot_it_waits_for_new_red() -> None:
    mixed = planned(red_and_blue("piece"))
    assert (paints(mixed), promised(mixed)) == ([{"RED": 4, "BLUE": 4}], {"SO-1": 3})
    alone = planned(red_and_blue("lot"))
    assert (paints(alone), promised(alone)) == ([{"RED": 8}], {"SO-1": 6})
    assert bought(alone) == {"RED": 4}


def test_by_lot_a_substitute_that_suffices_alone_is_taken_alone() -> None:
    """Six signs: four red ones do not suffice, six blue ones do."""
    made = planned(red_and_blue("lot", demands=[{"demand": "SO-1", "item": "SIGN", "qty": 6, "due": day(3)}]))
    assert (paints(made), promised(made), bought(made)) == ([{"BLUE": 6}], {"SO-1": 3}, {})


def test_by_lot_each_order_may_have_another_paint() -> None:
    """Four signs on day 2 are red, six on day 4 blue."""
    demands = [{"demand": f"SO-{on}", "item": "SIGN", "qty": qty, "due": day(on)} for on, qty in ((2, 4), (4, 6))]
    made = planned(red_and_blue("lot", demands=demands))
    assert sorted(map(sorted, paints(made))) == [["BLUE"], ["RED"]]
    assert promised(made) == {"SO-2": 2, "SO-4": 4}


def test_by_lot_a_cheaper_paint_takes_over_the_whole_need_or_nothing() -> None:
    """Ten signs in time for anything: six blue ones and four red ones, or six new red ones for 12.00."""
    relaxed = {"demands": [{"demand": "SO-1", "item": "SIGN", "qty": 10, "due": day(12)}]}
    assert cost(planned(red_and_blue("piece", **relaxed))) == 0.0
    alone = planned(red_and_blue("lot", **relaxed))
    assert bought(alone) == {"RED": 6}
    assert cost(alone) == 12.0


def test_a_lot_of_the_item_itself_may_come_from_several_places_and_batches() -> None:
    stock = [{"item": "RED", "qty": 4, "lot": "L1"}, {"item": "RED", "qty": 4, "lot": "L2", "expires_on": day(9)}]
    made = planned(red_and_blue("lot", stock=stock))
    assert promised(made) == {"SO-1": 3}
    assert paints(made) == [{"L1": 4, "L2": 4}]


def test_the_judge_names_a_lot_of_two_paints() -> None:
    mixed = plan(red_and_blue("piece"))
    verdict = judge(red_and_blue("lot"), mixed)
    assert verdict.broken == {"4 usage": 2}
    assert "this factory uses one of them for a lot" in verdict.violations[0].message("en")


def test_ordered_is_the_same_where_nothing_stands_in() -> None:
    """Without substitutes the setting changes nothing."""
    plain = {"substitutes": []}
    assert ordered(planned(red_and_blue("piece", **plain))) == ordered(planned(red_and_blue("lot", **plain)))


def test_only_the_two_words_are_understood() -> None:
    with pytest.raises(DataError, match="write piece or lot"):
        red_and_blue("both")
    assert red_and_blue("整批").settings.substitute_mixing == "lot"


@pytest.mark.slow
@settings(max_examples=tries(13), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 100_000), st.sampled_from(("substitutes", "mixed")))
def test_no_need_is_ever_served_by_two_items(seed: int, feature: str) -> None:
    factory = small_factory(feature, seed).with_(substitute_mixing="lot")
    made = plan(factory)
    verdict = judge(factory, made)
    assert [violation.message("en") for violation in verdict.violations] == []
    assert made.figures["total_cost"] == pytest.approx(verdict.figures["total_cost"], abs=0.011)
