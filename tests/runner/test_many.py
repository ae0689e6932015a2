"""Many plans at once: with processes as without, and a fault names its factory."""

import os
from datetime import date
from pathlib import Path

import pytest

from huoku.errors import UsageError
from huoku.examples import demo
from huoku.factory import Factory, build
from huoku.plan import Plan
from huoku.runner import PlanningFault
from huoku.runner.many import plan_many


def saved(plan: Plan, folder: Path) -> dict[str, bytes]:
    """Every byte of a saved plan."""
    plan.save(folder, format="parquet")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def small() -> Factory:
    return build(
        today=date(2026, 1, 5),
        items=[{"item": "BODY"}],
        sources=[{"item": "BODY", "supplier": "A", "lead_time_days": 3, "price": 1}],
        demands=[{"demand": "SO-1", "item": "BODY", "qty": 5, "due": date(2026, 2, 1)}],
    )


@pytest.mark.slow
def test_processes_give_the_same_plans_to_the_last_byte_and_in_the_same_order(tmp_path: Path) -> None:
    shop = demo()
    shops = {"now": shop, "more": shop.with_values({"demands.SO-1047.qty": 300}), "dear": shop.with_(late_rate=0.05)}
    here = plan_many(shops, lang="zh")
    done: list[str] = []
    there = plan_many(shops, runner="processes", lang="zh", workers=2, progress=done.append)
    assert list(there) == list(here) == ["now", "more", "dear"]
    assert sorted(done) == sorted(shops)
    for name in shops:
        assert there[name].factory == shops[name]
        assert saved(there[name], tmp_path / f"{name} there") == saved(here[name], tmp_path / f"{name} here")


def test_one_factory_needs_no_other_process(small: Factory) -> None:
    assert plan_many({"only": small}, runner="processes")["only"].orders["qty"].to_list() == [5]
    assert plan_many({}, runner="processes") == {}


def broken(factory: Factory) -> Factory:
    """A factory that no reader would let through: the planner stumbles over it."""
    object.__setattr__(factory, "demands", factory.demands.drop("due"))
    return factory


@pytest.mark.parametrize("runner", ["inline", "processes"])
def test_a_fault_names_the_factory(small: Factory, runner: str) -> None:
    shops = {"good": small, "bad one": broken(small.with_values({"demands.SO-1.qty": 6}))}
    with pytest.raises(PlanningFault, match="planning bad one failed: ColumnNotFoundError") as fault:
        plan_many(shops, runner=runner)  # type: ignore[arg-type]
    assert fault.value.factory == "bad one"
    assert fault.value.__cause__ is not None


class Deadly:
    """Whoever unpacks this is gone at once, as if the system had taken the process away."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (9,)


def test_a_process_that_is_gone_is_told_with_the_factories_that_have_no_plan(small: Factory) -> None:
    deadly = small.with_values({"demands.SO-1.qty": 6})
    object.__setattr__(deadly, "warnings", Deadly())
    with pytest.raises(PlanningFault, match="BrokenProcessPool") as fault:
        plan_many({"one": deadly, "two": small}, runner="processes", workers=1)
    assert "one" in fault.value.factory


def test_a_runner_and_a_number_of_workers_that_make_no_sense(small: Factory) -> None:
    with pytest.raises(UsageError, match="no such runner: cluster"):
        plan_many({"one": small}, runner="cluster")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="at least one worker, not 0"):
        plan_many({"one": small}, workers=0)
