"""A small kettle shop that uses every feature of the contract, and a plan for it that keeps every rule.

All numbers are worked out by hand. An order of 10 kettles needs 10 bodies, 10 heaters, 0.2 kg glue and, through the
phantom bag (10 x 1.1 + 1 = 12 bags), 12 labels and 12 x 4 x 1.05 + 2 = 52.4, so 53 screws; one of 5 kettles needs 5
bodies, 5 heaters, 0.1 kg, 6.5 bags, so 7 labels and 6.5 x 4 x 1.05 + 2 = 29.3, so 30 screws.
"""

import importlib.util
import json
import sys
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FACTORY = {
    "factory.toml": """
today = 2026-01-05
horizon_days = 60
frozen_days = 1
""",
    "items.csv": """
item,unit,kind,lead_time_days,unit_cost,price,setup_cost,lot_min,lot_multiple,lot_max,decimals
KETTLE,pcs,make,2,40,80,15,5,5,100,
BODY,pcs,make,,,,6,,,,
BAG,pcs,phantom,,,,,,,,
HEATER,pcs,buy,,,,,,,,
HEATER2,pcs,buy,,,,,,,,
SCREW,pcs,buy,,0.03,,,,,,
SCREWB,pcs,buy,,0.01,,,,,,
LABEL,pcs,buy,2,0.1,,,,,,
GLUE,kg,buy,,30,,,,,,
STEEL,kg,buy,,9,,,,,,3
""",
    "bom.csv": """
parent,component,qty,scrap_rate,fixed_scrap,valid_from,valid_to
KETTLE,BODY,1,,,,
KETTLE,HEATER,1,,,,2026-02-15
KETTLE,HEATER2,1,,,2026-02-16,
KETTLE,BAG,1,0.1,1,,
KETTLE,GLUE,0.02,,,,
BAG,SCREW,4,0.05,2,,
BAG,LABEL,1,,,,
BODY,STEEL,0.5,0.02,,,
""",
    "sources.csv": """
item,supplier,moq,multiple,lead_time_days,price,order_fee,min_order_value,valid_from,valid_to
HEATER,East,50,10,7,12,20,,,
HEATER,West,,,5,15,,100,,2026-01-31
HEATER2,East,5,5,7,13,20,,,
SCREW,Bolt,1000,1000,3,0.02,,,,
STEEL,Mill,,,10,8,50,,,
""",
    "price_breaks.csv": """
item,supplier,min_qty,price
HEATER,East,50,12
HEATER,East,60,11
""",
    "substitutes.csv": """
item,substitute,ratio,parent,valid_from,valid_to
SCREW,SCREWB,2,KETTLE,2026-02-01,
SCREW,SCREWB,3,,2026-02-01,
""",
    "stock.csv": """
item,qty,location,lot,expires_on,status
SCREW,30,,,,
SCREWB,100,,,,
GLUE,0.5,,G1,2026-02-01,
GLUE,1,,G2,,
STEEL,20,WH,,,
STEEL,3,MAIN,,,quarantine
""",
    "supplies.csv": """
supply,item,qty,due,kind
PO-0,LABEL,40,2026-01-02,buy
PO-1,SCREW,200,2026-01-12,buy
""",
    "demands.csv": """
demand,item,qty,due,priority,price
D1,KETTLE,10,2026-01-20,1,
D2,KETTLE,5,2026-02-20,5,90
D3,KETTLE,5,2026-01-10,5,
D4,KETTLE,50,2026-03-01,5,
""",
    "reservations.csv": """
demand,item,qty
D2,SCREW,20
""",
    "lanes.csv": """
from,to,lead_time_days,cost
WH,MAIN,2,0.5
""",
    "operations.csv": """
parent,seq,resource,setup_minutes,run_minutes
BODY,10,PRESS,10,2
BODY,20,WELD,0,4
""",
    "resources.csv": """
resource,minutes_per_day
PRESS,30
WELD,480
""",
    "calendar.csv": """
date,open,resource,supplier
2026-01-11,0,,
2026-01-12,0,WELD,
2026-01-14,0,,East
""",
}

