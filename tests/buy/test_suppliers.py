"""Suppliers: delays drawn towards those of all, days to order earlier, the scorecard."""

import csv
import gzip
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huoku.buy.suppliers import Criterion, Delays, OwnFigures, delays_of, safety_days, scorecard
from huoku.buy.suppliers.delays import LEVELS, pinball, weighted_quantile
from huoku.errors import UsageError


def test_a_supplier_with_one_late_delivery_is_not_taken_for_always_late() -> None:
    """All deliver on the day but one, whose only delivery was 20 days late: half of it is drawn to the others."""
    supplier = np.array([0] * 10 + [1] * 10 + [2])
    days = np.array([0.0] * 20 + [20.0])
    delays = Delays(supplier, days, weight_of(supplier), strength=1.5)
    # Its own delivery weighs 1, and of the others' 1.5 another third is its own: 1.5 of 2.5.
    assert delays.on_time(2) == pytest.approx(0.4)
    assert delays.quantile(2, [0.3, 0.9]).tolist() == [0, 20]
    assert delays.quantile(0, [0.9]).tolist() == [0]


def weight_of(supplier: np.ndarray) -> np.ndarray:
    return np.array([1 / (3 * (supplier == one).sum()) for one in supplier])


def test_a_supplier_that_never_delivered_is_like_all_the_others() -> None:
    delays = delays_of(np.array([0, 1, 0, 1, 0, 1]), np.array([0.0, 4, 0, 4, 0, 4]))
    assert delays.quantile(7, [0.5, 0.9]).tolist() == [0, 4]
    assert delays.on_time(7) == pytest.approx(0.5)


def test_without_any_delivery_nothing_is_learnt() -> None:
    with pytest.raises(ValueError, match="there is none"):
        delays_of(np.zeros(0, np.int64), np.zeros(0))


def test_each_supplier_of_its_own_kind_needs_little_help_from_the_others_and_all_alike_need_much() -> None:
    draw = np.random.default_rng(3)
    supplier = draw.integers(0, 20, 800)
    own_ways = delays_of(supplier, supplier * 3.0 + draw.integers(0, 2, 800))
    all_alike = delays_of(supplier, draw.integers(0, 30, 800).astype(float))
    assert own_ways.strength <= 1 < 16 <= all_alike.strength


@pytest.mark.parametrize(("late", "expected"), [(9.0, 9), (1.0, 5), (0.0, 0)])
def test_the_dearer_being_late_the_earlier_it_is_ordered(late: float, expected: int) -> None:
    """Delays of 1 to 10 days, each as likely: against 1.00 a day of holding, 9.00 asks for the ninth of ten."""
    supplier = np.zeros(10, np.int64)
    delays = Delays(supplier, np.arange(1.0, 11), np.full(10, 0.1), strength=1.0)
    assert safety_days(delays, 0, late=late, holding=1.0) == expected


def test_who_delivers_early_needs_no_safety_days() -> None:
    delays = Delays(np.zeros(3, np.int64), np.array([-3.0, -2, -1]), np.full(3, 1 / 3), strength=1.0)
    assert safety_days(delays, 0, late=9.0, holding=1.0) == 0


@given(st.lists(st.integers(-5, 30), min_size=1, max_size=30), st.floats(0.1, 20), st.floats(0.1, 5))
def test_no_other_number_of_days_costs_less(days: list[int], late: float, holding: float) -> None:
    delays = Delays(np.zeros(len(days), np.int64), np.array(days, float), np.full(len(days), 1 / len(days)), 1.0)

    def cost(earlier: int) -> float:
        over = earlier - np.array(days)
        return float((holding * np.maximum(over, 0) - late * np.minimum(over, 0)).mean())

    best = cost(safety_days(delays, 0, late=late, holding=holding))
    assert best <= min(cost(earlier) for earlier in range(32)) + 1e-9


def test_a_weighted_quantile_is_the_first_value_that_reaches_the_level() -> None:
    assert weighted_quantile(np.array([3.0, 1, 2]), np.array([1.0, 1, 2]), [0.25, 0.5, 1.0]).tolist() == [1, 2, 3]


def test_own_records_come_before_what_is_entered_and_the_unknown_is_said() -> None:
    """3 of 4 small orders delivered: 5 x 4 / 6. Answers after 1 and 10 days: halfway. 30 days of credit, in stages."""
    own = OwnFigures(small=(3, 4), answer_days=(1.0, 10.0), credit_days=30.0, staged=True)
    card = scorecard(own, {"small_batches": 0.0, "reputation": 4.0})
    assert card.grades["small_batches"] == (pytest.approx(20 / 6), "own")
    assert card.grades["communication"] == (pytest.approx(2.5), "own")
    assert card.grades["payment"] == (pytest.approx(4.75), "own")
    assert card.grades["reputation"] == (4.0, "entered")
    assert card.grades["digitalisation"] == (None, "unknown")
    assert card.total == pytest.approx((20 / 6 + 2.5 + 4.75 + 4.0) / 4)
    assert card.known == pytest.approx(4 / 7)


