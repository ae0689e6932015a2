"""What the judge makes of a plan that keeps every rule, and the forms in which it takes plans."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from huoku.errors import DataError, UsageError
from huoku.factory import read
from huoku.judge import judge
from huoku.judge.tables import COLUMNS

TABLES = ("orders", "usage", "promises", "exceptions", "schedule", "open_work")


@dataclass
class Frames:
    """A plan in memory."""

    orders: pl.DataFrame
    usage: pl.DataFrame
    promises: pl.DataFrame
    exceptions: pl.DataFrame
    schedule: pl.DataFrame
    open_work: pl.DataFrame


def frames(plan: Path) -> Frames:
    return Frames(*(pl.read_csv(plan / f"{name}.csv", schema_overrides=COLUMNS[name]) for name in TABLES))


def test_a_good_plan_breaks_nothing_and_its_money_adds_up(world, tmp_path: Path) -> None:
    verdict = judge(*world.write(tmp_path))
    assert (verdict.violations, verdict.count, verdict.broken) == ((), 0, {})
    figures = verdict.figures
    cost = figures["cost"]
    assert cost["purchase"] == 60 * 11 + 5 * 13 + 10 * 0.1
    assert cost["fees"] == 20 + 20
    assert cost["setup"] == 3 * 15 + 2 * 6
    assert cost["transfer"] == 5.1  # 10.2 kg at 0.5
    assert cost["lost"] == 50 * 80  # D4 gets nothing
    assert cost["lateness"] == 24 + 200  # D3: 6 days of 400 at 1 %; D4: 5 days to the last day of 4,000
    # Left: 45 heaters at 11, 127 screws at 0.02, 80 others at 0.01, 1.1 kg glue at 30, 9.8 kg steel at 8, 24 labels.
    assert cost["leftover"] == round(-0.1 * (495 + 2.54 + 0.8 + 33 + 78.4 + 2.4), 2)
    # Its value is reckoned at the unit cost: screws at 0.03, steel at 9.
    assert figures["leftover_value"] == round(495 + 3.81 + 0.8 + 33 + 88.2 + 2.4, 2)
    assert figures["sales_value"] == 800 + 450 + 400 + 4000
    assert (figures["demands"], figures["on_time"], figures["late_days"]) == (4, 2, 6 + 5)
    assert (figures["on_time_share"], figures["promised_share"]) == (0.5, 0.75)
    assert figures["orders"] == {"buy": 3, "transfer": 1, "make": 5}
    assert figures["total_cost"] == pytest.approx(sum(cost.values()), abs=0.03)


def test_stock_is_held_from_today_to_its_use_or_to_the_last_day(world, tmp_path: Path) -> None:
    factory, plan = world.write(tmp_path)
    without_rate = judge(read(factory).with_(holding_rate=0), plan).figures["cost"]["holding"]
    assert without_rate == 0
    # 80 screws of the second kind lie 60 days, 20 more lie 43 days: 0.01 x 20 % / 365 a day. One more lies 60 days.
    held = judge(factory, plan).figures["cost"]["holding"]
    heavier = world.changed("items.csv", "SCREWB,pcs,buy,,0.01", "SCREWB,pcs,buy,,100.01").write(tmp_path / "heavier")
    assert judge(*heavier).figures["cost"]["holding"] - held == pytest.approx(
        100 * 0.2 / 365 * (80 * 60 + 20 * 43), abs=0.011
    )


def test_a_plan_in_memory_in_csv_and_in_parquet_gets_the_same_verdict(world, tmp_path: Path) -> None:
    broken = world.changed("orders.csv", "LABEL,MAIN,10,", "LABEL,MAIN,9.5,")
    factory, plan = broken.write(tmp_path)
    in_memory, parquet = frames(plan), tmp_path / "parquet"
    parquet.mkdir()
    for name in TABLES:
        getattr(in_memory, name).write_parquet(parquet / f"{name}.parquet")
    verdicts = [judge(read(factory), in_memory), judge(factory, plan), judge(factory, parquet)]
    assert verdicts[0] == verdicts[1] == verdicts[2]
    assert [violation.message("en") for violation in verdicts[0].violations] == [
        "B3: qty 9.5 of LABEL is no positive multiple of its smallest step 1"
    ]


def test_the_order_of_rows_does_not_matter(world, tmp_path: Path) -> None:
    factory, plan = world.write(tmp_path)
    plain = frames(plan)
    shuffled = Frames(*(getattr(plain, name).sample(fraction=1.0, shuffle=True, seed=3) for name in TABLES))
    first, second = judge(factory, plain), judge(factory, shuffled)
    assert first.count == second.count == 0
    assert first.figures["cost"] == second.figures["cost"]


def test_twenty_of_a_kind_are_told_and_all_are_counted(world, tmp_path: Path) -> None:
    lines = "".join(f"X{number},buy,LABEL,MAIN,0.5,2026-01-06,2026-01-08,,,0.1,0,\n" for number in range(30))
    verdict = judge(*world.changed("orders.csv", "", lines).write(tmp_path))
    assert (len(verdict.violations), verdict.count, verdict.broken) == (20, 30, {"3 lots": 30})


def test_parts_are_fine_where_the_factory_ships_in_parts(world, public_verdict, tmp_path: Path) -> None:
    parts = world.changed(
        "usage.csv",
        "demand,D1,KETTLE,KETTLE,MAIN,,10,2026-01-20,order,K1",
        "demand,D1,KETTLE,KETTLE,MAIN,,4,2026-01-20,order,K1\ndemand,D1,KETTLE,KETTLE,MAIN,,6,2026-01-22,order,K1",
    ).changed("promises.csv", "D1,10,2026-01-20,0,", "D1,4,2026-01-20,0,\nD1,6,2026-01-22,2,a second lorry")
    assert set(judge(*parts.write(tmp_path / "whole")).broken) == {"5 promises"}
    allowed = parts.changed("factory.toml", "frozen_days = 1", "frozen_days = 1\npartial_shipments = true")
    factory, plan = allowed.write(tmp_path / "parts")
    verdict = judge(factory, plan)
    assert verdict.count == 0
    assert verdict.figures["cost"]["lateness"] == 224 + 0.01 * 2 * 6 * 80  # six of ten kettles are two days late
    assert public_verdict(factory, plan)["cost"]["lateness"] == verdict.figures["cost"]["lateness"]


def test_one_holder_may_not_use_what_is_reserved_for_another(world, tmp_path: Path) -> None:
    # D1 holds no more than 10 of the 30 screws, yet K1, which makes for D1, takes the 20 that are D2's.
    taken = world.changed("reservations.csv", "", "D1,SCREW,10\n")
    for old, new in (
        ("K3,SCREW,SCREW,MAIN,,10,2026-01-14,stock,", "K3,SCREW,SCREW,MAIN,,10,2026-01-14,supply,PO-1"),
        ("K1,SCREW,SCREW,MAIN,,53,2026-01-16,supply,PO-1", "K1,SCREW,SCREW,MAIN,,30,2026-01-16,stock,"),
        ("K2,SCREW,SCREW,MAIN,,20,2026-02-17,stock,", "K2,SCREW,SCREW,MAIN,,20,2026-02-17,supply,PO-1"),
        ("", "order,K1,SCREW,SCREW,MAIN,,23,2026-01-16,supply,PO-1\n"),
    ):
        taken = taken.changed("usage.csv", old, new)
    verdict = judge(*taken.write(tmp_path))
    assert verdict.broken == {"6 reserved": 1}
    assert verdict.violations[0].fields["holder"] == "D2"


def test_a_reserved_lot_is_kept_though_other_lots_would_do(world, tmp_path: Path) -> None:
    # The glue of lot G1 is D2's; K1 and K3 take 0.3 kg of it while 1 kg of lot G2 lies beside it.
    reserved = world.changed("reservations.csv", "demand,item,qty\n", "demand,item,qty,lot\n").changed(
        "reservations.csv", "D2,SCREW,20\n", "D2,SCREW,20,\nD2,GLUE,0.3,G1\n"
    )
    assert judge(*reserved.write(tmp_path)).broken == {"6 reserved": 1}


def test_a_folder_without_a_plan_is_refused(world, tmp_path: Path) -> None:
    factory, _ = world.write(tmp_path)
    with pytest.raises(UsageError, match="holds no plan"):
        judge(factory, tmp_path)


@pytest.mark.parametrize("text", ["many", "nan", "inf"])
def test_a_quantity_that_is_no_number_is_refused_by_the_name_of_its_table(text: str, world, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"orders\.csv"):
        judge(*world.changed("orders.csv", "LABEL,MAIN,10,", f"LABEL,MAIN,{text},").write(tmp_path))
