"""Lot sizes against the exact best on real parts, each with up to 32 distributors' offers, breaks and multiples."""

from pathlib import Path

import pytest

from huoku.compiled import use_compiled

from .electronics import electronics_parts
from .one_item import best_by_supply, chosen, reckoned

pytestmark = pytest.mark.slow

LARGE = 20_000
"""Parts of more units are left out: the exact search walks through every unit."""


@pytest.fixture(scope="module")
def reached(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[float, float]]:
    """By part: the money of the chosen lots, and the least there is."""
    parts = electronics_parts(shared, tmp_path_factory.mktemp("factories"))
    small = {name: item for name, item in parts.items() if item.total <= LARGE}
    assert len(small) >= 140
    with use_compiled(True):
        return {name: (reckoned(item, chosen(item)), best_by_supply(item)) for name, item in small.items()}


def test_all_parts_together_cost_as_good_as_the_least(reached: dict[str, tuple[float, float]]) -> None:
    gaps = [ours / least - 1 for ours, least in reached.values()]
    assert min(gaps) > -1e-9
    assert sum(ours for ours, _ in reached.values()) <= 1.0001 * sum(least for _, least in reached.values())
    assert sum(gaps) / len(gaps) <= 0.0005
    assert sum(gap < 1e-6 for gap in gaps) >= 0.93 * len(gaps)


def test_every_part_is_within_half_a_percent_of_the_least(reached: dict[str, tuple[float, float]]) -> None:
    assert {name: ours / least - 1 for name, (ours, least) in reached.items() if ours > 1.005 * least} == {}
