"""How ready everything is that feeds a demand: items below their parents, what could be built, what all waits for."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx
from tests.tries import tries

import huoku
from huoku.factory.factory import build
from huoku.plan.explain.readiness import buildable, chain_of, leaves_of, parts_of

TODAY = date(2026, 11, 2)


def day(number):
    return TODAY + timedelta(days=number)


def needs(made, demand="SO-1"):
    return made.explain(demand).needs


def lamps(**tables):
    """A lamp takes a bulb and four screws and is made in two days."""
    return build(
        today=TODAY,
        items=[{"item": "LAMP", "lead_time_days": 2}, {"item": "BULB"}, {"item": "SCREW"}],
        bom=[{"parent": "LAMP", "component": "BULB", "qty": 1}, {"parent": "LAMP", "component": "SCREW", "qty": 4}],
        sources=[
            {"item": "SCREW", "supplier": "ACME", "lead_time_days": 5, "price": "0.1"},
            {"item": "BULB", "supplier": "ACME", "lead_time_days": 3, "price": "1"},
        ],
        demands=[{"demand": "SO-1", "item": "LAMP", "qty": 10, "due": day(3)}],
        **tables,
    )


def test_an_order_waits_for_the_part_that_comes_last():
    told = needs(huoku.plan(lamps(stock=[{"item": "BULB", "qty": 100}])))
    chain = chain_of(told, TODAY)
    assert chain.path == ("LAMP", "SCREW") and (chain.source.kind, chain.source.available) == ("buy", day(5))
    parts = parts_of(told)
    assert [(part.path, part.need.qty) for part in parts] == [
        (("LAMP",), 10),
        (("LAMP", "SCREW"), 40),
        (("LAMP", "BULB"), 10),
    ]
    assert [chain.holds(part) for part in parts] == [True, True, False]


def test_what_could_be_built_ends_with_the_part_that_runs_out_first():
    told = huoku.plan(lamps(stock=[{"item": "BULB", "qty": 6}, {"item": "SCREW", "qty": 12}]))
    now = buildable(parts_of(needs(told)))
    assert (now.here, now.more, now.limit.need.item) == (0, approx(3), "SCREW")
    whole = huoku.plan(lamps(stock=[{"item": "LAMP", "qty": 10}]))
    now = buildable(parts_of(needs(whole)))
    assert (now.here, now.more, now.limit) == (10, 0, None)
    assert chain_of(needs(whole), TODAY) is None


def test_what_is_all_here_waits_for_its_own_work():
    told = needs(huoku.plan(lamps(stock=[{"item": "BULB", "qty": 10}, {"item": "SCREW", "qty": 40}])))
    chain = chain_of(told, TODAY)
    assert chain.path == ("LAMP",) and chain.source.kind == "make"
    assert buildable(parts_of(told)).qty == approx(10)


def test_an_open_make_order_is_work_and_a_purchase_is_none():
    supplies = [
        {"supply": "WO-1", "item": "LAMP", "qty": 4, "due": day(2), "kind": "make", "status": "released"},
        {"supply": "PO-1", "item": "SCREW", "qty": 24, "due": day(4), "kind": "buy", "supplier": "ACME"},
    ]
    told = parts_of(needs(huoku.plan(lamps(stock=[{"item": "BULB", "qty": 100}], supplies=supplies))))
    works = {source.name: source.is_work for part in told for source in part.need.sources if source.kind == "supply"}
    assert works == {"WO-1": True, "PO-1": False}
    assert buildable(told).qty == approx(4)  # what is in work; the screws for the others are not here


@settings(max_examples=tries(12), deadline=None)
@given(
    stock=st.dictionaries(st.sampled_from(["BULB", "SCREW", "LAMP", "FRAME", "WIRE"]), st.integers(1, 90), max_size=5),
    ordered=st.integers(1, 60),
    due=st.integers(1, 30),
    per=st.integers(1, 5),
)
def test_in_any_tree_parts_add_up_and_nothing_is_built_of_what_is_not_here(stock, ordered, due, per):
    made = huoku.plan(
        build(
            today=TODAY,
            items=[
                {"item": "LAMP", "lead_time_days": 2},
                {"item": "FRAME", "lead_time_days": 1},
                *({"item": name} for name in ("BULB", "SCREW", "WIRE")),
            ],
            bom=[
                {"parent": "LAMP", "component": "FRAME", "qty": 1},
                {"parent": "LAMP", "component": "BULB", "qty": 1},
                {"parent": "LAMP", "component": "SCREW", "qty": per},
                {"parent": "FRAME", "component": "SCREW", "qty": 2},
                {"parent": "FRAME", "component": "WIRE", "qty": per},
            ],
            sources=[
                {"item": name, "supplier": "ACME", "lead_time_days": lead, "price": "1"}
                for name, lead in (("BULB", 3), ("SCREW", 5), ("WIRE", 8))
            ],
            stock=[{"item": name, "qty": qty} for name, qty in stock.items()],
            demands=[{"demand": "SO-1", "item": "LAMP", "qty": ordered, "due": day(due)}],
        )
    )
    told = needs(made)
    parts = parts_of(told)
    for part in parts:
        assert part.need.qty == approx(sum(source.covers for source in part.need.sources))
    assert len({part.path for part in parts}) == len(parts)
    taken = made.pegging()
    for item in ("BULB", "SCREW", "WIRE", "FRAME"):
        of_item = sum(part.need.qty for part in parts if part.path[-1] == item)
        assert of_item == approx(taken.filter(item=item)["qty"].sum())
    now = buildable(parts)
    assert 0 <= now.qty <= ordered + 1e-9
    lamps_here = stock.get("LAMP", 0)
    assert now.here == approx(min(lamps_here, ordered))
    assert now.more <= stock.get("BULB", 0) + 1e-9
    waits = [part for group in leaves_of(parts).values() for part in group if not part.is_all_here]
    assert (now.qty >= ordered - 1e-6) == (not waits)
    if chain := chain_of(told, TODAY):
        assert chain.source.available == max(
            part_source.available
            for part in parts
            if part.path == chain.path
            for part_source in part.need.sources
            if part_source.slack_days == chain.source.slack_days
        )
