"""Ways out of a leftover: 100 pieces worth 2.00 each."""

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huoku.errors import UsageError
from huoku.sense.provision import BY_MOVEMENT, Step, provision_shares
from huoku.sense.salvage import Outlets, best_disposals, learnt_share


class Outlet(NamedTuple):
    """One way out, with the usual terms."""

    name: str
    share: float
    fee: float = 0.0
    limit: float = math.inf
    least: float = 0.0
    open_months: float = math.inf
    fade: float = 0.0


SCRAP = Outlet("scrap", 0.10)
BUY_BACK = Outlet("buy back", 0.70, fee=20.0, limit=60, open_months=3)


def best(units: float, value: float, ways: Sequence[Outlet], months: float = 0.0) -> tuple[float, dict[str, float]]:
    """The money of one leftover, and how much goes where."""
    terms = Outlets(*(np.array([[getattr(way, name) for way in ways]]) for name in Outlets._fields))
    found = best_disposals(np.array([units]), np.array([value]), terms, months)
    taken = zip(ways, found.units[0].tolist(), strict=True)
    return float(found.money[0]), {way.name: number for way, number in taken if number}


def test_the_supplier_takes_60_back_for_a_fee_and_the_rest_is_scrap() -> None:
    """60 x 2.00 x 0.70 - 20 = 64.00 and 40 x 2.00 x 0.10 = 8.00."""
    assert best(100, 2.0, [BUY_BACK, SCRAP]) == (pytest.approx(72.0), {"buy back": 60, "scrap": 40})


def test_a_few_pieces_are_not_worth_the_fee() -> None:
    """10 x 2.00 x 0.70 - 20 is a loss; scrap gives 2.00."""
    assert best(10, 2.0, [BUY_BACK, SCRAP]) == (pytest.approx(2.0), {"scrap": 10})


def test_a_right_to_give_back_ends() -> None:
    assert best(100, 2.0, [BUY_BACK, SCRAP], months=4) == (pytest.approx(20.0), {"scrap": 100})


def test_what_fades_is_worth_less_each_month() -> None:
    assert best(100, 2.0, [Outlet("resale", 0.5, fade=0.1)], months=2)[0] == pytest.approx(81.0)


def test_what_costs_to_get_rid_of_is_rather_kept() -> None:
    assert best(100, 2.0, [Outlet("hazardous waste", -0.3)]) == (0.0, {})


def test_a_buyer_who_takes_200_at_least_takes_none_of_100() -> None:
    assert best(100, 2.0, [Outlet("dealer", 0.9, least=200), SCRAP])[0] == pytest.approx(20.0)


outlets = st.lists(
    st.builds(
        Outlet,
        name=st.sampled_from("ABCD"),
        share=st.sampled_from([-0.1, 0.1, 0.4, 0.5]),
        fee=st.sampled_from([0.0, 1.0, 3.0]),
        limit=st.integers(1, 5).map(float),
        least=st.integers(0, 3).map(float),
        open_months=st.just(math.inf),
        fade=st.just(0.0),
    ),
    max_size=3,
    unique_by=lambda outlet: outlet.name,
)


@settings(max_examples=60, deadline=None)
@given(leftovers=st.lists(st.tuples(st.integers(0, 6), outlets), min_size=1, max_size=3))
def test_agrees_with_every_way_to_share_the_pieces_out(leftovers: list[tuple[int, list[Outlet]]]) -> None:
    """Several leftovers at once, each with ways out of its own."""
    nothing = Outlet("", 0.0, limit=0.0)
    places = max(len(ways) for _, ways in leftovers)
    table = [[*ways, *[nothing] * (places - len(ways))] for _, ways in leftovers]
    terms = Outlets(*(np.array([[getattr(way, name) for way in row] for row in table]) for name in Outlets._fields))
    units = np.array([float(number) for number, _ in leftovers])
    found = best_disposals(units, np.full(units.size, 3.0), terms)
    for row, (number, ways) in enumerate(leftovers):
        best = 0.0
        for placed in itertools.product(range(number + 1), repeat=len(ways)):
            legal = all(n == 0 or way.least <= n <= way.limit for n, way in zip(placed, ways, strict=True))
            if sum(placed) <= number and legal:
                money = sum(n * 3.0 * way.share - way.fee for n, way in zip(placed, ways, strict=True) if n)
                best = max(best, money)
        assert found.money[row] == pytest.approx(best)
        assert found.units[row].sum() <= number


def test_closed_cases_draw_a_share_towards_what_came_back() -> None:
    """(4 x 0.50 + 0.20 + 0.30) / 6; what has no case stays as it was said."""
    found = learnt_share(np.array([0.5, 0.1]), np.array([2.0, 0.0]), np.array([0.5, 0.0]))
    assert found.tolist() == pytest.approx([2.5 / 6, 0.1])


def test_a_year_without_movement_writes_off_half() -> None:
    months = np.array([0, 5.9, 6, 12, 23, 24, 99, np.inf])
    assert provision_shares(months, BY_MOVEMENT).tolist() == [0, 0, 0.2, 0.5, 0.5, 1, 1, 1]


@pytest.mark.parametrize("table", [[], [Step(1, 0)], [Step(0, 0), Step(0, 1)], [Step(0, 1.5)]])
def test_a_table_of_provisions_that_makes_no_sense_is_refused(table: list[Step]) -> None:
    with pytest.raises(UsageError, match="0 months"):
        provision_shares(np.array([3.0]), table)
