"""One more lot, or not: the weighing by hand, and against a loop over every possible use."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from huoku.buy.stocking import Outlook, Stakes, lots_worth_ordering
from huoku.sense.demand import Amounts


def spread(chances: dict[int, float]) -> Amounts:
    return Amounts(np.array([sorted(chances)], np.float64), np.array([[chances[k] for k in sorted(chances)]]))


def lots(position, lot, outlook, *, shortage, holding=0.0, write_down=0.0, leftover_share=0.0) -> int:
    stakes = Stakes(holding, write_down, leftover_share)
    return int(
        lots_worth_ordering(
            np.array([position], np.float64),
            np.array([lot], np.float64),
            outlook,
            unit_cost=np.array([10.0]),
            shortage=np.array([shortage], np.float64),
            stakes=stakes,
        )[0]
    )


NOTHING_BEFORE = Outlook(spread({0: 1.0}), spread({0: 0.5, 4: 0.5}), spread({0: 0.25, 4: 0.5, 8: 0.25}).take)
"""In the week that the lot serves: 4 with a chance of one half."""


def test_a_lot_is_ordered_when_the_shortage_it_spares_is_dearer_than_a_year_without_use():
    # Spared: 0.5 x 4 = 2 units short. Unasked with a chance of 1/4: 4 units x 10 x 0.1 x 1/4 = 1.
    assert lots(0, 4, NOTHING_BEFORE, shortage=0.51, write_down=0.1) == 1
    assert lots(0, 4, NOTHING_BEFORE, shortage=0.49, write_down=0.1) == 0


def test_holding_counts_what_the_lot_leaves_in_that_week():
    # Left over in the week with a chance of 1/2: 4 x 10 x 0.02 x 1/2 = 0.4 against 2 units short.
    assert lots(0, 4, NOTHING_BEFORE, shortage=0.21, holding=0.02) == 1
    assert lots(0, 4, NOTHING_BEFORE, shortage=0.19, holding=0.02) == 0


def test_where_demand_may_be_declined_every_unit_left_over_counts():
    # A lot of 8: left are 8, 4 and 0 with 1/4, 1/2, 1/4: 4 units; unasked 8 x 1/4 = 2.
    assert lots(0, 8, NOTHING_BEFORE, shortage=1.5, write_down=0.1, leftover_share=0.0) == 1
    assert lots(0, 8, NOTHING_BEFORE, shortage=1.5, write_down=0.1, leftover_share=1.0) == 0


def test_lots_are_added_until_the_next_one_is_not_worth_it():
    surely = Outlook(spread({0: 1.0}), spread({30: 1.0}), spread({300: 1.0}).take)
    assert lots(0, 1, surely, shortage=1.0, holding=0.1) == 30
    assert lots(27, 1, surely, shortage=1.0, holding=0.1) == 3
    assert lots(30, 1, surely, shortage=1.0, holding=0.1) == 0


uses = st.lists(st.integers(0, 6), min_size=2, max_size=6)


@given(uses, st.integers(0, 6), st.integers(1, 9), st.floats(0.05, 3), st.floats(0, 1), st.integers(0, 12))
@settings(deadline=None)
def test_agrees_with_counting_every_joint_course_of_events(weeks, week, lot, shortage, share, position):
    """Use before the arrival is any of ``weeks`` alike; ``week`` comes after it half the time; a year is three times
    that. New shortage is counted course by course, as the joint law has it."""
    courses = [(before, now, 3 * (before + now)) for before in weeks for now in (0, week)]
    chance = 1 / len(courses)

    def law(amounts):
        return spread({amount: sum(chance for other in amounts if other == amount) for amount in set(amounts)})

    outlook = Outlook(
        *(law(x) for x in ([b for b, _, _ in courses], [b + n for b, n, _ in courses])),
        law([y for _, _, y in courses]).take,
    )
    expected, at = 0, position
    while True:
        then = at + lot
        spared = left = unasked = held = 0.0
        for before, now, year in courses:
            spared += chance * (min(now, max(0, before + now - at)) - min(now, max(0, before + now - then)))
            held += chance * (max(0, then - before - now) - max(0, at - before - now))
            left += chance * (max(0, then - year) - max(0, at - year))
            unasked += chance * lot * (year <= at)
        price = 10 * (0.01 * held + 0.05 * (share * left + (1 - share) * unasked))
        if shortage * spared <= price + 1e-6:
            break
        expected, at = expected + 1, then
    found = lots(position, lot, outlook, shortage=shortage, holding=0.01, write_down=0.05, leftover_share=share)
    assert found == expected


def test_a_year_is_foretold_only_of_parts_that_may_need_a_lot():
    """Two parts alike, of which the second has 8 in stock: nothing can be short in the week that a lot would serve."""
    two = Amounts(np.array([[0.0, 4.0]] * 2), np.array([[0.5, 0.5]] * 2))
    nothing = Amounts(np.zeros((2, 1)), np.ones((2, 1)))
    asked = []

    def year_of(rows):
        asked.append(rows.tolist())
        return two.take(rows)

    ordered = lots_worth_ordering(
        np.array([0.0, 8.0]),
        np.array([4.0, 4.0]),
        Outlook(nothing, two, year_of),
        unit_cost=np.array([10.0, 10.0]),
        shortage=np.array([5.0, 5.0]),
        stakes=Stakes(0.01, 0.1, 0.6),
    )
    assert (ordered.tolist(), asked) == ([1.0, 0.0], [[0]])
