"""One broken thing at a time: the judge finds it, names the rule, and agrees with the public checker."""

from pathlib import Path
from typing import NamedTuple

import pytest

from huoku.judge import judge

BALANCE, DATES, LOTS, USAGE = "1 balance", "2 orders", "3 lots", "4 usage"
PROMISES, RESERVED, REASONS, CAPACITY = "5 promises", "6 reserved", "7 reasons", "8 capacity"


class Breach(NamedTuple):
    """Where one text of the world is replaced by another, and which rules that breaks."""

    what: str
    file: str
    old: str
    new: str
    rules: tuple[str, ...]


BREACHES = [
    # Rule 1: everything comes from somewhere, in time, and nothing gives more than it has.
    Breach("a lot that nobody has", "usage.csv", "MAIN,G2,0.1", "MAIN,G9,0.1", (BALANCE,)),
    Breach("a lot after it has expired", "usage.csv", "MAIN,G2,0.1", "MAIN,G1,0.1", (BALANCE,)),
    Breach(
        "stock in quarantine", "usage.csv", "MAIN,,2.55,2026-02-16,order,T1", "MAIN,,2.55,2026-02-16,stock,", (BALANCE,)
    ),
    Breach(
        "a supply that nobody placed", "usage.csv", "53,2026-01-16,supply,PO-1", "53,2026-01-16,supply,PO-8", (BALANCE,)
    ),
    Breach(
        "a supply of another item", "usage.csv", "12,2026-01-16,supply,PO-0", "12,2026-01-16,supply,PO-1", (BALANCE,)
    ),
    Breach(
        "an order that is not there yet", "orders.csv", "2026-02-09,2026-02-16", "2026-02-11,2026-02-18", (BALANCE,)
    ),
    Breach("an order that nobody planned", "usage.csv", "5,2026-02-17,order,M2", "5,2026-02-17,order,M3", (BALANCE,)),
    Breach("material from nowhere", "usage.csv", "5,2026-02-17,order,M2", "5,2026-02-17,air,M2", (BALANCE,)),
    Breach("more than an order makes", "usage.csv", "5,2026-02-17,order,M2", "5,2026-02-17,order,M1", (BALANCE,)),
    Breach("more than a supply brings", "supplies.csv", "PO-1,SCREW,200", "PO-1,SCREW,70", (BALANCE,)),
    Breach("more than a lot holds", "stock.csv", "GLUE,0.5,,G1", "GLUE,0.2,,G1", (BALANCE,)),
    Breach("more than is on the shelf that day", "supplies.csv", "200,2026-01-12", "200,2026-01-15", (BALANCE,)),
    # Rule 2: dates.
    Breach("an order given twice", "orders.csv", "", "B3,buy,LABEL,MAIN,10,2026-01-06,2026-01-08,,,0.1,0,\n", (DATES,)),
    Breach(
        "an order of an unknown item", "orders.csv", "", "B9,buy,TEAPOT,MAIN,5,2026-01-06,2026-01-20,,,,0,\n", (DATES,)
    ),
    Breach(
        "an order of an unknown kind",
        "orders.csv",
        "",
        "B9,borrow,LABEL,MAIN,5,2026-01-06,2026-01-20,,,,0,\n",
        (DATES,),
    ),
    Breach("a start before today", "orders.csv", "10,2026-01-06,2026-01-08", "10,2026-01-04,2026-01-08", (DATES,)),
    Breach(
        "a start within the frozen days", "orders.csv", "10,2026-01-06,2026-01-08", "10,2026-01-05,2026-01-08", (DATES,)
    ),
    Breach(
        "a supplier closed on the due day", "orders.csv", "2026-01-06,2026-01-13", "2026-01-06,2026-01-14", (DATES,)
    ),
    Breach(
        "a purchase faster than its supplier", "orders.csv", "2026-01-06,2026-01-13", "2026-01-08,2026-01-13", (DATES,)
    ),
    Breach("a purchase faster than the item", "orders.csv", "2026-01-06,2026-01-08", "2026-01-06,2026-01-07", (DATES,)),
    Breach(
        "a make order that takes its time", "orders.csv", "2026-01-16,2026-01-18", "2026-01-16,2026-01-19", (DATES,)
    ),
    Breach("a transfer faster than its lane", "orders.csv", "2026-01-07,2026-01-09", "2026-01-07,2026-01-08", (DATES,)),
    # Rule 3: sources and lots.
    Breach("half a piece", "orders.csv", "LABEL,MAIN,10,", "LABEL,MAIN,9.5,", (LOTS,)),
    Breach("nothing", "orders.csv", "LABEL,MAIN,10,", "LABEL,MAIN,0,", (LOTS,)),
    Breach("a phantom made", "orders.csv", "", "M9,make,BAG,MAIN,1,2026-01-20,2026-01-20,,,,0,\n", (LOTS, USAGE)),
    Breach("a supplier without a source row", "orders.csv", "2026-02-16,East", "2026-02-16,West", (LOTS,)),
    Breach(
        "a source out of date",
        "sources.csv",
        "HEATER2,East,5,5,7,13,20,,,",
        "HEATER2,East,5,5,7,13,20,,,2026-02-08",
        (LOTS,),
    ),
    Breach("less than the MOQ", "sources.csv", "HEATER2,East,5,5", "HEATER2,East,10,5", (LOTS,)),
    Breach("no multiple", "sources.csv", "HEATER2,East,5,5", "HEATER2,East,5,2", (LOTS,)),
    Breach("the price of another break", "orders.csv", "East,,11,20", "East,,12,20", (LOTS,)),
    Breach("less than the least order value", "sources.csv", "East,5,5,7,13,20,,", "East,5,5,7,13,20,70,", (LOTS,)),
    Breach("a thing made without a BOM", "orders.csv", "B3,buy,LABEL", "B3,make,LABEL", (LOTS, USAGE)),
    Breach("less than the least lot", "items.csv", "80,15,5,5,100", "80,15,10,5,100", (LOTS,)),
    Breach("no multiple of the lot", "items.csv", "80,15,5,5,100", "80,15,5,3,100", (LOTS,)),
    Breach("more than the largest lot", "items.csv", "80,15,5,5,100", "80,15,5,5,9", (LOTS,)),
    Breach("no lane", "lanes.csv", "WH,MAIN", "MAIN,WH", (LOTS,)),
    # Rule 4: what is used.
    Breach("an unknown item used", "usage.csv", "LABEL,LABEL,MAIN,,12", "LABEL,TAG,MAIN,,12", (USAGE,)),
    Breach("half a screw used", "usage.csv", "MAIN,,53,", "MAIN,,52.5,", (USAGE,)),
    Breach("a consumer that is a purchase", "usage.csv", "order,K1,LABEL", "order,B1,LABEL", (USAGE,)),
    Breach("a consumer that nobody knows", "usage.csv", "order,K1,LABEL", "order,K9,LABEL", (USAGE,)),
    Breach("a demand for something else", "demands.csv", "D3,KETTLE", "D3,BODY", (PROMISES, USAGE)),
    Breach(
        "components taken after the start",
        "usage.csv",
        "12,2026-01-16,supply,PO-0",
        "12,2026-01-17,supply,PO-0",
        (USAGE,),
    ),
    Breach("components taken elsewhere", "usage.csv", "LABEL,LABEL,MAIN,,12", "LABEL,LABEL,WH,,12", (BALANCE, USAGE)),
    Breach(
        "a demand served elsewhere",
        "demands.csv",
        "priority,price\nD1,KETTLE,10,2026-01-20,1,",
        "priority,price,location\nD1,KETTLE,10,2026-01-20,1,,WH",
        (USAGE,),
    ),
    Breach(
        "a substitute that no row allows",
        "usage.csv",
        "order,K2,LABEL,LABEL,MAIN,,7,2026-02-17,supply,PO-0",
        "order,K2,LABEL,SCREWB,MAIN,,7,2026-02-17,stock,",
        (USAGE,),
    ),
    Breach(
        "a substitute out of date",
        "substitutes.csv",
        "SCREW,SCREWB,2,KETTLE,2026-02-01,\nSCREW,SCREWB,3,,2026-02-01,",
        "SCREW,SCREWB,2,KETTLE,2026-02-20,\nSCREW,SCREWB,3,,2026-02-20,",
        (USAGE,),
    ),
    Breach("the ratio of another parent", "substitutes.csv", "2,KETTLE", "2,BODY", (USAGE,)),
    Breach(
        "too little of a component",
        "usage.csv",
        "order,K1,SCREW,SCREW,MAIN,,53",
        "order,K1,SCREW,SCREW,MAIN,,52",
        (USAGE,),
    ),
    Breach(
        "too much of a component",
        "usage.csv",
        "order,K1,LABEL,LABEL,MAIN,,12",
        "order,K1,LABEL,LABEL,MAIN,,13",
        (USAGE,),
    ),
    Breach(
        "a component that is forgotten",
        "usage.csv",
        "order,K1,LABEL,LABEL,MAIN,,12,2026-01-16,supply,PO-0\n",
        "",
        (USAGE,),
    ),
    Breach(
        "a component that is not asked for",
        "usage.csv",
        "",
        "order,K1,HEATER2,HEATER2,MAIN,,5,2026-02-17,order,B2\n",
        (BALANCE, USAGE),
    ),
    Breach(
        "a BOM line out of date",
        "bom.csv",
        "KETTLE,HEATER2,1,,,2026-02-16,",
        "KETTLE,HEATER2,1,,,2026-02-18,",
        (USAGE,),
    ),
    Breach("scrap forgotten within the phantom", "bom.csv", "BAG,SCREW,4,0.05,2", "BAG,SCREW,4,0.1,2", (USAGE,)),
    Breach("fixed scrap of the phantom forgotten", "bom.csv", "KETTLE,BAG,1,0.1,1", "KETTLE,BAG,1,0.1,2", (USAGE,)),
    Breach(
        "an order without any line in force",
        "bom.csv",
        "BODY,STEEL,0.5,0.02,,,",
        "BODY,STEEL,0.5,0.02,,,2026-02-01",
        (USAGE,),
    ),
    # Rule 5: promises.
    Breach("a demand that nobody has", "promises.csv", "", "D9,5,2026-02-20,0,\n", (PROMISES,)),
    Breach(
        "a promise before its due day", "demands.csv", "D2,KETTLE,5,2026-02-20", "D2,KETTLE,5,2026-02-22", (PROMISES,)
    ),
    Breach("a promise after the last day", "factory.toml", "horizon_days = 60", "horizon_days = 40", (PROMISES,)),
    Breach("wrong late days", "promises.csv", "2026-01-16,6,", "2026-01-16,5,", (PROMISES,)),
    Breach(
        "a promise on another day than the use",
        "promises.csv",
        "D1,10,2026-01-20,0,",
        "D1,10,2026-01-21,1,later",
        (PROMISES,),
    ),
    Breach("more promised than asked", "demands.csv", "D2,KETTLE,5,", "D2,KETTLE,4,", (PROMISES,)),
    Breach("more promised than used", "promises.csv", "D1,10,", "D1,9,", (PROMISES,)),
    Breach("a part of a demand", "demands.csv", "D2,KETTLE,5,", "D2,KETTLE,6,", (PROMISES,)),
    Breach(
        "a demand in two parts",
        "promises.csv",
        "D1,10,2026-01-20,0,",
        "D1,5,2026-01-20,0,\nD1,5,2026-01-21,1,half",
        (PROMISES,),
    ),
    Breach("use without a promise", "promises.csv", "D1,10,2026-01-20,0,\n", "", (PROMISES, REASONS)),
    # Rule 6: reservations.
    Breach("reserved stock taken", "reservations.csv", "D2,SCREW,20", "D2,SCREW,21", (RESERVED,)),
    Breach("the reservation of another demand", "reservations.csv", "D2,SCREW", "D1,SCREW", (RESERVED,)),
    # Rule 7: reasons.
    Breach("late without a reason", "promises.csv", "6,HEATER from East comes on 2026-01-13", "6,", (REASONS,)),
    Breach("no promise and no exception", "exceptions.csv", "D4", "D1", (REASONS,)),
    Breach("an exception that says nothing", "exceptions.csv", "no room for 50 kettles", "", (REASONS,)),
    # Rule 8: capacity.
    Breach(
        "minutes below zero", "schedule.csv", "", "M1,20,WELD,2026-01-13,-1\nM1,20,WELD,2026-01-13,1\n", (CAPACITY,)
    ),
    Breach("work for no order", "schedule.csv", "", "M7,20,WELD,2026-01-13,1\n", (CAPACITY,)),
    Breach("the wrong resource", "operations.csv", "BODY,20,WELD", "BODY,20,PRESS", (CAPACITY,)),
    Breach(
        "work before the start", "schedule.csv", "M2,10,PRESS,2026-02-16,20", "M2,10,PRESS,2026-02-15,20", (CAPACITY,)
    ),
    Breach("too many minutes a day", "resources.csv", "PRESS,30", "PRESS,29", (CAPACITY,)),
    Breach("work while the factory is closed", "calendar.csv", "2026-01-11,0,,", "2026-01-13,0,,", (CAPACITY,)),
    Breach("work while the resource is closed", "calendar.csv", "2026-01-12,0,WELD", "2026-01-13,0,WELD", (CAPACITY,)),
    Breach(
        "an operation before the one before it ends",
        "schedule.csv",
        "M1,20,WELD,2026-01-13,60",
        "M1,20,WELD,2026-01-12,60",
        (CAPACITY,),
    ),
    Breach(
        "an operation cut short", "schedule.csv", "M2,20,WELD,2026-02-17,20", "M2,20,WELD,2026-02-17,19", (CAPACITY,)
    ),
    Breach("an operation left out", "schedule.csv", "M2,20,WELD,2026-02-17,20\n", "", (CAPACITY,)),
]


