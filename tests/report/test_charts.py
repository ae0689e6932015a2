"""Charts: what is drawn is what the figures say."""

import xml.etree.ElementTree as ET
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huoku.errors import UsageError
from huoku.factory import build
from huoku.language import LANGUAGES, Language
from huoku.plan import Plan, plan
from huoku.plan.model.build import build as build_case
from huoku.report import plot_leftovers, plot_lot_cost, plot_projection
from huoku.report.drawing import Picture, cut, month_starts, ticks, width_of
from huoku.report.leftover_chart import Tile, squarified
from huoku.report.lot_cost_chart import Lots

Plans = dict[Language, Plan]
SVG = "{http://www.w3.org/2000/svg}"


def words(picture: Picture) -> list[str]:
    return [text.text or "" for text in ET.fromstring(picture.svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_chart_is_a_sound_picture_without_an_empty_place(plans: Plans, lang: Language) -> None:
    made = plans[lang]
    for picture in (plot_projection(made, "TH-01"), plot_leftovers(made), plot_lot_cost(made, "FB-KH")):
        root = ET.fromstring(picture.svg)
        assert root.get("aria-label") == picture.title
        assert not [told for told in words(picture) if "{" in told or "None" in told]
        assert picture._repr_html_() == picture._repr_svg_() == picture.svg
        assert "style" not in picture.inline and "http" not in picture.inline


def test_a_projection_tells_what_comes_what_is_kept_and_what_is_left(plans: Plans) -> None:
    told = words(plot_projection(plans["zh"], "TH-01"))
    left = sum(leftover.qty for leftover in plans["zh"].explain("TH-01").leftovers)
    assert "安全 300" in told
    assert f"剩 {left + 300:,.0f}" in told  # safety stock stays on hand
    assert any(label.startswith("+") for label in told)


def test_an_item_that_nothing_moves_is_drawn_too(plans: Plans) -> None:
    assert "480 left" in words(plot_projection(plans["en"], "HS-K12-VT"))


@pytest.mark.parametrize("draw", [plot_projection, plot_lot_cost])
def test_an_unknown_item_is_no_picture(plans: Plans, draw: type) -> None:
    with pytest.raises(UsageError, match="NO-SUCH"):
        draw(plans["en"], "NO-SUCH")


def test_a_phantom_has_no_source_and_so_no_cost_curve(plans: Plans) -> None:
    phantom = plans["en"].factory.items.filter(kind="phantom")["item"][0]
    with pytest.raises(UsageError, match=phantom):
        plot_lot_cost(plans["en"], phantom)


def test_what_150_pieces_really_cost_under_moq_500_and_from_a_small_lot() -> None:
    offers = [
        {"item": "BODY", "supplier": "A", "moq": 500, "lead_time_days": 0, "price": "1.00"},
        {"item": "BODY", "supplier": "B", "moq": 1, "lead_time_days": 0, "price": "1.20"},
    ]
    case = build_case(
        build(
            today=date(2026, 1, 5),
            holding_rate=0,
            salvage_rate=0.1,
            items=[{"item": "BODY"}],
            sources=offers,
            demands=[{"demand": "SO-1", "item": "BODY", "qty": 150, "due": date(2026, 2, 5)}],
        )
    )
    lots = Lots(case, 0, range(0, 2))
    assert lots.smallest(0) == 500
    assert lots.each(0, 150, 500) == pytest.approx((500 * 1.00 - 350 * 0.1) / 150)  # 350 left, a tenth comes back
    assert lots.each(1, 150, 150) == pytest.approx(1.20)
    at = dict(lots.curve(0, 600))
    assert at[500] == pytest.approx(1.00)
    assert all(earlier >= later for earlier, later in zip(at.values(), list(at.values())[1:], strict=False))


def test_an_item_with_substitutes_has_its_own_cost_curve() -> None:
    offers = [
        {"item": "BODY", "supplier": "A", "moq": 500, "lead_time_days": 0, "price": "1.00"},
        {"item": "OTHER", "supplier": "B", "moq": 7, "lead_time_days": 0, "price": "9.00"},
    ]
    made = plan(
        build(
            today=date(2026, 1, 5),
            items=[{"item": "BODY"}, {"item": "OTHER"}],
            sources=offers,
            substitutes=[{"item": "BODY", "substitute": "OTHER", "ratio": 1}],
            demands=[{"demand": "SO-1", "item": "BODY", "qty": 150, "due": date(2026, 2, 5)}],
        )
    )
    assert "need 150, buy 500" in plot_lot_cost(made, "BODY", "en").svg
    assert ">B<" in plot_lot_cost(made, "OTHER", "en").svg


values = st.lists(st.floats(0.01, 1e6), min_size=1, max_size=30)


@given(values, st.floats(50, 2000), st.floats(50, 2000))
def test_tiles_fill_the_box_and_their_areas_are_their_values(worth: list[float], width: float, height: float) -> None:
    tiles = [Tile(str(at), "", value, None) for at, value in enumerate(sorted(worth, reverse=True))]
    placed = squarified(tiles, (0, 0, width, height))
    total = sum(worth)
    assert len(placed) == len(tiles)
    for tile, (x, y, wide, tall) in placed:
        assert wide * tall == pytest.approx(tile.value / total * width * height, rel=1e-6)
        assert x >= -1e-6 and x + wide <= width * (1 + 1e-6) and y >= -1e-6 and y + tall <= height * (1 + 1e-6)


@given(st.floats(1e-3, 1e12), st.integers(2, 8))
def test_an_axis_reaches_the_highest_figure_in_few_round_steps(high: float, count: int) -> None:
    steps = ticks(high, count)
    assert steps[0] == 0 and steps[-1] >= high * (1 - 1e-9)
    assert len(steps) <= 2 * count + 2


def test_months_of_a_plan() -> None:
    assert month_starts(date(2026, 11, 23), date(2027, 1, 31)) == [date(2026, 12, 1), date(2027, 1, 1)]


@given(st.text(max_size=40), st.floats(0, 300))
def test_a_label_is_cut_to_its_room(told: str, room: float) -> None:
    assert width_of(cut(told, room)) <= room or cut(told, room) == ""
