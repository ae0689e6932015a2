"""``huoku.simulate`` on a factory's own tables."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

import huoku
from huoku.errors import DataError, UsageError
from huoku.report import replay_text
from huoku.report.replay_page import replay_html
from huoku.simulate import NAMES, Simulation
from huoku.simulate.of_factory import past_of

TODAY = date(2026, 1, 5)


def one_screw(history: list[tuple[int, float]], sources: list[dict[str, Any]] | None = None) -> huoku.Factory:
    """A screw; ``history`` as days before today, and how many were used."""
    return huoku.build(
        today=TODAY,
        items=[{"item": "SCREW"}],
        sources=sources or [{"item": "SCREW", "supplier": "S", "lead_time_days": 10, "price": 2, "moq": 50}],
        history=[{"item": "SCREW", "date": TODAY - timedelta(days=days), "qty": qty} for days, qty in history],
    )


def workshop(order: int = 1) -> huoku.Factory:
    """Twelve items in 80 weeks: used in one week of four, 1 to 9 pieces, lots of 10, three weeks to wait."""
    chance = np.random.default_rng(7)
    codes = [f"P{number:02}" for number in range(12)]
    rows = [
        {"item": code, "date": TODAY - timedelta(days=7 * week), "qty": int(chance.integers(1, 10))}
        for code in codes
        for week in range(1, 81)
        if chance.random() < 0.25
    ]
    return huoku.build(
        today=TODAY,
        items=[{"item": code} for code in codes],
        sources=[
            {"item": code, "supplier": "S", "lead_time_days": 21, "price": 5 + at, "moq": 10, "order_fee": 5}
            for at, code in enumerate(codes)
        ],
        history=rows[::order],
    )


@pytest.fixture(scope="module")
def replayed() -> Simulation:
    return huoku.simulate(workshop(), learning_weeks=50)


def test_weeks_are_counted_back_from_today_and_today_itself_is_not_past():
    past = past_of(one_screw([(0, 100), (1, 3), (7, 4), (8, 5), (7 * 30, 6), (7 * 30 + 3, 9)]))
    assert past.use.shape == (1, 30)
    assert (past.use[0, -1], past.use[0, -2], past.use[0, 0], past.use.sum()) == (7, 5, 6, 18)


def test_a_part_that_only_its_product_knows_the_use_of_is_replayed_too():
    items = [{"item": "SCREW", "unit_cost": 1}, {"item": "LAMP", "unit_cost": 9}]
    bom = [{"parent": "LAMP", "component": "SCREW", "qty": 4}]
    source = {"item": "SCREW", "supplier": "A", "lead_time_days": 7, "price": 3}
    sold = [{"item": "LAMP", "date": TODAY - timedelta(days=7 * week), "qty": 2} for week in range(1, 41)]
    past = past_of(huoku.build(today=TODAY, items=items, bom=bom, sources=[source], history=sold))
    assert (past.items, past.use.tolist(), past.left_out) == (["SCREW"], [[8] * 40], 1)


def test_the_cheapest_source_that_is_valid_today_sets_the_terms():
    offers = [
        {"item": "SCREW", "supplier": "A", "lead_time_days": 7, "price": 3, "moq": 10},
        {"item": "SCREW", "supplier": "B", "lead_time_days": 15, "price": 2, "moq": 60, "multiple": 20, "order_fee": 8},
        {"item": "SCREW", "supplier": "C", "lead_time_days": 1, "price": 1, "valid_to": date(2025, 12, 31)},
    ]
    parts = past_of(one_screw([(300, 1)], offers)).parts
    told = [float(column[0]) for column in (parts.unit_cost, parts.moq, parts.order_multiple, parts.order_cost)]
    assert (told, int(parts.lead[0])) == ([2, 60, 20, 8], 3)


def test_a_history_of_half_a_year_is_too_short():
    with pytest.raises(DataError, match="covers 26 weeks; a replay needs at least 30"):
        huoku.simulate(one_screw([(182, 5)]))


def test_what_does_not_exist_is_named():
    with pytest.raises(UsageError, match="no policy “magic”; choose from up-to"):
        huoku.simulate(workshop(), ["magic"])
    with pytest.raises(UsageError, match="0 or more times the level, not -1"):
        huoku.simulate(workshop(), opening=-1.0)
    with pytest.raises(UsageError, match="learn from 12 to 79 weeks, not from 80"):
        huoku.simulate(workshop(), learning_weeks=80)


def test_a_screw_that_was_used_only_lately_cannot_be_learnt():
    with pytest.raises(DataError, match="no bought item was used in the first 17 weeks"):
        huoku.simulate(
            huoku.build(
                today=TODAY,
                items=[{"item": "SCREW"}, {"item": "MADE"}],
                sources=[{"item": "SCREW", "supplier": "S", "lead_time_days": 10, "price": 2}],
                history=[
                    {"item": "MADE", "date": TODAY - timedelta(days=210), "qty": 1},
                    {"item": "SCREW", "date": TODAY - timedelta(days=3), "qty": 1},
                ],
            )
        )


def test_all_rules_meet_the_same_events(replayed):
    assert (replayed.weeks, len(replayed.items), replayed.left_out) == (30, 12, 0)
    assert replayed.first == TODAY - timedelta(days=210)
    assert len({(one.total().lines, one.total().quantity) for one in replayed.results.values()}) == 1
    least, most = replayed.total("on-backlog"), replayed.total("up-to")
    assert least.line_fill < replayed.total("weighed").line_fill
    assert least.mean_stock < replayed.total("weighed").mean_stock
    assert least.mean_stock < most.mean_stock


def test_the_order_of_rows_does_not_matter():
    first, second = (huoku.simulate(workshop(order), ["up-to", "reorder"]).data() for order in (1, -1))
    assert first == second


def test_nothing_is_owed_where_demand_may_be_declined():
    told = huoku.simulate(workshop(), ["on-backlog"], may_decline=True, opening=0.0)
    assert (told.total("on-backlog").line_fill, told.total("on-backlog").excess) == (0.0, 0.0)
    assert told.saved is None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_replay_is_told_in_words_and_on_a_page(replayed, lang):
    text, page = replay_text(replayed, lang), replay_html(replayed, lang)
    for name in NAMES.values():
        assert name.say(lang) in text
        assert name.say(lang) in page
    assert "{" not in text
    assert "nan" not in text + page


def test_where_the_usual_rule_left_nothing_over_that_is_said_and_the_costs_are_compared():
    """Ten screws every week: the usual rule ends with as many as a year uses, so there is no excess to spare."""
    shop = one_screw([(7 * week - 3, 10) for week in range(1, 61)])
    told = huoku.simulate(shop, ["up-to", "on-backlog", "weighed"], learning_weeks=30)
    said = replay_text(told, "en")
    assert (told.total("up-to").excess, told.saved) == (0.0, None)
    assert "“up to mean + safety” had no excess at the end" in said
    change = told.total("weighed").cost / told.total("up-to").cost - 1
    assert f"{change:+.0%} beside “up to mean + safety”".replace("-", "−") in said
    assert "没有可少剩的" in replay_text(told, "zh")
