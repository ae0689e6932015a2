"""Real plans: the planner's own figures, the judge's and the public checker's are the same, and no rule is broken."""

from pathlib import Path

import pytest

from huoku.examples import write_demo, write_shop
from huoku.factory import read
from huoku.judge import judge
from huoku.plan import plan


@pytest.mark.parametrize(
    "write", [write_demo, lambda folder: write_shop(folder, 120, spread=2.5)], ids=["demo", "shop"]
)
def test_three_reckonings_of_a_plan_agree(write, public_verdict, tmp_path: Path) -> None:
    factory = write(tmp_path / "factory")
    planned = plan(read(factory))
    planned.save(tmp_path / "plan")

    in_memory, saved = judge(factory, planned), judge(factory, tmp_path / "plan")
    assert in_memory == saved
    assert saved.violations == ()
    public = public_verdict(factory, tmp_path / "plan")
    assert public["broken"] == {}
    for name in ("demands", "on_time", "promised_share", "orders", "late_days"):
        assert public[name] == saved.figures[name], name
    for name in ("total_cost", "leftover_value", "sales_value"):
        assert public[name] == pytest.approx(saved.figures[name], abs=0.011), name
        assert planned.figures[name] == pytest.approx(saved.figures[name], abs=0.011), name
