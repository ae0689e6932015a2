"""The synthetic shops: the same problems, byte for byte, as the public generator makes."""

import subprocess
import sys
from pathlib import Path

import pytest

from huoku.errors import UsageError
from huoku.examples.shop import make_shop, write_shop


@pytest.mark.parametrize(
    ("n", "seed", "orders", "spread", "capacity"),
    [
        (24, 1, None, 1.0, False),  # the smallest shop that has eight different parts
        (200, 42, None, 1.0, True),  # work centres that nothing loads get one minute a piece
        (1000, 42, None, 2.5, False),  # a few parts very common
        (1000, 7, 100, 2.5, True),  # few orders: many items that nobody asks for
    ],
)
def test_a_shop_is_byte_for_byte_the_public_one(
    n: int, seed: int, orders: int | None, spread: float, capacity: bool, shared: Path, tmp_path: Path
) -> None:
    command = [sys.executable, str(shared / "tools" / "make_shop.py"), str(n), str(tmp_path / "public")]
    command += ["--seed", str(seed), "--spread", str(spread)]
    command += ["--orders", str(orders)] if orders else []
    command += ["--capacity"] if capacity else []
    subprocess.run(command, check=True, capture_output=True)
    own = write_shop(tmp_path / "own", n, seed=seed, orders=orders, spread=spread, capacity=capacity)

    files = sorted(path.name for path in (tmp_path / "public").iterdir())
    assert files == sorted(path.name for path in own.iterdir())
    for name in files:
        assert (own / name).read_bytes() == (tmp_path / "public" / name).read_bytes(), name


def test_the_same_arguments_make_the_same_shop() -> None:
    assert make_shop(100) == make_shop(100)
    assert make_shop(100) != make_shop(100, seed=43)


def test_an_order_explodes_into_15_made_nodes_and_120_component_lines() -> None:
    components: dict[str, list[str]] = {}
    for parent, component, _ in make_shop(100)["bom"].rows:
        components.setdefault(str(parent), []).append(str(component))
    nodes, lines, waiting = 0, 0, ["F000000"]
    while waiting:
        item = waiting.pop()
        if item in components:
            nodes, lines = nodes + 1, lines + len(components[item])
            waiting += components[item]
    assert (nodes, lines) == (15, 120)


def test_capacity_only_adds_tables() -> None:
    plain, loaded = make_shop(100), make_shop(100, capacity=True)
    assert set(loaded) - set(plain) == {"operations", "resources"}
    assert plain == {name: loaded[name] for name in plain}


def test_a_shop_with_too_few_parts_is_refused() -> None:
    with pytest.raises(UsageError, match="at least 24"):
        make_shop(23)
