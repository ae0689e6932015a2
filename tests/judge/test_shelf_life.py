"""What arrives keeps for its shelf life, wherever it is moved."""

from datetime import date
from pathlib import Path

import pytest

from huoku.judge import judge

BODY, STEEL = "BODY,pcs,make,,,,6,,,,", "STEEL,kg,buy,,9,,,,,,3"


def with_shelf_life(world, item: str, days: int):
    header = "item,unit,kind,lead_time_days,unit_cost,price,setup_cost,lot_min,lot_multiple,lot_max,decimals\n"
    return world.changed("items.csv", header, header.replace("\n", ",shelf_life_days\n")).changed(
        "items.csv", item, f"{item},{days}"
    )


@pytest.mark.parametrize(("days", "broken"), [(2, {}), (1, {"1 balance": 1})])
def test_a_made_body_is_used_within_its_shelf_life(days: int, broken: dict[str, int], world, tmp_path: Path) -> None:
    # M1 is due on the 14th: K3 takes bodies on the 14th and K1 on the 16th. M2's are used on the day they are due.
    verdict = judge(*with_shelf_life(world, BODY, days).write(tmp_path))
    assert verdict.broken == broken
    if broken:
        told = verdict.violations[0]
        assert (told.subject, told.fields["source"], told.fields["date"]) == ("K1", "M1", date(2026, 1, 16))


def test_an_overdue_supply_keeps_from_today(world, tmp_path: Path) -> None:
    # PO-0 was due on the 2nd and is here on the 5th; its labels go on 14 and 16 January and 17 February: day 43.
    label = "LABEL,pcs,buy,2,0.1,,,,,,"
    assert judge(*with_shelf_life(world, label, 43).write(tmp_path / "long")).broken == {}
    assert judge(*with_shelf_life(world, label, 42).write(tmp_path / "short")).broken == {"1 balance": 1}


def test_a_transfer_hands_on_the_last_day_of_the_lot_it_took(world, tmp_path: Path) -> None:
    # T1 brings 10.2 kg of steel on the 9th; M1 takes of it on 12 January, M2 on 16 February.
    dated = world.changed("stock.csv", "STEEL,20,WH,,,", "STEEL,20,WH,,2026-02-15,")
    verdict = judge(*dated.write(tmp_path))
    assert (verdict.broken, verdict.violations[0].subject) == ({"1 balance": 1}, "M2")


def test_steel_that_is_moved_is_no_younger_but_has_no_shelf_life_of_the_move(world, tmp_path: Path) -> None:
    # The lot has no last day: that steel keeps 30 days says nothing of what lay there before.
    assert judge(*with_shelf_life(world, STEEL, 30).write(tmp_path)).broken == {}
