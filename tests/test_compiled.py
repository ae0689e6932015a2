"""``@kernel``: compiled it reads its tables where they lie, and says and does the same as plain."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from huoku import compiled as compiled_file
from huoku.buy.terms import Floats, Ints
from huoku.compiled import kernel, use_compiled

pytest.importorskip("numba")


class Prices(NamedTuple):
    """By part."""

    money: Floats
    fee: float


class Shelf(NamedTuple):
    """Quantities by part and place, their prices, and a number between them."""

    qty: Ints
    places: int
    prices: Prices
    on_hold: Ints


class Box(NamedTuple):
    """Has the same fields as ``Crate``."""

    qty: Ints
    step: int


class Crate(NamedTuple):
    """Has the same fields as ``Box``."""

    qty: Ints
    step: int


@kernel
def value_at(shelf: Shelf, place: int) -> float:
    """What lies at a place is worth, and the fee."""
    total = shelf.prices.fee
    for part in range(len(shelf.prices.money)):
        total += (shelf.qty[part, place] - shelf.on_hold[part]) * shelf.prices.money[part]
    return total


@kernel
def first_and_last(shelf: Shelf) -> tuple[float, float]:
    """The values at the first place, which stands literally here, and at the last."""
    return value_at(shelf, 0), value_at(shelf, shelf.places - 1)


@kernel
def all_in(box: Box, crate: Crate) -> int:
    """Pieces in both, crates counted twice."""
    return sum_of(box.qty) * box.step + 2 * sum_of(crate.qty) * crate.step


@kernel
def sum_of(qty: Ints) -> int:
    """All of them."""
    total = 0
    for index in range(len(qty)):
        total += qty[index]
    return total


@kernel
def pieces(box: Box) -> int:
    """In a box."""
    return sum_of(box.qty) * box.step


@kernel
def times(qty: Ints, by: int) -> int:
    """The sum, so many times; odd quantities as if they were one more. Too long to be merged into its callers."""
    total = 0
    for _ in range(by):
        for index in range(len(qty)):
            total += qty[index]
            if qty[index] % 2 == 1:
                total += 1
        for index in range(len(qty)):
            if qty[index] < 0:
                total -= qty[index]
    return total


@kernel
def thrice(qty: Ints) -> int:
    """A call with a number that stands literally in it, and one with a number that does not."""
    return times(qty, 2) + times(qty, len(qty) - len(qty) + 1)


@kernel
def four_times(qty: Ints) -> int:
    """Twice twice."""
    return times(qty, 2) * 2


@pytest.fixture(params=[True, False], ids=["compiled", "plain"])
def compiled(request: pytest.FixtureRequest) -> Any:
    """Both ways of running a kernel."""
    with use_compiled(request.param):
        yield request.param


def shelf(prices: list[float]) -> Shelf:
    """Two parts at three places: 1, 2, 3 and 10, 20, 30; one and five of them on hold; a fee of 7."""
    return Shelf(np.array([[1, 2, 3], [10, 20, 30]]), 3, Prices(np.array(prices), 7.0), np.array([1, 5]))


def test_tables_within_tables_are_read_where_they_lie(compiled: bool) -> None:
    # (1 - 1) x 2.5 + (10 - 5) x 0.5 + 7 and (3 - 1) x 2.5 + (30 - 5) x 0.5 + 7
    assert first_and_last(shelf([2.5, 0.5])) == (9.5, 24.5)


def test_what_changed_between_two_calls_is_seen(compiled: bool) -> None:
    mine = shelf([2.5, 0.5])
    assert value_at(mine, 2) == 24.5
    mine.qty[0, 2] = 5
    mine.prices.money[1] = 1.0
    assert value_at(mine, 2) == 4 * 2.5 + 25 * 1.0 + 7
    longer = mine._replace(
        qty=np.array([[1], [1], [1]]), on_hold=np.zeros(3, np.int64), prices=Prices(np.array([1.0, 2.0, 4.0]), 0.0)
    )
    assert value_at(longer, 0) == 7.0


def test_two_tables_with_the_same_fields_are_not_mistaken_for_each_other(compiled: bool) -> None:
    box, crate = Box(np.array([1, 2]), 10), Crate(np.array([3]), 1)
    assert all_in(box, crate) == 36
    assert all_in(box._replace(step=1), Crate(np.array([3, 4]), 2)) == 31


def test_a_table_may_hold_fractions_where_it_held_whole_numbers(compiled: bool) -> None:
    assert pieces(Box(np.array([1, 2]), 10)) == 30
    assert pieces(Box(np.array([0.5, 2.0]), 10)) == 25.0  # type: ignore[arg-type]


def test_a_part_of_an_array_is_read_with_its_stride(compiled: bool) -> None:
    assert pieces(Box(np.arange(10)[::3], 1)) == 0 + 3 + 6 + 9


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({}, "a dict"), ([1, 2], "a list"), (None, "a NoneType"), (np.array(["1"], object), "an array of object")],
)
def test_what_no_kernel_can_read_is_named(wrong: Any, told: str) -> None:
    found = f"Crate.step is {told}; kernels read numbers, arrays of numbers and tuples of these"
    with use_compiled(True), pytest.raises(TypeError, match=found):
        all_in(Box(np.array([1]), 1), Crate(np.array([1]), wrong))


@pytest.fixture
def nothing_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty cache folder."""
    compiled_file.compiler.cache_clear()
    monkeypatch.setattr(compiled_file, "_kept_in", tmp_path)
    yield
    compiled_file.compiler.cache_clear()


def test_a_number_that_stands_in_a_call_makes_no_kernel_of_its_own(nothing_compiled: None) -> None:
    with use_compiled(True):
        assert thrice(np.array([4, 5])) == 30
    assert len(times.inner.signatures) == 1  # type: ignore[attr-defined]


def test_a_kernel_has_machine_code_only_within_the_one_that_python_calls(
    nothing_compiled: None, tmp_path: Path
) -> None:
    with use_compiled(True):
        assert four_times(np.array([4, 5])) == 40
    assert [file.name.split("-")[0] for file in tmp_path.rglob("*.nbi")] == ["test_compiled.four_times"]
