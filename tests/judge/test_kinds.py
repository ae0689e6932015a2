"""What an item's kind allows: made, bought, or either."""

from pathlib import Path

from huoku.judge import judge


def test_a_made_item_is_not_bought_in(world, tmp_path: Path) -> None:
    bought = world.changed("orders.csv", "", "B9,buy,BODY,MAIN,5,2026-01-06,2026-01-20,,,,0,outside\n")
    verdict = judge(*bought.write(tmp_path))
    assert verdict.broken == {"3 lots": 1}
    assert verdict.violations[0].message("en") == "B9: BODY is made and may not be bought"


def test_a_bought_item_with_a_bom_is_not_made(world, tmp_path: Path) -> None:
    bodies_are_bought = world.changed("items.csv", "BODY,pcs,make", "BODY,pcs,buy")
    verdict = judge(*bodies_are_bought.write(tmp_path))
    assert {violation.message("en") for violation in verdict.violations} == {
        "M1: BODY is bought and may not be made",
        "M2: BODY is bought and may not be made",
    }


def test_an_item_with_a_bom_and_sources_and_no_kind_is_had_either_way(world, tmp_path: Path) -> None:
    either = world.changed("items.csv", "BODY,pcs,make", "BODY,pcs,").changed(
        "sources.csv", "STEEL,Mill", "BODY,Forge,,,3,9,,,,\nSTEEL,Mill"
    )
    both = either.changed("orders.csv", "", "B9,buy,BODY,MAIN,5,2026-01-06,2026-01-20,Forge,,9,0,outside\n")
    assert judge(*both.write(tmp_path)).broken == {}
