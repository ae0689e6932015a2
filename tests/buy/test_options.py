"""The options of a need, each with its money worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huoku.buy.joint import Board, Offers, Vendors
from huoku.buy.options import (
    Case,
    Charge,
    Contract,
    Design,
    FutureUse,
    JoinedPart,
    Later,
    Partners,
    Possible,
    SmallLot,
    StandIn,
    Weighed,
    card,
    compare_options,
    no_use,
    use_of_odds,
    use_of_quantiles,
)
from huoku.metrics.lines import Lines

from .offers import Offer, case_of

MILL = Offer(price=1.0, moq=500)


def futures(*pairs: tuple[float, float]) -> FutureUse:
    """(amount used in a year, chance) of each future."""
    amount, chance = zip(*pairs, strict=True)
    return FutureUse(np.array(amount, float), np.array(chance, float), np.zeros(len(pairs)))


def of_kind(case: Case, kind: str, **possible: object) -> Weighed:
    """The one option of this kind."""
    (found,) = [one for one in compare_options(case, Possible(**possible)).options if one.option.kind == kind]  # type: ignore[arg-type]
    return found


def test_the_minimum_is_paid_in_full_and_gives_back_the_salvage_of_the_rest() -> None:
    """500 for a need of 150; of 350 nothing is used: 500 - 35."""
    found = of_kind(case_of(150, MILL), "minimum")
    assert (found.option.cash, found.option.leftover, found.leftover_value) == (500.0, 350, 350.0)
    assert found.cost == found.cvar == pytest.approx(465.0)
    assert (found.dies, found.not_all, found.weeks) == (1.0, 1.0, None)


def test_what_is_used_later_saves_its_price_and_the_odds_are_told() -> None:
    """In half of the futures 350 are used within the year, in the other half 70: 0.6 of the rest on average."""
    found = of_kind(case_of(150, MILL, use=futures((350, 0.5), (70, 0.5))), "minimum")
    assert found.used_share == pytest.approx(0.6)
    assert (found.used_low, found.used_high) == (pytest.approx(0.2), pytest.approx(1.0))
    assert found.not_all == pytest.approx(0.5)
    assert found.weeks == pytest.approx(365 / 7)
    assert found.cost == pytest.approx(500 - 0.5 * 350 - 0.5 * (70 + 28))
    assert found.cvar == pytest.approx(500 - 70 - 28)


def test_holding_is_paid_until_a_unit_is_used() -> None:
    """350 used evenly over the year lie half a year each: 350 x 0.20 x 0.5 = 35."""
    found = of_kind(case_of(150, MILL, holding=0.2, use=futures((350, 1.0))), "minimum")
    assert found.cost == pytest.approx(500 - 350 + 35)


def test_the_bad_tenth_is_the_mean_of_the_dearest_futures() -> None:
    """Of the dearest tenth half the chance lies in no use (465) and half in 100 used (465 - 90)."""
    found = of_kind(case_of(150, MILL, use=futures((0, 0.05), (100, 0.15), (350, 0.8))), "minimum")
    assert found.cvar == pytest.approx(0.5 * 465 + 0.5 * 375)
    assert found.risk == pytest.approx(found.cvar - (0.05 * 465 + 0.15 * 375 + 0.8 * 150))


def test_a_break_beyond_the_minimum_is_an_option_of_its_own() -> None:
    case = case_of(150, Offer(1.0, moq=500, breaks=((1000, 0.6),)))
    found = of_kind(case, "to_break")
    assert (found.option.qty, found.option.cash, found.option.leftover) == (1000, 600.0, 850)


def test_a_small_lot_costs_its_premium_and_leaves_nothing() -> None:
    found = of_kind(case_of(150, MILL), "small_lot", small_lots=(SmallLot(1.2, 30.0, 100, 7),))
    assert (found.cost, found.option.leftover, found.option.day) == (210.0, 0, 7)


def test_another_supplier_is_weighed_beside_the_cheapest() -> None:
    case = case_of(150, MILL, Offer(1.5, lead=40), late=2.0)
    found = of_kind(case, "other_supplier")
    assert found.option.source == 1
    assert found.cost == pytest.approx(150 * 1.5 + 10 * 2.0)


def test_a_contract_in_calls_risks_only_the_cancellation_fee() -> None:
    """500 in calls of 50: 150 now; of 350 more 100 are used, 250 are cancelled at 0.10."""
    contract = Contract(qty=500, price=1.0, call=50, call_fee=0.0, cancel_fee=0.10, days=5)
    found = of_kind(case_of(150, MILL, use=futures((100, 1.0))), "split_delivery", contracts=(contract,))
    assert (found.option.cash, found.option.leftover) == (150.0, 0)
    assert found.cost == pytest.approx(150 + 25)


def test_a_contract_smaller_than_the_need_is_no_option() -> None:
    contract = Contract(qty=100, price=1.0, call=50, call_fee=0.0, cancel_fee=0.10, days=5)
    kinds = {one.option.kind for one in compare_options(case_of(150, MILL), Possible(contracts=(contract,))).options}
    assert kinds == {"minimum", "decline"}


def test_a_substitute_for_all_costs_what_it_is_worth_otherwise() -> None:
    other = StandIn("OLD", available=400, ratio=2.0, worth=0.5, approval=40.0, days=3)
    found = of_kind(case_of(150, MILL), "substitute", stand_ins=(other,))
    assert (found.option.cash, found.cost, found.option.day) == (0.0, 150 * 2 * 0.5 + 40, 3)


def test_a_substitute_for_a_part_leaves_the_rest_to_be_bought() -> None:
    """60 by the substitute; 90 from an offer in tens."""
    other = StandIn("OLD", available=60, ratio=1.0, worth=0.5)
    found = of_kind(case_of(150, Offer(1.0, multiple=10)), "substitute", stand_ins=(other,))
    assert (found.option.qty, found.option.cash, found.cost) == (90, 90.0, 120.0)


def test_with_another_part_of_the_vendor_the_fee_and_the_minimum_value_are_shared() -> None:
    """Alone: 30 of goods raised to a minimum of 100, and a fee of 25. With 80 of another part: 30 more."""
    offers = Offers(*(np.array(column) for column in ([0, 1], [0, 0], [1, 1], [1, 1], [10**6] * 2, [1.0, 2.0])))
    board = Board(np.array([30, 40]), np.array([0.1, 0.2]), offers, Vendors(np.array([25.0]), np.array([100.0])))
    found = of_kind(case_of(30, MILL), "together", joined=(JoinedPart(board, 0, 9),))
    # Without it 40 of the other part have to be filled by 20 of goods, which give back 2.00.
    assert found.option.leftover == 0
    assert found.cost == pytest.approx((110 + 25) - (100 + 25 - 2))


def test_waiting_shares_the_minimum_and_pays_for_being_late() -> None:
    """150 now and 350 in day 50: together the minimum; 150 of it are ours, 20 days late at 2.00."""
    later = Later(qty=350, day=50, chance=1.0)
    found = of_kind(case_of(150, MILL, late=2.0), "wait", later=(later,))
    assert (found.option.cash, found.option.leftover, found.option.day) == (150.0, 0, 50)
    assert found.cost == pytest.approx(150 + 40)


def test_pulling_a_forecast_forward_leaves_its_units_when_it_does_not_come() -> None:
    """500 bought; the 350 are used 73 days later with a chance of 0.6, else salvaged."""
    later = Later(qty=350, day=30 + 73, chance=0.6)
    found = of_kind(case_of(150, MILL, holding=0.2), "pull_forward", later=(later,))
    came, failed = 500 - 350 + 350 * 0.2 * 73 / 365, 500 - 35 + 350 * 0.2
    assert found.cost == pytest.approx(0.6 * came + 0.4 * failed)
    assert found.cvar == pytest.approx(failed)
    assert found.weeks == pytest.approx(73 / 7)


def test_sharing_with_partners_takes_our_part_of_the_minimum() -> None:
    """150 of 300 wanted together: half of 500, half of the 200 left, and the freight."""
    found = of_kind(case_of(150, MILL), "share", partners=(Partners(qty=150, days=3, freight=12.0),))
    assert (found.option.cash, found.option.leftover, found.option.day) == (262.0, 100.0, 8)


def test_another_design_costs_its_engineering_once() -> None:
    found = of_kind(case_of(150, MILL), "redesign", designs=(Design(once=60.0, price=1.1, days=10),))
    assert found.cost == pytest.approx(60 + 165)


def test_a_customer_who_may_pay_for_the_rest_is_a_chance_and_no_certainty() -> None:
    """Half of 350 asked, granted with a chance of 0.4."""
    found = of_kind(case_of(150, MILL), "charge", charges=(Charge(part=0.5, chance=0.4),))
    assert found.cost == pytest.approx(465 - 0.4 * 175)
    assert found.cvar == pytest.approx(465)


def test_declining_forgoes_what_the_order_would_have_brought() -> None:
    found = of_kind(case_of(150, MILL, forgone=300.0), "decline")
    assert (found.cost, found.option.day) == (300.0, None)


def test_the_best_is_the_cheapest_within_the_risk_that_the_owner_allows() -> None:
    """Expected 200, but 465 in the bad tenth: with a limit of 100 the small lot at 225 is taken."""
    case = case_of(150, MILL, Offer(1.5), use=futures((0, 0.2), (350, 0.8)))
    free, careful = compare_options(case), compare_options(case, risk_limit=100.0)
    assert (free.best.option.kind, free.best.cost) == ("minimum", pytest.approx(0.2 * 465 + 0.8 * 150))
    assert (careful.best.option.kind, careful.is_within_limit) == ("other_supplier", True)
    assert not compare_options(case, risk_limit=-1.0).is_within_limit


def test_where_nobody_offers_it_only_declining_is_left() -> None:
    case = case_of(150, Offer(1.0))
    nobody = replace(case, terms=case.terms._replace(first=np.array([0, 0])))
    (only,) = compare_options(nobody).options
    assert only.option.kind == "decline"


@pytest.mark.parametrize(
    ("need", "moq", "share", "grade"), [(150, 500, 0.70, "high"), (20, 100, 0.80, "high"), (400, 1000, 0.60, "high")]
)
def test_the_card_of_the_three_shops(need: int, moq: int, share: float, grade: str) -> None:
    found = of_kind(case_of(need, Offer(10.0, moq=moq)), "minimum")
    told = card(need, moq, found, salvage=1.0)
    assert (told.excess, told.excess_share, told.cash_tied_up) == (moq - need, pytest.approx(share), 10 * (moq - need))
    assert told.expected_loss == pytest.approx(9 * (moq - need))
    assert told.grade == grade


def test_the_grade_falls_where_the_rest_will_be_used() -> None:
    found = of_kind(case_of(150, MILL, use=futures((350, 1.0))), "minimum")
    assert card(150, 500, found, salvage=0.1).grade == "low"


def test_the_grade_is_by_the_lines_of_the_owner() -> None:
    """150 of 500 at 1.00 are left and 20 % of them die: 30 x 0.90 = 27.00 of 500.00 are 5.4 %."""
    found = of_kind(case_of(350, MILL, use=futures((150, 0.8), (0, 0.2))), "minimum")
    usual, young = card(350, 500, found, salvage=0.1), card(350, 500, found, salvage=0.1, lines=Lines(0.05, 0.10))
    assert (usual.loss_share, usual.grade, young.grade) == (pytest.approx(0.054), "low", "raised")


def test_futures_from_quantiles_and_from_odds() -> None:
    from_quantiles = use_of_quantiles([0.25, 0.75], [10, 30])
    assert from_quantiles.chance.tolist() == [0.5, 0.5]
    from_odds = use_of_odds([0, 10, 20], [0.8, 0.5, 0.2])
    assert from_odds.amount.tolist() == [0, 5, 15, 20]
    assert from_odds.chance.tolist() == pytest.approx([0.2, 0.3, 0.3, 0.2])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(0, 800), st.integers(1, 9)), min_size=1, max_size=5),
    st.integers(1, 700),
    st.integers(1, 900),
)
def test_more_use_never_costs_more_and_the_bad_tenth_is_never_below_the_mean(
    pairs: list[tuple[int, int]], need: int, moq: int
) -> None:
    total = sum(weight for _, weight in pairs)
    use = futures(*((amount, weight / total) for amount, weight in pairs))
    more = use._replace(amount=use.amount + 10)
    few, many = (of_kind(case_of(need, Offer(1.0, moq=moq), use=some), "minimum") for some in (use, more))
    assert many.cost <= few.cost + 1e-9
    assert few.cvar >= few.cost - 1e-9
    assert few.cost <= of_kind(case_of(need, Offer(1.0, moq=moq), use=no_use()), "minimum").cost + 1e-9


def test_an_offer_that_has_ended_by_then_and_the_own_shop_are_no_suppliers() -> None:
    """Three offers: the cheapest ended before the order has to start, on day 25; the next is our own making."""
    case = case_of(150, Offer(0.5), Offer(0.7), Offer(1.5))
    ended = case.terms.start_to.copy()
    ended[0] = 24
    case = replace(case, terms=case.terms._replace(start_to=ended, is_make=np.array([False, True, False])))
    found = compare_options(case).options
    assert [(one.option.kind, one.option.source) for one in found if one.option.source >= 0] == [("minimum", 2)]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), min_size=1, max_size=5),
    st.integers(1, 20),
    st.integers(1, 30),
    st.floats(0.0, 0.5),
)
def test_agrees_with_following_every_unit_of_the_rest(
    pairs: list[tuple[int, int]], need: int, moq: int, holding: float
) -> None:
    """Unit by unit, future by future: when it is used, what it cost until then, what it gives back; then the tail."""
    total = sum(weight for _, weight in pairs)
    use = futures(*((amount, weight / total) for amount, weight in pairs))
    case = case_of(need, Offer(1.0, moq=moq), use=use, holding=holding)
    found = of_kind(case, "minimum")
    money = []
    for amount, weight in pairs:
        cost = float(max(need, moq))
        for unit in range(max(0, moq - need)):
            is_used = unit < amount
            years = (unit + 0.5) / amount if is_used else 1.0
            cost += holding * years - (1.0 if is_used else 0.1)
        money.append((cost, weight / total))
    assert found.cost == pytest.approx(sum(cost * chance for cost, chance in money))
    lacking, tail = 0.1, 0.0
    for cost, chance in sorted(money, reverse=True):
        taken = min(chance, lacking)
        tail, lacking = tail + taken * cost, lacking - taken
    assert found.cvar == pytest.approx(tail / 0.1)
