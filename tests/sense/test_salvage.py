"""Ways out of a leftover: 100 pieces worth 2.00 each."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huoku.errors import UsageError
from huoku.sense.provision import BY_MOVEMENT, Step, provision_share
from huoku.sense.salvage import ClosedCase, Outlet, best_disposal, learnt

SCRAP = Outlet("scrap", 0.10)
BUY_BACK = Outlet("buy back", 0.70, fee=20.0, limit=60, open_months=3)


def test_the_supplier_takes_60_back_for_a_fee_and_the_rest_is_scrap() -> None:
    """60 x 2.00 x 0.70 - 20 = 64.00 and 40 x 2.00 x 0.10 = 8.00."""
    found = best_disposal(100, 2.0, [SCRAP, BUY_BACK])
    assert found.money == pytest.approx(72.0)
    assert dict(found.units) == {"buy back": 60, "scrap": 40}


def test_a_few_pieces_are_not_worth_the_fee() -> None:
    """10 x 2.00 x 0.70 - 20 is a loss; scrap gives 2.00."""
    assert best_disposal(10, 2.0, [SCRAP, BUY_BACK]) == (pytest.approx(2.0), (("scrap", 10),))


def test_a_right_to_give_back_ends() -> None:
    assert best_disposal(100, 2.0, [SCRAP, BUY_BACK], months=4).money == pytest.approx(20.0)


def test_what_fades_is_worth_less_each_month() -> None:
    assert best_disposal(100, 2.0, [Outlet("resale", 0.5, fade=0.1)], months=2).money == pytest.approx(81.0)


def test_what_costs_to_get_rid_of_is_rather_kept() -> None:
    assert best_disposal(100, 2.0, [Outlet("hazardous waste", -0.3)]) == (0.0, ())


def test_a_buyer_who_takes_200_at_least_takes_none_of_100() -> None:
    assert best_disposal(100, 2.0, [SCRAP, Outlet("dealer", 0.9, least=200)]).money == pytest.approx(20.0)


outlets = st.lists(
    st.builds(
        Outlet,
        name=st.sampled_from("ABCD"),
        share=st.sampled_from([-0.1, 0.1, 0.4, 0.5]),
        fee=st.sampled_from([0.0, 1.0, 3.0]),
        limit=st.integers(1, 5).map(float),
        least=st.integers(0, 3).map(float),
    ),
    max_size=3,
    unique_by=lambda outlet: outlet.name,
)


@settings(max_examples=60, deadline=None)
@given(units=st.integers(0, 6), ways=outlets)
def test_agrees_with_every_way_to_share_the_pieces_out(units: int, ways: list[Outlet]) -> None:
    best = 0.0
    for placed in itertools.product(range(units + 1), repeat=len(ways)):
        legal = all(n == 0 or way.least <= n <= way.limit for n, way in zip(placed, ways, strict=True))
        if sum(placed) <= units and legal:
            money = sum(n * 3.0 * way.share - way.fee for n, way in zip(placed, ways, strict=True) if n)
            best = max(best, money)
    found = best_disposal(units, 3.0, ways)
    assert found.money == pytest.approx(best)
    assert sum(n for _, n in found.units) <= units


def test_closed_cases_draw_a_share_towards_what_came_back() -> None:
    """(4 x 0.50 + 0.20 + 0.30) / 6; the case of another outlet and one without value tell nothing."""
    cases = [
        ClosedCase("resale", 100, 20),
        ClosedCase("resale", 10, 3),
        ClosedCase("scrap", 5, 5),
        ClosedCase("resale", 0, 9),
    ]
    found = learnt([Outlet("resale", 0.50)], cases)
    assert found[0].share == pytest.approx(2.5 / 6)


def test_a_year_without_movement_writes_off_half() -> None:
    assert [provision_share(months, BY_MOVEMENT) for months in (0, 5.9, 6, 12, 23, 24, 99)] == [
        0,
        0,
        0.2,
        0.5,
        0.5,
        1,
        1,
    ]


@pytest.mark.parametrize("table", [[], [Step(1, 0)], [Step(0, 0), Step(0, 1)], [Step(0, 1.5)]])
def test_a_table_of_provisions_that_makes_no_sense_is_refused(table: list[Step]) -> None:
    with pytest.raises(UsageError, match="0 months"):
        provision_share(3, table)
