"""A plan that was worked out again is saved with what it was decided with, and is worked on from there."""

import json
from pathlib import Path

import numpy as np
import pytest

from huoku.errors import UsageError
from huoku.factory import Factory
from huoku.plan import Plan, plan
from huoku.plan.replan.replan import replan
from huoku.plan.store import MANIFEST, STANDING

from .worlds import day, promised, world


def wires(*names: str) -> Factory:
    """10 metres of wire are there, the next ones come on day 5; each order wants 10 on day 3."""
    return world(
        items=[{"item": "WIRE", "unit_cost": 1}],
        sources=[{"item": "WIRE", "supplier": "W", "lead_time_days": 5, "price": 1}],
        stock=[{"item": "WIRE", "qty": 10}],
        demands=[{"demand": name, "item": "WIRE", "qty": 10, "due": day(3)} for name in names],
    )


@pytest.fixture
def again() -> Plan:
    """SO-1 keeps the day it was promised; planned anew, A-NEW would have it."""
    made = replan(plan(wires("SO-1")), wires("SO-1", "A-NEW"))
    assert promised(made) == {"A-NEW": 5, "SO-1": 3}
    return made


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_saved_and_loaded_it_is_worked_out_from_where_it_stood(again: Plan, tmp_path: Path, format: str) -> None:
    again.save(tmp_path / "plan", format=format)  # type: ignore[arg-type]
    loaded = Plan.load(tmp_path / "plan")
    changed = again.factory.with_rows({"demands": [{"demand": "B", "item": "WIRE", "qty": 3, "due": day(2)}]})
    here, there = replan(again, changed), replan(loaded, changed)
    assert promised(here) == {"A-NEW": 5, "SO-1": 3, "B": 5}
    assert all(table.equals(there.tables()[name]) for name, table in here.tables().items())


def test_a_loaded_plan_is_saved_to_the_same_bytes(again: Plan, tmp_path: Path) -> None:
    again.save(tmp_path / "one")
    Plan.load(tmp_path / "one").save(tmp_path / "two")
    for path in (tmp_path / "one").iterdir():
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_quotes_stand_on_what_was_promised_also_from_the_disk(again: Plan, tmp_path: Path) -> None:
    """All that is there is promised to SO-1: what is asked for comes on day 5."""
    again.save(tmp_path / "plan")
    for made in (again, Plan.load(tmp_path / "plan")):
        assert made.quote("WIRE", 1, day(1)).date == day(5)


def test_without_what_it_was_decided_with_it_is_not_guessed(again: Plan) -> None:
    again.kept.clear()
    with pytest.raises(UsageError, match="plan again"):
        again.quote("WIRE", 1, day(1))
    again.orders[0, "qty"] += 1
    with pytest.raises(UsageError, match="plan again"):
        replan(again, wires("SO-1"))


def test_a_plan_that_planning_gives_needs_nothing_more() -> None:
    made = plan(wires("SO-1"))
    made.kept.clear()
    assert promised(replan(made, wires("SO-1", "A-NEW"))) == {"A-NEW": 5, "SO-1": 3}


@pytest.mark.parametrize("damage", [b"", b"PK no archive"])
def test_a_damaged_file_is_named(again: Plan, tmp_path: Path, damage: bytes) -> None:
    again.save(tmp_path / "plan")
    (tmp_path / "plan" / STANDING).write_bytes(damage)
    with pytest.raises(UsageError, match=r"standing\.npz is damaged, or was not saved with this plan"):
        Plan.load(tmp_path / "plan")


def test_the_file_of_another_plan_is_named(again: Plan, tmp_path: Path) -> None:
    again.save(tmp_path / "plan")
    replan(plan(wires("SO-1")), wires("SO-1", "SO-2")).save(tmp_path / "other")
    (tmp_path / "other" / STANDING).replace(tmp_path / "plan" / STANDING)
    with pytest.raises(UsageError, match="was not saved with this plan"):
        Plan.load(tmp_path / "plan")


def test_a_missing_file_is_named(again: Plan, tmp_path: Path) -> None:
    again.save(tmp_path / "plan")
    (tmp_path / "plan" / STANDING).unlink()
    with pytest.raises(UsageError, match=r"standing\.npz"):
        Plan.load(tmp_path / "plan")


def test_an_input_that_was_changed_by_hand_no_longer_fits(again: Plan, tmp_path: Path) -> None:
    again.save(tmp_path / "plan")
    wires("SO-1").demands.write_parquet(tmp_path / "plan" / "input" / "demands.parquet")
    with pytest.raises(UsageError, match="no longer fits"):
        replan(Plan.load(tmp_path / "plan"), wires("SO-1"))


def test_the_arrays_hold_no_objects(again: Plan, tmp_path: Path) -> None:
    """Nothing that is loaded can be code."""
    again.save(tmp_path / "plan")
    assert json.loads((tmp_path / "plan" / MANIFEST).read_text("utf-8"))["standing"]
    with np.load(tmp_path / "plan" / STANDING, allow_pickle=False) as arrays:
        assert {array.dtype.kind for array in arrays.values()} <= {"i", "f", "b"}


def test_a_plan_of_an_older_version_says_how_to_plan_it_again(again: Plan, tmp_path: Path) -> None:
    again.save(tmp_path / "plan")
    manifest = tmp_path / "plan" / MANIFEST
    manifest.write_text(json.dumps({**json.loads(manifest.read_text("utf-8")), "format": 1}), "utf-8")
    with pytest.raises(UsageError, match=r"older version \(format 1\).*huoku plan .*plan/input"):
        Plan.load(tmp_path / "plan")


def test_two_changes_worked_into_one_plan_do_not_meet() -> None:
    before = plan(wires("SO-1"))
    one = replan(before, wires("SO-1", "A-NEW"))
    replan(before, wires("SO-1", "B-NEW", "C-NEW"))
    further, again = wires("SO-1", "A-NEW", "D-NEW"), replan(before, wires("SO-1", "A-NEW"))
    assert replan(one, further).orders.equals(replan(again, further).orders)


def test_the_work_of_open_orders_is_saved_too(tmp_path: Path) -> None:
    """Ten metres are drawn in a day; what lacks copper begins a day later, when it comes."""
    mill = world(
        items=[{"item": "WIRE", "kind": "make"}, {"item": "COPPER", "unit_cost": 1}],
        bom=[{"parent": "WIRE", "component": "COPPER", "qty": 1}],
        sources=[{"item": "COPPER", "supplier": "C", "lead_time_days": 3}],
        operations=[{"parent": "WIRE", "seq": 10, "resource": "DIE", "run_minutes": 48}],
        resources=[{"resource": "DIE", "minutes_per_day": 480}],
        supplies=[{"supply": "MO-1", "item": "WIRE", "qty": 10, "due": day(2), "kind": "make", "status": "planned"}],
        demands=[{"demand": "SO-1", "item": "WIRE", "qty": 10, "due": day(2)}],
    )
    more = mill.with_rows({"demands": [{"demand": "SO-2", "item": "WIRE", "qty": 10, "due": day(6)}]})
    made = replan(plan(mill), more)
    assert promised(made) == {"SO-1": 3, "SO-2": 6}
    assert made.open_work.select("supply", "date", "minutes").rows() == [("MO-1", day(3), 480.0)]
    made.save(tmp_path / "plan")
    later = more.with_values({"demands.SO-2.due": day(5)})
    here, there = replan(made, later), replan(Plan.load(tmp_path / "plan"), later)
    assert all(table.equals(there.tables()[name]) for name, table in here.tables().items())
