"""A plan laid down as it lies in memory is the same plan when it is opened, and nothing of it is worked out again."""

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest

from huoku.errors import UsageError
from huoku.factory import build
from huoku.plan import mapped, plan
from huoku.plan.offer import offer
from huoku.plan.retold import retold

TODAY = date(2026, 11, 2)


@pytest.fixture(scope="module")
def made():
    """150 appliances asked for of a mill that sells no less than 500 sets, with a machine and a substitute."""
    factory = build(
        today=TODAY,
        items=[
            {"item": "PRODUCT", "lead_time_days": 3, "price": 100},
            {"item": "LAMP", "lead_time_days": 3},
            {"item": "SET"},
            {"item": "OLD_SET", "unit_cost": 8},
            {"item": "SCREW", "unit": "kg", "unit_cost": "0.1"},
        ],
        bom=[
            {"parent": "PRODUCT", "component": "SET", "qty": 1},
            {"parent": "PRODUCT", "component": "SCREW", "qty": "0.25"},
            {"parent": "LAMP", "component": "SCREW", "qty": 2},
        ],
        substitutes=[{"item": "SET", "substitute": "OLD_SET"}],
        sources=[
            {"item": "SET", "supplier": "MILL", "lead_time_days": 5, "price": 10, "moq": 500},
            {"item": "SCREW", "supplier": "MILL", "lead_time_days": 5, "price": "0.1", "moq": 1000},
        ],
        stock=[{"item": "OLD_SET", "qty": 20}],
        resources=[{"resource": "PRESS", "minutes_per_day": 480}],
        operations=[{"parent": "PRODUCT", "seq": 10, "resource": "PRESS", "run_minutes": 5}],
        demands=[
            {"demand": "SO-1", "item": "LAMP", "qty": 5, "due": TODAY + timedelta(days=12)},
            {"demand": "SO-2", "item": "PRODUCT", "qty": 90, "due": TODAY + timedelta(days=20)},
        ],
    )
    return plan(factory, lang="zh")


def laid(value, folder):
    mapped.write(value, folder)
    return mapped.opened(folder)


def test_a_plan_comes_back_whole_and_is_worked_on_where_it_stands(made, tmp_path, monkeypatch):
    found = laid({"zh": made, "en": retold(made, "en")}, tmp_path / "plans")
    assert found["zh"].tables().keys() == made.tables().keys()
    assert all(table.equals(made.tables()[name]) for name, table in found["zh"].tables().items())
    assert found["zh"].factory == made.factory and found["zh"].figures == made.figures
    assert found["en"].orders["why"].equals(retold(made, "en").orders["why"])
    # What both tell of stands there once, and it is what decides what a change reaches.
    assert found["zh"].kept["decided"] is found["en"].kept["decided"]
    monkeypatch.setattr("huoku.plan.replan.replan.worked_out", pytest.fail)
    monkeypatch.setattr("huoku.plan.quote.first_pass.first_pass", pytest.fail)
    asked = ("PRODUCT", Decimal(60), TODAY + timedelta(days=30))
    here, there = (offer(each, *asked) for each in (made, found["zh"]))
    assert here.wastes and here.wastes == there.wastes and here.quote.date == there.quote.date


def test_every_kind_of_data_is_what_it_was(tmp_path):
    column = np.arange(12)
    fixed = np.linspace(0.0, 1.0, 3)
    fixed.flags.writeable = False
    value = {
        "plain": (None, True, 7, 0.1, "料"),
        "day": date(2026, 11, 2),
        "money": Decimal("1.10"),
        "number": np.int64(3),
        "groups": [frozenset({"a"}), {"b"}, [(1, "x")], {("k", 1): 2}],
        "arrays": (column.reshape(3, 4), column[::2], np.zeros((0, 2)), np.zeros(100_000, np.bool_), fixed),
        "again": column,
        "frame": pl.DataFrame({"item": ["A", None], "qty": [Decimal("1.5"), None], "on": [TODAY, None]}),
        "series": pl.Series("names", ["x", "y"]),
    }
    found = laid(value, tmp_path / "value")
    for name in ("plain", "day", "money", "number", "groups"):
        assert found[name] == value[name] and type(found[name]) is type(value[name])
    for was, now in zip(value["arrays"], found["arrays"], strict=True):
        assert np.array_equal(was, now) and (was.dtype, was.shape) == (now.dtype, now.shape)
    assert [each.flags.writeable for each in found["arrays"]] == [True, True, True, True, False]
    assert found["frame"].equals(value["frame"]) and found["frame"].schema == value["frame"].schema
    assert found["series"].equals(value["series"]) and found["series"].name == "names"


def test_what_is_changed_of_it_changes_for_nobody_else(tmp_path):
    found = laid(np.zeros(10_000, np.int64), tmp_path / "zeros")
    found[:] = 1
    assert not mapped.opened(tmp_path / "zeros").any()


def test_what_another_version_laid_down_is_not_there(made, tmp_path):
    folder = tmp_path / "plan"
    assert laid(made, folder) is not None and mapped.is_there(folder)
    told = json.loads((folder / mapped.TOLD).read_text("utf-8"))
    of_decided = "huoku.plan.decide.decided:Decided"
    for differs in (
        {"version": "0.0.1"},
        {"format": 0},
        {"classes": {**told["classes"], of_decided: ["built", "case"]}},
        {"classes": {**told["classes"], "huoku.plan.plan:Gone": []}},
        {"classes": {"os:PathLike": []}},
    ):
        (folder / mapped.TOLD).write_text(json.dumps(told | differs), encoding="utf-8")
        assert mapped.opened(folder) is None and not mapped.is_there(folder)
    assert mapped.opened(tmp_path / "nothing") is None


def test_what_is_no_data_of_ours_is_refused_and_nothing_is_left_behind(tmp_path):
    @dataclass
    class Local:
        name: str

    for value in (Local("x"), object(), lambda: 0, np.array([object()]), tmp_path):
        with pytest.raises((TypeError, ValueError, AttributeError)):
            mapped.write(value, tmp_path / "folder")
    assert not list(tmp_path.iterdir())


def test_an_explanation_that_was_asked_for_is_laid_down_with_the_plan(made, tmp_path):
    asked = replace(made)
    told = asked.explain("SO-2")
    assert laid(asked, tmp_path / "plan").explain("SO-2") == told
    with pytest.raises(UsageError):
        laid(asked, tmp_path / "plan").explain("SO-3")
