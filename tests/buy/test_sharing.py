"""Sharing a joint purchase: nobody pays more than alone, and no group would do better without the others."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huoku.buy.joint import Board, Offers, Vendors, choose_together
from huoku.buy.sharing import Game, equal_unit_price, game_of, may_split, nucleolus, objection, shapley, share_cost
from huoku.buy.terms import Floats, Ints


def moq_500(need: Ints) -> float:
    """500 at least, 1.00 each, nothing given back."""
    return float(max(500, int(need)))


def with_breaks(need: Ints) -> float:
    """1.00, from 200 on 0.90, from 500 on 0.70: whichever quantity is cheapest."""
    wanted = int(need)
    return min(wanted * 1.0, max(200, wanted) * 0.9, max(500, wanted) * 0.7)


def packs_of_100(need: Ints) -> float:
    return float(-(-int(need) // 100) * 100)


def test_three_shops_under_one_moq_pay_the_same_unit_price_and_their_own_freight() -> None:
    """100, 150 and 250 wanted make the MOQ of 500 together: 1.00 a unit, and 20, 30 and 10 of freight."""
    need, own = np.array([100, 150, 250]), np.array([20.0, 30.0, 10.0])
    sharing = share_cost(game_of(need, moq_500, own), need, own)
    assert sharing.rule == "equal_unit_price"
    assert sharing.pays.tolist() == [120, 180, 260]
    assert sharing.saves.tolist() == [400, 350, 250]
    assert sharing.objection is None


def test_packs_that_fit_two_members_make_an_equal_price_objectionable() -> None:
    """50 and 50 fill a pack of 100; 60 more open a second one. At 200 / 160 a unit the first two would rather leave."""
    need = np.array([50, 50, 60])
    game = may_split(game_of(need, packs_of_100))
    against = objection(game, equal_unit_price(need, game.whole))
    assert against is not None
    assert against.members == (0, 1)
    assert against.gain == pytest.approx(2 * 50 * 1.25 - 100)
    sharing = share_cost(game, need)
    assert sharing.rule == "nucleolus"
    assert sharing.objection is None
    assert sharing.pays.tolist() == pytest.approx([50, 50, 100])


def test_the_shapley_value_leaves_the_core_where_the_equal_price_does_not() -> None:
    """Breaks at 200 and 500: for some of 64 threesomes a Shapley share asks a pair for more than it pays alone."""
    found = []
    for need in itertools.product([10, 100, 190, 250], repeat=3):
        game = may_split(game_of(np.array(need), with_breaks))
        assert objection(game, equal_unit_price(np.array(need), game.whole)) is None
        found.append(objection(game, shapley(game)) is not None)
    assert any(found)


def test_the_nucleolus_of_an_airport() -> None:
    """Runways for planes that need 1, 2 and 3: the known answer is 0.50, 0.75, 1.75 (Littlechild 1974)."""
    game = Game(3, np.array([max([0, *(plane + 1 for plane in range(3) if group >> plane & 1)]) for group in range(8)]))
    assert nucleolus(game).tolist() == pytest.approx([0.5, 0.75, 1.75])


def test_where_no_share_satisfies_all_the_strongest_objection_is_told() -> None:
    """Any two could buy for 3, all three pay 6: each pair asks for at most 3, so all for at most 4.50."""
    game = Game(3, np.array([0.0, 3, 3, 3, 3, 3, 3, 6]))
    sharing = share_cost(game)
    assert sharing.pays.tolist() == pytest.approx([2, 2, 2])
    assert sharing.objection is not None
    assert sharing.objection.gain == pytest.approx(1.0)


def test_several_products_of_several_vendors_are_shared_by_what_each_group_would_pay() -> None:
    """Two parts, two vendors with a fee of 60 each: A wants only the first part, B only the second, C both.

    Alone 60 + 10, 60 + 20 and 60 + 10 + 30 from the vendor who has both. Together 60 + 20 + 60: one fee.
    """
    rows = (np.array(column) for column in ([0, 1, 1], [0, 0, 1], [1] * 3, [1] * 3, [10**6] * 3, [1.0, 3.0, 2.0]))
    vendors = Vendors(np.array([60.0, 60.0]), np.zeros(2))
    offers = Offers(*rows)

    def cost(need: Ints) -> float:
        return choose_together(Board(need, np.zeros(2), offers, vendors), gap=0.0).cost

    need = np.array([[10, 0], [0, 10], [10, 10]])
    game = game_of(need, cost)
    assert game.alone.tolist() == pytest.approx([70, 80, 100])
    sharing = share_cost(game)
    assert (sharing.rule, sharing.objection) == ("nucleolus", None)
    assert sharing.pays.sum() == pytest.approx(60 + 20 * 1 + 20 * 3)
    for group in range(1, 8):
        together = sum(sharing.pays[member] for member in range(3) if group >> member & 1)
        assert together <= game.cost[group] + 1e-6


def test_13_members_are_too_many() -> None:
    with pytest.raises(ValueError, match="13 members"):
        game_of(np.ones(13, np.int64), moq_500)


needs = st.lists(st.integers(10, 200), min_size=2, max_size=8).map(np.array)
rules = st.sampled_from([moq_500, with_breaks, packs_of_100])


@given(needs, st.sampled_from([moq_500, with_breaks]))
@settings(max_examples=30, deadline=None)
def test_against_every_group_an_equal_price_holds_where_average_cost_falls(need: Ints, rule: object) -> None:
    game = may_split(game_of(need, rule))  # type: ignore[arg-type]
    pays = equal_unit_price(need, game.whole)
    for group in range(1, game.cost.size):
        together = sum(pays[member] for member in range(need.size) if group >> member & 1)
        assert together <= game.cost[group] + 1e-6


@given(needs, rules)
@settings(max_examples=30, deadline=None)
def test_the_axioms_of_sharing(need: Ints, rule: object) -> None:
    """All is paid; nobody pays more than alone; who wants nothing pays nothing; equals pay equally."""
    need = np.append(need[:5], [0, need[0]])
    game = may_split(game_of(need, lambda wanted: rule(wanted) if wanted else 0.0))  # type: ignore[operator]
    for pays in (nucleolus(game), shapley(game)):
        assert pays.sum() == pytest.approx(game.whole)
        assert (pays <= game.alone + 1e-6).all()
        assert pays[-2] == pytest.approx(0.0, abs=1e-6)
        assert pays[0] == pytest.approx(pays[-1])


@given(needs, st.floats(1.0, 2.0))
def test_when_the_goods_get_dearer_nobody_pays_less(need: Ints, factor: float) -> None:
    assert (equal_unit_price(need, 100.0 * factor) >= equal_unit_price(need, 100.0)).all()


@given(needs, rules, st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None)
def test_no_other_share_makes_the_unhappiest_groups_happier(need: Ints, rule: object, seed: int) -> None:
    """The savings of all groups, the least first, of the nucleolus against shares near it."""
    need = need[:5]
    game = may_split(game_of(need, rule))  # type: ignore[arg-type]
    best = least_first(game, pays := nucleolus(game))
    generator = np.random.default_rng(seed)
    for _ in range(50):
        step = generator.normal(size=need.size)
        other = least_first(game, pays + (step - step.mean()) * generator.choice([0.01, 1, 10]))
        differs = np.flatnonzero(np.abs(other - best) > 1e-6)
        assert not differs.size or other[differs[0]] < best[differs[0]]


def least_first(game: Game, pays: Floats) -> Floats:
    return np.sort((game.cost - game.groups @ pays)[1:-1])