PLAN = {
    "orders.csv": """
order,kind,item,location,qty,start,due,supplier,from_location,unit_price,fees,why
B1,buy,HEATER,MAIN,60,2026-01-06,2026-01-13,East,,11,20,the break at 60
B2,buy,HEATER2,MAIN,5,2026-02-09,2026-02-16,East,,13,20,as needed
B3,buy,LABEL,MAIN,10,2026-01-06,2026-01-08,,,0.1,0,no source row
T1,transfer,STEEL,MAIN,10.2,2026-01-07,2026-01-09,,WH,,0,to the press
M1,make,BODY,MAIN,15,2026-01-12,2026-01-14,,,,0,for K1 and K3
M2,make,BODY,MAIN,5,2026-02-16,2026-02-17,,,,0,for K2
K3,make,KETTLE,MAIN,5,2026-01-14,2026-01-16,,,,0,for D3
K1,make,KETTLE,MAIN,10,2026-01-16,2026-01-18,,,,0,for D1
K2,make,KETTLE,MAIN,5,2026-02-17,2026-02-19,,,,0,for D2
""",
    "usage.csv": """
consumer_kind,consumer,for_item,item,location,lot,qty,date,source_kind,source
order,T1,STEEL,STEEL,WH,,10.2,2026-01-07,stock,
order,M1,STEEL,STEEL,MAIN,,7.65,2026-01-12,order,T1
order,M2,STEEL,STEEL,MAIN,,2.55,2026-02-16,order,T1
order,K3,BODY,BODY,MAIN,,5,2026-01-14,order,M1
order,K3,HEATER,HEATER,MAIN,,5,2026-01-14,order,B1
order,K3,SCREW,SCREW,MAIN,,10,2026-01-14,stock,
order,K3,SCREW,SCREW,MAIN,,20,2026-01-14,supply,PO-1
order,K3,LABEL,LABEL,MAIN,,7,2026-01-14,supply,PO-0
order,K3,GLUE,GLUE,MAIN,G1,0.1,2026-01-14,stock,
order,K1,BODY,BODY,MAIN,,10,2026-01-16,order,M1
order,K1,HEATER,HEATER,MAIN,,10,2026-01-16,order,B1
order,K1,SCREW,SCREW,MAIN,,53,2026-01-16,supply,PO-1
order,K1,LABEL,LABEL,MAIN,,12,2026-01-16,supply,PO-0
order,K1,GLUE,GLUE,MAIN,G1,0.2,2026-01-16,stock,
order,K2,BODY,BODY,MAIN,,5,2026-02-17,order,M2
order,K2,HEATER2,HEATER2,MAIN,,5,2026-02-17,order,B2
order,K2,SCREW,SCREW,MAIN,,20,2026-02-17,stock,
order,K2,SCREW,SCREWB,MAIN,,20,2026-02-17,stock,
order,K2,LABEL,LABEL,MAIN,,7,2026-02-17,supply,PO-0
order,K2,GLUE,GLUE,MAIN,G2,0.1,2026-02-17,stock,
demand,D3,KETTLE,KETTLE,MAIN,,5,2026-01-16,order,K3
demand,D1,KETTLE,KETTLE,MAIN,,10,2026-01-20,order,K1
demand,D2,KETTLE,KETTLE,MAIN,,5,2026-02-20,order,K2
""",
    "promises.csv": """
demand,qty,date,late_days,reason
D1,10,2026-01-20,0,
D2,5,2026-02-20,0,
D3,5,2026-01-16,6,HEATER from East comes on 2026-01-13
""",
    "exceptions.csv": """
severity,code,subject,message
error,no_promise,D4,no room for 50 kettles
""",
    "leftovers.csv": """
item,location,qty,value,cause,p_use,expected_loss
HEATER,MAIN,45,495,B1,,445.5
""",
    "open_work.csv": """
supply,seq,resource,date,minutes
""",
    "schedule.csv": """
order,seq,resource,date,minutes
M1,10,PRESS,2026-01-12,30
M1,10,PRESS,2026-01-13,10
M1,20,WELD,2026-01-13,60
M2,10,PRESS,2026-02-16,20
M2,20,WELD,2026-02-17,20
""",
}


@dataclass(frozen=True)
class World:
    """The texts of a factory folder and of a plan folder."""

    factory: Mapping[str, str]
    plan: Mapping[str, str]

    def changed(self, file: str, old: str, new: str) -> "World":
        """The world with the one place where ``old`` stands replaced; an empty ``old`` adds lines at the end."""
        side = "factory" if file in self.factory else "plan"
        files: Mapping[str, str] = getattr(self, side)
        text = files[file]
        assert not old or text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        return replace(self, **{side: {**files, file: text.replace(old, new) if old else text + new}})

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Write both folders; returns the factory's and the plan's."""
        for name in ("factory", "plan"):
            (folder / name).mkdir(parents=True)
            for file, text in getattr(self, name).items():
                (folder / name / file).write_text(text.lstrip(), encoding="utf-8")
        return folder / "factory", folder / "plan"


@pytest.fixture
def world() -> World:
    """The kettle shop and a plan that keeps every rule."""
    return World(FACTORY, PLAN)


@pytest.fixture(scope="session")
def public_checker(shared: Path) -> ModuleType:
    """The public checker as a module: a process of its own for each of many plans would take longer than the tests."""
    spec = importlib.util.spec_from_file_location("check_plan", shared / "tools" / "check_plan.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def public_verdict(
    public_checker: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Path, Path], dict[str, Any]]:
    """The figures that the public checker prints for a factory folder and a plan folder."""

    def figures(factory: Path, plan: Path) -> dict[str, Any]:
        monkeypatch.setattr(sys, "argv", ["check_plan.py", str(factory), str(plan), "--json"])
        with redirect_stdout(StringIO()) as printed:
            public_checker.main()
        return dict(json.loads(printed.getvalue()))

    return figures
