"""A row or two for each table that people fill in first, as they stand in the template: shown, never read."""

from collections.abc import Mapping, Sequence

from huoku.language import Language

MARKS = ("例：", "例:", "e.g. ")
"""A row whose first cell begins with one of these is an example."""
Rows = Sequence[Mapping[str, object]]

EXAMPLES: dict[str, tuple[Rows, Rows]] = {
    "items": (
        (
            {"item": "LAMP-01", "name": "台灯", "unit": "pcs", "kind": "自制", "lead_time_days": 2, "price": 128},
            {
                "item": "BULB-E27",
                "name": "灯泡 E27",
                "unit": "pcs",
                "kind": "外购",
                "unit_cost": 3.2,
                "safety_stock": 50,
            },
            {"item": "WIRE-2C", "name": "双芯线", "unit": "米", "kind": "外购", "unit_cost": 0.8, "decimals": 2},
        ),
        (
            {"item": "LAMP-01", "name": "desk lamp", "unit": "pcs", "kind": "make", "lead_time_days": 2, "price": 128},
            {
                "item": "BULB-E27",
                "name": "bulb E27",
                "unit": "pcs",
                "kind": "buy",
                "unit_cost": 3.2,
                "safety_stock": 50,
            },
            {"item": "WIRE-2C", "name": "wire", "unit": "m", "kind": "buy", "unit_cost": 0.8, "decimals": 2},
        ),
    ),
    "bom": (
        (
            {"parent": "LAMP-01", "component": "BULB-E27", "qty": 1},
            {"parent": "LAMP-01", "component": "WIRE-2C", "qty": 1.8, "scrap_rate": 0.05},
        ),
    )
    * 2,
    "sources": (
        (
            {
                **{"item": "BULB-E27", "supplier": "V001", "moq": 500, "multiple": 100},
                **{"lead_time_days": 7, "price": 3.2, "order_fee": 80},
            },
        ),
    )
    * 2,
    "price_breaks": (({"item": "BULB-E27", "supplier": "V001", "min_qty": 2000, "price": 2.9},),) * 2,
    "stock": (
        ({"item": "BULB-E27", "qty": 120, "lot": "L2405", "status": "可用"},),
        ({"item": "BULB-E27", "qty": 120, "lot": "L2405", "status": "available"},),
    ),
    "supplies": (
        (
            {
                "supply": "PO-1001",
                "item": "BULB-E27",
                "qty": 300,
                "due": "2026-12-20",
                "kind": "采购",
                "supplier": "V001",
            },
        ),
        (
            {
                "supply": "PO-1001",
                "item": "BULB-E27",
                "qty": 300,
                "due": "2026-12-20",
                "kind": "buy",
                "supplier": "V001",
            },
        ),
    ),
    "demands": (({"demand": "SO-2001/1", "item": "LAMP-01", "qty": 60, "due": "2027-01-15", "customer": "C01"},),) * 2,
}
"""By table, in Chinese and in English."""


def examples_of(table: str, lang: Language) -> list[dict[str, object]]:
    """The rows of a table, the first cell of each with its mark."""
    rows = EXAMPLES.get(table, ((), ()))[1 if lang == "en" else 0]
    mark = MARKS[2] if lang == "en" else MARKS[0]
    return [{**row, next(iter(row)): f"{mark}{next(iter(row.values()))}"} for row in rows]
