"""Items that come and go: a launch item not before its first day, a phase-out item not beyond what is used up."""

from datetime import timedelta

import pytest

from huoku.factory import Factory
from huoku.plan import plan

from .worlds import TODAY, bought, day, exceptions, ordered, planned, promised, world


def new_lamp(**given: object) -> Factory:
    """A lamp is made in a day of a new bulb, which its maker sells from day 6 on, three days away."""
    tables: dict[str, object] = {
        "items": [{"item": "LAMP", "lead_time_days": 1, "price": 50}, {"item": "BULB", "lifecycle": "launch"}],
        "bom": [{"parent": "LAMP", "component": "BULB", "qty": 1}],
        "sources": [{"item": "BULB", "supplier": "S", "lead_time_days": 3, "price": 2, "valid_from": day(6)}],
        "demands": [{"demand": "SO-1", "item": "LAMP", "qty": 4, "due": day(2)}],
    }
    return world(**{**tables, **given})


@pytest.mark.parametrize(("lang", "words"), [("en", "sells it only from {} on"), ("zh", "从 {} 起才供货")])
def test_a_launch_item_is_not_bought_before_its_first_day_and_the_late_order_says_from_when(lang, words) -> None:
    made = planned(new_lamp())
    assert ordered(made) == [("buy", "BULB", "MAIN", 4, 6, 9), ("make", "LAMP", "MAIN", 4, 9, 10)]
    assert promised(made) == {"SO-1": 10}
    assert words.format(day(6)) in plan(new_lamp(), lang=lang).promises["reason"][0]


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "its BOM holds only from {} on"), ("zh", "它的 BOM 从 {} 起才有效")]
)
def test_a_launch_product_is_not_made_before_its_bom_holds(lang, words) -> None:
    """Bulbs are there; the lamp may be made from day 5 on: it is there on day 6, four days late."""
    factory = new_lamp(
        items=[{"item": "LAMP", "lead_time_days": 1, "price": 50, "lifecycle": "launch"}, {"item": "BULB"}],
        bom=[{"parent": "LAMP", "component": "BULB", "qty": 1, "valid_from": day(5)}],
        stock=[{"item": "BULB", "qty": 4}],
    )
    made = planned(factory)
    assert ordered(made) == [("make", "LAMP", "MAIN", 4, 5, 6)]
    assert words.format(day(5)) in plan(factory, lang=lang).promises["reason"][0]


def old_part(lifecycle: str, **given: object) -> Factory:
    """Eight of a part are wanted. It is 2.00, or 1.00 from 20 on. In each of the last twelve months 30 were used."""
    tables: dict[str, object] = {
        "items": [{"item": "PART", "lifecycle": lifecycle, "price": 9}],
        "sources": [{"item": "PART", "supplier": "S", "lead_time_days": 1, "price": "2.60"}],
        "price_breaks": [{"item": "PART", "supplier": "S", "min_qty": 20, "price": 2}],
        "demands": [{"demand": "SO-1", "item": "PART", "qty": 8, "due": day(5)}],
        "history": [{"item": "PART", "date": TODAY - timedelta(30 * month), "qty": 30} for month in range(1, 13)],
    }
    return world(**{**tables, **given})


def test_of_a_part_that_is_phased_out_no_more_is_bought_because_of_its_past_use() -> None:
    """20 x 2.00 = 40.00, of which twelve will be used later and give back 24.00; 8 x 2.60 = 20.80 otherwise."""
    assert bought(planned(old_part("active"))) == {"PART": 20}
    for going in ("phase_out", "obsolete"):
        made = planned(old_part(going))
        assert bought(made) == {"PART": 8}
        assert made.leftovers.is_empty()


def test_what_a_moq_leaves_of_a_part_that_is_phased_out_has_no_chance_of_use_and_names_its_order() -> None:
    moq = [{"item": "PART", "supplier": "S", "lead_time_days": 1, "price": 2, "moq": 20}]
    made = planned(old_part("phase_out", sources=moq, price_breaks=[]))
    (order,) = made.orders["order"]
    assert made.leftovers.select("qty", "value", "cause", "p_use").rows() == [(12, 24, order, 0)]
    assert exceptions(made, "phase_out_left") == [
        (
            "PART",
            f"PART is going out, and 12 pcs are left on the last day (worth 24.00), from {order}: "
            "return them, sell them or find them another use",
        )
    ]


def test_what_lies_there_of_an_obsolete_part_is_named_with_its_lots() -> None:
    """100 in five lots, of which nobody wants any."""
    lots = [{"item": "PART", "qty": 20, "lot": f"L{n}"} for n in range(5)]
    made = plan(old_part("obsolete", stock=lots, demands=[]), lang="zh")
    ((subject, message),) = exceptions(made, "phase_out_left")
    assert subject == "PART"
    assert "期末还剩 100 pcs（值 200.00），来自 L0, L1, L2 等另 2 处" in message


def test_no_safety_stock_is_kept_of_what_is_going_out() -> None:
    kept = {"item": "PART", "safety_stock": 15}
    assert bought(planned(old_part("active", items=[kept], history=[]))) == {"PART": 23}
    for going in ("phase_out", "obsolete"):
        factory = old_part(going, items=[{**kept, "lifecycle": going}], history=[])
        assert bought(planned(factory)) == {"PART": 8}
        assert [warning.rule for warning in factory.warnings].count("safety_of_going_out") == 1


def test_a_lot_rule_that_makes_too_many_of_a_product_that_goes_out_is_told() -> None:
    """Four lamps are wanted, and a lot is six at least: two are left, worth 4.00."""
    factory = new_lamp(
        items=[{"item": "LAMP", "price": 50, "lot_min": 6, "lifecycle": "phase_out"}, {"item": "BULB"}],
        stock=[{"item": "BULB", "qty": 6}],
        sources=[{"item": "BULB", "supplier": "S", "lead_time_days": 3, "price": 2}],
    )
    ((_, message),) = exceptions(planned(factory), "phase_out_made")
    assert message == "LAMP is going out, and its lot rules make 2 pcs too many of 6 (worth 4.00)"


def test_a_launch_item_that_nothing_dates_is_doubtful() -> None:
    undated = [{"item": "BULB", "supplier": "S", "lead_time_days": 3, "price": 2}]
    rules = {warning.rule: warning.text("en") for warning in new_lamp(sources=undated).warnings}
    assert "it may be bought or made at once" in rules["launch_without_day"]
    assert "launch_without_day" not in {warning.rule for warning in new_lamp().warnings}