each_breach = pytest.mark.parametrize("breach", BREACHES, ids=[breach.what for breach in BREACHES])


@each_breach
def test_a_broken_rule_is_found_and_told_in_both_languages(breach: Breach, world, tmp_path: Path) -> None:
    verdict = judge(*world.changed(breach.file, breach.old, breach.new).write(tmp_path))
    assert set(verdict.broken) == set(breach.rules), [violation.message("en") for violation in verdict.violations]
    assert {violation.rule for violation in verdict.violations} == set(breach.rules)
    assert all(violation.message("zh") != violation.message("en") for violation in verdict.violations)


@each_breach
def test_the_public_checker_finds_the_same_and_reckons_the_same_money(
    breach: Breach, world, public_verdict, tmp_path: Path
) -> None:
    factory, plan = world.changed(breach.file, breach.old, breach.new).write(tmp_path)
    public, figures = public_verdict(factory, plan), judge(factory, plan).figures
    assert set(public["broken"]) == set(breach.rules)
    assert public["total_cost"] == pytest.approx(figures["total_cost"], abs=0.011)
    for part, money in figures["cost"].items():
        assert public["cost"].get(part, 0.0) == pytest.approx(money, abs=0.011), part
    for name in ("on_time", "promised_share", "late_days", "leftover_value", "sales_value", "orders"):
        assert public[name] == figures[name], name
