"""A projection in words and as a picture: what it comes to, what takes and brings most, where it falls short."""

import xml.etree.ElementTree as ET
from datetime import date, timedelta
from typing import Any

import pytest

from huoku.factory import build
from huoku.language import LANGUAGES, Language
from huoku.plan import Plan, plan
from huoku.plan.explain.projection import movements
from huoku.report import plot_projection
from huoku.report.drawing import width_of
from huoku.report.price_chart import Offer, draw_prices
from huoku.report.stock_told import places_of, projection
from huoku.report.use_band import use_band

TODAY = date(2026, 11, 2)
SVG = "{http://www.w3.org/2000/svg}"


def on(days: int) -> date:
    return TODAY + timedelta(days=days)


def planned(**tables: Any) -> Plan:
    offers = [{"item": "SCREW", "supplier": "ACME", "lead_time_days": 5, "price": "0.1", "moq": 200}]
    return plan(build(today=TODAY, **{"items": [{"item": "SCREW"}], "sources": offers, **tables}), lang="zh")


def wanted(*days_and_qty: tuple[int, int]) -> list[dict[str, Any]]:
    return [{"demand": f"SO-{day}", "item": "SCREW", "qty": qty, "due": on(day)} for day, qty in days_and_qty]


def words(made: Plan, **asked: Any) -> list[str]:
    return [text.text or "" for text in ET.fromstring(plot_projection(made, "SCREW", **asked).svg).iter(f"{SVG}text")]


def test_what_would_be_missing_is_said_with_what_the_plan_does_about_it() -> None:
    """100 are there, 40 go on day 10 and 90 on day 20: 30 are missing then, and 200 are bought for that day."""
    made = planned(stock=[{"item": "SCREW", "qty": 100}], demands=wanted((10, 40), (20, 90)))
    told = projection(made, "SCREW")
    assert told.short == (on(20), 30.0) and told.level == "Y"
    assert "11-22 起会缺 30" in told.told("zh") and "买 200" in told.told("zh") and "接得上" in told.told("zh")
    assert "Short of 30 from 11-22 on" in told.told("en") and "in time" in told.told("en")
    labels = words(made)
    assert {"今天 100", "11-22 缺 30", "SO-20 −90", "SO-10 −40", "建议买 +200", "剩 170"} <= set(labels)


def test_what_comes_too_late_is_said_to_be_late() -> None:
    made = planned(
        items=[{"item": "LAMP"}, {"item": "SCREW"}],
        stock=[{"item": "SCREW", "qty": 10, "expires_on": on(1)}],
        demands=wanted((30, 50)),
    )
    told = projection(made, "SCREW")
    assert told.short == (on(30), 50.0)  # what expires is no help
    assert not made.orders.is_empty() and "接得上" in told.told("zh")


def test_enough_says_the_lowest_day_and_below_safety_the_day_it_is() -> None:
    enough = planned(stock=[{"item": "SCREW", "qty": 100}], demands=wanted((10, 40)))
    assert projection(enough, "SCREW").told("zh") == "够用：最少的一天（11-12）还剩 60。"
    used_up = planned(stock=[{"item": "SCREW", "qty": 40}], demands=wanted((10, 40)))
    assert projection(used_up, "SCREW").told("en") == "Enough; the last of it is used on 11-12."
    still = projection(planned(stock=[{"item": "SCREW", "qty": 7}]), "SCREW")
    assert still.level == "Y" and "7 一直放着" in still.told("zh")
    assert projection(planned(), "SCREW").level == "N"


def test_eight_weeks_leave_out_what_is_beyond_them() -> None:
    made = planned(stock=[{"item": "SCREW", "qty": 100}], demands=wanted((10, 40), (90, 60)))
    near, whole = projection(made, "SCREW", days=56), projection(made, "SCREW")
    assert near.last == on(56) and near.lowest == (on(10), 60.0)
    assert whole.lowest == (on(90), 0.0)


