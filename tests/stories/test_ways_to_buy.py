"""Three shops under their minimum, with the options a buyer really has: what is chosen, and its money."""

from typing import Any

import pytest

from huoku.factory import build
from huoku.plan import plan
from huoku.plan.buying import Advice
from huoku.report import options_text

from .one_part import TODAY, day, offer


def advice(need: int, orders: int, per: object, moq: int, unit: str = "pcs", **possible: Any) -> Advice:
    """A product of one bought material at 10.00 under a minimum; the order, at 100 a piece, is due on day 40."""
    made = plan(
        build(
            today=TODAY,
            items=[{"item": "PRODUCT", "lead_time_days": 3}, {"item": "STUFF", "unit": unit}],
            bom=[{"parent": "PRODUCT", "component": "STUFF", "qty": per}],
            sources=[offer("MILL", 10.00, moq=moq, item="STUFF")],
            demands=[{"demand": "SO-1", "item": "PRODUCT", "qty": orders, "due": day(40), "price": 100}],
        )
    )
    found = made.options("STUFF", possible=possible)
    assert (found.qty, found.wanted) == (need, day(37))
    return found


def costs(found: Advice) -> dict[str, float]:
    return {line.kind: line.cost for line in found.lines}


def excess_share(found: Advice) -> float:
    """What is left of the chosen purchase, as a part of it."""
    assert found.best is not None
    return found.best.leftover / found.best.qty


def test_150_appliances_take_one_contract_in_calls_instead_of_500_at_once() -> None:
    """At once: 5,000 - 350 salvage + 3,500 x 0.20 x 328 / 365 = 629.04 holding to the last day of the plan.

    A small lot: 150 x 13 + 200. In calls: 1,500 + 350 x 0.50.
    """
    found = advice(
        150, 150, 1, 500,
        small_lots=[{"price": 13.0, "fee": 200.0}],
        contracts=[{"qty": 500, "price": 10.0, "call": 50, "cancel_fee": 0.5, "supplier": "MILL"}],
    )  # fmt: skip
    assert costs(found) == pytest.approx(
        {"split_delivery": 1675, "small_lot": 2150, "minimum": 5279.04, "decline": 15_000}
    )  # fmt: skip
    assert found.card is not None and found.card.excess_share == pytest.approx(0.70)
    assert excess_share(found) == 0


def test_20_machines_join_80_of_a_neighbour() -> None:
    """Alone: 1,000 - 80 salvage + 800 x 0.20 x 328 / 365 = 143.78 holding.

    Shared: 20 x 10 and 60 of freight. Another design: 500 + 20 x 12.
    """
    found = advice(
        20, 20, 1, 100,
        partners=[{"qty": 80, "days": 7, "freight": 60.0, "name": "neighbour"}],
        designs=[{"once": 500.0, "price": 12.0}],
    )  # fmt: skip
    assert costs(found) == pytest.approx({"share": 260, "redesign": 740, "minimum": 1063.78, "decline": 2000})
    assert found.card is not None and found.card.excess_share == pytest.approx(0.80)
    assert excess_share(found) == 0


def test_300_garments_of_400_yards_ask_the_customer_or_buy_for_the_next_season() -> None:
    """1,000 yards: 10,000 - 600 salvage + 6,000 x 0.20 x 328 / 365 = 1,078.36 holding = 10,478.36.

    A customer who pays half of the rest with a chance of 0.5 takes 1,500 off. A next season of 500 yards 180 days later
    that comes with a chance of 0.8 saves 8 in 10 times 5,000 less 500 of salvage and what holding is left.
    """
    season = 180
    found = advice(
        400, 300, "1.333333", 1000, "yd",
        charges=[{"part": 0.5, "chance": 0.5}],
        later=[{"qty": 500, "day": 37 + season, "chance": 0.8, "name": "next season"}],
    )  # fmt: skip
    told = costs(found)
    held = 500 * 10 * 0.20 * (328 - season) / 365
    alone = 10_000 - 600 + 6_000 * 0.20 * 328 / 365
    assert told["minimum"] == pytest.approx(alone, abs=0.01)
    assert told["charge"] == pytest.approx(alone - 1500, abs=0.01)
    assert told["pull_forward"] == pytest.approx(alone - 0.8 * (5000 - 500 + held), abs=0.01)
    assert found.best is not None and found.best.kind == "pull_forward"
    assert found.card is not None and found.card.excess_share == pytest.approx(0.60)
    assert found.best.dies == pytest.approx(0.2 + 0.8 * 100 / 600)
    # Of what is bought 60 % is more than the need, and 20 % is expected to die.
    assert found.best.dies * excess_share(found) == pytest.approx(0.20)


