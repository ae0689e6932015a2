"""An order that takes reserved stock works for its holder alone."""

from pathlib import Path

from huoku.judge import judge


def test_an_order_for_two_demands_may_not_take_what_is_reserved_for_one(world, tmp_path: Path) -> None:
    # The 20 screws reserved for D2 go into K2, whose kettles are all D2's. If D1 takes one of them, K2 works for both.
    shared = (
        world.changed(
            "usage.csv",
            "demand,D1,KETTLE,KETTLE,MAIN,,10,2026-01-20,order,K1",
            "demand,D1,KETTLE,KETTLE,MAIN,,9,2026-02-20,order,K1\ndemand,D1,KETTLE,KETTLE,MAIN,,1,2026-02-20,order,K2",
        )
        .changed(
            "usage.csv",
            "demand,D2,KETTLE,KETTLE,MAIN,,5,2026-02-20,order,K2",
            "demand,D2,KETTLE,KETTLE,MAIN,,4,2026-02-20,order,K2\ndemand,D2,KETTLE,KETTLE,MAIN,,1,2026-02-20,order,K1",
        )
        .changed("promises.csv", "D1,10,2026-01-20,0,", "D1,10,2026-02-20,31,with the next lot")
    )
    verdict = judge(*shared.write(tmp_path))
    assert verdict.broken == {"6 reserved": 1}
    assert verdict.violations[0].fields["holder"] == "D2"


def test_what_an_order_makes_beyond_the_demand_may_lie_unused(world, tmp_path: Path) -> None:
    # D2 needs one kettle less and nobody else takes it: K2 still works for D2 alone.
    fewer = (
        world.changed("demands.csv", "D2,KETTLE,5", "D2,KETTLE,4")
        .changed("usage.csv", "D2,KETTLE,KETTLE,MAIN,,5", "D2,KETTLE,KETTLE,MAIN,,4")
        .changed("promises.csv", "D2,5", "D2,4")
    )
    assert judge(*fewer.write(tmp_path)).broken == {}
