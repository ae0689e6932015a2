"""The future use of items of a small factory: a kettle of a body and a lid, weeks from Monday 2026-01-05 back."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest

from huoku.factory import Factory, build
from huoku.factory.bom import tree
from huoku.sense.endings import NEVER, last_day_of_use
from huoku.sense.outlook import outlook
from huoku.sense.past_use import past_use

TODAY = date(2026, 1, 5)


def used(item: str, week: int, qty: float) -> dict[str, Any]:
    """A use in the middle of a week of the past; week 1 is the last one."""
    return {"item": item, "date": TODAY - timedelta(days=7 * week - 3), "qty": qty}


def kettles(**tables: Any) -> Factory:
    items = tables.pop("items", [{"item": name, "unit_cost": 10} for name in ("KETTLE", "BODY", "LID")])
    bom = tables.pop(
        "bom",
        [
            {"parent": "KETTLE", "component": "BODY", "qty": 1},
            {"parent": "KETTLE", "component": "LID", "qty": 2, "scrap_rate": 0.5},
        ],
    )
    return build(today=TODAY, items=items, bom=bom, **tables)


def ends(factory: Factory) -> list[int]:
    return last_day_of_use(factory, tree(factory.items, factory.bom)).tolist()


def wanted(item: str, qty: float, day: int, **more: Any) -> dict[str, Any]:
    return {"demand": f"SO-{item}-{day}", "item": item, "qty": qty, "due": TODAY + timedelta(days=day), **more}


def test_a_part_without_records_takes_what_its_parents_used() -> None:
    found = past_use(kettles(history=[used("KETTLE", 3, 4), used("KETTLE", 1, 5), used("BODY", 2, 7)]))
    assert found.weeks.tolist() == [[4, 0, 5], [0, 7, 0], [12, 0, 15]]  # a lid: 2 x 1.5 for each kettle
    assert found.is_recorded.tolist() == [True, True, False]


def test_a_bom_line_that_has_ended_hands_nothing_down() -> None:
    bom = [{"parent": "KETTLE", "component": "LID", "qty": 2, "valid_to": TODAY - timedelta(days=1)}]
    assert past_use(kettles(bom=bom, history=[used("KETTLE", 1, 4)])).weeks[2].tolist() == [0]


def test_use_of_today_is_not_past() -> None:
    today = {"item": "BODY", "date": TODAY, "qty": 9}
    assert past_use(kettles(history=[today])).weeks.tolist() == [[0], [0], [0]]


def test_a_part_ends_with_the_last_of_its_lines_and_with_its_last_parent() -> None:
    items = [{"item": "OLD", "lifecycle": "obsolete"}, {"item": "NEW"}, *({"item": f"P{n}"} for n in range(4))]
    bom = [
        {"parent": "OLD", "component": "P0", "qty": 1},
        {"parent": "OLD", "component": "P1", "qty": 1},
        {"parent": "NEW", "component": "P1", "qty": 1, "valid_to": TODAY + timedelta(days=30)},
        {"parent": "NEW", "component": "P2", "qty": 1},
        {"parent": "P1", "component": "P3", "qty": 1, "valid_to": TODAY + timedelta(days=99)},
    ]
    assert ends(kettles(items=items, bom=bom)) == [-1, NEVER, -1, 30, NEVER, 30]


def test_a_part_that_is_sold_itself_has_no_end_with_its_parents() -> None:
    items = [{"item": "OLD", "lifecycle": "obsolete"}, {"item": "PART"}]
    bom = [{"parent": "OLD", "component": "PART", "qty": 1}]
    shop = kettles(items=items, bom=bom, demands=[wanted("PART", 1, 10)])
    assert ends(shop) == [-1, NEVER]


def test_known_orders_are_certain_over_all_levels_and_weeks() -> None:
    found = outlook(kettles(demands=[wanted("KETTLE", 4, 20)]))
    assert found.odds_of_use(2).tolist() == [0, 0, 0]
    assert found.odds_of_use(3).tolist() == [1, 1, 1]
    assert found.within(52).mean().tolist() == pytest.approx([4, 4, 12])
    assert found.table()["known"].to_list() == pytest.approx([4, 4, 12])
    # Waiting from week 0 to 2 for certain, and between 2 and 3 half a week on average.
    assert found.expected_wait() == pytest.approx([2.5, 2.5, 2.5])


def test_a_forecast_is_not_known() -> None:
    assert outlook(kettles(demands=[wanted("KETTLE", 4, 20, kind="forecast")])).odds_of_use(52).tolist() == [0, 0, 0]


def test_without_a_past_and_without_orders_nothing_is_foretold() -> None:
    told = outlook(kettles()).table()
    assert told["odds_dead"].to_list() == [1, 1, 1]
    assert told["wait_weeks"].to_list() == [104, 104, 104]
    assert told["mean_year"].to_list() == [0, 0, 0]


def test_a_part_used_each_week_is_surely_used_and_about_as_much_as_ever() -> None:
    found = outlook(kettles(history=[used("BODY", week, 10) for week in range(1, 53)]))
    assert found.odds_of_use(26)[1] > 0.99
    assert found.within(52).mean()[1] == pytest.approx(520, rel=0.05)


def test_after_an_engineering_change_nothing_is_used() -> None:
    history = [used("KETTLE", week, 10) for week in range(1, 53)]
    bom = [{"parent": "KETTLE", "component": "BODY", "qty": 1, "valid_to": TODAY + timedelta(days=27)}]
    found = outlook(kettles(bom=bom, history=history))
    assert found.within(52).mean()[1] == pytest.approx(40, rel=0.05)  # four weeks of ten
    assert found.within(52).mean()[0] == pytest.approx(520, rel=0.05)
    assert found.table()["last_day_of_use"].to_list() == [None, 27, None]


def test_a_part_may_be_offered_in_place_of_what_it_can_replace() -> None:
    substitutes = [{"item": "BODY", "substitute": "LID", "ratio": 3}]
    found = outlook(kettles(bom=[], substitutes=substitutes, demands=[wanted("BODY", 5, 10)]))
    assert found.in_place_of_others().tolist() == pytest.approx([0, 0, 15])


def test_the_order_of_rows_does_not_matter() -> None:
    rng = np.random.default_rng(1)
    history = [used(item, week, qty) for item in ("KETTLE", "BODY") for week, qty in enumerate(rng.random(40), 1)]
    one = outlook(kettles(history=history)).table()
    other = outlook(kettles(history=history[::-1])).table()
    assert one.equals(other)


def test_the_demo_factory_has_an_outlook_for_every_item() -> None:
    import huoku

    factory = huoku.demo()
    told = outlook(factory).table()
    assert told["item"].equals(factory.items["item"])
    assert told.select(pl.col("odds_26_weeks") <= pl.col("odds_52_weeks")).to_series().all()
    assert told.null_count().drop("last_day_of_use").sum_horizontal().item() == 0
