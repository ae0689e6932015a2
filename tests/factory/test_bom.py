"""The bill of materials: levels, loops, needs."""

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from huoku.factory.bom import Tree, explode, loops, tree


def tree_of(size: int, lines: list[tuple[int, int]]) -> Tree:
    items = pl.DataFrame({"item": [str(n) for n in range(size)]})
    bom = pl.DataFrame(
        {"parent": [str(p) for p, _ in lines], "component": [str(c) for _, c in lines]},
        schema={"parent": pl.String, "component": pl.String},
    )
    return tree(items, bom)


def test_the_level_is_the_longest_way_down():
    assert tree_of(5, [(0, 1), (1, 2), (0, 2), (3, 2)]).level.tolist() == [0, 1, 2, 0, 0]


def test_a_line_that_names_an_unknown_item_is_left_out():
    found = tree_of(2, [(0, 9), (0, 1)])
    assert (found.line.tolist(), found.level.tolist()) == ([1], [0, 1])


def test_gross_need_counts_every_way_down():
    found = tree_of(4, [(0, 1), (0, 2), (1, 3), (2, 3)])
    need = explode(found, np.array([2.0, 1.0, 3.0, 1.0]), np.array([10.0, 0.0, 5.0, 0.0]))
    assert need.tolist() == [10.0, 20.0, 15.0, 75.0]


edges = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14)


def reachable(lines: list[tuple[int, int]], start: int) -> set[int]:
    found: set[int] = set()
    todo = [start]
    while todo:
        at = todo.pop()
        for parent, component in lines:
            if parent == at and component not in found:
                found.add(component)
                todo.append(component)
    return found


@settings(max_examples=200, deadline=None)
@given(edges)
def test_every_item_that_contains_itself_is_seen_and_every_loop_told_is_one(lines):
    found = tree_of(7, lines)
    circles = loops(found)
    circular = {item for item in range(7) if item in reachable(lines, item)}
    assert bool(circles) == bool(circular)
    for circle, line in circles:
        assert all(step in lines for step in zip(circle, [*circle[1:], circle[0]], strict=True))
        assert lines[line] == (circle[-1], circle[0])
    # Each knot of items that contain each other has at least one of its loops told.
    for item in circular:
        knot = {other for other in reachable(lines, item) if item in reachable(lines, other)}
        assert any(knot >= set(circle) for circle, _ in circles)
    below = circular.union(*(reachable(lines, item) for item in circular))
    assert {item for item in range(7) if found.level[item] < 0} == below


def test_a_chain_of_twenty_thousand_levels_is_no_problem():
    found = tree_of(20_000, [(n, n + 1) for n in range(19_999)])
    assert found.level[-1] == 19_999
    closed = tree_of(20_000, [(n, (n + 1) % 20_000) for n in range(20_000)])
    ((circle, line),) = loops(closed)
    assert (len(circle), line) == (20_000, 19_999)
