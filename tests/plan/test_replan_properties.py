"""What must hold for every change that is worked into a plan, whatever the factory has."""

import random
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.against.small_factories import FEATURES, small_factory
from tests.tries import tries

from huoku.factory import Factory, write
from huoku.judge import judge
from huoku.plan import Plan, plan
from huoku.plan.decide.decided import Decided
from huoku.plan.planner import told
from huoku.plan.replan.replan import replan

from .changes import changed
from .shops_with_machines import shops_with_machines

pytestmark = pytest.mark.slow

CENTS = 0.011
SMALL_CHANGE = 0.75
"""In factories as small as these one set-up is more than a hundredth of all money."""

FEW = settings(
    max_examples=tries(6), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def assert_whole(made: Plan) -> None:
    """The judge finds no fault and reckons the same money."""
    verdict = judge(made.factory, made)
    assert [violation.message("en") for violation in verdict.violations] == []
    if "forecast_consumed" not in made.exceptions["code"]:  # whose promise the judge misses
        assert made.figures["total_cost"] == pytest.approx(verdict.figures["total_cost"], abs=5 * CENTS)
    assert made.orders["order"].is_unique().all()


def assert_as_good(made: Plan, anew: Plan) -> None:
    best = anew.figures["total_cost"]
    assert made.figures["total_cost"] <= best + max(0.01 * abs(best), SMALL_CHANGE)


def assert_told_as_it_is(made: Plan) -> None:
    """What was taken over of the tables and sums before the change is what telling all of it anew gives."""
    decided: Decided = made.kept["decided"]
    anew = told(decided.case, decided.promised, decided.netted, made.lang, made.orders["order"])
    assert all(table.equals(made.tables()[name]) for name, table in anew.tables().items())
    assert anew.figures == made.figures


def copies(made: Plan) -> dict[str, pl.DataFrame]:
    return {name: table.clone() for name, table in made.tables().items()}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("feature", [*FEATURES, "mixed"])
def test_change_after_change_the_plan_is_whole_and_as_good_as_planned_anew(feature: str, seed: int) -> None:
    rng = random.Random(f"{feature} {seed}")
    made = plan(small_factory(feature, seed))
    for _ in range(3):
        factory, before = changed(rng, made.factory), copies(made)
        after = replan(made, factory)
        assert_whole(after)
        assert_told_as_it_is(after)
        assert_as_good(after, plan(factory))
        assert all(table.equals(before[name]) for name, table in made.tables().items())
        made = after


@FEW
@given(shops_with_machines(), st.integers(0, 1 << 16))
def test_any_change_of_any_small_shop_is_worked_in_without_a_fault(factory: Factory, seed: int) -> None:
    rng = random.Random(seed)
    made = plan(factory)
    for _ in range(2):
        made = replan(made, changed(rng, made.factory))
        assert_whole(made)


@pytest.mark.parametrize("feature", ["plain", "capacity", "mixed"])
def test_the_same_change_gives_the_same_bytes_in_whatever_order_its_rows_stand(feature: str) -> None:
    factory = small_factory(feature, 3)
    before, after = plan(factory), changed(random.Random(3), factory)
    first = replan(before, after)
    shuffled = after.with_(**{name: after.table(name).reverse() for name in ("demands", "supplies", "stock", "bom")})
    for again in (replan(before, after), replan(before, shuffled)):
        assert all(table.equals(again.tables()[name]) for name, table in first.tables().items())


@pytest.mark.parametrize("feature", ["plain", "places", "capacity"])
def test_compiled_and_plain_give_the_same(feature: str) -> None:
    pytest.importorskip("numba", reason="the extra `fast` is not installed")
    factory = small_factory(feature, 2)
    before, after = plan(factory), changed(random.Random(2), factory)
    plain, compiled = replan(before, after, compiled=False), replan(before, after, compiled=True)
    assert all(table.equals(compiled.tables()[name]) for name, table in plain.tables().items())


def test_what_no_change_touches_keeps_its_orders_and_their_names() -> None:
    """Two shops that have nothing to do with one another under one roof: what happens in one leaves the other alone."""
    ours = small_factory("plain", 0)
    theirs = small_factory("plain", 1)
    columns = ("item", "parent", "component", "demand", "supply")
    tables = {}
    for name in ("items", "bom", "sources", "stock", "supplies", "demands"):
        other = theirs.table(name)
        named = [
            pl.concat_str(pl.lit("X-"), pl.col(column)).alias(column) for column in columns if column in other.columns
        ]
        tables[name] = [*ours.table(name).to_dicts(), *other.with_columns(named).to_dicts()]
    both = ours.with_(**tables)
    before = plan(both)
    for seed in range(6):
        after = replan(before, both.with_(**{name: changed_half(seed, ours, name, tables) for name in tables}))
        untouched = pl.col("item").str.starts_with("X-")
        assert after.orders.filter(untouched).equals(before.orders.filter(untouched))
        assert after.promises.filter(pl.col("demand").str.starts_with("X-")).equals(
            before.promises.filter(pl.col("demand").str.starts_with("X-"))
        )


def changed_half(
    seed: int, ours: Factory, name: str, tables: dict[str, list[dict[str, object]]]
) -> list[dict[str, object]]:
    """One table of both, after a change of the first half."""
    theirs = tables[name][ours.table(name).height :]
    return [*changed(random.Random(seed), ours).table(name).to_dicts(), *theirs]


def test_the_public_checker_finds_nothing_in_a_plan_that_was_worked_out_again(shared: Path, tmp_path: Path) -> None:
    rng = random.Random(1)
    made = plan(small_factory("mixed", 1))
    for _ in range(3):
        made = replan(made, changed(rng, made.factory))
    write(made.factory, tmp_path / "factory")
    made.save(tmp_path / "plan")
    command = [
        sys.executable,
        str(shared / "tools" / "check_plan.py"),
        str(tmp_path / "factory"),
        str(tmp_path / "plan"),
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
