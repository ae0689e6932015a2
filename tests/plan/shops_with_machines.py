"""Small random factories whose making takes machines, and whose suppliers have closed days."""

from hypothesis import strategies as st

from huoku.factory import Factory

from .small_factories import HORIZON, Draw, Row, factories, on, one_of

MACHINES = ("LATHE", "OVEN")


@st.composite
def shops_with_machines(draw: Draw) -> Factory:
    """Any small factory; some of what it makes takes operations on scarce machines."""
    factory: Factory = draw(factories())
    made = [item for item in factory.items["item"] if item.startswith(("SUB", "PROD"))]
    operations = [
        operation(draw, item, seq) for item in made for seq in one_of(draw, (10,), (10, 20), (), (10, 20, 30))
    ]
    return factory.with_(
        **stand_ins(draw, factory),
        operations=operations,
        resources=[{"resource": name, "minutes_per_day": one_of(draw, 60, 480, 7.5)} for name in MACHINES],
        calendar=closed_days(draw),
        fixed_work=fixed_by_hand(draw, factory, operations),
    )


def stand_ins(draw: Draw, factory: Factory) -> dict[str, list[Row]]:
    """Perhaps a substitute among parts, subassemblies or products, a lane each way, a reservation."""
    tables: dict[str, list[Row]] = {"substitutes": []}
    for kind in ("PART", "SUB", "PROD"):
        alike = [item for item in factory.items["item"] if item.startswith(kind)]
        if len(alike) > 1 and draw(st.booleans()):
            tables["substitutes"].append({"item": alike[0], "substitute": alike[1], "ratio": one_of(draw, 1, 2)})
    if draw(st.booleans()):
        ways = (("MAIN", "WEST"), ("WEST", "MAIN"))
        tables["lanes"] = [{"from": a, "to": b, "lead_time_days": one_of(draw, 0, 2), "cost": 0.1} for a, b in ways]
    if factory.stock.height and draw(st.booleans()):
        item, qty, place = factory.stock.select("item", "qty", "location").row(0)
        held = {"item": item, "qty": max(1, int(qty) // 2), "location": place}
        tables["reservations"] = [{"demand": factory.demands["demand"][0], **held}]
    return tables


def operation(draw: Draw, item: str, seq: int) -> Row:
    return {
        "parent": item,
        "seq": seq,
        "resource": one_of(draw, *MACHINES),
        "setup_minutes": one_of(draw, 0, 0, 20, 100),
        "run_minutes": one_of(draw, 1, 5, 0.3333, 0),
    }


def fixed_by_hand(draw: Draw, factory: Factory, operations: list[Row]) -> list[Row]:
    """Some operations of open make orders on a day, perhaps on another machine."""
    orders = factory.supplies.filter(kind="make").select("supply", "item").rows()
    mine = [(supply, row["seq"]) for supply, item in orders for row in operations if row["parent"] == item]
    return [
        {
            "supply": supply,
            "seq": seq,
            "date": on(draw(st.integers(-2, HORIZON + 2))),
            "resource": one_of(draw, None, *MACHINES),
        }
        for supply, seq in mine
        if one_of(draw, False, False, True)
    ]


def closed_days(draw: Draw) -> list[Row]:
    """Some days of the factory, of one machine and of one supplier; each closed once."""
    days = st.lists(st.integers(-2, HORIZON + 3), max_size=6, unique=True)
    return [
        {"date": on(day), "open": one_of(draw, 0, 0, 0, 1), **whose}
        for whose in ({}, {"resource": "LATHE"}, {"supplier": "East"})
        for day in draw(days)
    ]
