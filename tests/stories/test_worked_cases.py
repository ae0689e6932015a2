"""The worked cases of buying under a minimum order quantity, every number by hand."""

import pytest

from .one_part import Row, bought, codes, day, message, offer, planned, rejected, wanted

MOQ_OR_DEAR = [offer("A", 1.00, moq=500), offer("B", 1.20, moq=1)]
TWO_YEARS = [
    {"item": "PART", "date": day(0).replace(year=2024 + month // 12, month=month % 12 + 1), "qty": 150}
    for month in range(24)
]


def test_150_are_bought_from_the_dearer_supplier_without_moq() -> None:
    """B: 150 x 1.20 = 180.00. A: 500.00 + 350 x 0.20 x 335 / 365 = 64.25 for holding, - 350 x 0.10 = 529.25."""
    made = planned(MOQ_OR_DEAR, [wanted("SO-1", 150, 30)])
    assert bought(made) == [("B", 150, day(30))]
    decision = made.decisions.row(0, named=True)
    assert decision["cost"] == pytest.approx(180.00)
    assert rejected(made) == ("supplier", "A", 500)
    assert decision["alternative_cost"] == pytest.approx(500 + 350 * 0.20 * 335 / 365 - 35)
    why = made.orders["why"][0]
    assert "150" in why and "180.00" in why and "A 500 for 529.25, 349.25 dearer" in why


def test_150_are_bought_under_the_moq_where_150_a_month_were_used_for_two_years() -> None:
    """Of 500, 350 are left. At 150 a month they last 70 days more: 35 days on average, 350 x 35 x 0.20 / 365 = 6.7.

    All of them are used within a year, so they give back 350.00: 500 + 6.7 - 350 = 156.7 against 180.00 from B. A
    little more, since the use may also be slower than it was.
    """
    made = planned(MOQ_OR_DEAR, [wanted("SO-1", 150, 30)], history=TWO_YEARS)
    assert bought(made) == [("A", 500, day(30))]
    assert made.decisions["cost"][0] == pytest.approx(156.7, abs=2.0)
    assert made.decisions["alternative_cost"][0] == pytest.approx(180.00)
    left = made.leftovers.row(0, named=True)
    assert (left["item"], left["qty"], left["value"], left["cause"]) == ("PART", 350, 350, made.orders["order"][0])
    assert left["p_use"] == pytest.approx(1.0, abs=0.01)
    assert left["expected_loss"] == pytest.approx(0.0, abs=3.0)


def test_use_of_the_past_is_worth_nothing_where_the_part_is_obsolete() -> None:
    """As without a history: the other 350 would lie to the end, so 150 come from B for 180.00."""
    items = [{"item": "PART", "lifecycle": "obsolete"}]
    made = planned(MOQ_OR_DEAR, [wanted("SO-1", 150, 30)], items=items, history=TWO_YEARS)
    assert bought(made) == [("B", 150, day(30))]


def test_a_cheap_offer_of_second_priority_wins() -> None:
    made = planned([offer("A", 10.00, priority=1), offer("B", 1.00, priority=2)], [wanted("SO-1", 10, 30)])
    assert bought(made) == [("B", 10, day(30))]


def test_priority_breaks_a_tie_in_money() -> None:
    made = planned([offer("A", 1.00, priority=2), offer("B", 1.00, priority=1)], [wanted("SO-1", 10, 30)])
    assert bought(made) == [("B", 10, day(30))]


SLOW_OR_DEAR = [offer("A", 10.00, lead_time_days=30), offer("B", 11.00)]


def test_due_in_10_days_the_quick_supplier_is_worth_his_ten_percent() -> None:
    made = planned(SLOW_OR_DEAR, [wanted("SO-1", 10, 10)])
    assert bought(made) == [("B", 10, day(10))]
    assert rejected(made) == ("too late", "A", 10)
    assert made.decisions["alternative_cost"][0] == pytest.approx(100.00)
    assert "30 days" in made.orders["why"][0]


def test_due_in_60_days_the_slow_supplier_is_cheaper() -> None:
    made = planned(SLOW_OR_DEAR, [wanted("SO-1", 10, 60)])
    assert bought(made) == [("A", 10, day(60))]
    assert made.orders["start"][0] == day(30)
    assert made.decisions["alternative_cost"][0] == pytest.approx(110.00)


def test_20_and_20_and_20_within_a_week_are_one_order_of_100() -> None:
    """100.00 + (20 x 3 + 20 x 6 + 40 x 335 = 13,580 piece-days) x 0.20 / 365 - 40 x 0.10 = 103.44."""
    demands = [wanted("SO-1", 20, 30), wanted("SO-2", 20, 33), wanted("SO-3", 20, 36)]
    made = planned([offer("A", 1.00, moq=100)], demands)
    assert bought(made) == [("A", 100, day(30))]
    assert made.decisions["cost"][0] == pytest.approx(100 + 13_580 * 0.20 / 365 - 4)
    assert made.decisions["leftover_qty"][0] == 40
    assert made.usage["source"].unique().to_list() == made.orders["order"].to_list()


def test_150_four_times_against_500_are_600_at_once_and_what_the_last_100_cost_is_said() -> None:
    """600 at once: 600.00 + (150 x 30 + 150 x 60 + 150 x 90 = 27,000 piece-days) x 0.20 / 365 = 614.79.

    The first 500 of them: 500.00 + (4,500 + 9,000 + 50 x 90 = 18,000) x 0.20 / 365 = 509.86. So the last 100 cost
    104.93, and not the 500 or more of a second order.
    """
    made = planned([offer("A", 1.00, moq=500)], [wanted(f"SO-{n}", 150, 30 * n) for n in (1, 2, 3, 4)])
    assert bought(made) == [("A", 600, day(30))]
    assert made.decisions["cost"][0] == pytest.approx(614.79, abs=0.01)
    assert made.decisions["alternative"][0] == "split"
    assert made.decisions["alternative_qty"][0] == 500
    assert "last 100 cost 104.93" in made.orders["why"][0]


@pytest.mark.parametrize(
    ("moq", "multiple", "need", "buy"),
    [(125, 100, 90, 200), (500, 100, 510, 600), (500, 0, 150, 500), (100, 30, 100, 120), (0, 25, 51, 75)],
)
def test_a_need_is_raised_to_the_moq_and_to_whole_packs(moq: int, multiple: int, need: int, buy: int) -> None:
    made = planned([offer("A", 1.00, moq=moq, multiple=multiple)], [wanted("SO-1", need, 30)])
    assert bought(made) == [("A", buy, day(30))]
    assert made.decisions.select("needed_qty", "leftover_qty").row(0) == (need, buy - need)
    assert made.leftovers.select("qty", "value").rows() == ([(buy - need, buy - need)] if buy > need else [])


def test_200_against_30_000_are_never_bought_silently() -> None:
    """29,800 of 30,000 are left, 99 %; declining would lose 200 x 3.00 = 600.00 of sales."""
    made = planned([offer("A", 1.00, moq=30_000)], [wanted("SO-1", 200, 30)])
    (order,) = made.orders["order"]
    excess = made.exceptions.row(0, named=True)
    assert (excess["severity"], excess["code"], excess["subject"]) == ("warning", "moq_excess", order)
    assert "29800" in excess["message"] and "99 %" in excess["message"]
    assert "SO-1" in excess["message"] and "600.00" in excess["message"]
    why = made.orders["why"][0]
    assert "200" in why and "30000" in why and "29800" in why


def test_a_part_in_two_assemblies_and_in_the_product_is_the_sum_over_all_paths() -> None:
    """10 products: 10 x 4 directly, 20 frames x 3, 10 doors x 5: 40 + 60 + 50 = 150, one order of the MOQ."""
    made = planned(
        [offer("A", 1.00, moq=150)],
        [{"demand": "SO-1", "item": "PRODUCT", "qty": 10, "due": day(30), "price": 100}],
        items=[
            {"item": "PRODUCT", "lead_time_days": 1},
            {"item": "FRAME", "lead_time_days": 2},
            {"item": "DOOR", "lead_time_days": 3},
            {"item": "PART"},
        ],
        bom=[
            {"parent": "PRODUCT", "component": "PART", "qty": 4},
            {"parent": "PRODUCT", "component": "FRAME", "qty": 2},
            {"parent": "PRODUCT", "component": "DOOR", "qty": 1},
            {"parent": "FRAME", "component": "PART", "qty": 3},
            {"parent": "DOOR", "component": "PART", "qty": 5},
        ],
    )
    # The doors start first: 30 - 1 - 3 = day 26.
    assert bought(made) == [("A", 150, day(26))]
    made_items = dict(made.orders.select("order", "item").iter_rows())
    taken = made.usage.filter(made.usage["item"] == "PART").select("consumer", "qty").iter_rows()
    assert {made_items[consumer]: qty for consumer, qty in taken} == {"PRODUCT": 40, "FRAME": 60, "DOOR": 50}
    assert made.leftovers.is_empty()


OPEN = [{"supply": "PO-7", "item": "PART", "qty": 100, "due": day(10), "supplier": "A", "kind": "buy"}]


def test_an_open_purchase_that_is_needed_is_left_alone() -> None:
    made = planned([offer("A", 1.00)], [wanted("SO-1", 100, 12)], supplies=OPEN)
    assert made.orders.is_empty()
    assert codes(made, "PO-7") == []


@pytest.mark.parametrize(("demands", "excess"), [([wanted("SO-1", 40, 12)], "60 of 100"), ([], "100 of 100")])
def test_after_a_reduction_or_a_cancellation_the_open_purchase_is_no_longer_needed(
    demands: list[Row], excess: str
) -> None:
    made = planned([offer("A", 1.00)], demands, supplies=OPEN)
    assert codes(made, "PO-7") == ["supply_not_needed"]
    assert excess in message(made, "supply_not_needed")


def test_a_price_break_is_bought_up_to_when_that_is_cheaper() -> None:
    """90 at 1.00 = 90.00; 100 at 0.80 = 80.00 + 10 x 0.80 x 0.20 x 335 / 365 - 10 x 0.08 = 80.67."""
    breaks = [{"item": "PART", "supplier": "A", "min_qty": 100, "price": 0.80}]
    made = planned([offer("A", 1.00)], [wanted("SO-1", 90, 30)], price_breaks=breaks)
    assert bought(made) == [("A", 100, day(30))]
    assert made.orders["unit_price"][0] == 0.80
    assert made.decisions["cost"][0] == pytest.approx(80 + 8 * 0.20 * 335 / 365 - 0.80)
    assert made.decisions.select("alternative_qty", "alternative_cost").row(0) == (90, pytest.approx(90.00))


def test_a_price_break_that_costs_more_than_it_saves_is_left() -> None:
    """70 at 1.00 = 70.00; 100 at 0.80 = 80.00 + 30 x 0.80 x 0.20 x 335 / 365 - 2.40 = 82.01."""
    breaks = [{"item": "PART", "supplier": "A", "min_qty": 100, "price": 0.80}]
    made = planned([offer("A", 1.00)], [wanted("SO-1", 70, 30)], price_breaks=breaks)
    assert bought(made) == [("A", 70, day(30))]
    assert made.decisions["alternative_cost"][0] == pytest.approx(80 + 24 * 0.20 * 335 / 365 - 2.40)


def test_a_later_order_uses_the_leftover_of_an_earlier_one() -> None:
    """60 on day 30 leave 40 of a lot of 100: just what the order of day 90 wants."""
    made = planned([offer("A", 1.00, moq=100)], [wanted("SO-1", 60, 30), wanted("SO-2", 40, 90)])
    assert bought(made) == [("A", 100, day(30))]
    (order,) = made.orders["order"]
    assert sorted(made.usage.select("consumer", "qty", "date", "source").rows()) == [
        ("SO-1", 60, day(30), order),
        ("SO-2", 40, day(90), order),
    ]
    assert made.leftovers.is_empty()


def test_an_order_meets_the_least_value_of_its_supplier() -> None:
    """50.00 at 0.30 apiece: 166.67, so 167 pieces."""
    made = planned([offer("A", 0.30, min_order_value=50)], [wanted("SO-1", 20, 30)])
    assert bought(made) == [("A", 167, day(30))]


def test_a_fee_for_each_order_brings_needs_together() -> None:
    """Two orders: 2 x 20.00. One: 20.00 + 50 x 60 x 0.20 / 365 = 1.64 for holding."""
    demands = [wanted("SO-1", 50, 30), wanted("SO-2", 50, 90)]
    made = planned([offer("A", 1.00, order_fee=20)], demands)
    assert bought(made) == [("A", 100, day(30))]
    assert made.figures["cost"]["fees"] == 20
    assert made.figures["cost"]["holding"] == pytest.approx(1.64)
    assert bought(planned([offer("A", 1.00, order_fee=1)], demands)) == [("A", 50, day(30)), ("A", 50, day(90))]