def graded(own: OwnFigures, criterion: Criterion, **entered: float) -> tuple[float | None, str]:
    return scorecard(own, entered).grades[criterion]


def test_size_and_positioning_are_as_somebody_judged_them() -> None:
    assert graded(OwnFigures(small=(9, 9)), "positioning", positioning=4.0) == (4.0, "entered")
    assert graded(OwnFigures(small=(9, 9)), "positioning") == (None, "unknown")


@pytest.mark.parametrize(("small", "score"), [((1, 1), 5 * 2 / 3), ((9, 10), 5 * 10 / 12), ((0, 8), 0.5)])
def test_small_orders_of_the_last_year_count_more_the_more_there_were(small: tuple[int, int], score: float) -> None:
    assert graded(OwnFigures(small=small), "small_batches", small_batches=5.0) == (pytest.approx(score), "own")


def test_who_granted_one_of_four_split_deliveries_is_little_flexible() -> None:
    assert graded(OwnFigures(flexible=(1, 4)), "flexibility") == (pytest.approx(5 * 2 / 6), "own")


@pytest.mark.parametrize(("days", "score"), [((0.5,), 5.0), ((1.0,), 5.0), ((5.5,), 2.5), ((2.0, 20.0), 0.0)])
def test_an_answer_within_a_day_is_the_best_and_after_ten_it_is_none(days: tuple[float, ...], score: float) -> None:
    assert graded(OwnFigures(answer_days=days), "communication") == (pytest.approx(score), "own")


def test_whether_stock_and_schedule_are_open_to_see_is_entered() -> None:
    assert graded(OwnFigures(), "digitalisation", digitalisation=1.0) == (1.0, "entered")


@pytest.mark.parametrize(
    ("credit", "staged", "score"),
    [(60, False, 5.0), (0, False, 2.5), (0, True, 3.5), (-60, False, 0.0), (90, True, 5.0)],
)
def test_credit_is_good_paying_before_is_bad_and_stages_are_worth_a_point(
    credit: float, staged: bool, score: float
) -> None:
    assert graded(OwnFigures(credit_days=credit, staged=staged), "payment") == (score, "own")


def test_reputation_among_real_users_is_entered_and_left_out_where_nobody_asked() -> None:
    known = scorecard(OwnFigures(), {"positioning": 2.0, "reputation": 5.0})
    assert (known.grades["reputation"], known.total, known.known) == ((5.0, "entered"), 3.5, pytest.approx(2 / 7))
    assert scorecard(OwnFigures(), {"positioning": 2.0}).total == 2.0


def test_weights_say_what_matters() -> None:
    card = scorecard(OwnFigures(), {"flexibility": 5.0, "payment": 1.0}, {"flexibility": 3.0})
    assert card.total == pytest.approx((3 * 5 + 1) / 4)
    assert card.known == pytest.approx(4 / 9)


def test_of_whom_nothing_is_known_there_is_no_total() -> None:
    assert scorecard(OwnFigures()).total is None


def test_a_score_of_6_is_refused() -> None:
    with pytest.raises(UsageError, match=r"reputation: a score lies between 0 and 5, not at 6.* / .*在 0 到 5 之间"):
        scorecard(OwnFigures(), {"reputation": 6.0})


@pytest.mark.parametrize("part", [0.5, 0.7])
def test_on_real_deliveries_shrinking_foretells_better_than_each_supplier_alone(shared: Path, part: float) -> None:
    """Learnt on the earlier part of real deliveries, judged on the later one by the loss of four quantiles."""
    supplier, days = deliveries(shared)
    cut = int(part * supplier.size)
    known = delays_of(supplier[:cut], days[:cut])
    alone = replace(known, strength=1e-9)
    assert loss(known, supplier[cut:], days[cut:]) < loss(alone, supplier[cut:], days[cut:])


def loss(model: Delays, supplier: np.ndarray, days: np.ndarray) -> float:
    """Pinball loss over all deliveries of the suppliers."""
    found = (pinball(model.quantile(int(one), LEVELS), days[supplier == one]) for one in np.unique(supplier))
    return sum(found) / days.size


def deliveries(shared: Path) -> tuple[np.ndarray, np.ndarray]:
    """Vendor and delay of each delivery that a vendor made itself, by scheduled day."""
    path = shared / "data" / "scms_delivery" / "scms_delivery_history.csv.gz"
    with gzip.open(path, "rt", newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["Fulfill Via"] == "Direct Drop"]
    dates = [
        tuple(
            datetime.strptime(row[name], "%d-%b-%y") for name in ("Scheduled Delivery Date", "Delivered to Client Date")
        )
        for row in rows
    ]
    order = sorted(range(len(rows)), key=lambda place: dates[place][0])
    _, vendor = np.unique([rows[place]["Vendor"] for place in order], return_inverse=True)
    return vendor, np.array([float((dates[place][1] - dates[place][0]).days) for place in order])
