"""Kinds, smallest steps and values: the same meaning for the planner and the judge."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huoku.factory import Factory, build, decimals, kinds, unit_values

TODAY = date(2026, 1, 5)


@pytest.mark.parametrize(
    ("given_kind", "has_bom", "has_source", "kind", "buyable", "makeable"),
    [
        (None, False, False, "buy", True, False),
        (None, False, True, "buy", True, False),
        (None, True, False, "make", False, True),
        (None, True, True, "make", True, True),
        ("buy", True, True, "buy", True, False),
        ("buy", False, False, "buy", True, False),
        ("make", True, True, "make", False, True),
        ("make", False, True, "make", False, False),
        ("phantom", True, True, "phantom", False, False),
    ],
)
def test_an_item_may_be_bought_or_made(given_kind, has_bom, has_source, kind, buyable, makeable):
    factory = build(
        today=TODAY,
        items=[{"item": "X", "kind": given_kind}, {"item": "Y"}],
        bom=[{"parent": "X", "component": "Y", "qty": 1}] if has_bom else [],
        sources=[{"item": "X", "supplier": "S", "lead_time_days": 1}] if has_source else [],
    )
    assert kinds(factory).row(0) == ("X", kind, buyable, makeable)


def test_the_smallest_step_is_given_or_follows_the_unit():
    items = [
        {"item": "A"},
        {"item": "B", "unit": "kg"},
        {"item": "C", "decimals": 1},
        {"item": "D", "unit": "kg", "decimals": 0},
    ]
    assert decimals(build(today=TODAY, items=items)).rows() == [("A", 0), ("B", 3), ("C", 1), ("D", 0)]


def test_the_cheapest_price_of_any_source_or_break_counts():
    factory = build(
        today=TODAY,
        items=[{"item": "P", "unit_cost": 9}, {"item": "Q", "unit_cost": 5}, {"item": "R"}],
        sources=[
            {"item": "P", "supplier": "S", "lead_time_days": 1, "price": 4},
            {"item": "P", "supplier": "T", "lead_time_days": 1, "price": 3},
            {"item": "Q", "supplier": "S", "lead_time_days": 1},
        ],
        price_breaks=[{"item": "P", "supplier": "S", "min_qty": 100, "price": "2.5"}],
    )
    assert unit_values(factory).rows() == [("P", 2.5, 9.0, 9.0), ("Q", 5.0, 5.0, 5.0), ("R", 0.0, 0.0, 0.0)]


def test_a_made_item_is_worth_its_material_with_scrap():
    factory = build(
        today=TODAY,
        items=[{"item": "A", "price": 50}, {"item": "B", "unit_cost": 99}, {"item": "C", "unit_cost": 2}],
        bom=[
            {"parent": "A", "component": "B", "qty": 2},
            {"parent": "A", "component": "C", "qty": 1, "scrap_rate": "50%"},
            {"parent": "B", "component": "C", "qty": 4},
        ],
    )
    # B is worth 4 x 2 = 8 though its unit cost says 99; A is 2 x 8 + 1.5 x 2 = 19.
    assert unit_values(factory).rows() == [("A", 19.0, 19.0, 50.0), ("B", 8.0, 99.0, 99.0), ("C", 2.0, 2.0, 2.0)]


def naive_cheapest(factory: Factory, item: str) -> float:
    """The definition, by recursion."""
    prices = [
        row["price"] for row in factory.sources.to_dicts() + factory.price_breaks.to_dicts() if row["item"] == item
    ]
    if known := [price for price in prices if price is not None]:
        return float(min(known))
    lines = [row for row in factory.bom.to_dicts() if row["parent"] == item]
    if lines:
        return sum(
            float(row["qty"]) * (1 + float(row["scrap_rate"])) * naive_cheapest(factory, row["component"])
            for row in lines
        )
    return float(next(row["unit_cost"] for row in factory.items.to_dicts() if row["item"] == item) or 0)


@st.composite
def shops(draw: st.DrawFn) -> Factory:
    names = [f"I{n}" for n in range(draw(st.integers(1, 7)))]
    cost = st.one_of(st.none(), st.integers(0, 50).map(Decimal))
    lines = [
        {
            "parent": parent,
            "component": component,
            "qty": draw(st.integers(1, 4)),
            "scrap_rate": draw(st.sampled_from([0, "0.1"])),
        }
        for at, parent in enumerate(names)
        for component in names[at + 1 :]
        if draw(st.booleans())
    ]
    sources = [
        {"item": name, "supplier": "S", "lead_time_days": 1, "price": draw(cost)}
        for name in names
        if draw(st.booleans())
    ]
    return build(today=TODAY, items=[{"item": n, "unit_cost": draw(cost)} for n in names], bom=lines, sources=sources)


@settings(max_examples=40, deadline=None)
@given(shops())
def test_values_agree_with_the_definition_by_recursion(factory):
    for item, cheapest, *_ in unit_values(factory).rows():
        assert cheapest == pytest.approx(naive_cheapest(factory, item), rel=1e-12)