def test_of_one_place_what_is_carried_there_comes_and_leaves_the_other() -> None:
    """30 lie in A, 20 are wanted in B five days on: they leave A, and are there."""
    made = planned(
        locations=[{"location": "A", "plant": "P"}, {"location": "B", "plant": "P"}],
        lanes=[{"from": "A", "to": "B", "lead_time_days": 2}],
        stock=[{"item": "SCREW", "qty": 30, "location": "A"}],
        demands=[{"demand": "SO", "item": "SCREW", "qty": 20, "due": on(5), "location": "B"}],
    )
    assert places_of(made, "SCREW") == ["A", "B"]
    at_a, at_b = (movements(made, ["SCREW"], place) for place in "AB")
    assert at_a["level"].to_list() == [30.0, 10.0]
    assert at_b["level"].to_list() == [0.0, 20.0, 0.0]
    assert movements(made, ["SCREW"])["level"][-1] == 10.0
    assert "建议调 +20" in words(made, location="B")


def test_a_forecast_has_a_band_that_widens_with_what_was_foretold() -> None:
    """Use of 100 or 300 in turn over four weeks varies by 100 of 200 on average and a little more, being few. Of the
    first forecast the order before it is a part: 90 are only foretold. 28 days ago is of the last four weeks."""
    ages_and_use = [(28 + 28 * at, 100 + 200 * (at % 2)) for at in range(8)]
    past = [{"item": "SCREW", "date": TODAY - timedelta(days=age), "qty": qty} for age, qty in ages_and_use]
    made = planned(
        stock=[{"item": "SCREW", "qty": 500}],
        history=past,
        demands=[
            {"demand": "SO", "item": "SCREW", "qty": 10, "due": on(3)},
            {"demand": "FC-1", "item": "SCREW", "qty": 100, "due": on(10), "kind": "forecast"},
            {"demand": "FC-2", "item": "SCREW", "qty": 100, "due": on(20), "kind": "forecast"},
        ],
    )
    told = projection(made, "SCREW")
    band = use_band(made, told)
    spread, both = (8 / 7 * 100**2) ** 0.5 / 200, (90**2 + 100**2) ** 0.5
    assert [day for day, _, _ in band] == [on(10), on(20)]
    assert [(low, high) for _, low, high in band] == [
        pytest.approx((400 - 1.645 * spread * 90, 400 + 1.645 * spread * 90)),
        pytest.approx((300 - 1.645 * spread * both, 300 + 1.645 * spread * both)),
    ]
    assert not use_band(planned(demands=wanted((5, 10))), projection(made, "SCREW"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_words_of_a_projection_cover_each_other(plans: dict[Language, Plan], lang: Language) -> None:
    made = plans[lang]
    busy = movements(made, made.factory.items["item"])["item"].value_counts(sort=True)["item"].head(25)
    for item in busy:
        root = ET.fromstring(plot_projection(made, item, lang).svg)
        boxes = []
        for text in root.iter(f"{SVG}text"):
            x, y, width = float(text.get("x", 0)), float(text.get("y", 0)), width_of(text.text or "")
            left = {"end": x - width, "middle": x - width / 2}.get(text.get("text-anchor", ""), x)
            boxes.append((left, y - 9, left + width, y, text.text))
            assert left >= 0 and left + width <= 762, (item, text.text)
        for place, (left, top, right, bottom, said) in enumerate(boxes):
            for other in boxes[place + 1 :]:
                apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
                assert apart, (item, said, other[4])


def test_prices_fall_in_steps_from_the_minimum_on() -> None:
    drawn = draw_prices("SCREW", "pcs", [Offer("ACME", ((100, 0.12), (1_000, 0.08)))], "CNY", "zh")
    told = [text.text for text in ET.fromstring(drawn.svg).iter(f"{SVG}text")]
    assert {"¥0.12", "¥0.08", "ACME", "一次订多少（pcs）"} <= set(told)
    assert "≥ 1,000: ¥0.08" in drawn.svg
