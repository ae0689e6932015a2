"""Scores of forecasts, by hand."""

import numpy as np
import pytest

from huoku.sense.demand.scores import area_under_curve, brier, decile_gaps, pinball, root_scaled_error


def test_at_95_percent_a_piece_missing_costs_19_times_a_piece_too_many() -> None:
    assert pinball(np.array([[10.0], [10.0]]), np.array([11.0, 9.0]), [0.95]) == pytest.approx(
        np.array([[0.95], [0.05]])
    )


def test_the_error_is_measured_by_the_steps_of_the_past() -> None:
    # Steps of the past: 2 and -2, so a scale of 4; errors 1 and 3.
    error = root_scaled_error(np.array([[2.0, 2.0]]), np.array([[3.0, 5.0]]), np.array([[0.0, 2.0, 0.0]]))
    assert error == pytest.approx([np.sqrt(5.0 / 4.0)])


def test_a_series_that_never_changed_has_no_scale() -> None:
    assert np.isnan(root_scaled_error(np.ones((1, 1)), np.ones((1, 1)), np.zeros((1, 5)))).all()


def test_odds_that_put_every_used_part_first_have_all_the_area_and_ties_half() -> None:
    used = np.array([True, False, True, False])
    assert area_under_curve(np.array([0.9, 0.1, 0.8, 0.2]), used) == 1.0
    assert area_under_curve(np.full(4, 0.5), used) == 0.5
    assert area_under_curve(np.array([0.9, 0.9, 0.3, 0.1]), used) == 0.625


def test_even_odds_are_a_quarter_wrong() -> None:
    assert brier(np.array([0.5, 0.5]), np.array([True, False])) == 0.25


def test_gaps_are_told_group_by_group() -> None:
    odds = np.repeat(np.linspace(0.05, 0.95, 10), 20)
    gaps = decile_gaps(odds, np.tile(np.arange(20) < 10, 10))
    assert gaps == pytest.approx(np.linspace(0.05, 0.95, 10) - 0.5)
