"""A wanted share of lines: what is expected, and what has to be aimed at."""

import numpy as np
import pytest

from huoku.simulate.aiming import aimed
from huoku.simulate.episode import Episode
from huoku.simulate.learning import learnt
from huoku.simulate.measures import figures
from huoku.simulate.parts import Parts
from huoku.simulate.policies import LineFillTarget
from huoku.simulate.policies.line_fill_target import expected_line_fill
from huoku.simulate.replay import replay
from huoku.simulate.review import Review

WEEKS = 150


@pytest.fixture(scope="module")
def shop() -> tuple[Parts, np.ndarray]:
    """Sixty parts of one steady law: used in a week with a chance of 0.3, 1 to 5 pieces; lead 2, single pieces."""
    chance = np.random.default_rng(3)
    use = np.where(chance.random((60, WEEKS)) < 0.3, chance.integers(1, 6, (60, WEEKS)), 0).astype(float)
    one = np.ones(60)
    return Parts(10 * one, one, one, 0.01 * one, np.full(60, 2)), use


@pytest.mark.slow
def test_where_the_law_is_steady_the_expected_share_is_the_one_that_comes(shop):
    parts, use = shop
    method = learnt(use[:, :80], parts.unit_cost, parts.lead, 52)
    episode = Episode(parts, use, 80, np.full(60, 6.0))
    told = replay(episode, {"own": LineFillTarget(0.9)}, method)["own"]
    reached = figures(episode, told, Review(parts, use, 52, method).next_year).total().line_fill
    # Some 60 x 68 x 0.3 = 1,224 lines: a standard error of 0.9 %.
    assert reached == pytest.approx(0.9, abs=0.03)


def test_expected_fill_rises_with_stock_from_none_to_all(shop):
    parts, use = shop
    review = Review(parts, use[:, :80], 52, learnt(use[:, :80], parts.unit_cost, parts.lead, 52))
    told = [expected_line_fill(review, np.full(60, float(stock))) for stock in (-1, 2, 5, 10, 60)]
    assert told == sorted(told)
    assert told[0] == pytest.approx(0.0, abs=1e-9)
    assert told[-1] == pytest.approx(1.0, abs=1e-6)


@pytest.mark.slow
def test_what_to_aim_at_is_read_off_the_past(shop):
    parts, use = shop
    learning = Episode(parts, use[:, :80], 40, np.full(60, 6.0))
    method = learnt(use[:, :40], parts.unit_cost, parts.lead, 52)
    wanted = LineFillTarget(0.9)
    policy = aimed(wanted, learning, method)
    reached = figures(
        learning, replay(learning, {"own": policy}, method)["own"], Review(parts, use[:, :80], 52, method).next_year
    )
    assert reached.total().line_fill == pytest.approx(0.9, abs=0.02)