def test_an_owner_who_shuns_risk_takes_the_dearer_but_surer_way() -> None:
    """The season may fail: far dearer in the bad tenth than on average. With a limit of 1,000 it is not bought for."""
    possible = {
        "later": [{"qty": 500, "day": 217, "chance": 0.8}],
        "small_lots": [{"price": 20.0}],
    }
    made = plan(
        build(
            today=TODAY,
            items=[{"item": "STUFF", "unit": "yd", "price": 30}],
            sources=[offer("MILL", 10.00, moq=1000, item="STUFF")],
            demands=[{"demand": "SO-1", "item": "STUFF", "qty": 400, "due": day(37)}],
        )
    )
    bold, careful = (made.options("STUFF", possible=possible, risk_limit=limit) for limit in (None, 1000.0))
    assert bold.best is not None and careful.best is not None
    assert (bold.best.kind, careful.best.kind) == ("pull_forward", "small_lot")
    assert careful.best.cost == careful.best.cvar == pytest.approx(8000)


def test_stock_of_a_substitute_and_the_other_parts_of_the_vendor_are_found_in_the_tables() -> None:
    """A new order for 150 sockets. Alone 150 and a fee of 40; with the wires of the same week the fee is shared.

    120 old sockets that nobody wants stand in for 60: 90 and the fee, 12 of salvage that they no longer bring, but no
    more holding, 120 x 0.20 x 335 / 365 = 22.03.
    """
    made = plan(
        build(
            today=TODAY,
            items=[{"item": "SOCKET"}, {"item": "WIRE"}, {"item": "OLD", "unit_cost": 1, "kind": "buy"}],
            sources=[offer("MILL", 1.00, item="SOCKET", order_fee=40), offer("MILL", 1.00, item="WIRE", order_fee=40)],
            substitutes=[{"item": "SOCKET", "substitute": "OLD", "ratio": 2}],
            stock=[{"item": "OLD", "qty": 120}],
            demands=[{"demand": "SO-2", "item": "WIRE", "qty": 100, "due": day(33), "price": 3}],
        )
    )
    found = made.options("SOCKET", 150, day(30))
    assert costs(found) == pytest.approx(
        {"minimum": 190, "together": 150, "substitute": 90 + 40 + 12 - 120 * 0.20 * 335 / 365}
    )
    assert found.best is not None and (found.best.kind, found.best.whom) == ("substitute", "OLD")


def test_stand_ins_lie_side_by_side_by_performance_price_and_terms() -> None:
    """150 screws under an MOQ of 500, two that may stand in: 100 steel ones lie dead; of brass two do for one."""
    made = plan(
        build(
            today=TODAY,
            items=[
                {"item": "SCREW", "name": "Screw 8.8", "attributes": '{"strength": 800, "finish": "zinc"}'},
                {"item": "STEEL", "name": "Screw 10.9", "attributes": '{"strength": 1000}'},
                {"item": "BRASS", "name": "Brass screw", "attributes": '{"strength": 400}'},
            ],
            sources=[
                offer("MILL", 1.00, moq=500, item="SCREW"),
                offer("MILL", 2.00, moq=10, item="STEEL"),
                offer("FORGE", 0.40, item="BRASS"),
            ],
            stock=[{"item": "STEEL", "qty": 100}],
            substitutes=[
                {"item": "SCREW", "substitute": "STEEL", "priority": 1, "valid_to": day(300)},
                {"item": "SCREW", "substitute": "BRASS", "priority": 2, "ratio": 2},
                {"item": "SCREW", "substitute": "STEEL", "priority": 3, "valid_from": day(301), "ratio": 9},
            ],
        )
    )
    found = made.options("SCREW", 150, day(20))
    assert [(one.item, one.needed, one.on_hand, one.left) for one in found.candidates] == [
        ("SCREW", 150, 0, 0),
        ("STEEL", 150, 100, 100),
        ("BRASS", 300, 0, 0),
    ]
    bought = [(one.terms.supplier, one.terms.qty, one.terms.cash) for one in found.candidates if one.terms]
    assert bought == [("MILL", 500, 500.0), ("MILL", 50, 100.0), ("FORGE", 300, 120.0)]
    said = options_text(found, "en").splitlines()
    sheet = [line.split() for line in said[said.index("What may stand in, for a need of 150 pcs of SCREW:") + 1 :]]
    assert ["for", "one", "SCREW", "¥1.00", "¥2.00", "¥0.80"] in sheet
    assert ["strength", "800", "1000", "400"] in sheet
    assert ["finish", "zinc", "—", "—"] in sheet
    assert found.data()["candidates"][1]["performance"] == {"strength": 1000}


def test_an_item_without_stand_ins_has_no_such_sheet() -> None:
    assert advice(150, 150, 1, 500).candidates == ()
